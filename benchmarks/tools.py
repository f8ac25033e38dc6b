"""The programs that are compared: ours as a wheel in an environment of its own, and its peers."""

import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
Line = Sequence[str | Path]
"""A command line."""


@dataclass(frozen=True)
class Tools:
    """Where each program is; peers that are not there are left out. `versions` says what was compared."""

    python: Path
    ours: Path
    hledger: Path | None = None
    ledger: Path | None = None
    bean_check: Path | None = None
    versions: dict[str, str] = field(default_factory=dict)


def prepare(work: Path, *, ours: Path | None, peers: bool, install: bool) -> Tools:
    """All the programs; with `install`, peers that are missing come from Debian and from the package index."""
    ours = (ours or _ours(work / "ours") / "ledger").resolve()
    found = {"hledger": _system("hledger"), "ledger": _system("ledger")} if peers else {}
    if peers and install and None in found.values() and hasattr(os, "geteuid") and os.geteuid() == 0:
        missing = [name for name, path in found.items() if path is None]
        _quietly(["apt-get", "update", "-q"])
        _quietly(["apt-get", "install", "-y", "-q", *missing])
        found = {name: _system(name) for name in found}
    beancount = _beancount(work / "beancount", install=install) if peers else None
    tools = Tools(ours.with_name("python"), ours, found.get("hledger"), found.get("ledger"), beancount)
    programs = {"ours": tools.ours, "hledger": tools.hledger, "Ledger": tools.ledger, "beancount": tools.bean_check}
    tools.versions["Python"] = sys.version.split()[0]
    for name, path in programs.items():
        if path is not None:
            tools.versions[name] = _version(path)
    return tools


def _ours(folder: Path) -> Path:
    """The checkout's wheel, installed by a current pip: an editable install, or an old pip's script, starts slower."""
    programs = _environment(folder)
    pip: Line = [programs / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    _run([*pip, "--upgrade", "pip"])
    wheels = folder / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    _run(
        [
            programs / "python",
            "-m",
            "pip",
            "wheel",
            "-q",
            "--disable-pip-version-check",
            "--no-deps",
            "-w",
            wheels,
            ROOT,
        ]
    )
    [wheel] = wheels.glob("*.whl")
    _run([*pip, wheel])
    _run([*pip, "--no-deps", "--force-reinstall", wheel])
    return programs


def _beancount(folder: Path, *, install: bool) -> Path | None:
    program = folder / "bin" / "bean-check"
    if install and not program.exists():
        programs = _environment(folder)
        _quietly([programs / "python", "-m", "pip", "install", "-q", "beancount"])
    return program if program.exists() else None


def _environment(folder: Path) -> Path:
    if not (folder / "pyvenv.cfg").exists():
        venv.create(folder, with_pip=True)
    return folder / "bin"


def _system(name: str) -> Path | None:
    """The peer of this name, not our own program: `ledger` is a name that both have."""
    path = shutil.which(name, path="/usr/local/bin:/usr/bin:/bin")
    return Path(path) if path else None


def _version(path: Path) -> str:
    done = subprocess.run([path, "--version"], capture_output=True, encoding="utf-8", check=False)
    found = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    return found[0] if found else "unknown"


def _run(command: Line) -> None:
    subprocess.run(command, check=True, stdout=sys.stderr)


def _quietly(command: Line) -> None:
    """Run what may fail: then a peer is missing, and the report says so."""
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
