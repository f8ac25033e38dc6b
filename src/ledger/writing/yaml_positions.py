"""Where things stand in a file, by the parser's own marks, and where new lines can be put between them."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from unicodedata import normalize

import yaml
from msgspec import Struct
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

_LINE_END = re.compile("\r\n|\n|\r")
_COMMENT = re.compile(r"( *)#")


class Layout(Struct, frozen=True, dict=True):
    """The text of a file that reads without fault, without a byte order mark; its nodes know where they stand."""

    text: str

    @cached_property
    def root(self) -> Node | None:
        """The file's top node; nothing where it holds no more than comments."""
        node: Node | None = yaml.compose(self.text, Loader=yaml.CBaseLoader)
        return None if isinstance(node, ScalarNode) and not node.value else node

    @cached_property
    def starts(self) -> list[int]:
        """Where each line starts."""
        return [0, *(end.end() for end in _LINE_END.finditer(self.text))]

    @property
    def newline(self) -> str:
        """The file's line end: that of its first line."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"

    def line(self, row: int) -> str:
        """A line, counted from 0, without its end; behind the last line there are empty ones."""
        if row >= len(self.starts):
            return ""
        end = self.starts[row + 1] if row + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[row] : end].rstrip("\r\n")

    def behind(self, key: Node, value: Node, *, deeper_than: int) -> int:
        """The row behind an entry, and behind the comments that follow it as long as they stand that deep."""
        row = end = self._last_row(key, value) + 1
        for following in range(row, len(self.starts)):
            line = self.line(following)
            found = _COMMENT.match(line)
            if found and len(found[1]) > deeper_than:
                end = following + 1
            elif line.strip():
                break
        return end

    def _last_row(self, key: Node, value: Node) -> int:
        """The row on which an entry ends."""
        if is_unwritten(value):
            return int(key.start_mark.line)
        end = end_of(value)
        # a text in a block of its own ends where the next line begins
        return int(end.line) - 1 if end.column == 0 and end.line > value.start_mark.line else int(end.line)

    def splice(self, at: int, new: str) -> str:
        """The text with something put in."""
        return self.text[:at] + new + self.text[at:]

    def with_lines(self, row: int, lines: Sequence[str], *, above: bool = False, below: bool = False) -> str:
        """The text with lines put in before a row; `above` and `below` keep an empty line there."""
        first = [""] if above and row and self.line(row - 1).strip() else []
        last = [""] if below and self.line(row).strip() else []
        return self.splice(*self.lines_at(row, (*first, *lines, *last)))

    def lines_at(self, row: int, lines: Sequence[str]) -> tuple[int, str]:
        """Where lines before a row are put in, and their text with the line ends that it needs there."""
        at = self.starts[row] if row < len(self.starts) else len(self.text)
        unended = row >= len(self.starts) and bool(self.line(row - 1))
        end = self.newline
        return at, (end if unended else "") + "".join(line + end for line in lines)


def entries(node: Node) -> Iterator[tuple[ScalarNode, Node]]:
    """The keys, in NFC as they are read, and values of a mapping."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            key.value = normalize("NFC", key.value) if isinstance(key, ScalarNode) else key.value
            yield key, value


def value_of(node: Node, key: str) -> Node | None:
    """The value of a key of a mapping."""
    return next((value for name, value in entries(node) if name.value == key), None)


def end_of(node: Node) -> yaml.Mark:
    """Where the last thing written in a node ends; the parser lets a block end where the next thing begins."""
    while isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last if not isinstance(last, tuple) else last[0] if is_unwritten(last[1]) else last[1]
    return node.end_mark


def is_unwritten(node: Node) -> bool:
    """Whether no character of a value is written."""
    return isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index
