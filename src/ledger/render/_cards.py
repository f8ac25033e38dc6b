"""A section for a terminal too narrow for its columns: under each row's first cell its others, a line each."""

from collections.abc import Iterator, Sequence

from ledger.render._cell_text import Block, Shown, right_aligned
from ledger.render._column_widths import BAR, GAP, Line, Piece, breakable, figure_lines, kind_of, leads_of
from ledger.render._escape import left, one_line, width, words, wrap
from ledger.render._narrow_columns import signed
from ledger.render._tree import Branches
from ledger.table import Column

_INDENT = "  "


def cards(block: Block, room: int, branches: Branches) -> Iterator[Line]:
    """The rows and sums of a section, each as high as it has something to say."""
    block = signed(block)
    rows = [*block.rows, *block.totals]
    names = max((width(_name(column)) for column in block.columns[1:] if 2 * width(_name(column)) <= room), default=0)
    marks = max((width(cell.mark) for _, cells in rows for cell in cells), default=0)
    rule = Line((("─" * room, "rule"),), "heading")
    yield from (Line(((text, "heading"),), "heading") for text in wrap(_name(block.columns[0]), room))
    yield rule
    for at, ((_, cells), (first, further)) in enumerate(zip(rows, leads_of(block, branches), strict=True)):
        if at == len(block.rows):
            yield rule
        of = kind_of(block, at)
        name = " ".join(filter(None, (cells[0].text + cells[0].mark, cells[0].after)))
        for number, text in enumerate(wrap(name, room - width(first))):
            yield Line(((further if number else first, "tree"), (text, cells[0].look)), of)
        stem = further + _INDENT
        for column, cell in zip(block.columns[1:], cells[1:], strict=True):
            for pieces in _detail(cell, column, names, room - width(stem), marks) if cell.text else ():
                yield Line(((stem, "tree"), *pieces), of)


def too_long(block: Block, room: int) -> int:
    """The words of texts that no line of this length holds."""
    texts = (cell.text for _, cells in (*block.rows, *block.totals) for cell in cells)
    return sum(width(word) > room for text in texts for word in words(text))


def _name(column: Column) -> str:
    return one_line(column.heading or column.name)


def _detail(cell: Shown, column: Column, names: int, room: int, marks: int) -> Iterator[Sequence[Piece]]:
    """A cell beside its column's heading, or under it where both have no room on a line; texts begin one column."""
    name = _name(column)
    names = width(name) if right_aligned(column) else names
    beside = room - names - len(GAP)
    under = width(name) > names or _longest(cell, column, marks) > beside
    columns = room - len(GAP) if under else beside
    if right_aligned(column):
        value = figure_lines(cell, columns - marks, marks)
    else:
        value = [[(text, cell.look)] for text in wrap(cell.text, columns)]
    for text in wrap(name, room) if under else ():
        yield [(text, "heading")]
    for number, pieces in enumerate(value):
        before = "" if under else left("" if number else name, names)
        yield [(before + GAP, "heading"), *pieces]


def _longest(cell: Shown, column: Column, marks: int) -> int:
    """The columns of what cannot be broken in a cell."""
    if not right_aligned(column):
        return max(map(width, words(cell.text)))
    bar = BAR + 1 if cell.share else 0
    figures = words(cell.text) if breakable(cell) else [cell.text]
    return marks + max(bar + max(map(width, figures)), *map(width, words(cell.after)))
