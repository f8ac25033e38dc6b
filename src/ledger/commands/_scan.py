"""Reading documents for `ledger scan`, a chunk at a time, and what is printed of them."""

import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import IO

import typer

from ledger.commands._open_ledger import open_book
from ledger.commands._progress import progress
from ledger.output import FAILED, FOUND, emit, fail, say, show_table
from ledger.statements.running_text import Mention, UnreadableError, listed, mentions, record
from ledger.suggestion import did_you_mean

STANDARD_INPUT = "-"
_CHUNK = 65_536

Tell = Callable[[int], None]


class _CannotReadError(Exception):
    """A file that cannot be opened or read; the message is for the user."""


def scan(
    ctx: typer.Context,
    files: list[Path],
    encoding: str,
    *,
    unit: str,
    form: str,
    output: Path | None,
    color: str | None,
) -> None:
    """Print the amounts of every file that can be read; the others are named, each with its fault."""
    if form in ("csv", "json"):
        write, document = (_csv_rows, _csv_document) if form == "csv" else (_json_records, _json_document)
        _spooled(files, encoding, output, write, document)
        return
    found: list[Mention] = []

    def keep(these: Iterable[Mention]) -> int:
        whole = list(these)
        found.extend(whole)
        return len(whole)

    faults = _read(files, encoding, keep)
    if len(faults) < len(files):
        show_table(ctx, listed(found, [path.as_posix() for path in files], unit=unit), form, output, color)
    _end(faults)


def hold_against(
    ctx: typer.Context,
    file: Path,
    source: str,
    encoding: str,
    *,
    unit: str,
    form: str,
    output: Path | None,
    data: Path | None,
    color: str | None,
) -> None:
    """Print what became of the figures that the ledger cites from a source, in its document."""
    from ledger.reconcile.cited_figures import carried, numbers_of
    from ledger.reconcile.cited_figures_table import citing

    book = open_book(ctx, data).book
    if source not in book.sources:
        fail(f"unknown source '{source}'{did_you_mean(source, set(book.sources))}")
    found: list[Mention] = []

    def keep(these: Iterable[Mention]) -> int:
        found.extend(these)
        return len(found)

    _end(_read([file], encoding, keep, numbers_of(book, source)))
    document = carried(book, source, found, file.as_posix())
    if not any(one.cited for one in document.carried):
        say(f"ledger: the ledger cites no figure from '{source}'")
    show_table(ctx, citing(book, document, unit=unit), form, output, color)
    if document.lacks:
        raise typer.Exit(FOUND)


Lines = Callable[[Iterable[Mention], list[str]], Iterator[str]]


def _spooled(
    files: list[Path], encoding: str, output: Path | None, write: Lines, document: Callable[[IO[bytes]], Iterator[str]]
) -> None:
    """One document of a line an amount, by way of a temporary file: those of a long text need no memory either."""
    paths = [path.as_posix() for path in files]
    try:
        with tempfile.TemporaryFile("w+b") as spool:

            def keep(these: Iterable[Mention]) -> int:
                start, number = spool.tell(), 0
                try:
                    for number, line in enumerate(write(these, paths), 1):  # noqa: B007 - the last is how many there are
                        spool.write(line.encode("utf-8", "replace"))
                except (UnreadableError, _CannotReadError):
                    spool.seek(start)
                    spool.truncate()
                    raise
                return number

            faults = _read(files, encoding, keep)
            spool.flush()  # now, so that a disk without room for it is not taken for that of the output
            if len(faults) < len(files):
                emit(document(spool), output)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        fail(f"cannot write a temporary file in '{tempfile.gettempdir()}': {reason}")
    _end(faults)


def _json_records(these: Iterable[Mention], paths: list[str]) -> Iterator[str]:
    from ledger.render.json_ import one_line

    for one in these:
        yield f"    {one_line(record(one, path=len(paths) > 1))}\n"


def _json_document(records: IO[bytes]) -> Iterator[str]:
    """The lines of the document; all records but the last have a comma behind them."""
    from ledger.render.json_ import SCHEMA

    yield f'{{\n  "schema": {SCHEMA},\n  "amounts": ['
    records.seek(0)
    before = "\n"
    for line in TextIOWrapper(records, encoding="utf-8", newline="\n"):
        yield before + line.rstrip("\n")
        before = ",\n"
    yield "]\n}\n" if before == "\n" else "\n  ]\n}\n"


def _csv_rows(these: Iterable[Mention], paths: list[str]) -> Iterator[str]:
    from ledger.render.csv_ import header_and_rows

    for one in these:
        yield header_and_rows(listed([one], paths))[1]


def _csv_document(rows: IO[bytes]) -> Iterator[str]:
    from ledger.render.csv_ import header_and_rows

    yield header_and_rows(listed([], [""]))[0]
    records = TextIOWrapper(rows, encoding="utf-8", newline="")
    records.seek(0)
    while piece := records.read(_CHUNK):
        yield piece


def _read(
    files: list[Path], encoding: str, keep: Callable[[Iterable[Mention]], int], bare: Collection[int] = ()
) -> list[str]:
    """Have the amounts of every file kept; why some cannot be read. A file is read whole or not at all."""
    faults = []
    with progress(_size(files), "reading") as tell:
        for path in files:
            try:
                if not keep(mentions(_chunks(path, tell), path.as_posix(), bare, encoding)):
                    say(f"ledger: no amount of money in {'standard input' if _is_input(path) else repr(str(path))}")
            except UnreadableError as error:
                faults.append(f"{error.finding.place}: {error.finding.message}")
            except _CannotReadError as error:
                faults.append(str(error))
    return faults


def _chunks(path: Path, tell: Tell) -> Iterator[bytes]:
    try:
        if _is_input(path):
            if sys.stdin is None:
                raise _CannotReadError("cannot read standard input: it is closed")
            yield from _all(sys.stdin.buffer, tell)
        else:
            with path.open("rb") as file:
                yield from _all(file, tell)
    except OSError as error:
        raise _CannotReadError(f"cannot read '{path}': {(error.strerror or 'unknown reason').lower()}") from None


def _is_input(path: Path) -> bool:
    return path == Path(STANDARD_INPUT)


def _all(file: IO[bytes], tell: Tell) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        tell(len(chunk))
        yield chunk


def _size(files: list[Path]) -> int | None:
    """The bytes of all files; not known of standard input and of pipes."""
    with suppress(OSError):
        if all(path.is_file() for path in files):
            return sum(path.stat().st_size for path in files)
    return None


def _end(faults: list[str]) -> None:
    """Say every fault, and end with the status that says so."""
    for fault in faults:
        say(f"ledger: {' '.join(fault.split())}")
    if faults:
        raise typer.Exit(FAILED)
