"""From appropriation to recipient: which money goes where, as far as sources say, one picture a level.

A picture holds the money of one level only: the same krona may stand on each. Appropriations are followed to whom
disposes of their items, and on into the assignments that lie in these; assignments and grants that lie in none of
them are followed from their own appropriation, where a source names it, to recipient and parts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from ledger.book import Book, Level, Line, apportion, by_level, entering_sums
from ledger.money import Amount, Interval, add_up, derived

NO_APPROPRIATION, NO_RECIPIENT, NOT_DISTRIBUTED = "?appropriation", "?recipient", "?rest"
"""Nodes for what is not known; an id cannot begin so."""

Stop = tuple[int, str]
"""A node: its column, and what it stands for."""


class Flow(Struct, frozen=True):
    """Money from one node to another, and the lines it stands in; the amount is missing where it is not stated."""

    source: Stop
    target: Stop
    amount: Amount | None
    lines: tuple[str, ...]


def flows_of(book: Book, lines: Sequence[Line]) -> dict[Level, list[Flow]]:
    """The flows of a year's lines, by level."""
    groups = by_level(lines)
    granted, assigned = groups.get("appropriations", []), groups.get("assignments and grants", [])
    paid = _paid(book, granted, assigned)
    taken = {one.id for inner in paid.values() for one in inner}
    found: dict[Level, list[Flow]] = {}
    if granted:
        found["appropriations"] = list(_appropriations(book, granted, paid))
    alone = [line for line in assigned if line.id not in taken]
    if alone:
        found["assignments and grants"] = list(_assignments(book, alone))
    return found


def _paid(book: Book, granted: Sequence[Line], assigned: Iterable[Line]) -> dict[str, list[Line]]:
    """The assignments and grants that lie in appropriations and items, each at one of the innermost that it lies in."""
    order = {line.id: number for number, line in enumerate(granted)}
    paid: dict[str, list[Line]] = {}
    for one in assigned:
        around = sorted((line for line in book.inclusion.outer(one.id) if line in order), key=lambda line: order[line])
        inmost = [line for line in around if book.inclusion.inner(line).isdisjoint(around)]
        if inmost:
            paid.setdefault(inmost[0], []).append(one)
    return paid


def _appropriations(book: Book, granted: Sequence[Line], paid: Mapping[str, list[Line]]) -> Iterator[Flow]:
    """Appropriations and items, who disposes of them, and what lies in these."""
    placed = {line.id: amount for line, amount in apportion(book, granted)}
    for line in granted:
        amount = placed.get(line.id)
        unstated = book.value(line.id).counting is None
        if amount is None and not unstated and line.id not in paid:
            continue  # all of it stands at lines further in
        agency = (1, line.recipient or NO_RECIPIENT)
        if amount or unstated:
            yield Flow((0, _code(line) or book.root(line).title), agency, amount, (line.id,))
        inner = paid.get(line.id, [])
        entering = entering_sums(book, inner) if inner else frozenset()
        parts = [one for one in inner if one.id in entering or book.value(one.id).counting is None]
        if parts:
            yield from _divided(book, agency, amount, parts, line.id)


def _assignments(book: Book, lines: Sequence[Line]) -> Iterator[Flow]:
    """Assignments and grants from their appropriation, where one is named, to recipient and parts."""
    known = {line.id for line in lines}
    for line in lines:
        if not known.isdisjoint(book.inclusion.outer(line.id)):
            continue
        value = book.value(line.id).counting
        agency = (1, line.recipient or NO_RECIPIENT)
        amount = value.amount if value else None
        yield Flow((0, _code(line) or NO_APPROPRIATION), agency, amount, (line.id,))
        parts = [book.lines[one] for one in line.parts if one in known]
        if parts:
            yield from _divided(book, agency, amount, parts, line.id)


def _divided(book: Book, agency: Stop, whole: Amount | None, parts: Sequence[Line], line: str) -> Iterator[Flow]:
    """The parts of some money, and what they leave of it."""
    rest = whole.interval if whole else None
    for part in parts:
        value = book.value(part.id).counting
        amount = value.amount if value else None
        yield Flow(agency, (2, part.recipient or part.title), amount, (part.id,))
        rest = rest - amount.interval if rest and amount else rest
    left = _not_below_zero(rest) if rest else None
    if left and left.high != 0:
        yield Flow(agency, (2, NOT_DISTRIBUTED), derived(left), (line,))


def _not_below_zero(interval: Interval) -> Interval:
    low = max(interval.low, 0) if interval.low is not None else 0
    high = max(interval.high, 0) if interval.high is not None else None
    return Interval(low, high)


def _code(line: Line) -> str:
    """The appropriation that a line belongs to: `UO13 3:1`."""
    return " ".join(line.full_code.split()[:2])


def size(amount: Amount | None) -> int:
    """How wide money is drawn, in öre: as printed, else by its lower limit, else by its upper one."""
    if amount is None:
        return 0
    low, high = amount.interval.low, amount.interval.high
    return max(amount.number if amount.number is not None else low or high or 0, 0)


def together(flows: Iterable[Flow]) -> list[Flow]:
    """The flows between the same two nodes as one."""
    found: dict[tuple[Stop, Stop], list[Flow]] = {}
    for flow in flows:
        found.setdefault((flow.source, flow.target), []).append(flow)
    return [
        Flow(*ends, _added(some), tuple(line for one in some for line in one.lines)) for ends, some in found.items()
    ]


def _added(flows: Sequence[Flow]) -> Amount | None:
    known = [flow.amount for flow in flows if flow.amount]
    return add_up(known) if len(known) > 1 else known[0] if known else None
