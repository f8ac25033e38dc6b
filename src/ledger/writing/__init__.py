"""Records → YAML text, put into files: every other byte is kept, and a change is whole or not at all."""

from ledger.writing.file_changes import Change, ChangedMeanwhileError, as_diff, text_of, write
from ledger.writing.inserting import insert
from ledger.writing.top_ups import add_top_up, unit_in_scope
from ledger.writing.yaml_records import Record, new_file
from ledger.writing.yaml_scalars import CannotWriteError, Value

__all__ = [
    "CannotWriteError",
    "Change",
    "ChangedMeanwhileError",
    "Record",
    "Value",
    "add_top_up",
    "as_diff",
    "insert",
    "new_file",
    "text_of",
    "unit_in_scope",
    "write",
]
