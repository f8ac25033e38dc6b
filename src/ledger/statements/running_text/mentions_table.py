"""The amounts that documents name, as a table and as the records of one JSON document."""

from collections import Counter
from collections.abc import Sequence

from ledger.money import ORE, Amount, Interval, auto_unit, plain_kronor, range_words, unit_name
from ledger.statements.running_text.mentions import Mention
from ledger.table import Cell, Column, Money, Row, Table

_COLUMNS = (
    Column("place", heading="Place", only="people"),
    Column("path", only="machine"),
    Column("line", "integer", only="machine"),
    Column("column", "integer", only="machine"),
    Column("text", heading="Words"),
    Column("reading", heading="Amount", only="people"),
    Column("amount", "money", only="machine"),
    Column("currency", only="machine"),
    Column("role", heading="Role"),
    Column("year", heading="Year"),
    Column("unreadable", heading="Why it is not read"),
)

_MILLION = 10**6 * ORE
"""Below it, figures are written as kronor: `5 000 kr`, not `5 tkr`."""


def listed(mentions: Sequence[Mention], paths: Sequence[str], *, unit: str = "auto") -> Table:
    """A row for each amount, in the order of the files; `unit` is that of figures, where one is chosen for all."""
    name = f"Amounts of money in {paths[0] if len(paths) == 1 else f'{len(paths)} files'}"
    rows = tuple(_row(one, unit, path=len(paths) > 1) for one in mentions)
    return Table(name, _COLUMNS, rows, notes=(_counts(mentions),) if mentions else ())


def record(mention: Mention, *, path: bool) -> dict[str, str | int | None]:
    """An amount in the words of machines: its limits in plain kronor, or units of its own currency; empty is null."""
    found = mention.found
    low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
    fields: dict[str, str | int | None] = {"path": mention.place.path} if path else {}
    return fields | {
        "text": found.text,
        "low": None if low is None else plain_kronor(low),
        "high": None if high is None else plain_kronor(high),
        "currency": found.currency or None,
        "line": mention.place.line,
        "column": mention.place.column,
        "role": found.role or None,
        "year": found.year or None,
        "unreadable": found.unreadable or None,
    }


def _row(mention: Mention, unit: str, *, path: bool) -> Row:
    place, found = mention.place, mention.found
    amount = Amount(found.interval, found.number, found.text, "range") if found.interval else None
    reading = _words(found.interval, found.currency or "", unit) if found.interval else "not read"
    cells: tuple[Cell, ...] = (
        str(place) if path else f"{place.line}:{place.column}",
        place.path,
        place.line,
        place.column,
        found.text,
        reading,
        Money(amount) if amount else None,
        found.currency or None,
        found.role or None,
        found.year or None,
        found.unreadable or None,
    )
    return Row(cells)


def _words(interval: Interval, currency: str, unit: str) -> str:
    """The limits with their unit: `600–700 mnkr`, `at least 50 000 kr`, `1,5 million EUR`."""
    ends = [end for end in (interval.low, interval.high) if end is not None]
    suited = auto_unit(ends) if any(abs(end) >= _MILLION for end in ends) else "kr"
    chosen = suited if unit == "auto" else unit
    return f"{range_words(interval, chosen)} {unit_name(chosen, currency)}"


def _counts(mentions: Sequence[Mention]) -> str:
    """How many amounts there are of each currency, and how many cannot be read."""
    unreadable = sum(bool(one.found.unreadable) for one in mentions)
    read = Counter(one.found.currency or "" for one in mentions if not one.found.unreadable)
    counts = [f"{read.pop('SEK')} in kronor"] if "SEK" in read else []
    counts += [f"{number} in {currency}" for currency, number in sorted(read.items())]
    counts += [f"{unreadable} not read"] if unreadable else []
    return f"{len(mentions)} amount{'s' * (len(mentions) != 1)}: {', '.join(counts)}."
