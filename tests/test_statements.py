"""Readers of other people's documents: outcome files, appropriation letters, tables in CSV, our own exports."""

import string
import struct
from collections.abc import Sequence
from typing import Literal

import pytest
from books import limits
from hypothesis import given, settings
from hypothesis import strategies as st
from letters import ITEMS_2021, LETTER_2021, letter
from outcomes import MONTHLY, UO13, YEARLY, file, monthly_row, yearly, yearly_row, zipped

from ledger.diagnostic import Finding
from ledger.money import AmountError, Interval
from ledger.statements import Asked, Role, Statement, read_statement
from ledger.statements._appropriation_codes import appropriation_code, item_code
from ledger.statements._decimals import read_decimal
from ledger.statements.letter import Letter, read_letter

TKR = 100_000
"""Öre in a tkr."""


def read(data: bytes | str, unit: str | None = None) -> Statement:
    found = read_statement(data if isinstance(data, bytes) else data.encode(), "it", Asked(unit=unit))
    assert isinstance(found, Statement), found
    return found


def refused(data: bytes | str, unit: str | None = None) -> str:
    """The first thing that is wrong, with its place."""
    found = read_statement(data if isinstance(data, bytes) else data.encode(), "it", Asked(unit=unit))
    assert not isinstance(found, Statement)
    return f"{found[0].place.line}:{found[0].place.column} {found[0].message}"


def amounts(statement: Statement, role: Role = "total") -> dict[str, str]:
    """The figures of a role in kronor, by year and code."""
    return {
        f"{row.years} {row.code or row.id or row.recipient}": limits(row.figures[role].interval)
        for row in statement.rows
        if role in row.figures
    }


# --- Numbers and codes


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("571,03900000", 57_103_900_000),
        ("0,00000001", 1),
        ("0,00000010", 10),
        ("-4 964,625", -496_462_500_000),
        ("−12", -1_200_000_000),
        ("4\u00a0964,6", 496_460_000_000),
    ],
)
def test_a_figure_in_mnkr_is_exact_to_the_ore(text: str, ore: int) -> None:
    amount = read_decimal(text, "mnkr")
    assert amount
    assert (amount.interval, amount.number) == (Interval(ore, ore), ore)


@pytest.mark.parametrize(("text", "low"), [("0,000000001", 0), ("12,345678915", 1_234_567_891), ("-0,0000000001", -1)])
def test_finer_than_an_ore_is_the_two_ore_around_it(text: str, low: int) -> None:
    amount = read_decimal(text, "mnkr")
    assert amount
    assert (amount.interval, amount.number) == (Interval(low, low + 1), None)


@pytest.mark.parametrize("text", ["1.5", "abc", "1,2,3", "1e9", "12 34", "٣", "1" * 80, "9999999999999"])
def test_what_is_not_a_number_of_the_file_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        read_decimal(text, "mnkr")


def test_an_empty_cell_states_nothing() -> None:
    assert read_decimal("  ", "mnkr") is None


@pytest.mark.parametrize(
    ("text", "area", "code"),
    [
        ("1303001", "", "UO13 3:1"),
        ("13 03 001", "", "UO13 3:1"),
        ("0601001", "", "UO6 1:1"),
        ("0101012", "", "UO1 1:12"),
        ("3:1", "13", "UO13 3:1"),
        ("UO13 3:1", "", "UO13 3:1"),
        ("UO13  3:1 ap.12", "", "UO13 3:1 ap.12"),
        ("303001", "", ""),
        ("3:1", "", ""),
    ],
)
def test_a_code_as_files_write_it(text: str, area: str, code: str) -> None:
    assert appropriation_code(text, area) == code


@pytest.mark.parametrize(("text", "code"), [("012", "ap.12"), ("1303001012", "ap.12"), ("1", "ap.1"), ("x", "")])
def test_the_number_of_an_item(text: str, code: str) -> None:
    assert item_code(text, "1303001") == code


# --- The yearly expenditure file


def test_the_yearly_file_states_base_top_ups_and_outcome_by_code_and_year() -> None:
    found = read(yearly({}, yearly_row(2024, "3:1", 500_000, top_ups=70_500, outcome=560_250)))
    [row] = found.rows
    assert (found.kind, found.scope, row.code, row.year, row.kind) == (
        "yearly expenditure",
        "areas",
        "UO13 3:1",
        2024,
        "appropriation",
    )
    assert {role: limits(amount.interval) for role, amount in row.figures.items()} == {
        "base": "500000000",
        "top-ups": "70500000",
        "outcome": "560250000",
    }
    assert row.faults == ()


def test_the_files_of_three_years_come_to_the_sums_of_the_budget_bills() -> None:
    found = read(yearly(UO13))
    sums = dict.fromkeys(UO13, 0)
    for row in found.rows:
        sums[row.year] += row.figures["base"].number or 0
    assert sums == {2023: 5_565_206 * TKR, 2025: 6_265_767 * TKR, 2026: 5_866_226 * TKR}


def test_the_zip_it_comes_in_is_read_whatever_the_name_inside() -> None:
    assert amounts(read(zipped(("../../å b.CSV", yearly(UO13)))), "base") == amounts(read(yearly(UO13)), "base")


def test_columns_are_found_by_name_in_any_order_and_in_both_printings() -> None:
    text = yearly(UO13).decode("utf-8-sig")
    turned = "\n".join(";".join(reversed(line.split(";"))) for line in text.splitlines())
    printed = text.replace("medgivet överskridande", "medgivetöverskridande")
    assert amounts(read(turned), "base") == amounts(read(printed), "base") == amounts(read(text), "base")


def test_the_code_of_the_rows_own_year_is_taken() -> None:
    own = "13;Integration;1304002;Förr;13;Integration;13 01 003;Då;2010;0;5;0;0;0;5;0;0"
    [row] = read(file(YEARLY, [own])).rows
    assert (row.code, row.name) == ("UO13 1:3", "Då")


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ("1;10;2;3;4;5;0;9", ""),
        ("1;10;2;-3;4;5;0;9", "6 mnkr more than its 'Utgående överföringsbelopp'; it does with 'Indragningar' added"),
        ("0;10;0;0;0;4;0;5", "1 mnkr more than its 'Utgående överföringsbelopp'"),
        ("0;10;0;0;0;4;0;8,5", "2,5 mnkr less than its 'Utgående överföringsbelopp'"),
        ("0;0,0000000004;0;0;0;0;0;0", ""),
        ("0;10;0;0;;4;0;5", ""),
    ],
)
def test_a_row_that_does_not_carry_over_is_reported(figures: str, says: str) -> None:
    where = "13;O;1303001;A;13;O;1303001;A"
    [row] = read(file(YEARLY, [f"{where};2024;{figures}"])).rows
    said = " ".join(fault.message for fault in row.faults)
    assert says in said
    assert bool(said) == bool(says)


def test_rows_outside_the_areas_are_set_apart() -> None:
    off = ";;;Kassamässig korrigering;;;;Kassamässig korrigering;2024;0;-3,5;0;0;0;-3,5;0;0"
    found = read(yearly({2024: {"3:1": 5}}, off))
    assert [row.code for row in found.rows] == ["UO13 3:1"]
    assert [(row.name, row.code) for row in found.aside] == [("Kassamässig korrigering", "")]


def test_a_figure_finer_than_an_ore_is_said() -> None:
    where = "13;O;1303001;A;13;O;1303001;A"
    [row] = read(file(YEARLY, [f"{where};2024;0;1,123456789;0;0;0;0;0;1,123456789"])).rows
    assert row.notes == ("finer than an öre: Statens budget, Utgående överföringsbelopp",)
    assert row.faults == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Ändringsbudgetar", "Ändringsbudget", "unknown column 'Ändringsbudget' (did you mean 'Ändringsbudgetar'?)"),
        ("Anslagskredit", "Kredit", "unknown column 'Kredit'"),
        (";Anslagskredit", ";Utfall", "the column 'Utfall' is there twice"),
        (";", ",", "the fields are split by ',': outcome files split them by ';'"),
        (";", "\t", "the fields are split by tabs: outcome files split them by ';'"),
        ("571,03900000", "571.03900000", "'571.03900000' has the decimal mark '.', and ',' is expected"),
        ("571,03900000", "571;03900000", "19 fields, the header has 17"),
        (";2025;", ";25;", "'25' is not a year"),
    ],
)
def test_a_yearly_file_that_is_not_as_expected_is_refused(old: str, new: str, says: str) -> None:
    assert says in refused(yearly({2025: UO13[2025]}).decode("utf-8-sig").replace(old, new))


def test_every_missing_column_is_named_with_what_may_be_meant() -> None:
    found = read_statement(yearly({}).replace("Ändringsbudgetar".encode(), "Ändringsbudget".encode()), "it")
    assert not isinstance(found, Statement)
    assert [one.message for one in found] == [
        "unknown column 'Ändringsbudget' (did you mean 'Ändringsbudgetar'?)",
        "no column 'Ändringsbudgetar' (did you mean 'Ändringsbudget'?)",
    ]


# --- The monthly expenditure file

JAMY = ("Jämställdhetsmyndigheten", "202100-6792")
KK = ("Kammarkollegiet", "202100-0829")


def test_months_add_up_to_the_outcome_of_items_and_appropriations() -> None:
    rows = [
        monthly_row(2024, "1303001", "012", KK, ["1,5"] * 12, sub="01"),
        monthly_row(2024, "1303001", "012", KK, ["0,25"] * 12, sub="02"),
        monthly_row(2024, "1303001", "006", JAMY, ["0,00000001"] * 12),
    ]
    found = read(file(MONTHLY, rows))
    assert amounts(found, "outcome") == {
        "2024 UO13 3:1": "21000000.12",
        "2024 UO13 3:1 ap.12": "21000000",
        "2024 UO13 3:1 ap.6": "0.12",
    }
    assert [row.partial for row in found.rows] == ["", "", ""]
    assert {row.recipient for row in found.rows if row.kind == "item"} == {JAMY[0], KK[0]}


@pytest.mark.parametrize(
    ("months", "outcome", "partial"),
    [
        (["2"] * 3 + [""] * 9, "6000000", "no figure after mars"),
        (["2"] * 11 + [""], "22000000", "no figure for december"),
        (["2"] * 5 + [""] + ["0"] * 6, "10000000", "no figure for juni"),
        ([""] * 12, None, "no month has a figure"),
        (["0"] * 12, "0", ""),
    ],
)
def test_an_empty_month_is_not_zero(months: list[str], outcome: str | None, partial: str) -> None:
    found = read(file(MONTHLY, [monthly_row(2024, "1303001", "1", JAMY, months)]))
    assert amounts(found, "outcome").get("2024 UO13 3:1") == outcome
    assert found.rows[0].partial == partial


def test_an_unknown_header_of_the_monthly_file_is_refused() -> None:
    data = file(MONTHLY.replace("Utfall juni", "Utfall juny"), [])
    assert "unknown column 'Utfall juny' (did you mean 'Utfall juni'?)" in refused(data)


# --- Letters

Flat = tuple[str, str, int]


def flat(found: Letter) -> list[Flat]:
    """Agency, code and figure in the unit of tkr of every item."""
    return [
        (share.agency, item.code, (item.amount.number or 0) // TKR if item.amount else -1)
        for one in found.appropriations
        for share in one.shares
        for item in share.items
    ]


def letter_of(text: str, unit: str | None = None) -> Letter:
    found = read_letter(text, "it", unit)
    assert isinstance(found, Letter), found
    return found


def test_the_letter_of_2021_is_read() -> None:
    found = letter_of(LETTER_2021)
    assert (found.year, found.decided, found.references) == (2021, "2021-06-03", ("A2021/01302",))
    assert {code: tkr for _, code, tkr in flat(found)} == ITEMS_2021
    assert [(one.code, one.name, one.amount) for one in found.appropriations] == [
        ("UO13 3:1", "Särskilda jämställdhetsåtgärder (Ramanslag)", None)
    ]
    assert found.faults == ()
    [condition] = found.conditions
    assert (condition.appropriation, condition.item) == ("UO13 3:1", "ap.12")
    assert limits(condition.amount.interval) == "[0, 4500000]"


def test_a_letters_appropriation_is_the_sum_of_its_shares() -> None:
    found = read(LETTER_2021)
    [row] = [row for row in found.rows if row.kind == "appropriation"]
    assert (limits(row.figures["total"].interval), row.derived) == ("439039000", True)
    assert (found.scope, found.decided, found.reference) == ("appropriations", "2021-06-03", "A2021/01302")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("184 439", "184\u00a0439"),
        ("184 439", "184\u202f439"),
        ("(ram)184 439", "(ram) 184 439"),
        ("(ram)", "(ram)\t"),
        ("Kammar", "Kammar\u00ad"),
        ("\n", "\r\n"),
        ("\nDisponeras", "\n\n  Disponeras"),
        ("ungdoms- och civilsam", "ungdoms- och\ncivilsam"),
        ("ap.", "3:1 ap."),
        ("4.1 Tilldelade anslag/anslagsposter (belopp angivna i tkr)\n", ""),
    ],
)
def test_the_letter_reads_the_same_however_it_was_saved(old: str, new: str) -> None:
    assert old in LETTER_2021
    found = read_statement(LETTER_2021.replace(old, new).encode(), "it")
    assert isinstance(found, Statement)
    items = {row.code.split()[-1]: limits(row.figures["total"].interval) for row in found.rows if "ap." in row.code}
    assert items == {code: f"{tkr}000" for code, tkr in ITEMS_2021.items()}
    assert found.faults == ()


def test_a_saved_page_is_read_by_its_cells() -> None:
    page = """<!DOCTYPE html><html><head><script>var x = 'Disponeras av X1 000';</script></head><body>
    <p>2021-06-03<br>A2021/01302</p><h1>Regleringsbrev f&ouml;r budget&aring;ret 2021 avseende anslag 3:1</h1>
    <table><tr><td><h2>4.1 Tilldelade anslag/anslagsposter (belopp angivna i tkr)</h2>
    <p>Utgiftsomr&aring;de 13 J&auml;mst&auml;lldhet</p>
    <table><tr><td>3:1</td><td><b>S&auml;rskilda</b> &aring;tg&auml;rder (Ramanslag)</td><td></td></tr>
    <tr><td colspan="2">Disponeras av
       Kammarkollegiet</td><td><p>12&nbsp;000</p></td></tr>
    <tr><td>ap.12</td><td><p>Insatser 2021</p></td><td>10&nbsp;000</td></tr>
    <tr><td>ap.13</td><td>Insatser 20</td><td>2&nbsp;000</td></tr></table></td></tr></table></body></html>"""
    found = letter_of(page)
    assert flat(found) == [("Kammarkollegiet", "ap.12", 10_000), ("Kammarkollegiet", "ap.13", 2_000)]
    assert found.appropriations[0].shares[0].items[0].name == "Insatser 2021"
    assert (found.decided, found.references) == ("2021-06-03", ("A2021/01302",))
    assert isinstance(read_statement(page.encode(), "it"), Statement)


def test_agency_total_is_the_sum_of_its_items_settles_glued_digits() -> None:
    rows = ("Disponeras av Kammarkollegiet14 300", "ap.1Insatser 20212 000", "ap.2Stöd (ram)12 300")
    assert flat(letter_of(letter(*rows))) == [("Kammarkollegiet", "ap.1", 2_000), ("Kammarkollegiet", "ap.2", 12_300)]


def test_what_no_sum_settles_is_reported_with_its_readings() -> None:
    found = letter_of(letter("Disponeras av Kammarkollegiet14 301", "ap.1Insatser 20212 000", "ap.2Stöd (ram)12 300"))
    assert flat(found) == [("Kammarkollegiet", "ap.1", -1), ("Kammarkollegiet", "ap.2", 12_300)]
    [fault] = found.faults
    assert fault.place.line == 8
    for figure in ("212 000", "12 000", "2 000"):
        assert f"'{figure}' after" in fault.message


def test_a_total_that_its_items_do_not_come_to_is_reported() -> None:
    found = letter_of(letter("Disponeras av Kammarkollegiet14 301", "ap.2Stöd (ram)12 300"))
    assert [fault.message for fault in found.faults] == ["the items come to 12 300, the total over them says 14 301"]


def test_a_digit_that_may_belong_to_the_name_or_to_the_items_number_is_reported_or_settled() -> None:
    rows = ("Disponeras av Regeringskansliet10", "ap.124-timmarsmyndigheten (ram)10")
    found = letter_of(letter(*rows))
    assert [item.code for item in found.appropriations[0].shares[0].items] == [""]
    assert "ap.1 '24-timmars" in found.faults[0].message
    told = letter_of(letter(*rows, "Villkor för anslag 3:1", "ap.1 24-timmarsmyndigheten"))
    [item] = told.appropriations[0].shares[0].items
    assert (item.code, item.name, told.faults) == ("ap.1", "24-timmarsmyndigheten (ram)", ())


def test_sub_items_lie_in_their_item() -> None:
    rows = (
        "Disponeras av Socialstyrelsen75 000",
        "ap.1Stöd (ram)75 000",
        "ap.1.1Till regeringens disposition (ram)5 000",
    )
    found = letter_of(letter(*rows))
    [item] = found.appropriations[0].shares[0].items
    assert (item.code, [part.code for part in item.parts], found.faults) == ("ap.1", ["ap.1.1"], ())


LETTER_2003 = """\
Regeringsbeslut
2003-06-23 N2003/100
Ändring av regleringsbrev för budgetåret 2003 avseende Exempelverket
2.2.1Tilldelade anslag
Utgiftsområde 14 Arbetsliv
23:6Exempelorganisationen (EO) (ramanslag)26 681 tkr
23:6 ap.1Medlemsavgift (ram)25 181 tkr

Disponeras av Regeringskansliet
23:6 ap.2Övriga kostnader (ram)1 500 tkr

Disponeras av Exempelverket
Villkor
23:6 ap.1 Medlemsavgift
Högst 500 000 kronor får användas.Utgiftsområde 15 Studiestöd

25:7Bidrag till vissa ändamål (ramanslag)25 450 tkr

Disponeras av Exempelverket
2.2.2Finansiella villkor för anslag
25:7 ap.12 54503 %
"""


def test_the_layout_of_2003_has_a_unit_after_each_figure_and_agencies_under_items() -> None:
    found = letter_of(LETTER_2003)
    assert flat(found) == [("Regeringskansliet", "ap.1", 25_181), ("Exempelverket", "ap.2", 1_500)]
    assert [(one.code, one.amount and one.amount.words) for one in found.appropriations] == [
        ("UO14 23:6", "26 681 tkr"),
        ("UO15 25:7", "25 450 tkr"),
    ]
    assert [share.agency for share in found.appropriations[1].shares] == ["Exempelverket"]
    assert (found.decided, found.references, found.faults, found.notes) == ("2003-06-23", ("N2003/100",), (), ())
    assert [(one.appropriation, one.item) for one in found.conditions] == [("UO14 23:6", "ap.1")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (LETTER_2021.replace("budgetåret", "året"), "no budget year"),
        (LETTER_2021.split("4.1")[0], "no table of a letter"),
    ],
)
def test_a_letter_without_year_or_table_is_refused(text: str, says: str) -> None:
    assert says in refused(text)


def test_an_appropriation_without_an_area_is_reported() -> None:
    text = letter("Disponeras av Kammarkollegiet5", "ap.1Stöd (ram)5").replace("Utgiftsområde 13 Jämställdhet\n", "")
    found = letter_of(text)
    assert [one.message for one in found.faults] == ["the appropriation's area or number is not known: '3:1'"]


def test_an_appropriation_that_stands_twice_is_reported_at_the_second() -> None:
    once = letter("Disponeras av Kammarkollegiet5", "ap.1Stöd (ram)5")
    found = letter_of(
        f"{once}\n3:1 Särskilda jämställdhetsåtgärder (Ramanslag)\nDisponeras av Kammarkollegiet7\nap.1Stöd (ram)7"
    )
    [fault] = found.faults
    first, second = (one.place for one in found.appropriations)
    assert fault.message == f"UO13 3:1 stands in line {first.line} already: leave one of the two out"
    assert fault.place == second


def test_the_unit_of_the_heading_or_the_user_holds() -> None:
    rows = ("Disponeras av Kammarkollegiet5 000", "ap.1Stöd (ram)5 000")
    kronor = letter_of(letter(*rows, heading="4.1 Tilldelade anslag (belopp angivna i kronor)"))
    asked = letter_of(letter(*rows, heading="4.1 Tilldelade anslag"), unit="mnkr")
    silent = letter_of(letter(*rows, heading="4.1 Tilldelade anslag"))
    totals = [one.appropriations[0].shares[0].amount for one in (kronor, asked, silent)]
    assert [amount and limits(amount.interval) for amount in totals] == ["5000", "5000000000", "5000000"]
    assert [bool(one.notes) for one in (kronor, asked, silent)] == [False, False, True]


# A letter drawn at random: agencies with items; names may end in numbers, and have their type behind them or not.

Layout = Literal["today", "2003"]
NAMES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["Insatser", "Stöd m.m.", "Åtgärder - del till RK", "Bidrag (EU)", "Program A"]),
        st.sampled_from(["", " 2021", " 12", " 3", " 2020/21", "1", " 1 000", " -", " 100 2"]),
        st.sampled_from(["", " (ram)", " (Ramanslag)"]),
    ),
)
FIGURES = st.one_of(st.integers(-9_999, 99_999_999), st.sampled_from([0, 1, 12, 100, 1_000, 2_021, 10_012]))
ITEMS = st.lists(st.tuples(NAMES, FIGURES), min_size=1, max_size=4)
AGENCIES = st.lists(st.tuples(st.text(string.ascii_letters, min_size=3, max_size=9), ITEMS), min_size=1, max_size=3)


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def flattened(agencies: Sequence[tuple[str, Sequence[tuple[str, int]]]], between: str, layout: Layout) -> str:
    """The table of a letter, with the name and figure of a row parted by nothing, a space, or a tab."""
    rows, at = [], 0
    for agency, items in agencies:
        if layout == "today":
            rows.append(f"Disponeras av {agency}{between}{grouped(sum(tkr for _, tkr in items))}")
        for name, tkr in items:
            at += 1
            rows.append(f"ap.{at}{name}{between}{grouped(tkr)}" + (" tkr" if layout == "2003" else ""))
            if layout == "2003":
                rows.append(f"Disponeras av {agency}")
    text = letter(*rows)
    total = sum(tkr for _, items in agencies for _, tkr in items)
    printed = f"3:1 Exempel (Ramanslag){between}{grouped(total)} tkr"
    return text.replace("3:1 Exempel (Ramanslag)", printed) if layout == "2003" else text


@settings(max_examples=400, deadline=None)
@given(AGENCIES, st.sampled_from(["", " ", "\t"]), st.sampled_from(["today", "2003"]))
def test_a_flattened_letter_gives_its_own_figures_or_says_what_is_ambiguous(
    agencies: list[tuple[str, list[tuple[str, int]]]], between: str, layout: Layout
) -> None:
    found = letter_of(flattened(agencies, between, layout))
    rows = [item for one in found.appropriations for share in one.shares for item in share.items]
    figures = [tkr for _, items in agencies for _, tkr in items]
    assert len(rows) == len(figures)
    reported = {fault.place.line for fault in found.faults}
    for row, tkr in zip(rows, figures, strict=True):
        if row.amount is None:
            assert row.place.line in reported
        else:
            assert row.amount.number == tkr * TKR
    if between == "\t":
        assert not found.faults


# --- Tables in CSV


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("code,year,total\n1303001,2025,571039\n", "tkr", {"2025 UO13 3:1": "571039000"}),
        ("code;year;total (tkr)\nUO13 3:1;2025;571 039\n", None, {"2025 UO13 3:1": "571039000"}),
        ("Anslagskod\tÅr\tBelopp_mnkr\n1303001\t2025\t571,0390\n", None, {"2025 UO13 3:1": "571039000"}),
        ("mottagare;år;summa\njamy;2024;23,5 mnkr\n", None, {"2024 jamy": "23500000"}),
        ("id,amount\na-line,drygt 600 mnkr\n", None, {"0 a-line": "[600000000, 700000000)"}),
        ('agency,year,amount\n"A, B",2024,"5 tkr"\n', None, {"2024 A, B": "5000"}),
    ],
)
def test_a_table_is_read_by_the_names_of_its_columns(text: str, unit: str | None, expected: dict[str, str]) -> None:
    assert amounts(read(text, unit)) == expected


@pytest.mark.parametrize(
    ("text", "unit", "says"),
    [
        ("code,year,total\n1303001,2025,571039\n", None, "2:14 '571039' has no unit: say it with --unit"),
        ("code,total\n1303001,5\n", "kr", "no column 'year'"),
        ("year,total\n2024,5\n", "kr", "no column tells the lines"),
        ("code,year\n1303001,2024\n", "kr", "no column of amounts"),
        ("code,kod,year,total\n1,1,2024,5\n", "kr", "two columns of one meaning: 'code' and 'kod'"),
        ("code,year,total\n1303001,2025\n", "kr", "2:1 2 fields, the header has 3"),
        ("code,year,total\n1303001,x,5\n", "kr", "2:9 'x' is not a year"),
        ('code,year,total\n"1303001,2025,5\n', "kr", "not readable as delimited text"),
    ],
)
def test_a_table_that_cannot_be_read_says_why_and_where(text: str, unit: str | None, says: str) -> None:
    assert says in refused(text, unit)


# --- Bytes that are no statement


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF: save it as text"),
        (b"\xff\xfeA\x00", "not a document that is known here"),
        (b"\xff\xfeA\x00\x00", "not utf-16: byte 0x00"),
        (b"a;b\x00c\n", "not a text: it holds a zero byte"),
        ("Anslag;År\nFörsvar;2024\n".encode("cp1252"), "1:1 no column of amounts"),
        (b"ab\n\xc3\n", "2:1 not UTF-8: byte 0xC3; save it as UTF-8"),
        (b"just a sentence", "not a document that is known here"),
        (zipped(), "not a text"),
        (zipped(("a.txt", b"x")), "a zip with no CSV files"),
        (zipped(("a.csv", b"x"), ("b.csv", b"y")), "a zip with 2 CSV files"),
        (zipped(("[Content_Types].xml", b"x"), ("xl/a.csv", b"y")), "a document of Office that is no workbook"),
        (zipped(("a.csv", b"x" * 99))[:60], "a zip that cannot be unpacked"),
        (zipped(("a.csv", zipped(("b.csv", b"x")))), "not a text"),
    ],
    ids=[str(number) for number in range(15)],  # a zip holds the time it was made: it cannot name a test
)
def test_bytes_that_are_no_statement_are_refused_in_one_line(data: bytes, says: str) -> None:
    said = refused(data)
    assert says in said
    assert "\n" not in said


def declaring(data: bytes, size: int) -> bytes:
    """A zip that says of its one member that it unpacks to so many bytes."""
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + struct.pack("<I", size) + data[at + 4 :]


def test_a_zip_that_unpacks_to_too_much_is_refused() -> None:
    assert "a zip of a file of 2048 MiB, 256 at most" in refused(declaring(zipped(("a.csv", b"x")), 2**31))


def test_a_zip_that_lies_about_its_size_is_not_believed() -> None:
    packed = zipped(("a.csv", yearly(UO13)))
    assert "a zip that cannot be unpacked" in refused(declaring(packed, 10))


def test_a_fault_points_into_the_file() -> None:
    found = read_statement(yearly({2025: UO13[2025]}).replace(b"571,03900000;0", b"571,x;0", 1), "a.csv")
    assert isinstance(found, tuple)
    [fault] = found
    assert isinstance(fault, Finding)
    assert str(fault.place) == "a.csv:6:75"


# --- Our own exports

EXPORT = """\
id,year,full_code,title,kind,recipient,base,base_low,base_high,base_stated,top_ups,top_ups_low,top_ups_high,top_ups_stated,\
total,total_low,total_high,total_stated,outcome,outcome_low,outcome_high,outcome_stated
a,2024,,A,grant,,,,,,,,,,5000000,5000000,5000000,5 mnkr,,,,
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("base_low", "base", "the column 'base' is there twice"),
        (",2024,", ",24,", "2:3 '24' is not a year"),
        (",5000000,5 mnkr", ",five,5 mnkr", "2:26 total: 'five' is not a number"),
    ],
)
def test_an_export_that_was_changed_by_hand_is_refused_where_it_is_wrong(old: str, new: str, says: str) -> None:
    assert says in refused(EXPORT.replace(old, new, 1))


def test_an_export_without_limits_has_the_number_alone() -> None:
    [row] = read(EXPORT.replace(",5000000,5000000,5000000,", ",5000000,,,").encode()).rows
    assert row.figures["total"].interval == Interval(500_000_000, 500_000_000)


@pytest.mark.parametrize(
    "end",
    [
        "5 000,5",
        "5 000.50",
        "0,5",
        "5 000<sup>1</sup>",
        "5 000[1]",
        "5 000 a)",
        "5 000:-",
        "högst 5 000",
        "~5 000",
        "1) 5 000",
        "+5 000",
    ],
)
def test_a_row_of_a_letter_that_is_no_whole_figure_is_unclear(end: str) -> None:
    letter = read_letter(LETTER_2021.replace("(ram)9 000", f"(ram){end}"), "it")
    assert isinstance(letter, Letter)
    assert any("is not a figure alone" in fault.message for fault in letter.faults), letter.faults


@pytest.mark.parametrize(("said", "unit"), [("miljoner kronor", "mnkr"), ("tusental kronor", "tkr"), ("mdkr", "mdkr")])
def test_the_heading_of_a_letter_says_its_unit(said: str, unit: str) -> None:
    letter = read_letter(LETTER_2021.replace("angivna i tkr", f"angivna i {said}"), "it")
    assert isinstance(letter, Letter)
    amounts = [share.amount.words for one in letter.appropriations for share in one.shares if share.amount]
    assert amounts
    assert all(words.endswith(f" {unit}") for words in amounts)


@pytest.mark.parametrize("said", ["EUR", "tusental euro", "öre per invånare"])
def test_a_letter_in_another_unit_than_kronor_is_refused(said: str) -> None:
    found = read_letter(LETTER_2021.replace("angivna i tkr", f"angivna i {said}"), "it")
    assert not isinstance(found, Letter)
    assert "a letter's are in kronor" in found[0].message


@pytest.mark.parametrize("row", ["Disponeras av ACA\t0", "Disponeras av CA\t5 000", "Disponeras av Max\t5 000"])
def test_a_name_that_ends_like_a_limit_is_none(row: str) -> None:
    found = read_letter(
        f"{LETTER_2021[: LETTER_2021.index('Disponeras av')]}{row}\nap.1\tInsatser\t{row.rpartition(chr(9))[2]}\n", "it"
    )
    assert isinstance(found, Letter)
    assert not any("is not a figure alone" in fault.message for fault in found.faults)
