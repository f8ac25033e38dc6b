"""Changes of files: shown as a diff, or written so that each file is always the old or the new whole."""

import difflib
import os
import re
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from errno import EEXIST
from pathlib import Path

_LINES = re.compile("[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it is meant to be; `before` is what it was read as, nothing for a new file."""

    path: Path
    before: str | bytes | None
    after: str | bytes


class ChangedMeanwhileError(OSError):
    """A file is not what it was read as: somebody else wrote it."""


def text_of(path: Path) -> str:
    """The text of a file with its own line ends and byte order mark. Raises OSError, and ValueError if not UTF-8."""
    return path.read_bytes().decode("utf-8")


def as_diff(changes: Sequence[Change]) -> str:
    """The changes as a unified diff, which `patch` and `git apply` take."""
    return "".join(piece for change in changes for piece in _diff(change))


def write(changes: Sequence[Change]) -> None:
    """Write all changes, or none: temporary files beside, then renames; a rename that fails undoes those before it.

    Through a link, the file it leads to is written. Raises ChangedMeanwhileError when a file is not as it was read, and
    OSError; then everything is as before.
    """
    with ExitStack() as undo:
        ready = []
        for change in changes:
            target = Path(os.path.realpath(change.path))
            _make_folder(target.parent, undo)
            _check(change, target)
            temporary = _temporary(target, _bytes(change.after))
            undo.callback(temporary.unlink, missing_ok=True)
            ready.append((change, target, temporary))
        for change, target, temporary in ready:
            _check(change, target)
            undo.callback(_put_back, change, target)
            temporary.replace(target)
        undo.pop_all()
    for folder in {target.parent for _, target, _ in ready}:
        _sync_folder(folder)


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
    there = target.read_bytes() if target.exists() else None
    if there != (None if change.before is None else _bytes(change.before)):
        reason = "it is there already" if change.before is None else "somebody else changed it meanwhile"
        raise ChangedMeanwhileError(EEXIST, reason, str(change.path))


def _make_folder(folder: Path, undo: ExitStack) -> None:
    """Make the folder, and those around it; what was made is taken away again when the writing fails."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir()
        undo.callback(_remove_folder, one)


def _remove_folder(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _temporary(target: Path, content: bytes) -> Path:
    """A file beside the target with its new content, on the disk, and with its mode."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".ledger-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _put_back(change: Change, target: Path) -> None:
    """Undo a rename that went well before another one failed."""
    if not target.exists() or target.read_bytes() != _bytes(change.after):
        return
    if change.before is None:
        target.unlink()
    else:
        _temporary(target, _bytes(change.before)).replace(target)


def _sync_folder(folder: Path) -> None:
    """Have the renames on the disk, where a system lets folders be synchronised."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
