"""Tokens → quantities: a number with the unit of money beside it, or without one, when a neighbour may lend its own."""

from collections.abc import Sequence

from msgspec import Struct

from ledger.statements.prose._numbers import Number, digits_at, fraction, words_at, written_fraction
from ledger.statements.prose._signs import Sign, sign_of
from ledger.statements.prose._tokens import RAISED, Token
from ledger.statements.prose._units import DASHES, Unit, prefix_at, tokens_are, unit_at
from ledger.statements.prose._vocabulary import LETTERS, MULTIPLES, NUMBERS

_INNER = {"dryg": "drygt", "knapp": "knappt", "god": "drygt", "good": "drygt"}
"""`en dryg miljon` qualifies from within."""


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
    bracketed: bool = False

    @property
    def unit_power(self) -> int:
        """The power of ten of its unit; 0 without one."""
        return (self.unit and self.unit.power) or 0

    """Whether the number stands in brackets before its unit: `250 (230) mnkr`."""


def quantities_of(tokens: Sequence[Token]) -> list[Quantity]:
    """Every number, in order; numbers in words, and what only tells an order, where they may be money."""
    found: list[Quantity] = []
    at = 0
    while at < len(tokens):
        quantity = _end_of_range(tokens, found[-1], at) if found else None
        quantity = quantity or _quantity_at(tokens, at)
        if quantity:
            found.append(quantity)
        at = quantity.end if quantity else at + 1
    return found


def _quantity_at(tokens: Sequence[Token], at: int) -> Quantity | None:
    token = tokens[at]
    prefix = prefix_at(tokens, at)
    if prefix:
        return _prefixed(tokens, at, *prefix)
    if token.kind == "number":
        return _in_digits(tokens, at)
    if token.kind == "code" and (part := written_fraction(token.text)):
        of = unit_at(tokens, at + 1)
        return Quantity(at, at + 1, of[0], part, of[1]) if of and of[1].power else None
    half = fraction(token.text)
    if half:
        unit = unit_at(tokens, at + 1)
        return Quantity(at, at + 1, unit[0], half, unit[1]) if unit else None
    return _vague(tokens, at) or _in_words(tokens, at) if token.kind == "word" else None


def _end_of_range(tokens: Sequence[Token], left: Quantity, at: int) -> Quantity | None:
    """The second number of `$2–3bn` and `SEK 5,000-8,000`, whose currency stands before the first."""
    if not left.prefixed or left.unit is None or at != left.end + 1 or tokens[left.end].text not in DASHES:
        return None
    if tokens[at].kind != "number" or tokens[at].year or bool(tokens[at].gap) != bool(tokens[left.end].gap):
        return None
    own = unit_at(tokens, digits_at(tokens, at)[1])
    return None if own and own[1].currency else _prefixed(tokens, at, at, Unit(None, left.unit.currency))


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
    sign = sign_of(tokens, at, number_end)
    unit = Unit(power, prefix.currency, english=english)
    negative = sign.negative or (after > at + 1 and tokens[after - 1].text in DASHES)
    return Quantity(sign.begin, number_end, end, _doubted(number, sign), unit, negative, prefixed=True)


def _doubted(number: Number, sign: Sign) -> Number:
    return Number(0, fault=sign.fault) if sign.fault else number


def _in_digits(tokens: Sequence[Token], at: int) -> Quantity:
    first, end, number = digits_at(tokens, at)
    year = end - first == 1 and tokens[first].year
    tail = fraction(tokens[end].text) if end < len(tokens) else None
    if tail and not number.scale and not number.fault:
        number, end = Number(number.digits * 10**tail.scale + tail.digits, tail.scale), end + 1
    elif tokens_are(tokens, end, ("och", "en", "halv")) and not number.scale and not number.fault:
        number, end = Number(number.digits * 10 + 5, 1), end + 3
    elif end < len(tokens) and (part := written_fraction(tokens[end].text)) and unit_at(tokens, end + 1):
        number = part if part.fault else Number(number.digits * 10**part.scale + part.digits, part.scale)
        end += 1
    order = _order_after(tokens, end)
    if order and not _heads_a_table(tokens, first):
        return Quantity(first, end, order[0], Number(0, fault="tells the order only"), order[1])
    raised = _raised(tokens, end)
    if raised:
        return Quantity(first, end, raised[0], Number(0, fault="may be a power of its number"), raised[1])
    sign = sign_of(tokens, first, end)
    unit = unit_at(tokens, sign.end)
    if unit is None:
        begin = sign.begin if sign.negative else first
        return Quantity(begin, end, end, number, negative=sign.negative, year=year)
    number = _doubted(number, sign)
    return Quantity(sign.begin, end, unit[0], number, unit[1], sign.negative, bracketed=sign.bracketed)


def _raised(tokens: Sequence[Token], at: int) -> tuple[int, Unit] | None:
    """The unit behind `10⁶` and `10^6`."""
    if at >= len(tokens) or tokens[at].gap or tokens[at].text[0] not in RAISED + "^":
        return None
    return unit_at(tokens, at + (2 if tokens[at].text == "^" else 1))


def _order_after(tokens: Sequence[Token], at: int) -> tuple[int, Unit] | None:
    """The unit after `100 000-tals`."""
    if at + 1 < len(tokens) and tokens[at].text in DASHES and tokens[at + 1].low in ("tals", "tal"):
        return unit_at(tokens, at + 2)
    return None


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
    if (unit is None and tokens[at].low == "a") or prefix_at(tokens, end):
        return None
    if unit is None:
        return Quantity(at, end, end, number, in_words=True)
    sign = sign_of(tokens, at, end)
    return Quantity(sign.begin, end, unit[0], number, unit[1], sign.negative, in_words=True, inner=inner)
