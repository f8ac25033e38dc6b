"""What the ledger has of a document's lines: which line each row is about, and whether their figures agree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.book import Book, Line
from ledger.reconcile import Comparison, Reconciliation, reconcile
from ledger.statements import Row, Statement
from ledger.writing.from_rows import Told
from ledger.writing.from_tree import Planned

Mark = tuple[object, str, str]
"""What tells a row of a document from the others: its place, code and name."""


class Held(Struct, frozen=True):
    """The ledger's lines by the rows that they are about, and every comparison between the two.

    `differing` are figures that differ, `lacking` those that the ledger's line does not state. `unclear` says of a row
    why no line could be told for it.
    """

    found: Reconciliation
    lines: dict[Mark, str] = field(default_factory=dict)
    differing: tuple[Comparison, ...] = ()
    lacking: tuple[Comparison, ...] = ()
    agreeing: tuple[Comparison, ...] = ()
    unclear: tuple[str, ...] = ()
    undecided: tuple[Line, ...] = ()
    """Lines with the code of a decided row that are themselves only planned or proposed."""

    def line_of(self, planned: Planned) -> str:
        """The id of the ledger's line for one of the document; empty where it has none."""
        return self.lines.get(_mark(planned.row), "") if planned.row else ""


def held_by(book: Book, statement: Statement, told: Sequence[Told]) -> Held:
    """Hold the rows against the ledger, as `reconcile` does; a row without a code by who gets it for what."""
    rows = tuple(row for one in told if (row := _comparable(book, one)))
    found = reconcile(book, list(book.lines.values()), replace(statement, rows=rows))
    lines: dict[Mark, str] = {}
    for one in found.comparisons:
        if one.row and one.line:
            lines.setdefault(_mark(one.row), one.line.id)
    ours = [one for one in found.comparisons if one.line and (one.row or _missing(one, statement))]
    return Held(
        found,
        lines,
        tuple(one for one in ours if one.status in ("differs", "only in the ledger")),
        (*_unstated(ours), *_outcomes(book, told, lines)),
        tuple(one for one in ours if one.status in ("equal", "equal within rounding")),
        tuple(dict.fromkeys(f"{one.row.place}: {one.remark}" for one in ours if one.row and _is_unclear(one))),
        tuple(line for one in found.comparisons for line in one.several if _undecided(one, line)),
    )


def _undecided(one: Comparison, line: Line) -> bool:
    """Whether a counted line stands beside a row that was not held against it, as it is not decided."""
    return one.status == "only in the statement" and line.counted and line.stage != "decided"


def unprinted_in(book: Book, planned: Planned, outer: str) -> str:
    """The id of the line inside another that is one of which no row tells, such as an agency without a figure."""
    wanted = (planned.fields["kind"], planned.fields.get("recipient", ""), planned.fields["title"].casefold())
    inside = (line for line in book.lines.values() if outer in (line.parent, line.of))
    return next((line.id for line in inside if (line.kind, line.recipient, line.title.casefold()) == wanted), "")


def _is_unclear(one: Comparison) -> bool:
    """Whether a row that has a figure was held against none."""
    return one.status == "not comparable" and one.stated is None and bool(one.row and one.row.figures)


def _unstated(found: Iterable[Comparison]) -> Iterator[Comparison]:
    """Figures of a row that the ledger's line does not state and that do not follow from it."""
    return (one for one in found if one.row and one.role != "outcome" and one.ledger is None and one.stated)


def _outcomes(book: Book, told: Iterable[Told], lines: Mapping[Mark, str]) -> Iterator[Comparison]:
    """Outcomes of a whole year of which the ledger's line states none."""
    for one in told:
        line = book.lines.get(lines.get(_mark(one.row), ""))
        if line and line.outcome is None and "outcome" in one.figures:
            yield Comparison("not comparable", "outcome", line, one.row, None, one.figures["outcome"])


def _mark(row: Row) -> Mark:
    return row.place, row.code, row.name


def _comparable(book: Book, one: Told) -> Row | None:
    """The row as the ledger's line is looked for; nothing where no line can be the same."""
    row = one.row
    if one.kind in ("area", "appropriation"):
        return replace(row, kind=one.kind, recipient="", org_number="")
    if row.code or row.id:
        return replace(row, kind=one.kind)
    same = next((line.id for line in book.lines.values() if _same(line, one)), "")
    return replace(row, id=same) if same else None


def _same(line: Line, one: Told) -> bool:
    told = (one.row.years, one.kind, one.agency, one.title.casefold())
    return (line.years, line.kind, line.recipient, line.title.casefold()) == told


def _missing(one: Comparison, statement: Statement) -> bool:
    """Whether a letter, which names every item of its appropriations, lacks an item that the ledger has."""
    return statement.kind == "letter" and one.line is not None and one.line.kind == "item" and bool(one.line.code)
