"""Whether all programs find the same: a time means nothing when the answer is another."""

import re
import subprocess
from pathlib import Path

from benchmarks.ledgers import Size, group, planted, totals
from benchmarks.tools import Line, Tools

_BY_YEAR = "SELECT year, total FROM sums WHERE level = 'appropriations'"
_BEANCOUNT = """
import collections, sys
from beancount.loader import load_file
entries, errors, _ = load_file(sys.argv[1])
found = collections.Counter()
for entry in entries:
    for posting in getattr(entry, "postings", ()):
        if posting.account.startswith("Expenses:Y"):
            found[int(posting.account[10:14])] += posting.units.number
for year, amount in found.items():
    print(year, amount)
"""


def disagreements(tools: Tools, clean: Path, wrong: Path, size: Size) -> list[str]:
    """What is wrong with any program's answers: the sum of each year, and the one total that is planted wrong."""
    expected = totals(size)
    found = [f"{name}: the years come to {sums}" for name, sums in _sums(tools, clean) if sums != expected]
    name = group(planted(size), size).name
    for program, command in _checks(tools, wrong).items():
        done = _run(command, wrong)
        said = done.stdout + done.stderr
        if done.returncode == 0 or name not in said.lower():
            found.append(
                f"{program}: did not find the planted error in {name} (status {done.returncode}): {said[:300]}"
            )
    return found


def _checks(tools: Tools, folder: Path) -> dict[str, Line]:
    commands: dict[str, Line] = {"ours": [tools.ours, "--data", "data", "check"]}
    if tools.hledger:
        commands["hledger"] = [tools.hledger, "-f", folder / "main.journal", "check"]
    if tools.ledger:
        commands["Ledger"] = [tools.ledger, "--args-only", "-f", folder / "main.journal", "bal"]
    if tools.bean_check:
        commands["beancount"] = [tools.bean_check, "--no-cache", folder / "main.beancount"]
    return commands


def _sums(tools: Tools, folder: Path) -> list[tuple[str, dict[int, int]]]:
    """The sum of each year, in kronor, as each program prints it."""
    commands: dict[str, Line] = {
        "ours": [tools.ours, "--data", "data", "sql", "--format", "csv", _BY_YEAR],
    }
    if tools.hledger:
        commands["hledger"] = [tools.hledger, "-f", "main.journal", "bal", "-N", "--flat", "budget"]
    if tools.ledger:
        commands["Ledger"] = [tools.ledger, "--args-only", "-f", "main.journal", "bal", "--flat", "budget"]
    if tools.bean_check:
        commands["beancount"] = [tools.bean_check.with_name("python"), "-c", _BEANCOUNT, "main.beancount"]
    return [(name, _by_year(name, _run(command, folder).stdout)) for name, command in commands.items()]


def _by_year(name: str, text: str) -> dict[int, int]:
    if name in ("hledger", "Ledger"):
        pairs = [(year, amount) for amount, year in re.findall(r"(\d+)(?:\.00)? SEK +budget:(\d{4}):", text)]
    else:
        pairs = re.findall(r"^(\d{4})[ ,](\d+)", text, re.MULTILINE)
    found: dict[int, int] = {}
    for year, amount in pairs:
        found[int(year)] = found.get(int(year), 0) + int(amount)
    return found


def _run(command: Line, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
