"""The formats that leave the program, each read again by somebody else's reader: the same figures, to the öre."""

import io
import json
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import frictionless
import openpyxl
import pytest
from exported import (
    ENGLISH,
    READERS,
    SWEDISH,
    expected,
    expected_figures,
    figures,
    from_csv,
    from_parquet,
    from_parquet_by_year,
    money_columns,
    plain,
    query,
    through_libreoffice,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ledger import render
from ledger.money import Amount, Interval, add_up, derived, exactly, read_amount
from ledger.options import TABLES
from ledger.render import CannotWriteError
from ledger.table import Column, Money, Row, Share, Table, guarded

COLUMNS = (
    Column("label", heading="Line", only="people"),
    Column("id"),
    Column("year"),
    Column("code"),
    Column("goals", "list"),
    Column("counted", "boolean"),
    Column("n", "integer"),
    Column("base", "money"),
    Column("total", "money"),
    Column("share", "share"),
    Column("decided", "date"),
)


def written(name: str, table: Table) -> bytes:
    write = render.load(name).table
    assert write is not None
    made = write(table)
    assert isinstance(made, str | bytes)
    return made.encode() if isinstance(made, str) else made


def folder_of(name: str, table: Table) -> dict[str, bytes]:
    write = render.load(name).table
    assert write is not None
    made = write(table)
    assert not isinstance(made, str | bytes)
    return dict(made)


def line(name: str, year: str, code: str | None, *cells: Money | str | None) -> Row:
    base, total, decided = cells
    return Row((name, name, year, code, ("violence", "power"), True, 7, base, total, Share(120, 1400), decided))


def stated(text: str) -> Money:
    return Money(read_amount(text))


LINES = Table(
    "Gender equality: lines",
    COLUMNS,
    (
        line("a", "2023", "3:1", Money(exactly(22_000_000_00), "derived"), stated("23,5 mnkr"), "2023-03-27"),
        line("b", "2024", "=1+1", stated("-7 000,01 kr"), stated("högst 2 mnkr"), "2024-03"),
        line("c", "2024", None, None, Money(None), None),
        line("d", "2022-2023", "0601003", stated("9 999 999 999 999,99 kr"), stated("drygt 600 mnkr"), "2024"),
        line("e", "2024", "2:2", Money(derived(Interval(100, 250)), "derived"), stated("minst 0,01 kr"), None),
        line("f", "2024", "ap.12", Money(add_up([read_amount("ca 10 mnkr")]), "sum"), Money(exactly(0)), None),
    ),
    totals=(line("Sum", "", None, None, Money(exactly(1), "sum"), None),),
    below=(
        Table(
            "Sources",
            (Column("id"), Column("title"), Column("url")),
            (
                Row(("pr", "Pressmeddelande", "https://example.org/pr?a=1")),
                Row(("bok", "En bok", None)),
            ),
            name="sources",
        ),
        Table("Query", (Column("name"), Column("value")), (Row(("licence", "CC0-1.0")),), name="query"),
    ),
    name="lines",
)


def test_the_option_names_every_format_that_can_write_a_table() -> None:
    assert sorted(TABLES) == sorted(render.formats("table"))


@pytest.mark.parametrize("name", READERS)
def test_read_again_the_figures_are_the_same(name: str) -> None:
    records = READERS[name](written(name, LINES))
    assert figures(records, ["base", "total"]) == expected_figures(LINES)
    assert [record["total_stated"] for record in records][1] == "högst 2 mnkr"


def test_read_again_from_parquet_the_figures_are_the_same(tmp_path: Path) -> None:
    records = from_parquet(written("parquet", LINES), tmp_path)
    assert figures(records, ["base", "total"]) == expected_figures(LINES)


def test_read_again_from_parquet_by_year_the_figures_are_the_same(tmp_path: Path) -> None:
    files = folder_of("parquet-by-year", LINES)
    assert list(files) == [f"year={year}/data_0.parquet" for year in ("2022-2023", "2023", "2024")]
    records = {record["id"]: record for record in from_parquet_by_year(files, tmp_path)}
    assert [record["year"] for _, record in sorted(records.items())] == [row.cells[2] for row in LINES.rows]
    assert figures([records[name] for name in "abcdef"], ["base", "total"]) == expected_figures(LINES)


ore = st.integers(-(10**17), 10**17) | st.integers(-(10**15), 10**15) | st.integers(-150, 150)


@st.composite
def moneys(draw: st.DrawFn) -> Money:
    low, high = sorted(draw(st.tuples(ore, ore)))
    amounts = (
        None,
        Amount(Interval(low, low), low, draw(texts)),
        Amount(Interval(low, high), draw(st.none() | st.just(low)), draw(texts), "range"),
        Amount(Interval(low, None), low, draw(texts), "least"),
        Amount(Interval(None, high), high, draw(texts), "most"),
    )
    return Money(draw(st.sampled_from(amounts)), draw(st.sampled_from(("stated", "calculated", "derived", "sum"))))


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)
dates = st.none() | st.sampled_from(["2024", "2024-02", "2024-02-29", "1999-12-31"])
rows = st.tuples(
    texts,
    texts,
    st.sampled_from(["2023", "2024", "2022-2023"]),
    st.none() | texts,
    st.lists(texts, max_size=2).map(tuple),
    st.none() | st.booleans(),
    st.none() | st.integers(-(10**9), 10**9),
    st.none() | moneys(),
    st.none() | moneys(),
    st.none() | st.builds(Share, st.integers(0, 2000), st.integers(0, 2000)),
    dates,
)
tables = st.lists(rows.map(Row), max_size=4).map(lambda made: Table("T", COLUMNS, tuple(made)))


@given(tables)
@settings(deadline=None)
def test_any_table_read_again_has_the_same_figures(table: Table) -> None:
    for name in ("csv", "csv-excel-sv", "json"):
        records = READERS[name](written(name, table))
        assert figures(records, ["base", "total"]) == expected_figures(table)
        for record, row in zip(records, expected(table), strict=True):
            code = row["code"] if name == "json" else guarded(row["code"] or "")
            assert record["code"] == code


@given(tables)
@settings(deadline=None, max_examples=40)
def test_any_table_read_again_from_a_workbook_has_the_same_figures_or_is_refused(table: Table) -> None:
    digits = [len(str(abs(int(one))).rstrip("0")) for row in expected_figures(table) for one in row if one is not None]
    if max(digits, default=0) > 15:
        with pytest.raises(CannotWriteError, match=r"keeps 15 digits, and one of '(base|total)"):
            written("xlsx", table)
        return
    records = READERS["xlsx"](written("xlsx", table))
    assert figures(records, ["base", "total"]) == expected_figures(table)
    for record, row in zip(records, expected(table), strict=True):
        assert (record["counted"], record["n"]) == (row["counted"], row["n"])


@given(tables)
@settings(deadline=None, max_examples=25)
def test_any_table_read_again_from_parquet_is_the_same(tmp_path_factory: pytest.TempPathFactory, table: Table) -> None:
    records = from_parquet(written("parquet", table), tmp_path_factory.mktemp("parquet"))
    assert figures(records, ["base", "total"]) == expected_figures(table)
    for record, row in zip(records, expected(table), strict=True):
        for name in ("id", "code", "counted", "n", "base_stated"):
            assert record[name] == row[name]
        assert tuple(record["goals"]) == row["goals"]
        assert record["decided_stated"] == row["decided"]


@given(tables)
@settings(deadline=None, max_examples=25)
def test_any_table_split_by_year_is_the_same(tmp_path_factory: pytest.TempPathFactory, table: Table) -> None:
    assume(table.rows)
    records = from_parquet_by_year(folder_of("parquet-by-year", table), tmp_path_factory.mktemp("years"))
    found = [
        (str(record["year"]), *row) for record, row in zip(records, figures(records, ["base", "total"]), strict=True)
    ]
    given_ = [(record["year"], *row) for record, row in zip(expected(table), expected_figures(table), strict=True)]
    assert sorted(found, key=str) == sorted(given_, key=str)


def test_parquet_holds_decimals_days_and_lists_and_no_float(tmp_path: Path) -> None:
    (tmp_path / "t.parquet").write_bytes(written("parquet", LINES))
    columns = query(f"DESCRIBE FROM '{tmp_path}/t.parquet'")
    types = {column["column_name"]: column["column_type"] for column in columns}
    assert {name: types[name] for name in ("id", "goals", "counted", "n", "decided", "decided_stated")} == {
        "id": "VARCHAR",
        "goals": "VARCHAR[]",
        "counted": "BOOLEAN",
        "n": "BIGINT",
        "decided": "DATE",
        "decided_stated": "VARCHAR",
    }
    assert {types[f"{name}{end}"] for name in ("base", "total") for end in ("", "_low", "_high")} == {"DECIMAL(18,2)"}
    assert not {"FLOAT", "DOUBLE"} & set(types.values())
    found = query(f"SELECT decided, decided_stated, goals FROM '{tmp_path}/t.parquet' WHERE id IN ('a', 'b')")  # noqa: S608
    assert found == [
        {"decided": date(2023, 3, 27), "decided_stated": "2023-03-27", "goals": ["violence", "power"]},
        {"decided": None, "decided_stated": "2024-03", "goals": ["violence", "power"]},
    ]


def test_what_decimals_of_18_digits_do_not_hold_is_refused() -> None:
    table = Table("T", (Column("x", "money"),), (Row((Money(exactly(10**18)),)),))
    with pytest.raises(CannotWriteError, match="an amount of 'x'"):
        written("parquet", table)


@pytest.mark.parametrize("table", [Table("T", (Column("x"),), (Row(("a",)),)), Table("T", COLUMNS, ())])
def test_a_folder_by_year_needs_rows_that_have_one(table: Table) -> None:
    with pytest.raises(CannotWriteError, match="parquet-by-year"):
        folder_of("parquet-by-year", table)


def test_a_workbook_has_numbers_texts_and_days_in_a_table_under_a_frozen_header() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", LINES)))
    assert book.sheetnames == ["lines", "sources", "query"]
    sheet = book["lines"]
    assert [sheet.freeze_panes for sheet in book.worksheets] == ["A2"] * 3
    assert [table.ref for table in sheet.tables.values()] == [sheet.dimensions]
    header = [cell.value for cell in sheet[1]]
    assert "label" not in header
    kinds = {name: (cell.data_type, cell.number_format) for name, cell in zip(header, sheet[2], strict=True)}
    assert kinds["code"] == ("s", "@")
    assert kinds["total_high"] == ("n", "#,##0;[Red]-#,##0")
    assert kinds["base"] == ("n", "#,##0.00;[Red]-#,##0.00"), "another base has öre"
    assert kinds["decided"] == ("d", "yyyy-mm-dd")
    assert kinds["counted"][0] == "b"
    assert [row[header.index("code")] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        "3:1",
        "=1+1",
        None,
        "0601003",
        "2:2",
        "ap.12",
    ]
    assert [cell.data_type for cell in sheet["C"]] == ["s", "s", "s", "n", "s", "s", "s"], "=1+1 is no formula"
    assert [plain(row[header.index("decided")]) for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        "2023-03-27",
        "2024-03",
        None,
        "2024",
        None,
        None,
    ]
    assert sheet.max_row == 1 + len(LINES.rows), "sums are left out"


@pytest.mark.parametrize(
    ("title", "sheet"),
    [
        ("Ledger, 2024: [a]/b\\c*?", "Ledger, 2024   a  b c"),
        ("x" * 40, "x" * 31),
        ("", "Table 1"),
        ("'", "Table 1"),
        ("History", "History 1"),
    ],
)
def test_a_title_becomes_a_name_that_a_sheet_may_have(title: str, sheet: str) -> None:
    content = written("xlsx", Table(title, (Column("a"),), (Row(("b",)),)))
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == [sheet]


def test_a_workbook_without_rows_is_one_all_the_same() -> None:
    assert READERS["xlsx"](written("xlsx", Table("T", COLUMNS, ()))) == []


def test_a_text_that_a_cell_cannot_hold_is_refused() -> None:
    with pytest.raises(CannotWriteError, match="a cell of xlsx holds 32767 characters, and a 'a' is longer"):
        written("xlsx", Table("T", (Column("a"),), (Row(("x" * 32_768,)),)))


@pytest.mark.parametrize("name", ["xlsx", "parquet", "csv", "csv-excel-sv", "json"])
def test_the_same_table_gives_the_same_bytes(name: str) -> None:
    assert written(name, LINES) == written(name, LINES)


def test_a_workbook_says_nothing_about_when_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(written("xlsx", LINES))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", archive.read("docProps/core.xml").decode())) == {
            "2000-01-01T00:00:00"
        }


def put(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder / "datapackage.json"


def test_a_data_package_is_valid_and_says_what_is_in_it(tmp_path: Path) -> None:
    files = folder_of("datapackage", LINES)
    assert sorted(files) == ["datapackage.json", "lines.csv", "query.csv", "sources.csv"]
    assert files == folder_of("datapackage", LINES)
    report = frictionless.validate(str(put(files, tmp_path)))
    assert report.valid, report.to_summary()
    package = json.loads(files["datapackage.json"])
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["name"] == "gender-equality-lines"
    assert package["formulaGuard"] is True
    assert "one apostrophe" in package["description"]
    assert package["licenses"][0]["name"] == "CC0-1.0"
    assert package["sources"] == [
        {"title": "Pressmeddelande", "path": "https://example.org/pr?a=1"},
        {"title": "En bok"},
    ]
    described = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    assert (described["total"]["type"], described["total"]["decimalChar"]) == ("number", ".")
    assert [described[name]["type"] for name in ("code", "goals", "counted", "n", "decided")] == [
        "string",
        "list",
        "boolean",
        "integer",
        "string",
    ]
    assert package["resources"][0]["dialect"]["delimiter"] == ","
    assert package["resources"][0]["schema"]["primaryKey"] == ["id"]


def test_read_with_its_description_a_data_package_has_the_same_figures(tmp_path: Path) -> None:
    put(folder_of("datapackage", LINES), tmp_path)
    extracted = frictionless.extract(str(tmp_path / "datapackage.json"))
    records = extracted["lines"]
    assert figures(records, ["base", "total"]) == expected_figures(LINES)
    assert records[0]["goals"] == ["violence", "power"]
    assert records[0]["base"] == Decimal(22_000_000)


@pytest.mark.parametrize(
    ("text", "other", "error"),
    [
        (",23500000,", ",23 500 000,", "type-error"),
        (",true,", ",yes,", "type-error"),
        ("\nb,", "\na,", "primary-key"),
        ("2024-03\n", "mars\n", "constraint-error"),
        ("id,year", "id,years", "incorrect-label"),
    ],
)
def test_a_cell_that_does_not_fit_its_description_is_found(text: str, other: str, error: str, tmp_path: Path) -> None:
    files = folder_of("datapackage", LINES)
    assert text in files["lines.csv"].decode()
    files["lines.csv"] = files["lines.csv"].decode().replace(text, other, 1).encode()
    package = json.loads(files["datapackage.json"])
    for resource in package["resources"]:
        del resource["bytes"], resource["hash"]
    files["datapackage.json"] = json.dumps(package).encode()
    report = frictionless.validate(str(put(files, tmp_path)))
    assert report.flatten(["type"]) == [[error]]


def test_without_the_guard_the_description_says_so() -> None:
    write = render.load("datapackage").unguarded
    assert write is not None
    files = write(LINES)
    assert not isinstance(files, str | bytes)
    package = json.loads(files["datapackage.json"])
    assert package["formulaGuard"] is False
    assert "No text is guarded" in package["description"]
    assert [record["code"] for record in from_csv(files["lines.csv"])][:2] == ["3:1", "=1+1"]


TRICKY = [
    "3:1",
    "13 3:1",
    "0601003",
    "1E5",
    "3/1",
    "16 mars",
    "=1+1",
    "+1",
    "-1",
    "@A1",
    "\uff1d1",
    "a;b,c",
    'q"r',
    "Å\nä",
]


@pytest.mark.parametrize(
    ("name", "import_filter"), [("csv-excel-sv", SWEDISH), ("csv", ENGLISH)], ids=["swedish", "english"]
)
def test_in_libreoffice_figures_are_the_same_numbers_and_texts_stay_texts(
    name: str, import_filter: str, tmp_path: Path
) -> None:
    amounts = [stated("9 999 999 999 999,99 kr"), stated("-1 250,50 kr"), stated("0,01 kr"), stated("ca 6,3 mdkr")]
    made = tuple(
        Row((text, amounts[at % 4], ("2024-03-27", "2024-03")[at % 2], at - 3)) for at, text in enumerate(TRICKY)
    )
    columns = (Column("code"), Column("x", "money"), Column("decided", "date"), Column("n", "integer"))
    table = Table("T", columns, made)
    records = through_libreoffice(written(name, table), import_filter, tmp_path)
    assert [record["code"] for record in records] == [guarded(text) for text in TRICKY]
    assert figures(records, money_columns(table)) == expected_figures(table)
    assert [record["n"] for record in records] == [at - 3 for at in range(len(TRICKY))]
    assert [plain(record["decided"]) for record in records][:2] == ["2024-03-27", "'2024-03"]
