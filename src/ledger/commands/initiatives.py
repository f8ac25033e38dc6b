"""`ledger initiatives`: inquiries, consultations, programmes and co-operations."""

from typing import Annotated

import typer

from ledger.commands._completion import agencies
from ledger.options import Color, Data, Format, Output

ANSWERS = True
"""What it prints depends on its words and the ledger alone, so that it can be kept for the next time."""


def run(
    ctx: typer.Context,
    *,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only this kind.")] = None,
    agency: Annotated[
        str | None,
        typer.Option("--agency", metavar="ID", help="Only those that name this agency.", autocompletion=agencies),
    ] = None,
    form: Format = "table",
    output: Output = None,
    data: Data = None,
    color: Color = None,
) -> None:
    """Inquiries, consultations, programmes, co-operations. All with their dates, consultations with their deadlines.

    \b
      ledger initiatives
      ledger initiatives --kind inquiry
    """
    from ledger.commands._open_ledger import open_book
    from ledger.output import fail, show_table
    from ledger.suggestion import did_you_mean
    from ledger.views.initiatives import initiatives

    book = open_book(ctx, data).book
    every = list(book.initiatives.values())
    kinds = {one.kind for one in every}
    if kind is not None and kind not in kinds:
        fail(f"no initiative is of kind '{kind}'{did_you_mean(kind, kinds)}: there are {', '.join(sorted(kinds))}")
    if agency is not None and agency not in book.agencies:
        fail(f"unknown agency '{agency}'{did_you_mean(agency, set(book.agencies))}")
    chosen = [one for one in every if kind in (None, one.kind) and (agency is None or agency in one.agencies)]
    show_table(ctx, initiatives(book, chosen), form, output, color)
