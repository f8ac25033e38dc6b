"""A section as a table of so many columns: texts are broken at spaces, figures never, and shares are drawn as bars."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Literal

from msgspec import Struct

from ledger.render._bars import share_bar
from ledger.render._cell_text import Block, Look, Shown, right_aligned
from ledger.render._escape import left, one_line, right, width, words, wrap
from ledger.render._tree import Branches, lead
from ledger.table import Column

Part = Look | Literal["tree", "heading", "rule", "after"]
Of = Literal["heading", "row", "muted row", "sum"]
Piece = tuple[str, Part]

GAP = "  "
_NARROWER = (24, 20, 16, 14, 12)
"""Columns that words beside figures are broken to, where the whole does not fit: the first that suits the texts."""

_SUITED, _SHORTEST = 30, 12
"""Columns that suit a text, and those that it keeps however little room there is."""

_STEP, _BROKEN = 3, 4
"""Columns between the widths that are tried, and the lines that a broken word is as bad as."""

BAR = 10
"""The blocks of a share's bar."""


class Line(Struct, frozen=True):
    """A line in pieces, and what it is a line of."""

    pieces: tuple[Piece, ...]
    of: Of


class _Tall(Struct, frozen=True):
    """A column: its cells, each with what leads to it in the tree, and how wide their marks are."""

    column: Column
    cells: tuple[Shown, ...]
    leads: Sequence[tuple[str, str]]
    marks: int

    @property
    def heading(self) -> str:
        return one_line(self.column.heading or self.column.name)


class Fitted(Struct, frozen=True):
    """A section in columns of these widths, and what it costs: columns too many, and words broken inside."""

    block: Block
    leads: Sequence[tuple[str, str]]
    columns: Sequence[_Tall]
    widths: Sequence[int]
    beyond: int
    broken: int

    @property
    def whole(self) -> bool:
        """Whether it fits and breaks no word."""
        return not self.beyond and not self.broken


def fitted(block: Block, room: int, branches: Branches) -> Fitted:
    """The heading, the rows and the sums of a section; wider than `room` only where the figures alone are.

    Where there is too little room, a column without any entry is left out.
    """
    leads = leads_of(block, branches)
    columns = _columns(block, leads)
    if _wide(columns) > room:
        columns = [tall for at, tall in enumerate(columns) if at == 0 or any(cell.text for cell in tall.cells)]
    widths = _widths(columns, room)
    beyond = max(sum(widths) + len(GAP) * (len(widths) - 1) - room, 0)
    broken = sum(_broken(tall, wide) for tall, wide in zip(columns, widths, strict=True))
    return Fitted(block, leads, columns, widths, beyond, broken)


def natural_width(block: Block, branches: Branches) -> int:
    """The columns in which nothing of a section need be broken."""
    return _wide(_columns(block, leads_of(block, branches)))


def leads_of(block: Block, branches: Branches) -> list[tuple[str, str]]:
    """What leads to each row of a section, and to its further lines; nothing does to its sums."""
    return [*lead([row.depth for row, _ in block.rows], branches), *[("", "")] * len(block.totals)]


def kind_of(block: Block, at: int) -> Of:
    """What the lines of the row that stands there are lines of."""
    if at >= len(block.rows):
        return "sum"
    return "muted row" if block.rows[at][0].muted else "row"


def lines(fit: Fitted) -> Iterator[Line]:
    """The heading, the rows and the sums, in their columns."""
    rule = Line(((GAP.join("─" * wide for wide in fit.widths), "rule"),), "heading")
    headings = [_heading(tall, wide) for tall, wide in zip(fit.columns, fit.widths, strict=True)]
    yield from (Line(pieces, "heading") for pieces in _beside(headings, fit.widths))
    yield rule
    for at in range(len(fit.leads)):
        if at == len(fit.block.rows):
            yield rule
        cells = [_cell(tall, at, wide) for tall, wide in zip(fit.columns, fit.widths, strict=True)]
        of = kind_of(fit.block, at)
        yield from (Line(pieces, of) for pieces in _beside(cells, fit.widths, fit.leads[at][1]))


def _columns(block: Block, leads: Sequence[tuple[str, str]]) -> list[_Tall]:
    rows = [cells for _, cells in (*block.rows, *block.totals)]
    none = [("", "")] * len(rows)
    found = []
    for at, column in enumerate(block.columns):
        cells = tuple(row[at] for row in rows)
        marks = max((width(cell.mark) for cell in cells), default=0)
        found.append(_Tall(column, cells, none if at else leads, marks))
    return found


def _beside(cells: Sequence[list[list[Piece]]], widths: Sequence[int], stems: str = "") -> Iterator[tuple[Piece, ...]]:
    """The lines of cells that stand beside each other, each as high as the highest; the tree's stems go on."""
    blanks: list[Piece] = [(left("" if at else stems, wide), "tree") for at, wide in enumerate(widths)]
    for lines in zip_longest(*cells):
        pieces: list[Piece] = []
        for line, blank in zip(lines, blanks, strict=True):
            pieces += [*(line or [blank]), (GAP, "text")]
        yield tuple(pieces[:-1])


def _heading(tall: _Tall, columns: int) -> list[list[Piece]]:
    if not right_aligned(tall.column):
        return [[(left(line, columns), "heading")] for line in wrap(tall.heading, columns)]
    figures = columns - tall.marks
    return [[(left(right(line, figures), columns), "heading")] for line in wrap(tall.heading, figures)]


def _cell(tall: _Tall, at: int, columns: int) -> list[list[Piece]]:
    cell = tall.cells[at]
    if right_aligned(tall.column):
        return figure_lines(cell, columns - tall.marks, tall.marks)
    first, further = tall.leads[at]
    texts: list[Piece] = [(text, cell.look) for text in wrap(cell.text, columns - width(first))]
    texts += [(text, "after") for text in _lines_after(cell, columns - width(further))]
    leads = [first, *[further] * (len(texts) - 1)]
    return [
        [(before, "tree"), (left(text, columns - width(before)), look)]
        for before, (text, look) in zip(leads, texts, strict=True)
    ]


def _lines_after(cell: Shown, columns: int) -> list[str]:
    return wrap(cell.after, columns) if cell.after else []


def figure_lines(cell: Shown, columns: int, marks: int) -> list[list[Piece]]:
    """A figure or words, ending before the column of marks; what is said after it stands below."""
    texts = wrap(cell.text, columns) if breakable(cell) else [cell.text]
    bar: list[Piece] = [(f"{share_bar(cell.share, BAR)} ", "bar")] if cell.share else []
    room = columns - len(bar) * (BAR + 1)
    signs = [*[""] * (len(texts) - 1), cell.mark]
    lines: list[list[Piece]] = [
        [*bar, (right(text, room) + left(sign, marks), cell.look)] for text, sign in zip(texts, signs, strict=True)
    ]
    return lines + [[(right(text, columns) + left("", marks), "after")] for text in _lines_after(cell, columns)]


def breakable(cell: Shown) -> bool:
    """Whether a cell of a column of figures is words, which may stand on several lines."""
    return cell.look in ("words", "unknown")


def _widths(columns: Sequence[_Tall], room: int) -> list[int]:
    """Every column's width: what it would take, or where that does not fit what it needs, texts sharing the rest."""
    if _wide(columns) <= room:
        return [_natural(tall) for tall in columns]
    room -= len(GAP) * (len(columns) - 1)
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
    """The lines that the rows take, a broken word being as bad as several."""
    beside = list(zip(texts, widths, strict=True))
    height = sum(max(_high(tall, at, wide) for tall, wide in beside) for at in range(len(texts[0].cells)))
    return height + _BROKEN * sum(_broken(tall, wide) for tall, wide in beside)


def _high(tall: _Tall, at: int, columns: int) -> int:
    """The lines of a cell of text."""
    cell, (_, before) = tall.cells[at], tall.leads[at]
    room = columns - width(before)
    return sum(len(wrap(text, room)) if width(text) > room else 1 for text in filter(None, (cell.text, cell.after)))


def _broken(tall: _Tall, columns: int) -> int:
    """The words and numbers of a column that are longer than it is wide."""
    if right_aligned(tall.column):
        return sum(width(word) > columns - tall.marks for said in _said(tall) for word in words(said))
    rooms = [columns - width(before) for _, before in tall.leads]
    texts = [f"{cell.text} {cell.after}" for cell in tall.cells]
    longer = [(text, room) for text, room in zip(texts, rooms, strict=True) if width(text) > room]
    return sum(width(word) > room for text, room in longer for word in words(text))


def _wide(columns: Sequence[_Tall]) -> int:
    """The columns that nothing need be broken in."""
    return sum(map(_natural, columns)) + len(GAP) * (len(columns) - 1)


def _natural(tall: _Tall) -> int:
    if right_aligned(tall.column):
        return max([_figures(tall), *map(width, _said(tall))]) + tall.marks
    texts = [
        width(before) + width(text)
        for cell, (before, _) in zip(tall.cells, tall.leads, strict=True)
        for text in (cell.text, cell.after)
    ]
    return max([width(tall.heading), *texts])


def _least(tall: _Tall, narrow: int) -> int:
    """What a column of figures takes when the words in it are broken."""
    longest = max(width(word) for said in _said(tall) for word in words(said))
    texts = [line for said in _said(tall) for line in wrap(said, max(narrow, longest))]
    return max([_figures(tall), *map(width, texts)]) + tall.marks


def _said(tall: _Tall) -> list[str]:
    """What may be broken in a column of figures."""
    stated = [cell.text for cell in tall.cells if breakable(cell)]
    return [tall.heading, *stated, *(cell.after for cell in tall.cells)]


def _figures(tall: _Tall) -> int:
    """The columns of the widest figure: what is never broken."""
    bars = [(BAR + 1) * (cell.share is not None) for cell in tall.cells]
    figures = [0 if breakable(cell) else width(cell.text) for cell in tall.cells]
    return max(map(sum, zip(bars, figures, strict=True)), default=0)
