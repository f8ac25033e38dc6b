"""Pages whose console blocks are run: files from their named blocks, the commands, and what they print."""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from forked import Asked, came_of
from repositories import SETTINGS

ROOT = Path(__file__).parents[1]
SHIPPED = "<!-- with the shipped data -->"
_BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?P<kind>yaml|csv|text|console)(?: (?P<name>\S+))?\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
"""A fence of four marks is for commands that print fences of three."""

_PROGRAMS = MappingProxyType({"ledger": str(Path(sys.executable).parent / "ledger"), "git": "git"})
_KEPT = ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "COVERAGE_PROCESS_CONFIG")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed on both streams, in order, and how it ended."""

    output: str
    status: int


def run(command: str, folder: Path, **environment: str) -> Ran:
    """Run `ledger …` or `git …` as a user would, in a folder, with nothing of the caller's settings."""
    program, *arguments = shlex.split(command)
    assert program in _PROGRAMS, f"a transcript runs ledger and git, not {program}"
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    settings = kept | SETTINGS | {"TERMINAL_WIDTH": "80", "_TYPER_FORCE_DISABLE_TERMINAL": "1"} | environment
    if program == "ledger" and "COVERAGE_PROCESS_CONFIG" not in os.environ:
        came = came_of(Asked(arguments, str(folder)), settings, together=True)
        return Ran(came.output.decode(), came.status)
    done = subprocess.run(
        [_PROGRAMS[program], *arguments],
        cwd=folder,
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return Ran(done.stdout.decode(), done.returncode)


def played(page: str, folder: Path) -> str:
    """The page with every console block as it comes out when its commands are run in the folder."""
    if SHIPPED in page:
        (folder / "data").symlink_to(ROOT / "data")
    position, parts = 0, []
    for block in _BLOCK.finditer(page):
        parts.append(page[position : block.start()])
        position = block.end()
        parts.append(_played(block, folder) if block["kind"] == "console" else _written(block, folder))
    return "".join((*parts, page[position:]))


def _written(block: re.Match[str], folder: Path) -> str:
    """Put a named block into its file, as it stands."""
    if block["name"]:
        target = folder / block["name"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(block["text"], encoding="utf-8")
    return block[0]


def _played(block: re.Match[str], folder: Path) -> str:
    lines = []
    for command in re.findall(r"^\$ (.*)$", block["text"], re.MULTILINE):
        ran = run(command, folder)
        lines.append(f"$ {command}\n{ran.output}" + (f"[{ran.status}]\n" if ran.status else ""))
    return f"{block['fence']}console\n{''.join(lines)}{block['fence']}"
