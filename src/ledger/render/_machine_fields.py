"""A table as machines read it: every money and share column as fields of one type each."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from ledger.table import Cell, Column, Money, Row, Share, Table, Type

Value = str | int | bool | tuple[str, ...] | None
"""The value of a field: whole öre in a money field, per mille in a share field, `None` when empty."""


class Field(Struct, frozen=True):
    """A column for machines."""

    name: str
    type: Type


def fields(table: Table) -> list[Field]:
    """The fields of a table: of a money column X, X itself, X_low, X_high and X_stated; of a share its two ends."""
    return [field for column in table.columns if column.only != "people" for field in _of(column)]


def values(table: Table, row: Row) -> list[Value]:
    """The values of a row, in the order of the fields."""
    pairs = zip(table.columns, row.cells, strict=True)
    return [value for column, cell in pairs if column.only != "people" for value in _values(column, cell)]


def plain_share(per_mille: int) -> str:
    """A share as a plain decimal: `0.142` of 142 per mille."""
    whole, rest = divmod(abs(per_mille), 1000)
    return f"{'-' if per_mille < 0 else ''}{whole}.{rest:03}"


def day(text: str) -> date | None:
    """The day that a date names; none when it is only a month or a year."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None


def _of(column: Column) -> Iterator[Field]:
    if column.type != "share":
        yield Field(column.name, column.type)
    if column.type in ("money", "share"):
        yield Field(f"{column.name}_low", column.type)
        yield Field(f"{column.name}_high", column.type)
    if column.type == "money":
        yield Field(f"{column.name}_stated", "text")


def _values(column: Column, cell: Cell) -> tuple[Value, ...]:
    match column.type, cell:
        case "money", Money():
            return _money(cell)
        case "money", None:
            return None, None, None, None
        case "share", Share(low, high):
            return low, high
        case "share", None:
            return None, None
        case ("money" | "share", _) | (_, Money() | Share()):
            raise TypeError(f"column '{column.name}' is {column.type} and holds {cell!r}")
        case _, plain:
            return (plain,)


def _money(cell: Money) -> tuple[int | None, int | None, int | None, str | None]:
    """The number as printed or exactly derived, the limits, and the words of a figure that was not computed."""
    amount = cell.amount
    if amount is None:
        return None, None, None, None
    number = None if cell.how == "derived" else amount.number
    if amount.exact:
        number = amount.interval.low
    stated = amount.words if cell.how in ("stated", "calculated") else ""
    return number, amount.interval.low, amount.interval.high, stated or None
