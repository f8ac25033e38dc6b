"""What a folder of files looked like: enough to say later that nothing in it has changed.

The program begins with this module: it imports next to nothing.
"""

import os
import time

from ledger.cache.folder import content_of, digest

Entry = tuple[str, str, str, str]
"""The kind of a thing (`FILE`, `FOLDER`, `ABSENT`), the digest of what is in it, its stamp, and its path."""

FILE, FOLDER, ABSENT = "f", "d", "-"

_SETTLED = 2 * 10**9
"""Nanoseconds after which a further change is sure to give a file another time: that of the coarsest file systems."""

_MOST = 2**27
"""Bytes of a file that are looked at: more than a ledger file may have."""

UNSURE = "?"
"""Stands for a stamp that cannot be relied on, so that the content is compared."""


def stamp(path: str) -> str:
    """A thing's size, times and number, which change when its content does.

    Of one that was changed just now they cannot be relied on: the next change may fall into the same tick of the clock.
    """
    try:
        found = os.stat(path)
    except OSError:
        return UNSURE
    if max(found.st_mtime_ns, found.st_ctime_ns) + _SETTLED > time.time_ns():
        return UNSURE
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino} {found.st_dev}"


def is_ledger_file(name: str) -> bool:
    """Whether a file of this name is part of a ledger."""
    return name.endswith((".yaml", ".yml")) and not name.startswith(".")


def folder_entry(path: str) -> Entry:
    """A folder as it is now: the names in it that matter. Raises OSError when it cannot be listed."""
    before = stamp(path)
    return FOLDER, _listing(path), before, path


def still_holds(entries: list[Entry]) -> list[Entry] | None:
    """The entries with stamps that can be relied on by now; nothing when anything is another than it was.

    Stamps are a first sieve: what they do not vouch for is read.
    """
    fresh = []
    try:
        for kind, content, old, path in entries:
            new = old if kind == ABSENT else stamp(path)
            if kind == ABSENT and os.path.lexists(path):
                return None
            if (old == UNSURE or new != old) and _content(kind, path) != content:
                return None
            fresh.append((kind, content, new, path))
    except OSError:
        return None
    return fresh


def _content(kind: str, path: str) -> str:
    if kind == FOLDER:
        return _listing(path)
    return digest(content_of(path, _MOST))


def _listing(path: str) -> str:
    """The digest of the names of ledger files and folders in a folder."""
    with os.scandir(path) as found:
        names = sorted(
            f"{entry.name}/" if entry.is_dir() else entry.name
            for entry in found
            if (not entry.name.startswith(".") if entry.is_dir() else is_ledger_file(entry.name))
        )
    return digest("\0".join(names).encode("utf-8", "surrogateescape"))
