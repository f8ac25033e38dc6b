"""YAML text → data that knows its lines: every scalar as the text that was written, from the C parser's events."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import yaml
from yaml.cyaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from ledger.book import Mark
from ledger.diagnostic import Diagnostic, Place
from ledger.reading.text import decode, text_fault

DEEPEST = 50
"""Mappings and lists inside one another."""

_CONTROL = re.compile("[^\t\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow in a file."""


class Map(dict[str, "Node"]):
    """A mapping that knows where each key (`keys_at`) and each value (`values_at`) is written."""

    __slots__ = ("keys_at", "values_at")

    def __init__(self) -> None:
        super().__init__()
        self.keys_at: dict[str, Mark] = {}
        self.values_at: dict[str, Mark] = {}


class Seq(list["Node"]):
    """A list that knows where each of its members is written."""

    __slots__ = ("values_at",)

    def __init__(self) -> None:
        super().__init__()
        self.values_at: list[Mark] = []


class Refused(str):
    """Stands where a value was refused and reported, so that nothing else is said about it."""

    __slots__ = ()


Node = str | Map | Seq


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its top mapping (empty where there is none), its lines, and what was wrong with its YAML.

    `broken` says that the YAML ended early, so that the mapping is not whole.
    """

    path: str
    root: Map = field(default_factory=Map)
    lines: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    broken: bool = False


def parse(data: bytes, path: str) -> Document:
    """Read one file. Faults are collected; only a break of the YAML itself ends the reading of the file."""
    text, lines, faults = decode(data, path)
    if faults:
        return Document(path, lines=lines, faults=faults, broken=True)
    builder = _Builder(text, path, lines)
    root, broken = builder.build()
    return Document(path, root, lines, tuple(builder.faults), broken)


class _Builder:
    """Builds the tree of one file while the parser's events go by."""

    def __init__(self, text: str, path: str, lines: tuple[str, ...]) -> None:
        self.path = path
        self.lines = lines
        self.faults: list[Diagnostic] = []
        self.parser = CParser(text)
        self.next: Callable[[], Event] = self.parser.get_event

    def build(self) -> tuple[Map, bool]:
        """The top mapping, and whether the YAML broke before its end."""
        try:
            root = self._document()
        except yaml.YAMLError as error:
            self.faults.append(self._broken(error))
            return Map(), True
        if isinstance(root, Map):
            return root, False
        if root is not None:
            place = Place(self.path, 1, 1, 2)
            self.faults.append(text_fault("bad-value", place, "a ledger file is a mapping, for example of `allocations:`"))
        return Map(), False

    def _document(self) -> Node | None:
        self.next()
        start = self.next()
        if not isinstance(start, DocumentStartEvent):
            return None
        first = self.next()
        empty = isinstance(first, ScalarEvent) and not first.value and first.start_mark.index == first.end_mark.index
        root = None if empty else self._node(first, 1)
        event = self.next()
        while event is not None:
            if isinstance(event, DocumentStartEvent):
                self._refuse(event, "a second document: a ledger file holds one; split it into two files")
                break
            event = self.next()
        return root

    def _node(self, event: Event, depth: int) -> Node:
        if isinstance(event, ScalarEvent):
            if event.anchor is not None or event.tag is not None:
                return self._marked(event)
            value: str = event.value
            return value
        if isinstance(event, AliasEvent):
            self._refuse(event, f"alias '*{event.anchor}': write the value out, so that every figure stands in its place")
            return Refused()
        if event.anchor is not None or event.tag is not None:
            self._marked(event)
        if depth > DEEPEST:
            self._refuse(event, f"nested more than {DEEPEST} deep")
            self._skip()
            return Refused()
        return self._mapping(event, depth) if isinstance(event, MappingStartEvent) else self._sequence(depth)

    def _marked(self, event: Event) -> Refused:
        if event.anchor is not None:
            self._refuse(event, f"anchor '&{event.anchor}': write the value out where it is used")
        else:
            self._refuse(event, f"tag '{event.tag}': a ledger is plain text, write the value without a tag")
        return Refused()

    def _skip(self) -> None:
        open_nodes = 1
        while open_nodes:
            event = self.next()
            open_nodes += isinstance(event, MappingStartEvent | SequenceStartEvent)
            open_nodes -= isinstance(event, MappingEndEvent | SequenceEndEvent)

    def _sequence(self, depth: int) -> Seq:
        members = Seq()
        event = self.next()
        while not isinstance(event, SequenceEndEvent):
            members.values_at.append(_mark(event))
            members.append(self._node(event, depth + 1))
            event = self.next()
        return members

    def _mapping(self, start: MappingStartEvent, depth: int) -> Map:
        mapping = Map()
        last = ""
        event = self.next()
        while not isinstance(event, MappingEndEvent):
            at = _mark(event)
            key = self._key(event, depth)
            value_event = self.next()
            value_at = _mark(value_event)
            value = self._node(value_event, depth + 1)
            if start.flow_style and key is not None and self._no_colon(event, value_event):
                self._comma(at, key)
                if last:
                    dict.__setitem__(mapping, last, Refused())
            elif key is not None and key not in mapping:
                mapping[key] = value
                mapping.keys_at[key] = at
                mapping.values_at[key] = at if isinstance(value, Map | Seq) else value_at
                last = key
            elif key is not None:
                self._twice(key, at, mapping.keys_at[key])
            event = self.next()
        return mapping

    def _key(self, event: Event, depth: int) -> str | None:
        """The text of a key, or nothing when it was refused."""
        if not isinstance(event, ScalarEvent):
            self._refuse(event, "a key that is not a text")
            self._node(event, depth + 1)
            return None
        if event.anchor is not None or event.tag is not None:
            self._marked(event)
            return None
        if event.value == "<<" and event.implicit[0]:
            self._refuse(event, "a merge key: write the fields out, so that every figure stands in its place")
            return None
        if not event.value.strip():
            self._refuse(event, "an empty key")
            return None
        key: str = event.value
        return key

    def _no_colon(self, key: Event, value: Event) -> bool:
        """Whether a flow key stands without `:`; then its value is an empty one, right behind it."""
        if not isinstance(value, ScalarEvent) or value.value or value.start_mark.index != value.end_mark.index:
            return False
        between = self._between(key.end_mark, value.end_mark)
        return ":" not in between

    def _between(self, start: yaml.Mark, end: yaml.Mark) -> str:
        if start.line == end.line:
            return self.lines[start.line][start.column : end.column]
        rest = self.lines[start.line + 1 : end.line]
        return "\n".join((self.lines[start.line][start.column :], *rest, self.lines[end.line][: end.column]))

    def _comma(self, at: Mark, key: str) -> None:
        """Report the comma that split a value, at the comma itself."""
        line, column, _ = at
        before = self.lines[line - 1][: column - 1].rstrip()
        while not before and line > 1:
            line -= 1
            before = self.lines[line - 1].rstrip()
        if before.endswith(","):
            place = Place(self.path, line, len(before), len(before) + 1)
            message = "a comma split this value: quote it"
        else:
            place = Place(self.path, at[0], column, at[2])
            message = f"'{key}' has no value: write 'key: value', or quote what belongs together"
        self.faults.append(text_fault("syntax", place, message))

    def _twice(self, key: str, at: Mark, first: Mark) -> None:
        place = Place(self.path, *at)
        message = f"'{key}' stands twice here, first on line {first[0]}: only one can hold"
        self.faults.append(text_fault("duplicate-key", place, message))

    def _refuse(self, event: Event, message: str) -> None:
        self.faults.append(text_fault("unsafe-yaml", Place(self.path, *_mark(event)), message))

    def _broken(self, error: yaml.YAMLError) -> Diagnostic:
        mark = getattr(error, "problem_mark", None)
        problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
        line, column = (mark.line + 1, mark.column + 1) if mark else self._position(error)
        line = min(line, len(self.lines))
        column = min(column, len(self.lines[line - 1]) + 1)
        context = getattr(error, "context", None)
        message = f"{problem} ({context})" if context else problem
        return text_fault("syntax", Place(self.path, line, column, column + 1), f"not YAML: {message}")

    def _position(self, error: yaml.YAMLError) -> tuple[int, int]:
        """Where the parser met a character that YAML does not allow; it gives only how far it had come."""
        for number, text in enumerate(self.lines, 1):
            found = _CONTROL.search(text)
            if found:
                return number, found.start() + 1
        return 1, 1


def _mark(event: Event) -> Mark:
    """Line, column and end column, from 1; of a text over several lines, the end of its first."""
    start, end = event.start_mark, event.end_mark
    line, column = start.line, start.column
    last = end.column if end.line == line and end.column > column else column + 1
    return line + 1, column + 1, last + 1
