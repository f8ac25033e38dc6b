"""A ledger as it was in a git revision, read with git itself: neither work tree nor index is touched.

A stranger's repository runs no program of his and reaches no server: only commands are called that read objects, never
`status`, `diff` or `log`, which obey its filters, hooks and monitors. Formats: git-ls-tree(1) with `-l` and `-z`, and
the `--batch` output of git-cat-file(1).
"""

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, cast

from msgspec import Struct

from ledger.discovery import LARGEST_FILE
from ledger.reading import Loaded, bytes_of, ledger_files, load_texts

_BLOBS = {"100644", "100755", "100664"}
"""Modes of plain files; the last is from the first years of git."""

_LINK = "120000"

_OF_ANOTHER = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git tells its hooks: it would hold for their repository, not for the one that the directory lies in."""

_SAFELY = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",  # what a partial clone lacks is not fetched; from git 2.45 on, and
    "GIT_ALLOW_PROTOCOL": "",  # before that no way of fetching is allowed
}
_SETTINGS = (
    *("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "core.pager=cat", "log.showSignature=false"),
    "safe.bareRepository=explicit",  # a folder that only looks like a repository is none
)
"""What the settings of a repository could have git run otherwise."""

_LARGEST_LISTING = 64 * 2**20
"""Bytes of the list of a revision's files: trees that hold each other may list more files than there are atoms."""

_LARGEST_LEDGER = 8 * LARGEST_FILE
"""Bytes of all files of a ledger in a revision: a small packet may unpack to any size."""


class Revision(Struct, frozen=True):
    """A ledger as read, and its files that are no plain files there (symbolic links) and were passed over.

    `folder` is what the shown paths of its files begin with: `HEAD~1:data/`.
    """

    loaded: Loaded
    passed_over: tuple[str, ...] = ()
    folder: str = ""


class Commit(Struct, frozen=True):
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
        tree, _ = _tree("HEAD", directory)
        name = _git(directory, ["rev-list", "-1", "HEAD", "--", "."]).decode("ascii", "replace").strip()
        changed = _has_changed(directory, tree)
    except (_GitError, OSError):
        return None
    return Commit(name, changed) if name else None


def _has_changed(directory: Path, tree: str) -> bool:
    """Whether a ledger's files are others than in a tree, line ends aside, which git may be told to change."""
    entries = [one for one in _entries(directory, tree) if _is_ledger_file(one.path) and one.mode in {*_BLOBS, _LINK}]
    then = {one.path: content for one, content in zip(entries, _contents(directory, entries), strict=True)}
    paths = {path.relative_to(directory).as_posix(): path for path, _ in ledger_files(directory)}
    return then.keys() != paths.keys() or any(_lines(then[name]) != _lines(_as_kept(paths[name])) for name in paths)


def _as_kept(path: Path) -> bytes:
    """What git keeps of a file: of a link, where it leads to. Raises OSError."""
    return os.fsencode(path.readlink()) if path.is_symlink() else bytes_of(path, path.parent)


def _lines(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")


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
    contents = _contents(directory, plain)
    texts = {shown[entry.path]: content for entry, content in zip(plain, contents, strict=True)}
    others = tuple(shown[entry.path] for entry in entries if entry.mode not in _BLOBS)
    return Revision(load_texts(texts), others, f"{name}:{prefix}")


class _Entry(Struct, frozen=True):
    """An entry of a tree: its mode, the name and the bytes of its object, and its path below the tree."""

    mode: str
    object: str
    size: int
    path: str


def _resolved(directory: Path, name: str) -> str | None:
    """The full name of the object that is meant, or nothing when there is none."""
    arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", name]
    found = _git(directory, arguments, fails=1).decode("ascii", "replace").strip()
    return found or None


def _entries(directory: Path, tree: str) -> Iterator[_Entry]:
    """Everything below a tree that is no folder: files, links, submodules."""
    listing = _git(directory, ["ls-tree", "-z", "-r", "-l", "--full-tree", tree], most=_LARGEST_LISTING)
    for record in listing.split(b"\0"):
        if record:
            header, _, path = record.partition(b"\t")
            mode, _, name, size = header.decode("ascii").split()
            yield _Entry(mode, name, int(size) if size.isdecimal() else 0, os.fsdecode(path))


def _is_ledger_file(path: str) -> bool:
    """As in a directory: YAML by its name, and nothing that begins with a dot."""
    steps = path.split("/")
    return steps[-1].endswith((".yaml", ".yml")) and not any(step.startswith(".") for step in steps)


def _contents(directory: Path, entries: Sequence[_Entry]) -> Iterator[bytes]:
    """The bytes of each object, in order."""
    for one in entries:
        if one.size > LARGEST_FILE:
            raise _GitError(f"'{one.path}' is over {LARGEST_FILE // 2**20} MiB there")
    if sum(one.size for one in entries) > _LARGEST_LEDGER:
        raise _GitError(f"the ledger is over {_LARGEST_LEDGER // 2**20} MiB there")
    if not entries:
        return
    names = "".join(f"{one.object}\n" for one in entries)
    output = _git(directory, ["cat-file", "--batch"], given=names.encode())
    start = 0
    for one in entries:
        end = output.index(b"\n", start)
        header = output[start:end].decode("ascii", "replace").split(" ")
        if len(header) != 3:
            raise _GitError(f"git lacks the object {one.object}: it is lost, or in a partial clone not yet fetched")
        start = end + 1 + int(header[2])
        yield output[end + 1 : start]
        start += 1


def _git(
    directory: Path, arguments: Sequence[str], *, given: bytes = b"", fails: int | None = None, most: int | None = None
) -> bytes:
    """What git prints when run in the directory. `fails` is the status that means "no", and gives nothing.

    Raises _GitError with what git says, on one line; and when it prints more than `most` bytes.
    """
    environment = {key: value for key, value in os.environ.items() if key not in _OF_ANOTHER} | _SAFELY
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    command = ["git", "--no-pager", *settings, "-C", os.fspath(directory), *arguments]
    try:
        with TemporaryFile() as words, TemporaryFile() as errors:
            words.write(given)
            words.seek(0)
            with subprocess.Popen(
                command, stdin=words, stdout=subprocess.PIPE, stderr=errors, env=environment
            ) as process:
                output = _read(process, most)
            errors.seek(0)
            said = " ".join(errors.read(_LARGEST_LISTING).decode("utf-8", "replace").split())
    except FileNotFoundError:
        raise _GitError("git is not installed") from None
    except (OSError, ValueError) as error:
        raise _GitError(f"git cannot be run: {error}") from None
    if process.returncode == 0:
        return output
    if process.returncode == fails:
        return b""
    raise _GitError(said.removeprefix("fatal: ") or f"git ended with status {process.returncode}")


def _read(process: subprocess.Popen[bytes], most: int | None) -> bytes:
    """All that a process prints; one that prints more than `most` bytes is ended. Raises _GitError."""
    output = cast("IO[bytes]", process.stdout).read(-1 if most is None else most + 1)
    if most is not None and len(output) > most:
        process.kill()
        raise _GitError("it lists more files than a ledger can have")
    return output
