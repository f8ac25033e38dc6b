"""An amount as a document states it → its text in the grammar of ledger files, the same to the öre."""

import re
from collections.abc import Iterable

from ledger.money import (
    FACTORS,
    Amount,
    AmountError,
    auto_unit,
    exact_words,
    read_amount,
    swedish,
    unit_factor,
    unit_name,
)

_UNIT = re.compile(r"\d\s*([^\W\d]+)\s*$")
_WRITTEN = {factor: unit for unit, factor in FACTORS.items()}


def amount_text(amount: Amount, unit: str = "", currency: str = "SEK") -> str:
    """The figure, bare where it is exact and `unit` is that of the line around it; else in the words it came in.

    Units are named as in kronor: in another currency `mnkr` is the million of it.
    """
    low, high = amount.interval.low, amount.interval.high
    if low is not None and amount.exact:
        return swedish(low, unit) if unit else _in_own_unit(amount, low, currency)
    words = " ".join(amount.words.split())
    for text in (words, f"{words} {unit_name(unit, currency)}" if unit else words):
        if words and _reads_as(text, amount, currency):
            return text
    if low is not None and high is not None:
        return f"{swedish(low, 'kr')}–{swedish(high, 'kr')} {unit_name('kr', currency)}"
    return f"minst {exact_words(low, currency)}" if low is not None else f"högst {exact_words(high or 0, currency)}"


def unit_of_all(amounts: Iterable[Amount], currency: str = "SEK") -> str:
    """The unit that exact figures are printed in, where it is one, else the largest that writes each shortly.

    Empty when none is exact.
    """
    exact = [amount for amount in amounts if amount.exact]
    printed = {_printed_unit(amount, currency) for amount in exact if amount.interval.low}
    if len(printed) == 1 and "" not in printed and _short(exact, unit := printed.pop()):
        return unit
    return auto_unit(amount.interval.low or 0 for amount in exact) if exact else ""


def _short(amounts: Iterable[Amount], unit: str) -> bool:
    """Whether a unit writes every figure with at most two decimals."""
    step = FACTORS[unit]
    return all((amount.interval.low or 0) % step == 0 for amount in amounts)


def _in_own_unit(amount: Amount, ore: int, currency: str) -> str:
    unit = _printed_unit(amount, currency)
    short = unit and _short([amount], unit)
    return f"{swedish(ore, unit)} {unit_name(unit, currency)}" if short else exact_words(ore, currency)


def _printed_unit(amount: Amount, currency: str) -> str:
    """The unit of a figure as it is printed, also where only a heading names it; empty where that is not clear."""
    found = _UNIT.search(amount.words)
    if found is None:
        names = ((unit, unit_name(unit, currency)) for unit in FACTORS)
        return next((unit for unit, name in names if _reads_as(f"{amount.words} {name}", amount, currency)), "")
    try:
        return _WRITTEN.get(unit_factor(found[1], currency), "")
    except AmountError:
        return ""


def _reads_as(text: str, amount: Amount, currency: str) -> bool:
    """Whether a ledger file that holds the text says the same amount."""
    try:
        return read_amount(text, None, currency).interval == amount.interval
    except AmountError:
        return False
