"""A saved page → its lines as a reader sees them: table cells parted by tabs, each line with its place in the file."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

from ledger.statements._html_tags import BLOCKS, CELLS, ROWS, UNSEEN, read_on

_HTML = re.compile(r"<(?:!doctype html|html|table|body|tr|td|p|div)\b", re.IGNORECASE)
_HEAD = 4_000


class Line(NamedTuple):
    """A line of a letter and where it stands in the file, from 1."""

    number: int
    text: str


def lines_of(text: str) -> list[Line]:
    """The lines of a text or page, without soft hyphens, which stand inside words and beside amounts.

    Raises ValueError for a page that cannot be read.
    """
    text = text.replace("\u00ad", "")
    if not _HTML.search(text[:_HEAD]):
        return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    page = _Page()
    read_on(page, text, last=True)
    page.end_line()
    return page.lines


class _Page(HTMLParser):
    """Gathers lines; what parts two pieces of text is known only when the second one comes.

    What is raised is a footnote's mark, and is left out.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._text = ""
        self._number = 1
        self._between = ""
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in UNSEEN or tag == "sup":
            self._unseen += 1
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN or tag == "sup":
            self._unseen = max(0, self._unseen - 1)
        if tag not in CELLS:
            self._part(tag)

    def handle_data(self, data: str) -> None:
        words = re.sub(r"[ \t\n\r\f]+", " ", data)
        if self._unseen or (not words.strip() and self._between):
            return
        if self._between == "\n":
            self.end_line()
        elif self._between == "\t" and self._text:
            self._text = self._text.rstrip(" ") + "\t"
        if not self._text:
            self._number = self.getpos()[0]
        self._text += words.lstrip(" ") if self._between or not self._text else words
        self._between = ""

    def end_line(self) -> None:
        """Put the line away that was gathered."""
        if self._text.strip():
            self.lines.append(Line(self._number, self._text.strip()))
        self._text = ""

    def _part(self, tag: str) -> None:
        """A row ends the line, a cell is parted by a tab, a paragraph ends the line but for one that opens a cell."""
        if tag in ROWS:
            self.end_line()
            self._between = ""
        elif tag in CELLS:
            self._between = "\t"
        elif tag in BLOCKS and self._between != "\t":
            self._between = "\n"
