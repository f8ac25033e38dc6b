"""What a document states, whatever its kind: rows of figures, each with its place in the file."""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct, field

from ledger.diagnostic import Finding, Place
from ledger.money import Amount

Role = Literal["base", "top-ups", "outcome", "total"]
Scope = Literal["areas", "appropriations", "lines"]
"""What a document is complete for: all of its budget areas, its appropriations, or only the lines it names."""

Refused = tuple[Finding, ...]
"""Why a document cannot be read, instead of a statement."""


class Asked(Struct, frozen=True):
    """What the user says of a document: what is empty is told by its content.

    `unit` is what bare amounts are in, `currency` that of the ledger. Of tables: `sheet` the name of the one that is
    meant, `encoding` that of a text, `header_row` the line of the headings, `columns` what is taken from which column:
    `{"amount": "Belopp 2024", "code": "C"}`. `plugins` may read it too.
    """

    unit: str | None = None
    currency: str = "SEK"
    sheet: str = ""
    encoding: str = ""
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    plugins: bool = True


class Row(Struct, frozen=True):
    """The figures of one line of a document; a role that is not in `figures` is not stated.

    `code` is written as in the ledger (`UO13 3:1 ap.12`), `kind` is the ledger's where the document tells it.
    `recipient` is as the document writes it. `derived` marks figures that the document does not print. `partial` says
    why the outcome is not that of the whole year.
    """

    place: Place
    year: int
    last_year: int
    code: str = ""
    name: str = ""
    kind: str = ""
    recipient: str = ""
    org_number: str = ""
    id: str = ""
    figures: Mapping[Role, Amount] = field(default_factory=dict)
    derived: bool = False
    partial: str = ""
    notes: tuple[str, ...] = ()
    faults: tuple[Finding, ...] = ()
    places: Mapping[Role, Place] = field(default_factory=dict)
    unread: Mapping[Role, Finding] = field(default_factory=dict)
    """Figures of the row that could not be read safely, each with its place and reason."""
    part_of: Place | None = None
    """The row whose money this one is a part of, where the document says so (`därav`)."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """Of an export of ours, every cell of the row by the name of its column, as it was exported."""

    def at(self, role: Role) -> Place:
        """Where a figure stands; the row where that is not known."""
        return self.places.get(role, self.place)

    @property
    def years(self) -> str:
        """`2024`, or `2022-2023` for a period."""
        return str(self.year) if self.year == self.last_year else f"{self.year}-{self.last_year}"


class Statement(Struct, frozen=True):
    """A document as read. `aside` holds rows outside the budget areas; `decided` is the day it was decided."""

    title: str
    kind: str
    path: str
    rows: tuple[Row, ...]
    scope: Scope = "lines"
    decided: str = ""
    reference: str = ""
    aside: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[Finding, ...] = ()
    unread: tuple[Finding, ...] = ()
    """Figures of no row that could not be read safely, each with its place and reason."""
    taken: tuple[str, ...] = ()
    """How a table was read: what was taken for what, and what was passed over."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Which column of a table each meaning was taken from, as it is asked for."""

    @property
    def years(self) -> tuple[int, ...]:
        """Every year that a row is of."""
        return tuple(sorted({row.year for row in self.rows} | {row.last_year for row in self.rows}))


def refused(path: str, message: str, line: int = 1, columns: tuple[int, int] = (1, 2)) -> Finding:
    """What is wrong with a document, at a line of it."""
    return Finding(Place(path, line, *columns), message)


def stated(figures: Iterable[tuple[Role, Amount | None]]) -> dict[Role, Amount]:
    """The figures that are stated."""
    return {role: amount for role, amount in figures if amount is not None}
