"""What an export says about itself: the ledger and its checksum, the query, the program."""

from collections.abc import Sequence
from pathlib import Path

from ledger import __version__
from ledger.book import Book
from ledger.reading.checksum import checksum
from ledger.reading.finding import is_shipped


def query_of(directory: Path, book: Book, lines: int, terms: Sequence[str], date: str | None) -> dict[str, str]:
    """The rows of the sheet or table `query`; only the shipped data has a licence that is known."""
    return {
        "ledger": book.title,
        "query": " ".join(terms),
        "as_of": date or "",
        "lines": str(lines),
        "currency": book.currency,
        "checksum": f"sha256:{checksum(directory)}",
        "licence": "CC0-1.0" if is_shipped(directory) else "",
        "program": f"gender-budget-ledger {__version__}",
    }
