"""The resolved ledger: all records with what every line comes to."""

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.book.inclusion import Inclusion, arrange
from ledger.book.records import Agency, Claim, Goal, Initiative, Line, Source
from ledger.book.totals import UNKNOWN, Values, solve
from ledger.diagnostic import Place

SAME_LETTERS = "letters are the same whether an accent is stored in its letter or behind it"
"""What is said where two ids differ in that only: both are read in Unicode's composed form, NFC."""


class Duplicate(Struct, frozen=True, array_like=True):
    """An id that stands a second time among records of its kind; the first one holds."""

    what: str
    id: str
    place: Place
    first: Place


class Elsewhere(Struct, frozen=True, array_like=True):
    """What lines that are left out of a book name: so far as its registers go, it is as good as whole."""

    agencies: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()


class Book(Struct, frozen=True, array_like=True):
    """Every record by its id, in the order of the files; references may be unknown, and checks report them."""

    title: str = ""
    currency: str = "SEK"
    lines: Mapping[str, Line] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    goals: Mapping[str, Goal] = field(default_factory=dict)
    initiatives: Mapping[str, Initiative] = field(default_factory=dict)
    duplicates: tuple[Duplicate, ...] = ()
    values: Mapping[str, Values] = field(default_factory=dict)
    inclusion: Inclusion = field(default_factory=lambda: arrange({}))
    elsewhere: Elsewhere = Elsewhere()

    def value(self, line: str) -> Values:
        """What is known of a line; nothing, of an unknown one."""
        return self.values.get(line, UNKNOWN)

    @property
    def years(self) -> tuple[int, ...]:
        """Every year that a line or claim is about."""
        spans = [range(line.first_year, line.last_year + 1) for line in self.lines.values()]
        years = {year for span in spans for year in span} | {claim.year for claim in self.claims.values()}
        return tuple(sorted(years))

    def root(self, line: Line) -> Line:
        """The top-level line that a part is nested in."""
        while line.parent:
            line = self.lines[line.parent]
        return line


def solved(book: Book) -> Book:
    """The same book with its inclusions and values worked out anew from its lines."""
    inclusion = arrange(book.lines)
    return replace(book, inclusion=inclusion, values=solve(book.lines, inclusion.order))
