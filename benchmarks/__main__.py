"""`python -m benchmarks`: makes the ledgers, runs every program on them in alternation, and reports ratios."""

import argparse
import json
import platform
import shutil
import sys
from pathlib import Path

from benchmarks.answers import disagreements
from benchmarks.commands import AIMS, Place, all_commands
from benchmarks.ledgers import Size, write
from benchmarks.report import as_data, growth, tables
from benchmarks.timing import Timed, alternate
from benchmarks.tools import ROOT, Tools, prepare

SIZES = (60, 1_000, 10_000, 100_000)


def main() -> int:
    """Run the whole benchmark; ends with 1 when a program's answers are wrong."""
    options = _options()
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    tools = prepare(work, ours=options.program, peers=options.peers, install=options.install)
    _tell("compared: " + ", ".join(f"{name} {version}" for name, version in tools.versions.items()))
    results = []
    before: dict[str, Timed] = {}
    wrong = False
    for lines in options.sizes:
        place, faults = _made(work, Size(lines), tools)
        for fault in faults:
            _tell(f"WRONG: {fault}")
        wrong = wrong or bool(faults)
        commands = [one for one in all_commands(tools, place) if options.only in one.name]
        timed = alternate(commands, options.rounds, _tell)
        print(tables(lines, timed, AIMS))
        now = {one.name: one for one in timed}
        _print_growth(before, now)
        before = now
        results.append(as_data(lines, timed, AIMS))
    data = {"machine": platform.platform(), "versions": tools.versions, "sizes": results}
    (work / "results.json").write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    _tell(f"written: {work / 'results.json'}")
    return int(wrong)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="LINES", help="default: %(default)s")
    parser.add_argument("--rounds", type=int, default=11, help="runs of each command (default: %(default)s)")
    parser.add_argument("--only", default="", metavar="TEXT", help="only commands with this text in their names")
    parser.add_argument("--work", type=Path, default=ROOT / ".benchmarks", metavar="DIR", help="where all is put")
    parser.add_argument("--program", type=Path, metavar="FILE", help="our program (default: a wheel, built here)")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="leave the other programs out")
    parser.add_argument("--no-install", dest="install", action="store_false", help="take only peers that are there")
    return parser.parse_args()


def _made(work: Path, size: Size, tools: Tools) -> tuple[Place, list[str]]:
    """The ledgers of one size, made anew, and what is wrong with any program's answers on them."""
    folder = work / str(size.lines)
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("clean", "wrong"):
        write(folder / name, size, wrong=name == "wrong")
    shutil.copytree(folder / "clean/data", folder / "changing/data")
    place = Place(folder / "clean", folder / "changing", folder / "caches", size)
    return place, disagreements(tools, folder / "clean", folder / "wrong", size)


def _print_growth(before: dict[str, Timed], now: dict[str, Timed]) -> None:
    for name, (wall, memory) in growth(before, now).items():
        if name.endswith("nothing cached") or "check" in name.partition(" ")[2]:
            print(f"from the size before, {name}: {wall:.1f} times the time, {memory:.1f} times the memory")
    print()


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
