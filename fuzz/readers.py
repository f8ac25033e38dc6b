"""The quick ways of reading a ledger file, held against the full reader."""

from types import SimpleNamespace
from typing import Any

from pydantic import BaseModel

from fuzz.promises import demand
from ledger.reading.fast_validation import SHAPES, taken
from ledger.reading.model import RECORDS
from ledger.reading.yaml.decoding import decode
from ledger.reading.yaml.document import Document, parse_with_yaml
from ledger.reading.yaml.nodes import Map, Node, Seq
from ledger.reading.yaml.plain_style import plain


def same_by_every_reader(data: bytes, path: str) -> None:
    """Raises BrokenPromiseError where a quick way takes what the full reader reads otherwise."""
    text, lines, faults = decode(data, path)
    if faults:
        return
    quick = plain(text)
    if quick is None:
        root = parse_with_yaml(text, path, lines).root
    else:
        root = quick
        full = parse_with_yaml(text, path, lines)
        same = full == Document(path, quick, lines) and _tree(full.root) == _tree(quick)
        demand(kept=same, promise="a file in plain style is what YAML says it is")
    for what, content in root.items():
        if what in SHAPES and isinstance(content, Map):
            for node in [content] if what == "ledger" else content.values():
                _same_record(what, node)


def _same_record(what: str, node: Node) -> None:
    try:
        record = taken(SHAPES[what], node)
    except ValueError:
        return
    same = _as_data(record) == _as_data(RECORDS[what].model_validate(node))
    demand(kept=same, promise=f"a record of {what} that is plainly right is what its model makes of it")


def _tree(node: Node) -> object:
    """All that a tree knows."""
    if isinstance(node, Map):
        inner = [(key, _tree(value)) for key, value in node.items()]
        return inner, list(node.keys_at.items()), sorted(node.values_at.items()), node.faulty
    if isinstance(node, Seq):
        return [_tree(member) for member in node], node.values_at
    return type(node), node


def _as_data(value: Any) -> Any:
    """A record of either kind as plain data; the order of fields matters in neither."""
    if isinstance(value, BaseModel | SimpleNamespace):
        return {name: _as_data(inner) for name, inner in vars(value).items()}
    if isinstance(value, dict):
        return {key: _as_data(inner) for key, inner in value.items()}
    return [_as_data(inner) for inner in value] if isinstance(value, list | tuple) else value
