"""A ledger with changes that are not yet written: checked whole, then shown as a diff, or written."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import typer
from msgspec import Struct

from ledger.book import Book
from ledger.cache.folder import digest
from ledger.commands._open_ledger import checked, show_faults
from ledger.diagnostic import Diagnostic
from ledger.output import FOUND, counted, emit, fail, say
from ledger.reading import Loaded, bytes_of, ledger_files, load_texts
from ledger.writing import Change, as_diff, text_of, write


class Tried(Struct, frozen=True):
    """A ledger as it would be, and those findings of its checks that the ledger as it is does not have."""

    loaded: Loaded
    new: tuple[Diagnostic, ...]


def apply(
    directory: Path,
    changes: Sequence[Change],
    loaded: Loaded,
    *,
    dry_run: bool,
    force: bool,
    doubts: Callable[[Book], Iterable[str]] = lambda _: (),
) -> Loaded:
    """Check the ledger with the changes, say what is new, then print the diff or write; the ledger as it then is.

    The changes were thought out from what was `loaded`; a ledger that has changed since then ends the command. New
    errors end it with nothing written, unless `force`; so do, always, a ledger that could not be read any more, a link
    out of it, and what `doubts` says of the ledger as it would be. The paths of the changes are reached from the
    current directory, as `directory` is.
    """
    tried = try_out(_texts(directory, changes, loaded), changes)
    if tried.new:
        from ledger.render.text import findings

        say(findings(tried.new).rstrip("\n"))
    if dry_run:
        emit(as_diff(changes), None)
    doubted = [] if tried.loaded.faults else list(doubts(tried.loaded.book))
    for message in doubted:
        say(f"ledger: {message}")
    errors = sum(one.severity == "error" for one in tried.new)
    if tried.loaded.faults:
        fail("nothing is written, because the ledger could not be read any more")
    if errors and not force:
        say(f"ledger: nothing is written, because of {counted(errors, 'new error')}: --force writes all the same")
        raise typer.Exit(FOUND)
    if doubted:
        say("ledger: nothing is written, because this would not be what is meant")
        raise typer.Exit(FOUND)
    if not dry_run:
        _write(changes)
    return tried.loaded


def _texts(directory: Path, changes: Sequence[Change], loaded: Loaded) -> dict[str, bytes]:
    """The files as they are; the command ends where that is not what was loaded, or a change leads out."""
    for change in changes:
        _inside(change.path, directory)
    try:
        texts = {shown: bytes_of(path, directory) for path, shown in ledger_files(directory)}
    except OSError as error:
        fail(f"cannot read '{error.filename or directory}': {(error.strerror or 'unknown reason').lower()}")
    if {shown: digest(text) for shown, text in texts.items()} != loaded.digests:
        fail("nothing is written, because somebody else changed the ledger meanwhile: try again")
    return texts


def text_there(path: Path) -> str:
    """The text of a file that is to be changed; the command ends when it cannot be read."""
    try:
        return text_of(path)
    except OSError as error:
        fail(f"cannot read '{path}': {(error.strerror or 'unknown reason').lower()}")
    except ValueError:
        fail(f"cannot read '{path}': it is not UTF-8")


def _inside(path: Path, directory: Path) -> None:
    """End the command when a link leads out of the ledger."""
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(os.path.realpath(directory)):
        fail(f"'{path}' leads out of the ledger, to '{target}': change it where that file belongs")


def try_out(texts: Mapping[str, bytes], changes: Sequence[Change]) -> Tried:
    """Check the ledger of these files with the changes, and compare the findings with those before.

    Faults of reading that are there already end the command.
    """
    before = load_texts(texts)
    if before.faults:
        show_faults(before)
    new = {one.path.as_posix(): one.after.encode() if isinstance(one.after, str) else one.after for one in changes}
    after = load_texts({**texts, **new})
    known = Counter(map(_told, checked(before).diagnostics))
    return Tried(after, tuple(_beyond(known, checked(after).diagnostics)))


def _beyond(known: Counter[tuple[str, ...]], found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings that are more than the known ones."""
    left, new = known.copy(), []
    for one in found:
        if left[_told(one)]:
            left[_told(one)] -= 1
        else:
            new.append(one)
    return new


def _told(one: Diagnostic) -> tuple[str, ...]:
    """What a finding says, without its line: lines move when others are put in before them."""
    return one.check, one.place.path, one.place.owner, one.message


def _write(changes: Sequence[Change]) -> None:
    try:
        write(changes)
    except OSError as error:
        where = error.filename or changes[0].path
        fail(f"cannot write '{where}': {(error.strerror or 'unknown reason').lower()}; nothing is changed")
