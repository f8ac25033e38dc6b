"""One input tried, whatever it does: an error, a hang or a hunger for memory becomes a fault with a name."""

import resource
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from fuzz.program import ran
from fuzz.promises import BrokenPromiseError, Came, demand
from fuzz.targets import Target

PATIENCE = 10.0
"""Seconds for one input."""

ROOM = 1536 * 2**20
"""Bytes of address space for the whole process."""

GROWTH = 64 * 2**20
"""Bytes by which one input may make the process larger than it has ever been."""


class HangError(BaseException):
    """An input took too long; no `except Exception` on the way catches it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What an input did wrong: `name` is the same for inputs that fail in the same way, `told` is for people."""

    name: str
    told: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of an input, and the seconds that it took."""

    seconds: float
    came: Came | None
    fault: Fault | None


Attempt = Callable[[bytes], Came]


def confine() -> None:
    """Bound the memory of this process, and let an alarm end an input that hangs."""
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, resource.getrlimit(resource.RLIMIT_AS)[1]))
    signal.signal(signal.SIGALRM, _hangs)


def peak() -> int:
    """The most memory that this process has held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def twice(attempt: Attempt) -> Attempt:
    """The attempt made two times: the same input must come to the same."""

    def both(data: bytes) -> Came:
        first, second = attempt(data), attempt(data)
        demand(kept=first == second, promise="the same input comes to the same twice")
        return first

    return both


def by_command_line(target: Target) -> Attempt:
    """The real command lines on the same input."""

    def commands(data: bytes) -> Came:
        printed = "".join(said.out + said.err for said in map(ran, target.lines(data)))
        return Came(printed, frozenset())

    return commands


def tried(attempt: Attempt, data: bytes) -> Tried:
    """Make an attempt, with an alarm set."""
    came, fault, before, began = None, None, peak(), time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        came = attempt(data)
        grown = peak() - before
        demand(kept=grown <= GROWTH, promise=f"an input takes at most {GROWTH >> 20} MB more, not {grown >> 20}")
    except (Exception, HangError) as error:  # noqa: BLE001 - whatever it is, it is a find
        fault = Fault(_name_of(error), "".join(traceback.format_exception(error)))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return Tried(time.perf_counter() - began, came, fault)


def _hangs(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise HangError(f"no end after {PATIENCE:.0f} s")


def _name_of(error: BaseException) -> str:
    """The kind of error, and the function of ours that it came from; of a broken promise, the promise."""
    kind = type(error).__name__
    if isinstance(error, BrokenPromiseError):
        return f"{kind}: {''.join(one for one in str(error) if one.isalpha() or one == ' ')[:60]}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if f"{Path('/ledger/')}" in frame.filename]
    where = f"{Path(frames[-1].filename).stem}.{frames[-1].name}" if frames else "elsewhere"
    return f"{kind} in {where}"
