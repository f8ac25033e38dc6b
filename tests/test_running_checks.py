"""The runner: which checks run, what it adds to findings, and what acceptances take away."""

from collections.abc import Sequence
from types import ModuleType

import pytest
from checked import Found, checked
from msgspec.structs import replace

from ledger.checks import Check, load_checks
from ledger.checks._check import _check, _id_of
from ledger.checks._run import with_text
from ledger.diagnostic import Diagnostic, Hint, Place, Related, by_place

FAULTY = """
agencies:
  a: {name: A, kind: k, org_number: 202100-6692}
sources:
  s: {title: S, kind: k, publishd: 2024}
allocations:
  b: {title: B, kind: grant, year: 2024, recipient: nobody, source: s, of: b}
"""

LINE = """
allocations:
  a:
    title: T
    kind: assignment
    year: 2024
    total: 1 mnkr
    accept:
"""


def accepting(*acceptances: str) -> str:
    """A line with a missing source (line 7), and its acceptances from line 9 on."""
    return LINE + "".join(f"      - {{{acceptance}}}\n" for acceptance in acceptances)


def found(
    text: str, today: str = "2024-06-01", *, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> list[tuple[int, str]]:
    result = checked(text, select=select, ignore=ignore, today=today)
    return [(line, check) for _, line, check in result.found]


def test_every_check_is_found_and_sorted() -> None:
    ids = tuple(check.id for check in load_checks())
    assert {"unknown-recipient", "bad-org-number", "unused-acceptance"} <= set(ids)
    assert list(ids) == sorted(set(ids))


def test_with_faults_of_reading_a_check_that_needs_the_whole_book_says_it_did_not_run() -> None:
    outcome = checked(FAULTY).outcome
    whole = tuple(check.id for check in load_checks() if check.whole_book)
    assert outcome.not_run == whole
    assert "unknown-recipient" in whole
    assert {one.check for one in outcome.diagnostics} == {
        "unknown-field",
        "bad-org-number",
        "inclusion-cycle",
    }


def test_without_faults_every_check_runs() -> None:
    assert checked(accepting("check: missing-source, reason: R")).outcome.not_run == ()


def test_findings_and_faults_are_sorted_by_place() -> None:
    diagnostics = checked(FAULTY).outcome.diagnostics
    assert list(diagnostics) == sorted(diagnostics, key=by_place)
    assert [one.place.line for one in diagnostics] == [3, 5, 7]


def test_only_the_selected_checks_run_and_not_the_ignored_ones() -> None:
    text = FAULTY.replace(", publishd: 2024", "")
    everything: Found = checked(text).found
    assert {check for _, _, check in everything} == {
        *("bad-org-number", "unused-agency", "unknown-recipient", "inclusion-cycle")
    }
    assert found(text, select=["bad-org-number"]) == [(3, "bad-org-number")]
    assert len(found(text, ignore=["bad-org-number"])) == len(everything) - 1
    assert found(text, select=["bad-org-number"], ignore=["bad-org-number"]) == []


def test_faults_of_reading_are_reported_whatever_is_selected() -> None:
    outcome = checked(FAULTY, select=["unknown-recipient"]).outcome
    assert [one.check for one in outcome.diagnostics] == ["unknown-field"]
    assert outcome.not_run == ("unknown-recipient",)


def test_an_unknown_check_is_refused_with_a_suggestion_and_nothing_runs() -> None:
    outcome = checked(FAULTY, select=["unknown-recipent"], ignore=["zzz"]).outcome
    assert outcome.refused == (
        "no check is called 'unknown-recipent' (did you mean 'unknown-recipient'?)",
        "no check is called 'zzz'",
    )
    assert outcome.diagnostics == ()


def test_errors_and_warnings_are_counted() -> None:
    outcome = checked(FAULTY.replace(", publishd: 2024", "")).outcome
    assert (outcome.errors, outcome.warnings) == (3, 1)


def test_a_check_gives_its_findings_their_id_and_severity() -> None:
    checks = {check.id: check.severity for check in load_checks()}
    for one in checked(FAULTY.replace(", publishd: 2024", "")).outcome.diagnostics:
        assert one.severity == checks[one.check]


def test_every_place_gets_the_text_of_its_line() -> None:
    place, beyond = Place("f", 2, 1, 2), Place("f", 9, 1, 2)
    bare = Diagnostic(
        "c",
        "error",
        place,
        "m",
        "",
        (Related(place, "r"), Related(beyond, "r")),
        (Hint("k", "h", place), Hint("k", "h")),
    )
    full = with_text(bare, {"f": ["one", "two"]})
    assert full.text == "two"
    assert with_text(replace(bare, place=Place("f", 1, 1, 2)), {"f": ["one", "two"]}).text == "one"
    assert [one.text for one in full.related] == ["two", ""]
    assert [one.text for one in full.hints] == ["two", ""]
    assert with_text(full, {}) == bare


def test_an_acceptance_takes_the_finding_of_its_check_away() -> None:
    assert found(LINE.replace("    accept:\n", "")) == [(7, "missing-source")]
    result = checked(accepting("check: missing-source, reason: R"), today="2024-06-01")
    assert result.found == []
    [accepted] = result.outcome.accepted
    assert (accepted.diagnostic.check, accepted.diagnostic.text) == ("missing-source", "    total: 1 mnkr")
    assert accepted.acceptance.reason == "R"


def test_an_acceptance_of_another_check_takes_nothing_away_and_is_reported() -> None:
    text = accepting("check: unknown-goal, reason: R")
    assert found(text) == [(7, "missing-source"), (9, "unused-acceptance")]


def test_an_acceptance_holds_for_its_own_line_only() -> None:
    part = "    parts:\n      b: {title: T, kind: grant, total: 1 mnkr}\n"
    text = accepting("check: missing-source, reason: R") + part
    assert found(text) == [(11, "missing-source")]


def test_an_acceptance_of_a_claim_works_like_that_of_a_line() -> None:
    text = "claims:\n  c: {title: T, year: 2024, amount: 1 mnkr, accept: [{check: missing-source, reason: R}]}"
    assert found(text) == []


def test_an_acceptance_of_a_claim_leaves_a_line_of_the_same_name_in_another_file_alone() -> None:
    claim = "claims:\n  a: {title: T, year: 2024, amount: 1 mnkr, accept: [{check: missing-source, reason: R}]}"
    line = "allocations:\n  a: {title: T, year: 2024, kind: grant, total: 1 mnkr}"
    assert checked(claim, line).found == [("2.yaml", 2, "missing-source")]


@pytest.mark.parametrize(
    ("until", "today", "stands"),
    [
        ("2024-06-01", "2024-06-01", False),
        ("2024-06-01", "2024-06-02", True),
        ("2024-06", "2024-06-30", False),
        ("2024-06", "2024-07-01", True),
        ("2024", "2024-12-31", False),
        ("2024", "2025-01-01", True),
    ],
)
def test_an_acceptance_runs_out_after_its_last_day_and_is_then_reported(
    until: str, today: str, *, stands: bool
) -> None:
    text = accepting(f"check: missing-source, reason: R, until: {until}")
    expected = [(7, "missing-source"), (9, "unused-acceptance")] if stands else []
    assert found(text, today) == expected


def test_an_acceptance_that_ran_out_says_when_and_what_to_do() -> None:
    one = checked(accepting("check: missing-source, reason: R, until: 2023")).only("unused-acceptance")
    assert one.message == "this acceptance ran out, '2023' is past, and the finding stands again"
    assert one.help == "correct the figures, or find out why they still differ and give a new date"
    assert one.text[one.place.column - 1 : one.place.end_column - 1] == "2023"


def test_of_two_acceptances_a_valid_one_covers_for_one_that_ran_out() -> None:
    text = accepting("check: missing-source, reason: R, until: 2023", "check: missing-source, reason: R")
    result = checked(text, today="2024-06-01")
    assert result.found == [("1.yaml", 9, "unused-acceptance")]
    assert result.outcome.accepted[0].acceptance.until == ""


def test_an_acceptance_of_no_check_is_reported_with_a_suggestion() -> None:
    one = checked(accepting("check: mising-source, reason: R")).only("unused-acceptance")
    assert one.message == "no check is called 'mising-source' (did you mean 'missing-source'?)"
    assert one.text[one.place.column - 1 : one.place.end_column - 1] == "mising-source"


@pytest.mark.parametrize(
    ("select", "ignore"),
    [([], ["missing-source"]), (["unused-acceptance"], []), (["unknown-goal"], [])],
)
def test_an_acceptance_of_a_check_that_did_not_run_is_not_called_unused(select: list[str], ignore: list[str]) -> None:
    assert found(accepting("check: missing-source, reason: R"), select=select, ignore=ignore) == []


def test_an_acceptance_cannot_be_accepted() -> None:
    text = accepting("check: unused-acceptance, reason: R", "check: missing-source, reason: R")
    assert found(text) == [(9, "unused-acceptance")]


def module(name: str, **contents: object) -> ModuleType:
    made = ModuleType(f"ledger.checks.{name}", "A page.")
    vars(made).update({"SEVERITY": "error", "WHOLE_BOOK": False, "check": iter} | contents)
    return made


def test_a_check_takes_its_id_from_its_module_and_its_page_from_the_docstring() -> None:
    made = _check(module("bad_import_", SEVERITY="warning", WHOLE_BOOK=True), _id_of("bad_import_"))
    assert made == Check("bad-import", "warning", whole_book=True, page="A page.\n", run=made.run)
    assert _check(module("x", REACH="lines"), "x").reach == "lines"


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        ({"__doc__": None}, "docstring is its page"),
        ({"SEVERITY": "fatal"}, "SEVERITY must be 'error' or 'warning', not 'fatal'"),
        ({"SEVERITY": None}, "SEVERITY must be"),
        ({"WHOLE_BOOK": "yes"}, "WHOLE_BOOK must be True or False, not 'yes'"),
        ({"REACH": "all"}, "REACH must be 'lines', 'registers' or 'ledger', not 'all'"),
        ({"check": None}, "either check"),
        ({"review": iter}, "either check"),
    ],
)
def test_a_module_that_lacks_something_is_refused_at_once(contents: dict[str, object], words: str) -> None:
    with pytest.raises(TypeError, match=words):
        _check(module("some", **contents), "some")


@pytest.mark.parametrize("name", ["SEVERITY", "WHOLE_BOOK", "check"])
def test_a_module_without_a_name_is_refused_in_the_same_words(name: str) -> None:
    made = module("x")
    delattr(made, name)
    with pytest.raises(TypeError, match=r"ledger\.checks\.x: "):
        _check(made, "x")
