"""Any table in CSV with a code, an id or a recipient, a year, and an amount: columns by their usual names."""

import re
from collections.abc import Mapping

from msgspec import Struct

from ledger.diagnostic import Finding
from ledger.money import Amount, AmountError, read_amount, unit_factor
from ledger.statements._codes import appropriation_code
from ledger.statements._delimited import Record, delimiter_of, header_of, records, same
from ledger.statements._statement import Refused, Role, Row, Statement, refused, stated

PERHAPS = 1
_KEYS: dict[str, tuple[str, ...]] = {
    "id": ("id", "line", "key"),
    "code": ("code", "full_code", "kod", "anslag", "anslagskod", "anslagsnummer", "appropriation"),
    "recipient": ("recipient", "mottagare", "agency", "myndighet", "recipient_name"),
    "org_number": ("org_number", "organisationsnummer", "orgnr", "org.nr"),
    "year": ("year", "år", "budgetår", "budgetåret"),
    "kind": ("kind",),
    "name": ("title", "name", "namn", "benämning", "anslagsnamn"),
}
_FIGURES: dict[Role, tuple[str, ...]] = {
    "base": ("base", "budget", "statens budget", "ursprunglig"),
    "top-ups": ("top_ups", "top-ups", "ändringsbudgetar", "tillskott"),
    "total": ("total", "amount", "belopp", "summa", "totalt", "sum"),
    "outcome": ("outcome", "utfall"),
}
_LONGEST_NAME = 200
"""Characters; the time that a longer one takes, if it is all spaces, grows with the cube of it."""

_UNIT = re.compile(r"(.*?)[\s_]*[(\[,]?[\s_]*(kr|sek|kronor|tkr|kkr|mnkr|mkr|msek|mdkr)[)\]]?", re.IGNORECASE)


class _Layout(Struct, frozen=True):
    """What was made of a header: the index of each column by its meaning, and the unit of each figure's."""

    columns: Mapping[str, int]
    units: Mapping[str, str | None]


def recognises(text: str) -> int:
    """Several columns, one of them a year, an amount or what a line is told by."""
    names = {_unit_of(name)[0] for name in header_of(text, delimiter_of(text))}
    known = {same(word) for words in (*_KEYS.values(), *_FIGURES.values()) for word in words}
    return PERHAPS if len(names) > 1 and names & known else 0


def read(text: str, path: str, unit: str | None) -> Statement | Refused:
    """One row a line; `unit` is that of bare amounts under a column that does not name its own."""
    delimiter = delimiter_of(text)
    header = header_of(text, delimiter)
    layout = _layout(header, path)
    if not isinstance(layout, _Layout):
        return layout
    if unit is not None:
        try:
            unit_factor(unit)
        except AmountError as error:
            return (refused(path, str(error)),)
    rows = []
    for record in records(text, delimiter, layout.columns, path):
        row = _row(record, layout, unit) if isinstance(record, Record) else record
        if isinstance(row, Finding):
            return (row,)
        rows.append(row)
    ignored = [name for at, name in enumerate(header) if at not in layout.columns.values()]
    notes = (f"Columns of the statement that are not used: {', '.join(ignored)}.",) if ignored else ()
    return Statement(f"table of amounts, {path}", "table", path, tuple(rows), notes=notes)


def _unit_of(name: str) -> tuple[str, str | None]:
    """A column's name as it is compared, and the unit it names: `Belopp (tkr)`, `total_tkr`."""
    match = _UNIT.fullmatch(name.strip()) if len(name) <= _LONGEST_NAME else None
    return (same(match[1]), match[2].lower()) if match and match[1] else (same(name), None)


def _layout(header: list[str], path: str) -> _Layout | Refused:
    columns: dict[str, int] = {}
    units: dict[str, str | None] = {}
    meanings = {same(word): key for key, words in (*_KEYS.items(), *_FIGURES.items()) for word in words}
    wrong = []
    for at, written in enumerate(header):
        name, unit = _unit_of(written)
        meaning = meanings.get(name) or meanings.get(same(written))
        if meaning in columns:
            wrong.append(f"two columns of one meaning: '{header[columns[meaning]]}' and '{written}'")
        elif meaning:
            columns[meaning], units[meaning] = at, unit
    if not columns.keys() & {"id", "code", "recipient", "org_number"}:
        wrong.append(f"no column tells the lines: name one id, code or recipient (there are {', '.join(header)})")
    if "year" not in columns and "id" not in columns:
        wrong.append(f"no column 'year' (there are {', '.join(header)})")
    if not columns.keys() & _FIGURES.keys():
        wrong.append(f"no column of amounts: name one amount, total or base (there are {', '.join(header)})")
    return tuple(refused(path, message) for message in wrong) if wrong else _Layout(columns, units)


def _row(record: Record, layout: _Layout, unit: str | None) -> Row | Finding:
    year = record["year"]
    if not re.fullmatch(r"\d{4}", year, re.ASCII) and (year or not record["id"]):
        return Finding(record.place("year"), f"'{year}' is not a year")
    figures: list[tuple[Role, Amount | None]] = []
    for role in _FIGURES:
        text = record[role]
        try:
            figures.append((role, read_amount(text, layout.units.get(role) or unit) if text else None))
        except AmountError as error:
            unknown = " has no unit: " in str(error)
            said = f"'{text}' has no unit: say it with --unit, or in the column's name, as in 'total (tkr)'"
            return Finding(record.place(role), said if unknown else str(error))
    code = record["code"]
    known = appropriation_code(code) or code
    return Row(
        record.place(),
        int(year or 0),
        int(year or 0),
        known,
        record["name"],
        record["kind"],
        record["recipient"],
        record["org_number"],
        record["id"],
        stated(figures),
        places={role: record.place(role) for role in _FIGURES if role in layout.columns},
    )
