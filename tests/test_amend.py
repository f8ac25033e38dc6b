"""`import LETTER --amend`: a later letter over an earlier one is a top-up at its items, and the old figures stay."""

from pathlib import Path
from subprocess import CompletedProcess

import pytest
from letters import LETTER_2021
from running import run

FIRST = (
    LETTER_2021.replace("2021-06-03", "2020-12-22").replace("A2021/01302", "A2020/02600").replace("186 600", "170 000")
)
SECOND = LETTER_2021.replace("Regleringsbrev för", "Ändring av regleringsbrev för", 1)
THIRD = SECOND.replace("2021-06-03", "2021-10-01").replace("A2021/01302", "A2021/01999").replace("7 000", "5 500")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted((folder / "data").rglob("*.yaml"))}


def imported(folder: Path, name: str, *more: str) -> CompletedProcess[str]:
    return run("import", name, "--into", "data", *more, folder=folder)


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A ledger with the first letter, and the two that amend it."""
    (tmp_path / "data").mkdir()
    for name, text in (("first", FIRST), ("second", SECOND), ("third", THIRD)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert imported(tmp_path, "first.txt").returncode == 0
    return tmp_path


def total(folder: Path, *more: str) -> str:
    """The sum of the year's appropriations in kronor."""
    query = "SELECT total FROM sums WHERE level = 'appropriations'"
    return run("sql", query, "-f", "csv", "--data", "data", *more, folder=folder).stdout.split()[-1].partition(",")[0]


def test_without_being_told_so_a_later_letter_changes_nothing_and_the_option_is_named(begun: Path) -> None:
    before = files(begun)
    done = imported(begun, "second.txt")
    assert done.returncode == 1
    assert "'ledger import second.txt --amend' enters what differs as top-ups of that day" in done.stderr
    assert files(begun) == before


def test_a_chain_of_letters_is_base_and_top_ups_with_the_old_figures_as_of_their_days(begun: Path) -> None:
    assert total(begun) == "422439000"
    for name in ("second.txt", "third.txt"):
        assert imported(begun, name, "--amend").returncode == 0
        assert run("check", "--strict", "--data", "data", folder=begun).returncode == 0
    assert total(begun) == "437539000"
    assert total(begun, "--as-of", "2021-05-01") == "422439000"
    assert total(begun, "--as-of", "2021-06-03") == "439039000"
    assert total(begun, "--as-of", "2021-10-01") == "437539000"
    shown = run("show", "uo13-3-1-2021/jamy/ap6", "--data", "data", folder=begun).stdout
    assert "−1" in shown or "-1" in shown


def test_the_same_letter_again_adds_nothing(begun: Path) -> None:
    imported(begun, "second.txt", "--amend")
    before = files(begun)
    again = imported(begun, "second.txt", "--amend")
    assert (again.returncode, files(begun)) == (0, before)
    assert "nothing to add" in again.stderr


def test_an_earlier_letter_after_a_later_one_is_said_to_be_earlier(begun: Path) -> None:
    imported(begun, "second.txt", "--amend")
    imported(begun, "third.txt", "--amend")
    before = files(begun)
    late = imported(begun, "second.txt", "--amend")
    assert files(begun) == before
    assert "is a later letter over it" in late.stderr


def test_a_dry_run_shows_the_change_and_writes_nothing(begun: Path) -> None:
    before = files(begun)
    done = imported(begun, "second.txt", "--amend", "--dry-run")
    assert done.returncode == 0
    assert files(begun) == before
    assert "+" in done.stdout
    assert "top_ups" in done.stdout


def test_amending_is_for_letters(begun: Path) -> None:
    (begun / "t.csv").write_text("Myndighet;År;Belopp (tkr)\nSocialstyrelsen;2021;5\n", encoding="utf-8")
    done = imported(begun, "t.csv", "--amend")
    assert done.returncode == 2
    assert "--amend is for an appropriation letter, and 't.csv' is none" in done.stderr


def test_reconcile_names_the_later_letter_first_whichever_side_has_it(begun: Path) -> None:
    held = run("reconcile", "second.txt", "--data", "data", folder=begun)
    causes = [line for line in held.stdout.partition("Likely causes")[2].splitlines() if "ap.8" in line]
    assert "the statement is a later letter, of 2021-06-03; the ledger has a2020-02600 of 2020-12-22" in causes[0]
    assert "'ledger import second.txt --amend' enters what came on top" in causes[0]
    imported(begun, "second.txt", "--amend")
    held = run("reconcile", "first.txt", "--data", "data", folder=begun)
    causes = [line for line in held.stdout.partition("Likely causes")[2].splitlines() if "ap.8" in line]
    assert "a later letter, a2021-01302 of 2021-06-03: as of 2020-12-22 the ledger says the same" in causes[0]


def test_a_gap_that_no_later_letter_explains_is_not_laid_at_one(begun: Path) -> None:
    imported(begun, "second.txt", "--amend")
    (begun / "other.txt").write_text(FIRST.replace("170 000", "170 001"), encoding="utf-8")
    held = run("reconcile", "other.txt", "--data", "data", folder=begun)
    assert "later letter" not in held.stdout.partition("Likely causes")[2]
