"""Opening what a ledger is held against: a document of a known kind, or another ledger."""

from pathlib import Path
from typing import NoReturn

import typer

from ledger.book import Book
from ledger.commands._columns_asked import say_taken
from ledger.commands._document import OF_ANY_CURRENCY
from ledger.commands._open_ledger import show_faults
from ledger.commands._own_exports import PACKAGE, package_in, whole_ledger_in
from ledger.commands._source_bytes import is_input, name_of, read_bytes
from ledger.diagnostic import Finding
from ledger.output import FAILED, counted, fail, say
from ledger.reading import ledger_files, load
from ledger.reconcile import Reconciliation, statement_of
from ledger.statements import Asked, Statement, read_statement


def open_statement(path: Path, asked: Asked) -> Statement:
    """The document, or the lines of a directory that holds a ledger; what cannot be read ends the command."""
    if not is_input(path) and path.is_dir():
        path, whole = _in_folder(path, asked.currency)
        if whole is not None:
            return whole
    data = read_bytes(path)
    own = whole_ledger_in(path, data)
    found = _of_book(own.book, path, asked.currency) if own else read_statement(data, name_of(path), asked)
    if not isinstance(found, Statement):
        for fault in found:
            say(f"ledger: {_one_line(fault)}")
        raise typer.Exit(FAILED)
    for currency in sorted({row.cells.get("currency", asked.currency) for row in found.rows} - {asked.currency}):
        _refuse_currency(path, currency, asked.currency)
    if asked.currency != "SEK" and found.kind not in OF_ANY_CURRENCY:
        fail(f"'{path}' is in kronor, and this ledger is in {asked.currency}: one ledger, one currency")
    say_taken(found)
    for fault in found.faults:
        say(f"ledger: {_one_line(fault)}")
    return found


def say_outside(found: Reconciliation) -> None:
    """Count the figures that could not be read in rows that are not compared, and in sums."""
    unread = sum(len(row.unread) for row in found.outside) + len(found.statement.unread)
    if unread:
        say(f"ledger: {counted(unread, 'figure')} that could not be read in rows that are not compared, or in sums")


def _of_book(book: Book, path: Path, currency: str) -> Statement:
    """The lines of another ledger, which must be in the same currency."""
    if book.currency != currency:
        _refuse_currency(path, book.currency, currency)
    return statement_of(book, path.as_posix())


def _refuse_currency(path: Path, other: str, currency: str) -> NoReturn:
    fail(f"'{path}' is in {other}, and this ledger is in {currency}: one ledger, one currency")


def _in_folder(path: Path, currency: str) -> tuple[Path, Statement | None]:
    """The lines of the ledger in a directory, or of a package that holds all of one; else the file of its lines."""
    if not (path / PACKAGE).is_file() or ledger_files(path):
        return path, _ledger(path, currency)
    found = package_in(path)
    return (found, None) if isinstance(found, Path) else (path, _of_book(found.book, path, currency))


def _ledger(path: Path, currency: str) -> Statement:
    if not ledger_files(path):
        fail(f"'{path}' is a directory without a ledger: it holds no YAML file")
    loaded = load(path)
    if loaded.faults:
        show_faults(loaded)
    return _of_book(loaded.book, path, currency)


def _one_line(fault: Finding) -> str:
    return f"{fault.place}: {' '.join(fault.message.split())}"
