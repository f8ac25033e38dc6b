"""The value of a term → what it asks of a line, one reader a key."""

import re
from collections.abc import Callable, Iterable
from typing import get_args

from msgspec import Struct

from ledger.book import LEVEL_ORDER, Book, Kind, Level, Line, Stage, last_day
from ledger.money import Interval
from ledger.query.comparisons import lies_in, read_days, read_money, read_years
from ledger.query.recipients import recipients_of
from ledger.suggestion import did_you_mean

Test = Callable[[Line, Book], bool | None]
"""Whether a line is what a term asks for; `None` when the amount it has leaves both possible."""


class Criterion(Struct, frozen=True):
    """A term's test, and the years that it names."""

    test: Test
    years: tuple[int, ...] = ()


Reader = Callable[[str, Book], Criterion | str]
"""Reads the value of a term: what it asks for, or a sentence on what is wrong with it."""

KINDS: tuple[Kind, ...] = get_args(Kind)
STAGES: tuple[Stage, ...] = get_args(Stage)
LEVEL_WORDS: dict[str, Level] = {word: level for level in LEVEL_ORDER for word in level.split() if word != "and"}
"""A level by its name or by one of its words."""


def year(value: str, book: Book) -> Criterion | str:
    """Lines whose whole period lies in the years.

    A period counts in a year through its parts, so `year:2022` selects its parts of 2022 and not the line of
    2022-2023 itself, which `year:2022..2023` does. A year of which there are only claims is no fault.
    """
    span = read_years(value)
    if isinstance(span, str):
        period = re.fullmatch(r"([0-9]{4})[-–]([0-9]{4})", value)
        return f"a range of years is written year:{period[1]}..{period[2]}" if period else span
    first, last = span
    lines = book.lines.values()
    held = any(first <= line.first_year and line.last_year <= last for line in lines)
    if not held and not any(first <= claim.year <= last for claim in book.claims.values()):
        return _no_such_year(value, first, last, book)
    known = [one for line in lines for one in (line.first_year, line.last_year)]
    known += [claim.year for claim in book.claims.values()]
    named = tuple(range(max(first, min(known)), min(last, max(known)) + 1))
    return Criterion(lambda line, _: first <= line.first_year and line.last_year <= last, named)


def _no_such_year(value: str, first: int, last: int, book: Book) -> str:
    years = book.years
    if not years:
        return f"no line is of {value}: the ledger holds none"
    around = [line for line in book.lines.values() if line.first_year <= last and first <= line.last_year]
    if around:
        low, high = min(line.first_year for line in around), max(line.last_year for line in around)
        return f"no line is of {value} alone, only of a longer period: write year:{low}..{high}"
    held = f"{years[0]}–{years[-1]}" if years[0] < years[-1] else f"{years[0]}"
    return f"no line is of {value}: the ledger holds {held}"


def recipient(value: str, book: Book) -> Criterion | str:
    """Lines whose recipient is the one named, a member of it, or run by one of these."""
    found = recipients_of(value, book)
    return found if isinstance(found, str) else Criterion(lambda line, _: line.recipient in found)


def goal(value: str, book: Book) -> Criterion | str:
    """Lines with the goal of that id, or with the one that had that number in their year."""
    goals = book.goals
    if value in goals or any(value in line.goals for line in book.lines.values()):
        return Criterion(lambda line, _: value in line.goals)
    if not re.fullmatch(r"[0-9]{1,4}", value):
        return f"unknown goal '{value}'{did_you_mean(value, set(goals))}"
    numbered = {one.id for one in goals.values() if one.number == int(value)}
    if not numbered:
        numbers = sorted({one.number for one in goals.values() if one.number is not None})
        known = f": the numbers are {', '.join(map(str, numbers))}" if numbers else ""
        return f"no goal has the number {value}{known}"

    def test(line: Line, _: Book) -> bool:
        years = line.first_year, line.last_year
        return any(one in numbered and goals[one].valid_in(*years) for one in line.goals)

    return Criterion(test)


def source(value: str, book: Book) -> Criterion | str:
    """Lines that the source stands behind, or any of whose figures or top-ups it does."""

    def test(line: Line, _: Book) -> bool:
        sources = (
            line.sources,
            *(one.sources for one in line.figures),
            *(one.sources for one in line.top_ups),
        )
        return any(value in some for some in sources)

    if value not in book.sources and not any(test(line, book) for line in book.lines.values()):
        return f"unknown source '{value}'{did_you_mean(value, set(book.sources))}"
    return Criterion(test)


def code(value: str, book: Book) -> Criterion | str:
    """Lines whose full code begins with these whole words."""
    words = value.casefold().split()

    def test(line: Line, _: Book) -> bool:
        return line.full_code.casefold().split()[: len(words)] == words

    if any(test(line, book) for line in book.lines.values()):
        return Criterion(test)
    codes = sorted({line.full_code for line in book.lines.values() if line.full_code})
    inner = [known for known in codes if f" {' '.join(words)} " in f" {known.casefold()} "]
    hint = f" (did you mean '{inner[0]}'?)" if inner else did_you_mean(value, codes)
    return f"no line's code begins with '{value}'{hint}"


def line_id(value: str, book: Book) -> Criterion | str:
    """The line, and everything inside it by its path."""
    wanted = value.rstrip("/")
    if wanted not in book.lines:
        around = wanted.rpartition("/")[0]
        beside = {line for line in book.lines if line.rpartition("/")[0] == around}
        return f"unknown line '{value}'{did_you_mean(wanted, beside)}"
    inside = f"{wanted}/"
    return Criterion(lambda line, _: line.id == wanted or line.id.startswith(inside))


def title(value: str, _: Book) -> Criterion:
    """Lines whose title holds the text; case does not matter."""
    wanted = value.casefold()
    return Criterion(lambda line, _: wanted in line.title.casefold())


def text(value: str, book: Book) -> Criterion:
    """Lines that hold the text in their title, full code or note, or in their recipient's id or names."""
    wanted = value.casefold()
    named = {
        one.id
        for one in book.agencies.values()
        if any(wanted in name.casefold() for name in (one.name, one.name_en, one.abbreviation))
    }

    def test(line: Line, _: Book) -> bool:
        own = (line.title, line.full_code, line.note, line.recipient)
        return line.recipient in named or any(wanted in one.casefold() for one in own)

    return Criterion(test)


def decided(value: str, _: Book) -> Criterion | str:
    """Lines decided in those days, or any of whose figures or top-ups was; without a date they are not."""
    days = read_days(value)
    if isinstance(days, str):
        return days
    first, last = days

    def test(line: Line, _: Book) -> bool:
        dates = [line.decided, *(one.decided for one in line.figures), *(one.decided for one in line.top_ups)]
        return any(first <= last_day(date) <= last for date in dates if date)

    return Criterion(test)


def amount_of(key: str, line: Line, book: Book) -> Interval | None:
    """What is known of a line's base, top-ups, total or outcome, in öre."""
    if key == "outcome":
        return line.outcome.amount.interval if line.outcome else None
    values = book.value(line.id)
    value = {"base": values.base, "top_ups": values.top_ups, "total": values.total}[key]
    return value.amount.interval if value else None


def money(key: str) -> Reader:
    """The reader of a comparison with an amount.

    It holds when all that the figure leaves possible satisfies it, and fails when nothing of it does.
    """

    def read(value: str, book: Book) -> Criterion | str:
        wanted = read_money(value, book.currency)
        if isinstance(wanted, str):
            return wanted

        def test(line: Line, book: Book) -> bool | None:
            amount = amount_of(key, line, book)
            return None if amount is None else lies_in(amount, wanted)

        return Criterion(test)

    return read


def choice(what: str, known: Iterable[str], get: Callable[[Line], str]) -> Reader:
    """The reader of a key with a fixed set of values."""
    values = tuple(known)

    def read(value: str, _: Book) -> Criterion | str:
        wanted = value.casefold()
        if wanted not in values:
            hint = did_you_mean(wanted, values)
            return f"unknown {what} '{value}'{hint}: write {', '.join(values[:-1])} or {values[-1]}"
        return Criterion(lambda line, _: get(line) == wanted)

    return read


def level(value: str, book: Book) -> Criterion | str:
    """Lines of the level, by its name or one word of it."""
    wanted = LEVEL_WORDS.get(value.casefold(), value.casefold())
    if wanted in LEVEL_ORDER:
        return Criterion(lambda line, _: line.level == wanted)
    return choice("level", LEVEL_WORDS, lambda line: line.level)(value, book)
