"""A folder of Parquet files, one for each year, as engines read it in place: `year=2024/data_0.parquet`.

After the convention of Hive the year stands in the name of the folder only. A sum over several years has a folder of
its own, `year=2022-2023`. DuckDB: `FROM read_parquet('lines/*/*.parquet', hive_partitioning = true)`.
"""

from collections.abc import Mapping
from urllib.parse import quote

from msgspec.structs import replace

from ledger.render import CannotWriteError
from ledger.render.parquet import stored, written
from ledger.table import Table

COLUMN = "year"
NOT_KNOWN = "__HIVE_DEFAULT_PARTITION__"
"""The name that engines give to the part without a value."""


def table(table: Table) -> Mapping[str, bytes]:
    """The files by their paths; raises CannotWriteError for a table without rows or without a column `year`."""
    places = [at for at, column in enumerate(table.columns) if column.name == COLUMN and column.only != "people"]
    if not places:
        raise CannotWriteError(f"parquet-by-year needs a table with a column '{COLUMN}': use parquet")
    if not table.rows:
        raise CannotWriteError("there is no row to write: parquet-by-year has no file for a year without any")
    years: dict[str, list[int]] = {}
    for at, row in enumerate(table.rows):
        value = row.cells[places[0]]
        years.setdefault(NOT_KNOWN if value in (None, "") else str(value), []).append(at)
    files = {}
    for year, rows in sorted(years.items()):
        columns = stored(replace(table, rows=tuple(table.rows[at] for at in rows)))
        kept = [column for column in columns if column.name != COLUMN]
        files[f"{COLUMN}={quote(year, safe='')}/data_0.parquet"] = written(kept)
    return files
