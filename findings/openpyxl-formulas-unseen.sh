#!/usr/bin/env bash
# A column of formulas that openpyxl 3.1.5 wrote is empty for python-calamine 0.9.1, and not even there without a heading.
#
# openpyxl stores a formula without its result; a spreadsheet program works it out when it opens the file. A
# reader of kept results finds nothing: a money column of sums reads as blank, and the sheet ends before it where
# it has no heading.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q openpyxl==3.1.5 python-calamine==0.9.1
cd "$folder"
"$folder/venv/bin/python" - <<'END'
import openpyxl
import python_calamine


def read(heading: str | None) -> list[list[object]]:
    book = openpyxl.Workbook()
    book.active.append(["code", "a", "b", heading])
    book.active.append(["3:1", 1500, 500, "=B2+C2"])
    book.save("b.xlsx")
    return python_calamine.load_workbook("b.xlsx").get_sheet_by_index(0).to_python()


named, unnamed = read("sum"), read(None)
print(named, unnamed, sep="\n")
assert named == [["code", "a", "b", "sum"], ["3:1", 1500.0, 500.0, ""]]
assert [row[:3] for row in unnamed] == [["code", "a", "b"], ["3:1", 1500.0, 500.0]]
assert not any(row[3:] and row[3] for row in unnamed)
END
