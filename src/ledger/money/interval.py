"""Intervals of whole öre, amounts as a source states them, and their sums."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

ORE = 100
"""Öre in a krona: the one place where the smallest unit is named."""

LARGEST = 10**15 * ORE
"""Amounts above 10¹⁵ kr are refused: no budget holds them, a slip of the unit does."""

Sense = Literal["exact", "about", "above", "below", "least", "most", "range", "rounded"]
"""How an interval was stated: by which kind of qualifier, range or rounding."""

How = Literal["stated", "calculated", "derived", "sum"]
"""How an amount is known: printed by a source, asserted in a file, worked out by the program, added up for display."""


class AmountError(ValueError):
    """A text that is no amount, or could be more than one; the message names every reading."""


class Interval(Struct, frozen=True, array_like=True):
    """The true values, in öre, that a statement leaves possible; `None` is unbounded, open ends are not included."""

    low: int | None
    high: int | None
    low_open: bool = False
    high_open: bool = False

    @property
    def exact(self) -> bool:
        """Whether one value is left."""
        return self.low is not None and self.low == self.high

    def __add__(self, other: "Interval") -> "Interval":
        """Every sum of a value here and a value there."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        low_open = low is not None and (self.low_open or other.low_open)
        return Interval(low, high, low_open, high is not None and (self.high_open or other.high_open))

    def __neg__(self) -> "Interval":
        """Every value with its sign changed: the ends swap, and take their openness along."""
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_open, self.low_open)

    def __sub__(self, other: "Interval") -> "Interval":
        """Every difference of a value here and a value there."""
        return self + -other

    def above(self, other: "Interval") -> bool:
        """Whether every value here is larger than every value there."""
        if self.low is None or other.high is None:
            return False
        return self.low > other.high or (self.low == other.high and (self.low_open or other.high_open))

    def meets(self, other: "Interval") -> bool:
        """Whether some value is in both: meeting in one point counts only when both ends there are included."""
        return not self.above(other) and not other.above(self)


ZERO = Interval(0, 0)


class Amount(Struct, frozen=True, array_like=True):
    """An interval, the printed number in öre (`None` where none is printed) and the words (empty when computed)."""

    interval: Interval
    number: int | None
    words: str = ""
    sense: Sense = "exact"

    @property
    def exact(self) -> bool:
        """Whether one value is left."""
        return self.interval.exact


def exactly(ore: int) -> Amount:
    """The amount of so many öre, computed."""
    return Amount(Interval(ore, ore), ore)


def derived(interval: Interval) -> Amount:
    """A computed amount: its number is known only when one value is left."""
    return Amount(interval, interval.low if interval.exact else None, "", "exact" if interval.exact else "range")


def add_up(amounts: Iterable[Amount]) -> Amount:
    """The sum of the printed numbers, with its interval; without a number when a member has none."""
    interval, number = ZERO, 0
    whole = True
    for amount in amounts:
        interval += amount.interval
        whole = whole and amount.number is not None
        number += amount.number or 0
    return Amount(interval, number if whole else None, "", "exact" if interval.exact else "range")


def rounded(amount: Amount, step: Amount) -> Amount:
    """A printed exact figure that stands for ± half a step: `rounded_to`."""
    half = _whole(step)
    value = _whole(amount)
    interval = Interval(value - (half + 1) // 2, value + (half + 1) // 2)
    return replace(amount, interval=interval, sense="rounded")


def cut(amount: Amount, step: Amount) -> Amount:
    """A printed exact figure without its last digits: `cut_to`; [v, v + step), away from zero."""
    value, width = _whole(amount), _whole(step)
    interval = Interval(value, value + width, high_open=True)
    if value < 0:
        interval = Interval(value - width, value, low_open=True)
    return replace(amount, interval=interval, sense="rounded")


def _whole(amount: Amount) -> int:
    if not amount.exact or amount.interval.low is None:
        message = f"'{amount.words}' is not exact: only an exact figure can be called rounded or cut"
        raise AmountError(message)
    return amount.interval.low
