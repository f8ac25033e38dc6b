"""Fields of lines that stand in a file, changed where they stand: every other byte is kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from ledger.diagnostic import Finding, Place
from ledger.reading.yaml.document import parse
from ledger.reading.yaml.nodes import Map
from ledger.writing.inserting import BOM, reads_as
from ledger.writing.yaml_positions import Layout, end_of, entries, value_of
from ledger.writing.yaml_records import entry, flow, item
from ledger.writing.yaml_scalars import WIDTH, Value, scalar

_FIGURES = {"base", "total", "outcome"}
_BEHIND = {"restated", "parts_are", "parts", "accept", "note"}
"""The fields that stand behind the top-ups of a line without figures."""

Fields = Mapping[str, Value]


class Edit(Struct, frozen=True):
    """What is to change in one line, a part's id being its path; what is not named stays.

    With `total_becomes_base` the figure of that field is kept, as the base. `total` takes the place of the stated one.
    """

    line: str
    top_ups: tuple[Fields, ...] = ()
    total_becomes_base: bool = False
    total: Value | None = None
    parts: Mapping[str, Fields] = field(default_factory=dict)


class _Put(Struct, frozen=True):
    """Lines to be put in before a row. Of several before one row the deeper ones come first."""

    row: int
    indent: int
    lines: Sequence[str]


class _Span(Struct, frozen=True):
    """A piece of the text and what takes its place."""

    start: int
    end: int
    new: str


class _Named(Struct, frozen=True):
    """A line as it stands in the file: its key and its fields."""

    key: ScalarNode
    node: Node


def edited(text: str, path: str, edits: Sequence[Edit]) -> str | Finding:
    """The text of a file with its lines changed; a finding says why that cannot be done, and where.

    Each line is changed by one edit. Raises CannotWriteError.
    """
    plain = text.lstrip(BOM)
    before = parse(plain.encode("utf-8", "surrogatepass"), path)
    if before.faults:
        return Finding(before.faults[0].place, before.faults[0].message)
    layout = Layout(plain)
    changes: list[_Put | _Span] = []
    meant: Mapping[str, object] = before.root
    for edit in edits:
        found = _found(layout, edit.line)
        if found is None:
            return Finding(Place(path, 1, 1, 2), f"no line '{edit.line}' stands in this file")
        anchor = _anchor(found.node, edit)
        for change in _changes(layout, found, anchor, edit):
            if isinstance(change, _Span) and "#" in plain[change.start : change.end]:
                row = plain.count("\n", 0, change.start) + 1
                return Finding(Place(path, row, 1, 2), "a figure with a comment or '#' inside it: change it by hand")
            changes.append(change)
        meant = _with_edit(meant, ["allocations", *edit.line.replace("/", "/parts/").split("/")], edit, anchor[0].value)
    after = _applied(layout, changes)
    return reads_as(after, meant, path) or text[: len(text) - len(plain)] + after


def _found(layout: Layout, line: str) -> _Named | None:
    inside = value_of(layout.root, "allocations") if layout.root else None
    found = None
    for step in line.split("/"):
        found = next((pair for pair in entries(inside) if pair[0].value == step), None) if inside else None
        inside = value_of(found[1], "parts") if found else None
    return _Named(*found) if found else None


def _anchor(node: Node, edit: Edit) -> tuple[ScalarNode, Node]:
    """The field behind which new ones are put: the last figure, else the last of those that say what the line is."""
    pairs = list(entries(node))
    if edit.total_becomes_base:
        return next(pair for pair in pairs if pair[0].value == "total")
    figures = [pair for pair in pairs if pair[0].value in _FIGURES]
    others = [pair for pair in pairs if pair[0].value not in _BEHIND]
    return (figures or others or pairs)[-1]


def _changes(layout: Layout, found: _Named, anchor: tuple[ScalarNode, Node], edit: Edit) -> Iterator[_Put | _Span]:
    """The edit as pieces of text, all against the file as it is."""
    node = found.node
    top_ups, total, parts = (value_of(node, key) for key in ("top_ups", "total", "parts"))
    if edit.total_becomes_base:
        yield _Span(anchor[0].start_mark.index, anchor[0].end_mark.index, "base")
    elif edit.total is not None and total is not None:
        yield _replaced(layout, total, edit.total)
    if isinstance(top_ups, CollectionNode) and edit.top_ups:
        yield from _into_list(layout, top_ups, edit.top_ups)
    step = node.start_mark.column - found.key.start_mark.column
    new = _new_fields(edit, has_top_ups=top_ups is not None, has_total=total is not None)
    if new:
        yield _fields_behind(layout, node, anchor, new, step)
    if isinstance(parts, CollectionNode) and parts.value and edit.parts:
        yield _fields_behind(layout, parts, parts.value[-1], edit.parts, step, records=True)
    elif edit.parts:
        yield _fields_behind(layout, node, list(entries(node))[-1], {"parts": edit.parts}, step)


def _new_fields(edit: Edit, *, has_top_ups: bool, has_total: bool) -> dict[str, Value]:
    new: dict[str, Value] = {}
    if edit.top_ups and not has_top_ups:
        new["top_ups"] = edit.top_ups
    if edit.total is not None and (edit.total_becomes_base or not has_total):
        new["total"] = edit.total
    return new


def _fields_behind(
    layout: Layout, node: Node, behind: tuple[ScalarNode, Node], new: Fields, step: int, *, records: bool = False
) -> _Put | _Span:
    """Keys with their values behind one of a mapping; `records` stand in blocks of their own."""
    if isinstance(node, CollectionNode) and node.flow_style:
        short = [f"{scalar(key, flow=True)}: {_on_one_line(value)}" for key, value in new.items()]
        return _behind(layout, behind[1], ", ".join(short), node.start_mark.column + 1)
    indent = node.start_mark.column
    lines = [line for key, value in new.items() for line in entry(key, value, indent, step, block=records)]
    return _Put(layout.behind(*behind, deeper_than=indent - records), indent, lines)


def _into_list(layout: Layout, top_ups: CollectionNode, new: Sequence[Fields]) -> Iterator[_Put | _Span]:
    members = top_ups.value
    if not top_ups.flow_style:
        indent = top_ups.start_mark.column
        row = layout.behind(top_ups, members[-1], deeper_than=indent - 1)
        yield _Put(row, indent, [line for one in new for line in item(one, indent, 2)])
        return
    short = ", ".join(map(_on_one_line, new))
    if members:
        yield _behind(layout, members[-1], short, members[0].start_mark.column)
    else:
        yield _Span(top_ups.start_mark.index + 1, top_ups.start_mark.index + 1, short)


def _behind(layout: Layout, node: Node, new: str, indent: int) -> _Span:
    """Something behind a member of a list or mapping in brackets; on a line of its own if it is long."""
    end = end_of(node)
    long = len(layout.line(end.line)) + len(new) + 2 > WIDTH
    return _Span(end.index, end.index, "," + (layout.newline + " " * indent if long else " ") + new)


def _replaced(layout: Layout, old: Node, new: Value) -> _Span:
    """Another figure in the place of one."""
    start, end = old.start_mark, end_of(old)
    if isinstance(old, MappingNode) and not old.flow_style:
        fields = new if isinstance(new, Mapping) else {"amount": new}
        lines = [line for key, value in fields.items() for line in entry(key, value, start.column, 2)]
        return _Span(start.index, end.index, layout.newline.join(lines).lstrip(" "))
    return _Span(start.index, end.index, _on_one_line(new))


def _on_one_line(value: Value) -> str:
    """A value in braces and brackets, however deep."""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{scalar(key, flow=True)}: {_on_one_line(one)}' for key, one in value.items())}}}"
    return flow(value) or f"[{', '.join(map(_on_one_line, value))}]"


def _applied(layout: Layout, changes: Iterable[_Put | _Span]) -> str:
    """The text with every change made; they are all against the text as it is."""
    spans: list[_Span] = []
    rows: dict[int, list[_Put]] = {}
    for change in changes:
        if isinstance(change, _Span):
            spans.append(change)
        else:
            rows.setdefault(change.row, []).append(change)
    for row, puts in rows.items():
        deeper_first = sorted(puts, key=lambda put: -put.indent)
        at, new = layout.lines_at(row, [line for put in deeper_first for line in put.lines])
        spans.append(_Span(at, at, new))
    pieces, done = [], 0
    for span in sorted(spans, key=lambda span: span.start):
        pieces += [layout.text[done : span.start], span.new]
        done = span.end
    return "".join((*pieces, layout.text[done:]))


def _with_edit(node: object, route: Sequence[str], edit: Edit, anchor: str) -> dict[str, object]:
    """What the file is meant to say: its data, with the line at the end of the route changed."""
    old = node if isinstance(node, Mapping) else Map()
    if route:
        first, *rest = route
        return {key: _with_edit(one, rest, edit, anchor) if key == first else one for key, one in old.items()}
    return dict(_fields(old, edit, anchor))


def _fields(old: Mapping[str, object], edit: Edit, anchor: str) -> Iterator[tuple[str, object]]:
    new = _new_fields(edit, has_top_ups="top_ups" in old, has_total="total" in old)
    for key, one in old.items():
        if key == "top_ups" and isinstance(one, Sequence):
            yield key, [*one, *edit.top_ups]
        elif key == "parts" and isinstance(one, Mapping):
            yield key, {**one, **edit.parts}
        elif key == "total" and edit.total_becomes_base:
            yield "base", one
        else:
            yield key, edit.total if key == "total" and edit.total is not None else one
        if key == anchor:
            yield from new.items()
    if edit.parts and "parts" not in old:
        yield "parts", edit.parts
