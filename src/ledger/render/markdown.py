"""Tables of GitHub's Markdown: the same facts as the plain table, one table a section."""

import re
from collections.abc import Iterator, Sequence

from ledger.render._cell_text import NOTHING, Block, Shown, blocks, legend, notes, right_aligned, title
from ledger.render._escape import one_line
from ledger.table import Row, Table

_ACTIVE = re.compile(r"([\\`*_\[\]|~$])")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_STEP = "&emsp;"
"""A space that Markdown neither takes away nor makes one of several."""


def table(table: Table) -> str:
    """The sections, the tables below, what the signs mean, and the notes."""
    parts = [*_tables(table), [escaped(legend(table))], [f"- {escaped(note)}" for note in notes(table)]]
    return "\n\n".join("\n".join(lines) for lines in parts if any(lines)) + "\n"


def escaped(text: str) -> str:
    """The text without meaning to Markdown or HTML."""
    return _ACTIVE.sub(r"\\\1", text).translate(_HTML)


def _tables(table: Table) -> Iterator[list[str]]:
    yield [f"## {escaped(name)}"] if (name := title(table)) else []
    found = list(blocks(table))
    for block in found:
        yield [f"### {escaped(block.heading)}"] if block.heading else []
        yield _lines(block)
    if not found:
        yield [NOTHING]
    for other in table.below:
        yield from _tables(other)
        yield [f"- {escaped(note)}" for note in notes(other)]


def _lines(block: Block) -> list[str]:
    """The block as lines, its columns padded: so that it can be read as text too."""
    from tabulate import tabulate  # noqa: PLC0415 - slow to import, and not every format needs it

    rows = [_cells(row, cells) for row, cells in block.rows]
    sums = [[f"**{text}**" if text else "" for text in _cells(row, cells)] for row, cells in block.totals]
    return tabulate(
        [*rows, *sums],
        [escaped(one_line(column.heading or column.name)) for column in block.columns],
        tablefmt="pipe",
        disable_numparse=True,
        colalign=["right" if right_aligned(column) else "left" for column in block.columns],
    ).split("\n")


def _cells(row: Row, cells: Sequence[Shown]) -> list[str]:
    texts = [escaped(f"{cell.text}{cell.mark} {cell.after}").strip(" ") for cell in cells]
    texts[0] = _STEP * row.depth + texts[0]
    return texts
