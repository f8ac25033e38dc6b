"""Outcome files as tests build them: the layouts of Statskontoret's yearly and monthly expenditure files."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

YEARLY = (
    "Utgiftsområde;Utgiftsområdesnamn;Anslag;Anslagsnamn;Utgiftsområde utfallsår;Utgiftsområdesnamn utfallsår;"
    "Anslag utfallsår;Anslagsnamn utfallsår;År;Ingående överföringsbelopp;Statens budget;Ändringsbudgetar;"
    "Indragningar;Utnyttjad del av medgivet överskridande;Utfall;Anslagskredit;Utgående överföringsbelopp"
)
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_GRAIN = "Utgiftsområde;Utgiftsområdesnamn;Anslag;Anslagsnamn;Anslagspost;Anslagspostsnamn;Anslagsdelpost;Anslagsdelpostsnamn"
MONTHLY = ";".join(
    (
        _GRAIN,
        "Myndighet;Organisationsnummer;År",
        *(f"Utfall {month}" for month in MONTHS),
        *(f"{name} utfallsår" for name in _GRAIN.split(";")),
    )
)

UO13: dict[int, dict[str, int]] = {
    2023: {
        "1:1": 112_030,
        "1:2": 4_132_083,
        "2:1": 134_607,
        "2:2": 100_919,
        "3:1": 705_039,
        "3:2": 72_365,
        "3:3": 48_163,
        "4:1": 260_000,
    },
    2025: {
        "1:1": 98_925,
        "1:2": 4_964_625,
        "2:1": 142_746,
        "2:2": 105_919,
        "3:1": 571_039,
        "3:2": 166_350,
        "3:3": 48_163,
        "4:1": 168_000,
    },
    2026: {
        "1:1": 101_825,
        "1:2": 4_389_646,
        "2:1": 170_437,
        "2:2": 110_919,
        "3:1": 682_039,
        "3:2": 188_197,
        "3:3": 48_163,
        "4:1": 175_000,
    },
}
"""The appropriations of utgiftsområde 13 in tkr, from the budget bills; they come to 5 565 206, 6 265 767, 5 866 226."""


def mnkr(tkr: int) -> str:
    """So many tkr in mnkr, with the eight decimals of the files."""
    sign = "-" if tkr < 0 else ""
    return f"{sign}{abs(tkr) // 1000},{abs(tkr) % 1000:03}00000"


def yearly_row(year: int, number: str, budget: int, *, top_ups: int = 0, outcome: int = 0, area: str = "13") -> str:
    """A row that adds up: what is not spent is carried out. Figures in tkr; an empty area is outside the areas."""
    group, position = number.split(":")
    code = f"{int(area):02}{int(group):02}{int(position):03}" if area else ""
    where = f"{area};Område;{code};Anslag {number}"
    left = budget + top_ups - outcome
    figures = (0, budget, top_ups, 0, 0, outcome, 0, left)
    return f"{where};{where};{year};{';'.join(map(mnkr, figures))}"


def yearly(tables: Mapping[int, Mapping[str, int]], *more: str) -> bytes:
    """A yearly expenditure file with these budgets, and further rows as they are."""
    rows = [yearly_row(year, number, tkr) for year, table in tables.items() for number, tkr in table.items()]
    return file(YEARLY, [*rows, *more])


def monthly_row(
    year: int, code: str, item: str, agency: tuple[str, str], months: Iterable[str], *, sub: str = ""
) -> str:
    """A row of the monthly file; the agency with its number, months in mnkr as written, an empty text being a month that is not reported."""
    where = f"13;Område;{code};Anslag;{item};Post;{sub};"
    return ";".join((where, *agency, str(year), *months, where))


def file(header: str, rows: Iterable[str]) -> bytes:
    """Header and rows as the files are published: UTF-8 with a byte order mark, CRLF."""
    return ("\r\n".join((header, *rows)) + "\r\n").encode("utf-8-sig")


def zipped(*members: tuple[str, bytes]) -> bytes:
    """A zip of these files."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()
