"""The hunt for one target in this process: inputs tried one after another, faults noted, progress told."""

import faulthandler
import hashlib
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, BinaryIO

from fuzz.mutating import mutated
from fuzz.shrinking import shrunk
from fuzz.targets import Target
from fuzz.trying import PATIENCE, Attempt, by_command_line, peak, tried, twice

EACH_COMMAND, EACH_TWICE = 500, 50
"""Of so many inputs one goes through the real command line too, in a short hunt more; and one is tried twice."""

MOST_KEPT = 2
"""Inputs that are kept of those that fail in the same way."""

LARGEST_POOL = 3_000
MOST_KINDS = 5_000
"""Kinds of messages; those that come after so many differ in what they repeat of the input."""

_TOLD_EACH = 5.0
_LONG, _SHARE_OF_LONG = 1_500, 0.02


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much is to be tried, where failing inputs go, and with which engine."""

    target: str
    runs: int
    seconds: float
    seed: int
    failures: Path
    engine: str = "own"


@dataclass(slots=True)
class Hunt:
    """How far a hunt has come. `digest` is over all that was printed: another process must come to the same."""

    target: Target
    wanted: Wanted
    inputs: int = 0
    commands: int = 0
    slowest: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    known: set[str] = field(default_factory=set)
    _now: BinaryIO | None = None
    _begun: float = field(default_factory=time.monotonic)
    _told: float = 0.0
    _hung: float = 0.0

    @property
    def over(self) -> bool:
        """Whether enough was tried."""
        return self.inputs >= self.wanted.runs or time.monotonic() - self._begun >= self.wanted.seconds

    def take(self, data: bytes) -> bool:
        """Try an input; whether it made the program say something of a kind that was not heard before."""
        self._watch(data)
        self.inputs += 1
        attempt = self.target.attempt if self.inputs % EACH_TWICE else twice(self.target.attempt)
        came = self._tried(attempt, data)
        if self.inputs % max(1, min(EACH_COMMAND, self.wanted.runs // 20)) == 0:
            self.commands += 1
            self._tried(by_command_line(self.target), data)
        if came is None or came <= self.known or len(self.known) > MOST_KINDS:
            return False
        self.known |= came
        return True

    def _tried(self, attempt: Attempt, data: bytes) -> frozenset[str] | None:
        found = tried(attempt, data)
        if found.seconds > self.slowest:
            self.slowest = found.seconds
            self._keep("slowest", data, f"{found.seconds:.3f} s")
        if found.fault is not None:
            self._note(attempt, data, found.fault.name, found.fault.told)
        if found.came is None:
            return None
        self.digest.update(found.came.printed.encode("utf-8", "surrogatepass"))
        return found.came.told

    def _note(self, attempt: Attempt, data: bytes, name: str, told: str) -> None:
        self.faults[name] += 1
        if self.faults[name] > MOST_KEPT:
            return

        def fails(smaller: bytes) -> bool:
            fault = tried(attempt, smaller).fault
            return fault is not None and fault.name == name

        small = shrunk(data, fails) if "Hang" not in name and fails(data) else data
        mark = hashlib.sha256(small).hexdigest()[:8]
        self._keep(f"fault-{mark}", small, f"{name}\n\n{told}")
        _tell(f"{self.target.name}: {name}: {self.wanted.failures}/{self.target.name}-fault-{mark}")

    def _keep(self, name: str, data: bytes, told: str) -> None:
        path = self.wanted.failures / f"{self.target.name}-{name}"
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(told + "\n", encoding="utf-8", errors="backslashreplace")

    def _watch(self, data: bytes) -> None:
        """Tell now and then how far it has come, and keep the input that might be the last.

        What hangs where no alarm reaches ends the process, with the place where it hung.
        """
        now = time.monotonic()
        if now - self._hung > PATIENCE / 2:
            self._hung = now
            faulthandler.dump_traceback_later(3 * PATIENCE, exit=True)
        if self._now is None:
            self._now = (self.wanted.failures / f"{self.target.name}-now").open("wb", buffering=0)
        self._now.seek(0)
        self._now.write(data)
        self._now.truncate()
        if now - self._told > _TOLD_EACH:
            self._told = now
            self.progress()

    def progress(self) -> None:
        """One line on standard error."""
        rate = self.inputs / max(time.monotonic() - self._begun, 0.001)
        so_far = f"{self.inputs} of {self.wanted.runs} inputs, {rate:.0f}/s, {self.faults.total()} faults"
        most = f"slowest {1000 * self.slowest:.0f} ms, {peak() >> 20} MB"
        _tell(f"{self.target.name}: {so_far}, {most}, {len(self.known)} kinds of messages")

    def report(self) -> dict[str, Any]:
        """What came of it, as JSON holds it."""
        return {
            "inputs": self.inputs,
            "commands": self.commands,
            "faults": dict(self.faults),
            "slowest": self.slowest,
            "peak": peak(),
            "digest": self.digest.hexdigest(),
        }

    def end(self) -> None:
        """Nothing is watched any more."""
        faulthandler.cancel_dump_traceback_later()
        if self._now is not None:
            self._now.close()
            Path(self._now.name).unlink()
        self.progress()


def hunt(target: Target, wanted: Wanted) -> Hunt:
    """Try the seeds, then mutants of them, and of what turned out to be new."""
    going = Hunt(target, wanted)
    for data in _inputs(going, target.seeds(), Random(f"{target.name} {wanted.seed}")):  # noqa: S311 - no secret
        if going.over:
            break
        going.take(data)
    going.end()
    return going


def _inputs(going: Hunt, seeds: list[bytes], chance: Random) -> Iterator[bytes]:
    """Endless: the seeds, of a short hunt only some, and mutants; long ones are rare, as they take long."""
    yield from chance.sample(seeds, min(len(seeds), going.wanted.runs // 4))
    long = [seed for seed in seeds if len(seed) > _LONG]
    short = [seed for seed in seeds if len(seed) <= _LONG]
    pool = list(short)
    while True:
        one = chance.choice(long if long and chance.random() < _SHARE_OF_LONG else pool)
        other = chance.choice(pool)
        data = mutated(chance, one, other)
        before = len(going.known)
        yield data
        if len(going.known) > before and len(data) <= _LONG and len(pool) < len(short) + LARGEST_POOL:
            pool.append(data)


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
