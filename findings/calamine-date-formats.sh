#!/usr/bin/env bash
# python-calamine 0.9.1: numbers under a date format come as dates that nobody wrote, a negative one as midnight.
#
# A year typed as 2024 under the format `yyyy` arrives as 16 July 1905. A negative amount under a date format
# arrives as time(0, 0), whatever it was, and an error such as #DIV/0! as the empty text, the same as an empty
# cell.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q python-calamine==0.9.1 xlsxwriter==3.3.1
cd "$folder"
"$folder/venv/bin/python" - <<'END'
import datetime

import python_calamine
import xlsxwriter

with xlsxwriter.Workbook("a.xlsx") as book:
    sheet = book.add_worksheet()
    year, day = book.add_format({"num_format": "yyyy"}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write(0, 0, 2024, year)
    sheet.write(0, 1, -5000, day)
    sheet.write(0, 2, -7000, day)
    sheet.write_formula(0, 3, "=1/0", None, "#DIV/0!")
    sheet.write(0, 5, "end")
[row] = python_calamine.load_workbook("a.xlsx").get_sheet_by_index(0).to_python()
print(row)
assert row == [datetime.date(1905, 7, 16), datetime.time(0, 0), datetime.time(0, 0), "", "", "end"]
END
