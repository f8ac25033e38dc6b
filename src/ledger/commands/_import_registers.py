"""The sources, agencies and goals that an export of lines has beside them: in JSON, in a package, in a workbook."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from csv import DictReader
from io import StringIO
from pathlib import Path

from ledger.commands._own_exports import PACKAGE, TABLE, bytes_beside, read_json
from ledger.diagnostic import Finding
from ledger.statements._sheet import Sheet
from ledger.statements._workbook import sheet_of_workbook
from ledger.statements._workbook_kind import is_workbook
from ledger.table import unguarded
from ledger.writing import Record
from ledger.writing.yaml_records import Section
from ledger.writing.yaml_scalars import Value

_FIELDS: Mapping[Section, tuple[str, ...]] = {
    "goals": ("name", "number", "valid_from", "valid_until"),
    "agencies": (
        *("name", "kind", "name_en", "abbreviation", "org_number", "county_code", "run_by", "members"),
        "note",
    ),
    "sources": ("title", "kind", "publisher", "published", "reference", "url", "note"),
}

Cells = Mapping[str, object]


def registers_in(data: bytes, path: Path) -> list[Record]:
    """The records of every register that an export has beside its lines."""
    found: list[Record] = []
    for key, fields in _FIELDS.items():
        for cells in _rows(key, data, path):
            stated = {name: _value(name, cells.get(name)) for name in fields}
            name = cells.get("id")
            if isinstance(name, str) and name:
                found.append(Record(key, name, {field: value for field, value in stated.items() if value}))
    return found


def _value(name: str, cell: object) -> Value:
    if isinstance(cell, Sequence) and not isinstance(cell, str):
        return [str(one) for one in cell]
    text = "" if cell is None else str(cell)
    return text.split(";") if name == "members" and text else text


def _rows(key: Section, data: bytes, path: Path) -> Iterator[Cells]:
    if path.name == TABLE and (path.parent / PACKAGE).is_file() and (path.parent / f"{key}.csv").is_file():
        yield from _of_package(path.parent, f"{key}.csv")
    elif is_workbook(data):
        yield from _of_workbook(sheet_of_workbook(data, path.as_posix(), key, lambda _: 0))
    elif data[:1] == b"{":
        below = read_json(data, path).get("below")
        for table in below if isinstance(below, list) else ():
            if isinstance(table, Mapping) and table.get("title") == key.capitalize():
                yield from (row for row in table.get("rows", ()) if isinstance(row, Mapping))


def _of_workbook(sheet: Sheet | Finding) -> Iterator[Cells]:
    """The rows of a sheet below its headings; none, where the workbook has no such sheet."""
    if isinstance(sheet, Sheet) and sheet.lines:
        names = [cell.text for cell in sheet.lines[0].cells]
        for line in sheet.lines[1:]:
            yield dict(zip(names, (cell.text for cell in line.cells), strict=False))


def _of_package(folder: Path, name: str) -> Iterator[Cells]:
    package = read_json(bytes_beside(folder / PACKAGE), folder / PACKAGE)
    bare: Callable[[str], str] = unguarded if package.get("formulaGuard") is True else str
    for row in DictReader(StringIO(bytes_beside(folder / name).decode("utf-8", "replace"), newline="")):
        yield {field: bare(text) for field, text in row.items() if isinstance(text, str)}
