"""The lines of a letter → the rows of its tables, whole again where a row was broken over lines, and its conditions."""

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from ledger.diagnostic import Place
from ledger.statements.letter.amounts import has_figure, is_number
from ledger.statements.letter.page import Line

DISPOSED = re.compile(r"^[^\S\n]*Disponeras av[^\S\n]*(?P<rest>\S.*)$", re.IGNORECASE | re.MULTILINE)
ITEM = re.compile(
    r"^[^\S\n]*(?:(?P<own>\d{1,2}:\d{1,3})[^\S\n]+)?ap\.?\s?(?P<run>\d+(?:\.\d+)*)(?P<rest>.*)$", re.MULTILINE
)
_AREA = re.compile(r"^\s*Utgiftsområde\s+(?P<run>\d{1,2})(?!\d)(?P<rest>.*)$")
_APPROPRIATION = re.compile(r"^\s*(?P<run>\d{1,2}:\d{1,3}?)(?!\s*ap\.?\s?\d)(?P<rest>(?:[^\d\s].*|\s.*|))$")
_BEGINS = re.compile(r"^\s*(?:\d+(?:\.\d+)*\s*)?Tilldelade anslag", re.IGNORECASE)
_ENDS = re.compile(
    r"^\s*(?:\d+(?:\.\d+)*\s*)?(?:Finansiella villkor|Äldre anslag|Bemyndigande|Avslutade|Medgivet|Anslag/ap|"
    r"På regeringens vägnar|Övriga villkor|Undantag|Avgifter|Avgiftsbelagd)",
    re.IGNORECASE,
)
_CONDITIONS = re.compile(r"^\s*Villkor\b(?:.*?(?P<run>\d{1,2}:\d{1,3}))?", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[.!?])(?=Utgiftsområde \d)")
_LONGEST = 1_000
"""Characters; no row of a letter's table is longer."""

_JOINED = 3
"""Lines that a row may be broken over, after its first."""

Kind = Literal["area", "appropriation", "agency", "item"]


class Written(Struct, frozen=True):
    """A row of a table as it is written: `run` the digits it begins with, `rest` the name and figure after them."""

    kind: Kind
    run: str
    rest: str
    place: Place


class Said(Struct, frozen=True):
    """A line of the conditions, under the appropriation and item that were named last."""

    appropriation: str
    item: str
    text: str
    place: Place


class Parted(Struct, frozen=True):
    """A letter's rows and conditions in their order. `older` says that a table of earlier years was passed over."""

    rows: tuple[Written, ...]
    said: tuple[Said, ...]
    first: int
    older: bool


def parted(lines: Sequence[Line], path: str) -> Parted:
    """Tell tables, conditions and all else apart. `first` is the index of the line where the first table begins."""
    lines = [Line(line.number, piece) for line in lines for piece in _GLUED.split(line.text)]
    headed = any(_BEGINS.match(line.text) for line in lines)
    state, rows, said, first, older = "off" if headed else "table", [], [], len(lines), False
    appropriation, item, at = "", "", 0
    while at < len(lines):
        number, text = lines[at]
        begins, ends, conditions = _BEGINS.match(text), _ENDS.match(text), _CONDITIONS.match(text)
        if begins or ends or (conditions and state != "off"):
            older = older or "äldre anslag" in text.casefold()[:40]
            state = "table" if begins else "off" if ends else "conditions"
            first = min(first, at) if begins else first
            appropriation, item = (conditions["run"] or "") if conditions else "", ""
        elif state == "table" or (state == "conditions" and _AREA.match(text)):
            row = _row(text, _place(path, number, text))
            if row:
                state, first = "table", min(first, at)
                row, at = _whole(row, lines, at)
                rows.append(row)
        elif state == "conditions":
            appropriation, item = _heading(text, appropriation, item)
            said.append(Said(appropriation, item, text, _place(path, number, text)))
        at += 1
    return Parted(tuple(rows), tuple(said), first, older)


def _place(path: str, number: int, text: str) -> Place:
    start = len(text) - len(text.lstrip()) + 1
    return Place(path, number, start, max(start + 1, len(text.rstrip()) + 1))


def _row(text: str, place: Place) -> Written | None:
    """A line as a row of a table, if it begins like one."""
    if len(text) > _LONGEST:
        return None
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("area", _AREA),
        ("agency", DISPOSED),
        ("item", ITEM),
        ("appropriation", _APPROPRIATION),
    )
    for kind, pattern in kinds:
        match = pattern.match(text)
        if match:
            return Written(kind, match.groupdict().get("run", ""), _columned(match["rest"]), place)
    return None


def _columned(text: str) -> str:
    """Two spaces or more part the columns of a table, as a tab does."""
    return re.sub(r" {2,}|\s*\t\s*", "\t", text.rstrip())


def _heading(text: str, appropriation: str, item: str) -> tuple[str, str]:
    """What the conditions are about from this line on."""
    found = ITEM.match(text)
    if found and len(text) < 200:
        return found["own"] or appropriation, f"ap.{found['run']}"
    named = _APPROPRIATION.match(text)
    return (named["run"], "") if named and len(text) < 200 else (appropriation, item)


def _whole(row: Written, lines: Sequence[Line], at: int) -> tuple[Written, int]:
    """The row with the following lines that belong to it, and the index of its last one.

    A row is looked for its figure in the lines that begin no other. An appropriation only has a name to look for, and
    an agency none when it stands under its item, as it did in 2003.
    """
    if row.kind == "area":
        return row, at
    text, end = row.rest, at
    for ahead in _following(lines, at):
        more = lines[ahead].text.strip()
        alone = is_number(more)
        if not alone and (has_figure(text) or (row.kind == "appropriation" and text.strip())):
            break
        if alone and row.kind == "appropriation":
            break
        text = f"{text}\t{_columned(more)}" if alone or not text.strip() else f"{text} {_columned(more)}"
        end = ahead
        if alone:
            break
    complete = row.kind == "appropriation" or has_figure(text)
    return (Written(row.kind, row.run, text, row.place), end) if complete else (row, at)


def _following(lines: Sequence[Line], at: int) -> list[int]:
    """The next lines that are not blank, up to one that begins a row or heading."""
    found: list[int] = []
    for ahead in range(at + 1, min(at + 2 + 2 * _JOINED, len(lines))):
        number, text = lines[ahead]
        starts = _BEGINS.match(text) or _ENDS.match(text) or _CONDITIONS.match(text)
        if starts or len(text) > _LONGEST or _row(text, _place("", number, text)) or len(found) == _JOINED:
            break
        if text.strip():
            found.append(ahead)
    return found
