"""Sums in which no krona stands twice: over the lines of one level, as one figure or placed line by line."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ledger.book.book import Book
from ledger.book.records import Level, Line
from ledger.money import Amount, add_up, derived

LEVEL_ORDER: tuple[Level, ...] = ("appropriations", "assignments and grants", "commitments")


@dataclass(frozen=True, slots=True)
class Sum:
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
    """Add counted lines of one level: a line inside another adds nothing, whichever way it lies in it."""
    known = _known(book, lines)
    entering = _outermost(book, known)
    amount = add_up(_counting(book, line) for line in entering)
    for shared, times in _twice(book, known).items():
        amount = _less(amount, _counting(book, shared), times)
    missing = [line.id for line in lines if line.counted and line.id not in known]
    inside = sum(1 for line in missing if book.inclusion.outer(line) & known.keys())
    partial = sum(1 for line in entering if book.value(line).partial)
    return Sum(amount, len(lines), len(missing), inside, partial)


def entering_sums(book: Book, lines: Iterable[Line]) -> frozenset[str]:
    """The lines that enter the sum of their level themselves, because no counted line of it lies around them."""
    return frozenset(one for group in by_level(lines).values() for one in _outermost(book, _known(book, group)))


def place_level(book: Book, lines: Collection[Line]) -> list[tuple[Line, Amount]]:
    """Each line of one level with the money that is not placed further in: every krona at its innermost line."""
    known = _known(book, lines)
    placed = []
    for line in known:
        inner = _nearest_inside(book, line, known)
        amount = _counting(book, line)
        if inner:
            amount = _rest(amount, add_up(_counting(book, one) for one in inner))
        if not inner or amount.interval.low != 0 or amount.interval.high != 0:
            placed.append((book.lines[line], amount))
    return placed


def _known(book: Book, lines: Collection[Line]) -> dict[str, None]:
    return {line.id: None for line in lines if line.counted and book.value(line.id).counting}


def _outermost(book: Book, known: Collection[str]) -> list[str]:
    return [line for line in known if not any(outer in known for outer in book.inclusion.outer(line))]


def _counting(book: Book, line: str) -> Amount:
    value = book.value(line).counting
    return value.amount if value else add_up(())


def _tops(book: Book, line: str, known: Collection[str]) -> set[str]:
    """The outermost known lines around a line, or the line itself."""
    outer = [one for one in book.inclusion.outer(line) if one in known]
    around = {one for one in outer if not any(other in known for other in book.inclusion.outer(one))}
    return around or ({line} if line in known else set())


def _twice(book: Book, known: Collection[str]) -> dict[str, int]:
    """Lines that lie in several of the outermost lines, with how many times too often they would be added."""
    extra: dict[str, int] = {}
    shared = [line for line, around in book.inclusion.around.items() if len(around) > 1]
    for line in sorted(shared, key=lambda one: len(book.inclusion.outer(one))):
        settled = sum(extra.get(outer, 0) for outer in book.inclusion.outer(line))
        times = len(_tops(book, line, known)) - 1 - settled
        if times > 0 and book.value(line).counting:
            extra[line] = times
    return extra


def _less(amount: Amount, other: Amount, times: int) -> Amount:
    interval = amount.interval
    for _ in range(times):
        interval -= other.interval
    whole = amount.number is not None and other.number is not None
    number = (amount.number or 0) - times * (other.number or 0) if whole else None
    return Amount(interval, number, "", "exact" if interval.exact else "range")


def _nearest_inside(book: Book, line: str, known: Collection[str]) -> list[str]:
    """The first known lines met going inwards: through parts and top-ups, or else through a second breakdown."""
    second = book.inclusion.second.get(line, ())
    first = [one for one in book.inclusion.within.get(line, ()) if one not in second]
    found = _met(book, first, known)
    return found or _met(book, second, known)


def _met(book: Book, lines: Iterable[str], known: Collection[str]) -> list[str]:
    found = []
    for line in lines:
        found.extend([line] if line in known else _nearest_inside(book, line, known))
    return found


def _rest(amount: Amount, inner: Amount) -> Amount:
    """What a line holds beyond the lines in it; never below zero where they may fit."""
    rest = amount.interval - inner.interval
    fits = rest.high is None or rest.high >= 0
    if fits and (rest.low is None or rest.low < 0):
        rest = type(rest)(0, rest.high, low_open=False, high_open=rest.high_open)
    return derived(rest)
