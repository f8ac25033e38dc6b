"""Tokens → quantities: a number with the unit of money beside it, or without one, when a neighbour may lend its own."""

from collections.abc import Sequence

from msgspec import Struct

from ledger.statements.prose._numbers import Number, digits_at, fraction, words_at
from ledger.statements.prose._tokens import Token
from ledger.statements.prose._words import (
    ALONE,
    CODES,
    COMPACT,
    CURRENCIES,
    DEFINITE,
    ENGLISH_MULTIPLES,
    LETTERS,
    MULTIPLES,
    NUMBERS,
    SYMBOLS,
    national,
)

DASHES = frozenset("-–—−‑")
_SMALL = frozenset(("sek", "eur", "usd", "gbp", "nok", "dkk"))
"""Codes that prose also writes in small letters."""

_INNER = {"dryg": "drygt", "knapp": "knappt", "god": "drygt", "good": "drygt"}
"""`en dryg miljon` qualifies from within."""


class Unit(Struct, frozen=True):
    """What stands for money after or before a number; without `currency` where only `miljoner` is said."""

    power: int | None = None
    currency: str | None = None
    definite: bool = False
    english: bool = False


class Quantity(Struct, frozen=True):
    """Tokens `begin` to `end`, of which the number itself ends at `number_end`."""

    begin: int
    number_end: int
    end: int
    number: Number
    unit: Unit | None = None
    negative: bool = False
    prefixed: bool = False
    in_words: bool = False
    year: bool = False
    inner: str = ""
    lent: bool = False
    """Whether the unit is that of the neighbour to the right."""


def quantities_of(tokens: Sequence[Token]) -> list[Quantity]:
    """Every number, in order; numbers in words, and what only tells an order, where they may be money."""
    found: list[Quantity] = []
    at = 0
    while at < len(tokens):
        quantity = _quantity_at(tokens, at)
        if quantity:
            found.append(quantity)
        at = quantity.end if quantity else at + 1
    return found


def _quantity_at(tokens: Sequence[Token], at: int) -> Quantity | None:
    token = tokens[at]
    prefix = _prefix_at(tokens, at)
    if prefix:
        return _prefixed(tokens, at, *prefix)
    if token.kind == "number":
        return _in_digits(tokens, at)
    half = fraction(token.text)
    if half:
        unit = unit_at(tokens, at + 1)
        return Quantity(at, at + 1, unit[0], half, unit[1]) if unit else None
    return _vague(tokens, at) or _in_words(tokens, at) if token.kind == "word" else None


def _prefix_at(tokens: Sequence[Token], at: int) -> tuple[int, Unit] | None:
    """Where the number begins, when a currency stands before it: `SEK 46 million`, `US$5m`."""
    token, after = tokens[at], at + 1
    if token.low in ("us", "a", "c") and after < len(tokens) and tokens[after].text == "$":
        unit, after = Unit(None, {"us": "USD", "a": "AUD", "c": "CAD"}[token.low]), at + 2
    elif token.text in SYMBOLS:
        unit = Unit(None, SYMBOLS[token.text])
    elif token.low in COMPACT and token.low != "öre":
        unit = Unit(*COMPACT[token.low])
    elif token.text in CODES or token.low == "kr":
        unit = Unit(None, CURRENCIES[token.low])
    else:
        return None
    known = after < len(tokens) and tokens[after].kind == "number" and tokens[after].gap != "|"
    return (after, unit) if known else None


def _prefixed(tokens: Sequence[Token], at: int, after: int, prefix: Unit) -> Quantity | None:
    first, number_end, number = digits_at(tokens, after)
    if first > after:  # a year stands between the two
        return Quantity(after, after + 1, after + 1, Number(0), year=True)
    end, power = number_end, prefix.power
    english = False
    if end < len(tokens) and tokens[end].gap != "|" and power is None:
        word = tokens[end]
        letter = word.low in LETTERS and (not word.gap or len(word.low) > 1)
        power = LETTERS[word.low] if letter else MULTIPLES.get(word.low)
        english = power is not None
        end += english
    if power is None and number_end == after + 1 and tokens[after].year:
        return Quantity(after, number_end, number_end, number, year=True)
    negative = _negative(tokens, at)
    return Quantity(
        at - negative, number_end, end, number, Unit(power, prefix.currency, english=english), negative, prefixed=True
    )


def _in_digits(tokens: Sequence[Token], at: int) -> Quantity:
    first, end, number = digits_at(tokens, at)
    year = end - first == 1 and tokens[first].year
    tail = fraction(tokens[end].text) if end < len(tokens) else None
    if tail and not number.scale and not number.fault:
        number, end = Number(number.digits * 10**tail.scale + tail.digits, tail.scale), end + 1
    elif tokens_are(tokens, end, ("och", "en", "halv")) and not number.scale and not number.fault:
        number, end = Number(number.digits * 10 + 5, 1), end + 3
    order = _order_after(tokens, end)
    if order and not _heads_a_table(tokens, first):
        return Quantity(first, end, order[0], Number(0, fault="tells the order only"), order[1])
    unit = unit_at(tokens, end)
    negative = _negative(tokens, first)
    begin = first - 1 if negative else first
    if unit is None:
        return Quantity(begin, end, end, number, negative=negative, year=year)
    return Quantity(begin, end, unit[0], number, unit[1], negative)


def tokens_are(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> bool:
    """Whether these words stand at `at`."""
    return tuple(token.low for token in tokens[at : at + len(words)]) == words


def _order_after(tokens: Sequence[Token], at: int) -> tuple[int, Unit] | None:
    """The unit after `100 000-tals`."""
    if at + 1 < len(tokens) and tokens[at].text in DASHES and tokens[at + 1].low in ("tals", "tal"):
        return unit_at(tokens, at + 2)
    return None


def _negative(tokens: Sequence[Token], at: int) -> bool:
    """Whether a minus stands before the number, and not a dash between two."""
    if not at or tokens[at].gap or tokens[at - 1].text not in ("-", "−"):
        return False
    return at == 1 or bool(tokens[at - 1].gap) or tokens[at - 2].text == "("


def _vague(tokens: Sequence[Token], at: int) -> Quantity | None:
    """`tiotals miljoner kronor`, `ett par miljoner`, `tens of millions of kronor`: orders, not numbers."""
    word = tokens[at].low
    after = at + 1
    if word in ("tens", "hundreds", "thousands") and tokens_are(tokens, after, ("of",)):
        after += 1
    elif word in ("ett", "a") and after < len(tokens) and _tells_order(tokens[after].low):
        after += 1 + tokens_are(tokens, after + 1, ("of",))
    elif not _tells_order(word) or _heads_a_table(tokens, at):
        return None
    number = words_at(tokens, after)
    after = number[0] if number and unit_at(tokens, number[0]) else after
    unit = unit_at(tokens, after)
    if unit is None:
        return None
    return Quantity(at, after, unit[0], Number(0, fault="tells the order only"), unit[1])


def _heads_a_table(tokens: Sequence[Token], at: int) -> bool:
    """Whether `tusental kronor` or `1000-tal kronor` says what the figures below it are in, and is no amount."""
    if at and tokens[at - 1].low == "ett":
        return False
    after = tokens[at + 1 : at + 3]
    bare = tokens[at].low in ("tusental", "miljontal")
    return bare or (tokens[at].text == "1000" and [token.low for token in after][1:] == ["tal"])


def _tells_order(word: str) -> bool:
    stem = word.replace("-", "").removesuffix("s").removesuffix("tal")
    return word in ("par", "couple") or (word.endswith(("tal", "tals")) and (stem in NUMBERS or stem in _ORDERS))


_ORDERS = frozenset(("miljon", "miljard", "tusen", "tiotusen", "hundratusen"))


def _in_words(tokens: Sequence[Token], at: int) -> Quantity | None:
    said = words_at(tokens, at)
    if said is None:
        return None
    end, number = said
    inner = _INNER.get(tokens[end].low, "") if end < len(tokens) and tokens[at].low in ("en", "ett", "a") else ""
    if inner:
        rest = words_at(tokens, end + 1)
        halved = rest if rest and unit_at(tokens, rest[0]) else None
        end, number = halved or (end + 1, number)
    unit = unit_at(tokens, end)
    if unit is None and tokens[at].low == "a":
        return None
    if unit is None:
        return Quantity(at, end, end, number, in_words=True)
    return Quantity(at, end, unit[0], number, unit[1], in_words=True, inner=inner)


def unit_at(tokens: Sequence[Token], at: int) -> tuple[int, Unit] | None:
    """The unit of money that begins at `at`, and where it ends."""
    if at >= len(tokens) or tokens[at].gap == "|":
        return None
    word = _written(tokens[at])
    if word in COMPACT:
        return at + 1, Unit(*COMPACT[word])
    if word in ("t", "m") and at + 1 < len(tokens) and tokens[at + 1].low in ("kr", "sek"):
        return at + 2, Unit(3 if word == "t" else 6, "SEK")
    if word == ":" and not tokens[at].gap and at + 1 < len(tokens) and tokens[at + 1].text in DASHES:
        return (at + 2, Unit(0, "SEK")) if not tokens[at + 1].gap else None
    power = MULTIPLES.get(word)
    if power is None:
        currency = _currency_at(tokens, at)
        return (currency[0], Unit(0, currency[1])) if currency else None
    after = at + 1
    if power == 3 and after < len(tokens) and _written(tokens[after]) in MULTIPLES:
        power, after = power + MULTIPLES[_written(tokens[after])], after + 1
    currency = _currency_at(tokens, after + tokens_are(tokens, after, ("of",)))
    english = word in ENGLISH_MULTIPLES
    if currency:
        return currency[0], Unit(power, currency[1], english=english)
    return (after, Unit(power, None, word in DEFINITE, english)) if word in ALONE else None


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
