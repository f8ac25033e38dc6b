"""Why a line's money changed: what differs in its figures and its top-ups."""

from collections.abc import Callable, Hashable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ledger.book import Book, Figure, Line, TopUp, Value
from ledger.diff.change import Reason, What, between
from ledger.diff.content import figure_key, top_up_key
from ledger.diff.wording import known, named, sourced, stated
from ledger.money import ZERO, Interval
from ledger.table import Money


class Side(Struct, frozen=True):
    """A line or claim in one of the two books: the sources it has as a whole, and what its amounts come to."""

    book: Book
    sources: tuple[str, ...]
    line: Line | None = None

    def value(self, what: str) -> Value | None:
        """The base or total as stated or worked out."""
        found = getattr(self.book.value(self.line.id), what, None) if self.line else None
        return found if isinstance(found, Value) else None


def figure_reason(what: What, before: Figure | None, after: Figure | None, old: Side, new: Side) -> Reason | None:
    """What differs between two statements of one figure; a derived value stands in for one that is not stated."""
    if figure_key(before) == figure_key(after) or (before and after and _only_inherited(before, after, old, new)):
        return None
    left, right = _cell(before, old, what), _cell(after, new, what)
    change = between(_interval(left), _interval(right))
    if before is None or after is None:
        text = f"{what} now stated {_by(new, after)}" if after else f"{what} no longer stated {_by(old, before)}"
        return Reason(what, text, left, right, change, after.sources if after else ())
    same = set(before.sources) == set(after.sources)
    if before.amount.interval == after.amount.interval:
        return Reason(what, f"{what} {_said(before, after, old, new)}", sources=after.sources)
    if same:
        return Reason(what, f"{what} corrected {_by(new, after)}", left, right, change, after.sources, corrected=True)
    return Reason(what, f"{what} {_said(before, after, old, new)}", left, right, change, after.sources)


def _only_inherited(before: Figure, after: Figure, old: Side, new: Side) -> bool:
    """Whether only the sources of the line as a whole changed, which is told once."""
    same = replace(after, sources=before.sources)
    return figure_key(same) == figure_key(before) and before.sources == old.sources and after.sources == new.sources


def _cell(figure: Figure | None, side: Side, what: str) -> Money:
    return stated(figure) if figure else known(side.value(what))


def _interval(money: Money | None) -> Interval | None:
    return money.amount.interval if money and money.amount else None


def _by(side: Side, figure: Figure | None) -> str:
    return sourced(side.book, figure.sources, figure.decided) if figure else ""


def _said(before: Figure | TopUp, after: Figure | TopUp, old: Side, new: Side) -> str:
    """By whom it is stated now, and by whom before; when it was decided, where that differs."""
    parts = []
    if set(before.sources) != set(after.sources):
        parts.append(f"now by {named(new.book, after.sources)}, before by {named(old.book, before.sources)}")
    if before.decided != after.decided:
        parts.append(f"decided {after.decided or 'on a day not stated'} (was {before.decided or 'not stated'})")
    return "; ".join(parts)


def without_consequence(reasons: Sequence[Reason]) -> list[Reason]:
    """The reasons without that for the total, where base and top-ups account for its change to the öre."""
    total = next((one for one in reasons if one.what == "total"), None)
    others = [one.change for one in reasons if one.what in ("base", "top-up") and one.change not in (None, ZERO)]
    if total is None or total.change is None or not total.change.exact or not others:
        return list(reasons)
    told = ZERO
    for change in others:
        told += change or ZERO
    return [one for one in reasons if one is not total] if told == total.change else list(reasons)


def top_up_reasons(before: Line, after: Line, old: Side, new: Side) -> Iterator[Reason]:
    """Every top-up that came, went, was corrected, or has other sources or another day."""
    _, gone, came = _paired(before.top_ups, after.top_ups, top_up_key)
    resourced, gone, came = _paired(gone, came, lambda one: (one.figure and one.figure.amount.interval, one.line))
    corrected, gone, came = _paired(gone, came, lambda one: (one.line, frozenset(one.sources), one.decided))
    for one, other in resourced:
        if not (one.decided == other.decided and one.sources == old.sources and other.sources == new.sources):
            cell = _top_up_cell(other, new)
            yield Reason("top-up", f"{_noun(other)} {_said(one, other, old, new)}", cell, cell, ZERO, other.sources)
    for one, other in corrected:
        cells = _top_up_cell(one, old), _top_up_cell(other, new)
        change = between(*map(_interval, cells))
        text = f"{_noun(other)} corrected {_origin(other, new)}"
        yield Reason("top-up", text, *cells, change, other.sources, corrected=True)
    for one in gone:
        cell = _top_up_cell(one, old)
        yield Reason(
            "top-up", f"{_noun(one)} taken out {_origin(one, old)}", cell, None, between(_interval(cell), ZERO)
        )
    for one in came:
        cell = _top_up_cell(one, new)
        change = between(ZERO, _interval(cell))
        yield Reason("top-up", f"new {_noun(one)} {_origin(one, new)}", None, cell, change, one.sources)


def _paired(
    before: Sequence[TopUp], after: Sequence[TopUp], key: Callable[[TopUp], Hashable]
) -> tuple[list[tuple[TopUp, TopUp]], list[TopUp], list[TopUp]]:
    """Top-ups of equal keys, one to one in their order, and those left over on either side."""
    waiting: dict[Hashable, list[TopUp]] = {}
    for one in after:
        waiting.setdefault(key(one), []).append(one)
    pairs, gone = [], []
    for one in before:
        found = waiting.get(key(one))
        if found:
            pairs.append((one, found.pop(0)))
        else:
            gone.append(one)
    left = {id(one) for rest in waiting.values() for one in rest}
    return pairs, gone, [one for one in after if id(one) in left]


def _top_up_cell(top_up: TopUp, side: Side) -> Money:
    if top_up.line:
        return known(side.book.value(top_up.line).total)
    return stated(top_up.figure) if top_up.figure else known(None)


def _noun(top_up: TopUp) -> str:
    high = top_up.figure.amount.interval.high if top_up.figure else None
    return "reduction" if high is not None and high < 0 else "top-up"


def _origin(top_up: TopUp, side: Side) -> str:
    of = f"by the line {top_up.line} " if top_up.line else ""
    return of + sourced(side.book, top_up.sources, top_up.decided)


def restatement_reasons(before: Sequence[Figure], after: Sequence[Figure], old: Side, new: Side) -> Iterator[Reason]:
    """The same amount in other words, where that came or went."""
    keys = [figure_key(one) for one in before], [figure_key(one) for one in after]
    for one in after:
        if figure_key(one) not in keys[0]:
            yield Reason("restated", f"also stated {_by(new, one)}", None, stated(one), None, one.sources)
    for one in before:
        if figure_key(one) not in keys[1]:
            yield Reason("restated", f"no longer also stated {_by(old, one)}", stated(one))
