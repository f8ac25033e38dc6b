"""The yearly expenditure file of Statskontoret, formerly ESV: one row an appropriation and year, in mnkr.

Its columns are looked up by name. History is shown in the latest structure; columns that end in `utfallsår` hold the
code and name of the year itself.
"""

from collections.abc import Mapping

from ledger.diagnostic import Finding
from ledger.money import ZERO, Amount, AmountError, range_words
from ledger.statements._appropriation_codes import appropriation_code
from ledger.statements._decimals import read_decimal
from ledger.statements._delimited import Record, columns_of, delimiter_of, header_of, records, same
from ledger.statements._statement import Refused, Row, Statement, refused, stated

SURE = 3
IN, BUDGET, AMENDING, WITHDRAWN = "Ingående överföringsbelopp", "Statens budget", "Ändringsbudgetar", "Indragningar"
EXCEEDED, OUTCOME, CREDIT = "Utnyttjad del av medgivet överskridande", "Utfall", "Anslagskredit"
OUT = "Utgående överföringsbelopp"
FIGURES = (IN, BUDGET, AMENDING, WITHDRAWN, EXCEEDED, OUTCOME, CREDIT, OUT)
_LATEST = ("Utgiftsområde", "Utgiftsområdesnamn", "Anslag", "Anslagsnamn")
COLUMNS = (*_LATEST, *(f"{name} utfallsår" for name in _LATEST), "År", *FIGURES)
_NEEDED = ("Utgiftsområde", "Anslag", "Anslagsnamn", "År", *FIGURES)
_LIKE = 5
"""Columns of these names that make a header one of this file, so that a changed one is refused and not passed on."""


def recognises(text: str) -> int:
    """A header with several of the file's names, whatever splits them, and no months."""
    names = {same(name) for name in header_of(text, delimiter_of(text))}
    known = {same(name) for name in COLUMNS}
    months = any(name.startswith("utfall") and name not in known for name in names)
    return SURE if len(names & known) >= _LIKE and not months else 0


def read(text: str, path: str, unit: str | None) -> Statement | Refused:
    """Base is the state's budget, top-ups the amending budgets. The unit is always mnkr, whatever is asked for."""
    del unit
    columns = opened(text, path, COLUMNS, _NEEDED)
    if not isinstance(columns, dict):
        return columns
    rows: list[Row] = []
    aside: list[Row] = []
    for record in records(text, ";", columns, path):
        if isinstance(record, Finding):
            return (record,)
        row = _row(record)
        if isinstance(row, Finding):
            return (row,)
        (rows if record["Utgiftsområde"] else aside).append(row)
    title = f"expenditure by year, {path}"
    notes = ("The statement's figures are Statens budget as base and Ändringsbudgetar as top-ups.",)
    return Statement(title, "yearly expenditure", path, tuple(rows), "areas", aside=tuple(aside), notes=notes)


def opened(text: str, path: str, known: tuple[str, ...], needed: tuple[str, ...]) -> dict[str, int] | Refused:
    """The columns of an outcome file, which splits its fields by semicolons."""
    delimiter = delimiter_of(text)
    if delimiter != ";":
        shown = "tabs" if delimiter == "\t" else f"'{delimiter}'"
        return (refused(path, f"the fields are split by {shown}: outcome files split them by ';'"),)
    return columns_of(header_of(text, ";"), known, needed, path)


def year_of(record: Record) -> int | Finding:
    """The year of a row."""
    text = record["År"]
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        return Finding(record.place("År"), f"'{text}' is not a year")
    return int(text)


def code_of(record: Record) -> str:
    """The appropriation's code in the structure of the row's own year, where the file tells it."""
    own = appropriation_code(record["Anslag utfallsår"], record["Utgiftsområde utfallsår"])
    return own or appropriation_code(record["Anslag"], record["Utgiftsområde"])


def _row(record: Record) -> Row | Finding:
    year = year_of(record)
    if isinstance(year, Finding):
        return year
    figures: dict[str, Amount | None] = {}
    for column in FIGURES:
        try:
            figures[column] = read_decimal(record[column], "mnkr")
        except AmountError as error:
            return Finding(record.place(column), f"{column}: {error}")
    code = code_of(record)
    notes = []
    if not code and record["Utgiftsområde"]:
        notes.append(f"'{record['Anslag']}' is not a code of an appropriation, such as 1303001")
    finer = [column for column, amount in figures.items() if amount and not amount.exact]
    if finer:
        notes.append(f"finer than an öre: {', '.join(finer)}")
    return Row(
        record.place(),
        year,
        year,
        code,
        record["Anslagsnamn utfallsår"] or record["Anslagsnamn"],
        "appropriation",
        figures=stated((("base", figures[BUDGET]), ("top-ups", figures[AMENDING]), ("outcome", figures[OUTCOME]))),
        notes=tuple(notes),
        faults=_carried_over(record, figures),
        places={"base": record.place(BUDGET), "top-ups": record.place(AMENDING), "outcome": record.place(OUTCOME)},
    )


def _carried_over(record: Record, figures: Mapping[str, Amount | None]) -> tuple[Finding, ...]:
    """Carried in + budget + amending budgets - withdrawn + excess used - outcome = carried out, if all are stated."""
    signs = {IN: 1, BUDGET: 1, AMENDING: 1, WITHDRAWN: -1, EXCEEDED: 1, OUTCOME: -1, OUT: -1}
    known = {column: amount.interval for column in signs if (amount := figures[column])}
    if len(known) < len(signs):
        return ()
    gap = sum((known[column] if sign > 0 else -known[column] for column, sign in signs.items()), ZERO)
    if gap.meets(ZERO):
        return ()
    more = gap if gap.above(ZERO) else -gap
    by = f"{range_words(more, 'mnkr')} mnkr {'more' if more is gap else 'less'}"
    message = f"the row does not add up: what it lists comes to {by} than its '{OUT}'"
    if (gap + known[WITHDRAWN] + known[WITHDRAWN]).meets(ZERO):
        message += f"; it does with '{WITHDRAWN}' added, not taken away"
    return (Finding(record.place(OUT), message),)
