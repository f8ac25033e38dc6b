"""`ledger check --since REV` in real repositories: of the findings, only what a revision does not show."""

import json
from pathlib import Path

import pytest
from repositories import commit, git, repository
from running import BROKEN, CLEAN, MISMATCH, ledger, run
from transcript import ROOT

from ledger.commands.check import FORMATS

MISSPELT = "  line-2024: {title: Stödlinje, kind: grant, year: 2024, recipient: jmy, source: bill, total: 7 mnkr}\n"
UNUSED = "  nsp: {name: Stödprogrammet, kind: programme}\nsources:\n"

CHANGES = {
    "nothing": (MISMATCH, []),
    "lines above it": ("# 1\n# 2\n" + MISMATCH, []),
    "its figures, which are still wrong": (MISMATCH.replace("12 mnkr", "11 mnkr"), []),
    "it is put right": (CLEAN, []),
    "an error beside it": (MISMATCH + MISSPELT, ["unknown-recipient"]),
    "a warning beside it": (MISMATCH.replace("sources:\n", UNUSED), ["unused-agency"]),
    "the same error on another line": (
        MISMATCH + MISMATCH.partition("allocations:\n")[2].replace("shelters", "refuges"),
        ["parts-mismatch"],
    ),
    "a fault of reading": (MISMATCH + MISSPELT.replace("total", "totl"), ["unknown-field"]),
}
"""What the ledger is changed to from one with a mismatch, and the ids of what is new then."""


def kept(folder: Path, text: str) -> Path:
    """A ledger of this text, in the first commit of a repository."""
    data = ledger(repository(folder), text)
    commit(folder)
    return data


def new(folder: Path, *more: str, since: str = "main") -> list[str]:
    """The ids of what is new, and the status that says whether an error is."""
    done = run("check", "--since", since, "--format", "json", *more, folder=folder)
    found = json.loads(done.stdout)["diagnostics"]
    assert done.returncode == any(one["severity"] == "error" for one in found), done.stderr
    return sorted(one["check"] for one in found)


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_change_brings_is_new_and_nothing_else(change: str, tmp_path: Path) -> None:
    text, expected = CHANGES[change]
    data = kept(tmp_path, MISMATCH)
    data.joinpath("ledger.yaml").write_text(text, encoding="utf-8")
    assert new(tmp_path) == expected


def test_a_record_moved_to_another_file_is_not_new(tmp_path: Path) -> None:
    data = kept(tmp_path, MISMATCH)
    head, key, lines = MISMATCH.partition("allocations:\n")
    data.joinpath("ledger.yaml").write_text(head, encoding="utf-8")
    data.joinpath("2024.yaml").write_text(key + lines, encoding="utf-8")
    assert new(tmp_path) == []


@pytest.mark.parametrize(("folder", "option"), [("", "data"), ("data", "."), ("data", "../data"), ("data", "{}")])
def test_from_wherever_the_ledger_is_reached(folder: str, option: str, tmp_path: Path) -> None:
    """Also for a fault of reading, which is known by its file and line."""
    data = kept(tmp_path, BROKEN)
    data.joinpath("ledger.yaml").write_text("# moved\n" + BROKEN, encoding="utf-8")
    assert new(tmp_path / folder, "--data", option.format(data)) == []


def test_a_ledger_at_the_root_of_its_repository(tmp_path: Path) -> None:
    """There git's path has no folder before the file."""
    folder = repository(tmp_path / "å ä")
    folder.joinpath("ledger.yaml").write_text(BROKEN, encoding="utf-8")
    commit(folder)
    folder.joinpath("more.yaml").write_text("allocations:\n" + MISSPELT.replace("total", "totl"), encoding="utf-8")
    assert new(folder, "--data", ".") == ["unknown-field"]


def test_with_every_format_the_counts_go_to_standard_error(tmp_path: Path) -> None:
    data = kept(tmp_path, MISMATCH)
    data.joinpath("ledger.yaml").write_text(MISMATCH + MISSPELT, encoding="utf-8")
    for form in FORMATS:
        done = run("check", "--since", "main", "--format", form, folder=tmp_path)
        assert done.stderr.splitlines()[-1] == "ledger: 1 new error since main (1 older not shown)"
        assert "unknown-recipient" in done.stdout
        assert "parts-mismatch" not in done.stdout
        assert done.returncode == 1


@pytest.mark.parametrize(
    ("text", "more", "status", "words"),
    [
        (MISMATCH, [], 0, "nothing new since main (1 older not shown)"),
        (CLEAN, [], 0, "nothing new since main"),
        (CHANGES["a warning beside it"][0], [], 0, "1 new warning since main (1 older not shown)"),
        (CHANGES["a warning beside it"][0], ["--strict"], 1, "1 new warning since main (1 older not shown)"),
        (
            CHANGES["a warning beside it"][0] + MISSPELT + MISSPELT.replace("line-", "phone-"),
            [],
            1,
            "2 new errors, 1 new warning since main (1 older not shown)",
        ),
        (MISMATCH + MISSPELT, ["--ignore", "parts-mismatch"], 1, "1 new error since main"),
        (MISMATCH + MISSPELT, ["--select", "parts-mismatch"], 0, "nothing new since main (1 older not shown)"),
    ],
)
def test_the_sentence_and_the_status(text: str, more: list[str], status: int, words: str, tmp_path: Path) -> None:
    data = kept(tmp_path, MISMATCH)
    data.joinpath("ledger.yaml").write_text(text, encoding="utf-8")
    done = run("check", "--since", "main", *more, folder=tmp_path)
    assert done.stderr.splitlines()[-1] == f"ledger: {words}"
    assert done.returncode == status


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("-x", "'-x' is no name of a git revision"),
        ("--output=made", "'--output=made' is no name of a git revision"),
        ("--upload-pack=touch made", "'--upload-pack=touch made' is no name of a git revision"),
        ("", "'' is no name of a git revision"),
        ("v9", "cannot read 'v9': neither a directory nor a revision that git knows"),
        ("main:data", "cannot read 'main:data': neither a directory nor a revision that git knows"),
        ("\x1b[2J", r"cannot read '\x1b[2J': neither a directory nor a revision that git knows"),
    ],
)
def test_what_is_no_revision_is_refused(name: str, why: str, tmp_path: Path) -> None:
    """Whoever names a branch can name it as they like: it is never an option of git."""
    kept(tmp_path, CLEAN)
    done = run("check", "--since", name, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[1:] == [f"ledger: {why}"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "data"]


def test_a_ledger_that_no_repository_keeps_has_no_revisions(tmp_path: Path) -> None:
    ledger(tmp_path)
    done = run("check", "--since", "main", folder=tmp_path)
    assert done.returncode == 2
    assert "cannot read 'main': not a git repository" in done.stderr


def test_a_ledger_that_was_not_there_is_new_as_a_whole(tmp_path: Path) -> None:
    kept(tmp_path, CLEAN)
    ledger(tmp_path, MISMATCH, "other")
    done = run("check", "--since", "main", "--data", "other", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "ledger: 'other' was not there in main: everything is new"
    assert done.stderr.splitlines()[-1] == "ledger: 1 new error since main"


def test_what_could_not_be_read_then_counts_as_new_and_is_named(tmp_path: Path) -> None:
    """A comma that split a value hid the rest of the ledger from some checks, and its own line from all."""
    data = kept(
        tmp_path, MISMATCH + MISSPELT + "  x: {title: T, kind: grant, year: 2024, source: bill, total: 1,500 mnkr}\n"
    )
    data.joinpath("ledger.yaml").write_text(MISMATCH + MISSPELT, encoding="utf-8")
    done = run("check", "--since", "main", folder=tmp_path)
    at = "1 fault of reading, the first at main:data/ledger.yaml:19:64"
    assert done.stderr.splitlines()[1:3] == [
        f"ledger: main could not be read whole ({at}): what hides there counts as new",
        "ledger: not compared, because the checks could not run there: unknown-recipient",
    ]
    assert "unknown-recipient" in done.stdout


def test_neither_work_tree_nor_index_is_touched(tmp_path: Path) -> None:
    data = kept(tmp_path, MISMATCH)
    data.joinpath("more.yaml").write_text("allocations:\n" + MISSPELT, encoding="utf-8")
    before = git(tmp_path, "status", "--porcelain"), (tmp_path / ".git" / "index").read_bytes()
    assert new(tmp_path, since="HEAD") == ["unknown-recipient"]
    assert (git(tmp_path, "status", "--porcelain"), (tmp_path / ".git" / "index").read_bytes()) == before


def test_in_the_shipped_data_a_slip_is_the_only_thing_that_is_new(tmp_path: Path) -> None:
    """The data set in a repository of its own, with a figure put wrong in one of its files."""
    for file in (ROOT / "data").rglob("*.yaml"):
        copy = repository(tmp_path) / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    commit(tmp_path)
    assert new(tmp_path, since="HEAD") == []
    slip = tmp_path / "data" / "allocations" / "2021.yaml"
    text = slip.read_text(encoding="utf-8")
    assert text.count("\n        total: 184 439\n") == 1
    slip.write_text("# a line above\n" + text.replace("total: 184 439", "total: 148 439", 1), encoding="utf-8")
    assert set(new(tmp_path, since="HEAD")) == {"parts-mismatch"}
