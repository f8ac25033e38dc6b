"""`ledger show`: how a figure comes about."""

from typing import Annotated

import typer

from ledger.commands._completion import ids
from ledger.options import AsOf, Color, Data, Format, Output, Unit

ANSWERS = True
"""What it prints depends on its words and the ledger alone, so that it can be kept for the next time."""


def run(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="ID", help="A line or claim; a part by its path: line/part.", autocompletion=ids)
    ],
    *,
    as_of: AsOf = None,
    unit: Unit = "auto",
    form: Format = "table",
    output: Output = None,
    data: Data = None,
    color: Color = None,
) -> None:
    """How a figure comes about. What is stated, what is derived and how, who says so, in which file and line.

    \b
      ledger show jamy-trafficking-2024
      ledger show uo13-2024/3-1
      ledger show violence-2024
    """
    from ledger.commands._open_ledger import open_book
    from ledger.output import fail, show_table
    from ledger.suggestion import did_you_mean
    from ledger.views.derivation import show_claim, show_line

    book = open_book(ctx, data, as_of).book
    if name in book.lines:
        show_table(ctx, show_line(book, book.lines[name], unit=unit), form, output, color)
    elif name in book.claims:
        show_table(ctx, show_claim(book, book.claims[name], unit=unit), form, output, color)
    elif name in book.sources:
        fail(f"'{name}' is a source: see what it states with 'ledger query source:{name}'")
    elif name in book.agencies:
        fail(f"'{name}' is an agency: see what it receives with 'ledger query recipient:{name}'")
    else:
        fail(f"no line or claim is called '{name}'{did_you_mean(name, {*book.lines, *book.claims})}")
