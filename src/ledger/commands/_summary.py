"""Which table a summary is: one year's tree, one row a year, or sums by a side of the lines."""

from collections.abc import Sequence

from msgspec.structs import replace

from ledger.book import Book, top_up_from
from ledger.commands._selection import Chosen
from ledger.table import Table
from ledger.views.grouped import grouped
from ledger.views.summary import summary
from ledger.views.years import years


def table(book: Book, chosen: Chosen, terms: Sequence[str], *, by: str | None, date: str | None, unit: str) -> Table:
    """The table that the options ask for, with notes on what it leaves open."""
    about = _about(book, terms, by, date)
    single = len(chosen.years) == 1
    if by is not None:
        made = grouped(book, chosen.lines, by, unit=unit, title=about)
    elif single:
        alone = len(terms) == 1
        made = summary(
            book, chosen.lines, chosen.years[0], periods=chosen.periods, unit=unit, title=about, claims=alone
        )
    else:
        made = years(book, chosen.lines, unit=unit, title=about)
    return replace(made, notes=(*made.notes, *chosen.notes, *_dated(book, chosen, date)))


def _about(book: Book, terms: Sequence[str], by: str | None, date: str | None) -> str:
    parts = [book.title or "Ledger", " ".join(terms), f"by {by}" if by else "", f"as of {date}" if date else ""]
    return ", ".join(part for part in parts if part)


def _dated(book: Book, chosen: Chosen, date: str | None) -> tuple[str, ...]:
    """How many top-ups stand in the table by a date that is not a decision."""
    if date is None:
        return ()
    bases = [top_up_from(book, line, top_up)[1] for line in chosen.lines for top_up in line.top_ups]
    undecided = sum(1 for basis in bases if basis != "decided")
    if not undecided:
        return ()
    return (f"Top-ups without a decision date, counted from the earliest date of their sources: {undecided}.",)
