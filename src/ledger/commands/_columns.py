"""The options that say how a table is read."""

from pathlib import Path
from typing import Annotated

import typer

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
SaveColumns = Annotated[
    Path | None,
    typer.Option("--save-columns", metavar="FILE", help="Keep which column was taken for what, for the next delivery."),
]
