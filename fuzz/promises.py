"""What may never come of any input, and how it is noticed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ledger.diagnostic import Diagnostic, Place

TODAY = "2026-06-01"
"""The day of all runs: what an input comes to must not depend on when it is tried."""

_CONTROLS = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_UNCOMMON = re.compile(r"[^\n -~]")


class BrokenPromiseError(Exception):
    """The program ended as it may, but what it said or did is wrong."""


@dataclass(frozen=True, slots=True)
class Came:
    """All that an input made the program print, and the kinds of things that it said: a new kind is a find."""

    printed: str
    told: frozenset[str]


def kinds(messages: Iterable[str]) -> frozenset[str]:
    """Messages without what is quoted or counted in them."""
    return frozenset(re.sub(r"'[^']*'|\"[^\"]*\"|[0-9]+|\S{25,}", "", message)[:80] for message in messages)


def demand(*, kept: bool, promise: str) -> None:
    """Raises BrokenPromiseError, with what was promised, unless it is kept."""
    if not kept:
        raise BrokenPromiseError(promise)


def fit_to_print(*texts: str) -> str:
    """The texts as one. Raises BrokenPromiseError where they are no UTF-8, or could steer a terminal."""
    whole = "".join(texts)
    if not whole.isascii() or not whole.replace("\n", "").isprintable():
        for found in set(_UNCOMMON.findall(whole)):
            demand(kept=unicodedata.category(found) not in _CONTROLS, promise=f"no {found!r} is printed as it is")
    return whole


def inside(place: Place | None, texts: Mapping[str, Sequence[str]]) -> None:
    """Raises BrokenPromiseError for a place that does not lie in its file."""
    if place is None:
        return
    lines = texts.get(place.path)
    demand(kept=lines is not None, promise=f"{place} is in a file that was read")
    if lines is not None:
        demand(kept=1 <= place.line <= max(len(lines), 1), promise=f"{place} is a line of the {len(lines)} of the file")
        size = len(lines[place.line - 1]) if lines else 0
        demand(kept=1 <= place.column <= size + 1, promise=f"{place} is on its line, of {size} characters")
        right = place.column < place.end_column <= max(size + 1, place.column + 1)
        demand(kept=right, promise=f"{place} to {place.end_column} ends on its line, of {size} characters")


def places_of(one: Diagnostic) -> Iterator[Place | None]:
    """Every place that a finding points at."""
    yield one.place
    yield from (other.place for other in one.related)
    yield from (hint.place for hint in one.hints)
