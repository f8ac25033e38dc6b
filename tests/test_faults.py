"""Faults from outside: whatever happens to a run, no file is lost or half-written, and the next run is right."""

import math
import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from conftest import Tell
from faults import Ask, Came, Run, serving
from forked import environment
from letters import LETTER_2021
from running import CLEAN, PROGRAM, ledger

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no fork, and other faults")

TEMPORARY = ".ledger-"
"""What the names of temporary files and folders begin with."""

SPREAD = {
    "data/lines.yaml": """\
allocations:
  shelters-2021: {title: Stöd till jourer, kind: grant, year: 2021, recipient: jamy, source: bill, base: 58 mnkr}
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: agency}
""",
    "data/sources.yaml": "sources:\n  bill: {title: Budget bill, kind: budget-bill, published: 2020-09-20}\n",
}
"""Lines and agencies in one file, sources in another: an import changes both."""


@dataclass(frozen=True)
class Work:
    """A command that writes, and what there is before.

    With `older` that is also what the same command made of an older ledger. With `cached` the cache is on.
    """

    words: str
    files: Mapping[str, str] = field(default_factory=lambda: {"data/ledger.yaml": CLEAN.replace("58", "59")})
    older: bool = False
    cached: bool = False

    def prepare(self, folder: Path, ask: Ask) -> Path:
        """A folder that is ready for the command."""
        folder.mkdir()
        for name, text in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        if self.older:
            assert ask(self.run(folder)).status == 0
            (folder / "data/ledger.yaml").write_text(CLEAN, encoding="utf-8")
        return folder

    def run(self, folder: Path) -> Run:
        settings = {"LEDGER_CACHE": "1", "XDG_CACHE_HOME": str(folder / "cache")} if self.cached else {}
        return Run(tuple(self.words.split()), str(folder), settings)


EMPTY = {"new/.git/HEAD": "ref: refs/heads/main\n"}
WORKS = {
    "export-csv": Work("export -f csv -o out", older=True),
    "export-xlsx": Work("export -f xlsx -o out"),
    "export-sqlite": Work("export -f sqlite -o out", older=True),
    "export-parquet": Work("export -f parquet-by-year -o out", older=True),
    "export-package": Work("export -f datapackage -o out", older=True),
    "export-package-new": Work("export -f datapackage -o out"),
    "import": Work("import letter.txt", {"data/ledger.yaml": CLEAN, "letter.txt": LETTER_2021}),
    "import-spread": Work("import letter.txt", SPREAD | {"letter.txt": LETTER_2021}),
    "report": Work("report 2024 --today 2024-06-30 -o out", older=True),
    "add": Work("add top-up shelters-2021 1,5 mnkr --decided 2021-06 --source bill", SPREAD),
    "init": Work("init new", {}),
    "init-repository": Work("init new", EMPTY),
    "cache-check": Work("check", cached=True, files={"data/ledger.yaml": CLEAN}),
    "cache-summary": Work("summary 2024", cached=True),
    "cache-sql": Work("sql SELECT(1)", cached=True),
}


OUTPUTS = [name for name, work in WORKS.items() if not work.cached]
CACHES = [name for name, work in WORKS.items() if work.cached]
EACH = "export-csv export-parquet export-package import-spread add init-repository cache-check cache-sql"
"""One work for every way of writing."""


def these(now: str, among: Iterable[str] = tuple(WORKS)) -> list[ParameterSet]:
    """Works, of which only some are tried now; the others too in a campaign."""
    return [pytest.param(name, marks=[] if name in now.split() else [pytest.mark.campaign]) for name in among]


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    with serving() as asked:
        yield asked


def files(folder: Path) -> dict[str, bytes]:
    """Every file that is nobody's temporary one, and no part of the cache."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not is_passing(name)}


def is_passing(name: str) -> bool:
    return any(part.startswith(TEMPORARY) for part in name.split("/")) or name.startswith("cache/")


def temporary(folder: Path) -> list[str]:
    """What a run left behind, in the cache too."""
    found = (path.relative_to(folder) for path in folder.rglob(".*"))
    return sorted(
        path.as_posix()
        for path in found
        if path.name.startswith((TEMPORARY, ".answer", ".opened", ".pieces", ".tables"))
    )


@dataclass(frozen=True)
class Case:
    """A work prepared, its files before, and how it ends when nothing happens, in files and in words."""

    work: Work
    ready: Path
    before: dict[str, bytes]
    whole: dict[str, bytes]
    came: Came

    def fresh(self, folder: Path) -> Path:
        """A copy of what is ready, as the only thing in a folder."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.ready, folder)
        return folder


def case(name: str, folder: Path, ask: Ask) -> Case:
    work = WORKS[name]
    ready = work.prepare(folder / "ready", ask)
    done = Path(shutil.copytree(ready, folder / "done"))
    came = ask(work.run(done))
    assert came.status == 0, came.errors
    assert temporary(done) == []
    whole = files(done)
    assert whole != files(ready) or name.startswith("cache")
    return Case(work, ready, files(ready), whole, came)


def assert_survived(one: Case, folder: Path, ask: Ask, seen: set[str]) -> None:
    """Every file is the old or the new one, the ledger can be checked, and the same command brings the whole.

    What follows from a state of the files that is `seen` already is known.
    """
    found = files(folder)
    for name in one.before.keys() | one.whole.keys() | found.keys():
        assert found.get(name) in (one.before.get(name), one.whole.get(name)), name
    out = [{name: text for name, text in every.items() if "out/" in name} for every in (found, one.before, one.whole)]
    assert out[0] in out[1:], "a folder is half the old and half the new"
    left = [re.sub("[0-9a-f]{16}", "", name) for name in temporary(folder)]
    state = repr((found, left))
    if state in seen:
        return
    seen.add(state)
    if one.work.words.startswith(("add", "import")):
        checked = ask(Run(("check",), str(folder)))
        assert checked.status in (0, 1), checked.errors
        assert "fault of the program" not in checked.errors
    again = ask(one.work.run(folder))
    complete = one.work.words.startswith("init") and found == one.whole
    assert again.status == 0 or (complete and "is not empty" in again.errors), again.errors
    assert files(folder) == one.whole
    if one.work.cached:
        assert (again.output, again.errors) == (one.came.output, one.came.errors)


# --- killed


KILL = ("signal", str(int(signal.SIGKILL)))


@pytest.mark.parametrize("name", these(EACH))
def test_a_run_killed_before_any_of_its_steps_loses_nothing(name: str, tmp_path: Path, ask: Ask, tell: Tell) -> None:
    """Also between the renames of an import that changes several files, and of a folder that takes another's place."""
    one = case(name, tmp_path, ask)
    seen: set[str] = set()
    for number, step in enumerate(one.came.steps, 1):
        folder = one.fresh(tmp_path / "place")
        came = ask(replace(one.work.run(folder), at=number, do=KILL))
        assert came.status == -signal.SIGKILL, (number, step)
        assert_survived(one, folder, ask, seen)
    tell(f"faults: {len(one.came.steps)} kills, one before each step of {name}, lost or half-written files: 0")


@pytest.mark.parametrize("name", these("export-csv export-package import-spread cache-check"))
def test_nor_does_one_that_dies_in_the_middle_of_writing(name: str, tmp_path: Path, ask: Ask) -> None:
    """Of a file that grows over the limit the system takes what fits, and then ends the process."""
    one = case(name, tmp_path, ask)
    sizes = sorted({len(text) for key, text in one.whole.items() if one.before.get(key) != text} or {400})
    seen: set[str] = set()
    died = 0
    for size in {0, 1, sizes[0] - 1, sizes[-1] // 2, sizes[-1] - 1}:
        folder = one.fresh(tmp_path / "place")
        came = ask(replace(one.work.run(folder), file_size=size, dies_of_it=True))
        died += came.status == -signal.SIGXFSZ
        assert_survived(one, folder, ask, seen)
    assert died > 1


def killed_at_moments(one: Case, number: int, seed: str, folder: Path, ask: Ask) -> tuple[int, int]:
    """Runs of the installed program killed, each at a moment between its begin and its end; and those that were quicker."""
    random_ = random.Random(seed)
    killed, tries = 0, 0
    seen: set[str] = set()
    took = timed(one.work.run(one.fresh(folder)), None)[1]
    while killed < number and tries < 2 * number:
        moment = random_.uniform(*((0, 1) if tries % 2 else (0.75, 1.02)))  # it is in its last quarter that it writes
        status, lasted = timed(one.work.run(one.fresh(folder)), took * moment)
        took = lasted if status == 0 else took
        killed, tries = killed + (status == -signal.SIGKILL), tries + 1
        assert_survived(one, folder, ask, seen)
    return killed, tries - killed


def timed(run: Run, killed_after: float | None) -> tuple[int, float]:
    """The status of a real run of the program, and how many seconds it took."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [PROGRAM, *run.words],
        cwd=run.folder,
        env=environment(**run.settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(killed_after)
    except subprocess.TimeoutExpired:
        process.kill()
    return process.wait(), time.monotonic() - begun


@pytest.mark.parametrize("name", ["export-parquet", "import-spread", "add"])
def test_nor_does_one_killed_at_any_moment(name: str, tmp_path: Path, ask: Ask, tell: Tell) -> None:
    killed, _ = killed_at_moments(case(name, tmp_path, ask), 4, name, tmp_path / "place", ask)
    tell(f"faults: {killed} kills at random moments of {name}, lost or half-written files: 0")


@pytest.mark.campaign
@pytest.mark.parametrize("name", WORKS)
def test_nor_does_one_of_hundreds_killed_at_any_moment(name: str, tmp_path: Path, ask: Ask, tell: Tell) -> None:
    """200 of every kind of work, if FAULTS says nothing else."""
    kind = name.partition("-")[0]
    number = math.ceil(int(os.environ.get("FAULTS", "200")) / sum(one.startswith(kind) for one in WORKS))
    killed, quicker = killed_at_moments(case(name, tmp_path, ask), number, name, tmp_path / "place", ask)
    tell(
        f"faults: {killed} kills at random moments of {name} ({quicker} runs were quicker), lost or half-written files: 0"
    )


# --- a full disk, and places where nobody may write


def said_of(came: Came, reason: str) -> None:
    """The last line names the file and the reason, and the status is 2."""
    *_, last = came.errors.splitlines()
    temporary_one = r"cannot go on: no usable temporary directory found in .*|parquet needs a temporary file, .*"
    named = rf"cannot write '\S+': {reason}(; nothing is changed)?"
    assert re.fullmatch(rf"ledger: ({named}|{temporary_one})", last), came.errors
    assert (came.status, came.output) == (2, "")


@pytest.mark.parametrize("name", these(f"{EACH} report init", OUTPUTS))
def test_on_a_full_disk_a_command_says_so_and_leaves_all_as_it_was(name: str, tmp_path: Path, ask: Ask) -> None:
    """The limit of a file's size stands for the end of the disk."""
    one = case(name, tmp_path, ask)
    folder = one.fresh(tmp_path / "place")
    came = ask(replace(one.work.run(folder), file_size=200))
    said_of(came, "file too large")
    assert (files(folder), temporary(folder)) == (one.before, [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
@pytest.mark.parametrize("words", ["export", "export -f xlsx", "report", "check -f json", "sql --schema", "schema"])
def test_a_device_that_is_full_is_named(words: str, tmp_path: Path, ask: Ask) -> None:
    into = "/dev/full" if words == "schema" else "-o /dev/full"
    came = ask(Run((*words.split(), *into.split()), str(place_of(tmp_path / "place"))))
    said_of(came, "no space left on device")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k,mode=755", "tmpfs", place], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("only root can make a small disk")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.parametrize("name", ["export-csv", "export-package", "report", "add", "import", "init", "cache-check"])
def test_a_disk_that_is_really_full_is_named_with_the_file(
    name: str, small_disk: Path, tmp_path: Path, ask: Ask
) -> None:
    one = case(name, tmp_path, ask)
    folder = one.fresh(small_disk / "place")
    with suppress(OSError), (small_disk / "much").open("wb", buffering=0) as much:
        while much.write(b"x" * 4096):
            pass
    came = ask(one.work.run(folder))
    assert (files(folder), temporary(folder)) == (one.before, [])
    if one.work.cached:
        assert (came.status, came.output, came.errors) == (0, one.came.output, one.came.errors)
        return
    said_of(came, "no space left on device")


@pytest.mark.parametrize("name", these(f"{EACH} report init", OUTPUTS))
def test_where_nobody_may_write_a_command_says_so(name: str, tmp_path: Path, ask: Ask) -> None:
    one = case(name, tmp_path, ask)
    folder = one.fresh(tmp_path / "place")
    for place in (folder, *folder.rglob("*")):
        place.chmod(0o555 if place.is_dir() else 0o444)
    came = ask(replace(one.work.run(folder), powerless=True))
    for place in (folder, *folder.rglob("*")):
        place.chmod(0o755)
    said_of(came, "permission denied")
    assert (files(folder), temporary(folder)) == (one.before, [])


@pytest.mark.parametrize("name", ["cache-check", "cache-summary"])
def test_a_home_that_may_not_be_written_costs_only_time(name: str, tmp_path: Path, ask: Ask) -> None:
    one = case(name, tmp_path, ask)
    folder = one.fresh(tmp_path / "place")
    folder.chmod(0o555)
    for _ in range(2):
        came = ask(replace(one.work.run(folder), powerless=True))
        assert (came.status, came.output, came.errors) == (0, one.came.output, one.came.errors)
    folder.chmod(0o755)
    assert not (folder / "cache").exists()


# --- a ledger that changes while it is read

OTHER = CLEAN.replace("58 mnkr", "59 mnkr").replace("45 mnkr", "46 mnkr")
READERS = {
    "check": "check --data data",
    "report": "report 2024 --today 2024-06-30 --data data",
}
CHANGES = {
    "changed": ("write", "data/ledger.yaml", OTHER),
    "broken": ("write", "data/ledger.yaml", "allocations: ["),
    "replaced": ("swap", "data/ledger.yaml", "other.yaml"),
    "gone": ("remove", "data/ledger.yaml"),
    "a-folder": ("folder", "data/ledger.yaml"),
    "a-pipe": ("pipe", "data/ledger.yaml"),
    "all-gone": ("remove", "data"),
}


def place_of(folder: Path, text: str = CLEAN) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    ledger(folder, text)
    (folder / "other.yaml").write_text(OTHER, encoding="utf-8")
    return folder


def answered(came: Came) -> tuple[int, str, str]:
    return came.status, came.output, came.errors


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("words", READERS)
def test_a_ledger_that_changes_while_it_is_read_gives_no_third_answer(
    words: str, change: str, tmp_path: Path, ask: Ask
) -> None:
    """It is answered as before, or as after, or not at all; and nothing wrong is kept for the next time."""
    folder = tmp_path / "place"
    command = tuple(shlex.split(READERS[words]))
    cached = {"LEDGER_CACHE": "1", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    before = ask(Run(command, str(place_of(folder))))
    ask(Run(command, str(folder), at=1, do=CHANGES[change]))
    after = ask(Run(command, str(folder)))
    for number in range(1, len(before.steps) + 1):
        came = ask(Run(command, str(place_of(folder)), cached, at=number, do=CHANGES[change]))
        if answered(came) not in (answered(before), answered(after)):
            assert came.status in ((1, 2) if words == "check" else (2,)), came
            assert "fault of the program" not in came.errors
            assert "data" in came.errors
        if list((tmp_path / "cache").glob("*/*")):
            assert answered(ask(Run(command, str(folder), cached))) == answered(after), (number, came)
        shutil.rmtree(tmp_path / "cache", ignore_errors=True)


STRANGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "a-pipe": (os.mkfifo, "not a regular file"),
    "a-device": (lambda path: path.symlink_to("/dev/zero"), "not a regular file"),
    "a-loop": (lambda path: path.symlink_to(path.name), "too many levels of symbolic links"),
    "a-dead-link": (lambda path: path.symlink_to("nowhere"), "no such file or directory"),
    "an-unreadable-file": (lambda path: path.touch(0o000), "permission denied"),
}


@pytest.mark.parametrize("what", STRANGE)
def test_what_is_no_file_is_named_and_not_waited_for(what: str, tmp_path: Path, ask: Ask) -> None:
    make, reason = STRANGE[what]
    place = place_of(tmp_path / "place")
    make(place / "data/x.yaml")
    for words, status in (("check", 1), ("summary", 2), ("export", 2), ("report", 2)):
        came = ask(Run((words, "--data", "data"), str(place), powerless=True))
        assert (came.status, came.output) == (status, "" if status == 2 else came.output)
        assert f"data/x.yaml:1:1: error[syntax] cannot be read: {reason}" in came.output + came.errors
    asked = ask(
        Run(("",), str(place), {"_LEDGER_COMPLETE": "complete_bash", "COMP_WORDS": "ledger show s", "COMP_CWORD": "2"})
    )
    assert asked.output.startswith("shelters-2024"), "completion does not wait either"


def test_a_pipe_in_the_cache_is_not_waited_for(tmp_path: Path, ask: Ask) -> None:
    one = case("cache-check", tmp_path, ask)
    folder = one.fresh(tmp_path / "place")
    for _ in range(2):
        came = ask(one.work.run(folder))
        assert answered(came) == answered(one.came)
        for file in (folder / "cache/gender-budget-ledger").iterdir():
            file.unlink()
            os.mkfifo(file)


# --- many open files


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of more files than a process may usually have open."""
    place = tmp_path_factory.mktemp("large")
    data = ledger(place)
    for number in range(1_100):
        (data / f"{number:04}.yaml").write_text(
            f"allocations:\n  l{number}: {{title: T, kind: grant, year: 2023, recipient: jamy, source: bill, total: 1 kr}}\n"
        )
    return place


@pytest.mark.parametrize(
    ("words", "limit", "opened"), [("check", 16, 0), ("export -f csv -o out", -1, 1_000)], ids=["few-left", "many-open"]
)
def test_a_thousand_files_need_few_descriptors(words: str, limit: int, opened: int, large: Path, ask: Ask) -> None:
    came = ask(Run(tuple(words.split()), str(large), open_files=limit, opened=opened))
    assert came.status == 0
    if words == "check":
        assert came.errors.endswith("1101 files, 1103 lines, 1103 figures, 1 source: clean\n")
    else:
        assert (large / "out").read_text(encoding="utf-8").count("\n") == 1 + 1103


def test_without_a_descriptor_left_it_is_said(tmp_path: Path, ask: Ask) -> None:
    """The limit leaves room for the streams alone."""
    came = ask(Run(("check", "--data", "data"), str(place_of(tmp_path / "place")), open_files=3))
    assert came.status == 2
    assert "too many open files" in came.errors
    assert "fault of the program" not in came.errors


# --- two at once


def add(amount: str) -> tuple[str, ...]:
    return ("add", "top-up", "shelters-2021", *amount.split(), "--decided", "2021-06", "--source", "bill")


def spread(folder: Path, **more: str) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in (SPREAD | more).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("second", ["3 tkr", "5 tkr"], ids=["the-same", "another"])
def test_of_two_that_add_none_is_lost_and_none_is_there_twice(
    second: str, tmp_path: Path, ask: Ask, tell: Tell
) -> None:
    """The second run takes place whole, before any step of the first. Who is not first says so and writes nothing."""
    folder = tmp_path / "place"
    steps = ask(Run(add("3 tkr"), str(spread(folder)))).steps
    refused = 0
    for number in range(1, len(steps) + 1):
        came = ask(Run(add("3 tkr"), str(spread(folder)), at=number, do=("second", *add(second))))
        assert came.other is not None
        status, said = came.other
        assert {came.status, status} <= {0, 2}
        refused += 2 in (came.status, status)
        if came.status or status:
            assert re.search("meanwhile|writes there just now", came.errors if came.status else said)
        there = (folder / "data/lines.yaml").read_text(encoding="utf-8")
        added = {amount for amount, ended in (("3 tkr", came.status), (second, status)) if ended == 0}
        assert [there.count(f"amount: {amount},") for amount in ("3 tkr", "5 tkr")] == [
            int(amount in added) for amount in ("3 tkr", "5 tkr")
        ]
        assert temporary(folder) == []
    assert 0 < refused < len(steps)
    tell(f"faults: {len(steps)} pairs of runs of add at once, {refused} refused, top-ups lost: 0")


OTHER_LETTER = LETTER_2021.replace("3:1", "2:1").replace("A2021/01302", "A2021/09999")


def test_of_two_that_import_none_is_lost(tmp_path: Path, ask: Ask, tell: Tell) -> None:
    folder = tmp_path / "place"
    more = {"one.txt": LETTER_2021, "other.txt": OTHER_LETTER}
    steps = ask(Run(("import", "one.txt"), str(spread(folder, **more)))).steps
    seen: set[str] = set()
    for number in range(1, len(steps) + 1):
        run = Run(("import", "one.txt"), str(spread(folder, **more)), at=number, do=("second", "import", "other.txt"))
        came = ask(run)
        assert came.other is not None
        assert {came.status, came.other[0]} <= {0, 2}
        state = repr(files(folder))
        if state in seen:
            continue
        seen.add(state)
        for name in ("one.txt", "other.txt"):
            assert ask(Run(("import", name), str(folder))).status == 0, number
        lines = (folder / "data/lines.yaml").read_text(encoding="utf-8")
        assert [len(re.findall(f"code: UO13 {code}", lines)) for code in ("3:1", "2:1")] == [1, 1], (number, lines)
        assert ask(Run(("check",), str(folder))).status == 0
    tell(f"faults: {len(steps)} pairs of imports at once, lines lost or there twice: 0")


@pytest.mark.parametrize(
    "name", these("export-csv export-package", ["export-csv", "export-package", "export-package-new", "report"])
)
def test_of_two_that_write_one_file_the_last_is_there_whole(name: str, tmp_path: Path, ask: Ask) -> None:
    one = case(name, tmp_path, ask)
    other = (*one.work.words.split(), "not:id:shelters-2024/north")
    folder = one.fresh(tmp_path / "place")
    assert ask(replace(one.work.run(folder), words=other)).status == 0
    wholes = [one.whole, files(folder)]
    assert wholes[0] != wholes[1]
    for number in range(1, len(one.came.steps) + 1):
        came = ask(replace(one.work.run(one.fresh(folder)), at=number, do=("second", *other)))
        assert came.other is not None
        assert files(folder) in wholes
        assert came.status == 0 or re.search("cannot write 'out': directory not empty", came.errors)
        assert (came.other[0], temporary(folder)) == (0, [])


@pytest.mark.parametrize("name", these("cache-check", CACHES))
def test_of_two_that_share_a_cache_both_are_right(name: str, tmp_path: Path, ask: Ask) -> None:
    one = case(name, tmp_path, ask)
    for number in range(1, len(one.came.steps) + 1):
        run = one.work.run(one.fresh(tmp_path / "place"))
        came = ask(replace(run, at=number, do=("second", *run.words)))
        assert answered(came) == answered(one.came)
        assert came.other is not None
        assert (came.other[0], sorted(came.other[1])) == (0, sorted(one.came.output + one.came.errors))
        assert answered(ask(run)) == answered(one.came)


@pytest.mark.parametrize("words", ["check", "summary 2021"])
def test_who_reads_while_another_adds_sees_the_old_or_the_new(words: str, tmp_path: Path, ask: Ask) -> None:
    folder = tmp_path / "place"
    run = Run(
        tuple(words.split()), str(spread(folder)), {"LEDGER_CACHE": "1", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    )
    before = ask(replace(run, settings={}))
    assert ask(Run(add("3 tkr"), str(folder))).status == 0
    after = ask(replace(run, settings={}))
    for number in range(1, len(before.steps) + 1):
        spread(folder)
        came = ask(replace(run, at=number, do=("second", *add("3 tkr"))))
        assert answered(came) in (answered(before), answered(after))
        assert answered(ask(run)) == answered(after)


def test_real_runs_of_add_at_once_lose_nothing(tmp_path: Path) -> None:
    folder = spread(tmp_path / "place")
    amounts = [f"{number} kr" for number in range(3, 8)]
    started = [
        subprocess.Popen([PROGRAM, *add(amount)], cwd=folder, env=environment(), stdout=-3, stderr=-1, encoding="utf-8")
        for amount in amounts
    ]
    said = [one.communicate()[1] for one in started]
    ended = [one.returncode for one in started]
    assert 0 in ended
    assert set(ended) <= {0, 2}
    there = (folder / "data/lines.yaml").read_text(encoding="utf-8")
    assert [f"amount: {amount}," in there for amount in amounts] == [status == 0 for status in ended]
    assert all(re.search("meanwhile|just now", words) for words, status in zip(said, ended, strict=True) if status)


ADDING = "add top-up shelters-2024 3 tkr --decided 2024-06 --source bill --force"


@pytest.mark.parametrize(
    ("words", "change"),
    [
        *((ADDING, change) for change in ("changed", "gone", "a-pipe")),
        ("import letter.txt", "changed"),
    ],
    ids=lambda value: value.partition(" ")[0],
)
def test_what_an_editor_saves_while_the_program_writes_is_not_lost(
    words: str, change: str, tmp_path: Path, ask: Ask
) -> None:
    """Up to the rename itself, which no editor waits for."""
    folder = tmp_path / "place"
    command = tuple(words.split())

    def fresh() -> str:
        place_of(folder)
        (folder / "letter.txt").write_text(LETTER_2021, encoding="utf-8")
        return str(folder)

    steps = ask(Run(command, fresh())).steps
    renamed = next(at for at, step in enumerate(steps, 1) if step.startswith("os.rename"))
    for number in range(1, renamed):
        came = ask(Run(command, fresh(), at=number, do=CHANGES[change]))
        assert came.status in (0, 2)
        assert "fault of the program" not in came.errors, (number, came.errors)
        assert temporary(folder) == []
        file = folder / "data/ledger.yaml"
        if change == "changed":
            assert "59 mnkr" in file.read_text(encoding="utf-8"), number


# --- the clock


HOUR = 3600


@pytest.mark.parametrize("mtime", [0, None, 2**32], ids=["1970", "now", "2106"])
@pytest.mark.parametrize(("first", "then"), [(0, 0), (0, -HOUR), (HOUR, HOUR), (HOUR, -HOUR), (-HOUR, HOUR)])
def test_no_stamp_of_a_clock_that_jumps_makes_a_stale_answer(
    mtime: int | None, first: int, then: int, tmp_path: Path, ask: Ask
) -> None:
    """Not even of a file of the same size and time of change, as somebody may have set it back."""
    folder = place_of(tmp_path / "place")
    file = folder / "data/ledger.yaml"
    cached = {"LEDGER_CACHE": "1", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    run = Run(("summary", "2024"), str(folder), cached)
    stamp = file.stat().st_mtime_ns if mtime is None else mtime * 10**9
    os.utime(file, ns=(stamp, stamp))
    for _ in range(2):
        assert "58" in ask(replace(run, clock=first)).output
    file.write_text(OTHER, encoding="utf-8")
    os.utime(file, ns=(stamp, stamp))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (len(CLEAN.encode()), stamp)
    assert answered(ask(replace(run, clock=then))) == answered(ask(replace(run, settings={})))


def test_an_answer_given_over_midnight_is_not_kept(tmp_path: Path, ask: Ask) -> None:
    """What is asked on one day is checked as of the next: it would be wrong for who asks on the first again."""
    one = case("cache-check", tmp_path, ask)
    folder = one.fresh(tmp_path / "place")
    ask(replace(one.work.run(folder), at=3, do=("clock", "86400")))
    assert list(folder.glob("cache/*/answer-*")) == []


# --- Ctrl-C, and a plea to end


ENDINGS = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}


@pytest.mark.parametrize("name", these("export-package import-spread cache-check"))
def test_who_is_told_to_end_does_so_quietly_and_tidies_up(name: str, tmp_path: Path, ask: Ask, tell: Tell) -> None:
    """Before any step: the status says which signal, and no temporary file stays."""
    one = case(name, tmp_path, ask)
    for number, step in enumerate(one.came.steps, 1):
        ending = list(ENDINGS)[number % 3]
        folder = one.fresh(tmp_path / "place")
        came = ask(replace(one.work.run(folder), at=number, do=("signal", str(int(signal.Signals[ending])))))
        assert came.status == ENDINGS[ending] or "cache" in step, (number, step, came)
        assert set(came.errors.splitlines()) <= set(one.came.errors.splitlines())
        assert temporary(folder) == [], (number, step)
        assert_survived(one, folder, ask, {repr((one.before, [])), repr((one.whole, []))})
    tell(f"faults: {len(one.came.steps)} signals to end, one before each step of {name}, left behind: 0")


_TELLING = """
import os, sys
from ledger.__main__ import program
os.write(int(sys.argv.pop(1)), b"!")
program()
"""


def ended_at_moments(one: Case, number: int, seed: str, folder: Path, ask: Ask) -> int:
    """How many real runs ended by a signal, each sent at a moment between when Python had started and the end."""
    random_ = random.Random(seed)
    took = asked_to_end(one.work.run(one.fresh(folder)), None, signal.SIGINT)[2]
    seen = {repr((one.before, [])), repr((one.whole, []))}
    ended = 0
    for at in range(number):
        sent = (signal.SIGINT, signal.SIGTERM)[at % 2]
        status, said, lasted = asked_to_end(one.work.run(one.fresh(folder)), took * random_.random(), sent)
        took = lasted if status == 0 else took
        assert status in (0, 128 + sent, -signal.SIGTERM), said  # before it is heeded, SIGTERM ends a process by itself
        assert set(said.splitlines()) <= set(one.came.errors.splitlines())
        assert temporary(folder) == []
        assert_survived(one, folder, ask, seen)
        ended += status != 0
    return ended


def asked_to_end(run: Run, after: float | None, sent: signal.Signals) -> tuple[int, str, float]:
    """How a real run ended, what it said and how long it took, that got a signal some seconds after it began.

    That is after Python itself has started: until then Ctrl-C is Python's.
    """
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", _TELLING, str(writing), *run.words],
        cwd=run.folder,
        env=environment(**run.settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        pass_fds=[writing],
    )
    os.close(writing)
    os.read(reading, 1)
    os.close(reading)
    begun = time.monotonic()
    if after is not None:
        time.sleep(after)
        process.send_signal(sent)
    _, said = process.communicate()
    return process.returncode, said, time.monotonic() - begun


@pytest.mark.parametrize("name", ["import-spread"])
def test_also_at_any_moment(name: str, tmp_path: Path, ask: Ask, tell: Tell) -> None:
    ended = ended_at_moments(case(name, tmp_path, ask), 4, name, tmp_path / "place", ask)
    tell(f"faults: {ended} runs of {name} told to end at random moments, left behind: 0")


@pytest.mark.campaign
@pytest.mark.parametrize("name", WORKS)
def test_also_at_hundreds_of_moments(name: str, tmp_path: Path, ask: Ask, tell: Tell) -> None:
    number = math.ceil(int(os.environ.get("FAULTS", "200")) / len(WORKS))
    ended = ended_at_moments(case(name, tmp_path, ask), number, name, tmp_path / "place", ask)
    tell(f"faults: {ended} runs of {name} told to end at random moments, left behind: 0")
