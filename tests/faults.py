"""The program with a fault put into it: something that happens just before its N-th step, or a limit that it runs into.

A step is what Python tells its audit hooks of: a file of the run's folder opened, renamed, removed, a folder made or
listed. Each run is a process of its own, forked from one that has imported the program: real, whole, and cheap.

As a program this file is that one process; `serving` starts it and asks it.
"""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from forked import environment

DEADLINE = 60
"""Seconds of a wall clock after which a run is ended (by SIGALRM): it hangs."""

_STEPS = {
    *("open", "os.listdir", "os.scandir", "os.mkdir", "os.rmdir", "os.rename", "os.remove", "os.chmod"),
    *("os.chown", "os.link", "os.symlink", "os.truncate", "os.utime"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """A command line in a folder, and its fault.

    Just before step `at` (the first is 1) `do` happens: the name of a function of this file's `HAPPENINGS`, and what it
    is told. `file_size` (bytes; who `dies_of_it` is ended by it) and `open_files` are limits, and `opened` files are
    open already. `clock` is by how many seconds the program's clock is ahead. Permissions bind a `powerless` root, too.
    """

    words: tuple[str, ...]
    folder: str
    settings: dict[str, str] = field(default_factory=dict)
    at: int = 0
    do: tuple[str, ...] = ()
    file_size: int = -1
    dies_of_it: bool = False
    open_files: int = -1
    opened: int = 0
    powerless: bool = False
    clock: int = 0


@dataclass(frozen=True, slots=True)
class Came:
    """How a run ended (a signal is negative), what it printed, the steps it took, and how a second run inside it went."""

    status: int
    output: str
    errors: str
    steps: tuple[str, ...]
    other: tuple[int, str] | None = None


Ask = Callable[[Run], Came]


@contextmanager
def serving() -> Iterator[Ask]:
    """A way to have command lines run, each with its fault."""
    with subprocess.Popen(
        [sys.executable, __file__],
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as server:
        given, told = server.stdin, server.stdout
        assert given is not None
        assert told is not None

        def ask(run: Run) -> Came:
            given.write(json.dumps(asdict(run)) + "\n")
            given.flush()
            status, output, errors, steps, other = json.loads(told.readline())
            return Came(status, output, errors, tuple(steps), tuple(other) if other else None)

        yield ask
        given.close()


# --- what can happen before a step


def _write(path: str, text: str) -> None:
    Path(path).write_text(text, encoding="utf-8")


def _swap(path: str, other: str) -> None:
    """Another thing comes to stand in a place."""
    _remove(path)
    Path(other).rename(path)


def _remove(path: str) -> None:
    with suppress(OSError):
        os.remove(path)  # noqa: PTH107 - the names that audit hooks know
    shutil.rmtree(path, ignore_errors=True)


def _folder(path: str) -> None:
    _remove(path)
    Path(path).mkdir()


def _pipe(path: str) -> None:
    _remove(path)
    os.mkfifo(path)


def _signal(number: str) -> None:
    os.kill(os.getpid(), int(number))


def _second(*words: str) -> None:
    """A whole second run of the program takes place."""
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            _be_the_program(list(words), output.fileno(), output.fileno())
        _, status = os.waitpid(child, 0)
        output.seek(0)
        _note(f"second {json.dumps([os.waitstatus_to_exitcode(status), output.read().decode()])}")


def _clock(ahead: str) -> None:
    """The clock jumps; that of Python, which is the program's."""
    import time

    now, date = time.time_ns, time.gmtime
    time.time_ns = lambda: now() + int(ahead) * 10**9
    time.gmtime = lambda at=None, /: date((now() / 10**9 if at is None else float(at)) + int(ahead))


HAPPENINGS: dict[str, Callable[..., None]] = {
    "write": _write,
    "swap": _swap,
    "remove": _remove,
    "folder": _folder,
    "pipe": _pipe,
    "signal": _signal,
    "second": _second,
    "clock": _clock,
}


# --- the process that forks


_LOG = 9
"""The descriptor that steps are written to."""


_NOTHING = 8
"""The descriptor from which nothing can be read."""


def _note(line: str) -> None:
    os.write(_LOG, line.encode("utf-8", "surrogateescape") + b"\n")


def _served() -> None:
    _import_all()
    os.dup2(os.open(os.devnull, os.O_RDONLY), _NOTHING)
    for line in sys.stdin:
        print(json.dumps(_run(Run(**json.loads(line)))), flush=True)  # noqa: T201 - the answer


def _import_all() -> None:
    import gc
    import importlib
    import pkgutil

    import ledger

    for found in pkgutil.walk_packages(ledger.__path__, "ledger."):
        importlib.import_module(found.name)
    gc.freeze()


def _run(run: Run) -> tuple[int, str, str, list[str], list[object] | None]:
    """Fork, run, and gather by pipes: a limit on the size of files does not stop what is printed and noted."""
    pipes = [os.pipe() for _ in range(3)]
    child = os.fork()
    if child == 0:
        output, errors, log = (writing for _, writing in pipes)
        os.dup2(log, _LOG)
        for descriptor in {one for pipe in pipes for one in pipe} - {output, errors, _LOG}:
            os.close(descriptor)
        _begin(run)
        _be_the_program(list(run.words), output, errors)
    for _, writing in pipes:
        os.close(writing)
    printed, said, noted = _gathered([reading for reading, _ in pipes])
    _, status = os.waitpid(child, 0)
    steps = noted.splitlines()
    other = [json.loads(step.partition(" ")[2]) for step in steps if step.startswith("second ")]
    steps = [step for step in steps if not step.startswith("second ")]
    return os.waitstatus_to_exitcode(status), printed, said, steps, other[0] if other else None


def _gathered(pipes: list[int]) -> list[str]:
    """What comes through pipes until all their writers are gone."""
    texts = dict.fromkeys(pipes, b"")
    left = list(pipes)
    while left:
        for pipe in select.select(left, [], [])[0]:
            data = os.read(pipe, 65_536)
            texts[pipe] += data
            if not data:
                os.close(pipe)
                left.remove(pipe)
    return [text.decode("utf-8", "replace") for text in texts.values()]


def _begin(run: Run) -> None:
    """Set up all that the run is to meet."""
    import resource

    signal.alarm(DEADLINE)
    os.chdir(run.folder)
    os.environ.update(run.settings)
    if run.clock:
        _clock(str(run.clock))
    if run.file_size >= 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL if run.dies_of_it else signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (run.file_size, run.file_size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for _ in range(run.opened):
        os.open(os.devnull, os.O_RDONLY)
    if run.open_files >= 0:
        resource.setrlimit(resource.RLIMIT_NOFILE, (run.open_files, run.open_files))
    if run.powerless:
        _give_up_power()
    sys.addaudithook(_watcher(run))


def _give_up_power() -> None:
    """Have no capability any more, as every user but root."""
    import ctypes

    version, words = 0x20080522, 6
    header, sets = (ctypes.c_uint32 * 2)(version, 0), (ctypes.c_uint32 * words)()
    if os.geteuid() == 0 and ctypes.CDLL(None).capset(header, sets):
        raise OSError("capabilities cannot be given up")


def _watcher(run: Run) -> Callable[[str, tuple[object, ...]], None]:
    """What counts the steps of this process, and lets the fault happen."""
    here, me = f"{Path.cwd()}{os.sep}", os.getpid()
    taken, last = 0, ""
    happening = False

    def watch(event: str, told: tuple[object, ...]) -> None:
        nonlocal taken, last, happening
        if event not in _STEPS or happening or os.getpid() != me:
            return
        path = _path(told)
        if path is None or not (os.path.join(here, path) + os.sep).startswith(here):  # noqa: PTH118 - quick
            return
        step = f"{event} {os.path.relpath(os.path.join(here, path), here)}"  # noqa: PTH118 - as above
        if step == last:  # `open` tells of itself, and of the `os.open` that it uses
            return
        taken, last, happening = taken + 1, step, True
        _note(step)
        if taken == run.at:
            HAPPENINGS[run.do[0]](*run.do[1:])
        happening = False

    return watch


def _path(told: tuple[object, ...]) -> str | None:
    first = told[0] if told else None
    if isinstance(first, int):
        return None
    return os.fsdecode(first) if isinstance(first, str | bytes | os.PathLike) else "." if first is None else None


def _be_the_program(words: list[str], output: int, errors: int) -> None:
    """Never returns: this process becomes one run of the program."""
    for number, stream in enumerate((_NOTHING, output, errors)):
        os.dup2(stream, number)
    for stream in {output, errors} - {1, 2}:
        os.close(stream)
    sys.argv = ["ledger", *words]
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", closefd=False)
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
