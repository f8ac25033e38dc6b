"""JSON Schema, draft 7, of ledger files, made from the records: for editors, which complete keys and flag mistakes."""

import json
import re
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from ledger.reading import json_schema_patterns as patterns
from ledger.reading.model import RECORDS, Record

DRAFT = "http://json-schema.org/draft-07/schema#"
NAME = "urn:gender-budget-ledger:schema:1"
"""Raised when files that were right become wrong."""

_SCALARS = {
    "amount": patterns.AMOUNT,
    "unit": patterns.UNIT,
    "date": patterns.DATE,
    "year": patterns.YEAR,
    "years": patterns.YEARS,
    "number": patterns.NUMBER,
    "id": patterns.ID,
}
"""Those that are written out once, and referred to."""

_KEYS = {
    "ledger": "What the ledger as a whole is called, and its currency. It stands in one file only.",
    "goals": "Goals that lines can name, by their ids.",
    "agencies": "Who gets money: agencies, programmes, groups, by their ids.",
    "sources": "Documents that state figures, by their ids.",
    "allocations": "Lines: amounts of money, by their ids.",
    "claims": "What sources say of sums over many lines, by their ids.",
    "initiatives": "Inquiries, programmes and other things without a sum of their own, by their ids.",
}


class _Generator(GenerateJsonSchema):
    """Without what a ledger has no use for: an empty value is refused, and a title would repeat the key."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Every key must be one, also of a part; pydantic would let pass what its pattern does not match."""
        keys, values = (self.generate_inner(schema[side]) for side in ("keys_schema", "values_schema"))
        return {"type": "object", "propertyNames": keys, "additionalProperties": values}

    def field_title_should_be_set(self, schema: object) -> bool:
        del schema
        return False


def schema_text() -> str:
    """The schema as a file: the same bytes at every call."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The schema of one ledger file."""
    wanted: list[tuple[type[Record], JsonSchemaMode]] = [(record, "validation") for record in RECORDS.values()]
    _, made = models_json_schema(wanted, ref_template="{model}", schema_generator=_Generator)
    records = {_called(name): _referring(record) | {"title": _called(name)} for name, record in made["$defs"].items()}
    return {
        "$schema": DRAFT,
        "$id": NAME,
        "title": "Ledger file",
        "description": "A part of a budget ledger: any of these keys, each with its records.",
        "type": "object",
        "properties": {key: _under(key, _called(record.__name__)) for key, record in RECORDS.items()},
        "additionalProperties": False,
        "definitions": {**_SCALARS, **records},
    }


def _called(model: str) -> str:
    """What an editor calls a record: `TopUpRecord` is `top-up`."""
    return "-".join(re.findall("[A-Z][a-z]+", model.removesuffix("Record"))).lower()


def _under(key: str, record: str) -> dict[str, Any]:
    """What stands under a top-level key: one record, or records by their ids; or nothing yet."""
    reference = {"$ref": f"#/definitions/{record}"}
    if key == "ledger":
        return {"description": _KEYS[key], "anyOf": [reference, {"type": "null"}]}
    return {
        "description": _KEYS[key],
        "type": ["object", "null"],
        "propertyNames": {"$ref": "#/definitions/id"},
        "additionalProperties": reference,
    }


def _referring(node: Any) -> Any:
    """The schema with references to what is written out once; in draft 7 nothing else counts beside one."""
    if isinstance(node, list):
        return [_referring(member) for member in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return {"$ref": f"#/definitions/{_called(node['$ref'])}"}
    name = next((name for name, scalar in _SCALARS.items() if scalar.items() <= node.items()), None)
    if name is None:
        return {key: _referring(value) for key, value in node.items()}
    rest = {key: value for key, value in node.items() if key not in _SCALARS[name]}
    reference = {"$ref": f"#/definitions/{name}"}
    return {**rest, "allOf": [reference]} if rest else reference
