"""Records in which all is as it must be, taken as they stand, without pydantic: that takes longer than all the rest.

The models say what is right. Whatever is not plainly so is left to them, and so is every message; a test holds these
tables and the models together.
"""

import re
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, get_args

from msgspec import Struct

from ledger.book import Kind, Stage
from ledger.reading.field_formats import check_id, is_date, is_year, is_years
from ledger.reading.yaml.nodes import Map, Seq

Take = Callable[[Any], Any]
"""A value of the file → what the record holds. Raises Unlike, or any ValueError, for one that is not plainly right."""


class Unlike(ValueError):  # noqa: N818 - nothing is wrong yet: it is for the models to say
    """A value that is not plainly right."""


class Shape(Struct, frozen=True):
    """How each field is taken, which fields there must be, and what stands for those that are not there."""

    takes: Mapping[str, Take]
    required: frozenset[str]
    otherwise: Mapping[str, Any]


def taken(shape: Shape, node: Any) -> Any:
    """A record with the attributes that its model would have. Raises Unlike or ValueError."""
    if type(node) is not Map or not node.keys() >= shape.required:
        raise Unlike
    values = dict(shape.otherwise)
    takes = shape.takes
    for name, value in node.items():
        take = takes.get(name)
        if take is None:
            raise Unlike
        values[name] = take(value)
    return SimpleNamespace(**values)


def _text(value: Any) -> str:
    if type(value) is not str or not value:
        raise Unlike
    return value


def _formed(check: Callable[[str], str]) -> Take:
    return lambda value: check(_text(value))


def _matching(pattern: str) -> Take:
    fits = re.compile(pattern).fullmatch

    def take(value: Any) -> str:
        if fits(_text(value)) is None:
            raise Unlike
        return str(value)

    return take


def _one_of(*words: str) -> Take:
    known = frozenset(words)

    def take(value: Any) -> str:
        if _text(value) not in known:
            raise Unlike
        return str(value)

    return take


def _list_of(take: Take) -> Take:
    def members(value: Any) -> list[Any]:
        if type(value) is not Seq:
            raise Unlike
        return [take(member) for member in value]

    return members


_texts = _list_of(_text)
_date = _formed(is_date)
_number = _matching("[0-9]{1,9}")


def _ids(value: Any) -> list[str]:
    return [_text(value)] if type(value) is str else list(_texts(value))


def _record(shape: Shape) -> Take:
    return lambda value: taken(shape, value)


def _stated(value: Any) -> Any:
    if type(value) is str:
        return SimpleNamespace(**{**_FIGURE.otherwise, "amount": _text(value)})
    return taken(_FIGURE, value)


def _parts(value: Any) -> dict[str, Any]:
    if type(value) is not Map:
        raise Unlike
    return {check_id(_text(key)): taken(SHAPES["allocations"], part) for key, part in value.items()}


def _shape(required: Mapping[str, Take], optional: Mapping[str, Take], /, **otherwise: Any) -> Shape:
    """A shape whose optional fields are `None` where nothing else is said."""
    return Shape({**required, **optional}, frozenset(required), dict.fromkeys(optional) | otherwise)


_BESIDES: Mapping[str, Take] = {
    "source": _ids,
    "decided": _date,
    "rounded_to": _text,
    "cut_to": _text,
    "words": _text,
    "note": _text,
}
_FIGURE = _shape({"amount": _text}, _BESIDES)
_TOP_UP = _shape({}, {**_BESIDES, "amount": _text, "line": _text})
_ACCEPT = _shape({"check": _text, "reason": _text}, {"source": _text, "until": _date})
_EXTENSION = _shape({"extended": _date, "runs_until": _date, "source": _text}, {})
_FIGURES = _list_of(_record(_FIGURE))
_ACCEPTS = _list_of(_record(_ACCEPT))

SHAPES: Mapping[str, Shape] = {
    "ledger": _shape({}, {"title": _text, "currency": _matching("[A-Z]{3}")}),
    "goals": _shape({"name": _text}, {"number": _number, "valid_from": _date, "valid_until": _date}),
    "agencies": _shape(
        {"name": _text, "kind": _text},
        dict.fromkeys(("name_en", "abbreviation", "org_number", "county_code", "run_by", "note"), _text)
        | {"members": _texts},
        members=(),
    ),
    "sources": _shape(
        {"title": _text, "kind": _text},
        dict.fromkeys(("publisher", "reference", "url", "note"), _text) | {"published": _date},
    ),
    "allocations": _shape(
        {"title": _text, "kind": _one_of(*get_args(Kind))},
        dict.fromkeys(("code", "recipient", "of", "unit", "rounded_to", "note"), _text)
        | dict.fromkeys(("base", "total", "outcome"), _stated)
        | {
            "year": _formed(is_years),
            "top_ups": _list_of(_record(_TOP_UP)),
            "parts": _parts,
            "parts_are": _one_of("complete", "partial"),
            "counted": _one_of("yes", "no"),
            "stage": _one_of(*get_args(Stage)),
            "goals": _texts,
            "gender_marker": _one_of("0", "1", "2"),
            "decided": _date,
            "source": _ids,
            "restated": _FIGURES,
            "accept": _ACCEPTS,
        },
        top_ups=(),
        parts={},
        restated=(),
        accept=(),
    ),
    "claims": _shape(
        {"title": _text, "amount": _stated, "year": _formed(is_year)},
        {
            "about": _text,
            "coverage": _one_of("partial", "complete"),
            "source": _ids,
            "restated": _FIGURES,
            "accept": _ACCEPTS,
            "note": _text,
        },
        restated=(),
        accept=(),
    ),
    "initiatives": _shape(
        {"title": _text, "kind": _text},
        dict.fromkeys(("reference", "body", "lead"), _text)
        | {"agencies": _texts, "directive": _text}
        | dict.fromkeys(("directive_decided", "announced", "decided", "presented", "published"), _date)
        | {"due_interim": _date, "due": _date, "consultation_reference": _ids, "consultation_until": _date}
        | dict.fromkeys(("cooperation_since", "runs_from", "runs_until"), _date)
        | {"extensions": _list_of(_record(_EXTENSION)), "reports_due": _list_of(_date)}
        | dict.fromkeys(("measures", "goal_count", "priority_areas", "centres"), _number)
        | {"source": _ids, "more_sources": _ids, "note": _text},
        agencies=(),
        extensions=(),
        reports_due=(),
    ),
}
"""The top-level keys of a file, and what each of their entries is. Details are shown in the order given here."""
