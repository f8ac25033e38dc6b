"""The book as it was known on a day: what was decided by then, and the totals that later money is taken out of."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from books import book_of, equations, limits, marks, shown, wild_ledgers
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.book import Book, Figure, add_level, apportion, as_of, by_level, counts_from, top_up_from

SOURCES = """
sources:
  january: {title: J, kind: article, published: 2024-01-15}
  march: {title: M, kind: article, published: 2024-03-27}
  spring: {title: S, kind: article, published: 2024-04}
  june: {title: U, kind: article, published: 2024-06-30}
  afterwards: {title: A, kind: article, published: 2025-02-01}
  undated: {title: N, kind: article}
allocations:"""

# Behind `#:` stands what the line comes to on that day, as in the tests of totals; `gone` when it did not count yet.
CASES = {
    "a line counts from its own decision": (
        "2024-03-01",
        """
  a: {LINE, decided: 2024-03-01, total: 5, source: afterwards}                              #: 5 + 0* = 5
  b: {LINE, decided: 2024-03-02, total: 5, source: january}                                 #: gone
  c: {LINE, decided: 2024-02, total: 5}                                                     #: 5 + 0* = 5
  d: {LINE, decided: 2024-03, total: 5}                                                     #: gone
  e: {LINE, decided: 2024, total: 5}                                                        #: gone
  f: {LINE, decided: 2021-06-03, total: 5}                                                  #: 5 + 0* = 5
""",
    ),
    "without a decision it counts from the start of its year, whenever its source was printed": (
        "2023-12-31",
        """
  a: {title: T, kind: grant, year: 2023, total: 5 kr, source: afterwards}                   #: 5 + 0* = 5
  b: {title: T, kind: grant, year: 2024, total: 5 kr, source: january}                      #: gone
  c: {title: T, kind: grant, year: 2023-2025, total: 5 kr}                                  #: 5 + 0* = 5
""",
    ),
    "a partial date stands for its last day": (
        "2024-03",
        """
  a: {LINE, decided: 2024-03-31, base: 5, top_ups: [{amount: 1, source: march}, {amount: 2, source: spring}]}  #: 5 + 1 = 6*
""",
    ),
    "the base counts with its line, also when it is derived": (
        "2024-03-01",
        """
  a: {LINE, source: spring, total: "23,5 kr", top_ups: [{amount: "1,5 kr", source: march}]} #: 22* + 0* = 22*
  b: {LINE, base: 28, total: 46, top_ups: [{amount: 18, source: march}]}                    #: 28 + 0* = 28
  c: {LINE, base: drygt 28 kr, top_ups: [{amount: 18, source: march}]}                      #: [28, 29) + 0* = [28, 29)
""",
    ),
    "a top-up counts from its decision, else from the earliest date of its sources": (
        "2024-03-27",
        """
  a: {LINE, base: 5, source: june, top_ups: [{amount: 1, source: [spring, march]}]}         #: 5 + 1 = 6*
  b: {LINE, base: 5, source: january, top_ups: [{amount: 1}]}                               #: 5 + 1 = 6*
  c: {LINE, base: 5, top_ups: [{amount: 1, source: january, decided: 2024-03-28}]}          #: 5 + 0* = 5
  d: {LINE, base: 5, top_ups: [{amount: 1, source: june, decided: 2024-03-27}]}             #: 5 + 1 = 6*
  e: {LINE, base: 5, top_ups: [{amount: 1, source: [june, undated, unknown]}]}              #: 5 + 0* = 5
  f: {LINE, base: 5, top_ups: [{amount: 1, source: undated}]}                               #: 5 + 0* = 5
""",
    ),
    "a top-up without any date counts at the end of its year": (
        "2024-12-31",
        """
  a: {LINE, base: 5, top_ups: [{amount: 1, source: undated}, {amount: 2}, {amount: 4, source: calculated}]}    #: 5 + 7 = 12*
""",
    ),
    "a total that includes later top-ups gives way to base + the rest": (
        "2024-03-27",
        """
  a: {LINE, base: 5, total: 12, top_ups: [{amount: 3, source: march}, {amount: 4, source: june}]}              #: 5 + 3 = 8*
  b: {LINE, total: 12, top_ups: [{amount: 3, source: march}, {amount: 4, source: june}]}                       #: 5* + 3 = 8*
  c: {LINE, total: 12, top_ups: [{amount: 4, source: june}], restated: [{amount: ca 12 kr}]}                   #: 8* + 0* = 8*
  d: {LINE, total: 2, top_ups: [{amount: -3, source: june}]}                                                   #: 5* + 0* = 5*
  e: {LINE, total: 12, top_ups: [{amount: 3, source: march}]}                                                  #: 9* + 3 = 12
""",
    ),
    "as far as it is known": (
        "2024-03-27",
        """
  a: {LINE, top_ups: [{amount: 3, source: march}, {amount: 4, source: june}]}               #: ? + 3 = ? (3*, base not stated)
  b: {LINE, top_ups: [{amount: 4, source: june}]}                                           #: ? + 0* = ?
  c: {LINE, base: 5, total: 9, top_ups: [{note: later, source: june}]}                      #: 5 + 0* = 5
  d: {LINE, total: 9, top_ups: [{note: later, source: june}]}                               #: ? + 0* = ?
  e: {LINE, total: 9, top_ups: [{note: now, source: march}, {amount: 4, source: june}]}     #: ? + ? = 5*
  f: {LINE, base: 1, total: 9, top_ups: [{amount: 3, source: march}, {note: later, source: june}]}             #: 1 + 3 = 4*
  g: {LINE, total: högst 9 kr, top_ups: [{amount: 4, source: june}]}                        #: [0, 5]* + 0* = [0, 5]*
""",
    ),
    "later parts are left out of the total that includes them": (
        "2024-03-27",
        """
  a: {LINE, total: 10, parts: {                                                             #: 6* + 0* = 6*
    p: {PART, total: 4, decided: 2024-06},                                                  #: gone
    q: {PART, total: 6} }}                                                                  #: 6 + 0* = 6
  b: {LINE, parts: {                                                                        #: 6* + 0* = 6*
    p: {PART, total: 4, decided: 2024-06},
    q: {PART, total: 6} }}
  c: {LINE, total: 10, parts_are: partial, parts: {p: {PART, total: 4, decided: 2024-06}}}  #: 6* + 0* = 6*
  d: {LINE, total: 10, parts_are: complete, parts: {                                        #: 6* + 0* = 6*
    p: {PART, decided: 2024-06},                                                            #: gone
    q: {PART, total: 6} }}
  e: {LINE, base: 10, parts: {                                                              #: 6* + 2* = 8*
    p: {PART, base: 4, top_ups: [{amount: 1, source: june}], decided: 2024-06},
    q: {PART, base: 6, top_ups: [{amount: 2, source: march}]} }}
  f: {LINE, total: 13, top_ups: [{amount: 3, source: march}], parts_are: partial, parts: {  #: 6* + 3 = 9*
    p: {PART, total: 4, decided: 2024-06} }}
""",
    ),
    "also through several lines": (
        "2024-03-27",
        """
  a: {LINE, total: 20, parts: {                                                             #: 13* + 0* = 13*
    p: {PART, total: 12, parts: {                                                           #: 5* + 0* = 5*
      r: {PART, total: 7, decided: 2024-06},                                                #: gone
      s: {PART, total: 5} }},                                                               #: 5 + 0* = 5
    q: {PART, total: 8} }}                                                                  #: 8 + 0* = 8
  b: {LINE, total: 20, parts: {                                                             #: 13* + 0* = 13*
    p: {PART, parts: {                                                                      #: 5* + 0* = 5*
      r: {PART, total: 7, decided: 2024-06},
      s: {PART, total: 5} }},
    q: {PART, total: 8} }}
""",
    ),
    "later top-ups of parts are left out of the total that includes them": (
        "2024-03-27",
        """
  a: {LINE, total: 10, parts: {                                                             #: 8* + 0* = 8*
    p: {PART, base: 4, top_ups: [{amount: 2, source: june}]},                               #: 4 + 0* = 4
    q: {PART, total: 4} }}                                                                  #: 4 + 0* = 4
  b: {LINE, base: 8, parts: {                                                               #: 8 + 0* = 8*
    p: {PART, base: 4, top_ups: [{amount: 2, source: june}]},
    q: {PART, total: 4} }}
  c: {LINE, base: 8, parts: {                                                               #: 8 + 3* = 11*
    p: {PART, base: 4, top_ups: [{amount: 2, source: june}, {amount: 3, source: march}]},
    q: {PART, total: 4} }}
  d: {LINE, base: 10, parts: {                                                              #: 4* + 0* = 4*
    p: {PART, base: 4, top_ups: [{amount: 2, source: june}]},                               #: 4 + 0* = 4
    q: {PART, base: 6, decided: 2024-06} }}                                                 #: gone
""",
    ),
    "also of the part that is the rest": (
        "2024-03-27",
        """
  a: {LINE, total: 10, parts_are: complete, parts: {                                        #: 9* + 0* = 9*
    p: {PART, total: 3},                                                                    #: 3 + 0* = 3
    q: {PART, top_ups: [{amount: 1, source: june}]} }}                                      #: 6* + 0* = 6*
""",
    ),
    "also one whose amount is only what the others leave": (
        "2024-03-27",
        """
  a: {LINE, total: 20, parts: {                                                             #: 15* + 0* = 15*
    p: {PART, base: 1, total: 9, top_ups: [{amount: 3, source: march}, {note: later, source: june}]},          #: 1 + 3 = 4*
    q: {PART, total: 11} }}                                                                 #: 11 + 0* = 11
""",
    ),
    "a total in other words goes with the total": (
        "2024-03-27",
        """
  a: {LINE, total: 10, restated: [{amount: ca 10 kr}], parts: {p: {PART, total: 4, decided: 2024-06}, q: {PART, total: 6}}}    #: 6* + 0* = 6*
""",
    ),
    "a stated base is what the line began with, whenever its parts were decided": (
        "2024-03-27",
        """
  a: {LINE, base: 8, total: 10, top_ups: [{amount: 2, source: march}], parts_are: partial, parts: {            #: 8 + 2 = 10
    p: {PART, total: 4, decided: 2024-06} }}                                                #: gone
""",
    ),
    "a later part without an amount leaves the total as it is, and no rest": (
        "2024-03-27",
        """
  a: {LINE, total: 10, parts_are: complete, parts: {                                        #: 10 + 0* = 10
    p: {PART, decided: 2024-06},                                                            #: gone
    q: {PART},                                                                              #: ? + 0* = ?
    r: {PART, total: 3} }}
""",
    ),
    "a top-up that is a line comes and goes with its parts": (
        "2024-03-27",
        """
  a: {LINE, base: 5, total: 9, top_ups: [{line: b, source: june}]}                          #: 5 + 0* = 5
  b: {LINE, source: june, parts: {                                                          #: gone
    p: {PART, total: 3, parts: {q: {PART, total: 3}}},                                      #: gone
    r: {PART, total: 1} }}                                                                  #: gone
  c: {LINE, total: 9, top_ups: [{line: d}]}                                                 #: 5* + 0* = 5*
  d: {LINE, decided: 2024-06, total: 4, of: e}                                              #: gone
  e: {LINE, total: 7}                                                                       #: 7 + 0* = 7
  f: {LINE, total: 9, top_ups: [{line: g, source: march}]}                                  #: 5* + 4 = 9
  g: {LINE, total: 4, of: e}                                                                #: 4 + 0* = 4
""",
    ),
    "a part of it that was decided earlier stays, and so does the line": (
        "2024-03-27",
        """
  a: {LINE, base: 5, top_ups: [{line: b, source: june}]}                                    #: 5 + 0* = 5
  b: {LINE, total: 4, parts_are: partial, parts: {                                          #: ? + 0* = ?
    p: {PART, total: 3, decided: 2024-02},                                                  #: 3 + 0* = 3
    q: {PART, total: 1} }}                                                                  #: gone
""",
    ),
    "a line topped up by several loses only the later ones": (
        "2024-03-27",
        """
  a: {LINE, base: 5, total: 12, top_ups: [{line: b}, {line: c}]}                            #: 5 + 3 = 8*
  b: {LINE, total: 3, source: march, of: d}                                                 #: 3 + 0* = 3
  c: {LINE, total: 4, source: june, of: d}                                                  #: gone
  d: {LINE, total: 20}                                                                      #: 20 + 0* = 20
""",
    ),
    "a line whose top-up shrinks gives way to base + the rest": (
        "2024-03-27",
        """
  a: {LINE, base: 5, total: 12, top_ups: [{line: b, source: january}]}                      #: 5 + 4 = 9*
  b: {LINE, base: 4, top_ups: [{amount: 3, source: june}], of: d}                           #: 4 + 0* = 4
  c: {LINE, total: 12, top_ups: [{line: b, source: january}]}                               #: 5* + 4 = 9*
  d: {LINE, total: 20}                                                                      #: 20 + 0* = 20
""",
    ),
    "a left-out line that a kept line lies in stays, with its amount not known": (
        "2024-03-27",
        """
  a: {LINE, total: 10, decided: 2024-06, outcome: 9, restated: [{amount: ca 10 kr}], parts: {                  #: ? + 0* = ?
    p: {PART, total: 4, decided: 2024-02},                                                  #: 4 + 0* = 4
    q: {PART, total: 6} }}                                                                  #: gone
  b: {LINE, total: 3, of: c}                                                                #: 3 + 0* = 3
  c: {LINE, decided: 2024-06, parts: {                                                      #: ? + 0* = ?
    p: {PART, total: 5} }}                                                                  #: gone
  d: {LINE, total: 30, parts: {                                                             #: 24* + 0* = 24*
    p: {PART, total: 10, decided: 2024-06, parts: {                                         #: ? + 0* = ?
      r: {PART, total: 4, decided: 2024-02},                                                #: 4 + 0* = 4
      s: {PART, total: 6} }},                                                               #: gone
    q: {PART, total: 20} }}                                                                 #: 20 + 0* = 20
""",
    ),
    "what goes with a left-out line is all but what its kept parts came to then": (
        "2024-03-27",
        """
  a: {LINE, total: 150, parts: {                                                            #: 90* + 0* = 90*
    p: {PART, total: 100, decided: 2024-06, parts: {                                        #: ? + 0* = ?
      r: {PART, total: 50, decided: 2024-02, top_ups: [{amount: 10, source: june}]},        #: 40* + 0* = 40*
      s: {PART, total: 50} }},                                                              #: gone
    q: {PART, total: 50} }}                                                                 #: 50 + 0* = 50
  b: {LINE, base: 130, parts: {                                                             #: 80* + 0* = 80*
    p: {PART, base: 80, decided: 2024-06, parts: {                                          #: ? + 0* = ?
      r: {PART, base: 30, decided: 2024-02},                                                #: 30 + 0* = 30
      s: {PART, base: 50} }},                                                               #: gone
    q: {PART, base: 50} }}                                                                  #: 50 + 0* = 50
""",
    ),
    "a kept line is no reason to keep one that it tops up later": (
        "2024-03-27",
        """
  a: {LINE, decided: 2024-06, base: 1, top_ups: [{line: b, source: january}]}               #: gone
  b: {LINE, total: 3, of: c}                                                                #: 3 + 0* = 3
  c: {LINE, total: 9}                                                                       #: 9 + 0* = 9
""",
    ),
    "lines by `of` do not change the line they name": (
        "2024-03-27",
        """
  a: {LINE, total: 10}                                                                      #: 10 + 0* = 10
  b: {LINE, total: 4, of: a, decided: 2024-06}                                              #: gone
""",
    ),
    "the years of a period that have not begun are left out": (
        "2024-12-31",
        """
  a: {title: T, kind: grant, year: 2024-2025, total: 14 kr, parts_are: complete, parts: {   #: 5* + 0* = 5*
    p: {GRANT, year: 2024, total: 5 kr},                                                    #: 5 + 0* = 5
    q: {GRANT, year: 2025} }}                                                               #: gone
""",
    ),
    "cycles and unknown references end nothing": (
        "2024-03-27",
        """
  a: {LINE, total: 9, of: a, parts: {p: {PART, base: 5, decided: 2024-06, top_ups: [{line: a}]}}}
  b: {LINE, base: 3, top_ups: [{line: nowhere, source: march}], of: nowhere}                #: 3 + ? = ? (3*, a top-up not stated)
  c: {LINE, base: 3, top_ups: [{line: nowhere, source: june}]}                              #: 3 + 0* = 3
""",
    ),
    "nor does a ring that is entered at a part": (
        "2024-03-27",
        """
  a: {LINE, base: 2, top_ups: [{line: b/p, source: january}]}
  b: {LINE, of: b/p, decided: 2024-06, total: 9, parts: {p: {PART, total: 5, decided: 2024-02}}}               #: ? + 0* = ?
  c: {LINE, base: 2, top_ups: [{line: d/p, source: january}]}
  d: {LINE, of: d/p, total: 9, parts: {p: {PART, total: 5}}}                                #: 9 + 0* = 9
""",
    ),
}


@pytest.mark.parametrize(("date", "text"), CASES.values(), ids=CASES)
def test_what_lines_came_to_on_a_day(date: str, text: str) -> None:
    """What stands behind `#:` of a line is what it came to, or that it did not count yet."""
    text = SOURCES + text
    book = book_of(text)
    expected = marks(text, book)
    cut = as_of(book, date)
    assert equations(cut, expected) == expected
    assert len(expected) == text.count("#:")
    assert as_of(cut, date) == cut


def figure(stated: Figure | None) -> tuple[str, str, bool]:
    assert stated
    return limits(stated.amount.interval), stated.amount.words, stated.derived


def test_a_figure_that_had_to_be_worked_out_is_derived_and_has_no_words() -> None:
    """What a source printed stays as it was; what takes its place keeps its place and sources."""
    book = book_of(
        SOURCES
        + """
  a: {LINE, base: drygt 5 kr, top_ups: [{amount: 4, source: june}]}
  b: {LINE, total: {amount: 9, words: nio, source: march}, top_ups: [{amount: 4, source: june}]}
"""
    )
    cut = as_of(book, "2024-05-31")
    assert figure(cut.lines["a"].total) == ("[5, 6)", "drygt 5 kr", False)
    assert figure(cut.lines["b"].total) == ("5", "", True)
    worked_out = cut.lines["b"].total
    assert worked_out
    assert (worked_out.words, worked_out.sources, worked_out.how) == ("", ("march",), "derived")


def test_other_words_for_a_figure_go_with_it() -> None:
    """They were about the money that is left out too; of a line that lost nothing they stay."""
    book = book_of(
        SOURCES
        + """
  a: {LINE, total: 10, restated: [{amount: ca 10 kr}], top_ups: [{amount: 4, source: june}]}
  b: {LINE, total: 10, restated: [{amount: ca 10 kr}], parts: {p: {PART, total: 4, decided: 2024-06}, q: {PART, total: 6}}}
  c: {LINE, base: 10, restated: [{amount: ca 10 kr}], parts: {p: {PART, base: 4, decided: 2024-06}, q: {PART, base: 6}}}
  d: {LINE, total: 10, restated: [{amount: ca 10 kr}], parts: {q: {PART, total: 10}}}
"""
    )
    cut = as_of(book, "2024-03-27")
    assert {name: len(cut.lines[name].restated) for name in "abcd"} == {"a": 0, "b": 0, "c": 0, "d": 1}


def test_what_is_left_of_a_total_keeps_its_place_and_sources() -> None:
    book = book_of(
        SOURCES
        + """
  a: {LINE, source: june, total: {amount: 10, source: march}, parts: {p: {PART, total: 4, decided: 2024-06}, q: {PART, total: 6}}}
  b: {LINE, source: june, total: {amount: 10, source: march}, top_ups: [{note: now, source: march}, {amount: 4, source: june}]}
"""
    )
    cut = as_of(book, "2024-03-27")
    for name in "ab":
        left = cut.lines[name].total
        assert left
        assert (left.sources, left.place) == (("march",), book.lines[name].at("total"))


def test_what_is_worked_out_of_a_line_without_figures_has_its_place_and_sources() -> None:
    book = book_of(
        SOURCES
        + """
  a: {LINE, source: march, total: 10, parts_are: complete, parts: {p: {PART, total: 3}, q: {PART, top_ups: [{amount: 1, source: june}]}}}
"""
    )
    left = as_of(book, "2024-03-27").lines["a/q"].total
    assert left
    assert (left.sources, left.place) == (("march",), book.lines["a/q"].at())


def test_a_total_that_gives_way_to_base_and_top_ups_is_stated_no_longer() -> None:
    text = (
        SOURCES + "\n  a: {LINE, base: 5, total: 12, top_ups: [{amount: 3, source: march}, {amount: 4, source: june}]}"
    )
    line = as_of(book_of(text), "2024-03-27").lines["a"]
    assert line.total is None
    assert [limits(figure.amount.interval) for figure in line.figures] == ["5", "3"]


def test_the_parts_of_a_line_that_lost_one_without_an_amount_are_complete_no_longer() -> None:
    """What is left of them need not come to the total."""
    book = book_of(
        "  a: {LINE, total: 10, parts_are: complete, parts: {p: {PART, decided: 2024-06}, q: {PART}, r: {PART, total: 3}}}"
    )
    line = as_of(book, "2024-03-27").lines["a"]
    assert (line.complete, line.complete_stated) == (False, False)


def test_an_emptied_line_says_so_and_keeps_nothing_of_its_own() -> None:
    book = book_of(
        SOURCES
        + """
  a: {LINE, base: 9, total: 10, outcome: {amount: 9, source: january}, parts_are: complete, decided: 2024-06, restated: [{amount: ca 10 kr}], top_ups: [{amount: 1}], parts: {
    p: {PART, total: 4, decided: 2024-02},
    q: {PART, total: 6} }}
"""
    )
    line = as_of(book, "2024-03-27").lines["a"]
    assert line.not_known_then
    assert not line.figures
    assert line.parts == ("a/p",)
    assert (line.complete, line.complete_stated) == (False, False)
    assert not as_of(book, "2024-06-30").lines["a"].not_known_then


DATES = {
    "decided: 2024-03": ("2024-03-31", "decided"),
    "source: [june, spring, march]": ("2024-03-27", "source"),
    "source: [spring]": ("2024-04-30", "source"),
    "source: [undated, unknown, calculated]": ("2024-12-31", "year"),
    "decided: 2024-07, source: march": ("2024-07-31", "decided"),
    "line: b": ("2024-02-29", "decided"),
    "line: c, source: june": ("2024-01-15", "source"),
    "line: b, decided: 2024-05-05": ("2024-05-05", "decided"),
    "line: nowhere": ("2024-12-31", "year"),
}


@pytest.mark.parametrize(("top_up", "expected"), DATES.items(), ids=DATES)
def test_a_top_up_says_from_when_it_counts_and_what_that_rests_on(top_up: str, expected: tuple[str, str]) -> None:
    book = book_of(f"""{SOURCES}
  a: {{LINE, base: 5, top_ups: [{{{top_up}}}]}}
  b: {{LINE, total: 5, decided: 2024-02}}
  c: {{LINE, total: 5, source: january}}
""")
    line = book.lines["a"]
    assert top_up_from(book, line, line.top_ups[0]) == expected


def test_parts_count_from_the_decision_of_their_line() -> None:
    """A decision holds for the parts too, unless they have one of their own."""
    book = book_of("""
  a: {LINE, decided: 2024-02, parts: {p: {PART}, q: {PART, decided: 2024-05-05}}}
  b: {title: T, kind: grant, year: 2022-2023, parts: {p: {GRANT, year: 2023}}}
""")
    found = {line.id: counts_from(line) for line in book.lines.values()}
    assert found == {
        "a": "2024-02-29",
        "a/p": "2024-02-29",
        "a/q": "2024-05-05",
        "b": "2022-01-01",
        "b/p": "2023-01-01",
    }


def test_outcomes_and_claims_count_from_the_date_of_their_source() -> None:
    """From the earliest of several sources, or from a decision that is stated; without a date, from the end of the year."""
    book = book_of(
        SOURCES
        + """
  a: {LINE, total: 5, outcome: {amount: 4, source: [june, march]}}
  b: {LINE, total: 5, source: june, outcome: 4}
  c: {LINE, total: 5, outcome: {amount: 4, source: june, decided: 2024-03-01}}
  d: {LINE, total: 5, outcome: {amount: 4, source: undated}}
  k: {title: T, kind: grant, year: 2023, total: 5 kr, outcome: {amount: 4 kr, source: undated}}
claims:
  e: {title: T, year: 2024, amount: {amount: 4 kr, source: march}}
  f: {title: T, year: 2024, amount: 4 kr, source: [june, january]}
  g: {title: T, year: 2024, amount: 4 kr, source: june}
  h: {title: T, year: 2023, amount: 4 kr}
  i: {title: T, year: 2024, amount: 4 kr, source: undated}
  j: {title: T, year: 2024, amount: {amount: 4 kr, decided: 2024-02}, source: june}
"""
    )
    cut = as_of(book, "2024-03-27")
    assert [line.id for line in cut.lines.values() if line.outcome] == ["a", "c", "k"]
    assert list(cut.claims) == ["e", "f", "h", "j"]


# Properties. A made-up year of lines that lie in one another, each krona with the day from which it counts.

DAYS = ["2024-02-01", "2024-04-01", "2024-06-01", "2024-08-01", "2024-10-01"]


@dataclass
class Leaf:
    """A part without parts: what it began with and on which day (0 is the start of the year), and its top-ups."""

    day: int
    base: int
    top_ups: list[tuple[int, int]]

    def on(self, day: int) -> int:
        if self.day > day:
            return 0
        return self.base + sum(amount for number, amount in self.top_ups if number <= day)

    def base_on(self, day: int) -> int:
        return self.base if self.day <= day else 0


@dataclass
class Branch:
    """A line with parts that are all of it, and how it states its own figure."""

    stated: str
    parts: list["Leaf | Branch"] = field(default_factory=list)

    def on(self, day: int) -> int:
        return sum(part.on(day) for part in self.parts)

    def base_on(self, day: int) -> int:
        """Without top-ups of its own a line has none, save one that states only its base."""
        return sum(part.base_on(day) for part in self.parts) if self.stated == "base" else self.on(day)


Node = Leaf | Branch
LAST = len(DAYS)

leaves = st.builds(
    Leaf,
    st.integers(0, LAST),
    st.integers(0, 9),
    st.lists(st.tuples(st.integers(1, LAST), st.integers(0, 5)), max_size=3),
).map(lambda leaf: Leaf(leaf.day, leaf.base, [(max(leaf.day, day), amount) for day, amount in leaf.top_ups]))


def branches(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    stated = st.sampled_from(["nothing", "total", "base"])
    return st.builds(Branch, stated, st.lists(inner, min_size=1, max_size=3))


nodes: st.SearchStrategy[Node] = st.recursive(leaves, branches, max_leaves=8)


def written(node: Node, draw_total: Sequence[bool]) -> str:
    """The fields of a line, in flow style; `draw_total` says by turns whether a leaf states base or total."""
    if isinstance(node, Leaf):
        tops = ", ".join(f"{{amount: {amount} kr, decided: {DAYS[day - 1]}}}" for day, amount in node.top_ups)
        figure = f"total: {node.on(LAST)} kr" if draw_total[node.base % len(draw_total)] else f"base: {node.base} kr"
        decided = [f"decided: {DAYS[node.day - 1]}"] if node.day else []
        return ", ".join([figure, *decided, *([f"top_ups: [{tops}]"] if node.top_ups else [])])
    amounts = {"total": node.on(LAST), "base": node.base_on(LAST)}
    stated = [f"{node.stated}: {amounts[node.stated]} kr"] if node.stated in amounts else []
    inner = ", ".join(f"p{number}: {{PART, {written(part, draw_total)}}}" for number, part in enumerate(node.parts))
    return ", ".join([*stated, f"parts: {{{inner}}}"])


def by_id(name: str, node: Node) -> dict[str, Node]:
    inner = [by_id(f"{name}/p{number}", part) for number, part in enumerate(getattr(node, "parts", []))]
    return {name: node} | {one: part for parts in inner for one, part in parts.items()}


def trees_book(trees: Sequence[Node], by_total: Sequence[bool]) -> Book:
    return book_of("\n".join(f"  t{number}: {{LINE, {written(tree, by_total)}}}" for number, tree in enumerate(trees)))


def date_of(day: int) -> str:
    return DAYS[day - 1] if day else "2024-01-01"


def summed(book: Book) -> int:
    return sum(add_level(book, lines).amount.number or 0 for lines in by_level(book.lines.values()).values())


forests = st.lists(nodes, min_size=1, max_size=3)
flags = st.lists(st.booleans(), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(forests, flags, st.integers(0, LAST))
def test_every_line_has_what_was_decided_by_the_day(trees: list[Node], by_total: list[bool], day: int) -> None:
    """However figures are stated: a leaf is left out until its day, other lines have what is in them by then.

    Only a line that states nothing is not known, as long as a line in it has no parts yet.
    """
    cut = as_of(trees_book(trees, by_total), date_of(day))
    every = {name: node for number, tree in enumerate(trees) for name, node in by_id(f"t{number}", tree).items()}
    assert set(cut.lines) == {name for name, node in every.items() if isinstance(node, Branch) or node.day <= day}
    for name in cut.lines:
        node, total = every[name], cut.value(name).total
        if total is None:
            assert isinstance(node, Branch)
            assert node.stated == "nothing"
        else:
            assert total.amount.number == node.on(day) * 100


@settings(max_examples=60, deadline=None)
@given(forests, flags, st.integers(0, LAST))
def test_the_sum_of_a_day_and_what_came_later_are_the_whole(trees: list[Node], by_total: list[bool], day: int) -> None:
    """Of exact figures nothing is lost and nothing counts before its day."""
    book = trees_book(trees, by_total)
    later = sum(tree.on(LAST) - tree.on(day) for tree in trees)
    assert summed(as_of(book, date_of(day))) + later * 100 == summed(book)


@settings(max_examples=60, deadline=None)
@given(forests, flags, st.tuples(st.integers(0, LAST), st.integers(0, LAST)))
def test_a_later_day_never_has_less(trees: list[Node], by_total: list[bool], days: tuple[int, int]) -> None:
    """Where nothing is reduced, every line and every sum only grows; what a later day cut, an earlier one cuts further."""
    book = trees_book(trees, by_total)
    early, late = (as_of(book, date_of(day)) for day in sorted(days))
    assert set(early.lines) <= set(late.lines)
    assert summed(early) <= summed(late)
    for name in early.lines:
        before, after = early.value(name).total, late.value(name).total
        assert before is None or (after and (before.amount.number or 0) <= (after.amount.number or 0))
    again = as_of(late, date_of(min(days)))
    assert {name: shown(again.value(name).total).rstrip("*") for name in again.lines} == {
        name: shown(early.value(name).total).rstrip("*") for name in early.lines
    }


@settings(max_examples=60, deadline=None)
@given(forests, flags, st.integers(0, LAST))
def test_cutting_twice_is_cutting_once(trees: list[Node], by_total: list[bool], day: int) -> None:
    cut = as_of(trees_book(trees, by_total), date_of(day))
    assert as_of(cut, date_of(day)) == cut


@settings(max_examples=60, deadline=None)
@given(forests, flags)
def test_a_day_after_everything_is_the_book_itself(trees: list[Node], by_total: list[bool]) -> None:
    book = trees_book(trees, by_total)
    assert as_of(book, "2024") == book


@settings(max_examples=80, deadline=None)
@given(wild_ledgers(), st.sampled_from(["2022", "2023-05", "2024-01-01", "2024-06", "2024-09-09", "2025"]))
def test_no_ledger_is_too_wild_to_be_cut(text: str, date: str) -> None:
    """Rings, dangling references and contradictions raise nothing, end, and are cut only once."""
    book = book_of(text)
    cut = as_of(book, date)
    assert as_of(cut, date) == cut
    assert set(cut.values) == set(cut.lines) <= set(book.lines)
    assert all(
        line.parent in cut.lines and line.id in cut.lines[line.parent].parts
        for line in cut.lines.values()
        if line.parent
    )
    assert date < "2025" or cut.values == book.values
    for lines in by_level(cut.lines.values()).values():
        whole = add_level(cut, lines)
        assert whole.lines == len(lines) >= whole.not_stated >= whole.not_stated_inside
        assert {line.id for line, _ in apportion(cut, lines)} <= {line.id for line in lines}
