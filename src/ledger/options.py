"""The options that commands share, and the one way in which they print, write and end."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, NamedTuple, NoReturn

import typer

from ledger.beside import replace
from ledger.cache.recording import Recording

_LINE_END = re.compile("(\r?\n)")

CLEAN, FOUND, FAILED, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141
"""Exit statuses: clean; errors found or differences; could not run; Ctrl-C; the reader of a pipe is gone."""


class Global(NamedTuple):
    """The options that may stand before a command."""

    data: Path | None = None
    color: str | None = None
    recording: Recording | None = None


def one_of(*allowed: str) -> Callable[[str | None], str | None]:
    """A check that a text is one of those allowed."""

    def check(value: str | None) -> str | None:
        if value is not None and value not in allowed:
            raise typer.BadParameter(f"'{value}' is not one of {', '.join(allowed)}")
        return value

    return check


def completing(*words: str) -> Callable[[str], list[str]]:
    """Shell completion from fixed words."""
    return lambda incomplete: [word for word in words if word.startswith(incomplete)]


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
        callback=one_of(*TABLES),
        autocompletion=completing(*TABLES),
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


def counted(number: int, thing: str) -> str:
    """`1 line`, `2 lines`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def fail(message: str) -> NoReturn:
    """Say why the command could not run, and end it."""
    say(f"ledger: {message}")
    raise typer.Exit(FAILED)


def say(message: str) -> None:
    """One message on standard error; when nobody can read it there, nothing more can be done.

    What begins with the program's name is one line, so that no name of a file or term can look like a second message.
    """
    encoding = sys.stderr.encoding or "utf-8"
    if message.startswith("ledger: "):
        message = message.replace("\n", "\\n")
    with suppress(OSError):
        sys.stderr.write(visible(message).encode(encoding, "replace").decode(encoding) + "\n")


def visible(text: str) -> str:
    """The text with every character written out that could steer a terminal, but line ends."""
    if text.replace("\n", "").isprintable():
        return text
    from ledger.render._safe import safe

    return "".join(part if part in ("\n", "\r\n") else safe(part) for part in _LINE_END.split(text))


def unwritable(error: OSError, where: str = "to standard output") -> str:
    """What is said when a result cannot be written."""
    return f"ledger: cannot write {where}: {(error.strerror or 'unknown reason').lower()}"


def emit(content: str | bytes | Iterator[str], output: Path | None) -> None:
    """Print a result, which may come in pieces, or put it into a file whole or not at all.

    A file or a pipe gets it to the byte; on a terminal nothing in it steers.
    """
    pieces = (content,) if isinstance(content, str | bytes) else content
    if output is not None:
        _write((piece if isinstance(piece, bytes) else piece.encode("utf-8", "replace") for piece in pieces), output)
        return
    if isinstance(content, bytes):
        fail("this format is not text: name a file with --output")
    shown = visible if sys.stdout.isatty() else str
    with unless_closed():
        sys.stdout.writelines(shown(str(piece)) for piece in pieces)
        sys.stdout.flush()


@contextmanager
def unless_closed() -> Iterator[None]:
    """Print what is inside; when the reader of the pipe is gone, end quietly with the status that says so."""
    try:
        yield
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still in the buffer goes nowhere
        if isinstance(error, BrokenPipeError):
            raise typer.Exit(CLOSED_PIPE) from None
        say(unwritable(error))
        raise typer.Exit(FAILED) from None


def _write(content: Iterable[bytes], output: Path) -> None:
    """Write the file that is meant; through a link, the file it leads to."""
    try:
        target = Path(os.path.realpath(output))
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as file:  # a device or a pipe, such as /dev/null: a rename would take its place
                file.writelines(content)
        else:
            replace(target, content)
    except OSError as error:
        say(unwritable(error, f"'{output}'"))
        raise typer.Exit(FAILED) from None
