"""A whole answer, as it was printed, under the question it was given to; told again while the ledger is the same.

The program begins with this module: it imports next to nothing.
"""

import os
import sys
import time

from ledger import __version__
from ledger.cache.folder import digest, get, put
from ledger.cache.state import Entry, still_holds

Chunk = tuple[int, bytes]
"""The stream that something was printed to (1 or 2), and its bytes."""

OFF = "--no-cache"
_HEEDED = (
    *("TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TTY_COMPATIBLE", "TTY_INTERACTIVE"),
    *("JUPYTER_COLUMNS", "JUPYTER_LINES", "UNICODE_VERSION"),
    *("LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANGUAGE"),
)
"""What answers depend on besides all that begins with LEDGER, PYTHON or GITHUB: colour, width, encoding."""


def key() -> str | None:
    """The name of this question: the words, and all else that the answer depends on but the files of the ledger.

    Nothing when no answer is wanted from the cache, or none can be.
    """
    if OFF in sys.argv or os.environ.get("LEDGER_CACHE") == "0" or "_LEDGER_COMPLETE" in os.environ:
        return None
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        return None
    try:
        parts = [__version__, sys.version, os.getcwd(), *sys.argv[1:]]
        streams = [(one.encoding, one.errors, _size(one.fileno())) for one in (sys.stdin, sys.stdout, sys.stderr)]
    except (OSError, ValueError):  # the folder is gone, or the streams are none of the system's
        return None
    parts += [f"{name}={value}" for name, value in sorted(os.environ.items()) if _is_heeded(name)]
    parts += [str(streams), *program()]
    return _of_today() + digest("\0".join(parts).encode("utf-8", "surrogatepass"))


def is_of_today(name: str) -> bool:
    """Whether a question was asked on the day that it is now: what acceptances run out, a check says by the day."""
    return name.startswith(_of_today())


def _of_today() -> str:
    return time.strftime("answer-%Y-%m-%d-", time.gmtime())


def _is_heeded(name: str) -> bool:
    return name in _HEEDED or name.startswith(("LEDGER", "PYTHON", "GITHUB"))


def _size(number: int) -> str:
    """The columns and lines of the terminal that a stream is, if it is one."""
    if not os.isatty(number):
        return ""
    try:
        return str(tuple(os.get_terminal_size(number)))
    except OSError:
        return "a terminal"


def program() -> list[str]:
    """The files of the program and of what it imports, as far as they tell that one of these has changed."""
    package = os.path.dirname(os.path.dirname(__file__))
    paths = [path for path in sys.path if path]
    installed = os.path.join(os.path.dirname(package), f"gender_budget_ledger-{__version__}.dist-info", "RECORD")
    if os.path.exists(installed):
        paths.append(installed)
    else:
        paths += sorted(
            os.path.join(folder, name)
            for folder, _, names in os.walk(package)
            for name in names
            if not name.endswith(".pyc")
        )
    return [f"{path} {_changed(path)}" for path in paths]


def _changed(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0


def keep(name: str, status: int, entries: list[Entry], chunks: list[Chunk]) -> None:
    """Keep an answer: the status it ended with, the state of the ledger, and what was printed, in order."""
    lines = [f"{status} {len(entries)} {len(chunks)}".encode()]
    lines += ["\t".join(entry).encode("utf-8", "surrogateescape") for entry in entries]
    lines += [b"%d %d" % (stream, len(data)) for stream, data in chunks]
    if all(line.count(b"\n") == 0 for line in lines):
        put(name, b"\n".join([*lines, b"".join(data for _, data in chunks)]))


def kept(name: str) -> tuple[int, list[Chunk]] | None:
    """The status and the output of an answer that is still right."""
    data = get(name)
    try:
        status, entries, chunks = _read(data) if data else (0, [], [])
    except (ValueError, IndexError):
        return None
    fresh = still_holds(entries) if entries else None
    if fresh is None:
        return None
    if fresh != entries:
        keep(name, status, fresh, chunks)
    return status, chunks


def _read(data: bytes) -> tuple[int, list[Entry], list[Chunk]]:
    """What is kept. Raises ValueError or IndexError when that makes no sense."""
    head, _, rest = data.partition(b"\n")
    status, entries, chunks = map(int, head.split())
    lines = rest.split(b"\n", entries + chunks)
    found: list[Entry] = []
    for line in lines[:entries]:
        kind, content, stamp, path = line.decode("utf-8", "surrogateescape").split("\t", 3)
        found.append((kind, content, stamp, path))
    output, at = [], 0
    for line in lines[entries : entries + chunks]:
        stream, length = map(int, line.split())
        output.append((stream, lines[-1][at : at + length]))
        at += length
    if at != len(lines[-1]) or len(lines) != entries + chunks + 1:
        raise ValueError
    return status, found, output


def tell(name: str) -> int | None:
    """Print the answer that is kept under a name, and give its status; nothing, and nothing printed, when it is not.

    Raises OSError when standard output does not take it.
    """
    found = kept(name)
    if found is None:
        return None
    status, chunks = found
    for stream, data in chunks:
        if stream == 1:
            sys.stdout.buffer.write(data)
            sys.stdout.flush()
        else:
            _say(data)
    return status


def _say(data: bytes) -> None:
    try:
        sys.stderr.buffer.write(data)
        sys.stderr.flush()
    except OSError:
        return
