"""What pydantic found wrong with a record → faults that point at the key or value, with a suggestion."""

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ledger.book import Mark
from ledger.diagnostic import Diagnostic, Place
from ledger.reading.model import Record
from ledger.reading.yaml.decoding import MOST_FAULTS, quoted
from ledger.reading.yaml.nodes import MERGE, Map, Refused, Seq
from ledger.suggestion import did_you_mean

Loc = tuple[int | str, ...]
"""The way to a fault in a record, by keys and indices."""

_NO_VALUE = "no value: write one, or leave the key out when nothing is stated"
_EXPECTED = {
    "string_type": "a text",
    "literal_error": "a text",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}
_LISTS_OF_RECORDS = ("top_ups", "restated", "accept", "extensions")
_PATTERNS = {
    "^[0-9]{1,9}$": "is not a whole number",
    "^[A-Z]{3}$": "is not a currency: write for example SEK or EUR",
}


def record_faults(
    error: ValidationError, model: type[Record], node: object, at: Mark, path: str
) -> Iterator[Diagnostic]:
    """Every fault of one record; `at` is where its own key stands.

    Passed over are what was refused before, and a missing field that a misspelt or a merge key stands for.
    """
    details = [one for one in error.errors(include_url=False)[: MOST_FAULTS + 1] if not _reported(one)]
    meant = {one["loc"]: meant_field(one["loc"], model, node) for one in details if _is_unknown(one)}
    misspelt = {(*loc[:-1], field) for loc, field in meant.items()}
    for detail in details:
        if detail["type"] != "missing" or detail["loc"] not in misspelt:
            yield _fault(detail, meant.get(detail["loc"], ""), node, at, path)


def meant_field(loc: Loc, model: type[Record], node: object) -> str:
    """The field that the unknown one at `loc` stands for; empty when none is like it, or that is there already."""
    holder = walk(loc, node, (0, 0, 0))[0]
    meant = did_you_mean(str(loc[-1]), _fields(model, loc[:-1])).partition("'")[2].partition("'")[0]
    return "" if meant in holder else meant


def _is_unknown(detail: ErrorDetails) -> bool:
    return detail["type"] == "extra_forbidden"


def _reported(detail: ErrorDetails) -> bool:
    """Whether the YAML's own fault, reported already, is behind this one."""
    value = detail["input"]
    merged = detail["type"] == "missing" and isinstance(value, Map) and MERGE in value.faulty
    return merged or (isinstance(value, Refused) and not _is_unknown(detail))


def _fault(detail: ErrorDetails, meant: str, node: object, at: Mark, path: str) -> Diagnostic:
    route = tuple(step for step in detail["loc"] if step != "[key]")
    _, key_at, value_at, reached = walk(route, node, at)
    name = str(route[-1]) if route else ""
    if _is_unknown(detail):
        message = f"unknown field {quoted(name)}" + (f" (did you mean '{meant}'?)" if meant else "")
        return Diagnostic("unknown-field", "error", Place(path, *key_at), message)
    if detail["type"] == "missing":
        message = f"'{name}' is missing here, and it is required"
        return Diagnostic("missing-field", "error", Place(path, *key_at), message)
    mark = key_at if "[key]" in detail["loc"] else value_at
    return Diagnostic("bad-value", "error", Place(path, *mark), f"{_prefix(reached, detail)}{_message(detail)}")


def _prefix(name: str, detail: ErrorDetails) -> str:
    plain = name.isdigit() or not name or detail["type"] == "value_error"
    return "" if plain else f"{name}: "


def _message(detail: ErrorDetails) -> str:
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    if kind == "value_error":
        return str(context["error"])
    if value == "":
        return _NO_VALUE
    if kind == "literal_error" and isinstance(value, str):
        known = context["expected"].replace("'", "")
        return f"{quoted(value)} is not one of {known}{did_you_mean(value, known.replace(' or ', ', ').split(', '))}"
    if kind == "string_pattern_mismatch":
        return f"{quoted(str(value))} {_PATTERNS[context['pattern']]}"
    if kind == "list_type" and isinstance(value, str):
        of_records = detail["loc"][-1] in _LISTS_OF_RECORDS
        how = "each member on lines of its own, behind '- '" if of_records else quoted(f"[{value}]")
        return f"a list was expected here: write {how}"
    what = {Map: "mapping", Seq: "list"}.get(type(value), "text")
    return f"{_EXPECTED[kind]} was expected here, not a {what}" if kind in _EXPECTED else detail["msg"]


def walk(route: Loc, node: object, at: Mark) -> tuple[Map, Mark, Mark, str]:
    """The mapping that holds the last step, where that step's key and value stand, and its name as written."""
    owner, key_at, value_at, reached = Map(), at, at, ""
    for step in route:
        if isinstance(node, Map) and step in node:
            owner, key_at, value_at, node = node, node.keys_at[str(step)], node.values_at[str(step)], node[str(step)]
            reached = str(step)
        elif isinstance(node, Seq) and isinstance(step, int):
            key_at = value_at = node.values_at[step]
            node = node[step]
        elif isinstance(node, Map):
            return node, key_at, key_at, str(step)
    return owner, key_at, value_at, reached


def _fields(model: type[Record], route: Loc) -> list[str]:
    """The fields of the record that a route leads to."""
    steps = iter(route)
    for step in steps:
        field = model.model_fields.get(str(step))
        if field is not None:
            model = _record_in(field.annotation) or model
        if step == "parts":
            next(steps, None)  # the part's id, which may be the name of a field
    return list(model.model_fields)


def _record_in(annotation: object) -> type[Record] | None:
    """The record type that an annotation holds, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    arguments = getattr(annotation, "__args__", ())
    return next((record for argument in arguments if (record := _record_in(argument))), None)
