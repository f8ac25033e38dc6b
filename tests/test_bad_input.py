"""Files whose bytes cannot stand in a page: byte order marks, line ends, broken bytes, things that are no text.

The other cases are in `transcripts/bad-input.md`.
"""

import random
from pathlib import Path

import pytest
from running import CLEAN, ledger, run


def put(folder: Path, content: bytes) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "ledger.yaml").write_bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + CLEAN.encode(),
        CLEAN.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + CLEAN.replace("\n", "\r\n").encode(),
        CLEAN.rstrip("\n").encode(),
    ],
    ids=["byte order mark", "CRLF", "both", "no line end at the end"],
)
def test_marks_and_line_ends_change_nothing(content: bytes, tmp_path: Path) -> None:
    put(tmp_path, content)
    checked = run("check", folder=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "")
    assert checked.stderr.endswith("ledger: 1 file, 3 lines, 3 figures, 1 source: clean\n")
    ledger(tmp_path / "plain")
    assert run("summary", "2024", folder=tmp_path).stdout == run("summary", "2024", folder=tmp_path / "plain").stdout


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# nothing yet\n", b"\xef\xbb\xbf", b"---\n"])
def test_an_empty_file_is_empty(content: bytes, tmp_path: Path) -> None:
    put(tmp_path, content)
    done = run("check", "--data", "data", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "ledger: 1 file, 0 lines, 0 figures, 0 sources: clean\n"


def test_an_empty_file_beside_others_takes_nothing_away(tmp_path: Path) -> None:
    (ledger(tmp_path) / "empty.yaml").touch()
    assert run("check", folder=tmp_path).stderr.endswith("ledger: 2 files, 3 lines, 3 figures, 1 source: clean\n")


@pytest.mark.parametrize(
    ("content", "first"),
    [
        (
            CLEAN.encode("latin-1"),
            "data/ledger.yaml:4:17: error[syntax]",
        ),
        (CLEAN.encode().replace(b"58 mnkr", b"58\x00mnkr"), "data/ledger.yaml:14:14: error[syntax]"),
        (CLEAN.encode("utf-16"), "data/ledger.yaml:1:1: error[syntax]"),
        (b"PK\x03\x04\x14\x00\x06\x00", "data/ledger.yaml:1:3: error[syntax]"),
        (b"- a list\n", "data/ledger.yaml:1:1: error["),
        (b"just words\n", "data/ledger.yaml:1:1: error["),
        (b"allocations: {{{{\n", "data/ledger.yaml:"),
        (b"allocations:\n\tline: 1\n", "data/ledger.yaml:2:1: error[syntax]"),
        (b"allocation:\n  a: 1\n", "data/ledger.yaml:1:1: error[unknown-field]"),
        (b"[" * 3000, "data/ledger.yaml:"),
        (b"a: &a [x, x]\n" + b"b: [*a, *a]\n" * 50, "data/ledger.yaml:1:"),
    ],
    ids=[
        "latin-1",
        "zero byte",
        "utf-16",
        "zip",
        "list",
        "words",
        "braces",
        "tab",
        "unknown key",
        "deep",
        "aliases",
    ],
)
def test_what_is_no_ledger_is_one_located_fault_or_more_and_never_a_traceback(
    content: bytes, first: str, tmp_path: Path
) -> None:
    put(tmp_path, content)
    checked = run("check", "--data", "data", folder=tmp_path)
    assert checked.returncode == 1
    assert checked.stdout.startswith(first)
    assert "Traceback" not in checked.stderr
    assert "fault of the program" not in checked.stderr
    shown = run("summary", "--data", "data", folder=tmp_path)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr.startswith(first)


def test_a_broken_byte_spares_the_faults_of_other_files(tmp_path: Path) -> None:
    data = ledger(tmp_path, CLEAN.replace("58 mnkr", "1,500 mnkr"))
    (data / "broken.yaml").write_bytes(b"allocations:\n  a:\n    title: \xff\n")
    done = run("check", folder=tmp_path)
    assert done.returncode == 1
    assert "data/broken.yaml:3:12: error[syntax]" in done.stdout
    assert "data/ledger.yaml:14:12: error[bad-amount]" in done.stdout
    assert done.stdout.endswith("\n2 errors\n")


def test_random_bytes_are_never_a_traceback(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    generator = random.Random(2024)
    for number in range(40):
        (data / f"{number:02}.yaml").write_bytes(b"allocations:\n  a: " + generator.randbytes(60))
    done = run("check", "--data", "data", folder=tmp_path)
    assert done.returncode == 1
    assert "fault of the program" not in done.stderr
    assert done.stdout.count("error[") >= 40
