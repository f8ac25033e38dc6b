"""What an export says about itself: the ledger and its checksum, the query, the program."""

from collections.abc import Sequence

from ledger import __version__
from ledger.commands._open import Opened, checksum_of
from ledger.finding import Found, is_shipped


def query_of(found: Found, ledger: Opened, lines: int, terms: Sequence[str], date: str | None) -> dict[str, str]:
    """The rows of the sheet or table `query`; only the shipped data has a licence that is known."""
    return {
        "ledger": ledger.book.title,
        "query": " ".join(terms),
        "as_of": date or "",
        "lines": str(lines),
        "currency": ledger.book.currency,
        "checksum": f"sha256:{checksum_of(found, ledger)}",
        "licence": "CC0-1.0" if is_shipped(found.directory) else "",
        "program": f"gender-budget-ledger {__version__}",
    }
