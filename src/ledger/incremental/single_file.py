"""One file looked at by itself: what the rest of the ledger must know of it, when there is nothing to say about it."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ledger.book import CALCULATED, Book, Line
from ledger.checks import Check
from ledger.reading import load_lines


class Piece(Struct, frozen=True, array_like=True):
    """What the rest of a ledger must know of a quiet file: it holds lines alone, and no check of lines finds anything.

    `figures` are counted as the closing line of a check counts them. `tops` are the ids of its top-level lines, `outer`
    those of lines that it names and does not hold.
    """

    lines: int
    figures: int
    years: tuple[int, ...]
    tops: tuple[str, ...]
    outer: tuple[str, ...]
    agencies: tuple[str, ...]
    sources: tuple[str, ...]
    goals: tuple[str, ...]


def piece_of(data: bytes, path: str, registers: Book, checks: Sequence[Check]) -> Piece | None:
    """What is to be known of a file, or nothing when it has to be read with the registers.

    `checks` are those of `lines`: these look at no register but the goals.
    """
    book = load_lines(data, path, registers.currency)
    if book is None or book.inclusion.cycles or any(line.accepted for line in book.lines.values()):
        return None
    book = replace(book, goals=registers.goals)
    if any(True for check in checks if check.run for _ in check.run(book)):
        return None
    return _piece(book)


def _piece(book: Book) -> Piece:
    lines = book.lines.values()
    return Piece(
        lines=len(lines),
        figures=sum(len(line.figures) for line in lines),
        years=tuple(sorted({year for line in lines for year in range(line.first_year, line.last_year + 1)})),
        tops=tuple(line.id for line in lines if not line.parent),
        outer=_ids(one for line in lines for one in _lines_named(line) if one not in book.lines),
        agencies=_ids(line.recipient for line in lines),
        sources=_ids(one for line in lines for one in _sources(line) if one != CALCULATED),
        goals=_ids(goal for line in lines for goal in line.goals),
    )


def _ids(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}))


def _lines_named(line: Line) -> Iterator[str]:
    yield line.of
    for top_up in line.top_ups:
        yield top_up.line


def _sources(line: Line) -> Iterator[str]:
    yield from line.sources
    for figure in line.figures:
        yield from figure.sources
    for top_up in line.top_ups:
        yield from top_up.sources
