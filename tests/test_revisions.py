"""Ledgers as they were in git revisions: real repositories, read without touching work tree or index."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from repositories import commit, git
from transcript import run

from ledger.reading import load
from ledger.revisions import Revision, load_revision

LEDGER = "allocations:\n  a: {{title: T, kind: grant, year: 2024, total: {total} kr}}\n"


def write(file: Path, total: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(LEDGER.format(total=total), encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Three revisions in which the line comes to 1, 2 and 3 kr; the first has the tag v1, the second the branch `b`."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    for total in (1, 2, 3):
        write(folder / "data" / "a.yaml", total)
        commit(folder)
        git(folder, *{1: ("tag", "v1"), 2: ("branch", "b"), 3: ("tag", "-a", "v3", "-m", "x")}[total])
    return folder


def loaded(name: str, directory: Path) -> Revision:
    revision = load_revision(name, directory)
    assert isinstance(revision, Revision), revision
    assert not revision.loaded.faults
    return revision


def total(name: str, directory: Path) -> str:
    figure = loaded(name, directory).loaded.book.lines["a"].total
    assert figure is not None
    return figure.amount.words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("HEAD", "3 kr"),
        ("HEAD~1", "2 kr"),
        ("v1", "1 kr"),
        ("v3", "3 kr"),
        ("b", "2 kr"),
        ("@{0}", "3 kr"),
        (":/x", "3 kr"),
    ],
)
def test_every_name_of_a_commit(repository: Path, name: str, expected: str) -> None:
    assert total(name, repository / "data") == expected


def test_a_commit_by_its_hash_and_from_its_sub_folder(repository: Path) -> None:
    commits = git(repository, "log", "--format=%H").split()
    assert [total(one[:10], repository / "data") for one in commits] == ["3 kr", "2 kr", "1 kr"]


def test_places_are_named_as_git_names_them(repository: Path) -> None:
    place = loaded("HEAD~1", repository / "data").loaded.book.lines["a"].at()
    assert str(place) == "HEAD~1:data/a.yaml:2:3"


def test_neither_work_tree_nor_index_is_touched(repository: Path) -> None:
    write(repository / "data" / "a.yaml", 7)
    write(repository / "data" / "staged.yaml", 8)
    git(repository, "add", "data/staged.yaml")
    (repository / "new file").write_text("x", encoding="utf-8")
    index = (repository / ".git" / "index").read_bytes()
    before = git(repository, "status", "--porcelain=v2"), sorted(repository.rglob("*"))
    for name in ("HEAD", "HEAD~1", "v1", "nothing"):
        load_revision(name, repository / "data")
    assert (repository / ".git" / "index").read_bytes() == index
    assert (git(repository, "status", "--porcelain=v2"), sorted(repository.rglob("*"))) == before
    assert total("HEAD", repository / "data") == "3 kr"


@pytest.mark.parametrize("folder", [".", "data", "a b/å ä/ö", "*", "[a-z]", ":(top)x", "-x", "HEAD~1"])
def test_the_ledger_may_lie_anywhere(tmp_path: Path, folder: str) -> None:
    git(tmp_path, "init", "--quiet")
    directory = tmp_path / folder
    write(directory / "å 'ö\" (1).yaml", 5)
    write(directory / "b/c d/e.yml", 5)
    (directory / "b/c d/e.yml").write_text("claims:\n", encoding="utf-8")
    (directory / "b/notes.txt").write_text("no ledger", encoding="utf-8")
    (directory / ".hidden").mkdir()
    write(directory / ".hidden" / "f.yaml", 6)
    write(directory / ".g.yaml", 6)
    commit(tmp_path)
    revision = loaded("HEAD", directory)
    assert set(revision.loaded.book.lines) == {"a"}
    prefix = "" if folder == "." else f"{folder}/"
    assert list(revision.loaded.texts) == [f"HEAD:{prefix}b/c d/e.yml", f"HEAD:{prefix}å 'ö\" (1).yaml"]
    assert list(revision.loaded.texts.values()) == list(load(directory).texts.values())


def test_what_is_gone_from_the_work_tree_is_still_in_the_revision(repository: Path) -> None:
    (repository / "data" / "a.yaml").unlink()
    assert total("HEAD", repository / "data") == "3 kr"


def test_links_and_submodules_are_passed_over(repository: Path) -> None:
    (repository / "data" / "link.yaml").symlink_to("a.yaml")
    (repository / "data" / "folder").symlink_to("..")
    git(
        repository,
        "update-index",
        "--add",
        "--cacheinfo",
        f"160000,{git(repository, 'rev-parse', 'HEAD').strip()},data/sub",
    )
    git(repository, "add", "data/link.yaml", "data/folder")
    git(repository, "commit", "--quiet", "--message", "x")
    revision = loaded("HEAD", repository / "data")
    assert list(revision.loaded.texts) == ["HEAD:data/a.yaml"]
    assert revision.passed_over == ("HEAD:data/link.yaml",)


def test_bytes_are_read_as_they_were_committed(repository: Path) -> None:
    (repository / "data" / "b.yaml").write_bytes(b"\xef\xbb\xbfclaims:\r\n  # \xc3\xa5\r\n")
    (repository / "data" / "c.yaml").write_bytes(b"title: \xe5\n")
    (repository / "data" / "empty.yaml").write_bytes(b"")
    commit(repository)
    revision = load_revision("HEAD", repository / "data")
    assert isinstance(revision, Revision)
    [fault] = revision.loaded.faults
    assert (str(fault.place), fault.check) == ("HEAD:data/c.yaml:1:8", "syntax")
    assert revision.loaded.texts["HEAD:data/b.yaml"] == ("claims:", "  # å", "")


def test_a_folder_without_ledger_files_is_an_empty_ledger(repository: Path) -> None:
    (repository / "texts").mkdir()
    (repository / "texts" / "a.txt").write_text("x", encoding="utf-8")
    commit(repository)
    assert not loaded("HEAD", repository / "texts").loaded.book.lines


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("HEAD~9", "cannot read 'HEAD~9': neither a directory nor a revision that git knows"),
        ("nothing", "cannot read 'nothing': neither a directory nor a revision that git knows"),
        ("v1:data/a.yaml", "cannot read 'v1:data/a.yaml': neither a directory nor a revision that git knows"),
        ("--output=x", "'--output=x' is no name of a git revision"),
        ("-", "'-' is no name of a git revision"),
        ("", "'' is no name of a git revision"),
        ("a\nb", "cannot read 'a\nb': neither a directory nor a revision that git knows"),
    ],
)
def test_what_git_does_not_know(repository: Path, name: str, message: str) -> None:
    assert load_revision(name, repository / "data") == message
    assert not (repository / "data" / "x").exists()


def test_a_folder_that_was_not_there_yet(repository: Path) -> None:
    write(repository / "later" / "a.yaml", 1)
    commit(repository)
    assert total("HEAD", repository / "later") == "1 kr"
    assert load_revision("HEAD~1", repository / "later") == "cannot read 'HEAD~1': there is no 'later' in that revision"


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    message = load_revision("HEAD", tmp_path)
    assert isinstance(message, str)
    assert message.startswith("cannot read 'HEAD': not a git repository")
    assert "\n" not in message


def test_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    assert load_revision("HEAD", repository / "data") == "cannot read 'HEAD': git is not installed"


def test_a_repository_of_somebody_else_is_told_as_git_tells_it(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # git's own switch for its own tests of this
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    message = load_revision("HEAD", repository / "data")
    assert isinstance(message, str)
    assert message.startswith("cannot read 'HEAD': detected dubious ownership in repository at ")
    assert message.endswith(f"git config --global --add safe.directory {repository}")
    assert "\n" not in message


def test_what_git_tells_its_hooks_is_of_another_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", "no-index")
    assert total("HEAD~1", repository / "data") == "2 kr"


Command = Callable[..., tuple[int, str]]


@pytest.fixture
def diff(repository: Path) -> Command:
    """`ledger diff …` in the repository: its status and what it printed."""

    def command(arguments: str, folder: str = ".") -> tuple[int, str]:
        ran = run(f"ledger diff {arguments}", repository / folder)
        return ran.status, ran.output

    return command


@pytest.mark.parametrize(
    ("arguments", "folder", "expected"),
    [
        ("HEAD~1", ".", "2 3 1"),
        ("HEAD~1", "data", "2 3 1"),
        ("v1 b", ".", "1 2 1"),
        ("b v1", "data", "2 1 -1"),
        ("v1 data", ".", "1 3 2"),
        ("data v1", ".", "3 1 -2"),
        ("v1 .", "data", "1 3 2"),
        ("v1 --data data", ".", "1 3 2"),
        ("HEAD", ".", ""),
    ],
)
def test_diff_of_revisions(diff: Command, arguments: str, folder: str, expected: str) -> None:
    status, output = diff(arguments, folder)
    rows = [line.split()[-3:] for line in output.splitlines() if line.startswith("a: T")]
    assert [" ".join(row) for row in rows] == ([expected] if expected else [])
    assert status == (1 if expected else 0)


def test_a_name_that_is_both_is_a_directory(repository: Path, diff: Command) -> None:
    write(repository / "v1" / "a.yaml", 9)
    status, output = diff("v1 HEAD")
    assert (status, ["9", "3", "-6"] in [line.split()[-3:] for line in output.splitlines()]) == (1, True)


def test_two_directories_need_no_git(repository: Path) -> None:
    write(repository / "old" / "a.yaml", 9)
    for folder in ("old", "data"):
        (repository / folder).rename(repository.parent / folder)
    ran = run("ledger diff old data", repository.parent, PATH=str(repository))
    assert ran.status == 1


def test_a_fault_on_either_side_ends_it(repository: Path, diff: Command) -> None:
    (repository / "data" / "a.yaml").write_text("allocations: {a: {titel: T}}\n", encoding="utf-8")
    commit(repository)
    write(repository / "data" / "a.yaml", 1)
    status, output = diff("HEAD")
    assert (status, "HEAD:data/a.yaml:1:19: error[unknown-field]" in output) == (2, True)
    (repository / "data" / "a.yaml").write_text("allocations: {a: {titel: T}}\n", encoding="utf-8")
    status, output = diff("HEAD")
    assert (status, "data/a.yaml:1:19: error[unknown-field]" in output.replace("HEAD:", "")) == (2, True)
    assert output.count("error[unknown-field]") == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("nothing", "ledger: cannot read 'nothing': neither a directory nor a revision that git knows"),
        ("data nothing", "ledger: cannot read 'nothing': neither a directory nor a revision that git knows"),
        ("HEAD --data nowhere", "ledger: --data: 'nowhere' is not there"),
        ("''", "ledger: '' is no name of a git revision"),
        ("-- -x", "ledger: '-x' is no name of a git revision"),
    ],
)
def test_diff_that_cannot_run_says_why_on_one_line(diff: Command, arguments: str, message: str) -> None:
    status, output = diff(arguments)
    assert (status, output.splitlines()[-1]) == (2, message)


def test_two_currencies_are_not_compared(repository: Path, diff: Command) -> None:
    (repository / "euro").mkdir()
    (repository / "euro" / "a.yaml").write_text("ledger: {currency: EUR}\n", encoding="utf-8")
    assert diff("euro data") == (2, "ledger: 'euro' is in EUR, and 'data' in SEK\n")
