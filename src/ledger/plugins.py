"""What installed packages add, by the entry points `ledger.checks`, `ledger.formats` and `ledger.readers`.

An entry point names a module that is like one of ours. Where no installed package has any, finding that out is a look
into its folders. A plugin that fails is told of, never followed by a traceback.
"""

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

Group = Literal["checks", "formats", "readers"]
T = TypeVar("T")


class PluginError(Exception):
    """A plugin that cannot be used; the message names it and its package, and is for the user."""


class Plugin(NamedTuple):
    """An entry point: its name, the package that has it, and where its module is."""

    group: Group
    name: str
    package: str
    target: str

    def __str__(self) -> str:
        """How messages name it."""
        return f"'{self.name}' ({self.group[:-1]} of the package '{self.package}')"

    def load(self) -> Any:
        """Its module. Raises PluginError."""
        from importlib import import_module  # noqa: PLC0415 - for plugins alone, as below

        return self.call(import_module, self.target)

    def call(self, function: Callable[..., T], *given: Any) -> T:
        """What a function of the plugin gives; whatever it raises becomes a PluginError."""
        try:
            return function(*given)
        except Exception as error:
            raise PluginError(f"{self} fails: {type(error).__name__}: {error}") from error


@cache
def plugins(group: Group) -> tuple[Plugin, ...]:
    """The plugins of a group, by name; of two packages that use one name, the first on the import path has it."""
    if not installed():
        return ()
    from importlib.metadata import entry_points  # noqa: PLC0415 - takes longer to import than most commands to run

    found: dict[str, Plugin] = {}
    for one in entry_points(group=f"ledger.{group}"):
        if one.dist is None or _is_here(str(one.dist.locate_file(""))):
            continue
        package = one.dist.name
        found.setdefault(one.name, Plugin(group, one.name, package, one.module))
    return tuple(found[name] for name in sorted(found))


@cache
def installed() -> bool:
    """Whether any installed package has plugins."""
    return any(_has_plugins(Path(folder)) for folder in sys.path if not _is_here(folder))


def _is_here(folder: str) -> bool:
    """Whether it is the current folder, which `python -m` looks into: a stranger's ledger may lie there."""
    return os.path.realpath(folder) == os.path.realpath("")


def _has_plugins(folder: Path) -> bool:
    """Whether a package in a folder of the import path has any; none where that cannot be read."""
    try:
        return any(b"[ledger." in path.read_bytes() for path in folder.glob("*-info/entry_points.txt"))
    except OSError:
        return False
