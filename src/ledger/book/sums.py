"""What the lines of one level come to, every krona once, and how far that is in doubt."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from ledger.book.book import Book
from ledger.book.level_graph import LevelGraph, Nearest, by_level, nearest_in
from ledger.book.records import Line
from ledger.book.totals import not_below
from ledger.money import Amount, add_up


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


def add_level(book: Book, lines: Collection[Line]) -> Sum:
    """Add counted lines of one level: a line inside another adds nothing, whichever way it lies in it.

    Where lines may overlap, and how far is not known, the interval of the sum reaches down to what they then come to.
    """
    graph = LevelGraph(book)
    summed = summed_lines(graph, lines)
    amount = union(graph, summed)
    doubt = sum(_overlaps(graph, summed))
    if doubt and amount.interval.low is not None:
        low = max(amount.interval.low - doubt, _least(graph, summed))
        amount = replace(amount, interval=replace(amount.interval, low=low, low_open=False), sense="range")
    counted = [line.id for line in lines if line.counted]
    missing = [line for line in counted if not graph.has_amount(line)]
    inside = sum(1 for line in missing if graph.lies_in(line, summed))
    less = [line for line in counted if book.value(line).partial and graph.has_amount(line)]
    partial = sum(1 for line in less if not graph.lies_in(line, summed))
    return Sum(amount, len(lines), len(missing), inside, partial)


def entering_sums(book: Book, lines: Iterable[Line]) -> frozenset[str]:
    """The lines that enter the sum of their level themselves, because no counted line of it lies around them."""
    graph = LevelGraph(book)
    levels = by_level(lines).values()
    return frozenset(one for level in levels for one in graph.outermost(summed_lines(graph, level)))


def summed_lines(graph: LevelGraph, lines: Collection[Line]) -> dict[str, None]:
    """The lines that a sum is made of: those that count with an amount.

    A line whose base or a top-up is not stated makes way for the lines in it, where these come to more.
    """
    values = graph.book.values
    summed = {line.id: None for line in lines if line.counted and graph.has_amount(line.id)}
    doubtful = {line for line in summed if values[line].partial and line in graph.book.inclusion.within}
    nearest: dict[str, list[str]] = {}
    for line in graph.innermost_first(doubtful):
        nearest[line] = graph.nearest_in_line(line, summed, nearest)
        if line in doubtful and _comes_to_more(graph, line, summed, nearest):
            del summed[line]
    return summed


def _comes_to_more(graph: LevelGraph, line: str, lines: Collection[str], nearest: Nearest) -> bool:
    """Whether the lines in one of a line's breakdowns come to more than it counts with."""
    groups = [nearest_in(breakdown, lines, nearest) for breakdown in graph.breakdowns(line)]
    return any(union(graph, group).interval.above(graph.amount(line).interval) for group in groups)


def union(graph: LevelGraph, lines: Collection[str]) -> Amount:
    """What lines come to together: those inside others add nothing, and what several share is taken out again."""
    times = _times(graph, dict.fromkeys(lines))
    added = add_up(graph.amount(line) for line, number in times.items() for _ in range(number))
    if all(number > 0 for number in times.values()):
        return added
    out = add_up(graph.amount(line) for line, number in times.items() for _ in range(-number))
    number = None if added.number is None or out.number is None else added.number - out.number
    interval = not_below(added.interval - out.interval, _least(graph, lines))
    return Amount(interval, number, "", "exact" if interval.exact else "range")


def _times(graph: LevelGraph, lines: Mapping[str, None]) -> dict[str, int]:
    """How often each line is added so that every krona of the lines is there once.

    The outermost lines are, once each; a line that lies in several of them is then taken out, and so on inwards.
    """
    times = dict.fromkeys(graph.outermost(lines), 1)
    for line in graph.shared(times):
        if graph.has_amount(line):
            times[line] = 1 - sum(times.get(one, 0) for one in graph.book.inclusion.outer(line))
    return {line: number for line, number in times.items() if number}


def _least(graph: LevelGraph, lines: Collection[str]) -> int:
    """What lines come to at least, however they overlap: the largest of them, less all reductions."""
    lows = [graph.amount(line).interval.low or 0 for line in lines]
    return max(0, *lows) + sum(low for low in lows if low < 0)


def _overlaps(graph: LevelGraph, summed: Collection[str]) -> Iterator[int]:
    """By how much each overlap that is not known may make the sum too large.

    First of the lines without a total that lie in several summed lines; then of the lines around the summed ones that
    are broken down in several ways, as two breakdowns may hold the same krona.
    """
    inclusion = graph.book.inclusion
    times = _times(graph, dict.fromkeys(summed))
    outermost = dict.fromkeys(graph.outermost(summed))
    shared = graph.shared(outermost)
    for line in shared:
        outer = inclusion.outer(line)
        if not graph.book.value(line).total and sum(times.get(one, 0) for one in outer) > 1:
            yield _overlap(graph, [[one] for one in outer if one in outermost])
    around = {outer for line in (*summed, *shared) for outer in inclusion.outer(line)}
    beyond = {line for line in around if line not in summed and not graph.lies_in(line, summed)}
    several = graph.broken_down_twice(beyond)
    nearest = graph.nearest_inside(several, summed)
    for line in several:
        touched = [_touched(graph, breakdown, summed, nearest) for breakdown in graph.breakdowns(line)]
        yield _overlap(graph, [group for group in touched if group])


def _touched(graph: LevelGraph, breakdown: Iterable[str], summed: Collection[str], nearest: Nearest) -> list[str]:
    """The summed lines that a breakdown may share money with: those in it, and those that hold some of it as well."""
    inclusion = graph.book.inclusion
    inside = {one for line in breakdown for one in (line, *inclusion.inner(line)) if one not in summed}
    around = [outer for one in inside for outer in inclusion.outer(one) if outer in summed]
    return [*nearest_in(breakdown, summed, nearest), *around]


def _overlap(graph: LevelGraph, groups: list[list[str]]) -> int:
    """What groups of lines come to, at the least, beyond the largest of them."""
    if len(groups) < 2:
        return 0
    low = union(graph, {one for group in groups for one in group}).interval.low or 0
    return low - max(union(graph, group).interval.low or 0 for group in groups)
