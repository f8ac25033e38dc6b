#!/usr/bin/env bash
# DuckDB 2.0.1 writes the sum of whole numbers to Parquet as a floating-point number.
#
# SUM over BIGINT is a HUGEINT, exact on the screen. Parquet has no such type, and COPY takes DOUBLE for it
# without a word: the sum that comes back is another number as soon as it needs more than 53 bits. A cast to
# DECIMAL(38,0) before COPY keeps it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q duckdb==2.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'END'
import duckdb

amounts = "(VALUES (9007199254740992::BIGINT), (1::BIGINT)) AS t(ore)"
seen = duckdb.sql(f"SELECT typeof(sum(ore)), sum(ore) FROM {amounts}").fetchall()[0]
duckdb.sql(f"COPY (SELECT sum(ore) AS ore FROM {amounts}) TO 'sum.parquet'")
kept = duckdb.sql("SELECT typeof(ore), ore FROM 'sum.parquet'").fetchall()[0]
duckdb.sql(f"COPY (SELECT CAST(sum(ore) AS DECIMAL(38, 0)) AS ore FROM {amounts}) TO 'exact.parquet'")
exact = duckdb.sql("SELECT typeof(ore), ore FROM 'exact.parquet'").fetchall()[0]
print("asked:", seen, "\nfrom Parquet:", kept, "\nwith a cast:", exact)
assert seen == ("HUGEINT", 9007199254740993)
assert kept == ("DOUBLE", 9007199254740992.0)
assert exact[0] == "DECIMAL(38,0)" and int(exact[1]) == 9007199254740993
END
