"""The stated figures behind an equation: what a sum, a base or a total is made of."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ledger.book import Book, Claim, Figure, Line, Value, bases_only, last_day, top_up_amounts, top_up_from
from ledger.diagnostic import Place
from ledger.money import ZERO, Amount, add_up

if TYPE_CHECKING:  # the causes are looked for only where something is wrong
    from ledger.hints import Role

REST = "rest of its line"
"""How a part is known that no source states and the other parts leave over."""


class Stated(Struct, frozen=True):
    """A figure that a line or claim states, its role in an equation and its sign: -1 for what says the total."""

    record: Line | Claim
    figure: Figure
    role: "Role"
    sign: int = 1
    date: str = ""


class Statement(Struct, frozen=True):
    """One way in which a line's total, or base, is said (`words` is a phrase), and the figures that say it.

    These are looked for when they are wanted: hardly any statement is contradicted.
    """

    words: str
    amount: Amount
    place: Place
    figures: Callable[[], list[Stated]]


def statements(book: Book, line: Line) -> list[Statement]:
    """What says the total of a line besides its parts: the stated total, then base + top-ups.

    Where these two disagree, which is a finding of its own, the total alone. Where only bases are compared, the base.
    """
    found = []
    if line.total:
        found.append(Statement("total says", line.total.amount, line.total.place, lambda: total_of(book, line)))
    if line.base and bases_only(line):
        found.append(Statement("base says", line.base.amount, line.base.place, lambda: base_of(book, line)))
    elif line.base:
        top_ups = top_up_amounts(line, book.values)
        added = add_up((line.base.amount, *(one for one in top_ups if one)))
        agrees = line.total is None or line.total.amount.interval.meets(added.interval)
        if None not in top_ups and agrees:
            words, place = "base + top-ups come to", line.base.place
            found.append(Statement(words, added, place, lambda: [*base_of(book, line), *top_ups_of(book, line)]))
    return found


def restatements(record: Line | Claim) -> list[Statement]:
    """The same total in other words."""
    words = "another restatement says"
    return [Statement(words, one.amount, one.place, partial(alone, record, one)) for one in record.restated]


def alone(record: Line | Claim, figure: Figure) -> list[Stated]:
    """A figure that says a total by itself."""
    return [Stated(record, figure, "total")]


def parts_statement(book: Book, line: Line) -> Statement | None:
    """What complete parts, all of them known, say of the total."""
    parts = parts_of(book, line)
    amounts = [part_amount(book, part, bases=False) for part in parts]
    if not line.complete or not amounts or None in amounts:
        return None
    added = add_up(amount for amount in amounts if amount)
    return Statement("parts sum to", added, line.at("parts"), lambda: _of_parts(book, parts))


def _of_parts(book: Book, parts: Iterable[Line]) -> list[Stated]:
    return [one for part in parts for one in total_of(book, part, "part")]


def total_of(book: Book, line: Line, role: "Role" = "total") -> list[Stated]:
    """The figures that a line's total consists of: itself when it is stated, else what it is derived from."""
    value = book.value(line.id).total
    if line.total:
        return [Stated(line, line.total, role, date=_stated_on(book, line, line.total))]
    if value and value.way == "base + top-ups":
        return [*base_of(book, line), *top_ups_of(book, line)]
    if value and value.way == "parts":
        return _of_parts(book, parts_of(book, line))
    if value and not value.way and line.base:
        return [Stated(line, line.base, role)]
    return _rest_of(book, line) if value and value.way == REST else []


def counting_of(book: Book, line: Line) -> list[Stated]:
    """The figures that a line counts with in a sum: those of its total, else the base and top-ups it states."""
    if book.value(line.id).total:
        return total_of(book, line, "part")
    return [*(base_of(book, line) if line.base else ()), *stated_top_ups(book, line)]


def base_of(book: Book, line: Line, role: "Role" = "base") -> list[Stated]:
    """The figures that a line's base consists of."""
    value = book.value(line.id).base
    if line.base:
        return [Stated(line, line.base, role)]
    if value and value.way == "total - top-ups":
        return [*total_of(book, line, role), *negative(top_ups_of(book, line))]
    return total_of(book, line, role) if value else []


def top_ups_of(book: Book, line: Line) -> list[Stated]:
    """The figures that a line's top-ups consist of."""
    value = book.value(line.id).top_ups
    if value and value.way == "top-ups of its parts":
        return [one for part in parts_of(book, line) for one in top_ups_of(book, part)]
    if value and value.way == "total - base":
        return [*total_of(book, line), *negative(base_of(book, line))]
    return stated_top_ups(book, line)


def stated_top_ups(book: Book, line: Line) -> list[Stated]:
    """The figures of those top-ups that have an amount; one that is a line has its total."""
    found = []
    for top_up in line.top_ups:
        date, basis = top_up_from(book, line, top_up)
        if top_up.line in book.lines:
            inner = total_of(book, book.lines[top_up.line], "top-up")
        else:
            inner = [Stated(line, top_up.figure, "top-up")] if top_up.figure else []
        found += [replace(one, date="" if basis == "year" else date) for one in inner]
    return found


def late_in(book: Book, lines: Iterable[Line]) -> list[Stated]:
    """The top-ups that stated totals of these lines, or of the parts in them, include."""
    found = []
    for line in lines:
        found += stated_top_ups(book, line) if line.total else []
        found += late_in(book, parts_of(book, line))
    return found


def negative(figures: Iterable[Stated]) -> list[Stated]:
    """The same figures on the other side of the equation."""
    return [replace(one, sign=-one.sign) for one in figures]


def _rest_of(book: Book, line: Line) -> list[Stated]:
    """The total around a part and those of its other parts, where all are stated.

    Going on to what they are derived from could lead back to this part.
    """
    outer = book.lines[line.parent]
    others = [part for part in parts_of(book, outer) if part.id != line.id]
    if outer.total is None or not all(part.total for part in others):
        return []
    return [*total_of(book, outer), *negative(one for part in others for one in total_of(book, part, "part"))]


def rest_below_zero(value: Value) -> bool:
    """Whether a total is what the other parts leave of the line around it, and they leave less than nothing."""
    return value.way == REST and ZERO.above(value.amount.interval)


def part_amount(book: Book, part: Line, *, bases: bool) -> Amount | None:
    """A part's total, or base; nothing where it is not known or only the rest of its line."""
    values = book.value(part.id)
    value = values.base if bases else values.total
    if value is None or (values.total and values.total.way == REST):
        return None
    return value.amount


def part_figures(book: Book, part: Line, *, bases: bool) -> list[Stated]:
    """The figures that a part's total, or base, consists of."""
    return base_of(book, part, "part") if bases else total_of(book, part, "part")


def parts_of(book: Book, line: Line) -> list[Line]:
    """The parts of a line that are in the book."""
    return [book.lines[part] for part in line.parts if part in book.lines]


def _stated_on(book: Book, line: Line, figure: Figure) -> str:
    """The last day on which the figure was stated; empty when no source of it has a date."""
    sources = [book.sources[one] for one in figure.sources or line.sources if one in book.sources]
    dates = [figure.decided] if figure.decided else [one.published for one in sources if one.published]
    return max((last_day(date) for date in dates), default="")
