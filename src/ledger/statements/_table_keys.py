"""The cells that tell a row of a table: its code, its years; each as the ledger writes it, or why it cannot be read."""

import re
from collections.abc import Mapping

from ledger.statements._appropriation_codes import appropriation_code, area_code, item_code, short_code
from ledger.statements._sheet import Cell
from ledger.statements._table_figures import NOT_STATED

_CLOCK = re.compile(r"\d\d:\d\d:\d\d|-?PT\d+H\d+M[\d.]+S", re.ASCII)
_AS_TEXT = "format the column as Text and type the codes again"
_CODE_AND_NAME = re.compile(
    r"((?:(?:(?:UO|utgiftsområde) ?)?\d{1,2}[ :])?\d{1,3}:\d{1,3}(?: ap\.\d+(?:\.\d+)*)*|\d{7})[\s,–-]+(?=[^\W\d])(.+)",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_AREA_AND_NAME = re.compile(r"((?:UO|utgiftsområde) ?\d{1,2})(?:[\s,.:–-]+(?=[^\W\d])(.+))?", re.IGNORECASE | re.DOTALL)
_ITEM_WORD = re.compile(r"(?<=\d)\s+(?:ap|anslagspost)\.?\s*(?=\d)", re.IGNORECASE)
_MARK = re.compile(r"(?<=\d)(?:\s*[*†‡¹²³⁰⁴-⁹]+\)?|\s+\d{1,2}\))$")
_BEGINS_AS_CODE = re.compile(r"(?:(?:UO|utgiftsområde) ?)?(?:\d{1,2}[ :]+)?\d{1,3}:\d", re.IGNORECASE)
_NO_NAME = re.compile(r"(?:och|samt|and|ap|anslagspost|(?:del)?post|p)\b|.*\d:\d", re.IGNORECASE | re.DOTALL)
"""What behind a code is no name of it, but more of the code, or another one."""

_DITTO = re.compile(r"[\"\u201d\u2033\u3003]|-?\s*[\"\u201d]\s*-?|d:?o\.?|dito|ditto|idem", re.IGNORECASE)
_NOTE = re.compile(r"(?<=[^\W\d])(?:\s*[*†‡¹²³⁰⁴-⁹]+\)?|\s?\d{1,2}\))$")
_FIRST, _LAST, _LONGEST = 1900, 2199, 200


class KeyCellError(ValueError):
    """Why a cell that tells a row cannot be read."""


def code_of(cells: Mapping[str, Cell]) -> tuple[str, str, str]:
    """The code of a row, what stands behind it in its cell, and what was changed. Raises KeyCellError.

    `area`, `code` and `item` are the cells that it is put together from; any may be missing.
    """
    area, code, item = (cells.get(key, Cell()) for key in ("area", "code", "item"))
    for cell in (area, code, item):
        _stop_at_kinds(cell)
    _stop_at_number(code)
    digits = re.sub(r"\D", "", re.split(r"[\s,.]", _plain(area.text).removeprefix("UO").strip())[0])
    written, name = _ITEM_WORD.sub(" ap.", _MARK.sub("", _plain(code.text))), ""
    known = appropriation_code(written, digits) or area_code(written)
    split = None if known else _CODE_AND_NAME.fullmatch(written)
    if split and not _NO_NAME.match(split[2]):
        known, name = appropriation_code(split[1], digits) or short_code(split[1]), split[2].strip()
    of_area = None if known else _AREA_AND_NAME.fullmatch(written)
    if of_area:
        known, name = area_code(of_area[1]), (of_area[2] or "").strip()
    known = known or short_code(written)
    if not known and _BEGINS_AS_CODE.match(written):
        raise KeyCellError(
            f"'{_plain(code.text)}' begins as a code does, and is none: write one code, such as UO13 3:1 ap.2"
        )
    if not written and area.text.strip():
        inside = _AREA_AND_NAME.fullmatch(_plain(area.text))
        known = f"UO{int(digits)}" if digits else area_code(inside[1]) if inside else ""
        name = (inside[2] or "").strip() if inside else ""
    post = _item(item, written)
    given = _plain(code.text)
    changed = f"'{given}' is {known}" if known and known != given and not name and _zeros(given) else ""
    whole = known or written
    return (f"{whole} {post}".strip() if post else whole), name, changed


def recipient_of(cell: Cell) -> str:
    """Who gets the money, without the mark of a note; nobody where none is stated. Raises KeyCellError."""
    text = " ".join(cell.text.split())
    if cell.doubt:
        raise KeyCellError(f"'{text}': {cell.doubt}")
    if _DITTO.fullmatch(text):
        raise KeyCellError(f"'{text}' stands for what the row above has: write it out")
    return "" if text in NOT_STATED else _NOTE.sub("", text)


def named_area(name: str) -> str:
    """`UO13` of a name that begins with the area's code: `Utgiftsområde 13, summa`."""
    match = _AREA_AND_NAME.fullmatch(_plain(name))
    return area_code(match[1]) if match else ""


def _plain(text: str) -> str:
    return " ".join(text.split()).removeprefix("'")


def _zeros(written: str) -> bool:
    """Whether zeros were left out of a code that is not written in seven digits."""
    return ":" in written or written.upper().startswith("U")


def _item(item: Cell, code: str) -> str:
    text = _plain(item.text)
    if not text or text in ("-", "–"):
        return ""
    if item.kind == "number" and "." in text:
        raise KeyCellError(f"'{text}' is a number with a fraction where an item's number is expected: {_AS_TEXT}")
    post = item_code(text.lower(), code.replace(" ", ""))
    if not post:
        raise KeyCellError(f"'{text}' is not the number of an item, such as 12 or ap.12")
    return post


def _stop_at_kinds(cell: Cell) -> None:
    if len(cell.text) > _LONGEST:
        raise KeyCellError(f"{len(cell.text)} characters are no code")
    if cell.doubt:
        raise KeyCellError(f"'{cell.text}': {cell.doubt}")
    if cell.kind in ("time", "date") or _CLOCK.fullmatch(cell.text.strip()):
        raise KeyCellError(f"'{cell.text}' is a {'date' if cell.kind == 'date' else 'time'}, not a code: {_AS_TEXT}")
    if cell.kind in ("truth", "percent", "error", "uncalculated"):
        raise KeyCellError(f"'{cell.text}' ({cell.kind}) is not a code: {_AS_TEXT}")


def _stop_at_number(code: Cell) -> None:
    if code.kind == "number" and not re.fullmatch(r"\d{7}", code.text, re.ASCII):
        said = f"'{code.text}' is a number, not a code: 1.10 and 1.1, 03 and 3 are one number"
        raise KeyCellError(f"{said}; {_AS_TEXT}")


def years_of(cell: Cell) -> tuple[int, int]:
    """The year or the period of a cell. Raises KeyCellError."""
    text = " ".join(cell.text.split()).removeprefix("'")
    if cell.doubt:
        raise KeyCellError(f"'{text}': {cell.doubt}")
    if cell.kind == "date" or re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        why = ": a year under a date format reads so" if text.startswith("1905") else ""
        raise KeyCellError(f"'{text}' is a date, not a year{why}; format the column as a number")
    if cell.kind not in ("text", "number"):
        raise KeyCellError(f"'{text}' ({cell.kind}) is not a year")
    fiscal = re.fullmatch(r"(\d{4}) ?/ ?(?:\d\d)?\d\d", text, re.ASCII)
    if fiscal:
        first = int(fiscal[1])
        raise KeyCellError(
            f"'{text}' is a fiscal year, which is not read yet: write '{first}-{first + 1}' for a period"
        )
    match = re.fullmatch(r"(\d{4})(?: ?[-–] ?(\d{4}))?", text, re.ASCII)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not _FIRST <= first <= last <= _LAST:
        raise KeyCellError(f"'{text}' is not a year")
    return first, last
