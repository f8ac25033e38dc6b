"""A block of text as a reader sees it, which knows of each of its characters where it stands in the file."""

import re
from bisect import bisect_right
from unicodedata import is_normalized

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.statements._nfc import letters

LONGEST = 65_536
"""Characters of a block: a longer one is cut, so that a file of one endless line takes no more memory than another."""

_RUN = re.compile(r"[^ \t\n\r\f\v]+(?: [^ \t\n\r\f\v]+)*")
_SENTENCE_END = re.compile(r"[.!?]( )[A-ZÅÄÖ]")
_FAR_FROM_FIGURES = re.compile(r"(?<=[^\d]{60})( )(?!\d)")
_BETWEEN_WORDS = re.compile(r"(?<![\d,.])( )(?!\d)")

_LAST = 8
"""Pieces that are looked at for how a draft ends."""

Mark = tuple[int, int, int]
"""An offset in a text, and the line and column, from 1, at which what begins there stands in the file."""


class Scope(Struct, frozen=True):
    """What the headings of a table say of a cell: units of bare figures, a year, that it is a total.

    Two units contradict each other; none makes a bare figure no amount. `doubt` says why the cell may be two.
    """

    units: tuple[str, ...] = ()
    year: str = ""
    total: bool = False
    doubt: str = ""


class Passage(Struct, frozen=True):
    """A paragraph, list item, heading or table cell: its text with single spaces, and where its pieces stand.

    Where a line of a text ends there is a line end instead, as a unit there is not that of the next line's number.
    """

    text: str
    marks: tuple[Mark, ...]
    cell: bool = False
    scope: Scope = Scope()

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of a character of the text."""
        start, line, column = self.marks[max(bisect_right(self.marks, (offset, 1 << 60, 0)) - 1, 0)]
        return line, column + offset - start

    def part(self, start: int, end: int) -> "Passage":
        """The passage from one offset to another."""
        inside = tuple((at - start, line, column) for at, line, column in self.marks if start < at < end)
        return replace(self, text=self.text[start:end], marks=((0, *self.place(start)), *inside))


class Draft(Struct):
    """A passage in the making: pieces of text are added as they come in the file."""

    size: int = 0
    _pieces: list[str] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)
    _apart: str = ""

    def new_line(self) -> None:
        """Whatever is added next stands on another line, and is another word."""
        self._apart = "\n"

    def add(self, text: str, line: int, column: int, *, columns: bool = False) -> None:
        """Add what stands at a place of the file, each run of blanks and line ends as one space.

        With `columns`, two spaces or more between digits stay two: they part columns, and one groups digits.
        """
        at = 0
        for run in _RUN.finditer(text):
            if gap := text[at : run.start()]:
                parted = columns and len(gap) > 1 and at and text[at - 1].isdigit() and run[0][0].isdigit()
                self._apart = self._apart or ("  " if parted else " ")
                line, column = moved(gap, line, column)
            self.put(run[0], line, column)
            at, column = run.end(), column + len(run[0])
        self._apart = self._apart or (" " if at < len(text) else "")

    def put(self, text: str, line: int, column: int) -> None:
        """Add a text as it is, which stands at a place of the file in whatever spelling."""
        if self._apart and self.size:
            self._pieces.append(self._apart)
            self.size += len(self._apart)
        self._apart = ""
        self._marks.append((self.size, line, column))
        self._pieces.append(text)
        self.size += len(text)

    def ends_with(self, pattern: re.Pattern[str]) -> bool:
        """Whether what was added last, up to where the next text will join it, has this in it."""
        return not self._apart and bool(pattern.search("".join(self._pieces[-_LAST:])))

    def take(self) -> Passage | None:
        """The passage, if it has any text; the draft is empty again."""
        passage = _composed(Passage("".join(self._pieces), tuple(self._marks))) if self.size else None
        self.size, self._apart = 0, ""
        self._pieces, self._marks = [], []
        return passage

    def cut(self) -> Passage | None:
        """Of a draft that has grown too long, all but the last words; they begin the next passage."""
        apart = self._apart
        whole = self.take()
        if whole is None:
            return None
        at = _cut(whole.text)
        if at < len(whole.text):
            rest = whole.part(at, len(whole.text))
            self._pieces, self._marks, self.size = [rest.text], list(rest.marks), len(rest.text)
        self._apart = apart
        return whole.part(0, at)


def _composed(passage: Passage) -> Passage:
    """The passage in NFC, with a mark behind each letter that is shorter there."""
    if is_normalized("NFC", passage.text):
        return passage
    starts = {at for at, _, _ in passage.marks}
    pieces, marks, length, shorter = [], [], 0, False
    for begin, end, letter in letters(passage.text):
        if shorter or begin in starts:
            marks.append((length, *passage.place(begin)))
        pieces.append(letter)
        length += len(letter)
        shorter = end - begin > len(letter)
    return replace(passage, text="".join(pieces), marks=tuple(marks))


def moved(text: str, line: int, column: int) -> tuple[int, int]:
    """The place behind a text that begins at a place."""
    if "\n" not in text:
        return line, column + len(text)
    return line + text.count("\n"), len(text) - text.rindex("\n")


def _cut(text: str) -> int:
    """Where a long text is best cut: behind a sentence, else far from figures, else between words, else at a space."""
    half = len(text) // 2
    for pattern in (_SENTENCE_END, _FAR_FROM_FIGURES, _BETWEEN_WORDS):
        if found := pattern.search(text, half):
            return found.end(1)
    return text.find(" ", half) + 1 or len(text)
