"""`ledger reconcile`: the ledger against somebody else's figures."""

from pathlib import Path
from typing import Annotated

import typer

from ledger.commands._complete import Terms
from ledger.options import FOUND, AsOf, Color, Data, Format, Output, Unit


def run(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="An outcome file (CSV or zip), a letter, a table in CSV, a ledger."),
    ],
    terms: Terms = None,
    *,
    as_of: AsOf = None,
    unit: Unit = "auto",
    form: Format = "table",
    output: Output = None,
    data: Data = None,
    color: Color = None,
) -> None:
    """The ledger against somebody else's figures. What differs and why, what one side lacks, what agrees.

    FILE is told by its content: Statskontoret's yearly or monthly expenditure file, an appropriation letter as text or
    HTML, one of our own exports, any CSV with a code, id or recipient, a year and an amount, or another ledger.
    Bare amounts of such a CSV are in --unit. Ends with 1 when anything differs.

    \b
      ledger reconcile arsutfall.zip 2025
      ledger reconcile regleringsbrev.txt --as-of 2021-06-03
      ledger reconcile figures.csv --unit tkr
    """
    from ledger.commands._open import choose, open_book, show
    from ledger.commands._statement import open_statement
    from ledger.options import fail
    from ledger.reconcile import listed, reconcile

    statement = open_statement(file, None if unit == "auto" else unit)
    ledger = open_book(ctx, data, as_of)
    book = ledger.book
    if book.currency != "SEK" and statement.kind not in ("export", "ledger"):
        fail(f"'{file}' is in kronor, and this ledger is in {book.currency}: one ledger, one currency")
    chosen = choose(ledger, terms or [])
    found = reconcile(book, chosen.lines, statement)
    if not found.comparisons:
        years = ", ".join(map(str, statement.years)) or "no year"
        fail(f"nothing in '{file}' can be held against these lines: its {len(statement.rows)} rows are of {years}")
    show(ctx, listed(book, found, unit=unit, notes=chosen.notes), form, output, color)
    if found.differs:
        raise typer.Exit(FOUND)
