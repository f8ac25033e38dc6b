"""The names in a ledger's files by a light look at their lines, for shell completion.

Reading the ledger proper takes ten times as long as a shell may wait. A file that breaks, or writes its parts inside
braces, loses names here and nothing else.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import ledger
from ledger.cache.folder import content_of

_KEY = re.compile(r"( *)[\"']?(\w[\w.-]*)[\"']? *:(?: |$)")
_TOP_LEVEL = re.compile(r"^(allocations|agencies|claims|goals|sources|initiatives|ledger) *:", re.MULTILINE)
_YEARS = re.compile(r"\byear: *[\"']?([0-9]{4})(?:-([0-9]{4}))?")
_PARTS = "parts"
_READ = 4 * 1024 * 1024
"""Bytes of a file that are looked at."""


class Names(NamedTuple):
    """The years that lines and claims are of, and the ids below each top-level key; of parts, the full ones."""

    years: set[int]
    ids: dict[str, list[str]]


def names(option: Path | None, environment: Mapping[str, str], start: Path) -> Names:
    """The names in the ledger that a command run from `start` would show."""
    found = Names(set(), {})
    for text in _texts(option, environment, start):
        for first, last in _YEARS.findall(text):
            found.years.update(range(int(first), int(last or first) + 1))
        for what, name in _ids(text):
            found.ids.setdefault(what, []).append(name)
    return found


def _texts(option: Path | None, environment: Mapping[str, str], start: Path) -> list[str]:
    if option is not None:
        return _read(option)
    if named := environment.get("LEDGER_DATA"):
        return _read(Path(named))
    package = Path(ledger.__file__).parent
    for folder in (start, *start.parents, package, package.parents[1]):
        texts = _read(folder / "data")
        if any(map(_TOP_LEVEL.search, texts)):
            return texts
    return []


def _read(folder: Path) -> list[str]:
    texts = []
    for path in sorted(folder.rglob("*.y*ml")):
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            try:
                texts.append(content_of(path, _READ).decode("utf-8", "replace").removeprefix("\ufeff"))
            except OSError:
                continue
    return texts


def _ids(text: str) -> Iterator[tuple[str, str]]:
    """The entries below the top-level keys, and the parts of lines, by their indentation."""
    around: list[tuple[int, str]] = []
    for found in filter(None, map(_KEY.match, text.splitlines())):
        indent = len(found[1])
        while around and around[-1][0] >= indent:
            around.pop()
        around.append((indent, found[2]))
        what, *keys = (key for _, key in around)
        if len(keys) % 2 and all(key == _PARTS for key in keys[1::2]) and (len(keys) == 1 or what == "allocations"):
            yield what, "/".join(keys[::2])
