"""A ledger with changes that are not yet written: checked whole, then shown as a diff, or written."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from ledger.commands._open import checked, show_faults
from ledger.diagnostic import Diagnostic
from ledger.options import FOUND, counted, emit, fail, say
from ledger.reading import Loaded, ledger_files, load_texts
from ledger.writing import Change, as_diff, write


@dataclass(frozen=True, slots=True)
class Tried:
    """A ledger as it would be, and those findings of its checks that the ledger as it is does not have."""

    loaded: Loaded
    new: tuple[Diagnostic, ...]


def apply(directory: Path, changes: Sequence[Change], *, dry_run: bool, force: bool) -> Loaded:
    """Check the ledger with the changes, say what is new, then print the diff or write; the ledger as it then is.

    New errors end the command with nothing written, unless `force`; so do, always, a ledger that could not be read any
    more and a link out of it. The paths of the changes are reached from the current directory, as `directory` is.
    """
    for change in changes:
        _inside(change.path, directory)
    try:
        tried = try_out(directory, changes)
    except OSError as error:
        fail(f"cannot read '{error.filename or directory}': {(error.strerror or 'unknown reason').lower()}")
    if tried.new:
        from ledger.render.text import findings

        say(findings(tried.new).rstrip("\n"))
    if dry_run:
        emit(as_diff(changes), None)
    errors = sum(one.severity == "error" for one in tried.new)
    if tried.loaded.faults:
        fail("nothing is written, because the ledger could not be read any more")
    if errors and not force:
        say(f"ledger: nothing is written, because of {counted(errors, 'new error')}: --force writes all the same")
        raise typer.Exit(FOUND)
    if not dry_run:
        _write(changes)
    return tried.loaded


def _inside(path: Path, directory: Path) -> None:
    """End the command when a link leads out of the ledger."""
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(os.path.realpath(directory)):
        fail(f"'{path}' leads out of the ledger, to '{target}': change it where that file belongs")


def try_out(directory: Path, changes: Sequence[Change]) -> Tried:
    """Read and check the ledger with the changes, and compare the findings with those before.

    Faults of reading that are there already end the command. Raises OSError when a file cannot be read.
    """
    texts = {shown: path.read_bytes() for path, shown in ledger_files(directory)}
    before = load_texts(texts)
    if before.faults:
        show_faults(before)
    for change in changes:
        texts[change.path.as_posix()] = change.after.encode() if isinstance(change.after, str) else change.after
    after = load_texts(texts)
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
