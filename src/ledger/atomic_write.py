"""Files and folders made beside their place, then moved there: what stands in a place is always the old or the new.

What a run that was killed leaves behind has a name that begins with `.ledger-`, which no ledger reads.
"""

import os
import shutil
import signal
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from errno import EINVAL, ENOSYS, ENOTSUP
from pathlib import Path

PREFIX = ".ledger-"
"""What temporary names begin with."""

_CANNOT = (EINVAL, ENOSYS, ENOTSUP)
"""How a system says that it, or the file system, has no such call."""

_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2
"""Of renameat2(2) in Linux, and renamex_np(2) in macOS."""


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A name beside a place, for what is to stand there; what has that name in the end is taken away."""
    temporary = _name_beside(target)
    try:
        yield temporary
    finally:
        with undisturbed():
            remove(temporary)


def _name_beside(target: Path) -> Path:
    return target.parent / f"{PREFIX}{os.urandom(8).hex()}"


@contextmanager
def undisturbed() -> Iterator[None]:
    """Have Ctrl-C, and a plea to end, wait until what is inside is done."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def remove(path: Path) -> None:
    """Take away a file or a folder with all that is in it, if it is there and that can be done."""
    with suppress(OSError):
        path.unlink()
        return
    shutil.rmtree(path, ignore_errors=True)


def put(place: Path, content: Iterable[bytes], like: Path | None = None) -> None:
    """Make a file, and have it on the disk; it gets the mode of one that is `like` it, if that is there."""
    mode = stat.S_IMODE(like.stat().st_mode) if like is not None and like.exists() else None
    at_first = 0o666 if mode is None else 0o600
    with open(place, "xb", opener=lambda name, flags: os.open(name, flags, at_first)) as file:
        file.writelines(content)
        file.flush()
        _sync(file.fileno())
    if mode is not None:
        place.chmod(mode)


def _sync(file: int) -> None:
    try:
        os.fsync(file)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise


def replace(target: Path, content: Iterable[bytes]) -> None:
    """Write a file whole or not at all; one that is there keeps its mode."""
    with beside(target) as temporary:
        put(temporary, content, like=target)
        temporary.replace(target)


def exchange(new: Path, old: Path) -> None:
    """Have two things change places, in one step where the system can.

    Where it cannot, `old` is nowhere for a moment: a run that is killed then leaves it under a temporary name.
    """
    if _exchanged(new, old):
        return
    aside = _name_beside(old)
    with undisturbed():
        old.rename(aside)
        try:
            new.rename(old)
        except OSError:
            aside.rename(old)
            raise
        aside.rename(new)


def _exchanged(new: Path, old: Path) -> bool:
    """Whether the system has let two things change places at once; Python has no name for that call."""
    import ctypes  # noqa: PLC0415 - for a folder that is there already alone

    name = {"linux": "renameat2", "darwin": "renamex_np"}.get(sys.platform)
    try:
        call = getattr(ctypes.CDLL(None, use_errno=True), name) if name else None
    except (AttributeError, OSError):
        call = None
    if call is None:
        return False
    one, other = os.fsencode(new), os.fsencode(old)
    if sys.platform == "linux":
        failed = call(_AT_FDCWD, one, _AT_FDCWD, other, ctypes.c_uint(_RENAME_EXCHANGE))
    else:
        failed = call(one, other, ctypes.c_uint(_RENAME_SWAP))
    error = ctypes.get_errno()
    if failed and error not in _CANNOT:
        raise OSError(error, os.strerror(error), str(old))
    return not failed
