"""What most commands begin with: the ledger that is meant is found, read, checked and opened."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec import Struct, field
from msgspec.structs import replace

from ledger.book import Book, as_of
from ledger.checks import Outcome
from ledger.checks import run as run_checks
from ledger.commands._opened_ledgers import Kept, keep, recall
from ledger.commands._progress import progress
from ledger.discovery import Found, find_ledger
from ledger.options import Global
from ledger.output import FAILED, counted, fail, say
from ledger.plugins import installed

if TYPE_CHECKING:  # only what reads or checks files needs them
    from ledger.incremental import Asked, Checked
    from ledger.reading import Loaded


class Opened(Struct, frozen=True):
    """A ledger read without fault: its book as of the date asked for, the whole book, and the checks' findings.

    `digests` are those of its files, by path.

    Terms are read against the whole book: a year whose lines all came later is no unknown year.
    """

    book: Book
    whole: Book
    outcome: Outcome
    digests: Mapping[str, str] = field(default_factory=dict)


def find(ctx: typer.Context, data: Path | None, *, or_shipped: bool) -> Found:
    """The ledger that is meant; says which one when the command line does not."""
    before = ctx.obj if isinstance(ctx.obj, Global) else Global()
    found = find_ledger(data or before.data, os.environ, Path.cwd(), or_shipped=or_shipped)
    if isinstance(found, str):
        fail(found)
    if not found.given:
        say(f"ledger: {found.directory} ({found.by})")
    if before.recording is None:
        return found
    if installed():  # what plugins do may change without a trace in what is kept
        before.recording.refuse()
        return found
    before.recording.look(found.directory, found.passed)
    return replace(found, recording=before.recording)


def read(found: Found) -> "Loaded":
    """Read the ledger; an unreadable directory ends the command."""
    from ledger.reading import load

    with _readable(found):
        loaded = load(found.directory, progress)
    if found.recording is not None:
        found.recording.read(loaded.digests, whole=len(loaded.digests) == len(loaded.texts))
    return loaded


def check_files(found: Found, asked: "Asked") -> "Checked":
    """Check the ledger; an unreadable directory ends the command."""
    from ledger.incremental import check

    recording = found.recording
    with _readable(found):
        checked = check(found.directory, replace(asked, keep=recording is not None, watch=progress))
    if recording is not None:
        recording.read(checked.digests, whole=len(checked.digests) == checked.files)
    return checked


def checksum_of(found: Found, ledger: Opened) -> str:
    """The checksum of the ledger as it was read; the command ends when it is another by now."""
    from ledger.reading.checksum import checksum

    with _readable(found):
        return checksum(found.directory, ledger.digests)


def forget(ctx: typer.Context) -> None:
    """Keep no answer of this run: it depends on more than the words and the ledger, or is written elsewhere too."""
    if isinstance(ctx.obj, Global) and ctx.obj.recording is not None:
        ctx.obj.recording.refuse()


@contextmanager
def _readable(found: Found) -> Iterator[None]:
    """Read what is inside; an unreadable directory ends the command."""
    try:
        yield
    except OSError as error:
        fail(f"cannot read '{error.filename or found.directory}': {(error.strerror or 'unknown reason').lower()}")


def open_book(ctx: typer.Context, data: Path | None, date: str | None = None) -> Opened:
    """The book, for a command that shows: faults of reading end it, failed checks are one line."""
    return opened(find(ctx, data, or_shipped=True), date)


def opened(found: Found, date: str | None = None, *, day: str | None = None) -> Opened:
    """The same, of a ledger that is found already; checked as of a day, else that of the run."""
    whole = _whole(found, day or today())
    tell_of_errors(whole.outcome.errors)
    for message in whole.outcome.failed:
        say(f"ledger: {message}")
    book = as_of(whole.book, _date(date)) if date else whole.book
    return Opened(book, whole.book, whole.outcome, whole.digests)


def tell_of_errors(number: int) -> None:
    """One line for failed checks; nothing when there are none."""
    if number:
        say(f"ledger: {counted(number, 'error')} in this ledger: see 'ledger check'")


def _whole(found: Found, day: str) -> Kept:
    """The ledger as it was opened before, or read and checked anew; faults of reading end the command."""
    kept = recall(found, day)
    if kept is not None:
        return kept
    loaded = read(found)
    if loaded.faults:
        show_faults(loaded)
    kept = Kept(loaded.book, checked(loaded, day), dict(loaded.digests))
    keep(found, day, kept)
    return kept


def show_faults(loaded: "Loaded") -> None:
    """Print the faults of reading to standard error, and end the command."""
    from ledger.checks import with_text
    from ledger.render.text import findings

    say(findings([with_text(fault, loaded.texts) for fault in loaded.faults]).rstrip("\n"))
    raise typer.Exit(FAILED)


def checked(loaded: "Loaded", day: str | None = None) -> Outcome:
    """Every check's findings, as of a day, else that of the run."""
    return run_checks(loaded.book, loaded.faults, loaded.texts, today=day or today())


def today() -> str:
    """The day of the run, which decides which acceptances have run out; ISO text, UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC).date().isoformat()


_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def _date(text: str) -> str:
    from datetime import date

    try:
        date.fromisoformat(f"{text}-01-01"[:10])
        known = _DATE.fullmatch(text)
    except ValueError:
        known = None
    if known is None:
        fail(f"'{text}' is not a date: write 2024, 2024-03 or 2024-03-27")
    return text
