"""The Book ↔ SQLite: for questions in SQL, as an export, and back from one. Only this package knows the layout."""

from ledger.store.asking import Answer, Limits, Scalar, ask
from ledger.store.filling import export_file, fill
from ledger.store.layout import StoreError, is_ours, schema

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
