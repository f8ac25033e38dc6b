"""What is timed: each of our commands, and those of the peers that do the same."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.ledgers import LAST_YEAR, YEARS, Size, as_yaml, groups
from benchmarks.timing import Command
from benchmarks.tools import Tools

_SUMS = "SELECT year, sum(total) FROM lines WHERE in_sum GROUP BY year"


@dataclass(frozen=True)
class Place:
    """Where the ledgers of one size are, that in which a file changes, and where our program's caches go."""

    folder: Path
    changing: Path
    caches: Path
    size: Size


def all_commands(tools: Tools, place: Place) -> list[Command]:
    """Every command that is run at one size."""
    return [*_ours(tools, place), *_peers(tools, place)]


def _ours(tools: Tools, place: Place) -> list[Command]:
    """Ours; each has a cache of its own, so that none finds what another left."""

    def one(name: str, *words: str, prepare: Callable[[Path, int], None] | None = None) -> Command:
        cache = place.caches / name.replace(" ", "-").replace(",", "")
        return Command(
            f"ours: {name}",
            lambda number: [
                tools.ours,
                "--data",
                "data",
                *(word.format(**_turn(place.size, number)) for word in words),
            ],
            place.folder,
            {"XDG_CACHE_HOME": str(cache)},
            lambda number: prepare(cache, number) if prepare else None,
        )

    def change(_: Path, number: int) -> None:
        _change(place, number)

    return [
        one("check, nothing cached", "check", prepare=_forget),
        replace(one("check, one file changed", "check", prepare=change), folder=place.changing),
        one("check, unchanged", "check"),
        one("check, --no-cache", "check", "--no-cache"),
        one("summary of a year, nothing cached", "summary", str(LAST_YEAR), prepare=_forget),
        one("summary of a year, unchanged", "summary", str(LAST_YEAR)),
        one("summary, unchanged", "summary"),
        one("query, unchanged", "query", "recipient:agency-7", str(LAST_YEAR)),
        one("sql, unchanged", "sql", _SUMS),
        one("query, never asked before", "query", "recipient:agency-{turn}", "{year}"),
        one("summary, never asked before", "summary", "recipient:agency-{turn}"),
        one("sql, never asked before", "sql", _SUMS + " LIMIT 1{turn}"),
        replace(one("help"), line=lambda _: [tools.ours, "--help"]),
        replace(one("completion"), line=lambda _: [tools.ours], environment=_COMPLETING),
        Command("python -c pass", lambda _: [tools.python, "-c", "pass"], place.folder),
    ]


_COMPLETING = {"_LEDGER_COMPLETE": "complete_bash", "COMP_WORDS": "ledger summary --", "COMP_CWORD": "2"}


def _turn(size: Size, number: int) -> Mapping[str, int]:
    """What makes the question of one round another than that of the round before."""
    return {"turn": number % size.agencies, "year": LAST_YEAR - number % min(YEARS, size.files)}


def _forget(cache: Path, _: int) -> None:
    shutil.rmtree(cache, ignore_errors=True)


def _change(place: Place, number: int) -> None:
    """Rewrite one file: in one of its groups a part and the total come to more."""
    wanted = number * 7 % place.size.files
    [some] = [some for file, some in groups(place.size) if file == wanted]
    first = some[0]
    items = (replace(first.items[0], amount=first.items[0].amount + number), *first.items[1:])
    changed = [replace(first, items=items, total=first.total + number), *some[1:]]
    (place.changing / f"data/{wanted:05}.yaml").write_text(as_yaml(changed), encoding="utf-8")


def _peers(tools: Tools, place: Place) -> list[Command]:
    found = []

    def one(name: str, *words: str | Path, environment: Mapping[str, str] | None = None) -> None:
        found.append(Command(name, lambda _: words, place.folder, environment or {}))

    if tools.hledger:
        one("hledger check", tools.hledger, "-f", "main.journal", "check")
        one("hledger bal", tools.hledger, "-f", "main.journal", "bal")
    if tools.ledger:
        one("ledger bal", tools.ledger, "--args-only", "-f", "main.journal", "bal")
    if tools.bean_check:
        one("bean-check --no-cache", tools.bean_check, "--no-cache", "main.beancount")
        one("bean-check", tools.bean_check, "main.beancount")
    return found


SMALL, LARGE = 60, 100_000


@dataclass(frozen=True)
class Aim:
    """How one of ours is to compare with a peer at one size: the ratio to reach, and the one to dream of."""

    name: str
    against: str
    lines: int = LARGE
    reach: float | None = None
    dream: float | None = None


AIMS: Sequence[Aim] = (
    Aim("ours: summary of a year, unchanged", "hledger bal", SMALL, 1.5, 0.6),
    Aim("ours: summary of a year, nothing cached", "bean-check --no-cache", SMALL, 1.5, 0.5),
    Aim("ours: help", "python -c pass", SMALL, 8, 6),
    Aim("ours: completion", "python -c pass", SMALL, 8, 6),
    Aim("ours: check, nothing cached", "hledger check", LARGE, 0.6, 0.2),
    Aim("ours: check, --no-cache", "hledger check", LARGE, 0.6, 0.2),
    Aim("ours: check, one file changed", "hledger check", LARGE, 0.1, 0.03),
    Aim("ours: check, unchanged", "hledger check", LARGE, 0.02, 0.01),
    Aim("ours: summary of a year, unchanged", "hledger bal", LARGE, 0.05, 0.02),
    Aim("ours: summary, unchanged", "hledger bal", LARGE, 0.05, 0.02),
    Aim("ours: query, unchanged", "hledger bal", LARGE, 0.05, 0.02),
    Aim("ours: sql, unchanged", "hledger bal", LARGE, 0.05, 0.02),
    Aim("ours: query, never asked before", "hledger bal"),
    Aim("ours: summary, never asked before", "hledger bal"),
    Aim("ours: sql, never asked before", "hledger bal"),
)
"""What is compared; at other sizes than its own a comparison is shown without what is aimed at."""
