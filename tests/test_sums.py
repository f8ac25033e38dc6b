"""Sums of one level: every krona once, whichever way lines lie in one another, and each in exactly one row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pytest
from books import book_of, limits
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from kronor import Model, model_book, selections

from ledger.book import Book, Line, Sum, add_level, apportion, by_level, entering_sums
from ledger.money import Amount, Interval, plain_kronor
from ledger.reading.lines import MOST_AROUND


def added(book: Book, *ids: str) -> Sum:
    """The sum of these lines, or of all that are counted."""
    lines = [book.lines[one] for one in ids] or [line for line in book.lines.values() if line.counted]
    assert len({line.level for line in lines}) <= 1
    return add_level(book, lines)


def rows(book: Book, *ids: str) -> dict[str, str]:
    """The money of each row, where every line has a row of its own."""
    lines = [book.lines[one] for one in ids] or list(book.lines.values())
    return {line.id: limits(amount.interval) for line, amount in apportion(book, lines)}


def printed(amount: Amount) -> str:
    """`5`, and the interval behind it where it is not exact."""
    number = "" if amount.number is None else plain_kronor(amount.number)
    return number if amount.exact else f"{number} {limits(amount.interval)}".strip()


@dataclass(frozen=True)
class Case:
    """A ledger, the sum of its counted lines, which are of one level, and the rows that the money is placed in."""

    text: str
    total: str
    rows: dict[str, str] = field(default_factory=dict)


CASES = {
    "lines beside one another are added": Case(
        "  a: {LINE, total: 5}\n  b: {LINE, base: 2, top_ups: [{amount: 1}]}", "8", {"a": "5", "b": "3"}
    ),
    "a part adds nothing; what a line holds beyond its parts stays with it": Case(
        "  a: {LINE, total: 10, parts_are: partial, parts: {p: {PART, total: 3}, q: {PART, total: 4}}}",
        "10",
        {"a": "3", "a/p": "3", "a/q": "4"},
    ),
    "a line whose parts are all of it has no money of its own": Case(
        "  a: {LINE, parts: {p: {PART, total: 3}, q: {PART, total: 4}}}", "7", {"a/p": "3", "a/q": "4"}
    ),
    "the parts of a line without an amount count by themselves": Case(
        "  a: {LINE, parts_are: partial, parts: {p: {PART, total: 3}, q: {PART, total: 4}}}",
        "7",
        {"a/p": "3", "a/q": "4"},
    ),
    "money is placed at the innermost line whose amount is known": Case(
        """
  a: {LINE, total: 10, parts_are: partial, parts: {
    p: {PART, parts: {q: {PART, total: 3}, r: {PART}}},
    s: {PART, total: 4, parts_are: partial, parts: {t: {PART}}} }}
""",
        "10",
        {"a": "3", "a/p/q": "3", "a/s": "4"},
    ),
    "`of` puts a line inside another, whichever stands first": Case(
        "  b: {LINE, total: 3, of: a}\n  a: {LINE, total: 10}\n  c: {LINE, total: 4, of: a}",
        "10",
        {"a": "3", "b": "3", "c": "4"},
    ),
    "a line by `of` in a part lies in the line around it too": Case(
        """
  a: {LINE, total: 10, parts: {p: {PART, total: 10}}}
  b: {LINE, total: 3, of: a/p}
""",
        "10",
        {"a/p": "7", "b": "3"},
    ),
    "a second breakdown beside known parts places nothing: its money stands at the parts": Case(
        """
  a: {LINE, total: 10, parts: {p: {PART, total: 6}, q: {PART, total: 4}}}
  b: {LINE, total: 7, of: a, parts: {r: {PART, total: 7}}}
""",
        "10",
        {"a/p": "6", "a/q": "4"},
    ),
    "what stands behind a second breakdown has its row all the same": Case(
        """
  a: {LINE, total: 10, parts: {p: {PART, total: 6}, q: {PART, total: 4}}}
  b: {LINE, total: 7, of: a}
  c: {LINE, total: 5}
""",
        "15",
        {"a/p": "6", "a/q": "4", "c": "5"},
    ),
    "a second breakdown counts where the parts are not stated": Case(
        """
  a: {LINE, total: 10, parts: {p: {PART}, q: {PART}}}
  b: {LINE, total: 7, of: a}
""",
        "10",
        {"a": "3", "b": "7"},
    ),
    "lines that may overlap come to no less than the largest, less what a reduction takes away": Case(
        """
  a: {LINE, parts_are: partial, parts: {p: {PART, total: 10}}}
  b: {LINE, total: 20, of: a}
  c: {LINE, total: -4}
""",
        "26 [16, 26]",
        {"a/p": "10", "b": "20", "c": "-4"},
    ),
    "a top-up that is a line is counted once": Case(
        "  a: {LINE, base: 250, top_ups: [{line: b}]}\n  b: {LINE, parts: {p: {PART, total: 60}}}",
        "310",
        {"a": "250", "b/p": "60"},
    ),
    "also when that line is a part of another line": Case(
        """
  a: {LINE, base: 250, top_ups: [{line: b/p}]}
  b: {LINE, parts: {p: {PART, total: 60}, q: {PART, total: 40}}}
""",
        "350",
        {"a": "250", "b/p": "60", "b/q": "40"},
    ),
    "also when that line has an `of` of its own in another line": Case(
        """
  a: {LINE, base: 250, top_ups: [{line: b}]}
  b: {LINE, total: 60, of: c}
  c: {LINE, total: 100}
""",
        "350",
        {"a": "250", "b": "60", "c": "40"},
    ),
    "also when its amount is not stated but that of its parts is": Case(
        """
  a: {LINE, base: 20, total: 30, top_ups: [{line: b}, {note: another}]}
  b: {LINE, of: c, parts_are: partial, parts: {p: {PART, total: 6}}}
  c: {LINE, total: 100}
""",
        "124 [100, 124]",
        {"a": "24", "b/p": "6", "c": "94"},
    ),
    "also when it is a top-up of several lines": Case(
        """
  a: {LINE, base: 10, top_ups: [{line: d}]}
  b: {LINE, base: 20, top_ups: [{line: d}]}
  c: {LINE, base: 30, top_ups: [{line: d}]}
  d: {LINE, total: 5}
""",
        "65",
        {"a": "10", "b": "20", "c": "30", "d": "5"},
    ),
    "also when two lines that hold it lie in the same two lines": Case(
        """
  x: {LINE, base: 100, top_ups: [{line: a}, {line: b}]}
  y: {LINE, base: 200, top_ups: [{line: a}, {line: b}]}
  a: {LINE, base: 10, top_ups: [{line: d}]}
  b: {LINE, base: 20, top_ups: [{line: d}]}
  d: {LINE, total: 5}
""",
        "345",
    ),
    "also when its name stands before theirs": Case(
        """
  x: {LINE, base: 100, top_ups: [{line: m}, {line: n}]}
  y: {LINE, base: 200, top_ups: [{line: m}, {line: n}]}
  m: {LINE, base: 10, top_ups: [{line: d}]}
  n: {LINE, base: 20, top_ups: [{line: d}]}
  d: {LINE, total: 5}
""",
        "345",
    ),
    "also when one of them is not counted": Case(
        """
  a: {LINE, base: 250, top_ups: [{line: b}], counted: no}
  b: {LINE, total: 60, of: c}
  c: {LINE, total: 100}
""",
        "100",
        {"b": "60", "c": "40"},
    ),
    "a line that is not counted still takes out what two counted lines share": Case(
        """
  a: {LINE, base: 250, top_ups: [{line: b}]}
  b: {LINE, total: 60, of: c, counted: no}
  c: {LINE, total: 100}
""",
        "350",
        {"a": "310", "c": "40"},
    ),
    "a top-up that is a line beside known parts places nothing": Case(
        """
  a: {LINE, base: 10, top_ups: [{line: b}], parts: {p: {PART, total: 8}, q: {PART, total: 7}}}
  b: {LINE, parts: {r: {PART, total: 5}}}
""",
        "15",
        {"a/p": "8", "a/q": "7"},
    ),
    "a line by `of` beside a top-up that is a line places nothing": Case(
        """
  a: {LINE, base: 10, top_ups: [{line: b}]}
  b: {LINE, total: 5}
  c: {LINE, total: 7, of: a}
""",
        "15",
        {"a": "10", "b": "5"},
    ),
    "a top-up that is a line inside a part is placed there": Case(
        """
  a: {LINE, base: 10, top_ups: [{line: b}], parts: {p: {PART, total: 8}, q: {PART, total: 7}}}
  b: {LINE, total: 5, of: a/p}
""",
        "15",
        {"a/p": "3", "a/q": "7", "b": "5"},
    ),
    "a second breakdown that is also a top-up elsewhere stays out of that line": Case(
        """
  a: {LINE, total: 10, parts: {p: {PART, total: 6}, q: {PART, total: 4}}}
  b: {LINE, base: 20, top_ups: [{line: c}]}
  c: {LINE, total: 5, of: a}
""",
        "30",
        {"a/p": "6", "a/q": "4", "b": "20"},
    ),
    "a counted part of an uncounted line counts by itself": Case(
        """
  a: {LINE, total: 100, counted: no, parts: {
    p: {PART, total: 60, counted: yes}, q: {PART, total: 30}, r: {PART, total: 10, counted: yes}}}
""",
        "70",
        {"a/p": "60", "a/r": "10"},
    ),
    "what is not counted inside a counted line is in that line's amount": Case(
        "  a: {LINE, total: 10, parts: {p: {PART, total: 6, counted: no}, q: {PART, total: 4}}}",
        "10",
        {"a": "6", "a/q": "4"},
    ),
    "two breakdowns of an uncounted line may hold the same money": Case(
        """
  a: {LINE, total: 100, counted: no, parts: {p: {PART, total: 60, counted: yes}, q: {PART, total: 40}}}
  b: {LINE, total: 30, of: a}
""",
        "90 [60, 90]",
        {"a/p": "60", "b": "30"},
    ),
    "a line in two lines, of which nobody knows the amount, may be all of the smaller one": Case(
        """
  a: {LINE, total: 250, top_ups: [{line: b}]}
  b: {LINE, of: c}
  c: {LINE, total: 100}
""",
        "350 [250, 350]",
        {"a": "250", "c": "100"},
    ),
    "top-ups without a base count with what is stated": Case("  a: {LINE, top_ups: [{amount: 3}]}", "3", {"a": "3"}),
    "a part does not lie in the top-up that is known alone, when it is more": Case(
        """
  a: {LINE, top_ups: [{amount: 3}], parts_are: partial, parts: {p: {PART, total: 5}, q: {PART, total: 1}}}
""",
        "6",
        {"a/p": "5", "a/q": "1"},
    ),
    "nor in the base that is known alone": Case(
        """
  a: {LINE, base: 3, top_ups: [{note: later}], parts_are: partial, parts: {p: {PART, total: 5}}}
  b: {LINE, total: 1, of: a/p}
""",
        "5",
        {"a/p": "4", "b": "1"},
    ),
    "a total stands, also when its parts come to more": Case(
        "  a: {LINE, total: 3, parts: {p: {PART, total: 5}}}\n  b: {LINE, total: 1}", "4"
    ),
    "when it is less it may": Case(
        "  a: {LINE, top_ups: [{amount: 3}], parts_are: partial, parts: {p: {PART, total: 2}}}",
        "3",
        {"a": "1", "a/p": "2"},
    ),
    "a sum of approximate figures has their numbers and their limits": Case(
        "  a: {LINE, base: drygt 28 kr}\n  b: {LINE, base: minst 3 kr}\n  c: {LINE, base: ca 7 kr}",
        "38 [37.50, ∞)",
        {"a": "[28, 29)", "b": "[3, ∞)", "c": "[6.50, 7.50]"},
    ),
    "a figure without a printed number takes it from the sum": Case(
        "  a: {LINE, base: 3–5 kr}\n  b: {LINE, base: 10}", "[13, 15]", {"a": "[3, 5]", "b": "10"}
    ),
    "an approximate line may hold something beyond its parts, and not less than nothing": Case(
        """
  a: {LINE, total: knappt 32 kr, parts: {p: {PART, total: drygt 28 kr}, q: {PART, total: minst 3 kr}}}
""",
        "32 (31, 32]",
        {"a": "[0, 1]", "a/p": "[28, 29)", "a/q": "[3, ∞)"},
    ),
    "what approximate lines share is taken out, and no sum is less than its largest line": Case(
        """
  a: {LINE, base: 5, top_ups: [{line: c}]}
  b: {LINE, total: högst 12 kr, top_ups: [{line: c}]}
  c: {LINE, total: högst 10 kr}
""",
        "17 [5, 27]",
    ),
    "what is shared and has no upper limit leaves only the largest line sure": Case(
        """
  a: {LINE, total: minst 20 kr, top_ups: [{line: c}]}
  b: {LINE, total: minst 30 kr, top_ups: [{line: c}]}
  c: {LINE, total: minst 10 kr}
""",
        "40 [30, ∞)",
    ),
    "what is shared and may be nothing leaves no sum below zero": Case(
        """
  a: {LINE, total: högst 10 kr, top_ups: [{line: c}]}
  b: {LINE, total: högst 12 kr, top_ups: [{line: c}]}
  c: {LINE, total: högst 4 kr}
""",
        "18 [0, 22]",
    ),
    "a doubt is about the lines that may overlap, and about no others": Case(
        "  a: {LINE, parts_are: partial, parts: {p: {PART, total: 10}}}\n  b: {LINE, total: 20, of: a}\n  c: {LINE, total: 100}",
        "130 [120, 130]",
    ),
    "a line of which the base is not known makes way for the breakdown that comes to most": Case(
        "  a: {LINE, top_ups: [{line: b}]}\n  b: {LINE, total: 10}\n  c: {LINE, total: 20, of: a}", "30 [20, 30]"
    ),
    "top-ups that are lines and lines by `of` are two breakdowns": Case(
        "  a: {LINE, counted: no, top_ups: [{line: b}]}\n  b: {LINE, total: 10}\n  c: {LINE, total: 20, of: a}",
        "30 [20, 30]",
    ),
    "two breakdowns inside a line of the sum leave no doubt about it": Case(
        """
  a: {LINE, total: 100, parts_are: partial, parts: {p: {PART, parts_are: partial, parts: {q: {PART, total: 10}}}}}
  b: {LINE, total: 20, of: a/p}
  c: {LINE, total: 50}
""",
        "150",
        {"a": "90", "a/p/q": "10", "c": "50"},
    ),
    "a doubt about a limit that is not included leaves the new one included": Case(
        """
  a: {LINE, parts_are: partial, parts: {p: {PART, total: knappt 12 kr}}}
  b: {LINE, total: knappt 20 kr, of: a}
""",
        "32 [11, 32]",
    ),
    "a second breakdown of which no amount is known leaves no doubt": Case(
        "  a: {LINE, parts_are: partial, parts: {p: {PART, total: 10}, q: {PART, total: 20}}}\n  b: {LINE, of: a}", "30"
    ),
    "lines that may overlap and may be nothing leave no doubt about the others": Case(
        """
  a: {LINE, parts_are: partial, parts: {p: {PART, total: högst 5 kr}}}
  b: {LINE, total: högst 6 kr, of: a}
  c: {LINE, total: 100}
  d: {LINE, total: 50}
""",
        "161 [150, 161]",
    ),
    "a line may share money with another that holds some of what lies beside it": Case(
        """
  a: {LINE, parts_are: partial, parts: {p: {PART, parts: {q: {PART}}}}}
  b: {LINE, total: 20, of: a}
  c: {LINE, total: 30, top_ups: [{line: a/p/q}]}
""",
        "50 [30, 50]",
    ),
    "a negative line is a reduction": Case(
        "  a: {LINE, total: 10}\n  b: {LINE, total: -4}", "6", {"a": "10", "b": "-4"}
    ),
    "also of a sum that has no upper limit": Case(
        "  a: {LINE, total: minst 10 kr}\n  b: {LINE, total: -4}", "6 [6, ∞)"
    ),
    "a cycle is no reason to count twice, or not to end": Case(
        """
  x: {LINE, total: 50, top_ups: [{line: a}]}
  a: {LINE, of: b}
  b: {LINE, of: a, total: 20}
""",
        "50",
        {"b": "20", "x": "30"},
    ),
    "a ring of lines without amounts ends nothing": Case(
        "  x: {LINE, total: 50, top_ups: [{line: a}]}\n  a: {LINE, of: b}\n  b: {LINE, of: a}", "50", {"x": "50"}
    ),
    "unknown lines are passed over": Case(
        "  a: {LINE, total: 5, of: nowhere}\n  b: {LINE, total: 6, top_ups: [{line: nowhere}]}",
        "11",
        {"a": "5", "b": "6"},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_sums_and_rows(case: Case) -> None:
    book = book_of(case.text)
    assert printed(added(book).amount) == case.total
    if case.rows:
        assert rows(book) == case.rows


def test_a_sum_of_lines_that_may_overlap_is_a_range() -> None:
    """Also where each of them is exact."""
    book = book_of("  a: {LINE, parts_are: partial, parts: {p: {PART, total: 10}}}\n  b: {LINE, total: 20, of: a}")
    assert added(book).amount == Amount(Interval(2000, 3000), 3000, "", "range")


def test_a_sum_of_ranges_that_share_a_line_is_a_range() -> None:
    book = book_of("""
  a: {LINE, base: 5, top_ups: [{line: c}]}
  b: {LINE, total: högst 12 kr, top_ups: [{line: c}]}
  c: {LINE, total: högst 10 kr}
""")
    assert added(book).amount == Amount(Interval(500, 2700), 1700, "", "range")


def test_levels_are_never_added_together() -> None:
    """An assignment paid from an item is no less money of its own level, and the other way round."""
    book = book_of("""
  a: {ITEM, total: 10, parts: {p: {PART, total: 6, parts: {q: {kind: item, title: T, total: 6}}}}}
  b: {LINE, total: 4, of: a/p}
  c: {title: T, kind: commitment, year: 2024, total: 7 kr, of: a}
  d: {title: T, kind: area, year: 2024, total: 20 kr, parts: {e: {kind: appropriation, title: T, total: 20 kr}}}
""")
    levels = by_level(book.lines.values())
    assert list(levels) == ["appropriations", "assignments and grants", "commitments"]
    assert {level: [line.id for line in lines] for level, lines in levels.items()} == {
        "appropriations": ["a", "a/p/q", "d", "d/e"],
        "assignments and grants": ["a/p", "b"],
        "commitments": ["c"],
    }
    assert [printed(add_level(book, lines).amount) for lines in levels.values()] == ["30", "6", "7"]
    assert rows(book, *(line.id for line in levels["appropriations"])) == {"a": "4", "a/p/q": "6", "d/e": "20"}


def test_what_is_not_counted_is_of_no_level() -> None:
    book = book_of("  a: {LINE, total: 5, counted: no}\n  b: {ITEM, total: 5}")
    assert [line.id for line in by_level(book.lines.values())["appropriations"]] == ["b"]
    assert len(by_level(book.lines.values())) == 1


NOT_STATED = {
    "two of three": ("  a: {LINE, total: 5}\n  b: {LINE}\n  c: {LINE}", (3, 2, 0, 0)),
    "inside a line that is stated nothing is missing": (
        "  a: {LINE, total: 5, parts: {p: {PART}, q: {PART}}}\n  b: {LINE, of: a}\n  c: {LINE}",
        (5, 4, 3, 0),
    ),
    "a line that counts with a top-up alone is partial": (
        "  a: {LINE, top_ups: [{amount: 3}]}\n  b: {LINE, base: 2, top_ups: [{note: later}]}",
        (2, 0, 0, 2),
    ),
    "inside a line that is stated it misses nothing either": (
        "  a: {LINE, total: 9, parts_are: partial, parts: {p: {PART, top_ups: [{amount: 3}]}}}",
        (2, 0, 0, 0),
    ),
    "one that makes way for its parts is still partial": (
        "  a: {LINE, top_ups: [{amount: 3}], parts_are: partial, parts: {p: {PART, total: 5}, q: {PART}}}",
        (3, 1, 0, 1),
    ),
    "an unknown top-up alone is not stated": ("  a: {LINE, top_ups: [{note: later}]}", (1, 1, 0, 0)),
}


@pytest.mark.parametrize(("text", "expected"), NOT_STATED.values(), ids=NOT_STATED)
def test_amounts_that_are_not_stated_are_counted(text: str, expected: tuple[int, ...]) -> None:
    """A sum says of how many lines it is, how many are not stated, how many of these it misses nothing by, how many partial."""
    found = added(book_of(text))
    assert (found.lines, found.not_stated, found.not_stated_inside, found.partial) == expected


def test_a_selection_is_added_by_itself() -> None:
    """A line of which the outer one is not selected counts, and what is not selected is not taken out of a row."""
    book = book_of("""
  a: {LINE, total: 10, parts_are: partial, parts: {p: {PART, total: 3, parts_are: partial, parts: {q: {PART, total: 1}}}}}
  b: {LINE, total: 4, of: a}
""")
    assert printed(added(book, "a/p", "b").amount) == "7 [4, 7]"
    assert rows(book, "a", "a/p/q") == {"a": "9", "a/p/q": "1"}
    assert rows(book, "a/p/q") == {"a/p/q": "1"}
    assert rows(book, "a", "b") == {"a": "6", "b": "4"}
    assert added(book, "a/p/q").lines == 1


def test_the_lines_that_enter_a_sum_are_those_with_none_around_them() -> None:
    """What is marked as entering: on each level, counted lines with an amount that lie in no other such line."""
    book = book_of("""
  a: {ITEM, total: 10, counted: no, parts: {p: {kind: item, title: T, total: 6, counted: yes}, q: {PART, total: 4, counted: yes}}}
  b: {LINE, total: 3, of: a/q}
  c: {LINE, parts: {r: {PART, total: 1}, s: {PART}}}
  d: {LINE, top_ups: [{amount: 1}], parts_are: partial, parts: {t: {PART, total: 2}}}
""")
    assert entering_sums(book, book.lines.values()) == {"a/p", "a/q", "c/r", "d/t"}


def test_long_chains_and_wide_lines_end_soon() -> None:
    """As deep as lines may lie in one another, and 5 000 in one."""
    chain = [f"  a{number}: {{LINE, of: a{number + 1}}}" for number in range(MOST_AROUND)]
    wide = [f"  b{number}: {{LINE, total: 1, of: b}}" for number in range(5000)]
    book = book_of("\n".join([*chain, f"  a{MOST_AROUND}: {{LINE, total: 9}}", "  b: {LINE, total: 6000}", *wide]))
    assert printed(added(book).amount) == "6009"
    placed = rows(book)
    assert (len(placed), placed["b"], placed[f"a{MOST_AROUND}"]) == (5002, "1000", "9")


# Brute force: a sum is the size of a union of sets of kronor.


def selected(book: Book, lines: Iterable[Model], names: set[str]) -> tuple[list[Line], set[int]]:
    """The counted lines of those names, and the kronor in the ones with an amount."""
    chosen = [one for line in lines for one in line.inside() if one.counted and one.id in names]
    known = [one for one in chosen if book.value(one.id).counting]
    return [book.lines[one.id] for one in chosen], {krona for one in known for krona in one.kronor}


def holds(interval: Interval, kronor: int) -> bool:
    return interval.meets(Interval(kronor * 100, kronor * 100))


@settings(max_examples=100, deadline=None)
@given(selections(crossing=False))
def test_a_sum_of_exact_lines_is_the_number_of_different_kronor_in_them(drawn: tuple[list[Model], set[str]]) -> None:
    """Where no line is broken down in two ways, an exact ledger has an exact sum: the size of the union."""
    lines, names = drawn
    book = model_book(lines)
    chosen, kronor = selected(book, lines, names)
    assert add_level(book, chosen).amount == Amount(Interval(len(kronor) * 100, len(kronor) * 100), len(kronor) * 100)


@settings(max_examples=100, deadline=None)
@given(selections(crossing=True), st.sampled_from(["exact", "range", "least", "most", "about"]))
def test_a_sum_leaves_every_union_possible(drawn: tuple[list[Model], set[str]], amount: str) -> None:
    """Whatever overlaps and whatever is not exact, the true number of different kronor is in the sum's interval."""
    lines, names = drawn
    book = model_book(lines, amount)
    chosen, kronor = selected(book, lines, names)
    found = add_level(book, chosen).amount.interval
    assert holds(found, len(kronor)), (limits(found), len(kronor))
    assert found.low is not None
    assert found.low >= 0


def placed_by_others(lines: Iterable[Model]) -> bool:
    """Whether the money of some line is placed by other breakdowns in two lines around it: no row can tell."""
    every = [one for line in lines for one in line.inside()]
    shared = {inner for line in every for one in line.top_ups for inner in ids_inside(one, every)}
    beside: list[str] = []
    for line in every:
        second = [one for one in every if one.of == line.id]
        groups = [group for group in (line.parts, line.top_ups, second) if group]
        found = {inner for group in groups[1:] for one in group for inner in ids_inside(one, every)}
        beside += [*found, *(found if line.id in shared else ())]
    return len(beside) > len(set(beside))


def ids_inside(line: Model, every: Sequence[Model]) -> set[str]:
    """The line and whatever lies in it, as a part, by `of` or as a top-up."""
    direct = [*line.parts, *line.top_ups, *(one for one in every if one.of == line.id)]
    return {line.id}.union(*(ids_inside(one, every) for one in direct))


@settings(max_examples=100, deadline=None)
@given(selections(crossing=True))
def test_the_rows_add_up_to_the_sum(drawn: tuple[list[Model], set[str]]) -> None:
    """Every krona of a consistent, exact ledger stands in exactly one row, and no row is below zero."""
    lines, names = drawn
    assume(not placed_by_others(lines))
    book = model_book(lines)
    chosen, _ = selected(book, lines, names)
    placed = [amount.number or 0 for _, amount in apportion(book, chosen)]
    assert all(number >= 0 for number in placed)
    assert sum(placed) == add_level(book, chosen).amount.number


@settings(max_examples=100, deadline=None)
@given(selections(crossing=False))
def test_a_krona_stands_at_its_innermost_line(drawn: tuple[list[Model], set[str]]) -> None:
    """A row has the kronor of its line that lie in no other line with a row inside it."""
    lines, _ = drawn
    book = model_book(lines)
    every = {one.id: one for line in lines for one in line.inside()}
    chosen = [line for line in book.lines.values() if line.counted]
    known = [line.id for line in chosen if book.value(line.id).counting]
    assume(all(every[one].counted for one in every if one in book.inclusion.around))
    expected = {}
    for name in known:
        inner = {krona for one in book.inclusion.inner(name) if one in known for krona in every[one].kronor}
        own = every[name].kronor - inner
        if own or not book.inclusion.inner(name) & set(known):
            expected[name] = str(len(own))
    assert rows(book, *(line.id for line in chosen)) == expected
