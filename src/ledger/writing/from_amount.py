"""An amount as a document states it → its text in the grammar of ledger files, the same to the öre."""

import re
from collections.abc import Iterable

from ledger.money import FACTORS, Amount, AmountError, auto_unit, exact_words, read_amount, swedish, unit_factor

_UNIT = re.compile(r"\d\s*([^\W\d]+)\s*$")
_WRITTEN = {factor: unit for unit, factor in FACTORS.items()}


def amount_text(amount: Amount, unit: str = "") -> str:
    """The figure, bare where it is exact and `unit` is that of the line around it; else in the words it came in."""
    low, high = amount.interval.low, amount.interval.high
    if low is not None and amount.exact:
        return swedish(low, unit) if unit else _in_own_unit(amount, low)
    words = " ".join(amount.words.split())
    for text in (words, f"{words} {unit}"):
        if words and _reads_as(text, amount):
            return text
    if low is not None and high is not None:
        return f"{swedish(low, 'kr')}–{swedish(high, 'kr')} kr"
    return f"minst {exact_words(low)}" if low is not None else f"högst {exact_words(high or 0)}"


def unit_of_all(amounts: Iterable[Amount]) -> str:
    """The unit that exact figures are printed in, where it is one, else the largest that writes each shortly.

    Empty when none is exact.
    """
    exact = [amount for amount in amounts if amount.exact]
    printed = {_printed_unit(amount) for amount in exact if amount.interval.low}
    if len(printed) == 1 and "" not in printed and _short(exact, unit := printed.pop()):
        return unit
    return auto_unit(amount.interval.low or 0 for amount in exact) if exact else ""


def _short(amounts: Iterable[Amount], unit: str) -> bool:
    """Whether a unit writes every figure with at most two decimals."""
    step = unit_factor(unit)
    return all((amount.interval.low or 0) % step == 0 for amount in amounts)


def _in_own_unit(amount: Amount, ore: int) -> str:
    unit = _printed_unit(amount)
    return f"{swedish(ore, unit)} {unit}" if unit and _short([amount], unit) else exact_words(ore)


def _printed_unit(amount: Amount) -> str:
    """The unit of a figure as it is printed, also where only a heading names it; empty where that is not clear."""
    found = _UNIT.search(amount.words)
    if found is None:
        return next((unit for unit in FACTORS if _reads_as(f"{amount.words} {unit}", amount)), "")
    try:
        return _WRITTEN.get(unit_factor(found[1]), "")
    except AmountError:
        return ""


def _reads_as(text: str, amount: Amount) -> bool:
    """Whether a ledger file that holds the text says the same amount."""
    try:
        return read_amount(text).interval == amount.interval
    except AmountError:
        return False
