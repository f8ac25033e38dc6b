"""`ledger import --prose`: a draft in comments of the amounts that a text names."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePath

import typer

from ledger.book import Book
from ledger.commands._apply_changes import apply, text_there
from ledger.commands._document import Request, find_ledger_to_write, own_source_id, read_ledger
from ledger.commands._source_bytes import is_input, name_of, read_bytes
from ledger.discovery import shipped_data
from ledger.output import FAILED, FOUND, counted, fail, say
from ledger.reading import load
from ledger.statements.running_text import HEAD, Mention, UnreadableError, about, mentions, passages
from ledger.writing import CannotWriteError, Change
from ledger.writing.from_prose import draft, said_in
from ledger.writing.page_source import source_fields

_CHUNK = HEAD
"""Bytes of a text that are read at a time."""


def import_prose(ctx: typer.Context, request: Request) -> None:
    """Write the draft into a file that is named after the source; one that is there is never overwritten."""
    source = own_source_id(request)
    if source is None:
        fail("--prose needs the id of the document: add --source ID, which names the draft too")
    if request.terms:
        fail("--prose takes no terms: it drafts every amount of the text")
    if request.unit:
        fail("--prose takes no --unit: a figure in a text without a unit is no amount")
    found = find_ledger_to_write(ctx, request)
    loaded = read_ledger(found)
    text, amounts = _drafted(request, source, loaded.book)
    path = found.directory / f"{source}.yaml"
    before = text_there(path) if path.exists() else None
    if before == text:
        say(f"ledger: nothing to add: {path.as_posix()} holds this draft already")
        return
    if before is not None:
        say(f"ledger: {path.as_posix()} is there and is left as it is: name another --source, or move it away")
        raise typer.Exit(FOUND)
    apply(found.directory, [Change(path, None, text)], loaded, dry_run=request.dry_run, force=request.force)
    say(f"ledger: {counted(len(amounts), 'candidate')} in comments: {path.as_posix()}")
    unread = sum(bool(one.found.unreadable) for one in amounts)
    if unread:
        say(f"ledger: {unread} of them cannot be read safely; the reason stands with each")
    say(
        "ledger: a dry run: nothing is written"
        if request.dry_run
        else "ledger: next: fill in what is wanted, then check"
    )


def _drafted(request: Request, source: str, book: Book) -> tuple[str, list[Mention]]:
    """The draft, and the amounts in it; a text without any, or that is none, ends the command."""
    file, encoding, path = request.file, request.shape.encoding, name_of(request.file)
    given = read_bytes(file) if is_input(file) else None
    try:
        amounts = list(mentions(_chunks(file, given), path, encoding=encoding))
        said = said_in(passages(_chunks(file, given), path, encoding), amounts)
        told = None if source in book.sources else _source(next(_chunks(file, given), b""), path, encoding, book)
    except OSError as error:
        fail(f"cannot read '{file}': {(error.strerror or 'unknown reason').lower()}")
    except UnreadableError as error:
        say(f"ledger: {error.finding.place}: {error.finding.message}")
        raise typer.Exit(FAILED) from None
    if not amounts:
        fail(f"no amount of money in '{path}'")
    try:
        name = path if given is not None else file.name
        return draft(said, name, source, list(book.agencies.values()), told), amounts
    except CannotWriteError as error:
        fail(f"'{file}': {error}")


def _source(begun: bytes, path: str, encoding: str, book: Book) -> dict[str, str]:
    """The fields of the text's source, as far as its beginning tells them; kind and publisher from its like."""
    head = begun[:HEAD].decode(encoding or "utf-8", "replace")
    shipped = shipped_data()
    register = load(shipped).book.sources if shipped else {}
    return source_fields(about(head), PurePath(path).name, {**register, **book.sources}.values())


def _chunks(file: Path, given: bytes | None) -> Iterator[bytes]:
    """The bytes of a text, a piece at a time: a long one need not be held whole, save from standard input."""
    with file.open("rb") if given is None else BytesIO(given) as opened:
        while chunk := opened.read(_CHUNK):
            yield chunk
