"""Git repositories in tests: real ones, made with nothing of the user's settings."""

import os
import subprocess
from pathlib import Path
from types import MappingProxyType

OF_ANOTHER = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
SETTINGS = MappingProxyType(
    {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "a@b.se" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
)
"""Whose commits they are, and no settings but these."""


def git(folder: Path, *arguments: str) -> str:
    """Run git with nothing of the user's settings."""
    kept = {key: value for key, value in os.environ.items() if key not in OF_ANOTHER}
    done = subprocess.run(["git", *arguments], cwd=folder, env=kept | SETTINGS, capture_output=True, check=True)
    return done.stdout.decode()


def commit(folder: Path, message: str = "x") -> str:
    """Commit everything in the folder; the name of the commit."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD").strip()


def repository(folder: Path) -> Path:
    """An empty repository in the folder, which is made if need be, on the branch `main`."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    return folder
