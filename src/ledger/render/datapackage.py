"""A folder with the table and those below it as CSV, and a datapackage.json that describes them.

An export of the whole ledger has it in `ledger.json` too, as its files say it.

After Data Package v2 (https://datapackage.org), Table Dialect and Table Schema. What a table named `sources` holds in
its columns `title` and `url` are the sources of the package; its licence stands in a table named `query`, as `licence`.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from ledger.render import csv_, json_
from ledger.render._machine_fields import Field, fields, values
from ledger.table import Table

LEDGER = "ledger.json"
_PROFILES = "https://datapackage.org/profiles/2.0/"
_DIALECT = {
    "$schema": f"{_PROFILES}tabledialect.json",
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
}
_GUARD = (
    "Texts that a spreadsheet would take for a formula, a time, a date or another number begin with one apostrophe, "
    "which is not part of them."
)
_NO_GUARD = "No text is guarded against spreadsheets: what begins with = + - or @ may run there as a formula."
_DATE = r"'?\d{4}(-\d{2}(-\d{2})?)?"
_ADDRESS = re.compile(r"(?:http|ftp)s?://\S+")
_NUMBER = {"type": "number", "decimalChar": ".", "bareNumber": True}
_TYPES: dict[str, dict[str, object]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "money": _NUMBER,
    "date": {"type": "string", "constraints": {"pattern": _DATE}},
    "boolean": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    "share": _NUMBER,
    "list": {"type": "list", "itemType": "string", "delimiter": ";"},
}
_LICENCES = {"CC0-1.0": ("CC0 1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/")}


def table(table: Table) -> Mapping[str, bytes]:
    """The files of the folder by their names."""
    return _files(table, csv_.table, _GUARD)


def unguarded(table: Table) -> Mapping[str, bytes]:
    """The same with every text as it is."""
    return _files(table, csv_.unguarded, _NO_GUARD)


def _files(table: Table, write: Callable[[Table], str], guard: str) -> dict[str, bytes]:
    tables = _named([table, *table.below])
    files = {f"{name}.csv": write(one).encode("utf-8", "replace") for name, one in tables.items()}
    package = _package(table, guard=guard, guarded=guard == _GUARD)
    package["resources"] = [_resource(name, one, files[f"{name}.csv"]) for name, one in tables.items()]
    if table.ledger:
        files[LEDGER] = json_.ledger_document(table).encode("utf-8", "replace")
        package["resources"].append(_whole(files[LEDGER]))
    text = json.dumps(package, ensure_ascii=False, indent=2)
    return {"datapackage.json": f"{text}\n".encode("utf-8", "replace"), **files}


def _named(tables: Sequence[Table]) -> dict[str, Table]:
    """The tables by the names of their resources: small letters, digits, dashes, none twice."""
    named: dict[str, Table] = {}
    for at, one in enumerate(tables, 1):
        name = _name(one.name or one.title) or f"table-{at}"
        named[f"{name}-{at}" if name in named else name] = one
    return named


def _name(text: str) -> str:
    plain = text.lower().translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def _package(table: Table, *, guard: str, guarded: bool) -> dict[str, Any]:
    facts = dict(_texts(table, "query", "name", "value"))
    about = {
        "$schema": f"{_PROFILES}datapackage.json",
        "name": _name(table.title) or "table",
        "title": table.title,
        "description": f"Money is in {_currency(table)}. {guard}",
        "formulaGuard": guarded,
        "licenses": _licences(facts.get("licence", "")),
        "sources": [_source(title, url) for title, url in _texts(table, "sources", "title", "url")],
    }
    return {key: value for key, value in about.items() if value not in ("", [])}


def _currency(table: Table) -> str:
    return "kronor (SEK)" if table.currency == "SEK" else table.currency


def _licences(name: str) -> list[dict[str, str]]:
    if not name:
        return []
    title, path = _LICENCES.get(name, ("", ""))
    return [{"name": name, "title": title, "path": path} if title else {"name": name}]


def _source(title: str, url: str) -> dict[str, str]:
    return {"title": title, "path": url} if _ADDRESS.fullmatch(url) else {"title": title}


def _texts(table: Table, name: str, first: str, second: str) -> Iterator[tuple[str, str]]:
    """Two columns of the tables of that name."""
    for one in table.below:
        names = [field.name for field in fields(one)]
        if one.name == name and {first, second} <= set(names):
            for row in one.rows:
                cells = dict(zip(names, values(one, row), strict=True))
                yield str(cells[first] or ""), str(cells[second] or "")


def _whole(content: bytes) -> dict[str, object]:
    return {
        "name": "ledger",
        "title": "The whole ledger, as its files say it",
        "path": LEDGER,
        "format": "json",
        "mediatype": "application/json",
        **_held(content),
    }


def _held(content: bytes) -> dict[str, object]:
    return {"encoding": "utf-8", "bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}


def _resource(name: str, table: Table, content: bytes) -> dict[str, object]:
    header = fields(table)
    schema: dict[str, object] = {
        "$schema": f"{_PROFILES}tableschema.json",
        "fields": [_field(field, table) for field in header],
        "missingValues": [""],
    }
    if _identified(table, header):
        schema["primaryKey"] = ["id"]
    return {
        "name": name,
        "title": table.title,
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        **_held(content),
        "dialect": _DIALECT,
        "schema": schema,
    }


def _identified(table: Table, header: Sequence[Field]) -> bool:
    """Whether the column `id` tells every row from every other."""
    names = [field.name for field in header]
    if "id" not in names:
        return False
    ids = [values(table, row)[names.index("id")] for row in table.rows]
    return None not in ids and len(set(ids)) == len(ids)


def _field(field: Field, table: Table) -> dict[str, object]:
    about = _meaning(field, table)
    return {"name": field.name, **_TYPES[field.type], **({"description": about} if about else {})}


def _meaning(field: Field, table: Table) -> str:
    if field.type == "date":
        return "A day, or a month or a year where no more is known."
    if field.type == "share":
        return "From the smallest to the largest part of the whole that it may be."
    if field.type != "money":
        of = field.name.removesuffix("_stated")
        return f"The words in which '{of}' is stated." if of != field.name and of in _money(table) else ""
    if field.name.endswith("_low"):
        return "The lower limit; empty where there is none, or nothing is known."
    if field.name.endswith("_high"):
        return "The upper limit; empty where there is none, or nothing is known."
    return "As printed or exactly derived; empty for a range and where nothing is known."


def _money(table: Table) -> set[str]:
    return {column.name for column in table.columns if column.type == "money"}
