"""Phrases → intervals, by the grammar of ledger files: a phrase is written in its words, and read as one is."""

import re

from msgspec import Struct
from msgspec.structs import replace

from ledger.money import Amount, AmountError, Interval, read_amount
from ledger.statements.prose._numbers import Number
from ledger.statements.prose._phrases import Phrase
from ledger.statements.prose._quantities import Quantity

_SHAPES = {"": "{}", "range": "{}–{}", "±": "{} ± {}"}
_TWO_WAYS = "'…' can be read two ways, with '{}' as decimal mark or between thousands"
_REWRITTEN = re.compile("^'[^']*'")
"""How a message names the phrase in the words of ledger files."""


class Reading(Struct, frozen=True):
    """What a phrase says; without an interval, why it cannot be said."""

    interval: Interval | None
    number: int | None
    unreadable: str = ""


def read_phrase(phrase: Phrase, text: str, *, english: bool, swedish: bool) -> Reading:
    """The interval that the phrase leaves open; `text` is how it is written."""
    if phrase.fault:
        return Reading(None, None, f"'{text}' {phrase.fault}")
    unit = phrase.quantities[-1].unit
    currency = (unit and unit.currency) or "SEK"
    try:
        numbers = [_plain(one, english=english, swedish=swedish) for one in phrase.quantities]
        said = _SHAPES[phrase.spread].format(*numbers) + f" {currency}"
        amount = _amount(said, phrase.qualifiers, currency)
    except AmountError as error:
        return Reading(None, None, _REWRITTEN.sub(lambda _: f"'{text}'", str(error), count=1))
    return Reading(amount.interval, amount.number)


def _amount(said: str, qualifiers: tuple[str, ...], currency: str) -> Amount:
    *outer, inner = qualifiers or ("",)
    amount = read_amount(f"{inner} {said}".strip(), currency=currency)
    if not outer:
        return amount
    sense = read_amount(f"{outer[0]} {said}", currency=currency).sense
    if amount.sense != "about" or sense not in ("least", "most"):
        raise AmountError("'…' has two qualifiers that do not go together")
    ends = (amount.interval.low, None) if sense == "least" else (0, amount.interval.high)
    return replace(amount, interval=Interval(*ends), sense=sense)


def _plain(quantity: Quantity, *, english: bool, swedish: bool) -> str:
    """The number in whole units of its currency."""
    power, number = (quantity.unit and quantity.unit.power) or 0, quantity.number
    if number.marked:
        number = _unmarked(quantity, power, english=english, swedish=swedish)
    return ("-" if quantity.negative else "") + number.plain(power)


def _unmarked(quantity: Quantity, power: int, *, english: bool, swedish: bool) -> Number:
    """A number with one mark before three digits, as the language has it; refused where that is not clear.

    The words of its own unit weigh more than those around it: `1,125 miljarder` is Swedish whatever stands beside it.
    """
    number = quantity.number
    theirs = bool(quantity.unit and quantity.unit.english)
    if power >= 6 and not theirs and not quantity.prefixed:
        english, doubted = False, english and bool(quantity.unit and quantity.unit.neutral)
        if doubted:  # `1,200 MSEK` in English prose
            raise AmountError(_TWO_WAYS.format(number.marked))
    elif theirs and quantity.end == quantity.number_end and not quantity.lent:  # a cell under `SEK million`
        raise AmountError(_TWO_WAYS.format(number.marked))
    elif theirs and not quantity.prefixed:
        english = not swedish
    if number.marked == "." and not power:
        raise AmountError(_TWO_WAYS.format(number.marked))
    if english and number.marked == ",":
        return Number(number.digits)
    if english or (number.marked == "," and power >= 6 and not theirs):
        return number
    raise AmountError(_TWO_WAYS.format(number.marked))
