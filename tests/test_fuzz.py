"""Inputs that nobody would write: a short hunt in every target, and all inputs that once were read wrong.

The long hunt is `python -m fuzz all --runs 200000`.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from conftest import Tell

from fuzz import trying
from fuzz.hunting import Hunt, Wanted, hunt
from fuzz.mutating import LARGEST, mutated
from fuzz.promises import BrokenPromiseError, Came, fit_to_print, inside
from fuzz.shrinking import shrunk
from fuzz.targets import Target, names
from fuzz.trying import HangError, tried, twice
from fuzz.words import WORDS
from ledger.diagnostic import Place

ROOT = Path(__file__).parents[1]
CASES = sorted((ROOT / "tests" / "fuzz_cases").iterdir())
"""Inputs that once were read wrong, each named after its target and what it is."""

RUNS = 160
"""Enough for every kind of change of an input; `nox -s fuzz` hunts for as long as one likes."""

NOTHING = Came("", frozenset())


def fuzz(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A run of the package in a process of its own."""
    line = [sys.executable, "-m", *words]
    environment = os.environ | more
    return subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)


def hunted(target: str, failures: Path, hash_seed: str) -> dict[str, Any]:
    """What a short hunt came to, with sets in an order of their own."""
    asked = {"target": target, "runs": RUNS, "seconds": 600, "seed": 5, "failures": str(failures), "engine": "own"}
    done = fuzz("fuzz.worker", json.dumps(asked), PYTHONHASHSEED=hash_seed)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def test_every_target_of_the_issue_is_there() -> None:
    assert names() == ["check", "import", "reconcile", "scan", "terms"]


@pytest.mark.parametrize("target", names())
def test_no_input_breaks_a_promise_and_every_process_says_the_same(target: str, tmp_path: Path, tell: Tell) -> None:
    one, other = hunted(target, tmp_path, "1"), hunted(target, tmp_path, "2")
    assert one["faults"] == {}, [file.read_text(encoding="utf-8") for file in tmp_path.glob("*fault*.txt")]
    assert (one["inputs"], one["commands"]) == (RUNS, 20)
    assert one["digest"] == other["digest"]
    tell(f"fuzzing, {target}: {RUNS} inputs, 20 of them by command line too: 0 faults")


@pytest.mark.parametrize("target", names())
def test_what_once_was_read_wrong_is_not_so_again(target: str) -> None:
    cases = [case for case in CASES if case.name.startswith(f"{target}-")]
    if cases:
        done = fuzz("fuzz", target, "--replay", *map(str, cases))
        assert done.returncode == 0, done.stdout
        assert done.stdout.count("no fault\n") == 2 * len(cases)


def test_every_case_has_a_target() -> None:
    assert {case.name.partition("-")[0] for case in CASES} <= set(names())
    assert len(CASES) >= 4


def test_the_command_prints_a_table(tmp_path: Path) -> None:
    done = fuzz("fuzz", "terms", "--runs", "40", "--failures", str(tmp_path))
    assert done.returncode == 0, done.stderr
    heading, row = done.stdout.splitlines()
    assert heading.split() == [
        "target",
        "inputs",
        "by",
        "command",
        "line",
        "faults",
        "slowest,",
        "ms",
        "peak,",
        "MB",
        "inputs/s",
    ]
    assert row.split()[:4] == ["terms", "40", "20", "0"]
    assert "terms: 40 of 40 inputs" in done.stderr


# --- faults are noticed


@pytest.fixture
def alarm() -> Iterator[None]:
    """An alarm that ends a hang."""
    before = signal.signal(signal.SIGALRM, trying._hangs)
    yield
    signal.signal(signal.SIGALRM, before)


def goes_wrong(data: bytes) -> Came:
    return Came(data.decode("ascii"), frozenset())


def hangs(_: bytes) -> Came:
    while True:
        pass


def hungers(_: bytes) -> Came:
    return Came(str(len(b"x" * (trying.peak() + 2 * trying.GROWTH))), frozenset())


def forgets() -> Callable[[bytes], Came]:
    answers = iter("ab")
    return lambda _: Came(next(answers), frozenset())


@pytest.mark.usefixtures("alarm")
def test_an_error_is_a_fault_with_its_place() -> None:
    found = tried(goes_wrong, b"\xff").fault
    assert found is not None
    assert found.name == "UnicodeDecodeError in elsewhere"
    assert "in goes_wrong" in found.told


@pytest.mark.usefixtures("alarm")
def test_a_hang_is_ended_and_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "PATIENCE", 0.5)
    found = tried(hangs, b"")
    assert found.fault is not None
    assert found.fault.name == "HangError in elsewhere"
    assert found.seconds > 0.4


@pytest.mark.usefixtures("alarm")
def test_a_hunger_for_memory_is_a_fault() -> None:
    found = tried(hungers, b"").fault
    assert found is not None
    assert found.name.startswith("BrokenPromiseError: an input takes at most  MB more")


@pytest.mark.usefixtures("alarm")
def test_another_result_the_second_time_is_a_fault() -> None:
    found = tried(twice(forgets()), b"").fault
    assert found is not None
    assert found.name == "BrokenPromiseError: the same input comes to the same twice"
    assert tried(twice(lambda _: NOTHING), b"").fault is None


@pytest.mark.parametrize(
    "text", ["\x1b[31m", "\x00", "a\rb", "\u202e", "\u2028", "\ud800", "\u200b", "\x85"], ids=ascii
)
def test_what_steers_a_terminal_is_not_fit_to_print(text: str) -> None:
    with pytest.raises(BrokenPromiseError):
        fit_to_print("fine\n", text)


def test_text_in_any_language_is_fit_to_print() -> None:
    assert fit_to_print("å – 漢\u00a0😀\n", "x") == "å – 漢\u00a0😀\nx"


@pytest.mark.parametrize(
    "place",
    [
        Place("other", 1, 1, 2),
        Place("f", 0, 1, 2),
        Place("f", 3, 1, 2),
        Place("f", 1, 0, 1),
        Place("f", 1, 5, 6),
        Place("f", 1, 1, 6),
        Place("f", 1, 2, 2),
    ],
    ids=str,
)
def test_a_place_outside_its_file_is_noticed(place: Place) -> None:
    with pytest.raises(BrokenPromiseError):
        inside(place, {"f": ("abc", "")})


@pytest.mark.parametrize("place", [None, Place("f", 1, 1, 4), Place("f", 1, 4, 5), Place("f", 2, 1, 2)], ids=str)
def test_a_place_inside_its_file_is_let_pass(place: Place | None) -> None:
    inside(place, {"f": ("abc", "")})


def planted(attempt: Callable[[bytes], Came]) -> Target:
    return Target("planted", lambda: [b"one two", b"three\nfour"], attempt, lambda _: [])


@pytest.mark.usefixtures("alarm")
def test_a_hunt_finds_what_is_planted_and_keeps_it_small(tmp_path: Path) -> None:
    """Of inputs that fail in the same way two are kept, and all are counted."""

    def wrong(data: bytes) -> Came:
        if b"{" in data:
            raise ValueError(data)
        return NOTHING

    going = hunt(planted(wrong), Wanted("planted", 3000, 60, 1, tmp_path))
    assert going.inputs == 3000
    assert going.faults["ValueError in elsewhere"] > 10
    kept = [path for path in tmp_path.glob("planted-fault-*") if not path.suffix]
    assert [path.read_bytes() for path in kept] == [b"{"]
    assert "ValueError" in kept[0].with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("alarm")
def test_a_hunt_goes_on_after_a_hang(tmp_path: Path) -> None:
    def wrong(data: bytes) -> Came:
        if b"{" in data:
            raise HangError
        return NOTHING

    going = hunt(planted(wrong), Wanted("planted", 2000, 60, 1, tmp_path))
    assert going.inputs == 2000
    assert list(going.faults) == ["HangError in elsewhere"]
    assert not (tmp_path / "planted-now").exists()


@pytest.mark.usefixtures("alarm")
def test_what_makes_the_program_say_something_new_is_built_upon(tmp_path: Path) -> None:
    going = Hunt(planted(lambda data: Came("", frozenset({data.decode()}))), Wanted("planted", 10, 60, 1, tmp_path))
    assert [going.take(data) for data in (b"a", b"b", b"a")] == [True, True, False]
    going.end()


def test_an_input_is_made_as_small_as_it_fails() -> None:
    assert shrunk(b"some text { and } more\n" * 40, lambda data: data.count(b"{") >= 2) == b"{{"
    assert shrunk(b"", lambda _: True) == b""


def test_mutants_are_of_every_kind_and_not_too_long() -> None:
    chance = Random(1)
    made = [mutated(chance, b"a: 1\nb: [2, 3]\n", b"x: y\n") for _ in range(3000)]
    assert max(map(len, made)) <= LARGEST
    assert len(set(made)) > 2000
    assert sum(any(word in one for one in made) for word in WORDS) > 0.9 * len(WORDS)
    assert any(one.startswith(b"\xef\xbb\xbf") for one in made)
    assert any(b"\r\n" in one for one in made)
