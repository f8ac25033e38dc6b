"""The texts that fields of a record hold: what each must look like, for the reader and for JSON Schema."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema

from ledger.reading import json_schema_patterns as patterns
from ledger.reading.field_formats import check_id, is_date, is_year, is_years


def _one_or_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_Written = Annotated[str, StringConstraints(strict=True, min_length=1)]
Text = Annotated[_Written, WithJsonSchema(patterns.TEXT)]
AmountText = Annotated[_Written, WithJsonSchema(patterns.AMOUNT)]
"""Read as money only where the unit and the currency in scope are known."""
Unit = Annotated[_Written, WithJsonSchema(patterns.UNIT)]
Date = Annotated[_Written, AfterValidator(is_date), WithJsonSchema(patterns.DATE)]
Years = Annotated[_Written, AfterValidator(is_years), WithJsonSchema(patterns.YEARS)]
Year = Annotated[_Written, AfterValidator(is_year), WithJsonSchema(patterns.YEAR)]
Id = Annotated[_Written, AfterValidator(check_id), WithJsonSchema(patterns.ID)]
Number = Annotated[_Written, StringConstraints(pattern=r"^[0-9]{1,9}$"), WithJsonSchema(patterns.NUMBER)]
Currency = Annotated[_Written, StringConstraints(pattern="^[A-Z]{3}$"), WithJsonSchema(patterns.CURRENCY)]
Marker = Annotated[Literal["0", "1", "2"], WithJsonSchema(patterns.MARKER)]
Ids = Annotated[list[Text], BeforeValidator(_one_or_list, json_schema_input_type=Text | list[Text])]
