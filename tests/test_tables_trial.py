"""How well tables of others are read: a sample that somebody labelled who had not read the readers, told at the end.

`facts/tables/` are the files, `facts/tables.jsonl` says of each what a careful analyst would take from it: figures by year,
or that the whole is to be refused; `may_refuse` and `also_right` say what else is right.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from conftest import Tell

from ledger.money import Interval
from ledger.statements import Asked, Statement, read_statement
from ledger.statements.running_text import mentions

FACTS = Path(__file__).parent / "facts"
Figure = tuple[str | None, int | None, int | None]
"""Year, where the reader tells it, and limits in öre."""


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FACTS / "tables.jsonl").read_text(encoding="utf-8").splitlines()]


def ore(plain: str | None) -> int | None:
    if plain is None:
        return None
    whole, _, decimals = plain.lstrip("-").partition(".")
    return int(f"{whole}{decimals:0<2}") * (-1 if plain.startswith("-") else 1)


def labelled(case: dict[str, Any], key: str) -> Counter[Figure]:
    scan = case["how"] == "scan"
    return Counter((None if scan else one["year"], ore(one["low"]), ore(one["high"])) for one in case.get(key, ()))


def read(case: dict[str, Any]) -> tuple[Counter[Figure], int] | None:
    """The figures that are read, and how many are named as not read; nothing of a document that is refused."""
    data = (FACTS / "tables" / case["file"]).read_bytes()
    if case["how"] == "scan":
        found = [one.found for one in mentions([data], case["file"])]
        limits = [one.interval or Interval(None, None) for one in found]
        taken = [(None, one.low, one.high) for one in limits if one != Interval(None, None)]
        return Counter(taken), len(found) - len(taken)
    statement = read_statement(data, case["file"], Asked(unit=case["unit"]))
    if not isinstance(statement, Statement):
        return None
    figures = [
        (row.years, one.interval.low, one.interval.high) for row in statement.rows for one in row.figures.values()
    ]
    faults = sum(len(row.unread) + len(row.faults) for row in statement.rows)
    return Counter(figures), faults + len(statement.unread) + len(statement.faults)


def test_nothing_is_read_otherwise_than_a_careful_analyst_would(tell: Tell) -> None:
    wanted = named = reported = right = 0
    for case in cases():
        came = read(case)
        expected = labelled(case, "expected")
        if came is None:
            dull = not (case.get("whole_refused") or case.get("may_refuse"))
            wanted, named = wanted + dull * expected.total(), named + dull * expected.total()
            continue
        figures, unread = came
        best = min((expected, labelled(case, "also_right") or expected), key=lambda one: (figures - one).total())
        missed = (best - figures).total()
        wanted, reported = wanted + best.total(), reported + figures.total()
        right += (figures & best).total()
        named += best.total() - missed + min(missed, unread)
        if figures - best or missed > unread:
            tell(f"  {case['id']}: read otherwise {figures - best}, missed {best - figures}: {case['kind']}")
    tell(f"labelled tables: right {right} of {reported} that are read, found or named {named} of {wanted}")
    assert right == reported
    assert named * 100 >= 98 * wanted


def test_the_sample_is_whole() -> None:
    """Every file has a label, and every label a file."""
    files = [case["file"] for case in cases()]
    assert sorted(files) == sorted(path.name for path in (FACTS / "tables").iterdir())
    assert len(files) == len(set(files)) == 90
