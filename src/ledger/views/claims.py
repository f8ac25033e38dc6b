"""What sources say about sums over many lines, and how much of it the ledger has on record."""

from dataclasses import replace

from ledger.book import Book, Claim, Sum, add_level
from ledger.money import Amount
from ledger.query import claimed
from ledger.table import Column, Money, Row, Share, Table
from ledger.views._lines import units_for

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


def claims_table(book: Book, year: int) -> Table:
    """The claims about a year, each with what the lines it is about come to."""
    rows = tuple(_row(book, claim) for claim in book.claims.values() if claim.year == year)
    return Table("Claims", COLUMNS, rows, units=units_for(rows, "auto"), currency=book.currency)


def recorded(book: Book, claim: Claim) -> Sum | None:
    """What the lines that a claim is about come to: `None` when there are none, or none that can be summed."""
    lines = claimed(book, claim).lines
    return add_level(book, lines) if len({line.level for line in lines}) == 1 else None


def share_of(part: Amount, whole: Amount) -> Share | None:
    """The share of `whole` that `part` may be, from the smallest to the largest, in per mille."""
    low, high = part.interval.low, part.interval.high
    least, most = whole.interval.low, whole.interval.high
    if low is None or not least or least < 0 or low < 0:
        return None
    top = high if high is not None else low
    return Share(_per_mille(low, most or least), _per_mille(top, least))


def _per_mille(part: int, whole: int) -> int:
    return (2000 * part + whole) // (2 * whole)


def _row(book: Book, claim: Claim) -> Row:
    found = recorded(book, claim)
    place = claim.at()
    amount = Money(replace(claim.amount.amount, words=claim.amount.stated_as), claim.amount.how)
    cells = (
        claim.title,
        claim.id,
        claim.year,
        claim.title,
        amount,
        Money(found.amount, "sum") if found else Money(None, "stated", _why_none(claim)),
        share_of(found.amount, claim.amount.amount) if found else None,
        claim.about or None,
        "complete" if claim.complete else "partial",
        claim.amount.sources or claim.sources,
        place.path,
        place.line,
    )
    return Row(cells)


def _why_none(claim: Claim) -> str:
    return "nothing" if claim.about else "not compared"
