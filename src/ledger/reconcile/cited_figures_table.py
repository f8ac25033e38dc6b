"""What came of a document that the ledger cites, as a table: what is missing first, what it says besides last."""

from collections.abc import Iterator, Sequence

from ledger.book import Book
from ledger.money import Amount, auto_unit
from ledger.reconcile.cited_figures import Carried, Document, Status
from ledger.statements.running_text import Mention
from ledger.table import Cell, Column, Money, Row, Table

ORDER: tuple[Status, ...] = ("missing", "found otherwise", "found", "not in the ledger")
_NAMED = 3
"""Places that are shown; of more, the number is said."""

_COLUMNS = (
    Column("label", heading="Figure", only="people"),
    Column("status", only="machine"),
    Column("id", only="machine"),
    Column("figure", only="machine"),
    Column("ledger", "money", "Ledger"),
    Column("text", heading="In the document"),
    Column("document", "money", only="machine"),
    Column("at", heading="Line:column", only="people"),
    Column("places", "list", only="machine"),
    Column("remark", heading="Remark"),
    Column("file", only="machine"),
    Column("line", "integer", only="machine"),
)


def citing(book: Book, document: Document, *, unit: str = "auto") -> Table:
    """One row a figure that is cited, and one an amount that the document names besides."""
    rows = tuple(_row(one) for status in ORDER for one in document.carried if one.status == status)
    exact = [one.cited.figure.amount for one in document.carried if one.cited]
    chosen = auto_unit(one.number for one in exact if one.number is not None) if unit == "auto" else unit
    return Table(
        title=f"{document.path} against the figures of {document.source}",
        columns=_COLUMNS,
        rows=rows,
        units=dict.fromkeys(ORDER, chosen),
        notes=tuple(_notes(document)),
        currency=book.currency,
    )


def _row(one: Carried) -> Row:
    cited, first = one.cited, one.mentions[0].found if one.mentions else None
    places = _places(one.mentions)
    known = Amount(first.interval, first.number, first.text, "range") if first and first.interval else None
    place = cited.figure.place if cited else None
    cells: tuple[Cell, ...] = (
        cited.name if cited else "not cited from it",
        one.status,
        cited.record.id if cited else None,
        cited.role if cited else None,
        Money(cited.figure.amount, cited.figure.how) if cited else None,
        first.text if first else None,
        Money(known) if known else None,
        _few(places) or None,
        places,
        _remark(one),
        place.path if place else None,
        place.line if place else None,
    )
    return Row(cells, section=one.status)


def _places(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(f"{mention.place.line}:{mention.place.column}" for mention in mentions)


def _few(places: tuple[str, ...]) -> str:
    more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
    return f"{', '.join(places[:_NAMED])}{more}"


def _remark(one: Carried) -> str | None:
    """Other qualifiers that the number stands with; of what is not cited, whether the ledger has the amount at all."""
    other = one.mentions if one.status == "found otherwise" else one.besides
    if other:
        words = " and ".join(dict.fromkeys(map(_words, other)))
        return f"found as {words}" if other is one.mentions else f"also as {words}, {_few(_places(other))}"
    if one.elsewhere:
        first, *others = one.elsewhere
        return f"equals {first.name}{f' and {len(others)} more' if others else ''}"
    return None


def _words(mention: Mention) -> str:
    why = f" ({mention.found.unreadable})" if mention.found.unreadable else ""
    return f"'{mention.found.text}'{why}"


def _notes(document: Document) -> Iterator[str]:
    counts = [(status, document.number(status)) for status in ORDER]
    yield (", ".join(f"{number} {status}" for status, number in counts if number) or "Nothing to compare") + "."
    if document.foreign:
        yield f"Amounts in other currencies: {document.foreign}, not compared."
    if document.unreadable:
        yield f"Amounts that cannot be read: {document.unreadable}, see 'ledger scan {document.path}'."
