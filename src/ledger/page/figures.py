"""Amounts as the page writes them: in a language's form, and with a look that tells exact from approximate money."""

import re
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ledger.money import Amount, Interval, auto_unit, decimals_needed, swedish, unit_name
from ledger.page.markup import Child, Markup, element, joined
from ledger.page.words import Words
from ledger.table import Money, Share, share_words

Look = Literal["exact", "about", "unknown"]
"""Whether one value is left, several are, or nothing is stated."""

_BARE = re.compile(r"(\D*+)\d[\d\s_.,]*+(\D++\d[\d\s_.,]*+)?")
"""Words that end in a number and so have left their unit to the file: `ca 600`, `6–7`."""

_ENGLISH = str.maketrans({" ": ",", ",": "."})
_FIXED = str.maketrans({" ": "\u00a0"})
"""A figure never breaks over two lines."""

Units = dict[str, tuple[str, int]]


class Scale(Struct, frozen=True):
    """How the figures of one picture or table are written: their unit, and at least so many decimals."""

    unit: str = "kr"
    decimals: int = 0
    currency: str = "SEK"


def scale_for(cells: Iterable[Money | None], unit: str, currency: str) -> Scale:
    """The unit asked for, or the largest that keeps the exact figures short; else it suits the other numbers."""
    amounts = [cell.amount for cell in cells if cell and cell.amount]
    exact = [one.number for one in amounts if one.exact and one.number is not None]
    numbers = [one.number for one in amounts if one.number is not None]
    ends = [end for one in amounts for end in (one.interval.low, one.interval.high) if end is not None]
    chosen = auto_unit(exact or numbers or ends) if unit == "auto" else unit
    return Scale(chosen, max((decimals_needed(one, chosen) for one in exact), default=0), currency)


def look_of(amount: Amount | None) -> Look:
    """How an amount is drawn."""
    if amount is None:
        return "unknown"
    return "exact" if amount.exact else "about"


def number(ore: int, scale: Scale, words: Words) -> str:
    """So many öre without the unit, in the language's form: `796 611,5`, `796,611.5`."""
    written = swedish(ore, scale.unit, scale.decimals).replace("-", "−")
    return written.translate(_ENGLISH if words.lang == "en" else _FIXED)


def unit_words(scale: Scale) -> str:
    """The unit as it is called in the ledger's currency."""
    return unit_name(scale.unit, scale.currency)


def limits(interval: Interval, scale: Scale, words: Words) -> str:
    """An interval by its limits, without the unit."""
    low, high = interval.low, interval.high
    if low is None and high is None:
        return words["any-amount"]
    if low is None and high is not None:
        return words("at-most", number(high, scale, words))
    if high is None and low is not None:
        return words("at-least", number(low, scale, words))
    ends = [number(end or 0, scale, words) for end in (low, high)]
    return ends[0] if interval.exact else "–".join(ends)


class Figure(Struct, frozen=True):
    """An amount in words: the main text, the sign of how it is known, a remark, and its look."""

    text: str
    mark: str = ""
    after: str = ""
    look: Look = "exact"
    bare: bool = True
    """Whether the unit is still to be said."""


def figure(cell: Money, scale: Scale, words: Words) -> Figure:
    """A cell of money in words; nothing is rounded, and what a source words itself stays in its words."""
    amount = cell.amount
    remark = words.phrase(cell.remark)
    if amount is None:
        return Figure(remark or words["not-stated"], look="unknown", bare=False)
    mark = {"derived": "*", "calculated": "†"}.get(cell.how, "")
    printed = _printed(cell)
    if printed is None and cell.how in ("stated", "calculated"):
        text, bare = _own_words(amount, scale, words)
        return Figure(text, mark, remark, "about", bare)
    if printed is None:
        return Figure(limits(amount.interval, scale, words), mark, remark, "about")
    if amount.sense == "rounded":
        mark += "±"
    known = amount.exact or amount.sense == "rounded"
    after = "; ".join(filter(None, ("" if known else limits(amount.interval, scale, words), remark)))
    return Figure(number(printed, scale, words), mark, after, look_of(amount))


def _printed(cell: Money) -> int | None:
    """The öre shown as one number: of exact and rounded figures, and of sums that have both limits."""
    amount = cell.amount
    if amount is None or amount.exact:
        return amount.interval.low if amount else None
    bounded = amount.interval.low is not None and amount.interval.high is not None
    return amount.number if amount.sense == "rounded" or (cell.how == "sum" and bounded) else None


def _own_words(amount: Amount, scale: Scale, words: Words) -> tuple[str, bool]:
    """The source's own words, and whether they leave the unit to be said."""
    bare = _BARE.fullmatch(amount.words)
    if amount.words and not bare:
        return amount.words, False
    if bare and amount.number is not None and not bare[2]:
        return bare[1] + number(amount.number, scale, words), True
    return limits(amount.interval, scale, words), True


def plain(cell: Money, scale: Scale, words: Words) -> str:
    """A cell of money as one text with its unit, for pictures and sentences."""
    said, after = plain_parts(cell, scale, words)
    return f"{said} ({after})" if after else said


def plain_parts(cell: Money, scale: Scale, words: Words) -> tuple[str, str]:
    """The same in two parts: the amount, and what is said after it."""
    one = figure(cell, scale, words)
    said = f"{one.text}\u00a0{unit_words(scale)}" if one.bare else one.text
    return said + one.mark, one.after


def cell_markup(cell: Money, scale: Scale, words: Words, *, unit: bool = False) -> Markup:
    """A cell of money with its look as a class, for tables (which name the unit) and trees (which do not)."""
    one = figure(cell, scale, words)
    text: Child = f"{one.text}\u00a0{unit_words(scale)}" if unit and one.bare else one.text
    if one.look != "exact":
        text = element("i", text, class_="a" if one.look == "about" else "u")
    if not one.after:
        return joined(text, one.mark)
    return joined(text, one.mark, Markup(" "), element("small", f"({one.after})"))


def share(cell: Share, words: Words) -> str:
    """`12–14 %`, or in English `12–14%`."""
    written = share_words(cell)
    return written.replace(",", ".").replace(" %", "%") if words.lang == "en" else written.replace(" ", "\u00a0")


def in_words_of(cell: Money, stated: str) -> Money:
    """The same cell in the source's own wording."""
    return replace(cell, amount=replace(cell.amount, words=stated)) if cell.amount else cell
