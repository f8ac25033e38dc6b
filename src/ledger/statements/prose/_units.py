"""Tokens → the unit of money that stands there: `mnkr`, `miljoner kronor`, `SEK million`, `miljonerssatsning`."""

import re
from collections.abc import Sequence

from msgspec import Struct

from ledger.statements.prose._tokens import Token
from ledger.statements.prose._vocabulary import (
    ALONE,
    CODES,
    COMPACT,
    CURRENCIES,
    DEFINITE,
    DOLLARS,
    ENGLISH_MULTIPLES,
    MULTIPLES,
    SYMBOLS,
    national,
)

DASHES = frozenset("-–—−‑\u2010\u2012\u2015\uff0d\ufe63")
_SMALL = frozenset(("sek", "eur", "usd", "gbp", "nok", "dkk"))
"""Codes that prose also writes in small letters."""


_WORD = re.compile(r"[^\W\d_]+")
_ALL = frozenset(CURRENCIES) | frozenset(COMPACT) | frozenset(MULTIPLES)
_STEMS = ("miljon", "miljard", "kron", "million", "billion", "euro", "dollar", "mnkr", "mkr", "tkr", "krs")
_EVEN = re.compile(f"\\d[:,][{re.escape(''.join(sorted(DASHES)))}]")


def names_money(text: str) -> bool:
    """Whether any unit of money may stand in a text; most texts have none, and are not looked into.

    What is read over inside words is for the caller to have looked for.
    """
    if not SYMBOLS.keys().isdisjoint(text) or _EVEN.search(text):
        return True
    low = text.casefold()
    words = set(_WORD.findall(low))
    if "-" in low:
        words.update(_WORD.findall(low.replace("-", "")))
    return not _ALL.isdisjoint(words) or any(word.startswith(_STEMS) for word in words)


class Unit(Struct, frozen=True):
    """What stands for money after or before a number; without `currency` where only `miljoner` is said."""

    power: int | None = None
    currency: str | None = None
    definite: bool = False
    english: bool = False
    neutral: bool = False
    """Whether it is of both languages: `mnkr`, `MSEK`."""


def unit_at(tokens: Sequence[Token], at: int) -> tuple[int, Unit] | None:
    """The unit of money that begins at `at`, and where it ends."""
    if at >= len(tokens) or tokens[at].gap == "|":
        return None
    word = _written(tokens[at])
    if word in COMPACT:
        return at + 1, Unit(*COMPACT[word], neutral=True)
    if word in ("t", "m") and at + 1 < len(tokens) and tokens[at + 1].low in ("kr", "sek"):
        return at + 2, Unit(3 if word == "t" else 6, "SEK")
    if word == "m" and (of := _currency_at(tokens, at + 1)):
        return of[0], Unit(6, of[1])
    if word in (":", ",") and not tokens[at].gap:
        return _even(tokens, at + 1)
    power = MULTIPLES.get(word)
    if power is None:
        return _in_currency(tokens, at)
    after = at + 1
    if power == 3 and after < len(tokens) and _written(tokens[after]) in MULTIPLES:
        power, after = power + MULTIPLES[_written(tokens[after])], after + 1
    currency = _currency_at(tokens, after + tokens_are(tokens, after, ("of",)))
    english = word in ENGLISH_MULTIPLES
    if currency:
        return currency[0], Unit(power, currency[1], english=english)
    return (after, Unit(power, None, word in DEFINITE, english)) if word in ALONE else None


def _even(tokens: Sequence[Token], at: int) -> tuple[int, Unit] | None:
    """Kronor behind the `:-` or `,-` of a price."""
    if at >= len(tokens) or tokens[at].text not in DASHES or tokens[at].gap:
        return None
    said = _currency_at(tokens, at + 1)
    return (said[0] if said and said[1] == "SEK" else at + 1), Unit(0, "SEK")


def _in_currency(tokens: Sequence[Token], at: int) -> tuple[int, Unit] | None:
    """`kronor`, or a code with its power of ten behind it: `10 SEK miljoner`."""
    currency = _currency_at(tokens, at)
    if currency is None:
        return None
    after, code = currency
    word = tokens[after].low if tokens[at].text.isupper() and after < len(tokens) and tokens[after].gap != "|" else ""
    if word in ALONE:
        return after + 1, Unit(MULTIPLES[word], code, english=word in ENGLISH_MULTIPLES)
    return after, Unit(0, code)


def prefix_at(tokens: Sequence[Token], at: int) -> tuple[int, Unit] | None:
    """Where the number begins, when a currency stands before it: `SEK 46 million`, `US$5m`.

    A line's last word is no unit of the next line's first number, unless that goes on as English amounts do.
    """
    token, after = tokens[at] if at < len(tokens) else None, at + 1
    if token is None or after >= len(tokens):
        return None
    if tokens[after].text == "$" and not tokens[after].gap and token.text.isupper() and token.low in DOLLARS:
        unit, after = Unit(None, DOLLARS[token.low]), at + 2
    elif token.text in SYMBOLS:
        unit = Unit(None, SYMBOLS[token.text])
    elif token.low in COMPACT and token.low != "öre":
        unit = Unit(*COMPACT[token.low])
    elif token.text in CODES or token.low == "kr":
        unit = Unit(None, CURRENCIES.get(token.low, token.text))
    else:
        return None
    after = _to_number(tokens, after)
    if after >= len(tokens) or tokens[after].kind != "number" or tokens[after].gap == "|":
        return None
    goes_on = unit.power is None and after + 1 < len(tokens) and tokens[after + 1].low in MULTIPLES
    return (after, unit) if tokens[after].gap != "\n" or goes_on else None


def _to_number(tokens: Sequence[Token], at: int) -> int:
    """Past what may stand between a unit and its number: a minus right before it (`SEK -5`), a colon (`(tkr): 500`)."""
    following = [token.text for token in tokens[at : at + 2]]
    if following == [")", ":"] or following[:1] == [":"]:
        behind = at + following.index(":") + 1
        return at if behind < len(tokens) and tokens[behind].year else behind
    signed = following[:1] and following[0] in DASHES and at + 1 < len(tokens) and not tokens[at + 1].gap
    return at + 1 if signed else at


def _currency_at(tokens: Sequence[Token], at: int) -> tuple[int, str] | None:
    if at >= len(tokens) or tokens[at].gap == "|":
        return None
    here = _currency(tokens[at])
    if here:
        return at + 1, here
    after = _currency(tokens[at + 1]) if at + 1 < len(tokens) and tokens[at + 1].gap != "|" else None
    theirs = national(tokens[at].low, after) if after else None
    return (at + 2, theirs) if theirs else None


def _currency(token: Token) -> str | None:
    word = _written(token)
    code = CURRENCIES.get(word) or SYMBOLS.get(token.text)
    spelled = code is not None and word == code.casefold() and word not in _SMALL
    return None if spelled and not token.text.isupper() else code


def _written(token: Token) -> str:
    """A word in lower case, without the hyphen that a line break left in it."""
    joined = token.low.replace("-", "")
    return joined if joined in MULTIPLES or joined in CURRENCIES else token.low


def tokens_are(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> bool:
    """Whether these words stand at `at`."""
    return tuple(token.low for token in tokens[at : at + len(words)]) == words
