"""The book as it was known on a day: later lines and top-ups taken out, and the totals that held them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ledger.book.book import Book, solved
from ledger.book.records import Claim, Figure, Line, TopUp, last_day
from ledger.book.totals import Values, bases_only
from ledger.money import ZERO, Interval, derived

Basis = Literal["decided", "source", "year"]
"""What a day rests on: a decision date, the earliest date of the sources, or only the end of the budget year."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What a line's base and total lost with what was taken out of it; `None` when that is not known."""

    base: Interval | None = ZERO
    total: Interval | None = ZERO


def counts_from(book: Book, line: Line) -> str:
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
    late = _late_top_ups(book, day)
    gone = {line.id for line in book.lines.values() if line.id in late or counts_from(book, line) > day}
    kept_inside = {outer for line in book.lines if line not in gone for outer in book.inclusion.outer(line)}
    losses: dict[str, Loss] = {}
    lines: dict[str, Line] = {}
    for name in book.inclusion.order:
        line = book.lines[name]
        parts = [part for part in line.parts if part not in gone or part in kept_inside]
        if name in gone:
            losses[name] = _whole(book.value(name))
            if name in kept_inside:
                lines[name] = _emptied(line, parts)
            continue
        cut, losses[name] = _cut(book, line, day, losses)
        lines[name] = replace(cut, parts=tuple(parts))
    ordered = {line: lines[line] for line in book.lines if line in lines}
    claims = {claim.id: claim for claim in book.claims.values() if _claimed(book, claim) <= day}
    return solved(replace(book, lines=ordered, claims=claims))


def _late_top_ups(book: Book, day: str) -> set[str]:
    """The lines that are top-ups of others and came later."""
    return {
        top_up.line
        for line in book.lines.values()
        for top_up in line.top_ups
        if top_up.line and top_up_from(book, line, top_up)[0] > day
    }


def _claimed(book: Book, claim: Claim) -> str:
    figure = claim.amount
    if figure.decided:
        return last_day(figure.decided)
    return _stated_on(book, figure.sources or claim.sources, claim.year)[0]


def _whole(values: Values) -> Loss:
    counting = values.counting.amount.interval if values.counting and not values.partial else None
    return Loss(values.base.amount.interval if values.base else None, counting)


def _emptied(line: Line, parts: list[str]) -> Line:
    return replace(
        line,
        base=None,
        total=None,
        outcome=None,
        top_ups=(),
        restated=(),
        parts=tuple(parts),
        complete=False,
        complete_stated=False,
        not_known_then=True,
    )


def _cut(book: Book, line: Line, day: str, losses: Mapping[str, Loss]) -> tuple[Line, Loss]:
    """A kept line without its later top-ups and without what its parts lost, and what it lost itself."""
    values = book.value(line.id)
    outcome = line.outcome if line.outcome and _outcome_day(book, line, line.outcome) <= day else None
    line = replace(line, outcome=outcome)
    kept = tuple(top_up for top_up in line.top_ups if top_up_from(book, line, top_up)[0] <= day)
    inner = [losses.get(part, Loss()) for part in line.parts]
    if len(kept) < len(line.top_ups):
        base = _worked_out(line, line.base, values.base.amount.interval if values.base else None)
        late = _interval(line.top_ups, kept, values)
        left = {"base": base, "total": None} if kept else {"base": None, "total": base}
        return replace(line, top_ups=kept, restated=(), **left), Loss(ZERO, late)
    if all(loss == Loss() for loss in inner):
        return line, Loss()
    return _without(line, inner)


def _outcome_day(book: Book, line: Line, outcome: Figure) -> str:
    if outcome.decided:
        return last_day(outcome.decided)
    return _stated_on(book, outcome.sources or line.sources, line.last_year)[0]


def _interval(top_ups: tuple[TopUp, ...], kept: tuple[TopUp, ...], values: Values) -> Interval | None:
    """What the later top-ups come to, when every one is stated; otherwise the whole, when none is kept."""
    figures = [top_up.figure for top_up in top_ups if top_up not in kept]
    if all(figures):
        return sum((figure.amount.interval for figure in figures if figure), ZERO)
    return values.top_ups.amount.interval if values.top_ups and not kept else None


def _without(line: Line, inner: list[Loss]) -> tuple[Line, Loss]:
    """A line whose parts lost something: its stated figures give way to what is left."""
    totals = [loss.total for loss in inner]
    known = None if None in totals else sum((total for total in totals if total), ZERO)
    if bases_only(line) and line.base:
        bases = [loss.base for loss in inner]
        lost = None if None in bases else sum((base for base in bases if base), ZERO)
        rest = None if lost is None else line.base.amount.interval - lost
        return replace(line, base=_worked_out(line, line.base, rest), restated=()), Loss(lost, known)
    if line.total is None or line.base or line.top_ups:
        return line, Loss(ZERO, ZERO if line.total or line.base else known)
    if known is None:
        return replace(line, complete=False, complete_stated=False), Loss()
    rest = line.total.amount.interval - known
    return replace(line, total=_worked_out(line, line.total, rest), restated=()), Loss(known, known)


def _worked_out(line: Line, stated: Figure | None, interval: Interval | None) -> Figure | None:
    """The stated figure where it still says the same, else a derived one in its place."""
    if interval is None or (stated and stated.amount.interval == interval):
        return stated
    place = stated.place if stated else line.origin.at()
    sources = stated.sources if stated else line.sources
    return Figure(derived(interval), place, sources, derived=True)
