"""The texts that fields of a record hold: what each must look like, for the reader and for JSON Schema."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema

from ledger.reading import patterns
from ledger.reading.text import quoted

_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_YEAR = re.compile(r"(?!0000)[0-9]{4}")
_YEARS = re.compile(rf"({_YEAR.pattern})(?:-({_YEAR.pattern}))?")
_ID = re.compile(r"\w[\w.-]*")


def _is_date(text: str) -> str:
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{quoted(text)} is not a date: write 2024, 2024-03 or 2024-03-27")
    year, month, day = match.groups("01")
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"'{text}' is not a day of the calendar") from None
    return text


def _is_years(text: str) -> str:
    match = _YEARS.fullmatch(text)
    if match is None or not int(match[1]) <= int(match[2] or match[1]):
        raise ValueError(f"{quoted(text)} is not a year: write 2024, or 2022-2023 for a sum over years")
    return text


def _is_year(text: str) -> str:
    if _YEAR.fullmatch(text) is None:
        raise ValueError(f"{quoted(text)} is not a year: write for example 2024")
    return text


def check_id(text: str) -> str:
    """The id itself; raises ValueError when it cannot be one. '/' is kept for the path to a part."""
    if _ID.fullmatch(text) is None:
        raise ValueError(f"{quoted(text)} cannot be an id: use letters, digits, '-', '_' and '.', without spaces")
    return text


def _one_or_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_Written = Annotated[str, StringConstraints(strict=True, min_length=1)]
Text = Annotated[_Written, WithJsonSchema(patterns.TEXT)]
AmountText = Annotated[_Written, WithJsonSchema(patterns.AMOUNT)]
"""Read as money only where the unit and the currency in scope are known."""
Unit = Annotated[_Written, WithJsonSchema(patterns.UNIT)]
Date = Annotated[_Written, AfterValidator(_is_date), WithJsonSchema(patterns.DATE)]
Years = Annotated[_Written, AfterValidator(_is_years), WithJsonSchema(patterns.YEARS)]
Year = Annotated[_Written, AfterValidator(_is_year), WithJsonSchema(patterns.YEAR)]
Id = Annotated[_Written, AfterValidator(check_id), WithJsonSchema(patterns.ID)]
Number = Annotated[_Written, StringConstraints(pattern=r"^[0-9]{1,9}$"), WithJsonSchema(patterns.NUMBER)]
Currency = Annotated[_Written, StringConstraints(pattern="^[A-Z]{3}$"), WithJsonSchema(patterns.CURRENCY)]
Marker = Annotated[Literal["0", "1", "2"], WithJsonSchema(patterns.MARKER)]
Ids = Annotated[list[Text], BeforeValidator(_one_or_list, json_schema_input_type=Text | list[Text])]
