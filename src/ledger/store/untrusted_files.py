"""A file from anybody that says it is a database of ours → the book in it, or why it cannot be had.

The file is read from memory and only its tables are asked. Whatever it holds besides (views that say something else,
triggers, tables of its own) is refused, and so is a table that says something else than the others: a total that was
changed in one place must not be lost because another one is read.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing

from ledger.book import Book
from ledger.store.book_to_sqlite import fill
from ledger.store.layout import APPLICATION, LAYOUT, StoreError, create
from ledger.store.sqlite_to_book import restore

_AHEAD = b"\x02\x02"
"""Stands in the header of a database that writes ahead into a file beside it."""

_BESIDE = frozenset(("findings", "finding_notes"))
"""Tables of what checks found, which are found anew."""

_ROW_NAMES = ("id", "line_id", "claim_id", "agency_id", "initiative_id", "check_id", "year", "name")
"""Columns that say which record a row is about."""


def book_in(data: bytes) -> Book:
    """The book in the bytes of a database that `export_file` made. Raises StoreError, a line for the user."""
    if data[18:20] == _AHEAD:
        raise StoreError("it is in WAL mode, so that some of it may lie beside it: PRAGMA journal_mode = delete first")
    try:
        with closing(_opened(data)) as connection:
            _refuse_unless_ours(connection)
            book = _restored(connection)
            _refuse_if_changed(connection, book)
            return book
    except (sqlite3.Error, UnicodeError, MemoryError, OverflowError) as error:
        raise StoreError(f"it cannot be read as an SQLite database: {_one_line(error)}") from None


def _opened(data: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(data)
    connection.execute("PRAGMA trusted_schema = 0")
    connection.execute("PRAGMA query_only = 1")
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    return connection


def _refuse_unless_ours(connection: sqlite3.Connection) -> None:
    [version] = connection.execute("PRAGMA user_version").fetchone()
    [application] = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION:
        raise StoreError(
            "it is not the database of a whole ledger, which 'ledger export -f sqlite' makes without terms"
        )
    if version != LAYOUT:
        raise StoreError(f"its layout is number {version}, and this program reads number {LAYOUT}")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        create(fresh)
        meant, found = _schema(fresh), _schema(connection)
    for name in sorted(meant.keys() | found.keys()):
        if meant.get(name) != found.get(name):
            what = "is not there" if name not in found else "is none of ours" if name not in meant else "was changed"
            raise StoreError(f"'{name}' {what}: only the tables that the export made are read")
    [verdict] = next(connection.execute("PRAGMA integrity_check(1)"))
    if verdict != "ok":
        raise StoreError(f"it is damaged: {_one_line(verdict)}")


def _schema(connection: sqlite3.Connection) -> Mapping[str, tuple[str, str]]:
    found = connection.execute(
        "SELECT name, type, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'"
    )
    return {str(name): (str(kind), str(sql)) for name, kind, sql in found}


def _restored(connection: sqlite3.Connection) -> Book:
    try:
        return restore(connection)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else type(error).__name__
        raise StoreError(f"its tables do not hold together as a ledger ({_one_line(reason)})") from None


def _refuse_if_changed(connection: sqlite3.Connection, book: Book) -> None:
    """Raise StoreError where a table says something else than what the book that was read comes to."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as again:
        try:
            fill(again, book)
        except (KeyError, TypeError, ValueError, sqlite3.Error) as error:
            raise StoreError(f"its tables do not hold together as a ledger ({_one_line(error)})") from None
        tables = [str(name) for [name] in again.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in tables:
            if table not in _BESIDE:
                _refuse_if_other(table, _rows(connection, table), _rows(again, table))


def _refuse_if_other(table: str, found: Iterator[Mapping[str, object]], meant: Iterator[Mapping[str, object]]) -> None:
    for row in found:
        other = next(meant, None)
        who = next((f" of '{row[name]}'" for name in _ROW_NAMES if row.get(name) is not None), "")
        if other is None:
            raise StoreError(f"table '{table}' has a row{who} that belongs to no record")
        for name, value in row.items():
            if other[name] != value:
                said = f"{_shown(value)}, where the other tables come to {_shown(other[name])}"
                raise StoreError(f"'{name}'{who} in table '{table}' is {said}")
    if next(meant, None) is not None:
        raise StoreError(f"table '{table}' lacks a row")


def _one_line(said: object) -> str:
    return " ".join(str(said).split())[:200]


def _shown(value: object) -> str:
    text = "empty" if value is None else repr(value)
    return text if len(text) <= 80 else f"{text[:80]}…"


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[Mapping[str, object]]:
    found = connection.execute(f"SELECT * FROM {table} ORDER BY rowid")  # noqa: S608 - a name of ours
    names = [column[0] for column in found.description]
    return (dict(zip(names, row, strict=True)) for row in found)
