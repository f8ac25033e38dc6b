"""How results go out: printed, or put into a file or folder whole or not at all; and how a run ends."""

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from ledger.atomic_write import beside, exchange, put, replace
from ledger.options import Global

if TYPE_CHECKING:  # a command that prints no table imports no format
    from ledger.render import Output as Written
    from ledger.table import Table

_LINE_END = re.compile("(\r?\n)")

_PACKAGE, _AT_TIMES = "datapackage.json", ("ledger.json",)
"""What tells a data package of ours, and the file that one of the whole ledger has and one of chosen lines lacks."""

CLEAN, FOUND, FAILED, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141
"""Exit statuses: clean; errors found or differences; could not run; Ctrl-C; the reader of a pipe is gone."""


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
    from ledger.render._escape import safe

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
        _write_file(
            (piece if isinstance(piece, bytes) else piece.encode("utf-8", "replace") for piece in pieces), output
        )
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


def _write_file(content: Iterable[bytes], output: Path) -> None:
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


def emit_folder(files: Mapping[str, bytes], output: Path) -> None:
    """Write a folder beside the target, then rename it. One that is there gives way if all its files are rewritten."""
    try:
        target = Path(os.path.realpath(output))
        if target.exists() and not target.is_dir():
            fail(f"cannot write '{output}': it is no folder, and this format makes one")
        ours = {*files, *(_AT_TIMES if _PACKAGE in files else ())}
        kept = [name for name in _files_in(target) if name not in ours]
        if kept:
            fail(f"cannot write '{output}': it holds '{kept[0]}', which would be lost; name another folder")
        _replace_folder(target, files)
    except OSError as error:
        say(unwritable(error, f"'{output}'"))
        raise typer.Exit(FAILED) from None


def _files_in(folder: Path) -> list[str]:
    """What is in a folder, at any depth, except folders that hold something themselves."""
    found = sorted(folder.rglob("*"))
    return [path.relative_to(folder).as_posix() for path in found if path.is_symlink() or not path.is_dir()]


def _replace_folder(target: Path, files: Mapping[str, bytes]) -> None:
    with beside(target) as made:
        made.mkdir()
        for name, content in files.items():
            file = made / name
            file.parent.mkdir(parents=True, exist_ok=True)
            put(file, [content])
        if target.exists():
            shutil.copymode(target, made)
            exchange(made, target)
        else:
            made.rename(target)


def show_table(
    ctx: typer.Context, table: "Table", form: str, output: Path | None, color: str | None, *, guard: bool = True
) -> None:
    """Print or write a table; in a terminal, as pleasant as it can. `guard` keeps its texts safe in spreadsheets."""
    before = ctx.obj if isinstance(ctx.obj, Global) else Global()
    color = color or before.color or "auto"
    if form == "table" and output is None and (sys.stdout.isatty() or color == "always"):
        from ledger.render._terminal import console_for, show

        with unless_closed():
            show(table, console_for(color))
        return
    if form == "table" and output is None and not _writes_utf8():
        from ledger.render.table import table as plain

        emit(plain(table, ascii=True), None)
        return
    written = _written(table, form, guard=guard)
    if isinstance(written, str | bytes):
        emit(written, output)
    elif output is None:
        fail(f"'{form}' makes a folder: name it with --output")
    else:
        emit_folder(written, output)


def _written(table: "Table", form: str, *, guard: bool) -> "Written":
    from ledger.render import CannotWriteError
    from ledger.render import load as load_format

    try:
        chosen = load_format(form)
        write = chosen.table if guard else chosen.unguarded
        if write is None:
            fail(f"a table cannot be written as {form}")
        return write(table)
    except CannotWriteError as error:
        fail(str(error))


def _writes_utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
