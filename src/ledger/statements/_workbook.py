"""The bytes of a workbook (XLSX, XLSM, XLSB, XLS, ODS) → the sheet that is meant, its cells exact or in doubt."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ledger.diagnostic import Finding
from ledger.statements._archive import WorkbookError, packed, parts_of
from ledger.statements._cell_facts import Facts
from ledger.statements._cells_of_ods import facts_by_sheet
from ledger.statements._cells_of_xlsx import facts_of, formats_of, part_names, raised_of
from ledger.statements._sheet import Cell, CellKind, Line, Sheet
from ledger.statements._statement import refused
from ledger.statements._workbook_kind import OLE
from ledger.statements._workbook_trial import stop_unless_readable

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LISTED = 10
_DURATION = re.compile(r"-?PT\d+H\d+M[\d.,]+S", re.ASCII)
_SURE_WITH_FRACTION, _SURE = Decimal(10) ** 12, Decimal(10) ** 15
_BLIND = (
    "errors, formulas without a result, percentages and hidden rows cannot be told in this kind of workbook: "
    "where an amount is empty or looks odd, save it as XLSX"
)
Recognise = Callable[[Sheet], int]


class _Opened(Struct, frozen=True):
    """A workbook that the reader has taken, and what its parts tell of a sheet; nothing where its kind has none."""

    book: "CalamineWorkbook"
    facts: Callable[[str], Facts | None]
    is_ods: bool


def sheet_of_workbook(data: bytes, path: str, name: str, recognise: Recognise) -> Sheet | Finding:
    """The sheet of that name; else the only one that is shown and holds a table, or one message, whatever happens.

    `recognise` is 2 for a sheet whose headings are known.
    """
    try:
        return _chosen(_opened(data), path, name, recognise)
    except WorkbookError as error:
        return refused(path, str(error))
    except ImportError:
        return refused(path, "a workbook needs a library: pip install 'gender-budget-ledger[sheets]'")
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001 - a panic in Rust is no Exception
        words = " ".join(str(error).split())[:200]
        return refused(path, f"a workbook that cannot be read ({words}): open it, save it anew as XLSX, and try again")


def _opened(data: bytes) -> _Opened:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - an extra, which may be missing

    if data.startswith(OLE):
        if _ENCRYPTED in data:
            raise WorkbookError("a workbook with a password: save it without one")
        stop_unless_readable(data)
        return _Opened(CalamineWorkbook.from_filelike(BytesIO(data)), _none, is_ods=False)
    parts = parts_of(data)
    facts: Callable[[str], Facts | None]
    is_ods = "content.xml" in parts
    if is_ods:
        facts = _facts_in_ods(parts)
    elif "xl/workbook.xml" in parts:
        facts = _facts_in_xlsx(parts)
    elif "xl/workbook.bin" in parts:
        facts = _none
    else:
        raise WorkbookError("a document of Office that is no workbook: save it as text")
    anew = packed(parts)
    if facts is _none:  # of the other kinds the parts have just been gone through, and their sheets measured
        stop_unless_readable(anew)
    return _Opened(CalamineWorkbook.from_filelike(BytesIO(anew)), facts, is_ods)


def _none(_name: str) -> None:
    """Nothing is known of the cells."""


def _facts_in_ods(parts: Mapping[str, bytes]) -> Callable[[str], Facts | None]:
    if b"opendocument.spreadsheet" not in parts.get("mimetype", b""):
        raise WorkbookError("a document of LibreOffice that is no workbook: save it as text")
    return facts_by_sheet(parts["content.xml"]).get


def _facts_in_xlsx(parts: Mapping[str, bytes]) -> Callable[[str], Facts | None]:
    names, formats, raised = part_names(parts), formats_of(parts), raised_of(parts)

    def facts(name: str) -> Facts | None:
        part = parts.get(names.get(name, ""))
        return facts_of(part, formats, raised) if part is not None else None

    return facts


def _chosen(opened: _Opened, path: str, name: str, recognise: Recognise) -> Sheet:
    """The sheet that is meant; raises WorkbookError where none or several may be."""
    found = {one.name: one for one in opened.book.sheets_metadata}
    shown = [one for one, told in found.items() if str(told.visible).endswith("Visible")]
    shown = [one for one in shown if str(found[one].typ).endswith("WorkSheet")]
    unread = [one for one in found if one not in shown]
    if name:
        if name not in found:
            raise WorkbookError(f"the workbook has no sheet '{name}': it has {_some(list(found))}")
        return _sheet(opened, path, name, [])
    sheets: list[Sheet] = []
    for one in shown:
        sheet = _sheet(opened, path, one, unread)
        if sheet.lines:
            sheets.append(sheet)
        if len([sheet for sheet in sheets if recognise(sheet) > 1]) > 1:
            break
    surest = max(map(recognise, sheets), default=0)
    known = [sheet for sheet in sheets if recognise(sheet) == surest] if surest > 1 else sheets
    if len(known) == 1:
        return known[0]
    aside = f"; not shown, or charts: {_some(unread)}" if unread else ""
    if not known:
        raise WorkbookError(f"the workbook has no sheet with cells that is shown: {_some(list(found))}{aside}")
    raise WorkbookError(f"the workbook has several sheets that may be meant; say --sheet NAME: {_some(shown)}{aside}")


def _some(names: Sequence[str]) -> str:
    words = ", ".join(f"'{name}'" for name in names[:_LISTED])
    return f"{words} and {len(names) - _LISTED} more" if len(names) > _LISTED else words or "none"


def _sheet(opened: _Opened, path: str, name: str, unread: Sequence[str]) -> Sheet:
    facts = opened.facts(name)
    source = opened.book.get_sheet_by_name(name)
    known = facts or Facts()
    lines = tuple(_lines(source, known, is_ods=opened.is_ods))
    merged = known.merged if facts else [(a + 1, b, c + 1, d) for (a, b), (c, d) in source.merged_cell_ranges or ()]
    notes = [f"sheet '{name}'" + (f"; sheets that are not shown are not read: {_some(unread)}" if unread else "")]
    hidden = sum(line.hidden for line in lines)
    if hidden or known.hidden_columns:
        notes.append(f"read too: {_count(hidden, 'hidden row')}, {_count(known.hidden_columns, 'hidden column')}")
    if known.formulas:
        notes.append(f"{_count(known.formulas, 'formula')}, read as last worked out")
    if facts is None:
        notes.append(_BLIND)
    return Sheet(path, lines, name, workbook=True, merged=tuple(merged), notes=tuple(notes))


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _lines(source: Any, facts: Facts, *, is_ods: bool) -> Iterator[Line]:
    """The lines with content; cells without a value that are errors or formulas are such content."""
    beside: dict[int, int] = {}
    for line, column in facts.kinds:
        beside[line] = max(beside.get(line, 0), column + 1)
    rows = source.to_python(skip_empty_area=False)
    for at in range(max([len(rows), *(line + 1 for line in beside)])):
        row = rows[at] if at < len(rows) else []
        width = max(len(row), beside.get(at, 0))
        cells = [_cell(row[one] if one < len(row) else "", at, one, facts, is_ods=is_ods) for one in range(width)]
        while cells and not cells[-1].text and cells[-1].kind == "text":
            cells.pop()
        if cells:
            yield Line(at + 1, tuple(cells), at in facts.hidden_lines)


def _cell(value: object, line: int, at: int, facts: Facts, *, is_ods: bool) -> Cell:
    text, kind, doubt = _value(value)
    if is_ods and kind == "text" and _DURATION.fullmatch(text):
        kind = "time"
    fact = facts.kinds.get((line, at))
    if fact == "percent" and kind == "number":
        text, kind = f"{_plain(Decimal(text) * 100)} %", "percent"
    elif fact in ("error", "uncalculated"):
        text, kind = "", fact
    return Cell(
        *(text, kind, at + 1, at + 2, facts.doubts.get((line, at), doubt)), unit=facts.units.get((line, at), "")
    )


def _value(value: object) -> tuple[str, CellKind, str]:
    """The text and kind of a value, and why its digits are not sure."""
    if isinstance(value, bool):  # before int: True is one
        return str(value).upper(), "truth", ""
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return (value.date().isoformat() if value.time() == time() else value.isoformat(" ")), "date", ""
    if isinstance(value, date):
        return value.isoformat(), "date", ""
    if isinstance(value, time):
        return value.isoformat(), "time", ""
    if isinstance(value, timedelta):
        return str(value), "time", ""
    return str(value), "text", ""


def _number(value: float) -> tuple[str, CellKind, str]:
    exact = Decimal(format(value, ".15g"))
    if not exact.is_finite():
        return str(value), "error", ""
    size = abs(exact)
    if size >= _SURE or (size >= _SURE_WITH_FRACTION and exact % 1):
        return _plain(exact), "number", "too long for a spreadsheet to keep all of its digits"
    return _plain(exact), "number", ""


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
