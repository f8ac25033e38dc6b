"""What is tried, a module each, found by searching this package.

A target has `seeds() -> list[bytes]`, what mutation begins with; `attempt(data) -> Came`, which does with an input what
the command does, by calling what the command calls; and `lines(data) -> list[list[str]]`, the command lines that are
given the same input, which it may put into files of the current directory. Both raise for every promise not kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from fuzz.promises import Came


@dataclass(frozen=True, slots=True)
class Target:
    """A part of the program that reads what strangers wrote."""

    name: str
    seeds: Callable[[], list[bytes]]
    attempt: Callable[[bytes], Came]
    lines: Callable[[bytes], list[list[str]]]


def names() -> list[str]:
    """Every target."""
    return sorted(module.stem.removesuffix("_") for module in Path(__file__).parent.glob("[!_]*.py"))


def load(name: str) -> Target:
    """The target of this name."""
    module = import_module(f"{__name__}.{'import_' if name == 'import' else name}")
    return Target(name, module.seeds, module.attempt, module.lines)
