"""Runs command lines of the program in forks of one process, each in a way of its own: read with JSON, told with JSON.

`python ways.py` reads a list of runs from standard input, and writes what each printed, ended with and left behind.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import ledger

Runs = list[dict[str, Any]]
"""Each with `words`, the `way`, the folder it is run in, and the environment that is added."""


def _put(module: ModuleType, name: str, function: Callable[..., Any]) -> None:
    """Another function instead of that of a module, which must be there."""
    assert callable(getattr(module, name))
    setattr(module, name, function)


def _unchanged() -> None:
    """The program as it is."""


def _full_reader() -> None:
    """Every file is read by the YAML parser, every record judged by its model."""
    from ledger.reading import loading
    from ledger.reading.yaml import document

    def never(_shape: object, _node: object) -> object:
        raise ValueError

    _put(document, "plain", lambda _text: None)
    _put(loading, "taken", never)


def _kept_ledger() -> None:
    """No answer is told from the cache: the ledger is as it was opened for one of the runs before."""
    from ledger.cache import answer

    _put(answer, "kept", lambda _name: None)


def _two_processes() -> None:
    """Files are checked by two processes even where they are few, and the machine has one processor."""
    from ledger.incremental import whole_ledger, workers

    _put(workers, "_can_split", lambda: True)
    _put(whole_ledger, "each", partial(workers.each, few=1))


def _at_once() -> None:
    """All files are checked together."""
    from ledger.incremental import whole_ledger

    _put(whole_ledger, "_piecewise", lambda _ledger, _asked: None)


WAYS: Mapping[str, tuple[Mapping[str, str], Callable[[], None]]] = {
    "without a cache": ({"LEDGER_CACHE": "0"}, _unchanged),
    "with an empty cache": ({"LEDGER_CACHE": "1"}, _unchanged),
    "from the cache": ({"LEDGER_CACHE": "1"}, _unchanged),
    "from a kept ledger": ({"LEDGER_CACHE": "1"}, _kept_ledger),
    "with the full reader": ({"LEDGER_CACHE": "0"}, _full_reader),
    "in two processes": ({"LEDGER_CACHE": "0"}, _two_processes),
    "at once": ({"LEDGER_CACHE": "0"}, _at_once),
}
"""The ways in which a command is run, in this order: what each adds to the environment, and what it changes."""


def _forked(run: Mapping[str, Any], outputs: Path) -> dict[str, Any]:
    """What a run printed and ended with, and all files in its folder afterwards."""
    folder = Path(run["folder"])
    child = os.fork()
    if not child:
        _run(run, folder, outputs)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    printed = [(outputs / name).read_text(encoding="utf-8") for name in ("out", "err")]
    return {"status": status, "printed": printed, "files": _files(folder)}


def _run(run: Mapping[str, Any], folder: Path, outputs: Path) -> None:
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(outputs / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    settings, change = WAYS[run["way"]]
    os.environ.update({**settings, **run["settings"]})
    os.chdir(folder)
    sys.argv = ["ledger", *run["words"]]
    try:
        change()
        from ledger.__main__ import program

        program()
    finally:
        os._exit(99)


def _files(folder: Path) -> dict[str, str]:
    """The digests of all files below a folder; of those of git, which hold times, none."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".git" not in path.parts)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def main() -> None:
    """Read the runs, do each, and tell what came of it."""
    for module in walk_packages(ledger.__path__, "ledger."):
        import_module(module.name)  # once, for all forks
    outputs = Path(sys.argv[1])
    runs: Runs = json.load(sys.stdin)
    json.dump([_forked(run, outputs) for run in runs], sys.stdout)


if __name__ == "__main__":
    main()
