"""A section with its figures drawn beside them as bars, as a block that is laid out like any other."""

from collections.abc import Sequence
from typing import TypeVar

from msgspec.structs import replace

from ledger.money import Interval
from ledger.render._bars import Scale, bar, scale_of
from ledger.render._cell_text import Block, Shown
from ledger.table import Column, Row

T = TypeVar("T")

_COLUMN = Column("bar", "integer", " ")
"""Bars fill their column and are never broken: to the layout they are figures."""


def pictured(block: Block, columns: int) -> Block:
    """The section with bars of so many columns: at the end of its rows, or after each of several figures."""
    scale = _scale(block)
    if scale is None:
        return block
    drawn = _drawn(block)
    places = [at + 1 for at in drawn] if len(drawn) > 1 else [len(block.columns)]

    def row(row: Row, cells: tuple[Shown, ...]) -> tuple[Row, tuple[Shown, ...]]:
        return row, _inserted(cells, places, [_cell(cells[at].drawn, scale, columns) for at in drawn])

    return replace(
        block,
        columns=_inserted(block.columns, places, [_COLUMN] * len(drawn)),
        rows=tuple(row(*each) for each in block.rows),
        totals=tuple(row(*each) for each in block.totals),
    )


def pictures(block: Block) -> int:
    """How many columns of bars a section has: none where there are not two figures to compare."""
    return len(_drawn(block)) if _scale(block) else 0


def _scale(block: Block) -> Scale | None:
    intervals = [cell.drawn for _, cells in block.rows for cell in cells if cell.drawn]
    return scale_of(intervals) if len(intervals) > 1 else None


def _drawn(block: Block) -> list[int]:
    """Where the columns stand that are drawn."""
    return [at for at in range(len(block.columns)) if any(cells[at].drawn for _, cells in block.rows)]


def _cell(amount: Interval | None, scale: Scale, columns: int) -> Shown:
    return Shown(bar(amount, scale, columns) if amount else " " * columns, look="bar")


def _inserted(items: Sequence[T], places: Sequence[int], more: Sequence[T]) -> tuple[T, ...]:
    """The items with one more before each of these places."""
    joined = list(items)
    for place, one in reversed(list(zip(places, more, strict=True))):
        joined.insert(place, one)
    return tuple(joined)
