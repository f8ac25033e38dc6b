"""Book → SQLite: every record with its place in the files, and what each line and year comes to."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, islice

from ledger.book import Book, Line, add_level, by_level, entering_sums
from ledger.diagnostic import Diagnostic
from ledger.store import rows
from ledger.store.layout import StoreError, create
from ledger.store.rows import Entry, Row

_AT_ONCE = 50_000
"""Rows that are put in together: a large ledger has millions, and they would all be in memory."""

_LARGEST = "92 233 720 368 547 758 kr"


def fill(
    connection: sqlite3.Connection,
    book: Book,
    findings: Sequence[Diagnostic] = (),
    tell: Callable[[int], None] = lambda _: None,
) -> None:
    """Make the tables and put a book and its findings into them; the database must be empty.

    `tell` is told how many more lines are in. Raises StoreError for what SQLite cannot hold: a sum beyond 64 bits, a
    file name that is not UTF-8.
    """
    create(connection)
    try:
        with connection:
            connection.execute("BEGIN")
            entries = _entries(book, findings)
            while batch := _grouped(islice(entries, _AT_ONCE)):
                for table, some in batch.items():
                    connection.executemany(_insert(table, some[0]), some)
                tell(len(batch.get("lines_ore", ())))
    except OverflowError:
        message = f"an amount of this ledger is beyond {_LARGEST}, the largest that SQLite holds"
        raise StoreError(message) from None
    except UnicodeEncodeError as error:
        raise StoreError(f"SQLite cannot hold {ascii(error.object)[:100]}, which is not UTF-8") from None


def export_file(book: Book, findings: Sequence[Diagnostic] = ()) -> bytes:
    """A database file with the whole book; the same book gives the same bytes with the same SQLite."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        fill(connection, book, findings)
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def _grouped(entries: Iterable[Entry]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for table, row in entries:
        found.setdefault(table, []).append(row)
    return found


def _insert(table: str, row: Row) -> str:
    columns = ", ".join(f'"{name}"' for name in row)
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join(f':{name}' for name in row)})"  # noqa: S608 - ours


def _entries(book: Book, findings: Sequence[Diagnostic]) -> Iterator[Entry]:
    yield "ledger", {"title": book.title or None, "currency": book.currency}
    yield from rows.plain("goals", book.goals.values())
    yield from rows.plain("agencies", book.agencies.values())
    yield from rows.plain("sources", book.sources.values())
    for agency in book.agencies.values():
        yield from rows.linked("agency_members", "agency_id", agency.id, "member_id", agency.members)
    numbers = count(1)
    for position, (line, place) in enumerate(_placed(book)):
        yield from rows.line(book, line, {"position": position, **place}, numbers)
    for position, claim in enumerate(book.claims.values()):
        yield from rows.claim(claim, position, numbers)
    for year, lines in sorted(_by_year(book).items()):
        for level, group in by_level(lines).items():
            yield rows.level_sum(year, level, add_level(book, group))
    for position, initiative in enumerate(book.initiatives.values()):
        yield from rows.initiative(initiative, position)
    yield from map(rows.duplicate, book.duplicates)
    for number, finding in enumerate(findings, 1):
        yield from rows.finding(finding, number)


def _placed(book: Book) -> Iterator[tuple[Line, Row]]:
    """Every line with how deep it is nested, and whether it enters the sum of its year and level."""
    summed = {line for lines in _by_year(book).values() for line in entering_sums(book, lines)}
    for line in book.lines.values():
        depth, around = 0, line.parent
        while around in book.lines:
            depth, around = depth + 1, book.lines[around].parent
        counting = book.value(line.id).counting if line.id in summed else None
        yield line, {"depth": depth, "in_sum": line.id in summed, "summed_ore": counting and counting.amount.number}


def _by_year(book: Book) -> dict[int, list[Line]]:
    """The lines of each year; a period counts in a year through its parts."""
    found: dict[int, list[Line]] = {}
    for line in book.lines.values():
        if line.first_year == line.last_year:
            found.setdefault(line.first_year, []).append(line)
    return found
