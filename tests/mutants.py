"""Slips put into the shipped data: what its figures bind each other to, and files with a figure or a part put wrong.

What binds is worked out here anew, from the fields of the lines: sums that must be equal, and sums that must fit.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from ledger.book import Book, Figure, Line
from ledger.checks import run
from ledger.diagnostic import Diagnostic, Place
from ledger.money import ZERO, Interval
from ledger.reading import load

DATA = Path(__file__).parent.parent / "data"
ARITHMETIC = ("total-mismatch", "parts-mismatch", "parts-exceed-total", "restatement-conflict")
TODAY = "2026-06-01"


@dataclass(frozen=True)
class Slip:
    """A file's lines with one thing wrong, which an equality of the lines `owners` must show.

    `line` and `column` are where the hint must point, `was` is the number that it must name (empty, where several would
    do). `exact` says that no figure of the equality has a qualifier or is rounded.
    """

    name: str
    path: str
    lines: tuple[str, ...]
    line: int
    column: int
    was: str
    owners: frozenset[str]
    exact: bool

    @property
    def shown(self) -> str:
        return f"{Path(self.path).name}:{self.line}: {self.lines[self.line - 1].strip()}"


@dataclass(frozen=True)
class Bond:
    """Two sums of figures that a line binds: what it comes to by its fields, and the figures that say so themselves.

    `equal` says that they must be equal, else the sum must fit in `whole`. `checks` are those that find it broken, and
    `owners` the lines that it is about.
    """

    line: str
    added: tuple[Figure, ...]
    whole: tuple[Figure, ...]
    equal: bool
    checks: tuple[str, ...]
    owners: frozenset[str]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.whole + self.added

    @property
    def exact(self) -> bool:
        return all(figure.amount.exact for figure in self.figures)

    @property
    def holds(self) -> bool:
        """Whether some true values fit; in a sum that must fit, a part of at most more than the whole does not."""
        added, whole = sum_of(self.added), sum_of(self.whole)
        if self.equal:
            return added.meets(whole)
        limits = [one.amount.interval.high for one in self.added if one.amount.sense == "most"]
        return not added.above(whole) and (whole.high is None or all((one or 0) <= whole.high for one in limits))

    def shown_by(self, one: Diagnostic) -> bool:
        """Whether the finding says that this does not hold."""
        return one.severity == "error" and one.check in self.checks and one.place.owner in self.owners


def sum_of(figures: Sequence[Figure]) -> Interval:
    return sum((figure.amount.interval for figure in figures), ZERO)


@dataclass(frozen=True)
class Bound:
    """A figure that an equality binds, and the lines of all equalities that bind it."""

    figure: Figure
    owners: frozenset[str]
    exact: bool


@cache
def shipped() -> Book:
    """The shipped data, which adds up before anything is put wrong."""
    loaded = load(DATA)
    assert run(loaded.book, loaded.faults, loaded.texts, ARITHMETIC, today=TODAY).errors == 0
    return loaded.book


def known(book: Book, line: Line) -> list[Figure] | None:
    """The figures that state a line's total, or nothing where they do not give it."""
    if line.total:
        return [line.total]
    parts = [book.lines[part] for part in line.parts]
    if line.base and not (parts and not line.top_ups):
        top_ups = added(book, line)
        return None if top_ups is None else [line.base, *top_ups]
    totals = [known(book, part) for part in parts]
    if not parts or not line.complete or None in totals:
        return None
    return [figure for figures in totals for figure in figures or ()]


def added(book: Book, line: Line) -> list[Figure] | None:
    figures: list[Figure] = []
    for top_up in line.top_ups:
        inner = known(book, book.lines[top_up.line]) if top_up.line else [top_up.figure]
        if inner is None or None in inner:
            return None
        figures += [figure for figure in inner if figure]
    return figures


def flat(found: Sequence[Sequence[Figure] | None]) -> tuple[Figure, ...]:
    return tuple(chain.from_iterable(one or () for one in found))


def owners_of(line: Line, figures: Sequence[Figure]) -> frozenset[str]:
    return frozenset({line.id} | {figure.place.owner for figure in figures})


def equalities(book: Book) -> Iterator[Bond]:
    """Every equality that a line states: base and top-ups with its total, and complete parts with what it says."""
    for line in book.lines.values():
        top_ups = added(book, line)
        if line.base and line.total and top_ups is not None:
            left, right = (line.base, *top_ups), (line.total,)
            yield Bond(line.id, left, right, equal=True, checks=ARITHMETIC[:1], owners=owners_of(line, left + right))
        parts = [known(book, book.lines[part]) for part in line.parts]
        own = stated(book, line)
        if parts and line.complete and None not in parts and own:
            owners = owners_of(line, (*own[0], *flat(parts)))
            yield Bond(line.id, flat(parts), tuple(own[0]), equal=True, checks=ARITHMETIC[1:2], owners=owners)


def stated(book: Book, line: Line) -> list[list[Figure]]:
    """Each way in which the line itself says what it comes to: its total, and base and top-ups."""
    top_ups = added(book, line)
    sums = [line.base, *top_ups] if line.base and top_ups is not None else []
    return [one for one in ([line.total] if line.total else [], [one for one in sums if one]) if one]


def inequalities(book: Book) -> Iterator[Bond]:
    """Every sum that must fit in a line: parts of which not all are known, or are there; the lines that name it in `of`."""
    for line in book.lines.values():
        parts = [known(book, book.lines[part]) for part in line.parts]
        partly = parts if not line.complete or None in parts else []
        second = [known(book, one) for one in book.lines.values() if one.of == line.id]
        derived = known(book, line)
        for whole in stated(book, line) or ([derived] if derived else []):
            for inside in (flat(partly), flat(second)):
                if inside:
                    owners = owners_of(line, (*whole, *inside))
                    yield Bond(line.id, inside, tuple(whole), equal=False, checks=ARITHMETIC[2:3], owners=owners)


def bound() -> list[Bound]:
    """Every figure that an equality binds."""
    found: dict[Place, Bound] = {}
    for bond in equalities(shipped()):
        for figure in bond.figures:
            before = found.get(figure.place, Bound(figure, bond.owners, bond.exact))
            found[figure.place] = Bound(figure, before.owners | bond.owners, before.exact and bond.exact)
    return list(found.values())


NUMBER = re.compile(r"\d[\d ]*(?:,\d+)?")


def number_in(text: str) -> str:
    match = NUMBER.search(text)
    assert match, text
    return match[0].rstrip()


def swedish(digits: str, decimals: int) -> str:
    whole = f"{int(digits[: len(digits) - decimals]):,}".replace(",", " ")
    return f"{whole},{digits[len(digits) - decimals :]}" if decimals else whole


def slipped(number: str) -> Iterator[tuple[str, str]]:
    """Every slip of a number; one that changes nothing has the number as it was."""
    whole, _, decimals = number.partition(",")
    digits, places = whole.replace(" ", "") + decimals, len(decimals)
    yield "zero", "0"
    yield "double", swedish(str(2 * int(digits)).zfill(places + 1), places)
    yield "times 1000", swedish(f"{digits}000", places)
    yield "sign", f"-{number}" if int(digits) else number
    for at in range(len(digits) - 1):
        new = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        if new[0] != "0" or len(new) - places == 1:
            yield "swap", swedish(new, places)


@cache
def lines_of(path: str) -> tuple[str, ...]:
    return tuple(Path(path).read_text(encoding="utf-8").split("\n"))


def end_of(lines: Sequence[str], start: int) -> int:
    """The line after the block that begins at line `start`: the next that is not indented further."""
    depth = len(lines[start - 1]) - len(lines[start - 1].lstrip())
    after = (at for at in range(start, len(lines)) if lines[at].strip())
    return next((at + 1 for at in after if len(lines[at]) - len(lines[at].lstrip()) <= depth), len(lines) + 1)


def slip_of(one: Bound, name: str, number: str) -> Slip:
    """The file with another number for the figure."""
    place = one.figure.place
    lines = lines_of(place.path)
    line = lines[place.line - 1]
    written = line[place.column - 1 : place.end_column - 1]
    was = number_in(written)
    new = line[: place.column - 1] + written.replace(was, number, 1) + line[place.end_column - 1 :]
    changed = (*lines[: place.line - 1], new, *lines[place.line :])
    told = was if one.exact or name != "zero" else ""
    return Slip(name, place.path, changed, place.line, place.column, told, one.owners, one.exact)


def written_number(figure: Figure) -> str:
    place = figure.place
    return number_in(lines_of(place.path)[place.line - 1][place.column - 1 : place.end_column - 1])


def slips_of_figures() -> Iterator[Slip]:
    for one in bound():
        for name, number in slipped(written_number(one.figure)):
            yield slip_of(one, name, number)


def slips_of_parts() -> Iterator[Slip]:
    """Each part of a line that an equality binds to its parts, left out: its lines are empty then."""
    book = shipped()
    for bond in equalities(book):
        line, figures = book.lines[bond.line], bond.figures
        for part in line.parts if len(line.parts) > 1 else ():
            stated = known(book, book.lines[part]) or []
            if not set(stated) & set(figures) or not any(figure.amount.number for figure in stated):
                continue
            place, at = book.lines[part].at(), line.at("parts")
            lines = lines_of(place.path)
            assert not lines[place.line - 1][: place.column - 1].strip(), f"{place} shares its line"
            end = end_of(lines, place.line)
            changed = (*lines[: place.line - 1], *[""] * (end - place.line), *lines[end - 1 :])
            was = number_in(stated[0].amount.words) if bond.exact and len(stated) == 1 else ""
            owners = frozenset({line.id, *line.parts})
            yield Slip("left out", place.path, changed, at.line, at.column, was, owners, bond.exact)


def slips_of_fits() -> Iterator[tuple[Bond, Slip]]:
    """Every slip of a figure that an inequality binds; and each just so large, or so small, that it does not fit."""
    for bond in inequalities(shipped()):
        for figure in bond.figures:
            one = Bound(figure, bond.owners, bond.exact)
            for name, number in (*slipped(written_number(figure)), *just_beyond(bond, figure)):
                yield bond, slip_of(one, name, number)


def just_beyond(bond: Bond, figure: Figure) -> Iterator[tuple[str, str]]:
    """The next number with which the sum does not fit: a larger one inside, or a smaller one of the whole."""
    low, high = sum_of(bond.added).low, sum_of(bond.whole).high
    written, value = written_number(figure), figure.amount.number
    if low is None or high is None or not value:
        return
    digits, places = re.sub("[ ,]", "", written), len(written.partition(",")[2])
    step = value // int(digits)
    room = (high - low) // step + 1
    if figure in bond.added:
        yield "above", swedish(str(int(digits) + room).zfill(places + 1), places)
    elif room <= int(digits):
        yield "below", swedish(str(int(digits) - room).zfill(places + 1), places)


def reduced(path: str, lines: Sequence[str], owners: frozenset[str]) -> str:
    """The file without all lines but the top-level ones that the owners lie in, each where it was."""
    book = shipped()
    needed = [book.lines[owner] for owner in owners]
    needed += [book.lines[top_up.line] for line in needed for top_up in line.top_ups if top_up.line]
    roots = {book.root(line).at() for line in needed}
    assert {root.path for root in roots} == {path}, "an equality over several files"
    kept = [""] * len(lines)
    for root in roots:
        end = end_of(lines_of(path), root.line)
        kept[root.line - 1 : end - 1] = lines[root.line - 1 : end - 1]
    kept[min(root.line for root in roots) - 2] = "allocations:"
    return "\n".join(kept)
