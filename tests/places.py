"""The program in another place: other settings, another start of Python, limits, users, terminals. Real runs, cheap.

As a program this is one interpreter, started in that place, from which every command is forked: what depends on how an
interpreter starts is real, and is paid for once. It needs nothing but the standard library, for it also runs with `-I`.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What differs from the plain place.

    `settings` of the environment (`None` takes one away), `options` of Python, what the shell does `before`, the umask,
    the number of a user to become, and the columns of the terminal that it prints on, if it is one.
    """

    settings: Mapping[str, str | None] = field(default_factory=dict)
    options: Words = ()
    before: str = ":"
    umask: int = 0o022
    user: int = 0
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Came:
    """How a run ended, what it printed (also on a terminal), and what it said on standard error (never on one).

    `memory` is the most that it took, in MiB.
    """

    status: int
    output: bytes
    errors: bytes
    memory: int = field(default=0, compare=False)


def run(place: Place, commands: Sequence[Words], folder: Path, settings: Mapping[str, str]) -> list[Came]:
    """What each command comes to in the place, one after the other, with these settings where the place has none."""
    with tempfile.TemporaryDirectory() as results:
        asked = {"commands": commands, "results": results, "user": place.user, "columns": place.columns}
        program = [sys.executable, *place.options, str(Path(__file__).resolve()), json.dumps(asked)]
        done = subprocess.run(
            ["/bin/sh", "-c", f'{place.before}; exec "$@"', "sh", *program],
            cwd=folder,
            env={name: value for name, value in {**settings, **place.settings}.items() if value is not None},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            umask=place.umask,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode(errors="replace")
        return [
            Came(status, Path(results, f"{at}.1").read_bytes(), Path(results, f"{at}.2").read_bytes(), memory // 1024)
            for at, (status, memory) in enumerate(json.loads(done.stdout))
        ]


def _serve() -> None:
    asked = json.loads(sys.argv[1])
    _import_all() if asked["user"] else _import_most(terminal=bool(asked["columns"]))
    ends = []
    for at, words in enumerate(asked["commands"]):
        with (
            Path(asked["results"], f"{at}.1").open("wb") as output,
            Path(asked["results"], f"{at}.2").open("wb") as errors,
        ):
            ends.append(_run(words, output.fileno(), errors.fileno(), asked))
    sys.stdout.write(json.dumps(ends))


def _import_most(*, terminal: bool) -> None:
    """Import once what nearly every command does."""
    import ledger.cli
    import ledger.commands._open_ledger
    import ledger.render.table
    import ledger.views.summary
    from ledger.checks import load_checks

    load_checks()
    if terminal:
        import ledger.render._terminal  # noqa: F401 - as all of these


def _import_all() -> None:
    """Import the program with all that it imports later on: a user without rights may not be able to."""
    import ast
    from contextlib import suppress
    from importlib import import_module
    from importlib.resources import files
    from pkgutil import walk_packages

    import ledger

    later = set[str]()
    for module in walk_packages(ledger.__path__, "ledger."):
        loaded = import_module(module.name)
        if loaded.__file__:
            for node in ast.walk(ast.parse(Path(loaded.__file__).read_bytes())):
                later |= {one.name for one in node.names} if isinstance(node, ast.Import) else set()
                later |= {node.module or ""} if isinstance(node, ast.ImportFrom) and not node.level else set()
    for name in sorted(filter(None, later)):
        with suppress(ImportError):
            import_module(name)
    list(files(ledger).iterdir())


def _run(words: list[str], output: int, errors: int, asked: dict[str, Any]) -> tuple[int, int]:
    """The status, and the most memory in KiB."""
    main, side = _terminal(asked["columns"]) if asked["columns"] else (-1, -1)
    child = os.fork()
    if child == 0:
        try:
            _become_the_program(words, (side, side, errors) if asked["columns"] else (0, output, errors), asked["user"])
        finally:
            os._exit(99)
    if asked["columns"]:
        os.close(side)
        _copy(main, output)
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), used.ru_maxrss


def _terminal(columns: int) -> tuple[int, int]:
    import pty
    import termios

    main, side = pty.openpty()
    termios.tcsetwinsize(side, (50, columns))
    settings = termios.tcgetattr(side)
    settings[1] &= ~termios.OPOST  # a line end is what was printed, not what a terminal makes of it
    termios.tcsetattr(side, termios.TCSANOW, settings)
    return main, side


def _copy(main: int, output: int) -> None:
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


def _become_the_program(words: list[str], streams: tuple[int, int, int], user: int) -> None:
    from ledger.__main__ import program

    for number, stream in enumerate(streams):
        if number != stream:
            os.dup2(stream, number)
    if user:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    sys.argv = ["ledger", *words]
    program()


if __name__ == "__main__":
    _serve()
