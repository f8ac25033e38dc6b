"""`ledger summary`: a year's money, level by level."""

from typing import Annotated

import typer

from ledger.commands._completion import terms as completed
from ledger.options import TERM_HELP, AsOf, Color, Data, Format, Output, Unit, completing, one_of

ANSWERS = True
"""What it prints depends on its words and the ledger alone, so that it can be kept for the next time."""

GROUPS = ("recipient", "appropriation", "goal", "kind", "source", "year")


def run(
    ctx: typer.Context,
    terms: Annotated[
        list[str] | None,
        typer.Argument(metavar="[YEAR] [TERMS]...", help=TERM_HELP, autocompletion=completed),
    ] = None,
    *,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="|".join(GROUPS),
            help="Sums by this instead of a tree of lines.",
            callback=one_of(*GROUPS),
            autocompletion=completing(*GROUPS),
        ),
    ] = None,
    as_of: AsOf = None,
    unit: Unit = "auto",
    form: Format = "table",
    output: Output = None,
    data: Data = None,
    color: Color = None,
) -> None:
    """The year's lines as a tree, with a sum a level. The claims stand below; without a year, one row a year.

    \b
      ledger summary 2024
      ledger summary 2024 --as-of 2024-03-01
      ledger summary 2021 recipient:jamy
      ledger summary --by recipient 2024 kind:assignment
    """
    from ledger.commands._open_ledger import open_book
    from ledger.commands._selection import choose
    from ledger.commands._summary import table
    from ledger.output import show_table

    ledger = open_book(ctx, data, as_of)
    book = ledger.book
    chosen = choose(ledger, terms or [])
    show_table(ctx, table(book, chosen, terms or [], by=by, date=as_of, unit=unit), form, output, color)
