"""The lines that a query finds, in the order of the files."""

from collections.abc import Sequence

from ledger.book import Book, Line
from ledger.table import Column, Table
from ledger.views._lines import LINE_COLUMNS, line_row, units_for

_PEOPLE = (Column("id_shown", "text", "Id", only="people"), Column("year_shown", "text", "Year", only="people"))


def matches(
    book: Book, lines: Sequence[Line], *, unit: str = "auto", title: str = "", notes: Sequence[str] = ()
) -> Table:
    """One row a line, without sums: lines of one query may lie inside one another."""
    rows = []
    for line in lines:
        row = line_row(book, line, section="")
        rows.append(type(row)((line.id, line.years, *row.cells), muted=row.muted))
    return Table(
        title=title or "Lines",
        columns=(*_PEOPLE, *LINE_COLUMNS),
        rows=tuple(rows),
        units=units_for(rows, unit),
        notes=(*(() if rows else ("no line matches",)), *notes),
        currency=book.currency,
    )
