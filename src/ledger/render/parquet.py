"""A Parquet file, through DuckDB: money as DECIMAL(18,2) kronor, never a float; dates, lists and texts as such.

A date may be known to the month or year only: a date column X is the day, where one is known, and X_stated what is
written. Sums and the tables below are left out. The same table gives the same bytes.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from ledger.money import plain_kronor
from ledger.render import CannotWriteError
from ledger.render._machine_fields import Field, Value, day, fields, plain_share, values
from ledger.table import Table

_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "money": "DECIMAL(18,2)",
    "date": "DATE",
    "boolean": "BOOLEAN",
    "share": "DECIMAL(18,3)",
    "list": "VARCHAR[]",
}
Plain = str | bool | tuple[str, ...] | None
"""A cell as DuckDB reads it, whatever its type."""

LARGEST = 10**18 - 1
"""The öre that DECIMAL(18,2) holds."""


class Stored(Struct, frozen=True):
    """A column of a Parquet file, its type in SQL, and its cells."""

    name: str
    type: str
    cells: Sequence[Plain]


def table(table: Table) -> bytes:
    """The bytes of the file; raises CannotWriteError for a sum that DECIMAL(18,2) does not hold."""
    return written(stored(table))


def stored(table: Table) -> list[Stored]:
    """The columns of a table."""
    rows = [values(table, row) for row in table.rows]
    columns = [(field, [row[at] for row in rows]) for at, field in enumerate(fields(table))]
    return [one for field, column in columns for one in _stored(field, column)]


def written(columns: Sequence[Stored]) -> bytes:
    """The bytes of a file with these columns."""
    try:
        import duckdb  # noqa: PLC0415 - an extra
    except ImportError:
        raise CannotWriteError("parquet needs a library: pip install 'gender-budget-ledger[parquet]'") from None
    source = "VARCHAR[]", "VARCHAR[][]"
    cells = [
        f"unnest(CAST(? AS {source[column.type == 'VARCHAR[]']}))::{column.type} AS {_name(column.name)}"
        for column in columns
    ]
    with TemporaryDirectory() as folder, duckdb.connect(config={"threads": 1}) as connection:
        file = Path(folder, "table.parquet")
        given = [[_given(cell) for cell in column.cells] for column in columns]
        connection.execute(f"CREATE TABLE written AS SELECT {', '.join(cells)}", given)
        try:
            connection.execute("COPY written TO ? (FORMAT parquet)", [str(file)])
        except duckdb.IOException:
            where = f"'{Path(folder).parent}': is that disk full?"
            raise CannotWriteError(f"parquet needs a temporary file, which cannot be written in {where}") from None
        return file.read_bytes()


def _given(cell: Plain) -> str | list[str] | None:
    match cell:
        case bool():
            return "true" if cell else "false"
        case tuple():
            return list(cell)
        case _:
            return cell


def _name(name: str) -> str:
    return f'"{name.replace(chr(34), chr(34) * 2)}"'


def _stored(field: Field, column: Sequence[Value]) -> Iterator[Stored]:
    yield Stored(field.name, _TYPES[field.type], [_cell(field, value) for value in column])
    if field.type == "date":
        yield Stored(f"{field.name}_stated", "VARCHAR", [str(value) if value else None for value in column])


def _cell(field: Field, value: Value) -> Plain:
    match value:
        case None | bool() | tuple():
            return value
        case int() if field.type == "money":
            if abs(value) > LARGEST:
                raise CannotWriteError(f"DECIMAL(18,2) does not hold an amount of '{field.name}': use csv")
            return plain_kronor(value)
        case int() if field.type == "share":
            return plain_share(value)
        case str() if field.type == "date":
            return value if day(value) else None
        case _:
            return str(value)
