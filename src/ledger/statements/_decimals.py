"""Decimal numbers of files → öre, by whole-number arithmetic."""

import re

from ledger.money import FACTORS, LARGEST, ORE, Amount, AmountError, Interval

_LONGEST = 60
"""Characters; no figure of a budget is longer."""

_SPACES = "\u0020\u00a0\u2009\u202f"
_DECIMAL = re.compile(rf"([-−+]?)(\d+|\d{{1,3}}(?:[{_SPACES}]\d{{3}})+)(?:([.,])(\d+))?", re.ASCII)


def read_decimal(text: str, unit: str, mark: str = ",") -> Amount | None:
    """A bare number in `unit`, with this decimal mark and any number of decimals; nothing of an empty cell.

    Finer than an öre, it is the interval of the two whole öre around it, and has no number. Raises AmountError.
    """
    text = text.strip(f"\t{_SPACES}")
    if not text:
        return None
    match = _DECIMAL.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        raise AmountError(f"'{text[:_LONGEST]}' is not a number")
    sign, whole, used, decimals = match.groups(default="")
    if used not in ("", mark):
        raise AmountError(f"'{text}' has the decimal mark '{used}', and '{mark}' is expected")
    digits = int(re.sub(f"[{_SPACES}]", "", whole) + decimals) * (-1 if sign in "-−" and sign else 1)
    scaled, parts = digits * FACTORS[unit] * ORE, 10 ** len(decimals)
    low, finer = divmod(scaled, parts)
    if abs(low) > LARGEST:
        raise AmountError(f"'{text}' {unit} is more than any budget holds")
    words = f"{text} {unit}"
    if finer:
        return Amount(Interval(low, low + 1), None, words, "range")
    return Amount(Interval(low, low), low, words)
