"""A cell that holds one figure: its sign wherever it is printed, and the marks that keep it from being read."""

import re
from typing import NamedTuple

_SPACES = "\u0020\u00a0\u2009\u202f"
_NUMBER = rf"\d{{1,3}}(?:[{_SPACES}'’]\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_DASH = "-−–‑—"
_SIGNED = re.compile(
    rf"[{_DASH}]\s*(?P<behind>{_NUMBER})"
    rf"|(?P<before>{_NUMBER})\s?[{_DASH}]"
    rf"|\(\s*(?P<bracketed>{_NUMBER})\s*\)"
)
_SHORT = re.compile(r"\d{1,2}")
_MARKED = re.compile(
    rf"(?P<number>{_NUMBER})\s*(?P<mark>\(?\w{{1,5}}\.?\)|\([^()]{{1,12}}\)|\^\w{{1,2}}|[a-z]|,[{_DASH}]|[#!?])"
    rf"|(?P<around>[\[<>]\s*(?:{_NUMBER})\s*\]?)"
    rf"|(?P<clumsy>[-−–+]?\s*\(.{{1,20}}\).{{0,6}}|\w{{0,3}}\)\s*(?:{_NUMBER}))"
    rf"|(?P<apart>\d{{1,3}}(?:\s{{2,}}\d{{3}})+)",
)


_AMONG_WORDS = re.compile(
    rf"(?i:högst|minst|max|maximalt|ca|cirka|drygt|knappt|up to|about|sek|eur|[~≈<>≤≥†*]|\w\))?"
    rf"[\s:.]*[{_DASH}]?\s*(?:{_NUMBER})"
    rf"(?:\s?[/e½]\s?(?:{_NUMBER})?|\s?(?:och|and)\s(?:{_NUMBER})|\s[^\W\d]{{1,6}}\.?){{0,2}}"
)
_NAMES = re.compile(r"\b(?:kap|nr|st|stycken|procent|år|dagar|barn)\b|%", re.IGNORECASE)
"""What says that the number is no amount."""


class Figure(NamedTuple):
    """The number of a cell between two offsets, and whether it is below zero; `doubt` says why it is not read."""

    start: int
    end: int
    negative: bool = False
    doubt: str = ""


def figure_of(text: str) -> Figure | None:
    """What a cell of one figure says of its sign or marks; nothing of any other cell, and of a plain number."""
    start = len(text) - len(text.lstrip())
    written = text.strip()
    if signed := _SIGNED.fullmatch(written):
        group = next(name for name, value in signed.groupdict().items() if value is not None)
        if group == "bracketed" and _SHORT.fullmatch(signed[group]):
            return Figure(start, start + len(written), doubt="may be the mark of a footnote, or below zero")
        return Figure(start + signed.start(group), start + signed.end(group), negative=True)
    marked = _MARKED.fullmatch(written)
    if marked is None or (marked["clumsy"] and not any(character.isdigit() for character in written)):
        return None
    what = f"has '{marked['mark']}' behind its number" if marked["mark"] else "is not a number alone"
    why = "has two spaces or more inside its number: one groups digits" if marked["apart"] else what
    return Figure(start, start + len(written), doubt=why)


def no_figure_alone(text: str) -> Figure | None:
    """A cell of a few words around a number, of which nothing was read: `högst 3 000`, `3 000 prel.`, `SEK -3 000`."""
    written = text.strip()
    if _AMONG_WORDS.fullmatch(written) is None or _NAMES.search(written):
        return None
    return whole(text, "is not a number alone")


def whole(text: str, doubt: str) -> Figure:
    """All of a cell, which is not read."""
    start = len(text) - len(text.lstrip())
    return Figure(start, start + len(text.strip()), doubt=doubt)
