"""One row a year: what each level comes to."""

from collections.abc import Sequence

from ledger.book import LEVEL_ORDER, Book, Line, Sum, add_level, by_level
from ledger.table import Cell, Column, Money, Row, Table
from ledger.views._lines import sum_cell, units_for
from ledger.views._periods import not_split

_APART = "The same krona may stand on each level: the columns cannot be added to one another."
_NAMES = {level: level.replace(" ", "_") for level in LEVEL_ORDER}


def years(book: Book, lines: Sequence[Line], *, unit: str = "auto", title: str = "") -> Table:
    """The sums of every year that a selected line is of; a period counts in a year through its parts."""
    found = sorted({year for line in lines for year in range(line.first_year, line.last_year + 1)})
    levels = [level for level in LEVEL_ORDER if any(line.level == level and line.counted for line in lines)]
    columns = (
        Column("year", "integer", "Year"),
        Column("lines", "integer", "Lines"),
        *(Column(_NAMES[level], "money", level.capitalize()) for level in levels),
    )
    rows = []
    for year in found:
        group = [line for line in lines if line.first_year == line.last_year == year]
        sums = {level: add_level(book, of_level) for level, of_level in by_level(group).items()}
        cells: tuple[Cell, ...] = (year, len(group), *(_cell(sums.get(level)) for level in levels))
        rows.append(Row(cells))
    return Table(
        title=title or f"{book.title or 'Ledger'}, by year",
        columns=columns,
        rows=tuple(rows),
        units=units_for(rows, unit),
        notes=(*([_APART] if len(levels) > 1 else []), *not_split(book, lines)),
        currency=book.currency,
        drawn=tuple(_NAMES[level] for level in levels),
    )


def _cell(total: Sum | None) -> Money | None:
    return sum_cell(total) if total else None
