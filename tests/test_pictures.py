"""The pictures: what is drawn of exact, approximate, unknown and negative money, and where it stands."""

import re

import pytest

from ledger.book import Book
from ledger.money import How, exactly, read_amount
from ledger.page.figures import Scale, cell_markup, figure, plain, scale_for, share
from ledger.page.flows import NO_APPROPRIATION, NO_RECIPIENT, NOT_DISTRIBUTED, flows_of, size, together
from ledger.page.pictures import Bar, bar_of, bars
from ledger.page.sankey import Band, Node, sankey
from ledger.page.words import words_in
from ledger.reading import load_text
from ledger.table import Money, Share

Boxes = list[tuple[str, str, str]]
"""Of each box of a bar: how it looks, where it begins, and how wide it is."""


def boxes(*rows: Bar) -> Boxes:
    svg = bars("x", "T", "D", rows)
    return re.findall(r'<rect x="([^"]+)" y="\d+" width="([^"]+)" height="10" class="(\w+)"/>', svg)


def bar(words: str) -> Bar:
    return bar_of("", ("", ""), read_amount(words, None, "SEK"))


@pytest.mark.parametrize(
    ("amount", "drawn"),
    [
        ("100 kr", [("0%", "100%", "full")]),
        ("50–100 kr", [("0%", "50%", "full"), ("50%", "50%", "may")]),
        ("högst 100 kr", [("0%", "100%", "may")]),
        ("minst 80 kr", [("0%", "88.9%", "full"), ("88.9%", "11.1%", "open")]),
        ("drygt 600 kr", [("0%", "85.7%", "full"), ("85.7%", "14.3%", "may")]),
        ("-30 kr", [("0%", "100%", "less")]),
    ],
)
def test_what_is_certain_is_filled_and_what_may_be_is_hatched(amount: str, drawn: Boxes) -> None:
    """From zero to the lower limit, from there to the upper one; without an upper one, to the edge."""
    assert boxes(bar(amount)) == drawn


def test_what_is_not_stated_is_an_empty_box() -> None:
    assert boxes(bar("100 kr"), bar_of("", ("", ""), None)) == [("0%", "100%", "full"), ("0%", "25%", "none")]


def test_zero_is_a_thin_line_and_no_empty_box() -> None:
    assert boxes(bar_of("", ("", ""), exactly(0)), bar("100 kr")) == [("0%", "0.2%", "full"), ("0%", "100%", "full")]


def test_bars_of_one_picture_have_one_scale_that_reaches_below_zero() -> None:
    """−25 and 75: a hundred in all, so zero stands at a quarter."""
    assert boxes(bar("-25 kr"), bar("75 kr")) == [("0%", "25%", "less"), ("25%", "75%", "full")]


def test_long_words_have_lines_of_their_own() -> None:
    """What does not fit beside the year stands below it, and a remark below that: nothing lies over anything."""
    row = Bar("2026 (planned)", "more than a quarter of a billion kronor", "base not stated")
    drawn = bars("x", "T", "D", [row], 31)
    found = re.findall(r'<text x="(\w+%?)" y="(\d+)"(?: class="([^"]+)")?>([^<]+)', drawn)
    assert found == [
        ("0", "13", "", "2026 (planned)"),
        ("100%", "29", "end", "more than a quarter of a"),
        ("100%", "45", "end", "billion kronor"),
        ("100%", "61", "end quiet", "base not stated"),
    ]


def test_a_top_up_begins_where_the_step_before_it_ended() -> None:
    """28 and 18 make 46: the second bar begins at 28 of 46, and a thread leads from the first to it."""
    rows = [
        Bar("base", start=0, low=28, high=28, joins=True),
        Bar("top-up", start=28, low=46, high=46),
        Bar("reduction", start=46, low=36, high=36),
    ]
    assert boxes(*rows) == [("0%", "60.9%", "full"), ("60.9%", "39.1%", "full"), ("78.3%", "21.7%", "less")]
    assert re.findall(r'class="thread"', bars("x", "T", "D", rows)) == ['class="thread"']


def test_words_of_a_picture_are_data() -> None:
    drawn = bars('"x', "<b>", "</svg>", [Bar("<script>", "&", "\u202e")])
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn
    assert "\\u202e" in drawn


def test_a_sankey_has_bands_as_thick_as_their_amounts() -> None:
    """30 and 10 of 40: three quarters of the height, and a quarter."""
    nodes = [Node("a", 0, "A", "40"), Node("b", 1, "B", "30"), Node("c", 1, "C", "10")]
    flows = [Band("a", "b", 30, "exact", "a b"), Band("a", "c", 10, "about", "a c")]
    drawn = sankey("x", ("T", "D"), nodes, flows, width=1000, class_="wide")
    heights = [int(height) for height in re.findall(r'height="(\d+)" class="node"', drawn)]
    assert heights == [152, 114, 38]
    assert re.findall(r'class="(band[ \w]*)"', drawn) == ["band", "band may"]


def test_money_that_is_not_stated_is_a_dashed_line_of_no_width() -> None:
    nodes = [Node("a", 0, "A", ""), Node("b", 1, "B", "")]
    drawn = sankey("x", ("T", "D"), nodes, [Band("a", "b", 0, "unknown", "a b")], width=330, class_="narrow")
    assert re.findall(r'class="(band|unstated)', drawn) == ["unstated"]


def flows(text: str) -> dict[str, list[tuple[str, str, int, str]]]:
    """Of each level: from, to, the kronor drawn, and the lines."""
    loaded = load_text(f"allocations:\n{text}")
    assert not loaded.faults, loaded.faults
    book: Book = loaded.book
    return {
        level: [(one.source[1], one.target[1], size(one.amount) // 100, ",".join(one.lines)) for one in together(found)]
        for level, found in flows_of(book, list(book.lines.values())).items()
    }


GRANT = "kind: grant, year: 2024, title: T"
ITEM = "kind: item, title: T"
APPROPRIATION = "kind: appropriation, year: 2024, title: T"


def test_an_appropriation_goes_to_those_who_dispose_of_its_items_and_on_into_assignments() -> None:
    """What no source divides stays where it is: 30 of 100 with nobody, 5 of the 20 in an item."""
    found = flows(f"""
  a: {{{APPROPRIATION}, code: UO1 1:1, total: 100 kr, parts_are: partial, parts:
       {{x: {{{ITEM}, recipient: kk, total: 50 kr}}, y: {{{ITEM}, recipient: ss, total: 20 kr}}}}}}
  g: {{{GRANT}, recipient: nck, of: a/y, total: 15 kr}}
""")
    assert found == {
        "appropriations": [
            ("UO1 1:1", NO_RECIPIENT, 30, "a"),
            ("UO1 1:1", "kk", 50, "a/x"),
            ("UO1 1:1", "ss", 20, "a/y"),
            ("ss", "nck", 15, "g"),
            ("ss", NOT_DISTRIBUTED, 5, "a/y"),
        ]
    }


def test_an_assignment_that_lies_in_no_appropriation_stands_in_a_picture_of_its_own() -> None:
    """The same krona may stand on both levels, so none of it is added to an appropriation."""
    found = flows(f"""
  a: {{{APPROPRIATION}, code: UO1 1:1, recipient: jamy, total: 100 kr}}
  g: {{{GRANT}, recipient: jamy, total: 40 kr, parts_are: partial, parts: {{p: {{kind: grant, title: P, recipient: nsp}}}}}}
  h: {{{GRANT}, recipient: jamy, code: UO1 1:1, total: 3 kr}}
""")
    assert found == {
        "appropriations": [("UO1 1:1", "jamy", 100, "a")],
        "assignments and grants": [
            (NO_APPROPRIATION, "jamy", 40, "g"),
            ("jamy", "nsp", 0, "g/p"),
            ("jamy", NOT_DISTRIBUTED, 40, "g"),
            ("UO1 1:1", "jamy", 3, "h"),
        ],
    }


def test_what_is_not_counted_and_what_may_only_be_ordered_flows_nowhere() -> None:
    text = f"""
  u: {{kind: area, year: 2024, title: U, counted: no, total: 9 kr}}
  c: {{kind: commitment, year: 2024, title: C, total: 9 kr}}
  n: {{{GRANT}, counted: no, total: 9 kr}}
"""
    assert flows(text) == {}


def test_a_negative_amount_is_no_flow() -> None:
    assert flows(f"  r: {{{GRANT}, recipient: a, total: -5 kr}}") == {
        "assignments and grants": [(NO_APPROPRIATION, "a", 0, "r")]
    }


@pytest.mark.parametrize(
    ("lang", "amount", "how", "shown"),
    [
        ("sv", "1 234,5 tkr", "stated", "1\u00a0234,5\u00a0tkr"),
        ("en", "1 234,5 tkr", "stated", "1,234.5\u00a0tkr"),
        ("sv", "-2 tkr", "stated", "−2\u00a0tkr"),
        ("en", "-2 tkr", "derived", "−2\u00a0tkr*"),
        ("sv", "2 tkr", "calculated", "2\u00a0tkr†"),
        ("sv", "högst 2 mnkr", "stated", "högst 2 mnkr"),
        ("en", "högst 2 mnkr", "stated", "högst 2 mnkr"),
        ("sv", "högst 2 mnkr", "derived", "0–2\u00a0000\u00a0tkr*"),
        ("en", "minst 2 mnkr", "derived", "at least 2,000\u00a0tkr*"),
    ],
)
def test_amounts_are_written_in_the_form_of_the_language(lang: str, amount: str, how: How, shown: str) -> None:
    """Groups and decimals as there; what a source words itself stays in its words."""
    cell = Money(read_amount(amount, None, "SEK"), how)
    assert plain(cell, Scale("tkr"), words_in(lang)) == shown


def test_approximate_and_unknown_amounts_look_different_in_words_too() -> None:
    words, scale = words_in("sv"), Scale("mnkr")
    about = Money(read_amount("drygt 4 mnkr", None, "SEK"))
    assert cell_markup(about, scale, words) == '<i class="a">drygt 4 mnkr</i>'
    assert cell_markup(Money(None), scale, words) == '<i class="u">ej angivet</i>'
    assert figure(Money(None, "stated", "3 not stated"), scale, words).text == "3 ej angivna"


def test_one_unit_suits_all_exact_figures_of_a_picture() -> None:
    cells = [Money(read_amount(one, None, "SEK")) for one in ("23,5 mnkr", "4 mnkr", "ca 1 234 567 kr")]
    assert scale_for(cells, "auto", "SEK") == Scale("mnkr", 1)
    assert scale_for(cells, "kr", "SEK") == Scale("kr", 0)


def test_shares_have_the_form_of_the_language() -> None:
    assert share(Share(108, 129), words_in("sv")) == "10,8–12,9\u00a0%"
    assert share(Share(108, 129), words_in("en")) == "10.8–12.9%"
