"""The monthly expenditure file of Statskontoret, formerly ESV: outcomes by sub-item and agency, months as columns.

It has no budget figures. A month without a figure is not reported, which is not zero. Months are not revised, but for
December, which is preliminary first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ledger.diagnostic import Finding, Place
from ledger.money import Amount, AmountError, add_up
from ledger.statements._codes import appropriation_code, item_code
from ledger.statements._delimited import Record, delimiter_of, header_of, records, same
from ledger.statements._figures import read_decimal
from ledger.statements._statement import Refused, Row, Statement
from ledger.statements.expenditure import code_of, opened, year_of

SURE = 3
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_LATEST = (
    *("Utgiftsområde", "Utgiftsområdesnamn", "Anslag", "Anslagsnamn"),
    *("Anslagspost", "Anslagspostsnamn", "Anslagsdelpost", "Anslagsdelpostsnamn"),
)
_OUTCOMES = tuple(f"Utfall {month}" for month in MONTHS)
COLUMNS = (*_LATEST, *(f"{name} utfallsår" for name in _LATEST), "Myndighet", "Organisationsnummer", "År", *_OUTCOMES)
_NEEDED = ("Utgiftsområde", "Anslag", "Anslagsnamn", "Anslagspost", "Myndighet", "År", *_OUTCOMES)


@dataclass
class _Gathered:
    """The outcomes that lie in one appropriation or item of a year, and the months that some row of it lacks."""

    place: Place
    year: int
    code: str
    name: str
    kind: str
    recipient: str = ""
    org_number: str = ""
    amounts: list[Amount] = field(default_factory=list)
    lacking: set[int] = field(default_factory=set)


def recognises(text: str) -> int:
    """A header with an outcome of a month and the appropriation's columns."""
    names = {same(name) for name in header_of(text, delimiter_of(text))}
    months = names & {same(name) for name in _OUTCOMES}
    return SURE if months and names & {same(name) for name in ("Anslag", "Utgiftsområde", "Anslagspost")} else 0


def read(text: str, path: str, unit: str | None) -> Statement | Refused:
    """The outcome of every appropriation, and of every item and agency in it. The unit is always mnkr."""
    del unit
    columns = opened(text, path, COLUMNS, _NEEDED)
    if not isinstance(columns, dict):
        return columns
    inside: dict[tuple[object, ...], _Gathered] = {}
    aside: dict[tuple[object, ...], _Gathered] = {}
    for record in records(text, ";", columns, path):
        if isinstance(record, Finding):
            return (record,)
        fault = _gather(record, inside if record["Utgiftsområde"] else aside)
        if fault:
            return (fault,)
    notes = ("The statement has no budget figures; the share used is of the ledger's total.",)
    rows = tuple(map(_row, inside.values()))
    title = f"expenditure by month, {path}"
    return Statement(
        title, "monthly expenditure", path, rows, "areas", aside=tuple(map(_row, aside.values())), notes=notes
    )


def _gather(record: Record, found: dict[tuple[object, ...], _Gathered]) -> Finding | None:
    """Add a row's months to its appropriation and to its item."""
    year = year_of(record)
    if isinstance(year, Finding):
        return year
    amounts: list[Amount | None] = []
    for column in _OUTCOMES:
        try:
            amounts.append(read_decimal(record[column], "mnkr"))
        except AmountError as error:
            return Finding(record.place(column), f"{column}: {error}")
    for key, group in _groups(record, year):
        into = found.setdefault(key, group)
        into.amounts += [amount for amount in amounts if amount]
        into.lacking |= {at for at, amount in enumerate(amounts) if amount is None}
    return None


def _groups(record: Record, year: int) -> Iterable[tuple[tuple[object, ...], _Gathered]]:
    code = code_of(record)
    name = record["Anslagsnamn utfallsår"] or record["Anslagsnamn"]
    yield (year, code, name), _Gathered(record.place(), year, code, name, "appropriation")
    own = record["Anslagspost utfallsår"]
    post = item_code(own or record["Anslagspost"], "".join(record["Anslag utfallsår" if own else "Anslag"].split()))
    agency, number = record["Myndighet"], record["Organisationsnummer"]
    if code and appropriation_code(code) and post:
        title = record["Anslagspostsnamn utfallsår"] or record["Anslagspostsnamn"]
        item = _Gathered(record.place(), year, f"{code} {post}", title, "item", agency, number)
        yield (year, code, post, agency, number), item


def _row(group: _Gathered) -> Row:
    lacking = [MONTHS[at] for at in sorted(group.lacking)]
    partial = f"no figure for {', '.join(lacking)}" if lacking else ""
    if len(lacking) > 2 and lacking == list(MONTHS[-len(lacking) :]):
        partial = (
            f"no figure after {MONTHS[-len(lacking) - 1]}" if len(lacking) < len(MONTHS) else "no month has a figure"
        )
    return Row(
        group.place,
        group.year,
        group.year,
        group.code,
        group.name,
        group.kind,
        group.recipient,
        group.org_number,
        figures={"outcome": add_up(group.amounts)} if group.amounts else {},
        derived=True,
        partial=partial,
    )
