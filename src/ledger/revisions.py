"""A ledger as it was in a git revision, read with git itself: neither work tree nor index is touched.

Formats: git-ls-tree(1) with `-z`, and the `--batch` output of git-cat-file(1).
"""

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger.reading import Loaded, load_texts

_BLOBS = {"100644", "100755", "100664"}
"""Modes of plain files; the last is from the first years of git."""

_OF_ANOTHER = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git tells its hooks: it would hold for their repository, not for the one that the directory lies in."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A ledger as read, and its files that are no plain files there (symbolic links) and were passed over.

    `folder` is what the shown paths of its files begin with: `HEAD~1:data/`.
    """

    loaded: Loaded
    passed_over: tuple[str, ...] = ()
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Commit:
    """The last commit that changed a ledger, and whether its files have changed since."""

    name: str
    changed: bool


class _GitError(Exception):
    """Git could not do it; the message says why, in its own words where it has any."""


class _NotThereError(_GitError):
    """The revision is known, and the directory is not there in it."""


def load_revision(name: str, directory: Path) -> Revision | str:
    """The ledger of a directory as it was in a revision (a commit, branch, tag, `HEAD~1`), or why it cannot be read.

    Its files are shown as git names them: `HEAD~1:data/allocations.yaml`.
    """
    if not name or name.startswith("-"):
        return f"'{name}' is no name of a git revision"
    try:
        return _revision(name, directory)
    except _GitError as error:
        return f"cannot read '{name}': {error}"


def has_revision_of(name: str, directory: Path, start: Path) -> bool:
    """Whether the revision, of the repository that `start` lies in, holds this directory."""
    try:
        roots = [_git(one, ["rev-parse", "--show-toplevel"]) for one in (directory, start)]
        return roots[0] == roots[1] and not name.startswith("-") and bool(_tree(name, directory))
    except _GitError:
        return False


def is_from_before(name: str, directory: Path) -> bool:
    """Whether git knows the revision, and the directory was not there yet."""
    try:
        _tree(name, directory)
    except _NotThereError:
        return True
    except _GitError:
        return False
    return False


def commit_of(directory: Path) -> Commit | None:
    """The commit that a ledger's directory stands at; nothing where git does not keep it, or cannot be asked."""
    try:
        _tree("HEAD", directory)
        name = _git(directory, ["log", "-1", "--format=%H", "HEAD", "--", "."]).decode("ascii", "replace").strip()
        changed = _git(directory, ["status", "--porcelain", "--", "."])
    except _GitError:
        return None
    return Commit(name, bool(changed)) if name else None


def _tree(name: str, directory: Path) -> tuple[str, str]:
    """The tree of a directory in a revision, and its path there, which ends with a slash or is empty."""
    prefix = os.fsdecode(_git(directory, ["rev-parse", "--show-prefix"]).removesuffix(b"\n"))
    named = _resolved(directory, name)
    commit = named and _resolved(directory, f"{named}^{{commit}}")
    if not commit:
        raise _GitError("neither a directory nor a revision that git knows")
    path = prefix.removesuffix("/")
    tree = _resolved(directory, f"{commit}:{path}")
    if not tree:
        raise _NotThereError(f"there is no '{path}' in that revision")
    return tree, prefix


def _revision(name: str, directory: Path) -> Revision:
    tree, prefix = _tree(name, directory)
    entries = [entry for entry in _entries(directory, tree) if _is_ledger_file(entry.path)]
    plain = [entry for entry in entries if entry.mode in _BLOBS]
    shown = {entry.path: f"{name}:{prefix}{entry.path}" for entry in entries}
    contents = _contents(directory, [entry.object for entry in plain])
    texts = {shown[entry.path]: content for entry, content in zip(plain, contents, strict=True)}
    others = tuple(shown[entry.path] for entry in entries if entry.mode not in _BLOBS)
    return Revision(load_texts(texts), others, f"{name}:{prefix}")


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a tree: its mode, the name of its object, and its path below the tree."""

    mode: str
    object: str
    path: str


def _resolved(directory: Path, name: str) -> str | None:
    """The full name of the object that is meant, or nothing when there is none."""
    arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", name]
    found = _git(directory, arguments, fails=1).decode("ascii", "replace").strip()
    return found or None


def _entries(directory: Path, tree: str) -> Iterator[_Entry]:
    """Everything below a tree that is no folder: files, links, submodules."""
    for record in _git(directory, ["ls-tree", "-z", "-r", "--full-tree", tree]).split(b"\0"):
        if record:
            header, _, path = record.partition(b"\t")
            mode, _, name = header.decode("ascii").split(" ")
            yield _Entry(mode, name, os.fsdecode(path))


def _is_ledger_file(path: str) -> bool:
    """As in a directory: YAML by its name, and nothing that begins with a dot."""
    steps = path.split("/")
    return steps[-1].endswith((".yaml", ".yml")) and not any(step.startswith(".") for step in steps)


def _contents(directory: Path, objects: Sequence[str]) -> Iterator[bytes]:
    """The bytes of each object, in order."""
    if not objects:
        return
    output = _git(directory, ["cat-file", "--batch"], given="".join(f"{name}\n" for name in objects).encode())
    start = 0
    for name in objects:
        end = output.index(b"\n", start)
        header = output[start:end].decode("ascii", "replace").split(" ")
        if len(header) != 3:
            raise _GitError(f"git has lost the object {name}")
        start = end + 1 + int(header[2])
        yield output[end + 1 : start]
        start += 1


def _git(directory: Path, arguments: Sequence[str], *, given: bytes = b"", fails: int | None = None) -> bytes:
    """What git prints when run in the directory. `fails` is the status that means "no", and gives nothing.

    Raises _GitError with what git says, on one line.
    """
    environment = {key: value for key, value in os.environ.items() if key not in _OF_ANOTHER}
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    command = ["git", "-C", os.fspath(directory), *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, env=environment, check=False)
    except FileNotFoundError:
        raise _GitError("git is not installed") from None
    except (OSError, ValueError) as error:
        raise _GitError(f"git cannot be run: {error}") from None
    if done.returncode == 0:
        return done.stdout
    if done.returncode == fails:
        return b""
    said = " ".join(done.stderr.decode("utf-8", "replace").split())
    raise _GitError(said.removeprefix("fatal: ") or f"git ended with status {done.returncode}")
