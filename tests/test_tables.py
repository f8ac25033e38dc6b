"""Tables from elsewhere: where the headings stand, what each column holds, which rows are sums, which figures are sure."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from books import limits
from hypothesis import given
from hypothesis import strategies as st
from running import run

from ledger.diagnostic import Finding
from ledger.money import AmountError
from ledger.reading import load
from ledger.statements import Asked, Statement, read_statement
from ledger.statements._column_headings import heading_of
from ledger.statements._delimited import sheet_of
from ledger.statements._money_units import Unit, unit_of
from ledger.statements._sheet import Cell, CellKind, Line, Sheet
from ledger.statements._sum_rows import is_perhaps_sum, is_sum, part_of
from ledger.statements._table_figures import Marks, marks_of, read_figure
from ledger.statements.any_table import read_sheet, recognises_sheet

TKR = Unit(1000, "SEK")
EUR = "EUR"


def came_to(text: str, asked: Asked) -> Statement | tuple[Finding, ...]:
    return read_statement(text.encode(), "t.csv", asked)


def read(text: str, **asked: object) -> Statement:
    found = came_to(text, Asked(**asked))  # type: ignore[arg-type]
    assert isinstance(found, Statement), found
    return found


def refused(text: str, **asked: object) -> list[str]:
    found = came_to(text, Asked(**asked))  # type: ignore[arg-type]
    assert not isinstance(found, Statement), found
    return [f"{one.place.line}:{one.place.column} {one.message}" for one in found]


def rows(statement: Statement) -> list[str]:
    """Each row as `2024 UO13 3:1 total 5000`, kronor; a figure that could not be read as `?`."""
    return [
        " ".join(
            (
                row.years,
                row.code or row.id or row.recipient or row.name,
                *(f"{role} {limits(amount.interval)}" for role, amount in row.figures.items()),
                *(f"{role} ?" for role in row.unread),
            )
        )
        for row in statement.rows
    ]


def workbook(lines: Iterable[Sequence[str | Cell]], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Sheet:
    """A sheet of a workbook, lines from 1."""
    made = []
    for number, texts in enumerate(lines, 1):
        cells = [text if isinstance(text, Cell) else Cell(text) for text in texts]
        places = [Cell(one.text, one.kind, at, at + 1, one.doubt) for at, one in enumerate(cells, 1)]
        if any(one.text or one.kind != "text" for one in places):
            made.append(Line(number, tuple(places)))
    return Sheet("t.xlsx", tuple(made), "Blad1", workbook=True, merged=merged)


def number(text: str) -> Cell:
    return Cell(text, "number")


# --- Headings and units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Belopp (TSEK)", "total tkr"),
        ("Belopp i tkr", "total tkr"),
        ("Amount (SEK million)", "total mnkr"),
        ("Budget, mnkr", "base mnkr"),
        ("Belopp\n(tkr)", "total tkr"),
        ("Ändrings-\nbudget, tkr", "top-ups tkr"),
        ("Belopp kr", "total kr"),
        ("Belopp SEK", "total kr"),
        ("SEKm", "total mnkr"),
        ("Amount, SEKm", "total mnkr"),
        ("Amount (SEK 000s)", "total tkr"),
        ("Belopp (miljoner kronor)", "total mnkr"),
        ("Belopp, tusental kronor", "total tkr"),
        ("Belopp (1000-tal kronor)", "total tkr"),
        ("Belopp 1 000 kr", "total tkr"),
        ("Belopp (mdr kr)", "total mdkr"),
        ("Belopp (miljoner)", "total mnkr"),
        ("total_tkr", "total tkr"),
        ("tkr", "total tkr"),
        ("Amount (EUR thousand)", "total thousand EUR"),
        ("Amount (€m)", "total million EUR"),
        ("MEUR", "total million EUR"),
        ("Utfall 2023 (mnkr)", "outcome mnkr 2023-2023"),
        ("Budget 2024 i miljoner kronor", "base mnkr 2024-2024"),
        ("Utfall år 2024", "outcome 2024-2024"),
        ("Anslag 2024", "total 2024-2024"),
        ("Anslag (tkr)", "total tkr"),
        ("Belopp¹", "total"),
        ("Anslag", "code"),
        ("Anslagspost", "item"),
        ("Valuta", "currency"),
        ("Enhet", "unit"),
        ("2024", "total 2024-2024"),
        ("2022–2023", "total 2022-2023"),
        ("Andel (%)", ""),
        ("Budget (%)", ""),
        ("Andel av budget", ""),
        ("Årsarbetskrafter", ""),
        ("Antal", ""),
        ("Kvinnor", ""),
        ("Dnr", ""),
        ("Sida", ""),
        ("Amount ($)", ""),
        ("Prognos 2024", "2024-2024"),
    ],
)
def test_a_heading_says_what_its_column_holds(text: str, expected: str) -> None:
    found = heading_of(text)
    unit = found.unit.name("SEK") if found.unit else ""
    years = "-".join(map(str, found.years)) if found.years else ""
    assert " ".join(filter(None, (found.meaning, unit, years))) == expected


@pytest.mark.parametrize("text", ["st", "procent", "personer", "%", "", "k", "$", "USD EUR"])
def test_what_is_no_unit_of_money(text: str) -> None:
    assert unit_of(text) is None


# --- Figures of cells


def figure(text: str, unit: Unit | None = TKR, kind: CellKind = "text", marks: Marks | None = None) -> str:
    """The figure in tkr, or why it is not read."""
    try:
        found = read_figure(Cell(text, kind), unit, "SEK", marks or Marks()).amount
    except AmountError as error:
        return str(error)
    if found is None:
        return "-"
    return limits(found.interval)


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        *(("5 000-", "-5000000"), ("(5 000)", "-5000000"), ("− 5 000", "-5000000"), ("–5 000", "-5000000")),
        *(("- 3 000", "-3000000"), ("– 1 500", "-1500000"), ("\u20113 000", "-3000000"), ("3000−", "-3000000")),
        *(("(23.5)", "-23500"), ("(167 000)", "-167000000"), ("+500", "500000"), ("-0", "0")),
        *(("3 000¹", "3000000"), ("3 000 1)", "3000000"), ("3 000*", "3000000"), ("3 000 p", "3000000")),
        *(("3 000 (rev.)", "3000000"), ("3 000 ^1", "3000000"), ("250³", "250000"), ("3 000 (p)", "3000000")),
        *(("3'000", "3000000"), ("1'234'567", "1234567000"), ("3\u00a0000", "3000000"), ("3\u202f000", "3000000")),
        *(("1,5", "1500"), ("12.34", "12340"), ("0,500", "500"), ("1.234,50", "1234500"), ("1,234.50", "1234500")),
        *(
            ("1.234.567", "1234567000"),
            ("1,234,567", "1234567000"),
            ("1 234,5678", "1234567.80"),
            ("'3 000", "3000000"),
        ),
        *(("23,5 mnkr", "23500000"), ("högst 5 mnkr", "[0, 5000000]"), ("drygt 600", "[600000, 700000)")),
        *(("5–8", "[5000, 8000]"), ("-5 tkr", "-5000"), ("5 kr", "5")),
        *((mark, "-") for mark in ("", " ", "-", "–", "—", "..", "...", "…", "\u00a0")),
    ],
)
def test_a_figure_of_a_table(text: str, kronor: str) -> None:
    assert figure(text) == kronor


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("?23,5", "lost in Windows-1252"),
        ("1?500", "lost in Windows-1252"),
        ("? 5", "lost in Windows-1252"),
        ("12  345", "several spaces"),
        ("12\u00a0 345", "several spaces"),
        ("[3 000]", "an estimate, a limit or a note"),
        ("<3 000", "an estimate, a limit or a note"),
        ("3 000[1]", "an estimate, a limit or a note"),
        ("3 000,-", "says kronor"),
        ("3 000:-", "says kronor"),
        ("(1)", "may be -1 or the number of a footnote"),
        ("(-5 000)", "two signs"),
        ("-5 000-", "two signs"),
        ("--5", "two signs"),
        ("1,500", "two ways"),
        ("1.500", "two ways"),
        ("5 %", "a percentage"),
        ("#REF!", "an error of the spreadsheet"),
        ("####", "an error of the spreadsheet"),
        ("=SUM(A1:A3)", "a formula"),
        ("1E+06", "a power of ten"),
        ("1,5e3", "a power of ten"),
        ("0024", "begins with 0"),
        ("1,23,456", "not in groups of three"),
        ("12 34", "not in groups of three"),
        ("x", "is not an amount"),
        ("ej fastställt", "is not an amount"),
        ("3 000 e", "is not a unit"),
        ("3 0001)", "is not a unit"),
        ("3 000 (1)", "is not a unit"),
        ("5 000 USD", "is in USD, and this ledger is in SEK"),
        ("9" * 130, "characters are no amount"),
        ("9999999999999", "more than any budget holds"),
        ("0,000001", "finer than a hundredth"),
    ],
)
def test_a_figure_that_is_not_sure_is_not_read(text: str, why: str) -> None:
    assert why in figure(text)


def test_the_mark_of_prices_is_kronor_in_a_column_of_kronor() -> None:
    assert figure("3 000,-", Unit(1)) == figure("3 000:-", Unit(1, "SEK")) == "3000"


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        *(("23.5", "23500"), ("1234567.891", "1234567891"), ("3000", "3000000"), ("-0.0", "0"), ("0.3", "300")),
        *(("1E+3", "1000000"), ("999999999999", "999999999999000")),
    ],
)
def test_a_number_of_a_workbook_is_exact(text: str, kronor: str) -> None:
    assert figure(text, TKR, "number") == kronor


@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [
        ("0.000001", "number", "finer than a hundredth"),
        ("1000000000000.5", "number", "more digits than a spreadsheet keeps"),
        ("1000000000000000", "number", "more digits than a spreadsheet keeps"),
        ("NaN", "number", "is not a number"),
        ("SANT", "truth", "a truth value"),
        ("2024-03-01", "date", "a date"),
        ("03:01:00", "time", "a time"),
        ("5 %", "percent", "a percentage"),
        ("", "error", "an error of the spreadsheet"),
        ("", "uncalculated", "never worked out"),
    ],
)
def test_a_cell_that_holds_no_money_is_not_read(text: str, kind: CellKind, why: str) -> None:
    assert why in figure(text, TKR, kind)


def test_a_doubtful_cell_is_not_read() -> None:
    with pytest.raises(AmountError, match="'2503': a raised digit"):
        read_figure(Cell("2503", doubt="a raised digit"), TKR, "SEK", Marks())


@pytest.mark.parametrize(
    ("column", "text", "kronor"),
    [
        (["12 345,50"], "1,500", "1500"),
        (["12 345,50"], "1.500", "two ways"),
        (["1 500", "1500.00"], "1,500", "two ways"),
        (["12,5", "7"], "1,500", "1500"),
        (["1,234,567"], "1,500", "1500000"),
        (["1,234.50"], "1.500", "1500"),
        (["12.5"], "1,500", "1500000"),
        (["(0,5)"], "1,500", "1500"),
        (["12 345", "7"], "1,500", "two ways"),
        (["12,5", "12.5"], "1,500", "two ways"),
        (["1,250", "2,750"], "1,500", "two ways"),
        (["12,5 mnkr"], "1,500", "two ways"),
        ([], "1,500", "two ways"),
    ],
)
def test_the_other_cells_of_a_column_decide_what_a_mark_is_or_nothing_does(
    column: list[str], text: str, kronor: str
) -> None:
    assert kronor in figure(text, TKR, marks=marks_of(map(Cell, [*column, text])))


@given(st.integers(-(10**12), 10**12), st.sampled_from(["", "\u00a0", "\u202f", " ", "'"]), st.sampled_from("-−–("))
def test_a_whole_number_comes_back_however_it_is_grouped_and_signed(value: int, space: str, sign: str) -> None:
    digits = f"{abs(value):,}".replace(",", space)
    text = digits if value >= 0 else f"({digits})" if sign == "(" else f"{sign}{digits}"
    found = figure(text, Unit(1))
    assert found == str(value) or (sign == "(" and -100 < value < 0 and "footnote" in found)


# --- Where the headings stand


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anslag i budgeten\nBelopp i tkr\n\nAnslag;År;Belopp\nUO13 3:1;2024;5\n", ["2024 UO13 3:1 total 5000"]),
        ("Anslag 2024\nAnslag;Belopp (tkr)\nUO13 3:1;5\n", ["2024 UO13 3:1 total 5000"]),
        ("Tabell 1; utan rubrik; tkr\nAnslag;År;Belopp;Namn\nUO13 3:1;2024;5;A\n", ["2024 UO13 3:1 total 5000"]),
        ('Anslag;"Belopp\n(tkr)";År\nUO13 3:1;5;2024\n', ["2024 UO13 3:1 total 5000"]),
        ("Anslag;År;Belopp\n;;tkr\nUO13 3:1;2024;5\n", ["2024 UO13 3:1 total 5000"]),
        (";;Budget\nAnslag;Namn;2024, tkr\nUO13 3:1;A;5\n", ["2024 UO13 3:1 base 5000"]),
        (
            "Belopp i tkr\nAnslag;Budget;Budget;Utfall;Utfall\n;2023;2024;2023;2024\nUO13 3:1;1;2;3;4\n",
            ["2023 UO13 3:1 base 1000 outcome 3000", "2024 UO13 3:1 base 2000 outcome 4000"],
        ),
        (
            "Anslag;2023;2024;2025\nUO13 3:1;1;–;3\n",
            ["2023 UO13 3:1 total 1000", "2025 UO13 3:1 total 3000"],
        ),
        ("Anslag;2025;2024\nUO13 3:1;1;2\n", ["2025 UO13 3:1 total 1000", "2024 UO13 3:1 total 2000"]),
        ("Anslag;2022-2023;2024\nUO13 3:1;1;2\n", ["2022-2023 UO13 3:1 total 1000", "2024 UO13 3:1 total 2000"]),
        (
            ";;Budget;Budget\nAnslag;Namn;2023;2024\nUO13 3:1;A;5;6\n",
            ["2023 UO13 3:1 base 5000", "2024 UO13 3:1 base 6000"],
        ),
        (
            "Utfall per anslag, tkr\nAnslag;2023;2024\nUO13 3:1;1;2\n",
            ["2023 UO13 3:1 outcome 1000", "2024 UO13 3:1 outcome 2000"],
        ),
        ("sep=|\nAnslag|År|Belopp\nUO13 3:1|2024|5\n", ["2024 UO13 3:1 total 5000"]),
        ("# not a header, year, total\n#metoo, 2024\nkod,år,belopp\nUO13 3:1,2024,5\n", ["2024 UO13 3:1 total 5000"]),
        ("mottagare,år,belopp\n#metoo,2024,5\n", ["2024 #metoo total 5000"]),
        ("#;Anslag;År;Belopp\n1;UO13 3:1;2024;5\n", ["2024 UO13 3:1 total 5000"]),
        ("Utgiftsområde;Anslag;Anslagspost;År;Belopp\n13;3:1;12;2024;5\n", ["2024 UO13 3:1 ap.12 total 5000"]),
        ("Anslag;Anslagspost;År;Belopp\nUO13 3:1;ap.3;2024;5\n", ["2024 UO13 3:1 ap.3 total 5000"]),
        ("Anslag;År;Belopp\nUO13 3:1 Särskilda åtgärder;2024;5\n", ["2024 UO13 3:1 total 5000"]),
        ("kod;period;belopp\nUO13 3:1;2022-2023;5\n".replace("period", "år"), ["2022-2023 UO13 3:1 total 5000"]),
        ("Mottagare;Belopp, mnkr;Andel (%);År\nRoks;5;12;2024\n", ["2024 Roks total 5000000"]),
    ],
)
def test_the_headings_are_found_with_their_units_and_years(text: str, expected: list[str]) -> None:
    assert rows(read(text, unit="tkr")) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "Anslag;2022/23;2023/24\nUO13 3:1;1;2\n",
            "'2022/23' is a fiscal year, which is not read yet: write '2022-2023'",
        ),
        (
            "kod;år;belopp\nUO13 3:1;2022/23;1\n",
            "2:10 '2022/23' is a fiscal year, which is not read yet: write '2022-2023'",
        ),
        ("kod;år;belopp\nUO13 3:1;0024;1\n", "2:10 '0024' is not a year"),
        ("kod;år;belopp\nUO13 3:1;2024-01-01;1\n", "is a date, not a year"),
        ("kod;år;belopp\nUO13 3:1;24;1\n", "2:10 '24' is not a year"),
        ("kod;belopp\nUO13 3:1;1\n", "no column 'year' (there are kod, belopp)"),
        (
            "Anslag 2023 och 2024\nAnslag;Belopp\nUO13 3:1;1\n",
            "the titles name several years: 2023 (line 1), 2024 (line 1)",
        ),
        (
            "Anslag;År;Belopp\nUO13 3:1;2024;1\n\nMottagare;År;Belopp\nRoks;2024;5\n",
            "several lines may hold the headings: line 1 'Anslag | År | Belopp' and line 4 'Mottagare | År | Belopp'",
        ),
        (
            "Anslag;Budget;;Utfall;\n;2023;2024;2023;2024\nUO13 3:1;1;2;3;4\n",
            "how many columns 'Budget' stands over is not told",
        ),
        ("Budget och utfall\nAnslag;2023;2024\nUO13 3:1;1;2\n", "the titles name 'utfall' and 'Budget'"),
        ("Prognos\nAnslag;2023;2024\nUO13 3:1;1;2\n", "the titles name 'Prognos'"),
        ("Anslag;År;2023;2024\nUO13 3:1;2023;1;2\n", "a column of years and years as columns"),
        ("Anslag;År;Belopp;Summa\nUO13 3:1;2023;1;2\n", "two columns of one meaning: 'Belopp' and 'Summa'"),
        ("Länsstyrelse;Belopp;År\nSkåne;5;2024\n", "no column tells the lines"),
        ("sep=:\nAnslag:År\n", "'sep=:': a table is split by one of"),
        ("Anslag;År;Belopp (EUR)\nUO13 3:1;2024;1\n", "'Belopp (EUR)' is in EUR, and this ledger is in SEK"),
        ("Belopp i MEUR\nAnslag;År;Belopp\nUO13 3:1;2024;1\n", "is in EUR by the titles"),
        ("kod;år;belopp\n03:01:00;2024;1\n", "'03:01:00' is a time, not a code: format the column as Text"),
        ("kod;år;belopp\nPT3H1M0S;2024;1\n", "is a time, not a code"),
    ],
)
def test_headings_that_are_not_clear_are_refused(text: str, says: str) -> None:
    assert any(says in one for one in refused(text, unit="tkr")), refused(text, unit="tkr")


def test_a_unit_that_nothing_tells_is_asked_for_once_for_each_column() -> None:
    text = "kod;år;budget;utfall\nUO13 3:1;2024;1;2\nUO13 3:2;2024;3;4\n"
    assert refused(text) == [
        "2:15 '1' has no unit: say it with --unit, or in the column's name, as in 'budget (tkr)'",
        "2:17 '2' has no unit: say it with --unit, or in the column's name, as in 'utfall (tkr)'",
    ]
    two = "Belopp i tkr\nTabell (mnkr)\nkod;år;belopp\nUO13 3:1;2024;1\n"
    assert refused(two) == [
        "4:15 '1' has no unit, and the texts around the table name several: tkr (line 1), mnkr (line 2)"
    ]


def test_all_faults_of_a_table_are_told_at_once_each_at_its_cell() -> None:
    text = "kod;år;belopp\nUO13 3:1;x;1\n03:01:00;2024;2\nUO13 3:3;2024\nUO13 3:4;2024;1?5\n"
    assert [one.split(" ")[0] for one in refused(text, unit="tkr")] == ["2:10", "3:1", "4:1", "5:15"]


def test_what_was_taken_for_what_is_told() -> None:
    found = read("Belopp i tkr\nAnslag;Namn;År;Belopp;Dnr\nUO09 03:01;A;2024;3 000¹;7\nSumma;;;3 000;\nKälla: X\n")
    assert found.taken == (
        "columns: code from 'Anslag', name from 'Namn', year from 'År', total in tkr (by the titles) from 'Belopp'; not used: Dnr",
        "codes: 'UO09 03:01' is UO9 3:1",
        "sums, which are no lines: 'Summa' (line 4)",
        "marks behind figures, taken for notes: '3 000¹' (line 3)",
        "passed over, without a figure of a line: 'Källa: X' (line 5)",
    )


@pytest.mark.parametrize(
    ("columns", "header_row", "expected"),
    [
        ({"recipient": "Länsstyrelse", "amount": "Pengar"}, None, ["2024 Skåne total 5000"]),
        ({"recipient": "A", "amount": "2"}, 1, ["2024 Skåne total 5000"]),
        ({"recipient": "länsstyrelse", "outcome": "B"}, 1, ["2024 Skåne outcome 5000"]),
        ({"recipient": "A", "amount": "B", "year": "2023"}, 1, ["2023 Skåne total 5000"]),
    ],
)
def test_columns_can_be_said_by_heading_letter_and_number(
    columns: dict[str, str], header_row: int | None, expected: list[str]
) -> None:
    text = "Länsstyrelse;Pengar;År\nSkåne;5;2024\n"
    assert rows(read(text, unit="tkr", columns=columns, header_row=header_row)) == expected


def test_years_as_columns_can_be_said_together() -> None:
    text = "Anslag och utfall\nAnslag;2023;2024\nUO13 3:1;1;2\n"
    found = read(text, unit="tkr", columns={"outcome": "2023+2024"})
    assert rows(found) == ["2023 UO13 3:1 outcome 1000", "2024 UO13 3:1 outcome 2000"]


@pytest.mark.parametrize(
    ("columns", "header_row", "says"),
    [
        ({"recipient": "Länsstyrelsen"}, 1, "no column 'Länsstyrelsen' (did you mean 'Länsstyrelse'?)"),
        ({"pengar": "Pengar"}, 1, "'pengar' is not what a column can hold"),
        ({}, 9, "--header-row: line 9 is empty or not there"),
        ({"recipient": "Z"}, 1, "no column 'Z'"),
    ],
)
def test_a_column_that_is_not_there_is_named(columns: dict[str, str], header_row: int, says: str) -> None:
    found = refused("Länsstyrelse;Pengar;År\nSkåne;5;2024\n", unit="tkr", columns=columns, header_row=header_row)
    assert any(says in one for one in found)


# --- Rows: sums, parts, units


@pytest.mark.parametrize(
    "name",
    [
        *("Summa", "SUMMA:", "Totalt", "Total", "Delsumma", "Totalsumma", "S:a", "Sum", "Summa totalt", "Subtotal"),
        *(
            "Grand total",
            "Summa (tkr)",
            "Summa 2024",
            "Totalt, tkr",
            "Total 2024 (SEK million)",
            "Summa i tkr",
            "Totalt kr",
        ),
        *("totalt:", "Sub-total", "Slutsumma", "Summa kronor"),
    ],
)
def test_a_name_that_is_nothing_but_a_sum(name: str) -> None:
    assert is_sum(name)


@pytest.mark.parametrize(
    ("name", "perhaps"),
    [
        *((name, True) for name in ("Summa bidrag", "Totalt för länen", "Bidrag, totalt", "Utgiftsområde 13, summa")),
        *((name, True) for name in ("Delsumma 1", "Total Produktion AB", "Bidrag totalt", "Sum of Us")),
        *((name, False) for name in ("Totalförsvarets forskningsinstitut", "Summan", "Totalen", "Roks", "Consum")),
    ],
)
def test_a_name_that_may_be_a_sum_or_is_none(name: str, *, perhaps: bool) -> None:
    assert (is_sum(name), is_perhaps_sum(name)) == (False, perhaps)


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        *(("därav Roks", "Roks"), ("Varav: Roks", "Roks"), ("of which", ""), ("- varav till Roks", "till Roks")),
        *(("Därav", ""), ("däravid", None), ("Roks, därav", None)),
    ],
)
def test_a_name_that_begins_as_a_part(name: str, rest: str | None) -> None:
    assert part_of(name) == rest


SUMS = "Mottagare;År;Belopp\nRoks;2024;1 000 000\nUnizon;2024;1 000 000\n"


def test_a_sum_is_no_line_and_doubles_no_money() -> None:
    found = read(f"{SUMS}Summa;2024;2 000 000\n", unit="kr")
    assert rows(found) == ["2024 Roks total 1000000", "2024 Unizon total 1000000"]
    assert found.faults == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            f"{SUMS}Summa;2024;2 100 000\n",
            "4:12 'Summa' says 2,1 mnkr, the rows above come to 2 mnkr: 0,1 mnkr more than they",
        ),
        (f"{SUMS}Summa;;1 900 000\n", "0,1 mnkr less than they"),
        ("kod;år;belopp\nUO13 3:1;2024;1\nDelsumma;;1\nUO13 3:2;2024;2\nDelsumma;;2\nTotalt;;3\n", ""),
        (
            "kod;år;belopp\nUO13 3:1;2024;1\nDelsumma;;1\nUO13 3:2;2024;2\nDelsumma;;2\nTotalt;;4\n",
            "'Totalt' says 4 kr",
        ),
        ("kod;år;belopp\nUO13;2024;3\nUO13 3:1;2024;1\nUO13 3:2;2024;2\nSumma;;3\n", ""),
        ("kod;år;belopp\nUO13 3:1;2023;1\nUO13 3:1;2024;2\nSumma;2023;1\nSumma;2024;2\n", ""),
        ("kod;2023;2024\nUO13 3:1;1;2\nUO13 3:2;3;4\nSumma;4;7\n", "4:9 'Summa' says 7 kr"),
        ("kod;2023;2024;Summa\nUO13 3:1;1;2;4\n", "2:14 'Summa' says 4 kr, its years come to 3 kr"),
        ("kod;2023;2024;Summa\nUO13 3:1;1;2;3\n", ""),
        ("kod;år;belopp\nUO13 3:1;2024;1\nUO13 3:2;2024;..\nSumma;;5\n", ""),
        ("kod;år;belopp\nUO13 3:1;2024;3\nUO13 3:2;2024;..\nSumma;;2\n", "'Summa' says 2 kr"),
    ],
)
def test_sums_are_held_against_the_rows_above(text: str, says: str) -> None:
    faults = [f"{one.place.line}:{one.place.column} {one.message}" for one in read(text, unit="kr").faults]
    assert len(faults) == bool(says)
    assert says in "".join(faults)


@pytest.mark.parametrize("name", ["Summa bidrag", "Totalt för länen", "Bidrag, totalt"])
def test_a_row_that_may_be_a_sum_is_refused_with_its_place(name: str) -> None:
    [said] = refused(f"{SUMS}{name};2024;2 000 000\n", unit="kr")
    assert said.startswith(f"4:1 '{name}' may be a sum of other rows or a line")


def test_a_row_with_a_code_is_a_line_whatever_it_is_called() -> None:
    text = "Kod;Mottagare;Titel;År;Belopp\nUO13;;Utgiftsområde 13, summa;2024;9\nUO6 1:1;Totalt;A;2024;2\n"
    found = read(text, unit="kr")
    assert rows(found) == ["2024 UO13 total 9", "2024 UO6 1:1 total 2"]
    assert [row.recipient for row in found.rows] == ["", ""]
    alone = read("Titel;Kod;År;Belopp\nUtgiftsområde 13, summa;;2024;9\n", unit="kr")
    assert rows(alone) == ["2024 UO13 total 9"]


def parts(statement: Statement) -> dict[str, int]:
    """The rows that lie in another, by the line of that one."""
    return {row.recipient: row.part_of.line for row in statement.rows if row.part_of}


def test_parts_lie_in_the_row_above_and_in_no_sum() -> None:
    text = "Mottagare;År;Belopp\nA;2024;10\ndärav B;2024;3\nvarav: C;2024;4\nD;2024;5\nSumma;;15\n"
    found = read(text, unit="kr")
    assert (parts(found), found.faults) == ({"B": 2, "C": 2}, ())
    below = "Kod;Mottagare;År;Belopp\nUO13 3:1;A;2024;10\ndärav;;;\n;B;2024;3\n;C;2024;4\nUO13 3:2;D;2024;5\n"
    assert parts(read(below, unit="kr")) == {"B": 2, "C": 2}
    indented = "Mottagare;År;Belopp\nA;2024;10\nvarav;;\n  B;2024;3\n  C;2024;4\nD;2024;5\n"
    assert parts(read(indented, unit="kr")) == {"B": 2, "C": 2}
    last = "Mottagare;År;Belopp\nA;2024;10\nof which:;;\nB;2024;3\n"
    assert parts(read(last, unit="kr")) == {"B": 2}


def test_where_parts_end_is_not_guessed() -> None:
    text = "Mottagare;År;Belopp\nA;2024;10\ndärav;;\nB;2024;3\nC;2024;4\n"
    assert "3:1 which rows 'därav' is about is not told" in refused(text, unit="kr")[0]
    assert "a part ('därav') without a row above it" in refused("Mottagare;År;Belopp\ndärav B;2024;3\n", unit="kr")[0]


def test_parts_of_a_sum_are_no_lines() -> None:
    found = read(f"{SUMS}Summa;;2 000 000\ndärav Roks;2024;1 000 000\n", unit="kr")
    assert len(found.rows) == 2
    assert any("a part of a sum" in one for one in found.taken)


def test_units_and_currencies_of_rows_are_obeyed() -> None:
    text = "kod;år;belopp;enhet;valuta\nUO13 3:1;2024;5;tkr;SEK\nUO13 3:2;2024;5;mnkr;\nUO13 3:3;2024;5;st;\nUO13 3:4;2024;5;;USD\n"
    found = read(text)
    assert rows(found) == [
        "2024 UO13 3:1 total 5000",
        "2024 UO13 3:2 total 5000000",
        "2024 UO13 3:3 total ?",
        "2024 UO13 3:4 total ?",
    ]
    reasons = [one.message for row in found.rows for one in row.unread.values()]
    assert reasons == [
        "'st' is not a unit of money",
        "the row is in USD, and this ledger is in SEK: one ledger, one currency",
    ]
    clash = read("kod;år;belopp (tkr);enhet\nUO13 3:1;2024;5;mnkr\n")
    assert "units that do not agree: 'mnkr' and 'belopp (tkr)'" in clash.rows[0].unread["total"].message
    bare = read("kod;år;belopp;valuta\nUO13 3:1;2024;5;SEK\n")
    assert rows(bare) == ["2024 UO13 3:1 total 5"]


def test_a_ledger_in_euro_reads_euro() -> None:
    found = read("kod;år;amount (EUR thousand)\nUO13 3:1;2024;5\nUO13 3:2;2024;5 SEK\n", currency="EUR")
    assert rows(found) == ["2024 UO13 3:1 total 5000", "2024 UO13 3:2 total ?"]
    assert rows(read("kod;år;belopp\nUO13 3:1;2024;5\n", currency="EUR", unit="mnkr")) == [
        "2024 UO13 3:1 total 5000000"
    ]
    assert "is in SEK" in refused("kod;år;belopp (tkr)\nUO13 3:1;2024;5\n", currency="EUR")[0]


def test_short_codes_lie_in_the_area_that_stands_above_them() -> None:
    text = "Utgiftsområde 13 Jämställdhet\nAnslag;År;Belopp (kr)\n3:1;2024;1\nUtgiftsområde 9 Hälsovård;;\n3:1;2024;2\nUO06 1:1;2024;3\n"
    assert rows(read(text)) == ["2024 UO13 3:1 total 1", "2024 UO9 3:1 total 2", "2024 UO6 1:1 total 3"]
    assert rows(read("Anslag;År;Belopp (kr)\n03:01;2024;1\n")) == ["2024 3:1 total 1"]


def test_a_note_that_names_another_unit_than_every_heading_is_refused() -> None:
    text = "Mottagare;Belopp (tkr);År\nRoks;5;2024\n* beloppen i mnkr\n"
    assert refused(text) == [
        "3:1 this says mnkr, and the headings 'Belopp (tkr)' do not: which unit holds is not clear"
    ]
    assert rows(read("Mottagare;Belopp;År\nRoks;5;2024\nBelopp i mnkr\n")) == ["2024 Roks total 5000000"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mottagare;2023 (utfall);2024 (budget);2025\nRoks;1;2;3\n",
            ["2023 Roks outcome 1", "2024 Roks base 2", "2025 Roks total 3"],
        ),
        ("År;2024\nEnhet;kr\n\nAnslag;Belopp\nUO13 3:1;5\n", ["2024 UO13 3:1 total 5"]),
        ("Mottagare;År;Belopp\nRoks;2024;5\ndärav A;;4\nTotalt 2024;;5\n", ["2024 Roks total 5", "2024 A total 4"]),
        (
            "Mottagare;År;Belopp\nRoks;2023;5\nRoks;2024;6\nTotalt 2023;;5\nTotalt 2024;;6\n",
            ["2023 Roks total 5", "2024 Roks total 6"],
        ),
        ("Mottagare;År;Belopp\nTotalt;;3\nRoks;2024;1\nUnizon;2024;2\n", ["2024 Roks total 1", "2024 Unizon total 2"]),
        ("Lärosäte;År;Bidrag (kr)\nLunds universitet;2024;1\n", ["2024 Lunds universitet total 1"]),
        ("Förening;Kommun;År;Utbetalt belopp\nRoks;Gävle;2024;1\n", ["2024 Roks outcome 1"]),
        ("Sökande;Projekt;Titel;År;Beviljat belopp\nRoks;A;B;2024;1\n", ["2024 Roks total 1"]),
        ("Mottagare;År;Belopp\nRoks;2024;1\nKälla:;;Statskontoret\n", ["2024 Roks total 1", "? Källa: total ?"]),
        ("Mottagare;Projekt;År;Belopp\nKälla:;Statskontoret;;\nRoks;A;2024;1\n", ["2024 Roks total 1"]),
    ],
)
def test_other_tables(text: str, expected: list[str]) -> None:
    if "?" in expected[-1]:
        assert any("'' is not a year" in one for one in refused(text, unit="kr"))
        return
    found = read(text, unit="kr")
    assert (rows(found), found.faults) == (expected, ())


def test_a_cell_that_is_left_out_under_its_like_is_not_filled_in() -> None:
    text = "Anslag;Mottagare;År;Belopp\nUO13 3:1;Roks;2024;1\n;Unizon;2024;2\n"
    assert refused(text, unit="kr") == [
        "3:1 no code, and other rows have one: where it is that of a row above, write it in each row"
    ]
    names = "Mottagare;Ändamål;År;Belopp\nRoks;A;2024;1\n;B;2024;2\n"
    assert "3:1 an amount without a code, an id or a recipient" in refused(names, unit="kr")[0]


def test_sums_that_cannot_be_checked_are_told() -> None:
    found = read("kod;år;belopp\nUO13 3:1;2024;1\nUO13 3:2;2024;x\nSumma;;5\n", unit="kr")
    assert found.taken[-1].startswith("sums that are not checked, as a figure above them could not be read")
    assert rows(read("id,total\na,5\nSumma,5\n", unit="kr")) == ["0 a total 5"]


def test_places_are_those_of_the_file_also_behind_a_broken_line() -> None:
    found = read('Titel;Kod;År;Belopp\n"A\nB";"UO13 3:1";2024;"x"\n', unit="kr")
    [row] = found.rows
    assert (row.place.line, str(row.unread["total"].place)) == (2, "t.csv:3:21")


# --- Sheets of workbooks


def table(sheet: Sheet, **asked: object) -> Statement:
    assert recognises_sheet(sheet, Asked())
    found = read_sheet(sheet, Asked(**asked))  # type: ignore[arg-type]
    assert isinstance(found, Statement), found
    return found


def wrong(sheet: Sheet, **asked: object) -> list[str]:
    found = read_sheet(sheet, Asked(**asked))  # type: ignore[arg-type]
    assert not isinstance(found, Statement), found
    return [one.message for one in found]


def test_a_sheet_with_titles_merged_headings_and_numbers() -> None:
    sheet = workbook(
        [
            ["Budget 2023–2024, tkr"],
            [],
            ["Anslag", "Namn", "Budget", "", "Utfall", ""],
            ["", "", number("2023"), number("2024"), number("2023"), number("2024")],
            ["UO13 3:1", "A", number("1"), number("2.5"), number("3"), number("4")],
            ["Summa", "", number("1"), number("2.5"), number("3"), number("4")],
        ],
        merged=((3, 2, 3, 3), (3, 4, 3, 5)),
    )
    found = table(sheet)
    assert rows(found) == ["2023 UO13 3:1 base 1000 outcome 3000", "2024 UO13 3:1 base 2500 outcome 4000"]
    assert found.faults == ()


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (
            Cell("03:01:00", "time"),
            "A2: '03:01:00' is a time, not a code: format the column as Text and type the codes again",
        ),
        (Cell("2026-01-03", "date"), "A2: '2026-01-03' is a date, not a code"),
        (number("1.1"), "A2: '1.1' is a number, not a code"),
        (number("13"), "A2: '13' is a number, not a code"),
        (Cell("SANT", "truth"), "A2: 'SANT' (truth) is not a code"),
        (Cell("", "error"), "A2: '' (error) is not a code"),
        (Cell("UO13 3:1", doubt="a raised digit"), "a raised digit"),
    ],
)
def test_a_code_that_a_spreadsheet_has_changed_is_refused(code: Cell, says: str) -> None:
    said = wrong(workbook([["Anslag", "År", "Belopp (tkr)"], [code, number("2024"), number("5")]]))
    assert any(says in one for one in said), said


@pytest.mark.parametrize(
    ("year", "says"),
    [
        (Cell("1905-07-16", "date"), "a year under a date format reads so"),
        (Cell("2024-01-01", "date"), "is a date, not a year"),
        (number("2024.5"), "'2024.5' is not a year"),
        (Cell("", "error"), "(error) is not a year"),
    ],
)
def test_a_year_that_a_spreadsheet_has_changed_is_refused(year: Cell, says: str) -> None:
    said = wrong(workbook([["Anslag", "År", "Belopp (tkr)"], ["UO13 3:1", year, number("5")]]))
    assert any(says in one for one in said), said


def test_a_code_of_seven_digits_is_one_also_as_a_number() -> None:
    found = table(workbook([["Anslag", "År", "Belopp (tkr)"], [number("1303001"), number("2024"), number("5")]]))
    assert rows(found) == ["2024 UO13 3:1 total 5000"]


def test_cells_that_hold_no_money_are_named_as_a_spreadsheet_names_them() -> None:
    sheet = workbook([["Anslag", "År", "Belopp (kr)"], ["UO13 3:1", number("2024"), number("1234567.891")]])
    [row] = table(sheet).rows
    assert row.unread["total"].message == "C2: '1234567.891' kr is finer than a hundredth of the currency"


def test_formulas_that_were_never_worked_out_are_one_message() -> None:
    bare = Cell("", "uncalculated")
    below: list[list[str | Cell]] = [["UO13 3:1", number(str(year)), bare] for year in range(2000, 2020)]
    sheet = workbook([["Anslag", "År", "Belopp (kr)"], *below])
    assert len([one for one in wrong(sheet) if "was ever worked out" in one]) == 1


def test_a_cell_merged_over_rows_is_refused() -> None:
    sheet = workbook([["Anslag", "År", "Belopp (kr)"], ["UO13 3:1", "2024", "5"], ["", "2025", "6"]], ((2, 0, 3, 0),))
    assert any("A2: merged with the rows below, to row 3" in one for one in wrong(sheet))


def test_a_sheet_without_headings_is_refused_and_says_what_it_has() -> None:
    assert "no line holds the headings of a table" in wrong(workbook([["a", "b"], ["c", number("5")]]))[0]


# --- Delimited text


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_the_one_whose_headings_are_known(delimiter: str) -> None:
    others = "".join(one for one in ";,\t|" if one != delimiter) * 3
    text = f"Titel{others}\nAnslag{delimiter}År{delimiter}Belopp i tkr\nUO13 3:1{delimiter}2024{delimiter}5\n"
    assert rows(read(text)) == ["2024 UO13 3:1 total 5000"]


def test_a_table_in_markdown_is_part_of_a_text() -> None:
    text = "Regeringen satsar.\n\n| Anslag | År | Belopp |\n|---|---:|---:|\n| UO13 3:1 | 2024 | 5 |\n"
    assert "not a document that is known here" in refused(text, unit="tkr")[0]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_characters="\r\x00", codec="utf-8"), max_size=9), min_size=2, max_size=4
        ),
        min_size=1,
        max_size=5,
    )
)
def test_every_quoted_cell_stands_where_its_place_says(lines: list[list[str]]) -> None:
    text = "sep=;\n" + "".join(";".join('"' + cell.replace('"', '""') + '"' for cell in line) + "\n" for line in lines)
    sheet = sheet_of(text, "t.csv")
    kept = [line for line in lines if any(cell.strip() for cell in line)]
    if not kept:
        return
    assert isinstance(sheet, Sheet)
    assert [[cell.text for cell in line.cells] for line in sheet.lines] == kept
    physical = text.split("\n")
    for line in sheet.lines:
        for at, cell in enumerate(line.cells):
            place = sheet.place(line, at)
            first = cell.text.split("\n", 1)[0].split('"')[0]
            assert physical[place.line - 1][place.column - 1 :].startswith(first)


# --- Commands


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


UNREAD = "Anslag;År;Belopp (tkr)\nUO13 3:1;2024;5\nUO13 3:2;2024;1?5\n"


def test_an_unread_figure_keeps_all_from_being_written_unless_forced(tmp_path: Path) -> None:
    put(tmp_path, "t.csv", UNREAD)
    put(tmp_path, "data/a.yaml", "ledger: {title: T}\n")
    done = run("import", "t.csv", folder=tmp_path)
    assert (done.returncode, sorted(one.name for one in (tmp_path / "data").iterdir())) == (1, ["a.yaml"])
    assert "ledger:   t.csv:3:15: '1?5' holds a '?'" in done.stderr
    assert "nothing is written" in done.stderr
    forced = run("import", "t.csv", "--force", folder=tmp_path)
    assert forced.returncode == 0
    lines = load(tmp_path / "data").book.lines
    assert [(one.id, one.total is None) for one in lines.values()] == [
        ("uo13-3-1-2024", False),
        ("uo13-3-2-2024", True),
    ]
    again = run("import", "t.csv", folder=tmp_path)
    assert (again.returncode, "nothing to add" in again.stderr, "1 figure that could not be read" in again.stderr) == (
        0,
        True,
        True,
    )
    held = run("reconcile", "t.csv", folder=tmp_path)
    assert (held.returncode, "Could not be read" in held.stdout, "1 could not be read" in held.stdout) == (
        1,
        True,
        True,
    )


def test_unread_figures_that_are_not_chosen_are_counted(tmp_path: Path) -> None:
    put(tmp_path, "t.csv", UNREAD)
    put(tmp_path, "data/a.yaml", "ledger: {title: T}\n")
    done = run("import", "t.csv", 'code:"UO13 3:1"', folder=tmp_path)
    assert done.returncode == 0
    assert "1 figure that could not be read in rows that are not written" in done.stderr
    assert run("reconcile", "t.csv", 'code:"UO13 3:1"', folder=tmp_path).returncode == 1  # 3:2 is only in the statement


def test_a_sum_that_does_not_add_up_keeps_all_from_being_written(tmp_path: Path) -> None:
    put(tmp_path, "t.csv", "Anslag;År;Belopp (tkr)\nUO13 3:1;2024;5\nSumma;;6\n")
    put(tmp_path, "data/a.yaml", "ledger: {title: T}\n")
    done = run("import", "t.csv", folder=tmp_path)
    assert done.returncode == 1
    assert "t.csv:3:8: 'Summa' says 6 tkr, the rows above come to 5 tkr: 1 tkr more than they" in done.stderr
    assert run("import", "t.csv", "--force", folder=tmp_path).returncode == 0


def test_fifty_thousand_dollars_are_no_kronor(tmp_path: Path) -> None:
    put(
        tmp_path,
        "data/a.yaml",
        "sources: {s: {title: S, kind: x}}\nallocations: {a: {title: A, kind: grant, year: 2024, total: 50 000 kr, source: s}}\n",
    )
    put(tmp_path, "t.csv", "id,amount,currency\na,50000,USD\n")
    done = run("reconcile", "t.csv", folder=tmp_path)
    assert (done.returncode, "could not be read" in done.stdout, "Equal" in done.stdout) == (1, True, False)


def test_a_ledger_in_euro_imports_and_reconciles(tmp_path: Path) -> None:
    put(tmp_path, "data/a.yaml", "ledger: {title: T, currency: EUR}\n")
    put(tmp_path, "t.csv", "code,title,year,Amount (EUR thousand)\nUO13 3:1,A,2024,1 500\nUO13 3:2,B,2024,högst 5\n")
    done = run("import", "t.csv", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "unit: thousand EUR" in (tmp_path / "data/allocations/2024.yaml").read_text(encoding="utf-8")
    lines = load(tmp_path / "data").book.lines
    assert [limits(one.total.amount.interval) for one in lines.values() if one.total] == ["1500000", "[0, 5000]"]
    assert run("check", folder=tmp_path).returncode == 0
    assert run("reconcile", "t.csv", folder=tmp_path).returncode == 0
    assert run("import", "t.csv", folder=tmp_path).returncode == 0


def test_parts_of_a_table_are_written_as_parts(tmp_path: Path) -> None:
    put(tmp_path, "data/a.yaml", "ledger: {title: T}\n")
    put(
        tmp_path,
        "t.csv",
        "Anslag;Mottagare;kind;År;Belopp (tkr)\nUO13 3:1;;;2024;10\n;därav Roks;grant;2024;4\nSumma;;;;10\n",
    )
    assert run("import", "t.csv", folder=tmp_path).returncode == 0
    assert list(load(tmp_path / "data").book.lines) == ["uo13-3-1-2024", "uo13-3-1-2024/roks"]


def test_columns_are_said_kept_and_read_again(tmp_path: Path) -> None:
    put(tmp_path, "data/a.yaml", "ledger: {title: T}\n")
    put(tmp_path, "t.csv", "Post;Pengar, netto;År\nUO13 3:1;5;2024\n")
    first = ("--columns", "code=Post,amount=Pengar, netto", "--unit", "tkr")
    done = run("import", "t.csv", *first, "--save-columns", "data/.columns/post.yaml", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    kept = (tmp_path / "data/.columns/post.yaml").read_text(encoding="utf-8")
    assert kept == (
        "# How the columns of t.csv were read: for --columns with the next one.\n"
        "columns:\n  code: Post\n  year: År\n  total: Pengar, netto\nunit: tkr\n"
    )
    assert run("reconcile", "t.csv", "--columns", "data/.columns/post.yaml", folder=tmp_path).returncode == 0
    assert run("check", folder=tmp_path).returncode == 0
    put(tmp_path, "u.csv", "Post;Pengar;År\nUO13 3:1;5;2024\n")
    other = run("reconcile", "u.csv", "--columns", "data/.columns/post.yaml", folder=tmp_path)
    assert other.returncode == 2
    assert "no column 'Pengar, netto'" in other.stderr


def test_the_kind_of_all_rows_is_said_and_kept_where_no_column_tells_it(tmp_path: Path) -> None:
    put(tmp_path, "data/a.yaml", "ledger: {title: T}\n")
    put(tmp_path, "t.csv", "Mottagare;År;Belopp (tkr);Typ\nRoks;2024;5;förening\nUnizon;2024;6;förening\n")
    refused = run("import", "t.csv", folder=tmp_path)
    assert (refused.returncode, "say --columns kind=KIND" in refused.stderr) == (2, True), refused.stderr
    unknown = run("import", "t.csv", "--columns", "kind=grnt", folder=tmp_path)
    assert (unknown.returncode, "'grnt' is not a kind of line (did you mean 'grant'?)" in unknown.stderr) == (2, True)
    done = run("import", "t.csv", "--columns", "kind=grant", "--save-columns", "c.yaml", folder=tmp_path)
    assert (done.returncode, "the kind grant" in done.stderr) == (0, True), done.stderr
    assert "  kind: grant\n" in (tmp_path / "c.yaml").read_text(encoding="utf-8")
    assert {line.kind for line in load(tmp_path / "data").book.lines.values()} == {"grant"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("columns: [a]\n", "'columns' holds texts"),
        ("colums: {code: A}\n", "unknown field 'colums'"),
        ("header_row: x\n", "'header_row' is a number"),
        ("columns: {code: &a b}\n", "anchor"),
    ],
)
def test_a_file_of_columns_that_is_none_is_refused(tmp_path: Path, text: str, says: str) -> None:
    put(tmp_path, "data/a.yaml", "ledger: {title: T}\n")
    put(tmp_path, "t.csv", UNREAD)
    put(tmp_path, "c.yaml", text)
    done = run("import", "t.csv", "--columns", "c.yaml", folder=tmp_path)
    assert (done.returncode, says in done.stderr) == (2, True), done.stderr


CODED = "Anslag;Benämning;År;Belopp (tkr)\n"
NAMED = "Mottagare;År;Belopp (tkr);kind\n"


@pytest.mark.parametrize(
    ("code", "read_as"),
    [
        *(("UO13 3:3 *", "UO13 3:3"), ("UO13 3:3 1)", "UO13 3:3"), ("UO13 3:3¹", "UO13 3:3")),
        *(("UO13 3:3 ap 1", "UO13 3:3 ap.1"), ("UO13 3:3 ap. 1", "UO13 3:3 ap.1"), ("UO13 3:3 ap1", "UO13 3:3 ap.1")),
        *(("UO13 3:3 anslagspost 1", "UO13 3:3 ap.1"), ("UO13 3:3 ap.1 Del", "UO13 3:3 ap.1")),
    ],
)
def test_what_stands_behind_a_code_is_a_mark_or_its_item(code: str, read_as: str) -> None:
    assert [row.code for row in read(f"{CODED}{code};J;2024;5\n").rows] == [read_as]


@pytest.mark.parametrize(
    "code",
    [
        *("UO13 3:3.1", "UO13 3:3:1", "UO13 3:3 (2023)", "UO13 3:3, 3:4", "UO13 3:3/3:4", "UO13 3:3–3:5"),
        *("UO13 3:3 och 3:4", "UO13 3:3 post 1", "UO13 3:3 p.1", "UO13 3:3 delpost 1"),
    ],
)
def test_a_code_with_more_behind_it_is_no_wider_code(code: str) -> None:
    [fault] = refused(f"{CODED}{code};J;2024;5\n")
    assert "begins as a code does, and is none" in fault


@pytest.mark.parametrize(
    ("text", "unit", "says"),
    [
        (f"{CODED.replace(' (tkr)', '')}UO13 3:1;J;2024;5\nTotalt i mdkr: 0,1;;;\n", None, "has no unit"),
        (f"Avrundat till närmaste tkr;;;\n{CODED.replace(' (tkr)', '')}UO13 3:1;J;2024;5\n", "kr", "which unit holds"),
        (f"Belopp i mnkr;;;\n{CODED.replace(' (tkr)', '')}UO13 3:1;J;2024;5\n", "tkr", "--unit says tkr"),
        ("Bidrag per elev, kr;;\nAnslag;2023;2024\nUO13 3:1;5;6\n", None, "is not clear"),
    ],
)
def test_a_unit_in_a_text_around_the_table_is_that_of_all_figures_or_of_none(
    text: str, unit: str | None, says: str
) -> None:
    assert any(says in fault for fault in refused(text, unit=unit))


@pytest.mark.parametrize("word", ["Prognos", "Förslag", "Beräknat", "Plan", "%", "Andel", "sökt"])
def test_a_year_over_a_figure_that_no_ledger_holds_is_not_used(word: str) -> None:
    found = read(f"Belopp i tkr\nAnslag;Benämning;2023;2024\n;;Utfall;{word}\nUO13 3:1;J;5;6\n")
    assert rows(found) == ["2023 UO13 3:1 outcome 5000"]
    assert any("not used" in said and word in said for said in found.taken)


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Antal årsarbetskrafter per anslag",
            "Procentuell fördelning",
            "Avvikelse mot budget, tkr",
            "Sökta medel, tkr",
        ),
        *(
            "Förändring jämfört med föregående år, tkr",
            "Anslagssparande, tkr",
            "Planeringsram, tkr",
            "Förslag till anslag, tkr",
        ),
    ],
)
def test_a_title_that_names_another_figure_is_not_passed_over(title: str) -> None:
    assert any(
        "is not clear" in fault for fault in refused(f"{title};;;\nAnslag;Benämning;2023;2024\nUO13 3:1;J;5;6\n")
    )


@pytest.mark.parametrize(
    "title",
    [
        "Källa: Statskontoret, hämtad 2025",
        "2023 års priser",
        "Dnr 2023",
        "Bidrag 2022 och framåt",
        "Utbetalt jan–mars 2024",
    ],
)
def test_a_year_in_a_title_that_is_not_of_the_figures_is_none(title: str) -> None:
    assert any("no column 'year'" in one for one in refused(f"{title};;\nMottagare;Belopp (tkr);kind\nA;5;grant\n"))


def test_tables_of_two_years_below_each_other_are_told_apart() -> None:
    text = (
        "Tabell 1. Bidrag 2023, tkr;;\nMottagare;Belopp;kind\nA;1;grant\n;;\nTabell 2. Bidrag 2024, tkr;;\nB;2;grant\n"
    )
    assert any("the titles name several years" in fault for fault in refused(text))


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("A;2024;1;grant\nB;2024;2;grant\nAlla kommuner;2024;3;grant\n", "comes to all other rows"),
        ("Länsstyrelser;2024;3;grant\n  A;2024;1;grant\n  B;2024;2;grant\n", "comes to all other rows"),
        ("A;2024;10;grant\n(varav B);2024;4;grant\n", ""),
        ("A;2024;10;grant\nA, varav drift;2024;4;grant\n", "may be a part of another row"),
        ("A;2024;10;grant\ninkl. B;2024;4;grant\n", "may be a part of another row"),
    ],
)
def test_no_row_of_a_sum_or_part_is_counted_beside_the_others(lines: str, says: str) -> None:
    if says:
        assert any(says in fault for fault in refused(f"{NAMED}{lines}"))
    else:
        assert [bool(row.part_of) for row in read(f"{NAMED}{lines}").rows] == [False, True]


def test_a_row_that_comes_to_all_others_is_a_line_where_a_sum_stands_below() -> None:
    lines = "A;2024;1;grant\nB;2024;2;grant\nC;2024;3;grant\n"
    assert any("put a row 'Summa' below all" in fault for fault in refused(f"{NAMED}{lines}"))
    assert len(read(f"{NAMED}{lines}Summa;2024;6;\n").rows) == 3


def test_a_sum_for_a_recipient_is_asked_about() -> None:
    text = "Mottagare;Projekt;År;Belopp (tkr);kind\nA;P;2024;10;grant\nA;Q;2024;5;grant\nA;Totalt;2024;15;grant\n"
    assert any("may be a sum" in fault for fault in refused(text))


def test_the_sum_of_a_period_beside_its_years_is_checked() -> None:
    head = "Belopp i tkr\nAnslag;Benämning;2023;2024;2023-2024\n"
    assert len(read(f"{head}UO13 3:1;J;1;2;3\n").rows) == 2
    assert [fault.message for fault in read(f"{head}UO13 3:1;J;1;2;1\n").faults] == [
        "'2023-2024' says 1 000 kr, its years come to 3 000 kr"
    ]


def test_no_part_lies_in_another_appropriation() -> None:
    text = f"{CODED}UO13 3:1 ap.1;x;2024;400\nvarav;;;\nUO13 3:2;K;2024;5\n"
    assert any("does not lie in 'UO13 3:1 ap.1'" in fault for fault in refused(text))


@pytest.mark.parametrize(
    ("name", "cells", "says"),
    [
        ("Ccy", "EUR", "holds units or currencies"),
        ("Måttenhet", "mnkr", "holds units or currencies"),
        ("Typ", "Utfall", "which figure a row is of"),
        ("Scenario", "Prognos", "which figure a row is of"),
    ],
)
def test_a_column_that_decides_what_figures_are_is_not_left_unused(name: str, cells: str, says: str) -> None:
    text = f"Anslag;År;Belopp (tkr);{name}\nUO13 3:1;2024;5;{cells}\nUO13 3:2;2024;6;{cells}\n"
    assert any(says in fault for fault in refused(text))


def test_a_year_that_stands_apart_from_the_others_is_used_too() -> None:
    found = read("Belopp i tkr\nAnslag;2024;2023;Diff 24-23;2022\nUO13 3:1;3;2;1;1\n")
    assert sorted(row.year for row in found.rows) == [2022, 2023, 2024]


@pytest.mark.parametrize(
    ("name", "read_as"), [("Kommun A1)", "Kommun A"), ("Kommun B*", "Kommun B"), ("Kommun C¹", "Kommun C")]
)
def test_the_mark_of_a_note_is_no_part_of_a_name(name: str, read_as: str) -> None:
    assert [row.recipient for row in read(f"{NAMED}{name};2024;5;grant\n").rows] == [read_as]


@pytest.mark.parametrize("name", ["d:o", "″", "dito", '""""'])
def test_what_stands_for_the_row_above_is_not_a_name(name: str) -> None:
    assert any(
        "stands for what the row above has" in one for one in refused(f"{NAMED}A;2024;4;grant\n{name};2024;5;grant\n")
    )


@pytest.mark.parametrize("name", ["–", "-", ".."])
def test_a_recipient_that_is_not_stated_is_nobody(name: str) -> None:
    assert any("an amount without a code" in one for one in refused(f"{NAMED}A;2024;4;grant\n{name};2024;5;grant\n"))
