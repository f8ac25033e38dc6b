"""What a qualifier leaves open: `drygt 600` and `högst 5` as intervals, each a row of the table below.

Of the number v, whose last digit but zeros stands for u: about is [v - u/2, v + u/2], above [v, v + u), below
(v - u, v], least [v, ∞), most [0, v].
"""

from msgspec import Struct

from ledger.money.interval import LARGEST, Amount, AmountError, Interval, Sense

QUALIFIERS: dict[Sense, tuple[str, ...]] = {
    "about": ("ca", "ca.", "cirka", "omkring", "ungefär", "runt", "about", "approximately", "~", "≈"),
    "above": ("drygt", "just over"),
    "below": ("knappt", "nära", "närmare", "nästan", "uppemot", "just under", "nearly"),
    "least": ("minst", "lägst", "över", "mer än", "at least", "over", "more than"),
    "most": (
        *("högst", "upp till", "max", "maximalt", "som mest", "under", "mindre än", "inte överstiga"),
        *("at most", "up to"),
    ),
}
"""Qualifier words, in lower case, by what they leave open."""

SENSES = {word: sense for sense, words in QUALIFIERS.items() for word in words}


class Number(Struct, frozen=True):
    """A number as written: `digits` · 10^-`scale`, where `zeros` of the digits are zeros at the end."""

    digits: int
    scale: int
    zeros: int


def qualified(number: Number, factor: int, sense: Sense, text: str) -> Amount:
    """The interval around one number, where the step is the place value of its last non-zero digit as written."""
    parts = 2 * 10**number.scale
    value, step = 2 * number.digits * factor, 2 * factor * 10**number.zeros
    if sense == "exact":
        if value % parts:
            raise AmountError(f"'{text}' is finer than one öre")
        return amount_of(Interval(value // parts, value // parts), value // parts, text, sense)
    if number.digits <= 0:
        raise AmountError(_unclear(text))
    low, high = {
        "about": (value - step // 2, value + step // 2),
        "above": (value, value + step),
        "below": (value - step, value),
        "least": (value, None),
        "most": (0, value),
    }[sense]
    interval = _outward(low, high, parts, low_open=sense == "below", high_open=sense == "above")
    return amount_of(interval, value // parts if value % parts == 0 else None, text, sense)


def _unclear(text: str) -> str:
    return f"'{text}' puts a qualifier before zero or a negative number: what it leaves open is not clear"


def spread(shape: str, numbers: list[Number], factor: int, sense: Sense, text: str) -> Amount:
    """The interval of two numbers: a range, or a number plus or minus another."""
    if sense not in ("exact", "about") or (sense == "about" and shape != "range"):
        raise AmountError(f"'{text}' puts a qualifier before a range: only 'ca' can widen one")
    first, second = numbers
    parts = 2 * 10 ** max(first.scale, second.scale)
    one, two = (number.digits * factor * parts // 10**number.scale for number in numbers)
    low, high = (one, two) if shape == "range" else (one - two, one + two)
    if low > high:
        raise AmountError(f"'{text}' is a range that ends below its start")
    if sense == "about":
        if first.digits <= 0:
            raise AmountError(_unclear(text))
        widths = [parts * factor * 10**number.zeros // (2 * 10**number.scale) for number in numbers]
        low, high = low - widths[0], high + widths[1]
    number = one // parts if shape == "plus-minus" and one % parts == 0 else None
    return amount_of(_outward(low, high, parts), number, text, "range")


def _outward(low: int, high: int | None, parts: int, *, low_open: bool = False, high_open: bool = False) -> Interval:
    """The smallest interval of whole öre around [low / parts, high / parts]."""
    return Interval(low // parts, None if high is None else -(-high // parts), low_open, high_open)


def amount_of(interval: Interval, number: int | None, text: str, sense: Sense) -> Amount:
    """The amount, or AmountError for one that no budget has."""
    if any(end is not None and abs(end) > LARGEST for end in (interval.low, interval.high)):
        raise AmountError(f"'{text}' is more than 10¹⁵ kr: the unit is probably wrong")
    return Amount(interval, number, text, sense)
