"""The content of an ODS workbook → facts of the cells of each sheet."""

from collections.abc import Mapping

from ledger.statements._archive import WorkbookError, walk
from ledger.statements._cell_facts import RAISED, Fact, Facts

_HIDDEN = ("collapse", "filter")
_MOST_REPEATED = 1_048_576


def facts_by_sheet(content: bytes) -> dict[str, Facts]:
    """Facts by the names of the sheets. Raises WorkbookError for a part that is broken or a sheet that is too large."""
    reader = _Reader()
    walk(content, reader.start, reader.end, reader.text)
    return reader.sheets


class _Reader:
    """Where in a sheet the reading is; cells and lines that are repeated count as often as they are."""

    def __init__(self) -> None:
        self.sheets: dict[str, Facts] = {}
        self.facts = Facts()
        self.line, self.column, self.lines = 0, 0, 1
        self.repeated, self.filled, self.digit, self.spans = 1, False, False, 0
        self.kind: Fact | None = None
        self.currency = ""
        self.depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table":
            self.depth += 1
            if self.depth == 1:
                self.facts = self.sheets.setdefault(attributes.get("table:name", ""), Facts())
                self.line = 0
        elif name == "table-column":
            if attributes.get("table:visibility") in _HIDDEN:
                self.facts.hidden_columns += _times(attributes, "columns")
        elif name == "table-row":
            self.column, self.lines = 0, _times(attributes, "rows")
            if attributes.get("table:visibility") in _HIDDEN and self.lines < _MOST_REPEATED // 16:
                self.facts.hidden_lines.update(range(self.line, self.line + self.lines))
        elif name in ("table-cell", "covered-table-cell"):
            self._begin(attributes)
        elif name == "span":
            self.spans += 1

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self.repeated = _times(attributes, "columns")
        formula = "table:formula" in attributes
        value = attributes.get("office:value-type")
        self.kind = "percent" if value == "percentage" else None
        if attributes.get("calcext:value-type") == "error":
            self.kind = "error"
        elif formula and value is None:
            self.kind = "uncalculated"
        self.facts.formulas += formula
        self.currency = attributes.get("office:currency", "")
        self.filled, self.digit, self.spans = formula or value is not None, False, 0
        across, down = _times(attributes, "columns", "spanned"), _times(attributes, "rows", "spanned")
        if across > 1 or down > 1:
            end = self.line + down, self.column + across - 1
            self.facts.merged.append((self.line + 1, self.column, *end))

    def text(self, words: str) -> None:
        self.digit = self.digit or any(map(str.isdigit, words))

    def end(self, name: str) -> None:
        if name == "table":
            self.depth -= 1
        elif name == "table-row":
            self.line += self.lines
        elif name in ("table-cell", "covered-table-cell"):
            if self.filled:
                self.facts.reach(self.line + self.lines - 1, self.column + self.repeated - 1)
                self._note()
            self.column += self.repeated

    def _note(self) -> None:
        doubt = self.spans > 0 and self.digit
        if self.kind is None and not doubt and not self.currency:
            return
        for line in range(self.line, self.line + self.lines):
            for column in range(self.column, self.column + self.repeated):
                if self.kind is not None:
                    self.facts.kinds[line, column] = self.kind
                if self.currency:
                    self.facts.units[line, column] = "kr" if self.currency == "SEK" else self.currency
                if doubt:
                    self.facts.doubts[line, column] = RAISED


def _times(attributes: Mapping[str, str], of: str, how: str = "repeated") -> int:
    text = attributes.get(f"table:number-{of}-{how}", "1")
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= _MOST_REPEATED * 2):
        raise WorkbookError(f"a workbook with {text[:20]} {of} that are {how}")
    return int(text)
