"""Rows of sums: told by their name, and held against the rows above them."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from ledger.diagnostic import Finding, Place
from ledger.money import Amount, Interval, add_up, auto_unit, range_words, unit_name
from ledger.statements._column_headings import YEARS
from ledger.statements._money_units import units_in

_SUMS = (
    r"summa(?: (?:totalt|summarum|delsumma))?|totalt?(?: summa| sum| amount)?|totals|delsumma|totalsumma|slutsumma"
    r"|s:a(?: totalt)?|(?:hela )?riket|hela landet|[∑Σ]"
    r"|sum(?: total)?|sub[- ]?total|grand total|total sum|sammanlagt|totalbelopp|summering|del-?summa"
)
_SUM = re.compile(_SUMS, re.IGNORECASE)
_PERHAPS = re.compile(
    rf"(?:{_SUMS})[\s,:–-].*|.*[\s,(–-](?:summa|totalt|total|delsumma|subtotal|sum|s:a)\)?[.:]?",
    re.IGNORECASE | re.DOTALL,
)
_PART = re.compile(
    r"\s*[-–•(]?\s*(?:därav|varav|härav|of which|whereof)\b[\s:,]*(?P<rest>.*?)\)?", re.IGNORECASE | re.DOTALL
)
_LONGEST = 200
_MOST_WORK = 2_000_000
"""Rows to look at, for every sum all of them; a table with more sums is none that somebody made to be read."""


def is_sum(name: str) -> bool:
    """Whether a name says that the row is a sum and nothing else; a colon, a unit or a year aside."""
    if len(name) > _LONGEST:
        return False
    plain = " ".join(name.split())
    for _, start, end in reversed(units_in(plain, sentence=False)):
        plain = f"{plain[:start]} {plain[end:]}"
    plain = re.sub(r"[\s,(\[]+(?:i|in|för|år)?[\s)\]]*$", "", YEARS.sub(" ", plain).strip(" :.,;*"))
    return _SUM.fullmatch(" ".join(plain.strip(" :.,;*()[]–-").split())) is not None


def is_perhaps_sum(name: str) -> bool:
    """Whether a name may be that of a sum: `Summa bidrag`, `Bidrag, totalt`."""
    return len(name) <= _LONGEST and _PERHAPS.fullmatch(name.strip()) is not None


_PERHAPS_PART = re.compile(
    r".+[,(]\s*(?:varav|därav|härav)\b.*|(?:av (?:detta|vilka)|inkl\.?|inklusive)\b.*", re.IGNORECASE | re.DOTALL
)


def is_perhaps_part(name: str) -> bool:
    """Whether a name may be that of a part of another row: `A, varav drift`, `inkl. B`."""
    return len(name) <= _LONGEST and _PERHAPS_PART.fullmatch(name.strip()) is not None


def part_of(name: str) -> str | None:
    """What a name that begins with `därav`, `varav` or `of which` calls the part; nothing for another name."""
    match = _PART.fullmatch(name) if len(name) <= _LONGEST else None
    return match["rest"].strip() if match else None


class Counted(Struct, frozen=True):
    """A row as sums see it: its figures by column, `None` one that could not be read, those not stated left out.

    `year` is 0 where no column tells it. `inside` says that its money lies in another row.
    """

    place: Place
    name: str
    year: int
    figures: Mapping[int, Amount | None] = field(default_factory=dict)
    places: Mapping[int, Place] = field(default_factory=dict)
    is_sum: bool = False
    inside: bool = False


def held_sums(rows: Sequence[Counted], currency: str) -> tuple[list[Finding], list[Counted]]:
    """Each figure of a sum that the rows above do not come to, and the sums that could not be held against them."""
    faults: list[Finding] = []
    unchecked: list[Counted] = []
    sums = [row for row in rows if row.is_sum]
    if len(sums) * len(rows) > _MOST_WORK:
        return [], sums
    for at, row in enumerate(rows):
        for column, amount in row.figures.items() if row.is_sum else ():
            others = rows[:at] or rows[at + 1 :]  # a sum may also stand first
            found = _held(others, row, column, amount, currency) if amount else "unread"
            if isinstance(found, Finding):
                faults.append(found)
            elif found and row not in unchecked:
                unchecked.append(row)
    return faults, unchecked


def _held(above: Sequence[Counted], row: Counted, column: int, amount: Amount, currency: str) -> Finding | str:
    """A sum against all lines above it, those since the sum before it, or the sums themselves; else why it is not held.

    Empty where it agrees.
    """
    mine = [one for one in above if not row.year or not one.year or one.year == row.year]
    last = max((at for at, one in enumerate(mine) if one.is_sum), default=-1)
    lines = [one for one in mine if not one.is_sum]
    groups = [
        [one for one in lines if not one.inside],
        [one for one in mine[last + 1 :] if not one.inside],
        [one for one in mine if one.is_sum],
        [*(one for one in mine if one.is_sum), *mine[last + 1 :]],
        lines,
        mine[last + 1 :],
    ]
    known = [one for group in groups if group and (one := _sum(group, column))]
    if any(amount.interval.meets(one.interval) for one in known):
        return ""
    if any(column in one.figures and one.figures[column] is None for one in mine) or not lines:
        return "unread"
    where = "above" if above[0].place.line < row.place.line else "below"
    came_to = known[1 if last >= 0 and len(known) > 1 else 0]
    unit = auto_unit(one.number for one in (amount, came_to) if one.number is not None)
    name = unit_name(unit, currency)
    gap = amount.interval - came_to.interval
    if gap.above(Interval(0, 0)) and any(column not in one.figures for one in lines):
        return "not stated"  # what a row above does not state may be the rest
    more, by = ("more", gap) if gap.above(Interval(0, 0)) else ("less", -gap)
    message = (
        f"'{row.name}' says {range_words(amount.interval, unit)} {name}, the rows {where} come to "
        f"{range_words(came_to.interval, unit)} {name}: {range_words(by, unit)} {name} {more} than they"
    )
    return Finding(row.places.get(column, row.place), message)


def _sum(rows: Sequence[Counted], column: int) -> Amount | None:
    """What rows come to in a column; nothing where a figure of it could not be read."""
    figures = [row.figures[column] for row in rows if column in row.figures]
    known = [one for one in figures if one is not None]
    return add_up(known) if len(known) == len(figures) else None
