"""A figure's text taken apart, so that another number can be written in its place."""

import re
from fractions import Fraction

from msgspec import Struct

from ledger.money import FACTORS, ORE, AmountError, swedish, unit_factor

_NUMBER = re.compile(r"\d(?:[\d\s_]*\d)?(?:[.,]\d+)?")
_WORD = re.compile(r"\D*$")


class Written(Struct, frozen=True):
    """The first number of a text: its `digits` without marks, how many are decimals, what is around it."""

    before: str
    digits: str
    decimals: int
    after: str


def taken_apart(text: str) -> Written | None:
    """The first number of an amount's text; nothing where there is none."""
    match = _NUMBER.search(text)
    if match is None:
        return None
    whole, _, decimals = match[0].replace(",", ".").partition(".")
    digits = re.sub(r"[\s_]", "", whole) + decimals
    return Written(text[: match.start()].rstrip("-−"), digits, len(decimals), text[match.end() :])


def rewritten(text: str, ore: int, unit: str) -> str:
    """The text with another number, so many öre, in the place of its first one."""
    around = taken_apart(text)
    number = swedish(ore, unit)
    return f"{around.before}{number}{around.after}" if around else number


def unit_of(text: str, number: int | None, currency: str = "SEK") -> str:
    """The unit of a text of `number` öre, by its word or else by its size; empty when not known."""
    word = _WORD.search(text)
    if word and word[0].strip():
        try:
            factor = unit_factor(word[0].strip(), currency)
        except AmountError:
            return ""
    else:
        factor = _size(taken_apart(text), number)
    return next((unit for unit, size in FACTORS.items() if size == factor), "")


def _size(one: Written | None, number: int | None) -> int:
    if one is None or number is None or not int(one.digits):
        return 0
    size = Fraction(abs(number) * 10**one.decimals, int(one.digits) * ORE)
    return size.numerator if size.denominator == 1 else 0
