"""A stranger's repository: no program of his is run, no server is asked, and no name of a revision is an option."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Tell
from forked import Asked, Came, many
from repositories import SETTINGS, commit, git, repository

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs of the stranger are shell scripts")

LEDGER = "allocations: {x: {title: T, kind: grant, year: 2024, total: 1 kr}}\n"
MiB = 2**20

Run = Callable[..., list[Came]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository of two commits, in which a line comes to 1 kr and then to 2 kr."""
    folder = repository(tmp_path / "repository")
    (folder / "data").mkdir()
    for total in (1, 2):
        (folder / "data" / "x.yaml").write_text(LEDGER.replace("1 kr", f"{total} kr"))
        commit(folder)
    return folder


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A program that leaves a file behind when somebody runs it: `trap.sprung`."""
    program = tmp_path / "trap"
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/trap.sprung\nexit 0\n')
    program.chmod(0o755)
    return program


def is_sprung(trap: Path) -> str:
    """With which words the program was run; it is then set again."""
    left = trap.with_suffix(".sprung")
    words = left.read_text() if left.exists() else ""
    left.unlink(missing_ok=True)
    return words


def ran(folder: Path, *lines: str) -> list[Came]:
    return many((Asked(words.split(), str(folder)) for words in lines), **SETTINGS)


READING = (
    "diff HEAD~1",
    "diff HEAD~1 HEAD",
    "diff HEAD~1 data",
    "check --since HEAD~1",
    "report -o ../page.html",
    "check -f sarif",
)
"""Every way in which git is asked."""


def set_traps(folder: Path, trap: Path) -> None:
    """Settings, hooks and attributes that have git run a program."""
    names = (
        *("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy"),
        *("diff.external", "diff.evil.textconv", "diff.evil.command", "gpg.program", "gpg.ssh.program", "pager.log"),
        *("filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "merge.evil.driver", "sequence.editor"),
        *("pager.rev-parse", "pager.ls-tree", "pager.cat-file", "pager.rev-list", "trailer.x.command"),
    )
    for name in names:
        git(folder, "config", name, str(trap))
    for command in ("rev-parse", "ls-tree", "cat-file", "rev-list", "status"):
        git(folder, "config", f"alias.{command}", f"!{trap}")
    git(folder, "config", "credential.helper", f"!{trap}")
    git(folder, "config", "log.showSignature", "true")
    hooks = folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc", "post-checkout"):
        (hooks / hook).write_text(trap.read_text())
        (hooks / hook).chmod(0o755)
    (folder / ".gitattributes").write_text("*.yaml filter=evil diff=evil merge=evil\n")
    (folder / ".git" / "info").mkdir(exist_ok=True)
    (folder / ".git" / "info" / "attributes").write_text("*.yaml filter=evil diff=evil merge=evil\n")
    os.utime(folder / "data" / "x.yaml", (1, 1))  # the index no longer knows it, so that a status would ask the filter


def test_no_setting_hook_or_attribute_of_a_repository_runs_a_program(folder: Path, trap: Path, tell: Tell) -> None:
    set_traps(folder, trap)
    subprocess.run(["git", "status"], cwd=folder, env=os.environ | SETTINGS, check=False, capture_output=True)
    assert is_sprung(trap), "git itself runs it, so that this test can fail"
    came = ran(folder, *READING)
    assert [one.status for one in came] == [1, 1, 1, 0, 0, 0]
    assert is_sprung(trap) == ""
    tell(f"hostile: a repository that runs programs × {len(came)} ways of asking git, programs run: 0")


def test_no_submodule_runs_a_program(folder: Path, trap: Path) -> None:
    inner = repository(folder / "data" / "sub")
    (inner / "y.txt").write_text("x")
    commit(inner)
    commit(folder)
    set_traps(inner, trap) if (inner / "data").exists() else git(inner, "config", "core.fsmonitor", str(trap))
    subprocess.run(["git", "status"], cwd=folder, env=os.environ | SETTINGS, check=False, capture_output=True)
    assert is_sprung(trap)
    assert [one.status for one in ran(folder, *READING)] == [0] * 6
    assert is_sprung(trap) == ""


@pytest.mark.parametrize("way", ["program of the other side", "transport", "ssh"])
def test_what_a_partial_clone_lacks_is_not_fetched(way: str, folder: Path, trap: Path) -> None:
    """Git would fetch it by the way that the repository names, and so run what it names."""
    url = {"program of the other side": str(folder), "transport": f"ext::{trap} %S", "ssh": "ssh://host/x"}[way]
    for name, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "far",
        "remote.far.url": url,
        "remote.far.promisor": "true",
        "remote.far.uploadpack": str(trap),
        "core.sshCommand": str(trap),
        "protocol.allow": "always",
        "protocol.ext.allow": "always",
    }.items():
        git(folder, "config", name, value)
    lacking = git(folder, "rev-parse", "HEAD~1:data/x.yaml").strip()
    (folder / ".git" / "objects" / lacking[:2] / lacking[2:]).unlink()
    environment = {key: value for key, value in os.environ.items() if key != "GIT_NO_LAZY_FETCH"} | SETTINGS
    subprocess.run(["git", "cat-file", "-p", lacking], cwd=folder, env=environment, check=False, capture_output=True)
    assert is_sprung(trap), "git itself runs it, so that this test can fail"
    [came] = ran(folder, "diff HEAD~1")
    assert (came.status, is_sprung(trap)) == (2, "")
    assert came.errors.decode().startswith("ledger: data (the nearest data folder)\nledger: cannot read 'HEAD~1': ")


def test_a_bare_repository_among_the_files_is_none(folder: Path, trap: Path) -> None:
    """A folder of the ledger that only looks like a repository brings no settings."""
    git(folder, "clone", "--quiet", "--bare", ".", "data/inner")
    git(folder / "data" / "inner", "config", "core.fsmonitor", str(trap))
    [came] = ran(folder, "diff HEAD --data data/inner")
    assert (came.status, is_sprung(trap)) == (2, "")
    assert b"cannot use bare repository" in came.errors


NAMES = (
    *("--output=x", "--upload-pack=touch x", "--exec=touch x", "-x", "-", "--", "--all", "--help", "-h", "--git-dir=/"),
    *("@{}", "@{-1}", "@{u}", "HEAD@{99}", "HEAD@{yesterday", "^HEAD", "HEAD..HEAD~1", "HEAD...HEAD", "HEAD^{/x", "HEAD^{blob}"),
    *("HEAD:data", "HEAD:../..", ":0:data/x.yaml", ":(top)", ":/(((((a+)+)+)+)+$", "~", "*", "[", "\\", "'", '"', ";touch x", "$(touch x)"),
    *("a\nb", "\n", "HEAD\n", "\r", "\t", " ", "x" * 5000, "refs/../../x", "/etc/passwd", "http://e.se/x", "file:///etc"),
)  # fmt: skip


def test_no_name_of_a_revision_is_an_option_or_a_command(folder: Path, tell: Tell) -> None:
    """Each ends with one message and status 2; nothing is written anywhere."""
    before = sorted(folder.rglob("*"))
    lines = [words for name in NAMES for words in (["diff", "--", name], ["check", f"--since={name}"])]
    came = many((Asked(words, str(folder)) for words in lines), **SETTINGS)
    wrong = [(one.asked.words, one.status, one.errors) for one in came if one.status != 2 or b"Traceback" in one.errors]
    assert wrong == []
    assert [one.asked.words for one in came if one.errors.count(b"\n") > 2] == []
    assert sorted(folder.rglob("*")) == before
    tell(f"hostile: {len(NAMES)} names of revisions × 2 command lines, taken for an option: 0")


def test_a_directory_that_begins_with_a_dash_is_none(folder: Path) -> None:
    (folder / "data").rename(folder / "-x")
    commit(folder)
    came = many(
        (
            Asked(words, str(folder))
            for words in (["diff", "HEAD", "--data=-x"], ["check", "--data=-x", "--since", "HEAD"])
        ),
        **SETTINGS,
    )
    assert [one.status for one in came] == [0, 0]


def tree_of(folder: Path, *lines: str) -> str:
    """A tree of these entries, as git-mktree(1) reads them."""
    done = subprocess.run(
        ["git", "mktree"],
        input="".join(f"{line}\n" for line in lines),
        cwd=folder,
        env=os.environ | SETTINGS,
        text=True,
        capture_output=True,
        check=True,
    )
    return done.stdout.strip()


def blob_of(folder: Path, content: bytes) -> str:
    command = ["git", "-c", "core.compression=1", "hash-object", "-w", "--stdin"]
    done = subprocess.run(
        command, input=content, cwd=folder, env=os.environ | SETTINGS, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def branch(folder: Path, name: str, tree: str) -> None:
    root = tree_of(folder, f"040000 tree {tree}\tdata")
    git(folder, "branch", name, git(folder, "commit-tree", root, "-m", "x").strip())


def test_trees_that_hold_each_other_are_not_followed_for_ever(folder: Path, tell: Tell) -> None:
    """Twelve trees of ten entries each list 10¹² files."""
    tree = tree_of(folder, *(f"100644 blob {blob_of(folder, b'')}\t{at}.yaml" for at in range(10)))
    for _ in range(11):
        tree = tree_of(folder, *(f"040000 tree {tree}\t{at}" for at in range(10)))
    branch(folder, "bomb", tree)
    [came] = ran(folder, "diff bomb")
    assert came.status == 2
    assert came.errors.endswith(b"ledger: cannot read 'bomb': it lists more files than a ledger can have\n")
    assert came.memory < 400
    tell(f"hostile: a revision of 10¹² files: {came.memory} MiB, then refused")


def test_files_that_unpack_to_any_size_are_refused_unread(folder: Path, tell: Tell) -> None:
    large = blob_of(folder, bytes(65 * MiB))
    many_times = blob_of(folder, bytes(60 * MiB))
    branch(folder, "large", tree_of(folder, f"100644 blob {large}\tx.yaml"))
    branch(folder, "often", tree_of(folder, *(f"100644 blob {many_times}\tx{at}.yaml" for at in range(9))))
    came = ran(folder, "diff large", "diff often")
    told = [one.errors.decode().splitlines()[-1] for one in came]
    assert told == [
        "ledger: cannot read 'large': 'x.yaml' is over 64 MiB there",
        "ledger: cannot read 'often': the ledger is over 512 MiB there",
    ]
    assert max(one.memory for one in came) < 200
    tell(f"hostile: revisions of 65 and 540 MiB in few kB: {max(one.memory for one in came)} MiB, then refused")
