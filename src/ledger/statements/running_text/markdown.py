"""Lines of Markdown or plain text → passages: paragraphs over several lines, list items, headings and tables."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from msgspec import Struct, field

from ledger.statements.prose import unit_of_heading
from ledger.statements.running_text.aligned_columns import Line, columns_of, with_tables
from ledger.statements.running_text.html import Page
from ledger.statements.running_text.markdown_inline import plain
from ledger.statements.running_text.passage import LONGEST, Draft, Passage
from ledger.statements.running_text.table_cells import Cell, Grid

_QUOTE = re.compile(r"(?:[ \t]*+>)+[ \t]?")
_FENCE = re.compile(r"[ \t]*(```+|~~~+)")
_RULE = re.compile(r"[ \t]*+(?:=++[ \t]*+|-++[ \t]*+|(?:[-*_][ \t]*+){3,}+)")
_HEADING = re.compile(r"[ \t]*#{1,6}(?=[ \t]|$)")
_ITEM = re.compile(r"[ \t]*(?:[-*+•–·▪◦][ \t]+|\(?(?P<number>\d{1,3}|[a-z])[.)][ \t]+)(?=\S)")
_ADDRESS = re.compile(r"[ \t]*\[[^\]]+\]:[ \t]*\S+")
_UNDER = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+")
_CELL = re.compile(r"(?:\\.|[^|\\]|\\$)+|(?<=\|)(?=\|)")
_TAB_CELL = re.compile(r"[^\t]+")
_SPACED_CELL = re.compile(r"\S+(?: \S+)*")
_FIGURE = re.compile(r"[-−–]?\d{1,3}(?: \d{3})*(?:,\d+)?")
"""Of a row whose cells two spaces or more part: read as one where its first cell names the unit of all."""
_CAPTIONS = 4
"""Paragraphs above a table among which the one that names its unit may stand."""

_FRONT_MATTER = 200
"""Lines in which the metadata before a text must end, else it is none."""


def markdown_passages(texts: Iterable[str], path: str) -> Iterator[Passage]:
    """Every passage of a text that comes in pieces; raises UnreadableError in a table of HTML that cannot be read."""
    reader = _Reader(path)
    for line, following in _with_following(with_tables(_without_front_matter(_lines(texts)))):
        yield from reader.read(line, following) if isinstance(line, Line) else reader.table(line)
    yield from reader.close()


def _lines(texts: Iterable[str]) -> Iterator[Line]:
    number, column, rest = 1, 1, ""
    for text in texts:
        *whole, rest = (rest + text).split("\n")
        for one in whole:
            yield Line(number, column, one)
            number, column = number + 1, 1
        if len(rest) > LONGEST:
            yield Line(number, column, rest)
            column, rest = column + len(rest), ""
    if rest:
        yield Line(number, column, rest)


def _without_front_matter(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines behind the metadata between two `---` that some texts begin with."""
    begun = list(islice(lines, 2))
    if len(begun) == 2 and begun[0].text.rstrip() == "---" and re.match(r"[\w-]+[ \t]*:", begun[1].text):
        for line in islice(lines, _FRONT_MATTER):
            begun.append(line)
            if line.text.rstrip() in ("---", "..."):
                return lines
    return chain(begun, lines)


def _with_following(lines: Iterator[Line | list[Line]]) -> Iterator[tuple[Line | list[Line], str]]:
    """Each line, or table, with the text of the line after it."""
    before: Line | list[Line] | None = None
    for line in lines:
        if before is not None:
            yield before, line.text if isinstance(line, Line) else line[0].text
        before = line
    if before is not None:
        yield before, ""


class _Reader(Struct):
    """The block that is open: a paragraph or list item in the making, or a table."""

    path: str
    draft: Draft = field(default_factory=Draft)
    grid: Grid | None = None
    page: Page | None = None
    fence: str = ""
    comment: bool = False
    item: bool = False
    last: str = ""
    captions: deque[str] = field(default_factory=lambda: deque(maxlen=_CAPTIONS))

    def table(self, lines: list[Line]) -> Iterator[Passage]:
        """The passages of a table that spaces part; its unit may stand some paragraphs above it."""
        yield from self._flush()
        grid = Grid()
        for caption in self.captions:
            grid.above(caption)
        for line, parts in zip(lines, columns_of([line.text for line in lines]) or (), strict=True):
            made = []
            for part in parts:
                draft = Draft()
                draft.add(line.text[part.start : part.end], line.number, line.column + part.start, columns=True)
                passage = draft.take()
                made.append(Cell((plain(passage),) if passage else (), part.column, doubt=part.doubt))
            yield from grid.row(made)
        self.last = ""

    def read(self, line: Line, following: str) -> Iterator[Passage]:
        """The passages that end with or before a line."""
        if self.page is not None or (line.column == 1 and re.match(r"[ \t]*<table\b", line.text, re.IGNORECASE)):
            yield from self._in_page(line)
        elif line.column > 1:
            yield from self._text(line)
        else:
            pieces = [line] if self.fence else list(self._seen(line))
            self.draft.new_line()
            if line.text.strip() and not any(piece.text.strip() for piece in pieces):
                return
            first, *others = pieces or [line]
            yield from self._line(first, following)
            for other in others:
                yield from self._text(other)

    def close(self) -> Iterator[Passage]:
        """What is left at the end of the text."""
        if self.page is not None:
            yield from self.page.ended()
        yield from self._flush()

    def _seen(self, line: Line) -> Iterator[Line]:
        """The pieces of a line that stand outside comments."""
        column, rest = line.column, line.text
        while rest:
            sign = "-->" if self.comment else "<!--"
            text, found, rest = rest.partition(sign)
            if text and not self.comment:
                yield Line(line.number, column, text)
            column += len(text) + len(found)
            self.comment = self.comment != bool(found)

    def _line(self, line: Line, following: str) -> Iterator[Passage]:
        """A line from its beginning: it may end the block that is open, and open another."""
        if quoted := _QUOTE.match(line.text):
            line = _behind(line, quoted.end())
        if fence := _FENCE.match(line.text):
            yield from self._flush()
            self.fence = "" if fence[1].startswith(self.fence or "\n") else self.fence or fence[1]
        elif not line.text.strip() or _RULE.fullmatch(line.text) or _ADDRESS.match(line.text):
            yield from self._flush()
        elif self.fence:
            yield from self._text(line)
        elif (cells := self._cells(line, following)) is not None:
            yield from self._row(cells, heading=bool(_UNDER.fullmatch(following)))
        elif heading := _HEADING.match(line.text):
            yield from self._flush()
            yield from self._text(_behind(line, heading.end()))
            yield from self._flush()
        else:
            item = _ITEM.match(line.text)
            if item and self._begins(item):
                yield from self._flush()
                self.item = True
                line = _behind(line, item.end())
            elif self.grid:
                yield from self._flush()
            yield from self._text(line)

    def _begins(self, item: re.Match[str]) -> bool:
        """Whether a line begins a list item: a number in a wrapped paragraph does not, unless it is the first."""
        return not self.draft.size or self.item or item["number"] in (None, "1", "a")

    def _text(self, line: Line) -> Iterator[Passage]:
        """More of the paragraph that is open."""
        self.draft.add(line.text, line.number, line.column, columns=True)
        if self.draft.size > LONGEST:
            yield from self._given(self.draft.cut())

    def _flush(self) -> Iterator[Passage]:
        """The paragraph that was open; no block is open any more."""
        yield from self._given(self.draft.take())
        self.grid, self.item = None, False

    def _given(self, passage: Passage | None) -> Iterator[Passage]:
        if passage is not None:
            passage = plain(passage)
            self.last = passage.text
            self.captions.append(passage.text)
            yield passage

    def _cells(self, line: Line, following: str) -> list[Line] | None:
        """The cells of a row of a table, parted by `|` or by tabs; `None` of a line that is no row."""
        stripped = line.text.strip()
        if "|" in stripped and (
            self.grid or stripped.startswith("|") or (_UNDER.fullmatch(following) and "|" in following)
        ):
            if _UNDER.fullmatch(line.text):
                return []
            start = line.text.index("|") + 1 if stripped.startswith("|") else 0
            return [_behind(line, found.start(), found.end()) for found in _CELL.finditer(line.text, start)]
        parts = [_behind(line, found.start(), found.end()) for found in _SPACED_CELL.finditer(line.text)]
        if (
            len(parts) > 2
            and all(_FIGURE.fullmatch(part.text) for part in parts[1:])
            and unit_of_heading(parts[0].text)
        ):
            return parts
        figure = any(map(str.isdigit, stripped.rpartition("\t")[2]))
        if "\t" in stripped and not _ITEM.match(line.text) and (self.grid or figure or "\t" in following.strip()):
            return [_behind(line, found.start(), found.end()) for found in _TAB_CELL.finditer(line.text)]
        return None

    def _row(self, cells: list[Line], *, heading: bool) -> Iterator[Passage]:
        if self.grid is None:
            yield from self._flush()
            self.grid = Grid()
            self.grid.above(self.last)
        made = []
        for column, cell in enumerate(cells):
            draft = Draft()
            draft.add(cell.text, cell.number, cell.column, columns=True)
            passage = draft.take()
            made.append(Cell((plain(passage),) if passage else (), column, heading=heading))
        yield from self.grid.row(made)

    def _in_page(self, line: Line) -> Iterator[Passage]:
        """A table of HTML in a text."""
        if self.page is None:
            yield from self._flush()
            self.page = Page(self.path, line.number)
        elif line.column == 1:
            self.page.feed("\n")
        self.page.feed(line.text)
        yield from self.page.taken()
        if "</table" in line.text.casefold():
            yield from self.page.ended()
            self.page = None


def _behind(line: Line, start: int, end: int | None = None) -> Line:
    return Line(line.number, line.column + start, line.text[start:end])
