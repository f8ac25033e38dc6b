"""The pages under docs/ that are made from the program: they are what the program says now.

After a wanted change, `UPDATE_DOCS=1 pytest tests/test_docs.py` makes them anew; read the diff.
"""

import ast
import io
import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import chdir, closing
from functools import partial
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
from ledger.store import schema
from ledger.store.layout import create
from ledger.table import Table
from ledger.views.derivation import show_line
from ledger.views.summary import summary

DOCS = ROOT / "docs"
EXPLAINED = {check.id: check.page for check in load_checks()} | pages()
SQLITE_INTRO = """\
What `ledger export --format sqlite` writes of a whole ledger, and `ledger sql` asks: `ledger sql --schema` prints the same.
The views come first: they give money in kronor, a whole number where the amount is whole, else an exact text such as
`1500000.50`, never a binary fraction. The tables behind them hold whole öre. What is not known is NULL. `PRAGMA user_version`
is the number of this layout; it is raised with every change, so that a program that asks for columns can look first."""
_CREATED = re.compile(r"^CREATE (TABLE|VIEW) (\w+)(.*?);$", re.MULTILINE | re.DOTALL)
_DECLARED = re.compile(r"^\"?\w+\"? (?:TEXT|INTEGER|ANY)\b")
CHECKS_INTRO = """\
What `ledger check` finds, each with a page that says why it matters, shows a ledger in which it is wrong and one in which
it is right, and what to do. `ledger explain ID` prints the same pages. What is known and stands all the same is
[accepted](format/sources.md#accepting-a-known-discrepancy) line by line."""
MADE = "<!-- Made from the program by tests/test_docs.py; do not edit. -->"


def checks_index() -> str:
    """Every check and every fault of reading with its first sentence, in one list each."""
    parts = ["# Checks", MADE, CHECKS_INTRO]
    found = {check.id: f"{check.severity} | {_first(check.page)}" for check in load_checks()}
    faults = {fault: _first(page) for fault, page in pages().items()}
    parts += ["## What a ledger is checked for", _listed("| Check | It is | It finds |\n|---|---|---|", found)]
    parts += ["## Faults of reading", "What keeps a file, or an entry of it, from being read. All are errors."]
    parts += [_listed("| Fault | It is |\n|---|---|", faults)]
    return "\n\n".join(parts) + "\n"


def _first(page: str) -> str:
    return page.strip().partition("\n")[0]


def _listed(head: str, rows: dict[str, str]) -> str:
    return "\n".join([head, *(f"| [{name}](checks/{name}.md) | {row} |" for name, row in sorted(rows.items()))])


def check_page(name: str) -> str:
    """One check's page, or a fault's, as `ledger explain` prints it."""
    severities = {check.id: f" ({check.severity})" for check in load_checks()}
    return f"# {name}{severities.get(name, '')}\n\n{MADE}\n\n{EXPLAINED[name].strip()}\n\n[All checks](../checks.md)\n"


def sqlite_page() -> str:
    """Every table and view of the SQLite file, from its layout: names and types as SQLite tells, meanings as noted."""
    parts = ["# The SQLite file", MADE, SQLITE_INTRO]
    with closing(sqlite3.connect(":memory:")) as connection:
        create(connection)
        for kind, name, text in sorted(_CREATED.findall(schema()), key=lambda found: found[0] == "TABLE"):
            parts += [f"## {name} ({kind.lower()})", _columns_of(connection, name, text)]
    return "\n\n".join(parts) + "\n"


def _columns_of(connection: sqlite3.Connection, name: str, text: str) -> str:
    """A column a row; what it means stands behind it in the layout."""
    rows = ["| Column | Type | Unit | Meaning |", "|---|---|---|---|"]
    written = [line.partition("--") for line in text.splitlines() if "--" in line]
    notes = {_column_of(declared): (declared, note.strip()) for declared, _, note in written}
    for _, column, declared, *_ in connection.execute(f'PRAGMA table_info("{name}")'):
        source, note = notes[column]
        kronor = "kronor(" in source
        unit = "kronor" if kronor else "öre" if column.endswith("_ore") else ""
        kind = "integer or text" if kronor else declared.lower() or "text"
        rows.append(f"| `{column}` | {kind} | {unit} | {note} |")
    return "\n".join(rows)


def _column_of(declared: str) -> str:
    """The name that a line of the layout gives a column: `id TEXT NOT NULL`, `l.id`, `kronor(l.base_ore) AS base`."""
    plain = declared.strip().rstrip(",")
    return (plain.split()[0] if _DECLARED.search(plain) else re.split(r" AS |\.", plain)[-1]).strip('"')


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
        pytest.param("checks.md", checks_index, id="checks"),
        *(pytest.param(f"checks/{one}.md", partial(check_page, one), id=f"page of {one}") for one in EXPLAINED),
        pytest.param("output-sqlite.md", sqlite_page, id="tables of sqlite"),
        pytest.param("commands.md", commands_page, id="commands"),
        pytest.param("summary.svg", summary_picture, id="picture of summary"),
        pytest.param("show.svg", show_picture, id="picture of show"),
    ],
)
def test_page_is_what_the_program_says(name: str, make: Callable[[], str]) -> None:
    """The page in docs/ is the one that is made now."""
    page = DOCS / name
    made = make()
    if os.environ.get("UPDATE_DOCS"):
        page.parent.mkdir(exist_ok=True)
        page.write_text(made, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == made


def test_no_page_is_left_of_a_check_that_is_gone() -> None:
    assert {path.stem for path in (DOCS / "checks").glob("*")} == {*EXPLAINED}


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


def test_contributing_names_every_routine_of_nox_and_every_file_in_it_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    source = ast.parse((ROOT / "noxfile.py").read_text(encoding="utf-8"))
    functions = [node for node in source.body if isinstance(node, ast.FunctionDef) and node.decorator_list]
    assert sorted(re.findall(r"^\| `nox -s (\w+)`", text, re.MULTILINE)) == sorted(one.name for one in functions)
    assert all(ast.get_docstring(one) for one in functions)
    named = re.findall(r"`(src/ledger/[\w/]+(?:\.\w+)?/?)`", text)
    made_up = {"src/ledger/checks/my_check.py", "src/ledger/commands/my_command.py"}
    assert [name for name in named if not (ROOT / name).exists()] == sorted(made_up)


def test_the_quick_tests_are_there() -> None:
    from noxfile import QUICK

    assert [name for name in QUICK if not (ROOT / name).is_file()] == []
