"""Columns that only spaces part, as `pdftotext -layout` writes them: lines whose figures end at one place are a table.

Two spaces or more are a border. One may be a border or group digits: a cell that reaches over what are two columns in
other rows has no one split, and is not read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_PART = re.compile(r"\S+(?: \S+)*")
_SPACED = re.compile(r"\S {2,}\S")
_FIGURE = re.compile(
    r"[-−–‑+(<~]{0,2} ?\d{1,3}(?:[ \u00a0\u202f'’]\d{3})*(?:[.,]\d+)?[)*¹²³⁴-⁹-]{0,2} ?%?"
    r"|[-−–‑(]? ?\d+(?:[.,]\d+)?[)*¹²³⁴-⁹-]{0,2} ?%?"
)
_NOTHING = re.compile(r"[-–—−]|\.{2,3}")
_SLACK = 1
"""Characters by which the right edges of one column may differ."""

_GOES_ON = re.compile(r" {6}|\s*(?:varav|därav|of which)\s*:?\s*$", re.IGNORECASE)
"""A line of one word in a table: far in, where it goes on with a heading above it, or before parts of a row."""

MOST = 2_000
"""Rows of a table that are held at once; what goes on behind them begins another."""

DOUBT = "stands where other rows have two columns, and can be split in more than one way"


class Line(NamedTuple):
    """A line at its place in the file; from a column on, where it is the rest of a very long one."""

    number: int
    column: int
    text: str


class Part(NamedTuple):
    """A cell between two offsets of its line, and its column; `doubt` where it reaches over several."""

    start: int
    end: int
    column: int
    doubt: str = ""


def spaced(text: str) -> bool:
    """Whether a line could be a row: two parts or more, and one behind the first that is a figure, a year or a dash."""
    return _parted(text) and any(_is_figure(part[0]) for part in [*_PART.finditer(text)][1:])


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text) or _NOTHING.fullmatch(text))


def with_tables(lines: Iterable[Line]) -> Iterator[Line | list[Line]]:
    """The lines, those of a table together; a blank line may part two of its rows."""
    held: list[Line] = []
    for line in lines:
        blank = not line.text.strip()
        goes_on = held and ((blank and held[-1].text.strip()) or (_GOES_ON.match(line.text) and not blank))
        if line.column == 1 and len(held) < MOST and (_parted(line.text) or goes_on):
            held.append(line)
            continue
        yield from _told_apart(held)
        held = [line] if line.column == 1 and _parted(line.text) else []
        if not held:
            yield line
    yield from _told_apart(held)


def _parted(text: str) -> bool:
    return "|" not in text and "\t" not in text and _SPACED.search(text) is not None


def _told_apart(held: list[Line]) -> Iterator[Line | list[Line]]:
    """The lines that were held, as a table if they are one; a blank line behind it is none of its own."""
    rows = [line for line in held if line.text.strip()]
    if sum(spaced(line.text) for line in rows) > 1 and columns_of([line.text for line in rows]):
        yield rows
        yield from held[-1:] if not held[-1].text.strip() else ()
    else:
        yield from held


def columns_of(lines: Sequence[str]) -> list[list[Part]] | None:
    """The cells of each line, where the lines are a table: figures of two rows or more end or begin at one place."""
    rows = [[(found.start(), found.end(), found[0]) for found in _PART.finditer(line)] for line in lines]
    figures = [[(start, end) for start, end, text in row if start and _is_figure(text)] for row in rows]
    ends, starts = ([row[-1][side] for row in figures if row] for side in (1, 0))
    if len(ends) < 2 or max(*map(ends.count, ends), *map(starts.count, starts)) < 2:
        return None
    columns = _columns(figures)
    return [list(_placed(row, columns)) for row in rows]


def _columns(figures: Iterable[Sequence[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The stretches that figures stand in, from narrow ones to wide: what joins two that are apart is no column."""
    found: list[tuple[int, int]] = []
    for start, end in sorted({one for row in figures for one in row}, key=lambda one: (one[1] - one[0], one)):
        met = [one for one in found if one[0] < end + _SLACK and start < one[1] + _SLACK]
        if len(met) < 2:
            found = [one for one in found if one not in met]
            found.append((min([start, *(one[0] for one in met)]), max([end, *(one[1] for one in met)])))
    return sorted(found)


def _placed(row: Sequence[tuple[int, int, str]], columns: Sequence[tuple[int, int]]) -> Iterator[Part]:
    """Each part of a row in the column that it stands in, or is nearest to; text before all columns is in the first."""
    for start, end, text in row:
        met = [at for at, (left, right) in enumerate(columns, 1) if left < end and start < right]
        if _is_figure(text) or (text[:1].isdigit() and len(met) > 1):
            yield Part(start, end, met[0] if met else 0, DOUBT if len(met) > 1 else "")
        else:
            near = [at for at, (left, _) in enumerate(columns, 1) if 0 <= left - end < _SLACK]
            centre = [at for at in met or near if at == (met or near)[-1]] if start else []
            yield Part(start, end, centre[0] if centre else 0)
