"""`ledger query`: the lines that match."""

import typer

from ledger.commands._completion import Terms
from ledger.options import AsOf, Color, Data, Format, Output, Unit

ANSWERS = True
"""What it prints depends on its words and the ledger alone, so that it can be kept for the next time."""


def run(
    ctx: typer.Context,
    terms: Terms = None,
    *,
    as_of: AsOf = None,
    unit: Unit = "auto",
    form: Format = "table",
    output: Output = None,
    data: Data = None,
    color: Color = None,
) -> None:
    """The lines that match, by year. Quote terms that hold a space, < or >.

    Terms of one key are alternatives, different keys must all hold, `not:` negates.

    \b
      ledger query 'total:>=100mnkr'
      ledger query recipient:jamy 2024
      ledger query code:"UO13 3:1" not:kind:appropriation
    """
    from ledger.commands._open_ledger import open_book
    from ledger.commands._selection import choose
    from ledger.output import show_table
    from ledger.views.matches import matches

    ledger = open_book(ctx, data, as_of)
    book = ledger.book
    chosen = choose(ledger, terms or [])
    title = ", ".join((book.title or "Ledger", " ".join(terms or []) or "all lines"))
    show_table(ctx, matches(book, chosen.lines, unit=unit, title=title, notes=chosen.notes), form, output, color)
