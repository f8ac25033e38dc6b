"""Changes of files: shown as a diff, or written so that each file is always the old or the new whole."""

import difflib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from errno import EAGAIN, EEXIST
from pathlib import Path

from msgspec import Struct

from ledger.atomic_write import beside, put, replace, undisturbed
from ledger.cache.folder import content_of

_LINES = re.compile("[^\n]*\n|[^\n]+")


class Change(Struct, frozen=True):
    """A file as it is meant to be; `before` is what it was read as, nothing for a new file."""

    path: Path
    before: str | bytes | None
    after: str | bytes


class ChangedMeanwhileError(OSError):
    """A file is not what it was read as: somebody else wrote it."""


def text_of(path: Path) -> str:
    """The text of a file with its own line ends and byte order mark. Raises OSError, and ValueError if not UTF-8."""
    return content_of(path).decode("utf-8")


def as_diff(changes: Sequence[Change]) -> str:
    """The changes as a unified diff, which `patch` and `git apply` take."""
    return "".join(piece for change in changes for piece in _diff(change))


def write(changes: Sequence[Change]) -> None:
    """Write all changes, or none: files beside, then renames in this order; one that fails undoes those before it.

    Through a link, the file it leads to is written. Raises ChangedMeanwhileError when a file is not as it was read, or
    another run writes in its folder, and OSError; then everything is as before.
    """
    with ExitStack() as undo, ExitStack() as made:
        ready = []
        for change in changes:
            target = Path(os.path.realpath(change.path))
            _make_folder(target.parent, undo)
            _check(change, target)
            temporary = made.enter_context(beside(target))
            put(temporary, [_bytes(change.after)], like=target)
            ready.append((change, target, temporary))
        folders = {target.parent: change.path for change, target, _ in ready}
        with _alone_in(folders), undisturbed():
            for change, target, temporary in ready:
                _check(change, target)
                undo.callback(_put_back, change, target)
                temporary.replace(target)
            undo.pop_all()
            for folder in folders:
                _sync_folder(folder)


@contextmanager
def _alone_in(folders: Mapping[Path, Path]) -> Iterator[None]:
    """Lock folders, each named by a file in it, so that between a last look and a rename no other run renames."""
    with ExitStack() as opened:
        for folder, path in folders.items():
            _lock(folder, path, opened)
        yield


def _lock(folder: Path, path: Path, opened: ExitStack) -> None:
    """Lock a folder where that can be done. Raises ChangedMeanwhileError while another run has it locked."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, PermissionError):  # a folder may be one to write in, and not to read
        return
    opened.callback(os.close, handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        reason = "another run writes there just now: try again"
        raise ChangedMeanwhileError(EAGAIN, reason, str(path)) from None
    except OSError:  # a file system without locks
        return


def _diff(change: Change) -> Iterator[str]:
    name = change.path.as_posix().lstrip("/")
    old, new = (_LINES.findall(_bytes(one or b"").decode("utf-8", "replace")) for one in (change.before, change.after))
    before = "/dev/null" if change.before is None else f"a/{name}"
    for line in difflib.unified_diff(old, new, before, f"b/{name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8")


def _check(change: Change, target: Path) -> None:
    """Raise ChangedMeanwhileError when a file is not as it was read."""
    there = content_of(target) if target.exists() else None
    if there != (None if change.before is None else _bytes(change.before)):
        reason = "it is there already" if change.before is None else "somebody else changed it meanwhile"
        raise ChangedMeanwhileError(EEXIST, reason, str(change.path))


def _make_folder(folder: Path, undo: ExitStack) -> None:
    """Make the folder, and those around it; what was made is taken away again when the writing fails."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        undo.callback(_remove_folder, one)


def _remove_folder(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _put_back(change: Change, target: Path) -> None:
    """Undo a rename that went well before another one failed."""
    if not target.exists() or target.read_bytes() != _bytes(change.after):
        return
    if change.before is None:
        target.unlink()
    else:
        replace(target, [_bytes(change.before)])


def _sync_folder(folder: Path) -> None:
    """Have the renames on the disk, where a system lets folders be synchronised."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
