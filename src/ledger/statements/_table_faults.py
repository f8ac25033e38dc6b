"""What is wrong with a table as a whole: units that nothing tells, other currencies, merged cells."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from ledger.diagnostic import Finding
from ledger.money import Amount, add_up
from ledger.statements._money_units import CURRENCIES, unit_of
from ledger.statements._table_rows import Entry, Reading, cell_of

NO_UNIT = "' has no unit"
_FEW, _LEAST = 6, 2
"""Different texts of a column that says what rows are of; rows that a sum is of."""

_FIGURES = re.compile(
    r"(?:budget|utfall|prognos|förslag|plan|planerat|beslutat|beviljat|utbetalt|sökt|actual|forecast|outcome|proposed)",
    re.IGNORECASE,
)


def faults_of_table(reading: Reading, entries: Sequence[Entry], parts: Collection[int]) -> Iterator[Finding]:
    """All of them, each once; `parts` are the indices of rows that lie in another."""
    yield from _without_unit(reading, entries)
    yield from _foreign(reading)
    yield from _merged(reading)
    yield from _without_code(reading, entries, parts)
    yield from _contradicted(reading)
    yield from _never_worked_out(reading, entries)
    yield from _passed_over(reading)
    yield from _looks_like_a_sum(reading, entries, parts)


def _without_unit(reading: Reading, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Each column of bare figures for which nothing tells the unit, once, at the first of them."""
    named = reading.layout.captions.units
    told: set[int] = set()
    columns = {one.at: one for one in (*reading.layout.money, *reading.layout.row_sums)}
    for entry in entries:
        for at, one in entry.figures.items():
            if at in told or not isinstance(one, Finding) or NO_UNIT not in one.message:
                continue
            told.add(at)
            text = one.message.split(NO_UNIT)[0]
            if len(named) > 1:
                units = ", ".join(f"{unit.name(reading.currency)} (line {line})" for unit, line in named)
                yield Finding(one.place, f"{text}' has no unit, and the texts around the table name several: {units}")
            else:
                as_in = f"as in '{columns[at].heading or 'total'} (tkr)'"
                yield Finding(one.place, f"{text}' has no unit: say it with --unit, or in the column's name, {as_in}")


def _foreign(reading: Reading) -> Iterator[Finding]:
    """Each column in another currency than the ledger's."""
    place = reading.sheet.place(reading.sheet.lines[reading.layout.last])
    for column in reading.layout.money:
        if column.unit and column.unit.currency not in ("", reading.currency):
            by = f" by {column.told_by}" if column.told_by else ""
            said = f"'{column.heading}' is in {column.unit.currency}{by}, and this ledger is in {reading.currency}"
            yield Finding(place, f"{said}: one ledger, one currency")


def _without_code(reading: Reading, entries: Sequence[Entry], parts: Collection[int]) -> Iterator[Finding]:
    """Rows without a code where others have one: it may be that of the row above, which tables leave out."""
    lines = [one for at, one in enumerate(entries) if one.kind == "line" and at not in parts and not one.keys.get("id")]
    at = reading.layout.keys.get("code")
    if at is not None and any(one.keys.get("code") for one in lines):
        for one in lines:
            if not one.keys.get("code") and not one.faults:
                message = "no code, and other rows have one: where it is that of a row above, write it in each row"
                yield reading.said(one.line, at, message)


def _merged(reading: Reading) -> Iterator[Finding]:
    """Cells that are merged over several rows of the table: the rows below the first hold nothing."""
    sheet, layout = reading.sheet, reading.layout
    lines = {line.number: line for line in sheet.lines[layout.last + 1 :]}
    for first, left, last, right in sheet.merged or ():
        at = next((at for at in sorted(layout.used) if left <= at <= right), None)
        if first < last and first in lines and at is not None:
            message = f"merged with the rows below, to row {last}: unmerge the cell and write its value into each row"
            yield reading.said(lines[first], at, message)


def _never_worked_out(reading: Reading, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Each column of formulas without a kept result, once."""
    for column in reading.layout.money:
        cells = [cell_of(entry.line, column.at) for entry in entries if column.at in entry.figures]
        if len(cells) > 1 and all(cell.kind == "uncalculated" for cell in cells):
            message = f"no figure of '{column.heading}' was ever worked out: open the workbook, save it, and try again"
            yield Finding(reading.sheet.place(reading.sheet.lines[reading.layout.last], column.at), message)


def _passed_over(reading: Reading) -> Iterator[Finding]:
    """Columns that nothing is taken from, and all of whose cells are units, currencies or figures that rows are of."""
    sheet, layout = reading.sheet, reading.layout
    for at, heading in enumerate(layout.headings):
        texts = {cell_of(line, at).text.strip() for line in sheet.lines[layout.last + 1 :]} - {""}
        if at in layout.used or not texts or len(texts) > _FEW:
            continue
        if all(unit_of(text) or text.upper() in CURRENCIES for text in texts):
            what = "units or currencies: say --columns unit=… or currency=…"
        elif all(_FIGURES.fullmatch(text) for text in texts):
            what = "which figure a row is of, and a ledger keeps these apart: save them as columns, or each by itself"
        else:
            continue
        message = f"'{heading or at + 1}' is not used, and holds {what}"
        yield Finding(sheet.place(sheet.lines[layout.last], at), message)


def _looks_like_a_sum(reading: Reading, entries: Sequence[Entry], parts: Collection[int]) -> Iterator[Finding]:
    """The first or the last row, without a code or an id, where it comes to all others together."""
    lines = [one for at, one in enumerate(entries) if one.kind == "line" and at not in parts]
    if len(lines) <= _LEAST or any(one.kind == "sum" for one in entries):
        return
    for one, others in ((lines[-1], lines[:-1]), (lines[0], lines[1:])):
        known = {at: amount for at, amount in one.known.items() if amount and amount.exact}
        if one.keys.get("code") or one.keys.get("id") or one.faults or not known:
            continue
        if all(_comes_to(amount, [other.known.get(at) for other in others]) for at, amount in known.items()):
            name = one.keys.get("recipient") or one.name
            ask = "call it 'Summa' if it is their sum; if not, put a row 'Summa' below all"
            message = f"'{name}' comes to all other rows together: {ask}"
            yield Finding(reading.sheet.place(one.line), message)
            return


def _comes_to(amount: Amount, others: Sequence[Amount | None]) -> bool:
    known = [one for one in others if one]
    return len(known) >= _LEAST and all(one.exact for one in known) and add_up(known).interval == amount.interval


def _contradicted(reading: Reading) -> Iterator[Finding]:
    """Texts around the table that name a unit which is that of none of its columns."""
    columns = reading.layout.money
    if any(one.unit is None or one.told_by for one in columns):
        return
    factors = {one.unit.factor for one in columns if one.unit}
    for unit, number in reading.layout.captions.units:
        if unit.factor not in factors:
            line = next(line for line in reading.sheet.lines if line.number == number)
            names = ", ".join(f"'{one.heading}'" for one in columns)
            said = f"this says {unit.name(reading.currency)}, and the headings {names} do not"
            message = f"{said}: which unit holds is not clear"
            yield Finding(reading.sheet.place(line), message)
