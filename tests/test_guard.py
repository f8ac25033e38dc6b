"""The guard of texts in spreadsheets: what gets an apostrophe, what does not, and that it can be taken away again."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.money import exactly, read_amount
from ledger.render.csv_ import table as as_csv
from ledger.render.csv_ import unguarded as as_csv_unguarded
from ledger.render.csv_excel_sv import table as as_excel_sv
from ledger.render.csv_excel_sv import unguarded as as_excel_sv_unguarded
from ledger.table import Column, Money, Row, Share, Table, guarded, unguarded

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\uff1d1+1",
    "\uff0b1+1",
    "\uff0d1+1",
    "\uff20SUM(A1)",
    "=",
    "-",
    "- Särskilda åtgärder",
    "\tSärskilda åtgärder",
    " =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff@A1",
    '=HYPERLINK("http://example.org";"x")',
    "=cmd|' /C calc'!A0",
]
MISREAD = [
    "3:1",
    "13:3:1",
    "13 3:1",
    "2:2",
    "3/1",
    "3-1",
    "10-12",
    "1.2",
    "1,50",
    "0601003",
    "007",
    "1E5",
    "1e-5",
    "2E10",
    "9,000",
    "16 mars",
    "mars 2024",
    "Mar-24",
    "1 maj",
    "2024-03",
    "12:30 PM",
    "50 %",
    "(5)",
    "1234567890123456",
]
LEFT_ALONE = [
    "",
    "UO13 3:1",
    "UO13 3:1 ap.12",
    "ap.12",
    "jamy-trafficking-2024/nsp",
    "Särskilda jämställdhetsåtgärder",
    "Mål 6",
    "202100-6693",
    "2024",
    "0",
    "2022-2023",
    "2024-03-27",
    "675 039",
    "23,5 mnkr",
    "drygt 600 mnkr",
    "ca 6 500",
    "mars",
    "E5",
    "a=b",
    "'citat'",
    "\N{MINUS SIGN}5",
]


@pytest.mark.parametrize("text", [*FORMULAS, *MISREAD])
def test_a_text_that_a_spreadsheet_would_make_something_else_of_gets_one_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(f"'{text}") == text


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_every_other_text_is_left_as_it_is(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text(st.characters(exclude_categories=[])) | st.text("='-3:1 e\t\uff1d", max_size=6))
@example("'=1+1")
@example("''3:1")
def test_the_apostrophe_can_always_be_taken_away_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text) in (text, f"'{text}")


@given(st.text("=+-@\uff1d\t\r\n ' a1", max_size=6))
def test_nothing_that_is_guarded_begins_a_formula(text: str) -> None:
    assert guarded(text).strip()[:1] not in [*"=+-@\uff1d\uff0b\uff0d\uff20"]
    assert guarded(text)[:1] not in [*"\t\r\n"]


TABLE = Table(
    "T",
    (
        Column("code"),
        Column("tags", "list"),
        Column("decided", "date"),
        Column("n", "integer"),
        Column("x", "money"),
        Column("s", "share"),
    ),
    (
        Row(("3:1", ("=a", "b"), "2024-03", -3, Money(read_amount("-1 250,50 kr")), Share(-5, 142))),
        Row(("=1+1", (), "2024-03-27", 0, Money(exactly(-7_000_00)), None)),
    ),
)


def test_numbers_stand_bare_whatever_they_begin_with_and_texts_are_guarded() -> None:
    first, second = list(csv.reader(io.StringIO(as_csv(TABLE))))[1:]
    assert first[:4] == ["'3:1", "'=a;b", "'2024-03", "-3"]
    assert first[4:7] == ["-1250.50"] * 3
    assert first[7:] == ["'-1 250,50 kr", "-0.005", "0.142"]
    assert second[:7] == ["'=1+1", "", "2024-03-27", "0", "-7000", "-7000", "-7000"]


def test_without_the_guard_every_text_is_as_it_is() -> None:
    for text, mark in ((as_csv_unguarded(TABLE), ","), (as_excel_sv_unguarded(TABLE).removeprefix("\ufeff"), ";")):
        first = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))[1]
        assert first[:3] == ["3:1", "=a;b", "2024-03"]
        assert first[7] == "-1 250,50 kr"


def test_the_dialect_of_swedish_excel_to_the_byte() -> None:
    columns = (
        Column("code"),
        Column("title"),
        Column("x", "money"),
        Column("counted", "boolean"),
        Column("n", "integer"),
    )
    rows = (
        Row(("3:1", 'Mäns "våld"; åtgärder\nmot', Money(read_amount("-23 500 000,50 kr")), True, 7)),
        Row((None, "UO13 3:1", Money(read_amount("drygt 600 mnkr")), False, None)),
    )
    assert as_excel_sv(Table("T", columns, rows)).encode() == (
        b"\xef\xbb\xbf"
        b'"code";"title";"x";"x_low";"x_high";"x_stated";"counted";"n"\r\n'
        + '"\'3:1";"Mäns ""våld""; åtgärder\nmot";-23500000,50;-23500000,50;-23500000,50;'
        '"\'-23 500 000,50 kr";true;7\r\n'
        ';"UO13 3:1";600000000;600000000;700000000;"drygt 600 mnkr";false;\r\n'.encode()
    )
