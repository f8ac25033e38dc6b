"""`ledger report`: a page that people look at."""

from typing import Annotated

import typer

from ledger.commands._completion import terms as completed
from ledger.options import TERM_HELP, AsOf, Color, Data, Output, Unit, completing, one_of

LANGUAGES = ("sv", "en")


Language = Annotated[
    str,
    typer.Option(
        metavar="|".join(LANGUAGES),
        help="The language of the page's own words, and the form of its figures.",
        callback=one_of(*LANGUAGES),
        autocompletion=completing(*LANGUAGES),
    ),
]
Title = Annotated[
    str | None, typer.Option(metavar="TEXT", help="The page's title, before the year (else the ledger's).")
]
Today = Annotated[
    str | None, typer.Option(metavar="DATE", help="The date that the page bears (else the day of the run, UTC).")
]


def run(
    ctx: typer.Context,
    terms: Annotated[
        list[str] | None,
        typer.Argument(metavar="[YEAR] [TERMS]...", help=TERM_HELP, autocompletion=completed),
    ] = None,
    *,
    lang: Language = "sv",
    title: Title = None,
    as_of: AsOf = None,
    unit: Unit = "auto",
    today: Today = None,
    show: Annotated[bool, typer.Option("--open", help="Show the page in the browser.")] = False,
    output: Output = None,
    data: Data = None,
    color: Color = None,
) -> None:
    """One HTML page with pictures, for everybody. With tables, sources, and how every figure comes about.

    It needs nothing else: it can be mailed, put on a website, read without a network, and printed. Without a year the
    pictures of one year show the latest with decided lines; the series over the years show them all. --open without
    --output writes a temporary file, which stays.

    \b
      ledger report 2024 -o report.html
      ledger report 2024 --open
      ledger report 2021 recipient:jamy --lang en -o jamy.html
    """
    from ledger.commands._report import publish

    del color
    publish(
        ctx,
        terms or [],
        lang=lang,
        title=title,
        date=as_of,
        unit=unit,
        date_of_page=today,
        show=show,
        output=output,
        data=data,
    )
