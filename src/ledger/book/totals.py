"""What each line comes to: base + top-ups = total, parts = total, and the one unknown of each equation."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from ledger.book.records import Figure, Line
from ledger.money import Amount, How, Interval, add_up, derived, exactly

Way = Literal[
    "",
    "none",
    "base + top-ups",
    "parts",
    "total - top-ups",
    "total - base",
    "total - base of the line it tops up",
    "top-ups of its parts",
    "rest of its line",
    "stated top-ups",
    "stated base and top-ups",
]
"""The equation that gives a derived value; empty for one that is stated."""


class Value(Struct, frozen=True, array_like=True):
    """An amount and how it is known."""

    amount: Amount
    how: How = "derived"
    way: Way = ""


class Values(Struct, frozen=True, array_like=True):
    """What is known of a line. `counting` is what it counts with in a sum.

    That is its total, else the figures it states: then `partial` says what is missing.
    """

    base: Value | None = None
    top_ups: Value | None = None
    total: Value | None = None
    counting: Value | None = None
    partial: str = ""


_TOPPED_UP: Way = "total - base of the line it tops up"
UNKNOWN = Values()
NO_TOP_UPS = Value(exactly(0), "derived", "none")


def solve(lines: Mapping[str, Line], order: Sequence[str]) -> dict[str, Values]:
    """The values of every line, given in an `order` that has each line after those inside it.

    Values flow outwards; a part or top-up that is the one unknown of its line then gets the rest, and values flow
    again.
    """
    given: dict[str, Value] = {}
    while True:
        values: dict[str, Values] = {}
        for line in order:
            values[line] = _values(lines[line], values, given.get(line))
        rests = dict(_rests(lines, values)) or dict(_topping_up(lines, values))
        if not rests:
            return values
        given |= rests


def _rests(lines: Mapping[str, Line], values: Mapping[str, Values]) -> Iterator[tuple[str, Value]]:
    """The missing part of each line whose parts are written to be complete, when it is the only one."""
    for line in lines.values():
        if line.complete_stated and line.complete and line.parts:
            total = values[line.id].total
            parts = [part for part in line.parts if part in values]
            missing = [part for part in parts if values[part].total is None]
            if total and len(missing) == 1:
                others = add_up(other.amount for part in parts if (other := values[part].total))
                yield missing[0], _of(total.amount.interval - others.interval, "rest of its line")


def _topping_up(lines: Mapping[str, Line], values: Mapping[str, Values]) -> Iterator[tuple[str, Value]]:
    """The line that is a top-up of another, when its amount is the one unknown of that line's equation."""
    for line in lines.values():
        amounts = top_up_amounts(line, values)
        base, total = values[line.id].base, values[line.id].total
        if base and total and amounts.count(None) == 1:
            name = line.top_ups[amounts.index(None)].line
            if name in values and values[name].total is None:
                known = add_up(amount for amount in amounts if amount)
                rest = total.amount.interval - base.amount.interval - known.interval
                yield name, Value(derived(rest), "derived", _TOPPED_UP)


def _values(line: Line, values: Mapping[str, Values], given: Value | None) -> Values:
    parts = [values.get(part, UNKNOWN) for part in line.parts]
    base, total = _stated(line.base), _stated(line.total) or given
    top_ups = _top_ups(line, parts, values)
    if total is None and not bases_only(line):
        total = _base_and_top_ups(base, top_ups)
    if total is None and line.complete:
        total = parts_sum(parts)
    if total is None:
        total = _base_and_top_ups(base, top_ups)
    if base is None and total and top_ups:
        no_change = top_ups is NO_TOP_UPS
        base = total if no_change else _of(total.amount.interval - top_ups.amount.interval, "total - top-ups")
    if top_ups is None and base and total:
        top_ups = Value(derived(total.amount.interval - base.amount.interval), "derived", "total - base")
    return _counting(line, base, top_ups, total, values)


def bases_only(line: Line) -> bool:
    """Whether the line states only a base and has parts: then the bases are compared, and its top-ups are theirs."""
    return bool(line.parts and line.base and not line.total and not line.top_ups)


def parts_sum(parts: Sequence[Values]) -> Value | None:
    """The parts' totals together, when there are parts and every one is known."""
    totals = [part.total for part in parts]
    if not totals or None in totals:
        return None
    return Value(add_up(total.amount for total in totals if total), "derived", "parts")


def top_up_amounts(line: Line, values: Mapping[str, Values]) -> list[Amount | None]:
    """The amount of each top-up as stated or as the total of the line it names.

    `None` where not known, also when that total is itself only what this equation leaves.
    """
    return [value.amount if value else None for value in _each_top_up(line, values)]


def _each_top_up(line: Line, values: Mapping[str, Values]) -> Iterator[Value | None]:
    for top_up in line.top_ups:
        total = values.get(top_up.line, UNKNOWN).total if top_up.line else _stated(top_up.figure)
        yield total if total and total.way != _TOPPED_UP else None


def _base_and_top_ups(base: Value | None, top_ups: Value | None) -> Value | None:
    """Without top-ups the base is the total, in its own words."""
    if base is None or top_ups is None:
        return None
    if top_ups is NO_TOP_UPS:
        return base
    added = add_up((base.amount, top_ups.amount))
    fitting = not_below(added.interval)
    return Value(added if fitting == added.interval else derived(fitting), "derived", "base + top-ups")


def _top_ups(line: Line, parts: Sequence[Values], values: Mapping[str, Values]) -> Value | None:
    if bases_only(line):
        theirs = [part.top_ups for part in parts]
        if None in theirs:
            return None
        if all(value is NO_TOP_UPS for value in theirs):
            return NO_TOP_UPS
        return Value(add_up(value.amount for value in theirs if value), "derived", "top-ups of its parts")
    if not line.top_ups:
        return NO_TOP_UPS
    every = list(_each_top_up(line, values))
    known = [value for value in every if value]
    if len(known) < len(every):
        return None
    if len(known) == 1:
        return Value(known[0].amount, known[0].how)
    return Value(add_up(value.amount for value in known), "sum")


def _counting(
    line: Line, base: Value | None, top_ups: Value | None, total: Value | None, values: Mapping[str, Values]
) -> Values:
    if total:
        return Values(base, top_ups, total, total)
    stated = [amount for amount in (base.amount if base else None, *top_up_amounts(line, values)) if amount]
    if not stated:
        return Values(top_ups=top_ups, partial="base not stated" if line.top_ups else "")
    way: Way = "stated base and top-ups" if base else "stated top-ups"
    partial = "a top-up not stated" if base else "base not stated"
    return Values(base, top_ups, counting=Value(add_up(stated), "derived", way), partial=partial)


def _stated(figure: Figure | None) -> Value | None:
    return Value(figure.amount, figure.how) if figure else None


def _of(interval: Interval, way: Way) -> Value:
    return Value(derived(not_below(interval)), "derived", way)


def not_below(interval: Interval, least: int = 0) -> Interval:
    """The values from `least` on; all of them where none is, for that is a fault which a check reports."""
    beyond = interval.low is not None and interval.low >= least
    if beyond or Interval(least, None).above(interval):
        return interval
    return Interval(least, interval.high, low_open=False, high_open=interval.high_open)
