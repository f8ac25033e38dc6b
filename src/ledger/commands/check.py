"""`ledger check`: does it add up, and does somebody say so."""

from typing import Annotated

import typer

from ledger.commands._completion import checks
from ledger.options import Color, Data, Output, completing, one_of

ANSWERS = True
"""What it prints depends on its words and the ledger alone, so that it can be kept for the next time."""

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")


def run(
    ctx: typer.Context,
    *,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(FORMATS),
            help="How to write the findings; without it text, and github where GitHub runs it.",
            callback=one_of(*FORMATS, or_added="formats"),
            autocompletion=completing(*FORMATS, or_added="formats"),
        ),
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option(metavar="ID,…", help="Only these checks.", autocompletion=checks)
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="ID,…", help="All checks but these.", autocompletion=checks)
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="REV", help="Only what is new since a git revision: main, HEAD~1, a tag.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    stats: Annotated[bool, typer.Option("--stats", help="Tell where the time went.")] = False,
    output: Output = None,
    data: Data = None,
    color: Color = None,
) -> None:
    """Every finding in the ledger. Ends with 1 when there are errors, with --strict also when there are warnings.

    \b
      ledger check
      ledger check --select parts-mismatch,total-mismatch
      ledger check --since main
      ledger check --format json -o findings.json
      ledger check --format gitlab -o gl-code-quality-report.json
    """
    from ledger.commands._check import check

    only = _ids(select), _ids(ignore)
    check(ctx, form, *only, since=since, strict=strict, stats=stats, output=output, data=data, color=color)


def _ids(written: list[str] | None) -> tuple[str, ...]:
    """`--select a,b --select c` is three ids."""
    return tuple(one.strip() for text in written or () for one in text.split(",") if one.strip())
