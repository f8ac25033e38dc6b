"""What one side would have to name if it were complete: so far a line or row on the other side only counts."""

from collections.abc import Collection

from msgspec import Struct

from ledger.book import Line
from ledger.reconcile.matching import Index, agency_of, appropriation_of, area_of
from ledger.statements import Row, Scope, Statement

Place = tuple[int, str]
"""A year, and an area (`UO13`) or an appropriation (`UO13 3:1`)."""


class Reach(Struct, frozen=True):
    """The years, kinds, areas and appropriations that a statement names, and whether by id or code."""

    scope: Scope
    years: frozenset[int]
    kinds: frozenset[str]
    areas: frozenset[Place]
    appropriations: frozenset[Place]
    by_id: bool
    by_code: bool

    def covers(self, line: Line) -> bool:
        """Whether the statement, which is complete for its scope, would name the line."""
        if "" not in self.kinds and line.kind not in self.kinds:
            return False
        area = (line.first_year, area_of(line.full_code))
        if self.scope == "appropriations":
            return (line.first_year, appropriation_of(line.full_code)) in self.appropriations
        if self.scope == "areas":
            alone = line.first_year == line.last_year and line.first_year in self.years
            return alone and (not line.full_code or area in self.areas)
        coded = bool(line.code) and line.kind not in ("area", "commitment") and area in self.areas
        return line.first_year in self.years and (self.by_id or (self.by_code and coded))


def reach_of(statement: Statement) -> Reach:
    """What the rows of a statement name together."""
    rows = statement.rows
    return Reach(
        statement.scope,
        frozenset(statement.years),
        frozenset(row.kind for row in rows),
        frozenset((row.year, area_of(row.code)) for row in rows if row.code),
        frozenset((row.year, appropriation_of(row.code)) for row in rows if row.code),
        any(row.id for row in rows),
        all(row.code for row in rows),
    )


class Holdings(Struct, frozen=True):
    """The years of the chosen lines, and the areas, appropriations and items' appropriations among them."""

    years: frozenset[int]
    areas: frozenset[Place]
    itemised: frozenset[Place]

    def expects(self, index: Index, row: Row, scope: Scope) -> bool:
        """Whether a ledger with these lines would have one for the row: its area is held, its money is not 0."""
        if not row.unread and all((one.interval.low, one.interval.high) == (0, 0) for one in row.figures.values()):
            return False
        if row.code and area_of(row.code):
            if scope == "areas" and row.kind == "item":
                return (row.year, appropriation_of(row.code)) in self.itemised
            return (row.year, area_of(row.code)) in self.areas
        if row.id or row.code:
            return not row.year or row.year in self.years
        return scope == "lines" and row.year in self.years and not agency_of(index, row)


def holdings_of(lines: Collection[Line]) -> Holdings:
    """What the lines hold, of areas those with a line of an appropriation's level."""
    coded = [line for line in lines if line.level == "appropriations" and area_of(line.full_code)]
    return Holdings(
        frozenset(line.first_year for line in lines),
        frozenset((line.first_year, area_of(line.full_code)) for line in coded),
        frozenset((line.first_year, appropriation_of(line.full_code)) for line in coded if line.kind == "item"),
    )
