"""Delimited text → records whose cells are asked for by the names of their columns."""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from ledger.diagnostic import Finding, Place, nearest
from ledger.statements._statement import Refused, refused


@dataclass(frozen=True, slots=True)
class Record:
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
    line = text.split("\n", 1)[0]
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def delimiter_of(text: str) -> str:
    """The one of `;`, tab and `,` that splits the first line most."""
    line = text.split("\n", 1)[0]
    return max(";\t,", key=line.count)


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


def records(text: str, delimiter: str, columns: Mapping[str, int], path: str) -> Iterator[Record | Finding]:
    """Every line after the first that is not blank; one of another width ends it, for its figures are displaced."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        width = len(next(reader))
        begins = reader.line_num + 1
        for cells in reader:
            if cells and any(cell.strip() for cell in cells):
                if len(cells) != width:
                    yield refused(path, f"{len(cells)} fields, the header has {width}", begins)
                    return
                yield Record(path, begins, cells, columns)
            begins = reader.line_num + 1
    except csv.Error as error:
        yield refused(path, f"not readable as delimited text: {error}", reader.line_num)
