"""A ledger checked file by file is what it is when all its files are read at once, whatever the files hold."""

import random
from pathlib import Path

import pytest
from msgspec.msgpack import encode
from msgspec.structs import replace

from ledger.book import Book
from ledger.cache.folder import put
from ledger.checks import load_checks
from ledger.incremental import Asked, Clock, check
from ledger.incremental.kept_results import Memory
from ledger.incremental.single_file import Piece
from ledger.incremental.whole_ledger import at_once
from ledger.incremental.workers import each

ROOT = Path(__file__).parent.parent
ASKED = Asked(today="2026-06-30")

REGISTERS = """\
ledger: {title: Two agencies}
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: agency}
  nck: {name: Nationellt centrum för kvinnofrid, kind: centre}
sources:
  bill: {title: Budget bill, kind: budget-bill, published: 2023-09-20}
  letter: {title: Letter, kind: letter}
goals:
  violence: {number: 6, name: Mäns våld mot kvinnor, valid_from: 2016-11}
"""


def lines(name: str, more: str = "", *, year: int = 2024, total: str = "3 tkr") -> str:
    """A file with one line of two parts; what is written beside its total comes from the case."""
    return f"""\
allocations:
  {name}:
    title: Stöd till jourer
    kind: grant
    year: {year}
    recipient: jamy
    source: bill
    total: {total}
    parts:
      north: {{kind: grant, title: Norr, total: 1 tkr, recipient: nck}}
      south: {{kind: grant, title: Söder, total: 2 tkr, source: letter}}
{more}"""


ANOTHER = "  {}: {{title: T, kind: grant, year: 2024, source: bill, {}}}\n"
CLAIM = "claims:\n  c: {{title: T, amount: {}, year: {}, source: bill{}}}\n"

CASES: dict[str, dict[str, str]] = {
    "quiet files": {"a": lines("a"), "b": lines("b"), "sub/c": lines("c")},
    "no registers": {"registers": "", "a": lines("a")},
    "no lines": {},
    "an empty file": {"a": "", "b": lines("b")},
    "a file of comments": {"a": "# nothing\n", "b": lines("b")},
    "a mismatch": {"a": lines("a", total="4 tkr"), "b": lines("b")},
    "a warning": {"a": lines("a").replace("    source: bill\n", ""), "b": lines("b")},
    "an accepted mismatch": {
        "a": lines("a", total="4 tkr").replace(
            "    parts:", "    accept: [{check: parts-mismatch, reason: R}]\n    parts:"
        ),
    },
    "an acceptance that ran out": {
        "a": lines("a", total="4 tkr").replace(
            "    parts:", "    accept: [{check: parts-mismatch, reason: R, until: 2025}]\n    parts:"
        ),
    },
    "an acceptance of no use": {
        "a": lines("a").replace("    parts:", "    accept: [{check: parts-mismatch, reason: R}]\n    parts:"),
    },
    "the same id in two files": {"a": lines("a"), "b": lines("a"), "c": lines("c")},
    "the same id in a file with a fault": {"a": lines("a", total="1,500 tkr"), "b": lines("a"), "c": lines("c")},
    "the same id with the registers": {"registers": REGISTERS + lines("a"), "b": lines("a"), "c": lines("c")},
    "a second breakdown elsewhere": {"a": lines("a"), "b": lines("b", ANOTHER.format("x", "of: a, total: 9 tkr"))},
    "a second breakdown that fits": {"a": lines("a"), "b": lines("b", ANOTHER.format("x", "of: a, total: 1 tkr"))},
    "a breakdown of a part elsewhere": {
        "a": lines("a"),
        "b": lines("b", ANOTHER.format("x", "of: a/north, total: 2 tkr")),
    },
    "a top-up that is a line elsewhere": {
        "a": lines("a", ANOTHER.format("x", "base: 1 tkr, total: 9 tkr, top_ups: [{line: b}]")),
        "b": lines("b"),
    },
    "rings through two files": {
        "a": lines("a", ANOTHER.format("x", "of: y, total: 1 tkr")),
        "b": lines("b", ANOTHER.format("y", "of: x, total: 1 tkr")),
    },
    "a ring in one file": {
        "a": lines("a", ANOTHER.format("x", "of: y, total: 1 tkr") + ANOTHER.format("y", "of: x, total: 1 tkr")),
        "b": lines("b"),
    },
    "registers that name a line elsewhere": {
        "registers": f"{REGISTERS}allocations:\n{ANOTHER.format('x', 'of: a, total: 9 tkr')}",
        "a": lines("a"),
    },
    "an unknown line": {"a": lines("a", ANOTHER.format("x", "of: bb, total: 1 tkr")), "b": lines("b")},
    "an unknown part": {"a": lines("a", ANOTHER.format("x", "of: b/nort, total: 1 tkr")), "b": lines("b")},
    "an unknown recipient": {"a": lines("a").replace("recipient: nck", "recipient: nkc"), "b": lines("b")},
    "an unknown source": {"a": lines("a").replace("source: letter", "source: lettre"), "b": lines("b")},
    "an unknown goal": {"a": lines("a", ANOTHER.format("x", "total: 1 tkr, goals: [violins]")), "b": lines("b")},
    "a goal outside its years": {"a": lines("a", year=2010).replace("    source", "    goals: [violence]\n    source")},
    "unused registers": {
        "a": lines("a").replace("source: letter", "source: bill").replace("recipient: nck", "note: n")
    },
    "a claim without terms": {"registers": REGISTERS + CLAIM.format("1 tkr", 2024, ""), "a": lines("a")},
    "a claim that holds": {
        "registers": REGISTERS + CLAIM.format("6 tkr", 2024, ", about: 'kind:grant', coverage: complete"),
        "a": lines("a"),
        "b": lines("b"),
        "c": lines("c", year=2023),
    },
    "a claim that is contradicted": {
        "registers": REGISTERS + CLAIM.format("5 tkr", 2024, ", about: 'kind:grant'"),
        "a": lines("a"),
        "b": lines("b"),
        "c": lines("c", year=2023),
    },
    "a claim about another year": {
        "registers": REGISTERS + CLAIM.format("2 tkr", 2024, ", about: 'kind:grant year:2023'"),
        "a": lines("a"),
        "c": lines("c", year=2023),
    },
    "a claim with a wrong term": {
        "registers": REGISTERS + CLAIM.format("2 tkr", 2024, ", about: 'kind:grnt'"),
        "a": lines("a"),
        "c": lines("c", year=2023),
    },
    "a claim in a file of lines": {
        "a": lines("a"),
        "b": lines("b", CLAIM.format("1 tkr", 2024, ", about: 'kind:grant'")),
    },
    "a fault in one file": {"a": lines("a", total="1,500 tkr"), "b": lines("b", total="4 tkr"), "c": lines("c")},
    "a fault in the registers": {"registers": REGISTERS.replace("kind: centre", "kid: centre"), "a": lines("a")},
    "broken YAML": {"a": lines("a") + "  : [", "b": lines("b", total="4 tkr")},
    "an unknown top-level key": {"a": lines("a") + "claim:\n  x: 1\n", "b": lines("b")},
    "a key twice": {"a": lines("a") + lines("b"), "c": lines("c")},
    "an alias": {"a": lines("a").replace("total: 3 tkr", "total: *t"), "b": lines("b")},
    "another currency": {
        "registers": REGISTERS.replace("{title: Two agencies}", "{title: T, currency: EUR}"),
        "a": lines("a").replace(" tkr", " million EUR"),
        "b": lines("b"),
    },
    "registers behind an indented root": {
        "a": lines("a", ANOTHER.format("x", "total: 1 tkr, recipient: far")),
        "z": "  agencies:\n    far: {name: Far, kind: agency}\n  ledger: {currency: EUR}\n",
    },
    "registers inside a quoted text at the margin": {
        "a": lines("a"),
        "z": '  note: "x\nallocations:"\n  ledger: {currency: EUR}\n',
    },
    "registers in a flow mapping": {
        "a": lines("a", ANOTHER.format("x", "total: 1 tkr, recipient: far")),
        "z": "{agencies: {far: {name: Far, kind: agency}}}\n",
    },
    "registers behind bare carriage returns": {
        "registers": REGISTERS.replace("ledger: {title: Two agencies}\n", ""),
        "a": lines("a", ANOTHER.format("x", "total: 1 tkr, recipient: far")),
        "z": lines("z").replace("\n", "\r") + "agencies:\r  far: {name: Far, kind: agency}\rledger: {currency: EUR}\r",
    },
    "lines that end as on Windows": {
        "a": lines("a").replace("\n", "\r\n"),
        "b": lines("b", total="4 tkr").replace("\n", "\r\n"),
    },
    "a byte order mark": {"a": "\ufeff" + lines("a"), "b": lines("b")},
    "a period": {"a": lines("a").replace("year: 2024", "year: 2022-2024"), "b": lines("b")},
    "an id that is no id": {"a": lines("a").replace("  a:", "  a b:"), "b": lines("b")},
    "an entry that is no mapping": {"a": lines("a") + "  x: 3\n", "b": lines("b")},
    "lines that are a list": {"a": "allocations:\n  - x\n", "b": lines("b")},
}


def ledger(folder: Path, files: dict[str, str]) -> Path:
    data = folder / "data"
    data.mkdir()
    for name, text in ({"registers": REGISTERS} | files).items():
        file = data / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return data


def assert_same(data: Path, asked: Asked = ASKED) -> None:
    assert check(data, asked) == at_once(data, asked)


@pytest.mark.parametrize("case", CASES)
def test_file_by_file_is_as_at_once(case: str, tmp_path: Path) -> None:
    data = ledger(tmp_path, CASES[case])
    assert_same(data)
    assert_same(data, replace(ASKED, select=("parts-mismatch", "unused-source")))
    assert_same(data, replace(ASKED, ignore=("parts-mismatch", "unused-agency")))
    assert_same(data, replace(ASKED, select=("parts-exceed-total", "decided-outside-year")))
    assert_same(data, replace(ASKED, select=("no-such-check",)))


def test_the_cases_find_something(tmp_path: Path) -> None:
    """So that the two ways could differ."""
    found: set[str] = set()
    for number, files in enumerate(CASES.values()):
        (tmp_path / str(number)).mkdir()
        found |= {one.check for one in at_once(ledger(tmp_path / str(number), files), ASKED).outcome.diagnostics}
    ids = {check.id for check in load_checks()} | {
        "bad-amount",
        "duplicate-key",
        "syntax",
        "unknown-field",
        "unsafe-yaml",
    }
    assert ids - found <= {
        "bad-org-number",
        "decided-outside-year",
        "restatement-conflict",
        "total-mismatch",
        "year-mismatch",
    }


def test_the_shipped_data_is_the_same_too() -> None:
    assert_same(ROOT / "data")


@pytest.mark.parametrize("seed", range(12))
def test_a_ledger_of_many_kinds_of_files_is_as_at_once(seed: int, tmp_path: Path) -> None:
    """Cases put together: what is quiet beside one file need not be so beside another."""
    chance = random.Random(seed)
    files: dict[str, str] = {}
    for case in chance.sample(list(CASES), 4):
        for name, text in CASES[case].items():
            files[name if name == "registers" else f"{name}{chance.randrange(3)}"] = text
    assert_same(ledger(tmp_path, files))


@pytest.mark.parametrize("case", ["quiet files", "a mismatch", "an unknown recipient", "a goal outside its years"])
def test_what_is_remembered_changes_nothing(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LEDGER_CACHE", "1")
    data = ledger(tmp_path, CASES["quiet files"])
    remembering = replace(ASKED, keep=True)
    assert check(data, remembering) == at_once(data, ASKED)
    for name, text in CASES[case].items():
        (data / f"{name}.yaml").write_text(text, encoding="utf-8")
    for _ in range(2):
        assert check(data, remembering) == at_once(data, ASKED)
    (data / "registers.yaml").write_text(REGISTERS.replace("2016-11", "2025"), encoding="utf-8")
    assert check(data, remembering) == at_once(data, ASKED)


def test_only_what_changed_is_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    data = ledger(tmp_path, CASES["quiet files"])
    assert [looked_at(data), looked_at(data)] == [3, 0]
    (data / "a.yaml").write_text(lines("a2"), encoding="utf-8")
    assert [looked_at(data), looked_at(data)] == [1, 0]
    (data / "sub" / "c.yaml").unlink()
    (data / "d.yaml").write_text(lines("c"), encoding="utf-8")
    assert looked_at(data) == 0, "the same bytes under another name"
    agencies = REGISTERS.replace("agencies:", "agencies:\n  far: {name: Far, kind: agency}")
    (data / "registers.yaml").write_text(agencies, encoding="utf-8")
    assert looked_at(data) == 0, "nobody is read by an agency"
    (data / "registers.yaml").write_text(REGISTERS.replace("2016-11", "2017"), encoding="utf-8")
    assert looked_at(data) == 3, "but by the years of a goal"


def looked_at(data: Path) -> int:
    """How many files a run looked at by themselves."""
    asked = replace(ASKED, keep=True, clock=Clock())
    check(data, asked)
    [number] = [int(what.split()[1]) for what, _ in asked.clock.notes if what.startswith("checking")]
    return number


def test_two_processes_make_what_one_makes() -> None:
    told: list[int] = []
    made = each(list(range(20)), lambda number: (number, "å"), list[tuple[int, str]], told.append, few=2)
    assert made == [(number, "å") for number in range(20)]
    assert sum(told) >= 20
    assert each([], str, list[str], few=0) == []


def test_a_fault_in_the_second_process_is_met_in_the_first() -> None:
    def work(number: int) -> int:
        if number == 19:
            raise ZeroDivisionError
        return number

    with pytest.raises(ZeroDivisionError):
        each(list(range(20)), work, list[int], few=2)


@pytest.mark.parametrize("data", [None, 3, [], [1], ["1", 2, [], [], [], [], [], []], [1, 2, [], [3], [], [], [], []]])
def test_what_is_no_piece_is_not_remembered_as_one(
    data: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    memory = Memory(tmp_path, Book(), on=True)
    piece = Piece(3, 4, (2023, 2024), ("a",), ("b/c",), ("jamy",), ("bill",), ())
    memory.keep({"a": piece})
    assert memory.recall() == {"a": piece}
    [file] = (tmp_path / "cache/gender-budget-ledger").iterdir()
    put(file.name, encode({"a": data}))
    assert memory.recall() == {}
