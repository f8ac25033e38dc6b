"""Which lines are the same over the years, and where they do not compare."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from ledger.book import LEVEL_ORDER, Book, Line

MOST = 36
"""So many series are drawn."""

Identity = tuple[str, str, str]


class Point(Struct, frozen=True):
    """A year of a series: its line (none where several are meant), and why it does not compare with the last."""

    year: int
    line: Line | None
    remark: str = ""


class Series(Struct, frozen=True):
    """Lines that are the same over the years; `latest` gives it its name."""

    points: tuple[Point, ...]
    latest: Line


def all_series(book: Book, lines: Iterable[Line], year: int | None) -> list[Series]:
    """Every line that stands for more than one year (and for `year`, where one is asked for), counted ones first.

    Lines are the same when kind, code, recipient and title are. One code with another title goes on in one series,
    with a break, as long as no year would hold both.
    """
    titled: dict[tuple[str, str, str, str], dict[int, list[Line]]] = {}
    for line in lines:
        if line.first_year == line.last_year:
            named = (line.kind, line.full_code, line.recipient, line.title.casefold())
            titled.setdefault(named, {}).setdefault(line.first_year, []).append(line)
    joined_up: dict[Identity, list[dict[int, list[Line]]]] = {}
    for (kind, code, recipient, _), by_year in titled.items():
        chains = joined_up.setdefault((kind, code, recipient if not code else ""), [])
        free = next((chain for chain in chains if code and chain.keys().isdisjoint(by_year)), None)
        if free is None:
            chains.append(dict(by_year))
        else:
            free.update(by_year)
    found = [_series(book, chain) for chains in joined_up.values() for chain in chains if len(chain) > 1]
    wanted = [one for one in found if year is None or any(point.year == year for point in one.points)]
    return sorted(wanted, key=_order)


def _order(series: Series) -> tuple[bool, int, str, str]:
    line = series.latest
    return not line.counted, LEVEL_ORDER.index(line.level), line.full_code or "~", line.title


def _series(book: Book, by_year: dict[int, list[Line]]) -> Series:
    points: list[Point] = []
    before: Line | None = None
    latest: Line | None = None
    for year in sorted(by_year):
        line = _meant(by_year[year])
        remark = _remark(book, before, line) if before and line else ""
        points.append(Point(year, line, remark))
        before = line or before
        latest = line or by_year[year][0]
    return Series(tuple(points), latest or next(iter(by_year.values()))[0])


def _meant(lines: Sequence[Line]) -> Line | None:
    """The line of a year: the one that counts, else the one decided; none when several are meant equally."""
    best = min((not line.counted, line.stage != "decided") for line in lines)
    found = [line for line in lines if (not line.counted, line.stage != "decided") == best]
    return found[0] if len(found) == 1 else None


def _remark(book: Book, before: Line, line: Line) -> str:
    """Why a year does not compare with the one before it; empty when it does. `parts`: what it holds has changed."""
    if before.title.casefold() != line.title.casefold():
        return line.title
    held, holds = (_codes(book, one) for one in (before, line))
    return "parts" if line.kind == "area" and held and holds and held != holds else ""


def _codes(book: Book, line: Line) -> set[tuple[str, str]]:
    parts = (book.lines[part] for part in line.parts if part in book.lines)
    return {(part.code, part.title.casefold()) for part in parts if part.code}
