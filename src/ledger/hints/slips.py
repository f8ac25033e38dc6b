"""Slips in one figure: each function says what would close the gap, when its slip explains it."""

from collections.abc import Callable, Iterator
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from ledger.hints.figure_text import Written, rewritten, taken_apart
from ledger.money import Amount, Interval, range_words, unit_name

FACTORS = (10, 100, 10**3, 10**6)
"""How many times too much or too little a slip may write."""

UNITS = (10**3, 10**6)
"""Those of them that lie between two units."""


class Suspect(Struct, frozen=True):
    """A figure, as written and as read, in `unit`, and the values that would close the gap."""

    text: str
    amount: Amount
    unit: str
    closing: Interval
    currency: str = "SEK"

    @property
    def number(self) -> int:
        """The printed number in öre; 0 also where none is printed."""
        return self.amount.number or 0

    def closes(self, number: int) -> bool:
        """Whether the same words around another number would close the gap."""
        return _around(self.amount, number).meets(self.closing)

    def write(self, number: int) -> str:
        """Another number as this figure is written."""
        return rewritten(self.text, number, self.unit)


def zero(one: Suspect) -> str | None:
    """A figure that is 0, where something above it is wanted."""
    low, high = one.closing.low, one.closing.high
    if one.amount.number != 0 or low is None or low <= 0:
        return None
    if low == high:
        return f"{one.write(low)} here closes the gap"
    unit = unit_name(one.unit, one.currency)
    return f"{range_words(one.closing, one.unit)} {unit} here closes the gap"


def sign(one: Suspect) -> str | None:
    """A figure with its sign turned. Only plain numbers have one."""
    plain = one.amount.sense in {"exact", "rounded"}
    if not (plain and one.number and one.closes(-one.number)):
        return None
    return f"{one.write(-one.number)} here closes the gap: the sign is turned"


def digits_swapped(one: Suspect) -> str | None:
    """A figure of which two digits have changed places."""
    around = taken_apart(one.text)
    if around is None or not one.number:
        return None
    for digits in _swaps(around):
        number, rest = divmod(one.number * int(digits), int(around.digits))
        if not rest and one.closes(number):
            return f"{one.write(number)} here closes the gap: two digits are swapped"
    return None


def unit_slip(one: Suspect) -> str | None:
    """A figure that is too large or too small by the step between two units, or by a digit or two.

    Where many values would close the gap, so that dividing by more always will, only a step between units is named,
    and only when nothing smaller than it would do.
    """
    for factor in FACTORS if one.number else ():
        believed = one.closing.exact or factor in UNITS
        times = f"{factor:,} times".replace(",", " ")
        if one.number % factor == 0 and one.closes(one.number // factor):
            words = f"{one.write(one.number // factor)} here closes the gap: this is {times} that"
            return words if believed else None
        if one.closes(one.number * factor):
            words = f"{one.write(one.number * factor)} here closes the gap: that is {times} this"
            return words if believed else None
    return None


def doubled(one: Suspect) -> str | None:
    """A figure that is exactly twice what is wanted."""
    if not one.number or one.number % 2 or not one.closes(one.number // 2):
        return None
    return f"{one.write(one.number // 2)} here closes the gap: this is twice that"


SLIPS: tuple[tuple[str, Callable[[Suspect], str | None]], ...] = (
    ("zero", zero),
    ("sign", sign),
    ("digits-swapped", digits_swapped),
    ("unit-slip", unit_slip),
    ("counted-twice", doubled),
)
"""Each kind with its function, in the order in which they are believed: what seldom fits by chance first."""


def _swaps(around: Written) -> Iterator[str]:
    """The digits with two of them swapped, neighbours first; none that would begin with a needless zero."""
    digits = around.digits
    whole = len(digits) - around.decimals
    for first, second in sorted(combinations(range(len(digits)), 2), key=lambda pair: pair[1] - pair[0]):
        swapped = list(digits)
        swapped[first], swapped[second] = digits[second], digits[first]
        if digits[first] != digits[second] and (swapped[0] != "0" or whole == 1):
            yield "".join(swapped)


def _around(amount: Amount, number: int) -> Interval:
    """What the words of an amount would leave possible around another number."""
    low, high, was = amount.interval.low, amount.interval.high, amount.number or 0
    if amount.sense in {"exact", "rounded"}:
        low, high = (end if end is None else end - was + number for end in (low, high))
    else:
        low = None if low is None else low * number // was
        high = None if high is None else -(-high * number // was)
    return replace(amount.interval, low=low, high=high)
