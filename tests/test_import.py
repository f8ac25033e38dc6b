"""`ledger import`: letters, outcome files, tables and prose become lines, and nothing that is there is touched."""

import re
from collections.abc import Iterable
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest
from books import limits
from letters import ITEMS_2021, LETTER_2021
from outcomes import MONTHLY, UO13, file, monthly_row, yearly, yearly_row
from running import ledger as make_ledger
from test_statements import LETTER_2003
from typer.testing import CliRunner

from ledger.book import Agency, Book, Origin, agencies_called, names_of
from ledger.cli import build
from ledger.money import Amount, Interval, read_amount
from ledger.reading import load, load_text
from ledger.statements import Asked, Statement, read_statement
from ledger.statements.letter import Letter, read_letter
from ledger.writing import Record, new_file
from ledger.writing.agencies import kind_of, named, new_agencies
from ledger.writing.from_amount import amount_text, unit_of_all
from ledger.writing.from_letter import agencies_in, planned_letter
from ledger.writing.from_rows import planned_rows, told_by
from ledger.writing.from_tree import Placing, Planned, records_of

DATA = Path(__file__).parents[1] / "data"

LETTER_2_2 = """\
2020-12-22
A2020/02711
Regleringsbrev för budgetåret 2021 avseende anslag 2:2 Åtgärder mot diskriminering och rasism m.m.
4.1 Tilldelade anslag/anslagsposter (belopp angivna i tkr)
Utgiftsområde 13 Jämställdhet och nyanlända invandrares etablering
2:2
Åtgärder mot diskriminering och rasism m.m. (Ramanslag)
Disponeras av Myndigheten för ungdoms- och civilsamhällesfrågor59 868
ap.1Stöd för verksamhet som motverkar rasism och liknande former av intolerans (ram)14 320
ap.2Stöd till organisationer för homosexuella, bisexuella och transpersoner (ram)11 298
ap.3Stöd för verksamhet som förebygger och motverkar diskriminering (ram)29 000
ap.6Insatser för att stärka hbtq-personers rättigheter och möjligheter (ram)5 250
Disponeras av Länsstyrelsen i Stockholms län600
ap.9Insatser mot rasism på arbetsmarknaden (ram)600
Disponeras av Kammarkollegiet30 451
ap.7Insatser för att stärka hbtq-personers rättigheter och möjligheter (ram)14 750
ap.10Nationell plan mot rasism, liknande former av fientlighet och hatbrott (ram)15 701
Disponeras av Socialstyrelsen2 000
ap.8Insatser för att stärka hbtq-personers rättigheter och möjligheter (ram)2 000
"""
"""The letter for UO13 2:2 of 2020-12-22 (RBID 21495), 92 919 tkr."""

PAGE = """<!DOCTYPE html><html><body><p>2021-06-03<br>A2021/01302</p>
<h1>Regleringsbrev f&ouml;r budget&aring;ret 2021 avseende anslag 3:1 S&auml;rskilda</h1>
<a href="https://www.esv.se/statsliggaren/regleringsbrev/?RBID=21844">brevet</a>
<h2>4.1 Tilldelade anslag/anslagsposter (belopp angivna i tkr)</h2><p>Utgiftsomr&aring;de 13 J&auml;mst&auml;lldhet</p>
<table><tr><td>3:1</td><td>S&auml;rskilda (Ramanslag)</td><td></td></tr>
<tr><td colspan="2">Disponeras av Kammarkollegiet</td><td>12&nbsp;000</td></tr>
<tr><td>ap.12</td><td>Insatser 2021</td><td>12&nbsp;000</td></tr></table></body></html>"""


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str, folder: Path) -> Ran:
    """Run a command in a folder, inside this process, which is many times as quick as a new one."""
    with chdir(folder):
        done = CliRunner().invoke(build(), [*arguments], env={"LEDGER_DATA": None})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)


def put(folder: Path, name: str, content: str | bytes) -> str:
    """A document in a folder."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def empty(folder: Path, name: str = "data") -> Path:
    """An empty ledger."""
    (folder / name).mkdir()
    return folder / name


def bytes_of(directory: Path) -> dict[str, bytes]:
    """Every file of a ledger."""
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in directory.rglob("*.yaml")}


def totals(book: Book) -> dict[str, str]:
    """The total of every line, by its id."""
    return {name: limits(value.total.amount.interval) for name in book.lines if (value := book.value(name)).total}


def content(book: Book, root: str) -> set[tuple[object, ...]]:
    """What a line and those in it say, whatever their ids."""
    return {
        (
            line.kind,
            line.full_code,
            line.title,
            line.years,
            line.decided,
            book.agencies[line.recipient].name if line.recipient else "",
            line.total.amount.interval if line.total else None,
        )
        for line in book.lines.values()
        if line.id.partition("/")[0] == root
    }


# --- Letters


@pytest.mark.parametrize(
    ("text", "line", "lines", "tkr"),
    [(LETTER_2021, "uo13-3-1-2021", 13, 439_039), (LETTER_2_2, "uo13-2-2-2021", 13, 92_919)],
    ids=["3:1", "2:2"],
)
def test_a_letter_of_2021_imported_says_what_the_shipped_lines_say(
    tmp_path: Path, text: str, line: str, lines: int, tkr: int
) -> None:
    name = put(tmp_path, "letter.txt", text)
    data = empty(tmp_path)
    done = run("import", name, "--into", "data", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert f"{lines} lines of 2021: data/allocations/2021.yaml" in done.stderr
    assert done.stderr.endswith("ledger: next: ledger check --data data\n")
    book, shipped = load(data).book, load(DATA).book
    assert totals(book)[line] == f"{tkr}000"
    inside = {one for one in content(shipped, line) if one[2] != "Administration inside ap.1"}
    assert content(book, line) == inside
    check = run("check", "--strict", "--data", "data", folder=tmp_path)
    assert (check.returncode, check.stderr.splitlines()[-1][-5:]) == (0, "clean")
    agreed = run("reconcile", name, "--data", "data", folder=tmp_path)
    assert (agreed.returncode, f"{lines} equal." in agreed.stdout) == (0, True)


def test_no_total_of_the_appropriation_is_made_up_and_agencies_totals_stay_as_checks(tmp_path: Path) -> None:
    put(tmp_path, "letter.txt", LETTER_2021)
    data = empty(tmp_path)
    run("import", "letter.txt", "--into", "data", folder=tmp_path)
    book = load(data).book
    line = book.lines["uo13-3-1-2021"]
    assert (line.total, line.decided, line.sources) == (None, "2021-06-03", ("a2021-01302",))
    shares = [book.lines[part] for part in line.parts]
    assert all(share.total and share.parts and not share.code for share in shares)
    items = {one.code: limits(one.total.amount.interval) for one in book.lines.values() if one.total and one.code}
    assert items == {code: f"{tkr}000" for code, tkr in ITEMS_2021.items()}
    text = (data / "allocations/2021.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Imported from letter.txt: Regleringsbrev för budgetåret 2021")
    assert "# ap.12: högst 4 500 000 kronor (line 27: Statistiska centralbyrån" in text


def test_a_second_import_adds_nothing_and_says_so(tmp_path: Path) -> None:
    put(tmp_path, "letter.txt", LETTER_2021)
    data = empty(tmp_path)
    run("import", "letter.txt", "--into", "data", folder=tmp_path)
    before = bytes_of(data)
    done = run("import", "letter.txt", "--into", "data", folder=tmp_path)
    said = "ledger: nothing to add: 13 lines of 'letter.txt' are there already, 13 figures agree\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, "", said)
    assert bytes_of(data) == before


@pytest.mark.parametrize("text", [LETTER_2021, LETTER_2_2], ids=["3:1", "2:2"])
def test_the_shipped_ledger_has_the_letters_of_2021_already(tmp_path: Path, text: str) -> None:
    put(tmp_path, "letter.txt", text)
    done = run("import", "letter.txt", "--into", str(DATA), "--dry-run", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "nothing to add: 13 lines" in done.stderr


def test_an_amendment_says_what_differs_and_adds_nothing(tmp_path: Path) -> None:
    amended = LETTER_2021.replace("9 000", "9 500").replace("2021-06-03", "2021-09-01")
    put(tmp_path, "letter.txt", amended)
    data = tmp_path / "data"
    copytree(DATA, data)
    done = run("import", "letter.txt", "--into", "data", folder=tmp_path)
    assert done.returncode == 1
    assert "UO13 3:1 ap.11 Särskilda jämställdhetsåtgärder - del till MUCF (ram)" in done.stdout
    assert "the ledger has the letter rb-21844 of 2021-06-03 with these lines; this one, of 2021-09-01, is later" in (
        done.stderr
    )
    assert "10 figures agree, 3 differ" in done.stderr
    assert bytes_of(data) == bytes_of(DATA)


def test_a_changed_cell_is_refused_naming_the_agency_the_gap_and_what_would_close_it(tmp_path: Path) -> None:
    put(tmp_path, "letter.txt", LETTER_2021.replace("MUCF (ram)9 000", "MUCF (ram)90 000"))
    data = empty(tmp_path)
    done = run("import", "letter.txt", "--into", "data", folder=tmp_path)
    assert (done.returncode, done.stdout, bytes_of(data)) == (1, "", {})
    assert (
        "letter.txt:17:1: error[parts-mismatch] Myndigheten för ungdoms- och civilsamhällesfrågor: the items come to "
        "90 000 tkr, the total over them says 9 000 tkr (81 000 tkr too much)"
    ) in done.stderr
    assert "hint: 9 000 tkr here closes the gap: this is 10 times that" in done.stderr
    forced = run("import", "letter.txt", "--into", "data", "--force", folder=tmp_path)
    assert forced.returncode == 0
    assert "data/allocations/2021.yaml:45:16: error[parts-mismatch]" in forced.stderr
    assert run("check", "--data", "data", folder=tmp_path).returncode == 1


def test_a_dry_run_is_a_diff_that_patch_takes_and_writes_nothing(tmp_path: Path) -> None:
    put(tmp_path, "letter.txt", LETTER_2021)
    data = empty(tmp_path)
    done = run("import", "letter.txt", "--into", "data", "--dry-run", folder=tmp_path)
    assert (done.returncode, bytes_of(data)) == (0, {})
    assert done.stdout.startswith("--- /dev/null\n+++ b/data/agencies.yaml\n@@ -0,0 +1,")
    assert "ledger: a dry run: nothing is written" in done.stderr


def test_agencies_without_a_figure_are_not_added_twice(tmp_path: Path) -> None:
    put(
        tmp_path,
        "letter.txt",
        "Regleringsbrev budgetåret 2021 anslag 3:1\nutg.omr. 13\nDisponeras av A\nDisponeras av B",
    )
    data = empty(tmp_path)
    assert run("import", "letter.txt", "--into", "data", folder=tmp_path).returncode == 0
    assert set(load(data).book.lines) == {"uo13-3-1-2021", "uo13-3-1-2021/a", "uo13-3-1-2021/b"}
    before = bytes_of(data)
    done = run("import", "letter.txt", "--into", "data", folder=tmp_path)
    assert (done.returncode, bytes_of(data)) == (0, before)
    file = data / "allocations/2021.yaml"
    file.write_text(re.sub(".*recipient: b.*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert run("import", "letter.txt", "--into", "data", folder=tmp_path).returncode == 0
    assert load(data).book.lines["uo13-3-1-2021-b"].of == "uo13-3-1-2021"


def test_existing_files_keep_every_byte_and_known_agencies_are_used(tmp_path: Path) -> None:
    before = (
        "# mine\r\nagencies:\r\n  mucf: {name: Myndigheten, kind: x, abbreviation: MUCF, name_en: "
        "Myndigheten för ungdoms- och civilsamhällesfrågor}  # here\r\nsources:\r\n  s: {title: S, kind: k}\r\n"
        "allocations:\r\n    z-2021: {title: Z, kind: grant, year: 2021, source: s, recipient: mucf, total: 5 kr}\r\n"
    )
    data = empty(tmp_path)
    put(data, "all.yaml", before)
    put(tmp_path, "letter.txt", LETTER_2_2)
    done = run("import", "letter.txt", "--into", "data", folder=tmp_path)
    assert done.returncode == 0
    assert "agencies: 1 known, 3 new: data/all.yaml" in done.stderr
    after = (data / "all.yaml").read_bytes().decode()
    kept = iter(after.splitlines(keepends=True))
    assert all(line in kept for line in before.splitlines(keepends=True))
    assert list(bytes_of(data)) == ["all.yaml"]
    assert load(data).book.lines["uo13-2-2-2021/mucf"].recipient == "mucf"


def test_items_of_an_appropriation_that_the_ledger_has_name_it_by_of(tmp_path: Path) -> None:
    old = "agencies:\n  kk: {name: Kammarkollegiet, kind: x}\nsources:\n  b: {title: B, kind: c}\nallocations:\n"
    line = "  uo13-2021: {title: Area, kind: area, code: UO13, year: 2021, counted: no, source: b, total: 500 mnkr, parts_are: partial, parts: "
    make_ledger(
        tmp_path, f"{old}{line}{{ours: {{kind: appropriation, code: UO13 3:1, title: A, total: 439 039 tkr}}}}}}\n"
    )
    put(tmp_path, "letter.txt", LETTER_2021)
    done = run("import", "letter.txt", folder=tmp_path)
    assert done.returncode == 0
    book = load(tmp_path / "data").book
    of = {one.id: one.of for one in book.lines.values() if one.of}
    assert of["uo13-3-1-2021-kk"] == "uo13-2021/ours"
    assert len(of) == 6
    assert book.lines["uo13-3-1-2021-kk/ap12"].full_code == "UO13 3:1 ap.12"
    again = run("import", "letter.txt", folder=tmp_path)
    assert (again.returncode, "nothing to add" in again.stderr) == (0, True)


def test_a_letter_of_2003_keeps_its_total_over_the_items(tmp_path: Path) -> None:
    put(
        tmp_path,
        "letter.txt",
        LETTER_2003.replace(
            "ändamål (ramanslag)25 450 tkr\n\nDisponeras av Exempelverket",
            "ändamål (ramanslag)25 450 tkr\n\nDisponeras av Annat verk",
        ),
    )
    data = empty(tmp_path)
    done = run("import", "letter.txt", "--into", "data", folder=tmp_path)
    assert (done.returncode, "the letter says that it amends another one" in done.stderr) == (0, True)
    book = load(data).book
    assert totals(book) == {
        "uo14-23-6-2003": "26681000",
        "uo14-23-6-2003/regeringskansliet": "25181000",
        "uo14-23-6-2003/regeringskansliet/ap1": "25181000",
        "uo14-23-6-2003/exempelverket": "1500000",
        "uo14-23-6-2003/exempelverket/ap2": "1500000",
        "uo15-25-7-2003": "25450000",
    }
    assert book.sources["n2003-100"].kind == "amendment-letter"
    assert book.agencies[book.lines["uo15-25-7-2003"].recipient].name == "Annat verk"
    assert run("import", "letter.txt", "--into", "data", folder=tmp_path).returncode == 0


def test_the_number_and_address_of_a_saved_page_become_its_source(tmp_path: Path) -> None:
    put(tmp_path, "page.html", PAGE)
    data = empty(tmp_path)
    assert run("import", "page.html", "--into", "data", folder=tmp_path).returncode == 0
    source = load(data).book.sources["rb-21844"]
    assert (source.reference, source.published) == ("RBID 21844; A2021/01302", "2021-06-03")
    assert source.url == "https://www.esv.se/statsliggaren/regleringsbrev/?RBID=21844"


def test_terms_choose_whole_appropriations_of_a_letter(tmp_path: Path) -> None:
    both = LETTER_2_2 + LETTER_2021.split("etablering\n")[1].replace("9 000", "9 100", 1)
    put(tmp_path, "letter.txt", both)
    data = empty(tmp_path)
    assert run("import", "letter.txt", "--into", "data", folder=tmp_path).returncode == 1
    done = run("import", "letter.txt", 'code:"UO13 2:2"', "--into", "data", folder=tmp_path)
    assert done.returncode == 0
    assert [line.code for line in load(data).book.lines.values() if not line.parent] == ["UO13 2:2"]
    none = run("import", "letter.txt", "recipient:Socialstyrelsen", "--into", "data", folder=tmp_path)
    assert none.returncode == 2
    assert "a letter is imported by whole ones, here UO13 2:2, UO13 3:1" in none.stderr


# --- Outcome files and tables


def test_terms_choose_among_the_rows_of_a_yearly_file(tmp_path: Path) -> None:
    row = yearly_row(2024, "3:1", 500_000, top_ups=70_500, outcome=560_250)
    put(tmp_path, "arsutfall.csv", yearly(UO13, row))
    data = empty(tmp_path)
    done = run("import", "arsutfall.csv", 'code:"UO13 3:1"', "2024", "--into", "data", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    book = load(data).book
    [line] = book.lines.values()
    assert (line.id, line.kind, line.code, line.sources) == (
        "uo13-3-1-2024",
        "appropriation",
        "UO13 3:1",
        ("arsutfall",),
    )
    assert totals(book) == {"uo13-3-1-2024": "570500000"}
    assert line.outcome
    assert limits(line.outcome.amount.interval) == "560250000"
    assert book.sources["arsutfall"].reference.startswith("arsutfall.csv; sha256 ")
    none = run("import", "arsutfall.csv", 'code:"UO13 3:1"', "not:2023..2026", "--into", "data", folder=tmp_path)
    assert none.returncode == 2
    assert "no line of 'arsutfall.csv' is chosen; there are 25 lines of 2023 to 2026: UO13 1:1" in none.stderr


def test_an_outcome_that_a_line_lacks_is_said_and_the_line_is_left(tmp_path: Path) -> None:
    row = yearly_row(2024, "3:1", 5_000, outcome=4_000)
    put(tmp_path, "arsutfall.csv", yearly({}, row))
    make_ledger(
        tmp_path,
        "sources:\n  s: {title: S, kind: x}\nallocations:\n"
        "  a: {title: A, kind: appropriation, code: UO13 3:1, year: 2024, source: s, total: 5 mnkr}\n",
    )
    done = run("import", "arsutfall.csv", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "data/ledger.yaml:4:3: a: outcome: {amount: 4 mnkr, source: arsutfall}" in done.stderr
    assert "nothing to add: 1 line of 'arsutfall.csv' is there already, 1 figure agrees" in done.stderr


def test_a_row_that_several_lines_may_be_adds_nothing_and_is_named(tmp_path: Path) -> None:
    put(tmp_path, "t.csv", "code,year,total (tkr)\nUO13 3:1,2024,5\n")
    line = "{title: A, kind: appropriation, code: UO13 3:1, year: 2024, source: s, total: 5 tkr}"
    make_ledger(tmp_path, f"sources:\n  s: {{title: S, kind: x}}\nallocations:\n  a: {line}\n  b: {line}\n")
    done = run("import", "t.csv", folder=tmp_path)
    assert (done.returncode, "t.csv:2:1: several lines have this code: a, b" in done.stderr) == (0, True)


def test_one_figure_that_differs_keeps_all_from_being_written_unless_forced(tmp_path: Path) -> None:
    put(tmp_path, "t.csv", "code,year,total (tkr)\nUO13 3:1,2024,5\nUO13 3:2,2024,6\n")
    make_ledger(
        tmp_path,
        "sources:\n  s: {title: S, kind: x}\nallocations:\n"
        "  a: {title: A, kind: appropriation, code: UO13 3:1, year: 2024, source: s, total: 7 tkr}\n",
    )
    before = bytes_of(tmp_path / "data")
    done = run("import", "t.csv", folder=tmp_path)
    assert (done.returncode, bytes_of(tmp_path / "data")) == (1, before)
    assert "Differs, tkr" in done.stdout
    assert "with --force the 1 new record is written all the same" in done.stderr
    forced = run("import", "t.csv", "--force", folder=tmp_path)
    assert forced.returncode == 1
    book = load(tmp_path / "data").book
    assert totals(book) == {"a": "7000", "uo13-3-2-2024": "6000"}


def test_a_row_that_is_no_line_is_named_and_stands_in_the_way_only_where_it_is_not_left_out(tmp_path: Path) -> None:
    put(tmp_path, "t.csv", "code,year,total (tkr)\nUO13 3:1,2024,5\nDiverse,2024,5\n")
    data = empty(tmp_path)
    done = run("import", "t.csv", "--into", "data", folder=tmp_path)
    assert (done.returncode, bytes_of(data)) == (2, {})
    assert "t.csv:3:1: the code 'Diverse' does not tell the kind of line" in done.stderr
    chosen = run("import", "t.csv", "code:UO13", "--into", "data", folder=tmp_path)
    assert (chosen.returncode, list(load(data).book.lines)) == (0, ["uo13-3-1-2024"])


def test_a_name_that_two_agencies_have_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "t.csv", "recipient,title,year,kind,amount\nROKS,A,2024,grant,5 kr\n")
    both = "agencies:\n  a: {name: Roks, kind: x}\n  b: {name: B, abbreviation: roks, kind: x}\n"
    before = bytes_of(make_ledger(tmp_path, both))
    done = run("import", "t.csv", folder=tmp_path)
    assert (done.returncode, bytes_of(tmp_path / "data")) == (2, before)
    assert "'ROKS' may be a or b: tell them apart in the ledger" in done.stderr


def rows_of(data: bytes | str, unit: str | None = None) -> Statement:
    found = read_statement(data if isinstance(data, bytes) else data.encode(), "it", Asked(unit=unit))
    assert isinstance(found, Statement), found
    return found


def book_from(data: bytes | str, unit: str | None = None) -> Book:
    """The ledger that the rows of a document make when there was none."""
    rows = rows_of(data, unit).rows
    agencies = named(((row.recipient, row.org_number) for row in rows), {})
    told, faults = told_by(rows, {recipient: one.id for recipient, one in agencies.items()})
    assert faults == []
    return written(planned_rows(told), new_agencies(agencies.values()))


def written(planned: Iterable[Planned], agencies: Iterable[Record]) -> Book:
    """The ledger that planned lines make when there was none."""
    lines = records_of(planned, Placing("s", lambda _: "", lambda _one, _outer: "", set()))
    text = new_file([*agencies, Record("sources", "s", {"title": "S", "kind": "x"}), *lines])
    loaded = load_text(text)
    assert loaded.faults == (), text
    return loaded.book


def test_a_budget_table_nests_its_appropriations_in_their_area() -> None:
    rows = "".join(f"UO13 {number},2025,{tkr}\n" for number, tkr in UO13[2025].items())
    book = book_from(f"code,year,total (tkr)\nUO13,2025,6265767\n{rows}")
    area = book.lines["uo13-2025"]
    assert (area.kind, area.complete, len(area.parts)) == ("area", True, 8)
    assert limits(book.lines["uo13-2025/3-1"].total.amount.interval) == "571039000"  # type: ignore[union-attr]


def test_an_area_whose_rows_are_not_all_there_is_partial() -> None:
    book = book_from("code,year,total (tkr)\nUO13,2025,10\nUO13 3:1,2025,4\n")
    assert not book.lines["uo13-2025"].complete


def test_items_of_the_monthly_file_lie_in_their_appropriation() -> None:
    kk, jamy = ("Kammarkollegiet", "202100-0829"), ("Jämställdhetsmyndigheten", "202100-6693")
    rows = [
        monthly_row(2024, "1303001", "012", kk, ["1,5"] * 12),
        monthly_row(2024, "1303001", "6", jamy, ["0,1"] * 12),
    ]
    book = book_from(file(MONTHLY, rows))
    found = {name: limits(line.outcome.amount.interval) for name, line in book.lines.items() if line.outcome}
    assert found == {"uo13-3-1-2024": "19200000", "uo13-3-1-2024/ap12": "18000000", "uo13-3-1-2024/ap6": "1200000"}
    assert {one.org_number for one in book.agencies.values()} == {"202100-0829", "202100-6693"}


def test_a_row_without_a_code_needs_a_kind_and_is_told_by_who_gets_it_for_what() -> None:
    head = "recipient,title,year,kind,amount\n"
    book = book_from(f"{head}Göteborgs kommun,Jourer,2024,grant,högst 2 mnkr\nGöteborgs kommun,Annat,2024,grant,3 kr\n")
    assert list(book.lines) == ["goteborgs-kommun-jourer-2024", "goteborgs-kommun-annat-2024"]
    assert totals(book)["goteborgs-kommun-jourer-2024"] == "[0, 2000000]"
    assert book.agencies["goteborgs-kommun"].kind == "municipality"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("recipient,year,amount\nX,2024,3 kr\n", "a recipient does not tell the kind of line: add a column 'kind'"),
        ("code,year,kind,amount\nUO13 3:1,2024,grnt,3 kr\n", "'grnt' is not a kind of line (did you mean 'grant'?)"),
        ("code,year,amount\nUO13 3:1,2024,3 kr\n1303001,2024,4 kr\n", "the same line as the row on line 2"),
        ("code,year,amount\nB 3:1,2024,3 kr\n", "the code 'B 3:1' does not tell the kind of line"),
        ("id,kind,amount\nx,grant,3 kr\n", "no year: add a column 'year'"),
    ],
)
def test_a_row_that_cannot_be_a_line_is_refused(text: str, says: str) -> None:
    [fault] = told_by(rows_of(text).rows, {})[1]
    assert says in fault.message


def test_a_letter_that_is_read_in_part_still_says_only_what_is_sure() -> None:
    letter = read_letter(LETTER_2021.replace("MUCF (ram)9 000", "MUCF 20219 000"), "it")
    assert isinstance(letter, Letter)
    found = named(((name, "") for name in agencies_in(letter)), {})
    planned = planned_letter(letter, {name: one.id for (name, _), one in found.items()})
    book = written(planned, new_agencies(found.values()))
    assert totals(book)["uo13-3-1-2021"] == "439039000"


# --- Agencies and amounts


MUCF = Agency(
    "mucf",
    "Myndigheten för ungdoms- och civilsamhällesfrågor",
    "x",
    Origin("", "", {}),
    name_en="Swedish Agency for Youth and Civil Society",
    abbreviation="MUCF",
    org_number="202100-1173",
)
SKANE = Agency("lst-skane", "Länsstyrelsen i Skåne län", "x", Origin("", "", {}))
OTHER = Agency("other", "MUCF", "x", Origin("", "", {}), org_number="123")


@pytest.mark.parametrize(
    ("name", "number", "ids"),
    [
        ("myndigheten för  ungdoms- och civilsamhällesfrågor", "", ("mucf",)),
        ("Myndigheten för ungdoms- och civil\u00adsamhällesfrågor (MUCF)", "", ("mucf",)),
        ("Swedish agency for youth and civil society", "", ("mucf",)),
        ("mucf", "", ("mucf", "other")),
        ("Whatever", "2021001173", ("mucf",)),
        ("Whatever", "162021001173", ("mucf",)),
        ("Länsstyrelsen Skåne", "", ("lst-skane",)),
        ("Länsstyrelsen i Skånes län", "", ("lst-skane",)),
        ("Länsstyrelsen i Stockholms län", "", ()),
        ("", "", ()),
        ("Whatever", "123", ()),
    ],
)
def test_an_agency_is_known_by_any_of_its_names_and_its_number(name: str, number: str, ids: tuple[str, ...]) -> None:
    assert agencies_called(names_of((MUCF, SKANE, OTHER)), name, number) == ids


def test_an_unknown_agency_is_new_once_and_the_nearest_known_is_told() -> None:
    found = named(
        [("Myndigheten för delaktigheten", ""), ("", ""), ("X", "2021006693"), ("Y", "202100-6693")], {"mucf": MUCF}
    )
    assert found["Myndigheten för delaktigheten", ""].near == ""
    near = named([("Länsstyrelsen i Skåna län", "")], {"lst-skane": SKANE})
    assert near["Länsstyrelsen i Skåna län", ""].near == " (did you mean 'Länsstyrelsen i Skåne län'?)"
    assert [record.fields.get("org_number") for record in new_agencies(found.values())] == [None, "202100-6693"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Länsstyrelsen i Örebro län", "county-board"),
        ("Länsstyrelserna", "group"),
        ("Uppsala universitet", "university"),
        ("Högskolan i Gävle", "university"),
        ("Göteborgs kommun", "municipality"),
        ("Region Skåne", "municipality"),
        ("Socialstyrelsen", "government-agency"),
        ("Kammarkollegiet", "government-agency"),
        ("Brottsförebyggande rådet", "government-agency"),
        ("Myndigheten för delaktighet", "government-agency"),
        ("Statens skolverk", "government-agency"),
        ("Kvinnojoursnätverket", "other"),
        ("Roks", "other"),
    ],
)
def test_the_kind_of_an_agency_is_told_by_its_name_or_left_open(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    "words", ["184 439 tkr", "högst 2 mnkr", "4,5–6 mnkr", "drygt 600 mnkr", "0 kr", "-3,25 mnkr", "1 öre"][:-1]
)
def test_an_amount_is_written_so_that_it_reads_the_same(words: str) -> None:
    amount = read_amount(words)
    unit = unit_of_all([amount])
    assert read_amount(amount_text(amount, unit), unit or None).interval == amount.interval
    assert read_amount(amount_text(amount)).interval == amount.interval


def test_an_amount_without_words_is_written_by_its_limits() -> None:
    assert amount_text(Amount(Interval(100, 250), None, "", "range")) == "1–2,5 kr"
    assert amount_text(Amount(Interval(100_000, None), None, "", "range")) == "minst 1 tkr"


# --- Prose

PRESS = """\
# Satsning

Regeringen avsätter drygt 600 miljoner kronor 2024. Myndigheten får ett tillskott på mer än tre miljoner kronor.

Den lilla delen är 375 00 kronor, och 40 000 euro går till Östersjön.
"""


def test_prose_becomes_a_draft_in_comments_that_passes_check(tmp_path: Path) -> None:
    put(tmp_path, "press.md", PRESS)
    data = empty(tmp_path)
    done = run("import", "--prose", "press.md", "--source", "pr-2024", "--into", "data", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    text = (data / "pr-2024.yaml").read_text(encoding="utf-8")
    assert all(line.startswith("#") or not line for line in text.splitlines())
    for words in (
        "line 3: 'drygt 600 miljoner kronor'",
        "# Regeringen avsätter drygt 600 miljoner kronor 2024.",
        "    total: drygt 600 mnkr",
        "      - {amount: mer än 3 mnkr, words: mer än tre miljoner kronor}",
        "said to come on top",
        "cannot be read: ",
        "in EUR: one ledger, one currency",
    ):
        assert words in text, words
    assert run("check", "--strict", "--data", "data", folder=tmp_path).returncode == 0
    again = run("import", "--prose", "press.md", "--source", "pr-2024", "--into", "data", folder=tmp_path)
    assert (again.returncode, "holds this draft already" in again.stderr) == (0, True)
    (data / "pr-2024.yaml").write_text("# mine\n", encoding="utf-8")
    kept = run("import", "--prose", "press.md", "--source", "pr-2024", "--into", "data", folder=tmp_path)
    assert (kept.returncode, bytes_of(data)) == (1, {"pr-2024.yaml": b"# mine\n"})


def test_a_row_without_a_code_is_known_again_by_its_title_kind_recipient_and_year(tmp_path: Path) -> None:
    rows = "title,kind,recipient,year,total\nStöd till jourer,grant,Jämställdhetsmyndigheten,2024,{}\n"
    put(tmp_path, "grants.csv", rows.format(5))
    data = empty(tmp_path)
    words = ("import", "grants.csv", "--unit", "mnkr", "--source", "s", "--into", "data")
    assert run(*words, folder=tmp_path).returncode == 0
    made = bytes_of(data)
    again = run(*words, folder=tmp_path)
    assert (again.returncode, "1 line of 'grants.csv' is there already, 1 figure agrees" in again.stderr) == (0, True)
    put(tmp_path, "grants.csv", rows.format(6))
    other = run(*words, folder=tmp_path)
    assert (other.returncode, "0 figures agree, 1 differs" in other.stderr) == (1, True)
    assert bytes_of(data) == made


# --- What cannot be imported


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "--prose needs the id of the document: add --source ID, which names the draft too"),
        (("--source", "pr-2024", "kind:grant"), "--prose takes no terms: it drafts every amount of the text"),
        (
            ("--source", "pr-2024", "--unit", "tkr"),
            "--prose takes no --unit: a figure in a text without a unit is no amount",
        ),
    ],
    ids=["source", "terms", "unit"],
)
def test_prose_is_told_by_its_source_alone(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    put(tmp_path, "press.md", PRESS)
    data = empty(tmp_path)
    done = run("import", "--prose", "press.md", "--into", "data", *words, folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr, bytes_of(data)) == (2, "", f"ledger: {says}\n", {})


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("no.md", None, "ledger: cannot read 'no.md': no such file or directory"),
        ("empty.md", b"Hej.\n", "ledger: no amount of money in 'empty.md'"),
        ("binary.md", b"5 mnkr\x00", "ledger: binary.md:1:7: not a text: it holds a zero byte"),
    ],
    ids=["missing", "without", "binary"],
)
def test_a_text_without_amounts_makes_no_draft(tmp_path: Path, name: str, content: bytes | None, says: str) -> None:
    if content is not None:
        put(tmp_path, name, content)
    data = empty(tmp_path)
    done = run("import", "--prose", name, "--source", "pr-2024", "--into", "data", folder=tmp_path)
    assert (done.returncode, done.stdout, bytes_of(data)) == (2, "", {})
    assert done.stderr.startswith(says)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"%PDF-1.7", "a PDF: save it as text"),
        ("b.bin", b"a\x00b", "not a text: it holds a zero byte"),
        ("c.html", b"<html><p>Hej</p></html>", "not a document that is known here"),
        ("d.txt", LETTER_2021.encode("cp850", "replace"), "not UTF-8: byte 0x"),
        ("e.csv", b"code,year,total\nUO13 3:1,2024,5\n", "'5' has no unit: say it with --unit"),
    ],
    ids=["pdf", "binary", "page", "cp850", "no-unit"],
)
def test_what_cannot_be_read_is_one_line_and_status_2(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    put(tmp_path, name, content)
    data = empty(tmp_path)
    done = run("import", name, "--into", "data", folder=tmp_path)
    assert (done.returncode, done.stdout, bytes_of(data)) == (2, "", {})
    assert says in done.stderr.splitlines()[0]


def test_a_ledger_that_is_not_there_is_an_error_that_names_init(tmp_path: Path) -> None:
    put(tmp_path, "letter.txt", LETTER_2021)
    done = run("import", "letter.txt", "--into", "money", folder=tmp_path)
    assert (done.returncode, done.stderr) == (2, "ledger: 'money' is not there: 'ledger init money' makes a ledger\n")
    shipped = run("import", "letter.txt", folder=tmp_path)
    assert (shipped.returncode, "there is no ledger here" in shipped.stderr) == (2, True)


PROPOSED = """\
sources:
  bill: {title: Budgetpropositionen för 2021, kind: budget-bill}
allocations:
  bill-3-1:
    title: Särskilda jämställdhetsåtgärder
    kind: appropriation
    code: UO13 3:1
    year: 2021
    stage: proposed
    source: bill
    total: 422 439 tkr
"""


def test_a_letter_is_not_taken_for_a_proposed_line_of_its_code(tmp_path: Path) -> None:
    data = make_ledger(tmp_path, PROPOSED)
    (tmp_path / "letter.txt").write_text(LETTER_2021, encoding="utf-8")
    done = run("import", "letter.txt", "--into", "data", folder=tmp_path)
    assert done.returncode == 1
    assert "bill-3-1 has a code of the document, and is proposed, not decided" in done.stderr
    assert "nothing is written" in done.stderr
    assert [path.name for path in data.iterdir()] == ["ledger.yaml"]
    held = run("reconcile", "letter.txt", "--data", "data", folder=tmp_path)
    assert held.returncode == 1
    assert "bill-3-1 is proposed, not decided" in held.stdout


def test_a_proposed_line_that_is_not_counted_stands_beside_what_was_decided(tmp_path: Path) -> None:
    make_ledger(tmp_path, PROPOSED.replace("stage: proposed", "stage: proposed\n    counted: no"))
    (tmp_path / "letter.txt").write_text(LETTER_2021, encoding="utf-8")
    assert run("import", "letter.txt", "--into", "data", folder=tmp_path).returncode == 0
    assert run("check", "--strict", "--data", "data", folder=tmp_path).returncode == 0
    query = "SELECT total FROM sums WHERE level = 'appropriations'"
    assert "439039000" in run("sql", query, "-f", "csv", "--data", "data", folder=tmp_path).stdout
