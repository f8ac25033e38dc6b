"""What sources say about sums over many lines, and how much of it the ledger has on record."""

from msgspec.structs import replace

from ledger.book import Book, Claim, Sum, add_level
from ledger.money import Amount
from ledger.query import claimed
from ledger.table import Column, Money, Row, Share, Table
from ledger.views._lines import sum_cell, units_for

COLUMNS = (
    Column("claim", "text", "Claim", only="people"),
    Column("id", only="machine"),
    Column("year", "integer", only="machine"),
    Column("title", only="machine"),
    Column("amount", "money", "Claimed"),
    Column("recorded", "money", "Recorded"),
    Column("share", "share", "Share"),
    Column("about", only="machine"),
    Column("coverage", only="machine"),
    Column("source", "list", only="machine"),
    Column("file", only="machine"),
    Column("line", "integer", only="machine"),
)


ALL = 1000
"""The whole, in per mille."""


def claims_table(book: Book, year: int) -> Table:
    """The claims about a year, each with what the lines it is about come to."""
    rows = tuple(_row(book, claim) for claim in book.claims.values() if claim.year == year)
    return Table("Claims", COLUMNS, rows, units=units_for(rows, "auto"), currency=book.currency)


def recorded(book: Book, claim: Claim) -> Sum | None:
    """What the lines that a claim is about come to: `None` when there are none, or none that can be summed."""
    lines = claimed(book, claim).lines
    return add_level(book, lines) if len({line.level for line in lines}) == 1 else None


def share_of(part: Amount | None, whole: Amount) -> Share | None:
    """The share of `whole` that `part` may be, from the smallest to the largest, in per mille.

    Of a whole without an upper limit it may be next to nothing; a part without one may be the whole.
    """
    if part is None or part.interval.low is None or part.interval.low < 0:
        return None
    least, most = whole.interval.low, whole.interval.high
    if least is None or least <= 0:
        return None
    low = 0 if most is None else _per_mille(part.interval.low, most)
    high = max(low, ALL) if part.interval.high is None else _per_mille(part.interval.high, least)
    return Share(low, high)


def _per_mille(part: int, whole: int) -> int:
    return (2 * ALL * part + whole) // (2 * whole)


def _row(book: Book, claim: Claim) -> Row:
    found = recorded(book, claim)
    place = claim.at()
    amount = Money(replace(claim.amount.amount, words=claim.amount.stated_as), claim.amount.how)
    cell = sum_cell(found) if found else Money(None, "stated", _why_none(claim))
    cells = (
        claim.title,
        claim.id,
        claim.year,
        claim.title,
        amount,
        cell,
        share_of(cell.amount, claim.amount.amount),
        claim.about or None,
        "complete" if claim.complete else "partial",
        claim.amount.sources or claim.sources,
        place.path,
        place.line,
    )
    return Row(cells)


def _why_none(claim: Claim) -> str:
    return "nothing" if claim.about else "not compared"
