"""Which ledger is meant: by option, by environment, the nearest one, or the one that is shipped."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from ledger.cache.folder import content_of
from ledger.cache.recording import Recording
from ledger.cache.state import is_ledger_file

KEYS = ("ledger", "goals", "agencies", "sources", "allocations", "claims", "initiatives")
"""The keys that stand at the top of a ledger's files."""

LARGEST_FILE = 64 * 2**20
"""Bytes of a ledger file that is read."""

_LONGEST = 100
"""Characters of a path in a message, where it is longer than paths may be."""

_TOP_LEVEL = re.compile(rf"^(?:\xef\xbb\xbf)?[\"']?(?:{'|'.join(KEYS)})[\"']? *:".encode(), re.MULTILINE)


class Found(Struct, frozen=True):
    """A ledger's directory and what named it; `given` when the command line did.

    `passed` are the nearer directories that would have been taken if they had held one. `recording` is told of what is
    read, so that an answer can be kept.
    """

    directory: Path
    by: str
    given: bool = False
    passed: tuple[Path, ...] = ()
    recording: Recording | None = None


def find_ledger(option: Path | None, environment: Mapping[str, str], start: Path, *, or_shipped: bool) -> Found | str:
    """The directory of the ledger that is meant, as reached from `start`, or a message that says why there is none.

    `or_shipped` allows the data set that comes with the program: only for commands that show.
    """
    if option is not None:
        return _directory(option, "--data", given=True)
    named = environment.get("LEDGER_DATA", "")
    if named:
        return _directory(Path(named), "LEDGER_DATA")
    nearest = [folder / "data" for folder in (start, *start.parents)]
    for up, folder in enumerate(nearest):
        if holds_ledger(folder):
            return Found(Path(*[".."] * up, "data"), "the nearest data folder", passed=tuple(nearest[:up]))
    shipped = shipped_data() if or_shipped else None
    if shipped is not None:
        return Found(shipped, "the data set shipped with the program", passed=tuple(nearest))
    return "there is no ledger here: name its directory with --data, or begin one below data/"


def is_shipped(directory: Path) -> bool:
    """Whether this is the data set that comes with the program, whose licence is known."""
    shipped = shipped_data()
    return shipped is not None and shipped.resolve() == directory.resolve()


def _directory(path: Path, by: str, *, given: bool = False) -> Found | str:
    try:
        if path.is_dir():
            return Found(path, by, given)
        return f"{by}: '{path}' is {'not a directory' if path.exists() else 'not there'}"
    except OSError as error:  # of a name that no system takes
        return f"{by}: '{str(path)[:_LONGEST]}…' cannot be read: {(error.strerror or 'unknown reason').lower()}"


def holds_ledger(folder: Path) -> bool:
    """Whether a folder holds a YAML file with a top-level key of a ledger, however broken it may be."""
    return any(_TOP_LEVEL.search(text) for text in _texts(folder))


def yaml_files(directory: Path, unreadable: Callable[[OSError], None]) -> Iterator[Path]:
    """Every `*.yaml` and `*.yml` below the directory, without names that begin with a dot, as the walk meets them.

    `unreadable` is told of each folder that cannot be listed.
    """
    for folder, folders, files in os.walk(directory, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if is_ledger_file(name):
                yield Path(folder) / name


def _texts(folder: Path) -> Iterator[bytes]:
    for path in yaml_files(folder, unreadable=lambda _: None):
        try:
            yield content_of(path, LARGEST_FILE)
        except OSError:
            continue


def shipped_data() -> Path | None:
    """The data set inside the package; of an editable install, the repository's."""
    package = Path(__file__).parent
    return next((path for path in (package / "data", package.parents[1] / "data") if holds_ledger(path)), None)
