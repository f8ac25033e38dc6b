"""Our own tables of lines: what `ledger export`, `query` and `summary` write, in CSV or any table of another format.

A money column X is four: X the number in kronor, X_low and X_high its limits, X_stated the words. In CSV a text that a
spreadsheet would make something else of has an apostrophe before it, which is not part of it.
"""

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from ledger.diagnostic import Finding
from ledger.money import Amount, AmountError, Interval, read_amount
from ledger.statements._decimals import read_decimal
from ledger.statements._delimited import delimiter_of, header_of, sheet_of
from ledger.statements._sheet import Cell, Line, Sheet
from ledger.statements._statement import Asked, Refused, Role, Row, Statement, refused, stated
from ledger.table import needs_guard, unguarded

SURE = 4
_MONEY: dict[Role, str] = {"base": "base", "top-ups": "top_ups", "total": "total", "outcome": "outcome"}
_MARKS = frozenset(("id", "total", "total_low", "total_high", "total_stated", "year"))
_TRUTHS = {"true": "true", "false": "false", "sant": "true", "falskt": "false"}
"""What a spreadsheet makes of a truth in a text, in English and Swedish."""

_TWO_DECIMALS = re.compile(r"[^.,]*(?:[.,]\d{1,2})?")
_SPOKEN_FOR = "_stated"
"""Ends the name of a column beside one of dates, where only days can be dates: it holds what is written."""


def recognises(text: str) -> int:
    """A header with the id and the four columns of a total."""
    return SURE if set(header_of(text, delimiter_of(text))) >= _MARKS else 0


def recognises_sheet(sheet: Sheet, asked: Asked) -> int:
    """The same, of the first line of any table; not where the user says what its columns are."""
    return SURE if not asked.columns and set(_header(sheet)) >= _MARKS else 0


def read(text: str, path: str, unit: str | None) -> Statement | Refused:
    """Every line that has an id; the figures are in kronor, whatever `unit` is."""
    del unit
    sheet = sheet_of(text, path)
    return (sheet,) if isinstance(sheet, Finding) else read_sheet(sheet, Asked())


def read_sheet(sheet: Sheet, asked: Asked) -> Statement | Refused:
    """Every line that has an id; its row has all cells as they were exported too. All faults are told at once."""
    del asked
    header = _header(sheet)
    twice = {name for name in header if name and header.count(name) > 1}
    if twice:
        return tuple(refused(sheet.path, f"the column '{name}' is there twice") for name in sorted(twice))
    columns = {name: at for at, name in enumerate(header) if name}
    bare = _guard_of(sheet, columns)
    rows: list[Row] = []
    faults: list[Finding] = []
    for line in sheet.lines[1:]:
        if any(cell.text for cell in line.cells[len(header) :]) or (
            len(line.cells) < len(header) and not sheet.workbook
        ):
            message = f"{len(line.cells)} fields, the header has {len(header)}"
            faults.append(Finding(sheet.place(line), message))
            continue
        for one in _rows(sheet, line, columns, bare):
            if isinstance(one, Finding):
                faults.append(one)
            else:
                rows.append(one)
    if faults:
        return tuple(faults)
    return Statement(f"an export of a ledger, {sheet.path}", "export", sheet.path, tuple(rows))


def _header(sheet: Sheet) -> list[str]:
    """The names in the first line, without the empty cells behind them."""
    names = [cell.text.strip() for cell in sheet.lines[0].cells] if sheet.lines else []
    while names and not names[-1]:
        names.pop()
    return names


def _guard_of(sheet: Sheet, columns: Mapping[str, int]) -> bool:
    """Whether texts are guarded: of a text that is not, but would have to be, nothing is taken away anywhere."""
    if sheet.workbook:
        return False
    texts = {at for name, at in columns.items() if not _is_number(name)}
    cells = (line.cells[at].text for line in sheet.lines[1:] for at in texts if at < len(line.cells))
    return not any(needs_guard(text) and not text.startswith("'") for text in cells)


def _is_number(name: str) -> bool:
    return any(name.removesuffix("_low").removesuffix("_high") == money for money in _MONEY.values()) or name in _COUNTS


_COUNTS = ("depth", "first_year", "last_year", "gender_marker", "line")


def _rows(sheet: Sheet, line: Line, columns: Mapping[str, int], guard: bool) -> Iterator[Row | Finding]:  # noqa: FBT001
    """The row of a line, or all that is wrong with it."""
    empty = Cell()
    there = {name: line.cells[at] if at < len(line.cells) else empty for name, at in columns.items()}
    texts = {
        name: unguarded(cell.text) if guard and not _is_number(name) else cell.text for name, cell in there.items()
    }
    truths = [name for name in texts if name in ("counted", "in_sum") or name.endswith("_derived")]
    texts |= {name: _TRUTHS.get(texts[name].casefold(), texts[name]) for name in truths}
    for name in [name for name in texts if name + _SPOKEN_FOR in texts and not _is_number(name)]:
        texts[name] = texts[name + _SPOKEN_FOR] or texts[name]
    years = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", texts["year"].strip(), re.ASCII)
    figures: list[tuple[Role, Amount | None]] = []
    faults = [] if years else [Finding(sheet.place(line, columns["year"]), f"'{texts['year']}' is not a year")]
    for role, name in _MONEY.items():
        try:
            figures.append((role, _amount(there, texts, name)))
        except AmountError as error:
            faults.append(Finding(sheet.place(line, columns.get(name)), f"{name}: {error}"))
    yield from faults
    if years and not faults:
        yield Row(
            sheet.place(line),
            int(years[1]),
            int(years[2] or years[1]),
            texts.get("full_code", ""),
            texts.get("title", ""),
            texts.get("kind", ""),
            texts.get("recipient", ""),
            id=texts["id"],
            figures=stated(figures),
            places={role: sheet.place(line, columns[name]) for role, name in _MONEY.items() if name in columns},
            cells=texts,
        )


def _amount(there: Mapping[str, Cell], texts: Mapping[str, str], name: str) -> Amount | None:
    """The amount of a money column; its words say which of its ends are not included."""
    number, low, high = (_ore(there.get(f"{name}{end}")) for end in ("", "_low", "_high"))
    words = texts.get(f"{name}_stated", "")
    if number is None and low is None and high is None:
        return None
    interval = Interval(low.number if low else None, high.number if high else None)
    if low is None and high is None and number is not None:
        interval = number.interval
    printed = number.number if number else None
    try:
        said = read_amount(words, "kr").interval
    except AmountError:
        said = interval
    if (said.low, said.high) == (interval.low, interval.high):
        interval = said
    return Amount(interval, printed, words, "exact" if interval.exact else "range")


def _ore(cell: Cell | None) -> Amount | None:
    """A number of kronor as we write it: with a point or a comma, at most two decimals, and no groups."""
    if cell is None:
        return None
    if cell.doubt or cell.kind not in ("text", "number"):
        raise AmountError(f"'{cell.text}' is not a number" if not cell.doubt else f"'{cell.text}': {cell.doubt}")
    found = read_decimal(cell.text, "kr", "," if "," in cell.text else ".")
    if found is not None and not _TWO_DECIMALS.fullmatch(cell.text.strip()):
        raise AmountError(f"'{cell.text}' is not a number of kronor with at most two decimals")
    return replace(found, words="") if found else None
