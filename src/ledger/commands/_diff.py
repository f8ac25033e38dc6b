"""The two ledgers that `ledger diff` compares: directories, or revisions of one."""

from pathlib import Path

import typer

from ledger.commands._open import checked, find, read, show_faults
from ledger.diff import Differences, compare, table
from ledger.options import Global, counted, fail, say
from ledger.reading import Loaded
from ledger.reading.finding import Found
from ledger.revisions import load_revision, same_repository
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
    given = [name for name in (old, new) if name is not None]
    revisions = [name for name in given if not Path(name).is_dir()]
    directory = None
    if revisions or new is None:
        directory = _directory(ctx, [Path(name) for name in given if name not in revisions], data, new)
    first = old, directory if old in revisions else None
    if new is None:
        return first, (str(directory), None)
    return first, (new, directory if new in revisions else None)


def _directory(ctx: typer.Context, others: list[Path], data: Path | None, new: str | None) -> Path:
    """What is read in a revision: by --data, else the other side if it lies in this repository, else the nearest."""
    before = ctx.obj if isinstance(ctx.obj, Global) else Global()
    if new is not None and others and not (data or before.data) and same_repository(others[0], Path.cwd()):
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
