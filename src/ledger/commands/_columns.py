"""The options that say how a table is read."""

from pathlib import Path
from typing import Annotated

import typer

from ledger.options import completing, one_of

ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1252")
"""Those of `ledger.statements`, which help names without importing it."""

Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--columns",
        metavar="MEANING=COLUMN,…|FILE",
        help="What the columns of a table hold, by heading, letter or number; or a file that --save-columns wrote.",
    ),
]
HeaderRow = Annotated[
    int | None,
    typer.Option("--header-row", metavar="N", help="The line of a table that holds its headings.", min=1),
]
SheetName = Annotated[
    str | None,
    typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook, where several may be meant."),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="|".join(ENCODINGS),
        help="That of a text (else UTF-8, UTF-16 by its mark, or Windows-1252 if it looks so, which is told).",
        callback=one_of(*ENCODINGS),
        autocompletion=completing(*ENCODINGS),
    ),
]
SaveColumns = Annotated[
    Path | None,
    typer.Option("--save-columns", metavar="FILE", help="Keep which column was taken for what, for the next delivery."),
]
