"""The two ledgers that `ledger diff` compares: directories, or revisions of one."""

from pathlib import Path

import typer

from ledger.commands._open_ledger import checked, find, read, show_faults
from ledger.diff import Differences, compare, table
from ledger.discovery import Found
from ledger.options import Global
from ledger.output import counted, fail, say
from ledger.reading import Loaded
from ledger.revisions import has_revision_of, load_revision
from ledger.table import Table


def diff(ctx: typer.Context, old: str, new: str | None, *, data: Path | None, unit: str) -> tuple[Differences, Table]:
    """Read both, compare them, and make the table; faults of reading in either end the command."""
    names = _named(ctx, old, new, data)
    before, after = (_read(name, directory) for name, directory in names)
    if before.faults or after.faults:
        texts = {**before.texts, **after.texts}
        show_faults(Loaded(after.book, tuple(dict.fromkeys((*before.faults, *after.faults))), texts))
    if before.book.currency != after.book.currency:
        fail(f"'{names[0][0]}' is in {before.book.currency}, and '{names[1][0]}' in {after.book.currency}")
    for (name, _), loaded in zip(names, (before, after), strict=True):
        errors = checked(loaded).errors
        if errors:
            say(f"ledger: {counted(errors, 'error')} in {name}: see 'ledger check'")
    found = compare(before.book, after.book)
    return found, table(found, names[0][0], names[1][0], unit=unit)


Named = tuple[str, Path | None]
"""What a ledger is called, and of a revision the directory that is read in it."""


def _named(ctx: typer.Context, old: str, new: str | None, data: Path | None) -> tuple[Named, Named]:
    if new is None:
        directory = find(ctx, data, or_shipped=False).directory
        return (old, None if _is_directory(old) else directory), (str(directory), None)
    revisions = [name for name in (old, new) if not _is_directory(name)]
    if not revisions:
        return (old, None), (new, None)
    directory = _directory(ctx, revisions, [Path(name) for name in (old, new) if name not in revisions], data)
    return (old, directory if old in revisions else None), (new, directory if new in revisions else None)


def _is_directory(name: str) -> bool:
    """Whether it names one; no name at all would be the current directory."""
    return bool(name) and Path(name).is_dir()


def _directory(ctx: typer.Context, revisions: list[str], others: list[Path], data: Path | None) -> Path:
    """What is read in revisions: by --data, else the directory they are compared with where they hold it."""
    before = ctx.obj if isinstance(ctx.obj, Global) else Global()
    if others and not (data or before.data) and has_revision_of(revisions[0], others[0], Path.cwd()):
        return others[0]
    return find(ctx, data, or_shipped=False).directory


def _read(name: str, directory: Path | None) -> Loaded:
    if directory is None:
        return read(Found(Path(name), "the command line", given=True))
    revision = load_revision(name, directory)
    if isinstance(revision, str):
        fail(revision)
    for path in revision.passed_over:
        say(f"ledger: passed over '{path}': it is no plain file")
    return revision.loaded
