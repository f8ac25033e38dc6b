"""The command line as a whole: statuses, streams, options, files that are written. Settings: test_places."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from forked import environment
from running import BROKEN, CLEAN, MISMATCH, PROGRAM, ledger, run, started

from ledger import __version__

posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes, modes and signals of POSIX")
SHOWING = (["summary", "2024"], ["query"], ["show", "shelters-2024"], ["initiatives"])
"""The commands that show."""

by_command = pytest.mark.parametrize("command", SHOWING, ids=lambda command: command[0])


# --- statuses


def test_a_clean_ledger_is_status_0_and_prints_no_findings(tmp_path: Path) -> None:
    ledger(tmp_path)
    done = run("check", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "ledger: data (the nearest data folder)",
        "ledger: 1 file, 3 lines, 3 figures, 1 source: clean",
    ]


def test_a_mismatch_is_status_1_for_check(tmp_path: Path) -> None:
    ledger(tmp_path, MISMATCH)
    done = run("check", folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith(
        "data/ledger.yaml:14:12: error[parts-mismatch] parts sum to 57 mnkr, total says 58 mnkr"
    )


@by_command
def test_a_mismatch_is_one_line_on_standard_error_for_the_others(command: list[str], tmp_path: Path) -> None:
    ledger(tmp_path, MISMATCH)
    done = run(*command, "--data", "data", folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout
    assert done.stderr == "ledger: 1 error in this ledger: see 'ledger check'\n"


@by_command
def test_a_fault_of_reading_is_status_2_without_a_result(command: list[str], tmp_path: Path) -> None:
    ledger(tmp_path, BROKEN)
    done = run(*command, "--data", "data", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("data/ledger.yaml:14:12: error[bad-amount] '1,500 mnkr' can be read two ways")


def test_a_fault_of_reading_is_status_1_for_check_which_says_what_did_not_run(tmp_path: Path) -> None:
    ledger(tmp_path, BROKEN)
    done = run("check", folder=tmp_path)
    assert done.returncode == 1
    assert "error[bad-amount]" in done.stdout
    assert "ledger: not run, because the ledger could not be read whole: claim-contradicted" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["sumary"],
        ["summary", "--by", "agency"],
        ["summary", "--format", "xml"],
        ["summary", "--unit", "öre"],
        ["summary", "--as-of", "2024-13"],
        ["summary", "--no-such-option"],
        ["show"],
        ["show", "no-such-line"],
        ["query", "year:"],
        ["check", "--select", "no-such-check"],
        ["check", "--format", "xml"],
        ["explain", "no-such-check"],
        ["initiatives", "--kind", "no-such-kind"],
        ["--data", "no-such-folder", "summary"],
        ["--color", "mauve", "summary"],
    ],
    ids=" ".join,
)
def test_a_mistake_in_the_question_is_status_2_on_standard_error(arguments: list[str], tmp_path: Path) -> None:
    ledger(tmp_path)
    done = run(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert "fault of the program" not in done.stderr


def test_a_fault_of_the_program_is_status_2_in_two_lines_and_a_traceback_for_those_who_ask(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "yaml.py").write_text("raise RuntimeError('out of order')")
    ledger(tmp_path)
    done = started("summary", "2024", "--data", "data", folder=tmp_path, PYTHONPATH=str(broken))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "ledger: a fault of the program itself, please report it: RuntimeError: out of order",
        "ledger: set LEDGER_TRACEBACK=1 to see where it happened",
    ]
    traced = started("summary", "2024", folder=tmp_path, PYTHONPATH=str(broken), LEDGER_TRACEBACK="1")
    assert "Traceback" in traced.stderr


# --- signals and pipes


def _writer(pipe: Path, process: subprocess.Popen[bytes]) -> int:
    """The end of a named pipe that a process reads from, as soon as it does; fails when the process ends before."""
    while process.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.01)
    pytest.fail(f"the program ended with {process.returncode} before it read its file")


@posix
def test_control_c_prints_nothing_and_is_status_130(tmp_path: Path) -> None:
    waiting = tmp_path / "press.txt"  # a document may be a pipe; a file of the ledger may not
    os.mkfifo(waiting)
    process = subprocess.Popen(
        [PROGRAM, "scan", "press.txt"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    writer = _writer(waiting, process)  # from here on the program waits for the end of its file
    try:
        process.send_signal(signal.SIGINT)
    finally:
        os.close(writer)  # a signal that comes just before the program begins to wait is seen when the wait ends
    try:
        printed, said = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, printed, said) == (130, b"", b"")


def _with_closed_pipe(arguments: list[str], folder: Path, **more: str) -> tuple[int, bytes]:
    """The status and what is said, when the reader of standard output has gone before anything is printed."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [PROGRAM, *arguments],
            cwd=folder,
            env=environment(**more),
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writer)
    return done.returncode, done.stderr


@posix
@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["summary", "--help"],
        ["summary", "2024", "--data", "data"],
        ["summary", "2024", "--data", "data", "--color", "always"],
        ["summary", "2024", "--data", "data", "--format", "csv"],
        ["explain"],
    ],
    ids=" ".join,
)
def test_a_closed_pipe_is_status_141_without_a_word(arguments: list[str], tmp_path: Path) -> None:
    ledger(tmp_path)
    assert _with_closed_pipe(arguments, tmp_path) == (141, b"")


@posix
@pytest.mark.parametrize("more", [[], ["--color", "always"], ["--format", "json"]], ids=" ".join)
def test_a_closed_pipe_is_status_141_for_check_too(more: list[str], tmp_path: Path) -> None:
    ledger(tmp_path, MISMATCH)
    assert _with_closed_pipe(["check", "--data", "data", *more], tmp_path) == (141, b"")


@posix
def test_a_reader_of_one_line_gets_it_and_the_program_ends_quietly(tmp_path: Path) -> None:
    lines = "".join(
        f"  line-{number}: {{title: Line {number}, kind: grant, year: 2024, total: 1 mnkr}}\n" for number in range(3000)
    )
    ledger(tmp_path, f"allocations:\n{lines}")
    process = subprocess.Popen(
        [PROGRAM, "query", "--data", "data", "--format", "csv"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline().startswith(b"id,")
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=30), said) == (141, b"")


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
@pytest.mark.parametrize("arguments", [["summary", "2024", "--data", "data"], ["--help"], ["--version"]], ids=" ".join)
def test_a_full_disk_is_status_2_in_one_line(arguments: list[str], tmp_path: Path) -> None:
    ledger(tmp_path)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [PROGRAM, *arguments], cwd=tmp_path, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr == b"ledger: cannot write to standard output: no space left on device\n"


@posix
@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_a_stream_that_the_caller_closed_changes_nothing_else(closed: str, tmp_path: Path) -> None:
    ledger(tmp_path)
    command = f"exec '{PROGRAM}' summary 2024 --data data {closed}"
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert ("Stöd till jourer" in done.stdout) == (closed == "2>&-")


# --- options before and after the command, and which ledger is meant


@pytest.mark.parametrize(
    "arguments",
    [
        ["--data", "other", "summary", "2024"],
        ["summary", "2024", "--data", "other"],
        ["summary", "--data=other", "2024"],
    ],
    ids=" ".join,
)
def test_the_ledger_is_named_before_or_after_the_command(arguments: list[str], tmp_path: Path) -> None:
    ledger(tmp_path, name="other")
    done = run(*arguments, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Money for shelters, 2024\n")


def test_the_option_after_the_command_wins(tmp_path: Path) -> None:
    ledger(tmp_path, name="first")
    ledger(tmp_path, CLEAN.replace("Money for shelters", "Another"), name="second")
    done = run("--data", "first", "summary", "2024", "--data", "second", folder=tmp_path)
    assert done.stdout.startswith("Another, 2024\n")


def test_colour_is_asked_for_before_or_after_the_command(tmp_path: Path) -> None:
    ledger(tmp_path)
    before = run("--color", "always", "summary", "2024", folder=tmp_path)
    after = run("summary", "2024", "--color", "always", folder=tmp_path)
    assert "\x1b[" in before.stdout
    assert before.stdout == after.stdout


def test_the_environment_names_a_ledger_and_is_said_to(tmp_path: Path) -> None:
    ledger(tmp_path, name="elsewhere")
    ledger(tmp_path, MISMATCH)
    done = run("check", folder=tmp_path, LEDGER_DATA="elsewhere")
    assert done.returncode == 0
    assert done.stderr.startswith("ledger: elsewhere (LEDGER_DATA)\n")


def test_the_option_wins_over_the_environment(tmp_path: Path) -> None:
    ledger(tmp_path)
    done = run("summary", "--data", "data", folder=tmp_path, LEDGER_DATA="no-such-folder")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("named", "why"), [("no-such-folder", "not there"), ("file", "not a directory")])
def test_a_ledger_that_is_named_and_not_there_is_status_2(named: str, why: str, tmp_path: Path) -> None:
    ledger(tmp_path)
    (tmp_path / "file").touch()
    for done in (run("check", folder=tmp_path, LEDGER_DATA=named), run("check", "--data", named, folder=tmp_path)):
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.endswith(f": '{named}' is {why}\n")


def test_an_empty_environment_names_nothing(tmp_path: Path) -> None:
    ledger(tmp_path)
    assert "(the nearest data folder)" in run("check", folder=tmp_path, LEDGER_DATA="").stderr


def test_the_nearest_data_folder_is_found_from_below(tmp_path: Path) -> None:
    ledger(tmp_path)
    below = tmp_path / "one" / "two"
    below.mkdir(parents=True)
    done = run("check", folder=below)
    assert done.returncode == 0
    assert done.stderr.startswith(f"ledger: {Path('..', '..', 'data')} (the nearest data folder)\n")


def test_a_data_folder_without_a_ledger_is_passed_over(tmp_path: Path) -> None:
    ledger(tmp_path)
    below = tmp_path / "one"
    (below / "data").mkdir(parents=True)
    (below / "data" / "pictures.yaml").write_text("pictures: []\n")
    assert run("check", folder=below).stderr.startswith(f"ledger: {Path('..', 'data')} (")


def test_from_anywhere_the_shipped_data_is_shown_and_never_checked(tmp_path: Path) -> None:
    shown = run("summary", "2024", folder=tmp_path)
    assert shown.returncode == 0
    assert "796 611" in shown.stdout
    assert shown.stderr.endswith("(the data set shipped with the program)\n")
    checked = run("check", folder=tmp_path)
    assert (checked.returncode, checked.stdout) == (2, "")
    assert (
        checked.stderr == "ledger: there is no ledger here: name its directory with --data, or begin one below data/\n"
    )


def test_an_empty_directory_that_is_named_is_an_empty_ledger(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    checked = run("check", "--data", "empty", folder=tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "ledger: 0 files, 0 lines, 0 figures, 0 sources: clean\n")
    shown = run("summary", "--data", "empty", folder=tmp_path)
    assert (shown.returncode, shown.stdout) == (0, "Ledger\n\nnothing to show\n")


# --- colour, encodings, widths


def test_never_a_colour_when_none_is_asked_for_and_always_when_it_is(tmp_path: Path) -> None:
    ledger(tmp_path, MISMATCH)
    for command in (["summary", "2024"], ["check"]):
        assert "\x1b[" not in run(*command, "--color", "never", folder=tmp_path).stdout
        assert "\x1b[" in run(*command, "--color", "always", folder=tmp_path, NO_COLOR="1").stdout


def test_an_encoding_without_the_strokes_gets_a_tree_of_ascii(tmp_path: Path) -> None:
    ledger(tmp_path)
    done = run("summary", "2024", "--data", "data", folder=tmp_path, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert [
        line.split()[0] for line in done.stdout.splitlines() if "mnkr" not in line and line.endswith(("13", "45"))
    ] == [
        "Norr",
        "S?der",
    ]


@pytest.mark.parametrize("command", [["check"], ["summary", "2024"], ["query", "--format", "json"], ["explain"]])
def test_an_encoding_that_lacks_letters_is_no_error(command: list[str], tmp_path: Path) -> None:
    ledger(tmp_path, MISMATCH)
    done = run(*command, folder=tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == (1 if command == ["check"] else 0)
    assert (done.stdout + done.stderr).isascii()
    assert "Traceback" not in done.stderr


@posix
def test_arguments_that_are_no_text_are_no_error_of_the_program(tmp_path: Path) -> None:
    ledger(tmp_path)
    for more in ([], [b"-o", b"out.txt"]):
        done = subprocess.run(
            [os.fsencode(PROGRAM), b"summary", b"2024", b"\xff", *more],
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0
        assert b"fault of the program" not in done.stderr
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").startswith("Money for shelters, 2024 ")


# --- files that are written


def test_a_result_goes_into_a_file_and_is_what_would_be_printed(tmp_path: Path) -> None:
    ledger(tmp_path)
    for form in ("table", "markdown", "csv", "json"):
        printed = run("summary", "2024", "--format", form, folder=tmp_path)
        written = run("summary", "2024", "--format", form, "-o", f"out.{form}", folder=tmp_path)
        assert (written.returncode, written.stdout) == (0, "")
        assert (tmp_path / f"out.{form}").read_text(encoding="utf-8") == printed.stdout


def test_findings_go_into_a_file_and_their_number_is_said(tmp_path: Path) -> None:
    ledger(tmp_path, MISMATCH)
    done = run("check", "--data", "data", "-o", "findings.txt", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "ledger: 1 file, 3 lines, 3 figures, 1 source: 1 error, 0 warnings\n"
    assert "error[parts-mismatch]" in (tmp_path / "findings.txt").read_text(encoding="utf-8")


def test_no_findings_make_an_empty_file(tmp_path: Path) -> None:
    ledger(tmp_path)
    (tmp_path / "findings.txt").write_text("old findings")
    assert run("check", "-o", "findings.txt", folder=tmp_path).returncode == 0
    assert (tmp_path / "findings.txt").read_text() == ""


def test_findings_in_json_are_a_document_also_when_there_are_none(tmp_path: Path) -> None:
    ledger(tmp_path)
    done = run("check", "--format", "json", folder=tmp_path)
    assert json.loads(done.stdout) == {"schema": 1, "diagnostics": []}


def test_a_dash_is_standard_output(tmp_path: Path) -> None:
    ledger(tmp_path)
    done = run("summary", "2024", "-o", "-", folder=tmp_path)
    assert done.stdout == run("summary", "2024", folder=tmp_path).stdout
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize(
    ("target", "why"), [("no-such-folder/out.csv", "no such file or directory"), ("folder", "is a directory")]
)
def test_a_file_that_cannot_be_written_is_status_2_and_nothing_is_left_behind(
    target: str, why: str, tmp_path: Path
) -> None:
    ledger(tmp_path)
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    done = run("summary", "2024", "--data", "data", "-o", target, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"ledger: cannot write '{target}': {why}\n"
    assert sorted(tmp_path.rglob("*")) == before


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_must_not_be_written_keeps_its_file_as_it_was(tmp_path: Path) -> None:
    ledger(tmp_path)
    folder = tmp_path / "locked"
    folder.mkdir()
    (folder / "out.csv").write_text("old")
    folder.chmod(0o555)
    try:
        done = run("summary", "2024", "--data", "data", "-o", "locked/out.csv", folder=tmp_path)
    finally:
        folder.chmod(0o755)
    assert done.stderr == "ledger: cannot write 'locked/out.csv': permission denied\n"
    assert (folder / "out.csv").read_text() == "old"


def test_a_question_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    ledger(tmp_path, BROKEN)
    (tmp_path / "out.csv").write_text("old")
    assert run("summary", "2024", "-f", "csv", "-o", "out.csv", folder=tmp_path).returncode == 2
    assert (tmp_path / "out.csv").read_text() == "old"


@posix
def test_a_file_keeps_its_mode_and_a_new_one_has_the_usual_one(tmp_path: Path) -> None:
    ledger(tmp_path)
    (tmp_path / "private.csv").touch(mode=0o600)
    mask = os.umask(0)
    os.umask(mask)
    for name, mode in (("private.csv", 0o600), ("new.csv", 0o666 & ~mask)):
        assert run("summary", "2024", "-f", "csv", "-o", name, folder=tmp_path).returncode == 0
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == mode


@posix
def test_a_link_stays_one_and_the_file_behind_it_is_written(tmp_path: Path) -> None:
    ledger(tmp_path)
    (tmp_path / "link.csv").symlink_to("behind.csv")
    assert run("summary", "2024", "-f", "csv", "-o", "link.csv", folder=tmp_path).returncode == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "behind.csv").read_text(encoding="utf-8").startswith("id,")


@posix
def test_a_pipe_with_a_name_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    ledger(tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        done = run("summary", "2024", "-f", "csv", "-o", "pipe", folder=tmp_path)
        written = os.read(reader, 2**16)
    finally:
        os.close(reader)
    assert (done.returncode, done.stdout) == (0, "")
    assert written.startswith(b"id,")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


# --- the rest


def test_the_version_names_the_distribution_that_is_installed(tmp_path: Path) -> None:
    done = run("--version", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"ledger {__version__} (gender-budget-ledger)\n"


@pytest.mark.parametrize("command", [[], ["summary"], ["check"], ["show"], ["query"], ["explain"], ["initiatives"]])
def test_help_is_short_or_long_and_status_0(command: list[str], tmp_path: Path) -> None:
    short, long = run(*command, "-h", folder=tmp_path), run(*command, "--help", folder=tmp_path)
    assert short.stdout == long.stdout
    assert short.stdout.startswith("Usage: ledger")
    assert (short.returncode, short.stderr) == (0, "")


def test_the_module_is_the_program(tmp_path: Path) -> None:
    ledger(tmp_path, MISMATCH)
    for command in (["summary", "2024"], ["check"], ["--version"]):
        as_module = subprocess.run(
            [sys.executable, "-m", "ledger", *command],
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        done = run(*command, folder=tmp_path)
        assert (as_module.returncode, as_module.stdout, as_module.stderr) == (done.returncode, done.stdout, done.stderr)
