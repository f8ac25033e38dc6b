"""`ledger sql`: what questions are answered with, what is refused, and that nothing is reached or changed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from books import book_of
from transcript import ROOT, run

from ledger.commands._sql import as_table
from ledger.money import Amount, Interval
from ledger.reading import load
from ledger.render import CannotWriteError
from ledger.render.csv_ import unguarded
from ledger.render.json_ import table as as_json
from ledger.render.sqlite_ import table as as_sqlite
from ledger.store import Answer, Limits, ask, export_file, fill, schema
from ledger.table import Column, Money, Row, Table

SHORT = Limits(rows=10_000, seconds=0.5)
ONLY_SELECT = "only SELECT is allowed: a question reads these tables, and changes and reaches nothing"
LATE = "stopped after 0.5 s: --timeout gives a question more time"


@pytest.fixture(scope="module")
def shipped() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        fill(connection, load(ROOT / "data").book)
        yield connection


def answered(connection: sqlite3.Connection, query: str, limits: Limits = SHORT) -> Answer:
    answer = ask(connection, query, limits)
    assert isinstance(answer, Answer), answer
    return answer


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT total FROM sums WHERE year = 2024 AND level = 'appropriations'", ((796_611_000,),)),
        ("SELECT kronor(sum(summed_ore)), swedish(sum(summed_ore)) FROM lines WHERE year = 2024 AND level LIKE 'app%'", ((796_611_000, "796 611 tkr"),)),
        ("SELECT kronor(-7), kronor(150), kronor(NULL), swedish(NULL)", (("-0.07", "1.50", None, None),)),
        ("SELECT 1 -- a comment; not a second statement", ((1,),)),
        ("/* before */ SELECT 1 /* behind */ ;", ((1,),)),
        ("VALUES (1), (2)", ((1,), (2,))),
        ("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3) SELECT sum(i) FROM n", ((6,),)),
        ("SELECT count(*) FROM lines WHERE id = 'x'' OR 1=1 --'", ((0,),)),
        ("SELECT x'00ff', CAST(x'ff41' AS TEXT), 0.1 + 0.2, 'a' || char(0) || 'b'", ((b"\x00\xff", "\ufffdA", 0.1 + 0.2, "a\0b"),)),
        ("SELECT 1, 2 WHERE 0", ()),
    ],
)  # fmt: skip
def test_a_question_is_answered(shipped: sqlite3.Connection, query: str, rows: tuple[tuple[object, ...], ...]) -> None:
    assert answered(shipped, query).rows == rows


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("DELETE FROM lines", ONLY_SELECT),
        ("DELETE FROM lines_ore", ONLY_SELECT),
        ("WITH x AS (SELECT 1) DELETE FROM lines_ore", ONLY_SELECT),
        ("EXPLAIN DELETE FROM lines_ore", ONLY_SELECT),
        ("INSERT INTO lines_ore SELECT * FROM lines_ore", ONLY_SELECT),
        ("UPDATE lines_ore SET total_ore = 0", ONLY_SELECT),
        ("REPLACE INTO goals VALUES (1)", ONLY_SELECT),
        ("DROP TABLE lines_ore", ONLY_SELECT),
        ("ALTER TABLE lines_ore RENAME TO x", ONLY_SELECT),
        ("CREATE TABLE x (a)", ONLY_SELECT),
        ("CREATE TEMP VIEW x AS SELECT 1", ONLY_SELECT),
        ("CREATE VIRTUAL TABLE x USING fts5(a)", ONLY_SELECT),
        ("CREATE TRIGGER t AFTER DELETE ON goals BEGIN SELECT 1; END", ONLY_SELECT),
        ("BEGIN", ONLY_SELECT),
        ("COMMIT", ONLY_SELECT),
        ("SAVEPOINT x", ONLY_SELECT),
        ("REINDEX", ONLY_SELECT),
        ("ANALYZE", ONLY_SELECT),
        ("PRAGMA query_only = 0", ONLY_SELECT),
        ("PRAGMA writable_schema = 1", ONLY_SELECT),
        ("SELECT * FROM pragma_table_info('lines')", ONLY_SELECT),
        ("ATTACH 'other.db' AS other", ONLY_SELECT),
        ("ATTACH ':memory:' AS other", ONLY_SELECT),
        ("DETACH main", ONLY_SELECT),
        ("VACUUM", ONLY_SELECT),
        ("VACUUM INTO 'copy.db'", ONLY_SELECT),
        ("SELECT load_extension('x')", "the function load_extension is not allowed: it reaches outside the ledger"),
        ("SELECT LOAD_EXTENSION('x', 'y')", "the function load_extension is not allowed: it reaches outside the ledger"),
        ("SELECT writefile('x', 'y')", "SQLite says: no such function: writefile"),
        ("SELECT readfile('/etc/passwd')", "SQLite says: no such function: readfile"),
        ("SELECT edit('x')", "SQLite says: no such function: edit"),
        ("SELECT 1; SELECT 2", "one SELECT at a time"),
        ("SELECT 1; DELETE FROM lines_ore", "one SELECT at a time"),
        ("", "there is no question in it: write SELECT …"),
        (" ; ", "there is no question in it: write SELECT …"),
        ("-- only a comment", "there is no question in it: write SELECT …"),
        ("SELEC 1", 'SQLite says: near "SELEC": syntax error'),
        ("SELECT 'a", "SQLite says: unrecognized token: \"'a\""),
        ("SELECT \x1b[31m", 'SQLite says: unrecognized token: "\\x1b"'),
        ('SELECT "a\nb" FROM [c\nd]', "SQLite says: no such table: c d: 'ledger sql --schema' lists them"),
        ("SELECT * FROM line", "SQLite says: no such table: line (did you mean 'lines'?)"),
        ("SELECT totl FROM lines", "SQLite says: no such column: totl (did you mean 'total'?)"),
        ("SELECT l.recipent FROM lines AS l", "SQLite says: no such column: l.recipent (did you mean 'recipient'?)"),
        ("SELECT ?", "a question has no parameters: write the values themselves"),
        ("SELECT '\0'", "SQLite says: the query contains a null character"),
        ("SELECT '\udcff'", "the question is not UTF-8"),
        ("SELECT kronor(avg(total_ore)) FROM lines", "kronor() and swedish() take whole öre, as columns that end in _ore hold them"),
        ("SELECT sum(9223372036854775807) FROM lines", "SQLite says: integer overflow"),
        ("SELECT zeroblob(20000000)", "a value, or the question itself, is too large: string or blob too big"),
        ("SELECT hex(zeroblob(9000000))", "a value, or the question itself, is too large: string or blob too big"),
        ("SELECT hex(zeroblob(4000000)) FROM lines", "the answer, or what it takes to find it, is too large: ask for less, or for sums"),
    ],
)  # fmt: skip
def test_what_is_refused_is_one_line(
    shipped: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str, reason: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = ask(shipped, query, Limits(seconds=5))
    assert refused == reason
    assert "\n" not in reason
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    "query",
    [
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT sum(i) FROM n",
        "SELECT a.id FROM lines AS a, lines AS b, lines AS c, lines AS d ORDER BY random()",
        "SELECT count(*) FROM (SELECT DISTINCT a.id, b.id, c.id FROM lines AS a, lines AS b, lines AS c, lines AS d)",
        "SELECT group_concat(a.file || b.file) FROM lines AS a, lines AS b, lines AS c, lines AS d",
    ],
)
def test_what_takes_too_long_is_stopped(shipped: sqlite3.Connection, query: str) -> None:
    refused = ask(shipped, query, SHORT)
    assert refused in (LATE, "a value, or the question itself, is too large: string or blob too big")


def test_a_question_of_a_megabyte_is_refused(shipped: sqlite3.Connection) -> None:
    for query in (f"SELECT '{'a' * 1_000_000}'", f"SELECT {'(' * 40_000}1{')' * 40_000}", "SELECT 1" + " + 1" * 20_000):
        refused = ask(shipped, query, SHORT)
        assert isinstance(refused, str)
        assert len(refused) < 300
        assert "\n" not in refused


def test_nothing_was_changed_by_all_that_is_refused(shipped: sqlite3.Connection) -> None:
    before = shipped.execute("SELECT count(*), sum(total_ore) FROM lines_ore").fetchone()
    for query in ("DELETE FROM lines_ore", "UPDATE lines_ore SET total_ore = 0", "DROP VIEW lines"):
        assert ask(shipped, query, SHORT) == ONLY_SELECT
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        shipped.execute("DELETE FROM lines_ore")
    assert shipped.execute("SELECT count(*), sum(total_ore) FROM lines_ore").fetchone() == before


def test_rows_beyond_the_limit_are_cut_and_said_so(shipped: sqlite3.Connection) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    assert answered(shipped, endless, Limits(3, 5)) == Answer(("i",), ((1,), (2,), (3,)), cut=True)
    assert not answered(shipped, f"{endless} LIMIT 3", Limits(3, 5)).cut


def test_columns_have_names_that_differ(shipped: sqlite3.Connection) -> None:
    found = answered(shipped, 'SELECT 1 AS a, 2 AS A, 3 AS a_2, 4 AS "", 5 AS a')
    assert found.columns == ("a", "A_3", "a_2", "column_4", "a_4")


def test_a_column_in_kronor_that_holds_texts_is_pointed_out() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        fill(connection, book_of("  a: {LINE, total: '1,50'}\n  b: {LINE, total: 7}\n"))
        told = answered(connection, "SELECT id FROM lines ORDER BY total")
        assert told.notes == ("lines.total is a text where an amount is not in whole kronor (1): count with total_ore",)
        assert answered(connection, "SELECT id FROM lines ORDER BY total_ore").notes == ()
        assert answered(connection, "SELECT outcome FROM lines").notes == ()


# the answer as a table


def test_whole_numbers_are_numbers_and_all_else_is_text() -> None:
    made = as_table(Answer(("n", "t", "x"), ((1, "a", 0.5), (None, None, b"\xff"), (-3, "", None))), "Ledger")
    assert unguarded(made) == "n,t,x\n1,a,0.5\n,,x'ff'\n-3,,\n"
    document = json.loads(as_json(made))
    assert [column["type"] for column in document["columns"]] == ["integer", "text", "text"]
    assert document["rows"][0] == {"n": 1, "t": "a", "x": "0.5"}


# any table as an SQLite file


def test_a_table_is_an_sqlite_file_with_kronor_and_ore(tmp_path: Path) -> None:
    columns = (Column("id"), Column("total", "money"), Column("goals", "list"), Column("counted", "boolean"))
    exact = Money(Amount(Interval(150, 150), 150, "1,50 kr"))
    about = Money(Amount(Interval(60_000, 70_000, high_open=True), 60_000, "drygt 600 kr", "above"))
    below = Table("Sources", (Column("id"),), (Row(("a",)),), name="sources")
    rows = (Row(("x", exact, ("a", "b"), True)), Row(("y", about, (), False)), Row(('"', None, None, None)))
    content = as_sqlite(Table("Lines", columns, rows, below=(below,), name="lines"))
    assert as_sqlite(Table("Lines", columns, rows, below=(below,), name="lines")) == content
    file = tmp_path / "lines.db"
    file.write_bytes(content)
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        first, second, third = connection.execute("SELECT * FROM lines").fetchall()
        assert {**first} == {
            "id": "x",
            "total": "1.50",
            "total_ore": 150,
            "total_low": "1.50",
            "total_low_ore": 150,
            "total_high": "1.50",
            "total_high_ore": 150,
            "total_stated": "1,50 kr",
            "goals": "a;b",
            "counted": 1,
        }
        assert [second["total"], second["total_high"], second["total_high_ore"]] == [600, 700, 70_000]
        assert [third["id"], third["total"], third["total_ore"], third["counted"]] == ['"', None, None, None]
        assert connection.execute("SELECT strict FROM pragma_table_list WHERE name = 'lines'").fetchone()[0] == 1
        assert [*connection.execute("SELECT id FROM sources").fetchone()] == ["a"]


def test_an_amount_that_sqlite_does_not_hold_is_one_line() -> None:
    large = Money(Amount(Interval(2**63, 2**63), 2**63))
    with pytest.raises(CannotWriteError, match="SQLite does not hold an amount of this table: use csv"):
        as_sqlite(Table("T", (Column("total", "money"),), (Row((large,)),)))


# the command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").symlink_to(ROOT / "data")
    return tmp_path


def test_the_schema_is_the_layout_and_needs_no_ledger(tmp_path: Path) -> None:
    ran = run("ledger sql --schema", tmp_path)
    assert (ran.output, ran.status) == (schema(), 0)


def test_every_example_is_answered(folder: Path) -> None:
    shown = run("ledger sql", folder).output
    examples = [line.strip() for line in shown.split("\n") if line.startswith("  ledger sql")]
    assert len(examples) > 5
    for example in examples:
        ran = run(example, folder)
        assert ran.status == 0, ran.output
        if " -o " not in example:
            assert len(ran.output.split("\n")) > 5, ran.output
    assert (folder / "top-ups.csv").read_text().startswith("counts_from,title,amount_stated,source\n")


def test_what_sqlite_does_in_one_long_step_is_ended_too(folder: Path) -> None:
    """No clock is looked at inside a function of SQLite's own; this one takes many seconds."""
    begun = time.monotonic()
    ran = run("""ledger sql "SELECT printf('%.*c', 2000000000, 'a')" --timeout 1""", folder)
    told = ran.output.split("\n")[1]
    assert (told, ran.status) == ("ledger: stopped after 1 s: --timeout gives a question more time", 2)
    assert time.monotonic() - begun < 600


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to another process there")
def test_ctrl_c_ends_a_question_quietly(folder: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    program = Path(sys.executable).parent / "ledger"
    with subprocess.Popen(
        [program, "sql", endless, "--timeout", "600"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()  # which ledger it is: from here on a signal is expected
        time.sleep(3)
        os.kill(process.pid, signal.SIGINT)
        output, errors = process.communicate()
    assert (output, errors, process.returncode) == (b"", b"", 130)


def test_a_file_of_the_whole_book_answers_as_the_command_does(folder: Path) -> None:
    query = "SELECT year, level, total FROM sums ORDER BY 1, 2"
    document = json.loads(subprocess.run(
        [Path(sys.executable).parent / "ledger", "sql", query, "-f", "json"], cwd=folder, capture_output=True, check=True
    ).stdout)  # fmt: skip
    (folder / "book.db").write_bytes(export_file(load(ROOT / "data").book))
    with closing(sqlite3.connect(folder / "book.db")) as connection:
        rows = connection.execute(query).fetchall()
    assert [tuple(row.values()) for row in document["rows"]] == rows
