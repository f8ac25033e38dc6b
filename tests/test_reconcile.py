"""The ledger against somebody else's figures: what is equal, what differs and why, what only one side has."""

from collections import Counter
from pathlib import Path

import pytest
from books import book_of, limits
from letters import ITEMS_2021, LETTER_2021, letter
from outcomes import MONTHLY, UO13, file, monthly_row, yearly, yearly_row, zipped
from running import ledger, run

from ledger.book import Book, as_of
from ledger.query import Query, parse, select
from ledger.reading import load
from ledger.reconcile import Reconciliation, listed, reconcile, statement_of
from ledger.render.csv_ import table as csv
from ledger.render.csv_excel_sv import table as csv_excel_sv
from ledger.render.table import table as plain
from ledger.statements import Asked, Statement, read_statement
from ledger.views.matches import matches

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def shipped() -> Book:
    return load(DATA).book


def stated(data: bytes | str, unit: str | None = None) -> Statement:
    found = read_statement(data if isinstance(data, bytes) else data.encode(), "it", Asked(unit=unit))
    assert isinstance(found, Statement), found
    return found


def against(book: Book, data: bytes | str | Statement, terms: str = "", unit: str | None = None) -> Reconciliation:
    """The lines that terms choose, held against a document."""
    query = parse(terms.split(), book)
    assert isinstance(query, Query)
    statement = data if isinstance(data, Statement) else stated(data, unit)
    return reconcile(book, select(query, book).lines, statement)


def said(found: Reconciliation) -> list[str]:
    """Each comparison as `differs a-line base 5 | 6`; `-` is a side without a figure, brackets hold what is remarked."""
    lines = []
    for one in found.comparisons:
        name = one.line.id if one.line else one.row.code or one.row.id or one.row.recipient if one.row else ""
        ledger = limits(one.ledger.amount.interval) if one.ledger else "-"
        statement = limits(one.stated.interval) if one.stated else "-"
        remark = f" ({one.remark})" if one.remark else ""
        lines.append(f"{one.status} {name} {one.role} {ledger} | {statement}{remark}")
    return sorted(lines)


def counts(found: Reconciliation) -> dict[str, int]:
    return dict(Counter(one.status for one in found.comparisons))


# --- The shipped data


def test_the_uo13_tables_of_three_years_reconcile_with_no_difference(shipped: Book) -> None:
    found = against(shipped, zipped(("årsutfall.csv", yearly(UO13))))
    assert not found.differs
    assert counts(found)["equal"] == 24
    assert {one.remark for one in found.comparisons if one.status == "not comparable"} <= {
        "beside uo13-2023/3-3: base not stated",
        "beside uo13-2025/3-2: proposed, not decided",
        "beside uo13-2025/3-3: proposed, not decided",
    }


@pytest.mark.parametrize(
    ("number", "tkr", "hint"),
    [
        ("3:1", 517_039, "517 039 here closes the gap: two digits are swapped"),
        ("3:1", 571_039_000, "this is 1 000 times that"),
        ("3:2", -166_350, "the sign is turned"),
        ("3:3", 0, "48,1630 mnkr here closes the gap"),
    ],
)
def test_one_changed_figure_is_named_first_with_its_cause(shipped: Book, number: str, tkr: int, hint: str) -> None:
    changed = {**UO13, 2025: {**UO13[2025], number: tkr}}
    found = against(shipped, yearly(changed))
    assert found.differs
    made = listed(shipped, found)
    names = [column.name for column in made.columns]
    first = dict(zip(names, made.rows[0].cells, strict=True))
    assert (first["status"], first["id"]) == ("differs", f"uo13-2025/{number.replace(':', '-')}")
    assert [row.cells[names.index("status")] for row in made.rows].count("differs") == 1
    assert hint in str(first["hints"])
    text = plain(made)
    assert text.index("Differs") < text.index("Not comparable") < text.index("Equal") < text.index("Likely causes")


def test_a_changed_figure_is_pointed_at_on_both_sides(shipped: Book) -> None:
    found = against(shipped, yearly({2025: {**UO13[2025], "3:1": 517_039}}))
    [one] = [one for one in found.comparisons if one.status == "differs"]
    assert one.line
    assert one.line.total
    assert one.hints == (
        f"{one.line.total.place}: 517 039 here closes the gap: two digits are swapped",
        "it:6:75: 571,0390 mnkr here closes the gap: two digits are swapped",
    )


def test_the_letter_of_2021_reconciles_line_by_line(shipped: Book) -> None:
    found = against(shipped, LETTER_2021)
    assert counts(found) == {"equal": 13}
    items = {one.line.code: limits(one.ledger.amount.interval) for one in found.comparisons if one.line and one.ledger}
    assert {code: f"{tkr}000" for code, tkr in ITEMS_2021.items()}.items() <= items.items()


def test_a_changed_item_of_the_letter_is_named_before_the_sum_that_it_changes(shipped: Book) -> None:
    changed = LETTER_2021.replace("Jämställdhetsmyndigheten7 000", "Jämställdhetsmyndigheten70 000")
    changed = changed.replace("(ram)7 000", "(ram)70 000")
    made = listed(shipped, against(shipped, changed))
    at = [column.name for column in made.columns].index("id")
    ids = [row.cells[at] for row in made.rows[:3]]
    assert ids == ["uo13-3-1-2021/jamy", "uo13-3-1-2021/jamy/ap6", "uo13-3-1-2021"]
    assert "7 000 tkr here closes the gap: this is 10 times that" in str(made.below[0].rows)


def test_what_one_side_lacks_of_a_letter_is_a_difference(shipped: Book) -> None:
    lines = [line for line in LETTER_2021.split("\n") if "7 000" not in line]
    found = against(shipped, "\n".join(lines).replace("184 439", "191 439"))
    only = [one for one in said(found) if one.startswith("only")]
    assert only == [
        "only in the ledger uo13-3-1-2021/jamy total 7000000 | -",
        "only in the ledger uo13-3-1-2021/jamy/ap6 total 7000000 | -",
    ]
    more = LETTER_2021.replace("Disponeras av Jäm", "Disponeras av Kulturrådet5\nap.99Mer (ram)5\nDisponeras av Jäm")
    only = [one for one in said(against(shipped, more)) if one.startswith("only")]
    assert only == [
        "only in the statement UO13 3:1 ap.99 total - | 5000",
        "only in the statement UO13 3:1 total - | 5000",
    ]


def test_an_item_that_cannot_be_read_is_not_compared(shipped: Book) -> None:
    glued = LETTER_2021.replace("efter regeringsbeslut (ram)184 439", "20211 000\nap.13Mer 20211 000")
    found = against(shipped, glued)
    assert (
        "not comparable uo13-3-1-2021/kammarkollegiet/ap12 total 184439000 | - (the statement has no figure)"
        in said(found)
    )
    assert len(found.statement.faults) == 2


def test_terms_choose_what_is_compared(shipped: Book) -> None:
    found = against(shipped, yearly(UO13), "code:UO13 year:2025 counted:yes")
    assert counts(found) == {"equal": 3}
    assert len(found.outside) == 21


# --- Codes, years and areas

LINES = """
  a: {title: A, kind: appropriation, code: UO13 3:1, year: 2024, unit: tkr, base: 500, top_ups: [{amount: 70, decided: 2024-06}]}
  b: {title: B, kind: appropriation, code: UO13 3:2, year: 2024, unit: tkr, total: 100, outcome: 90}
"""


def test_budget_is_compared_with_base_and_amending_budgets_with_top_ups() -> None:
    rows = (yearly_row(2024, "3:1", 500, top_ups=60, outcome=280), yearly_row(2024, "3:2", 100, outcome=90))
    found = against(book_of(LINES), yearly({}, *rows))
    assert said(found) == [
        "differs a top-ups 70000 | 60000",
        "equal a base 500000 | 500000",
        "equal b base 100000 | 100000",
        "equal b outcome 90000 | 90000",
    ]
    text = plain(listed(book_of(LINES), found))
    assert "50 %" in text
    assert "90 %" in text


def test_a_total_that_agrees_is_enough_where_only_one_side_tells_base_and_top_ups_apart() -> None:
    found = against(book_of(LINES), yearly({}, yearly_row(2024, "3:2", 80, top_ups=20), yearly_row(2024, "3:1", 570)))
    assert [one.partition(" (")[0] for one in said(found) if "outcome" not in one] == [
        "equal a total 570000 | 570000",
        "equal b total 100000 | 100000",
    ]


def test_other_areas_and_years_are_not_compared_but_counted() -> None:
    rows = [yearly_row(2024, "1:1", 5, area="6"), yearly_row(2023, "3:1", 5), yearly_row(2024, "9:9", 7)]
    found = against(book_of(LINES), yearly({2024: {"3:1": 500, "3:2": 100}}, *rows))
    assert len(found.outside) == 2
    assert "only in the statement UO13 9:9 base - | 7000" in said(found)


def test_a_row_without_money_is_not_missed() -> None:
    found = against(book_of(LINES), yearly({2024: {"3:1": 500, "3:2": 100, "9:9": 0}}))
    assert "9:9" not in " ".join(said(found))


def test_as_of_a_day_the_later_top_up_is_left_out() -> None:
    found = against(as_of(book_of(LINES), "2024-03"), yearly({2024: {"3:1": 500, "3:2": 100}}), "id:a")
    assert said(found) == ["equal a base 500000 | 500000"]


@pytest.mark.parametrize("total", ["", "total: 570,"])
def test_a_top_up_decided_after_the_letter_is_the_likely_cause(total: str) -> None:
    text = letter("Disponeras av Kammarkollegiet500", "ap.1Stöd (ram)500").replace("2021", "2024")
    lines = LINES.replace("base: 500,", f"base: 500, {total}")
    [one] = [one for one in against(book_of(lines), text).comparisons if one.line and one.line.id == "a"]
    assert one.status == "differs"
    assert "equals the gap, and is of 2024-06-30, after the total was stated (2024-01-28)" in one.hints[0]


def test_figures_that_leave_room_are_equal_within_rounding() -> None:
    lines = """
  a: {title: A, kind: appropriation, code: UO13 3:1, year: 2024, total: drygt 500 mnkr}
  b: {title: B, kind: appropriation, code: UO13 3:2, year: 2024, total: {amount: 72 mnkr, rounded_to: 1 mnkr}}
  c: {title: C, kind: appropriation, code: UO13 3:3, year: 2024, total: 48 mnkr}
"""
    found = against(book_of(lines), yearly({2024: {"3:1": 505_000, "3:2": 72_365, "3:3": 48_163}}))
    assert [one.split(" ")[:3] for one in said(found)] == [
        ["differs", "c", "base"],
        ["equal", "within", "rounding"],
        ["equal", "within", "rounding"],
    ]


def test_months_show_the_share_used_and_are_compared_when_the_year_is_whole() -> None:
    rows = [
        monthly_row(2024, "1303001", "1", ("X", ""), ["0,0475"] * 6 + [""] * 6),
        monthly_row(2024, "1303002", "1", ("X", ""), ["0,0075"] * 12),
    ]
    found = against(book_of(LINES), file(MONTHLY, rows))
    assert said(found) == [
        "equal b outcome 90000 | 90000",
        "not comparable a outcome - | 285000 (the ledger states no outcome; no figure after juni)",
    ]
    assert "50 %" in plain(listed(book_of(LINES), found))


def test_rows_that_do_not_add_up_are_listed_below() -> None:
    row = yearly_row(2024, "3:2", 100).replace("0,10000000", "0,20000000", 1)
    text = plain(listed(book_of(LINES), against(book_of(LINES), yearly({2024: {"3:1": 500}}, row))))
    assert "Rows of the statement that do not add up" in text
    assert "0,1 mnkr more than its 'Utgående överföringsbelopp'" in text


# --- Recipients, ids and other ledgers

PEOPLE = """
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: agency, abbreviation: JÄMY, org_number: 202100-6792}
  kk: {name: Kammarkollegiet, kind: agency}
allocations:
  one: {title: A, kind: assignment, year: 2024, recipient: jamy, total: 5 mnkr}
  two: {title: B, kind: assignment, year: 2024, recipient: jamy, total: 3 mnkr}
  three: {title: C, kind: appropriation, year: 2024, recipient: jamy, total: 9 mnkr}
  four: {title: D, kind: grant, year: 2024, recipient: kk, total: 2 mnkr}
"""


@pytest.mark.parametrize("name", ["jamy", "JÄMY", "jämställdhetsmyndigheten", "Jämställdhetsmyndigheten "])
def test_a_recipient_is_known_by_any_of_its_names(name: str) -> None:
    found = against(
        book_of(PEOPLE), f"recipient,year,total\n{name},2024,8\nkk,2024,2\n", "kind:assignment kind:grant", "mnkr"
    )
    assert [one.status for one in found.comparisons] == ["equal", "equal"]


def test_an_organisation_number_is_enough_and_levels_are_not_added_up() -> None:
    found = against(book_of(PEOPLE), "org_number,year,total\n202100-6792,2024,17\n", unit="mnkr")
    assert [one.partition("(")[2] for one in said(found)] == [
        "lines of several levels: choose one with kind: or level:)"
    ]


def test_a_recipient_that_the_ledger_does_not_know_is_only_in_the_statement() -> None:
    found = against(book_of(PEOPLE), "recipient,year,total\nNobody,2024,1\nKammarkollegiet,2024,3\n", unit="mnkr")
    assert said(found) == [
        "differs four total 2000000 | 3000000",
        "only in the statement Nobody total - | 1000000 (the ledger does not know this recipient)",
    ]


@pytest.mark.parametrize("write", [csv, csv_excel_sv])
def test_our_own_export_reads_back_as_the_same_figures(shipped: Book, write: object) -> None:
    assert callable(write)
    text = write(matches(shipped, list(shipped.lines.values())))
    found = against(shipped, text)
    assert {one.status for one in found.comparisons} <= {"equal", "not comparable"}
    assert {one.remark for one in found.comparisons if one.status == "not comparable"} <= {"stated by neither"}
    assert {one.line.id for one in found.comparisons if one.line} == set(shipped.lines)


def test_another_ledger_is_held_against_this_one_by_id(shipped: Book) -> None:
    assert not against(shipped, statement_of(shipped, "other")).differs
    other = book_of(PEOPLE.replace("3 mnkr", "4 mnkr").replace("  four: {title: D", "  five: {title: D"))
    assert [one for one in said(against(book_of(PEOPLE), statement_of(other, "other"))) if "equal" not in one] == [
        "differs two total 3000000 | 4000000",
        "only in the ledger four total 2000000 | -",
        "only in the statement five total - | 2000000",
    ]


# --- The command


def test_the_command_ends_with_1_when_anything_differs(tmp_path: Path) -> None:
    data = str(DATA)
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(yearly(UO13))
    bad.write_bytes(yearly({2025: {**UO13[2025], "3:1": 517_039}}))
    agrees, differs = (run("reconcile", str(path), "--data", data, folder=tmp_path) for path in (good, bad))
    assert (agrees.returncode, agrees.stderr) == (0, "")
    assert (differs.returncode, differs.stderr) == (1, "")
    assert differs.stdout.index("Särskilda jämställdhetsåtgärder") < differs.stdout.index("Integrationsåtgärder")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.4", "a PDF: save it as text"),
        (b"", "empty"),
        ("År;Anslag\nFörsvar\n".encode("cp850"), "not UTF-8: byte 0x8F"),
        (b"code,year,total\n1303001,2024,5\n", "'5' has no unit: say it with --unit"),
        (yearly({1999: {"3:1": 5}}), "can be held against these lines: its 1 rows are of 1999"),
    ],
)
def test_what_cannot_be_read_or_compared_is_one_line_and_status_2(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "it.csv").write_bytes(content)
    ran = run("reconcile", "it.csv", "--data", str(DATA), folder=tmp_path)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert says in ran.stderr


def test_a_directory_is_another_ledger(tmp_path: Path) -> None:
    ledger(tmp_path, name="mine")
    ledger(tmp_path, name="other")
    ran = run("reconcile", "other", "--data", "mine", "-f", "csv", folder=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [line.split(",")[0] for line in ran.stdout.splitlines()] == ["status", "equal", "equal", "equal"]
    (tmp_path / "none").mkdir()
    assert run("reconcile", "none", "--data", "mine", folder=tmp_path).returncode == 2
    assert run("reconcile", "nowhere", "--data", "mine", folder=tmp_path).stderr.count("\n") == 1


def test_the_unit_is_that_of_bare_amounts_and_of_the_table(tmp_path: Path) -> None:
    (tmp_path / "it.csv").write_text("code,year,total\n1303001,2025,571039\n", encoding="utf-8")
    ran = run("reconcile", "it.csv", "code:UO13 3:1", "--unit", "tkr", "--data", str(DATA), folder=tmp_path)
    assert "571 039" in ran.stdout
