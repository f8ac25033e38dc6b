"""The options that commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from ledger.cache.recording import Recording
from ledger.plugins import Group, plugins


class Global(NamedTuple):
    """The options that may stand before a command."""

    data: Path | None = None
    color: str | None = None
    recording: Recording | None = None


def one_of(*allowed: str, or_added: Group | None = None) -> Callable[[str | None], str | None]:
    """A check that a text is one of those allowed, or the name of a plugin of a group."""

    def check(value: str | None) -> str | None:
        if value is None or value in allowed:
            return value
        added = [plugin.name for plugin in plugins(or_added)] if or_added else []
        if value not in added:
            raise typer.BadParameter(f"'{value}' is not one of {', '.join((*allowed, *added))}")
        return value

    return check


def completing(*words: str, or_added: Group | None = None) -> Callable[[str], list[str]]:
    """Shell completion from fixed words, and the names of the plugins of a group."""

    def complete(incomplete: str) -> list[str]:
        added = [plugin.name for plugin in plugins(or_added)] if or_added else []
        return [word for word in (*words, *added) if word.startswith(incomplete)]

    return complete


def _unless_a_dash(ctx: typer.Context, value: Path | None) -> Path | None:
    """`--output -` is standard output; what is written to a file is no answer to keep."""
    if value is None or value == Path("-"):
        return None
    if isinstance(ctx.obj, Global) and ctx.obj.recording is not None:
        ctx.obj.recording.refuse()
    return value


UNITS = ("auto", "kr", "tkr", "mnkr", "mdkr")
COLORS = ("auto", "always", "never")
TABLES = (
    *("table", "markdown", "csv", "csv-excel-sv", "json"),
    *("xlsx", "parquet", "parquet-by-year", "sqlite", "datapackage"),
)
"""The formats of `ledger.render` that write a table, which help names without importing it."""

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="The ledger's directory (else LEDGER_DATA, else the nearest data/)."),
]
Color = Annotated[
    str | None,
    typer.Option(
        "--color",
        metavar="|".join(COLORS),
        help="Colour: auto is on for terminals, and off with NO_COLOR.",
        callback=one_of(*COLORS),
        autocompletion=completing(*COLORS),
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"How to write the table: {', '.join(TABLES)}.",
        callback=one_of(*TABLES, or_added="formats"),
        autocompletion=completing(*TABLES, or_added="formats"),
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to FILE instead of standard output, whole or not at all.",
        callback=_unless_a_dash,
    ),
]
NoCache = Annotated[
    bool,
    typer.Option("--no-cache", help="Work everything out anew, and keep nothing for the next time."),
]
Unit = Annotated[
    str,
    typer.Option(
        "--unit",
        metavar="|".join(UNITS),
        help="The unit of all figures; auto chooses one for each level, and nothing is ever rounded.",
        callback=one_of(*UNITS),
        autocompletion=completing(*UNITS),
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Only what was decided by DATE: 2024, 2024-03 or 2024-03-27."),
]
TERM_HELP = 'Terms: year:2024 recipient:nsp kind:grant goal:violence code:"UO13 3:1" total:10mnkr.. text …'
