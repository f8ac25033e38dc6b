"""Formats, one module each, found by searching this package, and plugins: a Table or findings → what is written.

A format has `table(table: Table)`, `findings(findings: Sequence[Diagnostic])` or both. They return a text that ends
with a newline; a binary format returns bytes, one that makes a folder returns relative paths with their bytes. One that
guards texts against spreadsheets has `unguarded(table: Table)` too, which leaves every text as it is.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from ledger.diagnostic import Diagnostic
from ledger.plugins import PluginError, plugins
from ledger.suggestion import did_you_mean
from ledger.table import Table

Output = str | bytes | Mapping[str, bytes]


class CannotWriteError(Exception):
    """A table that a format cannot hold, or a format whose library is not installed; the message is for the user."""


class Format(Struct, frozen=True):
    """A format and what it can write; `None` is what it cannot. `unguarded` is `table` where nothing is guarded."""

    name: str
    table: Callable[[Table], Output] | None
    findings: Callable[[Sequence[Diagnostic]], str] | None
    unguarded: Callable[[Table], Output] | None


def formats(can: Literal["table", "findings"]) -> tuple[str, ...]:
    """The names of the formats that can write this."""
    return tuple(name for name in _modules() if getattr(load(name), can))


def load(name: str) -> Format:
    """The format of this name; raises LookupError, whose message names the nearest one."""
    modules = _modules()
    if name not in modules:
        return _added(name, set(modules))
    module = import_module(f"{__name__}.{modules[name]}")
    write = getattr(module, "table", None)
    found = Format(name, write, getattr(module, "findings", None), getattr(module, "unguarded", write))
    written = [function for function in (found.table, found.findings) if function is not None]
    if not written or not all(map(callable, written)):
        raise TypeError(f"{module.__name__} has neither a function `table` nor a function `findings`")
    return found


def _added(name: str, ours: set[str]) -> Format:
    """The format of this name that a plugin adds; what it raises, also while it writes, is a CannotWriteError."""
    plugin = next((one for one in plugins("formats") if one.name == name), None)
    if plugin is None:
        raise LookupError(f"there is no format '{name}'{did_you_mean(name, ours)}")

    def written(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def write(given: Any) -> Any:
            made = _tried(plugin.call, function, given)
            if not isinstance(made, str | bytes | Mapping):
                raise CannotWriteError(f"{plugin} fails: it gives neither a text nor bytes nor files")
            return made

        return write

    module = _tried(plugin.load)
    table, findings = getattr(module, "table", None), getattr(module, "findings", None)
    if not callable(table) and not callable(findings):
        raise CannotWriteError(f"{plugin} fails: it has neither a function `table` nor a function `findings`")
    made = written(table) if callable(table) else None
    return Format(name, made, written(findings) if callable(findings) else None, made)


def _tried(function: Callable[..., Any], *given: Any) -> Any:
    try:
        return function(*given)
    except PluginError as error:
        raise CannotWriteError(str(error)) from error


def _modules() -> dict[str, str]:
    """The modules of this package by the names of their formats: `csv_` is `csv`, `excel_sv` is `excel-sv`."""
    found = sorted(module.stem for folder in __path__ for module in Path(folder).glob("[!_]*.py"))
    return {name.rstrip("_").replace("_", "-"): name for name in found}
