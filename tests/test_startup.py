"""What a call costs before it does anything: help, usage errors and completion import nothing heavy."""

import subprocess
import sys
from pathlib import Path

import pytest
from forked import environment
from running import BROKEN, UNMEASURED, ledger

HEAVY = ("pydantic", "yaml", "rich", "tabulate")
_CALL = """
import sys
sys.argv[0] = "ledger"
try:
    from ledger.__main__ import main
    main()
finally:
    print(*sorted(sys.modules), file=open("modules", "w"))
"""


def modules(folder: Path, *arguments: str, **more: str) -> tuple[set[str], subprocess.CompletedProcess[str]]:
    """What is imported at the end of a call, and the call itself."""
    done = subprocess.run(
        [sys.executable, "-c", _CALL, *arguments],
        cwd=folder,
        env=environment(**UNMEASURED, **more),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return set((folder / "modules").read_text().split()), done


def heavy(found: set[str]) -> set[str]:
    return {name for name in found if name.split(".")[0] in HEAVY}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 2),
        (["--help"], 0),
        (["-h"], 0),
        (["--version"], 0),
        (["summary", "--help"], 0),
        (["check", "--help"], 0),
        (["show", "-h"], 0),
        (["sumary"], 2),
        (["--no-such-option"], 2),
        (["summary", "--no-such-option"], 2),
        (["summary", "--by", "agency"], 2),
        (["summary", "--format", "xml"], 2),
        (["show"], 2),
    ],
)
def test_help_and_usage_errors_import_nothing_heavy(arguments: list[str], status: int, tmp_path: Path) -> None:
    found, done = modules(tmp_path, *arguments)
    assert done.returncode == status
    assert heavy(found) == set()
    assert "msgspec" not in found


@pytest.mark.parametrize(
    "words",
    [
        ["ledger", "su"],
        ["ledger", "summary", "--"],
        ["ledger", "summary", "20"],
        ["ledger", "query", "recipient", ":", "ja"],
        ["ledger", "query", "kind", ":", "gr"],
        ["ledger", "show", "shel"],
        ["ledger", "check", "--select", "parts"],
        ["ledger", "explain", "to"],
        ["ledger", "initiatives", "--agency", "ja"],
    ],
    ids=" ".join,
)
def test_completion_in_bash_imports_nothing_heavy(words: list[str], tmp_path: Path) -> None:
    ledger(tmp_path)
    asked = {"_LEDGER_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    found, done = modules(tmp_path, **asked)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()
    assert heavy(found) == set()


def test_a_command_imports_what_it_needs_and_no_more(tmp_path: Path) -> None:
    ledger(tmp_path)
    csv, _ = modules(tmp_path, "query", "--format", "csv")
    assert {name.split(".")[0] for name in heavy(csv)} == {"yaml"}
    table, _ = modules(tmp_path, "query")
    assert {name.split(".")[0] for name in heavy(table)} == {"yaml"}
    ledger(tmp_path, BROKEN.replace("title: Stöd", "titel: Stöd"), "wrong")
    judged, _ = modules(tmp_path, "check", "--data", "wrong")
    assert {name.split(".")[0] for name in heavy(judged)} == {"pydantic", "yaml"}
    page, _ = modules(tmp_path, "explain", "total-mismatch")
    assert "rich" not in page
    assert not {"sqlite3", "duckdb", "xlsxwriter"} & (csv | table | page)
