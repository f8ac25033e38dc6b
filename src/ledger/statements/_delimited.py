"""Delimited text → records whose cells are asked for by the names of their columns."""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from ledger.diagnostic import Finding, Place, nearest
from ledger.statements._statement import Refused, refused

MOST_KEPT = 100_000
"""Rows that a document may come to: thirty years of the whole budget have a fifth of that, a bomb has any number."""

MOST_READ = 2_000_000
"""Lines of a file whose figures are gathered into fewer rows."""

_LONGEST = 2**20
"""Characters of a record, and of the line that may be a header."""

_MOST_OF_HEADER = 2**16
"""Characters of the names of all columns."""


class Record(Struct, frozen=True):
    """A line of a delimited file: its cells, and the index of each column by name."""

    path: str
    line: int
    cells: Sequence[str]
    columns: Mapping[str, int]

    def __getitem__(self, column: str) -> str:
        """The text of a cell; empty where the file lacks the column."""
        at = self.columns.get(column)
        return "" if at is None else self.cells[at].strip()

    def place(self, column: str = "") -> Place:
        """Where the cell stands, quotes not counted; the whole line when no column is named."""
        at = self.columns.get(column)
        if at is None:
            return Place(self.path, self.line, 1, len("".join(self.cells)) + len(self.cells))
        start = sum(len(cell) + 1 for cell in self.cells[:at]) + 1
        return Place(self.path, self.line, start, start + max(1, len(self.cells[at])))


def same(name: str) -> str:
    """A column's name as it is compared: without case and spaces, which printings of one header differ in."""
    return "".join(name.split()).casefold()


def header_of(text: str, delimiter: str) -> list[str]:
    """The names in the first line; none where it is no line of a table."""
    line = _first_line(text)
    if len(line) > _MOST_OF_HEADER:
        return []
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def delimiter_of(text: str) -> str:
    """The one of `;`, tab and `,` that splits the first line most."""
    return max(";\t,", key=_first_line(text).count)


def _first_line(text: str) -> str:
    end = text.find("\n", 0, _LONGEST)
    return text[: end if end >= 0 else _LONGEST]


def columns_of(
    header: Sequence[str], known: Collection[str], needed: Collection[str], path: str
) -> dict[str, int] | Refused:
    """The index of each known column; what is unknown, missing or there twice is named with the nearest name."""
    names = {same(name): name for name in known}
    found: dict[str, int] = {}
    wrong = []
    for at, written in enumerate(header):
        name = names.get(same(written))
        if name is None:
            wrong.append(f"unknown column '{written}'{nearest(written, set(known))}")
        elif name in found:
            wrong.append(f"the column '{name}' is there twice")
        else:
            found[name] = at
    strange = {written for written in header if same(written) not in names}
    wrong += [f"no column '{name}'{nearest(name, strange)}" for name in needed if name not in found]
    return tuple(refused(path, message) for message in wrong) if wrong else found


def records(
    text: str, delimiter: str, columns: Mapping[str, int], path: str, most: int = MOST_KEPT
) -> Iterator[Record | Finding]:
    """Every line after the first that is not blank; one of another width ends it, for its figures are displaced.

    `most` is how many there may be.
    """
    fed, begins = 0, 1

    def lines() -> Iterator[str]:
        nonlocal fed
        for line in _lines(text):
            fed += len(line)
            if fed > _LONGEST:
                raise csv.Error(f"a line of more than {_LONGEST} characters")
            yield line

    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    try:
        width = len(next(reader))
        begins = reader.line_num + 1
        for number, cells in enumerate(reader):
            if number == most:
                yield refused(path, f"more lines than are read: {most}", begins)
                return
            fed = 0
            if cells and any(cell.strip() for cell in cells):
                if len(cells) != width:
                    yield refused(path, f"{len(cells)} fields, the header has {width}", begins)
                    return
                yield Record(path, begins, cells, columns)
            begins = reader.line_num + 1
    except csv.Error as error:
        yield refused(path, f"not readable as delimited text: {error}", max(begins, reader.line_num))


def _lines(text: str) -> Iterator[str]:
    """Its lines one after the other, with their ends: the whole is not copied."""
    start = 0
    while start < len(text):
        end = text.find("\n", start, start + _LONGEST) + 1 or min(start + _LONGEST, len(text))
        yield text[start:end]
        start = end
