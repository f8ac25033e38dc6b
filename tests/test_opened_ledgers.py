"""An opened ledger, kept: another question about it reads no file, and whatever happens to it costs only time.

That the answers are the same is shown by test_both_ways, that none outlives a change by test_cache.
"""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from forked import environment
from hypothesis import given, settings
from running import CLEAN, MISMATCH, ledger
from test_store import books, findings
from transcript import ROOT

from ledger.book import Book
from ledger.cache.folder import _HEAD, _SEAL, digest
from ledger.checks import Outcome, run
from ledger.commands._opened_ledgers import _SIZE, Kept
from ledger.diagnostic import Diagnostic
from ledger.reading import load

READS = """
import sys
from ledger.reading import loading
def read(*_):
    print("a file of the ledger is read")
    sys.exit(9)
loading.content_of = read
from ledger.__main__ import main
main()
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a ledger, and an empty cache."""
    ledger(tmp_path)
    return tmp_path


def asked(home: Path, *words: str, code: str = "from ledger.__main__ import main; main()", **more: str) -> str:
    """All that a run prints, and its status."""
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=home,
        env=environment(**{"XDG_CACHE_HOME": str(home / "cache"), "LEDGER_CACHE": "1"} | more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return f"{done.stdout}{done.stderr}{done.returncode}"


def kept(home: Path, what: str = "opened") -> list[Path]:
    return sorted((home / "cache/gender-budget-ledger").glob(f"{what}-*"))


def change(file: Path, old: bytes, new: bytes) -> None:
    """Change what is kept, and seal it anew, as only its owner could."""
    data = file.read_bytes()[len(_HEAD) + _SEAL :]
    assert old in data
    data = data.replace(old, new)
    file.write_bytes(_HEAD + digest(data).encode() + data)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["query"], ["summary", "2024"]),
        (["summary"], ["show", "shelters-2024"]),
        (["show", "shelters-2024/north"], ["query", "-o", "out.csv", "-f", "csv"]),
        (["query"], ["query", "--as-of", "2024-03"]),
        (["query"], ["sql", "SELECT count(*) FROM lines"]),
        (["sql", "SELECT 1"], ["sql", "SELECT sum(total) FROM lines WHERE in_sum"]),
        (["initiatives"], ["query", "--data", "data"]),
    ],
    ids=str,
)
def test_another_question_reads_no_file_of_the_ledger(first: list[str], second: list[str], home: Path) -> None:
    fresh = asked(home, *second, LEDGER_CACHE="0")
    assert "a file of the ledger is read" in asked(home, *second, code=READS)
    asked(home, *first)
    assert asked(home, *second, code=READS) == fresh


def test_failed_checks_are_told_of_a_kept_ledger_too(tmp_path: Path) -> None:
    ledger(tmp_path, MISMATCH)
    for words in (["query"], ["sql", "SELECT 1"], ["sql", "SELECT 2"], ["summary"]):
        assert "1 error in this ledger: see 'ledger check'" in asked(tmp_path, *words)


def test_a_ledger_with_faults_of_reading_is_not_kept(tmp_path: Path) -> None:
    ledger(tmp_path, CLEAN.replace("13 mnkr", "13 mnk"))
    asked(tmp_path, "query")
    assert kept(tmp_path) == []


@pytest.mark.parametrize("words", [["query", "--no-cache"], ["--no-cache", "sql", "SELECT 1"]], ids=str)
def test_nothing_is_kept_without_a_cache(words: list[str], home: Path) -> None:
    asked(home, *words)
    assert not (home / "cache").exists()


def test_tables_as_of_a_day_are_not_kept(home: Path) -> None:
    """They are one day's of many."""
    asked(home, "sql", "SELECT 1", "--as-of", "2024-03")
    assert (len(kept(home)), len(kept(home, "tables"))) == (1, 0)


def test_what_is_kept_for_another_day_is_made_anew(home: Path) -> None:
    """Acceptances run out by the day."""
    fresh = asked(home, "summary")
    asked(home, "query")
    [file] = kept(home)
    about = file.read_bytes()
    day = about[about.index(b"\xaa20") + 1 :][:10]
    change(file, b"\xaa" + day, b"\xaa2001-01-01")
    change(file, b"58 mnkr", b"59 mnkr")
    assert asked(home, "summary", COLUMNS="90") == fresh


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"grant", b"giant"),
        (b"stated", b"stolen"),
        (b"\xa4grant"[1:], b""),
        (b"data/ledger.yaml", b"data\xffledger.yaml"),
    ],
)
def test_what_is_kept_and_makes_no_sense_is_made_anew(old: bytes, new: bytes, home: Path) -> None:
    """Of every field it is known what it may hold."""
    fresh = asked(home, "summary")
    [file] = kept(home)
    change(file, old, new)
    assert asked(home, "summary", COLUMNS="90") == fresh
    assert old in kept(home)[0].read_bytes()


@pytest.mark.parametrize("data", [b"", b"0", b"9" * _SIZE, b"0" * _SIZE, b"0" * (_SIZE - 1) + b"1\x90", b"x" * 99])
def test_a_sealed_file_that_is_no_ledger_is_made_anew(data: bytes, home: Path) -> None:
    fresh = asked(home, "sql", "SELECT id FROM lines")
    for file in (*kept(home), *kept(home, "tables")):
        file.write_bytes(_HEAD + digest(data).encode() + data)
    assert asked(home, "sql", "SELECT id FROM lines", COLUMNS="90") == fresh


@pytest.mark.parametrize("old", [b"SQLite format 3", b"ldgr", b"findings", b"CREATE TABLE"])
def test_kept_tables_that_are_none_are_made_anew(old: bytes, home: Path) -> None:
    fresh = asked(home, "sql", "SELECT id FROM lines")
    [file] = kept(home, "tables")
    change(file, old, old.swapcase())
    assert asked(home, "sql", "SELECT id FROM lines", COLUMNS="90") == fresh


def test_the_shipped_ledger_is_kept_whole() -> None:
    loaded = load(ROOT / "data")
    whole = Kept(loaded.book, run(loaded.book, loaded.faults, loaded.texts, today="2026-01-01"), dict(loaded.digests))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(whole), type=Kept) == whole


@given(books, findings)
@settings(max_examples=60, deadline=None)
def test_any_ledger_is_kept_whole(book: Book, found: Diagnostic) -> None:
    whole = Kept(book, Outcome((found,), ("a",)), {"a": "b"})
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(whole), type=Kept) == whole


def test_a_ledger_that_is_looked_at_beside_another_is_not_kept(home: Path) -> None:
    """What tells of a change is known of one of them only."""
    ledger(home, CLEAN.replace("58 mnkr", "59 mnkr").replace("45 mnkr", "46 mnkr"), "other")
    first = asked(home, "reconcile", "other", "--data", "data")
    assert "59" in first
    (home / "other/more.yaml").write_text(
        "allocations:\n  more: {title: T, kind: grant, year: 2024, source: bill, total: 7 mnkr}\n", encoding="utf-8"
    )
    second = asked(home, "reconcile", "other", "--data", "data")
    assert second == asked(home, "reconcile", "other", "--data", "data", LEDGER_CACHE="0")
    assert second != first
