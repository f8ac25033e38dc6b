"""Workbooks of somebody else's: every cell exact or in doubt, one sheet that is meant, one line for what is wrong."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook

from ledger.statements import Asked, Statement, read_statement
from ledger.statements._cell_facts import format_of

HEAD = ["Anslag", "Mottagare", "År", "Belopp (tkr)"]
Change = Callable[[Any, Any], None]


def written(*amounts: object, change: Change | None = None, head: Sequence[str] = HEAD) -> bytes:
    """A workbook with the amounts below the headings, as openpyxl writes it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(head))
    for at, amount in enumerate(amounts, 1):
        sheet.append([f"UO13 3:{at}", "jamy", 2024, amount])
    if change:
        change(book, sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def fast(fill: Change) -> bytes:
    """A workbook as xlsxwriter writes it."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    fill(book, book.add_worksheet("Blad"))
    book.close()
    return made.getvalue()


def read(data: bytes, **asked: Any) -> Statement:
    found = read_statement(data, "t.xlsx", Asked(**asked))
    assert isinstance(found, Statement), found
    return found


def refused(data: bytes, **asked: Any) -> str:
    found = read_statement(data, "t.xlsx", Asked(**asked))
    assert not isinstance(found, Statement)
    assert len(found) == 1
    assert "\n" not in found[0].message
    return found[0].message


def amount(data: bytes) -> str:
    [row] = read(data).rows
    if row.unread:
        return next(iter(row.unread.values())).message
    return str(next(iter(row.figures.values())).interval.low)


@pytest.mark.parametrize(
    ("value", "came_to"),
    [
        (23.5, "2350000"),
        (0.1 + 0.2, "30000"),
        (1234567.891, "123456789100"),
        (3, "300000"),
        (-0.0, "0"),
        (1.000001, "finer than a hundredth"),
        (1e12 + 0.5, "too long for a spreadsheet"),
        (1e15, "too long for a spreadsheet"),
        (True, "a truth value"),
        ("=A1", "a formula that was never worked out"),
        ("5 %", "5 %"),
    ],
)
def test_a_value_is_exact_or_not_read(value: object, came_to: str) -> None:
    assert came_to in amount(written(value))


@pytest.mark.parametrize(
    ("shown", "says"),
    [
        ("0 %", "a percentage"),
        ("0.0%", "a percentage"),
        ('#,##0,," Mkr"', "divided by 1 000 000"),
        ("#,##0,", "divided by 1 000"),
        ('# ##0 "kr"', "'5' is shown in kr, and read in tkr"),
        ("[$€-2] #,##0", "shown in EUR"),
        ("yyyy-mm-dd", "a date"),
        ("hh:mm:ss", "a date"),
        ('# ##0 "tkr"', "500000"),
        ("#,##0.00", "500000"),
        ('#,##0;[Red]-#,##0" x,"', "500000"),
    ],
)
def test_what_a_number_format_shows_is_not_passed_over(shown: str, says: str) -> None:
    def change(_book: Any, sheet: Any) -> None:
        sheet["D2"].number_format = shown

    assert says in amount(written(5, change=change))


def test_an_error_is_no_empty_cell_and_a_raised_digit_no_digit() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, HEAD)
        for line in (1, 2):
            sheet.write_row(line, 0, [f"UO13 3:{line}", "jamy", 2024])
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
        sheet.write_rich_string(2, 3, "250", book.add_format({"font_script": 1}), "3")

    found = read(fast(fill))
    said = [one.message for row in found.rows for one in row.unread.values()]
    assert "D2: an error of the spreadsheet" in said[0]
    assert "D3: '2503': parts of the cell are written in different ways" in said[1]


def test_hidden_rows_are_read_and_hidden_sheets_are_not() -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        book.create_sheet("Gömd").append(HEAD)
        book["Gömd"].sheet_state = "veryHidden"

    found = read(written(5, 6, change=change))
    assert len(found.rows) == 2
    assert "read too: 1 hidden row, 1 hidden column" in found.taken
    assert any("sheets that are not shown are not read: 'Gömd'" in one for one in found.taken)


def test_the_sheet_with_headings_is_the_one_that_is_meant_and_sheet_names_another() -> None:
    def change(book: Any, _sheet: Any) -> None:
        book.create_sheet("Om").append(["Läs detta", "x"])

    assert len(read(written(5, change=change)).rows) == 1
    assert "no sheet 'Blad9': it has 'Sheet', 'Om'" in refused(written(5, change=change), sheet="Blad9")


def test_of_two_hundred_sheets_ten_are_named() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for one in [sheet, *(book.add_worksheet(f"S{number}") for number in range(199))]:
            one.write_row(0, 0, HEAD)

    data = fast(fill)
    assert refused(data).endswith("'S7', 'S8' and 190 more")
    assert "no line" not in refused(data)


def test_places_are_those_of_the_sheet_where_the_first_rows_and_columns_are_empty() -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row(4, 2, HEAD)
        sheet.write_row(5, 2, ["UO13 3:1", "jamy", 2024, "x"])

    [row] = read(fast(fill)).rows
    assert row.unread["total"].message.startswith("F6:")


def test_two_cells_far_apart_make_no_room_for_those_between() -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "Anslag")
        sheet.write(1_048_575, 16_383, 5)

    assert "more than 5000000 cells" in refused(fast(fill))


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The workbook with something else in one part."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.namelist():
            part = source.read(one)
            target.writestr(one, part.replace(old, new, 1) if one == name else part)
    return made.getvalue()


def test_a_workbook_that_unpacks_to_too_much_or_has_a_doctype_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    assert "DOCTYPE" in refused(changed(written(5), sheet, b"<worksheet", b"<!DOCTYPE a><worksheet"))
    assert "broken part" in refused(changed(written(5), sheet, b"</sheetData>", b""))
    monkeypatch.setattr("ledger.statements._archive.MOST", 1_000)
    assert "unpacks to more than" in refused(written(5))


def test_a_broken_or_locked_workbook_is_one_line() -> None:
    data = written(5)
    assert "broken or cut off" in refused(data[: len(data) // 2] + b"[Content_Types].xml")
    locked = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert "a password" in refused(locked)
    assert "cannot be read" in refused(b"\xd0\xcf\x11\xe0" + bytes(600))


def test_xls_is_read_and_what_it_cannot_tell_is_said(tmp_path: Path) -> None:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("X")
    lines: list[list[Any]] = [list(HEAD), ["UO13 3:1", "jamy", 2024, 23.5]]
    for line, cells in enumerate(lines):
        for at, value in enumerate(cells):
            sheet.write(line, at, value)
    book.save(str(tmp_path / "t.xls"))
    data = (tmp_path / "t.xls").read_bytes()
    assert amount(data) == "2350000"
    assert any("cannot be told in this kind of workbook" in one for one in read(data).taken)


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">
<office:body><office:spreadsheet><table:table table:name="Blad">%s</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def ods(last: str) -> bytes:
    """A workbook of LibreOffice, whose one amount is the cell given."""
    first = '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'
    texts = ["".join(first % one for one in HEAD)]
    year = '<table:table-cell office:value-type="float" office:value="2024"><text:p>2024</text:p></table:table-cell>'
    texts.append(first % "UO13 3:1" + first % "jamy" + year + last)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        rows = "".join(f"<table:table-row>{one}</table:table-row>" for one in texts)
        archive.writestr("content.xml", ODS % rows)
    return made.getvalue()


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ('office:value-type="float" office:value="23.5"', "2350000"),
        ('office:value-type="percentage" office:value="0.05"', "'5 %' is a percentage"),
        ('office:value-type="string" office:string-value="" calcext:value-type="error"', "an error of the spreadsheet"),
        ('office:value-type="time" office:time-value="PT03H01M00S"', "a time, not an amount"),
        ('office:value-type="boolean" office:boolean-value="true"', "a truth value"),
    ],
)
def test_ods_is_read_by_the_same_rules(cell: str, says: str) -> None:
    assert says in amount(ods(f"<table:table-cell {cell}><text:p>x</text:p></table:table-cell>"))


@pytest.mark.parametrize("code", ['#,##0 "st"', '#,##0 "kr/inv"', "-#,##0", "(#,##0)", '0"000"', "[Red]-#,##0", "\\-0"])
def test_a_number_format_that_makes_another_number_of_it_is_a_doubt(code: str) -> None:
    assert format_of(code).changed


@pytest.mark.parametrize(
    "code",
    [
        "#,##0",
        "General",
        "#,##0;(#,##0)",
        "_-* #,##0_-;-* #,##0_-",
        "#,##0_);(#,##0)",
        "[$-41D]#,##0",
        '# ##0 "tkr"',
        "0.00",
    ],
)
def test_a_usual_number_format_is_none(code: str) -> None:
    assert not format_of(code).changed


def test_the_currency_of_a_cell_of_ods_is_that_of_its_figure() -> None:
    cell = '<table:table-cell office:value-type="currency" office:currency="EUR" office:value="500"/>'
    assert "shown in EUR" in amount(ods(cell))


def test_repeated_cells_of_ods_make_no_room_for_themselves() -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="%s"/>'
    assert "more than 5000000 cells" in refused(ods(cell % 2_000_000))
    assert "columns that are repeated" in refused(ods(cell % 99_999_999))


def test_a_workbook_without_its_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    assert refused(written(5)) == "a workbook needs a library: pip install 'gender-budget-ledger[sheets]'"
