"""Why a number may not be the amount that is said: `5 hundra tusen`, `10 + 5 miljoner`, `SEK 5 mil`, `± 10 procent`."""

from collections.abc import Sequence

from ledger.statements.prose._numbers import Number
from ledger.statements.prose._quantities import Quantity
from ledger.statements.prose._tokens import Token
from ledger.statements.prose._units import DASHES, Unit
from ledger.statements.prose._vocabulary import COMPACT, CURRENCIES, MULTIPLES, NATIONS, NUMBERS, words

_ARTICLES = frozenset(("en", "ett", "one", "a"))
_RECKONING = frozenset(("+", "×", "x", "*", "·", "gånger", "times"))
_SCALES = words("k m b g t mm mil mld mrd mdr bln bil hundred hundra crore lakh dozen billiard gsek")
"""What may make a currency's number many times as large: `SEK 5 mil`."""

_NEGATIVE = words("minus negative negativ negativt negativa ± +/-")
_UNCLEAR = "has a number whose beginning is not clear"


def piece_of_more(tokens: Sequence[Token], begin: int, quantities: Sequence[Quantity], *, qualified: bool) -> str:
    """What is said before or behind an amount that makes another one of it, or no money; empty where nothing is.

    The amount begins at `begin` with its qualifiers, if it is `qualified`.
    """
    first, last = quantities[0], quantities[-1]
    return _before(tokens, begin, first, qualified=qualified) or _behind(tokens, last)


def _before(tokens: Sequence[Token], begin: int, first: Quantity, *, qualified: bool) -> str:
    if first.in_words and first.number == Number(3) and first.unit == Unit(0, "SEK"):
        return "may be the three crowns of Sweden"
    outer, before = _two_before(tokens, begin if qualified else first.begin)
    if before is None:
        return ""
    if (before.low in _NEGATIVE and first.number.digits) or (
        before.text == "-" and outer and outer.text in ("+/", "/")
    ):
        return "may be below zero"
    if qualified:
        ranged = outer and outer.low in ("från", "from") and _is_number(before)
        near = before.low not in MULTIPLES and _is_number(before) and tokens[begin].text in "~≈"
        return "may be the end of a range" if ranged or near else ""
    if first.prefixed and CURRENCIES.get(before.low) and before.text.isupper():
        return f"has '{before.text}' before it, which is a currency too"
    if before.low in ("komma", "point") or (first.in_words and _is_number(before)) or _is_torn(tokens, first, before):
        return _UNCLEAR
    return _joined(tokens, first, before, outer) if outer else ""


def _joined(tokens: Sequence[Token], first: Quantity, before: Token, outer: Token) -> str:
    """What a sign or a word between the number and another one before it makes of the two."""
    if before.low in _RECKONING and _is_number(outer):
        return "is added to another number, or multiplied by it"
    if before.low in ("och", "and") and _goes_on(first, outer):
        return _UNCLEAR
    twice = before.text in ("-", "–", ".") and outer.text in ("-", "–", ".")
    between = before.text in (*DASHES, "…", ".", ",") and _is_number(outer) and _is_joined(tokens, first, before)
    return "may be the end of a range or a list" if twice or between else ""


def _two_before(tokens: Sequence[Token], at: int) -> tuple[Token | None, Token | None]:
    """The two tokens before one, the nearer last, as far as they stand in its line."""
    before = tokens[at - 1] if at and tokens[at].gap not in ("|", "\n") else None
    outer = tokens[at - 2] if before and at > 1 and before.gap not in ("|", "\n") else None
    return outer, before


def _is_number(token: Token) -> bool:
    known = token.low in NUMBERS and token.low not in _ARTICLES
    return (token.kind == "number" and not token.year) or known


def _is_torn(tokens: Sequence[Token], first: Quantity, before: Token) -> bool:
    """Whether a mark stands right before the digits, as that of `,5` does."""
    return before.text in (",", ".") and not tokens[first.begin].gap and not first.in_words


def _goes_on(first: Quantity, outer: Token) -> bool:
    """`two hundred and fifty`, `två och en fjärdedels`: not two amounts."""
    if not first.in_words:
        return False
    fraction = first.number.scale > 0 and (_is_number(outer) or outer.low in MULTIPLES or outer.low in _ARTICLES)
    return fraction or outer.low in ("hundred", "thousand", "hundra", "tusen")


def _is_joined(tokens: Sequence[Token], first: Quantity, before: Token) -> bool:
    """Whether a dash or dots join two numbers, or a comma two in words, the first of which has no unit."""
    if before.text == ",":
        return first.in_words
    return before.text == "…" or (before.text == "." and bool(tokens[first.begin].gap)) or not before.gap


def _behind(tokens: Sequence[Token], last: Quantity) -> str:
    behind = tokens[last.end : last.end + 3]
    texts = [token.text for token in behind]
    if not behind or behind[0].gap in ("|", "\n"):
        return ""
    if texts[0] == "±" or texts == ["+", "/", "-"]:
        return "has a margin that is not read"
    inner = behind[1] if texts[0] == "(" and len(behind) > 1 else behind[0]
    currency = inner.text.isupper() and CURRENCIES.get(inner.low)
    if last.unit and currency and currency != last.unit.currency:
        return f"is followed by '{inner.text}', which is another currency"
    if last.prefixed and (inner.low in NATIONS or _may_scale(last, behind[0])):
        return f"is followed by '{inner.text}', which may change what it is"
    foreign = [token.low for token in behind[:2]] == ["i", "lokal"] or (
        behind[0].low == "i" and len(behind) > 1 and CURRENCIES.get(behind[1].low, "SEK") != "SEK"
    )
    return "is followed by a currency" if foreign and last.unit and last.unit.power else ""


def _may_scale(last: Quantity, after: Token) -> bool:
    if last.unit and last.end > last.number_end:  # it has its power of ten
        return False
    glued = not after.gap and (after.kind in ("word", "code") or after.text == "+")
    return glued or after.low in _SCALES or after.low in COMPACT or after.low in MULTIPLES
