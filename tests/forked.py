"""Many command lines, each in a process of its own, forked from one that has imported the program: a real run, cheap.

As a program it reads the command lines from standard input, and writes what each of them came to; `many` asks it.
"""

import base64
import json
import os
import pty
import subprocess
import sys
import termios
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from running import environment

DEADLINE = 120
"""Seconds of processor time after which one run is ended: a guard against an endless one, no measure."""


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


def many(asked: Iterable[Asked], **settings: str) -> list[Came]:
    """Run every command line, one after the other."""
    wanted = list(asked)
    done = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps([asdict(one) for one in wanted], ensure_ascii=True),
        env=environment(**settings),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return [
        Came(status, base64.b64decode(output), base64.b64decode(errors), memory // 1024, one)
        for one, (status, output, errors, memory) in zip(wanted, json.loads(done.stdout), strict=True)
    ]


def _served() -> None:
    sys.stdin.reconfigure(errors="surrogatepass")  # type: ignore[union-attr]
    asked = [Asked(**one) for one in json.load(sys.stdin)]
    _import_all()
    json.dump([_run(one) for one in asked], sys.stdout)


def _import_all() -> None:
    import importlib
    import pkgutil

    import ledger

    for found in pkgutil.walk_packages(ledger.__path__, "ledger."):
        importlib.import_module(found.name)


def _run(asked: Asked) -> tuple[int, str, str, int]:
    """Fork, run, and gather; what is printed goes through files, so that nothing waits for a reader."""
    import tempfile

    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as given:
        given.write(asked.given.encode("utf-8", "surrogateescape"))
        given.seek(0)
        main, side = pty.openpty() if asked.terminal else (-1, -1)
        child = os.fork()
        if child == 0:
            streams = (side, side) if asked.terminal else (output.fileno(), errors.fileno())
            _be_the_program(asked, given.fileno(), *streams)
        if asked.terminal:
            os.close(side)
            _gather(main, output.fileno())
        _, status, used = os.wait4(child, 0)
        texts = []
        for file in (output, errors):
            file.seek(0)
            texts.append(base64.b64encode(file.read()).decode())
        return os.waitstatus_to_exitcode(status), texts[0], texts[1], used.ru_maxrss


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


def _be_the_program(asked: Asked, given: int, output: int, errors: int) -> None:
    """Never returns: this process becomes one run of the program."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (DEADLINE, DEADLINE))
    if asked.terminal:
        os.setsid()
        settings = termios.tcgetattr(output)
        settings[1] &= ~termios.OPOST  # a line end is what was printed, not what a terminal makes of it
        termios.tcsetattr(output, termios.TCSANOW, settings)
        termios.tcsetwinsize(output, (40, 100))
    for number, stream in enumerate((given, output, errors)):
        os.dup2(stream, number)
    os.chdir(asked.folder)
    os.environ.update(asked.settings)
    sys.argv = ["ledger", *asked.words]
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, encoding="utf-8", closefd=False) for number, mode in enumerate(("r", "w", "w"))
    )
    for name in ("stdin", "stdout", "stderr"):
        setattr(sys, f"__{name}__", getattr(sys, name))
    from ledger.__main__ import program

    try:
        program()
    finally:
        os._exit(99)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    _served()
