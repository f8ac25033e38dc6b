"""Tries inputs that nobody would write on what reads strangers' bytes, and tells what came of them.

    python -m fuzz check --runs 100000 --seed 1        one target
    python -m fuzz all --runs 200000 --seconds 1500    all of them, for at most so many seconds each
    python -m fuzz check --replay FILE…                these inputs once more, with all that they print

The targets are `check`, `scan`, `import`, `reconcile` and `terms` (of `query` and all other selections). An input is a
real file, or a piece of one, with something put in, taken out, repeated, moved or spliced; one that makes the program
say what it had not said before is built upon. Each goes from bytes to printed text by what the commands call; one of
five hundred goes through the real command line too, and one of fifty is tried twice. The same seed tries the same
inputs, as long as the code says the same about them.

A fault is: any error but those the commands expect; a place outside its file; a control character, or what is no
UTF-8, in printed text; 10 seconds, 64 MB more for one input, or 1.5 GB in all; another result the second time; a quick
way of reading that finds something else than the full one; an import that does not leave a ledger as it should.
Failing inputs are made small and put into the folder of --failures, with their tracebacks beside them.

With --engine atheris (`pip install atheris`), the mutants are chosen by the code that they reach.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from fuzz.targets import names

ROOT = Path(__file__).parents[1]
_HEADINGS = ("target", "inputs", "by command line", "faults", "slowest, ms", "peak, MB", "inputs/s")


def main() -> int:
    """Hunt in a process for each target, or replay one input; ends with 1 when there is a fault."""
    options = _options()
    if options.replay is not None:
        return _replay(options.target, options.replay)
    options.failures.mkdir(parents=True, exist_ok=True)
    wanted = names() if options.target == "all" else [options.target]
    with ThreadPoolExecutor(options.jobs) as pool:
        reports = list(pool.map(partial(_hunted, options=options), wanted))
    print(_table(wanted, reports))
    for name, report in zip(wanted, reports, strict=True):
        for fault, times in report["faults"].items():
            print(f"{name}: {times} times: {fault}")
    if any(report["faults"] for report in reports):
        print(f"failing inputs: {options.failures}")
    return int(any(report["faults"] for report in reports))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", choices=[*names(), "all"])
    parser.add_argument("--runs", type=int, default=10_000, help="inputs for each target (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=600, help="at most, for each target (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another one tries other inputs (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=1, help="targets tried at the same time (default: %(default)s)")
    parser.add_argument("--engine", choices=("own", "atheris"), default="own", help="default: %(default)s")
    parser.add_argument("--failures", type=Path, default=ROOT / ".fuzz", metavar="DIR", help="default: .fuzz")
    parser.add_argument("--replay", type=Path, nargs="+", metavar="FILE", help="try these inputs alone")
    return parser.parse_args()


def _hunted(target: str, *, options: argparse.Namespace) -> dict[str, Any]:
    """What came of a hunt in a process of its own; a process that dies leaves the input that it was at."""
    words = {name: getattr(options, name) for name in ("runs", "seconds", "seed", "engine")}
    words |= {"target": target, "failures": str(options.failures.resolve())}
    line = [sys.executable, "-m", "fuzz.worker", json.dumps(words)]
    done = subprocess.run(line, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode == 0:
        report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return report
    last = options.failures / f"{target}-now"
    fault = f"the process died with status {done.returncode}, at {last}"
    return dict.fromkeys(("inputs", "commands", "slowest", "peak", "took"), 0) | {"faults": {fault: 1}}


def _table(wanted: Sequence[str], reports: Sequence[dict[str, Any]]) -> str:
    rows: list[tuple[str, ...]] = [_HEADINGS]
    for name, one in zip(wanted, reports, strict=True):
        faults = sum(one["faults"].values())
        rate = one["inputs"] / one["took"] if one["took"] else 0
        measured = (f"{1000 * one['slowest']:.0f}", f"{one['peak'] / 2**20:.0f}", f"{rate:.0f}")
        rows.append((name, str(one["inputs"]), str(one["commands"]), str(faults), *measured))
    if len(reports) > 1:
        sums = [sum(int(row[at]) for row in rows[1:]) for at in (1, 2, 3)]
        rows.append(("together", *map(str, sums), "", "", ""))
    first, *others = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for name, *cells in rows:
        numbers = (cell.rjust(width) for cell, width in zip(cells, others, strict=True))
        lines.append("  ".join((name.ljust(first), *numbers)).rstrip())
    return "\n".join(lines)


def _replay(target: str, files: Sequence[Path]) -> int:
    """Try inputs by every way; print what came of them, or the faults."""
    from fuzz.worker import replayed  # noqa: PLC0415 - the help needs none of the program

    faults = 0
    for file, data in [(file, file.read_bytes()) for file in files]:
        for way, found in replayed(target, data):
            faults += found.fault is not None
            print(f"== {file.name} {way}: {1000 * found.seconds:.0f} ms, {'FAULT' if found.fault else 'no fault'}")
            printed = found.fault.told if found.fault else found.came.printed if found.came else ""
            print(printed.encode("utf-8", "backslashreplace").decode())
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
