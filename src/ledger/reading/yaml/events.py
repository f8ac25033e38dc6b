"""What the C parser's events tell: where things are written, and what stands between them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import yaml
from yaml.events import ScalarEvent

from ledger.book import Mark
from ledger.reading.yaml.nodes import MERGE

Event = Any
"""An event of the C parser: it always has the marks that its declared types leave open."""

Piece = tuple[int, int, str]
"""A piece of one line: its line and first column (from 1), and its text."""


def mark_of(event: Event) -> Mark:
    """Line, column and end column, from 1; of a text over several lines, its first character."""
    start, end = event.start_mark, event.end_mark
    line, column = start.line, start.column
    last = end.column if end.line == line and end.column > column else column + 1
    return line + 1, column + 1, last + 1


def is_text(event: Event) -> bool:
    """Whether an event is a plain or quoted text that is not empty, and nothing beside it."""
    return isinstance(event, ScalarEvent) and bool(event.value) and event.anchor is None and event.tag is None


def is_unwritten(event: Event) -> bool:
    """Whether an event is a value of which no character is written."""
    if not isinstance(event, ScalarEvent) or event.value:
        return False
    start, end = _ends(event)
    return start.index == end.index


def is_merge(key: Event) -> bool:
    """Whether a key is a merge key; a quoted one is a text."""
    return isinstance(key, ScalarEvent) and key.value == MERGE and key.implicit[0]


def gap(lines: Sequence[str], before: Event, after: Event) -> Iterator[Piece]:
    """The pieces of lines between two events, without the comments in them."""
    _, start = _ends(before)
    end, _ = _ends(after)
    for row in range(start.line, min(end.line + 1, len(lines))):  # the end of a file counts as a line more
        first = start.column if row == start.line else 0
        last = end.column if row == end.line else None
        yield row + 1, first + 1, lines[row][first:last].partition("#")[0]


def first_in(pieces: Iterable[Piece], character: str) -> Mark | None:
    """Where a character stands first."""
    for line, column, text in pieces:
        found = text.find(character)
        if found >= 0:
            return line, column + found, column + found + 1
    return None


def _ends(event: Event) -> tuple[yaml.Mark, yaml.Mark]:
    return event.start_mark, event.end_mark
