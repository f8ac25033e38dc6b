"""Inquiries, consultations with their deadlines, programmes and co-operations."""

from collections.abc import Sequence

from ledger.book import Book, Initiative, last_day
from ledger.table import Column, Row, Table

_DATES = ("directive_decided", "announced", "decided", "presented", "published", "due_interim", "due")
COLUMNS = (
    Column("title", "text", "Title"),
    Column("kind", "text", "Kind"),
    Column("reference", "text", "Reference"),
    Column("when", "text", "Dates", only="people"),
    Column("consultation_until", "date", "Consultation until"),
    Column("runs", "text", "Runs", only="people"),
    Column("id", only="machine"),
    Column("body", only="machine"),
    Column("lead", only="machine"),
    Column("agencies", "list", only="machine"),
    *(Column(name, "date", only="machine") for name in _DATES),
    Column("runs_from", "date", only="machine"),
    Column("runs_until", "date", only="machine"),
    Column("reports_due", "list", only="machine"),
    Column("directive", only="machine"),
    Column("consultation_reference", "list", only="machine"),
    Column("measures", "text", only="machine"),
    Column("goal_count", "text", only="machine"),
    Column("priority_areas", "text", only="machine"),
    Column("centres", "text", only="machine"),
    Column("source", "list", only="machine"),
    Column("note", only="machine"),
    Column("file", only="machine"),
    Column("line", "integer", only="machine"),
)


def initiatives(book: Book, chosen: Sequence[Initiative]) -> Table:
    """One row an initiative, by kind and then by its latest date."""
    ordered = sorted(chosen, key=lambda one: (one.kind, _latest(one), one.id))
    return Table(
        f"{book.title or 'Ledger'}: initiatives",
        COLUMNS,
        tuple(_row(one) for one in ordered),
        notes=() if ordered else ("no initiative matches",),
    )


def runs_until(one: Initiative) -> str:
    """The last day it runs, with its extensions; empty when not known."""
    ends = [_text(one, "runs_until"), *(extension.runs_until for extension in one.extensions)]
    return max((end for end in ends if end), key=last_day, default="")


def _latest(one: Initiative) -> str:
    return max((last_day(_text(one, name)) for name in _DATES if _text(one, name)), default="")


def _text(one: Initiative, name: str) -> str:
    value = one.details.get(name, "")
    return value if isinstance(value, str) else "; ".join(value)


def _row(one: Initiative) -> Row:
    place = one.origin.at()
    own = {
        "title": one.title,
        "kind": one.kind,
        "when": "; ".join(f"{name.replace('_', ' ')} {_text(one, name)}" for name in _DATES if _text(one, name)),
        "runs": _span(one),
        "id": one.id,
        "agencies": one.agencies,
        "runs_until": runs_until(one) or None,
        "source": one.sources,
        "file": place.path,
        "line": place.line,
    }
    return Row(tuple(own[column.name] if column.name in own else one.details.get(column.name) for column in COLUMNS))


def _span(one: Initiative) -> str:
    begins, ends = _text(one, "runs_from"), runs_until(one)
    return f"{begins}–{ends}" if begins or ends else ""
