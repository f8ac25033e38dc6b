"""The forms that some texts of a record must have; each function gives the text back, or raises ValueError."""

import re
from datetime import date

from ledger.reading.yaml.decoding import quoted

_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_YEAR = re.compile(r"(?!0000)[0-9]{4}")
_YEARS = re.compile(rf"({_YEAR.pattern})(?:-({_YEAR.pattern}))?")
_ID = re.compile(r"\w[\w.-]*")
LONGEST_ID = 200
"""Characters; YAML takes no key of more than a thousand, and people read it."""


def is_date(text: str) -> str:
    """A day of the calendar, a month or a year."""
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{quoted(text)} is not a date: write 2024, 2024-03 or 2024-03-27")
    year, month, day = match.groups("01")
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"'{text}' is not a day of the calendar") from None
    return text


def is_years(text: str) -> str:
    """A year, or a period of several."""
    match = _YEARS.fullmatch(text)
    if match is None or not int(match[1]) <= int(match[2] or match[1]):
        raise ValueError(f"{quoted(text)} is not a year: write 2024, or 2022-2023 for a sum over years")
    return text


def is_year(text: str) -> str:
    """A year."""
    if _YEAR.fullmatch(text) is None:
        raise ValueError(f"{quoted(text)} is not a year: write for example 2024")
    return text


def check_id(text: str) -> str:
    """An id. '/' is kept for the path to a part."""
    if len(text) > LONGEST_ID:
        raise ValueError(f"{quoted(text)} cannot be an id: an id has at most {LONGEST_ID} characters")
    if _ID.fullmatch(text) is None:
        raise ValueError(f"{quoted(text)} cannot be an id: use letters, digits, '-', '_' and '.', without spaces")
    return text
