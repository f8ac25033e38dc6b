"""The rows of an outcome file or a table → the lines they state, one inside another, and a book to choose from."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import get_args

from msgspec import Struct, field

from ledger.book import Agency, Book, Figure, Kind, Line, Origin, TopUp, solved
from ledger.diagnostic import Finding, Place
from ledger.money import Amount, add_up
from ledger.statements import Role, Row
from ledger.suggestion import did_you_mean
from ledger.writing.agencies import free, slug
from ledger.writing.from_tree import Planned, fits_loosely

KINDS: tuple[Kind, ...] = get_args(Kind)
_AREA = re.compile(r"UO\d{1,2}")
_APPROPRIATION = re.compile(r"(UO\d{1,2}) (\d{1,3}:\d{1,3})")
_ITEM = re.compile(r"(UO\d{1,2} \d{1,3}:\d{1,3}) (ap\.\S+(?: ap\.\S+)*)")

Ids = Mapping[tuple[str, str], str]
"""The agencies' ids by the name and the number in a row."""

Key = tuple[str, ...]
"""What tells a row from the others."""


class Told(Struct, frozen=True):
    """A row that can be a line: of a kind of the ledger's, the agency as an id, the figures those of a whole year."""

    row: Row
    kind: Kind
    agency: str
    figures: Mapping[Role, Amount]

    @property
    def key(self) -> Key:
        """Its id, or its years, kind and code, or agency and name; an appropriation is one whoever gets it."""
        row, alone = self.row, self.kind in ("area", "appropriation")
        if row.id:
            return ("id", row.id)
        return (row.years, self.kind, row.code, "" if alone else self.agency, "" if row.code else row.name)

    @property
    def recipient(self) -> tuple[str, str]:
        """Who gets it, by the name and the number in the row."""
        return self.row.recipient, self.row.org_number

    @property
    def title(self) -> str:
        """What the line is called."""
        return self.row.name or self.row.code or self.row.recipient or self.row.id


def told_by(rows: Iterable[Row], ids: Ids) -> tuple[list[Told], list[Finding]]:
    """The rows that can be lines, and why the others cannot: no kind, no year, or two rows of one line."""
    found: dict[Key, Told] = {}
    faults: list[Finding] = []
    for row in rows:
        kind = _kind(row)
        if isinstance(kind, Finding) or not row.year:
            faults.append(kind if isinstance(kind, Finding) else Finding(row.place, "no year: add a column 'year'"))
            continue
        one = Told(row, kind, ids.get((row.recipient, row.org_number), ""), _figures(row))
        first = found.setdefault(one.key, one)
        if first is not one:
            faults.append(Finding(row.place, f"the same line as the row on line {first.row.place.line}"))
    return list(found.values()), faults


def book_of(told: Sequence[Told], agencies: Mapping[str, Agency]) -> Book:
    """The rows, in their order, as lines that terms can choose from; one without an id has the place of its row."""
    names = [one.row.id or f"row-{at}" for at, one in enumerate(told)]
    lines = {name: _line(name, one) for name, one in zip(names, told, strict=True)}
    return solved(Book(lines=lines, agencies=dict(agencies)))


def planned_rows(told: Sequence[Told]) -> list[Planned]:
    """Lines with those inside them: items in their appropriation, appropriations in their area, ids by their path."""
    forest = _Forest({one.key: one for one in told}, {(one.row.place, one.row.years): one.key for one in told})
    tops: list[Key] = []
    for key, one in forest.known.items():
        around = chain(filter(None, [forest.at.get((one.row.part_of, one.row.years))]), _around(one))
        outer = next((outer for outer in around if outer in forest.known), None)
        (forest.inside.setdefault(outer, []) if outer else tops).append(key)
    taken: set[str] = set()
    return [_planned(forest, key, taken, None) for key in tops]


class _Forest(Struct, frozen=True):
    """The rows by their keys, and which lie in which."""

    known: Mapping[Key, Told]
    at: Mapping[tuple[Place | None, str], Key]
    inside: dict[Key, list[Key]] = field(default_factory=dict)


def _kind(row: Row) -> Kind | Finding:
    """The kind that a row states, else the one that its code tells."""
    if row.kind:
        known = next((kind for kind in KINDS if kind == row.kind), None)
        near = did_you_mean(row.kind, KINDS) or f": the kinds are {', '.join(KINDS)}"
        return known or Finding(row.place, f"'{row.kind}' is not a kind of line{near}")
    if _AREA.fullmatch(row.code):
        return "area"
    if _APPROPRIATION.fullmatch(row.code):
        return "appropriation"
    if "ap." in row.code:
        return "item"
    what = f"the code '{row.code}'" if row.code else "a recipient" if row.recipient else "an id"
    add = f"add a column 'kind', or say --columns kind=KIND, one of {', '.join(KINDS)}"
    return Finding(row.place, f"{what} does not tell the kind of line: {add}")


def _figures(row: Row) -> dict[Role, Amount]:
    """The figures of a line: no outcome that is not that of the whole year, no top-ups of nothing."""
    kept: dict[Role, Amount] = {}
    for role, amount in row.figures.items():
        nothing = role == "top-ups" and (amount.interval.low, amount.interval.high) == (0, 0)
        if not nothing and not (role == "outcome" and row.partial):
            kept[role] = amount
    return kept


def _around(one: Told) -> Iterator[Key]:
    """The keys that the line around this one may have, the nearest first."""
    row = one.row
    if row.id:
        outer = row.id.rpartition("/")[0]
        while outer:
            yield ("id", outer)
            outer = outer.rpartition("/")[0]
        return
    item, number = _ITEM.fullmatch(row.code), _APPROPRIATION.fullmatch(row.code)
    if one.kind == "item" and (item or number):
        yield (row.years, "appropriation", item[1] if item else row.code, "", "")
    if one.kind == "appropriation" and number:
        yield (row.years, "area", number[1], "", "")


def _planned(forest: _Forest, key: Key, taken: set[str], outer: Told | None) -> Planned:
    one = forest.known[key]
    name = free(_name_inside(one) if outer else _name_alone(one), taken)
    taken.add(name)
    inner: set[str] = set()
    parts = tuple(_planned(forest, inside, inner, one) for inside in forest.inside.get(key, ()))
    fields = {
        "title": one.title,
        "kind": one.kind,
        "code": _own_code(one.row.code, outer.row.code if outer else ""),
        "year": one.row.years,
        "recipient": one.agency,
    }
    loose = fits_loosely(_total(one.figures), [_total(part.figures) for part in parts])
    return Planned(name, fields, one.figures, one.row, parts, partial=loose)


def _total(figures: Mapping[Role, Amount]) -> Amount | None:
    """What the figures of a line come to, the outcome left out."""
    if "total" in figures:
        return figures["total"]
    return add_up(figures[role] for role in ("base", "top-ups") if role in figures) if "base" in figures else None


def _own_code(code: str, outer: str) -> str:
    """The code without that of the line around it, which it continues; an appropriation names its area too."""
    if code == outer:
        return ""
    return code.removeprefix(f"{outer} ") if code.startswith(f"{outer} ap.") else code


def _name_alone(one: Told) -> str:
    """`uo13-3-1-2025`, `uo13-3-1-ap12-2025`; without a code by who gets it and what it is called."""
    row = one.row
    if row.id:
        return row.id.replace("/", "-")
    if not row.code:
        return f"{slug(f'{one.agency} {row.name}') or 'line'}-{row.years}"
    whose = f"-{one.agency}" if one.kind == "item" and one.agency and not _ITEM.fullmatch(row.code) else ""
    return f"{slug(row.code.replace('ap.', 'ap'))}{whose}-{row.years}"


def _name_inside(one: Told) -> str:
    """`3-1` in its area; `ap12`, or the agency, in its appropriation."""
    item, number = _ITEM.fullmatch(one.row.code), _APPROPRIATION.fullmatch(one.row.code)
    if one.row.id:
        return one.row.id.rpartition("/")[2]
    if item:
        return slug(item[2].split()[-1].replace("ap.", "ap"))
    if number and one.kind == "appropriation":
        return number[2].replace(":", "-")
    return one.agency or slug(one.title)


def _line(name: str, one: Told) -> Line:
    row = one.row

    def figure(role: Role) -> Figure | None:
        return Figure(one.figures[role], row.at(role)) if role in one.figures else None

    added = figure("top-ups")
    return Line(
        name,
        one.title,
        one.kind,
        row.year,
        row.last_year,
        Origin(row.place.path, name, {"": (row.place.line, row.place.column, row.place.end_column)}),
        code=row.code,
        full_code=row.code,
        recipient=one.agency,
        base=figure("base"),
        total=figure("total"),
        outcome=figure("outcome"),
        top_ups=(TopUp(added.place, added),) if added else (),
    )
