"""Why a number may not be the amount that is said: `5 hundra tusen`, `10 + 5 miljoner`, `± 10 procent`."""

from collections.abc import Sequence

from ledger.statements.prose._numbers import Number
from ledger.statements.prose._quantities import Quantity
from ledger.statements.prose._tokens import Token
from ledger.statements.prose._units import Unit
from ledger.statements.prose._vocabulary import LETTERS, NUMBERS

_ARTICLES = frozenset(("en", "ett", "one"))
_RECKONING = frozenset(("+", "×", "x", "*", "·", "gånger", "times"))


def piece_of_more(tokens: Sequence[Token], first: Quantity, last: Quantity) -> str:
    """What is said before or behind an amount that makes another one of it, or no money; empty where nothing is."""
    before = tokens[first.begin - 1] if first.begin and tokens[first.begin].gap not in ("|", "\n") else None
    outer = tokens[first.begin - 2] if before and first.begin > 1 and before.gap not in ("|", "\n") else None
    if before and first.in_words and (_is_number(before) or before.low in ("komma", "point")):
        return "has a number whose beginning is not clear"
    if before and outer and before.low in _RECKONING and _is_number(outer):
        return "is added to another number, or multiplied by it"
    if first.in_words and first.number == Number(3) and first.unit == Unit(0, "SEK"):
        return "may be the three crowns of Sweden"
    behind = [token.text for token in tokens[last.end : last.end + 3]]
    if behind[:1] == ["±"] or behind == ["+", "/", "-"]:
        return "has a margin that is not read"
    after = tokens[last.end] if last.prefixed and last.end == last.number_end < len(tokens) else None
    if after and after.gap == " " and after.low in LETTERS and after.text[0] in "kKMmb":
        return "may go on with a power of ten"
    return ""


def _is_number(token: Token) -> bool:
    known = token.low in NUMBERS and token.low not in _ARTICLES
    return (token.kind == "number" and not token.year) or known
