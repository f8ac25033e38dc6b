"""A row's name and figure, which flattened text glues together, read from the right in every way it can be read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

GAP = "\u0020\u00a0\u2009\u202f"
UNITS = ("tkr", "kr", "kronor", "mnkr")
_UNIT = re.compile(rf"[{GAP}\t]*({'|'.join(UNITS)})$", re.IGNORECASE)
_TAIL = re.compile(rf"\d+(?:[{GAP}]\d{{3}})*$", re.ASCII)
_GROUPED = re.compile(rf"0|[1-9]\d{{0,2}}(?:[{GAP}]\d{{3}})*", re.ASCII)
_NUMBER = re.compile(rf"[-−]?(?:{_GROUPED.pattern}|[1-9]\d*)", re.ASCII)
_TYPE = re.compile(r"\((?:ram|ramanslag|obetecknat|obetecknat anslag|reservation|reservationsanslag)\)$", re.IGNORECASE)
"""The type of an appropriation or item, which is the last word of its name."""

MOST_SUMS = 100_000
"""Different sums of one agency's items that are kept while looking for those that make its total."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a row: the name, the number in the unit of the row, and the number's own text."""

    name: str
    number: int
    words: str


def unit_at_end(text: str) -> tuple[str, str]:
    """A row without the unit behind its figure, and that unit; empty where there is none behind a figure."""
    match = _UNIT.search(text)
    behind = match and re.search(r"\d$", text[: match.start()])
    return (text[: match.start()], match[1].lower()) if match and behind else (text, "")


def has_figure(text: str) -> bool:
    """Whether a row ends in digits, with or without a unit."""
    return _TAIL.search(unit_at_end(text.rstrip())[0]) is not None


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
        return (_reading(name, cell),) if _NUMBER.fullmatch(cell.strip()) else ()
    tail = _TAIL.search(text)
    if tail is None:
        return ()
    before = text[: tail.start()]
    signed = before[-1:] in {"-", "−"}
    bare = before[:-1] if signed else before
    if whole or not bare.strip() or _TYPE.search(bare.rstrip()):
        figure = text[len(bare) :]
        return (_reading(bare, figure),) if _NUMBER.fullmatch(figure) else ()
    return _every(text, tail, signed=signed)


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


def settled(total: Sequence[Reading], parts: Sequence[Sequence[Reading]]) -> list[tuple[Reading, tuple[Reading, ...]]]:
    """At most two ways to read a total and its parts so that these come to it; none if there are too many to try."""
    ways: dict[int, list[tuple[Reading, ...]]] = {0: [()]}
    for part in parts:
        longer: dict[int, list[tuple[Reading, ...]]] = {}
        for so_far, chosen in ways.items():
            for one in part:
                kept = longer.setdefault(so_far + one.number, [])
                kept += [(*way, one) for way in chosen[: 2 - len(kept)]]
        if len(longer) > MOST_SUMS:
            return []
        ways = longer
    return [(one, way) for one in total for way in ways.get(one.number, ())][:2]
