"""Slips put into the shipped data, two at once: every equality that they break is found broken.

The two are in the same equality or in different ones. A pair that cancels out is not wrong by what the file says, and
is not counted; nor is one that a qualifier covers, so that the sums may still be equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

import pytest
from conftest import Tell
from mutants import (
    ARITHMETIC,
    TODAY,
    Slip,
    equalities,
    lines_of,
    reduced,
    shipped,
    slips_of_figures,
    slips_of_parts,
)
from test_mutation import KINDS

from ledger.checks import run
from ledger.diagnostic import Diagnostic
from ledger.reading import load_texts

QUICK, LONG = 500, 5000
"""Pairs of each sort that are tried, in every run and in a campaign."""

Pair = tuple[Slip, Slip]


@dataclass(frozen=True)
class Verdict:
    """What came of a pair: how many equalities it breaks, how many figures the reader refuses, and if all are found.

    `named` says that one of the first three hints of a finding names one of the two.
    """

    pair: Pair
    broken: int
    refused: int
    found: bool
    named: bool


@cache
def slips() -> tuple[Slip, ...]:
    every = (*slips_of_figures(), *slips_of_parts())
    return tuple(one for one in every if one.lines != lines_of(one.path))


@cache
def rows(slip: Slip) -> frozenset[int]:
    """The lines of the file, from 1, that the slip changes."""
    both = zip(slip.lines, lines_of(slip.path), strict=True)
    return frozenset(row for row, (new, old) in enumerate(both, 1) if new != old)


@cache
def touched(slip: Slip) -> frozenset[int]:
    """The equalities, by number, that have a figure in what the slip changes."""
    return frozenset(
        number
        for number, bond in enumerate(equalities(shipped()))
        if any(one.place.path == slip.path and one.place.line in rows(slip) for one in bond.figures)
    )


def pairs(number: int, *, same: bool) -> list[Pair]:
    """So many different pairs, drawn the same way every time, that share an equality or do not."""
    random, found = Random(number + same), dict[frozenset[Slip], Pair]()
    by_bond = [[one for one in slips() if bond in touched(one)] for bond in range(len(list(equalities(shipped()))))]
    while len(found) < number:
        first = random.choice(slips())
        near = by_bond[random.choice(sorted(touched(first)))] if same else slips()
        second = random.choice(near)
        apart = first.path != second.path or rows(first).isdisjoint(rows(second))
        if apart and same != touched(first).isdisjoint(touched(second)):
            found[frozenset((first, second))] = first, second
    return list(found.values())


def texts(pair: Pair) -> dict[str, bytes]:
    """The files with both slips, without all that the equalities do not need."""
    first, second = pair
    if first.path != second.path:
        return {one.path: reduced(one.path, one.lines, one.owners).encode() for one in pair}
    both = [
        new if row in rows(first) else other
        for row, (new, other) in enumerate(zip(first.lines, second.lines, strict=True), 1)
    ]
    return {first.path: reduced(first.path, both, first.owners | second.owners).encode()}


def tried(pair: Pair) -> Verdict:
    loaded = load_texts(texts(pair))
    found = run(loaded.book, loaded.faults, loaded.texts, ARITHMETIC, today=TODAY).diagnostics
    broken = [bond for bond in equalities(loaded.book) if not bond.holds]
    refused = [one for one in found if one.check == "bad-amount"]
    all_found = all(any(bond.shown_by(one) and one.place.owner == bond.line for one in found) for bond in broken)
    named = any(names(one, slip) for one in found for slip in pair)
    return Verdict(pair, len(broken), len(refused), all_found, named)


def names(one: Diagnostic, slip: Slip) -> bool:
    return any(
        hint.kind == KINDS[slip.name]
        and hint.place is not None
        and (hint.place.path, *hint.place[1:3]) == (slip.path, slip.line, slip.column)
        and slip.was in hint.message
        for hint in one.hints[:3]
    )


def judge(number: int, tell: Tell, *, same: bool) -> Sequence[Verdict]:
    """Try so many pairs, and tell what came of them."""
    every = [tried(pair) for pair in pairs(number, same=same)]
    wrong = [one for one in every if one.broken]
    found = [one for one in wrong if one.found]
    tell(
        f"pairs of slips in {'the same equality' if same else 'different equalities'}: {len(every)} tried, "
        f"{sum(not one.broken and not one.refused for one in every)} cancel out or are covered by a qualifier, "
        f"{sum(not one.broken and bool(one.refused) for one in every)} only refused by the reader; of the {len(wrong)} "
        f"that break {sum(one.broken for one in wrong)} equalities {len(found) / len(wrong):.2%} found "
        f"({len(wrong) - len(found)} missed); one of the first three hints names one of the two "
        f"{sum(one.named for one in found) / len(found):.2%}"
    )
    return every


def missed(of: Sequence[Verdict]) -> list[str]:
    return [" + ".join(slip.shown for slip in one.pair) for one in of if not one.found]


@pytest.mark.parametrize("same", [True, False], ids=["same equality", "different equalities"])
def test_of_two_slips_every_equality_that_they_break_is_found(same: bool, tell: Tell) -> None:  # noqa: FBT001
    of = judge(QUICK, tell, same=same)
    assert missed(of) == []
    assert sum(one.broken > 0 for one in of) > QUICK * 9 // 10


@pytest.mark.campaign
@pytest.mark.parametrize("same", [True, False], ids=["same equality", "different equalities"])
def test_of_many_pairs_every_equality_that_they_break_is_found(same: bool, tell: Tell) -> None:  # noqa: FBT001
    assert missed(judge(LONG, tell, same=same)) == []


def test_two_slips_that_cancel_out_are_not_wrong_and_not_found() -> None:
    """A part and the total both doubled, where it is the only part: what is left agrees."""
    cancelled = []
    for number, bond in enumerate(equalities(shipped())):
        of = [one for one in slips() if one.name == "double" and number in touched(one) and one.exact]
        if len(bond.figures) == len(of) == 2 and bond.exact:
            cancelled.append(tried((of[0], of[1])))
    assert [(one.broken, one.found, one.named) for one in cancelled] == [(0, True, False)] * len(cancelled)
    assert len(cancelled) > 5
