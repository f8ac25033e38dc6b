"""The same work on many things, on two processors where the system can split a process."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from msgspec import MsgspecError
from msgspec.msgpack import decode, encode

FEW = 100
"""Things that are done before a second process would be ready."""

Thing = TypeVar("Thing")
Made = TypeVar("Made")


def each(
    things: Sequence[Thing],
    work: Callable[[Thing], Made],
    made: type[list[Made]],
    tell: Callable[[int], None] = lambda _: None,
    few: int = FEW,
) -> list[Made]:
    """What `work` makes of each thing, in order; `tell` is told how many more are done.

    `made` is the type of all results together, by which those of the other process are read.
    """
    middle = len(things) if len(things) < few or not _can_split() else len(things) // 2
    reading, child = _begun(things[middle:], work) if things[middle:] else (None, 0)
    both = 2 if child else 1
    first = []
    for thing in things[:middle]:
        first.append(work(thing))
        tell(both)
    return first if reading is None else first + _second(reading, child, things[middle:], work, made)


def _second(
    reading: int, child: int, things: Sequence[Thing], work: Callable[[Thing], Made], made: type[list[Made]]
) -> list[Made]:
    """What the other process made of the things; when it was broken off, they are done here."""
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    try:
        return decode(told, type=made)
    except (MsgspecError, ValueError):
        return [work(thing) for thing in things]


def _can_split() -> bool:
    """Whether there is a second processor, and a way to share this process's memory with it."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def _begun(things: Sequence[Thing], work: Callable[[Thing], Made]) -> tuple[int, int]:
    """A process that works on the things and writes what they become: the pipe it writes to, and its number."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return reading, child
    with suppress(BaseException):
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(encode([work(thing) for thing in things]))
    os._exit(0)  # nothing of the other process is to be ended twice
