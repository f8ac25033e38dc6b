"""What `ledger check` does for the CI server that it runs on."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePath

from msgspec.structs import replace

from ledger.diagnostic import Diagnostic, Place
from ledger.output import say, unwritable

FROM_ROOT = ("github", "gitlab", "sarif")
"""The formats whose readers know a file by its path in the repository."""


def format_for(environment: Mapping[str, str], *, piped: bool) -> str:
    """The format of findings when none is asked for: GitHub's where its runner reads what is printed (`piped`)."""
    return "github" if environment.get("GITHUB_ACTIONS") == "true" and piped else "text"


def from_git_root(findings: Sequence[Diagnostic], directory: Path) -> list[Diagnostic]:
    """The findings with paths from the root of the repository that the ledger lies in; as they are without one."""
    start = Path(os.path.abspath(directory))  # noqa: PTH100 - `resolve` would follow links, which git does not
    root = next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), None)
    if root is None:
        return list(findings)

    def moved(path: str) -> str:
        whole = PurePath(os.path.abspath(path))  # noqa: PTH100 - as above
        return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else path

    return [_moved(one, moved) for one in findings]


def write_summary(content: str, environment: Mapping[str, str]) -> None:
    """Add to the summary of the job, where GitHub names its file."""
    name = environment.get("GITHUB_STEP_SUMMARY", "")
    if not name:
        return
    try:
        with Path(name).open("a", encoding="utf-8", errors="replace") as file:
            file.write(content)
    except OSError as error:
        say(unwritable(error, "the summary of the job"))


def _moved(one: Diagnostic, moved: Callable[[str], str]) -> Diagnostic:
    def place(old: Place) -> Place:
        return old._replace(path=moved(old.path))

    return replace(
        one,
        place=place(one.place),
        related=tuple(replace(other, place=place(other.place)) for other in one.related),
        hints=tuple(replace(hint, place=place(hint.place)) if hint.place else hint for hint in one.hints),
    )
