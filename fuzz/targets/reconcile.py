"""`reconcile`: a letter, an outcome file or a table from a stranger, held against the shipped ledger."""

from functools import cache
from pathlib import Path
from zlib import crc32

from fuzz.promises import Came, demand, fit_to_print, kinds
from fuzz.seeds import ROOT, documents, exports, workbooks
from ledger.book import Book
from ledger.reading import load
from ledger.reconcile import listed, reconcile
from ledger.render import csv_, json_, markdown
from ledger.render import table as plain
from ledger.statements import Asked, Statement, read_statement
from ledger.statements._document_text import text_of

__all__ = ["attempt", "lines", "seeds"]

PATH = "document"
_UNITS = (None, None, "tkr", "mnkr")


def seeds() -> list[bytes]:
    """Documents of every kind, and exports of our own."""
    return [*documents(), *exports(), *workbooks()]


@cache
def _book() -> Book:
    return load(ROOT / "data").book


def attempt(data: bytes) -> Came:
    """Read the document, compare it with the ledger, and write what differs in two formats, of four."""
    statement = read_statement(data, PATH, Asked(unit=_UNITS[crc32(data) % len(_UNITS)]))
    if not isinstance(statement, Statement):
        demand(kept=bool(statement), promise="a document that is refused is told why")
        _inside([one.place.line for one in statement], data)
        messages = [" ".join(one.message.split()) for one in statement]
        return Came("\n".join(messages), kinds(messages))
    faults = [*statement.faults, *(fault for row in statement.rows for fault in row.faults)]
    rows = (*statement.rows, *statement.aside)
    places = [*(one.place for one in faults), *(row.place for row in rows)]
    places += [place for row in statement.rows for place in row.places.values()]
    _inside([place.line for place in places], data)
    demand(kept=all(place.column >= 1 for place in places), promise="a column is counted from 1")
    book = _book()
    found = reconcile(book, tuple(book.lines.values()), statement)
    table = listed(book, found, unit="auto", notes=statement.notes)
    printed = [plain.table(table), (json_, markdown)[crc32(data) % 2].table(table)]
    csv_.table(table)
    said = {f"{one.status} {one.remark}" for one in found.comparisons} | {fault.message for fault in faults}
    return Came(fit_to_print(*printed), kinds({*said, statement.kind, *statement.notes}))


def _inside(numbers: list[int], data: bytes) -> None:
    """Every place lies in the document; in a zip, in the file that it holds."""
    text = text_of(data, PATH)
    size = text.count("\n") + 1 if isinstance(text, str) else data.count(b"\n") + data.count(b"\r") + 1
    if not data.startswith(b"PK") or isinstance(text, str):
        demand(kept=all(1 <= one <= size for one in numbers), promise=f"a place is in the document of {size} lines")


def lines(data: bytes) -> list[list[str]]:
    """The command, with and without a unit for bare amounts."""
    Path(PATH).write_bytes(data)
    unit = _UNITS[crc32(data) % len(_UNITS)]
    return [["reconcile", PATH, "--data", str(ROOT / "data"), *(["--unit", unit] if unit else [])]]
