"""Ledgers with a stranger's text in every field that takes one: found by trying, so that a new field is covered."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from ledger.checks import run as run_checks
from ledger.reading import load_text
from ledger.reading.model import RECORDS

Steps = tuple[str, ...]
"""Where a value stands in a record: names of fields, `[]` for the one element of a list, `p` for the one of a map."""

Values = dict[Steps, str]
"""A record by where its values stand."""

FIRST = "x"
"""The id of the record of every kind that the others may name."""

PLAIN = (
    *("7 kr", "2024", "2024-03-27", FIRST, "UO13 3:1", "grant", "partial", "decided", "yes", "1", "SEK"),
    *("202100-6693", "kr", "year:2024"),
)
"""What is tried, in this order, in a field that does not take the text; each field takes one of these."""

_DEPTH = 2
"""How many levels of lines are filled."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the models; `needed` are those without which the records around it are none."""

    top: str
    steps: Steps
    needed: tuple[Steps, ...] = ()

    def __str__(self) -> str:
        return ".".join((self.top, *(step for step in self.steps if step not in ("[]", "p"))))


Records = dict[tuple[str, str], Values]
"""Records by kind and id."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Records without a fault of reading, and the fields that take the text in them; the others do not."""

    records: Records
    taking: tuple[Field, ...]
    refusing: tuple[Field, ...]


def fields() -> list[Field]:
    """Every field of every model, in the order in which a record is filled."""
    return [one for top, model in RECORDS.items() for one in _fields(top, model, (), (), 0)]


def _fields(top: str, model: type[BaseModel], above: Steps, needed: tuple[Steps, ...], depth: int) -> Iterator[Field]:
    needed = (*needed, *_required(model, above))
    order = sorted(model.model_fields.items(), key=lambda pair: (not pair[1].is_required(), pair[0] != "amount"))
    for name, one in order:
        steps, inner = _below(one.annotation)
        here = (*above, name, *steps)
        if inner is None:
            yield Field(top, here, needed)
        elif "p" not in steps or depth + 1 < _DEPTH:
            yield from _fields(top, inner, here, needed, depth + ("p" in steps))


def _required(model: type[BaseModel], above: Steps) -> Iterator[Steps]:
    for name, one in model.model_fields.items():
        steps, inner = _below(one.annotation)
        if one.is_required():
            here = (*above, name, *steps)
            yield from [here] if inner is None else _required(inner, here)


def _below(annotation: Any) -> tuple[Steps, type[BaseModel] | None]:
    """The steps from a field to its value, by its type, and the model that stands there, if one does."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (), annotation
    origin, parts = get_origin(annotation), [part for part in get_args(annotation) if part is not type(None)]
    if origin is list:
        steps, inner = _below(parts[0])
        return ("[]", *steps), inner
    if origin is dict:
        steps, inner = _below(parts[1])
        return ("p", *steps), inner
    return _below(parts[0]) if parts and isinstance(parts[0], type | type(list[str])) else ((), None)


def written(text: str) -> str:
    """A text as a quoted scalar of YAML, which brings every character to the reader: as itself where YAML allows it."""
    return '"' + "".join(map(_written, text)) + '"'


def _written(character: str) -> str:
    if character in '"\\\u2028\u2029\ufeff' or unicodedata.category(character) == "Cc":
        return f"\\U{ord(character):08x}"
    return character


def file_of(records: Mapping[tuple[str, str], Values]) -> str:
    """A ledger's file with these records."""
    lines = []
    for top in RECORDS:
        below = {name: values for (kind, name), values in records.items() if kind == top}
        if top == "ledger":
            lines += [f"ledger: {_node(values)}" for values in below.values()]
        elif below:
            lines += [f"{top}:", *(f"  {written(name)}: {_node(values)}" for name, values in below.items())]
    return "\n".join(lines) + "\n"


def _node(values: Mapping[Steps, str]) -> str:
    """The values as one node in flow style."""
    if () in values:
        return written(values[()])
    steps = dict.fromkeys(one[0] for one in values)
    below = {step: _node({one[1:]: text for one, text in values.items() if one[0] == step}) for step in steps}
    return (
        f"[{below['[]']}]" if "[]" in below else f"{{{', '.join(f'{name}: {node}' for name, node in below.items())}}}"
    )


@cache
def filled(text: str) -> Filled:
    """Fill each kind of record, field after field; fields that exclude each other go into records of their own."""
    records: Records = {}
    taking: list[Field] = []
    refusing: list[Field] = []
    for top, model in RECORDS.items():
        of_top: list[Values] = [{}]
        for one in _fields(top, model, (), (), 0):
            (taking if _put(of_top, one, text) == text else refusing).append(one)
        year = {steps: was for steps, was in of_top[0].items() if steps == ("year",)}
        for number, values in enumerate(of_top):
            records[top, FIRST if number == 0 else f"{FIRST}{number}"] = values | year
    return Filled(records, tuple(taking), tuple(refusing))


def _put(of_top: list[Values], one: Field, text: str) -> str:
    """Put the text, or what else the field takes, into the first record, or else into one more; what it was.

    Nothing when it takes none of them there: a part has no `of`.
    """
    beside = {(*one.steps[:-1], "amount"): PLAIN[0]}
    for candidate in (text, *PLAIN):
        for values in (of_top[0], {}, beside):
            made = dict(values)
            for steps in one.needed:
                if steps not in made and steps != one.steps:
                    made[steps] = of_top[0].get(steps) or _plain(one.top, made, steps)
            made[one.steps] = candidate
            if _is_read(one.top, made):
                if values is of_top[0]:
                    of_top[0] = made
                else:
                    of_top.append(made)
                return candidate
    return ""


def _plain(top: str, values: Values, steps: Steps) -> str:
    """The first of PLAIN that a required field takes; nothing where the record is none whatever it holds."""
    return next((one for one in PLAIN if _is_read(top, values | {steps: one})), "")


def _is_read(top: str, values: Values) -> bool:
    """Whether a ledger with this record has no fault of reading but fields that are still to come."""
    return all(fault.check == "missing-field" for fault in load_text(file_of({(top, FIRST): values})).faults)


def linked(records: Records, text: str) -> Records:
    """The records, with the text in fields of a name replaced by the first record's id where that mends references."""
    made, errors = records, _errors(records)
    for name in dict.fromkeys(_name(steps) for values in records.values() for steps in values):
        tried = {
            key: {steps: FIRST if _name(steps) == name and was == text else was for steps, was in values.items()}
            for key, values in made.items()
        }
        left = _errors(tried) if tried != made else errors
        if left < errors:
            made, errors = tried, left
    return made


def _name(steps: Steps) -> str:
    return next(step for step in reversed(steps) if step not in ("[]", "p"))


def _errors(records: Records) -> int:
    """How much is wrong with a ledger; what cannot be read is most wrong."""
    loaded = load_text(file_of(records))
    found = run_checks(loaded.book, (), loaded.texts, today="2024-06-01").diagnostics
    return 1000 * len(loaded.faults) + sum(one.check.startswith(("unknown-", "inclusion-")) for one in found)


def with_text(records: Records, old: str, new: str) -> Records:
    """The same records with another text."""
    return {
        key: {steps: new if text == old else text for steps, text in values.items()} for key, values in records.items()
    }
