"""What an independent reader finds in the files of each format: every cell as a text, a decimal or nothing."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from ledger.render._machine_fields import fields, values
from ledger.table import Table

Record = dict[str, Any]
MONEY = ("", "_low", "_high")


def figures(records: list[Record], names: list[str]) -> list[tuple[Decimal | None, ...]]:
    """The amounts of those money columns, in öre."""
    return [tuple(_ore(record[f"{name}{end}"]) for name in names for end in MONEY) for record in records]


def _ore(value: object) -> Decimal | None:
    if value in (None, ""):
        return None
    text = str(value).replace(",", ".") if isinstance(value, str) else repr(value) if value != 0 else "0"
    return 100 * (value if isinstance(value, Decimal) else Decimal(text))


def money_columns(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.type == "money" and column.only != "people"]


def expected(table: Table) -> list[Record]:
    """The rows as the table holds them; money is in öre."""
    names = [field.name for field in fields(table)]
    return [dict(zip(names, values(table, row), strict=True)) for row in table.rows]


def expected_figures(table: Table) -> list[tuple[Decimal | None, ...]]:
    every = [f"{name}{end}" for name in money_columns(table) for end in MONEY]
    found = [[record[name] for name in every] for record in expected(table)]
    return [tuple(None if ore is None else Decimal(ore) for ore in row) for row in found]


def from_csv(content: bytes) -> list[Record]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def from_excel_sv(content: bytes) -> list[Record]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def from_json(content: bytes) -> list[Record]:
    rows: list[Record] = json.loads(content)["rows"]
    return rows


def from_xlsx(content: bytes, sheet: int = 0) -> list[Record]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    header, *rows = book.worksheets[sheet].iter_rows()
    for row in rows:
        assert not [cell for cell in row if cell.data_type in "fe"], "no formula, no error"
    names = [str(cell.value) for cell in header]
    return [dict(zip(names, (cell.value for cell in row), strict=True)) for row in rows]


def query(sql: str) -> list[Record]:
    with duckdb.connect() as connection:
        found = connection.execute(sql)
        names = [str(column[0]) for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def from_parquet(content: bytes, folder: Path) -> list[Record]:
    file = folder / "table.parquet"
    file.write_bytes(content)
    return query(f"FROM read_parquet('{file}')")


def from_parquet_by_year(files: Mapping[str, bytes], folder: Path) -> list[Record]:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return query(f"FROM read_parquet('{folder}/*/*.parquet', hive_partitioning = true)")


READERS: dict[str, Callable[[bytes], list[Record]]] = {
    "csv": from_csv,
    "csv-excel-sv": from_excel_sv,
    "json": from_json,
    "xlsx": from_xlsx,
}


SWEDISH = "CSV:59,34,76,1,,1053,false,true"
"""LibreOffice's import: `;`, quotation marks, UTF-8, Swedish, quoted cells are not kept, special numbers are found."""
ENGLISH = "CSV:44,34,76,1,,1033,false,true"


def through_libreoffice(content: bytes, import_filter: str, folder: Path) -> list[Record]:
    """What LibreOffice makes of a CSV file, saved by it as a workbook."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: what it makes of our CSV was not tried")
    (folder / "table.csv").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "xlsx", f"--infilter={import_filter}"]
    subprocess.run(
        [*command, "--outdir", str(folder / "made"), str(folder / "table.csv")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return from_xlsx((folder / "made" / "table.xlsx").read_bytes())


def plain(value: object) -> object:
    """A cell as texts and numbers, whatever the reader made of days and booleans."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    return value
