"""An SQLite file: one STRICT table for the rows, one for each table below it; sums are left out.

A money column X is X, X_low and X_high in kronor, each a whole number where the amount is whole, else an exact text
with two decimals, and X_stated; X_ore, X_low_ore and X_high_ore are whole öre, to count with. Lists are joined
with `;`. The same table gives the same bytes with the same SQLite.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from ledger.money import ORE, plain_kronor
from ledger.render import CannotWriteError
from ledger.render._machine_fields import Field, Value, fields, values
from ledger.table import Table

Scalar = int | str | None
_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "money": "ANY"}
"""The types of columns that are not texts; ANY keeps a value as it is given."""


def table(table: Table) -> bytes:
    """The bytes of the file; raises CannotWriteError for an amount beyond 64 bits."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        try:
            for name, one in _named(table).items():
                _put(connection, name, one)
        except OverflowError:
            raise CannotWriteError("SQLite does not hold an amount of this table: use csv") from None
        connection.execute("VACUUM")
        return connection.serialize()


def _named(table: Table) -> dict[str, Table]:
    """The table and those below it, each under a name of its own."""
    found: dict[str, Table] = {}
    for number, one in enumerate((table, *table.below), 1):
        name = one.name or ("records" if number == 1 else f"records_{number}")
        found[name if name not in found else f"{name}_{number}"] = one
    return found


def _put(connection: sqlite3.Connection, name: str, table: Table) -> None:
    columns = [column for field in fields(table) for column in _columns(field)]
    declared = ", ".join(f"{_quoted(column)} {kind}" for column, kind in columns)
    connection.execute(f"CREATE TABLE {_quoted(name)} ({declared}) STRICT")
    rows = [[cell for cells in map(_cells, fields(table), values(table, row)) for cell in cells] for row in table.rows]
    places = ", ".join("?" * len(columns))
    with connection:
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO {_quoted(name)} VALUES ({places})", rows)  # noqa: S608 - quoted


def _columns(field: Field) -> Iterator[tuple[str, str]]:
    yield field.name, _TYPES.get(field.type, "TEXT")
    if field.type == "money":
        yield f"{field.name}_ore", "INTEGER"


def _cells(field: Field, value: Value) -> Iterator[Scalar]:
    match value:
        case int() if field.type == "money":
            yield plain_kronor(value) if value % ORE else value // ORE
        case int() if field.type == "share":
            yield f"{value // 1000}.{value % 1000:03}"
        case tuple():
            yield ";".join(value)
        case _:
            yield value
    if field.type == "money":
        yield value if isinstance(value, int) else None


def _quoted(name: str) -> str:
    return f'"{name.replace(chr(34), chr(34) * 2)}"'
