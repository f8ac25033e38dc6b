"""The value of a term that can be compared, `a..b`, `>=a`, `a`, as the years, days or money it asks for."""

import re
from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct

from ledger.book import last_day
from ledger.money import AmountError, Interval, read_amount

_OPERATORS = re.compile(r"(>=|<=|>|<|=)?(.*)", re.DOTALL)
_YEAR = re.compile(r"[0-9]{4}")
_DATE = re.compile(r"[12][0-9]{3}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
_BARE = re.compile(r"[-−0-9\s_.,]+")
EARLIEST, LATEST = 0, 9999
"""The years that stand for an end that is not given."""


class Span(Struct, frozen=True):
    """Two ends as written; an empty one is not given, an open one is not included."""

    low: str
    high: str
    low_open: bool = False
    high_open: bool = False


def read_span(text: str) -> Span | str:
    """Split `a..b`, `a..`, `..b`, `>=a`, `>a`, `<=b`, `<b`, `=a` or `a`, or say what is wrong with it."""
    found = _OPERATORS.fullmatch(text.replace("≥", ">=").replace("≤", "<=").strip())
    operator, rest = (found[1], found[2].strip()) if found else (None, "")
    low, dots, high = (part.strip() for part in rest.partition(".."))
    if not (low or high):
        return f"'{text}' has no bound: write a value before or after it"
    if operator and dots:
        return f"'{text}' is a comparison and a range: write one of them"
    match operator:
        case ">=" | ">":
            return Span(low, "", low_open=operator == ">")
        case "<=" | "<":
            return Span("", low, high_open=operator == "<")
        case _:
            return Span(low, high if dots else low)


def read_years(text: str) -> tuple[int, int] | str:
    """The first and last year, both included."""
    span = read_span(text)
    if isinstance(span, str):
        return span
    wrong = [end for end in (span.low, span.high) if end and not _YEAR.fullmatch(end)]
    if wrong:
        return f"'{wrong[0]}' is not a year: write for example year:2024 or year:2021..2024"
    low = int(span.low) + span.low_open if span.low else EARLIEST
    high = int(span.high) - span.high_open if span.high else LATEST
    return (low, high) if low <= high else _backwards(text)


def read_days(text: str) -> tuple[str, str] | str:
    """The first and last day as ISO text, both included; a partial date stands for all its days."""
    span = read_span(text)
    if isinstance(span, str):
        return span
    wrong = [end for end in (span.low, span.high) if end and not _is_date(end)]
    if wrong:
        return f"'{wrong[0]}' is not a date: write for example 2024, 2024-03 or 2024-03-27"
    low = _low_day(span) if span.low else ""
    high = _high_day(span) if span.high else "9999"
    return (low, high) if low <= high else _backwards(text)


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    year, month, day = (int(number) for number in _first_day(text).split("-"))
    return 1 <= day <= monthrange(year, month)[1]


def _first_day(text: str) -> str:
    return text + "-01-01"[len(text) - len("2024") :]


def _low_day(span: Span) -> str:
    if span.low_open:
        return (date.fromisoformat(last_day(span.low)) + timedelta(days=1)).isoformat()
    return _first_day(span.low)


def _high_day(span: Span) -> str:
    if span.high_open:
        return (date.fromisoformat(_first_day(span.high)) - timedelta(days=1)).isoformat()
    return last_day(span.high)


def read_money(text: str, currency: str) -> Interval | str:
    """The amounts asked for, in öre; before `..` a number may leave out the unit that the other one has."""
    span = read_span(text)
    if isinstance(span, str):
        return span
    number = _BARE.match(span.high)
    unit = span.high[number.end() :] if number else ""
    low = _ore(f"{span.low} {unit}" if unit and _BARE.fullmatch(span.low) else span.low, currency)
    high = _ore(span.high, currency)
    if isinstance(low, str):
        return low
    if isinstance(high, str):
        return high
    if low is not None and high is not None and low > high:
        return _backwards(text)
    return Interval(low, high, span.low_open, span.high_open)


def _ore(text: str, currency: str) -> int | str | None:
    """The öre of one end, `None` where there is no end, or what is wrong with it."""
    if not text:
        return None
    if _BARE.fullmatch(text):
        return f"'{text}' has no unit: write for example '{text}mnkr' or '{text}tkr'"
    try:
        amount = read_amount(text, None, currency)
    except AmountError as error:
        return str(error)
    if amount.sense != "exact":
        return f"'{text}' is not one amount: compare with plain ones, as in 10mnkr.. or 10mnkr..20mnkr"
    return amount.interval.low


def _backwards(text: str) -> str:
    return f"'{text}' ends before it begins"


def lies_in(value: Interval, wanted: Interval) -> bool | None:
    """Whether the whole of a value is among the wanted ones; `None` when only some of it is."""
    if not value.meets(wanted):
        return False
    return True if _from(value, wanted) and _from(-value, -wanted) else None


def _from(value: Interval, wanted: Interval) -> bool:
    """Whether no value lies below the wanted ones."""
    if wanted.low is None:
        return True
    if value.low is None or value.low < wanted.low:
        return False
    return value.low > wanted.low or value.low_open or not wanted.low_open
