"""Our own tables of lines as CSV: what `ledger export`, `query` and `summary` write with `-f csv` or `csv-excel-sv`.

A money column X is four: X the number in kronor, X_low and X_high its limits, X_stated the words.
"""

import re

from ledger.diagnostic import Finding
from ledger.money import Amount, AmountError, Interval, read_amount
from ledger.statements._delimited import Record, delimiter_of, header_of, records
from ledger.statements._figures import read_decimal
from ledger.statements._statement import Refused, Role, Row, Statement, refused, stated

SURE = 4
_MONEY: dict[Role, str] = {"base": "base", "top-ups": "top_ups", "total": "total", "outcome": "outcome"}
_MARKS = ("id", "total", "total_low", "total_high", "total_stated", "year")


def recognises(text: str) -> int:
    """A header with the id and the four columns of a total."""
    return SURE if set(_MARKS) <= set(header_of(text, delimiter_of(text))) else 0


def read(text: str, path: str, unit: str | None) -> Statement | Refused:
    """Every line that has an id; the figures are in kronor, whatever `unit` is."""
    del unit
    delimiter = delimiter_of(text)
    header = header_of(text, delimiter)
    twice = {name for name in header if header.count(name) > 1}
    if twice:
        return tuple(refused(path, f"the column '{name}' is there twice") for name in sorted(twice))
    columns = {name: at for at, name in enumerate(header)}
    rows = []
    for record in records(text, delimiter, columns, path):
        row = _row(record, "," if delimiter == ";" else ".") if isinstance(record, Record) else record
        if isinstance(row, Finding):
            return (row,)
        rows.append(row)
    return Statement(f"an export of a ledger, {path}", "export", path, tuple(rows))


def _row(record: Record, mark: str) -> Row | Finding:
    years = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", record["year"], re.ASCII)
    if years is None:
        return Finding(record.place("year"), f"'{record['year']}' is not a year")
    figures: list[tuple[Role, Amount | None]] = []
    for role, name in _MONEY.items():
        try:
            figures.append((role, _amount(record, name, mark)))
        except AmountError as error:
            return Finding(record.place(name), f"{name}: {error}")
    return Row(
        record.place(),
        int(years[1]),
        int(years[2] or years[1]),
        _bare(record["full_code"]),
        _bare(record["title"]),
        record["kind"],
        _bare(record["recipient"]),
        id=_bare(record["id"]),
        figures=stated(figures),
    )


def _bare(text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from reading a text as a formula or a time."""
    return text.removeprefix("'")


def _amount(record: Record, name: str, mark: str) -> Amount | None:
    """The amount of a money column; its words say which of its ends are not included."""
    number, low, high = (read_decimal(record[f"{name}{end}"], "kr", mark) for end in ("", "_low", "_high"))
    words = _bare(record[f"{name}_stated"])
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
