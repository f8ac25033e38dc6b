"""Another ledger as a statement, so that two ledgers are held against each other like a ledger and a document."""

from ledger.book import Book, Line, Value
from ledger.money import Amount
from ledger.statements import Role, Row, Statement


def statement_of(book: Book, path: str) -> Statement:
    """Every line under its id, with what is stated of it and what follows from that."""
    title = book.title or "another ledger"
    return Statement(f"{title}, {path}", "ledger", path, tuple(_row(book, line) for line in book.lines.values()))


def _row(book: Book, line: Line) -> Row:
    values = book.value(line.id)
    figures: dict[Role, Amount] = {}
    pairs: tuple[tuple[Role, Value | None], ...] = (
        ("base", values.base if line.top_ups or (line.base and line.parts) else None),
        ("top-ups", values.top_ups if line.top_ups else None),
        ("total", values.total or values.counting),
    )
    for role, value in pairs:
        if value is not None:
            figures[role] = value.amount
    if line.outcome:
        figures["outcome"] = line.outcome.amount
    return Row(
        line.at(),
        line.first_year,
        line.last_year,
        line.full_code,
        line.title,
        line.kind,
        line.recipient,
        id=line.id,
        figures=figures,
    )
