"""A question in SQL: the ledger put into a database, the question put to it, the answer as a table."""

import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import typer

from ledger.commands._open_ledger import find, forget, opened, tell_of_errors, today
from ledger.commands._opened_ledgers import keep_tables, recall_tables
from ledger.commands._progress import progress
from ledger.discovery import Found
from ledger.output import FAILED, INTERRUPTED, counted, fail, say
from ledger.store import Answer, Limits, Scalar, StoreError, ask, fill, is_ours
from ledger.table import Cell, Column, Row, Table, Type

_TITLE_AND_ERRORS = "SELECT title, (SELECT count(*) FROM findings WHERE severity = 'error') FROM ledger"


def answered(ctx: typer.Context, query: str, limits: Limits, data: Path | None, date: str | None) -> Table:
    """The table that answers a question about the ledger that is meant; a refusal ends the command."""
    connection, title = _tables(find(ctx, data, or_shipped=True), date)
    with closing(connection):
        answer = _answer(connection, query, limits)
    if not answer.lasting:
        forget(ctx)
    for note in answer.notes:
        say(f"ledger: {note}")
    if answer.cut:
        say(f"ledger: there are more than these {counted(limits.rows, 'row')}: --limit shows more")
    return as_table(answer, title or "Ledger")


def _tables(found: Found, date: str | None) -> tuple[sqlite3.Connection, str]:
    """The ledger, as of a date, in a database of its own, and its title. The tables of today are kept."""
    day = today()
    kept = None if date else recall_tables(found, day)
    known = _restored(kept) if kept else None
    if known is not None:
        connection, title, errors = known
        tell_of_errors(errors)
        return connection, title or ""
    ledger = opened(found, date, day=day)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with progress(len(ledger.book.lines), "filling tables") as tell:
            fill(connection, ledger.book, ledger.outcome.diagnostics, tell)
    except StoreError as error:
        fail(str(error))
    if not date:
        keep_tables(found, day, connection.serialize)
    return connection, ledger.book.title


def _restored(kept: bytes) -> tuple[sqlite3.Connection, str | None, int] | None:
    """Tables that were kept, the ledger's title and how many errors it has; nothing, of what are no such tables."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.deserialize(kept)
        if is_ours(connection):
            [(title, errors)] = connection.execute(_TITLE_AND_ERRORS)
            return connection, title, errors
    except (sqlite3.Error, ValueError):
        pass
    connection.close()
    return None


def as_table(answer: Answer, title: str) -> Table:
    """The answer as a table: a column of whole numbers is one, all else is text; fractions are written out."""
    types = [_type([row[at] for row in answer.rows]) for at in range(len(answer.columns))]
    columns = tuple(Column(name, type_, name) for name, type_ in zip(answer.columns, types, strict=True))
    rows = (tuple(_cell(value, type_) for value, type_ in zip(row, types, strict=True)) for row in answer.rows)
    return Table(f"{title}: answer", columns, tuple(map(Row, rows)), name="answer")


def _answer(connection: sqlite3.Connection, query: str, limits: Limits) -> Answer:
    try:
        with _ended_after(limits.seconds):
            answer = ask(connection, query, limits)
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    if isinstance(answer, str):
        fail(answer)
    return answer


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """End the program some time after `seconds`: inside one long function of its own SQLite never looks at the clock.

    Nothing is printed or written yet that could be lost.
    """

    def end() -> None:
        say(f"ledger: stopped after {seconds:g} s: --timeout gives a question more time")
        sys.stderr.flush()
        os._exit(FAILED)

    timer = threading.Timer(seconds + 1, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _type(values: list[Scalar]) -> Type:
    some = [value for value in values if value is not None]
    return "integer" if some and all(isinstance(value, int) for value in some) else "text"


def _cell(value: Scalar, type_: Type) -> Cell:
    match value:
        case None | str():
            return value
        case bytes():
            return f"x'{value.hex()}'"
        case int() if type_ == "integer":
            return value
        case _:
            return str(value)
