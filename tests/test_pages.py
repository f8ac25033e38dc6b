"""The pages of the checks and of the faults of reading: whole, and their examples do what they say."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import pytest
from checked import assert_worded, checked, marked

import ledger.checks
import ledger.reading.pages
from ledger.checks import load_checks
from ledger.reading.pages import pages

PAGES = {check.id: check.page for check in load_checks()} | pages()
HEADINGS = ["## Why it matters", "## Wrong", "## Right", "## What to do"]
each_page = pytest.mark.parametrize("page_id", PAGES)


def section(page: str, heading: str) -> str:
    return page.partition(f"\n{heading}\n")[2].partition("\n## ")[0]


def files(page: str, heading: str) -> list[str]:
    """Every YAML block of a section is a file of one ledger."""
    return re.findall(r"^```yaml\n(.*?)^```$", section(page, heading), re.MULTILINE | re.DOTALL)


@each_page
def test_a_page_is_one_sentence_and_four_sections(page_id: str) -> None:
    page = PAGES[page_id]
    first, blank, *_ = page.split("\n")
    assert re.fullmatch(r"[A-Z].*\.", first)
    assert ". " not in first
    assert blank == ""
    outside = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    assert [line for line in outside.split("\n") if line.startswith("#")] == HEADINGS
    assert all(section(page, heading).strip() for heading in HEADINGS)
    assert page.endswith("\n")


@each_page
def test_the_wrong_example_has_exactly_the_findings_marked_on_its_lines(page_id: str) -> None:
    wrong = files(PAGES[page_id], "## Wrong")
    assert page_id in {check for _, _, check in marked(*wrong)}
    assert checked(*wrong).found == marked(*wrong)


@each_page
def test_the_right_example_has_no_finding_at_all(page_id: str) -> None:
    right = files(PAGES[page_id], "## Right")
    assert right
    outcome = checked(*right).outcome
    assert outcome.diagnostics == ()
    assert outcome.not_run == ()


@each_page
def test_every_finding_of_a_page_points_into_its_file_and_carries_that_line(page_id: str) -> None:
    run = checked(*files(PAGES[page_id], "## Wrong"))
    shown = [(one.place, one.text) for one in run.outcome.diagnostics]
    shown += [(more.place, more.text) for one in run.outcome.diagnostics for more in one.related]
    shown += [(hint.place, hint.text) for one in run.outcome.diagnostics for hint in one.hints if hint.place]
    assert shown
    for place, text in shown:
        assert text == run.texts[place.path][place.line - 1]
        assert 1 <= place.column < place.end_column <= len(text) + 1


@each_page
def test_messages_are_lower_case_without_a_full_stop_and_say_what_to_do(page_id: str) -> None:
    checks = {check.id for check in load_checks()}
    for one in checked(*files(PAGES[page_id], "## Wrong")).outcome.diagnostics:
        for words in (one.message, one.help, *(more.message for more in one.related)):
            assert words == words.strip().rstrip(".")
            assert words[:1] == words[:1].lower()
        assert one.help or one.check not in checks


def test_every_finding_of_the_pages_is_worded_as_it_was_read() -> None:
    """The message, all other places, the hints and what to do: read the difference when it changes."""
    assert_worded("pages.md", {page_id: files(PAGES[page_id], "## Wrong") for page_id in sorted(PAGES)})


@pytest.mark.parametrize("package", [ledger.checks, ledger.reading.pages], ids=lambda package: package.__name__)
def test_every_module_has_a_page_under_its_dashed_name(package: ModuleType) -> None:
    names = [module.name for module in iter_modules(package.__path__) if not module.name.startswith("_")]
    found = {page_id: page for page_id, page in PAGES.items() if page_id.replace("-", "_") in names}
    assert sorted(found) == sorted(name.replace("_", "-") for name in names)
    for name in names:
        doc = import_module(f"{package.__name__}.{name}").__doc__ or ""
        assert PAGES[name.replace("_", "-")] == doc.strip() + "\n"


def test_no_check_has_the_id_of_a_fault_of_reading() -> None:
    assert not {check.id for check in load_checks()} & set(pages())


def test_every_fault_that_reading_reports_has_a_page() -> None:
    """The ids stand as literals in the modules of the reader, so that they are found by searching for them.

    Of two spellings of one id in one file the reader keeps the first, and reports the other as the check would.
    """
    top = Path(ledger.reading.pages.__file__).parent.parent
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (*top.glob("*.py"), *top.glob("yaml/*.py")))
    named = set(re.findall(r'"((?:bad|missing|unknown|duplicate|unsafe)-[a-z]+|syntax)"', sources))
    assert named == {*pages(), "duplicate-id"}
