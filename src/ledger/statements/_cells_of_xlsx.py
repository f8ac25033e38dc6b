"""The XML parts of an XLSX workbook → facts of its cells."""

import posixpath
import re
from collections.abc import Mapping

from ledger.statements._archive import WorkbookError, walk
from ledger.statements._cell_facts import RAISED, Facts, Format, format_of

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_RANGE = re.compile(r"([A-Z]{1,3}[1-9]\d{0,6}):([A-Z]{1,3}[1-9]\d{0,6})", re.ASCII)
_PERCENT = {9: Format(percent=True), 10: Format(percent=True)}
_TRUE = ("1", "true")


def part_names(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    targets: dict[str, str] = {}
    names: dict[str, str] = {}

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[attributes.get("Id", "")] = whole

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            id_ = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            names[attributes.get("name", "")] = targets.get(id_, "")

    walk(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"), relation, _nothing)
    walk(parts.get("xl/workbook.xml", b"<none/>"), sheet, _nothing)
    return names


def _nothing(name: str) -> None:
    """No more is asked of an element's end."""


def formats_of(parts: Mapping[str, bytes]) -> list[Format]:
    """What each style of cells shows beside the number."""
    codes: dict[int, str] = {}
    found: list[int] = []
    inside = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            found.append(_number(attributes.get("numFmtId")))

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and name != "cellXfs"

    walk(parts.get("xl/styles.xml", b"<none/>"), start, end)
    return [format_of(codes[one]) if one in codes else _PERCENT.get(one, Format()) for one in found]


def raised_of(parts: Mapping[str, bytes]) -> set[int]:
    """The shared texts with a digit that are written in more than one way."""
    found: set[int] = set()
    at, runs, digit, sound = -1, 0, False, 0

    def start(name: str, _attributes: Mapping[str, str]) -> None:
        nonlocal at, runs, digit, sound
        if name == "si":
            at, runs, digit = at + 1, 0, False
        runs += name == "r"
        sound += name == "rPh"

    def end(name: str) -> None:
        nonlocal sound
        sound -= name == "rPh"
        if name == "si" and runs > 1 and digit:
            found.add(at)

    def text(words: str) -> None:
        nonlocal digit
        digit = digit or (not sound and any(map(str.isdigit, words)))

    walk(parts.get("xl/sharedStrings.xml", b"<none/>"), start, end, text)
    return found


def facts_of(part: bytes, formats: list[Format], raised: set[int]) -> Facts:
    """Facts of one sheet. Raises WorkbookError for one that is broken or too large."""
    reader = _Reader(formats, raised)
    walk(part, reader.start, reader.end, reader.text)
    return reader.facts


class _Reader:
    """What is known of the cell that is being read; a sheet is gone through once."""

    def __init__(self, formats: list[Format], raised: set[int]) -> None:
        self.facts = Facts()
        self.formats, self.raised = formats, raised
        self.line, self.at = -1, (-1, -1)
        self.type, self.style = "", 0
        self.formula, self.inside, self.runs, self.value = False, "", 0, ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self.at = _place(attributes["r"]) if "r" in attributes else (self.line, self.at[1] + 1)
            self.type, self.style = attributes.get("t", "n"), _number(attributes.get("s"))
            self.formula, self.runs, self.value = False, 0, ""
        elif name in ("v", "is"):
            self.inside = name
        elif name == "f":
            self.formula = True
        elif name == "r" and self.inside == "is":
            self.runs += 1
        elif name == "row":
            self.line = _number(attributes.get("r"), self.line + 2) - 1
            self.at = (self.line, -1)
            if attributes.get("hidden") in _TRUE:
                self.facts.hidden_lines.add(self.line)
        elif name == "col" and attributes.get("hidden") in _TRUE:
            first, last = _number(attributes.get("min")), _number(attributes.get("max"))
            self.facts.hidden_columns += max(0, min(last, 16_384) - first + 1)
        elif name == "mergeCell" and (match := _RANGE.fullmatch(attributes.get("ref", ""))):
            (first, left), (last, right) = _place(match[1]), _place(match[2])
            self.facts.merged.append((first + 1, left, last + 1, right))

    def text(self, words: str) -> None:
        if self.inside:
            self.value += words

    def end(self, name: str) -> None:
        if name == self.inside:
            self.inside = ""
        elif name == "c" and (self.value or self.formula):
            self._cell()

    def _cell(self) -> None:
        facts = self.facts
        facts.reach(*self.at)
        facts.formulas += self.formula
        if self.type == "e":
            facts.kinds[self.at] = "error"
        elif self.formula and not self.value and self.type != "str":
            facts.kinds[self.at] = "uncalculated"
        elif self.type == "n" and 0 <= self.style < len(self.formats):
            self._formatted(self.formats[self.style])
        elif (self.type == "s" and self.value.isdecimal() and int(self.value[:9]) in self.raised) or (
            self.type == "inlineStr" and self.runs > 1 and any(map(str.isdigit, self.value))
        ):
            facts.doubts[self.at] = RAISED

    def _formatted(self, shown: Format) -> None:
        if shown.percent:
            self.facts.kinds[self.at] = "percent"
        if shown.scaled:
            by = " 000" * shown.scaled
            self.facts.doubts[self.at] = f"its number format shows it divided by 1{by}: give it a plain one"
        if shown.changed:
            self.facts.doubts[self.at] = f"its number format shows '{shown.changed}' beside it: give it a plain one"
        if shown.unit:
            self.facts.units[self.at] = shown.unit


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and len(text) < 9 and text.isascii() and text.isdecimal() else otherwise


def _place(name: str) -> tuple[int, int]:
    match = _CELL.fullmatch(name)
    if match is None:
        raise WorkbookError(f"a workbook with a cell '{name[:20]}'")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
