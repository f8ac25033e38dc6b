"""Tables: the unit that a heading gives, and the bare numbers that have it."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from ledger.statements.prose._quantities import Quantity
from ledger.statements.prose._tokens import Token, tokens_of
from ledger.statements.prose._units import Unit, unit_at
from ledger.statements.prose._vocabulary import ENGLISH_MULTIPLES, MULTIPLES

_TENS = {"tusental": "tusen", "tusentals": "tusen", "miljontal": "miljoner", "thousands": "thousand"}
_NAMES = {0: "kr", 3: "tkr", 6: "mnkr", 9: "mdkr"}
_SCALES = {0: "", 3: "thousand ", 6: "million ", 9: "billion ", 12: "trillion "}
_THOUSANDS = re.compile(r"\b1[ \u00a0]?000[- ]?tals?\b")
_AMONG = frozenset("~≈.*)(-−–—+±") | {"ca", "cirka"}
"""What may stand in a cell beside its number."""


def heading_unit(text: str) -> str | None:
    """The unit of money that a heading names; nothing where it names none, several, or an amount."""
    tokens = [token._replace(low=_TENS.get(token.low, token.low)) for token in tokens_of(_THOUSANDS.sub("tusen", text))]
    found: set[str | None] = {None for token in tokens if token.text.endswith("000")}
    at = 0
    while at < len(tokens):
        named = _currency_first(tokens, at) or unit_at(tokens, at)
        counted = at > 0 and tokens[at - 1].kind == "number" and not tokens[at - 1].year
        if named:
            found.add(None if counted else _name(named[1]))
        at = named[0] if named else at + 1
    return found.pop() if len(found) == 1 else None


def _currency_first(tokens: Sequence[Token], at: int) -> tuple[int, Unit] | None:
    """`SEK million`, as English tables have it."""
    currency = unit_at(tokens, at)
    power = MULTIPLES.get(tokens[at + 1].low) if at + 1 < len(tokens) else None
    if not power or currency is None or currency[1].power != 0:
        return None
    return at + 2, Unit(power, currency[1].currency, english=tokens[at + 1].low in ENGLISH_MULTIPLES)


def _name(unit: Unit) -> str | None:
    power = unit.power or 0
    if unit.currency in (None, "SEK") and not unit.english:
        return _NAMES.get(power)
    return f"{_SCALES[power]}{unit.currency or 'SEK'}" if power in _SCALES else None


def bare_numbers(tokens: Sequence[Token], quantities: list[Quantity], unit: Unit, *, cell: bool) -> list[Quantity]:
    """The quantities, with the heading's unit where a number has none and is an amount by its place."""
    if any(one.unit for one in quantities) or not quantities:
        return quantities
    last = quantities[-1]
    if not cell:
        grouped = last.end == len(tokens) and last.number_end - last.begin - last.negative > 1 and not last.in_words
        return [*quantities[:-1], replace(last, unit=unit)] if grouped else quantities
    inside = {at for one in quantities for at in range(one.begin, one.end)}
    if any(token.low not in _AMONG for at, token in enumerate(tokens) if at not in inside):
        return quantities
    return [one if one.in_words else replace(_signed(tokens, one), unit=unit) for one in quantities]


def _signed(tokens: Sequence[Token], one: Quantity) -> Quantity:
    """A dash before the number of a cell is a minus, however long."""
    if one.begin == 1 and tokens[0].text in ("–", "—") and not tokens[1].gap:
        return replace(one, begin=0, negative=True)
    return one
