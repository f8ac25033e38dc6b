"""The causes of a gap, the likeliest first: a slip, a figure counted twice, left out or rounded."""

from collections.abc import Collection, Iterator, Sequence
from typing import Generic

from msgspec import Struct

from ledger.hints.equation import At, Term, closings, common_unit, excess
from ledger.hints.figure_text import taken_apart, unit_of
from ledger.hints.slips import SLIPS, Suspect
from ledger.money import FACTORS, ORE, ZERO, Interval, range_words, swedish, unit_name

MOST = 5
"""Causes that are named at most: a longer list helps nobody."""


class Cause(Struct, Generic[At], frozen=True):
    """What may have gone wrong (`zero`, `unit-slip` …), what would close the gap, and where."""

    kind: str
    message: str
    place: At


def causes(
    terms: Sequence[Term[At]],
    *,
    missing_at: At | None = None,
    inside: Sequence[Term[At]] = (),
    fits: bool = False,
    currency: str = "SEK",
) -> tuple[Cause[At], ...]:
    """Every single fault that would explain that the terms do not come to zero; none when they may.

    `missing_at` is where a figure that was left out would stand; `inside` are top-ups that totals of parts
    include. With `fits` what is added up need only not pass the total: then nothing can be said of a figure
    that does not pass it alone.
    """
    over = excess(terms)
    one_side = len({term.sign for term in terms}) < 2
    if one_side or over.meets(ZERO) or (fits and ZERO.above(over)):
        return ()
    unit = common_unit(terms, currency)
    late = list(_late(terms, inside, over))
    equal = _equal(terms, {cause.place for cause in late})
    if fits:
        return (*late, *_misfits(terms, unit, currency), *equal)[:MOST]
    return (
        *late,
        *_slips(terms, unit, currency),
        *equal,
        *_rounded_table(terms, over, unit, currency),
        *_missing(terms, over, missing_at, unit, currency),
        *_rounded(terms, unit, currency),
    )[:MOST]


def _slips(terms: Sequence[Term[At]], unit: str, currency: str) -> Iterator[Cause[At]]:
    suspects = [_suspect(term, need, unit, currency) for term, need in zip(terms, closings(terms), strict=True)]
    for kind, slip in SLIPS:
        for term, suspect in zip(terms, suspects, strict=True):
            message = slip(suspect)
            if message:
                yield Cause(kind, message, term.place)


def _misfits(terms: Sequence[Term[At]], unit: str, currency: str) -> Iterator[Cause[At]]:
    """Slips of figures that do not fit whatever the others are: a part, or a total that is below one."""
    total = -excess([term for term in terms if term.sign < 0])
    large = [term for term in terms if term.sign > 0 and term.amount.interval.above(total)]
    for term, need in zip(terms, closings(terms), strict=True):
        room = Interval(0, need.high, high_open=need.high_open)
        if term.sign < 0:
            room = Interval(need.low, None, low_open=need.low_open)
        suspect = _suspect(term, room, unit, currency)
        suspected = large and (term.sign < 0 or term.amount.interval.above(total))
        for kind, slip in SLIPS if suspected else ():
            message = slip(suspect) if kind != "counted-twice" else None
            if message:
                yield Cause(kind, message, term.place)


def _suspect(term: Term[At], wanted: Interval, unit: str, currency: str) -> Suspect:
    own = unit_of(term.text, term.amount.number, currency)
    return Suspect(term.text, term.amount, own or unit, wanted, currency)


def _late(terms: Sequence[Term[At]], inside: Sequence[Term[At]], over: Interval) -> Iterator[Cause[At]]:
    """Top-ups that the total cannot include, because it was stated before them."""
    stated = max((term.date for term in terms if term.sign < 0 and term.role == "total"), default="")
    for term in (*terms, *inside):
        equals = term.amount.number and term.amount.interval.meets(over)
        if term.role == "top-up" and term.sign > 0 and stated and term.date > stated and equals:
            message = f"equals the gap, and is of {term.date}, after the total was stated ({stated})"
            yield Cause("late-top-up", message, term.place)


def _equal(terms: Sequence[Term[At]], explained: Collection[At]) -> Iterator[Cause[At]]:
    """Figures without which there is no gap."""
    several = sum(term.sign > 0 for term in terms) > 1
    for term, need in zip(terms, closings(terms), strict=True):
        without = several and term.sign > 0 and term.amount.number and need.meets(ZERO)
        if without and term.place not in explained:
            yield Cause("counted-twice", "equals the gap: counted twice, or not in the total", term.place)


def _rounded_table(terms: Sequence[Term[At]], over: Interval, unit: str, currency: str) -> Iterator[Cause[At]]:
    """The rounding of all figures, where each is exact and written to the same place."""
    steps = {_last_place(term, unit, currency) for term in terms}
    step = steps.pop()
    if not steps and step and over.low is not None and abs(over.low) * 2 <= step * len(terms):
        total = next(term for term in terms if term.sign < 0)
        words = f"{swedish(step, unit)} {unit_name(unit, currency)}"
        message = f"'rounded_to: {words}' closes the gap, if all figures are printed rounded"
        yield Cause("rounding", message, total.place)


def _last_place(term: Term[At], unit: str, currency: str) -> int:
    """What a 1 in the last written place is worth, in öre; 0 where that is not known."""
    one = taken_apart(term.text)
    own = unit_of(term.text, term.amount.number, currency) or unit
    if one is None or not own or term.amount.sense != "exact":
        return 0
    return FACTORS[own] * ORE // int(10**one.decimals)


def _missing(terms: Sequence[Term[At]], over: Interval, at: At | None, unit: str, currency: str) -> Iterator[Cause[At]]:
    """A part or a top-up that is not entered."""
    if at is not None and ZERO.above(over):
        what = "part" if any(term.role == "part" for term in terms) else "top-up"
        words = f"{range_words(-over, unit)} {unit_name(unit, currency)}"
        yield Cause("missing-part", f"a {what} of {words} that is not entered would close the gap", at)


def _rounded(terms: Sequence[Term[At]], unit: str, currency: str) -> Iterator[Cause[At]]:
    """The rounding of the one figure that is written to the finest place that will do."""
    found: list[tuple[int, int]] = []
    for at, (term, need) in enumerate(zip(terms, closings(terms), strict=True)):
        one, number = taken_apart(term.text), term.amount.number
        if one and number and term.amount.sense == "exact":
            step = abs(number) // int(one.digits.rstrip("0"))
            near = Interval(number - step // 2, number + step // 2)
            if near.meets(need):
                found.append((step, at))
    for step, at in sorted(found)[:1]:
        own = unit_of(terms[at].text, terms[at].amount.number, currency) or unit
        words = f"{swedish(step, own)} {unit_name(own, currency)}"
        yield Cause("rounding", f"'rounded_to: {words}' closes the gap, if this is printed rounded", terms[at].place)
