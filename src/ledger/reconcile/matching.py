"""Which lines of the ledger a row of a statement is about: by id, by code, or by recipient."""

import re

from msgspec import Struct, field

from ledger.book import Book, Line, Names, agencies_called, names_of
from ledger.statements import Row


class Index(Struct, frozen=True):
    """The lines of a book by what rows tell them by."""

    book: Book
    by_code: dict[tuple[int, str], list[Line]] = field(default_factory=dict)
    by_recipient: dict[tuple[int, str], list[Line]] = field(default_factory=dict)
    agencies: Names = field(default_factory=dict)


def index_of(book: Book) -> Index:
    """Arrange the lines; an item is found under its appropriation's code and its own (`UO13 3:1 ap.12`)."""
    index = Index(book, agencies=names_of(book.agencies.values()))
    for line in book.lines.values():
        if line.first_year == line.last_year:
            index.by_code.setdefault((line.first_year, short_code(line.full_code)), []).append(line)
            index.by_recipient.setdefault((line.first_year, line.recipient), []).append(line)
    return index


def short_code(code: str) -> str:
    """A full code without the items between the appropriation and the innermost one: `UO13 3:1 ap.1 ap.1.1`."""
    words = code.split()
    return " ".join((*words[:2], words[-1])) if len(words) > 3 else code


def area_of(code: str) -> str:
    """`UO13` of a code below it; empty for one without an area."""
    first = code.split(" ", 1)[0]
    return first if re.fullmatch(r"UO\d+", first) else ""


def appropriation_of(code: str) -> str:
    """`UO13 3:1` of its own code or an item's; empty for another code."""
    words = code.split()
    return " ".join(words[:2]) if len(words) > 1 and area_of(code) else ""


def agency_of(index: Index, row: Row) -> str:
    """The id of the row's agency, by its number or a name of it; empty when it is not known, or one of several."""
    called = agencies_called(index.agencies, row.recipient, row.org_number)
    return called[0] if len(called) == 1 else ""


def candidates(index: Index, row: Row) -> list[Line]:
    """The lines that a row may be about. Several, of a row that tells only a recipient, stand for their sum."""
    if row.id:
        return [index.book.lines[row.id]] if row.id in index.book.lines else []
    agency = agency_of(index, row)
    if not row.code:
        # An item whose number is not known is not looked for by its agency: that would be another line.
        found = index.by_recipient.get((row.year, agency), []) if agency and row.kind != "item" else []
        return [line for line in found if row.kind in ("", line.kind)]
    found = index.by_code.get((row.year, short_code(row.code)), [])
    if row.kind:
        found = [line for line in found if line.kind == row.kind]
    else:
        found = [line for line in found if line.kind != "commitment"]
    if "ap." in row.code:
        return _of_agency([line for line in found if line.code], agency)
    if agency:
        return [line for line in found if line.recipient == agency and (row.kind != "item" or not line.code)]
    return [line for line in found if line.code and not row.recipient]


def _of_agency(lines: list[Line], agency: str) -> list[Line]:
    """Of several lines with an item's code, those of the agency."""
    return [line for line in lines if line.recipient == agency] if agency and len(lines) > 1 else lines
