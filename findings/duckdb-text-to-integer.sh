#!/usr/bin/env bash
# DuckDB 2.0.1 rounds a text with a fraction when it is cast to a whole number, and reads _ and e3 in it.
#
# CAST('12.5' AS INTEGER) is 13, without an error: amounts in kronor that stand as text lose their öre. An underscore, an
# exponent and spaces around are read over as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q duckdb==2.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'END'
import duckdb

texts = ["12.5", "12.49", "-0.5", "1_000", "1e3", " 12 "]
found = {text: duckdb.execute("SELECT CAST(? AS INTEGER)", [text]).fetchone()[0] for text in texts}
print(found)
assert found == {"12.5": 13, "12.49": 12, "-0.5": -1, "1_000": 1000, "1e3": 1000, " 12 ": 12}
END
