"""`ledger scan`: every amount of money in a text."""

from pathlib import Path
from typing import Annotated

import typer

from ledger.commands._columns import Encoding
from ledger.commands._completion import sources
from ledger.options import Color, Data, Format, Output, Unit


def run(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Markdown, HTML or plain text; - is standard input."),
    ],
    *,
    check: Annotated[
        bool,
        typer.Option("--check", help="Does the document still carry every figure that the ledger cites from it?"),
    ] = False,
    source: Annotated[
        str | None,
        typer.Option("--source", metavar="ID", help="The source that FILE is, for --check.", autocompletion=sources),
    ] = None,
    encoding: Encoding = None,
    unit: Unit = "auto",
    form: Format = "table",
    output: Output = None,
    data: Data = None,
    color: Color = None,
) -> None:
    """Every amount of money in a text. Swedish or English: its words, limits, place, role and year.

    FILE is told by its content. The role says whether the text calls it a top-up, a total, per recipient or per year.
    What cannot be read safely is listed with the reason. With several FILEs, each amount in JSON has a path. Ends with
    2 when a FILE cannot be read; the others are shown.

    With --check, the figures that the ledger cites from the source: those missing in the document, those that stand
    there with another qualifier, those found, and what the document names besides. Ends with 1 when one is missing.

    \b
      ledger scan pressmeddelande.html
      pdftotext beslut.pdf - | ledger scan -
      ledger scan *.md --format json
      ledger scan --check artikel.md --source art-2024-04-prostitution
    """
    from ledger.commands._scan import hold_against, scan
    from ledger.output import fail

    if not check:
        if source is not None:
            fail("--source says what document --check is about: add --check")
        scan(ctx, files, encoding or "", unit=unit, form=form, output=output, color=color)
    elif source is None:
        fail("--check needs the source that the document is: add --source ID")
    elif len(files) > 1:
        fail("--check is about one document: name one FILE")
    else:
        hold_against(ctx, files[0], source, encoding or "", unit=unit, form=form, output=output, data=data, color=color)
