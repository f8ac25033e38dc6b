"""A row's name and figure, which flattened text glues together, read from the right in every way it can be read."""

import re
from collections.abc import Sequence

from msgspec import Struct

GAP = "\u0020\u00a0\u2009\u202f"
UNITS = ("tkr", "kr", "kronor", "mnkr")
_UNIT = re.compile(rf"[{GAP}\t]*({'|'.join(UNITS)})$", re.IGNORECASE)
_TAIL = re.compile(rf"\d+(?:[{GAP}]\d{{3}})*$", re.ASCII)
_GROUPED = re.compile(rf"0|[1-9]\d{{0,2}}(?:[{GAP}]\d{{3}})*", re.ASCII)
_NUMBER = re.compile(rf"[-−]?(?:{_GROUPED.pattern}|[1-9]\d*)", re.ASCII)
_TYPE = re.compile(r"\((?:ram|ramanslag|obetecknat|obetecknat anslag|reservation|reservationsanslag)\)$", re.IGNORECASE)
"""The type of an appropriation or item, which is the last word of its name."""

MOST_TRIED = 1_000_000
"""Sums of items that are tried in one letter while looking for those that make the totals over them."""

_LONGEST = 60
"""Characters; no figure of a budget is longer."""

_END = 200
"""Characters at the end of a row in which its figure and unit are looked for."""


_ROW = re.compile(r"disponeras av|ap\. ?\d|\d{1,2}:\d|[-−–‑—(]? ?\d", re.IGNORECASE)
_FIGURE_AT_END = rf"\d{{1,3}}(?:[{GAP}]\d{{3}})+|\d+"
_MINUS = re.compile(
    rf"(?P<sign>(?:(?<=\D)|^)[{GAP}\t]*[-−–‑—][{GAP}]?)(?P<behind>{_FIGURE_AT_END})$"
    rf"|(?P<before>{_FIGURE_AT_END})[{GAP}]?[-−–‑—]$"
    rf"|\((?P<bracketed>\d{{1,3}}(?:[{GAP}]\d{{3}})+|\d{{3,}})\)$"
)
"""A figure below zero at the end of a row, with its minus before it, behind it, or as brackets around it."""


_NOTED = re.compile(rf"(\d{{1,3}}(?:[{GAP}]\d{{3}})+)(?:[{GAP}]\d{{1,2}}\)|[{GAP}]?(?:[¹²³⁴⁵⁶⁷⁸⁹]+\)?|\*+\)?))$")
"""A figure in groups with the mark of a footnote behind it."""


class Reading(Struct, frozen=True):
    """One way to read a row: the name, the number in the unit of the row, and the number's own text."""

    name: str
    number: int
    words: str


_Way = tuple["_Way", Reading] | None
"""The readings of some parts, each with those before it: so that ways which begin alike share that."""


def with_minus(text: str) -> str:
    """A row of a table with the minus of its figure right before it, however it was printed, and no footnote's mark.

    Any other line is left as it is.
    """
    if not _ROW.match(text):
        return text
    text = _NOTED.sub(r"\1", text)
    found = _MINUS.search(text, max(0, len(text) - _END))
    if found is None:
        return text
    name = text[: found.start()]
    lead = "\t" if "\t" in (found["sign"] or "") else ""
    parted = "" if not name or name[-1:] in (" ", "\t") or lead else " "
    return f"{name}{lead or parted}-{found['behind'] or found['before'] or found['bracketed']}"


def unit_at_end(text: str) -> tuple[str, str]:
    """A row without the unit behind its figure, and that unit; empty where there is none behind a figure."""
    match = _UNIT.search(text, max(0, len(text) - _END))
    behind = match and re.search(r"\d$", text[: match.start()])
    return (text[: match.start()], match[1].lower()) if match and behind else (text, "")


def has_figure(text: str) -> bool:
    """Whether a row ends in digits, with or without a unit."""
    return _tail(unit_at_end(text.rstrip())[0]) is not None


def is_number(text: str) -> bool:
    """Whether a text is a figure and nothing else."""
    return _NUMBER.fullmatch(unit_at_end(text.strip())[0]) is not None


def readings(text: str, *, whole: bool = False) -> tuple[Reading, ...]:
    """Every way to split a row, without its unit, into a name and a figure; none where it has no figure.

    There is one way only where a tab parts them, after a type such as `(ram)`, and with `whole`: for names that
    never end in a number.
    """
    text = text.strip()
    name, tab, cell = text.rpartition("\t")
    if tab:
        return (_reading(name, cell),) if len(cell) <= _LONGEST and _NUMBER.fullmatch(cell.strip()) else ()
    tail = _tail(text)
    if tail is None or len(tail[0]) > _LONGEST:
        return ()
    before = text[: tail.start()]
    signed = before[-1:] in {"-", "−"}
    bare = before[:-1] if signed else before
    if whole or not bare.strip() or _TYPE.search(bare.rstrip()):
        figure = text[len(bare) :]
        return (_reading(bare, figure),) if _NUMBER.fullmatch(figure) else ()
    return _every(text, tail, signed=signed)


def _tail(text: str) -> re.Match[str] | None:
    """The digits in which a row ends; of very many only the last."""
    return _TAIL.search(text, max(0, len(text) - _END))


def _every(text: str, tail: re.Match[str], *, signed: bool) -> tuple[Reading, ...]:
    """The figure may begin at each of the last digits that leaves well-formed groups, and have a sign at the first."""
    found: dict[int, Reading] = {}
    starts = [at for at in range(tail.start(), len(text)) if _GROUPED.fullmatch(text, at)]
    if _NUMBER.fullmatch(tail[0]):
        starts += [tail.start(), *([tail.start() - 1] if signed else [])]
    for at in starts:
        one = _reading(text[:at], text[at:])
        found.setdefault(one.number, one)
    return tuple(found.values())


def _reading(name: str, figure: str) -> Reading:
    words = figure.strip()
    digits = re.sub(r"\D", "", words)
    return Reading(name.strip(), -int(digits) if words[0] in "-−" else int(digits), words)


def settled(
    total: Sequence[Reading], parts: Sequence[Sequence[Reading]], most: int
) -> tuple[list[tuple[Reading, tuple[Reading, ...]]], int]:
    """At most two ways to read a total and its parts so that these come to it, and how many sums were tried for that.

    No ways if there would be more than `most` sums to try.
    """
    if not total or not all(parts):
        return [], 0
    ways: dict[int, list[_Way]] = {0: [None]}
    tried = 0
    for part, (low, high) in zip(parts, _bounds(total, parts), strict=True):
        if tried + len(ways) * len(part) > most:
            return [], tried
        tried += len(ways) * len(part)
        longer: dict[int, list[_Way]] = {}
        for so_far, chosen in ways.items():
            for one in part:
                if low <= so_far + one.number <= high:
                    kept = longer.setdefault(so_far + one.number, [])
                    kept += [(way, one) for way in chosen[: 2 - len(kept)]]
        ways = longer
    return [(one, _readings_of(way)) for one in total for way in ways.get(one.number, ())][:2], tried


def _bounds(total: Sequence[Reading], parts: Sequence[Sequence[Reading]]) -> list[tuple[int, int]]:
    """Of the sum up to each part, the least and the most from which the parts after it can still make a total."""
    low, high = min(one.number for one in total), max(one.number for one in total)
    found = []
    for part in reversed(parts):
        found.append((low, high))
        low, high = low - max(one.number for one in part), high - min(one.number for one in part)
    return found[::-1]


def _readings_of(way: _Way) -> tuple[Reading, ...]:
    found = []
    while way is not None:
        way, one = way
        found.append(one)
    return tuple(reversed(found))
