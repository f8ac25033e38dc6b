"""One run of the program while it is copied: what it printed, and which files that depends on."""

import io
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from ledger.cache.answer import Chunk, is_of_today, keep
from ledger.cache.folder import LARGEST
from ledger.cache.state import ABSENT, FILE, UNSURE, Entry, folder_entry, stamp


class Recording:
    """Copies both streams from `begin` on; `end` keeps the answer, if the run turned out to be one.

    It is one when a command vouched that its answer depends on nothing but its words and a ledger (`vouch`), the ledger
    was looked at (`look`) before it was read (`read`), and nothing refused.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._chunks: list[Chunk] = []
        self._size = 0
        self._vouched = False
        self._entries: list[Entry] = []
        self._stamps: dict[str, str] = {}
        self._looked = self._seen = False
        self._read = False
        self._whole = False

    def vouch(self) -> None:
        """Say that the answer depends on nothing but the words of the question and the files of one ledger."""
        self._vouched = True

    def refuse(self) -> None:
        """Say that the answer is not one to keep after all: it was written elsewhere, or depends on other things."""
        self._name = ""
        self._chunks = []

    def look(self, directory: Path, absent: Iterable[Path]) -> None:
        """Note what a ledger looks like before it is read; `absent` is what would be found first if it were there."""
        self._seen, before = False, self._looked
        self._looked = True
        if before:
            self.refuse()
            return
        try:
            for place, folders, files in os.walk(directory):
                folders[:] = [name for name in folders if not name.startswith(".")]
                self._entries.append(folder_entry(place))
                self._stamps |= {path: stamp(path) for path in (os.path.join(place, name) for name in files)}
            self._seen = True
        except OSError:
            self.refuse()
        self._entries += [(ABSENT, "", "", str(path)) for path in absent]
        if any(os.path.lexists(path) for path in absent):
            self.refuse()

    def read(self, digests: Mapping[str, str], *, whole: bool) -> None:
        """Note what was read: the digest of each file by its path; and whether these are all files."""
        self._whole = whole and not self._read
        if not self._whole:
            self.refuse()
        self._read = True
        self._entries += [(FILE, content, self._stamps.get(path, UNSURE), path) for path, content in digests.items()]

    @property
    def entries(self) -> list[Entry]:
        """What the ledger looked like when it was read; nothing when that is not known, or there were others too."""
        return self._entries if self._whole and self._seen else []

    def note(self, stream: int, data: bytes) -> None:
        """Note what is printed."""
        self._size += len(data)
        if self._size > LARGEST:
            self.refuse()
        if self._name:
            self._chunks.append((stream, data))

    def end(self, status: int) -> None:
        """Keep the answer, if it is one."""
        if self._vouched and self._read and status in (0, 1) and is_of_today(self._name):
            keep(self._name, status, self._entries, self._chunks)


def begin(name: str) -> Recording | None:
    """Copy the streams from now on, for an answer of this name; nothing when they cannot be copied."""
    if os.name == "nt" and sys.stdout.isatty():  # there colours may bypass the streams
        return None
    recording = Recording(name)
    sys.stdout = _copied(sys.stdout, 1, recording)
    sys.stderr = _copied(sys.stderr, 2, recording)
    return recording


def _copied(stream: TextIO, number: int, recording: Recording) -> TextIO:
    errors = stream.errors or "strict"
    lines, at_once = (
        (stream.line_buffering, stream.write_through) if isinstance(stream, io.TextIOWrapper) else (True, False)
    )
    copy: Any = _Copy(stream.buffer, number, recording)
    return io.TextIOWrapper(copy, stream.encoding, errors, line_buffering=lines, write_through=at_once)


class _Copy(io.BufferedIOBase):
    """A stream that notes what passes."""

    def __init__(self, stream: Any, number: int, recording: Recording) -> None:
        self._stream, self._number, self._recording = stream, number, recording

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        written: int = self._stream.write(data)
        self._recording.note(self._number, bytes(data))
        return written

    def flush(self) -> None:
        if not self.closed:
            self._stream.flush()

    def isatty(self) -> bool:
        return bool(self._stream.isatty())

    def fileno(self) -> int:
        return int(self._stream.fileno())
