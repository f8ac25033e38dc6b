"""SQLite → Book: what a database of ours holds of a ledger. What it must be like first is for `opening.py`."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from ledger.book import (
    LEVELS,
    Acceptance,
    Agency,
    Book,
    Claim,
    Duplicate,
    Extension,
    Figure,
    Goal,
    Initiative,
    Line,
    Mark,
    Origin,
    Source,
    TopUp,
    solved,
)
from ledger.diagnostic import Place
from ledger.money import Amount, Interval
from ledger.store.rows import CLAIM, LINE, PLACE, PLAIN, Row

Lists = Mapping[Any, tuple[Any, ...]]
"""What each record has many of, in order, by the record's id."""

_NUMBERS = frozenset(("number", "gender_marker"))
"""The fields of which none is `None`."""


class _Hanging(Struct, frozen=True):
    """What hangs on lines and claims, by their ids; `figures` by role too, `numbered` by their own number."""

    figures: Lists
    numbered: Mapping[int, Figure]
    accepted: Lists


def restore(connection: sqlite3.Connection) -> Book:
    """The book that was put in, equal in every field.

    Raises KeyError, TypeError or ValueError for rows that were not put in by this package.
    """
    [ledger] = _rows(connection, "ledger")
    members = _links(connection, "agency_members")
    figures = {row["id"]: row for row in _rows(connection, "figures_ore")}
    sources = _links(connection, "figure_sources")
    numbered = {number: _figure(row, sources.get(number, ())) for number, row in figures.items()}
    roles = ((*_owner(row), row["role"]) for row in figures.values())
    accepted = ((_owner(row), _acceptance(row)) for row in _rows(connection, "acceptances"))
    hanging = _Hanging(_gathered(zip(roles, numbered.values(), strict=True)), numbered, _gathered(accepted))
    return solved(
        Book(
            title=ledger["title"] or "",
            currency=ledger["currency"],
            lines={one.id: one for one in _lines(connection, hanging)},
            claims={one.id: one for one in _claims(connection, hanging)},
            agencies={
                row["id"]: Agency(**_plain("agencies", row), members=members.get(row["id"], ()))
                for row in _rows(connection, "agencies")
            },
            sources={row["id"]: Source(**_plain("sources", row)) for row in _rows(connection, "sources")},
            goals={row["id"]: Goal(**_plain("goals", row)) for row in _rows(connection, "goals")},
            initiatives={one.id: one for one in _initiatives(connection)},
            duplicates=tuple(
                Duplicate(row["what"], row["name"], _place(row), _place(row, "first_"))
                for row in _rows(connection, "duplicates")
            ),
        )
    )


def _lines(connection: sqlite3.Connection, hanging: _Hanging) -> Iterator[Line]:
    parts = _links(connection, "line_parts")
    goals = _links(connection, "line_goals")
    sources = _links(connection, "line_sources")
    top_ups = _top_ups(connection, hanging.numbered)
    for row in _rows(connection, "lines_ore"):
        name = row["id"]
        if row["kind"] not in LEVELS:
            raise ValueError(f"'{row['kind']}' is no kind of line")
        if len(row["parent_id"] or "") >= len(name):
            raise ValueError(f"line '{name}' is not named after the line that it is part of")
        yield Line(
            **_fields(row, LINE),
            origin=_origin(row),
            base=_one(hanging, name, "base"),
            total=_one(hanging, name, "total"),
            outcome=_one(hanging, name, "outcome"),
            top_ups=top_ups.get(name, ()),
            parent=row["parent_id"] or "",
            of=row["of_id"] or "",
            parts=parts.get(name, ()),
            complete=row["parts_are"] == "complete",
            complete_stated=bool(row["parts_are_written"]),
            counted=bool(row["counted"]),
            goals=goals.get(name, ()),
            sources=sources.get(name, ()),
            restated=hanging.figures.get((name, True, "restated"), ()),
            accepted=hanging.accepted.get((name, True), ()),
            not_known_then=bool(row["not_known_then"]),
        )


def _one(hanging: _Hanging, line: str, role: str) -> Figure | None:
    return next(iter(hanging.figures.get((line, True, role), ())), None)


def _top_ups(connection: sqlite3.Connection, figures: Mapping[int, Figure]) -> Lists:
    sources = _links(connection, "top_up_sources")

    def each() -> Iterator[tuple[str, TopUp]]:
        for row in _rows(connection, "top_ups_ore"):
            figure = None if row["figure_id"] is None else figures[row["figure_id"]]
            given = _fields(row, ("decided", "note"))
            link, named = row["from_line_id"] or "", sources.get(row["id"], ())
            yield row["line_id"], TopUp(_place(row), figure, link, named, **given)

    return _gathered(each())


def _claims(connection: sqlite3.Connection, hanging: _Hanging) -> Iterator[Claim]:
    sources = _links(connection, "claim_sources")
    for row in _rows(connection, "claims_ore"):
        name = row["id"]
        yield Claim(
            **_fields(row, CLAIM),
            amount=hanging.figures[name, False, "claimed"][0],
            origin=_origin(row),
            complete=row["coverage"] == "complete",
            sources=sources.get(name, ()),
            restated=hanging.figures.get((name, False, "restated"), ()),
            accepted=hanging.accepted.get((name, False), ()),
        )


def _initiatives(connection: sqlite3.Connection) -> Iterator[Initiative]:
    agencies = _links(connection, "initiative_agencies")
    sources = _links(connection, "initiative_sources")
    extensions = _gathered(
        (row["initiative_id"], Extension(row["extended"], row["runs_until"], row["source_id"]))
        for row in _rows(connection, "initiative_extensions")
    )
    details: dict[str, dict[str, str | tuple[str, ...]]] = {}
    for row in _rows(connection, "initiative_details"):
        own = details.setdefault(row["initiative_id"], {})
        before = own.get(row["field"], ())
        listed = before if isinstance(before, tuple) else (before,)
        own[row["field"]] = row["value"] if row["place_in_list"] is None else (*listed, row["value"])
    for row in _rows(connection, "initiatives"):
        name = row["id"]
        yield Initiative(
            **_fields(row, ("id", "title", "kind")),
            origin=_origin(row),
            agencies=agencies.get(name, ()),
            sources=sources.get(name, ()),
            extensions=extensions.get(name, ()),
            details=details.get(name, {}),
        )


def _figure(row: Row, sources: tuple[str, ...]) -> Figure:
    interval = Interval(row["low_ore"], row["high_ore"], bool(row["low_open"]), bool(row["high_open"]))
    amount = Amount(interval, row["number_ore"], row["words"] or "", row["sense"])
    given = _fields(row, ("decided", "note"))
    return Figure(amount, _place(row), sources, words=row["own_words"] or "", derived=row["how"] == "derived", **given)


def _acceptance(row: Row) -> Acceptance:
    return Acceptance(_place(row), row["check_id"], row["reason"], **_fields(row, ("source", "until")))


def _owner(row: Row) -> tuple[str, bool]:
    """The id of the line or claim, and whether it is a line."""
    return row["line_id"] or row["claim_id"], row["claim_id"] is None


def _plain(table: str, row: Row) -> dict[str, Any]:
    return {**_fields(row, PLAIN[table]), "origin": _origin(row)}


def _fields(row: Row, names: tuple[str, ...]) -> dict[str, Any]:
    """The columns that are fields: an empty text again where it is NULL, but not for a number."""
    return {name: "" if row[name] is None and name not in _NUMBERS else row[name] for name in names}


def _origin(row: Row) -> Origin:
    marks: dict[str, Mark] = {name: (line, at, end) for name, (line, at, end) in json.loads(row["marks"]).items()}
    return Origin(row["file"], row["owner"], marks)


def _place(row: Row, before: str = "") -> Place:
    return Place(*(row[before + name] for name in PLACE))


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[Row]:
    """The rows of a table in the order they were put in: by its first column, which for lists is followed by places."""
    found = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, rowid")  # noqa: S608 - a name of ours
    names = [column[0] for column in found.description]
    return (dict(zip(names, row, strict=True)) for row in found)


def _links(connection: sqlite3.Connection, table: str) -> Lists:
    found = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, rowid")  # noqa: S608 - a name of ours
    return _gathered((owner, other) for owner, _, other in found)


def _gathered(pairs: Any) -> Lists:
    found: dict[Any, list[Any]] = {}
    for owner, one in pairs:
        found.setdefault(owner, []).append(one)
    return {owner: tuple(some) for owner, some in found.items()}
