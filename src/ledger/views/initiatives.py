"""Inquiries, consultations with their deadlines, programmes and co-operations."""

from collections.abc import Iterator, Sequence

from ledger.book import Book, Initiative, last_day
from ledger.table import Column, Row, Table

_DATES = ("directive_decided", "announced", "decided", "presented", "published", "due_interim", "due")
COLUMNS = (
    Column("name", "text", "Initiative", only="people"),
    Column("dates", "text", "Dates", only="people"),
    Column("id", only="machine"),
    Column("kind", only="machine"),
    Column("reference", only="machine"),
    Column("title", only="machine"),
    Column("body", only="machine"),
    Column("lead", only="machine"),
    Column("agencies", "list", only="machine"),
    *(Column(name, "date", only="machine") for name in _DATES),
    Column("consultation_until", "date", only="machine"),
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
        "name": f"{_text(one, 'reference')} {one.title}".strip(),
        "dates": "; ".join(_dates(one)),
        "id": one.id,
        "kind": one.kind,
        "title": one.title,
        "agencies": one.agencies,
        "runs_until": runs_until(one) or None,
        "source": one.sources,
        "file": place.path,
        "line": place.line,
    }
    cells = tuple(own[column.name] if column.name in own else one.details.get(column.name) for column in COLUMNS)
    return Row(cells, section=one.kind.replace("-", " "))


def _dates(one: Initiative) -> Iterator[str]:
    """Every date with what it is the date of, in the order of _DATES, then the consultation and how long it runs."""
    for name in (*_DATES, "consultation_until"):
        if _text(one, name):
            yield f"{name.replace('_', ' ')} {_text(one, name)}"
    begins, ends = _text(one, "runs_from"), runs_until(one)
    if begins and ends:
        yield f"runs {begins} to {ends}"
    elif begins or ends:
        yield f"runs from {begins}" if begins else f"runs until {ends}"
