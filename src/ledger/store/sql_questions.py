"""Questions in SQL from anybody: they read the tables and nothing else, and end in bounded time and memory."""

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from msgspec import Struct, field

from ledger.money import ORE, exact_words, plain_kronor
from ledger.store.layout import kronor_columns
from ledger.suggestion import did_you_mean

Scalar = int | float | str | bytes | None
"""What SQLite answers with."""


class Limits(Struct, frozen=True):
    """How many rows are answered, and how many seconds a question may take."""

    rows: int = 10_000
    seconds: float = 5


class Answer(Struct, frozen=True):
    """Rows under the names of their columns, no two of which are equal; `cut` says that there would be more.

    `notes` say what a reader of the figures must know. One that is not `lasting` is another when it is asked for again.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Scalar, ...], ...]
    cut: bool = False
    notes: tuple[str, ...] = ()
    lasting: bool = True


LONGEST_QUERY = 100_000
"""Bytes of SQL."""

LARGEST_VALUE = 10_000_000
"""Bytes of a text or blob, also of one between the steps of a query."""

LARGEST_ANSWER = 64_000_000
"""Bytes of all rows together, about."""

_MEMORY = 512 * 1024 * 1024
"""Bytes that a query may need besides the tables themselves."""

_BETWEEN_LOOKS = 10_000
"""Steps of SQLite's machine between two looks at the clock: well under a millisecond."""

_READING = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_FUNCTION))
_REACHING_OUT = frozenset(("edit", "fts3_tokenizer", "load_extension", "readfile", "writefile"))
_CHANGING = frozenset(
    (
        *("random", "randomblob", "date", "time", "datetime", "julianday", "unixepoch", "strftime", "timediff"),
        *("current_date", "current_time", "current_timestamp", "changes", "total_changes", "last_insert_rowid"),
    )
)
_READS_ONLY = "only SELECT is allowed: a question reads these tables, and changes and reaches nothing"

_SAID = {
    "cannot modify": _READS_ONLY,
    "You can only execute one statement": "one SELECT at a time",
    "Incorrect number of bindings": "a question has no parameters: write the values themselves",
    "user-defined function raised": "kronor() and swedish() take whole öre, as columns that end in _ore hold them",
}
"""What is said instead of some messages of SQLite's, by how these begin."""


class _Watch(Struct):
    """What was seen while a question was prepared and answered."""

    until: float
    late: bool = False
    changing: bool = False
    forbidden: str = ""
    read: dict[tuple[str, str], None] = field(default_factory=dict)

    def allow(self, action: int, first: str | None, second: str | None, _database: str | None, _by: str | None) -> int:
        """SQLite asks this for everything that a query would do."""
        if action not in _READING:
            self.forbidden = self.forbidden or _READS_ONLY
            return sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _REACHING_OUT:
            self.forbidden = self.forbidden or f"the function {second} is not allowed: it reaches outside the ledger"
            return sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _CHANGING:
            self.changing = True
        if action == sqlite3.SQLITE_READ and first and second:
            self.read[first, second] = None
        return sqlite3.SQLITE_OK

    def stop(self) -> bool:
        """SQLite asks this now and then while it works."""
        self.late = self.late or time.monotonic() > self.until
        return self.late


def ask(connection: sqlite3.Connection, query: str, limits: Limits | None = None) -> Answer | str:
    """The answer to one SELECT, or why there is none, as one line.

    The functions `kronor` (öre → kronor) and `swedish` (öre → words) can be used. The connection is good for further
    questions only. Raises KeyboardInterrupt when the question was broken off from outside.
    """
    limits = limits or Limits()
    watch = _Watch(time.monotonic() + limits.seconds)
    try:
        _prepare(connection)
        connection.set_authorizer(watch.allow)
        connection.set_progress_handler(watch.stop, _BETWEEN_LOOKS)
        found = connection.execute(query)
        if found.description is None:
            return watch.forbidden or "there is no question in it: write SELECT …"
        rows = tuple(islice(_small(found, watch), limits.rows + 1))
    except (sqlite3.Error, sqlite3.Warning, ValueError, MemoryError, TimeoutError) as error:
        return _refusal(error, watch, limits, connection)
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)
    columns = tuple(_distinct([column[0] for column in found.description]))
    notes = tuple(_notes(connection, watch))
    return Answer(columns, rows[: limits.rows], len(rows) > limits.rows, notes, lasting=not watch.changing)


def _prepare(connection: sqlite3.Connection) -> None:
    connection.create_function("kronor", 1, _of_ore(_kronor), deterministic=True)
    connection.create_function("swedish", 1, _of_ore(exact_words), deterministic=True)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, LONGEST_QUERY)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    [pages], [size] = (connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    connection.execute(f"PRAGMA hard_heap_limit = {pages * size + _MEMORY}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA query_only = 1")


def _of_ore(write: Callable[[int], Scalar]) -> Callable[[Any], Scalar]:
    def function(ore: Any) -> Scalar:
        if ore is not None and not isinstance(ore, int):
            raise TypeError("öre are whole")
        return None if ore is None else write(ore)

    return function


def _kronor(ore: int) -> int | str:
    return plain_kronor(ore) if ore % ORE else ore // ORE


def _small(found: sqlite3.Cursor, watch: _Watch) -> Iterator[tuple[Scalar, ...]]:
    """The rows one by one, as long as all of them together are not too large, nor too late."""
    size = 0
    for row in found:
        if watch.stop():
            raise TimeoutError
        size += sum(len(value) if isinstance(value, str | bytes) else 8 for value in row)
        if size > LARGEST_ANSWER:
            raise MemoryError
        yield row


def _distinct(names: list[str]) -> Iterator[str]:
    """The names, those that stand a second time, whatever their case, with a number behind them."""
    taken = {name.lower() for name in names}
    seen: set[str] = set()
    for at, name in enumerate(names, 1):
        distinct, number = name or f"column_{at}", 2
        while distinct.lower() in seen or (distinct != name and distinct.lower() in taken):
            distinct, number = f"{name or 'column'}_{number}", number + 1
        seen.add(distinct.lower())
        yield distinct


def _notes(connection: sqlite3.Connection, watch: _Watch) -> Iterator[str]:
    """A text sorts and compares as one, so an amount with öre must not be mistaken for a number."""
    columns = kronor_columns()
    for view, name in watch.read:
        ore = columns.get(view, {}).get(name)
        if ore:
            query = f"SELECT count(*) FROM {view}_ore WHERE {ore} % {ORE} <> 0"  # noqa: S608 - names of ours
            [number] = connection.execute(query).fetchone()
            if number:
                yield f"{view}.{name} is a text where an amount is not in whole kronor ({number}): count with {ore}"


def _refusal(error: Exception, watch: _Watch, limits: Limits, connection: sqlite3.Connection) -> str:
    if watch.late:
        return f"stopped after {limits.seconds:g} s: --timeout gives a question more time"
    if watch.forbidden:
        return watch.forbidden
    message = _one_line(str(error))
    match error:
        case sqlite3.OperationalError() if message == "interrupted":
            raise KeyboardInterrupt
        case MemoryError():
            return "the answer, or what it takes to find it, is too large: ask for less, or for sums"
        case UnicodeEncodeError():
            return "the question is not UTF-8"
        case sqlite3.DataError() if "too big" in message:
            return f"a value, or the question itself, is too large: {message}"
    known = next((said for start, said in _SAID.items() if message.startswith(start)), "")
    return known or f"SQLite says: {message}{_meant(message, connection)}"


def _one_line(text: str) -> str:
    line = re.sub(r"[^\S ]+", " ", text)
    line = "".join(character if character.isprintable() else ascii(character)[1:-1] for character in line)
    return line if len(line) <= 200 else f"{line[:200]}…"


def _meant(message: str, connection: sqlite3.Connection) -> str:
    """The table or column most like one that does not exist."""
    found = re.fullmatch(r"no such (table|column): (?:\w+\.)?(.+)", message)
    if found is None:
        return ""
    query = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
    if found[1] == "column":
        query = f"SELECT DISTINCT c.name FROM ({query}) AS t, pragma_table_info(t.name) AS c"  # noqa: S608 - ours
    connection.set_authorizer(None)
    names = {name for [name] in connection.execute(query)}
    return did_you_mean(found[2], names) or ": 'ledger sql --schema' lists them"
