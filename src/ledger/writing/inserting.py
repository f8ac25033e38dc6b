"""Records put into the sections of a file that is there; what is read afterwards is what was read, and the records."""

from collections.abc import Mapping, Sequence
from unicodedata import normalize

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from ledger.diagnostic import Finding, Place
from ledger.reading.yaml.document import parse
from ledger.reading.yaml.nodes import Map
from ledger.writing.yaml_positions import Layout, entries, is_unwritten
from ledger.writing.yaml_records import SECTIONS, Record, section

BOM = "\ufeff"


def insert(text: str, records: Sequence[Record], path: str) -> str | Finding:
    """The text of a file with records put at the ends of their sections; a section that is missing is begun.

    A finding says why that cannot be done, and where. Raises CannotWriteError.
    """
    plain = text.lstrip(BOM)
    before = parse(plain.encode("utf-8", "surrogatepass"), path)
    if before.faults:
        return Finding(before.faults[0].place, before.faults[0].message)
    after, meant = plain, dict[str, object](before.root)
    for key in SECTIONS:
        of_key = [record for record in records if record.key == key]
        if of_key:
            put = _put(Layout(after), key, of_key, path)
            if isinstance(put, Finding):
                return put
            after = put
            old = before.root.get(key)
            meant[key] = (old if isinstance(old, Map) else {}) | _meant(of_key)
    return reads_as(after, meant, path) or text[: len(text) - len(plain)] + after


def _meant(records: Sequence[Record]) -> dict[str, object]:
    """What the records of one section are to be read as."""
    named: dict[str, object] = {one.id: one.fields for one in records if one.id}
    return named | {name: value for one in records if not one.id for name, value in one.fields.items()}


def reads_as(text: str, meant: Mapping[str, object], path: str) -> Finding | None:
    """Nothing when the text reads as what is meant, in that order; else what to say of the file."""
    read = parse(text.encode(), path)
    if not read.faults and _plain(read.root) == _plain(meant):
        return None
    message = "this file is written in a way that cannot be added to safely: nothing is changed, add by hand"
    return Finding(Place(path, 1, 1, 2), message)


def _plain(value: object) -> object:
    """What is written, without where, in NFC as it is read; of mappings the order is kept too."""
    if isinstance(value, Mapping):
        return [(normalize("NFC", key), _plain(one)) for key, one in value.items()]
    return (
        normalize("NFC", value)
        if isinstance(value, str)
        else tuple(map(_plain, value))
        if isinstance(value, Sequence)
        else value
    )


def _put(layout: Layout, key: str, records: Sequence[Record], path: str) -> str | Finding:
    """The text with the records at the end of one section."""
    root = layout.root
    if root is None:
        return layout.with_lines(_last(layout, 0), [f"{key}:", *section(records)], above=True)
    if isinstance(root, CollectionNode) and root.flow_style:
        return _refused(path, root, "the file is written in braces: write its sections on lines of their own first")
    pairs = {name.value: (name, value) for name, value in entries(root)}
    indent = root.start_mark.column
    if key not in pairs:
        lines = [f"{' ' * indent}{line}".rstrip(" ") for line in (f"{key}:", *section(records))]
        return layout.with_lines(_last(layout, layout.behind(*_last_pair(root), deeper_than=indent)), lines, above=True)
    refused = _refusal(*pairs[key], records, path)
    return refused or _at_end(layout, *pairs[key], indent, records)


def _refusal(name: ScalarNode, value: Node, records: Sequence[Record], path: str) -> Finding | None:
    """Why records cannot be put into a section."""
    if is_unwritten(value) or _is_empty(value):
        return None
    if isinstance(value, CollectionNode) and value.flow_style:
        message = f"'{name.value}' is written in braces: write its records on lines of their own first"
        return _refused(path, value, message)
    if not isinstance(value, MappingNode):
        return _refused(path, value, f"'{name.value}' is a mapping from ids to records")
    known = {key.value: key for key, _ in entries(value)}
    taken = (one for one in _meant(records) if one in known)
    return next((_refused(path, known[one], f"'{one}' stands there already") for one in taken), None)


def _is_empty(value: Node) -> bool:
    """Whether a value is a pair of brackets with nothing between them, also no line end and no comment."""
    return isinstance(value, CollectionNode) and not value.value and value.start_mark.line == value.end_mark.line


def _at_end(layout: Layout, name: ScalarNode, value: Node, indent: int, records: Sequence[Record]) -> str:
    """The text with the records behind what a section holds."""
    row = layout.behind(name, value, deeper_than=indent)
    if _is_empty(value):
        bare = layout.text[: value.start_mark.index].rstrip(" ") + layout.text[value.end_mark.index :]
        return Layout(bare).with_lines(row, section(records, indent + 2), below=True)
    if is_unwritten(value):
        return layout.with_lines(row, section(records, indent + 2), below=True)
    column = value.start_mark.column
    return layout.with_lines(row, section(records, column, column - indent), above=True, below=True)


def _last(layout: Layout, row: int) -> int:
    """The row behind the last thing of the file, from `row` on: before a mark that ends the document."""
    rows = len(layout.starts)
    ended = (one for one in range(row, rows) if layout.line(one).startswith("..."))
    return next(ended, rows if layout.line(rows - 1) else rows - 1)


def _last_pair(root: Node) -> tuple[ScalarNode, Node]:
    *_, last = entries(root)
    return last


def _refused(path: str, node: Node, message: str) -> Finding:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    return Finding(Place(path, line, column, column + 1), message)
