"""The inclusion graph of a level: which lines lie in which, in what ways a line is broken down, what each counts with.

The sums of a level and the apportionment of its money are worked out over this graph.
"""

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from ledger.book.book import Book
from ledger.book.records import Level, Line
from ledger.money import Amount, add_up

LEVEL_ORDER: tuple[Level, ...] = ("appropriations", "assignments and grants", "commitments")

Nearest = Mapping[str, list[str]]
"""For each line, those of a set of lines that lie nearest inside it: no other of them lies between."""


def by_level(lines: Iterable[Line]) -> dict[Level, list[Line]]:
    """The counted lines of each level, in the order in which levels are shown."""
    found: dict[Level, list[Line]] = {}
    for line in lines:
        if line.counted:
            found.setdefault(line.level, []).append(line)
    return {level: found[level] for level in LEVEL_ORDER if level in found}


class LevelGraph(Struct, frozen=True):
    """A book by its inclusions: a line holds its parts, its top-ups that are lines, and lines by `of`."""

    book: Book

    def has_amount(self, line: str) -> bool:
        """Whether a line counts with anything: a total, or some figures of it."""
        return self.book.value(line).counting is not None

    def amount(self, line: str) -> Amount:
        """What a line counts with."""
        value = self.book.value(line).counting
        return value.amount if value else add_up(())

    def lies_in(self, line: str, lines: Collection[str]) -> bool:
        """Whether one of the lines is around this one, at any distance."""
        return any(outer in lines for outer in self.book.inclusion.outer(line))

    def outermost(self, lines: Collection[str]) -> list[str]:
        """Those of the lines that lie in no other of them."""
        return [line for line in lines if not self.lies_in(line, lines)]

    def shared(self, lines: Iterable[str]) -> list[str]:
        """What lies in the lines and may lie in several of them, each after all that it lies in."""
        inclusion = self.book.inclusion
        found = {one for line in lines for one in inclusion.shared.get(line, ())}
        return sorted(found, key=lambda one: (len(inclusion.outer(one)), one))

    def breakdowns(self, line: str) -> list[list[str]]:
        """What a line holds: its parts, its top-ups that are lines, and lines by `of`, each in one list.

        A list is free of overlaps, but the same krona may stand in several of them.
        """
        top_ups = {top_up.line for top_up in self.book.lines[line].top_ups}
        groups: list[list[str]] = [[], [], []]
        for inner in self.book.inclusion.within.get(line, ()):
            groups[0 if self.book.lines[inner].parent == line else 1 if inner in top_ups else 2].append(inner)
        return groups

    def broken_down_twice(self, among: Iterable[str]) -> list[str]:
        """Those of the lines that are broken down in several ways, in which the same krona may then stand."""
        lines, second = self.book.lines, self.book.inclusion.second
        some = [line for line in among if line in second or any(one.line for one in lines[line].top_ups)]
        return [line for line in some if sum(map(bool, self.breakdowns(line))) > 1]

    def innermost_first(self, lines: Iterable[str]) -> list[str]:
        """The lines and all that lies in them, each after what it holds."""
        found: set[str] = set()
        for line in lines:
            found |= {line} if line in found else {line, *self.book.inclusion.inner(line)}
        return [line for line in self.book.inclusion.order if line in found] if found else []

    def nearest_inside(self, around: Iterable[str], lines: Collection[str]) -> dict[str, list[str]]:
        """Those of `lines` that lie nearest inside each line of `around`, and inside all that these hold."""
        nearest: dict[str, list[str]] = {}
        for line in self.innermost_first(around):
            nearest[line] = self.nearest_in_line(line, lines, nearest)
        return nearest

    def nearest_in_line(self, line: str, lines: Collection[str], nearest: Nearest) -> list[str]:
        """Those in the first breakdown that has any: its parts, else its top-ups, else lines by `of`."""
        found = (nearest_in(breakdown, lines, nearest) for breakdown in self.breakdowns(line))
        return next(filter(None, found), [])


def nearest_in(breakdown: Iterable[str], lines: Collection[str], nearest: Nearest) -> list[str]:
    """Those of `lines` that a breakdown consists of, or that lie nearest inside what it consists of."""
    found = (one for inner in breakdown for one in ([inner] if inner in lines else nearest[inner]))
    return list(dict.fromkeys(found))
