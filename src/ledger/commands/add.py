"""`ledger add`: one thing more in the ledger's files."""

from typing import Annotated

import typer

from ledger.commands._complete import lines, sources
from ledger.options import Data, completing, one_of

WHAT = ("top-up",)


def run(
    ctx: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="What is added: top-up.",
            callback=one_of(*WHAT),
            autocompletion=completing(*WHAT),
        ),
    ],
    name: Annotated[
        str, typer.Argument(metavar="ID", help="The line; a part by its path: line/part.", autocompletion=lines)
    ],
    amount: Annotated[
        list[str], typer.Argument(metavar="AMOUNT", help="As the source states it: 1,5 mnkr, högst 500 tkr.")
    ],
    *,
    decided: Annotated[
        str, typer.Option("--decided", metavar="DATE", help="When it was decided: 2024, 2024-03 or 2024-03-27.")
    ],
    source: Annotated[
        list[str],
        typer.Option("--source", metavar="ID", help="Who says so; may be given again.", autocompletion=sources),
    ],
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What else is to be known of it.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write it even if a check fails then.")] = False,
    data: Data = None,
) -> None:
    """Record a top-up in the file of its line. All else in the file stays as it is, to the byte.

    The whole ledger is checked first. When the top-up brings an error, such as a stated total that does not hold it,
    nothing is written and the command ends with 1. The same top-up again adds nothing. A reduction is a negative
    amount, behind -- so that it is not taken for an option.

    \b
      ledger add top-up lst-utvecklingsmedel-2024 1,5 mnkr --decided 2024-06-19 --source pr-2024-06-lst
      ledger add top-up uo13-2024/3-1 2000 --decided 2024-06 --source bet-2023-24-fiu21 --dry-run
      ledger add --decided 2024-06 --source rb-24493 top-up lst-utvecklingsmedel-2024 -- -500 tkr
    """
    from ledger.commands._add import TopUpAsked, add_top_up
    from ledger.commands._open import find

    del what
    asked = TopUpAsked(name, " ".join(amount).strip(), decided, tuple(dict.fromkeys(source)), note or "")
    add_top_up(find(ctx, data, or_shipped=False), asked, dry_run=dry_run, force=force)
