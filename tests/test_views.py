"""The arithmetic of the views: shares of claims, sums by a side of the lines, sums a year, and the sums of a summary."""

from collections.abc import Iterable

import pytest
from books import book_of, limits
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from kronor import Model, model_book, selections

from ledger.book import Book
from ledger.money import plain_kronor, read_amount
from ledger.table import Cell, Money, Row, Share, Table
from ledger.views.claims import claims_table, recorded, share_of
from ledger.views.derivation import show_claim, show_line
from ledger.views.grouped import GROUPS, grouped
from ledger.views.summary import summary
from ledger.views.years import years


def cell(table: Table, row: Row, column: str) -> Cell:
    return row.cells[[one.name for one in table.columns].index(column)]


def said(money: Cell) -> str:
    """`5`, with the interval where it is not exact and the remark behind it; `-` without an amount."""
    if not isinstance(money, Money):
        return "" if money is None else str(money)
    amount = money.amount
    words = "-" if amount is None else "" if amount.number is None else plain_kronor(amount.number)
    if amount and not amount.exact:
        words = f"{words} {limits(amount.interval)}".strip()
    return f"{words} ({money.remark})" if money.remark else words


def whole(book: Book, by: str) -> Table:
    return grouped(book, list(book.lines.values()), by)


def grouped_rows(table: Table) -> list[tuple[str, str, str]]:
    """The name of each row, the lines in it, and its money."""
    return [
        (str(cell(table, row, "name")), str(cell(table, row, "lines")), said(cell(table, row, "total")))
        for row in table.rows
    ]


# Claims

SHARES = [
    ("77 kr", "600 kr", (128, 128)),
    ("75–77 kr", "600–700 kr", (107, 128)),
    ("75–77 kr", "drygt 600 kr", (107, 128)),
    ("1 kr", "3 kr", (333, 333)),
    ("2 kr", "3 kr", (667, 667)),
    ("1 kr", "2000 kr", (1, 1)),
    ("0 kr", "600 kr", (0, 0)),
    ("600 kr", "600 kr", (1000, 1000)),
    ("900 kr", "600 kr", (1500, 1500)),
    ("minst 60 kr", "600 kr", (100, 1000)),
    ("minst 700 kr", "600 kr", (1167, 1167)),
    ("60 kr", "mer än 600 kr", (0, 100)),
    ("minst 60 kr", "mer än 600 kr", (0, 1000)),
    ("60 kr", "0 kr", None),
    ("60 kr", "högst 600 kr", None),
    ("60 kr", "-167 kr", None),
    ("-60 kr", "600 kr", None),
]


@pytest.mark.parametrize(("part", "of", "expected"), SHARES, ids=[f"{part} of {of}" for part, of, _ in SHARES])
def test_a_share_goes_from_the_smallest_it_may_be_to_the_largest(
    part: str, of: str, expected: tuple[int, int] | None
) -> None:
    """In per mille, to the nearest; of a claim that may be nothing there is no share."""
    found = share_of(read_amount(part), read_amount(of))
    assert found == (Share(*expected) if expected else None)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 10**9))
def test_every_true_share_lies_between_the_two_ends(low: int, more: int, least: int, wider: int) -> None:
    """Rounding to the nearest per mille takes away half of one at most."""
    part = read_amount(f"{low}–{low + more} kr")
    of = read_amount(f"{least}–{least + wider} kr")
    share = share_of(part, of)
    assert share
    for numerator in (low, low + more // 2, low + more):
        for denominator in (least, least + wider // 2, least + wider):
            assert (2 * share.low - 1) * denominator <= 2000 * numerator <= (2 * share.high + 1) * denominator


CLAIMED = """
allocations:
  a: {LINE, total: 30}
  b: {LINE, total: 20, parts: {p: {PART, total: 20}}}
  c: {LINE, total: 5, counted: no}
  d: {LINE, goals: [later]}
  e: {ITEM, total: 90}
  f: {title: T, kind: assignment, year: 2023, total: 7 kr}
  g: {title: T, kind: assignment, year: 2023-2025, total: 11 kr, parts_are: partial, parts: {
    h: {PART, year: 2024, total: 3 kr} }}
  i: {LINE, total: högst 2 kr, goals: [sure]}
claims:
"""

CLAIMS = {
    "counted lines of its own year, each krona once": ("kind:assignment", "55 [53, 55] (1 not stated)", (530, 550)),
    "of another year, when the terms name one": ("kind:assignment year:2023", "7", (70, 70)),
    "of a period, when the terms hold all of it": (
        "kind:assignment year:2023..2025",
        "70 [68, 70] (1 not stated)",
        (680, 700),
    ),
    "lines without an amount are not nothing": ("goal:later", "- (1 not stated)", None),
    "with an amount that may be nothing": ("goal:sure", "2 [0, 2]", (0, 20)),
    "lines of two levels have no sum": ("kind:assignment kind:item", "- (nothing)", None),
    "no line at all": ("kind:commitment", "- (nothing)", None),
    "terms that cannot be read": ("kind:commitmint", "- (nothing)", None),
    "lines that are not counted": ("id:c", "- (nothing)", None),
    "no terms": ("", "- (not compared)", None),
}


@pytest.mark.parametrize(("about", "expected", "share"), CLAIMS.values(), ids=CLAIMS)
def test_what_is_recorded_of_a_claim(about: str, expected: str, share: tuple[int, int] | None) -> None:
    """What the lines come to that a claim of 100 kr is about, and its share."""
    terms = f", about: '{about}'" if about else ""
    book = book_of(f"{CLAIMED}  q: {{title: Q, year: 2024, amount: 100 kr{terms}}}")
    table = claims_table(book, 2024)
    [row] = table.rows
    assert said(cell(table, row, "recorded")) == expected
    assert cell(table, row, "share") == (Share(*share) if share else None)
    assert (recorded(book, book.claims["q"]) is None) == ("nothing" in expected or "compared" in expected)


def test_a_claim_stands_in_the_table_of_its_year_alone() -> None:
    book = book_of(
        CLAIMED
        + """
  q: {title: Q, year: 2024, amount: {amount: 1000000 kr, words: en miljon}}
  r: {title: R, year: 2023, amount: 1 kr}
  s: {title: S, year: 2024, amount: drygt 2 kr, coverage: complete}
"""
    )
    table = claims_table(book, 2024)
    assert [cell(table, row, "id") for row in table.rows] == ["q", "s"]
    assert [cell(table, row, "coverage") for row in table.rows] == ["partial", "complete"]
    amounts = [cell(table, row, "amount") for row in table.rows]
    assert [one.amount.words for one in amounts if isinstance(one, Money) and one.amount] == ["en miljon", "drygt 2 kr"]


def test_the_tree_of_a_claim_says_the_same_as_the_table() -> None:
    """The lines under it are those that its sum is made of."""
    book = book_of(
        CLAIMED
        + """
  q: {title: Q, year: 2024, amount: 100 kr, about: "kind:assignment year:2023..2025"}
  r: {title: R, year: 2024, amount: 100 kr, about: "goal:later"}
"""
    )
    table = show_claim(book, book.claims["q"])
    roles = {str(cell(table, row, "id")): said(cell(table, row, "amount")) for row in table.rows[1:]}
    assert roles == {
        "q": "70 [68, 70] (1 not stated)",
        "a": "30",
        "b": "20",
        "b/p": "20",
        "d": "-",
        "f": "7",
        "g": "11",
        "g/h": "3",
        "i": "2 [0, 2]",
    }
    table = show_claim(book, book.claims["r"])
    assert [said(cell(table, row, "amount")) for row in table.rows] == ["100", "- (1 not stated)", "-"]
    assert "of the claim" not in str(cell(table, table.rows[1], "how"))


def test_the_tree_of_a_line_adds_what_lies_in_it_whether_counted_or_not() -> None:
    """The sum of parts is compared with their line, so that none may be left out; lines of two levels by `of` have none."""
    book = book_of("""
  a: {ITEM, total: 100, counted: no, parts: {
    p: {kind: item, title: P, total: 60, counted: yes}, q: {kind: item, title: Q, total: 40}}}
  b: {ITEM, total: 10, of: a}
  c: {LINE, total: 20, of: a}
  d: {LINE, total: 9, parts_are: partial, parts: {p: {PART}}}
  e: {LINE, total: 5, of: d}
  f: {LINE, total: 6, of: d, counted: no}
""")
    trees = {name: show_line(book, book.lines[name]) for name in ("a", "d")}
    sums = {
        name: [said(cell(table, row, "amount")) for row in table.rows if cell(table, row, "role") == "parts"]
        for name, table in trees.items()
    }
    assert sums == {"a": ["100", ""], "d": ["", "11"]}


# Sums by a side of the lines

GROUPED = """
goals:
  violence: {name: Violence}
  economy: {name: Economy}
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: government-agency}
  all: {name: All of them, kind: group, members: [jamy]}
sources:
  s: {title: The source, kind: article}
allocations:
  a: {LINE, recipient: all, goals: [violence], source: s, total: 100, parts_are: partial, parts: {
    p: {GRANT, recipient: jamy, total: 30},
    q: {GRANT, recipient: unknown, goals: [violence, economy], total: 20},
    r: {GRANT, recipient: jamy} }}
  b: {LINE, code: UO13 3:1 ap.12, goals: [economy, nowhere], total: 40, parts: {t: {PART, code: x, total: 40}}}
  c: {LINE, code: UO13 3:1 ap.4}
  d: {ITEM, code: UO13 3:1, recipient: jamy, total: 7}
  e: {LINE, counted: no, total: 1000}
"""

ROWS = {
    "recipient": [
        ("Jämställdhetsmyndigheten", "1", "7"),
        ("All of them", "1", "50"),
        ("no single recipient", "3", "40 (1 not stated)"),
        ("Jämställdhetsmyndigheten", "2", "30 (1 not stated)"),
        ("unknown", "1", "20"),
    ],
    "appropriation": [
        ("UO13 3:1", "1", "7"),
        ("no appropriation stated", "4", "100 (1 not stated)"),
        ("UO13 3:1", "3", "40 (1 not stated)"),
    ],
    "goal": [
        ("no goal tagged", "1", "7"),
        ("Violence", "3", "80 (1 not stated)"),
        ("Economy + nowhere", "2", "40"),
        ("Violence + Economy", "1", "20"),
        ("no goal tagged", "1", "- (not stated)"),
    ],
    "kind": [("item", "1", "7"), ("assignment", "4", "90 (1 not stated)"), ("grant", "3", "50 (1 not stated)")],
    "source": [
        ("no source", "1", "7"),
        ("The source", "4", "100 (1 not stated)"),
        ("no source", "3", "40 (1 not stated)"),
    ],
    "year": [("2024", "1", "7"), ("2024", "7", "140 (2 not stated)")],
}


@pytest.mark.parametrize("by", GROUPS)
def test_sums_by_a_side_of_the_lines(by: str) -> None:
    """Money stands at its innermost line; groups and several goals have a row of their own; the largest comes first."""
    table = whole(book_of(GROUPED), by)
    assert grouped_rows(table) == ROWS[by]
    assert [said(cell(table, row, "total")) for row in table.totals] == ["7", "140 (1 not stated)"]
    assert [cell(table, row, "lines") for row in table.totals] == [1, 7]
    assert [row.section for row in table.rows] == sorted(row.section for row in table.rows)


def test_a_group_whose_money_stands_further_in_says_so() -> None:
    """A line that holds nothing beyond its parts is no line without an amount."""
    book = book_of("""
  a: {LINE, recipient: all, parts: {p: {PART, recipient: jamy, total: 30}}}
  b: {LINE, recipient: none}
""")
    assert grouped_rows(whole(book, "recipient")) == [
        ("jamy", "1", "30"),
        ("all", "1", "- (in its parts)"),
        ("none", "1", "- (not stated)"),
    ]


def test_years_stand_in_their_order_and_a_period_has_what_it_does_not_split() -> None:
    book = book_of("""
  a: {title: T, kind: grant, year: 2024-2025, total: 14 kr, parts_are: partial, parts: {
    p: {GRANT, year: 2025, total: 9 kr} }}
  b: {title: T, kind: grant, year: 2023, total: 1 kr}
  c: {title: T, kind: grant, year: 2026, total: 90 kr}
""")
    assert grouped_rows(whole(book, "year")) == [
        ("2023", "1", "1"),
        ("2024-2025", "1", "5"),
        ("2025", "1", "9"),
        ("2026", "1", "90"),
    ]


@settings(max_examples=60, deadline=None)
@given(selections(crossing=False), st.sampled_from(sorted(GROUPS)))
def test_the_rows_of_any_side_add_up_to_the_sum(drawn: tuple[list[Model], set[str]], by: str) -> None:
    """Every krona of an exact ledger stands in one row, whichever way the lines are grouped, and every line too."""
    lines, names = drawn
    book = model_book(lines)
    table = grouped(book, [book.lines[name] for name in book.lines if name in names], by)
    assume(table.totals)
    [total] = table.totals
    kronor = sum(known(cell(table, row, "total")) for row in table.rows)
    assert kronor == known(cell(table, total, "total"))
    assert sum(number(cell(table, row, "lines")) for row in table.rows) == cell(table, total, "lines")


def known(money: Cell) -> int:
    assert isinstance(money, Money)
    return 0 if money.amount is None else money.amount.number or 0


def number(value: Cell) -> int:
    assert isinstance(value, int)
    return value


# Sums of years, and of one year

PERIODS = """
  a: {title: Split, kind: grant, year: 2024-2025, total: 14 kr, parts: {
    p: {GRANT, year: 2024, total: 5 kr}, q: {GRANT, year: 2025, total: 9 kr} }}
  b: {title: Half, kind: grant, year: 2024-2025, total: 20 kr, parts_are: partial, parts: {
    p: {GRANT, year: 2024, total: 5 kr} }}
  c: {title: Whole, kind: grant, year: 2025-2026, total: drygt 8 kr}
  d: {title: Inner, kind: grant, year: 2025, of: b, total: 3 kr}
  e: {title: Item, kind: item, year: 2023, total: 100 kr}
  f: {title: Not stated, kind: grant, year: 2022}
  g: {title: Not counted, kind: commitment, year: 2024, counted: no, total: 5 kr}
"""


def by_year(book: Book) -> Table:
    return years(book, list(book.lines.values()))


def test_a_year_has_a_sum_a_level() -> None:
    """A period counts in a year through its parts; a level without lines in a year is empty, and one without amounts is not 0."""
    table = by_year(book_of(PERIODS))
    columns = ("year", "lines", "appropriations", "assignments_and_grants")
    assert [column.name for column in table.columns] == list(columns)
    found = {said(row.cells[0]): tuple(said(one) for one in row.cells[1:]) for row in table.rows}
    assert {year: found[year] for year in ("2022", "2023", "2024", "2025")} == {
        "2022": ("1", "", "- (1 not stated)"),
        "2023": ("1", "100", ""),
        "2024": ("3", "", "10"),
        "2025": ("2", "", "12"),
    }


def test_what_is_not_split_is_named_under_the_table() -> None:
    """Of each period that its parts do not share out: what is left, as far as it is known."""
    book = book_of(PERIODS)
    notes = by_year(book).notes
    assert [note for note in notes if "together" in note] == [
        "Half: 20 kr for 2024–2025 together, 15 kr of it not split between the years.",
        "Whole: drygt 8 kr for 2025–2026 together, not split between the years.",
    ]
    lines = list(book.lines.values())
    in_2024 = summary(book, lines, 2024, periods=lines)
    assert [note.partition(":")[0] for note in in_2024.notes if "together" in note] == ["Half"]


SUMMARY = """
agencies:
  jamy: {name: J, kind: government-agency}
allocations:
  a: {LINE, base: 22, top_ups: [{amount: "1,5 kr"}], parts_are: partial, parts: {p: {PART}, q: {PART}}}
  b: {LINE, base: drygt 5 kr}
  c: {LINE}
  d: {LINE, top_ups: [{amount: 3}]}
  e: {ITEM, total: 100, counted: no, parts: {
    p: {kind: item, title: P, total: 60, counted: yes}, q: {kind: item, title: Q, total: 40}}}
  f: {title: F, kind: commitment, year: 2024}
  g: {title: G, kind: grant, year: 2023, total: 1000 kr}
claims:
  h: {title: H, year: 2024, amount: 100 kr, about: kind:assignment}
  i: {title: I, year: 2023, amount: 100 kr}
"""


def totals(table: Table) -> dict[str, str]:
    return {row.section: said(cell(table, row, "total")) for row in table.totals}


def test_a_summary_has_a_sum_a_level_and_the_claims_of_its_year() -> None:
    book = book_of(SUMMARY)
    table = summary(book, list(book.lines.values()), 2024)
    assert totals(table) == {
        "appropriations": "60",
        "assignments and grants": "31.50 [31.50, 32.50) (1 not stated)",
        "commitments": "- (1 not stated)",
    }
    [claims] = table.below
    assert [cell(claims, row, "id") for row in claims.rows] == ["h"]
    assert "g" not in {cell(table, row, "id") for row in table.rows}


def test_a_summary_says_what_its_sums_miss() -> None:
    """Amounts that are not stated, those that lie in stated lines, and lines that enter with less than their total."""
    book = book_of(SUMMARY)
    notes = summary(book, list(book.lines.values()), 2024).notes
    assert [note for note in notes if ":" in note] == [
        (
            "Assignments and grants: 1 line without a stated amount, missing from the sum; "
            "2 not stated, inside lines that are, so the sum misses nothing; "
            "1 line entered with less than the total, as the base or a top-up is not stated."
        ),
        "Commitments: 1 line without a stated amount, missing from the sum.",
    ]


def test_a_line_of_a_summary_shows_its_equation() -> None:
    """Base and top-ups where there is something to tell apart, what is not stated as such, what is partial with its reason."""
    book = book_of(SUMMARY)
    table = summary(book, list(book.lines.values()), 2024)
    shown = {
        str(cell(table, row, "id")): tuple(said(cell(table, row, name)) for name in ("base", "top_ups", "total"))
        for row in table.rows
    }
    assert shown == {
        "a": ("22", "1.50", "23.50"),
        "a/p": ("", "", "-"),
        "a/q": ("", "", "-"),
        "b": ("", "", "5 [5, 6)"),
        "c": ("", "", "-"),
        "d": ("", "3", "3 (base not stated)"),
        "e": ("", "", "100"),
        "e/p": ("", "", "60"),
        "e/q": ("", "", "40"),
        "f": ("", "", "-"),
    }


def test_a_selection_has_the_sum_of_what_is_selected() -> None:
    """A part whose line is not selected counts; claims can be left out."""
    book = book_of(SUMMARY)
    table = summary(book, [book.lines[name] for name in ("e/p", "e/q", "b")], 2024, claims=False)
    assert totals(table) == {"appropriations": "60", "assignments and grants": "5 [5, 6)"}
    assert not table.below


def test_an_empty_ledger_has_no_sums() -> None:
    """No row, no total and no note, rather than 0."""
    book = book_of("ledger: {title: Empty}\nallocations: {}")
    tables: Iterable[Table] = (summary(book, [], 2024), years(book, []), *(grouped(book, [], by) for by in GROUPS))
    assert all(not (table.rows or table.totals or table.notes) for table in tables)
