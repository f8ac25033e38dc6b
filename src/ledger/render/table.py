"""A plain text table: for pipes, files and terminals without colour. Its width depends on nothing but the table."""

from collections.abc import Iterator, Sequence

from ledger.render._cell_text import NOTHING, Block, Shown, blocks, legend, notes, right_aligned, title
from ledger.render._escape import in_ascii, left, one_line, right, width
from ledger.render._tree import INDENTED, Branches, lead
from ledger.table import Column, Table


def table(table: Table, *, ascii: bool = False) -> str:  # noqa: A002 - what the reader of a call wants to see
    """The sections with their trees and sums, the tables below, what the signs mean, and the notes.

    With `ascii` all that is not data is ASCII, and so are the dashes and quotes in it.
    """
    branches = INDENTED if ascii else Branches()
    parts = [*_tables(table, branches), [legend(table)], notes(table)]
    text = "\n\n".join("\n".join(lines) for lines in parts if any(lines)) + "\n"
    return in_ascii(text) if ascii else text


def _tables(table: Table, branches: Branches) -> Iterator[list[str]]:
    """Paragraphs: of every section its heading and rows; then the same of the tables below, with their notes."""
    yield [title(table)]
    found = list(blocks(table))
    for block in found:
        yield [*filter(None, [block.heading]), *_lines(block, branches)]
    if not found:
        yield [NOTHING]
    for other in table.below:
        yield from _tables(other, branches)
        yield notes(other)


def _lines(block: Block, branches: Branches) -> list[str]:
    """The block as lines: columns of finished strings, so that nothing rounds money or takes away its indentation."""
    leads = [
        *(first for first, _ in lead([row.depth for row, _ in block.rows], branches)),
        *("" for _ in block.totals),
    ]
    rows = [cells for _, cells in (*block.rows, *block.totals)]
    columns = [
        _column(column, [cells[at] for cells in rows], leads if at == 0 else [""] * len(rows))
        for at, column in enumerate(block.columns)
    ]
    for column in columns:
        rule = "─" * width(column[0])
        column.insert(1, rule)
        if block.totals:
            column.insert(2 + len(block.rows), rule)
    return ["  ".join(cells).rstrip() for cells in zip(*columns, strict=True)]


def _column(column: Column, cells: Sequence[Shown], leads: Sequence[str]) -> list[str]:
    """The heading and the cells of a column, all equally wide; marks and remarks stand beside figures, not in them."""
    heading = one_line(column.heading or column.name)
    texts = [before + cell.text for before, cell in zip(leads, cells, strict=True)]
    if not right_aligned(column):
        columns = max(map(width, (heading, *texts)))
        return [left(text, columns) for text in (heading, *texts)]
    figures = max(map(width, (heading, *texts)))
    marks = max((width(cell.mark) for cell in cells), default=0)
    lines = [right(heading, figures)]
    for text, cell in zip(texts, cells, strict=True):
        after = f" {cell.after}" if cell.after else ""
        lines.append(right(text, figures) + left(cell.mark, marks) + after)
    columns = max(map(width, lines))
    return [left(line, columns) for line in lines]
