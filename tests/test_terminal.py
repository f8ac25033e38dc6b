"""What a terminal of any width shows: every figure whole, no line too long, and bars where there is room for them."""

import io
import os
import re
import subprocess
import sys
from contextlib import suppress

import pytest
from forked import environment
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.console import Console
from transcript import ROOT

from ledger.money import Interval, exactly, read_amount
from ledger.query import Query, parse, select
from ledger.reading import load
from ledger.render import _terminal
from ledger.render import load as load_format
from ledger.render._bar_column import pictured
from ledger.render._bars import Scale, bar, scale_of
from ledger.render._cell_text import blocks, right_aligned
from ledger.render._escape import width, words
from ledger.table import Column, Money, Row, Table
from ledger.views.grouped import grouped
from ledger.views.matches import matches
from ledger.views.summary import summary
from ledger.views.years import years


def on_terminal(table: Table, columns: int, encoding: str = "utf-8") -> list[str]:
    """The lines that a terminal without colour shows."""
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    console = Console(file=file, width=columns, color_system=None, highlight=False)
    _terminal.show(table, console)
    assert isinstance(file.buffer, io.BytesIO)
    return file.buffer.getvalue().decode(encoding).split("\n")[:-1]


def shipped_tables() -> dict[str, Table]:
    """Tables of the shipped data, by what asks for them."""
    book = load(ROOT / "data").book

    def lines(*terms: str) -> list:  # type: ignore[type-arg]
        query = parse(terms, book)
        assert isinstance(query, Query)
        return list(select(query, book).lines)

    return {
        "summary 2024": summary(book, lines("2024"), 2024),
        "summary 2021": summary(book, lines("2021"), 2021),
        "summary": years(book, lines()),
        "by year": grouped(book, lines("recipient:jamy"), "year"),
        "by recipient": grouped(book, lines("2024"), "recipient"),
        "query": matches(book, lines("2024")),
    }


SHIPPED = shipped_tables()
each_table = pytest.mark.parametrize("name", SHIPPED)


def all_cells(table: Table) -> list[tuple[Column, str]]:
    """Every cell's own text and what is said after it, in this table and those below it."""
    found = [
        (column, text)
        for block in blocks(table)
        for _, cells in (*block.rows, *block.totals)
        for column, cell in zip(block.columns, cells, strict=True)
        for text in (cell.text, cell.after)
        if text
    ]
    return [*found, *(cell for other in table.below for cell in all_cells(other))]


@each_table
@pytest.mark.parametrize("columns", [40, 50, 60, 70, 80, 100, 120, 140, 200])
def test_no_line_is_longer_than_the_terminal_is_wide(name: str, columns: int) -> None:
    """From 40 columns on every line fits, also those with bars."""
    too_long = [line for line in on_terminal(SHIPPED[name], columns) if width(line) > columns]
    assert too_long == []


@each_table
@pytest.mark.parametrize("columns", [40, 60, 80, 140])
def test_every_figure_and_every_word_is_shown_whole(name: str, columns: int) -> None:
    """No figure is broken, and no word as long as a line holds: Jämställdhetsmyndigheten stays one word at 80 columns."""
    shown = "\n".join(on_terminal(SHIPPED[name], columns))
    whole = set(re.split(r"\s+", shown))
    figures = {text for column, text in all_cells(SHIPPED[name]) if right_aligned(column)}
    missing = [one for figure in figures for one in words(figure) if not re.search(rf"(?<!\S){re.escape(one)}", shown)]
    assert missing == []
    texts = {text for column, text in all_cells(SHIPPED[name]) if not right_aligned(column)}
    fitting = {word for text in texts for word in text.split() if len(word) <= columns - 10}
    assert sorted(fitting - whole) == []
    assert "Jämställdhetsmyndigheten" in fitting or name in ("summary", "by year")


def test_under_a_width_every_row_is_a_card() -> None:
    """Where columns have no room beside each other, a row's cells stand under its first, a line each, with its signs."""
    columns = (
        Column("line", heading="Line"),
        Column("recipient", heading="Recipient"),
        Column("base", "money", "Base"),
        Column("total", "money", "Total"),
        Column("sign", heading="Σ"),
    )
    rows = (
        Row(("Stöd till jourer", "Jämställdhetsmyndigheten", Money(exactly(22_00), "derived"), kronor(58), "+")),
        Row(("Återvändandeprogrammet", "Frivilliga återvändandeprogrammet", None, Money(None), None), depth=1),
        Row(("Norr", None, None, Money(read_amount("drygt 13 kr"), "sum", "2 not stated"), "+"), depth=1),
    )
    totals = (Row(("Sum", None, None, Money(exactly(71_00), "sum"), None)),)
    assert on_terminal(Table("Shelters", columns, rows, totals, {"": "kr"}), 40) == [
        "Shelters, kr",
        "",
        "Line",
        "────────────────────────────────────────",
        "Stöd till jourer",
        "  Recipient  Jämställdhetsmyndigheten",
        "  Base                              22*",
        "  Total                             58 +",
        "├─ Återvändandeprogrammet",
        "│    Recipient  Frivilliga",
        "│               återvändandeprogrammet",
        "│    Total                  not stated",
        "└─ Norr",
        "     Total                          13 +",
        "                 (13–14; 2 not stated)",
        "────────────────────────────────────────",
        "Sum",
        "  Total                             71",
        "",
        "* derived from other figures",
    ]


def test_before_a_word_is_broken_the_last_column_of_text_goes_under_the_one_before() -> None:
    """Two columns of texts whose longest words do not fit beside each other become one."""
    columns = (
        Column("line", heading="Line"),
        Column("recipient", heading="Recipient"),
        Column("total", "money", "Total"),
    )
    rows = (
        Row(("Diskrimineringsombudsmannen", "Jämställdhetsmyndigheten", kronor(58))),
        Row(("Norr", "Länsstyrelserna", kronor(13)), depth=1),
    )
    table = Table("", columns, rows, units={"": "kr"})
    beside, under = on_terminal(table, 60)[2:], on_terminal(table, 50)[2:]
    assert beside == [
        "Line                         Recipient                 Total",
        "───────────────────────────  ────────────────────────  ─────",
        "Diskrimineringsombudsmannen  Jämställdhetsmyndigheten     58",
        "└─ Norr                      Länsstyrelserna              13",
    ]
    assert under == [
        "Line / Recipient             Total",
        "───────────────────────────  ─────",
        "Diskrimineringsombudsmannen     58",
        "Jämställdhetsmyndigheten",
        "└─ Norr                         13",
        "   Länsstyrelserna",
    ]


def kronor(amount: int) -> Money:
    return Money(exactly(100 * amount))


@pytest.mark.parametrize(
    ("interval", "drawn"),
    [
        (Interval(100, 100), "██████████"),
        (Interval(50, 50), "█████     "),
        (Interval(33, 33), "███▎      "),
        (Interval(1, 1), "▏         "),
        (Interval(0, 0), "          "),
        (Interval(45, 61), "████▒▒▒   "),
        (Interval(0, 20), "▒▒        "),
        (Interval(99, 100), "█████████▒"),
        (Interval(30, None), "███▒▒▒▒▒▒→"),
        (Interval(100, None), "█████████→"),
    ],
    ids=["most", "half", "third", "least", "zero", "range", "at-most", "narrow", "at-least", "at-least-most"],
)
def test_a_bar_is_full_as_far_as_is_certain_and_shaded_as_far_as_may_be(interval: Interval, drawn: str) -> None:
    """On a scale to 100 öre; what is not nothing is never drawn as nothing."""
    assert bar(interval, Scale(0, 100), 10) == drawn


@pytest.mark.parametrize(
    ("interval", "drawn"),
    [
        (Interval(-50, -50), "███│       "),
        (Interval(-1, -1), "  █│       "),
        (Interval(100, 100), "   │███████"),
        (Interval(-20, 20), " ▒▒│▒▒     "),
        (Interval(0, 0), "   │       "),
        (Interval(None, 10), "←▒▒│▒      "),
    ],
    ids=["reduction", "small-reduction", "top-up", "either", "zero", "no-lower-limit"],
)
def test_what_is_below_zero_is_drawn_to_the_left_of_an_axis(interval: Interval, drawn: str) -> None:
    """Where a section has figures of both signs, all bars begin at the same axis."""
    assert bar(interval, Scale(-50, 100), 11) == drawn


ENDS = st.none() | st.integers(-(10**17), 10**17)
INTERVALS = st.builds(
    lambda low, high: Interval(low, high) if low is None or high is None else Interval(*sorted((low, high))), ENDS, ENDS
)


@given(st.lists(INTERVALS, min_size=1, max_size=5), st.integers(12, 40))
@example([Interval(-1, 10**17)], 12)
@example([Interval(-(10**17), 1)], 12)
@example([Interval(-5, None), Interval(None, -7)], 12)
def test_every_bar_fills_its_column(intervals: list[Interval], columns: int) -> None:
    """Whatever the figures are, every bar on their common scale is as wide as it was to be."""
    scale = scale_of(intervals)
    if scale:
        assert {len(bar(one, scale, columns)) for one in intervals} == {columns}


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "json"])
@each_table
def test_pictures_are_for_terminals_only(name: str, form: str) -> None:
    """What is piped or exported is the same whether figures are drawn or not."""
    table = SHIPPED[name]
    write = load_format(form).table
    assert write
    assert write(table) == write(replace(table, drawn=()))


@each_table
@pytest.mark.parametrize("columns", [40, 60, 80, 99])
def test_under_a_hundred_columns_nothing_wraps_because_of_a_bar(name: str, columns: int) -> None:
    """A table with bars is as high as the same without, but for what explains them."""
    table = SHIPPED[name]
    drawn, bare = (on_terminal(one, columns) for one in (table, replace(table, drawn=())))
    explained = [line for line in drawn if "up to the most" not in line and line]
    assert len(explained) == len([line for line in bare if "up to the most" not in line and line])


def test_a_recipients_money_is_a_line_over_the_years() -> None:
    """Jämställdhetsmyndigheten's item from 2018: the largest year is longest, and rounded figures end shaded."""
    table = SHIPPED["by year"]
    first = next(blocks(table))
    bars = {cells[0].text: cells[-1].text.rstrip() for _, cells in pictured(first, 40).rows}
    drawn = {cells[0].text: cells[-1].drawn for _, cells in first.rows}
    most = {year: interval.high for year, interval in drawn.items() if interval and interval.high is not None}
    assert {"2018", "2019", "2024"} <= set(bars)
    assert sorted(bars, key=lambda year: len(bars[year])) == sorted(
        bars, key=lambda year: -(-most[year] * 40 // max(most.values()))
    )
    assert max(map(len, bars.values())) == 40
    assert {year for year, text in bars.items() if "▒" in text} == {
        year for year, one in drawn.items() if one and not one.exact
    }
    shown = on_terminal(table, 100)
    assert [text for text in bars.values() if not any(line.endswith(text) for line in shown)] == []


YEARS = Table(
    "Money",
    (Column("year", "integer", "Year"), Column("total", "money", "Total")),
    (
        Row((2020, kronor(40))),
        Row((2021, Money(None))),
        Row((2022, Money(read_amount("högst 20 kr")))),
        Row((2023, kronor(-10))),
        Row((2024, kronor(400)), muted=True),
    ),
    (Row(("Sum", kronor(50))),),
    {"": "kr"},
    drawn=("total",),
)


def test_what_is_not_stated_is_a_gap_and_what_is_not_counted_is_not_drawn() -> None:
    """Neither is a sum, which would dwarf its parts; the scale is that of the figures drawn."""
    assert on_terminal(YEARS, 43)[2:] == [
        "Year        Total",
        "────  ───────────  ────────────────────────",
        "2020           40       │██████████████████",
        "2021   not stated",
        "2022  högst 20 kr       │▒▒▒▒▒▒▒▒▒",
        "2023          -10  █████│",
        "2024          400",
        "────  ───────────  ────────────────────────",
        " Sum           50",
        "",
        "▒ up to the most that it may be",
    ]


def test_only_bars_explain_what_bars_mean() -> None:
    """A title with an arrow or a block in it explains nothing; a bar that ends in one does."""
    rows = (Row(("A → B ▒", kronor(1))), Row(("C", kronor(2))))
    table = Table("T", (Column("a"), Column("total", "money")), rows, units={"": "kr"}, drawn=("total",))
    assert "limit" not in "\n".join(on_terminal(table, 80))
    open_ended = replace(table, rows=(*rows, Row(("D", Money(read_amount("minst 1 kr"))))))
    assert on_terminal(open_ended, 80)[-1] == "▒ up to the most that it may be, → no upper limit is known"


def test_without_room_for_twelve_columns_nothing_is_drawn() -> None:
    """A shorter bar says nothing that the figure does not."""
    assert not any("█" in line for line in on_terminal(YEARS, 30))


def test_one_figure_alone_is_not_drawn() -> None:
    """There is nothing to compare it with."""
    assert not any("█" in line for line in on_terminal(replace(YEARS, rows=YEARS.rows[:2]), 100))


def test_without_unicode_bars_are_ascii_and_end_in_the_same_column() -> None:
    """A terminal whose encoding lacks the blocks gets signs that it has, one for one."""
    lines = on_terminal(YEARS, 43, "ascii")
    assert lines[4] == "2020           40       |##################"
    assert lines[6].endswith("h?gst 20 kr       |---------")
    assert lines[-1] == "- up to the most that it may be"


SLOW = """
from time import sleep
from ledger.commands._progress import progress
with progress(10, "checking [all]") as tell:
    tell(1)
    sleep(0.6)
    tell(4)
"""


def test_a_long_run_draws_a_bar_on_a_terminal_and_takes_it_away() -> None:
    """The pipe of a program has nothing of it."""
    ours, theirs = os.openpty()
    process = subprocess.Popen([sys.executable, "-c", SLOW], env=environment(TERM="xterm", COLUMNS="80"), stderr=theirs)
    os.close(theirs)
    drawn = b""
    with suppress(OSError):  # how Linux says that the other end is closed
        while data := os.read(ours, 65536):
            drawn += data
    os.close(ours)
    assert process.wait() == 0
    assert "checking [all]" in drawn.decode()
    assert "50%" in drawn.decode()
    assert drawn.endswith(b"\x1b[2K")
    quiet = subprocess.run([sys.executable, "-c", SLOW], env=environment(), capture_output=True, check=True)
    assert (quiet.stdout, quiet.stderr) == (b"", b"")
