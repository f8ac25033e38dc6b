"""What a line comes to: base + top-ups = total, parts = total, and the one unknown of each equation."""

import pytest
from books import book_of, equations, limits, marks, shown
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.book import Book, Figure, Values, top_up_amounts
from ledger.money import Interval, swedish

# Behind `#:` stands base + top-ups = total; `*` is worked out, `?` not known, in brackets what the line counts with.
CASES = {
    "the total is base + top-ups, of which there may be many, also reductions": """
  a: {LINE, base: 22, top_ups: [{amount: "1,5 kr"}]}                                        #: 22 + 1.50 = 23.50*
  b: {LINE, base: 22, top_ups: [{amount: 3}, {amount: -1}]}                                 #: 22 + 2 = 24*
  c: {LINE, base: 5, top_ups: [{amount: -5}]}                                               #: 5 + -5 = 0*
""",
    "the base is total - top-ups": """
  a: {LINE, total: "23,5 kr", top_ups: [{amount: "1,5 kr"}]}                                #: 22* + 1.50 = 23.50
  b: {LINE, total: 20, top_ups: [{amount: 3}, {amount: -5}]}                                #: 22* + -2 = 20
""",
    "top-ups without an amount are total - base": """
  a: {LINE, base: 28, top_ups: [{note: later}], total: 46}                                  #: 28 + 18* = 46
  b: {LINE, base: 28, top_ups: [{note: later}], total: 20}                                  #: 28 + -8* = 20
  c: {LINE, base: 28, top_ups: [{note: one}, {amount: 4}, {note: two}], total: 46}          #: 28 + 18* = 46
""",
    "what is stated stands, also when it does not agree": """
  a: {LINE, base: 28, top_ups: [{amount: 18}], total: 47}                                   #: 28 + 18 = 47
  b: {LINE, base: 28, total: 30}                                                            #: 28 + 0* = 30
  c: {LINE, total: 9, restated: [{amount: ca 10 kr}], parts: {p: {PART, total: 8}}}         #: 9 + 0* = 9
""",
    "without top-ups the base is the total, in the same words": """
  a: {LINE, base: drygt 5 kr}                                                               #: [5, 6) + 0* = [5, 6)
  b: {LINE, total: högst 2 kr}                                                              #: [0, 2] + 0* = [0, 2]
  c: {LINE}                                                                                 #: ? + 0* = ?
""",
    "a top-up without an amount is unknown, and so is the total": """
  a: {LINE, base: 28, top_ups: [{note: later}]}                                             #: 28 + ? = ? (28*, a top-up not stated)
  b: {LINE, base: 28, top_ups: [{amount: 2}, {note: later}]}                                #: 28 + ? = ? (30*, a top-up not stated)
  c: {LINE, top_ups: [{note: later}]}                                                       #: ? + ? = ?
""",
    "top-ups with neither base nor total leave the total unknown; the line counts with them": """
  a: {LINE, top_ups: [{amount: 3}]}                                                         #: ? + 3 = ? (3*, base not stated)
  b: {LINE, top_ups: [{amount: 3}, {note: later}, {amount: 4}]}                             #: ? + ? = ? (7*, base not stated)
""",
    "parts are complete unless the line says otherwise: then they give its total": """
  a: {LINE, parts: {                                                                        #: 7* + 0* = 7*
    p: {PART, total: 3},                                                                    #: 3 + 0* = 3
    q: {PART, base: 3, top_ups: [{amount: 1}]} }}                                           #: 3 + 1 = 4*
  b: {LINE, parts_are: complete, parts: {p: {PART, total: 3}}}                              #: 3* + 0* = 3*
  c: {LINE, parts_are: partial, parts: {p: {PART, total: 3}}}                               #: ? + 0* = ?
""",
    "a part that is not stated leaves the total unknown": """
  a: {LINE, parts: {p: {PART, total: 3}, q: {PART}}}                                        #: ? + 0* = ?
  b: {LINE, parts: {p: {PART, total: 3}, q: {PART, top_ups: [{amount: 1}]}}}                #: ? + 0* = ?
""",
    "base and top-ups of the line itself come before its parts": """
  a: {LINE, base: 4, top_ups: [{amount: ca 3 kr}], parts: {p: {PART, total: 7}}}            #: 4 + [2.50, 3.50] = [6.50, 7.50]*
  b: {LINE, top_ups: [{amount: 2}], parts: {p: {PART, total: 7}}}                           #: 5* + 2 = 7*
  c: {LINE, base: 4, top_ups: [{note: later}], parts: {p: {PART, total: 7}}}                #: 4 + 3* = 7*
""",
    "a missing part is derived only where `parts_are: complete` is written": """
  a: {LINE, total: 10, parts_are: complete, parts: {
    p: {PART, total: 3},                                                                    #: 3 + 0* = 3
    q: {PART} }}                                                                            #: 7* + 0* = 7*
  b: {LINE, total: 10, parts: {p: {PART, total: 3},
    q: {PART} }}                                                                            #: ? + 0* = ?
  c: {LINE, total: 10, parts_are: partial, parts: {p: {PART, total: 3},
    q: {PART} }}                                                                            #: ? + 0* = ?
  d: {LINE, total: 10, parts_are: complete, parts: {p: {PART},                              #: 10 + 0* = 10
    q: {PART} }}                                                                            #: ? + 0* = ?
  e: {LINE, base: 8, top_ups: [{amount: 2}], parts_are: complete, parts: {p: {PART, total: 3},
    q: {PART, top_ups: [{amount: 1}]} }}                                                    #: 6* + 1 = 7*
""",
    "what is derived is derived further: inwards, outwards and inwards again": """
  a: {LINE, total: 10, parts_are: complete, parts: {
    p: {PART, total: 3},
    q: {PART, parts_are: complete, parts: {                                                 #: 7* + 0* = 7*
      r: {PART, total: 2},
      s: {PART} }} }}                                                                       #: 5* + 0* = 5*
  b: {LINE, parts: {                                                                        #: 12* + 0* = 12*
    p: {PART, total: 5, parts_are: complete, parts: {q: {PART}, r: {PART, total: 1}}},
    q: {PART, base: 6, top_ups: [{line: b/p/r}]} }}                                         #: 6 + 1 = 7*
""",
    "a line that states only a base and has parts has their top-ups": """
  a: {LINE, base: 10, parts: {                                                              #: 10 + 3* = 13*
    p: {PART, base: 6, top_ups: [{amount: 1}]},
    q: {PART, base: 4, total: 6, top_ups: [{note: later}]} }}
  b: {LINE, base: 10, parts_are: partial, parts: {                                          #: 10 + 1* = 11*
    p: {PART, base: 6, top_ups: [{amount: 1}]},
    q: {PART} }}
  c: {LINE, base: 10, parts: {p: {PART, base: 6}, q: {PART}}}                               #: 10 + 0* = 10
  d: {LINE, base: drygt 10 kr, parts_are: partial, parts: {p: {PART, base: 6}}}             #: [10, 20) + 0* = [10, 20)
  e: {LINE, base: 10, parts: {p: {PART, base: 6}, q: {PART, base: 4, top_ups: [{note: later}]}}}    #: 10 + ? = ? (10*, a top-up not stated)
""",
    "its total is derived from their totals": """
  a: {LINE, base: ca 10 kr, parts: {                                                        #: [5, 15] + 2* = 12*
    p: {PART, base: 6, top_ups: [{amount: 2}]},
    q: {PART, base: 4} }}
  b: {LINE, base: 10, parts_are: complete, parts: {                                         #: 10 + 2* = 12*
    p: {PART, base: 6, top_ups: [{amount: 2}]},
    q: {PART} }}                                                                            #: 4* + 0* = 4*
""",
    "no top-ups means none on every other line, whatever its parts say": """
  a: {LINE, total: 10, parts: {p: {PART, base: 6, top_ups: [{amount: 4}]}}}                 #: 10 + 0* = 10
  b: {LINE, base: 6, total: 10, parts: {p: {PART, base: 6, top_ups: [{amount: 4}]}}}        #: 6 + 0* = 10
  c: {LINE, parts: {p: {PART, base: 6, top_ups: [{amount: 4}]}}}                            #: 10* + 0* = 10*
""",
    "a top-up that is another line has its total, whichever way that is known": """
  a: {LINE, base: 250, top_ups: [{line: b}]}                                                #: 250 + 60 = 310*
  b: {LINE, total: 60, of: f}                                                               #: 60 + 0* = 60
  c: {LINE, total: 310, top_ups: [{line: d}]}                                               #: 250* + 60* = 310
  d: {LINE, parts: {p: {PART, total: 25}, q: {PART, total: 35}}}
  e: {LINE, base: 250, top_ups: [{amount: 10}, {line: d}]}                                  #: 250 + 70 = 320*
  f: {LINE, total: 100}                                                                     #: 100 + 0* = 100
""",
    "a line that is a top-up has what base and total leave for it": """
  a: {LINE, base: 250, top_ups: [{amount: 10}, {line: b}], total: 320}                      #: 250 + 70* = 320
  b: {LINE, of: c, parts_are: complete, parts: {                                            #: 60* + 0* = 60*
    p: {PART, total: 20},
    q: {PART} }}                                                                            #: 40* + 0* = 40*
  c: {LINE, total: 100}
  d: {LINE, base: 5, top_ups: [{line: e}, {line: f}], total: 9}                             #: 5 + 4* = 9
  e: {LINE, of: c}                                                                          #: ? + 0* = ?
  f: {LINE, of: c}                                                                          #: ? + 0* = ?
  g: {LINE, base: 5, top_ups: [{line: h}], total: 9}                                        #: 5 + 3 = 9
  h: {LINE, of: c, total: 3}                                                                #: 3 + 0* = 3
""",
    "lines that name another in `of` never enter its complete equation": """
  a: {LINE, parts: {p: {PART, total: 3}}}                                                   #: 3* + 0* = 3*
  b: {LINE, total: 2, of: a}                                                                #: 2 + 0* = 2
  c: {LINE}                                                                                 #: ? + 0* = ?
  d: {LINE, total: 2, of: c}                                                                #: 2 + 0* = 2
  e: {LINE, total: 10, parts_are: complete, parts: {p: {PART, total: 3},
    q: {PART} }}                                                                            #: 7* + 0* = 7*
  f: {LINE, total: 4, of: e}                                                                #: 4 + 0* = 4
  g: {LINE, of: e}                                                                          #: ? + 0* = ?
""",
    "what is derived from a range is a range": """
  a: {LINE, base: drygt 28 kr, top_ups: [{amount: minst 3 kr}]}                             #: [28, 29) + [3, ∞) = [31, ∞)*
  b: {LINE, total: 20–30 kr, top_ups: [{amount: knappt 5 kr}]}                              #: [15, 26)* + (4, 5] = [20, 30]
  c: {LINE, parts: {p: {PART, total: 10 ± 2 kr}, q: {PART, total: ca 3 kr}}}                #: [10.50, 15.50]* + 0* = [10.50, 15.50]*
  d: {LINE, base: minst 5 kr, top_ups: [{note: later}], total: 10}                          #: [5, ∞) + (-∞, 5]* = 10
""",
    "a base, total or part is not below zero where it may be above": """
  a: {LINE, total: högst 10 kr, top_ups: [{amount: 4}]}                                     #: [0, 6]* + 4 = [0, 10]
  b: {LINE, total: 10, top_ups: [{amount: minst 3 kr}]}                                     #: [0, 7]* + [3, ∞) = 10
  c: {LINE, base: högst 3 kr, top_ups: [{amount: -2}]}                                      #: [0, 3] + -2 = [0, 1]*
  d: {LINE, total: 10, parts_are: complete, parts: {p: {PART, total: 5–15 kr},
    q: {PART} }}                                                                            #: [0, 5]* + 0* = [0, 5]*
  e: {LINE, total: knappt 4 kr, top_ups: [{amount: 3}]}                                     #: (0, 1]* + 3 = (3, 4]
""",
    "one that can only be below zero is left for a check to report": """
  a: {LINE, total: 4, top_ups: [{amount: 10}]}                                              #: -6* + 10 = 4
  b: {LINE, base: drygt 3 kr, top_ups: [{amount: -4}]}                                      #: [3, 4) + -4 = [-1, 0)*
  c: {LINE, total: 10, parts_are: complete, parts: {p: {PART, total: 12},
    q: {PART} }}                                                                            #: -2* + 0* = -2*
""",
    "a line that counts with less than its total does not lend that to the line around it": """
  a: {LINE, parts: {p: {PART, top_ups: [{amount: 1}]}}}                                     #: ? + 0* = ?
  b: {LINE, base: 5, top_ups: [{line: c}]}                                                  #: 5 + ? = ? (5*, a top-up not stated)
  c: {LINE, of: a, top_ups: [{amount: 2}]}                                                  #: ? + 2 = ? (2*, base not stated)
""",
    "a reference to nothing leaves unknown what it was to say": """
  a: {LINE, base: 5, top_ups: [{line: nowhere}]}                                            #: 5 + ? = ? (5*, a top-up not stated)
  b: {LINE, total: 5, of: nowhere}                                                          #: 5 + 0* = 5
  c: {LINE, base: 5, top_ups: [{line: nowhere}], total: 9}                                  #: 5 + 4* = 9
""",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_what_lines_come_to(text: str) -> None:
    """What stands behind `#:` of a line is what it comes to."""
    book = book_of(text)
    expected = marks(text, book)
    assert equations(book, expected) == expected
    assert len(expected) == text.count("#:")


CYCLES = {
    "a line in itself": "  a: {LINE, total: 1, of: a}",
    "two in each other": "  a: {LINE, of: b}\n  b: {LINE, total: 2, of: a}",
    "a line that tops itself up": "  a: {LINE, base: 1, top_ups: [{line: a}]}",
    "a part topped up by its line": """
  a: {LINE, parts_are: complete, total: 9, parts: {
    b: {PART, base: 1, top_ups: [{line: a}]},
    c: {PART} }}""",
    "a line topped up by what lies in it by `of`": """
  a: {LINE, base: 3, total: 5, top_ups: [{line: b}]}
  b: {LINE, base: 1, total: 9, top_ups: [{line: c}]}
  c: {LINE, base: 1, total: 3, top_ups: [{line: b}], of: a}""",
    "a ring inside a line": """
  x: {LINE, total: 50, top_ups: [{line: a}]}
  a: {LINE, of: b}
  b: {LINE, of: a}""",
}


@pytest.mark.parametrize("text", CYCLES.values(), ids=CYCLES)
def test_a_cycle_is_found_and_ends_nothing(text: str) -> None:
    """A ring of lines is reported, its last link is left out, and every line still has its values."""
    book = book_of(text)
    assert book.inclusion.cycles
    assert set(book.values) == set(book.inclusion.order) == set(book.lines)
    position = {line: number for number, line in enumerate(book.inclusion.order)}
    assert all(position[inner] < position[line] for line, inside in book.inclusion.within.items() for inner in inside)


def test_every_line_comes_after_those_in_it() -> None:
    """The order of an inclusion has parts, top-ups that are lines, and lines by `of` before what they lie in."""
    book = book_of("""
  a: {LINE, total: 9, parts: {p: {PART, parts: {q: {PART, total: 9}}}}}
  b: {LINE, base: 1, top_ups: [{line: a/p/q}]}
  c: {LINE, total: 3, of: b}
""")
    order = book.inclusion.order.index
    assert order("a/p/q") < order("a/p") < order("a")
    assert max(order("a/p/q"), order("c")) < order("b")
    assert book.inclusion.outer("a/p/q") == {"a/p", "a", "b"}
    assert book.inclusion.inner("b") == {"a/p/q", "c"}
    assert book.inclusion.shared == {"a": ("a/p/q",), "a/p": ("a/p/q",), "b": ("a/p/q",)}


def test_a_sum_asserted_in_the_file_is_calculated() -> None:
    """A figure with `source: calculated` is shown as calculated, others as stated, those worked out as derived."""
    book = book_of("""
  a: {LINE, source: calculated, base: 3, top_ups: [{amount: 4}, {amount: 5}]}
  b: {LINE, base: 3, total: {amount: 7, source: calculated}, top_ups: [{note: later}]}
""")
    one, other = book.value("a"), book.value("b")
    assert one.base
    assert one.top_ups
    assert one.total
    assert (one.base.how, one.top_ups.how, one.total.how) == ("calculated", "sum", "derived")
    assert other.total
    assert other.top_ups
    assert (other.total.how, other.top_ups.how, other.top_ups.way) == ("calculated", "derived", "total - base")


def test_a_total_says_how_it_is_derived() -> None:
    """Each derived figure names its equation."""
    book = book_of("""
  a: {LINE, base: 3, top_ups: [{amount: 4}]}
  b: {LINE, total: 7, top_ups: [{amount: 4}]}
  c: {LINE, total: 9, parts_are: complete, parts: {p: {PART, total: 2}, q: {PART}}}
  d: {LINE, parts: {p: {PART, total: 2}}}
  e: {LINE, base: 2, parts: {p: {PART, base: 2, top_ups: [{amount: 1}]}}}
  f: {LINE, base: 2, top_ups: [{line: g}], total: 5}
  g: {LINE, of: a}
""")
    ways = {
        "a": ("", "", "base + top-ups"),
        "b": ("total - top-ups", "", ""),
        "c": ("", "none", ""),
        "c/q": ("rest of its line", "none", "rest of its line"),
        "d": ("parts", "none", "parts"),
        "e": ("", "top-ups of its parts", "parts"),
        "f": ("", "total - base", ""),
        "g": ("total - base of the line it tops up", "none", "total - base of the line it tops up"),
    }
    found = {name: (book.value(name).base, book.value(name).top_ups, book.value(name).total) for name in ways}
    assert {name: tuple(one.way if one else None for one in three) for name, three in found.items()} == ways


def test_an_amount_that_follows_from_the_equation_does_not_count_as_stated_in_it() -> None:
    """A line that is a top-up and has only the rest is no check on the line that gave it the rest."""
    book = book_of("""
  a: {LINE, base: 9, top_ups: [{line: b}], total: 5}
  b: {LINE, of: c}
  c: {LINE, total: 9}
""")
    assert top_up_amounts(book.lines["a"], book.values) == [None]
    assert shown(book.value("b").total) == "-4*"


def test_printed_numbers_are_kept_through_sums_and_lost_where_none_is_printed() -> None:
    """Base + top-ups adds the printed numbers; a difference of ranges has none."""
    book = book_of("""
  a: {LINE, base: drygt 28 kr, top_ups: [{amount: ca 3 kr}]}
  b: {LINE, total: drygt 28 kr, top_ups: [{amount: ca 3 kr}]}
  c: {LINE, parts: {p: {PART, total: drygt 28 kr}, q: {PART, total: 3–4 kr}}}
""")
    total, base, parts = book.value("a").total, book.value("b").base, book.value("c").total
    assert total
    assert base
    assert parts
    assert (total.amount.number, base.amount.number, parts.amount.number) == (31_00, None, None)


# Brute force. Figures stand on a grid of half kronor, so that all true values that they leave open can be tried.

STEP = 50
CAP = 60 * 100
FAR = 40 * 100
"""Öre: the grid; as far as an unbounded figure is tried; what only an unbounded one reaches."""


@st.composite
def figures(draw: st.DrawFn) -> str:
    """The words of a figure of at most nine kronor."""
    number = draw(st.integers(1, 8))
    forms = [
        "{}",
        "ca {}",
        "drygt {}",
        "knappt {}",
        "minst {}",
        "högst {}",
        "{}–" + str(number + draw(st.integers(0, 2))),
    ]
    return draw(st.sampled_from(forms)).format(number) + " kr"


def possible(interval: Interval) -> list[int]:
    """The true values on the grid that a figure leaves open, up to the cap."""
    low, high = interval.low or 0, CAP if interval.high is None else interval.high
    values = range(low - low % STEP, high + 1, STEP)
    return [one for one in values if Interval(one, one).meets(interval)]


def is_hull(derived: Interval, values: set[int], open_ends: int) -> bool:
    """Whether an interval reaches exactly as far as the values do.

    A limit that is not included, or was raised to zero, lies beyond them by some steps of the grid, at most one for
    each figure with an open end.
    """
    steps = open_ends if derived.low_open or derived.low == 0 else 0
    least, most = min(values), max(values)
    fits = least < -FAR if derived.low is None else least - steps * STEP <= derived.low <= least - derived.low_open
    steps = open_ends if derived.high_open else 0
    if derived.high is None:
        return fits and most > FAR
    return fits and most + derived.high_open <= derived.high <= most + steps * STEP


def sums(known: list[Interval]) -> set[int]:
    """Every sum of true values, one of each figure."""
    found = {0}
    for interval in known:
        values = possible(interval)
        found = {one + value for one in found for value in values}
    return found


def differences(known: list[Interval]) -> set[int]:
    """Every true value of the first figure less one of each other."""
    others = sums(known[1:])
    return {one - other for one in possible(known[0]) for other in others}


def intervals(*stated: Figure | None) -> list[Interval]:
    return [figure.amount.interval for figure in stated if figure]


def compare(book: Book, name: str, field: str, values: set[int], known: list[Interval]) -> None:
    """The derived figure of a line holds all values, and nothing beyond them."""
    found = getattr(book.value(name), field)
    assert found is not None
    assert found.how == "derived"
    interval = found.amount.interval
    assume(values)
    open_ends = sum(one.low_open + one.high_open for one in known)
    assert all(Interval(one, one).meets(interval) for one in values), limits(interval)
    assert is_hull(interval, values, open_ends), (limits(interval), min(values), max(values))


@given(figures(), st.lists(figures(), min_size=1, max_size=2))
def test_a_derived_total_is_every_sum_of_base_and_top_ups(base: str, top_ups: list[str]) -> None:
    book = book_of(f"  a: {{LINE, base: {base}, top_ups: [{', '.join(f'{{amount: {one}}}' for one in top_ups)}]}}")
    line = book.lines["a"]
    known = intervals(line.base, *(one.figure for one in line.top_ups))
    compare(book, "a", "total", sums(known), known)


@given(figures(), st.lists(figures(), min_size=1, max_size=2))
def test_a_derived_base_is_every_difference_that_is_not_negative(total: str, top_ups: list[str]) -> None:
    book = book_of(f"  a: {{LINE, total: {total}, top_ups: [{', '.join(f'{{amount: {one}}}' for one in top_ups)}]}}")
    line = book.lines["a"]
    known = intervals(line.total, *(one.figure for one in line.top_ups))
    compare(book, "a", "base", {one for one in differences(known) if one >= 0}, known)


@given(figures(), figures())
def test_a_derived_top_up_is_every_difference_of_total_and_base(base: str, total: str) -> None:
    book = book_of(f"  a: {{LINE, base: {base}, total: {total}, top_ups: [{{note: later}}]}}")
    line = book.lines["a"]
    known = intervals(line.total, line.base)
    compare(book, "a", "top_ups", differences(known), known)


@given(st.lists(figures(), min_size=1, max_size=3))
def test_a_total_by_its_parts_is_every_sum_of_them(parts: list[str]) -> None:
    inner = ", ".join(f"p{number}: {{PART, total: {part}}}" for number, part in enumerate(parts))
    book = book_of(f"  a: {{LINE, parts: {{{inner}}}}}")
    known = intervals(*(book.lines[part].total for part in book.lines["a"].parts))
    compare(book, "a", "total", sums(known), known)


@given(figures(), st.lists(figures(), min_size=1, max_size=2))
def test_a_missing_part_is_every_rest_that_is_not_negative(total: str, parts: list[str]) -> None:
    inner = ", ".join(f"p{number}: {{PART, total: {part}}}" for number, part in enumerate(parts))
    book = book_of(f"  a: {{LINE, total: {total}, parts_are: complete, parts: {{q: {{PART}}, {inner}}}}}")
    line = book.lines["a"]
    known = intervals(line.total, *(book.lines[part].total for part in line.parts))
    compare(book, "a/q", "total", {one for one in differences(known) if one >= 0}, known)


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=4))
def test_base_and_total_are_two_ways_to_say_the_same(base: int, top_ups: list[int]) -> None:
    """A base derived from a derived total is the base again, to the öre, whatever the amounts are."""
    total = base + sum(top_ups)
    written = ", ".join(f"{{amount: '{swedish(one, 'kr')}'}}" for one in top_ups)
    book = book_of(f"""
  a: {{LINE, base: '{swedish(base, "kr")}', top_ups: [{written}]}}
  b: {{LINE, total: '{swedish(total, "kr")}', top_ups: [{written}]}}
""")
    one, other = book.value("a").total, book.value("b").base
    assert one
    assert other
    assert (one.amount.number, other.amount.number) == (total, base)


def test_the_root_of_a_part_is_the_top_level_line_that_it_is_nested_in() -> None:
    """What it lies in by `of`, or as a top-up, is not it."""
    book = book_of("""
  a: {LINE, of: b, parts: {p: {PART, parts: {q: {PART}}}}}
  b: {LINE, top_ups: [{line: a/p}]}
""")
    assert {line.id: book.root(line).id for line in book.lines.values()} == {
        "a": "a",
        "a/p": "a",
        "a/p/q": "a",
        "b": "b",
    }


def test_of_an_unknown_line_nothing_is_known() -> None:
    assert book_of("  a: {LINE, total: 5}").value("nowhere") == Values()


def test_what_a_line_without_a_total_counts_with_says_what_it_is_made_of_and_what_is_missing() -> None:
    book = book_of("""
  a: {LINE, base: 5, top_ups: [{note: later}]}
  b: {LINE, top_ups: [{amount: 3}]}
  c: {LINE, top_ups: [{note: later}]}
  d: {LINE}
""")
    values = {name: book.value(name) for name in book.lines}
    assert {name: (one.counting.way if one.counting else None, one.partial) for name, one in values.items()} == {
        "a": ("stated base and top-ups", "a top-up not stated"),
        "b": ("stated top-ups", "base not stated"),
        "c": (None, "base not stated"),
        "d": (None, ""),
    }
