"""The book as it was known on a day: later lines and top-ups taken out, and the totals that held them."""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ledger.book.book import Book, solved
from ledger.book.records import Claim, Figure, Line, TopUp, last_day
from ledger.book.totals import Values, bases_only, not_below, top_up_amounts
from ledger.money import ZERO, Interval, add_up, derived

Basis = Literal["decided", "source", "year"]
"""What a day rests on: a decision date, the earliest date of the sources, or only the end of the budget year."""


class Loss(Struct, frozen=True):
    """What a line's base and total lost with what was taken out of it; `None` when that is not known."""

    base: Interval | None = ZERO
    total: Interval | None = ZERO


def counts_from(line: Line) -> str:
    """The day from which a line counts: decided, else the start of its year, whenever its source was printed."""
    return last_day(line.decided) if line.decided else f"{line.first_year}-01-01"


def top_up_from(book: Book, line: Line, top_up: TopUp) -> tuple[str, Basis]:
    """The day from which a top-up counts, and what that rests on; the end of the year when nothing has a date."""
    other = book.lines.get(top_up.line)
    decided = top_up.decided or (other.decided if other else "")
    if decided:
        return last_day(decided), "decided"
    return _stated_on(book, (*top_up.sources, *(other.sources if other else ())), line.last_year)


def _stated_on(book: Book, sources: Iterable[str], year: int) -> tuple[str, Basis]:
    dates = [last_day(book.sources[source].published) for source in sources if _dated(book, source)]
    return (min(dates), "source") if dates else (f"{year}-12-31", "year")


def _dated(book: Book, source: str) -> bool:
    return source in book.sources and bool(book.sources[source].published)


def as_of(book: Book, date: str) -> Book:
    """What was decided by that date (a partial one stands for its last day), with all totals worked out anew."""
    day = last_day(date)
    gone = _gone(book, day)
    kept_inside = _around(book, book.lines.keys() - gone)
    losses: dict[str, Loss] = {}
    lines: dict[str, Line] = {}
    for name in book.inclusion.order:
        line = _without_later_outcome(book, book.lines[name], day)
        parts = tuple(part for part in line.parts if part not in gone or part in kept_inside)
        if name not in gone:
            kept = tuple(one for one in line.top_ups if _is_kept(book, line, one, gone, day))
            cut, losses[name] = _cut(book, line, kept, losses)
            lines[name] = replace(cut, parts=parts)
        elif name in kept_inside:
            lines[name], losses[name] = _emptied(line, parts), _left(book, line, parts, losses)
        else:
            losses[name] = _whole(book.value(name))
    ordered = {line: lines[line] for line in book.lines if line in lines}
    claims = {claim.id: claim for claim in book.claims.values() if _claimed(book, claim) <= day}
    return solved(replace(book, lines=ordered, claims=claims))


def _gone(book: Book, day: str) -> set[str]:
    """The lines that did not count yet: by their own date, or as a top-up that came later, with its parts."""
    late = {
        top_up.line
        for line in book.lines.values()
        for top_up in line.top_ups
        if top_up.line and top_up_from(book, line, top_up)[0] > day
    }
    for line in book.lines.values():
        if line.parent in late and line.decided == book.lines[line.parent].decided:
            late.add(line.id)
    return {line.id for line in book.lines.values() if line.id in late or counts_from(line) > day}


def _around(book: Book, lines: Iterable[str]) -> set[str]:
    """Every line that some of the lines lie in, at any distance, as parts or by `of`: they need its place."""
    found: set[str] = set()
    waiting = list(lines)
    while waiting:
        line = book.lines[waiting.pop()]
        outer = [one for one in (line.parent, line.of) if one in book.lines and one not in found]
        found.update(outer)
        waiting.extend(outer)
    return found


def _is_kept(book: Book, line: Line, top_up: TopUp, gone: set[str], day: str) -> bool:
    return top_up.line not in gone and top_up_from(book, line, top_up)[0] <= day


def _claimed(book: Book, claim: Claim) -> str:
    figure = claim.amount
    if figure.decided:
        return last_day(figure.decided)
    return _stated_on(book, figure.sources or claim.sources, claim.year)[0]


def _without_later_outcome(book: Book, line: Line, day: str) -> Line:
    outcome = line.outcome
    if outcome is None:
        return line
    stated = _stated_on(book, outcome.sources or line.sources, line.last_year)[0]
    since = last_day(outcome.decided) if outcome.decided else stated
    return line if since <= day else replace(line, outcome=None)


def _whole(values: Values) -> Loss:
    return Loss(
        values.base.amount.interval if values.base else None,
        values.total.amount.interval if values.total else None,
    )


def _left(book: Book, line: Line, parts: Iterable[str], losses: Mapping[str, Loss]) -> Loss:
    """What goes with a line that stays only for the parts in it that count already."""
    if line.not_known_then:
        return Loss()
    whole = _whole(book.value(line.id))
    kept = [_minus(_whole(book.value(part)), losses.get(part, Loss())) for part in parts]
    return _minus(whole, _added(kept))


def _added(losses: Iterable[Loss]) -> Loss:
    base: Interval | None = ZERO
    total: Interval | None = ZERO
    for loss in losses:
        base = None if base is None or loss.base is None else base + loss.base
        total = None if total is None or loss.total is None else total + loss.total
    return Loss(base, total)


def _minus(one: Loss, other: Loss) -> Loss:
    return Loss(_rest(one.base, other.base), _rest(one.total, other.total))


def _rest(whole: Interval | None, lost: Interval | None) -> Interval | None:
    return None if whole is None or lost is None else not_below(whole - lost)


def _emptied(line: Line, parts: tuple[str, ...]) -> Line:
    return replace(
        line,
        base=None,
        total=None,
        outcome=None,
        top_ups=(),
        restated=(),
        parts=parts,
        complete=False,
        complete_stated=False,
        not_known_then=True,
    )


def _cut(book: Book, line: Line, kept: tuple[TopUp, ...], losses: Mapping[str, Loss]) -> tuple[Line, Loss]:
    """A kept line with those top-ups and without what went from inside it, and what it lost itself."""
    lost = _added(losses.get(top_up.line, Loss()) for top_up in kept)
    if len(kept) < len(line.top_ups) or lost != Loss():
        return _without_top_ups(book, line, kept, lost)
    lost = _added(losses.get(part, Loss()) for part in line.parts)
    return (line, lost) if lost == Loss() else _without_parts(line, lost)


def _without_top_ups(book: Book, line: Line, kept: tuple[TopUp, ...], lost: Loss) -> tuple[Line, Loss]:
    """A line whose total gives way to its base and the top-ups that are kept, some of which may have lost money too."""
    values = book.value(line.id)
    late = _added((Loss(ZERO, _later(book, line, kept)), lost)).total
    base = None
    if values.base:
        base = _worked_out(line, line.base or line.total, values.base.amount.interval)
    total = None
    if base is None and line.total and late is not None:
        total = _worked_out(line, line.total, not_below(line.total.amount.interval - late))
    elif not kept:
        base, total = None, base
    return replace(line, base=base, top_ups=kept, total=total, restated=()), Loss(ZERO, late)


def _later(book: Book, line: Line, kept: tuple[TopUp, ...]) -> Interval | None:
    """What the top-ups that are not kept come to: added up, else what the kept ones leave of them all."""
    amounts = list(zip(line.top_ups, top_up_amounts(line, book.values), strict=True))
    before = [amount for top_up, amount in amounts if top_up in kept]
    after = [amount for top_up, amount in amounts if top_up not in kept]
    if None not in after:
        return add_up(amount for amount in after if amount).interval
    every = book.value(line.id).top_ups
    if every is None or None in before:
        return None
    return every.amount.interval - add_up(amount for amount in before if amount).interval


def _without_parts(line: Line, lost: Loss) -> tuple[Line, Loss]:
    """A line whose parts lost something: a stated total gives way to what is left, a stated base is its own."""
    if line.base and bases_only(line):
        rest = _rest(line.base.amount.interval, lost.base)
        return replace(line, base=_worked_out(line, line.base, rest), restated=()), lost
    if line.base:
        return line, Loss()
    lost = Loss(lost.total, lost.total)
    if line.total is None:
        return line, lost
    if lost.total is None:
        return replace(line, complete=False, complete_stated=False), Loss()
    rest = _rest(line.total.amount.interval, lost.total)
    return replace(line, total=_worked_out(line, line.total, rest), restated=()), lost


def _worked_out(line: Line, stated: Figure | None, interval: Interval | None) -> Figure | None:
    """The stated figure where it still says the same, else a derived one in its place."""
    if interval is None or (stated and stated.amount.interval == interval):
        return stated
    place = stated.place if stated else line.origin.at()
    sources = stated.sources if stated else line.sources
    return Figure(derived(interval), place, sources, derived=True)
