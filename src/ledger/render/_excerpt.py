"""A source line with a place in it marked, however long the line is and whatever it holds."""

from msgspec import Struct

from ledger.diagnostic import Place
from ledger.render._escape import safe, width

ROOM = 100
"""Columns of a source line that are shown; of a longer line, those around the place."""


class Excerpt(Struct, frozen=True):
    """A shown line (or a piece of it), and the spaces and carets that stand under its place."""

    line: str
    carets: str


def excerpt(text: str, place: Place, room: int = ROOM) -> Excerpt:
    """The line of a place with every steering character written out, and carets under what the place covers.

    The place may lie behind the end of the line, or be empty: then there is one caret.
    """
    first = min(max(place.column - 1, 0), len(text))
    last = min(max(place.end_column - 1, first + 1), len(text))
    shown = [safe(character) for character in text[max(0, first - room) : first + room]]
    cut = max(0, first - room)
    start, stop = _window([width(piece) for piece in shown], first - cut, room)
    before, after = "…" * (cut + start > 0), "…" * (cut + stop < len(text))
    lead = before + "".join(shown[start : first - cut])
    marked = "".join(shown[first - cut : min(last - cut, stop)])
    rest = "".join(shown[max(first, min(last, cut + stop)) - cut : stop])
    return Excerpt(lead + marked + rest + after, " " * width(lead) + "^" * max(1, width(marked)))


def _window(widths: list[int], at: int, room: int) -> tuple[int, int]:
    """From which to which character the line is shown, so that the one at `at` is in it with some before it."""
    if sum(widths) <= room:
        return 0, len(widths)
    start, used = at, 0
    while start > 0 and used + widths[start - 1] <= room // 3:
        start -= 1
        used += widths[start]
    stop = at
    while stop < len(widths) and used + widths[stop] <= room:
        used += widths[stop]
        stop += 1
    while start > 0 and used + widths[start - 1] <= room:
        start -= 1
        used += widths[start]
    return start, stop
