"""The keys of terms: what each means, an example, how its value is read, and which values there are."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from msgspec import Struct

from ledger.book import CALCULATED, Book, Line
from ledger.query import criteria
from ledger.query.criteria import KINDS, LEVEL_WORDS, STAGES, Reader

MARKERS = ("0", "1", "2", "none")
ANSWERS = ("yes", "no")
MONEY = ("base", "top_ups", "total", "outcome")
"""The keys that compare amounts."""


def _nothing(_: Book) -> Iterable[str]:
    return ()


class Key(Struct, frozen=True):
    """A key of a term; `values` are those that completion offers."""

    name: str
    meaning: str
    example: str
    read: Reader
    values: Callable[[Book], Iterable[str]] = _nothing


class TermHelp(NamedTuple):
    """What a help text says of a key: its name, its meaning, and a term as an example."""

    key: str
    meaning: str
    example: str


def _years(book: Book) -> Iterable[str]:
    return map(str, book.years)


def _goals(book: Book) -> Iterable[str]:
    numbers = (str(one.number) for one in book.goals.values() if one.number is not None)
    return (*book.goals, *numbers)


def _codes(book: Book) -> Iterable[str]:
    return {line.full_code for line in book.lines.values() if line.full_code}


def _decided(book: Book) -> Iterable[str]:
    return {line.decided for line in book.lines.values() if line.decided}


def _marker(line: Line) -> str:
    return "none" if line.gender_marker is None else str(line.gender_marker)


def _counted(line: Line) -> str:
    return "yes" if line.counted else "no"


_KIND = criteria.choice("kind", KINDS, lambda line: line.kind)
_STAGE = criteria.choice("stage", STAGES, lambda line: line.stage)
_COUNTED = criteria.choice("value of counted", ANSWERS, _counted)
_MARKER = criteria.choice("gender marker", MARKERS, _marker)

ALL = (
    Key("year", "of this year, or wholly in these years", "year:2021..2024", criteria.year, _years),
    Key(
        "recipient",
        "to this agency, its members and what they run",
        "recipient:nsp",
        criteria.recipient,
        lambda book: book.agencies,
    ),
    Key("kind", "of this kind", "kind:grant", _KIND, lambda _: KINDS),
    Key("goal", "with this goal, by id or by its number in the year", "goal:violence", criteria.goal, _goals),
    Key(
        "source",
        "with a figure from this source",
        "source:rb-21844",
        criteria.source,
        lambda book: (*book.sources, CALCULATED),
    ),
    Key("code", "whose full code begins with these words", 'code:"UO13 3:1"', criteria.code, _codes),
    Key(
        "id",
        "this line and all inside it",
        "id:uo13-3-1-2021/mucf",
        criteria.line_id,
        lambda book: book.lines,
    ),
    Key("total", "whose total is such an amount", "total:10mnkr..", criteria.money("total")),
    Key("base", "whose base is such an amount", "base:..10mnkr", criteria.money("base")),
    Key("top_ups", "whose top-ups come to such an amount", "top_ups:1..5mnkr", criteria.money("top_ups")),
    Key("outcome", "whose outcome is such an amount", 'outcome:"<9 000 tkr"', criteria.money("outcome")),
    Key(
        "decided",
        "decided in this time, or with a top-up that was",
        "decided:2021-06..",
        criteria.decided,
        _decided,
    ),
    Key("stage", "planned, proposed or decided", "stage:decided", _STAGE, lambda _: STAGES),
    Key("level", "of this level of sums", "level:appropriations", criteria.level, lambda _: LEVEL_WORDS),
    Key("counted", "that are counted in sums, or not", "counted:yes", _COUNTED, lambda _: ANSWERS),
    Key(
        "marker",
        "with this OECD gender marker; none: not screened",
        "marker:none",
        _MARKER,
        lambda _: MARKERS,
    ),
    Key("title", "with this in the title", "title:Särskilda", criteria.title),
    Key("text", "with this in title, code, note or recipient; the key of bare words", "MUCF", criteria.text),
)

TERMS = (
    *(TermHelp(key.name, key.meaning, key.example) for key in ALL),
    TermHelp("not", "that the term behind it does not select", "not:kind:grant"),
)
"""The keys for help texts: each meaning continues "lines …"."""
