"""The Book ↔ SQLite: for questions in SQL, as an export, and back from one. Only this package knows the layout."""

from ledger.store.book_to_sqlite import export_file, fill
from ledger.store.layout import StoreError, is_ours, schema
from ledger.store.sql_questions import Answer, Limits, Scalar, ask

__all__ = [
    "Answer",
    "Limits",
    "Scalar",
    "StoreError",
    "ask",
    "export_file",
    "fill",
    "is_ours",
    "schema",
]
