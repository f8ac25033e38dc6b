"""Rows of a section as a tree: the lines that lead to each, drawn before its first cell."""

from collections.abc import Sequence

from msgspec import Struct


class Branches(Struct, frozen=True):
    """The strokes before a row: a branch, the last branch, a stem that goes on, one that has ended."""

    branch: str = "├─ "
    last: str = "└─ "
    stem: str = "│  "
    gap: str = "   "


INDENTED = Branches("  ", "  ", "  ", "  ")
"""For an encoding without the strokes."""


def lead(depths: Sequence[int], branches: Branches) -> list[tuple[str, str]]:
    """For each row what stands before it, and before its further lines where it takes several."""
    leads = []
    follows: set[int] = set()  # the depths at which a later row hangs from the same stem
    for depth in reversed(depths):
        stems = "".join(branches.stem if level in follows else branches.gap for level in range(1, depth))
        more = depth in follows
        first = branches.branch if more else branches.last
        further = branches.stem if more else branches.gap
        leads.append((stems + first, stems + further) if depth else ("", ""))
        follows = {level for level in follows if level < depth} | {depth}
    return leads[::-1]
