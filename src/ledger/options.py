"""The options that commands share, and the one way in which they print, write and end."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NoReturn

import typer

CLEAN, FOUND, FAILED, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141
"""Exit statuses: clean; errors found or differences; could not run; Ctrl-C; the reader of a pipe is gone."""


@dataclass(frozen=True, slots=True)
class Global:
    """The options that may stand before a command."""

    data: Path | None = None
    color: str | None = None


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


UNITS = ("auto", "kr", "tkr", "mnkr", "mdkr")
COLORS = ("auto", "always", "never")
TABLES = ("table", "markdown", "csv", "json")

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
        metavar="|".join(TABLES),
        help="How to write the table.",
        callback=one_of(*TABLES),
        autocompletion=completing(*TABLES),
    ),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of standard output.")
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
Terms = Annotated[list[str] | None, typer.Argument(metavar="[TERMS]...", help=TERM_HELP)]


def counted(number: int, thing: str) -> str:
    """`1 line`, `2 lines`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def fail(message: str) -> NoReturn:
    """Say why the command could not run, and end it."""
    say(f"ledger: {message}")
    raise typer.Exit(FAILED)


def say(message: str) -> None:
    """One message on standard error."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(message.encode(encoding, "replace").decode(encoding) + "\n")


def emit(content: str | bytes, output: Path | None) -> None:
    """Print a result, or put it into a file whole or not at all."""
    if output is not None:
        _write(content if isinstance(content, bytes) else content.encode(), output)
        return
    if isinstance(content, bytes):
        fail("this format is not text: name a file with --output")
    with unless_closed():
        sys.stdout.write(content)
        sys.stdout.flush()


@contextmanager
def unless_closed() -> Iterator[None]:
    """Print what is inside; when the reader of the pipe is gone, end quietly with the status that says so."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(CLOSED_PIPE) from None


def _write(content: bytes, output: Path) -> None:
    """A temporary file beside the target, then a rename: the target is never half-written."""
    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(output)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        fail(f"cannot write '{output}': {(error.strerror or 'unknown reason').lower()}")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
