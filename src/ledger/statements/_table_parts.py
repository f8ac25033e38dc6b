"""Which rows of a table are parts of another: those under `därav`, alone in a row or before a name."""

import re
from collections.abc import Iterator, Sequence

from ledger.diagnostic import Finding
from ledger.statements._table_rows import Entry, Reading

_APPROPRIATION = re.compile(r"(?:UO\d+ )?\d+:\d+", re.ASCII)


def parents_of(reading: Reading, entries: Sequence[Entry]) -> tuple[dict[int, int], list[Finding]]:
    """The index of the row that each part lies in, by its own; and where that is not told."""
    parents: dict[int, int] = {}
    faults: list[Finding] = []
    outer: int | None = None
    at = 0
    while at < len(entries):
        entry = entries[at]
        if entry.part:
            if outer is None:
                faults.append(Finding(reading.sheet.place(entry.line), "a part ('därav') without a row above it"))
            else:
                parents[at] = outer
                faults.extend(_elsewhere(reading, entries, [at], outer))
        elif entry.kind == "parts":
            inner = _block(entries, at, outer)
            if inner is None or outer is None:
                message = "which rows 'därav' is about is not told: write it before the name of each"
                faults.append(Finding(reading.sheet.place(entry.line), message))
            else:
                parents.update(dict.fromkeys(inner, outer))
                faults.extend(_elsewhere(reading, entries, inner, outer))
                at = inner[-1] if inner else at
        elif entry.kind in ("line", "sum"):
            outer = at
        at += 1
    return parents, faults


def _block(entries: Sequence[Entry], at: int, outer: int | None) -> list[int] | None:
    """The rows below `därav`, to where they look like the row above it again; nothing where that is not told."""
    if outer is None:
        return None
    below: list[int] = []
    for one in range(at + 1, len(entries)):
        gap = entries[one].line.number - entries[one - 1].line.number > 1
        if entries[one].kind != "line" or (gap and below):
            break
        below.append(one)
    if len(below) <= 1:
        return below
    looks = _looks(entries[below[0]])
    if looks == _looks(entries[outer]):
        return None
    mine: list[int] = []
    for one in below:
        if _looks(entries[one]) != looks:
            break
        mine.append(one)
    return mine


def _elsewhere(reading: Reading, entries: Sequence[Entry], inner: Sequence[int], outer: int) -> Iterator[Finding]:
    """Parts whose code lies in another appropriation than that of their row."""
    around = entries[outer].keys.get("code", "")
    for at in inner:
        code = entries[at].keys.get("code", "")
        if around and code and not code.startswith(f"{around} ") and _APPROPRIATION.match(code):
            message = f"'{code}' under 'därav' does not lie in '{around}': which rows are parts is not told"
            yield Finding(reading.sheet.place(entries[at].line), message)


def _looks(entry: Entry) -> tuple[bool, bool]:
    """What parts differ in from their row: whether they have a code, and stand further in."""
    return bool(entry.keys.get("code")), entry.indent > 0
