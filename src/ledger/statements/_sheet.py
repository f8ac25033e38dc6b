"""A table of somebody else's, whatever it came in (CSV, XLSX, XLS, ODS): lines of cells that know where they stand."""

from typing import Literal

from msgspec import Struct

from ledger.diagnostic import Place

CellKind = Literal["text", "number", "truth", "date", "time", "percent", "error", "uncalculated"]
"""What a cell of a workbook holds; in delimited text every cell is `text`.

`percent` is a number with a format that shows per cent, `uncalculated` a formula without a kept result.
"""


class Cell(Struct, frozen=True, array_like=True):
    """A cell as it was written, between the characters `column` and `end_column` of its line, from 1.

    Of a workbook they are the number of its column and the next. A `number` is a plain decimal with a point and all
    digits that are sure; of the other kinds the text is what a person would see. An empty cell is text of no length.
    """

    text: str = ""
    kind: CellKind = "text"
    column: int = 1
    end_column: int = 2
    doubt: str = ""
    """Why what is printed may not be what was meant (a raised digit, a fraction too long to be exact); else empty."""
    below: int = 0
    """How many lines below the number of its line the cell begins, where a quoted cell before it breaks the line."""
    unit: str = ""
    """The unit that the number format of a workbook's cell shows beside it: nothing is taken in another one."""


class Line(Struct, frozen=True, array_like=True):
    """A line of a table and its number in the file or sheet, from 1. Blank lines are left out."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


class Sheet(Struct, frozen=True):
    """All lines of a CSV file, or of one sheet of a workbook, from the first, titles and notes among them.

    `merged` are ranges of cells that are shown as one: first line, first cell, last line, last cell (lines by their
    number, cells from 0); nothing where the format does not tell. `notes` are what a reader of the figures should know
    of how they were read: a guessed encoding, sheets and hidden lines, formulas as they were kept.
    """

    path: str
    lines: tuple[Line, ...]
    name: str = ""
    workbook: bool = False
    merged: tuple[tuple[int, int, int, int], ...] | None = None
    notes: tuple[str, ...] = ()

    def place(self, line: Line, at: int | None = None) -> Place:
        """Where a cell stands, or the whole line."""
        if at is None or at >= len(line.cells):
            end = line.cells[-1].end_column if line.cells else 2
            return Place(self.path, line.number, 1, end)
        cell = line.cells[at]
        return Place(self.path, line.number + cell.below, cell.column, cell.end_column)

    def cell_name(self, line: Line, at: int) -> str:
        """What a spreadsheet calls the cell: `B7`."""
        letters, rest = "", at + 1
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{letters}{line.number}"
