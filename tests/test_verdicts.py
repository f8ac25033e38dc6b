"""Verdicts on figures with qualifiers, against a search over all true values: never an error when some values fit.

Figures have at most eight kronor and ends at whole or half kronor, so that a grid a fifth as wide holds a value for
every solution of up to four open ends. What is not stated may be anything that is not below zero; a top-up beside a base that
is not stated either may be a reduction.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import pytest
from books import book_of
from conftest import Tell

from ledger.checks import run
from ledger.money import Interval, read_amount

CHECKS = ("total-mismatch", "parts-mismatch", "parts-exceed-total", "restatement-conflict")
STEP = 10
CAP = 42_00
"""Öre: the width of the grid, and as far as an unbounded figure is tried: beyond every sum of the bounded ones."""

FORMS = ("{}", "{}", "ca {}", "drygt {}", "knappt {}", "minst {}", "{}–{}")


@dataclass(frozen=True)
class Case:
    """What one line and its parts state, in words; `None` is not stated."""

    base: str | None
    top_ups: tuple[str | None, ...]
    total: str | None
    restated: str | None
    parts: tuple[str | None, ...]
    complete: bool

    @property
    def text(self) -> str:
        """The line as a ledger states it."""
        fields = ["LINE"]
        fields += [f"base: {self.base}"] if self.base else []
        fields += [f"total: {self.total}"] if self.total else []
        fields += [f"restated: [{{amount: {self.restated}}}]"] if self.restated else []
        if self.top_ups:
            items = ", ".join(f"{{amount: {one}}}" if one else "{note: n}" for one in self.top_ups)
            fields.append(f"top_ups: [{items}]")
        if self.parts:
            inner = ", ".join(f"p{n}: {{PART{f', total: {one}' if one else ''}}}" for n, one in enumerate(self.parts))
            fields += [f"parts_are: {'complete' if self.complete else 'partial'}", f"parts: {{{inner}}}"]
        return f"  a: {{{', '.join(fields)}}}"


def drawn(chance: random.Random) -> Case:
    """A case at random, without those in which a base stands for the bases of the parts."""

    def figure(*, stated: float = 1.0) -> str | None:
        if chance.random() > stated:
            return None
        number = chance.randint(1, 8)
        return chance.choice(FORMS).format(number, number + chance.randint(0, 2)) + " kr"

    base, total = figure(stated=0.6), figure(stated=0.6)
    top_ups = tuple(figure(stated=0.85) for _ in range(chance.choice((0, 0, 1, 1, 2))))
    parts = tuple(figure(stated=0.85) for _ in range(chance.choice((0, 1, 2, 2, 3))))
    if base and not total and not top_ups:
        parts = ()
    restated = figure(stated=0.2) if total else None
    return Case(base, top_ups, total, restated, parts, complete=chance.random() < 0.6)


@cache
def true_values(words: str | None) -> frozenset[int]:
    """The values on the grid that a figure leaves open."""
    interval = read_amount(words, "kr").interval if words else Interval(0, None)
    return frozenset(one for one in range(0, CAP + 1, STEP) if Interval(one, one).meets(interval))


def sums(figures: Iterable[str | None]) -> set[int]:
    """Every sum of true values, up to the cap."""
    found = {0}
    for words in figures:
        found = {one + value for one in found for value in true_values(words) if one + value <= CAP}
    return found


def some_values_fit(case: Case) -> bool:
    """Whether there are true values that make both equations of the line hold."""
    totals = set(true_values(case.total)) & true_values(case.restated)
    if case.base or (case.top_ups and None not in case.top_ups):
        totals &= sums([case.base, *case.top_ups])
    parts = sums(case.parts)
    if case.parts and case.complete and None not in case.parts:
        totals &= parts
    elif case.parts:
        totals = {one for one in totals if one >= min(parts)}
    return bool(totals)


def is_wrong(case: Case) -> bool:
    """Whether a check finds an error in the line."""
    book = book_of(case.text)
    return run(book, (), {}, CHECKS, today="2026-01-01").errors > 0


def disagreements(cases: Sequence[Case]) -> list[str]:
    """The cases that the checks judge otherwise than the search does."""
    return [
        f"{'an error, and some values fit' if wrong else 'no error, and none fit'}: {case.text}"
        for case in cases
        if (wrong := is_wrong(case)) == some_values_fit(case)
    ]


def judged(count: int, tell: Tell) -> None:
    chance = random.Random(count)
    cases = [drawn(chance) for _ in range(count)]
    wrong = disagreements(cases)
    impossible = sum(not some_values_fit(case) for case in cases)
    tell(
        f"verdicts against a search over true values: {count} lines, {impossible} of them wrong, {len(wrong)} misjudged"
    )
    assert 0.2 < impossible / count < 0.8
    assert not wrong, "\n".join(wrong[:20])


def test_a_line_is_wrong_exactly_when_no_true_values_fit(tell: Tell) -> None:
    judged(400, tell)


@pytest.mark.campaign
def test_ten_thousand_lines_are_wrong_exactly_when_no_true_values_fit(tell: Tell) -> None:
    judged(10_000, tell)
