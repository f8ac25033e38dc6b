"""Tables of ours that are not text: Parquet files, and tables in JSON → a sheet, as of CSV without a guard."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from ledger.diagnostic import Finding
from ledger.statements._delimited import MOST_KEPT
from ledger.statements._document_text import LARGEST
from ledger.statements._sheet import Cell, Line, Sheet
from ledger.statements._statement import refused

_PARQUET = b"PAR1"
_MEMORY = "1GB"
_AT_ONCE = 1_000
_FROM = "FROM read_parquet(getvariable('file'), hive_partitioning = false)"
"""A text that is kept once in the file may stand in every row: how much it comes to is asked before it is read."""


def sheet_of_own(data: bytes, path: str) -> Sheet | Finding | None:
    """The sheet of a Parquet file or of a table in JSON; nothing, of other documents."""
    if data.startswith(_PARQUET):
        return _of_parquet(data, path)
    if data[:1] == b"{" and b'"rows"' in data and b'"columns"' in data:
        return _of_json(data, path)
    return None


def _of_parquet(data: bytes, path: str) -> Sheet | Finding:
    try:
        import duckdb  # noqa: PLC0415 - an extra
    except ImportError:
        return refused(path, "a Parquet file needs a library: pip install 'gender-budget-ledger[parquet]'")
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "memory_limit": _MEMORY,
        "autoinstall_known_extensions": "false",
    }
    settings |= {"autoload_known_extensions": "false"}
    with TemporaryDirectory() as folder, duckdb.connect(config=settings) as connection:
        file = Path(folder, "table.parquet")
        file.write_bytes(data)
        try:
            connection.execute("SET VARIABLE file = ?", [str(file)])
            found = connection.execute(f"SELECT * {_FROM} LIMIT 0")
            names = [str(column[0]) for column in found.description or ()]
            sizes = " + ".join(f"coalesce(strlen({_quoted(name)}::VARCHAR), 0)" for name in names)
            measured = connection.execute(f"SELECT count(*), sum({sizes}) {_FROM}").fetchone() or (0, 0)
            if measured[0] > MOST_KEPT or (measured[1] or 0) > LARGEST:
                return refused(path, f"more than is read: {MOST_KEPT} lines of {LARGEST // 2**20} MiB together")
            found = connection.execute(f"SELECT * {_FROM}")
            rows: list[Sequence[object]] = [names]
            while some := found.fetchmany(_AT_ONCE):
                rows += some
        except duckdb.Error as error:
            said = str(error).replace(str(file), path).partition("LINE 1:")[0]
            return refused(path, f"not readable as Parquet: {' '.join(said.split())[:200]}")
    return Sheet(path, tuple(_lines(rows)), workbook=True)


def _quoted(name: str) -> str:
    return f'"{name.replace(chr(34), chr(34) * 2)}"'


def _of_json(data: bytes, path: str) -> Sheet | Finding | None:
    try:
        document = json.loads(data, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        return refused(path, f"not readable as JSON: {str(error)[:200]}")
    columns, rows = document.get("columns"), document.get("rows")
    if not isinstance(columns, list) or not isinstance(rows, list):
        return None
    names = [one.get("name") for one in columns if isinstance(one, Mapping)]
    table: list[Sequence[object]] = [names]
    for row in rows:
        if not isinstance(row, Mapping) or not row.keys() <= set(names):
            return refused(path, f"row {len(table)} of the JSON is not one of its columns")
        table.append([row.get(name) for name in names])
    if len(table) > MOST_KEPT + 1:
        return refused(path, f"more than is read: {MOST_KEPT} lines")
    return Sheet(path, tuple(_lines(table)), workbook=True)


def _lines(rows: Sequence[Sequence[object]]) -> Iterator[Line]:
    for number, row in enumerate(rows, 1):
        yield Line(number, tuple(Cell(_text(value), "text", at, at + 1) for at, value in enumerate(row, 1)))


def _text(value: object) -> str:
    """A value as CSV would have it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return ";".join(map(_text, value))
        case Decimal():
            return _plain(format(value, "f"))
        case _:
            return str(value)


def _plain(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
