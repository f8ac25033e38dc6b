"""The monthly expenditure file of Statskontoret, formerly ESV: outcomes by sub-item and agency, months as columns.

It has no budget figures. A month without a figure is not reported, which is not zero. Months are not revised, but for
December, which is preliminary first.
"""

from collections.abc import Iterator

from msgspec import Struct, field

from ledger.diagnostic import Finding, Place
from ledger.money import Amount, AmountError, Interval, derived
from ledger.statements._appropriation_codes import item_code
from ledger.statements._decimals import read_decimal
from ledger.statements._delimited import MOST_KEPT, MOST_READ, Record, delimiter_of, header_of, records, same
from ledger.statements._statement import Refused, Row, Statement, refused
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


Key = tuple[int, str, str, str, str, str]
"""Year, code, item, name, agency and its number of what outcomes are gathered for; an appropriation has no item."""


class _Gathered(Struct):
    """The outcomes, in öre, that lie in one appropriation or item of a year, and the months that some row lacks."""

    place: Place
    low: int = 0
    high: int = 0
    stated: bool = False
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
    inside: dict[Key, _Gathered] = {}
    aside: dict[Key, _Gathered] = {}
    known: dict[str, Amount | None] = {}
    for record in records(text, ";", columns, path, MOST_READ):
        if isinstance(record, Finding):
            return (record,)
        fault = _gather(record, inside if record["Utgiftsområde"] else aside, known)
        if fault:
            return (fault,)
        if len(inside) + len(aside) > MOST_KEPT:
            return (refused(path, f"more appropriations and items than are read: {MOST_KEPT}", record.line),)
    notes = ("The statement has no budget figures; the share used is of the ledger's total.",)
    rows, off = (tuple(_row(*pair) for pair in found.items()) for found in (inside, aside))
    title = f"expenditure by month, {path}"
    return Statement(title, "monthly expenditure", path, rows, "areas", aside=off, notes=notes)


def _gather(record: Record, found: dict[Key, _Gathered], known: dict[str, Amount | None]) -> Finding | None:
    """Add a row's months to its appropriation and to its item. `known` keeps figures that were read before."""
    year = year_of(record)
    if isinstance(year, Finding):
        return year
    keys = list(_keys(record, year))
    groups = [found.get(key) or found.setdefault(key, _Gathered(record.place())) for key in keys]
    for at, column in enumerate(_OUTCOMES):
        text = record[column]
        if text not in known:
            try:
                known[text] = read_decimal(text, "mnkr")
            except AmountError as error:
                return Finding(record.place(column), f"{column}: {error}")
        amount = known[text]
        for group in groups:
            if amount is None:
                group.lacking.add(at)
            else:
                group.low += amount.interval.low or 0
                group.high += amount.interval.high or 0
                group.stated = True
    return None


def _keys(record: Record, year: int) -> Iterator[Key]:
    code = code_of(record)
    name = record["Anslagsnamn utfallsår"] or record["Anslagsnamn"]
    yield year, code, "", name, "", ""
    own = record["Anslagspost utfallsår"]
    post = item_code(own or record["Anslagspost"], "".join(record["Anslag utfallsår" if own else "Anslag"].split()))
    if code and post:
        title = record["Anslagspostsnamn utfallsår"] or record["Anslagspostsnamn"]
        yield year, code, post, title, record["Myndighet"], record["Organisationsnummer"]


def _row(key: Key, group: _Gathered) -> Row:
    year, code, post, name, agency, number = key
    return Row(
        group.place,
        year,
        year,
        f"{code} {post}".strip(),
        name,
        "item" if post else "appropriation",
        agency,
        number,
        figures={"outcome": derived(Interval(group.low, group.high))} if group.stated else {},
        derived=True,
        partial=_partial(sorted(group.lacking)),
    )


def _partial(lacking: list[int]) -> str:
    """Which months of the year are not in the outcome."""
    names = [MONTHS[at] for at in lacking]
    if len(names) == len(MONTHS):
        return "no month has a figure"
    if len(names) > 2 and names == list(MONTHS[-len(names) :]):
        return f"no figure after {MONTHS[-len(names) - 1]}"
    return f"no figure for {', '.join(names)}" if names else ""
