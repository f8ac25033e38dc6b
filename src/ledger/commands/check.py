"""`ledger check`: does it add up, and does somebody say so."""

from typing import Annotated

import typer

from ledger.commands._complete import checks
from ledger.options import Color, Data, Output, completing, one_of

FORMATS = ("text", "json")


def run(
    ctx: typer.Context,
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(FORMATS),
            help="How to write the findings.",
            callback=one_of(*FORMATS),
            autocompletion=completing(*FORMATS),
        ),
    ] = "text",
    select: Annotated[
        list[str] | None, typer.Option(metavar="ID,…", help="Only these checks.", autocompletion=checks)
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="ID,…", help="All checks but these.", autocompletion=checks)
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    output: Output = None,
    data: Data = None,
    color: Color = None,
) -> None:
    """Every finding in the ledger. Ends with 1 when there are errors, with --strict also when there are warnings.

    \b
      ledger check
      ledger check --select parts-mismatch,total-mismatch
      ledger check --format json -o findings.json
    """
    from ledger.commands._check import check

    check(ctx, form, _ids(select), _ids(ignore), strict=strict, output=output, data=data, color=color)


def _ids(written: list[str] | None) -> tuple[str, ...]:
    """`--select a,b --select c` is three ids."""
    return tuple(one.strip() for text in written or () for one in text.split(",") if one.strip())
