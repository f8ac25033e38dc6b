"""What the texts around a table say of all of its figures: their unit, their year, which figures they are."""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from ledger.statements._column_headings import YEARS
from ledger.statements._money_units import Unit, unit_of, units_in
from ledger.statements._sheet import Line, Sheet
from ledger.statements._statement import Role
from ledger.statements._table_keys import named_area

Named = Role | Literal["unclear"] | None
"""The figure that titles name; unclear where they name several, or one that a ledger does not hold."""

_ROLE_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("outcome", re.compile(r"\b(?:utfall(?:et)?|outcomes?)\b", re.IGNORECASE)),
    (
        "forecast",
        re.compile(
            r"\b(?:prognos(?:en|er)?|forecasts?|förslag|beräkn\w+|planeringsram(?:ar)?|sökta?|ansökta|avvikelse[nr]?"
            r"|förändring(?:ar|en)?|anslagssparande|årsarbetskraft\w*|antal|andel(?:ar)?|procentuell\w*"
            r"|per (?:elev|invånare|person|barn|capita|plats|besök))\b",
            re.IGNORECASE,
        ),
    ),
    ("total", re.compile(r"\b(?:budget|anslag|anslagen|anvisat|bidrag)\b", re.IGNORECASE)),
)
_ARRANGED_BY = re.compile(r"\b(?:per|för|på|av|efter|by)\s+(?:anslag|anslagen|appropriation)\b", re.IGNORECASE)
"""What does not say which figure it is: `Utfall per anslag`."""

_LONGEST = 500
_OF_ALL = re.compile(
    r"\W*(?:(?:alla |samtliga )?(?:belopp(?:en)?|siffror|uppgifter|summor|amounts?|figures)\b.*"
    r"|(?:anges )?in? .{1,30})",
    re.IGNORECASE,
)
"""A text below the headings that says what all figures are in; another may be about one of them."""

_OTHER_YEAR = re.compile(
    r"\b(?:källa|source|hämtad|uppdaterad|publicerad|senast|dnr|diarienummer|framåt|fr\.? ?o\.? ?m|t\.? ?o\.? ?m|sedan"
    r"|års priser|prisnivå|jan|januari|feb|februari|mars|april|maj|juni|juli|aug|augusti|sep|september|okt|oktober"
    r"|nov|november|dec|december|kvartal)\b",
    re.IGNORECASE,
)
"""What says that a year in a title is not that of the figures, or only a part of it."""

_TABLE = re.compile(r"\W*(?:tabell|table)\b", re.IGNORECASE)


class Captions(Struct, frozen=True):
    """What the texts say. `units` and `years` hold each that is named, with the line that names it first.

    `area` is the budget area that a title begins with, where it is one.

    `role` is the figure that they name, by `role_words`.
    """

    units: tuple[tuple[Unit, int], ...] = ()
    area: str = ""
    years: tuple[tuple[int, int], ...] = ()
    role: Named = None
    role_words: tuple[str, ...] = ()

    @property
    def unit(self) -> Unit | None:
        """The unit, where they name one only."""
        return self.units[0][0] if len(self.units) == 1 else None


def captions_of(sheet: Sheet, last: int) -> Captions:
    """What the lines above the headings say, and of the unit also those with one text among and below the rows."""
    above = [(line.number, text) for line in sheet.lines[: last + 1] for text in texts_of(line)]
    titles = [(number, text) for number, text in above if number < sheet.lines[last].number]
    alone = [(line.number, "".join(texts_of(line))) for line in sheet.lines[last + 1 :] if len(texts_of(line)) == 1]
    units: dict[Unit, int] = {}
    years: dict[int, int] = {}
    for number, text in (*titles, *(one for one in alone if _says_of_all(one[1]))):
        for unit, _, _ in units_in(text):
            units.setdefault(unit, number)
    for number, text in (*titles, *(one for one in alone if _TABLE.match(one[1]))):
        for year in () if _OTHER_YEAR.search(text) else _years_in(text):
            years.setdefault(year, number)
    role, words = _role_in(" ".join(text for _, text in titles))
    areas = {named_area(text) for _, text in titles} - {""}
    return Captions(tuple(units.items()), areas.pop() if len(areas) == 1 else "", tuple(years.items()), role, words)


def _says_of_all(text: str) -> bool:
    """Whether a text among or below the rows names the unit of all figures: it does nothing else, or is a title."""
    return unit_of(text.strip(" ()[].:")) is not None or bool(_OF_ALL.fullmatch(text) or _TABLE.match(text))


def texts_of(line: Line) -> list[str]:
    """The texts in a line that are not too long to be looked at."""
    return [cell.text.strip() for cell in line.cells if cell.text.strip() and len(cell.text) <= _LONGEST]


def _years_in(text: str) -> Iterator[int]:
    for match in YEARS.finditer(text):
        yield int(match[1])
        if match[2]:
            yield int(match[2])


def _role_in(text: str) -> tuple[Named, tuple[str, ...]]:
    """The figure that titles name: nothing is read into words such as budget, which stand in any title."""
    text = _ARRANGED_BY.sub(" ", text)
    found = [(role, match[0]) for role, pattern in _ROLE_WORDS if (match := pattern.search(text))]
    words = tuple(f"'{word}'" for _, word in found)
    named = {role for role, _ in found}
    if not named or named == {"total"}:
        return None, words
    return ("outcome" if named == {"outcome"} else "unclear"), words
