"""A workbook: the table on its first sheet, each table below it on a sheet of its own, for machines and people alike.

Numbers are numbers with a format and texts are texts, so nothing needs a guard. A spreadsheet's numbers are doubles
and keep 15 digits: an amount of more is refused, for a text in its place would be missing from every sum. The same
table gives the same bytes. Sums are left out, so that nobody adds them to what they are made of.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from msgspec import Struct

from ledger.render import CannotWriteError
from ledger.render._machine_fields import Field, Value, day, fields, values
from ledger.table import Table

CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Said to be the moment of creation, always."""

DIGITS, CHARACTERS, ROWS = 15, 32_767, 1_048_575
"""What a number, a text and a sheet below its heading can hold."""

_TEXT = "@"
_KRONOR, _ORE = "#,##0;[Red]-#,##0", "#,##0.00;[Red]-#,##0.00"
_NUMBERS = {"integer": "0", "share": "0.0%", "date": "yyyy-mm-dd", "boolean": "General"}
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_WIDEST = 60


Written = bool | float | str | date | None
"""A cell as a sheet holds it."""


class _Column(Struct, frozen=True):
    """A field with its cells as they are written, and the number format they share."""

    field: Field
    cells: Sequence[Written]
    look: str


def table(table: Table) -> bytes:
    """The bytes of the workbook; raises CannotWriteError for what a sheet cannot hold."""
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415 - an extra
    except ImportError:
        raise CannotWriteError("xlsx needs a library: pip install 'gender-budget-ledger[xlsx]'") from None
    sheets = [table, *table.below]
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": table.title[:255], "created": CREATED})
        looks: dict[str, Any] = {}
        for name, one in zip(_names(sheets), sheets, strict=True):
            _fill(book.add_worksheet(name), one, lambda look: looks.setdefault(look, book.add_format(_format(look))))
    return content.getvalue()


def _format(look: str) -> dict[str, object]:
    return {"num_format": look, "valign": "top"}


def _names(tables: Sequence[Table]) -> Iterator[str]:
    """A name for each sheet: at most 31 characters, without those that may not stand there, none twice."""
    taken = {"history"}  # Excel keeps this one for itself
    for at, one in enumerate(tables, 1):
        name = _NOT_IN_NAMES.sub(" ", one.name or one.title).strip(" '")[:31].strip(" '") or f"Table {at}"
        if name.lower() in taken:
            name = f"{name[:27]} {at}"
        taken.add(name.lower())
        yield name


def _fill(sheet: Any, table: Table, look: Callable[[str], Any]) -> None:
    columns = _columns(table)
    if len(table.rows) > ROWS:
        raise CannotWriteError(f"a sheet of xlsx holds {ROWS} rows, and there are {len(table.rows)}: use parquet")
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _width(column), look(column.look))
        sheet.write_string(0, at, column.field.name, look(_TEXT))
        for row, cell in enumerate(column.cells, 1):
            _write(sheet, row, at, cell, look(column.look if not isinstance(cell, str) else _TEXT))
    sheet.freeze_panes(1, 0)
    if table.rows and columns:
        headings = [{"header": column.field.name} for column in columns]
        style = {"columns": headings, "style": "Table Style Light 1"}
        sheet.add_table(0, 0, len(table.rows), len(columns) - 1, style)


def _write(sheet: Any, row: int, at: int, cell: Written, look: Any) -> None:
    match cell:
        case None | "":
            sheet.write_blank(row, at, None, look)
        case bool():
            sheet.write_boolean(row, at, cell, look)
        case str():
            sheet.write_string(row, at, cell, look)
        case date():
            sheet.write_datetime(row, at, cell, look)
        case _:
            sheet.write_number(row, at, cell, look)


def _columns(table: Table) -> list[_Column]:
    header = fields(table)
    rows = [values(table, row) for row in table.rows]
    columns = []
    for at, field in enumerate(header):
        column = [row[at] for row in rows]
        columns.append(_Column(field, [_cell(field, value) for value in column], _look(field, column)))
    return columns


def _look(field: Field, column: Sequence[Value]) -> str:
    if field.type == "money":
        return _ORE if any(isinstance(value, int) and value % 100 for value in column) else _KRONOR
    return _NUMBERS.get(field.type, _TEXT)


def _cell(field: Field, value: Value) -> Written:
    """A value as a sheet holds it; a date that is only a month or a year stays a text."""
    match value:
        case None | bool():
            return value
        case tuple():
            return _text(field, ";".join(value))
        case str() if field.type == "date":
            return day(value) or _text(field, value)
        case str():
            return _text(field, value)
        case _:
            return _number(field, value)


def _number(field: Field, value: int) -> float:
    if len(str(abs(value)).rstrip("0")) > DIGITS:
        raise CannotWriteError(f"a number of xlsx keeps {DIGITS} digits, and one of '{field.name}' has more: use csv")
    divisor = {"money": 100, "share": 1000}.get(field.type, 1)
    return value / divisor


def _text(field: Field, text: str) -> str:
    if len(text) > CHARACTERS:
        raise CannotWriteError(f"a cell of xlsx holds {CHARACTERS} characters, and a '{field.name}' is longer: use csv")
    return text


def _width(column: _Column) -> int:
    shown = [len(cell) if isinstance(cell, str) else len(f"{cell:,}") for cell in column.cells if cell is not None]
    return min(_WIDEST, max(len(column.field.name) + 4, *(length + 2 for length in shown), 8))
