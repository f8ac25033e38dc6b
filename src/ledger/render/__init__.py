"""Formats, one module each, found by searching this package: a Table or findings → what is printed or written.

A format has `table(table: Table)`, `findings(findings: Sequence[Diagnostic])` or both. They return a text that ends
with a newline; a binary format returns bytes, one that makes a folder returns relative paths with their bytes. One that
guards texts against spreadsheets has `unguarded(table: Table)` too, which leaves every text as it is.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Literal

from msgspec import Struct

from ledger.diagnostic import Diagnostic
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
        raise LookupError(f"there is no format '{name}'{did_you_mean(name, set(modules))}")
    module = import_module(f"{__name__}.{modules[name]}")
    write = getattr(module, "table", None)
    found = Format(name, write, getattr(module, "findings", None), getattr(module, "unguarded", write))
    written = [function for function in (found.table, found.findings) if function is not None]
    if not written or not all(map(callable, written)):
        raise TypeError(f"{module.__name__} has neither a function `table` nor a function `findings`")
    return found


def _modules() -> dict[str, str]:
    """The modules of this package by the names of their formats: `csv_` is `csv`, `excel_sv` is `excel-sv`."""
    found = sorted(module.stem for folder in __path__ for module in Path(folder).glob("[!_]*.py"))
    return {name.rstrip("_").replace("_", "-"): name for name in found}
