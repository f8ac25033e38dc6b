"""Packages that add a check, a format or a reader: the example is installed and run, and one that fails is only told."""

import subprocess
import sys
from pathlib import Path

import pytest
from forked import environment
from running import CLEAN, ledger, run

ROOT = Path(__file__).parent.parent
NOBODYS = CLEAN.replace("    recipient: jamy\n", "")
WARNING = "'shelters-2024' is 58 mnkr, and nobody gets it"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder that the example is installed in, as pip does it; nothing is fetched."""
    folder = tmp_path_factory.mktemp("site")
    copy = tmp_path_factory.mktemp("copy")
    for file in (ROOT / "examples/extension").rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            place = copy / file.relative_to(ROOT / "examples/extension")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read_bytes())
    words = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*words, "--target", str(folder), str(copy)], check=True, env=environment(), capture_output=True)
    return str(folder)


def plugin(folder: Path, group: str, name: str, text: str) -> str:
    """A package of one module under an entry point, as an installer leaves it."""
    about = folder / "made_up-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: made-up\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(f"[ledger.{group}]\n{name} = made_up\n", encoding="utf-8")
    (folder / "made_up.py").write_text(text, encoding="utf-8")
    return str(folder)


def test_the_check_of_the_example_finds_and_is_explained(tmp_path: Path, example: str) -> None:
    ledger(tmp_path, NOBODYS)
    done = run("check", folder=tmp_path, PYTHONPATH=example)
    assert (done.returncode, WARNING in done.stdout) == (0, True), done.stderr
    assert "warning[missing-recipient]" in done.stdout
    assert run("check", "--strict", folder=tmp_path, PYTHONPATH=example).returncode == 1
    left = run("check", "--ignore", "missing-recipient", folder=tmp_path, PYTHONPATH=example)
    assert (left.returncode, WARNING in left.stdout) == (0, False)
    page = run("explain", "missing-recipient", folder=tmp_path, PYTHONPATH=example)
    assert page.stdout.startswith("# missing-recipient\n\nA grant has an amount")
    assert "missing-recipient" in run("explain", folder=tmp_path, PYTHONPATH=example).stdout
    assert run("explain", "missing-recipient", folder=tmp_path).returncode == 2


def test_the_format_of_the_example_writes_every_table(tmp_path: Path, example: str) -> None:
    ledger(tmp_path)
    done = run("query", "--format", "jsonl", folder=tmp_path, PYTHONPATH=example)
    lines = done.stdout.splitlines()
    assert (done.returncode, len(lines), '"total": "58000000"' in lines[0]) == (0, 3, True), done.stderr
    without = run("query", "--format", "jsonl", folder=tmp_path)
    assert (without.returncode, "'jsonl' is not one of table" in without.stderr) == (2, True)
    findings = run("check", "--format", "jsonl", folder=tmp_path, PYTHONPATH=example)
    assert (findings.returncode, "findings cannot be written as jsonl" in findings.stderr) == (2, True)


@pytest.mark.parametrize(
    ("amount", "status", "says"),
    [
        ("58 mnkr", 0, "2024"),
        ("57 mnkr", 1, "58"),
        ("1,500 mnkr", 2, "can be read two ways"),
    ],
)
def test_the_reader_of_the_example_reads_a_decision(
    tmp_path: Path, example: str, amount: str, status: int, says: str
) -> None:
    ledger(
        tmp_path, CLEAN.replace("    kind: grant\n    year", "    kind: appropriation\n    code: UO13 3:1\n    year")
    )
    text = f"BESLUT\nÅr: 2024\nAnslag: UO13 3:1\nBelopp: {amount}\n"
    (tmp_path / "beslut.txt").write_text(text, encoding="utf-8")
    done = run("reconcile", "beslut.txt", folder=tmp_path, PYTHONPATH=example)
    assert (done.returncode, says in done.stdout + done.stderr) == (status, True), done.stdout + done.stderr
    assert run("reconcile", "beslut.txt", folder=tmp_path).returncode == 2


FAILING_CHECKS = {
    "it cannot be imported": ("import nowhere_at_all\n", "ModuleNotFoundError: No module named 'nowhere_at_all'"),
    "it has no page": ("SEVERITY, WHOLE_BOOK = 'error', True\n", "a check's docstring is its page"),
    "it raises": (
        "'''Page.'''\nSEVERITY, WHOLE_BOOK = 'error', True\ndef check(book):\n    yield 1 / 0\n",
        "ZeroDivisionError: division by zero",
    ),
}


@pytest.mark.parametrize(("text", "says"), FAILING_CHECKS.values(), ids=FAILING_CHECKS)
def test_a_check_that_fails_is_told_and_ends_check_alone(tmp_path: Path, text: str, says: str) -> None:
    ledger(tmp_path)
    site = plugin(tmp_path / "site", "checks", "own-rule", text)
    done = run("check", folder=tmp_path, PYTHONPATH=site)
    assert (done.returncode, "'own-rule' (check of the package 'made-up') fails: " in done.stderr) == (2, True)
    assert (says in done.stderr, "Traceback" in done.stderr) == (True, False), done.stderr
    shown = run("summary", "2024", folder=tmp_path, PYTHONPATH=site)
    assert (shown.returncode, says in shown.stderr) == (0, True), shown.stderr
    assert shown.stdout == run("summary", "2024", folder=tmp_path).stdout


@pytest.mark.parametrize("name", ["parts-mismatch", "syntax"])
def test_no_plugin_takes_the_name_of_a_check_of_ours(tmp_path: Path, name: str) -> None:
    ledger(tmp_path)
    site = plugin(tmp_path / "site", "checks", name, FAILING_CHECKS["it raises"][0])
    done = run("check", folder=tmp_path, PYTHONPATH=site)
    assert (done.returncode, "a check of this name comes with the program" in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("def table(table):\n    return 5\n", "it gives neither a text nor bytes nor files"),
        ("def table(table):\n    raise KeyError('x')\n", "KeyError: 'x'"),
        ("x = 1\n", "it has neither a function `table` nor a function `findings`"),
    ],
)
def test_a_format_that_fails_ends_what_asked_for_it(tmp_path: Path, text: str, says: str) -> None:
    ledger(tmp_path)
    site = plugin(tmp_path / "site", "formats", "own", text)
    done = run("summary", "2024", "--format", "own", folder=tmp_path, PYTHONPATH=site)
    assert (done.returncode, done.stdout, says in done.stderr) == (2, "", True), done.stderr
    assert run("summary", "2024", folder=tmp_path, PYTHONPATH=site).returncode == 0


@pytest.mark.parametrize(
    "text",
    ["def recognises(text):\n    raise ValueError('no')\n", "def recognises(text):\n    return 9\nread = len\n"],
)
def test_a_reader_that_fails_leaves_documents_to_ours(tmp_path: Path, text: str) -> None:
    ledger(tmp_path)
    (tmp_path / "t.csv").write_text("id,amount\nshelters-2024,58 mnkr\n", encoding="utf-8")
    site = plugin(tmp_path / "site", "readers", "own", text)
    done = run("reconcile", "t.csv", folder=tmp_path, PYTHONPATH=site)
    told = "'own' (reader of the package 'made-up') fails: " in done.stderr
    assert (done.returncode, told) == (run("reconcile", "t.csv", folder=tmp_path).returncode, True), done.stderr


def test_a_package_that_is_installed_later_is_seen_though_an_answer_was_kept(tmp_path: Path, example: str) -> None:
    """The name of a question has the time of each folder of the import path in it."""
    ledger(tmp_path, NOBODYS)
    site = tmp_path / "site"
    site.mkdir()
    asked = {"PYTHONPATH": str(site), "LEDGER_CACHE": "1", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    for _ in range(2):
        assert WARNING not in run("check", folder=tmp_path, **asked).stdout
    for thing in Path(example).iterdir():
        thing_there = site / thing.name
        thing_there.symlink_to(thing)
    for _ in range(2):
        assert WARNING in run("check", folder=tmp_path, **asked).stdout


def test_nothing_in_the_current_folder_is_a_plugin(tmp_path: Path) -> None:
    """A stranger's repository may hold anything, and `python -m ledger` looks there for modules first."""
    ledger(tmp_path)
    trace = tmp_path / "was-run"
    plugin(tmp_path, "checks", "own-rule", f"open({str(trace)!r}, 'w').close()\n")
    words = [sys.executable, "-m", "ledger", "check"]
    done = subprocess.run(words, cwd=tmp_path, env=environment(), capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, trace.exists()) == (0, False), done.stderr
