"""The page about what is written for other programs: each of its tables against what the program writes.

A column or field that the page does not have, or has and nobody writes, fails here by its name.
"""

import csv
import io
import json
import re
import shlex
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as ET

import duckdb
import openpyxl
import pytest
from forked import Asked, Came, many
from transcript import ROOT

from ledger.views.grouped import GROUPS

PAGE = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
TYPES = ("text", "integer", "money", "date", "boolean", "share", "list")
STABLE = ("kept", "wording")
SHOWN = "lst-utvecklingsmedel-2024"

LEDGER = """\
agencies:
  one: {name: One, kind: government-agency}
  two: {name: Two, kind: government-agency}
sources:
  bill: {title: Bill, kind: budget-bill, published: 2023-09-20}
  unused: {title: Nobody names it, kind: article}
allocations:
  uo13-3-1-2024:
    title: One
    kind: appropriation
    code: UO13 3:1
    year: 2024
    recipient: one
    unit: tkr
    source: bill
    base: 30 000
    top_ups: [{amount: 4 000, decided: 2024-05}]
    total: 43 000
    parts:
      a: {kind: item, title: A, total: 40 000}
      b: {kind: item, title: B, total: 2 000}
claims:
  claimed-2024: {title: All, year: 2024, amount: 30 mnkr, about: "kind:appropriation", source: bill}
"""
"""Findings with hints, some with a place and some without, errors and warnings."""

STATEMENT = """\
Utgiftsområde;Utgiftsområdesnamn;Anslag;Anslagsnamn;Utgiftsområde utfallsår;Utgiftsområdesnamn utfallsår;Anslag utfallsår;Anslagsnamn utfallsår;År;Ingående överföringsbelopp;Statens budget;Ändringsbudgetar;Indragningar;Utnyttjad del av medgivet överskridande;Utfall;Anslagskredit;Utgående överföringsbelopp
13;Jämställdhet;1303001;One;13;Jämställdhet;1303001;One;2024;0,00000000;300,00000000;4,00000000;0,00000000;0,00000000;20,00000000;0,00000000;90,00000000
"""
"""A row that differs and does not add up in itself."""

TEXT = "I år 23,5 miljoner kronor, varav 1,5 miljoner är nya, och 25.000 kr.\n"

Cell = dict[str, str]


@cache
def sections() -> Mapping[str, list[Cell]]:
    """The rows of the table of each section that has one, by the names in its head."""
    found: dict[str, list[Cell]] = {}
    for part in re.split(r"^#{2,3} ", PAGE, flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in text.split("\n") if row.startswith("|")]
        if rows:
            found[heading] = [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]
    return MappingProxyType(found)


def name_of(row: Cell) -> str:
    """The name in the first cell of a row."""
    return next(iter(row.values())).strip("`")


def documented(heading: str, within: Sequence[str] = ("all", "export")) -> list[tuple[str, str]]:
    """The fields that a section has, each with its type: four of a column of money, two of a share."""
    rows = [row for row in sections()[heading] if row.get("In", "all") in within]
    return [field for row in rows for field in fields_of(name_of(row), row["Type"])]


def fields_of(name: str, kind: str) -> Iterator[tuple[str, str]]:
    if kind != "share":
        yield name, kind
    if kind in ("money", "share"):
        yield from ((f"{name}_{end}", kind) for end in ("low", "high"))
    if kind == "money":
        yield f"{name}_stated", "text"


def as_written(form: str) -> dict[str, str]:
    """What each type is called in a format, by the table of types."""
    return {name_of(row): row[form].strip("`") for row in sections()["How each type is written"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("written")
    for name, text in {
        "data/ledger.yaml": LEDGER,
        "old/ledger.yaml": LEDGER.replace("40 000}", "41 000}").replace("43 000", "44 000"),
        "table.csv": STATEMENT,
        "one.txt": TEXT,
        "two.txt": TEXT,
    }.items():
        (top / name).parent.mkdir(exist_ok=True)
        (top / name).write_text(text, encoding="utf-8")
    (top / "shipped").symlink_to(ROOT / "data")
    return top


SHIPPED = "--data shipped --format json"
COMMANDS = {
    "export": f"export 2024 {SHIPPED}",
    "export of all": f"export {SHIPPED}",
    "package of all": "export --data shipped --format datapackage -o all",
    "query": f"query year:2024 {SHIPPED}",
    "summary YEAR": f"summary 2024 {SHIPPED}",
    "summary": f"summary {SHIPPED}",
    **{f"summary --by {by}": f"summary 2024 --by {by} {SHIPPED}" for by in GROUPS},
    "show": f"show {SHOWN} {SHIPPED}",
    "initiatives": f"initiatives {SHIPPED}",
    "diff": "diff old data --format json",
    "reconcile": "reconcile table.csv --format json",
    "sql": f"sql 'SELECT 1 AS one' {SHIPPED}",
    "scan": "scan one.txt --format json",
    "scan of two": "scan one.txt two.txt --format json",
    "scan --check": "scan --check one.txt --source bill --format json",
    "check": "check --format json",
    **{form: f"check --format {form}" for form in ("sarif", "gitlab", "github", "junit")},
    "package of scan": "scan one.txt --format datapackage -o scanned",
    **{form: f"export 2024 --data shipped --format {form}" for form in ("csv", "csv-excel-sv")},
    **{
        form: f"export 2024 --data shipped --format {form} -o made.{form}"
        for form in ("xlsx", "parquet", "sqlite", "datapackage")
    },
    "parquet-by-year": "export --data shipped --format parquet-by-year -o made.by-year",
}


@pytest.fixture(scope="module")
def came(folder: Path) -> Mapping[str, Came]:
    """What each of the commands came to."""
    asked = [Asked(shlex.split(words), str(folder)) for words in COMMANDS.values()]
    return dict(zip(COMMANDS, many(asked), strict=True))


def document(came: Mapping[str, Came], command: str) -> Any:
    assert came[command].output, came[command].errors.decode()
    return json.loads(came[command].output)


def columns(table: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(column["name"], column["type"]) for column in table["columns"]]


TABLES = [
    ("Lines", "export", None),
    ("Lines", "query", None),
    ("Lines", "summary YEAR", None),
    ("Sources of an export", "export", 0),
    ("Query of an export", "export", 1),
    ("Agencies of an export", "export", 2),
    ("Goals of an export", "export", 3),
    ("Claims", "summary YEAR", 0),
    ("A derivation", "show", None),
    ("Sources of a derivation", "show", 0),
    ("Initiatives", "initiatives", None),
    ("Differences", "diff", None),
    ("Differences of sums", "diff", 0),
    ("Comparisons", "reconcile", None),
    ("Likely causes", "reconcile", 0),
    ("Faulty rows", "reconcile", 1),
    ("Cited figures", "scan --check", None),
]


@pytest.mark.parametrize(("heading", "command", "below"), TABLES)
def test_a_section_has_just_the_columns_that_are_written_in_their_order(
    heading: str, command: str, below: int | None, came: Mapping[str, Came]
) -> None:
    table = document(came, command)
    within = ("all", "export") if command == "export" else ("all",)
    assert documented(heading, within) == columns(table if below is None else table["below"][below])


def test_the_sums_by_year_have_a_column_for_each_level_that_there_is(came: Mapping[str, Came]) -> None:
    from ledger.book import LEVEL_ORDER

    written = columns(document(came, "summary"))
    assert [one for one in documented("Sums by year") if one in written] == written
    money = [name_of(row) for row in sections()["Sums by year"] if row["Type"] == "money"]
    assert money == [level.replace(" ", "_") for level in LEVEL_ORDER]


@pytest.mark.parametrize("by", GROUPS)
def test_the_sums_by_something_begin_with_it(by: str, came: Mapping[str, Came]) -> None:
    said = documented("Sums by recipient and others")
    assert [name for name, _ in said[: len(GROUPS)]] == list(GROUPS)
    assert columns(document(came, f"summary --by {by}")) == [(by, "text"), *said[len(GROUPS) :]]


def test_the_amounts_of_a_text_are_those_of_its_data_package(folder: Path, came: Mapping[str, Came]) -> None:
    assert came["package of scan"].status == 0
    [resource] = package(folder / "scanned")["resources"]
    called = as_written("datapackage")
    said = [(name, called[kind]) for name, kind in documented("Amounts in a text")]
    assert said == [(one["name"], one["type"]) for one in resource["schema"]["fields"]]


def test_every_section_with_columns_is_held_against_something() -> None:
    other = {"Sums by year", "Sums by recipient and others", "Amounts in a text"}
    held = {heading for heading, _, _ in TABLES} | other
    assert {heading for heading, rows in sections().items() if "Column" in rows[0]} == held


def test_every_row_says_its_type_its_unit_and_how_far_it_can_be_built_on() -> None:
    for heading, rows in sections().items():
        for row in rows:
            if heading == "How each type is written":
                continue
            assert row["Stability"] in STABLE, f"{heading}: {name_of(row)}"
            assert row["Meaning"], f"{heading}: {name_of(row)}"
            if "Column" in row:
                assert row["Type"] in TYPES, f"{heading}: {name_of(row)}"
                assert row["Unit"] or row["Type"] not in ("integer", "money", "share"), name_of(row)


def package(folder: Path) -> Any:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


EXPORTED = (
    ("lines", "Lines"),
    ("sources", "Sources of an export"),
    ("query", "Query of an export"),
    ("agencies", "Agencies of an export"),
    ("goals", "Goals of an export"),
)


@pytest.mark.parametrize(("form", "mark", "separator"), [("csv", "", ","), ("csv-excel-sv", "\ufeff", ";")])
def test_csv_has_the_fields_of_lines(form: str, mark: str, separator: str, came: Mapping[str, Came]) -> None:
    text = came[form].output.decode().removeprefix(mark)
    assert next(csv.reader(io.StringIO(text), delimiter=separator)) == [name for name, _ in documented("Lines")]


def test_a_workbook_has_the_fields_of_each_table(folder: Path, came: Mapping[str, Came]) -> None:
    assert came["xlsx"].status == 0
    book = openpyxl.load_workbook(folder / "made.xlsx")
    assert book.sheetnames == [name for name, _ in EXPORTED]
    for name, heading in EXPORTED:
        assert [cell.value for cell in book[name][1]] == [field for field, _ in documented(heading)]


def in_parquet() -> list[tuple[str, str]]:
    """The columns of lines in Parquet, with what stands beside a date."""
    called = as_written("parquet")
    found: list[tuple[str, str]] = []
    for name, kind in documented("Lines"):
        found += [(name, called[kind]), *([(f"{name}_stated", "VARCHAR")] if kind == "date" else [])]
    return found


def test_parquet_has_the_fields_of_lines(folder: Path, came: Mapping[str, Came]) -> None:
    assert came["parquet"].status == came["parquet-by-year"].status == 0
    assert described(folder / "made.parquet") == in_parquet()
    [of_2024] = (folder / "made.by-year" / "year=2024").iterdir()
    assert described(of_2024) == [one for one in in_parquet() if one[0] != "year"]


def described(file: Path) -> list[tuple[str, str]]:
    with duckdb.connect() as connection:
        rows = connection.execute("DESCRIBE FROM read_parquet(?, hive_partitioning = false)", [str(file)]).fetchall()
    return [(name, kind) for name, kind, *_ in rows]


def test_sqlite_has_a_table_of_each(folder: Path, came: Mapping[str, Came]) -> None:
    # With terms it is the answer that is written, and without them the whole ledger.
    assert came["sqlite"].status == 0
    called = as_written("sqlite")
    with closing(sqlite3.connect(folder / "made.sqlite")) as connection:
        for name, heading in EXPORTED:
            said: list[tuple[str, str]] = []
            for field, kind in documented(heading):
                said += [(field, called[kind]), *([(f"{field}_ore", "INTEGER")] if kind == "money" else [])]
            told = connection.execute("SELECT name, type FROM pragma_table_info(?)", [name]).fetchall()
            assert told == said, name


def test_a_data_package_has_the_fields_of_each_table(folder: Path, came: Mapping[str, Came]) -> None:
    assert came["datapackage"].status == 0
    called = as_written("datapackage")
    resources = {one["name"]: one for one in package(folder / "made.datapackage")["resources"]}
    assert list(resources) == [name for name, _ in EXPORTED]
    for name, heading in EXPORTED:
        fields = resources[name]["schema"]["fields"]
        said = [(field, called[kind]) for field, kind in documented(heading)]
        assert [(one["name"], one["type"]) for one in fields] == said


def paths(value: object, at: str = "", whole: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Every field of a document by its path, `rows[].id`, and the type of what it holds; `whole` is not entered."""
    if at in whole:
        yield at, "object"
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from paths(inner, f"{at}.{name}" if at else name, whole)
    elif isinstance(value, list):
        for inner in value:
            yield from paths(inner, f"{at}[]", whole)
    else:
        yield at, {bool: "boolean", int: "number", float: "number", str: "string", type(None): "null"}[type(value)]


def assert_fields(heading: str, documents: Sequence[object]) -> None:
    """The section has every field of these documents and no other, each with the types that it has there."""
    said = {name_of(row): set(row["Type"].split(" or ")) for row in sections()[heading]}
    whole = [name for name, types in said.items() if types == {"object"}]
    seen: dict[str, set[str]] = {}
    for document in documents:
        for path, kind in paths(document, whole=whole):
            seen.setdefault(path, set()).add(kind)
    assert sorted(seen) == sorted(said)
    assert {path: types for path, types in seen.items() if not types <= said[path]} == {}


def test_the_fields_of_a_table_in_json(came: Mapping[str, Came]) -> None:
    commands = (
        "export",
        "export of all",
        "query",
        "summary YEAR",
        "summary",
        "show",
        "diff",
        "reconcile",
        "initiatives",
        "sql",
    )
    assert_fields("JSON of a table", [document(came, command) for command in commands])


def test_the_fields_of_scan_in_json(came: Mapping[str, Came]) -> None:
    assert_fields("JSON of scan", [document(came, "scan"), document(came, "scan of two")])


def test_the_fields_of_a_data_package(folder: Path, came: Mapping[str, Came]) -> None:
    assert came["datapackage"].status == 0
    assert_fields(
        "The data package", [package(folder / "made.datapackage"), package(folder / "scanned"), package(folder / "all")]
    )


@pytest.mark.parametrize(
    ("heading", "command"),
    [("Findings in JSON", "check"), ("Findings in SARIF", "sarif"), ("Findings for GitLab", "gitlab")],
)
def test_the_fields_of_findings(heading: str, command: str, came: Mapping[str, Came]) -> None:
    assert_fields(heading, [document(came, command)])


def test_the_properties_of_findings_for_github(came: Mapping[str, Came]) -> None:
    heads = re.findall(r"^::(?:error|warning) (\S.*?)::", came["github"].output.decode(), re.MULTILINE)
    assert heads
    said = [name_of(row) for row in sections()["Findings for GitHub"]]
    assert all([one.partition("=")[0] for one in head.split(",")] == said for head in heads)


def test_the_attributes_of_findings_in_junit(came: Mapping[str, Came]) -> None:
    tree = ET.fromstring(came["junit"].output.decode())  # noqa: S314 - our own
    seen = {f"{element.tag} {name}" for element in tree.iter() for name in element.attrib}
    assert seen == {name_of(row) for row in sections()["Findings in JUnit"]}


def test_the_documents_carry_the_number_that_the_page_tells_of(came: Mapping[str, Came]) -> None:
    from ledger.render.json_ import SCHEMA

    assert f'`"schema": {SCHEMA}`' in PAGE
    assert {document(came, one)["schema"] for one in ("export", "scan", "check")} == {SCHEMA}


def test_the_page_names_the_mark_of_our_files() -> None:
    from ledger.store.layout import APPLICATION

    assert f"`PRAGMA application_id` is {APPLICATION}" in PAGE
