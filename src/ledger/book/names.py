"""Agencies by what documents call them: id, name, English name, abbreviation, organisation number."""

import re
from collections.abc import Iterable, Mapping

from ledger.book.records import Agency

Names = Mapping[str, tuple[str, ...]]
"""The ids of the agencies that a name, as compared, may mean; several where they share it."""

_COUNTY_BOARD = re.compile(r"länsstyrelsen (?:i )?(.+?)s?(?: län)?")
_BRACKETED = re.compile(r"(.+\S)\s*\([^()]*\)")
_NUMBER_DIGITS = 10


def names_of(agencies: Iterable[Agency]) -> Names:
    """All agencies by each of their names."""
    found: dict[str, tuple[str, ...]] = {}
    for agency in agencies:
        names = (agency.id, agency.name, agency.name_en, agency.abbreviation)
        keys = {_compared(name) for name in names if name} | {_digits(agency.org_number)}
        for key in keys:
            found[key] = (*found.get(key, ()), agency.id)
    return found


def agencies_called(names: Names, name: str, org_number: str = "") -> tuple[str, ...]:
    """The agencies that a document means by a number, else by a name, which an abbreviation in brackets may follow."""
    bracketed = _BRACKETED.fullmatch(name.strip())
    keys = (_digits(org_number), _compared(name), _compared(bracketed[1]) if bracketed else "")
    return next((names[key] for key in keys if key and key in names), ())


def _compared(name: str) -> str:
    """Without case, double spaces and soft hyphens; `Länsstyrelsen Skåne` is `Länsstyrelsen i Skåne län`."""
    plain = " ".join(name.replace("\u00ad", "").split()).casefold()
    board = _COUNTY_BOARD.fullmatch(plain)
    return f"länsstyrelsen {board[1]}" if board else plain


def _digits(number: str) -> str:
    """The ten digits of an organisation number, which a century may stand before; empty when it is none."""
    digits = re.sub(r"\D", "", number)
    return digits[-_NUMBER_DIGITS:] if len(digits) >= _NUMBER_DIGITS else ""
