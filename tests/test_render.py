"""Every format says the same: tables and findings as text, Markdown, CSV and JSON, and on a terminal."""

import csv
import io
import json
import re
import subprocess
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger import render
from ledger.diagnostic import Diagnostic, Hint, Place, Related
from ledger.money import Amount, Interval, add_up, cut, derived, exactly, read_amount, rounded
from ledger.render import _terminal, formats, load
from ledger.render._cell_text import shown
from ledger.render._escape import in_ascii, safe, width, wrap
from ledger.render._excerpt import excerpt
from ledger.render._machine_fields import fields, values
from ledger.render._tree import INDENTED, Branches, lead
from ledger.render.csv_ import table as as_csv
from ledger.render.csv_ import unguarded as as_csv_unguarded
from ledger.render.json_ import findings as as_json_findings
from ledger.render.json_ import table as as_json
from ledger.render.markdown import table as as_markdown
from ledger.render.table import table as plain
from ledger.render.text import findings as as_text
from ledger.render.text import pieces
from ledger.table import Cell, Column, Money, Row, Share, Table

ASSIGNMENTS, APPROPRIATIONS = "assignments and grants", "appropriations"
COLUMNS = (
    Column("line", heading="Line", only="people"),
    Column("recipient", heading="Recipient"),
    Column("id", only="machine"),
    Column("counted", "boolean", only="machine"),
    Column("goals", "list", only="machine"),
    Column("base", "money", "Base"),
    Column("top_ups", "money", "Top-ups"),
    Column("total", "money", "Total"),
    Column("line", "integer", only="machine"),
)


def stated(text: str, unit: str | None = None) -> Money:
    return Money(read_amount(text, unit))


def worked_out(kronor: int) -> Money:
    return Money(exactly(100 * kronor), "derived")


def line(section: str, depth: int, title: str, recipient: str | None, *figures: Cell, counted: bool = True) -> Row:
    base, top_ups, total = figures
    cells = (title, recipient, title[:3].lower(), counted, ("violence", "power"), base, top_ups, total, 7)
    return Row(cells, depth, not counted, section)


def total(section: str, amount: Amount, remark: str = "") -> Row:
    cells = ("Sum", None, None, None, None, None, None, Money(amount, "sum", remark), None)
    return Row(cells, section=section)


UO13 = (
    line(APPROPRIATIONS, 0, "UO13 3:1 Särskilda åtgärder", "Regeringskansliet", None, None, stated("675 039", "tkr")),
    line(APPROPRIATIONS, 0, "UO13 3:2 Jämställdhetsmyndigheten", None, None, None, stated("73 409 tkr")),
    line(APPROPRIATIONS, 0, "UO13 3:3 Kvinnors organisering", None, None, None, stated("48 163 tkr")),
)
ARTICLE = (
    line(
        ASSIGNMENTS,
        0,
        "Mot sexuell exploatering",
        "JÄMY",
        worked_out(22_000_000),
        stated("1,5 mnkr"),
        stated("23,5 mnkr"),
    ),
    line(ASSIGNMENTS, 1, "Nationella stödprogrammet", "NSP", None, None, Money(None)),
    line(ASSIGNMENTS, 1, "Återvändandeprogrammet", "ÅMP", None, None, Money(None)),
    line(ASSIGNMENTS, 0, "Östersjöregionen", "CBSS", None, None, stated("2,8 mnkr")),
    line(
        ASSIGNMENTS, 0, "Utvecklingsmedel", "Länsstyrelserna", stated("28 mnkr"), stated("18 mnkr"), stated("46 mnkr")
    ),
    line(ASSIGNMENTS, 0, "Nationella minoriteter", "JÄMY", None, None, stated("högst 2 mnkr")),
)
SUMS = (
    total(APPROPRIATIONS, exactly(796_611_000_00)),
    total(ASSIGNMENTS, add_up(read_amount(f"{n} mnkr") for n in ("23,5", "2,8", "46", "högst 2")), "2 not stated"),
)
CLAIMS = Table(
    "Claims",
    (Column("claim", heading="Claim"), Column("amount", "money", "Claimed"), Column("share", "share", "Share")),
    (Row(("Violence in close relationships", stated("drygt 600 mnkr"), Share(120, 140))),),
    units={"": "mnkr"},
)
SUMMARY = Table(
    "Sweden, 2024",
    COLUMNS,
    (*UO13, *ARTICLE),
    SUMS,
    {APPROPRIATIONS: "tkr", ASSIGNMENTS: "mnkr"},
    notes=("2 lines without a stated amount.",),
    below=(CLAIMS,),
)


PLAIN = """\
Sweden, 2024

Appropriations, tkr
Line                               Recipient            Total
─────────────────────────────────  ─────────────────  ───────
UO13 3:1 Särskilda åtgärder        Regeringskansliet  675 039
UO13 3:2 Jämställdhetsmyndigheten                      73 409
UO13 3:3 Kvinnors organisering                         48 163
─────────────────────────────────  ─────────────────  ───────
Sum                                                   796 611

Assignments and grants, mnkr
Line                          Recipient        Base   Top-ups         Total
────────────────────────────  ───────────────  ─────  ───────  ──────────────────────────────────────
Mot sexuell exploatering      JÄMY             22,0*      1,5          23,5
├─ Nationella stödprogrammet  NSP                                not stated
└─ Återvändandeprogrammet     ÅMP                                not stated
Östersjöregionen              CBSS                                      2,8
Utvecklingsmedel              Länsstyrelserna  28,0      18,0          46,0
Nationella minoriteter        JÄMY                             högst 2 mnkr
────────────────────────────  ───────────────  ─────  ───────  ──────────────────────────────────────
Sum                                                                    74,3 (72,3–74,3; 2 not stated)

Claims, mnkr

Claim                                   Claimed    Share
───────────────────────────────  ──────────────  ───────
Violence in close relationships  drygt 600 mnkr  12–14 %

* derived from other figures

2 lines without a stated amount.
"""


def test_a_table_has_a_tree_a_section_with_its_unit_and_sum_then_claims_signs_and_notes() -> None:
    assert plain(SUMMARY) == PLAIN


def test_in_ascii_the_tree_is_indented_and_rules_signs_and_dashes_are_ascii() -> None:
    base, sum_of_parts = rounded(read_amount("16 mnkr"), read_amount("1 mnkr")), read_amount("10–11 mnkr")
    rows = (
        line("", 0, "Mål – “del”", None, Money(base), None, Money(sum_of_parts, "calculated")),
        line("", 1, "part", None, None, None, None),
    )
    assert (
        plain(Table("T", COLUMNS, rows, units={"": "mnkr"}), ascii=True)
        == """\
T, mnkr

Line         Base        Total
-----------  -----  -----------
Mål - "del"    16~  10-11 mnkr+
  part

+ calculated in the ledger, ~ rounded by its source
"""
    )


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (stated("23,5 mnkr"), "23,50"),
        (worked_out(22_000_000), "22,00*"),
        (Money(read_amount("23,5 mnkr"), "calculated"), "23,50†"),
        (Money(rounded(read_amount("16 mnkr"), read_amount("1 mnkr"))), "16,00±"),
        (Money(cut(read_amount("6,2 mdkr"), read_amount("0,1 mdkr"))), "6 200,00±"),
        (Money(read_amount("-1 mnkr"), remark="a reduction"), "-1,00 (a reduction)"),
        (stated("drygt 600 miljoner kronor"), "drygt 600 miljoner kronor"),
        (Money(read_amount("högst 2 mnkr"), remark="late"), "högst 2 mnkr (late)"),
        (stated("ca 6 500", "tkr"), "ca 6,5"),
        (stated("~ 6 500", "tkr"), "~ 6,5"),
        (stated("6 500–7 000", "tkr"), "6,5–7"),
        (stated("7 000 ± 500", "tkr"), "6,5–7,5"),
        (Money(derived(Interval(600_000_000, 3_500_000_000)), "derived"), "6,00–35,00*"),
        (Money(derived(Interval(600_000_000, None)), "derived"), "at least 6,00*"),
        (Money(exactly(0), "sum"), "0,00"),
        (Money(add_up([read_amount("10 mnkr"), read_amount("ca 2 mnkr")]), "sum"), "12,00 (11,50–12,50)"),
        (Money(add_up([read_amount("10 mnkr"), read_amount("minst 2 mnkr")]), "sum"), "at least 12,00"),
        (Money(add_up([read_amount("10 mnkr"), read_amount("2–4 mnkr")]), "sum"), "12,00–14,00"),
        (Money(None), "not stated"),
        (Money(None, remark="amount not known then"), "amount not known then"),
        (Share(142, 142), "14,2 %"),
        (("violence", "power"), "violence, power"),
        (True, "yes"),
        (2024, "2024"),
        ("two\n lines\x1b[2J", "two lines\\x1b[2J"),
    ],
)
def test_a_cell_says_how_it_is_known(cell: Cell, text: str) -> None:
    """In mnkr with two decimals; words keep their own form, and a number without a unit takes the table's."""
    found = shown(cell, "mnkr", 2)
    assert f"{found.text}{found.mark} {found.after}".strip() == text


def test_all_figures_of_a_section_have_as_many_decimals_as_its_longest() -> None:
    cells = (stated("1,5 mnkr"), worked_out(2_250_000), Money(exactly(3_000_000_00), "sum"), stated("1 001 500 kr"))
    table = Table("T", (Column("x", "money"),), tuple(Row((cell,)) for cell in cells), units={"": "mnkr"})
    assert plain(table).split("\n")[4:8] == ["1,5000", "2,2500*", "3,0000", "1,0015"]


def test_a_table_without_rows_says_so() -> None:
    empty = Table("Sweden, 1900", COLUMNS, (), notes=("No line is about 1900.",))
    for write, title in ((plain, "Sweden, 1900"), (as_markdown, "## Sweden, 1900")):
        assert write(empty).startswith(f"{title}\n\nnothing to show\n\n")
    assert "nothing to show\n\nNo line is about 1900.\n" in on_terminal(empty, 80)


@pytest.mark.parametrize(
    ("depths", "leads"),
    [
        ([0, 1, 1], ["", "├─ ", "└─ "]),
        ([0, 1, 2, 2, 1, 0], ["", "├─ ", "│  ├─ ", "│  └─ ", "└─ ", ""]),
        ([0, 1, 2, 0, 1], ["", "└─ ", "   └─ ", "", "└─ "]),
        ([0, 2, 1], ["", "│  └─ ", "└─ "]),
    ],
)
def test_a_stem_goes_on_as_long_as_a_row_hangs_from_it(depths: list[int], leads: list[str]) -> None:
    assert [first for first, _ in lead(depths, Branches())] == leads
    assert [first for first, _ in lead(depths, INDENTED)] == ["  " * depth for depth in depths]


def cells(line: str) -> list[str]:
    """The cells of a line of a Markdown table, without their padding."""
    return [cell.strip(" ") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def test_markdown_says_the_same_in_tables_of_github() -> None:
    text = as_markdown(SUMMARY)
    table = text.partition("### Assignments and grants, mnkr\n\n")[2].partition("\n\n")[0].split("\n")
    assert len({len(line) for line in table}) == 1
    assert cells(table[0]) == ["Line", "Recipient", "Base", "Top-ups", "Total"]
    assert [(cell[0], cell[-1]) for cell in cells(table[1])] == [(":", "-"), (":", "-"), *[("-", ":")] * 3]
    assert cells(table[2]) == ["Mot sexuell exploatering", "JÄMY", r"22,0\*", "1,5", "23,5"]
    assert cells(table[3]) == ["&emsp;Nationella stödprogrammet", "NSP", "", "", "not stated"]
    assert cells(table[-1]) == ["**Sum**", "", "", "", "**74,3 (72,3–74,3; 2 not stated)**"]
    assert text.endswith("\n\n\\* derived from other figures\n\n- 2 lines without a stated amount.\n")


@pytest.mark.parametrize(
    ("data", "written"),
    [
        ("a|b", r"a\|b"),
        ("a\nb", "a b"),
        ("<script>&amp;", r"&lt;script&gt;&amp;amp;"),
        ("*a* _b_ `c` [d](e) ~f~ $g$ \\", r"\*a\* \_b\_ \`c\` \[d\](e) \~f\~ \$g\$ \\"),
        ("\x1b[31m", r"\\x1b\[31m"),
    ],
)
def test_nothing_in_the_data_means_anything_to_markdown(data: str, written: str) -> None:
    table = Table("T", (Column("a"), Column("b")), (Row((data, "end")),))
    assert [written, "end"] in [cells(line) for line in as_markdown(table).split("\n")]


def test_csv_holds_the_rows_for_machines_and_no_sums() -> None:
    lines = as_csv(SUMMARY).split("\n")
    assert lines[0] == (
        "recipient,id,counted,goals,base,base_low,base_high,base_stated,top_ups,top_ups_low,top_ups_high,"
        "top_ups_stated,total,total_low,total_high,total_stated,line"
    )
    assert lines[4] == (
        "JÄMY,mot,true,violence;power,22000000,22000000,22000000,,"
        '1500000,1500000,1500000,"1,5 mnkr",23500000,23500000,23500000,"23,5 mnkr",7'
    )
    assert lines[5] == "NSP,nat,true,violence;power,,,,,,,,,,,,,7"
    assert lines[9:] == ["JÄMY,nat,true,violence;power,,,,,,,,,2000000,0,2000000,högst 2 mnkr,7", ""]


def test_a_share_is_its_two_ends_for_machines() -> None:
    assert as_csv(CLAIMS) == (
        "claim,amount,amount_low,amount_high,amount_stated,share_low,share_high\n"
        "Violence in close relationships,600000000,600000000,700000000,drygt 600 mnkr,0.120,0.140\n"
    )
    assert json.loads(as_json(CLAIMS))["rows"][0]["share_high"] == 0.14


@pytest.mark.parametrize(
    ("cell", "fields_"),
    [
        (stated("1 500 000,50 kr"), ("1500000.50", "1500000.50", "1500000.50", "1 500 000,50 kr")),
        (stated("23–24 mnkr"), (None, "23000000", "24000000", "23–24 mnkr")),
        (stated("minst 5 mnkr"), ("5000000", "5000000", None, "minst 5 mnkr")),
        (Money(derived(Interval(100, 250)), "derived"), (None, "1", "2.50", None)),
        (Money(add_up([read_amount("ca 10 mnkr")]), "derived"), (None, "5000000", "15000000", None)),
        (Money(add_up([read_amount("ca 10 mnkr")]), "sum"), ("10000000", "5000000", "15000000", None)),
        (Money(read_amount("-7 tkr"), "calculated"), ("-7000", "-7000", "-7000", "-7 tkr")),
        (Money(None, remark="base not stated"), (None, None, None, None)),
        (None, (None, None, None, None)),
    ],
)
def test_a_money_column_is_four_fields_for_machines(cell: Cell, fields_: tuple[str | None, ...]) -> None:
    """The number in kronor, empty for a range and for what was worked out but is not exact; its limits; the words."""
    table = Table("T", (Column("x", "money"),), (Row((cell,)),))
    assert tuple(json.loads(as_json(table))["rows"][0].values()) == fields_


def test_json_is_the_document_of_its_schema() -> None:
    document = json.loads(as_json(SUMMARY))
    assert list(document) == ["schema", "title", "columns", "rows", "totals", "notes", "below"]
    assert (document["schema"], document["title"]) == (1, "Sweden, 2024")
    assert document["columns"][2:6] == [
        {"name": "counted", "type": "boolean"},
        {"name": "goals", "type": "list"},
        {"name": "base", "type": "money"},
        {"name": "base_low", "type": "money"},
    ]
    assert document["rows"][0]["counted"] is True
    assert document["rows"][0]["goals"] == ["violence", "power"]
    assert document["rows"][1]["recipient"] is None
    assert document["totals"][0]["total"] == "796611000"
    assert "ÅMP" in as_json(SUMMARY)


def test_a_cell_of_the_wrong_type_is_refused_at_once() -> None:
    for column, cell in ((Column("x", "money"), "1"), (Column("x"), Money(None)), (Column("x", "share"), 5)):
        with pytest.raises(TypeError, match="column 'x' is"):
            as_csv(Table("T", (column,), (Row((cell,)),)))


texts = st.text(st.characters(exclude_categories=[]), max_size=12)
ore = st.integers(-(10**17), 10**17)


@st.composite
def moneys(draw: st.DrawFn) -> Money:
    ends = sorted(draw(st.lists(ore, min_size=2, max_size=2)))
    exact = Amount(Interval(ends[0], ends[0]), ends[0], draw(texts))
    between = Amount(Interval(ends[0], ends[1]), draw(st.none() | st.just(ends[0])), draw(texts), "range")
    least = Amount(Interval(ends[0], None), ends[0], draw(texts), "least")
    amount = draw(st.none() | st.sampled_from([exact, between, least]))
    return Money(amount, draw(st.sampled_from(["stated", "calculated", "derived", "sum"])), draw(texts))


@st.composite
def tables(draw: st.DrawFn, words: st.SearchStrategy[str] = texts) -> Table:
    columns = (Column("a", heading=draw(words)), Column("b", "list"), Column("x", "money"), Column("y", "money"))
    cells = st.tuples(words, st.lists(words, max_size=2).map(tuple), moneys(), st.none() | moneys())
    row = st.builds(Row, cells, st.integers(0, 3), st.booleans(), words)
    rows, totals = draw(st.lists(row, max_size=4)), draw(st.lists(row, max_size=2))
    notes = tuple(draw(st.lists(words, max_size=2)))
    return Table(draw(words), columns, tuple(rows), tuple(totals), notes=notes)


@given(tables(st.text(max_size=12)))
@example(Table("", (Column("a"),), (Row(("a\rb",)), Row((" ",)), Row(('"',)), Row(("",)))))
def test_csv_and_json_read_again_are_the_same_to_the_ore(table: Table) -> None:
    header = [field.name for field in fields(table)]
    expected = [dict(zip(header, values(table, row), strict=True)) for row in table.rows]
    document = json.loads(as_json(table))
    assert [column["name"] for column in document["columns"]] == header
    read = list(csv.reader(io.StringIO(as_csv_unguarded(table), newline="")))
    assert read[0] == header
    assert len(read) == len(expected) + 1
    for record, texts_, row in zip(document["rows"], read[1:], expected, strict=True):
        for field, text in zip(fields(table), texts_, strict=True):
            value: Any = row[field.name]
            found = record[field.name]
            if field.type == "money":
                assert text == (found or "")
                assert (None if found is None else Decimal(found) * 100) == value
            else:
                assert found == (list(value) if isinstance(value, tuple) else value)
                assert text == (";".join(value) if isinstance(value, tuple) else value or "")


STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def steering(text: str) -> list[str]:
    return [one for one in text if one != "\n" and unicodedata.category(one) in STEERING]


@given(tables())
def test_nothing_in_the_data_can_steer_a_terminal_or_break_a_line(table: Table) -> None:
    for text in (plain(table), plain(table, ascii=True), as_markdown(table)):
        assert steering(text) == []
        assert not any(one.endswith(" ") for one in text.split("\n"))
    assert steering(as_json(table)) == []
    sections = {row.section for row in (*table.rows, *table.totals)}
    rules = sum(1 for one in plain(table).split("\n") if set(one) <= {"─", " "} and "─" in one)
    assert rules >= len(sections)


@given(tables(), st.integers(20, 120))
def test_on_a_terminal_neither(table: Table, columns: int) -> None:
    assert steering(on_terminal(table, columns, "never")) == []


def on_terminal(table: Table, columns: int, color: str = "never", encoding: str = "utf-8") -> str:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    console = _terminal.console_for(color)
    console.file, console.width = file, columns
    _terminal.show(table, console)
    file.flush()
    assert isinstance(file.buffer, io.BytesIO)
    return file.buffer.getvalue().decode(encoding)


def test_a_wide_terminal_shows_the_plain_lines_with_bars_and_remarks_below() -> None:
    shown_lines = on_terminal(SUMMARY, 200).split("\n")
    first = PLAIN.index("Assignments and grants")
    assert shown_lines[: PLAIN[:first].count("\n")] == PLAIN[:first].split("\n")[:-1]
    assert shown_lines[-10:] == [
        "Claims, mnkr",
        "",
        "Claim                                   Claimed               Share",
        "───────────────────────────────  ──────────────  ──────────────────",
        "Violence in close relationships  drygt 600 mnkr  █▒░░░░░░░░ 12–14 %",
        "",
        "* derived from other figures, ▒ up to the most that it may be",
        "",
        "2 lines without a stated amount.",
        "",
    ]


@pytest.mark.parametrize("columns", [60, 66, 80, 100])
def test_a_terminal_wraps_texts_and_keeps_every_figure_whole(columns: int) -> None:
    text = on_terminal(SUMMARY, columns)
    assert max(map(width, text.split("\n"))) <= columns
    for figure in ("675 039", "796 611", "22,0*", "1,5", "23,5", "46,0", "74,3", "12–14 %"):
        assert re.search(rf"(?<!\S){re.escape(figure)}(?!\S)", text), figure
    for word in ("Särskilda", "exploatering", "högst", "minoriteter", "Violence", "relationships"):
        assert word in text


def test_a_long_title_goes_on_under_itself_and_the_stems_go_with_it() -> None:
    rows = (
        line("", 0, "En mycket lång rubrik som inte får plats på en rad", "JÄMY", None, None, stated("2 mnkr")),
        line("", 1, "Nationella stödprogrammet mot prostitution", "NSP", None, None, stated("minst 675 039 kr")),
        line("", 1, "[red]sist[/red]", "Jämställdhetsmyndigheten", None, None, Money(None)),
    )
    assert (
        on_terminal(Table("T", COLUMNS, rows, units={"": "kr"}), 64)
        == """\
T, kr

Line                        Recipient                      Total
──────────────────────────  ────────────────────────  ──────────
En mycket lång rubrik som   JÄMY                       2 000 000
inte får plats på en rad
├─ Nationella               NSP                            minst
│  stödprogrammet mot                                 675 039 kr
│  prostitution
└─ [red]sist[/red]          Jämställdhetsmyndigheten  not stated
"""
    )


def test_colour_marks_what_words_and_signs_say_too() -> None:
    coloured = on_terminal(SUMMARY, 200, "always")
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == on_terminal(SUMMARY, 200)
    assert "\x1b[36m22,0*\x1b[0m" in coloured
    assert "\x1b[3m" in coloured
    muted = Table("T", (Column("a"),), (Row(("pale",), muted=True), Row(("plain",))))
    assert "\x1b[2mpale" in on_terminal(muted, 80, "always")
    assert "\x1b[2mplain" not in on_terminal(muted, 80, "always")


def test_a_terminal_without_unicode_gets_characters_that_it_has() -> None:
    text = on_terminal(SUMMARY, 80, encoding="ascii")
    assert "  Nationella st?dprogrammet" in text
    assert "#-........ 12-14 %" in text


PATH = "data/allocations.yaml"
TOTAL = "    total: 439 039"
AP6 = "      ap6: {title: Jämställdhetsprojekt, total: 0}"


def at(text: str, part: str, number: int, path: str = PATH, owner: str = "") -> Place:
    return Place(path, number, text.index(part) + 1, text.index(part) + 1 + len(part), owner)


MISMATCH = Diagnostic(
    "parts-mismatch",
    "error",
    at(TOTAL, "439 039", 14, owner="uo13-3-1-2021"),
    "parts sum to 432 039 tkr, total says 439 039 tkr (7 000 tkr short)",
    TOTAL,
    (
        Related(at(TOTAL, "439 039", 14), "calculated", TOTAL),
        Related(at(AP6, "0}", 21)._replace(end_column=AP6.index("0}") + 2), "one part of six", AP6),
        Related(at("  rb: {}", "rb", 3, "data/sources.yaml"), "its source", "  rb: {}"),
        Related(Place("data", 1, 1, 1), "the directory"),
    ),
    (
        Hint(
            "missing-part", "7 000 here closes the gap", at(AP6, "0}", 21)._replace(end_column=AP6.index("0}") + 2), AP6
        ),
        Hint("nothing", "no other cause fits"),
    ),
    "correct the figure that is wrong (ledger explain parts-mismatch)",
)
UNUSED = Diagnostic("unused-agency", "warning", Place("data/agencies.yaml", 2, 3, 6), "agency 'nsp' is never used")


def test_a_finding_shows_every_place_with_its_line_then_hints_and_help_and_all_are_counted() -> None:
    assert as_text([MISMATCH, UNUSED, MISMATCH]).split("\n\n")[1:] == [
        "data/agencies.yaml:2:3: warning[unused-agency] agency 'nsp' is never used",
        as_text([MISMATCH]).split("\n\n")[0],
        "2 errors, 1 warning\n",
    ]
    assert (
        as_text([MISMATCH])
        == """\
data/allocations.yaml:14:12: error[parts-mismatch] parts sum to 432 039 tkr, total says 439 039 tkr (7 000 tkr short)
   14 |     total: 439 039
      |            ^^^^^^^ calculated
   21 |       ap6: {title: Jämställdhetsprojekt, total: 0}
      |                                                 ^ one part of six
      |                                                 ^ hint: 7 000 here closes the gap
     -> data/sources.yaml
    3 |   rb: {}
      |   ^^ its source
      = data:1:1: the directory
hint: no other cause fits
help: correct the figure that is wrong (ledger explain parts-mismatch)

1 error
"""
    )
    assert as_text([]) == "no findings\n"


def test_on_a_narrow_terminal_what_is_said_stands_below_the_carets() -> None:
    text = "".join(piece for piece, _ in pieces([MISMATCH], 60))
    assert "      |            ^^^^^^^ calculated\n" in text
    assert "      |                                                 ^\n      | one part of six\n" in text
    assert (
        "      |                                                 ^\n      | hint: 7 000 here closes the gap\n" in text
    )


@pytest.mark.parametrize(
    ("text", "column", "end", "line_", "carets"),
    [
        ("total: 5", 8, 9, "total: 5", "       ^"),
        ("\ttotal: 5", 1, 2, r"\ttotal: 5", "^^"),
        ("\ttotal: 5", 2, 7, r"\ttotal: 5", "  ^^^^^"),
        ("漢字: 5", 1, 3, "漢字: 5", "^^^^"),
        ("漢字: 5", 5, 6, "漢字: 5", "      ^"),
        ("a\u0308: 5", 5, 6, "a\u0308: 5", "   ^"),
        ("a\x1b[31m: 5", 9, 10, r"a\x1b[31m: 5", "           ^"),
        ("a\u202e: 5", 2, 3, r"a\u202e: 5", " ^^^^^^"),
        ("a:", 3, 3, "a:", "  ^"),
        ("a:", 40, 50, "a:", "  ^"),
        ("", 1, 1, "", "^"),
        ("0123456789" * 5, 31, 33, "…45678901234567890123…", "       ^^"),
        ("0123456789" * 5, 1, 2, "01234567890123456789…", "^"),
        ("0123456789" * 5, 50, 51, "…01234567890123456789", " " * 20 + "^"),
        ("0123456789" * 5, 31, 99, "…45678901234567890123…", " " * 7 + "^" * 14),
        ("0123456789" * 5, 51, 51, "…01234567890123456789", " " * 21 + "^"),
    ],
)
def test_carets_stand_under_the_place_whatever_the_line_holds(
    text: str, column: int, end: int, line_: str, carets: str
) -> None:
    found = excerpt(text, Place("x", 1, column, end), 20)
    assert (found.line, found.carets) == (line_, carets)


@given(texts, st.integers(1, 15), st.integers(0, 15), st.integers(1, 40))
def test_carets_never_stand_beyond_the_line_and_one_more(text: str, column: int, length: int, room: int) -> None:
    found = excerpt(text, Place("x", 1, column, column + length), room)
    assert found.carets.strip(" ") == "^" * found.carets.count("^") != ""
    assert len(found.carets) <= width(found.line) + 1


@given(texts, texts, texts)
def test_no_finding_can_steer_a_terminal(path: str, words: str, text: str) -> None:
    place = Place(path, 1, 2, 4, words)
    related, hints = (
        (Related(place, words, text), Related(place, text)),
        (Hint(words, words, place, text), Hint("", words)),
    )
    finding = Diagnostic("syntax", "error", place, words, text, related, hints, words)
    assert steering(as_text([finding])) == []
    assert steering(as_json_findings([finding])) == []


def test_of_one_enormous_line_only_what_is_around_the_place_is_shown() -> None:
    line_ = "x" * 50_000_000
    found = excerpt(line_, Place("x", 1, 25_000_000, 50_000_000))
    assert width(found.line) == 102


def test_on_a_terminal_findings_are_the_same_text_in_colours() -> None:
    def written(color: str) -> str:
        file = io.StringIO()
        console = _terminal.console_for(color)
        console.file, console.width = file, 130
        _terminal.findings([MISMATCH, UNUSED], console)
        return file.getvalue()

    assert written("never") == as_text([MISMATCH, UNUSED])
    assert re.sub(r"\x1b\[[\d;]*m", "", written("always")) == as_text([MISMATCH, UNUSED])
    assert "\x1b[1;31merror[parts-mismatch]\x1b[0m" in written("always")


def test_the_document_of_findings_holds_everything_that_they_say() -> None:
    assert json.loads(as_json_findings([MISMATCH, UNUSED])) == {
        "schema": 1,
        "diagnostics": [
            {
                "check": "parts-mismatch",
                "severity": "error",
                "message": "parts sum to 432 039 tkr, total says 439 039 tkr (7 000 tkr short)",
                "path": PATH,
                "line": 14,
                "column": 12,
                "end_column": 19,
                "related": [
                    {"path": PATH, "line": 14, "column": 12, "message": "calculated"},
                    {"path": PATH, "line": 21, "column": 49, "message": "one part of six"},
                    {"path": "data/sources.yaml", "line": 3, "column": 3, "message": "its source"},
                    {"path": "data", "line": 1, "column": 1, "message": "the directory"},
                ],
                "hints": [
                    {
                        "kind": "missing-part",
                        "message": "7 000 here closes the gap",
                        "path": PATH,
                        "line": 21,
                        "column": 49,
                    },
                    {"kind": "nothing", "message": "no other cause fits", "path": None, "line": None, "column": None},
                ],
            },
            {
                "check": "unused-agency",
                "severity": "warning",
                "message": "agency 'nsp' is never used",
                "path": "data/agencies.yaml",
                "line": 2,
                "column": 3,
                "end_column": 6,
                "related": [],
                "hints": [],
            },
        ],
    }


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Särskilda – åtgärder 漢", "Särskilda – åtgärder 漢"),
        ("\x1b[31m", r"\x1b[31m"),
        ("\x9b31m\x7f", r"\x9b31m\x7f"),
        ("a\u202eb\u2066c\u200dd\u00ade\ufeff", r"a\u202eb\u2066c\u200dd\xade\ufeff"),
        ("\ud800\u2028", r"\ud800\u2028"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_what_steers_is_written_out(data: str, text: str) -> None:
    assert safe(data) == text


@given(texts.map(safe), st.integers(1, 20))
def test_wrapping_loses_nothing_and_fits_where_characters_do(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(one) <= max(columns, 2) for one in lines)


def test_wrapping_keeps_numbers_whole() -> None:
    assert wrap("högst 1 045 000 kr", 12) == ["högst", "1 045 000 kr"]
    assert wrap("Jämställdhetsmyndigheten", 15) == ["Jämställdhetsmy", "ndigheten"]


@given(texts)
def test_putting_a_text_into_ascii_keeps_its_length(text: str) -> None:
    assert len(in_ascii(text)) == len(text)


def test_formats_are_found_by_what_they_can_write() -> None:
    assert {"csv", "json", "markdown", "table"} <= set(formats("table"))
    assert {"json", "text"} <= set(formats("findings"))
    assert not {"text"} & set(formats("table"))
    assert not any(name.startswith("_") or name.endswith("_") for name in formats("table"))


def test_an_unknown_format_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(LookupError, match=r"no format 'cvs' .*did you mean 'csv'"):
        load("cvs")
    with pytest.raises(LookupError, match="_terminal"):
        load("_terminal")


@pytest.mark.parametrize(
    ("name", "source"), [("empty", ""), ("no_function", "table = 5"), ("slip", "def tabel(): ...")]
)
def test_a_module_that_writes_nothing_fails_at_its_first_use(
    name: str, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{name}_.py").write_text(source, encoding="utf-8")
    monkeypatch.setattr(render, "__path__", [str(tmp_path)])
    with pytest.raises(TypeError, match="neither a function `table` nor a function `findings`"):
        load(name.replace("_", "-"))


@pytest.mark.parametrize("names", ["table", "findings"])
def test_the_names_of_the_formats_cost_neither_rich_nor_tabulate(names: str) -> None:
    code = f"import sys; from ledger.render import formats; formats('{names}'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"rich", "tabulate"} & set(done.stdout.split())
