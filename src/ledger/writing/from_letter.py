"""An appropriation letter → the lines it states: appropriation, agencies' shares, items and sub-items."""

import re
from collections.abc import Iterator, Mapping
from textwrap import fill

from ledger.diagnostic import Place
from ledger.money import Amount
from ledger.statements import Role, Row
from ledger.statements.letter import Appropriation, Condition, Item, Letter, Share, statement_of
from ledger.writing.agencies import free, slug
from ledger.writing.from_tree import Planned, fits_loosely

_TYPE = re.compile(r"\s*\((?:ram)?anslag\)|\s*\((?:obetecknat|reservations)\s?(?:anslag)?\)", re.IGNORECASE)
"""The type of an appropriation behind its name, which is no part of it."""

_WIDTH = 100
"""Columns of a comment."""

Rows = Mapping[tuple[Place, str], Row]
"""The rows of the letter's statement by place and name."""


def planned_letter(letter: Letter, agencies: Mapping[str, str]) -> list[Planned]:
    """A line for each appropriation, with what lies in it; `agencies` are the ids of those that the letter names.

    The agencies' totals stand above their items as the check that they are. No total of the appropriation is made up
    where none is printed.
    """
    rows = {(row.place, row.name): row for row in statement_of(letter).rows}
    return [_appropriation(letter, one, rows, agencies) for one in letter.appropriations if one.code]


def agencies_in(letter: Letter) -> list[str]:
    """Every agency that disposes of something, as printed."""
    return list(dict.fromkeys(share.agency for one in letter.appropriations for share in one.shares if share.agency))


def _appropriation(letter: Letter, one: Appropriation, rows: Rows, agencies: Mapping[str, str]) -> Planned:
    whole = one.shares[0] if len(one.shares) == 1 and not one.shares[0].items else None
    taken: set[str] = set()
    parts: list[Planned] = []
    for share in one.shares if whole is None else ():
        parts += _share(share, rows, agencies, taken, str(letter.year))
    fields = {
        "title": _TYPE.sub("", one.name).strip() or one.code,
        "kind": "appropriation",
        "code": one.code,
        "year": str(letter.year),
        "recipient": agencies.get(whole.agency, "") if whole else "",
    }
    name = re.sub(r"[ :]", "-", one.code.lower())
    return Planned(
        f"{name}-{letter.year}",
        fields,
        _total(one.amount or (whole.amount if whole else None)),
        rows.get((one.place, one.name)),
        tuple(parts),
        comment=_candidates(letter, one.code),
    )


def _share(share: Share, rows: Rows, agencies: Mapping[str, str], taken: set[str], year: str) -> Iterator[Planned]:
    """The line of an agency with its items; items over which no agency stands are lines of the appropriation."""
    agency = agencies.get(share.agency, "")
    inner: set[str] = set() if agency else taken
    items = tuple(_item(item, rows, agency, inner, year) for item in share.items)
    if not agency:
        yield from items
        return
    name = free(agency, taken)
    taken.add(name)
    fields = {"title": f"Disponeras av {share.agency}", "kind": "item", "recipient": agency, "year": year}
    row = rows.get((share.place, share.agency)) if share.amount else None
    yield Planned(name, fields, _total(share.amount), row, items)


def _item(item: Item, rows: Rows, agency: str, taken: set[str], year: str) -> Planned:
    name = free(slug(item.code.replace("ap.", "ap")) or "item", taken)
    taken.add(name)
    inner: set[str] = set()
    parts = tuple(_item(part, rows, agency, inner, year) for part in item.parts)
    fields = {"title": item.name, "kind": "item", "code": item.code, "recipient": agency, "year": year}
    loose = fits_loosely(item.amount, [part.amount for part in item.parts])
    return Planned(name, fields, _total(item.amount), rows.get((item.place, item.name)), parts, partial=loose)


def _total(amount: Amount | None) -> dict[Role, Amount]:
    return {"total": amount} if amount else {}


def _candidates(letter: Letter, code: str) -> str:
    """The amounts in the conditions of an appropriation, as a comment above it."""
    mine = [one for one in letter.conditions if one.appropriation == code]
    if not mine:
        return ""
    lines = (fill(candidate(one), _WIDTH, subsequent_indent="  ") for one in mine)
    return "\n".join(("Amounts in the conditions, candidates for parts of the items:", *lines))


def candidate(one: Condition) -> str:
    """An amount of the conditions in a line: its item, its words and its sentence."""
    words = " ".join(one.amount.words.split())
    return f"{one.item or one.appropriation}: {words} (line {one.place.line}: {' '.join(one.text.split())})"
