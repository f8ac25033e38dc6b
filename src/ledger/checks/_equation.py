"""The stated figures behind an equation: what a sum, a base or a total is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ledger.book import Book, Figure, Line, Value, Way, bases_only, last_day, top_up_from
from ledger.hints import Role
from ledger.money import ZERO, Amount

REST: Way = "rest of its line"
"""How a part is known that no source states and the other parts leave over."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that a line states, its role in an equation and its sign there: -1 for what says the total."""

    line: Line
    figure: Figure
    role: Role
    sign: int = 1
    date: str = ""


def total_of(book: Book, line: Line, role: Role = "total") -> list[Stated]:
    """The figures that a line's total consists of: itself when it is stated, else what it is derived from."""
    value = book.value(line.id).total
    if line.total:
        return [Stated(line, line.total, role, date=_stated_on(book, line, line.total))]
    if value and value.way == "base + top-ups":
        return [*base_of(book, line), *top_ups_of(book, line)]
    if value and value.way == "parts":
        return [one for part in parts_of(book, line) for one in total_of(book, part, "part")]
    return _rest_of(book, line) if value and value.way == REST else []


def base_of(book: Book, line: Line, role: Role = "base") -> list[Stated]:
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
    """The top-ups that stated totals of these lines include."""
    return [one for line in lines if line.total for one in top_ups_of(book, line)]


def negative(figures: Iterable[Stated]) -> list[Stated]:
    """The same figures on the other side of the equation."""
    return [replace(one, sign=-one.sign) for one in figures]


def _rest_of(book: Book, line: Line) -> list[Stated]:
    """The figures of the line around a part, without those of its other parts."""
    outer = book.lines[line.parent]
    total = [*base_of(book, outer), *top_ups_of(book, outer)] if bases_only(outer) else total_of(book, outer)
    others = [one for part in parts_of(book, outer) if part != line for one in total_of(book, part, "part")]
    return [*total, *negative(others)]


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
