"""What `ledger reconcile` does: one document held against the lines that are chosen."""

from pathlib import Path

import typer

from ledger.commands._columns_asked import Shape, keep_columns
from ledger.commands._open_ledger import Opened
from ledger.commands._selection import choose
from ledger.commands._source_bytes import name_of
from ledger.commands._statement import open_statement, say_outside
from ledger.output import FOUND, fail, show_table
from ledger.reconcile import listed, reconcile


def hold_against(
    ctx: typer.Context,
    ledger: Opened,
    file: Path,
    terms: list[str],
    shape: Shape,
    *,
    unit: str,
    form: str,
    output: Path | None,
    color: str | None,
) -> None:
    """Print what differs; ends with the status that says so."""
    book = ledger.book
    bare = None if unit == "auto" else unit
    statement = open_statement(file, shape.asked(bare, book.currency))
    chosen = choose(ledger, terms)
    found = reconcile(book, chosen.lines, statement)
    if not found.comparisons:
        years = ", ".join(map(str, statement.years)) or "no year"
        rows = f"its {len(statement.rows)} rows are of {years}"
        fail(f"nothing in '{name_of(file)}' can be held against these lines: {rows}")
    show_table(ctx, listed(book, found, unit=unit, notes=chosen.notes), form, output, color)
    say_outside(found)
    keep_columns(shape, statement, bare)
    if found.differs:
        raise typer.Exit(FOUND)
