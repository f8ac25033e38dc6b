"""What a reconciliation found as a table: differences first, then what one side lacks, then what agrees."""

from collections.abc import Iterator, Sequence

from ledger.book import Book
from ledger.money import auto_unit, derived
from ledger.reconcile.comparing import Comparison, Status
from ledger.reconcile.reconciling import Reconciliation
from ledger.statements import Row as Stated
from ledger.statements import Statement
from ledger.table import Cell, Column, Money, Row, Share, Table

ORDER: tuple[Status, ...] = (
    "differs",
    "could not be read",
    "only in the ledger",
    "only in the statement",
    "not comparable",
    "equal within rounding",
    "equal",
)
_NAMED = 5
"""Rows that are named in a note; of more, the number is said."""


def listed(book: Book, found: Reconciliation, *, unit: str = "auto", notes: Sequence[str] = ()) -> Table:
    """One row a comparison, in sections by what it came to, with likely causes and faulty rows below."""
    ordered = [one for status in ORDER for one in _ranked(found.comparisons, status)]
    used = any(_outcome(one) for one in ordered)
    rows = tuple(_row(book, one) for one in ordered)
    return Table(
        title=f"{book.title or 'Ledger'} against {found.statement.title}",
        columns=_columns(outcomes=used),
        rows=rows,
        units=_units(rows, unit),
        notes=(*_notes(found), *notes),
        below=tuple(_below(found, ordered)),
        currency=book.currency,
    )


def _columns(*, outcomes: bool) -> tuple[Column, ...]:
    return (
        Column("label", "text", "Line", only="people"),
        Column("status", only="machine"),
        Column("year", "text", "Year"),
        Column("id", only="machine"),
        Column("code", only="machine"),
        Column("title", only="machine"),
        Column("recipient", only="machine"),
        Column("figure", "text", "Figure"),
        Column("ledger", "money", "Ledger"),
        Column("statement", "money", "Statement"),
        Column("difference", "money", "Difference"),
        Column("outcome", "money", "Outcome", only="both" if outcomes else "machine"),
        Column("used", "share", "Used", only="both" if outcomes else "machine"),
        Column("remark", "text", "Remark"),
        Column("hints", "list", only="machine"),
        Column("file", only="machine"),
        Column("line", "integer", only="machine"),
        Column("statement_file", only="machine"),
        Column("statement_line", "integer", only="machine"),
    )


def _ranked(comparisons: Sequence[Comparison], status: Status) -> list[Comparison]:
    """Those of one status; figures that a document prints before those that were added up from them."""
    mine = [one for one in comparisons if one.status == status]
    return sorted(mine, key=lambda one: one.row is not None and one.row.derived)


def _row(book: Book, one: Comparison) -> Row:
    line, row = one.line, one.row
    place = line.at() if line else None
    faulty = ("the row does not add up, see below",) if row and row.faults else ()
    remarks = [one.remark, *(row.notes if row else ()), *faulty]
    cells: tuple[Cell, ...] = (
        _label(one),
        one.status,
        line.years if line else row.years if row else None,
        line.id if line else (row.id if row else "") or None,
        (line.full_code if line else row.code if row else "") or None,
        (line.title if line else row.name if row else "") or None,
        (line.recipient if line else row.recipient if row else "") or None,
        one.role,
        Money(one.ledger.amount, one.ledger.how) if one.ledger else None,
        _stated(one),
        _difference(one),
        _outcome(one),
        _used(book, one),
        "; ".join(filter(None, remarks)) or None,
        one.hints,
        place.path if place else None,
        place.line if place else None,
        row.place.path if row else None,
        row.place.line if row else None,
    )
    return Row(cells, section=one.status)


def _label(one: Comparison) -> str:
    line, row = one.line, one.row
    if line:
        return f"{line.full_code} {line.title}" if line.full_code else line.title
    if row is None:
        return ""
    return " ".join(filter(None, (row.code, row.name or row.id or row.recipient)))


def _stated(one: Comparison) -> Money | None:
    if one.stated is None or one.row is None:
        return None
    computed = one.row.derived or not one.stated.words
    return Money(one.stated, "derived" if computed and one.row.derived else "stated")


def _difference(one: Comparison) -> Money | None:
    """Statement minus ledger, of figures that differ."""
    if one.status != "differs" or one.ledger is None or one.stated is None:
        return None
    return Money(derived(one.stated.interval - one.ledger.amount.interval), "sum")


def _outcome(one: Comparison) -> Money | None:
    """The row's outcome, at the first of its figures."""
    if one.row is None or one.role == "top-ups" or "outcome" not in one.row.figures:
        return None
    return Money(one.row.figures["outcome"], "sum")


def _used(book: Book, one: Comparison) -> Share | None:
    """The outcome as a share of base and top-ups of the statement, where it has none of the ledger's total."""
    outcome = _outcome(one)
    if outcome is None or outcome.amount is None or one.row is None:
        return None
    granted = [one.row.figures[role].interval for role in ("base", "top-ups") if role in one.row.figures]
    total = book.value(one.line.id).total if one.line else None
    whole = sum(granted[1:], granted[0]) if granted else total.amount.interval if total else None
    spent = outcome.amount.interval
    if whole is None or whole.low is None or whole.high is None or whole.low <= 0 or spent.low is None or spent.low < 0:
        return None
    return Share(_per_mille(spent.low, whole.high), _per_mille(spent.high or spent.low, whole.low))


def _per_mille(part: int, whole: int) -> int:
    return (2000 * part + whole) // (2 * whole)


def _units(rows: Sequence[Row], unit: str) -> dict[str, str]:
    """One unit for all sections, so that figures can be compared across them."""
    sections = {row.section for row in rows}
    if unit != "auto":
        return dict.fromkeys(sections, unit)
    amounts = [cell.amount for row in rows for cell in row.cells if isinstance(cell, Money) and cell.amount]
    return dict.fromkeys(sections, auto_unit(one.number for one in amounts if one.exact and one.number is not None))


def _notes(found: Reconciliation) -> Iterator[str]:
    statement, comparisons = found.statement, found.comparisons
    counts = [(status, sum(one.status == status for one in comparisons)) for status in ORDER]
    yield ", ".join(f"{number} {status}" for status, number in counts if number) + "."
    if statement.reference or statement.decided:
        yield f"The statement: {', '.join(filter(None, (statement.reference, statement.decided)))}."
    yield from statement.notes
    if any(one.status == "differs" for one in comparisons):
        yield "Difference: statement minus ledger."
    if found.outside:
        number = len(found.outside)
        yield f"Rows of the statement in other years and areas, without money or not chosen: {number}, not compared."
    if found.uncoded:
        yield f"Lines of the ledger without a code of their own: {found.uncoded}, not compared."
    yield from _aside(statement)


def _aside(statement: Statement) -> Iterator[str]:
    """The rows outside the budget areas, by name where they are few."""
    if statement.aside:
        names = list(dict.fromkeys(row.name for row in statement.aside if row.name))
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        named = f"{', '.join(names[:_NAMED])}{more}"
        yield f"Rows outside the budget areas, not compared: {len(statement.aside)} ({named})."


def _below(found: Reconciliation, ordered: Sequence[Comparison]) -> Iterator[Table]:
    """The likely causes of each difference; the rows that do not add up in themselves."""
    causes = [
        Row((_label(one), one.line.years if one.line else "", one.role, hint))
        for one in ordered
        for hint in one.hints or (("nothing simple explains it",) if one.status == "differs" else ())
    ]
    columns = [Column("line", "text", "Line"), Column("year", "text", "Year"), Column("figure", "text", "Figure")]
    if causes:
        yield Table("Likely causes", (*columns, Column("cause", "text", "Cause")), tuple(causes))
    outside = {id(row) for row in found.outside}
    faulty = [row for row in found.statement.rows if row.faults]
    inside = [row for row in faulty if id(row) not in outside]
    if faulty:
        rows = tuple(_fault(row, place_and_message) for row in inside for place_and_message in _said(row))
        rest = len(faulty) - len(inside)
        notes = (f"And in rows that are not compared: {rest}.",) if rest else ()
        names = (Column("row", "text", "Row"), Column("year", "text", "Year"), Column("fault", "text", "Fault"))
        yield Table("Rows of the statement that do not add up", names, rows, notes=notes)


def _said(row: Stated) -> list[str]:
    return [f"{fault.place}: {fault.message}" for fault in row.faults]


def _fault(row: Stated, words: str) -> Row:
    return Row((" ".join(filter(None, (row.code, row.name))), row.years, words))
