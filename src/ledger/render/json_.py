"""One JSON document: of a table its columns, rows and sums; of findings everything that they say."""

import json
import re
from collections.abc import Mapping, Sequence

from ledger.diagnostic import Diagnostic, Place
from ledger.money import plain_kronor
from ledger.render._escape import safe, steering
from ledger.render._machine_fields import Field, Value, fields, values
from ledger.table import Row, Table

SCHEMA = 1
"""Raised when a reader of the documents would have to change."""

_UNCOMMON = re.compile(r"[^\n -~]")

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


def table(table: Table) -> str:
    """The document of a table: money as texts of plain kronor, never as binary fractions; empty is null.

    `below` holds the tables shown under it, such as the claims of a year, each in the same form; `ledger`, where the
    table is an export of all of it, the whole ledger as its files say it.
    """
    below = [_table(other) for other in table.below]
    whole = {"ledger": table.ledger} if table.ledger else {}
    return _document({"schema": SCHEMA, **_table(table), "below": below, **whole})


def ledger_document(table: Table) -> str:
    """The document of the whole ledger alone, with the number of its form."""
    return _document({"schema": SCHEMA, "ledger": table.ledger})


def _table(table: Table) -> dict[str, Json]:
    header = fields(table)

    def record(row: Row) -> Json:
        return {field.name: _value(field, value) for field, value in zip(header, values(table, row), strict=True)}

    return {
        "title": table.title,
        "columns": [{"name": field.name, "type": field.type} for field in header],
        "rows": [record(row) for row in table.rows],
        "totals": [record(row) for row in table.totals],
        "notes": list(table.notes),
    }


def findings(findings: Sequence[Diagnostic]) -> str:
    """The document of findings."""
    return _document({"schema": SCHEMA, "diagnostics": [_diagnostic(one) for one in findings]})


def _diagnostic(one: Diagnostic) -> Json:
    return {
        "check": one.check,
        "severity": one.severity,
        "message": one.message,
        **_place(one.place),
        "end_column": one.place.end_column,
        "related": [{**_place(other.place), "message": other.message} for other in one.related],
        "hints": [{"kind": hint.kind, "message": hint.message, **_place(hint.place)} for hint in one.hints],
    }


def _place(place: Place | None) -> dict[str, Json]:
    if place is None:
        return {"path": None, "line": None, "column": None}
    return {"path": place.path, "line": place.line, "column": place.column}


def _value(field: Field, value: Value) -> Json:
    match value:
        case bool():
            return value
        case int() if field.type == "money":
            return plain_kronor(value)
        case int() if field.type == "share":
            return value / 1000
        case tuple():
            return list(value)
        case _:
            return value


def one_line(content: Json) -> str:
    """The content on a line of its own, for documents that are written piece by piece."""
    return _UNCOMMON.sub(_escaped, json.dumps(content, ensure_ascii=False))


def _document(content: Json) -> str:
    """The content as UTF-8 text; only what could steer a terminal, or is no character, is written as an escape."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return _UNCOMMON.sub(_escaped, text) + "\n"


def _escaped(found: re.Match[str]) -> str:
    """Half of a surrogate pair, of which strict readers of JSON make nothing, becomes what people are shown."""
    text = safe(found[0]) if "\ud800" <= found[0] <= "\udfff" else found[0]
    return json.dumps(text)[1:-1] if steering(found[0]) else text
