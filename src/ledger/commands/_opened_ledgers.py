"""A ledger as it was opened, kept from one run to the next: a new question reads no file that has not changed."""

import os
import sys
from collections.abc import Callable
from typing import TypeVar

from msgspec import MsgspecError, Struct
from msgspec.msgpack import decode, encode

from ledger.book import Book
from ledger.cache.answer import program
from ledger.cache.folder import digest, get, put
from ledger.cache.state import FILE, Entry, still_holds
from ledger.checks import Outcome
from ledger.discovery import Found

_LARGEST = 256 * 2**20
"""Bytes: a ledger of three hundred thousand lines, or tables of half as many."""

_SIZE = 20
"""Digits of the number of bytes that say what the rest depends on."""

T = TypeVar("T")


class Kept(Struct, frozen=True, array_like=True):
    """The book of a ledger without faults of reading, what all checks found in it, and its files' digests by path."""

    book: Book
    outcome: Outcome
    digests: dict[str, str]


class _About(Struct, frozen=True, array_like=True):
    """What a kept thing depends on: the program, the day of the checks, and all that was looked at in the folder."""

    program: list[str]
    day: str
    entries: list[Entry]


def recall(found: Found, day: str) -> Kept | None:
    """The ledger as it was opened before, when nothing that it depends on has changed since."""
    return _recall(found, "opened", day, lambda rest: decode(rest, type=Kept))


def keep(found: Found, day: str, kept: Kept) -> None:
    """Keep a ledger that was opened just now, if that can be done: a name may be no text, an amount beyond 64 bits."""
    _keep(found, "opened", day, lambda: encode(kept))


def recall_tables(found: Found, day: str) -> bytes | None:
    """The database that was made of the ledger before, when nothing that it depends on has changed since."""
    return _recall(found, "tables", day, bytes)


def keep_tables(found: Found, day: str, written: Callable[[], bytes]) -> None:
    """Keep the database that was made of a ledger just now, which is `written` only if that can be done."""
    _keep(found, "tables", day, written)


def _recall(found: Found, what: str, day: str, made: Callable[[memoryview], T]) -> T | None:
    if found.recording is None:
        return None
    name = _name(found, what)
    data = memoryview(get(name, _LARGEST) or b"")
    try:
        rest = _SIZE + int(bytes(data[:_SIZE]))
        about = decode(data[_SIZE:rest], type=_About)
        if (about.program, about.day) != (_program(), day):
            return None
        entries = still_holds(about.entries)
        kept = made(data[rest:]) if entries else None
    except (MsgspecError, ValueError, RecursionError):
        return None
    if kept is None or entries is None:
        return None
    if entries != about.entries:
        _put(name, _About(about.program, day, entries), data[rest:])
    found.recording.read({path: content for kind, content, _, path in entries if kind == FILE}, whole=True)
    return kept


def _keep(found: Found, what: str, day: str, made: Callable[[], bytes]) -> None:
    if found.recording is None or not found.recording.entries:
        return
    try:
        _put(_name(found, what), _About(_program(), day, found.recording.entries), made())
    except (ValueError, OverflowError):
        return


def _put(name: str, about: _About, rest: bytes | memoryview) -> None:
    head = encode(about)
    put(name, b"".join([b"%0*d" % (_SIZE, len(head)), head, rest]), _LARGEST)


def _program() -> list[str]:
    return [sys.version, *program()]


def _name(found: Found, what: str) -> str:
    """One for each folder and each way to name it, which is how places are shown."""
    shown, real = os.fsencode(found.directory), os.fsencode(os.path.realpath(found.directory))
    return f"{what}-{digest(shown + b'/' + real)}"
