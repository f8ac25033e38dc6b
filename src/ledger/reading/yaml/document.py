"""YAML text → data that knows its lines: every scalar as the text that was written, from the C parser's events."""

from collections.abc import Callable
from unicodedata import is_normalized, normalize

import yaml
from msgspec import Struct, field
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from ledger.book import Mark
from ledger.diagnostic import Diagnostic, Place
from ledger.reading.yaml import forbidden
from ledger.reading.yaml.decoding import decode, quoted, text_fault
from ledger.reading.yaml.events import Event, first_in, gap, is_merge, is_text, is_unwritten, mark_of
from ledger.reading.yaml.nodes import MERGE, Map, Node, Refused, Seq
from ledger.reading.yaml.plain_style import plain
from ledger.reading.yaml.strictness import loose
from ledger.reading.yaml.syntax_errors import broken


class Document(Struct, frozen=True):
    """One file: its top mapping (empty where the YAML has none, or breaks off), its lines, and its faults."""

    path: str
    root: Map = field(default_factory=Map)
    lines: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()


def parse(data: bytes, path: str) -> Document:
    """Read one file. Faults are collected; only a break of the YAML itself ends the reading of the file."""
    text, lines, faults = decode(data, path)
    if faults:
        return Document(path, lines=lines, faults=faults)
    root = plain(text)
    return parse_with_yaml(text, path, lines) if root is None else Document(path, root, lines)


def parse_with_yaml(text: str, path: str, lines: tuple[str, ...]) -> Document:
    """Read any text: what is not in the plainest of styles is read so."""
    builder = _Builder(text, path, lines)
    root = builder.build()
    found = () if builder.faults else loose(text, lines, path)
    return Document(path, Map() if found else root, lines, found or tuple(builder.faults))


class _TooDeep(Exception):  # noqa: N818 - it stops the reading of a file, and its fault is noted already
    """The nesting is too deep to go on: the parser's time grows with the square of it."""


class _Builder:
    """Builds the tree of one file while the parser's events go by."""

    def __init__(self, text: str, path: str, lines: tuple[str, ...]) -> None:
        self.path = path
        self.lines = lines
        self.faults: list[Diagnostic] = []
        self.parser = CParser(text)
        self.next: Callable[[], Event] = self.parser.get_event if is_normalized("NFC", text) else self._composed

    def build(self) -> Map:
        """The top mapping; an empty one where the YAML breaks before its end."""
        try:
            root = self._document()
        except yaml.YAMLError as error:
            line, column, message = broken(error, self.lines)
            self._note("syntax", (line, column, column + 1), message)
            return Map()
        except _TooDeep:
            return Map()
        return root if isinstance(root, Map) else Map()

    def _document(self) -> Node | None:
        self.next()
        start = self.next()
        if not isinstance(start, DocumentStartEvent):
            return None
        first = self.next()
        root = None if is_unwritten(first) else self._node(first, 1)
        event = self.next()
        while event is not None:
            if isinstance(event, DocumentStartEvent):
                self._refuse(event, forbidden.SECOND_DOCUMENT)
                break
            event = self.next()
        if root is not None and not isinstance(root, Map | Refused):
            self._note("bad-value", mark_of(first), "a ledger file is a mapping, for example of `allocations:`")
        return root

    def _composed(self) -> Event:
        """The next event, its text in NFC: one letter has one spelling, whichever system wrote the file."""
        event = self.parser.get_event()
        if isinstance(event, ScalarEvent):
            event.value = normalize("NFC", event.value)
        return event

    def _node(self, event: Event, depth: int) -> Node:
        if isinstance(event, ScalarEvent):
            if event.anchor is None and event.tag is None:
                value: str = event.value
                return value
            self._refuse(event, forbidden.anchor_or_tag(event.anchor, event.tag))
            return Refused()
        if isinstance(event, AliasEvent):
            self._refuse(event, forbidden.alias(event.anchor))
            return Refused()
        if event.anchor is not None or event.tag is not None:
            self._refuse(event, forbidden.anchor_or_tag(event.anchor, event.tag))
        if depth > forbidden.DEEPEST:
            self._refuse(event, forbidden.TOO_DEEP)
            raise _TooDeep
        return self._mapping(event, depth) if isinstance(event, MappingStartEvent) else self._sequence(depth)

    def _sequence(self, depth: int) -> Seq:
        members = Seq()
        event = self.next()
        while not isinstance(event, SequenceEndEvent):
            members.values_at.append(mark_of(event))
            members.append(self._node(event, depth + 1))
            event = self.next()
        return members

    def _mapping(self, start: MappingStartEvent, depth: int) -> Map:
        mapping = Map()
        last, before, in_pieces = "", None, False
        event = self.next()
        while not isinstance(event, MappingEndEvent):
            noted = len(self.faults)
            key = self._key(event, depth)
            value_event = self.next()
            if key is not None and key not in mapping and is_text(value_event) and noted == len(self.faults):
                mapping[key] = value_event.value  # as nearly all are: what follows is for the others
                mapping.keys_at[key], mapping.values_at[key] = mark_of(event), mark_of(value_event)
                last, before, in_pieces = key, value_event, False
                event = self.next()
                continue
            before_value = len(self.faults)
            value = self._node(value_event, depth + 1)
            if key is None and is_merge(event):
                del self.faults[before_value:]  # the alias that a merge key takes is no fault of its own
                mapping.faulty.add(MERGE)
            piece = bool(start.flow_style) and key is not None and self._no_colon(event, value_event)
            if piece and not in_pieces:
                self._without_value(event, before, mapping, last)
            elif key is not None and not piece:
                sound = len(self.faults) == noted
                self._put(mapping, key, value, mark_of(event), value_event, sound=sound)
                last = key
            before, in_pieces = value_event, piece
            event = self.next()
        return mapping

    def _put(self, mapping: Map, key: str, value: Node, at: Mark, event: Event, *, sound: bool) -> None:
        """Put a value into its mapping. One that is not written stands at its key: the parser may put it elsewhere."""
        if key in mapping:
            first = mapping.keys_at[key]
            check, message = forbidden.duplicate_key(key, first[0], same_spelling=self._spelt(first) == self._spelt(at))
            self._note(check, at, message)
            return
        mapping[key] = value
        mapping.keys_at[key] = at
        mapping.values_at[key] = at if isinstance(value, Map | Seq) or is_unwritten(event) else mark_of(event)
        if not sound:
            mapping.faulty.add(key)

    def _spelt(self, at: Mark) -> str:
        """The characters of a key as they are in the file."""
        return self.lines[at[0] - 1][at[1] - 1 : at[2] - 1].strip("\"'")

    def _key(self, event: Event, depth: int) -> str | None:
        """The text of a key, or nothing when no field can be told from it."""
        if is_text(event) and event.value != MERGE and not event.value.isspace():
            key: str = event.value
            return key
        if isinstance(event, AliasEvent):
            self._node(event, depth + 1)
            return None
        if not isinstance(event, ScalarEvent):
            self._refuse(event, forbidden.KEY_THAT_IS_NO_TEXT)
            self._node(event, depth + 1)
            return None
        if event.anchor is not None or event.tag is not None:
            self._refuse(event, forbidden.anchor_or_tag(event.anchor, event.tag))
        elif is_merge(event):
            self._refuse(event, forbidden.MERGE_KEY)
            return None
        if not event.value.strip():
            self._refuse(event, forbidden.EMPTY_KEY)
            return None
        return str(event.value)

    def _no_colon(self, key: Event, value: Event) -> bool:
        """Whether a flow key stands without `:`; then its value is an empty one, at what comes next."""
        if not is_unwritten(value):
            return False
        return not any(":" in text for _, _, text in gap(self.lines, key, value))

    def _without_value(self, event: Event, before: Event, mapping: Map, last: str) -> None:
        """Report a flow key without a value: at the comma, when that may have split the value before it."""
        plain = isinstance(before, ScalarEvent) and not before.style
        comma = first_in(gap(self.lines, before, event), ",") if plain else None
        if comma is None:
            message = f"{quoted(event.value)} has no value: write 'key: value', or quote what belongs together"
            self._note("syntax", mark_of(event), message)
            return
        self._note("syntax", comma, "a comma split this value: quote it")
        if last:
            mapping[last] = Refused()

    def _refuse(self, event: Event, message: str) -> None:
        self._note("unsafe-yaml", mark_of(event), message)

    def _note(self, check: str, at: Mark, message: str) -> None:
        self.faults.append(text_fault(check, Place(self.path, *at), message))
