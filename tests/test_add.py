"""`ledger add top-up`: in the right place of the right file, once, and only where the ledger still adds up."""

import os
import subprocess
from pathlib import Path

import pytest
from forked import environment
from running import CLEAN, MISMATCH, PROGRAM, UNMEASURED, ledger, run

from ledger.reading import load

BASE = CLEAN.replace("    total: 58 mnkr\n", "    base: 58 mnkr\n    parts_are: partial\n")
"""A line that states a base, and whose total a top-up changes."""

ASKED = ("--decided", "2024-03", "--source", "bill")


def add(folder: Path, line: str, *amount: str, options: tuple[str, ...] = ASKED) -> subprocess.CompletedProcess[str]:
    return run("add", *options, "top-up", line, "--", *amount, folder=folder)


def text(folder: Path) -> str:
    return (folder / "data" / "ledger.yaml").read_bytes().decode()


def test_a_top_up_is_recorded_and_told(tmp_path: Path) -> None:
    """One line on standard output: what, where, and the new total; nothing else in the file has changed."""
    ledger(tmp_path, BASE)
    ran = add(tmp_path, "shelters-2024", "1,5 mnkr")
    told = "data/ledger.yaml:16: top-up of 1,5 mnkr added; the total of shelters-2024 is now 59,5 mnkr (was 58 mnkr)\n"
    assert (ran.stdout, ran.returncode) == (told, 0)
    item = '    top_ups:\n      - {amount: "1,5 mnkr", decided: 2024-03, source: bill}\n'
    assert text(tmp_path) == BASE.replace("    base: 58 mnkr\n", f"    base: 58 mnkr\n{item}")


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_files_own_line_ends_and_mark_stay(tmp_path: Path, line_end: str, mark: str) -> None:
    """On every system: nothing translates them on the way."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "ledger.yaml").write_bytes((mark + BASE.replace("\n", line_end)).encode())
    assert add(tmp_path, "shelters-2024", "1 mnkr").returncode == 0
    item = "    top_ups:\n      - {amount: 1 mnkr, decided: 2024-03, source: bill}\n"
    meant = BASE.replace("    base: 58 mnkr\n", f"    base: 58 mnkr\n{item}")
    assert text(tmp_path) == mark + meant.replace("\n", line_end)


def test_a_dry_run_shows_the_change_and_makes_none(tmp_path: Path) -> None:
    """A diff on standard output, which git applies; what it comes to on standard error."""
    ledger(tmp_path, BASE)
    ran = add(tmp_path, "shelters-2024", "1 mnkr", options=(*ASKED, "--dry-run"))
    assert ran.returncode == 0
    assert text(tmp_path) == BASE
    assert "ledger: dry run: data/ledger.yaml:16: top-up of 1 mnkr added; " in ran.stderr
    (tmp_path / "it.diff").write_bytes(ran.stdout.encode())
    subprocess.run(["git", "apply", "it.diff"], cwd=tmp_path, check=True)
    assert load(tmp_path / "data").book.lines["shelters-2024"].top_ups


@pytest.mark.parametrize("again", ["1,5 mnkr", "1 500 tkr", "1500000 kr"])
def test_the_same_top_up_again_adds_nothing(tmp_path: Path, again: str) -> None:
    """In whatever unit it is said: the money is the same."""
    ledger(tmp_path, BASE)
    add(tmp_path, "shelters-2024", "1,5 mnkr")
    before = text(tmp_path)
    ran = add(tmp_path, "shelters-2024", again)
    assert ran.stdout == "data/ledger.yaml:16: shelters-2024 has this top-up already; nothing is added\n"
    assert (ran.returncode, text(tmp_path)) == (0, before)


def test_a_top_up_that_is_another_line_is_the_same_one(tmp_path: Path) -> None:
    """Its amount, date and sources are those of that line."""
    more = "  more-2024: {title: M, kind: grant, year: 2024, source: bill, total: {amount: 2 mnkr, decided: 2024-03}}\n"
    ledger(tmp_path, BASE.replace("    base: 58", "    top_ups: [{line: more-2024}]\n    base: 58") + more)
    before = text(tmp_path)
    assert "has this top-up already" in add(tmp_path, "shelters-2024", "2 mnkr").stdout
    assert text(tmp_path) == before


@pytest.mark.parametrize("force", [False, True], ids=["without force", "with force"])
def test_what_does_not_add_up_is_written_only_with_force(tmp_path: Path, force: bool) -> None:  # noqa: FBT001 - both cases of one fact
    """The check's own words on standard error, with the text as it would be; the status is 1."""
    ledger(tmp_path, CLEAN.replace("    total: 58 mnkr\n", "    base: 58 mnkr\n    total: 58 mnkr\n"))
    before = text(tmp_path)
    ran = add(tmp_path, "shelters-2024", "1 mnkr", options=(*ASKED, "--force") if force else ASKED)
    assert "ledger.yaml:15:12: error[total-mismatch] base + top-ups come to 59 mnkr, total says 58 mnkr" in ran.stderr
    assert "   17 |       - {amount: 1 mnkr, decided: 2024-03, source: bill}\n" in ran.stderr
    assert (ran.returncode, text(tmp_path) == before) == ((0, False) if force else (1, True))
    assert ("nothing is written, because of 1 new error" in ran.stderr) is not force


def test_errors_that_were_there_before_are_nobodys_fault_now(tmp_path: Path) -> None:
    """Only what is new keeps a top-up out, and only that is told."""
    other = "  o-2024: {title: O, kind: grant, year: 2024, source: bill, base: 5 mnkr}\n"
    ledger(tmp_path, MISMATCH + other)
    ran = add(tmp_path, "o-2024", "1 mnkr")
    assert ran.returncode == 0
    assert "mismatch" not in ran.stderr


FAULTS = {
    "an amount read two ways": (
        ("shelters-2024", "1,500 mnkr"),
        ASKED,
        "AMOUNT: '1,500 mnkr' can be read two ways, with ',' as decimal mark or between thousands",
    ),
    "a bare amount without a unit": (("shelters-2024", "1500"), ASKED, "AMOUNT: '1500' has no unit"),
    "another currency": (("shelters-2024", "2 million EUR"), ASKED, "AMOUNT: '2 million EUR'"),
    "no day": (
        ("shelters-2024", "1 mnkr"),
        ("--decided", "2024-02-30", "--source", "bill"),
        "--decided: '2024-02-30' is not a day of the calendar",
    ),
    "no date": (("shelters-2024", "1 mnkr"), ("--decided", "", "--source", "bill"), "--decided is empty"),
    "an unknown source": (
        ("shelters-2024", "1 mnkr"),
        ("--decided", "2024", "--source", "bil"),
        "--source: no source is called 'bil' (did you mean 'bill'?); bring it along with --source-title",
    ),
    "an unknown line": (
        ("shelter-2024", "1 mnkr"),
        ASKED,
        "no line is called 'shelter-2024' (did you mean 'shelters-2024'?)",
    ),
    "an unknown part": (("shelters-2024/nort", "1 mnkr"), ASKED, "(did you mean 'shelters-2024/north'?)"),
    "a control character": (
        ("shelters-2024", "1 mnkr"),
        (*ASKED, "--note", "a\x1bb"),
        "character U+001B cannot stand in a ledger file: 'a\\x1bb'",
    ),
}


@pytest.mark.parametrize(("words", "options", "said"), FAULTS.values(), ids=list(FAULTS))
def test_what_is_wrong_is_said_in_one_line(
    tmp_path: Path, words: tuple[str, ...], options: tuple[str, ...], said: str
) -> None:
    """And nothing is written."""
    ledger(tmp_path, BASE)
    ran = add(tmp_path, *words, options=options)
    assert (ran.returncode, ran.stdout, text(tmp_path)) == (2, "", BASE)
    assert said in ran.stderr.splitlines()[-1]


def test_a_line_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """Both places are named."""
    data = ledger(tmp_path, BASE)
    (data / "more.yaml").write_text(
        "allocations:\n  shelters-2024: {title: T, kind: grant, year: 2024}\n", encoding="utf-8"
    )
    ran = add(tmp_path, "shelters-2024/north", "1 mnkr")
    assert ran.returncode == 2
    assert "'shelters-2024' stands twice, at data/ledger.yaml:8:3 and data/more.yaml:2:3" in ran.stderr


def test_a_ledger_that_cannot_be_read_is_told_and_left(tmp_path: Path) -> None:
    """The faults of reading, as every command shows them."""
    broken = BASE.replace("58 mnkr", "1,500 mnkr")
    ledger(tmp_path, broken)
    ran = add(tmp_path, "shelters-2024", "1 mnkr")
    assert (ran.returncode, text(tmp_path)) == (2, broken)
    assert "error[bad-amount]" in ran.stderr


def test_nothing_is_added_to_the_data_set_of_the_program(tmp_path: Path) -> None:
    """A ledger must be named, or lie near."""
    ran = add(tmp_path, "jamy-trafficking-2024", "1 mnkr")
    assert ran.returncode == 2
    assert ran.stderr.startswith("ledger: there is no ledger here")


def test_a_link_out_of_the_ledger_is_not_followed(tmp_path: Path) -> None:
    """The file belongs elsewhere; a link inside the ledger is followed, and stays one."""
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_text(BASE, encoding="utf-8")
    data = tmp_path / "data"
    data.mkdir()
    (data / "ledger.yaml").symlink_to(elsewhere)
    ran = add(tmp_path, "shelters-2024", "1 mnkr")
    assert ran.returncode == 2
    assert "data/ledger.yaml:1:1: error[syntax] cannot be read: a link that leads out of the ledger" in ran.stderr
    assert elsewhere.read_text(encoding="utf-8") == BASE
    (tmp_path / "linked").symlink_to("data")
    elsewhere.rename(data / ".real.yaml")
    (data / "ledger.yaml").unlink()
    (data / "ledger.yaml").symlink_to(".real.yaml")
    ran = run("add", *ASKED, "top-up", "shelters-2024", "1 mnkr", "--data", "linked", folder=tmp_path)
    assert ran.returncode == 0
    assert (data / "ledger.yaml").is_symlink()
    assert "top_ups" in (data / ".real.yaml").read_text(encoding="utf-8")


def test_a_write_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    """Where a file can grow no further, as on a full disk: one line, status 2, and no temporary file."""
    resource = pytest.importorskip("resource", reason="Windows has no limits to set")
    data = ledger(tmp_path, BASE)
    ran = subprocess.run(
        [PROGRAM, "add", *ASKED, "top-up", "shelters-2024", "1 mnkr"],
        cwd=tmp_path,
        env=environment(PYTHONDONTWRITEBYTECODE="1", **UNMEASURED),
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
    )
    assert ran.returncode == 2
    assert ran.stderr.splitlines()[-1].startswith(
        "ledger: cannot write 'data/ledger.yaml': file too large; nothing is changed"
    )
    assert [one.name for one in data.iterdir()] == ["ledger.yaml"]
    assert text(tmp_path) == BASE


@pytest.mark.skipif(
    getattr(os, "geteuid", int)() == 0, reason="root, and any user of Windows, writes there all the same"
)
def test_a_folder_that_nobody_may_write_to_is_said(tmp_path: Path) -> None:
    """One line, and everything is as it was."""
    data = ledger(tmp_path, BASE)
    data.chmod(0o500)
    ran = add(tmp_path, "shelters-2024", "1 mnkr")
    data.chmod(0o700)
    assert (ran.returncode, text(tmp_path)) == (2, BASE)
    assert "cannot write 'data/ledger.yaml': permission denied; nothing is changed" in ran.stderr


NEW_SOURCE = ("--source", "art-2025-01", "--source-title", "Fortsatt kraftsamling", "--source-kind", "article")
NEW_LINE = (
    "line",
    "stod-2025",
    "7",
    "mnkr",
    "--title",
    "Stödlinjer",
    "--kind",
    "grant",
    "--year",
    "2025",
    "--recipient",
    "jamy",
)


def test_a_line_is_added_with_the_source_that_it_brings_along(tmp_path: Path) -> None:
    data = ledger(tmp_path)
    before = (data / "ledger.yaml").read_text(encoding="utf-8")
    more = ("--published", "2025-01-17", "--publisher", "Regeringskansliet", "--source-url", "https://example.org/a")
    done = run("add", *NEW_LINE, *NEW_SOURCE, *more, "--data", "data", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "data/allocations/2025.yaml: stod-2025 added, 7 mnkr\n")
    assert (data / "allocations" / "2025.yaml").read_text(encoding="utf-8") == (
        "allocations:\n  stod-2025:\n    title: Stödlinjer\n    kind: grant\n    year: 2025\n    recipient: jamy\n"
        "    source: art-2025-01\n    total: 7 mnkr\n"
    )
    after = (data / "ledger.yaml").read_text(encoding="utf-8")
    added = [line for line in after.splitlines() if line not in before.splitlines() and line]
    assert [line.strip() for line in added] == [
        "art-2025-01:",
        "title: Fortsatt kraftsamling",
        "kind: article",
        "publisher: Regeringskansliet",
        "published: 2025-01-17",
        "url: https://example.org/a",
    ]
    assert run("check", "--strict", "--data", "data", folder=tmp_path).returncode == 0


def test_a_top_up_brings_its_source_along(tmp_path: Path) -> None:
    data = ledger(tmp_path, CLEAN.replace("    total: 58 mnkr\n", "    base: 58 mnkr\n    parts_are: partial\n"))
    done = run(
        *("add", "top-up", "shelters-2024", "1", "mnkr", "--decided", "2024-03", *NEW_SOURCE, "--data", "data"),
        folder=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    text = (data / "ledger.yaml").read_text(encoding="utf-8")
    assert "title: Fortsatt kraftsamling" in text
    assert "{amount: 1 mnkr, decided: 2024-03, source: art-2025-01}" in text


def test_a_second_equal_top_up_is_added_when_it_is_said_to_be_one(tmp_path: Path) -> None:
    data = ledger(tmp_path, CLEAN.replace("    total: 58 mnkr\n", "    base: 58 mnkr\n    parts_are: partial\n"))
    words = (
        "add",
        "top-up",
        "shelters-2024",
        "1",
        "mnkr",
        "--decided",
        "2024-03",
        "--source",
        "bill",
        "--data",
        "data",
    )
    first, second, again = (run(*words, *more, folder=tmp_path) for more in ((), (), ("--again",)))
    assert [one.returncode for one in (first, second, again)] == [0, 0, 0]
    assert "has this top-up already; nothing is added" in second.stdout
    assert "is added with --again" in second.stderr
    assert (data / "ledger.yaml").read_text(encoding="utf-8").count("amount: 1 mnkr") == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("line", "shelters-2024", *NEW_LINE[2:], "--source", "bill"), "'shelters-2024' is there already"),
        (("line", "a/b", *NEW_LINE[2:], "--source", "bill"), "'a/b' would be a part"),
        (("line", "a b", *NEW_LINE[2:], "--source", "bill"), "ID: 'a b' cannot be an id"),
        (
            ("line", "x", "7", "--title", "T", "--kind", "grant", "--year", "2025", "--source", "bill"),
            "AMOUNT: '7' has no unit",
        ),
        (
            ("line", "x", "--title", "T", "--kind", "grnt", "--year", "2025", "--source", "bill"),
            "did you mean 'grant'?",
        ),
        (("line", "x", "--title", "T", "--kind", "grant", "--source", "bill"), "--year is missing"),
        (("line", "x", "--kind", "grant", "--year", "2025", "--source", "bill"), "--title is missing"),
        (
            ("line", "x", "--title", "T", "--kind", "grant", "--year", "25", "--source", "bill"),
            "--year: '25' is not a year",
        ),
        ((*NEW_LINE[:-1], "jmy", "--source", "bill"), "no agency is called 'jmy' (did you mean 'jamy'?)"),
        (NEW_LINE, "--source is missing"),
        ((*NEW_LINE, "--source", "bil"), "no source is called 'bil' (did you mean 'bill'?)"),
        ((*NEW_LINE, "--source", "new", "--source-title", "T"), "--source-kind is missing"),
        (
            (*NEW_LINE, "--source", "bill", "--source-title", "Other"),
            "'bill' is there with another title: 'Budget bill'",
        ),
        (
            ("top-up", "shelters-2024", "1", "mnkr", "--decided", "2024", "--source", "bill", "--title", "T"),
            "a top-up has none",
        ),
        (("top-up", "shelters-2024", "1", "mnkr"), "a top-up needs --decided, --source"),
    ],
)
def test_what_keeps_a_line_out_is_said(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    data = ledger(tmp_path)
    before = (data / "ledger.yaml").read_bytes()
    done = run("add", *words, "--data", "data", folder=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert [path.name for path in data.iterdir()] == ["ledger.yaml"]
    assert (data / "ledger.yaml").read_bytes() == before
