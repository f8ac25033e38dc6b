"""Slips put into the shipped data, one at a time: each is found, and the hints name it.

Every figure that an equality binds gets every slip: 0, doubled, ×1000, each two neighbouring digits swapped, the sign
turned; and every part of a complete line is left out. Binding is worked out here anew, from the fields of the lines.
"""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import Tell

from ledger.book import Book, Figure, Line
from ledger.checks import run
from ledger.diagnostic import Diagnostic, Hint, Place
from ledger.reading import load, load_text

DATA = Path(__file__).parent.parent / "data"
ARITHMETIC = ("total-mismatch", "parts-mismatch", "parts-exceed-total", "restatement-conflict")
TODAY = "2026-06-01"
FOUND, NAMED = 0.99, 0.90
"""The shares of all slips that must be found, and of those found whose cause must be among the first three hints."""

KINDS = {
    "zero": "zero",
    "double": "counted-twice",
    "times 1000": "unit-slip",
    "swap": "digits-swapped",
    "sign": "sign",
    "left out": "missing-part",
}
"""Each slip, and the hint that names it."""


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
class Verdict:
    """What came of a slip: found at all, refused by the reader, and named among the first three hints."""

    slip: Slip
    found: bool
    refused: bool
    named: bool


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


def equalities(book: Book) -> Iterator[tuple[Line, list[Figure]]]:
    """Every line with the figures of an equality that it states; the line's own and its parts' figures."""
    for line in book.lines.values():
        top_ups = added(book, line)
        if line.base and line.total and top_ups is not None:
            yield line, [line.base, *top_ups, line.total]
        parts = [known(book, book.lines[part]) for part in line.parts]
        own = [line.total] if line.total else [line.base, *(top_ups or ())] if top_ups is not None else []
        if parts and line.complete and None not in parts and own and None not in own:
            yield line, [one for one in (*own, *(figure for part in parts for figure in part or ())) if one]


def bound() -> list[Bound]:
    found: dict[Place, Bound] = {}
    for line, figures in equalities(shipped()):
        owners = frozenset({line.id} | {figure.place.owner for figure in figures})
        exact = all(figure.amount.exact for figure in figures)
        for figure in figures:
            before = found.get(figure.place, Bound(figure, owners, exact))
            found[figure.place] = Bound(figure, before.owners | owners, before.exact and exact)
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


def slips_of_figures() -> Iterator[Slip]:
    for one in bound():
        place = one.figure.place
        lines = lines_of(place.path)
        line = lines[place.line - 1]
        written = line[place.column - 1 : place.end_column - 1]
        was = number_in(written)
        for name, number in slipped(was):
            new = line[: place.column - 1] + written.replace(was, number, 1) + line[place.end_column - 1 :]
            changed = (*lines[: place.line - 1], new, *lines[place.line :])
            told = was if one.exact or name != "zero" else ""
            yield Slip(name, place.path, changed, place.line, place.column, told, one.owners, one.exact)


def slips_of_parts() -> Iterator[Slip]:
    """Each part of a line that an equality binds to its parts, left out: its lines are empty then."""
    book = shipped()
    for line, figures in equalities(book):
        for part in line.parts if len(line.parts) > 1 else ():
            stated = known(book, book.lines[part]) or []
            if not set(stated) & set(figures) or not any(figure.amount.number for figure in stated):
                continue
            place, at = book.lines[part].at(), line.at("parts")
            lines = lines_of(place.path)
            assert not lines[place.line - 1][: place.column - 1].strip(), f"{place} shares its line"
            end = end_of(lines, place.line)
            changed = (*lines[: place.line - 1], *[""] * (end - place.line), *lines[end - 1 :])
            exact = all(figure.amount.exact for figure in figures)
            was = number_in(stated[0].amount.words) if exact and len(stated) == 1 else ""
            owners = frozenset({line.id, *line.parts})
            yield Slip("left out", place.path, changed, at.line, at.column, was, owners, exact)


def reduced(slip: Slip) -> str:
    """The file without all lines but the top-level ones that the equality needs, each where it was."""
    book = shipped()
    lines = [book.lines[owner] for owner in slip.owners]
    lines += [book.lines[top_up.line] for line in lines for top_up in line.top_ups if top_up.line]
    roots = {book.root(line).at() for line in lines}
    assert {root.path for root in roots} == {slip.path}, "an equality over several files"
    kept = [""] * len(slip.lines)
    for root in roots:
        end = end_of(lines_of(slip.path), root.line)
        kept[root.line - 1 : end - 1] = slip.lines[root.line - 1 : end - 1]
    kept[min(root.line for root in roots) - 2] = "allocations:"
    return "\n".join(kept)


def verdict(slip: Slip, diagnostics: Sequence[Diagnostic]) -> Verdict:
    """Found is an error on a line of the equality; named, the right kind of hint at the right place, with the number."""
    marks = (mark for owner in slip.owners for mark in shipped().lines[owner].origin.marks.values())
    rows = {row for row, _, _ in marks}
    here = [one for one in diagnostics if Path(one.place.path).name == Path(slip.path).name]
    errors = [one for one in here if one.severity == "error" and one.place.line in rows]
    refused = any(one.check == "bad-amount" and one.place.line == slip.line for one in errors)
    found = [one for one in errors if one.check in ARITHMETIC]
    hints = [hint for one in found for hint in one.hints[:3] if hint.kind == KINDS[slip.name]]
    named = any(
        hint.place and hint.place[1:3] == (slip.line, slip.column) and slip.was in hint.message for hint in hints
    )
    return Verdict(slip, bool(found) or refused, refused, named)


def tried(slip: Slip) -> Verdict:
    """The verdict on the lines that the equality needs, without the rest of the ledger."""
    loaded = load_text(reduced(slip), slip.path)
    outcome = run(loaded.book, loaded.faults, loaded.texts, ARITHMETIC, today=TODAY)
    return verdict(slip, outcome.diagnostics)


@cache
def verdicts() -> tuple[Verdict, ...]:
    every = (*slips_of_figures(), *slips_of_parts())
    return tuple(tried(slip) for slip in every if slip.lines != lines_of(slip.path))


def report(of: Sequence[Verdict], name: str, tell: Tell) -> None:
    """Tell what came of these slips, and each that was missed."""
    found = [one for one in of if one.found]
    to_name = [one for one in found if not one.refused]
    named = [one for one in to_name if one.named]
    tell(
        f"{name:>10}: {len(of):4} slips, {len(found) / len(of):7.2%} found ({len(of) - len(found)} missed), "
        f"{len(found) - len(to_name)} of them refused by the reader; "
        f"cause among the first three hints {len(named) / len(to_name):7.2%}"
    )
    for one in of:
        if one not in named and not one.refused:
            missed = "cause not named" if one.found else "not found"
            tell(f"{missed}: {one.slip.shown}")


@pytest.mark.parametrize("name", KINDS)
def test_among_exact_figures_every_slip_of_a_kind_is_found(name: str, tell: Tell) -> None:
    """What may be missed is a slip of a figure with a qualifier: the intervals may still meet."""
    of = [one for one in verdicts() if one.slip.name == name]
    report(of, name, tell)
    assert [one.slip.shown for one in of if one.slip.exact and not one.found] == []
    assert sum(one.slip.exact for one in of) > 50


def test_of_all_slips_99_in_100_are_found_and_9_in_10_named_among_the_first_three_hints(tell: Tell) -> None:
    report(verdicts(), "all", tell)
    found = [one for one in verdicts() if one.found]
    to_name = [one for one in found if not one.refused]
    assert len(found) >= FOUND * len(verdicts())
    assert sum(one.named for one in to_name) >= NAMED * len(to_name)


def test_no_figure_that_an_equality_binds_is_left_out(tell: Tell) -> None:
    """Every one of them has each slip, but for what would change nothing and for digits that cannot be swapped."""
    slips = list(slips_of_figures())
    tried_at = Counter((one.path, one.line, one.column) for one in slips)
    unchanged = [one for one in slips if one.lines == lines_of(one.path)]
    without_swap = [place for place, times in tried_at.items() if times == 4]
    tell(
        f"{len(bound())} figures in {len(list(equalities(shipped())))} equalities; {len(unchanged)} slips change "
        f"nothing and are skipped; {len(without_swap)} figures have no two digits to swap"
    )
    assert len(tried_at) == len(bound()) > 100
    assert all(times >= 4 for times in tried_at.values())
    assert all(one.name == "swap" or one.was == "0" for one in unchanged)


SAMPLE = 3
"""Slips of each kind that go through the command line: it reads the whole ledger every time."""


@pytest.mark.parametrize("name", KINDS)
def test_the_command_line_has_the_same_verdict_on_the_whole_ledger(name: str, tmp_path: Path) -> None:
    of = [one for one in verdicts() if one.slip.name == name]
    for number, one in enumerate(of[:: len(of) // SAMPLE][:SAMPLE]):
        copy = tmp_path / str(number)
        shutil.copytree(DATA, copy)
        path = copy / Path(one.slip.path).relative_to(DATA)
        path.write_bytes("\n".join(one.slip.lines).encode())
        command = [sys.executable, "-m", "ledger", "--data", str(copy), "check", "--format", "json"]
        done = subprocess.run(command, capture_output=True, check=False)
        assert done.returncode == int(one.found), done.stderr.decode()
        assert verdict(one.slip, read_back(done.stdout)) == one


def read_back(output: bytes) -> list[Diagnostic]:
    """The diagnostics that the command wrote."""
    return [
        Diagnostic(one["check"], one["severity"], place_in(one), one["message"], hints=hints_in(one))
        for one in json.loads(output)["diagnostics"]
    ]


def place_in(one: dict[str, Any]) -> Place:
    return Place(one["path"], one["line"], one["column"], one.get("end_column", 0))


def hints_in(one: dict[str, Any]) -> tuple[Hint, ...]:
    return tuple(Hint(hint["kind"], hint["message"], place_in(hint)) for hint in one["hints"])
