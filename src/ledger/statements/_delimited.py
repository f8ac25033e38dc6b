"""Delimited text → a sheet of cells, or records whose cells are asked for by the names of their columns."""

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from ledger.diagnostic import Finding, Place
from ledger.statements._column_headings import same
from ledger.statements._header_row import known_headings
from ledger.statements._sheet import Cell, Line, Sheet
from ledger.statements._statement import Refused, refused
from ledger.suggestion import did_you_mean

__all__ = ["MOST_KEPT", "MOST_READ", "Record", "columns_of", "delimiter_of", "header_of", "records", "same", "sheet_of"]

MOST_KEPT = 100_000
"""Rows that a document may come to: thirty years of the whole budget have a fifth of that, a bomb has any number."""

MOST_READ = 2_000_000
"""Lines of a file whose figures are gathered into fewer rows."""

_LONGEST = 2**20
"""Characters of a record, and of the line that may be a header."""

_MOST_OF_HEADER = 2**16
"""Characters of the names of all columns."""

_DELIMITERS = ";,\t|"
_NAMES = {";": "';'", ",": "','", "\t": "tabs", "|": "'|'"}
_TRIED = 60
"""Lines that a delimiter is told by: titles, the headings, and rows enough to see whether they are as wide."""

_MOST_CELLS = 5_000_000
_MOST_IN_LINE = 16_384
"""As many columns as a spreadsheet has."""

_SEP = re.compile(r'"?sep=(.)"?[;,|\t]*(?:\n|$)', re.IGNORECASE)
_QUOTED = re.compile(r'\ *"((?:[^"]++|"")*+)"\ *')
_UNREADABLE = "not readable as delimited text: "


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
            wrong.append(f"unknown column '{written}'{did_you_mean(written, set(known))}")
        elif name in found:
            wrong.append(f"the column '{name}' is there twice")
        else:
            found[name] = at
    strange = {written for written in header if same(written) not in names}
    wrong += [f"no column '{name}'{did_you_mean(name, strange)}" for name in needed if name not in found]
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


def sheet_of(text: str, path: str) -> Sheet | Finding:
    """The lines of a text, split by the one of `;`, `,`, tab and `|` that makes a table with known headings of it.

    A first line `sep=;` is obeyed. Lines that begin with `#` before all others are notes, whatever they hold.
    """
    begin, number, lines, delimiter = 0, 1, [], ""
    told = _SEP.match(text)
    if told:
        delimiter, begin, number = told[1], told.end(), 2
        if delimiter not in _DELIMITERS:
            return refused(path, f"'sep={delimiter}': a table is split by one of {', '.join(_NAMES.values())}")
    while text.startswith("# ", begin) or (text.startswith("#", begin) and _is_note(text, begin)):
        end = text.find("\n", begin, begin + _LONGEST)
        end = len(text) if end < 0 else end
        lines.append(Line(number, (Cell(text[begin:end], "text", 1, end - begin + 1),)))
        begin, number = end + 1, number + 1
    if not delimiter:
        delimiter_found = _delimiter(text, path, begin, number)
        if isinstance(delimiter_found, Finding):
            return delimiter_found
        delimiter = delimiter_found
    cells = 0
    for line in _split(text, path, delimiter, begin, number):
        if isinstance(line, Finding):
            return line
        cells += len(line.cells)
        if len(lines) > MOST_KEPT or cells > _MOST_CELLS:
            what = f"{MOST_KEPT} lines" if len(lines) > MOST_KEPT else f"{_MOST_CELLS} cells"
            return refused(path, f"more than is read: {what}", line.number)
        lines.append(line)
    return Sheet(path, tuple(lines)) if lines else refused(path, "empty")


def _is_note(text: str, begin: int) -> bool:
    """Whether a line that begins with `#` is no header whose first column is called `#`."""
    behind = text[begin + 1 : begin + 2]
    return behind not in _DELIMITERS


def _delimiter(text: str, path: str, begin: int, number: int) -> str | Finding:
    """The delimiter whose table names most headings, and of two such the one whose lines are most alike."""
    scores: dict[str, tuple[int, int]] = {}
    for one in _DELIMITERS:
        if text.find(one, begin, begin + _LONGEST) < 0:
            continue
        tried = list(islice(_split(text, path, one, begin, number), _TRIED))
        lines = [line for line in tried if isinstance(line, Line) and len(line.cells) > 1]
        known = max((known_headings([cell.text for cell in line.cells]) for line in lines), default=0)
        alike = max(Counter(len(line.cells) for line in lines).values(), default=0)
        scores[one] = (known, alike)
    best = max(scores.values(), default=(0, 0))
    first = [one for one, score in scores.items() if score == best]
    if len(first) > 1 and best[0] > 1:
        return refused(
            path,
            f"the fields may be split by {' or '.join(map(_NAMES.__getitem__, first))}: say it in a line 'sep=;'",
        )
    return first[0] if first else ";"


def _split(text: str, path: str, delimiter: str, begin: int, number: int) -> Iterator[Line | Finding]:
    """Every line that is not blank; what is wrong ends it."""
    bare = re.compile(rf"[^{re.escape(delimiter)}\n]*")
    at = begin
    while at < len(text):
        first, cells, start, limit = number, [], at, at + _LONGEST
        while True:
            quoted = _QUOTED.match(text, at, limit)
            match = quoted or bare.match(text, at, limit)
            if match is None or (not quoted and match[0].lstrip(" ").startswith('"')):
                yield refused(path, f"{_UNREADABLE}a quote that is not closed, or stands alone", number)
                return
            end = match.end()
            content = quoted[1].replace('""', '"') if quoted else match[0]
            shift = match.start(1) - at if quoted else 0
            column = at - start + 1 + shift
            cells.append(
                Cell(content, "text", column, column + max(1, len(content.split("\n", 1)[0])), "", number - first)
            )
            if quoted and "\n" in quoted[1]:
                number += quoted[1].count("\n")
                start = match.start(1) + quoted[1].rindex("\n") + 1
            if end >= limit or len(cells) > _MOST_IN_LINE:
                what = f"{_LONGEST} characters" if end >= limit else f"{_MOST_IN_LINE} fields"
                yield refused(path, f"{_UNREADABLE}a line of more than {what}", number)
                return
            at = end + 1
            if end >= len(text) or text[end] == "\n":
                break
            if text[end] != delimiter:
                yield refused(path, f"{_UNREADABLE}'{delimiter}' expected after a quoted field", number)
                return
        if any(cell.text.strip() for cell in cells):
            yield Line(first, tuple(cells))
        number += 1
