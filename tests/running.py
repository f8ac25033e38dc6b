"""The program, run in a process of its own, with nothing of the caller's settings."""

import os
import subprocess
import sys
from pathlib import Path

from forked import Asked, came_of, environment

PROGRAM = str(Path(sys.executable).parent / "ledger")

UNMEASURED = {"COVERAGE_PROCESS_CONFIG": ""}
"""For a child whose imports or files matter: it is not measured, for coverage would be among them."""

CLEAN = """\
ledger:
  title: Money for shelters
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: agency}
sources:
  bill: {title: Budget bill, kind: budget-bill, published: 2023-09-20}
allocations:
  shelters-2024:
    title: Stöd till jourer
    kind: grant
    year: 2024
    recipient: jamy
    source: bill
    total: 58 mnkr
    parts:
      north: {kind: grant, title: Norr, total: 13 mnkr}
      south: {kind: grant, title: Söder, total: 45 mnkr}
"""
MISMATCH = CLEAN.replace("13 mnkr", "12 mnkr")
"""12 + 45 is 57, not 58: `check` finds it, and the other commands show the ledger all the same."""

BROKEN = CLEAN.replace("total: 58 mnkr", "total: 1,500 mnkr")
"""An amount that is never guessed at: a fault of reading."""


def run(*arguments: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `ledger` in a folder with both streams in files; what it prints must be UTF-8.

    The process is forked from one that has imported the program. `started` begins with an interpreter of its own.
    """
    if "COVERAGE_PROCESS_CONFIG" in os.environ:
        return started(*arguments, folder=folder, **more)
    came = came_of(Asked(arguments, str(folder)), environment(**more))
    return subprocess.CompletedProcess([PROGRAM, *arguments], came.status, came.output.decode(), came.errors.decode())


def started(*arguments: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """The same, by the installed program, as a shell starts it."""
    return subprocess.run(
        [PROGRAM, *arguments],
        cwd=folder,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def ledger(folder: Path, text: str = CLEAN, name: str = "data") -> Path:
    """A ledger of one file in a new folder of this name."""
    data = folder / name
    data.mkdir(parents=True)
    (data / "ledger.yaml").write_text(text, encoding="utf-8")
    return data
