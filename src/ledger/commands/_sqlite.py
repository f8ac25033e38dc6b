"""The whole book as an SQLite file, for `ledger export --format sqlite` without terms.

The tables are those of `ledger sql --schema`. A selection of lines is a Table, which `render/sqlite_.py` writes.
"""

from ledger.book import Book
from ledger.checks import Outcome
from ledger.output import fail
from ledger.store import StoreError, export_file


def book_as_sqlite(book: Book, outcome: Outcome) -> bytes:
    """The bytes of the file; what SQLite cannot hold ends the command."""
    try:
        return export_file(book, outcome.diagnostics)
    except StoreError as error:
        fail(str(error))
