"""`ledger init`: a small ledger to begin with."""

from pathlib import Path
from typing import Annotated

import typer

from ledger.options import completing, one_of

LANGUAGES = ("sv", "en")


def run(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A new directory, or one that is empty.")],
    currency: Annotated[str, typer.Option(metavar="CODE", help="The ledger's one currency: three letters.")] = "SEK",
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(LANGUAGES),
            help="Of the examples' titles and amounts; without it, sv for SEK, else en.",
            callback=one_of(*LANGUAGES),
            autocompletion=completing(*LANGUAGES),
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="What the ledger is called.")] = None,
) -> None:
    """Begin with a small ledger that explains itself. Editors, pre-commit and GitHub find what they need in it.

    Every figure in it is made up. A directory that holds anything but a new git repository is left alone.

    \b
      ledger init money
      ledger init money --currency EUR --title "Gender budget of Utopia"
    """
    from ledger.commands._init import begin

    begin(directory, currency, lang or ("sv" if currency == "SEK" else "en"), title)
