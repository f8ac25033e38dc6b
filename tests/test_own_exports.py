"""Our own exports, imported into an empty ledger: an equal book, or equal lines, or refused with id and field."""

import csv
import io
import json
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path

import duckdb
import pytest
from every_field import EVERY_FIELD, ledgers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import run
from transcript import ROOT
from typer.testing import CliRunner

from ledger.book import Book, as_of
from ledger.cli import build
from ledger.commands._export import table_of_lines
from ledger.reading import load, load_text
from ledger.render import load as load_format
from ledger.statements import Statement, read_statement
from ledger.store import StoreError, export_file
from ledger.store.untrusted_files import book_in
from ledger.writing import new_file
from ledger.writing.equality import lost
from ledger.writing.from_book import records_of_book
from ledger.writing.line_cells import records_of_rows

DATA = ROOT / "data"
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def shipped() -> Book:
    return load(DATA).book


def every_field() -> Book:
    loaded = load_text(EVERY_FIELD)
    assert not loaded.faults
    return loaded.book


def again(book: Book) -> Book:
    """The book of the files that say a book."""
    loaded = load_text(new_file(records_of_book(book)))
    assert not loaded.faults, loaded.faults[0]
    return loaded.book


def same(one: Book, other: Book) -> None:
    assert [str(found) for found in (*lost(one, other), *lost(other, one))] == []
    assert list(one.lines) == list(other.lines)
    assert one.values == other.values


def ledger(*words: str, fails: int = 0) -> str:
    """What the program prints, and that it ends so."""
    ran = CliRunner().invoke(build(), words)
    assert ran.exit_code == fails, ran.output
    return " ".join(ran.output.split())


def exported(folder: Path, form: str, text: str | None = None, *words: str) -> Path:
    """The file or folder of an export, of a ledger with this text or of the shipped data."""
    source, made = folder / "source", folder / f"made.{form}"
    if text is not None:
        source.mkdir()
        (source / "a.yaml").write_text(text, encoding="utf-8")
    ledger("export", *words, "-f", form, "-o", str(made), "--data", str(DATA if text is None else source))
    return made


def empty(folder: Path) -> Path:
    made = folder / "into"
    made.mkdir()
    return made


# --- A book as the records that say it


@QUICK
@given(ledgers())
def test_any_book_is_said_by_its_records(text: str) -> None:
    loaded = load_text(text)
    assert not loaded.faults
    same(loaded.book, again(loaded.book))


def test_the_shipped_book_and_one_with_every_field_are_said_by_their_records() -> None:
    same(shipped(), again(shipped()))
    same(every_field(), again(every_field()))


def test_what_no_file_can_say_is_named_by_id_and_field() -> None:
    cut = as_of(shipped(), "2024-02-01")
    derived = {line.id for line in cut.lines.values() for figure in line.figures if figure.derived}
    hidden = {line.id for line in cut.lines.values() if line.not_known_then}
    named = {(found.id, found.field) for found in lost(cut, load_text(new_file(records_of_book(cut))).book)}
    assert derived
    assert {name for name, field in named if field in ("base", "total")} >= derived
    assert {name for name, field in named if field == "not_known_then"} == hidden


# --- The whole ledger


@pytest.mark.parametrize("form", ["sqlite", "json", "datapackage"])
@pytest.mark.parametrize("text", [None, EVERY_FIELD], ids=["shipped", "every field"])
def test_a_whole_ledger_comes_back_equal(form: str, text: str | None, tmp_path: Path) -> None:
    made, into = exported(tmp_path, form, text), empty(tmp_path)
    ledger("import", str(made), "--into", str(into), "--force")
    same(load(into).book, every_field() if text else again(shipped()))
    assert "nothing to add" in ledger("import", str(made), "--into", str(into))


@QUICK
@given(ledgers())
def test_any_book_comes_back_from_a_database(text: str) -> None:
    book = load_text(text).book
    assert book_in(export_file(book)) == book


def test_a_whole_ledger_goes_into_one_that_has_some_of_it_and_not_into_one_that_says_otherwise(tmp_path: Path) -> None:
    made, into = exported(tmp_path, "json", EVERY_FIELD), empty(tmp_path)
    ledger("import", str(made), "--into", str(into), "--force")
    agencies = (into / "agencies.yaml").read_text(encoding="utf-8")
    (into / "allocations.yaml").unlink()
    ledger("import", str(made), "--into", str(into), "--force")
    assert [*lost(every_field(), load(into).book)] == []
    (into / "agencies.yaml").write_text(agencies.replace("Båda", "Alla"), encoding="utf-8")
    said = ledger("import", str(made), "--into", str(into), fails=2)
    assert "agency 'both' is in the ledger already: its 'name' is 'Alla'" in said


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE lines_ore SET total_ore = 1 WHERE id = 'two-top-ups-2024'", "'total_ore' of 'two-top-ups-2024'"),
        ("UPDATE figures_ore SET low_ore = 1, high_ore = 1 WHERE role = 'outcome'", "'outcome_ore' of 'uo13-2024'"),
        ("DELETE FROM top_ups_ore", "table 'lines_ore'"),
        ("INSERT INTO line_goals VALUES ('period', 9, 'health')", "'position' of 'period'"),
        ("CREATE TRIGGER t AFTER INSERT ON goals BEGIN SELECT 1; END", "'t' is none of ours"),
        ("CREATE TABLE more (a)", "'more' is none of ours"),
        ("DROP VIEW lines", "'lines' is not there"),
        ("PRAGMA user_version = 7", "its layout is number 7"),
        ("PRAGMA application_id = 7", "not the database of a whole ledger"),
        ("UPDATE lines_ore SET kind = 'x'", "'x' is no kind of line"),
        ("UPDATE lines_ore SET marks = '[]'", "do not hold together as a ledger"),
        ("UPDATE lines_ore SET parent_id = 'uo13-2024/ap1/a' WHERE id = 'uo13-2024'", "not named after the line"),
        ("UPDATE top_ups_ore SET figure_id = 999", "do not hold together as a ledger"),
    ],
)
def test_a_database_that_was_changed_is_refused_where_it_was(change: str, says: str, tmp_path: Path) -> None:
    made, into = exported(tmp_path, "sqlite", EVERY_FIELD), empty(tmp_path)
    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute(change)
    assert says in ledger("import", str(made), "--into", str(into), fails=2)
    assert not list(into.iterdir())


@QUICK
@given(st.integers(0), st.integers(0, 255))
def test_a_damaged_database_is_one_message_or_a_book(at: int, byte: int) -> None:
    data = bytearray(_database())
    data[at % len(data)] = byte
    try:
        said = book_in(bytes(data)).title
    except StoreError as error:
        said = str(error)
    assert "\n" not in said


@cache
def _database() -> bytes:
    return export_file(every_field())


def test_a_database_that_writes_ahead_is_refused(tmp_path: Path) -> None:
    """What was written last may lie in the file beside it."""
    made, into = exported(tmp_path, "sqlite", EVERY_FIELD), empty(tmp_path)
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
    assert "it is in WAL mode" in ledger("import", str(made), "--into", str(into), fails=2)


def test_a_text_that_a_parquet_file_keeps_once_may_not_fill_the_memory(tmp_path: Path) -> None:
    made, into = tmp_path / "bomb.parquet", empty(tmp_path)
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t AS SELECT repeat('x', 1000000) AS id, '2024' AS year FROM range(300)")
        connection.execute("COPY t TO ? (FORMAT parquet, COMPRESSION zstd)", [str(made)])
    assert made.stat().st_size < 10_000
    assert "more than is read" in ledger("import", str(made), "--into", str(into), fails=2)


def _changed(made: Path, change: Callable[[dict[str, object]], object]) -> None:
    document = json.loads(made.read_text(encoding="utf-8"))
    change(document)
    made.write_text(json.dumps(document), encoding="utf-8")


def _ledger_of(document: dict[str, object]) -> dict[str, dict[str, dict[str, object]]]:
    found = document["ledger"]
    assert isinstance(found, dict)
    return found


def _first_row(document: dict[str, object]) -> dict[str, object]:
    rows = document["rows"]
    assert isinstance(rows, list)
    found: dict[str, object] = rows[0]
    return found


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: _first_row(d).update(total="1"), "line 'two-top-ups-2024': 'total' is '1' in its row"),
        (lambda d: _ledger_of(d)["allocations"].pop("period"), "line 'period' stands in a row and not in 'ledger'"),
        (lambda d: _ledger_of(d)["allocations"]["period"].update(year=2024), "period: year: 2024 is not a text"),
        (lambda d: _ledger_of(d)["allocations"]["period"].update(yaer="2024"), "'period': unknown field 'yaer'"),
        (lambda d: _ledger_of(d)["goals"].update({"a b": {"name": "x"}}), "'a b' cannot be an id"),
        (lambda d: _ledger_of(d).update(other={}), "'ledger' holds 'other'"),
        (lambda d: _ledger_of(d)["goals"].update(x={"name": "a\u2028b"}), "'x': name: character U+2028"),
        (lambda d: d.update(schema=2), "has form 2"),
    ],
)
def test_a_document_that_was_changed_is_refused_where_it_was(
    change: Callable[[dict[str, object]], object], says: str, tmp_path: Path
) -> None:
    made, into = exported(tmp_path, "json", EVERY_FIELD), empty(tmp_path)
    _changed(made, change)
    assert says in ledger("import", str(made), "--into", str(into), "--force", fails=2)
    assert not list(into.iterdir())


def test_a_package_whose_files_were_changed_is_refused(tmp_path: Path) -> None:
    made, into = exported(tmp_path, "datapackage", EVERY_FIELD), empty(tmp_path)
    (made / "lines.csv").write_bytes((made / "lines.csv").read_bytes().replace(b"48000000", b"49000000"))
    said = ledger("import", str(made), "--into", str(into), fails=2)
    assert "lines.csv' is not as it was exported" in said


# --- Lines

LINE_FORMS = ["csv", "csv-excel-sv", "xlsx", "parquet", "json"]


def lines_back(book: Book, form: str, *, guard: bool = True) -> Book:
    """The book of the rows of an export of every line, read from its bytes."""
    known = load_format(form)
    write = known.table if guard else known.unguarded
    assert write
    content = write(table_of_lines(book, list(book.lines.values()), {}))
    data = content.encode() if isinstance(content, str) else content
    assert isinstance(data, bytes)
    statement = read_statement(data, "x")
    assert isinstance(statement, Statement), statement
    records, faults = records_of_rows(statement.rows)
    assert not faults
    loaded = load_text(new_file(records))
    assert not loaded.faults, loaded.faults[0]
    return loaded.book


@pytest.mark.parametrize("form", LINE_FORMS)
def test_every_line_comes_back_equal_from_a_table(form: str) -> None:
    for book in (shipped(), every_field()):
        found = lines_back(book, form)
        assert [str(one) for one in lost(Book(lines=book.lines), found)] == []
        assert found.values == book.values


@pytest.mark.parametrize("form", ["csv", "csv-excel-sv", "json"])
@QUICK
@given(ledgers())
def test_any_line_comes_back_equal_from_a_table(form: str, text: str) -> None:
    book = load_text(text).book
    found = lines_back(book, form)
    assert [str(one) for one in lost(Book(lines=book.lines), found)] == []
    assert found.values == book.values


@pytest.mark.parametrize("form", ["parquet", "xlsx"])
@settings(QUICK, max_examples=15)
@given(ledgers())
def test_any_line_comes_back_equal_from_what_is_no_text(form: str, text: str) -> None:
    book = load_text(text).book
    assert [str(one) for one in lost(Book(lines=book.lines), lines_back(book, form))] == []


def test_texts_without_a_guard_come_back_too() -> None:
    found = lines_back(every_field(), "csv", guard=False)
    assert found.lines["uncounted-2024"].title == "=Utan"


THE_CASE = """\
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: government-agency, org_number: 202100-6693}
goals:
  violence: {name: Mäns våld mot kvinnor ska upphöra, number: 6}
sources:
  pr: {title: Mer pengar, kind: press-release, published: 2024-03}
"""
THE_LINES = """\
allocations:
  both-2024:
    title: Två tillskott
    kind: assignment
    year: 2024
    recipient: jamy
    source: pr
    goals: [violence]
    gender_marker: 2
    decided: 2024-01
    base: 20 mnkr
    top_ups:
      - {amount: 8 mnkr, decided: 2024-03-01}
      - {amount: 20 mnkr, decided: 2024-06-01}
  inside-2024: {title: Del, kind: grant, year: 2024, source: pr, of: both-2024, total: 5 mnkr}
  beside-2024: {title: Utanför, kind: assignment, year: 2024, source: pr, counted: no, total: 7 mnkr}
  later-2024: {title: Planerat, kind: assignment, year: 2024, source: pr, stage: planned, total: 3 mnkr}
  whole-2024: {title: Helt, kind: assignment, year: 2024, source: pr, counted: no, total: 9 mnkr, top_ups: [{line: part-2024}]}
  part-2024: {title: Inne, kind: assignment, year: 2024, source: pr, of: whole-2024, counted: no, total: 4 mnkr}
"""


@pytest.mark.parametrize("form", [*LINE_FORMS, "sqlite", "datapackage"])
def test_the_sum_stays_48(form: str, tmp_path: Path) -> None:
    """Two top-ups became one, and what is not counted was counted; a planned line is in no sum of what is decided."""
    made, into = exported(tmp_path, form, THE_CASE + THE_LINES), empty(tmp_path)
    if form in ("csv", "csv-excel-sv", "parquet"):
        (into / "a.yaml").write_text(THE_CASE, encoding="utf-8")
    ledger("import", str(made), "--into", str(into))
    book = load(into).book
    meant = load_text(THE_CASE + THE_LINES).book
    assert [str(one) for one in lost(meant, book)] == []
    assert [len(line.top_ups) for line in book.lines.values() if line.id == "both-2024"] == [2]
    total = book.value("both-2024").total
    assert total is not None
    assert total.amount.number == 48_000_000_00


@pytest.mark.parametrize("form", ["csv", "csv-excel-sv", "parquet"])
def test_sources_and_goals_that_neither_file_nor_ledger_knows_are_named(form: str, tmp_path: Path) -> None:
    made, into = exported(tmp_path, form, THE_CASE + THE_LINES), empty(tmp_path)
    said = ledger("import", str(made), "--into", str(into), fails=2)
    assert "2:1: line 'both-2024': 'source' names 'pr', which is not among the sources of the ledger" in said
    assert "line 'both-2024': 'goals' names 'violence', which is not among the goals of the ledger" in said
    assert not list(into.iterdir())


@pytest.mark.parametrize("form", ["json", "xlsx", "datapackage"])
def test_chosen_lines_bring_their_sources_agencies_and_goals_along(form: str, tmp_path: Path) -> None:
    made, into = exported(tmp_path, form, None, "2024"), empty(tmp_path)
    ledger("import", str(made), "--into", str(into))
    found = load(into).book
    meant = {line.id for line in shipped().lines.values() if line.years == "2024"}
    assert set(found.lines) == meant
    assert [str(one) for one in lost(found, shipped()) if one.field != "title"] == []


CHANGES: Mapping[str, tuple[tuple[str, str, str], str]] = {
    "a total": (("both-2024", "total", "48000001"), "'total' says 48000001, the line comes to 48000000"),
    "a limit": (("both-2024", "base_low", "1"), "'base_low' says 1, the line comes to 20000000"),
    "the words": (("inside-2024", "total_stated", "6 mnkr"), "'total_stated' says 6 mnkr, the line comes to 5 mnkr"),
    "counted": (("beside-2024", "counted", "true"), "'in_sum' says false, the line comes to true"),
    "no truth": (("beside-2024", "counted", "nej"), "'counted' is 'nej': true or false"),
    "a parent": (("inside-2024", "parent", ""), "'parent' says nothing, the line comes to both-2024"),
    "of": (("inside-2024", "of", "beside-2024"), "'parent' says both-2024, the line comes to beside-2024"),
    "one top-up": (("both-2024", "top_ups_each", '[{amount: "8 mnkr"}]'), "'top_ups' says 28000000"),
    "no list": (("both-2024", "top_ups_each", "[{amount: 8 mnkr"), "'top_ups_each' cannot be read"),
    "a level": (("both-2024", "level", "appropriations"), "'level' says appropriations"),
    "an id": (("inside-2024", "id", "nowhere/part"), "'parent' is 'nowhere', which is not among these lines"),
    "an id again": (("inside-2024", "id", "both-2024"), "line 'both-2024': 'id' stands twice"),
    "a year": (("inside-2024", "year", "24"), "'24' is not a year"),
    "groups": (("inside-2024", "total", "5.000.000"), "total: '5.000.000'"),
    "three decimals": (("inside-2024", "total", "5.000"), "total: '5.000' is not a number of kronor"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_cell_that_was_changed_is_refused_by_id_and_column(name: str, tmp_path: Path) -> None:
    (line, column, text), says = CHANGES[name]
    made, into = exported(tmp_path, "csv", THE_CASE + THE_LINES), empty(tmp_path)
    (into / "a.yaml").write_text(THE_CASE, encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(made.read_text(encoding="utf-8"))))
    for row in rows:
        row[column] = text if row["id"] == line else row[column]
    with made.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert says in ledger("import", str(made), "--into", str(into), fails=2)
    assert [file.name for file in into.iterdir()] == ["a.yaml"]


def test_what_query_writes_does_not_tell_lines_in_full(tmp_path: Path) -> None:
    made, into = tmp_path / "q.csv", empty(tmp_path)
    ledger("query", "2024", "-f", "csv", "-o", str(made), "--data", str(DATA))
    said = ledger("import", str(made), "--into", str(into), fails=2)
    assert "does not tell its lines in full, without gender_marker, of, unit" in said


def test_terms_choose_lines_and_a_total_without_its_parts_is_refused(tmp_path: Path) -> None:
    made, into = exported(tmp_path, "csv"), tmp_path / "into"
    shutil.copytree(DATA, into)
    for file in [into / "allocations.yaml", *(into / "allocations").iterdir()]:
        text = file.read_text(encoding="utf-8")
        file.write_text(text[: text.index("allocations:")] + "allocations: {}\n", encoding="utf-8")
    before = load(into).book
    said = ledger("import", str(made), "kind:appropriation", "year:2021", "--into", str(into), fails=2)
    assert "line 'uo13-3-1-2021': 'total' says 439039000, the line comes to nothing" in said
    ledger("import", str(made), "id:uo13-3-1-2021", "--into", str(into), "--force")
    after = load(into).book
    assert not before.lines
    assert len(after.lines) == 13
    assert [str(one) for one in lost(after, shipped()) if one.what == "line"] == []


EUR = """\
ledger: {currency: EUR}
sources: {s: {title: S, kind: x}}
allocations:
  a: {title: A, kind: grant, year: 2024, source: s, base: 5 million, top_ups: [{amount: 2.5 million EUR}], note: "- x"}
  b: {title: B, kind: grant, year: 2024, source: s, unit: thousand EUR, total: 9 000, stage: proposed}
"""


@pytest.mark.parametrize("form", ["csv", "json", "sqlite", "datapackage"])
def test_a_currency_comes_along_and_is_never_taken_for_another(form: str, tmp_path: Path) -> None:
    """`5 million` is read in the currency of any ledger."""
    made, into = exported(tmp_path, form, EUR), empty(tmp_path)
    sources = "sources: {s: {title: S, kind: x}}\n"
    (into / "a.yaml").write_text(sources, encoding="utf-8")
    assert "in EUR, this ledger in SEK" in ledger("import", str(made), "--into", str(into), fails=2)
    assert "in EUR, and this ledger is in SEK" in ledger("reconcile", str(made), "--data", str(into), fails=2)
    (into / "a.yaml").write_text(f"ledger: {{currency: EUR}}\n{sources}", encoding="utf-8")
    ledger("import", str(made), "--into", str(into))
    assert [str(one) for one in lost(load_text(EUR).book, load(into).book)] == []
    assert " equal." in ledger("reconcile", str(made), "--data", str(into))


def test_columns_of_somebody_elses_are_named_and_truths_may_be_swedish(tmp_path: Path) -> None:
    made, into = exported(tmp_path, "csv-excel-sv", THE_CASE + THE_LINES), empty(tmp_path)
    (into / "a.yaml").write_text(THE_CASE, encoding="utf-8")
    lines = made.read_text(encoding="utf-8-sig").splitlines()
    text = "\n".join([f"{lines[0]};Kommentar", *(f"{line};x" for line in lines[1:])])
    made.write_text(text.replace(";true;", ";SANT;").replace(";false;", ";FALSKT;"), encoding="utf-8")
    said = ledger("import", str(made), "--into", str(into))
    assert "columns that no export has, and that are left out: Kommentar" in said
    assert [str(one) for one in lost(load_text(THE_CASE + THE_LINES).book, load(into).book)] == []


# --- reconcile


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "json", "sqlite", "datapackage"])
def test_reconcile_finds_every_figure_of_an_export_equal(form: str, tmp_path: Path) -> None:
    made = exported(tmp_path, form)
    said = ledger("reconcile", str(made), "--data", str(DATA))
    assert " equal." in said
    assert "differ" not in said


def test_a_folder_that_is_no_package_is_refused(tmp_path: Path) -> None:
    into = empty(tmp_path)
    said = ledger("import", str(tmp_path), "--into", str(into), fails=2)
    assert "of these only a Data Package of ours is read" in said


def test_the_command_as_a_user_runs_it(tmp_path: Path) -> None:
    made, into = exported(tmp_path, "sqlite"), empty(tmp_path)
    done = run("import", str(made), "--into", str(into), "--dry-run", folder=tmp_path)
    assert (done.returncode, list(into.iterdir())) == (0, [])
    assert "a dry run: nothing is written" in done.stderr
    chosen = run("import", str(made), "2024", "--into", str(into), folder=tmp_path)
    assert (chosen.returncode, list(into.iterdir())) == (2, [])
    assert "leave terms, --source and --unit out" in chosen.stderr
