"""What changed between two ledgers: one kind of change at a time, and what holds of all changes."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from books import book_of, limits
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from repositories import commit, repository
from running import BROKEN, CLEAN, MISMATCH, ledger, run

from ledger.book import Book, add_level, by_level
from ledger.diff import Differences, compare, table
from ledger.money import ZERO, Interval
from ledger.reading import load, load_texts
from ledger.render.csv_ import table as csv
from ledger.render.json_ import table as json
from ledger.render.markdown import table as markdown
from ledger.render.table import table as plain
from ledger.table import Money

DATA = Path(__file__).parents[1] / "data"

SOURCES = """
sources:
  s: {title: The letter, kind: web_page, published: 2024-01-10}
  t: {title: The amending letter, kind: web_page, published: 2024-03}
"""


def book(text: str) -> Book:
    """A book of lines in short form, with the two sources."""
    return book_of(f"allocations:\n{text}\n{SOURCES}".replace("\n  \n", "\n"))


def amount(money: Money | None) -> str:
    if money is None:
        return ""
    return limits(money.amount.interval) if money.amount else "?"


def told(found: Differences) -> list[str]:
    """Each line or claim that differs, and under it each reason: `5 > 6 (1)` is before, after and change."""
    said = []
    for change in (*found.lines, *found.claims):
        said.append(f"{change.difference} {change.id} {figures(*change.money, change.change)}".rstrip())
        said += [
            f"- {reason.text} {figures(reason.before, reason.after, reason.change)}".rstrip()
            for reason in change.reasons
        ]
    return said


def figures(before: Money | None, after: Money | None, change: Interval | None) -> str:
    if before is None and after is None:
        return ""
    return f"{amount(before)} > {amount(after)} ({limits(change) if change else '?'})"


def sums(found: Differences) -> list[str]:
    """`2024 grants 5 > 6 (1)`, by the last word of the level."""
    return [
        f"{one.group[0]} {one.group[1].split()[-1]} "
        f"{limits(one.before.amount.interval)} > {limits(one.after.amount.interval)} ({limits(one.change)})"
        for one in found.sums
    ]


@dataclass(frozen=True)
class Case:
    """Two ledgers, what is told of them, and the sums, where they change."""

    old: str
    new: str
    told: str = ""
    sums: str = ""
    note: str = ""


CASES = {
    "a top-up": Case(
        "  a: {LINE, base: 5, source: s}",
        "  a: {LINE, base: 5, source: s, top_ups: [{amount: 2, source: t, decided: 2024-03-02}]}",
        "changed a 5 > 7 (2)\n- new top-up (t 2024-03; decided 2024-03-02)  > 2 (2)",
        "2024 grants 5 > 7 (2)",
    ),
    "a reduction": Case(
        "  a: {LINE, base: 5, source: s}",
        "  a: {LINE, base: 5, source: s, top_ups: [{amount: -2, source: t}]}",
        "changed a 5 > 3 (-2)\n- new reduction (t 2024-03)  > -2 (-2)",
        "2024 grants 5 > 3 (-2)",
    ),
    "a top-up whose total moves with it": Case(
        "  a: {LINE, total: 5, source: s}",
        "  a: {LINE, total: 7, source: s, top_ups: [{amount: 2, source: t}]}",
        "changed a 5 > 7 (2)\n- new top-up (t 2024-03)  > 2 (2)",
        "2024 grants 5 > 7 (2)",
    ),
    "a top-up that was inside the total": Case(
        "  a: {LINE, total: 7, source: s}",
        "  a: {LINE, total: 7, source: s, top_ups: [{amount: 2, source: t}]}",
        "changed a 7 > 7 (0)\n- new top-up (t 2024-03)  > 2 (2)",
        "2024 grants 7 > 7 (0)",
    ),
    "a top-up whose amount is not stated": Case(
        "  a: {LINE, base: 5, source: s}",
        "  a: {LINE, base: 5, source: s, top_ups: [{source: t}]}",
        "changed a 5 > 5 (0)\n- new top-up (t 2024-03)  > ? (?)",
        "2024 grants 5 > 5 (0)",
    ),
    "a top-up of which the amount was corrected": Case(
        "  a: {LINE, base: 5, source: s, top_ups: [{amount: 2, source: t}]}",
        "  a: {LINE, base: 5, source: s, top_ups: [{amount: 3, source: t}]}",
        "changed a 7 > 8 (1)\n- top-up corrected (t 2024-03) 2 > 3 (1)",
        "2024 grants 7 > 8 (1)",
    ),
    "a top-up by another source, decided on another day": Case(
        "  a: {LINE, base: 5, source: s, top_ups: [{amount: 2, source: s}]}",
        "  a: {LINE, base: 5, source: s, top_ups: [{amount: 2, source: t, decided: 2024-03-02}]}",
        "changed a 7 > 7 (0)\n- top-up now by t 2024-03, before by s 2024-01-10; "
        "decided 2024-03-02 (was not stated) 2 > 2 (0)",
        "2024 grants 7 > 7 (0)",
    ),
    "a top-up that is a line that was there": Case(
        "  a: {LINE, base: 5, source: s}\n  b: {LINE, total: 2, source: t}",
        "  a: {LINE, base: 5, source: s, top_ups: [{line: b, source: t}]}\n  b: {LINE, total: 2, source: t}",
        "changed a 5 > 7 (2)\n- new top-up by the line b (t 2024-03)  > 2 (2)",
        "2024 grants 7 > 7 (0)",
    ),
    "the same total in other words": Case(
        "  a: {LINE, total: 10, source: s, restated: [{amount: ca 10 kr, source: s}]}",
        "  a: {LINE, total: 10, source: s, restated: [{amount: drygt 9 kr, source: t}]}",
        "changed a 10 > 10 (0)\n- also stated (t 2024-03)  > [9, 10) (?)\n"
        "- no longer also stated (s 2024-01-10) [5, 15] >  (?)",
        "2024 grants 10 > 10 (0)",
    ),
    "a source that is no longer named": Case(
        "  a: {LINE, total: 10, source: [s, t]}",
        "  a: {LINE, total: 10, source: s}",
        "changed a 10 > 10 (0)\n- no longer by t 2024-03",
        "2024 grants 10 > 10 (0)",
    ),
    "a sum that the file itself asserts": Case(
        "  a: {LINE, total: 10, source: calculated}",
        "  a: {LINE, total: 11, source: calculated}",
        "changed a 10 > 11 (1)\n- total corrected (calculated in the ledger) 10 > 11 (1)",
        "2024 grants 10 > 11 (1)",
    ),
    "a top-up in a part is told once, whatever is stated around it": Case(
        """
  a: {LINE, total: 10, source: s, parts: {b: {PART, total: 10, parts: {p: {PART, base: 4}, q: {PART, base: 6}}}}}
""",
        """
  a: {LINE, total: 12, source: s, parts: {b: {PART, total: 12, parts:
    {p: {PART, base: 4, top_ups: [{amount: 2, source: t}]}, q: {PART, base: 6}}}}}
""",
        "changed a/b/p 4 > 6 (2)\n- new top-up (t 2024-03)  > 2 (2)",
        "2024 grants 10 > 12 (2)",
        note="Totals that changed only as the lines in them did, left out: a, a/b.",
    ),
    "a line around whose new total has a source of its own": Case(
        "  a: {LINE, total: 10, source: s, parts: {p: {PART, base: 10}}}",
        "  a: {LINE, total: {amount: 12, source: t}, source: s, parts: {p: {PART, base: 12}}}",
        "changed a 10 > 12 (2)\n- total now by t 2024-03, before by s 2024-01-10 10 > 12 (2)\n"
        "changed a/p 10 > 12 (2)\n- base corrected (s 2024-01-10) 10 > 12 (2)",
        "2024 grants 10 > 12 (2)",
    ),
    "a total that holds more than the lines in it": Case(
        "  a: {LINE, total: 10, source: s, parts_are: partial, parts: {p: {PART, total: 4}}}",
        "  a: {LINE, total: 15, source: s, parts_are: partial, parts: {p: {PART, total: 6}}}",
        "changed a 10 > 15 (5)\n- total corrected (s 2024-01-10) 10 > 15 (5)\n- beyond the lines in it 6 > 9 (3)\n"
        "changed a/p 4 > 6 (2)\n- total corrected (s 2024-01-10) 4 > 6 (2)",
        "2024 grants 10 > 15 (5)",
    ),
    "a total that stays though a part grows": Case(
        "  a: {LINE, total: 10, parts_are: partial, parts: {p: {PART, total: 4, source: s}}}",
        "  a: {LINE, total: 10, parts_are: partial, parts: {p: {PART, total: 6, source: s}}}",
        "follows a 10 > 10 (0)\n- beyond the lines in it 6 > 4 (-2)\n"
        "changed a/p 4 > 6 (2)\n- total corrected (s 2024-01-10) 4 > 6 (2)",
        "2024 grants 10 > 10 (0)",
    ),
    "an approximate total that stays though a part grows": Case(
        "  a: {LINE, total: ca 100 kr, parts_are: partial, parts: {p: {PART, total: 40, source: s}}}",
        "  a: {LINE, total: ca 100 kr, parts_are: partial, parts: {p: {PART, total: 50, source: s}}}",
        "follows a [50, 150] > [50, 150] (0)\n- beyond the lines in it [10, 110] > [0, 100] (-10)\n"
        "changed a/p 40 > 50 (10)\n- total corrected (s 2024-01-10) 40 > 50 (10)",
        "2024 grants [50, 150] > [50, 150] (0)",
    ),
    "the rest of a line is the part that is not stated": Case(
        "  a: {LINE, total: 10, source: s, parts_are: complete, parts: {p: {PART, total: 4}, q: {PART}}}",
        "  a: {LINE, total: 12, source: s, parts_are: complete, parts: {p: {PART, total: 4}, q: {PART}}}",
        "changed a 10 > 12 (2)\n- total corrected (s 2024-01-10) 10 > 12 (2)\nfollows a/q 6 > 8 (2)",
        "2024 grants 10 > 12 (2)",
    ),
    "a correction: another figure, the same source": Case(
        "  a: {LINE, total: 5, source: s}",
        "  a: {LINE, total: 6, source: s}",
        "changed a 5 > 6 (1)\n- total corrected (s 2024-01-10) 5 > 6 (1)",
        "2024 grants 5 > 6 (1)",
    ),
    "a new source with another figure": Case(
        "  a: {LINE, total: {amount: 5, source: s}}",
        "  a: {LINE, total: {amount: 6, source: t}}",
        "changed a 5 > 6 (1)\n- total now by t 2024-03, before by s 2024-01-10 5 > 6 (1)",
        "2024 grants 5 > 6 (1)",
    ),
    "a new source for the same figure": Case(
        "  a: {LINE, total: {amount: 5, source: s}}",
        "  a: {LINE, total: {amount: 5, source: [s, t]}}",
        "changed a 5 > 5 (0)\n- total now by s 2024-01-10, t 2024-03, before by s 2024-01-10",
        "2024 grants 5 > 5 (0)",
    ),
    "a new source of a line with its parts is told once": Case(
        "  a: {LINE, source: s, parts: {p: {PART, total: 5}, q: {PART, total: 6}}}",
        "  a: {LINE, source: t, parts: {p: {PART, total: 5}, q: {PART, total: 6}}}",
        "changed a 11 > 11 (0)\n- new source t 2024-03, before s 2024-01-10",
        "2024 grants 11 > 11 (0)",
    ),
    "an approximation that becomes exact": Case(
        "  a: {LINE, total: ca 600 kr, source: s}",
        "  a: {LINE, total: 610, source: s}",
        "changed a [550, 650] > 610 ([-40, 60])\n- total corrected (s 2024-01-10) [550, 650] > 610 ([-40, 60])",
        "2024 grants [550, 650] > 610 ([-40, 60])",
    ),
    "an exact change beside an approximation that stays is exact": Case(
        "  a: {LINE, total: ca 600 kr}\n  b: {LINE, base: 5, source: s}",
        "  a: {LINE, total: ca 600 kr}\n  b: {LINE, base: 6, source: s}",
        "changed b 5 > 6 (1)\n- base corrected (s 2024-01-10) 5 > 6 (1)",
        "2024 grants [555, 655] > [556, 656] (1)",
    ),
    "an amount that was not stated": Case(
        "  a: {LINE, source: s}",
        "  a: {LINE, source: s, total: 5}",
        "changed a ? > 5 (?)\n- total now stated (s 2024-01-10) ? > 5 (?)",
        "2024 grants 0 > 5 (5)",
    ),
    "an outcome changes nothing else": Case(
        "  a: {LINE, total: 5, source: s}",
        "  a: {LINE, total: 5, source: s, outcome: {amount: 4, source: t}}",
        "changed a 5 > 5 (0)\n- outcome now stated (t 2024-03) ? > 4 (?)",
        "2024 grants 5 > 5 (0)",
    ),
    "a new line": Case(
        "  a: {LINE, total: 5}",
        "  a: {LINE, total: 5}\n  b: {LINE, total: 6, source: s}",
        "added b  > 6 (6)",
        "2024 grants 5 > 11 (6)",
    ),
    "a line that is gone, with its parts": Case(
        "  a: {LINE, total: 5}\n  b: {LINE, parts: {p: {PART, total: 6}}}",
        "  a: {LINE, total: 5}",
        "removed b 6 >  (-6)\nremoved b/p 6 >  (-6)",
        "2024 grants 11 > 5 (-6)",
    ),
    "a renamed line": Case(
        "  a: {LINE, total: 5}\n  c: {LINE, total: 1, of: a}",
        "  b: {LINE, total: 5}\n  c: {LINE, total: 1, of: b}",
        "changed b 5 > 5 (0)\n- renamed, was a",
        "2024 grants 5 > 5 (0)",
    ),
    "a renamed line takes its parts along": Case(
        "  a: {LINE, parts: {p: {PART, total: 5}, q: {PART, total: 6}}}",
        "  b: {LINE, parts: {p: {PART, total: 5}, q: {PART, total: 6}}}",
        "changed b 11 > 11 (0)\n- renamed, was a",
        "2024 grants 11 > 11 (0)",
    ),
    "a renamed line in which a figure changed": Case(
        "  a: {LINE, source: s, parts: {p: {PART, total: 5}, q: {PART, total: 6}}}",
        "  b: {LINE, source: s, parts: {p: {PART, total: 5}, q: {PART, total: 7}}}",
        "changed b 11 > 12 (1)\n- renamed, was a\nchanged b/q 6 > 7 (1)\n- total corrected (s 2024-01-10) 6 > 7 (1)",
        "2024 grants 11 > 12 (1)",
    ),
    "a renamed part": Case(
        "  a: {LINE, parts: {p: {PART, total: 5}, q: {PART, total: 6}}}",
        "  a: {LINE, parts: {p: {PART, total: 5}, r: {PART, total: 6}}}",
        "changed a/r 6 > 6 (0)\n- renamed, was a/q",
        "2024 grants 11 > 11 (0)",
    ),
    "a line that moves into another": Case(
        "  a: {LINE, total: 9}\n  b: {LINE, total: 4}",
        "  a: {LINE, total: 9, parts_are: partial, parts: {b: {PART, total: 4}}}",
        "follows a 9 > 9 (0)\n- beyond the lines in it 9 > 5 (-4)\n"
        "changed a/b 4 > 4 (0)\n- lies in: a (was no line)\n- renamed, was b",
        "2024 grants 13 > 9 (-4)",
    ),
    "two lines of the same content that change places are no difference": Case(
        "  a: {LINE, total: 5}\n  b: {LINE, total: 5}", "  b: {LINE, total: 5}\n  a: {LINE, total: 5}"
    ),
    "fields": Case(
        "  a: {LINE, total: 5}",
        "  a: {title: U, kind: grant, year: 2024, unit: kr, total: 5, code: X 1, gender_marker: 1, stage: proposed}",
        "changed a 5 > 5 (0)\n- stage: proposed (was decided)\n- title: U (was T)\n- kind: grant (was assignment)\n"
        "- code: X 1 (was none)\n- gender marker: 1 (was none)",
        "2024 grants 5 > 5 (0)",
    ),
    "what a part inherits is told of its line": Case(
        "  a: {LINE, parts: {p: {PART, total: 5}}}",
        "  a: {LINE, stage: planned, goals: [violence], parts: {p: {PART, total: 5}}}",
        "changed a 5 > 5 (0)\n- goals: violence (was none)\n- stage: planned (was decided)",
        "2024 grants 5 > 5 (0)",
    ),
    "another year": Case(
        "  a: {title: T, kind: grant, year: 2024, unit: kr, total: 5}",
        "  a: {title: T, kind: grant, year: 2025, unit: kr, total: 5}",
        "changed a 5 > 5 (0)\n- year: 2025 (was 2024)",
        "2024 grants 5 > 0 (-5)\n2025 grants 0 > 5 (5)",
    ),
    "no longer counted": Case(
        "  a: {LINE, total: 5}\n  b: {LINE, total: 4}",
        "  a: {LINE, total: 5, counted: no}\n  b: {LINE, total: 4}",
        "changed a 5 > 5 (0)\n- counted: no (was yes)",
        "2024 grants 9 > 4 (-5)",
    ),
    "an uncounted line enters no sum": Case(
        "  a: {LINE, total: 5, counted: no, source: s}",
        "  a: {LINE, total: 7, counted: no, source: s}",
        "changed a 5 > 7 (2)\n- total corrected (s 2024-01-10) 5 > 7 (2)",
    ),
    "an uncounted line around counted ones follows them": Case(
        "  u: {LINE, counted: no, total: 5, parts: {p: {PART, counted: yes, total: 5}}}",
        "  u: {LINE, counted: no, total: 7, parts: {p: {PART, counted: yes, total: 7}}}",
        "changed u/p 5 > 7 (2)\n- total corrected (no source) 5 > 7 (2)",
        "2024 grants 5 > 7 (2)",
        note="Totals that changed only as the lines in them did, left out: u.",
    ),
    "complete or not": Case(
        "  a: {LINE, total: 5, parts: {p: {PART, total: 5}}}",
        "  a: {LINE, total: 5, parts_are: partial, parts: {p: {PART, total: 5}}}",
        "changed a 5 > 5 (0)\n- parts are: partial (was complete)",
        "2024 grants 5 > 5 (0)",
    ),
    "the same said in other words": Case(
        "  a: {LINE, total: '1,5 mnkr', note: one}\n  b: {LINE, total: 5}",
        "  # a comment\n  b: {unit: kr, kind: assignment, total: 5, year: 2024, title: T}\n  a: {LINE, note: two, total: 1 500 tkr}",
        note="1 line or claim says the same in other words, or with another note: no difference.",
    ),
    "a claim": Case(
        "  a: {LINE, total: 5}\nclaims:\n  c: {title: C, year: 2024, amount: 5 kr, source: s}",
        "  a: {LINE, total: 5}\nclaims:\n  c: {title: C, year: 2024, amount: 6 kr, source: s, about: kind:grant}",
        "changed c 5 > 6 (1)\n- amount corrected (s 2024-01-10) 5 > 6 (1)\n- about: kind:grant (was none)",
    ),
    "a new claim, and one that was renamed": Case(
        "  a: {LINE, total: 5}\nclaims:\n  c: {title: C, year: 2024, amount: 5 kr, source: s}",
        "  a: {LINE, total: 5}\nclaims:\n  d: {title: C, year: 2024, amount: 5 kr, source: s}\n"
        "  e: {title: E, year: 2024, amount: 7 kr, source: s}",
        "changed d 5 > 5 (0)\n- renamed, was c\nadded e  > 7 (7)",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_is_told(case: Case) -> None:
    found = compare(book(case.old), book(case.new))
    assert told(found) == case.told.splitlines()
    assert sums(found) == case.sums.splitlines()
    assert "\n".join(table(found, "old", "new").notes) == case.note
    assert bool(found) == bool(case.told)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_way_back_tells_the_same_the_other_way_round(case: Case) -> None:
    assert_mirrored(book(case.old), book(case.new))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_every_format_can_write_it(case: Case) -> None:
    found = compare(book(case.old), book(case.new))
    made = table(found, "old", "new")
    assert markdown(made).startswith("## Ledger: ")
    for write in (plain, csv, json):
        text = write(made)
        for change in (*found.lines, *found.claims):
            assert change.record.title in text
            assert all(reason.text in text for reason in change.reasons)


def assert_mirrored(old: Book, new: Book) -> None:
    there, back = compare(old, new), compare(new, old)
    turned = {"added": "removed", "removed": "added", "changed": "changed", "follows": "follows"}
    ids = {one.id: one.old_id or one.id for one in (*there.lines, *there.claims)}
    assert {ids[one.id]: (one.difference, *one.money) for one in (*there.lines, *there.claims)} == {
        one.id: (turned[one.difference], *one.money[::-1]) for one in (*back.lines, *back.claims)
    }
    assert [(one.group, one.before.amount, one.after.amount) for one in there.sums] == [
        (one.group, one.after.amount, one.before.amount) for one in back.sums
    ]
    exact = [(one.change, -other.change) for one, other in zip(there.sums, back.sums, strict=True)]
    assert all(one == other for one, other in exact)


def test_the_shipped_ledger_does_not_differ_from_itself() -> None:
    shipped = load(DATA).book
    assert not compare(shipped, shipped)


MARCH = {
    "jamy-trafficking-2024": (150_000_000, ("pr-2024-03-manniskohandel", "art-2024-04-prostitution")),
    "lst-utvecklingsmedel-2024": (
        1_800_000_000,
        ("art-2024-04-prostitution", "pr-2024-03-18-miljoner", "art-2024-03-gangkriminaliteten"),
    ),
}
"""The two top-ups of March 2024, 1,5 and 18 mnkr, in öre, and who states them."""


def shipped_without_them(totals: dict[str, str]) -> Book:
    """The shipped ledger without the top-ups of March 2024; `totals` are written instead of those of the two lines."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(DATA.rglob("*.yaml"))}
    for name in MARCH:
        [file] = [path for path, text in texts.items() if f"\n  {name}:\n" in text]
        before, key, entry = texts[file].partition(f"\n  {name}:\n")
        entry, blank, after = entry.partition("\n\n")
        entry = re.sub(r"^    top_ups:\n(?:      .*\n)+", "", entry, flags=re.MULTILINE)
        if name in totals:
            entry = re.sub(r"^    total:.*\n", totals[name], entry, flags=re.MULTILINE)
        texts[file] = f"{before}{key}{entry}{blank}{after}"
    loaded = load_texts({name: text.encode() for name, text in texts.items()})
    assert not loaded.faults
    return loaded.book


AS_THEN = {"jamy-trafficking-2024": "    total: 22 mnkr\n", "lst-utvecklingsmedel-2024": ""}


@pytest.mark.parametrize("totals", [{}, AS_THEN], ids=["totals as they stand", "totals as they then were"])
def test_the_top_ups_of_march_2024_are_told_with_their_sources_and_nothing_else(totals: dict[str, str]) -> None:
    found = compare(shipped_without_them(totals), load(DATA).book)
    assert [change.id for change in found.lines] == list(MARCH)
    for change in found.lines:
        ore, sources = MARCH[change.id]
        [reason] = change.reasons
        assert (reason.what, reason.change, reason.sources) == ("top-up", Interval(ore, ore), sources)
        assert change.change == (Interval(ore, ore) if totals else ZERO)
    ore = 1_950_000_000 if totals else 0
    assert [(one.group, one.change) for one in found.sums] == [((2024, "assignments and grants"), Interval(ore, ore))]
    assert found == structs.replace(found, claims=(), others={}, consequences=(), wording=0)


def test_sources_agencies_and_goals_are_told_in_notes() -> None:
    more = "agencies:\n  x: {name: X, kind: agency}\n  z: {name: Z, kind: agency}\n"
    less = "agencies:\n  y: {name: X, kind: agency}\n  z: {name: Zed, kind: agency}\n"
    old = book_of(f"allocations:\n  a: {{LINE, recipient: x, total: 5}}\n{SOURCES}{more}")
    new = book_of(
        f"allocations:\n  a: {{LINE, recipient: y, total: 5}}\n{SOURCES.replace('t:', 'u:')}{less}ledger: {{title: L}}"
    )
    found = compare(old, new)
    assert told(found) == []
    assert table(found, "old", "new").notes == (
        "Sources: 1 renamed (t to u).",
        "Agencies: 1 renamed (x to y), 1 changed (z).",
        "Title: L (was none).",
    )
    assert found


def test_a_new_line_says_who_states_it_and_its_parts_do_not_repeat_it() -> None:
    new = "  b: {LINE, source: [s, t], parts: {p: {PART, total: 6}, q: {PART, total: 7, source: t}}}"
    made = table(compare(book(""), book(new)), "old", "new")
    assert [row.cells[0] for row in made.rows] == [
        "new b: T (2024; s 2024-01-10, t 2024-03)",
        "new p: T (2024)",
        "new q: T (2024; t 2024-03)",
    ]
    assert [row.depth for row in made.rows] == [0, 1, 1]


@dataclass(frozen=True)
class Node:
    """A line that holds `rest` beyond the lines in it; `stated` whether its total is written where it can be derived."""

    rest: int
    stated: bool
    parts: dict[str, "Node"]
    counted: bool = True

    @property
    def total(self) -> int:
        return self.rest + sum(part.total for part in self.parts.values())

    def text(self, top: str) -> str:
        inner = ", ".join(f"{name}: {part.text('PART')}" for name, part in self.parts.items())
        fields = [top]
        if self.rest or self.stated or not self.parts:
            fields.append(f"total: {self.total}")
        if self.rest and self.parts:
            fields.append("parts_are: partial")
        fields += [] if self.counted else ["counted: no"]
        return f"{{{', '.join(fields)}{f', parts: {{{inner}}}' if inner else ''}}}"


NODES = st.recursive(
    st.builds(Node, st.integers(0, 9), st.booleans(), st.just({})),
    lambda parts: st.builds(
        Node,
        st.sampled_from([0, 0, 1, 5]),
        st.booleans(),
        st.dictionaries(st.sampled_from("pqr"), parts, max_size=3),
    ),
    max_leaves=6,
)
LEDGERS = st.dictionaries(
    st.sampled_from("abc"), NODES.flatmap(lambda node: st.booleans().map(lambda no: replace(node, counted=not no)))
)


def written(ledger: dict[str, Node]) -> Book:
    return book("".join(f"  {name}: {node.text('LINE')}\n" for name, node in ledger.items()))


@given(LEDGERS)
def test_a_ledger_does_not_differ_from_itself_in_another_order(ledger: dict[str, Node]) -> None:
    assert not compare(written(ledger), written(dict(reversed(ledger.items()))))


@given(LEDGERS, LEDGERS)
def test_the_way_back_mirrors_any_change(old: dict[str, Node], new: dict[str, Node]) -> None:
    there, back = compare(written(old), written(new)), compare(written(new), written(old))
    assert [(one.group, one.change) for one in there.sums] == [(one.group, -one.change) for one in back.sums]
    assert len(there.lines) == len(back.lines)
    assert bool(there) == bool(back)


@given(LEDGERS, LEDGERS)
def test_what_the_lines_tell_adds_up_to_the_change_of_the_sum(old: dict[str, Node], new: dict[str, Node]) -> None:
    before, after = written(old), written(new)
    found = compare(before, after)
    added = ZERO
    for change in found.lines:
        added += change.in_sums or ZERO
    assert added == total(after) - total(before)
    assert sum_of(found) == total(after) - total(before)


def total(of: Book) -> Interval:
    [*sums_of] = (add_level(of, lines).amount.interval for lines in by_level(of.lines.values()).values())
    return sums_of[0] if sums_of else ZERO


def sum_of(found: Differences) -> Interval:
    added = ZERO
    for one in found.sums:
        added += one.change
    return added


# The command line: what may stand for a ledger.

CORRECTED = "north: Norr"


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A repository in which one figure was corrected, from 13 to 12 mnkr, and nothing committed since."""
    repository(tmp_path)
    ledger(tmp_path)
    commit(tmp_path)
    (tmp_path / "data" / "ledger.yaml").write_text(MISMATCH, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "named", "row"),
    [
        (("HEAD",), "from HEAD to data", "13      12       -1"),
        (("HEAD", "data"), "from HEAD to data", "13      12       -1"),
        (("data", "HEAD"), "from data to HEAD", "12      13        1"),
        (("HEAD", "--data", "data"), "from HEAD to data", "13      12       -1"),
    ],
    ids=" ".join,
)
def test_a_revision_may_stand_for_a_ledger(words: tuple[str, ...], named: str, row: str, history: Path) -> None:
    done = run("diff", *words, folder=history)
    assert done.returncode == 1
    assert done.stdout.startswith(f"Money for shelters: what changed {named}\n")
    [line] = [one for one in done.stdout.split("\n") if CORRECTED in one]
    assert line.endswith(row)
    assert "ledger: 1 error in data: see 'ledger check'\n" in done.stderr


def test_two_revisions_are_compared_whatever_is_there_now(history: Path) -> None:
    commit(history)
    (history / "data" / "ledger.yaml").write_text(BROKEN, encoding="utf-8")
    done = run("diff", "HEAD~1", "HEAD", folder=history)
    assert (done.returncode, CORRECTED in done.stdout) == (1, True)
    assert run("diff", "HEAD", "HEAD", folder=history).returncode == 0


def test_a_revision_is_read_without_its_links(history: Path) -> None:
    """What a link names is no part of the revision."""
    (history / "data" / "other.yaml").symlink_to("ledger.yaml")
    commit(history)
    done = run("diff", "HEAD~1", "HEAD", folder=history)
    assert "ledger: passed over 'HEAD:data/other.yaml': it is no plain file\n" in done.stderr


def test_what_cannot_be_compared_ends_with_status_2(history: Path) -> None:
    def ends(*words: str) -> str:
        done = run("diff", *words, folder=history)
        assert (done.returncode, done.stdout) == (2, "")
        return done.stderr

    assert ends("HEAD", "HEAD~9").endswith(
        "ledger: cannot read 'HEAD~9': neither a directory nor a revision that git knows\n"
    )
    ledger(history, CLEAN.replace("ledger:", "ledger:\n  currency: EUR", 1).replace("mnkr", "million EUR"), "euros")
    assert ends("data", "euros") == "ledger: 'data' is in SEK, and 'euros' in EUR\n"
    (history / "data" / "ledger.yaml").write_text(BROKEN, encoding="utf-8")
    assert "data/ledger.yaml:14:12: error[bad-amount]" in ends("HEAD")
