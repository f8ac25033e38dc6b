"""The ledger for programs in Python: `from ledger import open_ledger`. What is public is listed in docs/api.md."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from ledger.book import Book, Level, Line, Sum, add_level, as_of, by_level
from ledger.checks import run
from ledger.diagnostic import Diagnostic
from ledger.discovery import find_ledger
from ledger.query import Query, parse, select
from ledger.reading import load
from ledger.reading.field_formats import is_date
from ledger.render import CannotWriteError
from ledger.render import load as load_format
from ledger.table import Table
from ledger.views.matches import matches
from ledger.views.summary import summary


class LedgerError(Exception):
    """A ledger that cannot be opened, terms that mean nothing, or a table that cannot be written.

    `diagnostics` are the faults of reading, where these are the reason.
    """

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics


class Ledger(Struct, frozen=True):
    """A ledger as it was read: its `book`, as of a day where one was asked for, and what the checks found in all of it.

    `whole` is the book of every day. Terms are those of the command line; no terms choose every line.
    """

    directory: Path
    book: Book
    whole: Book
    findings: tuple[Diagnostic, ...]

    def lines(self, *terms: str) -> tuple[Line, ...]:
        """The lines that the terms select, in the order of the files. Raises LedgerError for an unknown term."""
        query = parse(terms, self.whole)
        if not isinstance(query, Query):
            raise LedgerError("; ".join(error.message for error in query))
        return select(query, self.book).lines

    def sums(self, *terms: str) -> dict[Level, Sum]:
        """What the selected lines come to, level by level, every krona once; amounts are intervals of öre."""
        levels = by_level(self.lines(*terms))
        return {level: add_level(self.book, lines) for level, lines in levels.items()}

    def query(self, *terms: str) -> Table:
        """The selected lines, a row each."""
        return matches(self.book, self.lines(*terms), title=self.book.title)

    def summary(self, year: int, *terms: str) -> Table:
        """The selected lines of a year as a tree, with a sum a level, and the claims where no terms are given."""
        return summary(self.book, self.lines(f"year:{year}", *terms), year, claims=not terms)


def open_ledger(directory: str | os.PathLike[str] | None = None, *, date: str | None = None) -> Ledger:
    """Read a ledger and check it: the one in a directory, else the one that the command line would show.

    `date` (`2024`, `2024-03` or `2024-03-27`) is that of `--as-of`: only what was decided by then. Raises LedgerError
    when there is no ledger, or anything in it cannot be read; failed checks are among its findings.
    """
    chosen = None if directory is None else Path(directory)
    found = find_ledger(chosen, os.environ, Path.cwd(), or_shipped=True)
    if isinstance(found, str):
        raise LedgerError(found)
    try:
        day = is_date(date) if date is not None else None
        loaded = load(found.directory)
    except (ValueError, OSError) as error:
        raise LedgerError(str(error)) from error
    if loaded.faults:
        first = loaded.faults[0]
        raise LedgerError(f"{first.place}: {first.message} ({len(loaded.faults)} faults of reading)", loaded.faults)
    outcome = run(loaded.book, (), loaded.texts, today=datetime.now(UTC).date().isoformat())
    if outcome.failed:
        raise LedgerError("; ".join(outcome.failed))
    return Ledger(found.directory, as_of(loaded.book, day) if day else loaded.book, loaded.book, outcome.diagnostics)


def format_table(table: Table, form: str = "table") -> str | bytes | Mapping[str, bytes]:
    """A table in one of the formats of `--format`: a text, bytes, or the files of a folder by their names.

    Raises LedgerError for an unknown format, or a table that it cannot hold.
    """
    try:
        write = load_format(form).table
        if write is None:
            raise LedgerError(f"a table cannot be written as {form}")
        return write(table)
    except (LookupError, CannotWriteError) as error:
        raise LedgerError(str(error)) from error
