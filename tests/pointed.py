"""Ledgers in tests with their faults pointed at: carets below a line say where, the words behind them what."""

import re

from ledger.reading import Loaded

Fault = tuple[int, int, int, str]
"""Line, column and end column (from 1, the end not included), and `check: message`."""

_POINTER = re.compile(r"( *)(\^+) ([a-z-]+: .+)")


def pointed(text: str) -> tuple[str, list[Fault]]:
    """The ledger without its pointers, and the faults that they demand of the line above them."""
    lines: list[str] = []
    faults: list[Fault] = []
    for line in text.split("\n"):
        pointer = _POINTER.fullmatch(line)
        if pointer:
            column = len(pointer[1]) + 1
            faults.append((len(lines), column, column + len(pointer[2]), pointer[3]))
        else:
            lines.append(line)
    return "\n".join(lines), sorted(faults)


def faults_of(loaded: Loaded) -> list[Fault]:
    """The faults of reading, in the order of their places."""
    return sorted(
        (fault.place.line, fault.place.column, fault.place.end_column, f"{fault.check}: {fault.message}")
        for fault in loaded.faults
    )
