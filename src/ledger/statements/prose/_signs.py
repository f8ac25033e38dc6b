"""The sign of a number, wherever it is printed: `–23,5`, `minus 23,5`, `(23,5) mnkr`, `23,5- mnkr`."""

from collections.abc import Sequence

from msgspec import Struct

from ledger.statements.prose._tokens import Token
from ledger.statements.prose._units import DASHES, unit_at
from ledger.statements.prose._vocabulary import COMPACT, CURRENCIES, MULTIPLES, NUMBERS

_BRACKETS = "stands in brackets behind another number: it may be another year's, or a minus"
_OPENING = frozenset("(:=/\"\u201d\u201c\u00bb\u00ab\u2019'")
_BULLET = "begins with a dash that may be a minus or that of a list"


class Sign(Struct, frozen=True):
    """Where a number with its sign begins and ends, and whether it is below zero; `fault` says why that is not sure."""

    begin: int
    end: int
    negative: bool = False
    fault: str = ""
    bracketed: bool = False


def sign_of(tokens: Sequence[Token], first: int, end: int) -> Sign:
    """The sign of the number from `first` to `end`, its currency before it included."""
    before = tokens[first - 1] if first else None
    if before and before.text == "(" and _is(tokens, end, ")") and unit_at(tokens, end + 1):
        told = first > 1 and (_measures(tokens[first - 2]) or tokens[first - 2].low in NUMBERS)
        return Sign(first - 1, end + 1, not told, _BRACKETS if told else "", bracketed=True)
    if _trailing(tokens, end):
        return Sign(first, end + 1, negative=True)
    if before and before.low == "minus" and not (first > 1 and _measures(tokens[first - 2])):
        return Sign(first - 1, end, negative=True)
    if before is None or before.text not in DASHES:
        return Sign(first, end)
    if tokens[first].gap:
        return Sign(first - 1, end, negative=True) if first > 1 and tokens[first - 2].text == ":" else Sign(first, end)
    if first == 1:
        sure = before.text in "-−"
        return Sign(0, end, sure, "" if sure else _BULLET)
    bracket = tokens[first - 2].text in _OPENING
    if (before.gap and not _measures(tokens[first - 2])) or bracket:
        return Sign(first - 1, end, negative=True)
    return Sign(first, end)


def _trailing(tokens: Sequence[Token], end: int) -> bool:
    """Whether a minus stands behind the number, as accounts print it, and the unit behind that."""
    if not _is(tokens, end, *DASHES) or tokens[end].gap or end + 1 >= len(tokens):
        return False
    return tokens[end + 1].gap == " " and unit_at(tokens, end + 1) is not None


def _is(tokens: Sequence[Token], at: int, *texts: str) -> bool:
    return at < len(tokens) and tokens[at].text in texts


def _measures(token: Token) -> bool:
    """Whether a token is a number, or the unit behind one."""
    return token.kind == "number" or token.low in MULTIPLES or token.low in CURRENCIES or token.low in COMPACT
