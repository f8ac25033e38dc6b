"""Amounts said in two pieces: `1 miljon 250 tusen kronor`, `5–8 000 kronor`."""

from collections.abc import Sequence

from msgspec.structs import replace

from ledger.statements.prose._numbers import Number
from ledger.statements.prose._quantities import Quantity
from ledger.statements.prose._tokens import Token
from ledger.statements.prose._units import tokens_are


def sums(tokens: Sequence[Token], quantities: Sequence[Quantity]) -> list[Quantity]:
    """`1 miljon 250 tusen kronor` is one amount; with `och` between the two it may be two."""
    found: list[Quantity] = []
    for right in quantities:
        left = found[-1] if found else None
        between = _between(tokens, left, right) if left else ""
        if left is None or left.unit is None or right.unit is None or not between:
            found.append(right)
            continue
        scale = (left.unit.power or 0) - (right.unit.power or 0)
        places = max(left.number.scale - scale, right.number.scale, 0)
        total = left.number.digits * 10 ** (scale + places - left.number.scale)
        total += right.number.digits * 10 ** (places - right.number.scale)
        fault = "may be one amount or two" if between == "och" else left.number.fault or right.number.fault
        found[-1] = replace(right, begin=left.begin, number=Number(total, places, fault=fault), in_words=False)
    return found


def _between(tokens: Sequence[Token], left: Quantity, right: Quantity) -> str:
    """What stands between a number of millions and one of thousands that may be the rest of it: `och`, or a space."""
    ours, theirs = left.unit, right.unit
    if ours is None or theirs is None or ours.currency or right.prefixed or right.negative or left.number.marked:
        return ""
    smaller = (theirs.power or 0) < (ours.power or 0)
    if not smaller or right.number.above(Number(1), theirs.power or 0, ours.power or 0):
        return ""
    if right.begin == left.end:
        return " " if tokens[right.begin].gap == " " else ""
    joined = tokens_are(tokens, left.end, ("och",)) and right.begin == left.end + 1
    return "och" if joined and left.number.digits == 1 and not left.number.scale else ""


def short_beginning(tokens: Sequence[Token], first: Quantity, last: Quantity) -> str:
    """Why the first number of a range may be short for another: `5–8 000 kronor` may begin at 5 000."""
    if tokens[last.begin - 1].low in ("à", "á", "a") and last.number.above(first.number, -1):
        return "may be a range, or a price for each of them"
    ending = Number(last.number.digits) if last.number.marked else last.number
    same = (first.unit and first.unit.power) == (last.unit and last.unit.power)
    bare = first.end == first.number_end and first.number.digits > 0 and not first.number.scale
    short = same and bare and not first.number.above(ending, 3)
    return "leaves open whether its first number is in thousands" if short else ""
