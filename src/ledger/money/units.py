"""Units of money in ledger files: `tkr`, `mnkr`, `miljoner kronor`, and currencies by their codes."""

import re

from ledger.money.interval import AmountError

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


def unit_factor(unit: str, currency: str = "SEK") -> int:
    """Units of the ledger's currency in `unit`; raises AmountError for another currency or an unknown word."""
    return factor_of(unit.casefold(), None, currency, unit)


def factor_of(word: str | None, unit: str | None, currency: str, text: str) -> int:
    """Units of the currency in the unit that is written, else in the one in scope. Raises AmountError."""
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
