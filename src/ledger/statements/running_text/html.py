"""A page of HTML, fed in pieces → its passages: what a browser shows, without scripts, comments and addresses."""

import html
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from msgspec import Struct, field

from ledger.statements._html_tags import BLOCKS, CELLS, ENDLESS, ROWS, UNSEEN, read_on
from ledger.statements.running_text.decoding import UnreadableError
from ledger.statements.running_text.markdown_inline import BREAK, TEN
from ledger.statements.running_text.passage import LONGEST, Draft, Passage, moved
from ledger.statements.running_text.table_cells import Cell, Grid

_LONGEST_TAG = 32 * 2**20
"""Characters of a tag, comment or script: a picture inside a page has some millions."""

_WIDEST = 1_000
"""Columns and rows that a cell may go over, as browsers have it."""

_MOST_COLUMNS = 10_000
"""Columns of a table."""

_NOTE_MARK = re.compile(r"[\s\d,*†‡()\[\]a-z]{1,6}")
"""What stands raised behind a word or figure to point at a footnote."""

_NUMBER_OF_NOTE = re.compile(r"\(?[\d*†‡]{1,3}\)?")
_WORD = re.compile(r"[\w%)]$")


def html_passages(texts: Iterable[str], path: str) -> Iterator[Passage]:
    """Every passage of a page; raises UnreadableError where the page cannot be read on."""
    page = Page(path)
    for text in texts:
        page.feed(text)
        yield from page.taken()
    yield from page.ended()


class _Open(Struct):
    """A table that is open: the row and cell that are, and how many rows each column is still taken by a cell above."""

    grid: Grid = field(default_factory=Grid)
    cells: list[Cell] = field(default_factory=list)
    passages: list[Passage] | None = None
    size: int = 0
    column: int = 0
    span: tuple[int, int] = (1, 1)
    heading: bool = False
    taken: dict[int, int] = field(default_factory=dict)


class Page(HTMLParser):
    """Gathers passages; `waiting` counts the characters parsed since the parser last understood something."""

    def __init__(self, path: str, line: int = 1) -> None:
        super().__init__(convert_charrefs=False)
        self.waiting = 0
        self._path = path
        self._held: list[str] = []
        self._size = 0
        self._above = line - 1
        self._ready: list[Passage] = []
        self._draft = Draft()
        self._tables: list[_Open] = []
        self._unseen = 0
        self._raised: list[tuple[str, int, int]] | None = None
        self._noted = False
        self._last = ""

    @property
    def place(self) -> tuple[int, int]:
        """The line and column at which the parser is."""
        line, offset = self.getpos()
        return line + self._above, offset + 1

    def feed(self, data: str) -> None:
        """Read a piece of the page; raises UnreadableError where it cannot be read on."""
        self._held.append(data)
        self._size += len(data)
        # What does not end within a piece is searched anew with the next: pieces as long as it keep the whole linear.
        if self._size >= self.waiting:
            self._parse()
        if self.waiting > _LONGEST_TAG:
            raise self._unreadable(ENDLESS)

    def taken(self) -> list[Passage]:
        """The passages that are whole."""
        ready, self._ready = self._ready, []
        return ready

    def ended(self) -> list[Passage]:
        """The passages that are left at the end."""
        self._parse(last=True)
        while self._tables:
            self._close_table()
        self._flush()
        return self.taken()

    def _parse(self, *, last: bool = False) -> None:
        text, self._held, self._size = "".join(self._held), [], 0
        self.waiting += len(text)
        try:
            read_on(self, text, last=last)
        except ValueError as error:
            raise self._unreadable(str(error)) from None

    def _unreadable(self, why: str) -> UnreadableError:
        return UnreadableError(self._path, *self.place, f"not readable as HTML: {why}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens a block, a part of a table, or a stretch that is not shown."""
        self.waiting = 0
        self._unseen += tag in UNSEEN
        if tag == "sup":
            self._raised = self._raised or []
        elif tag == "a" and self._raised is None and self._draft.ends_with(_WORD):
            self._raised, self._noted = [], True
        elif tag in BLOCKS:
            self._flush()
        elif tag in ROWS or tag in CELLS:
            self._open(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """The same for what it closes; a caption names the unit of its table."""
        self.waiting = 0
        self._unseen -= tag in UNSEEN and self._unseen > 0
        if tag == "sup" or (tag == "a" and self._noted):
            self._lower()
        elif tag in BLOCKS:
            self._flush()
        elif tag == "table" and self._tables:
            self._close_table()
        elif tag == "tr":
            self._close_row()
        elif tag in CELLS:
            self._close_cell()
        elif tag == "caption":
            self._flush()
            if self._tables:
                self._tables[-1].grid.above(self._last)

    def handle_data(self, data: str) -> None:
        """Text as it stands in the file."""
        self.waiting = 0
        if self._unseen:
            return
        if self._raised is not None:
            self._raised.append((data, *self.place))
            return
        line, column = self.place
        for start in range(0, len(data), LONGEST):
            piece = data[start : start + LONGEST]
            self._draft.add(piece, line, column)
            line, column = moved(piece, line, column)
            if self._draft.size > LONGEST:
                self._put(self._draft.cut())

    def handle_entityref(self, name: str) -> None:
        """A character by its name."""
        self._character(html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        """A character by its number."""
        self._character(html.unescape(f"&#{name};"))

    def handle_comment(self, data: str) -> None:
        """What is not shown."""
        del data
        self.waiting = 0

    def handle_decl(self, decl: str) -> None:
        """As a comment."""
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        """As a comment."""
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        """As a comment."""
        self.handle_comment(data)

    def _character(self, text: str) -> None:
        self.waiting = 0
        if not self._unseen:
            self._draft.add(text, *self.place)

    def _lower(self) -> None:
        """What was raised, or a link behind a word: a footnote's mark is no text, least of all a digit."""
        raised, self._raised = self._raised or [], None
        mark, self._noted = (_NUMBER_OF_NOTE if self._noted else _NOTE_MARK), False
        text = "".join(piece for piece, _, _ in raised)
        if not mark.fullmatch(text):
            for piece, line, column in raised:
                self._draft.add(piece, line, column)
        elif self._draft.ends_with(TEN):
            self._draft.put(BREAK, *raised[0][1:])

    def _flush(self) -> None:
        self._lower()
        self._put(self._draft.take())

    def _put(self, passage: Passage | None) -> None:
        """A passage goes into its cell; those of a cell too long for a table's stand by themselves."""
        if passage is None:
            return
        self._last = passage.text
        table = self._tables[-1] if self._tables else None
        if table is None or table.passages is None:
            self._ready.append(passage)
            return
        table.passages.append(passage)
        table.size += len(passage.text)
        if table.size > LONGEST:
            self._spill(table)

    def _spill(self, table: _Open) -> None:
        """What stands in a row of a table that only lays the page out: its texts stand by themselves."""
        self._ready += [one for cell in table.cells for one in cell.passages] + (table.passages or [])
        table.cells, table.size = [], 0
        table.passages = None if table.passages is None else []

    def _open(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a part of one, a row or a cell."""
        if tag == "table":
            self._flush()
            if self._tables:
                self._spill(self._tables[-1])
            self._tables.append(_Open())
            self._tables[-1].grid.above(self._last)
        elif not self._tables:
            self._flush()
        elif tag in CELLS:
            self._close_cell()
            self._open_cell(dict(attrs), heading=tag == "th")
        else:
            self._close_row()

    def _open_cell(self, attrs: dict[str, str | None], *, heading: bool) -> None:
        table = self._tables[-1]
        while table.taken.get(table.column):
            table.column += 1
        table.passages, table.heading = [], heading
        table.span = _span(attrs.get("colspan")), _span(attrs.get("rowspan"))

    def _close_cell(self) -> None:
        self._flush()
        if not self._tables or self._tables[-1].passages is None:
            return
        table = self._tables[-1]
        columns, rows = table.span
        columns = min(columns, max(1, _MOST_COLUMNS - table.column))
        table.cells.append(Cell(tuple(table.passages or ()), table.column, columns, table.heading))
        for column in range(table.column, table.column + columns) if rows > 1 else ():
            table.taken[column] = rows
        table.column, table.passages = table.column + columns, None

    def _close_row(self) -> None:
        self._close_cell()
        if self._tables and self._tables[-1].cells:
            table = self._tables[-1]
            self._ready += table.grid.row(table.cells)
            table.cells, table.size, table.column = [], 0, 0
            table.taken = {column: rows - 1 for column, rows in table.taken.items() if rows > 1}

    def _close_table(self) -> None:
        self._close_row()
        self._tables.pop()


def _span(text: str | None) -> int:
    return min(max(int(text), 1), _WIDEST) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1
