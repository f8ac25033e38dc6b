"""The line of a table that holds its headings, or the two of them: found by what it names and by holding no amount."""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from ledger.diagnostic import Finding
from ledger.statements._appropriation_codes import appropriation_code
from ledger.statements._column_headings import KEYS, Heading, heading_of, same
from ledger.statements._sheet import Cell, Line, Sheet
from ledger.statements._statement import Asked, Refused
from ledger.statements._table_captions import texts_of
from ledger.statements._table_figures import NOT_STATED

_FIGURE = re.compile(
    r"(?:[^\W\d]{1,12}\.? |[~≈<>])?[-−–(+]?\s*\d[\d\s.,'’_–]*[-−)]?[¹²³⁴-⁹*]?(?: ?[^\W\d]{1,12}\.?){0,2}"
)
"""Anything that may be a figure, with a word before and a unit behind it."""

_AMOUNT = re.compile(r"(?!(?:19|20)\d\d$)\d[\d \u00a0.,]*", re.ASCII)
"""What is plainly an amount, so that most lines are told at once to be none of headings."""

_SHORT_CODE = re.compile(r"\d{1,3}:\d{1,3}(?!\d).*", re.ASCII)
_SHOWN = 60
"""Characters of a line that a message shows."""


class Headed(Struct, frozen=True):
    """The headings of a table: what each column is called and what that means; `last` is the index of their line."""

    last: int
    texts: tuple[str, ...]
    headings: tuple[Heading, ...]
    faults: tuple[str, ...] = ()


class _Candidate(Struct, frozen=True):
    """A line that may hold the headings: how many meanings it names, and whether keys and money are among them."""

    at: int
    known: int
    tells: bool
    money: bool


def header_of(sheet: Sheet, asked: Asked) -> Headed | Refused:
    """The headings of a sheet; none, or more than one line that may hold them, are refused with all shown."""
    if asked.header_row is not None:
        at = next((at for at, line in enumerate(sheet.lines) if line.number == asked.header_row), None)
        if at is None:
            return (
                Finding(sheet.place(sheet.lines[0]), f"--header-row: line {asked.header_row} is empty or not there"),
            )
        return _headed(sheet, at)
    if asked.columns:
        named = [at for at, line in enumerate(sheet.lines) if _holds(line, asked.columns.values())]
        if len(named) == 1:
            return _headed(sheet, named[0])
    found = candidates(sheet)
    strict = _narrowed(sheet, [one for one in found if one.money])
    if len(strict) == 1:
        return _headed(sheet, strict[0].at)
    if strict:
        shown = " and ".join(_shown(sheet, one.at) for one in strict[:4])
        message = f"several lines may hold the headings: {shown}; say which with --header-row, or save each table apart"
        return (Finding(sheet.place(sheet.lines[strict[1].at]), message),)
    if found:
        return _headed(sheet, max(found, key=lambda one: (one.known, -one.at)).at)
    shown = _shown(sheet, 0) if sheet.lines else "nothing"
    message = f"no line holds the headings of a table: one names a column of amounts and holds none; here is {shown}"
    return (Finding(sheet.place(sheet.lines[0]), message),)


def candidates(sheet: Sheet, most: int | None = None) -> list[_Candidate]:
    """The lines with headings that are known and without an amount, the first that are looked at."""
    found = []
    for at, line in enumerate(sheet.lines[:most]):
        texts = texts_of(line)
        if len(texts) < 2 or texts[0].startswith("# ") or not any(one[0].isalnum() for one in texts):
            continue
        if any(_AMOUNT.fullmatch(text) for text in texts):
            continue
        headings = [_cell_heading(cell) for cell in line.cells]
        years = _has_years(headings)
        if any(_is_figure(cell, one, alone=not years) for cell, one in zip(line.cells, headings, strict=True)):
            continue
        meanings = {heading.meaning for heading in headings if heading.meaning and not heading.bare}
        known = len(meanings) + years
        labelled = len(texts) == 2 and meanings in ({"unit", "total"}, {"currency", "total"})  # `Enhet; tkr`
        if known and not labelled:
            money = years or any(heading.role and not heading.bare for heading in headings)
            found.append(_Candidate(at, known, bool(meanings & KEYS.keys()), money))
    return found


def known_headings(texts: Sequence[str]) -> int:
    """How many different meanings the cells of a line name as headings."""
    headings = [heading_of(text) for text in texts]
    return len({heading.meaning for heading in headings if heading.meaning and not heading.bare}) + _has_years(headings)


def _has_years(headings: Sequence[Heading]) -> bool:
    """Whether two columns beside each other are consecutive years."""
    return any(_follows(one, other) or _follows(other, one) for one, other in pairwise(headings))


def _follows(one: Heading, other: Heading) -> bool:
    both = (one.role or one.fault) and (other.role or other.fault)
    return bool(both and one.years and other.years and other.years[0] in (one.years[1] + 1, one.years[0] + 1))


def _cell_heading(cell: Cell) -> Heading:
    return heading_of(cell.text) if cell.kind in ("text", "number") else Heading()


def _is_figure(cell: Cell, heading: Heading, *, alone: bool = False) -> bool:
    """Whether a cell is no heading: a figure or its sign, a code, or a number that is no year beside another."""
    text = cell.text.strip()
    if not text:
        return False
    if heading.years or heading.meaning:
        return heading.bare and alone
    if cell.kind != "text" or text in NOT_STATED:
        return True
    return bool(_FIGURE.fullmatch(text) or _SHORT_CODE.fullmatch(text) or appropriation_code(text))


def _narrowed(sheet: Sheet, found: list[_Candidate]) -> list[_Candidate]:
    """Those that also name what tells the lines, where any does; of two lines that are one header, the lower."""
    lower = {one.at for one in found}
    joined = [one for one in found if one.at + 1 not in lower or not _goes_with(sheet, one.at, one.at + 1)]
    upper = {one.at for one in found if one.tells}
    telling = [one for one in joined if one.tells or (one.at - 1 in upper and _goes_with(sheet, one.at - 1, one.at))]
    return telling or joined


def _are_one(sheet: Sheet, upper: int, lower: int) -> bool:
    """Whether two lines beside each other are one header: no column of keys is named by both."""
    both = zip(sheet.lines[upper].cells, sheet.lines[lower].cells, strict=False)
    keys = [(_cell_heading(one).meaning in KEYS, _cell_heading(other).meaning in KEYS) for one, other in both]
    return sheet.lines[lower].number - sheet.lines[upper].number == 1 and not any(one and other for one, other in keys)


def _holds(line: Line, wanted: "Sequence[str] | object") -> bool:
    """Whether a line holds every heading that is named as such."""
    there = {same(cell.text) for cell in line.cells}
    names = [name for name in wanted if isinstance(name, str)] if hasattr(wanted, "__iter__") else []
    texts = [same(name) for name in names if name and not re.fullmatch(r"[A-Za-z]{1,3}|[0-9]{1,5}", name)]
    return bool(texts) and all(text in there for text in texts)


def _shown(sheet: Sheet, at: int) -> str:
    text = " | ".join(texts_of(sheet.lines[at]))
    return f"line {sheet.lines[at].number} '{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}'"


def _headed(sheet: Sheet, at: int) -> Headed:
    """The headings of a line, with those above or below it that are of the same header."""
    upper, lower = _two(sheet, at)
    lines = [sheet.lines[one] for one in (upper, lower) if one is not None]
    width = _width(lines)
    above = _spread(sheet, lines[0], width) if len(lines) > 1 else [""] * width
    own = [cell.text for cell in lines[-1].cells] + [""] * (width - len(lines[-1].cells))
    faults = _unspread(sheet, lines[0], own) if len(lines) > 1 else []
    headings, texts = [], []
    for one, other in zip(above, own, strict=False):
        text = " ".join(f"{one} {other}".split()) if len(lines) > 1 else " ".join(other.split())
        texts.append(text)
        headings.append(_joined(one, other) if len(lines) > 1 else heading_of(other))
    return Headed(lower, tuple(texts), _consecutive(headings), tuple(faults))


def _width(lines: Sequence[Line]) -> int:
    """Cells up to the last that is not empty."""
    return max(max((at + 1 for at, cell in enumerate(line.cells) if cell.text.strip()), default=0) for line in lines)


def _two(sheet: Sheet, at: int) -> tuple[int | None, int]:
    """The index of the upper line of a header, where it has two, and of the lower."""
    if at + 1 < len(sheet.lines) and _goes_with(sheet, at, at + 1):
        return at, at + 1
    above = sheet.lines[at - 1] if at else None
    if above and not _is_title(above) and _goes_with(sheet, at - 1, at):
        return at - 1, at
    return None, at


def _is_title(line: Line) -> bool:
    """Whether a line is the title of the whole table: one text, in its first cell."""
    return len(texts_of(line)) == 1 and bool(line.cells[0].text.strip())


def _goes_with(sheet: Sheet, upper: int, lower: int) -> bool:
    """Whether the lower line goes on with the headings of the upper: units, years and figures, no amounts."""
    if not _are_one(sheet, upper, lower):
        return False
    one, other = sheet.lines[upper], sheet.lines[lower]
    for line in (one, other):
        headings = [_cell_heading(cell) for cell in line.cells]
        if any(_is_figure(cell, heading) for cell, heading in zip(line.cells, headings, strict=True)):
            return False
        if not any(heading.role or heading.unit or heading.years for heading in headings):
            return False
    above = [_cell_heading(cell).meaning in KEYS for cell in one.cells]
    if any(key and cell.text.strip() for key, cell in zip(above, other.cells, strict=False)):
        return False
    lower_cells = [cell.text for cell in other.cells if cell.text.strip()]
    return all(_says(text) for text in lower_cells) or all(_says(text) for text in texts_of(one))


def _says(text: str) -> bool:
    heading = heading_of(text)
    return bool(heading.meaning or heading.unit or heading.years)


def _spread(sheet: Sheet, line: Line, width: int) -> list[str]:
    """The texts of a line of titles, one that is merged over several columns in each of them."""
    texts = [cell.text.strip() for cell in line.cells[:width]] + [""] * (width - len(line.cells))
    for first, left, _, right in sheet.merged or ():
        if first == line.number and left < len(texts):
            for at in range(left, min(right + 1, width)):
                texts[at] = texts[left]
    return texts


def _unspread(sheet: Sheet, upper: Line, own: Sequence[str]) -> list[str]:
    """What is not told where the file does not say which cells are merged: how far a title of figures reaches."""
    if sheet.merged is not None:
        return []
    for at, cell in enumerate(upper.cells[:-1]):
        behind = upper.cells[at + 1]
        under = at + 1 < len(own) and own[at + 1].strip()
        if cell.text.strip() and heading_of(cell.text).role and not behind.text.strip() and under:
            return [f"how many columns '{cell.text.strip()}' stands over is not told: repeat it over each of them"]
    return []


def _joined(upper: str, lower: str) -> Heading:
    """What two headings over one column mean together, else the lower, else the upper, with unit and years of both."""
    both, below, above = heading_of(f"{upper} {lower}"), heading_of(lower), heading_of(upper)
    if not upper.strip():
        return below
    if both.meaning or both.fault:
        return both
    if above.bare and not (below.meaning or below.unit or below.years) and lower.strip():
        return Heading("", above.unit, above.years)  # `2024` over `Prognos`: a figure that no column of a ledger holds
    first = next((one for one in (below, above) if one.meaning and not one.bare), None)
    first = first or next((one for one in (below, above) if one.meaning), None)
    if first is None:
        return both
    role = first.role
    unit, years = (below.unit or above.unit, below.years or above.years) if role else (first.unit, first.years)
    return replace(first, unit=unit, years=years, bare=first.bare and not upper.strip())


def _consecutive(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Bare years are headings where they stand beside the year before or after them; a single one is none."""
    kept = []
    several = _has_years(headings)
    for at, heading in enumerate(headings):
        beside = [headings[one] for one in (at - 1, at + 1) if 0 <= one < len(headings)]
        alone = (
            heading.bare and not several and not any(_follows(heading, one) or _follows(one, heading) for one in beside)
        )
        kept.append(replace(heading, meaning="") if alone else heading)
    return tuple(kept)
