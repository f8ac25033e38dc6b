"""Looking up the page of a check."""

import re

import pytest

from ledger.checks import load_checks
from ledger.commands._fill_text import filled
from ledger.reading.pages import pages

EXAMPLE = re.compile(r"```.*?```", re.DOTALL)


@pytest.mark.parametrize("columns", [40, 72, 100])
def test_a_page_that_is_filled_loses_no_word_and_no_line_of_an_example(columns: int) -> None:
    """On a terminal only sentences are broken anew; headings, points and blank lines stay where they were."""
    for page in (*(check.page for check in load_checks()), *pages().values()):
        shown = filled(page, columns)
        assert shown.split() == page.split()
        assert EXAMPLE.findall(shown) == EXAMPLE.findall(page)
        sentences = EXAMPLE.sub("", shown).splitlines()
        assert [line for line in sentences if len(line) > columns] == []
        assert (shown.count("\n\n"), shown.count("\n- ")) == (page.count("\n\n"), page.count("\n- "))
