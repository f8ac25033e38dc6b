"""Amounts as people write them → intervals: the grammar of ledger files. Nothing is guessed."""

import re

from msgspec import Struct

from ledger.money.interval import LARGEST, ORE, Amount, AmountError, Interval, Sense

_LONGEST = 120
"""Characters; no amount is longer, and a number of a thousand digits would take its time."""

SPACES = "\u0020\u00a0\u2009\u202f"
_RUN_OF_SPACES = re.compile(f"[{SPACES}]+")
_COLUMNS = re.compile(rf"\d[{SPACES}]{{2,}}\d")
KRONOR = {"kr": 1, "krona": 1, "kronor": 1, "sek": 1}
SCALES = {
    "tusen": 10**3,
    "thousand": 10**3,
    "miljon": 10**6,
    "miljoner": 10**6,
    "million": 10**6,
    "miljard": 10**9,
    "miljarder": 10**9,
    "billion": 10**9,
}
UNITS = (
    KRONOR
    | dict.fromkeys(("tkr", "kkr", "tsek"), 10**3)
    | dict.fromkeys(("mnkr", "mkr", "msek"), 10**6)
    | {"mdkr": 10**9}
    | {f"{scale} {krona}": factor for scale, factor in SCALES.items() for krona in KRONOR}
)
"""Unit words of Swedish money, in lower case, to kronor."""

QUALIFIERS: dict[Sense, tuple[str, ...]] = {
    "about": ("ca", "ca.", "cirka", "omkring", "ungefär", "runt", "about", "approximately", "~", "≈"),
    "above": ("drygt", "just over"),
    "below": ("knappt", "nära", "närmare", "nästan", "uppemot", "just under", "nearly"),
    "least": ("minst", "lägst", "över", "mer än", "at least", "over", "more than"),
    "most": (
        *("högst", "upp till", "max", "maximalt", "som mest", "under", "mindre än", "inte överstiga"),
        *("at most", "up to"),
    ),
}
"""Qualifier words, in lower case, by what they leave open."""

SENSES = {word: sense for sense, words in QUALIFIERS.items() for word in words}
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


class _Number(Struct, frozen=True):
    """A number as written: `digits` · 10^-`scale`, where `zeros` of the digits are zeros at the end."""

    digits: int
    scale: int
    zeros: int


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
    factor = ORE * _factor(word, unit, currency, text)
    numbers = [_number(number, text) for number in written]
    if shape == "one":
        return _qualified(numbers[0], factor, sense, text)
    return _spread(shape, numbers, factor, sense, text)


def read_step(text: str, unit: str | None = None, currency: str = "SEK") -> Amount:
    """Read what a figure is rounded or cut to: an exact amount above zero."""
    step = read_amount(text, unit, currency)
    if not step.exact or step.interval.low is None or step.interval.low <= 0:
        raise AmountError(f"'{text}' is no step of rounding: write an exact amount above zero, for example '1 mnkr'")
    return step


def unit_factor(unit: str, currency: str = "SEK") -> int:
    """Units of the ledger's currency in `unit`; raises AmountError for another currency or an unknown word."""
    return _factor(unit.casefold(), None, currency, unit)


def _plainly(usual: re.Match[str], unit: str, text: str) -> Amount:
    """The amount that the full reader comes to as well, in a quarter of its time."""
    whole, decimals, word = usual.groups(default="")
    value = int(whole.replace(" ", "") + decimals.ljust(2, "0")) * UNITS[word or unit] * ORE // 100
    return _amount(Interval(value, value), value, text, "exact")


def _shape(text: str) -> tuple[str, re.Match[str] | None]:
    for shape, pattern in _SHAPES:
        match = pattern.fullmatch(text)
        if match:
            return shape, match
    return "", None


def _factor(word: str | None, unit: str | None, currency: str, text: str) -> int:
    if word is None:
        if unit is None:
            raise AmountError(f"'{text}' has no unit: write for example '{text} tkr', or give the line a `unit`")
        return unit_factor(unit, currency)
    word = word.strip()
    if word in SCALES:
        return SCALES[word]
    stated, factor = ("SEK", UNITS[word]) if word in UNITS else _foreign(word, text)
    if not stated:
        where = "" if word == text.casefold() else f" in '{text}'"
        raise AmountError(f"'{word}'{where} is not a unit of money: use kr, tkr, mnkr, mdkr or their words")
    if stated != currency:
        raise AmountError(f"'{text}' is in {stated}, and this ledger is in {currency}: one ledger, one currency")
    return factor


def _foreign(word: str, text: str) -> tuple[str, int]:
    """The currency and the factor of `EUR` or `million EUR`, whose letters are capitals in the text; else nothing."""
    scale, _, code = word.rpartition(" ")
    factor = SCALES.get(scale, 0 if scale else 1)
    known = re.fullmatch("[a-z]{3}", code) and code.upper() in text and factor
    return (code.upper(), factor) if known else ("", 0)


def _number(written: str, text: str) -> _Number:
    match = _GROUPED.fullmatch(written)
    if match is None:
        raise AmountError(_misgrouped(written, text))
    whole, decimals = match[1], match[2] or ""
    if len(decimals) == 3 and whole not in ("0", "-0") and len(whole.lstrip("-")) <= 3:
        raise AmountError(_two_readings(whole, decimals, written, text))
    digits = whole.replace(" ", "").replace("_", "").replace("-", "") + decimals
    sign = -1 if written.startswith("-") else 1
    return _Number(sign * int(digits), len(decimals), len(digits) - len(digits.rstrip("0")))


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


def _qualified(number: _Number, factor: int, sense: Sense, text: str) -> Amount:
    """The interval around one number, where the step is the place value of its last non-zero digit as written."""
    parts = 2 * 10**number.scale
    value, step = 2 * number.digits * factor, 2 * factor * 10**number.zeros
    if sense == "exact":
        if value % parts:
            raise AmountError(f"'{text}' is finer than one öre")
        return _amount(Interval(value // parts, value // parts), value // parts, text, sense)
    if number.digits <= 0:
        raise AmountError(_unclear(text))
    low, high = {
        "about": (value - step // 2, value + step // 2),
        "above": (value, value + step),
        "below": (value - step, value),
        "least": (value, None),
        "most": (0, value),
    }[sense]
    interval = _outward(low, high, parts, low_open=sense == "below", high_open=sense == "above")
    return _amount(interval, value // parts if value % parts == 0 else None, text, sense)


def _unclear(text: str) -> str:
    return f"'{text}' puts a qualifier before zero or a negative number: what it leaves open is not clear"


def _spread(shape: str, numbers: list[_Number], factor: int, sense: Sense, text: str) -> Amount:
    if sense not in ("exact", "about") or (sense == "about" and shape != "range"):
        raise AmountError(f"'{text}' puts a qualifier before a range: only 'ca' can widen one")
    first, second = numbers
    parts = 2 * 10 ** max(first.scale, second.scale)
    one, two = (number.digits * factor * parts // 10**number.scale for number in numbers)
    low, high = (one, two) if shape == "range" else (one - two, one + two)
    if low > high:
        raise AmountError(f"'{text}' is a range that ends below its start")
    if sense == "about":
        if first.digits <= 0:
            raise AmountError(_unclear(text))
        widths = [parts * factor * 10**number.zeros // (2 * 10**number.scale) for number in numbers]
        low, high = low - widths[0], high + widths[1]
    number = one // parts if shape == "plus-minus" and one % parts == 0 else None
    return _amount(_outward(low, high, parts), number, text, "range")


def _outward(low: int, high: int | None, parts: int, *, low_open: bool = False, high_open: bool = False) -> Interval:
    """The smallest interval of whole öre around [low / parts, high / parts]."""
    return Interval(low // parts, None if high is None else -(-high // parts), low_open, high_open)


def _amount(interval: Interval, number: int | None, text: str, sense: Sense) -> Amount:
    if any(end is not None and abs(end) > LARGEST for end in (interval.low, interval.high)):
        raise AmountError(f"'{text}' is more than 10¹⁵ kr: the unit is probably wrong")
    return Amount(interval, number, text, sense)
