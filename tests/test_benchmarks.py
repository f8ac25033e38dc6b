"""The benchmark works: its ledgers are equal, it notices a wrong answer, and it reports what it measured."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from running import PROGRAM

from benchmarks.answers import disagreements
from benchmarks.ledgers import Size, as_yaml, group, groups, totals, write
from benchmarks.timing import Command, UnexpectedStatusError, alternate
from benchmarks.tools import Tools
from ledger.incremental import Asked, check
from ledger.reading import load

ROOT = Path(__file__).parent.parent
PYTHON = Path(sys.executable)


@pytest.mark.parametrize("lines", [60, 1000])
def test_the_ledger_has_the_lines_and_totals_that_it_says(lines: int, tmp_path: Path) -> None:
    size = Size(lines)
    write(tmp_path, size)
    book = load(tmp_path / "data").book
    assert len(book.lines) == lines
    assert len(list((tmp_path / "data").iterdir())) == size.files + 1
    assert sum(totals(size).values()) == 1000 * sum(one.total for _, some in groups(size) for one in some)
    assert check(tmp_path / "data", Asked()).outcome.diagnostics == ()


def test_a_large_ledger_has_a_hundred_lines_a_file() -> None:
    assert Size(100_000).files == 1000
    assert as_yaml([group(number, Size(100_000)) for number in range(10)]).count("title:") == 100


def test_the_planted_error_is_found_and_another_answer_is_noticed(tmp_path: Path) -> None:
    size = Size(60)
    write(tmp_path / "clean", size)
    write(tmp_path / "wrong", size, wrong=True)
    tools = Tools(PYTHON, Path(PROGRAM))
    assert disagreements(tools, tmp_path / "clean", tmp_path / "wrong", size) == []
    swapped = disagreements(tools, tmp_path / "wrong", tmp_path / "clean", size)
    assert [one.partition(":")[0] for one in swapped] == ["ours", "ours"]


def test_a_command_that_does_not_end_as_it_must_is_no_measurement(tmp_path: Path) -> None:
    fails = Command("fails", lambda _: [PYTHON, "-c", "raise SystemExit(3)"], tmp_path)
    with pytest.raises(UnexpectedStatusError):
        alternate([fails], 1)


def test_every_command_is_run_as_often(tmp_path: Path) -> None:
    seen: list[int] = []
    command = Command("ok", lambda _: [PYTHON, "-I", "-S", "-c", ""], tmp_path, prepare=seen.append)
    [timed] = alternate([command], 2)
    assert (timed.runs, seen) == (2, [0, 1, 2])
    assert timed.memory > 0
    assert 0 < timed.fastest <= timed.wall <= timed.slowest


def test_the_whole_benchmark_runs_and_reports(tmp_path: Path) -> None:
    """With the peers that are there, at the smallest size."""
    line = [sys.executable, "-m", "benchmarks", "--sizes", "60", "--rounds", "1", "--no-install"]
    done = subprocess.run(
        [*line, "--program", PROGRAM, "--work", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "60 lines, medians of 1 runs each" in done.stdout
    [size] = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["sizes"]
    names = {one["name"] for one in size["commands"]}
    assert {"ours: check, nothing cached", "ours: check, unchanged", "python -c pass"} <= names
    assert {one["what"] for one in size["ratios"]} >= {"ours: help", "ours: completion"}
