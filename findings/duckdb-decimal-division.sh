#!/usr/bin/env bash
# DuckDB 2.0.1: a DECIMAL that is divided, or averaged, is a floating-point number; so is 1e2.
#
# Sums, differences and products of DECIMAL stay exact. `/`, `//` and AVG leave DOUBLE, also where the division
# comes out even, and the type of the column is the only sign of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q duckdb==2.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'END'
import duckdb

found = dict(
    duckdb.sql("""
    SELECT unnest(['+', '*', '/', '//', 'avg', '1e2']),
           unnest([typeof(1.10::DECIMAL(18, 2) + 1), typeof(1.10::DECIMAL(18, 2) * 2), typeof(4.00::DECIMAL(18, 2) / 2),
                   typeof(4.00::DECIMAL(18, 2) // 2), (SELECT typeof(avg(x)) FROM (VALUES (4.00::DECIMAL(18, 2))) AS t(x)),
                   typeof(1e2)])
    """).fetchall()
)
print(found)
assert found["+"].startswith("DECIMAL") and found["*"].startswith("DECIMAL")
assert found["/"] == found["//"] == found["avg"] == found["1e2"] == "DOUBLE"
END
