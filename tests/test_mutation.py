"""Slips put into the shipped data, one at a time: each is found, and the hints name it.

Every figure that an equality binds gets every slip: 0, doubled, ×1000, each two neighbouring digits swapped, the sign
turned; and every part of a complete line is left out. Every figure that an inequality binds gets them too, and is put
just beyond what fits. What binds is worked out anew, from the fields of the lines, in mutants.py.
"""

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import Tell
from mutants import (
    ARITHMETIC,
    DATA,
    TODAY,
    Slip,
    bound,
    equalities,
    inequalities,
    lines_of,
    reduced,
    shipped,
    slips_of_figures,
    slips_of_fits,
    slips_of_parts,
)

from ledger.checks import run
from ledger.diagnostic import Diagnostic, Hint, Place
from ledger.reading import load_text

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
class Verdict:
    """What came of a slip: found at all, refused by the reader, and named among the first three hints."""

    slip: Slip
    found: bool
    refused: bool
    named: bool


def verdict(slip: Slip, diagnostics: Sequence[Diagnostic]) -> Verdict:
    """Found is an error on a line of the equality; named, the right kind of hint at the right place, with the number."""
    marks = (mark for owner in slip.owners for mark in shipped().lines[owner].origin.marks.values())
    rows = {row for row, _, _ in marks}
    here = [one for one in diagnostics if Path(one.place.path).name == Path(slip.path).name]
    errors = [one for one in here if one.severity == "error" and one.place.line in rows]
    refused = any(one.check == "bad-amount" and one.place.line == slip.line for one in errors)
    found = [one for one in errors if one.check in ARITHMETIC]
    hints = [hint for one in found for hint in one.hints[:3] if hint.kind == KINDS.get(slip.name)]
    named = any(
        hint.place and hint.place[1:3] == (slip.line, slip.column) and slip.was in hint.message for hint in hints
    )
    return Verdict(slip, bool(found) or refused, refused, named)


def tried(slip: Slip) -> Verdict:
    """The verdict on the lines that the equality needs, without the rest of the ledger."""
    loaded = load_text(reduced(slip.path, slip.lines, slip.owners), slip.path)
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


def fits_tried() -> list[Verdict]:
    """Of the slips of inequalities, those after which the sum does not fit, by the fields of the lines as slipped."""
    verdicts = []
    for bond, slip in slips_of_fits():
        loaded = load_text(reduced(slip.path, slip.lines, slip.owners), slip.path)
        broken = [one for one in inequalities(loaded.book) if one.line == bond.line and not one.holds]
        if not broken:
            continue
        found = run(loaded.book, loaded.faults, loaded.texts, ARITHMETIC, today=TODAY).diagnostics
        shown = all(any(one.shown_by(diagnostic) for diagnostic in found) for one in broken)
        verdicts.append(replace(verdict(slip, found), found=shown))
    return verdicts


def test_what_does_not_fit_is_always_found(tell: Tell) -> None:
    """A part, a partial sum or a line that names another in `of` above the line that holds it, or that line below it."""
    of = fits_tried()
    kinds = Counter(one.slip.name for one in of)
    missed = [one.slip.shown for one in of if not one.found]
    named = [one.named for one in of if one.slip.name in KINDS]
    tell(
        f"not fitting: {len(of)} slips in {len(list(inequalities(shipped())))} inequalities, "
        f"{1 - len(missed) / len(of):.2%} found ({len(missed)} missed); of the {len(named)} whose kind has a hint, cause "
        f"among the first three {sum(named) / len(named):.2%} (there is room below a limit); {dict(sorted(kinds.items()))}"
    )
    assert missed == []
    assert kinds["above"] > 10
    assert kinds["below"] > 5


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
