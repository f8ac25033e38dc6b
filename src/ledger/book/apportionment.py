"""Who holds which krona of a level: each at its innermost line, what a line holds beyond its parts at the line."""

from collections.abc import Collection

from ledger.book.book import Book
from ledger.book.level_graph import LevelGraph, Nearest
from ledger.book.records import Line
from ledger.book.sums import summed_lines, union
from ledger.book.totals import not_below
from ledger.money import Amount, derived


def apportion(book: Book, lines: Collection[Line]) -> list[tuple[Line, Amount]]:
    """Each line of one level with the money that is not placed further in: every krona at its innermost line.

    Of a line that is broken down in several ways the parts are followed, else top-ups that are lines, else lines by
    `of`; the others have no money of their own. Not told apart is money that two lines share without placing it in
    either: it then stands twice.
    """
    graph = LevelGraph(book)
    summed = summed_lines(graph, lines)
    shared = {one for one in graph.shared(summed) if graph.has_amount(one)}
    nearest = graph.nearest_inside(summed, summed.keys() | shared)
    elsewhere = _apportioned_elsewhere(graph, summed, nearest)
    holders = summed.keys() | elsewhere
    taken: set[str] = set()
    apportioned = []
    for line in summed:
        if line in elsewhere:
            continue
        inner = _held_further_in(line, nearest, holders, taken)
        amount = graph.amount(line)
        if inner:
            amount = derived(not_below(amount.interval - union(graph, inner).interval))
        if not inner or amount.interval.low != 0 or amount.interval.high != 0:
            apportioned.append((book.lines[line], amount))
    return apportioned


def _apportioned_elsewhere(graph: LevelGraph, summed: Collection[str], nearest: Nearest) -> set[str]:
    """The lines whose money another breakdown of the same line has already, outside of them."""
    inclusion = graph.book.inclusion
    found: set[str] = set()
    for line in graph.broken_down_twice(graph.book.lines):
        if line in summed or graph.lies_in(line, summed):
            followed = set(nearest[line])
            inside = inclusion.inner(line) - followed if followed else ()
            found.update(one for one in inside if inclusion.outer(one).isdisjoint(followed))
    return found


def _held_further_in(line: str, nearest: Nearest, holders: Collection[str], taken: set[str]) -> list[str]:
    """The lines whose money is taken out of a line, because it stands at them or in another line already.

    What several lines share and no holder is stays with the first of them, and is noted in `taken`.
    """
    found: list[str] = []
    waiting = list(reversed(nearest[line]))
    while waiting:
        one = waiting.pop()
        if one in holders or one in taken:
            found.append(one)
        else:
            taken.add(one)
            waiting.extend(reversed(nearest[one]))
    return found
