"""The cache: when an answer comes from it, and that whatever happens to it costs only time.

That the answers are the same is shown by test_both_ways.
"""

import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from forked import environment
from running import CLEAN, MISMATCH, PROGRAM, UNMEASURED, ledger

from ledger.cache.folder import FEW, MOST

NAME = "gender-budget-ledger"
Result = tuple[bytes, bytes, int]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a ledger, and an empty cache."""
    ledger(tmp_path)
    return tmp_path


def run(home: Path, *words: str, folder: str | Path = "", **more: str) -> Result:
    settings = {"XDG_CACHE_HOME": str(home / "cache"), "LEDGER_CACHE": "1"} | more
    done = subprocess.run(
        [PROGRAM, *words],
        cwd=home / folder,
        env=environment(**settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return done.stdout, done.stderr, done.returncode


def without(home: Path, *words: str) -> Result:
    return run(home, *words, LEDGER_CACHE="0")


def answers(home: Path) -> list[Path]:
    return sorted((home / "cache" / NAME).glob("answer-*"))


def remember_the_wrong_answer(home: Path) -> None:
    """Put another text into every answer, sealed anew: so it shows when an answer comes from the cache."""
    from ledger.cache.folder import _HEAD, _SEAL, digest

    for file in answers(home):
        data = file.read_bytes()[len(_HEAD) + _SEAL :].replace(b"Money", b"MONEY").replace(b"clean", b"CLEAN")
        file.write_bytes(_HEAD + digest(data).encode() + data)


def comes_from_the_cache(home: Path, *words: str) -> bool:
    before = run(home, *words)
    remember_the_wrong_answer(home)
    after = run(home, *words)
    for file in answers(home):
        file.unlink()
    return before != after


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["summary", "2024"],
        ["query"],
        ["show", "shelters-2024"],
        ["sql", "SELECT id FROM lines"],
        ["initiatives"],
        ["export"],
        ["--data", "data", "check", "--format", "json"],
    ],
    ids=" ".join,
)
def test_a_question_asked_again_is_answered_from_the_cache(words: list[str], home: Path) -> None:
    run(home, *words)
    assert len(answers(home)) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--no-cache"],
        ["--no-cache", "check"],
        ["summary", "2024", "-o", "out.txt"],
        ["export", "--output", "out.csv"],
        ["summary", "1999", "--by", "nothing"],
        ["query", "recipient:nobody"],
        ["check", "--stats"],
        ["sql", "SELECT random() FROM lines"],
        ["sql", "SELECT datetime('now')"],
        ["sql", "SELECT CURRENT_DATE"],
        ["diff", "data", "data"],
        ["explain", "parts-mismatch"],
    ],
    ids=" ".join,
)
def test_what_is_no_answer_about_one_ledger_is_not_kept(words: list[str], home: Path) -> None:
    run(home, *words)
    assert answers(home) == []


def test_an_answer_from_the_cache_can_be_told_from_a_new_one(home: Path) -> None:
    """The other tests of this file rest on it."""
    assert comes_from_the_cache(home, "summary", "2024")
    assert comes_from_the_cache(home, "check")
    assert not comes_from_the_cache(home, "check", "--no-cache")


def change_a_figure(home: Path) -> None:
    (home / "data/ledger.yaml").write_text(MISMATCH, encoding="utf-8")


def change_it_within_a_tick(home: Path) -> None:
    """The same size and the same time of change, as when a file is written twice within a tick of the clock."""
    file = home / "data/ledger.yaml"
    before = file.stat()
    file.write_text(MISMATCH, encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def add_a_file(home: Path) -> None:
    (home / "data/more.yml").write_text("sources:\n  more: {title: T, kind: letter}\n", encoding="utf-8")


def add_a_file_below(home: Path) -> None:
    (home / "data/deep/er").mkdir(parents=True)
    (home / "data/deep/er/more.yaml").write_text("sources:\n  more: {title: T, kind: letter}\n", encoding="utf-8")


def delete_the_file(home: Path) -> None:
    (home / "data/ledger.yaml").unlink()


def rename_the_file(home: Path) -> None:
    (home / "data/ledger.yaml").rename(home / "data/other.yaml")


def put_another_ledger_in_its_place(home: Path) -> None:
    (home / "data").rename(home / "old")
    ledger(home, MISMATCH)


def put_a_nearer_ledger(home: Path) -> None:
    ledger(home / "below/here", MISMATCH)


CHANGES = [
    change_a_figure,
    change_it_within_a_tick,
    add_a_file,
    add_a_file_below,
    delete_the_file,
    rename_the_file,
    put_another_ledger_in_its_place,
    put_a_nearer_ledger,
]


def assert_up_to_date(home: Path) -> None:
    here = home / "below/here"
    assert run(home, "summary", "2024", folder=here) == run(home, "summary", "2024", folder=here, LEDGER_CACHE="0")


def asked_below(home: Path) -> Path:
    """The home, with an answer in its cache that was asked for two folders further down."""
    (home / "below/here").mkdir(parents=True)
    run(home, "summary", "2024", folder=home / "below/here")
    assert len(answers(home)) == 1
    return home


@pytest.mark.parametrize("change", CHANGES)
def test_no_answer_outlives_what_it_was_about(change: Callable[[Path], None], home: Path) -> None:
    change(asked_below(home))
    assert_up_to_date(home)


def test_nor_does_one_that_rests_on_stamps_alone(tmp_path: Path) -> None:
    """Once the files are old enough, their contents are not looked at any more while their stamps are the same."""
    homes = []
    for change in CHANGES:
        ledger(tmp_path / change.__name__)
        homes.append(asked_below(tmp_path / change.__name__))
    time.sleep(2.1)
    for home, change in zip(homes, CHANGES, strict=True):
        run(home, "summary", "2024", folder=home / "below/here")
        [answer] = answers(home)
        assert b"\t?\t" not in answer.read_bytes()
        change(home)
        assert_up_to_date(home)


@pytest.mark.parametrize(
    "change",
    [
        lambda home: (home / "data/ledger.yaml").touch(),
        lambda home: (home / "data/notes.txt").write_text("no part of the ledger", encoding="utf-8"),
        lambda home: (home / "data/.hidden.yaml").write_text("sources: {}", encoding="utf-8"),
        lambda home: (home / "data/ledger.yaml").write_text(CLEAN, encoding="utf-8"),
    ],
    ids=["touched", "another-file", "hidden", "written-anew"],
)
def test_what_changes_no_ledger_changes_no_answer(change: Callable[[Path], None], home: Path) -> None:
    run(home, "summary", "2024")
    remember_the_wrong_answer(home)
    change(home)
    assert b"MONEY" in run(home, "summary", "2024")[0]
    assert b"MONEY" in run(home, "summary", "2024")[0]


def test_the_same_words_elsewhere_are_another_question(home: Path) -> None:
    ledger(home / "other", MISMATCH)
    assert run(home, "check") != run(home, "check", folder=home / "other")
    assert run(home, "summary", "2024", NO_COLOR="1") == run(home, "summary", "2024")
    assert len(answers(home)) == 4


@pytest.mark.parametrize(
    "settings",
    [{"LEDGER_DATA": "data"}, {"PYTHONIOENCODING": "ascii"}, {"GITHUB_ACTIONS": "true"}, {"COLUMNS": "40"}],
    ids=str,
)
def test_what_answers_depend_on_is_part_of_the_question(settings: dict[str, str], home: Path) -> None:
    run(home, "summary", "2024")
    run(home, "check")
    remember_the_wrong_answer(home)
    for words in (["summary", "2024"], ["check"]):
        assert run(home, *words, **settings) == run(home, *words, LEDGER_CACHE="0", **settings)


def test_a_terminal_is_answered_in_its_colours_and_width_from_the_cache_too(home: Path) -> None:
    first = in_terminal(home, "summary", "2024")
    assert b"\x1b[" in first
    assert in_terminal(home, "summary", "2024") == first
    remember_the_wrong_answer(home)
    assert b"MONEY" in in_terminal(home, "summary", "2024")
    assert b"\x1b[" not in run(home, "summary", "2024")[0]


def in_terminal(home: Path, *words: str) -> bytes:
    ours, theirs = pty.openpty()
    settings = environment(XDG_CACHE_HOME=str(home / "cache"), LEDGER_CACHE="1", TERM="xterm-256color")
    process = subprocess.Popen([PROGRAM, *words], cwd=home, env=settings, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    found = b"".join(_read(ours))
    process.wait()
    os.close(ours)
    return found


def _read(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end is closed
            return
        if not data:
            return
        yield data


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data + b"\n",
        lambda data: data.replace(b"1", b"2"),
        lambda data: b"\x80\x04N." + data,
        lambda data: b"x" * len(data),
    ],
    ids=["empty", "one-byte-short", "half", "longer", "altered", "pickle", "rubbish"],
)
def test_a_damaged_cache_is_rebuilt(damage: Callable[[bytes], bytes], home: Path) -> None:
    asked = ["check"]
    expected = run(home, *asked)
    files = list((home / "cache" / NAME).iterdir())
    before = {file: file.read_bytes() for file in files}
    for file in files:
        file.write_bytes(damage(before[file]))
    assert run(home, *asked) == expected
    assert set(answers(home)) <= set(before)
    assert comes_from_the_cache(home, *asked)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "x",
        "0 1 1",
        "0 0 0\n",
        "0 1 1\nq\t\t\t/\n1 3\nabc",
        "0 -1 -1\n",
        "9" * 5000 + " 1 1\n",
        "0 99999999999 1\nf",
    ],
    ids=["nothing", "rubbish", "no-more", "no-files", "unknown-kind", "negative", "huge", "too-many"],
)
def test_a_sealed_file_that_makes_no_sense_is_passed_over(content: str, home: Path) -> None:
    from ledger.cache.folder import _HEAD, digest

    expected = run(home, "summary", "2024")
    for file in (home / "cache" / NAME).iterdir():
        file.write_bytes(_HEAD + digest(content.encode()).encode() + content.encode())
    assert run(home, "summary", "2024") == expected


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o770, 0o702])
def test_a_cache_that_others_may_write_to_is_not_read(mode: int, home: Path) -> None:
    run(home, "summary", "2024")
    remember_the_wrong_answer(home)
    folder = home / "cache" / NAME
    folder.chmod(mode)
    assert b"MONEY" not in run(home, "summary", "2024")[0]
    folder.chmod(0o700)
    assert b"MONEY" in run(home, "summary", "2024")[0]
    for file in answers(home):
        file.chmod(mode & 0o666)
    assert b"MONEY" not in run(home, "summary", "2024")[0]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_a_cache_of_somebody_else_is_not_read(home: Path) -> None:
    run(home, "summary", "2024")
    remember_the_wrong_answer(home)
    for path in ((home / "cache" / NAME), *answers(home)):
        os.chown(path, 12345, 12345)
        assert b"MONEY" not in run(home, "summary", "2024")[0]
        os.chown(path, 0, 0)


def test_a_link_in_the_cache_is_not_followed(home: Path) -> None:
    run(home, "summary", "2024")
    [file] = answers(home)
    remember_the_wrong_answer(home)
    elsewhere = home / "elsewhere"
    elsewhere.write_bytes(file.read_bytes())
    file.unlink()
    file.symlink_to(elsewhere)
    assert b"MONEY" not in run(home, "summary", "2024")[0]
    assert b"MONEY" in elsewhere.read_bytes()


def a_file(place: Path) -> None:
    place.parent.mkdir()
    place.write_text("in the way", encoding="utf-8")


def a_link_to_a_folder(place: Path) -> None:
    place.parent.mkdir()
    (place.parent / "real").mkdir()
    place.symlink_to(place.parent / "real")


def a_dead_link(place: Path) -> None:
    place.parent.mkdir()
    place.symlink_to(place.parent / "nowhere")


@pytest.mark.parametrize("obstacle", [a_file, a_link_to_a_folder, a_dead_link])
def test_a_place_where_no_cache_can_be_costs_only_time(obstacle: Callable[[Path], None], home: Path) -> None:
    obstacle(home / "cache" / NAME)
    for _ in range(2):
        assert run(home, "check") == without(home, "check")


@pytest.mark.parametrize("place", ["/dev/null", "/proc/nowhere", "relative", ""])
def test_a_home_that_cannot_be_written_costs_only_time(place: str, home: Path) -> None:
    for _ in range(2):
        assert run(home, "check", XDG_CACHE_HOME=place, HOME="/proc/nobody") == without(home, "check")
    assert not (home / "relative").exists()


def test_a_full_disk_costs_only_time(home: Path) -> None:
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "sys.argv = ['ledger', 'check']; from ledger.__main__ import main; main()"
    )
    # Python itself would cut the bytecode of our modules short, and every later run would fail on it.
    settings = environment(
        XDG_CACHE_HOME=str(home / "cache"), LEDGER_CACHE="1", PYTHONDONTWRITEBYTECODE="1", **UNMEASURED
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=home, env=settings, capture_output=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == without(home, "check")
    assert list((home / "cache" / NAME).iterdir()) == []


def test_many_processes_at_once_answer_alike(home: Path) -> None:
    expected = without(home, "summary", "2024")
    settings = environment(XDG_CACHE_HOME=str(home / "cache"), LEDGER_CACHE="1")
    started = [
        subprocess.Popen([PROGRAM, "summary", "2024"], cwd=home, env=settings, stdout=-1, stderr=-1, stdin=-3)
        for _ in range(6)
    ]
    assert [(*one.communicate(), one.returncode) for one in started] == [expected] * 6
    assert sorted(file.name[:7] for file in (home / "cache" / NAME).iterdir()) == ["answer-", "opened-"]


def test_the_cache_does_not_grow_for_ever(home: Path) -> None:
    run(home, "summary", "2024")
    folder = home / "cache" / NAME
    for number in range(FEW + 5):
        (folder / f"answer-{number}").write_bytes(b"old")
        os.utime(folder / f"answer-{number}", ns=(number, number))
    run(home, "check")
    names = {file.name for file in folder.iterdir()}
    assert len(names) == FEW
    assert "answer-0" not in names
    assert f"answer-{FEW + 4}" in names


def test_the_cache_takes_no_more_than_a_gigabyte(home: Path) -> None:
    run(home, "summary", "2024")
    folder = home / "cache" / NAME
    for number in range(3):
        with (folder / f"opened-{number}").open("wb") as file:
            file.truncate(MOST // 2 - 1000)
        os.utime(folder / f"opened-{number}", ns=(number, number))
    run(home, "check")
    names = {file.name for file in folder.iterdir()}
    assert names >= {"opened-2"}
    assert not names & {"opened-0", "opened-1"}


def test_another_version_of_the_program_answers_for_itself(home: Path) -> None:
    run(home, "summary", "2024")
    remember_the_wrong_answer(home)
    code = (
        "import ledger, sys; ledger.__version__ = '99.0'; sys.argv = ['ledger', 'summary', '2024']\n"
        "from ledger.__main__ import main; main()"
    )
    # Python itself would cut the bytecode of our modules short, and every later run would fail on it.
    settings = environment(XDG_CACHE_HOME=str(home / "cache"), LEDGER_CACHE="1", PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run([sys.executable, "-c", code], cwd=home, env=settings, capture_output=True, check=False)
    assert b"MONEY" not in done.stdout
    assert b"Money" in done.stdout


def test_a_closed_reader_ends_an_answer_from_the_cache_as_any_other(home: Path) -> None:
    for _ in range(2):
        run(home, "query", "--format", "json")
        with subprocess.Popen(
            [PROGRAM, "query", "--format", "json"],
            cwd=home,
            env=environment(XDG_CACHE_HOME=str(home / "cache"), LEDGER_CACHE="1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert process.stderr.read() == b"ledger: data (the nearest data folder)\n"
            assert process.wait() == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_output_is_told_also_of_an_answer_from_the_cache(home: Path) -> None:
    run(home, "query")
    settings = environment(XDG_CACHE_HOME=str(home / "cache"), LEDGER_CACHE="1")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [PROGRAM, "query"], cwd=home, env=settings, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.endswith(b"ledger: cannot write to standard output: no space left on device\n")


def test_an_answer_from_the_cache_imports_next_to_nothing(home: Path) -> None:
    code = (
        "import sys; before = set(sys.modules)\n"
        "sys.argv = ['ledger', 'summary', '2024']; from ledger.__main__ import main\n"
        "try: main()\nfinally: print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    settings = environment(XDG_CACHE_HOME=str(home / "cache"), LEDGER_CACHE="1", **UNMEASURED)
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], cwd=home, env=settings, capture_output=True, check=False)
    assert set(done.stderr.decode().split("\n")[-2].split()) == {
        *("_blake2", "atexit", "gc"),
        *(
            "ledger",
            "ledger.__main__",
            "ledger.cache",
            "ledger.cache.answer",
            "ledger.cache.folder",
            "ledger.cache.state",
        ),
    }
