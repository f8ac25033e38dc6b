"""Sums in which no krona stands twice: over the lines of one level, as one figure or placed line by line."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from ledger.book.book import Book
from ledger.book.records import Level, Line
from ledger.book.totals import not_below
from ledger.money import Amount, add_up, derived

LEVEL_ORDER: tuple[Level, ...] = ("appropriations", "assignments and grants", "commitments")

Breakdowns = list[list[str]]
"""What lies in a line: its parts, its top-ups that are lines, and what names it in `of`, each in one list.

Each list is free of overlaps, but the same krona may stand in several of them.
"""
Met = Mapping[str, list[str]]
"""For each line, the first lines of a set that are met on the way in."""


class Sum(Struct, frozen=True):
    """What a selection of lines of one level comes to.

    `not_stated` counts lines without an amount; those of them that lie in a summed line miss nothing from the sum.
    `partial` counts lines that enter with less than their total, because their base or a top-up is not stated.
    """

    amount: Amount
    lines: int
    not_stated: int
    not_stated_inside: int
    partial: int


def by_level(lines: Iterable[Line]) -> dict[Level, list[Line]]:
    """The counted lines of each level, in the order in which levels are shown."""
    found: dict[Level, list[Line]] = {}
    for line in lines:
        if line.counted:
            found.setdefault(line.level, []).append(line)
    return {level: found[level] for level in LEVEL_ORDER if level in found}


def add_level(book: Book, lines: Collection[Line]) -> Sum:
    """Add counted lines of one level: a line inside another adds nothing, whichever way it lies in it.

    Where lines may overlap, and how far is not known, the interval of the sum reaches down to what they then come to.
    """
    known = _known(book, lines)
    amount = _together(book, known)
    doubt = sum(_doubts(book, known))
    if doubt and amount.interval.low is not None:
        low = max(amount.interval.low - doubt, _least(book, known))
        amount = replace(amount, interval=replace(amount.interval, low=low, low_open=False), sense="range")
    counted = [line.id for line in lines if line.counted]
    missing = [line for line in counted if not book.value(line).counting]
    inside = sum(1 for line in missing if _lies_in(book, line, known))
    less = [line for line in counted if book.value(line).partial and book.value(line).counting]
    partial = sum(1 for line in less if not _lies_in(book, line, known))
    return Sum(amount, len(lines), len(missing), inside, partial)


def entering_sums(book: Book, lines: Iterable[Line]) -> frozenset[str]:
    """The lines that enter the sum of their level themselves, because no counted line of it lies around them."""
    return frozenset(one for group in by_level(lines).values() for one in _outermost(book, _known(book, group)))


def place_level(book: Book, lines: Collection[Line]) -> list[tuple[Line, Amount]]:
    """Each line of one level with the money that is not placed further in: every krona at its innermost line.

    Of a line that is broken down in several ways the parts are followed, else top-ups that are lines, else lines by
    `of`; the others have no money of their own. Not told apart is money that two lines share without placing it in
    either: it then stands twice.
    """
    known = _known(book, lines)
    overlaps = {one for one in _shared(book, known) if _counts(book, one)}
    met = _met_inside(book, known.keys() | overlaps, known)
    elsewhere = _placed_elsewhere(book, known, met)
    standing = known.keys() | elsewhere
    taken: set[str] = set()
    placed = []
    for line in known:
        if line in elsewhere:
            continue
        inner = _taken_out(line, met, standing, taken)
        amount = _counting(book, line)
        if inner:
            amount = derived(not_below(amount.interval - _together(book, inner).interval))
        if not inner or amount.interval.low != 0 or amount.interval.high != 0:
            placed.append((book.lines[line], amount))
    return placed


def _known(book: Book, lines: Collection[Line]) -> dict[str, None]:
    """The lines that a sum is made of.

    A line whose base or a top-up is not stated makes way for the lines in it, where these come to more.
    """
    known = {line.id: None for line in lines if line.counted and _counts(book, line.id)}
    doubtful = {line for line in known if book.value(line).partial and line in book.inclusion.within}
    met: dict[str, list[str]] = {}
    for line in _with_inner(book, doubtful):
        met[line] = _first_met(book, line, known, met)
        if line in doubtful and _comes_to_more(book, line, known, met):
            del known[line]
    return known


def _comes_to_more(book: Book, line: str, lines: Collection[str], met: Met) -> bool:
    """Whether the lines met in one of a line's breakdowns come to more than it counts with."""
    groups = [_met(group, lines, met) for group in _breakdowns(book, line)]
    return any(_together(book, group).interval.above(_counting(book, line).interval) for group in groups)


def _counts(book: Book, line: str) -> bool:
    return book.value(line).counting is not None


def _counting(book: Book, line: str) -> Amount:
    value = book.value(line).counting
    return value.amount if value else add_up(())


def _lies_in(book: Book, line: str, lines: Collection[str]) -> bool:
    return any(outer in lines for outer in book.inclusion.outer(line))


def _outermost(book: Book, lines: Collection[str]) -> list[str]:
    return [line for line in lines if not _lies_in(book, line, lines)]


def _least(book: Book, lines: Collection[str]) -> int:
    """What lines come to at least, however they overlap: the largest of them, less all reductions."""
    lows = [_counting(book, line).interval.low or 0 for line in lines]
    return max(0, *lows) + sum(low for low in lows if low < 0)


def _together(book: Book, lines: Collection[str]) -> Amount:
    """What lines come to together: those inside others add nothing, and what several share is taken out again."""
    times = _times(book, dict.fromkeys(lines))
    added = add_up(_counting(book, line) for line, number in times.items() for _ in range(number))
    if all(number > 0 for number in times.values()):
        return added
    out = add_up(_counting(book, line) for line, number in times.items() for _ in range(-number))
    number = None if added.number is None or out.number is None else added.number - out.number
    interval = not_below(added.interval - out.interval, _least(book, lines))
    return Amount(interval, number, "", "exact" if interval.exact else "range")


def _times(book: Book, lines: Mapping[str, None]) -> dict[str, int]:
    """How often each line is added so that every krona of the lines is there once.

    The outermost lines are, once each; a line that lies in several of them is then taken out, and so on inwards.
    """
    times = dict.fromkeys(_outermost(book, lines), 1)
    for line in _shared(book, times):
        if _counts(book, line):
            times[line] = 1 - sum(times.get(one, 0) for one in book.inclusion.outer(line))
    return {line: number for line, number in times.items() if number}


def _shared(book: Book, lines: Iterable[str]) -> list[str]:
    """What lies in the lines and may lie in several of them, each after all that it lies in."""
    found = {one for line in lines for one in book.inclusion.shared.get(line, ())}
    return sorted(found, key=lambda one: (len(book.inclusion.outer(one)), one))


def _doubts(book: Book, known: Collection[str]) -> Iterator[int]:
    """By how much each overlap that is not known may make the sum too large."""
    times = _times(book, dict.fromkeys(known))
    outermost = dict.fromkeys(_outermost(book, known))
    shared = _shared(book, outermost)
    for line in shared:
        outer = book.inclusion.outer(line)
        if not book.value(line).total and sum(times.get(one, 0) for one in outer) > 1:
            yield _overlap(book, [[one] for one in outer if one in outermost])
    around = {outer for line in (*known, *shared) for outer in book.inclusion.outer(line)}
    beyond = {line for line in around if line not in known and not _lies_in(book, line, known)}
    several = _with_several_breakdowns(book, beyond)
    met = _met_inside(book, known, several)
    for line in several:
        touched = [_touched(book, group, known, met) for group in _breakdowns(book, line)]
        yield _overlap(book, [group for group in touched if group])


def _touched(book: Book, group: Iterable[str], known: Collection[str], met: Met) -> list[str]:
    """The lines that a breakdown may share money with: those in it, and those that hold some of it as well."""
    inside = {one for line in group for one in (line, *book.inclusion.inner(line)) if one not in known}
    around = [outer for one in inside for outer in book.inclusion.outer(one) if outer in known]
    return [*_met(group, known, met), *around]


def _overlap(book: Book, groups: list[list[str]]) -> int:
    """What groups of lines come to, at the least, beyond the largest of them."""
    if len(groups) < 2:
        return 0
    low = _together(book, {one for group in groups for one in group}).interval.low or 0
    return low - max(_together(book, group).interval.low or 0 for group in groups)


def _breakdowns(book: Book, line: str) -> Breakdowns:
    top_ups = {top_up.line for top_up in book.lines[line].top_ups}
    groups: Breakdowns = [[], [], []]
    for inner in book.inclusion.within.get(line, ()):
        place = 0 if book.lines[inner].parent == line else 1 if inner in top_ups else 2
        groups[place].append(inner)
    return groups


def _with_several_breakdowns(book: Book, among: Iterable[str]) -> list[str]:
    """Those of the lines that are broken down in more than one way, in which the same krona may then stand."""
    lines, second = book.lines, book.inclusion.second
    some = [line for line in among if line in second or any(one.line for one in lines[line].top_ups)]
    return [line for line in some if sum(map(bool, _breakdowns(book, line))) > 1]


def _met_inside(book: Book, lines: Collection[str], around: Iterable[str]) -> dict[str, list[str]]:
    """The first of `lines` met inside each of `around`: through its parts, else its top-ups, else by `of`."""
    met: dict[str, list[str]] = {}
    for line in _with_inner(book, around):
        met[line] = _first_met(book, line, lines, met)
    return met


def _with_inner(book: Book, lines: Iterable[str]) -> list[str]:
    """The lines and all inside them, innermost first."""
    found: set[str] = set()
    for line in lines:
        found |= {line} if line in found else {line, *book.inclusion.inner(line)}
    return [line for line in book.inclusion.order if line in found] if found else []


def _first_met(book: Book, line: str, lines: Collection[str], met: Met) -> list[str]:
    return next(filter(None, (_met(group, lines, met) for group in _breakdowns(book, line))), [])


def _met(group: Iterable[str], lines: Collection[str], met: Met) -> list[str]:
    found = (one for inner in group for one in ([inner] if inner in lines else met[inner]))
    return list(dict.fromkeys(found))


def _placed_elsewhere(book: Book, known: Collection[str], met: Met) -> set[str]:
    """The lines whose money another breakdown of the same line places already, outside of them."""
    found: set[str] = set()
    for line in _with_several_breakdowns(book, book.lines):
        if line in known or _lies_in(book, line, known):
            chosen = set(met[line])
            inside = book.inclusion.inner(line) - chosen if chosen else ()
            found.update(one for one in inside if book.inclusion.outer(one).isdisjoint(chosen))
    return found


def _taken_out(line: str, met: Met, placed: Collection[str], taken: set[str]) -> list[str]:
    """The lines whose money is taken out of a line, because it stands at them or in another line already.

    What several lines share and none of the `placed` lines is stays with the first of them, and is noted in `taken`.
    """
    found: list[str] = []
    waiting = list(reversed(met[line]))
    while waiting:
        one = waiting.pop()
        if one in placed or one in taken:
            found.append(one)
        else:
            taken.add(one)
            waiting.extend(reversed(met[one]))
    return found
