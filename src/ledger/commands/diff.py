"""`ledger diff`: what changed between two ledgers, as money."""

from typing import Annotated

import typer

from ledger.options import Color, Data, Format, Output, Unit


def run(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="A directory, or a git revision: HEAD~1, a tag, a branch.")],
    new: Annotated[
        str | None, typer.Argument(metavar="[NEW]", help="The same; without it, the ledger as it is now.")
    ] = None,
    *,
    unit: Unit = "auto",
    form: Format = "table",
    output: Output = None,
    data: Data = None,
    color: Color = None,
) -> None:
    """What changed between two ledgers, as money. Before and after, why, by which source, and the sums by year.

    Ends with 1 when anything differs. A revision is read of the ledger's directory, and changes nothing in it. The
    order of files and keys, comments, and the unit an amount is written in are no difference.

    \b
      ledger diff HEAD~1
      ledger diff v1.0 v1.1 --format markdown
      ledger diff ../last-year data
    """
    from ledger.commands._diff import diff
    from ledger.output import FOUND, show_table

    found, table = diff(ctx, old, new, data=data, unit=unit)
    show_table(ctx, table, form, output, color)
    if found:
        raise typer.Exit(FOUND)
