"""The pages under docs/ that are made from the program: they are what the program says now.

After a wanted change, `UPDATE_DOCS=1 pytest tests/test_docs.py` makes them anew; read the diff.
"""

import io
import os
import re
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text
from transcript import ROOT, run

from ledger.checks import load_checks
from ledger.query import parse, select
from ledger.query.terms import Query
from ledger.reading import load
from ledger.reading.pages import pages
from ledger.render._terminal import show
from ledger.table import Table
from ledger.views.derivation import show_line
from ledger.views.summary import summary

DOCS = ROOT / "docs"
MADE = "<!-- Made from the program by tests/test_docs.py; do not edit. -->"


def checks_page() -> str:
    """Every check's page, then every fault of reading, as `ledger explain` prints them."""
    parts = ["# Checks", MADE, "What `ledger check` finds. `ledger explain ID` prints the same pages."]
    parts += [_section(check.id, f"{check.severity}: {check.page}") for check in load_checks()]
    parts += ["# Faults of reading", "What keeps a file, or an entry of it, from being read. All are errors."]
    parts += [_section(fault, page) for fault, page in sorted(pages().items())]
    return "\n\n".join(parts) + "\n"


def _section(name: str, page: str) -> str:
    severity, _, text = page.strip().partition(": ") if page.startswith(("error: ", "warning: ")) else ("", "", page)
    heading = f"## {name} ({severity})" if severity else f"## {name}"
    return f"{heading}\n\n{re.sub('^## ', '### ', text.strip(), flags=re.MULTILINE)}"


def commands_page() -> str:
    """The help of the program and of each command, as a terminal of 80 columns shows it."""
    overview = run("ledger --help", ROOT).output
    names = re.findall(r"^  ([a-z]\S*)  ", overview.partition("Commands:")[2], re.MULTILINE)
    parts = ["# Commands", MADE, f"```text\n{overview}```"]
    parts += [f"## ledger {name}\n\n```text\n{run(f'ledger {name} --help', ROOT).output}```" for name in names]
    return "\n\n".join(parts) + "\n"


def summary_picture() -> str:
    """The year as the README shows it."""
    book = load(ROOT / "data").book
    query = parse(["2024"], book)
    assert isinstance(query, Query)
    return _picture("summary 2024", summary(book, select(query, book).lines, 2024))


def show_picture() -> str:
    """How a figure comes about, as the README shows it."""
    with chdir(ROOT):
        book = load(Path("data")).book
    name = "lst-utvecklingsmedel-2024"
    return _picture(f"show {name}", show_line(book, book.lines[name]))


def _picture(words: str, table: Table) -> str:
    """A table in a terminal of 100 columns, as a picture without anything fetched from elsewhere."""
    printed = io.StringIO()
    show(table, Console(file=printed, width=100, force_terminal=True, color_system="standard"))
    console = Console(file=io.StringIO(), width=100, record=True)
    console.print(Text.from_ansi(printed.getvalue()))
    name = words.partition(" ")[0]
    svg = console.export_svg(title=f"ledger {words}", theme=DEFAULT_TERMINAL_THEME, unique_id=name)
    return re.sub(r"\s*@font-face \{.*?\}\n", "", svg, flags=re.DOTALL).replace("Fira Code", "ui-monospace")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("checks.md", checks_page),
        ("commands.md", commands_page),
        ("summary.svg", summary_picture),
        ("show.svg", show_picture),
    ],
    ids=["checks", "commands", "picture of summary", "picture of show"],
)
def test_page_is_what_the_program_says(name: str, make: Callable[[], str]) -> None:
    """The page in docs/ is the one that is made now."""
    page = DOCS / name
    made = make()
    if os.environ.get("UPDATE_DOCS"):
        page.parent.mkdir(exist_ok=True)
        page.write_text(made, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == made


def test_every_address_in_the_readme_leads_to_a_file() -> None:
    """Every relative link and picture of the README is there."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    missing = [target for target in targets if not Path(ROOT / target).exists()]
    assert targets
    assert missing == []


@pytest.mark.parametrize("page", ["docs/mutants.md", "docs/performance.md", "docs/reliability.md", "SECURITY.md"])
def test_every_test_and_page_that_a_promise_names_is_there(page: str) -> None:
    """So that nobody is told of a test that is not there any more."""
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"\b((?:tests|docs)/[\w/-]+(?:\.\w+)?)", text))
    named |= {f"{Path(page).parent}/{target}" for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text)}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
