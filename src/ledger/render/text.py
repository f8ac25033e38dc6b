"""Findings as text: each at its place, with the source lines it is about, likely causes and what to do."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from ledger.diagnostic import Diagnostic, Place
from ledger.render._escape import one_line, width, wrap
from ledger.render._excerpt import ROOM, excerpt

Role = Literal["", "place", "error", "warning", "gutter", "carets", "hint", "help"]
Piece = tuple[str, Role]
"""A piece of the text and what it is, so that a terminal can colour it."""


_FRAME, _LEAST = 5, 40
"""Columns that a frame of gutter and dots takes, and those that an excerpt has however narrow the terminal is."""


class _Remark(Struct, frozen=True):
    """What is said under a source line; without the line's text it is said with its place instead."""

    place: Place
    text: str
    words: str
    role: Role = ""


def findings(findings: Sequence[Diagnostic]) -> str:
    """All findings in the order given, and a last line that counts them."""
    return "".join(text for text, _ in pieces(findings))


def pieces(findings: Sequence[Diagnostic], columns: int | None = None) -> Iterator[Piece]:
    """The text in pieces; told of the columns of a terminal, its excerpts and what is said under them fit there."""
    for one in findings:
        yield from _finding(one, columns)
        yield "\n", ""
    yield f"{_counts(findings)}\n", ""


def _finding(one: Diagnostic, columns: int | None) -> Iterator[Piece]:
    yield f"{one_line(str(one.place))}: ", "place"
    yield f"{one.severity}[{one_line(one.check)}]", one.severity
    yield f" {one_line(one.message)}\n", ""
    remarks = _remarks(one)
    numbers = [len(str(remark.place.line)) for remark in remarks if remark.text]
    yield from _excerpts(one.place.path, remarks, max(5, *numbers, 0), columns)
    for hint in one.hints:
        if hint.place is None:
            yield "hint: ", "hint"
            yield f"{one_line(hint.message)}\n", ""
    if one.help:
        yield "help: ", "help"
        yield f"{one_line(one.help)}\n", ""


def _remarks(one: Diagnostic) -> list[_Remark]:
    """What stands under the source lines: whose the place is, the related places, and the hints that have one."""
    here = [other for other in one.related if one.text and other.place[:3] == one.place[:3]]
    words = ", ".join(other.message for other in here) or one.place.owner
    first = [_Remark(one.place, one.text, words, one.severity)] if one.text else []
    related = [_Remark(other.place, other.text, other.message) for other in one.related if other not in here]
    hints = [_Remark(hint.place, hint.text, f"hint: {hint.message}", "hint") for hint in one.hints if hint.place]
    return [*first, *related, *hints]


def _excerpts(path: str, remarks: Sequence[_Remark], gutter: int, columns: int | None) -> Iterator[Piece]:
    """Each source line once, with all that is said under it; lines of another file under the name of that file."""
    room = max(columns - gutter - _FRAME, _LEAST) if columns else ROOM
    groups: dict[tuple[str, int, str], list[tuple[str, _Remark]]] = {}
    for remark in remarks:
        if remark.text:
            cut = excerpt(remark.text, remark.place, room)
            groups.setdefault((remark.place.path, remark.place.line, cut.line), []).append((cut.carets, remark))
    for (file, number, line), under in groups.items():
        if file != path:
            yield f"{' ' * gutter}-> {one_line(file)}\n", "gutter"
            path = file
        yield f"{number:{gutter}} |", "gutter"
        yield f" {line}".rstrip() + "\n", ""
        for carets, remark in under:
            yield from _under(carets, remark, f"{' ' * gutter} | ", room if columns else None)
    for remark in remarks:
        if not remark.text:
            yield f"{' ' * gutter} = ", "gutter"
            yield f"{one_line(str(remark.place))}: ", "place"
            yield f"{one_line(remark.words)}\n", ""


def _under(carets: str, remark: _Remark, gutter: str, room: int | None) -> Iterator[Piece]:
    """The carets and what they say, beside them, or below where there is no room for it."""
    role: Role = "hint" if remark.role == "hint" else ""
    words = one_line(remark.words)
    below = room is not None and len(carets) + 1 + width(words) > room
    yield gutter, "gutter"
    yield carets, remark.role or "carets"
    yield f"{'' if below else ' ' + words}".rstrip() + "\n", role
    for line in wrap(words, room) if below and room else ():
        yield gutter, "gutter"
        yield f"{line}\n", role


def _counts(findings: Sequence[Diagnostic]) -> str:
    counts = Counter(one.severity for one in findings)
    words = [f"{n} {severity}{'s' * (n != 1)}" for severity, n in sorted(counts.items())]
    return ", ".join(words) or "no findings"
