"""The Book ↔ SQLite: for questions in SQL, as an export, and as a cache. Only this package knows the layout."""

from ledger.store.asking import Answer, Limits, Scalar, ask
from ledger.store.filling import export_file, fill
from ledger.store.layout import LAYOUT, StoreError, schema
from ledger.store.restoring import restore, restore_findings

__all__ = [
    "LAYOUT",
    "Answer",
    "Limits",
    "Scalar",
    "StoreError",
    "ask",
    "export_file",
    "fill",
    "restore",
    "restore_findings",
    "schema",
]
