"""Cells of tables in documents: signs and marks of their figures, and columns that are no money."""

import pytest
from letters import letter

from ledger.statements import Statement, read_statement
from ledger.statements.running_text import mentions

MINUS = ["(167 000)", "167 000-", "167000−", "- 167 000", "– 167 000", "‑167 000", "−167 000", "167 000 –", "(167'000)"]


def table(heading: str, cell: str, caption: str = "Tabell 1. Bidrag, tkr") -> str:
    return f"{caption}\n\n| Myndighet | {heading} |\n|---|---|\n| Socialstyrelsen | {cell} |\n"


def found(text: str, name: str = "t.md") -> list[tuple[str, int | None, str]]:
    return [
        (one.found.text, one.found.interval.low if one.found.interval else None, one.found.unreadable)
        for one in mentions([text.encode()], name)
    ]


@pytest.mark.parametrize("cell", MINUS)
def test_a_minus_is_seen_wherever_it_is_printed(cell: str) -> None:
    [(_, low, unreadable)] = found(table("Belopp", cell))
    assert (low, unreadable) == (-16_700_000_000, "")


def test_a_figure_with_decimals_in_brackets_is_below_zero() -> None:
    assert found(table("Belopp", "(23.5)")) == [("(23.5)", -2_350_000, "")]


@pytest.mark.parametrize("cell", ["3 000¹", "3 000*", "3 000<sup>1</sup>", "3 000[^1]", "3'000", "3 000"])
def test_a_raised_mark_is_no_digit(cell: str) -> None:
    [(_, low, unreadable)] = found(table("Belopp", cell))
    assert (low, unreadable) == (300_000_000, "")


@pytest.mark.parametrize(
    "cell",
    ["3 000 (1)", "(1)", "(12)", "3 000 ^1", "3 000 p", "3 000 (rev.)", "<3 000", "3 000,-", "3 000 1)", "3  000"],
)
def test_what_is_not_a_figure_alone_is_listed_as_not_read(cell: str) -> None:
    [(words, low, unreadable)] = found(table("Belopp", cell))
    assert low is None
    assert words == cell
    assert f"'{cell}'" in unreadable


@pytest.mark.parametrize(
    "heading",
    [
        *("Årsarbetskrafter", "Antal", "Antal ansökningar", "Ansökningar", "Dnr", "Diarienummer", "Sida", "Kvot"),
        *("Kvinnor", "Män", "Kvinnor 2024", "Utnyttjandegrad", "Andel, %", "Personal", "Kapitel", "Kommunkod", "Barn"),
        *("Invånare", "Löpnr", "Postnummer", "Beslutsdatum", "Helårsekvivalenter", "HÅP", "Kvinnojourer", "Not", "Id"),
    ],
)
def test_the_unit_of_a_caption_is_not_that_of_other_measures(heading: str) -> None:
    assert found(table(heading, "3 000")) == []


@pytest.mark.parametrize(
    "heading",
    ["2024", "Utfall", "Belopp", "Budget 2024", "Stöd till kvinnor", "Bidrag till barn och unga", "Kommunerna"],
)
def test_a_column_of_money_has_the_unit_of_its_caption(heading: str) -> None:
    assert [low for _, low, _ in found(table(heading, "3 000"))] == [300_000_000]


def test_a_row_of_women_in_a_table_of_money_is_money() -> None:
    text = "Bidrag efter kön, tkr\n\n| Grupp | 2024 |\n|---|---|\n| Kvinnor | 3 000 |\n| Män | 2 000 |\n"
    assert [low for _, low, _ in found(text)] == [300_000_000, 200_000_000]


def test_a_page_has_the_same_cells() -> None:
    cells = "".join(f"<tr><td>A<td>{cell}" for cell in MINUS)
    text = f"<html><table><caption>Bidrag, tkr</caption><tr><th>Vem<th>Belopp{cells}</table>"
    assert {low for _, low, _ in found(text, "t.html")} == {-16_700_000_000}


@pytest.mark.parametrize(
    "figure",
    [" –7 000", " – 7 000", "−7 000", " ‑7 000", " -7 000", " - 7 000", "\t–7 000", " (7 000)", " 7 000-", " 7 000 –"],
)
def test_a_figure_below_zero_in_a_letter_leaves_no_dash_in_a_name(figure: str) -> None:
    read = read_statement(
        letter(f"Disponeras av Kammarkollegiet{figure}", f"ap.12Insatser (ram){figure}").encode(), "b.txt"
    )
    assert isinstance(read, Statement)
    assert [(row.name, row.figures["total"].interval.low) for row in read.rows[1:]] == [
        ("Kammarkollegiet", -700_000_000),
        ("Insatser (ram)", -700_000_000),
    ]


@pytest.mark.parametrize("mark", [" 1)", "¹", "²", "*", " *)", "¹)"])
def test_the_mark_of_a_footnote_in_a_letter_is_no_part_of_name_or_figure(mark: str) -> None:
    row = f"184 439{mark}"
    read = read_statement(letter(f"Disponeras av Kammarkollegiet {row}", f"ap.12Insatser (ram){row}").encode(), "b.txt")
    assert isinstance(read, Statement)
    assert [(row.name, row.figures["total"].interval.low) for row in read.rows[1:]] == [
        ("Kammarkollegiet", 18_443_900_000),
        ("Insatser (ram)", 18_443_900_000),
    ]


def test_what_is_raised_in_the_page_of_a_letter_is_no_digit() -> None:
    head = "<p>2021-01-28<p>Regleringsbrev för budgetåret 2021 avseende anslag 3:1 Exempel<p>4.1 Tilldelade anslag"
    rows = "<tr><td>Disponeras av Kammarkollegiet<td>600<sup>1</sup><tr><td>ap.12 Insatser (ram)<td>600<sup>1</sup>"
    text = f"<html><body>{head}<p>Utgiftsområde 13 Jämställdhet<p>3:1 Exempel (Ramanslag)<table>{rows}</table>"
    read = read_statement(text.encode(), "b.html")
    assert isinstance(read, Statement)
    assert {row.figures["total"].interval.low for row in read.rows} == {60_000_000}


ALIGNED = """\
Tabell 4.2     Anslag för berörda myndigheter
Tusental kronor

                                            2022          2023          2024
Jämställdhetsmyndigheten                  86 412        89 977        91 550
Diskrimineringsombudsmannen              124 950       131 204       140 816
Brottsoffermyndigheten                    52 300             –        57 480
Summa                                    263 662       221 181       289 846
"""


def years_of(text: str) -> list[tuple[str, str]]:
    return [(one.found.text, one.found.year) for one in mentions([text.encode()], "t.txt")]


def test_columns_that_spaces_part_are_a_table() -> None:
    rows = [line.split()[-3:] for line in ALIGNED.splitlines()[4:]]
    assert len(rows) == 4
    assert years_of(ALIGNED)[:3] == [("86 412", "2022"), ("89 977", "2023"), ("91 550", "2024")]
    assert years_of(ALIGNED)[6:8] == [("52 300", "2022"), ("57 480", "2024")]
    assert next(low for _, low, _ in found(ALIGNED, "t.txt")) == 8_641_200_000
    assert len(found(ALIGNED, "t.txt")) == 11


def test_a_cell_that_is_two_columns_elsewhere_is_not_read() -> None:
    """`52 300 55` may be 52 300 and 55, or 52 and 300 055."""
    text = ALIGNED.replace("52 300             –", "52 300 155 125 000")
    unread = [words for words, low, _ in found(text, "t.txt") if low is None]
    assert unread == ["52 300 155 125 000"]


def test_counts_and_shares_between_money_are_left_out() -> None:
    text = (
        "Medel mot våld, tkr\n\n"
        "Myndighet                Antal utbildade      Belopp 2024         Andel\n"
        "Polismyndigheten                   1 204           11 000        26,9 %\n"
        "Domstolsverket                        64            1 150         2,8 %\n"
    )
    assert years_of(text) == [("11 000", "2024"), ("1 150", "2024")]


def test_running_text_is_no_table() -> None:
    text = "Stödet är  46 miljoner kronor och\nförra året var det  23 miljoner kronor, i kapitel  12\noch det har ökat sedan  2023\n"
    assert [words for words, _, _ in found(text, "t.txt")] == ["46 miljoner kronor", "23 miljoner kronor"]


def test_a_row_of_years_under_a_heading_is_no_money() -> None:
    text = "| **Satsningar (mnkr)** | | |\n|---|---|---|\n| | **2026** | **2027** |\n| Utsatta barn | 35 | 20 |\n"
    assert years_of(text) == [("35", "2026"), ("20", "2027")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tabell 2, tkr\n\n| Anslag | 2024 | 2024 |\n|---|---|---|\n|  | Belopp | Antal |\n| A | 300 | 7 |\n",
            [("300", "2024")],
        ),
        (
            (
                "Tabell 2, tkr\n\n|  | Belopp |  | Antal |  |\n|---|---|---|---|---|\n| Anslag | 2024 | 2025 | 2024 | 2025 |\n"
                "| A | 300 | 310 | 7 | 8 |\n"
            ),
            [("300", "2024"), ("310", "2025")],
        ),
        (
            (
                "Tabell 5 (tkr)\n\n                 Budget    Utfall\n                   2024      2024\nBRÅ               3 000     2 000\n"
                "NSP               1 000     1 100\n"
            ),
            [("3 000", "2024"), ("2 000", "2024"), ("1 000", "2024"), ("1 100", "2024")],
        ),
        (
            (
                "Tabell 5 (tkr)\n\n                 Årsarbets-    Belopp\n                 krafter\nBRÅ                     12      3 000\n"
                "NSP                     14      4 000\n"
            ),
            [("3 000", ""), ("4 000", "")],
        ),
        (
            "Tabell (mnkr)\n\n                2022–23      2023–24\nSkola               5,5          6,0\nVård                1,5          2,0\n",
            [("5,5", "2022-2023"), ("6,0", "2023-2024"), ("1,5", "2022-2023"), ("2,0", "2023-2024")],
        ),
        ("| Post | 2023/24, tkr |\n|---|---|\n| A | 45 |\n", [("45", "")]),
    ],
    ids=["counts", "years below", "spaces", "a broken word", "pairs of years", "a fiscal year"],
)
def test_headings_of_two_rows_name_the_columns(text: str, expected: list[tuple[str, str]]) -> None:
    assert years_of(text) == expected


@pytest.mark.parametrize("cell", ["högst 3 000", "3 000 prel.", "3 000/4 000", "3e3", "≤3 000", "-(3 000)", "1) 3 000"])
def test_a_figure_among_words_in_a_column_of_money_is_listed(cell: str) -> None:
    [(words, low, unread)] = found(f"Tabell 1, tkr\n\n| A | Belopp |\n|---|---|\n| a | {cell} |\n")
    assert (words, low, unread) == (cell, None, f"'{cell}' is not a number alone")


@pytest.mark.parametrize("heading", ["Table 2, SEK million", "Table 2, EUR million"])
def test_a_comma_before_three_digits_under_english_words_is_not_read(heading: str) -> None:
    one, other = found(f"{heading}\n\n| A | 2022 |\n|---|---|\n| School | 5.5 |\n| Care | 1,200 |\n")
    assert (bool(one[2]), bool(other[2])) == (False, True)


@pytest.mark.parametrize("cell", ["SEK 3 000", "SEK -3 000", "kr 3 000"])
def test_a_currency_in_a_cell_under_a_larger_unit_is_not_read(cell: str) -> None:
    [(words, low, unread)] = found(f"Tabell 1, tkr\n\n| A | Belopp |\n|---|---|\n| a | {cell} |\n")
    assert (words, low, "names a currency, and its column a unit" in unread) == (cell, None, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Myndighet        Belopp     Mottagare\nBRÅ               3 000     Lund\nNSP               4 000     Malmö\n",
            [("3 000", ""), ("4 000", "")],
        ),
        (
            "Område            2022      2023\nSkola             5         6\nVård              17        18\n",
            [("5", "2022"), ("6", "2023"), ("17", "2022"), ("18", "2023")],
        ),
        (
            "Område            2022\nSkola           5 000\nvarav\nVård            1 000\nOmsorg          2 000\n",
            [("5 000", "2022"), ("1 000", "2022"), ("2 000", "2022")],
        ),
    ],
    ids=["a text behind the figures", "figures that begin at one place", "a word alone"],
)
def test_a_table_of_spaces_is_not_lost_for_one_column_or_row(text: str, expected: list[tuple[str, str]]) -> None:
    assert years_of(f"Tabell 5 (tkr)\n\n{text}") == expected
