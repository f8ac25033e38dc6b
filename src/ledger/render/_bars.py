"""Figures as bars of characters: full as far as a figure is certain, shaded as far as it may go.

rich has a bar too, of one kind of block; these say without colour what is certain and what is not.
"""

from collections.abc import Iterable

from msgspec import Struct

from ledger.money import Interval
from ledger.table import Share

FULL, SHADED, EMPTY = "█", "▒", "░"
BEYOND = "→"
"""Ends a bar whose figure has no upper limit."""

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_AXIS = "│"


class Scale(Struct, frozen=True):
    """The öre at both ends of the room for bars; zero lies between them or is one of them."""

    least: int
    most: int


def scale_of(intervals: Iterable[Interval]) -> Scale | None:
    """The scale on which these have room; `None` where none is above or below zero."""
    ends = [end for one in intervals for end in (one.low, one.high) if end is not None]
    least, most = min([0, *ends]), max([0, *ends])
    return Scale(least, most) if least < most else None


def bar(interval: Interval, scale: Scale, columns: int) -> str:
    """A figure drawn in so many columns, from zero to the right, or to the left where it is negative."""
    if scale.least == 0:
        return _from_zero(interval, scale.most, columns)
    room = columns - len(_AXIS)
    below = _nearest(room * -scale.least, scale.most - scale.least)
    below = min(max(below, 1), room - 1) if scale.most else room
    mirrored = _from_zero(-interval, -scale.least, below, parts=1)[::-1]
    beside = _from_zero(interval, scale.most, room - below) if scale.most else ""
    return mirrored.replace(BEYOND, "←") + _AXIS + beside


def _from_zero(interval: Interval, most: int, columns: int, parts: int = len(_EIGHTHS)) -> str:
    """What of a figure is above zero, a full row of blocks being `most`; `parts` of a block can be told apart."""
    low, high = max(interval.low or 0, 0), interval.high
    if high is not None and high <= 0:
        return " " * columns
    if high == low:
        whole, rest = divmod(max(_nearest(low * columns * parts, most), 1), parts)
        drawn = FULL * whole + _EIGHTHS[rest]
    elif high is None:
        certain = min(low * columns // most, columns - 1)
        drawn = FULL * certain + SHADED * (columns - certain - 1) + BEYOND
    else:
        certain = low * columns // most
        drawn = FULL * certain + SHADED * (-(-high * columns // most) - certain)
    return drawn + " " * (columns - len(drawn))


def share_bar(share: Share, columns: int) -> str:
    """A share of so many blocks: full ones up to its low end, shaded ones up to its high end."""
    low, high = (min(max(end, 0), 1000) for end in (share.low, share.high))
    full = _nearest(low * columns, 1000) if low == high else low * columns // 1000
    shaded = 0 if low == high else -(-high * columns // 1000) - full
    return FULL * full + SHADED * shaded + EMPTY * (columns - full - shaded)


def _nearest(part: int, whole: int) -> int:
    return (2 * part + whole) // (2 * whole)
