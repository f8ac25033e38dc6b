"""The lines of a year as a tree, one section a level, with a sum that counts every krona once, and the claims."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from ledger.book import LEVEL_ORDER, Book, Line, Sum, add_level, by_level, entering_sums
from ledger.table import Cell, Row, Table
from ledger.views._lines import IN_SUM, LINE_COLUMNS, line_row, sum_cell, units_for
from ledger.views._periods import not_split
from ledger.views.claims import claims_table


class Tree(Struct, frozen=True):
    """The lines that are shown, the line that each is shown under, and those that enter a sum."""

    shown: Mapping[str, Line]
    under: Mapping[str, str]
    entering: frozenset[str]


def summary(
    book: Book,
    lines: Sequence[Line],
    year: int,
    *,
    periods: Sequence[Line] = (),
    unit: str = "auto",
    title: str = "",
    claims: bool = True,
) -> Table:
    """The table of one year; `lines` are those selected, `periods` those that would be if they were of one year.

    The claims about a year belong to the whole of it.
    """
    shown = [line for line in lines if line.first_year == line.last_year == year]
    rows = tuple(tree_rows(book, shown))
    sums = {level: add_level(book, group) for level, group in by_level(shown).items()}
    totals = tuple(sum_row(level, total) for level, total in sums.items())
    notes = [f"{IN_SUM} enters the sum of its level"] if totals else []
    notes += [note for level, total in sums.items() if (note := sum_note(level, total))]
    claimed = claims_table(book, year) if claims else None
    return Table(
        title=title or f"{book.title or 'Ledger'}, {year}",
        columns=LINE_COLUMNS,
        rows=rows,
        totals=totals,
        units=units_for((*rows, *totals), unit),
        notes=(*notes, *not_split(book, periods, year)),
        below=(claimed,) if claimed and claimed.rows else (),
        currency=book.currency,
        drawn=("total",),
    )


def tree_rows(book: Book, lines: Sequence[Line]) -> Iterable[Row]:
    """The lines level by level; a line stands under the line of these that it lies in."""
    shown = {line.id: line for line in lines}
    under = _under(book, shown)
    entering = entering_sums(book, lines)
    for level in LEVEL_ORDER:
        roots = [line for line in lines if line.level == level and under[line.id] == ""]
        for root in sorted(roots, key=lambda line: not _holds_counted(book, line, shown)):
            yield from _branch(book, root, Tree(shown, under, entering), level, 0)


def _holds_counted(book: Book, line: Line, shown: Mapping[str, Line]) -> bool:
    """Whether the line or a part of it is counted: then it stands before those that enter no sum."""
    return line.counted or any(_holds_counted(book, shown[part], shown) for part in line.parts if part in shown)


def _under(book: Book, shown: Mapping[str, Line]) -> dict[str, str]:
    """The line that each is shown under: its parent, or on the same level any other line that it lies in."""
    under = {}
    for line in shown.values():
        around = [line.parent, *(one for one in book.inclusion.around.get(line.id, ()) if one != line.parent)]
        fitting = [one for one in around if one in shown and (one == line.parent or shown[one].level == line.level)]
        under[line.id] = fitting[0] if fitting else ""
    return under


def _branch(book: Book, line: Line, tree: Tree, level: str, depth: int) -> Iterable[Row]:
    yield line_row(book, line, section=level, depth=depth, full=depth == 0, entering=tree.entering)
    for inner in book.inclusion.within.get(line.id, ()):
        if tree.under.get(inner) == line.id:
            yield from _branch(book, tree.shown[inner], tree, level, depth + 1)


def sum_row(level: str, total: Sum) -> Row:
    """The sum of a level under the columns of a table of lines."""
    cells: dict[str, Cell] = {
        "label": "Sum",
        "title": "Sum",
        "level": level,
        "total": sum_cell(total),
    }
    return Row(tuple(cells.get(column.name) for column in LINE_COLUMNS), section=level)


def sum_note(level: str, total: Sum) -> str:
    """What a reader of the sum should know about the amounts that are not stated; empty when all are."""
    missing = total.not_stated - total.not_stated_inside
    remarks = []
    if missing:
        remarks.append(f"{_lines(missing)} without a stated amount, missing from the sum")
    if total.not_stated_inside:
        remarks.append(f"{total.not_stated_inside} not stated, inside lines that are, so the sum misses nothing")
    if total.partial:
        remarks.append(
            f"{_lines(total.partial)} entered with less than the total, as the base or a top-up is not stated"
        )
    return f"{level.capitalize()}: {'; '.join(remarks)}." if remarks else ""


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"
