"""What is left of a record with faults: read on, so that all its faults are told in the same run."""

from collections.abc import Iterator

from pydantic import ValidationError

from ledger.reading.model import ClaimRecord, LineRecord, Record
from ledger.reading.validation_messages import Loc, meant_field
from ledger.reading.yaml.nodes import Map, Node, Seq, takes_fields

_ROUNDS = 3
"""What is taken out of a list or a figure can leave that wrong, but not over and over."""

_STAND_INS = {"title": "?", "kind": "grant", "year": "2024", "unit": "thousand"}
"""Read in place of fields that are wrong or missing, where their lack would look like further faults."""


def rest_of(model: type[Record], node: Node, error: ValidationError) -> Record | None:
    """The record without what is wrong with it, for what reading its amounts finds; it never enters the Book.

    None of other kinds of records, and where nothing can be told: when a merge key was to bring fields in.
    """
    if model not in (LineRecord, ClaimRecord) or not isinstance(node, Map) or takes_fields(node):
        return None
    for _ in range(_ROUNDS):
        if not _mend(model, node, error):
            return None
        try:
            return model.model_validate(node)
        except ValidationError as further:
            error = further
    return None


def _mend(model: type[Record], node: Map, error: ValidationError) -> bool:
    """Rename, replace and take out, in the node itself, what is wrong with it; whether all of it could be."""
    doomed: set[Loc] = set()
    for kind, loc in sorted(_wrong(error), key=lambda one: one[0] != "extra_forbidden"):
        holder, name = _follow(node, loc[:-1]), str(loc[-1]) if loc else ""
        if not isinstance(holder, Map):
            doomed.add(loc)
        elif kind == "extra_forbidden":
            _rename(holder, name, meant_field(loc, model, node))
        elif name in _STAND_INS:
            _stand_in(holder, name, missing=kind == "missing")
        elif kind != "missing" or name not in holder:
            doomed.add(loc[:-1] if kind == "missing" or name == "amount" else loc)
    return all(_remove(node, loc) for loc in sorted(doomed, key=_inmost_and_last, reverse=True))


def _rename(holder: Map, name: str, meant: str) -> None:
    """Give a misspelt field the name that was meant; without one, take it out."""
    value, key_at, value_at = holder.pop(name), holder.keys_at[name], holder.values_at[name]
    if meant:
        holder[meant], holder.keys_at[meant], holder.values_at[meant] = value, key_at, value_at


def _stand_in(holder: Map, name: str, *, missing: bool) -> None:
    if missing and name in holder:
        return  # a misspelt one has been renamed
    holder[name] = _STAND_INS[name]
    holder.keys_at.setdefault(name, (1, 1, 2))
    holder.values_at.setdefault(name, (1, 1, 2))


def _wrong(error: ValidationError) -> Iterator[tuple[str, Loc]]:
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        yield detail["type"], tuple(step for step in detail["loc"] if step != "[key]")


def _inmost_and_last(loc: Loc) -> tuple[int, list[int]]:
    return len(loc), [step for step in loc if isinstance(step, int)]


def _remove(node: Map, loc: Loc) -> bool:
    """Take out what stands at a place, or the text that was read as if something stood there."""
    while loc:
        holder, step = _follow(node, loc[:-1]), loc[-1]
        if isinstance(holder, Map):
            holder.pop(str(step), None)
            return True
        if isinstance(holder, Seq) and isinstance(step, int):
            del holder[step], holder.values_at[step]
            return True
        loc = loc[:-1]
    return False


def _follow(node: Node, loc: Loc) -> Node | None:
    for step in loc:
        if isinstance(node, Map) and step in node:
            node = node[str(step)]
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node
