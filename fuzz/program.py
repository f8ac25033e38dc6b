"""The real command line, run in this process, so that a hundred runs take no longer than one that is started."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper

import typer

from fuzz.promises import demand, fit_to_print
from ledger.cli import build, main

STATUSES = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Said:
    """The status that a run ended with, and what it printed."""

    status: int
    out: str
    err: str


def told(work: Callable[[], None]) -> Said:
    """Do what a command does, with both streams kept. Raises what the work raises, save a status."""
    with _streams() as (out, err):
        status = _status(work)
    said = Said(status, *(stream.getvalue().decode() for stream in (out, err)))
    demand(kept=status in STATUSES, promise=f"a command ends with 0, 1 or 2, not {status}")
    return said


def ran(words: Sequence[str]) -> Said:
    """A whole command line: what it prints must be fit to be printed. Its errors come out as they were raised.

    CSV is data for other programs, which get every character as it is.
    """
    before = sys.argv
    sys.argv = ["ledger", *words]
    try:
        said = told(main)
    finally:
        sys.argv = before
    demand(kept=bool(said.out or said.err or said.status == 0), promise="a command that fails says why")
    fit_to_print("" if "csv" in words else said.out, said.err)
    return said


def context() -> typer.Context:
    """What typer hands to a command."""
    return typer.Context(typer.main.get_command(build()))


def settle() -> None:
    """Nothing is kept from one run to the next, and an error of the program is raised."""
    os.environ |= {"LEDGER_CACHE": "0", "LEDGER_TRACEBACK": "1"}
    for name in ("LEDGER_DATA", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        os.environ.pop(name, None)


def _status(work: Callable[[], None]) -> int:
    try:
        work()
    except typer.Exit as ended:
        return ended.exit_code
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


@contextmanager
def _streams() -> Iterator[tuple[BytesIO, BytesIO]]:
    """Both streams into memory, strict: what is no UTF-8 is an error, unless the program takes care of it."""
    kept, before = (BytesIO(), BytesIO()), (sys.stdout, sys.stderr)
    sys.stdout, sys.stderr = (TextIOWrapper(stream, encoding="utf-8", write_through=True) for stream in kept)
    streams = sys.stdout, sys.stderr
    try:
        yield kept
    finally:
        sys.stdout, sys.stderr = before
        for stream in streams:
            stream.detach()
