"""The rows of a table → its cells, each with the unit, the year and the total that the headings around it name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.statements.prose import find_amounts, unit_of_heading
from ledger.statements.running_text.passage import Passage, Scope

_OTHER_MEASURE = re.compile(
    r"%|\b(?:antal|andel(?:en)?|procent|år|nr|nummer|telefon\w*|\w*datum|löp(?:nummer|nr)|postnummer|helårs\w+|håp|hst|åa|id|ref"
    r"|kod|personer|platser|index|number|share|per ?cent|code|dnr"
    r"|diarien(?:umme)?r|årsarbetskraft\w*|kvot(?:en)?|\w+grad(?:en)?|org\.? ?nr|organisationsnummer|\w+kod"
    r"|ratio|rate)\b",
    re.IGNORECASE,
)
"""What says that figures are no money, wherever it stands in a heading or before a row."""

_OTHER_THINGS = re.compile(
    r"(?:invånare|tjänster|länder|\w+jourer|beviljade ansökningar|konto|version|(?:fot)?not(?:er)?|anm(?:ärkning)?\.?"
    r"|kolumn|post|anslagspost|nivå|månad|kvartal|personal\w*|anställda|ansökning\w*|ärenden?|beslut|sid(?:a|an|or)?|kvinnor|män|flickor|pojkar|barn|elever"
    r"|deltagare|besök\w*|grad|kap(?:itel)?|vecka|månader|dagar|timmar|rad|tabell|bilaga|ålder|ranking|plats|poäng|betyg"
    r"|kommuner|regioner|fte|headcount|staff|employees|applications|cases|women|men|girls|boys|pages?|days|hours|rank|score"
    r")[ ,:]*(?:(?:19|20)\d\d)?",
    re.IGNORECASE,
)
"""What a column counts when it is all of its heading: `Kvinnor`, but not `Stöd till kvinnor`."""

_TOTAL = re.compile(r"\b(?:totalt?|summa|sammanlagt|sum)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PAIR = re.compile(r"(?<!\d)((?:19|20)\d\d)([-–‑/])(\d\d)(?![\d/])")
_FIGURE = re.compile(r"[-−–+±]?\d[\d\s.,]*%?")
_MOST_STACKED = 4
"""Rows that name the columns together; rows of headings may have no end."""

_LONGEST_HEADING = 200
"""Characters; a cell with more is no heading of what stands beside or below it."""


class Cell(Struct, frozen=True):
    """A cell at its column, from 0, and the columns it goes over; a `heading` says what others hold."""

    passages: tuple[Passage, ...]
    column: int
    width: int = 1
    heading: bool = False
    doubt: str = ""
    """Why it may be two cells; else empty."""

    @property
    def text(self) -> str:
        """What it says, when that is short enough for a heading."""
        text = " ".join(passage.text for passage in self.passages)
        return text if len(text) <= _LONGEST_HEADING else ""


class _Heading(Struct, frozen=True):
    """What a heading over a column or before a row says of the figures there; `other` is that they are no money."""

    text: str
    unit: str = ""
    other: bool = False
    years: frozenset[str] = frozenset()
    total: bool = False


_SILENT = _Heading("")


class Grid(Struct):
    """A table as far as it is read: the unit of all of it, and the headings of its columns."""

    unit: str = ""
    _headings: dict[int, _Heading] = field(default_factory=dict)
    _begun: bool = False
    _stacked: int = 0

    def above(self, text: str) -> None:
        """A caption, or what stands right above the table: it may name the unit of all figures."""
        if len(text) <= _LONGEST_HEADING and all(one.unreadable for one in find_amounts(text)):
            self.unit = unit_of_heading(text) or self.unit

    def row(self, cells: Sequence[Cell]) -> Iterator[Passage]:
        """The passages of a row."""
        filled = [cell for cell in cells if cell.passages]
        first = not self._headings and _no_figure(filled)
        further = bool(self._headings) and not self._begun and _goes_on(filled)
        heads = bool(filled) and (all(cell.heading for cell in filled) or first or further or _only_years(filled))
        if heads:
            self._name(filled)
        elif len(filled) == 1:
            self.above(filled[0].text)
        self._begun = self._begun or (bool(filled) and not heads)
        labelled = not heads and len(filled) > 1 and not filled[0].column
        label = _heading(filled[0].text) if labelled else _SILENT
        for cell in filled:
            scope = Scope() if heads or (labelled and not cell.column) else self._scope(cell, label)
            yield from (replace(passage, cell=True, scope=scope) for passage in cell.passages)

    def _name(self, cells: Sequence[Cell]) -> None:
        """Take the row for headings: of columns that have some, further ones; after rows of figures, new ones."""
        if self._begun or self._stacked == _MOST_STACKED:
            self._headings, self._begun, self._stacked = {}, False, 0
        self._stacked += 1
        above = dict(self._headings)
        for cell in cells:
            for column in range(cell.column, cell.column + cell.width):
                joined = _joined(_over(above, column), cell.text)
                self._headings[column] = _heading(joined, cell.text)
        self.unit = self._headings.get(0, _SILENT).unit or self.unit

    def _scope(self, cell: Cell, label: _Heading) -> Scope:
        """What its column, its row and its table say of a cell; the nearest holds, but the first two must agree."""
        heading = self._headings.get(cell.column, _SILENT)
        years = heading.years or label.years
        units = tuple(dict.fromkeys(filter(None, (heading.unit, label.unit))))
        if not units and self.unit and cell.column:
            units = (self.unit,)
        if heading.other or label.other:
            units = ()
        year = next(iter(years)) if len(years) == 1 else ""
        return Scope(units, year, heading.total or label.total, cell.doubt if units else "")


def _heading(text: str, column: str = "") -> _Heading:
    """What is said over a column, whose own heading is `column`, or before a row."""
    unit = unit_of_heading(text) or ""
    other = not unit and bool(_OTHER_MEASURE.search(text) or _OTHER_THINGS.fullmatch(column.strip()))
    return _Heading(text, unit, other, frozenset(_years(text)), bool(_TOTAL.search(text)))


def _years(text: str) -> Iterator[str]:
    """The years that a heading names: `2022–23` is a period, and `2023/24`, a fiscal year, is none."""
    for pair in _PAIR.finditer(text):
        if pair[2] != "/" and int(pair[3]) == (int(pair[1]) + 1) % 100:
            yield f"{pair[1]}-{int(pair[1]) + 1}"
    yield from _YEAR.findall(_PAIR.sub(" ", text))


def _joined(above: str, below: str) -> str:
    """Two headings as one; a word that is broken over both is one word."""
    return above[:-1] + below if above.endswith("-") and below[:1].islower() else f"{above} {below}".strip()


def _over(headings: Mapping[int, _Heading], column: int) -> str:
    """What the headings say above a column: where nothing is, what stands to the left goes over it too."""
    left = max((at for at in headings if 0 < at <= column), default=column)
    return headings.get(column, headings.get(left, _SILENT)).text


def _goes_on(cells: Sequence[Cell]) -> bool:
    """Whether a row right below headings goes on with them: it names no row, or years in all columns but one."""
    texts = [cell.text for cell in cells if cell.column]
    years = len(texts) > 1 and all(_YEAR.fullmatch(text) for text in texts)
    unnamed = bool(texts) and len(texts) == len(cells) and not any(_FIGURE.fullmatch(text) for text in texts)
    return years or unnamed


def _no_figure(cells: Sequence[Cell]) -> bool:
    """Whether a row could be headings: several cells, and besides years none is a bare number."""
    texts = [cell.text for cell in cells]
    return len(cells) > 1 and not any(_FIGURE.fullmatch(text) and not _YEAR.fullmatch(text) for text in texts)


def _only_years(cells: Sequence[Cell]) -> bool:
    """Whether a row names the years of the columns: two or more, one after the other."""
    texts = [cell.text for cell in cells if cell.column]
    years = [int(text) for text in texts if _YEAR.fullmatch(text)]
    return len(years) == len(texts) > 1 and all(after - year == 1 for year, after in pairwise(years))
