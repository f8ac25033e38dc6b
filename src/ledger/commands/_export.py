"""What an export says about itself (the ledger and its checksum, the query, the program), and the whole ledger."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ledger import __version__
from ledger.book import Book, Line
from ledger.commands._open_ledger import Opened, checksum_of
from ledger.discovery import Found, is_shipped
from ledger.output import say
from ledger.render import json_
from ledger.table import Table, Written
from ledger.views.export import export
from ledger.writing.from_book import records_of_book
from ledger.writing.line_cells import written_cells


def query_of(found: Found, ledger: Opened, lines: int, terms: Sequence[str], date: str | None) -> dict[str, str]:
    """The rows of the sheet or table `query`; only the shipped data has a licence that is known."""
    return {
        "ledger": ledger.book.title,
        "query": " ".join(terms),
        "as_of": date or "",
        "lines": str(lines),
        "currency": ledger.book.currency,
        "checksum": f"sha256:{checksum_of(found, ledger)}",
        "licence": "CC0-1.0" if is_shipped(found.directory) else "",
        "program": f"gender-budget-ledger {__version__}",
    }


def whole_ledger(book: Book) -> Mapping[str, Written] | None:
    """The ledger as its files say it, by section and id; nothing, and a word on it, where an id stands twice."""
    if book.duplicates:
        names = ", ".join(dict.fromkeys(one.id for one in book.duplicates))
        say(f"ledger: the lines alone are exported, not the whole ledger: '{names}' stands twice in it")
        return None
    found: dict[str, dict[str, Written]] = {}
    for record in records_of_book(book):
        section = found.setdefault(record.key, {})
        section.update({record.id: record.fields} if record.id else record.fields)
    return found


def table_of_lines(
    book: Book, lines: Sequence[Line], query: Mapping[str, str], whole: Mapping[str, Written] | None = None
) -> Table:
    """The table that is exported of these lines: what they come to, and what they say."""
    return export(book, lines, query, {line.id: written_cells(book, line) for line in lines}, whole)


def rows_as_exported(book: Book, lines: Sequence[Line]) -> dict[str, dict[str, Any]]:
    """What the rows of an export in JSON say of these lines, by id and column, without where they are written."""
    document = json.loads(json_.table(table_of_lines(book, lines, {})))
    elsewhere = ("file", "line")
    return {row["id"]: {name: cell for name, cell in row.items() if name not in elsewhere} for row in document["rows"]}
