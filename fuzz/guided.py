"""The other engine: mutants chosen by the code that they reach, by libFuzzer through atheris, an option."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import atheris

from fuzz.mutating import LARGEST, mutated

with atheris.instrument_imports(include=["ledger"]):  # what is imported here tells which of its branches are taken
    from fuzz.hunting import Hunt, Wanted
    from fuzz.targets import Target, load, names

    for _name in names():
        load(_name)


def hunt_guided(target: Target, wanted: Wanted, report: Callable[[Hunt], None]) -> None:
    """Hunt until enough was tried, then report and end the process: libFuzzer never comes back.

    Half of the mutants are ours, which know the formats, and half are libFuzzer's, which learn the comparisons.
    """
    going = Hunt(target, wanted)
    seeds = target.seeds()
    corpus = Path("corpus")
    corpus.mkdir()
    for number, seed in enumerate(seeds):
        (corpus / str(number)).write_bytes(seed[:LARGEST])

    def attempt(data: bytes) -> None:
        if going.over:
            going.end()
            report(going)
            shutil.rmtree(Path.cwd())
            os._exit(0)
        going.take(data)

    def mutant(data: bytes, size: int, seed: int) -> bytes:
        chance = Random(seed)  # noqa: S311 - no secret
        if chance.random() < 0.5:
            return mutated(chance, data, chance.choice(seeds))[:size]
        return bytes(atheris.Mutate(data, size))

    settings = ("-rss_limit_mb=0", f"-max_len={LARGEST}", "-verbosity=0", "-print_final_stats=0")
    atheris.Setup([sys.argv[0], f"-seed={wanted.seed}", *settings, str(corpus)], attempt, custom_mutator=mutant)
    atheris.Fuzz()
