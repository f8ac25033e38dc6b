"""Amounts as people write them → intervals: the grammar of ledger files. Nothing is guessed."""

import re

from ledger.money.interval import ORE, Amount, AmountError, Interval, Sense
from ledger.money.qualifiers import SENSES, Number, amount_of, qualified, spread
from ledger.money.units import UNITS, factor_of

_LONGEST = 120
"""Characters; no amount is longer, and a number of a thousand digits would take its time."""

SPACES = "\u0020\u00a0\u2009\u202f"
_RUN_OF_SPACES = re.compile(f"[{SPACES}]+")
_COLUMNS = re.compile(rf"\d[{SPACES}]{{2,}}\d")
_WORDS = "|".join(re.escape(word) for word in SENSES if word not in "~≈")
_QUALIFIER = re.compile(rf"[~≈] ?|(?:{_WORDS}) ")
_NUMBER = r"(-?[0-9](?:[0-9 _.,]*[0-9])?)"
_UNIT = r"(?: ?([^\d\s].*))?"
_SHAPES = (
    ("range", re.compile(rf"{_NUMBER} ?[-–] ?{_NUMBER}{_UNIT}")),
    ("range", re.compile(rf"(?:mellan|between) {_NUMBER} (?:och|and) {_NUMBER}{_UNIT}")),
    ("plus-minus", re.compile(rf"{_NUMBER} ?± ?{_NUMBER}{_UNIT}")),
    ("one", re.compile(_NUMBER + _UNIT)),
)
_GROUPED = re.compile(r"(-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:[ _]\d{3})+))(?:[.,](\d+))?")
_MISGROUPED = re.compile(r"(-?[1-9]\d{0,2}([.,])\d{3}(?:\2\d{3})*)((?!\2)[.,]\d+)?")
"""Groups split by a mark: `1.500.000`, `1.500,50`."""

_PLAIN = re.compile(r"([1-9][0-9]{0,2}(?: [0-9]{3}){0,3})(?:,([0-9]{1,2}))?(?: (kr|tkr|mnkr|mdkr))?")
"""What nearly all figures look like, in their unit or in that of their line."""


def read_amount(text: str, unit: str | None = None, currency: str = "SEK") -> Amount:
    """Read `[qualifier] number [± number] unit`, `number–number unit` or `mellan number och number unit`.

    A bare number takes `unit`. Raises AmountError, whose message names every reading of an ambiguous text.
    """
    usual = _PLAIN.fullmatch(text) if currency == "SEK" else None
    if usual and (usual[3] or unit in UNITS):
        return _plainly(usual, unit or "", text)
    if len(text) > _LONGEST:
        raise AmountError(f"an amount of {len(text)} characters is not read: write for example '23,5 mnkr'")
    if _COLUMNS.search(text):
        raise AmountError(f"'{text}' has two spaces between digits: one groups them, two part columns")
    plain = _RUN_OF_SPACES.sub(" ", text.replace("−", "-")).strip(" ").casefold()
    found = _QUALIFIER.match(plain)
    sense: Sense = SENSES[found[0].strip()] if found else "exact"
    shape, match = _shape(plain[found.end() :] if found else plain)
    if match is None:
        raise AmountError(f"'{text}' is not an amount: write for example '23,5 mnkr' or '9 000 tkr'")
    *written, word = match.groups()
    factor = ORE * factor_of(word, unit, currency, text)
    numbers = [_number(number, text) for number in written]
    if shape == "one":
        return qualified(numbers[0], factor, sense, text)
    return spread(shape, numbers, factor, sense, text)


def read_step(text: str, unit: str | None = None, currency: str = "SEK") -> Amount:
    """Read what a figure is rounded or cut to: an exact amount above zero."""
    step = read_amount(text, unit, currency)
    if not step.exact or step.interval.low is None or step.interval.low <= 0:
        raise AmountError(f"'{text}' is no step of rounding: write an exact amount above zero, for example '1 mnkr'")
    return step


def _plainly(usual: re.Match[str], unit: str, text: str) -> Amount:
    """The amount that the full reader comes to as well, in a quarter of its time."""
    whole, decimals, word = usual.groups(default="")
    value = int(whole.replace(" ", "") + decimals.ljust(2, "0")) * UNITS[word or unit] * ORE // 100
    return amount_of(Interval(value, value), value, text, "exact")


def _shape(text: str) -> tuple[str, re.Match[str] | None]:
    for shape, pattern in _SHAPES:
        match = pattern.fullmatch(text)
        if match:
            return shape, match
    return "", None


def _number(written: str, text: str) -> Number:
    match = _GROUPED.fullmatch(written)
    if match is None:
        raise AmountError(_misgrouped(written, text))
    whole, decimals = match[1], match[2] or ""
    if len(decimals) == 3 and whole not in ("0", "-0") and len(whole.lstrip("-")) <= 3:
        raise AmountError(_two_readings(whole, decimals, written, text))
    digits = whole.replace(" ", "").replace("_", "").replace("-", "") + decimals
    sign = -1 if written.startswith("-") else 1
    return Number(sign * int(digits), len(decimals), len(digits) - len(digits.rstrip("0")))


def _two_readings(whole: str, decimals: str, written: str, text: str) -> str:
    """The message for one mark before three digits, with what to write for each reading: not three decimals."""
    mark = written[len(whole)]
    as_decimals = f"{decimals.rstrip('0') or '0'}" if decimals.endswith("0") else f"{decimals}0"
    return (
        f"'{text}' can be read two ways, with '{mark}' as decimal mark or between thousands: "
        f"write '{whole},{as_decimals}' or '{whole} {decimals}'"
    )


def _misgrouped(written: str, text: str) -> str:
    match = _MISGROUPED.fullmatch(written)
    if match:
        plain = match[1].replace(match[2], " ") + (match[3] or "").replace(".", ",")
        return f"'{text}' groups its digits with a decimal mark: write '{plain}'"
    if re.match(r"-?0\d", written):
        return f"'{text}' has a number that begins with 0: write it without"
    return f"'{text}' has a number whose digits are not in groups of three: '{written}'"
