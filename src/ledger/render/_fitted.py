"""A section fitted to so many columns: texts are broken at spaces, figures never, and shares are drawn as bars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from ledger.render._safe import left, one_line, right, width, wrap
from ledger.render._shown import Block, Look, Shown, right_aligned
from ledger.render._tree import Branches, lead
from ledger.table import Column, Share

Part = Look | Literal["tree", "heading", "rule", "after", "bar"]
Of = Literal["heading", "row", "muted row", "sum"]
Piece = tuple[str, Part]

_GAP = "  "
_NARROWER = (24, 20, 16, 14, 12)
"""Columns that words beside figures are broken to, where the whole does not fit: the first that suits the texts."""

_SUITED, _SHORTEST = 30, 12
"""Columns that suit a text, and those that it keeps however little room there is."""

_STEP, _BROKEN = 3, 4
"""Columns between the widths that are tried, and the lines that a broken word is as bad as."""

_BAR = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A line in pieces, and what it is a line of."""

    pieces: tuple[Piece, ...]
    of: Of


@dataclass(frozen=True, slots=True)
class _Tall:
    """A column: its cells, each with what leads to it in the tree, and how wide their marks are."""

    column: Column
    cells: tuple[Shown, ...]
    leads: Sequence[tuple[str, str]]
    marks: int

    @property
    def heading(self) -> str:
        return one_line(self.column.heading or self.column.name)


def fitted(block: Block, room: int, branches: Branches) -> Iterator[Line]:
    """The heading, the rows and the sums of a section; wider than `room` only where the figures alone are.

    Where there is too little room, a column without any entry is left out.
    """
    rows = [*block.rows, *block.totals]
    leads = [*lead([row.depth for row, _ in block.rows], branches), *[("", "")] * len(block.totals)]
    columns = [
        _column(column, [cells[at] for _, cells in rows], [("", "")] * len(rows) if at else leads)
        for at, column in enumerate(block.columns)
    ]
    if _wide(columns) > room:
        columns = [tall for at, tall in enumerate(columns) if at == 0 or any(cell.text for cell in tall.cells)]
    widths = _widths(columns, room)
    rule = Line(((_GAP.join("─" * wide for wide in widths), "rule"),), "heading")
    headings = [_heading(tall, wide) for tall, wide in zip(columns, widths, strict=True)]
    yield from (Line(pieces, "heading") for pieces in _beside(headings, widths))
    yield rule
    for at, (row, _) in enumerate(rows):
        if at == len(block.rows):
            yield rule
        cells = [_cell(tall, at, wide) for tall, wide in zip(columns, widths, strict=True)]
        of: Of = "sum" if at >= len(block.rows) else "muted row" if row.muted else "row"
        yield from (Line(pieces, of) for pieces in _beside(cells, widths, leads[at][1]))


def _column(column: Column, cells: Sequence[Shown], leads: Sequence[tuple[str, str]]) -> _Tall:
    return _Tall(column, tuple(cells), leads, max((width(cell.mark) for cell in cells), default=0))


def _beside(cells: Sequence[list[list[Piece]]], widths: Sequence[int], stems: str = "") -> Iterator[tuple[Piece, ...]]:
    """The lines of cells that stand beside each other, each as high as the highest; the tree's stems go on."""
    blanks: list[Piece] = [(left("" if at else stems, wide), "tree") for at, wide in enumerate(widths)]
    for lines in zip_longest(*cells):
        pieces: list[Piece] = []
        for line, blank in zip(lines, blanks, strict=True):
            pieces += [*(line or [blank]), (_GAP, "text")]
        yield tuple(pieces[:-1])


def _heading(tall: _Tall, columns: int) -> list[list[Piece]]:
    if not right_aligned(tall.column):
        return [[(left(line, columns), "heading")] for line in wrap(tall.heading, columns)]
    figures = columns - tall.marks
    return [[(left(right(line, figures), columns), "heading")] for line in wrap(tall.heading, figures)]


def _cell(tall: _Tall, at: int, columns: int) -> list[list[Piece]]:
    cell = tall.cells[at]
    if right_aligned(tall.column):
        return _figure(cell, columns - tall.marks, tall.marks)
    first, further = tall.leads[at]
    texts = wrap(cell.text, columns - width(first))
    leads = [first, *[further] * (len(texts) - 1)]
    return [
        [(before, "tree"), (left(text, columns - width(before)), cell.look)]
        for before, text in zip(leads, texts, strict=True)
    ]


def _figure(cell: Shown, columns: int, marks: int) -> list[list[Piece]]:
    """A figure or words, ending before the column of marks; what is said after it stands below."""
    texts = wrap(cell.text, columns) if _breakable(cell) else [cell.text]
    bar: list[Piece] = [(f"{_bar(cell.share)} ", "bar")] if cell.share else []
    room = columns - len(bar) * (_BAR + 1)
    signs = [*[""] * (len(texts) - 1), cell.mark]
    lines: list[list[Piece]] = [
        [*bar, (right(text, room) + left(sign, marks), cell.look)] for text, sign in zip(texts, signs, strict=True)
    ]
    if cell.after:
        lines += [[(right(text, columns) + left("", marks), "after")] for text in wrap(cell.after, columns)]
    return lines


def _breakable(cell: Shown) -> bool:
    return cell.look in ("words", "unknown")


def _widths(columns: Sequence[_Tall], room: int) -> list[int]:
    """Every column's width: what it would take, or where that does not fit what it needs, texts sharing the rest."""
    if _wide(columns) <= room:
        return [_natural(tall) for tall in columns]
    room -= len(_GAP) * (len(columns) - 1)
    texts = [at for at, tall in enumerate(columns) if not right_aligned(tall.column)]
    for narrow in _NARROWER:
        figures = {at: _least(tall, narrow) for at, tall in enumerate(columns) if at not in texts}
        rest = room - sum(figures.values())
        if rest >= _SUITED * len(texts):
            break
    shares = dict(zip(texts, _shares([columns[at] for at in texts], rest), strict=True)) if texts else {}
    return [figures[at] if at in figures else shares[at] for at in range(len(columns))]


def _shares(texts: Sequence[_Tall], rest: int) -> list[int]:
    """The widths of texts beside each other that fit, make the section lowest and break the fewest words."""
    first, *others = map(_natural, texts)

    def shares(limit: int) -> list[int]:
        beside = [min(wide, limit) for wide in others]
        return [min(first, max(rest - sum(beside), _SHORTEST)), *beside]

    def cost(widths: list[int]) -> tuple[int, int]:
        return max(sum(widths) - rest, 0), _height(texts, widths)

    return min(map(shares, range(_SHORTEST, max(rest, _SHORTEST + 1), _STEP)), key=cost)


def _height(texts: Sequence[_Tall], widths: Sequence[int]) -> int:
    height = 0
    for cells in zip(*(zip(tall.cells, tall.leads, strict=True) for tall in texts), strict=True):
        rooms = [columns - width(before) for columns, (_, (before, _)) in zip(widths, cells, strict=True)]
        lines = [wrap(cell.text, room) for room, (cell, _) in zip(rooms, cells, strict=True)]
        words = ((word, room) for room, (cell, _) in zip(rooms, cells, strict=True) for word in cell.text.split(" "))
        height += max(map(len, lines)) + _BROKEN * sum(width(word) > room for word, room in words)
    return height


def _wide(columns: Sequence[_Tall]) -> int:
    """The columns that nothing need be broken in."""
    return sum(map(_natural, columns)) + len(_GAP) * (len(columns) - 1)


def _natural(tall: _Tall) -> int:
    if right_aligned(tall.column):
        return max([_figures(tall), *map(width, _words(tall))]) + tall.marks
    texts = [width(before) + width(cell.text) for cell, (before, _) in zip(tall.cells, tall.leads, strict=True)]
    return max([width(tall.heading), *texts])


def _least(tall: _Tall, narrow: int) -> int:
    """What a column of figures takes when the words in it are broken."""
    lines = [line for words in _words(tall) for line in wrap(words, narrow)]
    return max([_figures(tall), *map(width, lines)]) + tall.marks


def _words(tall: _Tall) -> list[str]:
    """What may be broken in a column of figures."""
    stated = [cell.text for cell in tall.cells if _breakable(cell)]
    return [tall.heading, *stated, *(cell.after for cell in tall.cells)]


def _figures(tall: _Tall) -> int:
    """The columns of the widest figure: what is never broken."""
    bars = [(_BAR + 1) * (cell.share is not None) for cell in tall.cells]
    figures = [0 if _breakable(cell) else width(cell.text) for cell in tall.cells]
    return max(map(sum, zip(bars, figures, strict=True)), default=0)


def _bar(share: Share) -> str:
    """A share of ten blocks: full ones up to its low end, shaded ones up to its high end."""
    low, high = (min(max(end, 0), 1000) for end in (share.low, share.high))
    full = (low * _BAR + 500) // 1000 if low == high else low * _BAR // 1000
    shaded = 0 if low == high else -(-high * _BAR // 1000) - full
    return "█" * full + "▒" * shaded + "░" * (_BAR - full - shaded)
