"""The figures of an equation, and what each of them would have to be for it to hold."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from ledger.hints.figure_text import unit_of
from ledger.money import ZERO, Amount, Interval, auto_unit

Role = Literal["base", "top-up", "part", "total"]
At = TypeVar("At")


class Term(Struct, Generic[At], frozen=True):
    """A figure, as written and as read, of an equation in which all, each with its `sign`, come to zero.

    `sign` is 1 for what is added up and -1 for what says the total. `place` is what the caller wants back.
    `date` (ISO text, empty when not known) is when a top-up was decided or published, or a total last stated.
    """

    place: At
    text: str
    amount: Amount
    role: Role
    sign: int = 1
    date: str = ""


def excess(terms: Sequence[Term[At]]) -> Interval:
    """By how much, in öre, what is added up passes the total; below zero where something is missing."""
    return sum((_signed(term.amount.interval, term.sign) for term in terms), ZERO)


def closings(terms: Sequence[Term[At]]) -> list[Interval]:
    """For each term the values, in öre, with which the equation holds, all others being right.

    The others are added from both ends: an interval cannot be taken out of a sum again, and lines have many parts.
    """
    values = [_signed(term.amount.interval, term.sign) for term in terms]
    before = accumulate(values, initial=ZERO)
    after = [*accumulate(reversed(values), initial=ZERO)][-2::-1]
    rests = (one + other for one, other in zip(before, after, strict=False))
    return [_signed(rest, -term.sign) for rest, term in zip(rests, terms, strict=True)]


def common_unit(terms: Sequence[Term[At]], currency: str = "SEK") -> str:
    """The unit that all figures are written in; where they do not share one, the unit that suits them."""
    units = {unit_of(term.text, term.amount.number, currency) for term in terms} - {""}
    if len(units) == 1:
        return units.pop()
    ends = [end for term in terms for end in (term.amount.interval.low, term.amount.interval.high)]
    return auto_unit(end for end in ends if end is not None)


def _signed(interval: Interval, sign: int) -> Interval:
    return interval if sign > 0 else -interval
