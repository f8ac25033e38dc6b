"""Records → rows, by the names of the columns in `layout.sql`. An empty text is NULL where the column allows it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from ledger.book import (
    Acceptance,
    Agency,
    Book,
    Claim,
    Duplicate,
    Figure,
    Goal,
    Initiative,
    Level,
    Line,
    Origin,
    Source,
    Sum,
    TopUp,
    Value,
    top_up_amounts,
    top_up_from,
)
from ledger.diagnostic import Diagnostic, Place
from ledger.money import Amount, Interval

Row = Mapping[str, Any]
"""A value that SQLite holds for each column."""
Entry = tuple[str, Row]
"""A table and a row for it."""

PLAIN: dict[str, tuple[str, ...]] = {
    "goals": ("id", "name", "number", "valid_from", "valid_until"),
    "agencies": ("id", "name", "kind", "name_en", "abbreviation", "org_number", "county_code", "run_by", "note"),
    "sources": ("id", "title", "kind", "publisher", "published", "reference", "url", "note"),
}
"""The tables whose columns are fields of their records."""

LINE = (
    *("id", "kind", "first_year", "last_year", "code", "full_code", "title", "recipient", "stage", "gender_marker"),
    *("decided", "note"),
)
"""The columns of a line that are fields of it."""

CLAIM = ("id", "title", "year", "about", "note")
"""The columns of a claim that are fields of it."""

PLACE = ("file", "line", "column", "end_column", "owner")
"""The columns of a place, in the order of its fields."""

REQUIRED = frozenset(("id", "name", "title", "kind"))
"""The texts that are never NULL."""

DETAILS = (
    *("reference", "body", "lead", "decided", "published", "due", "consultation_until", "runs_from", "runs_until"),
    "note",
)
"""The details of an initiative that have a column of their own besides their row."""


def plain(table: str, records: Iterable[Goal | Agency | Source]) -> Iterator[Entry]:
    """The records of a table whose columns are their fields."""
    for position, record in enumerate(records):
        yield table, {"position": position, **_fields(record, PLAIN[table]), **_origin(record.origin)}


def linked(table: str, owner: str, name: object, column: str, others: Iterable[str]) -> Iterator[Entry]:
    """The rows of a link table: what one record names, in order."""
    for position, other in enumerate(others):
        yield table, {owner: name, "position": position, column: other}


def line(book: Book, one: Line, place: Row, numbers: Iterator[int]) -> Iterator[Entry]:
    """A line with all that hangs on it; `place` is what it takes the other lines to know, `numbers` are free ids."""
    yield "lines_ore", {**place, **_own(one), **_money(book, one)}
    yield from linked("line_parts", "line_id", one.id, "part_id", one.parts)
    yield from linked("line_goals", "line_id", one.id, "goal_id", one.goals)
    yield from linked("line_sources", "line_id", one.id, "source_id", one.sources)
    roles = [("base", one.base), ("total", one.total), ("outcome", one.outcome)]
    roles += [("restated", figure) for figure in one.restated]
    for role, figure in roles:
        if figure:
            yield from _figure({"line_id": one.id, "claim_id": None, "role": role}, figure, next(numbers))
    for top_up, amount in zip(one.top_ups, top_up_amounts(one, book.values), strict=True):
        day, basis = top_up_from(book, one, top_up)
        row = {"line_id": one.id, "counts_from": day, "counts_from_by": basis}
        yield from _top_up(row, top_up, amount, numbers)
    yield from _acceptances({"line_id": one.id, "claim_id": None}, one.accepted)


def claim(one: Claim, position: int, numbers: Iterator[int]) -> Iterator[Entry]:
    """A claim with all that hangs on it; `numbers` are free ids."""
    yield (
        "claims_ore",
        {
            "position": position,
            **_fields(one, CLAIM),
            **_origin(one.origin),
            **_amount("amount", one.amount.amount, one.amount.stated_as),
            "amount_how": one.amount.how,
            "coverage": "complete" if one.complete else "partial",
        },
    )
    yield from linked("claim_sources", "claim_id", one.id, "source_id", one.sources)
    for role, figure in (("claimed", one.amount), *(("restated", figure) for figure in one.restated)):
        yield from _figure({"line_id": None, "claim_id": one.id, "role": role}, figure, next(numbers))
    yield from _acceptances({"line_id": None, "claim_id": one.id}, one.accepted)


def level_sum(year: int, level: Level, total: Sum) -> Entry:
    """What the lines of one year and level come to."""
    interval = total.amount.interval
    row = {
        "year": year,
        "level": level,
        "total_ore": total.amount.number,
        "total_low_ore": interval.low,
        "total_high_ore": interval.high,
        "lines": total.lines,
        "not_stated": total.not_stated,
        "not_stated_inside": total.not_stated_inside,
        "partial": total.partial,
    }
    return "sums_ore", row


def initiative(one: Initiative, position: int) -> Iterator[Entry]:
    """An initiative with all that hangs on it."""
    details = {name: _joined(one.details.get(name)) for name in DETAILS}
    own = {"id": one.id, "title": one.title, "kind": one.kind}
    yield "initiatives", {"position": position, **own, **details, **_origin(one.origin)}
    yield from linked("initiative_agencies", "initiative_id", one.id, "agency_id", one.agencies)
    yield from linked("initiative_sources", "initiative_id", one.id, "source_id", one.sources)
    for at, extension in enumerate(one.extensions):
        dates = {"extended": extension.extended, "runs_until": extension.runs_until, "source_id": extension.source}
        yield "initiative_extensions", {"initiative_id": one.id, "position": at, **dates}
    for at, (name, place, value) in enumerate(_details(one)):
        row = {"initiative_id": one.id, "position": at, "field": name, "value": value, "place_in_list": place}
        yield "initiative_details", row


def duplicate(one: Duplicate) -> Entry:
    """An id that stands a second time."""
    first = {f"first_{name}": value for name, value in _place(one.first).items()}
    return "duplicates", {"what": one.what, "name": one.id, **_place(one.place), **first}


def finding(one: Diagnostic, number: int) -> Iterator[Entry]:
    """A finding with its related places and hints."""
    own = {"id": number, "check_id": one.check, "severity": one.severity, "message": one.message}
    yield "findings", {**own, "help": one.help or None, **_place(one.place), "text": one.text or None}
    notes = [(None, note) for note in one.related] + [(hint.kind, hint) for hint in one.hints]
    for at, (kind, note) in enumerate(notes):
        where = _place(note.place) if note.place else dict.fromkeys(PLACE)
        row = {"finding_id": number, "position": at, "kind": kind, "message": note.message}
        yield "finding_notes", {**row, **where, "text": note.text or None}


def _own(one: Line) -> Row:
    return {
        **_fields(one, LINE),
        **_origin(one.origin),
        "parent_id": one.parent or None,
        "of_id": one.of or None,
        "level": one.level,
        "year": one.first_year if one.first_year == one.last_year else None,
        "counted": one.counted,
        "parts_are": "complete" if one.complete else "partial",
        "parts_are_written": one.complete_stated,
        "not_known_then": one.not_known_then,
    }


def _money(book: Book, one: Line) -> Row:
    values = book.value(one.id)
    only = one.top_ups[0].figure if len(one.top_ups) == 1 else None
    outcome = one.outcome
    return {
        **_value("base", values.base, one.base),
        **_value("top_ups", values.top_ups, only),
        **_value("total", values.total or values.counting, one.total or one.base),
        "partial": values.partial or None,
        **_amount("outcome", outcome.amount if outcome else None, outcome.stated_as if outcome else ""),
        "outcome_how": outcome.how if outcome else None,
    }


def _value(column: str, value: Value | None, figure: Figure | None) -> Row:
    """What a line comes to, as four fields and how it is known; in its source's own words where it is `figure`'s."""
    if value is None:
        return {**_amount(column, None), f"{column}_how": None, f"{column}_way": None}
    amount = value.amount
    if value.how == "derived" and not amount.exact:
        amount = replace(amount, number=None)
    own = figure.words if figure and figure.amount == value.amount else ""
    words = (own or amount.words) if value.how in ("stated", "calculated") else ""
    return {**_amount(column, amount, words), f"{column}_how": value.how, f"{column}_way": value.way or None}


def _amount(column: str, amount: Amount | None, words: str = "") -> Row:
    interval = amount.interval if amount else Interval(None, None)
    return {
        f"{column}_ore": interval.low if interval.exact else amount.number if amount else None,
        f"{column}_low_ore": interval.low,
        f"{column}_high_ore": interval.high,
        f"{column}_stated": words or None,
    }


def _figure(of: Row, figure: Figure, number: int) -> Iterator[Entry]:
    amount, interval = figure.amount, figure.amount.interval
    row = {
        "id": number,
        **of,
        "number_ore": amount.number,
        "low_ore": interval.low,
        "high_ore": interval.high,
        "low_open": interval.low_open,
        "high_open": interval.high_open,
        "sense": amount.sense,
        "words": amount.words or None,
        "own_words": figure.words or None,
        "how": figure.how,
        "decided": figure.decided or None,
        "note": figure.note or None,
        **_place(figure.place),
    }
    yield "figures_ore", row
    yield from linked("figure_sources", "figure_id", number, "source_id", figure.sources)


def _top_up(of: Row, top_up: TopUp, amount: Amount | None, numbers: Iterator[int]) -> Iterator[Entry]:
    number, figure = next(numbers), top_up.figure
    at = next(numbers) if figure else None
    if figure and at is not None:
        yield from _figure({"line_id": of["line_id"], "claim_id": None, "role": "top-up"}, figure, at)
    row = {
        **of,
        "id": number,
        "figure_id": at,
        "from_line_id": top_up.line or None,
        **_amount("amount", amount, figure.stated_as if figure else ""),
        "decided": top_up.decided or None,
        "note": top_up.note or None,
        **_place(top_up.place),
    }
    yield "top_ups_ore", row
    yield from linked("top_up_sources", "top_up_id", number, "source_id", top_up.sources)


def _acceptances(of: Row, accepted: Iterable[Acceptance]) -> Iterator[Entry]:
    for one in accepted:
        row = {"check_id": one.check, "reason": one.reason, "source": one.source or None, "until": one.until or None}
        yield "acceptances", {**of, **row, **_place(one.place)}


def _details(one: Initiative) -> Iterator[tuple[str, int | None, str]]:
    for name, value in one.details.items():
        if isinstance(value, str):
            yield name, None, value
        else:
            yield from ((name, at, each) for at, each in enumerate(value))


def _joined(value: str | tuple[str, ...] | None) -> str | None:
    return value if isinstance(value, str) else "; ".join(value or ()) or None


def _fields(record: object, names: Iterable[str]) -> Row:
    found = {name: getattr(record, name) for name in names}
    return {name: None if value == "" and name not in REQUIRED else value for name, value in found.items()}


def _origin(origin: Origin) -> Row:
    marks = json.dumps(origin.marks, ensure_ascii=False, separators=(",", ":"))
    return {"file": origin.path, "line": origin.at().line, "owner": origin.owner, "marks": marks}


def _place(place: Place) -> dict[str, object]:
    return dict(zip(PLACE, place, strict=True))
