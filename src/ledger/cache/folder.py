"""The cache's folder and the files in it: ours alone, whole or not there, and never the cause of a failure.

The program begins with this module: it imports next to nothing.
"""

import os
import stat

try:
    from _blake2 import blake2b
except ImportError:  # an interpreter without it; hashlib costs a third of a start
    from hashlib import blake2b

_NAME = "gender-budget-ledger"
_HEAD = b"ledger cache 1\n"
_SEAL = 32
"""Hexadecimal digits of the digest that a file begins with: what was torn or altered does not fit it."""

FEW = 200
"""How many files are kept; the oldest make room."""

LARGEST = 16 * 2**20
"""Bytes of a file that is kept."""

MOST = 2**30
"""Bytes of all files together; the oldest make room."""


def digest(data: bytes) -> str:
    """A content's digest."""
    return blake2b(data, digest_size=_SEAL // 2).hexdigest()


def folder() -> str | None:
    """Where the cache is, by the custom of the system; nothing when that place is not known."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA", "")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):
            base = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, _NAME) if os.path.isabs(base) else None


def get(name: str, largest: int = LARGEST) -> bytes | None:
    """The content of a file of the cache; nothing when it is not there, not whole, too large, or anybody else's."""
    place = folder()
    try:
        if place is None or not _ours(os.lstat(place), stat.S_IFDIR):
            return None
        with open(os.path.join(place, name), "rb", opener=_opener) as file:
            state = os.fstat(file.fileno())
            if not _ours(state, stat.S_IFREG) or state.st_size > 2 * largest:
                return None
            data = file.read()
    except OSError:
        return None
    start = len(_HEAD) + _SEAL
    sealed = data.startswith(_HEAD) and data[len(_HEAD) : start].decode("latin-1") == digest(data[start:])
    return data[start:] if sealed else None


def content_of(path: str | os.PathLike[str], most: int = -1) -> bytes:
    """The bytes of a file of the user's, or its first ones. Raises OSError.

    Also of what is no regular file: the end of a pipe or a device may never come.
    """
    with open(path, "rb", opener=_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            from errno import EINVAL  # noqa: PLC0415 - for this alone

            raise OSError(EINVAL, "not a regular file", os.fspath(path))
        return file.read(most)


def put(name: str, data: bytes, largest: int = LARGEST) -> None:
    """Keep a content under a name, if that can be done: another process never sees half of it."""
    place = folder()
    if place is None or len(data) > largest:
        return
    temporary = os.path.join(place, f".{name}.{os.getpid()}")
    try:
        os.makedirs(place, mode=0o700, exist_ok=True)
        if not _ours(os.lstat(place), stat.S_IFDIR):
            return
        with open(temporary, "xb", opener=_opener) as file:
            file.write(_HEAD + digest(data).encode() + data)
        os.replace(temporary, os.path.join(place, name))
        _make_room(place)
    except OSError:
        _remove(temporary)
    except BaseException:  # Ctrl-C
        _remove(temporary)
        raise


def _opener(path: str, flags: int) -> int:
    """Open without following a link, for the user alone."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0), 0o600)


def _at_once(path: str, flags: int) -> int:
    """Open without waiting for anybody at the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _ours(state: os.stat_result, kind: int) -> bool:
    """Whether a folder or file is of a kind, belongs to the user, and nobody else may write to it."""
    if stat.S_IFMT(state.st_mode) != kind:
        return False
    return os.name == "nt" or (state.st_uid == os.geteuid() and not state.st_mode & 0o022)


def _make_room(place: str) -> None:
    """Take out the oldest files when there are too many; what a broken-off run left counts as well."""
    with os.scandir(place) as found:
        files = [(entry.stat(follow_symlinks=False), entry.path) for entry in found]
    size = 0
    for number, (state, path) in enumerate(sorted(files, key=lambda one: one[0].st_mtime_ns, reverse=True)):
        size += state.st_size
        if number >= FEW or (number and size > MOST):
            _remove(path)


def _remove(path: str) -> None:
    try:
        os.remove(path)
    except OSError:
        return
