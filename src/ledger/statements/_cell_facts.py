"""What a workbook's parts say of its cells beyond their values: errors, formulas, formats, hidden lines."""

import re
from typing import Literal

from msgspec import Struct, field

from ledger.statements._archive import WorkbookError

MOST_CELLS = 5_000_000
"""Cells of a sheet between its first and its last, filled or not: a reader makes room for each of them."""

Fact = Literal["error", "uncalculated", "percent"]
RAISED = "parts of the cell are written in different ways: is a digit of it a raised mark?"

MOST_COLUMNS = 16_384


class Facts(Struct):
    """Of one sheet: facts by line and column, both from 0; `last_line` and `last_column` are those of any content."""

    kinds: dict[tuple[int, int], Fact] = field(default_factory=dict)
    doubts: dict[tuple[int, int], str] = field(default_factory=dict)
    units: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_lines: set[int] = field(default_factory=set)
    hidden_columns: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    formulas: int = 0
    last_line: int = -1
    last_column: int = -1

    def reach(self, line: int, column: int) -> None:
        """There is a cell with content here; raises WorkbookError where the sheet is too wide and long for that."""
        self.last_line, self.last_column = max(self.last_line, line), max(self.last_column, column)
        if self.last_column >= MOST_COLUMNS or (self.last_line + 1) * (self.last_column + 1) > MOST_CELLS:
            raise WorkbookError(f"a sheet of more than {MOST_CELLS} cells between its first and its last")


class Format(Struct, frozen=True):
    """What a number format shows beside the number."""

    percent: bool = False
    changed: str = ""
    """What it shows beside the number that makes another one of it."""
    scaled: int = 0
    """How many times it divides by 1 000 what is seen."""
    unit: str = ""


_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]|[_*].')
_SCALED = re.compile(r"[0#?](,+)(?![,0#?.])|[0#?](,+)\.")
_UNITS = (
    *(("mdkr", r"md(?:r|kr)|miljard(?:er)?|mdr kr"), ("mnkr", r"mn?kr|msek|milj(?:on(?:er)?)?\.?(?: ?kr)?")),
    *(
        ("tkr", r"[tk]kr|tsek|ksek"),
        ("kr", r"kr|sek|kronor|:-"),
        ("EUR", "€|eur"),
        ("USD", r"\$|usd"),
        ("GBP", "£|gbp"),
    ),
)


def format_of(code: str) -> Format:
    """Read the first section of a number format: `# ##0 "tkr"`, `#,##0,,`, `0 %`."""
    literals: list[str] = []

    def apart(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or match[3] or "")
        return ""

    bare = _LITERAL.sub(apart, code.split(";", maxsplit=1)[0])
    words = "".join(literals).strip().casefold().replace("\xa0", " ") or re.sub(r"[^a-zåäö€$£]", "", bare.casefold())
    scaled = _SCALED.search(bare)
    unit = next((name for name, known in _UNITS if re.fullmatch(known, words)), "")
    said = "".join(literals)
    signed = re.match(r"\s*[-−(]", re.sub(r"^(?:\s|\[[^\]]*\])*", "", bare))
    strange = bool(signed) or bool(not unit and re.search(r"[\d(−-]", said))
    other = bool(words) and not unit and any(map(str.isalpha, said))
    return Format(
        "%" in bare,
        said.strip() or bare if strange or other else "",
        len(scaled[1] or scaled[2]) if scaled else 0,
        unit,
    )
