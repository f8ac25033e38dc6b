"""Command lines, each in a process of its own, forked from one that has imported the program: a real run, cheap.

As a program this is that parent: it reads a command line from each line of standard input, and answers with how it
ended. There is one for each set of settings that Python itself looks at when it starts.
"""

import json
import os
import pty
import subprocess
import sys
import tempfile
import termios
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DEADLINE = 120
"""Seconds of processor time after which one run is ended: a guard against an endless one, no measure."""

_KEPT = ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "COVERAGE_PROCESS_CONFIG")
_AT_START = ("PYTHON", "LC_", "LANG", "TMPDIR", "PATH", "COVERAGE", "BROWSER")
"""What begins the names of settings that are looked at before a command begins."""

_parents: dict[tuple[tuple[str, str], ...], "subprocess.Popen[str]"] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """A command line, its folder, and what it is given: settings, standard input, a terminal for both streams."""

    words: Sequence[str]
    folder: str
    settings: dict[str, str] = field(default_factory=dict)
    given: str = ""
    terminal: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """How a run ended, what it printed, and the most memory that it took, in MiB. A terminal shows both streams."""

    status: int
    output: bytes
    errors: bytes
    memory: int
    asked: Asked

    @property
    def printed(self) -> bytes:
        """Both streams."""
        return self.output + self.errors


def environment(**more: str) -> dict[str, str]:
    """What the program needs to run, without its cache, and what a test adds."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | {"LEDGER_CACHE": "0"} | more


def many(asked: Iterable[Asked], **settings: str) -> list[Came]:
    """Run every command line, one after the other."""
    return [came_of(one, environment(**{**settings, **one.settings})) for one in asked]


def came_of(asked: Asked, settings: Mapping[str, str], *, together: bool = False) -> Came:
    """Run one command line with these settings and no others; both streams `together` go to the first."""
    parent = _parent({name: value for name, value in settings.items() if name.startswith(_AT_START)})
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("given", "output", "errors")]
        files[0].write_bytes(asked.given.encode("utf-8", "surrogateescape"))
        said = {
            "words": asked.words,
            "folder": asked.folder,
            "settings": dict(settings),
            "terminal": asked.terminal,
            "together": together,
            "files": [str(file) for file in files],
        }
        assert parent.stdin is not None
        assert parent.stdout is not None
        parent.stdin.write(json.dumps(said) + "\n")
        parent.stdin.flush()
        status, memory = json.loads(parent.stdout.readline())
        output, errors = (file.read_bytes() if file.exists() else b"" for file in files[1:])
    return Came(status, output, errors, memory // 1024, asked)


def _parent(settings: Mapping[str, str]) -> "subprocess.Popen[str]":
    """The process to fork from. It begins as the program does that is installed: with the same import path."""
    key = tuple(sorted(settings.items()))
    if key not in _parents:
        words = [sys.executable, "-P", __file__]
        env = {**environment(), **settings}
        _parents[key] = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, encoding="utf-8", start_new_session=True
        )
    return _parents[key]


def end_parents() -> None:
    """End the processes that were forked from."""
    for parent in _parents.values():
        parent.communicate()
    _parents.clear()


def _serve() -> None:
    sys.path.insert(0, str(Path(sys.executable).parent))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing but answers goes to those who ask
    _import_all()
    for line in sys.stdin:
        json.dump(_run(json.loads(line)), answers)
        answers.write("\n")
        answers.flush()


def _import_all() -> None:
    import importlib
    import pkgutil

    import ledger

    for found in pkgutil.walk_packages(ledger.__path__, "ledger."):
        importlib.import_module(found.name)


def _run(said: Mapping[str, Any]) -> tuple[int, int]:
    """Fork, run, and wait; what is printed goes through files, so that nothing waits for a reader."""
    given, output, errors = said["files"]
    main, side = pty.openpty() if said["terminal"] else (-1, -1)
    child = os.fork()
    if child == 0:
        try:
            streams = [os.open(given, os.O_RDONLY)]
            streams += [side, side] if said["terminal"] else [_made(output), _made(errors)]
            _be_the_program(said, streams[:2] + streams[1:2] if said["together"] else streams)
        finally:
            os._exit(99)
    if said["terminal"]:
        os.close(side)
        _gather(main, _made(output))
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), used.ru_maxrss


def _made(file: str) -> int:
    return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def _gather(main: int, output: int) -> None:
    """Copy what a terminal shows, until its last writer is gone."""
    while True:
        try:
            data = os.read(main, 65_536)
        except OSError:
            break
        if not data:
            break
        os.write(output, data)
    os.close(main)
    os.close(output)


def _be_the_program(said: Mapping[str, Any], streams: Sequence[int]) -> None:
    """Never returns: this process becomes one run of the program."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (DEADLINE, DEADLINE))
    if said["terminal"]:
        os.setsid()
        settings = termios.tcgetattr(streams[1])
        settings[1] &= ~termios.OPOST  # a line end is what was printed, not what a terminal makes of it
        termios.tcsetattr(streams[1], termios.TCSANOW, settings)
        termios.tcsetwinsize(streams[1], (40, 100))
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.chdir(said["folder"])
    coerced = {name: os.environ[name] for name in ("LC_CTYPE",) if name in os.environ}  # by Python, as it started
    os.environ.clear()
    os.environ.update({**coerced, **said["settings"]})
    sys.argv = [str(Path(sys.executable).parent / "ledger"), *said["words"]]
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, buffering, at_start.encoding, at_start.errors, closefd=False)
        for number, mode, buffering, at_start in (
            (0, "r", -1, sys.stdin),
            (1, "w", 1 if said["terminal"] else -1, sys.stdout),
            (2, "w", 1, sys.stderr),
        )
    )
    for name in ("stdin", "stdout", "stderr"):
        setattr(sys, f"__{name}__", getattr(sys, name))
    from ledger.__main__ import program

    program()


if __name__ == "__main__":
    _serve()
