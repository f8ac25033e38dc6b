"""A table as people read it: every cell in words, by sections. The formats that people see lay this out."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ledger.money import Amount, Interval, auto_unit, decimals_needed, range_words, swedish, unit_name
from ledger.render._escape import one_line
from ledger.table import Cell, Column, Money, Row, Share, Table, share_words

NOTHING = "nothing to show"
"""Stands where a table has no rows."""

DERIVED, CALCULATED, ROUNDED = "*", "†", "±"
_LEGEND = {
    DERIVED: "derived from other figures",
    CALCULATED: "calculated in the ledger",
    ROUNDED: "rounded by its source",
}
_BARE = re.compile(r"(\D*+)\d[\d\s_.,]*+(\D++\d[\d\s_.,]*+)?")
"""Words that end in a number and so have left their unit to the file: `ca 600`, `6–7`."""

Look = Literal["text", "number", "derived", "words", "unknown", "bar"]


class Shown(Struct, frozen=True):
    """A cell: a number or words, the sign of how it is known, and what is said after it.

    A share may be drawn as a bar, and so may `drawn`, an amount of a column that is a picture too.
    """

    text: str
    mark: str = ""
    after: str = ""
    look: Look = "text"
    share: Share | None = None
    drawn: Interval | None = None


class Block(Struct, frozen=True):
    """A section under its heading; the cells of its rows stand under `columns`, and every row keeps its depth."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Row, tuple[Shown, ...]], ...]
    totals: tuple[tuple[Row, tuple[Shown, ...]], ...]


def title(table: Table) -> str:
    """The title; it names the unit where no heading of a section does."""
    name = one_line(table.title)
    return _with_unit(table, name, "") if _sections(table) == [""] else name


def blocks(table: Table) -> Iterator[Block]:
    """The sections in the order in which their rows come, without the machine's columns and those without an entry.

    Drawn are the figures of rows that are not pale: neither the sums nor what is in none of them.
    """
    sections = _sections(table)
    pictures = [at for at, column in enumerate(table.columns) if column.name in table.drawn]
    for section in sections:
        name = one_line(section)
        heading = _with_unit(table, name[:1].upper() + name[1:], section) if sections != [""] else ""
        unit, decimals = _unit(table, section), _decimals(table, section)
        kept = _kept(table, section)
        rows, totals = (
            tuple(
                (row, tuple(shown(row.cells[at], unit, decimals, drawn=at in drawn and not row.muted) for at in kept))
                for row in group
                if row.section == section
            )
            for group, drawn in ((table.rows, pictures), (table.totals, ()))
        )
        yield Block(heading, tuple(table.columns[at] for at in kept), rows, totals)


def _kept(table: Table, section: str) -> list[int]:
    """Where the columns stand that people read and that say something in this section; the first always does."""
    readable = [at for at, column in enumerate(table.columns) if column.only != "machine"]
    rows = [row for row in (*table.rows, *table.totals) if row.section == section]
    return [at for at in readable if at == readable[0] or any(row.cells[at] not in (None, "", ()) for row in rows)]


def legend(table: Table) -> str:
    """What the signs that occur in a table, or in those below it, mean; empty where none does."""
    marks = "".join(_marks(table))
    return ", ".join(f"{mark} {meaning}" for mark, meaning in _LEGEND.items() if mark in marks)


def notes(table: Table) -> list[str]:
    """The sentences that follow a table."""
    return list(filter(None, map(one_line, table.notes)))


def right_aligned(column: Column) -> bool:
    """Whether a column's cells end under each other."""
    return column.type in ("money", "share", "integer")


def shown(cell: Cell, unit: str, decimals: int, *, drawn: bool = False) -> Shown:
    """A cell in words; figures in `unit`, with at least so many decimals; `drawn` ones are a picture too."""
    match cell:
        case None:
            return Shown("")
        case Money(amount=amount):
            return replace(_money(cell, unit, decimals), drawn=amount.interval if drawn and amount else None)
        case Share():
            return Shown(share_words(cell), share=cell)
        case bool():
            return Shown("yes" if cell else "no")
        case tuple():
            return Shown(", ".join(map(one_line, cell)))
        case _:
            return Shown(one_line(str(cell)))


def _money(cell: Money, unit: str, decimals: int) -> Shown:
    amount = cell.amount
    if amount is None:
        return Shown(one_line(cell.remark) or "not stated", look="unknown")
    mark = {"derived": DERIVED, "calculated": CALCULATED}.get(cell.how, "")
    number = _number(cell)
    limits = range_words(amount.interval, unit, decimals)
    if number is None and cell.how in ("stated", "calculated"):
        return Shown(_words(amount, unit), mark, _after(cell.remark), "words")
    look: Look = "derived" if mark == DERIVED else "number"
    if number is None:
        return Shown(limits, mark, _after(cell.remark), look)
    if amount.sense == "rounded":
        mark += ROUNDED
    known = amount.exact or amount.sense == "rounded"
    return Shown(swedish(number, unit, decimals), mark, _after("" if known else limits, cell.remark), look)


def _after(*texts: str) -> str:
    """In brackets, because a remark may begin with a number: `131 (2 not stated)`."""
    said = "; ".join(filter(None, map(one_line, texts)))
    return f"({said})" if said else ""


def _number(cell: Money) -> int | None:
    """The öre that are shown as a number: of exact and rounded figures, and of sums that have an upper limit."""
    amount = cell.amount
    if amount is None or amount.exact:
        return amount.interval.low if amount else None
    bounded = amount.interval.low is not None and amount.interval.high is not None
    return amount.number if amount.sense == "rounded" or (cell.how == "sum" and bounded) else None


def _words(amount: Amount, unit: str) -> str:
    """The source's own words; a number without its unit is written in the table's, so that it cannot be misread."""
    words = one_line(amount.words)
    bare = _BARE.fullmatch(words)
    if words and not bare:
        return words
    if bare and amount.number is not None and not bare[2]:
        return bare[1] + swedish(amount.number, unit)
    return range_words(amount.interval, unit)


def _sections(table: Table) -> list[str]:
    return list(dict.fromkeys(row.section for row in (*table.rows, *table.totals)))


def _figures(table: Table, section: str) -> Iterator[int]:
    """The öre of every figure of a section that is shown as a number."""
    for row in (*table.rows, *table.totals):
        if row.section == section:
            for column, cell in zip(table.columns, row.cells, strict=True):
                number = _number(cell) if isinstance(cell, Money) and column.only != "machine" else None
                if number is not None:
                    yield number


def _unit(table: Table, section: str) -> str:
    return table.units.get(section) or auto_unit(_figures(table, section))


def _decimals(table: Table, section: str) -> int:
    unit = _unit(table, section)
    return max((decimals_needed(number, unit) for number in _figures(table, section)), default=0)


def _with_unit(table: Table, heading: str, section: str) -> str:
    if all(column.type != "money" or column.only == "machine" for column in table.columns):
        return heading
    unit = unit_name(_unit(table, section), table.currency)
    return f"{heading}, {unit}" if heading else unit


def _marks(table: Table) -> Iterator[str]:
    for block in blocks(table):
        yield from _cell_marks(block.rows)
        yield from _cell_marks(block.totals)
    for other in table.below:
        yield from _marks(other)


def _cell_marks(rows: Iterable[tuple[Row, tuple[Shown, ...]]]) -> Iterator[str]:
    return (cell.mark for _, cells in rows for cell in cells)
