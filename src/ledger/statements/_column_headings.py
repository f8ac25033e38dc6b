"""The headings of tables: what a column means, the unit, the currency and the year that its heading names."""

import re
import unicodedata
from typing import get_args

from msgspec import Struct

from ledger.statements._money_units import Unit, unit_of, units_in
from ledger.statements._statement import Role

LONGEST = 200
"""Characters of a heading that is looked at."""

KEYS: dict[str, tuple[str, ...]] = {
    "id": ("id", "line", "key"),
    "code": (
        *(
            "code",
            "full_code",
            "kod",
            "anslag",
            "anslagskod",
            "anslagsnummer",
            "anslagsnr",
            "anslag nr",
            "appropriation",
        ),
        *("anslagsbeteckning", "appropriation code", "appropriation number", "anslag/anslagspost"),
    ),
    "area": ("utgiftsområde", "uo", "utgiftsområdesnummer", "budget area", "expenditure area"),
    "item": ("anslagspost", "anslagspostnummer", "anslagspostnr", "ap", "ap.", "appropriation item", "item"),
    "recipient": (
        *("recipient", "mottagare", "agency", "myndighet", "recipient_name", "bidragsmottagare", "organisation"),
        *("bidragstagare", "mottagande myndighet", "förening", "sökande", "beneficiary", "grantee", "organization"),
        *("lärosäte", "universitet", "university"),
        *("organisationsnamn", "mottagande organisation", "mottagarens namn", "disponeras av", "disponent"),
    ),
    "org_number": ("org_number", "organisationsnummer", "orgnr", "org.nr", "org.nummer", "org.-nr", "orgnummer"),
    "year": (
        "year",
        "år",
        "budgetår",
        "budgetåret",
        "anslagsår",
        "årtal",
        "bidragsår",
        "verksamhetsår",
        "fiscal year",
        "budget year",
    ),
    "kind": ("kind",),
    "name": (
        *("title", "name", "namn", "benämning", "anslagsnamn", "titel", "rubrik", "anslagsbenämning", "ändamål"),
        *("projekt", "projektnamn", "insats", "anslagets namn", "anslagspostsnamn"),
    ),
    "currency": ("currency", "valuta", "valutakod", "currency code"),
    "unit": ("unit", "enhet"),
}
FIGURES: dict[Role, tuple[str, ...]] = {
    "base": (
        "base",
        "budget",
        "statens budget",
        "ursprunglig",
        "bas",
        "grundbelopp",
        "ursprungligt belopp",
        "ursprunglig budget",
    ),
    "top-ups": ("top_ups", "top-ups", "ändringsbudgetar", "ändringsbudget", "tillskott"),
    "total": (
        *("total", "amount", "belopp", "summa", "totalt", "sum", "totalbelopp", "total amount", "totala belopp"),
        *("anslagsbelopp", "bidragsbelopp", "grant amount", "amount granted", "approved amount", "allocated amount"),
        *("beviljat belopp", "beviljat", "tilldelat belopp", "tilldelade medel", "tilldelat", "anvisade medel"),
    ),
    "outcome": ("outcome", "utfall", "utbetalt", "utbetalt belopp", "förbrukat", "actual", "actual spending"),
}
ROLES: tuple[Role, ...] = get_args(Role)

_OF_ALL = ("summa", "totalt", "total", "sum", "totalsumma", "totalbelopp", "totalamount")
"""Names of a column that may be the sum of the columns of years beside it."""

_GENERIC = ("total", "amount", "belopp", "summa", "totalt", "sum", "", "totalbelopp", "totalamount")
"""Names that say nothing of which figure it is: a caption may."""

_GRANTED = ("anslag", "appropriation", "anslaget", "bidrag", "medel", "tilldelning", "allocation", "grant", "grants")
"""With a year or a unit, money; else a code, or what the money is."""

_FISCAL = re.compile(r"(?<![\d/])((?:19|20)\d\d)\s*/\s*(?:(?:19|20)?\d\d)(?![\d/])")
YEARS = re.compile(r"(?<![\d/:.,-])((?:19|20)\d\d)(?:\s*[-–‑]\s*((?:19|20)\d\d))?(?![\d/:])(?![.,-]\d)")
_MARKS = re.compile(r"(?:[¹²³⁰⁴-⁹*†]+\)?|(?<=\s)\d\))$")
_EDGES = " \t,;:()[]–-_."


def same(name: str) -> str:
    """A heading as it is compared: without case and spaces, which printings of one header differ in."""
    return "".join(unicodedata.normalize("NFC", name).replace("\u00ad", "").split()).casefold()


_MEANINGS = {same(word): key for key, words in (*KEYS.items(), *FIGURES.items()) for word in words}


class Heading(Struct, frozen=True):
    """What a heading says. `meaning` is a key, a role, or empty; `bare` one that is nothing but a year.

    `generic` names no figure of its own (`Belopp`), `of_all` may be the sum of a row. `fault` is why it cannot be used.
    """

    meaning: str = ""
    unit: Unit | None = None
    years: tuple[int, int] | None = None
    bare: bool = False
    generic: bool = False
    of_all: bool = False
    fault: str = ""

    @property
    def role(self) -> Role | None:
        """The figure that the column holds, where it is one of money."""
        return next((role for role in ROLES if role == self.meaning), None)


def heading_of(written: str) -> Heading:
    """Read a heading: `Belopp (TSEK)`, `Budget 2023, mnkr`, `2024`, `Anslag`."""
    if len(written) > LONGEST:
        return Heading()
    text = " ".join(unicodedata.normalize("NFC", re.sub(r"-\s*\n\s*(?=[a-zåäö])", "", written)).split())
    text = text.replace("_", " ") if same(text) not in _MEANINGS else text
    if "%" in text or re.search(r"\b(?:andel|procent|share)\b", text, re.IGNORECASE):
        return Heading()
    whole = _MEANINGS.get(same(text))
    if whole:
        generic, of_all = same(text) in _GENERIC, same(text) in _OF_ALL
        return Heading(whole, generic=generic, of_all=of_all)
    text = _MARKS.sub("", text).strip()
    fiscal = _FISCAL.search(text)
    if fiscal:
        first = int(fiscal[1])
        said = f"'{text}' is a fiscal year, which is not read yet: write '{first}-{first + 1}' for a period"
        return Heading(years=(first, first + 1), fault=said)
    units = units_in(text, sentence=False)
    unit = units[0][0] if units else unit_of(text)
    rest = text[: units[0][1]] + text[units[0][2] :] if units else "" if unit else text
    found = list(YEARS.finditer(rest))
    if len(units) > 1 or len(found) > 1:
        return Heading()
    years = (int(found[0][1]), int(found[0][2] or found[0][1])) if found else None
    rest = rest[: found[0].start()] + rest[found[0].end() :] if found else rest
    return _named(_bare_name(rest), unit, years)


def _bare_name(rest: str) -> str:
    """The name without the brackets, commas and small words that stood around a unit or year."""
    before = None
    while before != rest:
        before = rest
        rest = re.sub(
            r"(?:^|[\s,(\[])(?:i|in|för|år|for|angivet|angivna)$", "", rest.strip(_EDGES), flags=re.IGNORECASE
        )
    return rest


def _named(name: str, unit: Unit | None, years: tuple[int, int] | None) -> Heading:
    plain = same(name)
    generic, of_all = plain in _GENERIC, plain in _OF_ALL
    if not plain:
        bare = years is not None and unit is None
        return Heading("total" if years or unit else "", unit, years, bare=bare, generic=True)
    meaning = "total" if plain in _GRANTED and (unit or years) else _MEANINGS.get(plain, "")
    if meaning in KEYS and (unit or years):
        return Heading()
    return Heading(meaning, unit, years, generic=generic, of_all=of_all) if meaning else Heading("", unit, years)
