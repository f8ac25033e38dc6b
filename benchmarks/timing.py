"""Whole processes, timed in alternation: wall time, CPU time and peak memory of each."""

import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Command:
    """What is run in each round; `prepare` comes before it and is not timed. `status` is how it must end."""

    name: str
    line: Callable[[int], Sequence[str | Path]]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[int], None] = lambda _: None
    status: int = 0


@dataclass(frozen=True)
class Run:
    """One process: seconds of wall time and of CPU time, and bytes of memory at its peak."""

    wall: float
    cpu: float
    memory: int


@dataclass(frozen=True)
class Timed:
    """The medians of all runs of a command, and its fastest and slowest."""

    name: str
    runs: int
    wall: float
    cpu: float
    memory: int
    fastest: float
    slowest: float


class UnexpectedStatusError(Exception):
    """A command did not end as it must, so that its time would mean nothing."""


def alternate(commands: Sequence[Command], rounds: int, tell: Callable[[str], None] = lambda _: None) -> list[Timed]:
    """Run every command once a round, so that what disturbs the machine meets all of them.

    The first round warms up, and is not counted.
    """
    runs: dict[str, list[Run]] = {command.name: [] for command in commands}
    for number in range(rounds + 1):
        tell(f"round {number} of {rounds}")
        for command in commands:
            command.prepare(number)
            run = once(command, number)
            if number:
                runs[command.name].append(run)
    return [_medians(name, some) for name, some in runs.items()]


def once(command: Command, number: int) -> Run:
    """One run, with both streams going nowhere. Raises UnexpectedStatusError when it does not end as it must."""
    line = [os.fspath(word) for word in command.line(number)]
    nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LEDGER_", "PYTHON"))}
    before = Path.cwd()
    os.chdir(command.folder)
    try:
        begun = time.perf_counter()
        child = os.posix_spawnp(line[0], line, {**environment, **command.environment}, file_actions=nowhere)
        _, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - begun
    finally:
        os.chdir(before)
    if os.waitstatus_to_exitcode(status) != command.status:
        raise UnexpectedStatusError(f"{command.name}: ended with {os.waitstatus_to_exitcode(status)}: {line}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def _medians(name: str, runs: Sequence[Run]) -> Timed:
    walls = [run.wall for run in runs]
    cpu = statistics.median(run.cpu for run in runs)
    memory = int(statistics.median(run.memory for run in runs))
    return Timed(name, len(runs), statistics.median(walls), cpu, memory, min(walls), max(walls))
