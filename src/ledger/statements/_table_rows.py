"""The lines below the headings of a table → entries: what tells a row, its figures, and whether it is one."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from ledger.diagnostic import Finding, Place
from ledger.money import Amount, AmountError
from ledger.statements._money_units import Unit, unit_of
from ledger.statements._sheet import Cell, Line, Sheet
from ledger.statements._sum_rows import is_perhaps_part, is_perhaps_sum, is_sum, part_of
from ledger.statements._table_captions import texts_of
from ledger.statements._table_figures import NOT_STATED, Marks, marks_of, read_figure
from ledger.statements._table_keys import KeyCellError, code_of, named_area, recipient_of, years_of
from ledger.statements._table_layout import Layout, Money

Years = tuple[int, int]
_CURRENCY_WORDS = {"KR": "SEK", "KRONOR": "SEK", "€": "EUR", "£": "GBP"}
_KNOWN_CODE = re.compile(r"UO\d|\d+:\d", re.ASCII)


class Entry(Struct, frozen=True):
    """A line below the headings. `figures` are by column: an amount, or why it is not read; one not stated is left out.

    `kind` is `line`, `sum`, `text` (no figure, one text: a note, a heading of rows) or `parts` (`därav` alone). `part`
    is set where the name begins with `därav`. `faults` are what stands in the way of the whole table.
    """

    line: Line
    kind: str
    name: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    years: Years | None = None
    figures: Mapping[int, Amount | Finding] = field(default_factory=dict)
    marks: Mapping[int, str] = field(default_factory=dict)
    part: bool = False
    indent: int = 0
    notes: tuple[str, ...] = ()
    faults: tuple[Finding, ...] = ()

    @property
    def known(self) -> dict[int, Amount | None]:
        """The figures by column, nothing for one that could not be read."""
        return {at: one if isinstance(one, Amount) else None for at, one in self.figures.items()}


class Reading(Struct, frozen=True):
    """A sheet with its layout, and what its figures are read by."""

    sheet: Sheet
    layout: Layout
    currency: str
    marks: Mapping[int, Marks]

    def said(self, line: Line, at: int, message: str) -> Finding:
        """What is wrong with a cell, by its name where a spreadsheet has one."""
        name = f"{self.sheet.cell_name(line, at)}: " if self.sheet.workbook else ""
        return Finding(self.sheet.place(line, at), f"{name}{message}")


def reading_of(sheet: Sheet, layout: Layout, currency: str) -> Reading:
    """What the cells of each column tell of its notation, and the rest that reading needs."""
    lines = sheet.lines[layout.last + 1 :]
    columns = (*layout.money, *layout.row_sums)
    marks = {one.at: marks_of(cell_of(line, one.at) for line in lines) for one in columns}
    return Reading(sheet, layout, currency, marks)


def entries_of(reading: Reading) -> Iterator[Entry]:
    """Every line below the headings; a short code lies in the area that a line with nothing else names above it."""
    area = reading.layout.captions.area
    for line in reading.sheet.lines[reading.layout.last + 1 :]:
        entry = _entry(reading, line, area)
        if entry.kind == "text":
            area = named_area(entry.name) or area
        yield entry


def cell_of(line: Line, at: int) -> Cell:
    """A cell of a line; an empty one behind its end."""
    return line.cells[at] if at < len(line.cells) else Cell()


def _entry(reading: Reading, line: Line, area: str) -> Entry:
    layout, sheet = reading.layout, reading.sheet
    columns = (*layout.money, *layout.row_sums)
    texts = texts_of(line)
    empty = all(cell_of(line, one.at).text.strip() in NOT_STATED and _is_text(line, one.at) for one in columns)
    own = next((at for at, cell in enumerate(line.cells) if cell.text.strip()), 0)
    single = len(texts) == 1 and (empty or (own == 0 and not any(one.at == 0 for one in columns)))
    first = part_of(texts[0]) if texts else None
    if first == "" and (single or empty):
        return Entry(line, "parts")
    if single:
        return Entry(line, "text", texts[0])
    if _says_nothing(layout, line):
        return Entry(line, "text", " ".join(texts))
    width = len(layout.headings)
    if not sheet.workbook and len(line.cells) != width:
        behind = any(cell.text.strip() for cell in line.cells[width:])
        if len(line.cells) < width or behind:
            message = f"{len(line.cells)} fields, the header has {width}"
            return Entry(line, "line", faults=(Finding(sheet.place(line), message),))
    return _row(reading, line, area, empty=empty)


def _says_nothing(layout: Layout, line: Line) -> bool:
    """Whether a line has no figure, no year, no id and no code: texts of a note, or a heading of the rows below."""
    columns = [one.at for one in (*layout.money, *layout.row_sums)]
    columns += [layout.keys[key] for key in ("id", "year") if key in layout.keys]
    if any(cell_of(line, at).text.strip() or not _is_text(line, at) for at in columns):
        return False
    return "code" not in layout.keys or not _KNOWN_CODE.match(cell_of(line, layout.keys["code"]).text.strip())


def _is_text(line: Line, at: int) -> bool:
    return cell_of(line, at).kind == "text"


def _row(reading: Reading, line: Line, area: str, *, empty: bool) -> Entry:
    layout = reading.layout
    cells = {key: cell_of(line, at) for key, at in layout.keys.items()}
    keys = {key: " ".join(cell.text.split()) for key, cell in cells.items()}
    of_area = {"area": Cell(area)} if area and keys.get("code") else {}
    at_name, called = _called(layout, line)
    rest = part_of(called)
    kind, faults = "line", list[Finding]()
    notes: list[str] = []
    named = keys.get("id", "")
    if is_sum(called or named) and is_sum(named or called) and not _other_code(layout, cells, at_name):
        kind = "sum"
    else:
        told = bool(keys.get("id")) or _other_code(layout, cells, at_name)
        faults += _keyed(reading, line, of_area | cells, keys, notes, called=called, told=told)
        if is_sum(keys.get("recipient", "")):
            keys["name"] = keys.get("name") or keys["recipient"]
            keys["recipient"] = ""
    if rest is not None:
        _take_part_away(keys, rest)
    years, wrong = _years(reading, line, cells, keys, needed=kind == "line" and rest is None)
    marks: dict[int, str] = {}
    figures = dict(_figures(reading, line, keys, marks))
    indent = len(called) - len(called.lstrip())
    if kind == "sum" and empty:
        kind = "text"
    return Entry(
        line,
        kind,
        " ".join((called or named).split()) if kind == "sum" else keys.get("name", ""),
        keys,
        years,
        figures,
        marks,
        part=rest is not None,
        indent=indent,
        notes=tuple(notes),
        faults=(*faults, *wrong),
    )


def _take_part_away(keys: dict[str, str], rest: str) -> None:
    """Take `därav` away from the cells that name a row; what it leaves of a code is one or a name."""
    for key in ("name", "recipient", "code"):
        shortened = part_of(keys.get(key, ""))
        keys[key] = keys.get(key, "") if shortened is None else shortened
    if keys["code"] == rest and not _KNOWN_CODE.match(rest):
        keys["name"], keys["code"] = keys["name"] or rest, ""


def _called(layout: Layout, line: Line) -> tuple[int, str]:
    """The cell that names the row: recipient, title, else the first text."""
    money = {one.at for one in (*layout.money, *layout.row_sums)}
    for key in ("recipient", "name"):
        at = layout.keys.get(key, -1)
        if at >= 0 and cell_of(line, at).text.strip():
            return at, cell_of(line, at).text
    skipped = money | {
        layout.keys[key] for key in ("id", "year", "kind", "unit", "currency", "org_number") if key in layout.keys
    }
    texts = ((at, cell) for at, cell in enumerate(line.cells) if cell.text.strip() and at not in skipped)
    return next(((at, cell.text) for at, cell in texts if cell.kind == "text"), (-1, ""))


def _other_code(layout: Layout, cells: Mapping[str, Cell], at_name: int) -> bool:
    """Whether a cell other than the name holds a code."""
    return any(
        cells[key].text.strip() and layout.keys[key] != at_name for key in ("code", "area", "item") if key in cells
    )


def _keyed(
    reading: Reading,
    line: Line,
    cells: Mapping[str, Cell],
    keys: dict[str, str],
    notes: list[str],
    *,
    called: str,
    told: bool,
) -> Iterator[Finding]:
    """Put the code of a row together; what is wrong with it, and a name that may be that of a sum."""
    layout = reading.layout
    try:
        keys["recipient"] = recipient_of(cells.get("recipient", Cell()))
        code, name, changed = code_of(_without_part(cells))
    except KeyCellError as fault:
        at = next((layout.keys[key] for key in ("code", "area", "item", "recipient") if key in layout.keys), 0)
        yield reading.said(line, at, str(fault))
        return
    if changed:
        notes.append(changed)
    keys["code"] = code or named_area(called)
    if name and not keys.get("name"):
        keys["name"] = name
    if is_perhaps_part(called) or is_perhaps_part(keys.get("name", "")):
        ask = "write 'därav' before its name, or the name alone"
        message = f"'{' '.join(called.split())}' may be a part of another row: {ask}"
        yield Finding(reading.sheet.place(line), message)
    inner = bool(keys.get("recipient")) and is_sum(keys.get("name", "")) and not is_sum(called)
    if (is_perhaps_sum(called) or inner) and not told and not _KNOWN_CODE.match(keys["code"]):
        message = (
            f"'{' '.join(called.split())}' may be a sum of other rows or a line: write 'Summa', or give the row a code"
        )
        yield Finding(reading.sheet.place(line), message)
    if not any(keys.get(key) for key in ("id", "code", "recipient", "org_number")):
        message = (
            "an amount without a code, an id or a recipient: where it is that of the row above, write it in each row"
        )
        yield Finding(reading.sheet.place(line), message)


def _without_part(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """The cells of a code without the word `därav` before it."""
    found = dict(cells)
    if "code" in found and (rest := part_of(found["code"].text)) is not None:
        found["code"] = Cell(rest)
    return found


def _years(
    reading: Reading, line: Line, cells: Mapping[str, Cell], keys: Mapping[str, str], *, needed: bool
) -> tuple[Years | None, list[Finding]]:
    layout = reading.layout
    if "year" not in cells:
        return layout.years, []
    if not keys["year"] and (not needed or keys.get("id")):
        return None, []
    try:
        return years_of(cells["year"]), []
    except KeyCellError as fault:
        return None, [reading.said(line, layout.keys["year"], str(fault))]


def _figures(
    reading: Reading, line: Line, keys: Mapping[str, str], marks: dict[int, str]
) -> Iterator[tuple[int, Amount | Finding]]:
    """Every figure of a line that is stated, or why it is not read. What stands behind one is put into `marks`."""
    for column in (*reading.layout.money, *reading.layout.row_sums):
        cell = cell_of(line, column.at)
        try:
            found = read_figure(cell, _unit(column, keys, reading.currency), reading.currency, reading.marks[column.at])
        except AmountError as error:
            yield column.at, reading.said(line, column.at, str(error))
        else:
            if found.mark:
                marks[column.at] = cell.text.strip()
            if found.amount is not None:
                yield column.at, found.amount


def _unit(column: Money, keys: Mapping[str, str], currency: str) -> Unit | None:
    """The unit of a row: its own columns' before that of the titles; with that of the heading they must agree.

    Raises AmountError where they do not, and for another currency than the ledger's.
    """
    said, money = keys.get("unit", ""), keys.get("currency", "").upper()
    own = unit_of(said) if said else None
    if said and own is None:
        raise AmountError(f"'{said}' is not a unit of money")
    named = _CURRENCY_WORDS.get(money, money)
    heading = None if column.told_by else column.unit
    factors = {one.factor for one in (own, heading) if one}
    currencies = {one.currency for one in (own, heading) if one and one.currency} | ({named} if named else set())
    if len(factors) > 1 or len(currencies) > 1:
        there = " and ".join(f"'{word}'" for word in (said, money, column.heading if heading else "") if word)
        raise AmountError(f"units that do not agree: {there}")
    if named and named != currency:
        raise AmountError(f"the row is in {money}, and this ledger is in {currency}: one ledger, one currency")
    unit = own or column.unit or (Unit(1, named) if named else None)
    return Unit(unit.factor, named or unit.currency) if unit else None


def line_places(reading: Reading, entry: Entry) -> dict[int, Place]:
    """Where each figure of an entry stands."""
    columns: Sequence[Money] = (*reading.layout.money, *reading.layout.row_sums)
    return {one.at: reading.sheet.place(entry.line, one.at) for one in columns}
