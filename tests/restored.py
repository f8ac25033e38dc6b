"""SQLite → Book and findings: what a database holds of a ledger, so that a test can tell whether that is all of it."""

import sqlite3
from collections.abc import Iterator

from ledger.book import Book
from ledger.diagnostic import Diagnostic, Hint, Related
from ledger.store import sqlite_to_book
from ledger.store.layout import is_ours
from ledger.store.rows import Row
from ledger.store.sqlite_to_book import _gathered, _place, _rows


def restore(connection: sqlite3.Connection) -> Book:
    """The book that was put in, equal in every field."""
    assert is_ours(connection)
    return sqlite_to_book.restore(connection)


def restore_findings(connection: sqlite3.Connection) -> tuple[Diagnostic, ...]:
    """The findings that were put in."""
    return tuple(_findings(connection))


def _findings(connection: sqlite3.Connection) -> Iterator[Diagnostic]:
    notes = _gathered((row["finding_id"], row) for row in _rows(connection, "finding_notes"))
    for row in _rows(connection, "findings"):
        mine = notes.get(row["id"], ())
        yield Diagnostic(
            row["check_id"],
            row["severity"],
            _place(row),
            row["message"],
            row["text"] or "",
            tuple(Related(_place(note), note["message"], note["text"] or "") for note in mine if note["kind"] is None),
            tuple(_hint(note) for note in mine if note["kind"] is not None),
            row["help"] or "",
        )


def _hint(note: Row) -> Hint:
    place = None if note["file"] is None else _place(note)
    return Hint(note["kind"], note["message"], place, note["text"] or "")
