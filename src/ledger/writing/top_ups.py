"""One top-up put into the line it belongs to, in the way that line is written."""

from collections.abc import Iterator, Mapping

from yaml.nodes import CollectionNode, Node, ScalarNode

from ledger.diagnostic import Finding, Place
from ledger.reading.document import Document, parse
from ledger.reading.nodes import Map
from ledger.writing.inserting import BOM, reads_as
from ledger.writing.layout import Layout, end_of, entries, value_of
from ledger.writing.records import entry, flow, item
from ledger.writing.scalars import WIDTH, Value

_FIGURES = {"base", "total", "outcome"}
_BEHIND = {"restated", "parts_are", "parts", "accept", "note"}
"""The fields that stand behind the top-ups of a line without figures."""


def add_top_up(text: str, path: str, line: str, top_up: Mapping[str, Value]) -> str | Finding:
    """The text of a file with one top-up more at the line of this id, a part's being its path.

    A finding says why that cannot be done, and where. Raises CannotWriteError.
    """
    plain = text.lstrip(BOM)
    before = parse(plain.encode("utf-8", "surrogatepass"), path)
    if before.faults:
        return Finding(before.faults[0].place, before.faults[0].message)
    layout = Layout(plain)
    found = _found(layout, line)
    if found is None:
        return Finding(Place(path, 1, 1, 2), f"no line '{line}' stands in this file")
    key, node = found
    top_ups = value_of(node, "top_ups")
    anchor, value = _anchor(node)
    if isinstance(top_ups, CollectionNode):
        put = _into_list(layout, top_ups, top_up)
    elif isinstance(node, CollectionNode) and node.flow_style:
        put = _into_braces(layout, node, value, top_up)
    else:
        indent = node.start_mark.column
        lines = entry("top_ups", [top_up], indent, indent - key.start_mark.column)
        put = layout.with_lines(layout.behind(anchor, value, deeper_than=indent), lines)
    meant = _with_top_up(before.root, ["allocations", *line.replace("/", "/parts/").split("/")], anchor.value, top_up)
    return reads_as(put, meant, path) or text[: len(text) - len(plain)] + put


def unit_in_scope(document: Document, line: str) -> str | None:
    """The unit of bare amounts in a line: its own, else that of the nearest line around it."""
    unit: str | None = None
    node = document.root.get("allocations")
    for step in line.split("/"):
        node = node.get(step) if isinstance(node, Map) else None
        if isinstance(node, Map):
            own = node.get("unit")
            unit = own if isinstance(own, str) else unit
            node = node.get("parts")
    return unit


def _found(layout: Layout, line: str) -> tuple[ScalarNode, Node] | None:
    """The key of a line, and its fields."""
    inside = value_of(layout.root, "allocations") if layout.root else None
    found = None
    for step in line.split("/"):
        found = next((pair for pair in entries(inside) if pair[0].value == step), None) if inside else None
        inside = value_of(found[1], "parts") if found else None
    return found


def _anchor(node: Node) -> tuple[ScalarNode, Node]:
    """The field behind which top-ups are put: the last figure, else the last of those that say what the line is."""
    pairs = list(entries(node))
    figures = [pair for pair in pairs if pair[0].value in _FIGURES]
    others = [pair for pair in pairs if pair[0].value not in _BEHIND]
    return (figures or others or pairs)[-1]


def _into_list(layout: Layout, top_ups: CollectionNode, top_up: Mapping[str, Value]) -> str:
    members = top_ups.value
    if not top_ups.flow_style:
        indent = top_ups.start_mark.column
        row = layout.behind(top_ups, members[-1], deeper_than=indent - 1)
        return layout.with_lines(row, item(top_up, indent, 2))
    if not members:
        return layout.splice(top_ups.start_mark.index + 1, flow(top_up) or "")
    return _behind(layout, members[-1], flow(top_up) or "", members[0].start_mark.column)


def _into_braces(layout: Layout, node: Node, value: Node, top_up: Mapping[str, Value]) -> str:
    return _behind(layout, value, f"top_ups: [{flow(top_up)}]", node.start_mark.column + 1)


def _behind(layout: Layout, node: Node, new: str, indent: int) -> str:
    """The text with something behind a member of a list or mapping in brackets; on a line of its own if it is long."""
    end = end_of(node)
    long = len(layout.line(end.line)) + len(new) + 2 > WIDTH
    return layout.splice(end.index, "," + (layout.newline + " " * indent if long else " ") + new)


def _with_top_up(node: object, route: list[str], anchor: str, top_up: Mapping[str, Value]) -> dict[str, object]:
    """What the file is meant to say: its data, with the top-up at the end of the route."""
    old = node if isinstance(node, Map) else Map()
    if route:
        first, *rest = route
        return {key: _with_top_up(one, rest, anchor, top_up) if key == first else one for key, one in old.items()}
    return dict(_fields(old, anchor, top_up))


def _fields(old: Map, anchor: str, top_up: Mapping[str, Value]) -> Iterator[tuple[str, object]]:
    for key, one in old.items():
        yield key, [*one, top_up] if key == "top_ups" else one
        if key == anchor and "top_ups" not in old:
            yield "top_ups", [top_up]
