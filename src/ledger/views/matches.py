"""The lines that a query finds."""

from collections.abc import Sequence

from msgspec.structs import replace

from ledger.book import Book, Line
from ledger.table import Column, Row, Table
from ledger.views._lines import LINE_COLUMNS, line_row, units_for

_FOR_MACHINES = {"base", "top_ups"}
"""What people find with `summary` and `show`: here the room is needed for the id, by which they ask."""

_NO_SUMS = "sign"

COLUMNS = (
    Column("id_shown", "text", "Id", only="people"),
    Column("year_shown", "text", "Year", only="people"),
    *(
        replace(column, only="machine") if column.name in _FOR_MACHINES else column
        for column in LINE_COLUMNS
        if column.name != _NO_SUMS
    ),
)


def matches(
    book: Book, lines: Sequence[Line], *, unit: str = "auto", title: str = "", notes: Sequence[str] = ()
) -> Table:
    """One row a line, by year and then in the order of the files; no sums: a line may lie inside another one."""
    rows = tuple(_row(book, line) for line in sorted(lines, key=lambda line: line.first_year))
    return Table(
        title=title or "Lines",
        columns=COLUMNS,
        rows=rows,
        units=units_for(rows, unit),
        notes=tuple(notes),
        currency=book.currency,
    )


def _row(book: Book, line: Line) -> Row:
    row = line_row(book, line, section="")
    cells = (cell for cell, column in zip(row.cells, LINE_COLUMNS, strict=True) if column.name != _NO_SUMS)
    return replace(row, cells=(line.id, line.years, *cells))
