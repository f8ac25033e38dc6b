"""`ledger export`: the resolved lines with everything that is known of them, in every format, from the shipped data."""

import csv
import hashlib
import io
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import openpyxl
import pytest
from books import book_of
from exported import (
    READERS,
    SWEDISH,
    expected,
    expected_figures,
    figures,
    from_parquet,
    from_parquet_by_year,
    from_xlsx,
    money_columns,
    query,
    through_libreoffice,
)
from transcript import ROOT, Ran, run
from typer.testing import CliRunner

from ledger.book import Book, as_of
from ledger.cli import build
from ledger.options import TABLES
from ledger.reading import load
from ledger.reading.checksum import checksum
from ledger.render import load as load_format
from ledger.table import Money, Row, Table
from ledger.views.export import COLUMNS, export
from ledger.views.summary import summary

DATA = ROOT / "data"
Record = dict[str, Any]


@pytest.fixture(scope="module")
def book() -> Book:
    return load(DATA).book


@pytest.fixture(scope="module")
def lines(book: Book) -> Table:
    return export(book, list(book.lines.values()), {"checksum": checksum(DATA)})


def records(table: Table) -> dict[str, Record]:
    return {str(record["id"]): record for record in expected(table)}


def exported(text: str, *only: str) -> dict[str, Record]:
    """The rows of a small ledger's export; money is in öre."""
    small = book_of(text)
    return records(export(small, [line for line in small.lines.values() if not only or line.id in only], {}))


def test_a_line_carries_its_figures_recipient_sources_and_place(lines: Table) -> None:
    found = records(lines)["jamy-trafficking-2024"]
    facts: Record = {
        "parent": None,
        "depth": 0,
        "level": "assignments and grants",
        "year": "2024",
        "first_year": 2024,
        "kind": "assignment",
        "recipient": "jamy",
        "recipient_name": "Jämställdhetsmyndigheten",
        "org_number": "202100-6693",
        "goals": ("violence",),
        "gender_marker": None,
        "base": 22_000_000_00,
        "base_stated": None,
        "top_ups": 1_500_000_00,
        "top_ups_stated": "1,5 mnkr",
        "total": 23_500_000_00,
        "total_low": 23_500_000_00,
        "total_high": 23_500_000_00,
        "total_stated": "23,5 mnkr",
        "base_derived": True,
        "top_ups_derived": False,
        "total_derived": False,
        "outcome_derived": None,
        "in_sum": True,
        "source": ("art-2024-04-prostitution", "pr-2024-03-manniskohandel"),
    }
    assert {name: found[name] for name in facts} == facts
    assert [url.startswith("https://www.regeringen.se/") for url in found["source_url"]] == [True, True]
    place = Path(found["file"]).read_text(encoding="utf-8").split("\n")[found["line"] - 1]
    assert place == "  jamy-trafficking-2024:"


def test_a_part_names_its_line_and_how_deep_it_lies(lines: Table) -> None:
    found = records(lines)["uo13-2024/3-1"]
    assert (found["parent"], found["depth"], found["full_code"]) == ("uo13-2024", 1, "UO13 3:1")
    assert (found["total"], found["total_derived"]) == (675_039_000_00, False)


def test_the_shared_columns_stand_in_the_order_of_every_table_of_lines() -> None:
    from ledger.views._lines import LINE_COLUMNS

    added = [column for column in COLUMNS if column not in LINE_COLUMNS]
    assert tuple(column for column in COLUMNS if column in LINE_COLUMNS) == LINE_COLUMNS
    assert {column.only for column in added} == {"machine"}


def test_in_every_row_base_and_top_ups_make_the_total(lines: Table) -> None:
    rows = [row for row in records(lines).values() if not row["remark"]]
    known = [row for row in rows if None not in (row["base"], row["top_ups"], row["total"])]
    assert len(known) > 100
    assert [row["id"] for row in known if row["base"] + row["top_ups"] != row["total"]] == []
    assert [
        row["id"] for row in rows if row["total_low"] is not None and row["base_low"] is row["base_high"] is None
    ] == []


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("x: {LINE, total: 5}", {"base": 500, "base_derived": True, "top_ups": 0, "top_ups_derived": True}),
        ("x: {LINE, base: 5}", {"base": 500, "base_derived": False, "base_stated": "5", "total": 500}),
        ("x: {LINE, total: drygt 5}", {"base": None, "base_low": 500, "base_high": 600, "base_stated": None}),
        (
            "x: {LINE, base: 5, top_ups: [{amount: 1}, {amount: 2}]}",
            {"top_ups": 300, "top_ups_derived": True, "total": 800},
        ),
        ("x: {LINE, top_ups: [{amount: 1}]}", {"base": None, "total": 100, "remark": "base not stated"}),
        ("x: {LINE}", {"base": None, "base_low": None, "base_derived": None, "total": None, "total_derived": None}),
        ("x: {LINE, total: 5, gender_marker: 0}", {"gender_marker": 0}),
        ("x: {LINE, total: 5, outcome: '4,50'}", {"outcome": 450, "outcome_derived": False}),
    ],
)
def test_what_is_derived_is_said_to_be(line: str, facts: Record) -> None:
    found = exported(f"  {line}\n")["x"]
    assert {name: found[name] for name in facts} == facts


def test_depth_counts_the_lines_around_a_line_also_where_they_go_in_a_circle() -> None:
    small = """\
  a: {LINE, total: 9, parts_are: partial, parts: {b: {PART, total: 5, parts_are: partial, parts: {c: {PART, total: 1}}}}}
  d: {LINE, total: 2, of: a/b}
  e: {LINE, total: 2, of: f}
  f: {LINE, total: 2, of: e}
  g: {LINE, total: 2}
"""
    found = {name: row["depth"] for name, row in exported(small).items()}
    assert found == {"a": 0, "a/b": 1, "a/b/c": 2, "d": 2, "e": 2, "f": 2, "g": 0}
    assert exported(small, "a/b/c")["a/b/c"]["depth"] == 2


def test_a_sum_over_several_years_is_in_no_sum_and_its_years_are() -> None:
    parts = "{a: {PART, year: 2022, total: 1}, b: {PART, year: 2023, total: 2}}"
    found = exported(f"  x: {{title: T, kind: assignment, year: 2022-2023, unit: kr, total: 3, parts: {parts}}}\n")
    assert {name: row["in_sum"] for name, row in found.items()} == {"x": False, "x/a": True, "x/b": True}
    assert found["x"]["year"] == "2022-2023"


def summaries(book: Book) -> dict[tuple[str, str], tuple[Decimal | None, ...]]:
    """The printed sum of each year and level in kronor, as `ledger summary YEAR` shows it, and its limits."""
    found = {}
    for year in book.years:
        table = summary(book, list(book.lines.values()), year)
        names = [column.name for column in table.columns]
        for row in table.totals:
            cell = row.cells[names.index("total")]
            assert isinstance(cell, Money)
            assert cell.amount
            ends = (cell.amount.number, cell.amount.interval.low, cell.amount.interval.high)
            found[str(year), row.section] = tuple(None if end is None else Decimal(end) / 100 for end in ends)
    return found


SUMS = """
SELECT year, level, if(count(total) = count(*), sum(total), NULL) AS total, sum(total_low) AS low,
       if(count(total_high) = count(*), sum(total_high), NULL) AS high
FROM read_parquet('{folder}/*/*.parquet', hive_partitioning = true) WHERE in_sum GROUP BY ALL
"""


def test_duckdb_finds_the_sums_of_every_summary_in_the_folder_by_year(book: Book, tmp_path: Path) -> None:
    folder = tmp_path / "lines"
    assert run(f"ledger export --format parquet-by-year -o {folder}", ROOT).status == 0
    rows = query(SUMS.format(folder=folder))
    found = {(row["year"], row["level"]): (row["total"], row["low"], row["high"]) for row in rows}
    wanted = {key: ends for key, ends in summaries(book).items() if any(ends)}
    assert {key: ends[1:] for key, ends in found.items()} == {key: ends[1:] for key, ends in wanted.items()}
    # One total of 2023 is worked out to lie in a range, and so has no number of its own.
    assert {key for key in found if found[key] != wanted[key]} == {("2023", "assignments and grants")}
    assert found["2024", "appropriations"] == (Decimal(796_611_000),) * 3
    assert len(found) > 15


def test_the_folder_by_year_holds_every_line_once(book: Book, lines: Table, tmp_path: Path) -> None:
    write = load_format("parquet-by-year").table
    assert write is not None
    files = write(lines)
    assert not isinstance(files, str | bytes)
    rows = {record["id"]: record for record in from_parquet_by_year(files, tmp_path)}
    assert sorted(rows) == sorted(book.lines)
    assert {name: row["year"] for name, row in rows.items()} == {name: line.years for name, line in book.lines.items()}
    ordered = [rows[name] for name in book.lines]
    assert figures(ordered, money_columns(lines)) == expected_figures(lines)


def content(name: str, table: Table) -> bytes:
    write = load_format(name).table
    assert write is not None
    made = write(table)
    assert isinstance(made, str | bytes)
    return made.encode() if isinstance(made, str) else made


@pytest.mark.parametrize("name", READERS)
def test_the_shipped_lines_read_again_have_the_same_figures(name: str, lines: Table) -> None:
    rows = READERS[name](content(name, lines))
    assert [row["id"] for row in rows] == [row["id"] for row in expected(lines)]
    assert figures(rows, money_columns(lines)) == expected_figures(lines)
    assert [row["total_stated"] or None for row in rows] == [row["total_stated"] for row in expected(lines)]


def test_the_shipped_lines_read_again_from_parquet_have_the_same_figures(lines: Table, tmp_path: Path) -> None:
    rows = from_parquet(content("parquet", lines), tmp_path)
    assert figures(rows, money_columns(lines)) == expected_figures(lines)
    assert [tuple(row["source"]) for row in rows] == [row["source"] for row in expected(lines)]


def test_in_libreoffice_the_shipped_lines_have_the_same_figures(lines: Table, tmp_path: Path) -> None:
    rows = through_libreoffice(content("csv-excel-sv", lines), SWEDISH, tmp_path)
    assert figures(rows, money_columns(lines)) == expected_figures(lines)
    for row, wanted in zip(rows, expected(lines), strict=True):
        for name in ("id", "code", "full_code", "title", "org_number", "total_stated"):
            words, found = wanted[name], row[name]
            same = found == words or (isinstance(found, int) and str(found) == re.sub(r"\D", "", str(words)))
            assert same, (name, words, found)


def test_a_day_takes_out_what_was_decided_later(book: Book, tmp_path: Path) -> None:
    known = as_of(book, "2024-02-01")
    found = records(export(known, list(known.lines.values()), {}))["jamy-trafficking-2024"]
    assert (found["base"], found["top_ups"], found["total"]) == (22_000_000_00, 0, 22_000_000_00)
    assert found["total_derived"] is True
    ran = run(f"ledger export jamy 2024 --as-of 2024-02-01 -o {tmp_path / 'x.csv'}", ROOT)
    assert ran.status == 0
    rows = csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text(encoding="utf-8")))
    assert {row["id"]: row["total"] for row in rows}["jamy-trafficking-2024"] == "22000000"


def test_the_third_sheet_holds_the_query_and_the_checksum_and_the_second_the_sources(tmp_path: Path) -> None:
    ran = run(f"ledger export goal:violence 2024 --format xlsx -o {tmp_path / 'x.xlsx'}", ROOT)
    assert (ran.status, ran.output) == (0, "ledger: data (the nearest data folder)\n")
    made = (tmp_path / "x.xlsx").read_bytes()
    assert openpyxl.load_workbook(io.BytesIO(made)).sheetnames == ["lines", "sources", "query", "agencies", "goals"]
    facts = {row["name"]: row["value"] for row in from_xlsx(made, 2)}
    assert facts["query"] == "goal:violence 2024"
    assert facts["checksum"] == f"sha256:{checksum(DATA)}"
    assert facts["lines"] == str(len(from_xlsx(made)))
    named = {source for row in from_xlsx(made) for source in row["source"].split(";")}
    assert {row["id"] for row in from_xlsx(made, 1)} == named


def test_the_checksum_is_that_of_the_lines_that_sha256sum_prints(tmp_path: Path) -> None:
    files = {"b.yaml": b"b", "a/c.yml": b"\xff", "a.yaml": "å".encode(), "a-b.yaml": b""}
    for name, data in {**files, "notes.txt": b"no", ".hidden.yaml": b"no", ".git/x.yaml": b"no"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    printed = "".join(
        f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in ("a-b.yaml", "a.yaml", "a/c.yml", "b.yaml")
    )
    assert checksum(tmp_path) == hashlib.sha256(printed.encode()).hexdigest()
    before = checksum(tmp_path)
    (tmp_path / "b.yaml").rename(tmp_path / "c.yaml")
    assert checksum(tmp_path) != before
    (tmp_path / "notes.txt").write_bytes(b"still no")
    (tmp_path / "c.yaml").rename(tmp_path / "b.yaml")
    assert checksum(tmp_path) == before


@pytest.mark.parametrize("name", ["xlsx", "parquet", "parquet-by-year", "datapackage"])
def test_the_same_ledger_gives_the_same_bytes_in_another_process(name: str, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        ran = run(f"ledger export 2023 2024 --format {name} -o {tmp_path / seed}", ROOT, PYTHONHASHSEED=seed)
        assert ran.status == 0, ran.output
    assert files_in(tmp_path / "1") == files_in(tmp_path / "2") != {}


def files_in(path: Path) -> dict[str, bytes]:
    if path.is_file():
        return {"": path.read_bytes()}
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def test_the_data_package_of_the_shipped_data_is_valid_and_has_its_licence_and_sources(tmp_path: Path) -> None:
    assert run(f"ledger export --format datapackage -o {tmp_path / 'package'}", ROOT).status == 0
    report = frictionless.validate(str(tmp_path / "package" / "datapackage.json"))
    assert report.valid, report.to_summary()
    package = json.loads((tmp_path / "package" / "datapackage.json").read_text(encoding="utf-8"))
    assert [licence["name"] for licence in package["licenses"]] == ["CC0-1.0"]
    names = [resource["name"] for resource in package["resources"]]
    assert names == ["lines", "sources", "query", "agencies", "goals", "ledger"]
    named = (tmp_path / "package" / "sources.csv").read_text(encoding="utf-8")
    assert len(package["sources"]) == len(list(csv.DictReader(io.StringIO(named)))) > 50


DANGEROUS = """\
allocations:
  x:
    title: =HYPERLINK("http://example.org")
    kind: appropriation
    code: "3:1"
    year: 2024
    total: -7 000 kr
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger in a folder of its own, whose texts are dangerous in a spreadsheet."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ledger.yaml").write_text(DANGEROUS, encoding="utf-8")
    return tmp_path


def test_the_guard_is_on_unless_it_is_turned_off_and_never_touches_a_number(ledger: Path) -> None:
    guarded = run("ledger export --data data", ledger)
    bare = run("ledger export --data data --no-guard", ledger)
    texts = ("title", "code", "full_code", "total_stated")
    wanted = ['=HYPERLINK("http://example.org")', "3:1", "3:1", "-7 000 kr"]
    for ran, sign in ((guarded, "'"), (bare, "")):
        assert ran.status == 0
        [row] = csv.DictReader(io.StringIO(ran.output[ran.output.index("id,") :]))
        assert [row[name] for name in texts] == [sign + text for text in wanted]
        assert (row["total"], row["depth"], row["base_high"]) == ("-7000", "0", "-7000")


def test_the_whole_book_is_a_database_and_a_selection_is_one_table(tmp_path: Path) -> None:
    """Without terms the tables are those of `ledger sql`; with terms the rows are those of the other formats."""
    whole, part = tmp_path / "whole.db", tmp_path / "part.db"
    assert run(f"ledger export --format sqlite -o {whole}", ROOT).status == 0
    assert run(f"ledger export 2024 --format sqlite -o {part}", ROOT).status == 0
    with closing(sqlite3.connect(whole)) as database:
        [(counted,)] = database.execute("SELECT count(*) FROM lines WHERE year = 2024")
    with closing(sqlite3.connect(part)) as database:
        assert database.execute("SELECT count(*) FROM lines").fetchall() == [(counted,)]
    assert counted > 0


def test_what_sqlite_cannot_hold_ends_the_command(tmp_path: Path) -> None:
    """Each figure is below 10¹⁵ kr, and 93 of them together are beyond 64 bits of öre."""
    (tmp_path / "data").mkdir()
    lines = "".join(
        f"  a{number}: {{title: T, kind: grant, year: 2024, total: 1 000 000 mdkr}}\n" for number in range(93)
    )
    (tmp_path / "data" / "ledger.yaml").write_text(f"allocations:\n{lines}", encoding="utf-8")
    ran = run("ledger export --data data --format sqlite -o book.db", tmp_path)
    largest = "92 233 720 368 547 758 kr"
    assert (ran.output, ran.status) == (
        f"ledger: an amount of this ledger is beyond {largest}, the largest that SQLite holds\n",
        2,
    )
    assert not (tmp_path / "book.db").exists()


def test_no_licence_is_claimed_for_a_ledger_that_is_not_ours(ledger: Path) -> None:
    assert run("ledger export --data data --format datapackage -o out", ledger).status == 0
    assert "licenses" not in json.loads((ledger / "out" / "datapackage.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("export --format xlsx", "this format is not text: name a file with --output"),
        ("export --format parquet", "this format is not text: name a file with --output"),
        ("export --format datapackage", "'datapackage' makes a folder: name it with --output"),
        ("export --format xlsx -o none/x.xlsx", "cannot write 'none/x.xlsx': no such file or directory"),
        ("export --format datapackage -o none/x", "cannot write 'none/x': no such file or directory"),
        (
            "export --format datapackage -o data/ledger.yaml",
            "cannot write 'data/ledger.yaml': it is no folder, and this format makes one",
        ),
        (
            "export --format datapackage -o data",
            "cannot write 'data': it holds 'ledger.yaml', which would be lost; name another folder",
        ),
        (
            "export nothing --format parquet-by-year -o x",
            "there is no row to write: parquet-by-year has no file for a year without any",
        ),
        (
            "initiatives --format parquet-by-year -o x",
            "parquet-by-year needs a table with a column 'year': use parquet",
        ),
    ],
)
def test_what_cannot_be_written_is_one_line(command: str, message: str, ledger: Path) -> None:
    before = files_in(ledger)
    assert run(f"ledger {command} --data data", ledger) == Ran(f"ledger: {message}\n", 2)
    assert files_in(ledger) == before


def test_a_folder_is_written_again_over_its_own_files_only(ledger: Path) -> None:
    command = "ledger export --data data --format parquet-by-year -o out"
    assert run(command, ledger).status == 0
    (ledger / "out" / "year=2024" / "data_0.parquet").write_bytes(b"old")
    assert run(command, ledger).status == 0
    made = files_in(ledger / "out")
    assert [(name, data[:4]) for name, data in made.items()] == [("year=2024/data_0.parquet", b"PAR1")]
    (ledger / "out" / "year=2023").mkdir()
    (ledger / "out" / "year=2023" / "data_0.parquet").write_bytes(b"another export's")
    ran = run(command, ledger)
    assert (ran.status, "it holds 'year=2023/data_0.parquet'" in ran.output) == (2, True)
    assert files_in(ledger / "out") == made | {"year=2023/data_0.parquet": b"another export's"}
    assert sorted(path.name for path in ledger.iterdir()) == ["data", "out"]


def test_a_folder_that_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    import typer

    from ledger.output import emit_folder

    emit_folder({"a": b"1", "b/c": b"2"}, tmp_path / "out")
    with pytest.raises(typer.Exit):
        emit_folder({"a": b"3", "b/c": b"4", "a/d": b"a file is no folder"}, tmp_path / "out")
    assert files_in(tmp_path) == {"out/a": b"1", "out/b/c": b"2"}
    with pytest.raises(typer.Exit):
        emit_folder({"a": b"3", "a/d": b""}, tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("name", "library"), [("xlsx", "xlsxwriter"), ("parquet", "duckdb"), ("parquet-by-year", "duckdb")]
)
def test_a_missing_extra_is_one_line_that_says_what_to_install(name: str, library: str, ledger: Path) -> None:
    extra = name.partition("-")[0]
    code = f"import sys; sys.modules['{library}'] = None; from ledger.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "export", "--data", "data", "--format", name, "-o", "x"],
        cwd=ledger,
        capture_output=True,
        text=True,
        check=False,
    )
    wanted = f"ledger: {extra} needs a library: pip install 'gender-budget-ledger[{extra}]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", wanted)
    assert [path.name for path in ledger.iterdir()] == ["data"]


TABLE_COMMANDS = [
    "export 2024",
    "query 2024",
    "query nothing-is-called-so",
    "summary",
    "summary 2024",
    "summary 2024 --by recipient",
    "initiatives",
    "show jamy-trafficking-2024",
    "show violence-2024",
]


@pytest.mark.parametrize("command", TABLE_COMMANDS)
def test_every_table_of_every_command_is_written_in_every_format(command: str, tmp_path: Path) -> None:
    for name in TABLES:
        arguments = [*command.split(), "--data", str(DATA), "--format", name, "--output", str(tmp_path / name)]
        ran = CliRunner().invoke(build(), arguments)
        refused = re.fullmatch(
            r"(?:ledger: \d+ errors? .*\n)?ledger: (parquet-by-year needs .*|there is no row .*)\n", ran.stderr
        )
        if name == "parquet-by-year" and refused:
            assert (ran.exit_code, (tmp_path / name).exists()) == (2, False)
        else:
            assert (ran.exit_code, ran.stdout) == (0, ""), (name, ran.stderr)
            assert files_in(tmp_path / name)


def test_help_imports_no_format_and_none_of_their_libraries() -> None:
    code = "import sys; sys.argv = ['ledger', 'export', '--help']\nfrom ledger.cli import main\ntry: main()\nexcept SystemExit: pass\nprint('modules:', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.partition("modules:")[2].split())
    assert not {"duckdb", "xlsxwriter", "pydantic", "yaml", "rich", "tabulate", "ledger.render"} & loaded
    assert all(name in done.stdout for name in TABLES)


def test_rows_are_muted_and_deep_for_people_as_elsewhere(lines: Table) -> None:
    rows: dict[object, Row] = {row.cells[2]: row for row in lines.rows}
    assert (rows["uo13-2024"].muted, rows["uo13-2024"].depth) == (True, 0)
    assert (rows["uo13-2024/3-1"].muted, rows["uo13-2024/3-1"].depth) == (False, 1)
