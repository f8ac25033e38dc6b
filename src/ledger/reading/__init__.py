"""Ledger files → the Book: text, located data, typed records, and every fault on the way."""

from ledger.reading.loading import Loaded, bytes_of, ledger_files, load, load_lines, load_text, load_texts

__all__ = ["Loaded", "bytes_of", "ledger_files", "load", "load_lines", "load_text", "load_texts"]
