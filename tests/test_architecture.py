"""The guard rails of the house: who may import whom, how long things may be, what they are called.

A rule is a function from modules to sentences, one for each violation, so that it is tried on small made-up
modules as well as on the real ones.
"""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

MAY_IMPORT = {
    # The room, a module or a package, and what it may import, of ours. Below a room are those after it.
    "__main__": "cli, cache",
    "cli": "commands, output, options, cache",
    "api": "reading, checks, views, render, query, book, table, discovery, diagnostic",
    "commands": "output, anything below",
    "output": "options, render, table, atomic_write",
    "options": "cache, plugins",
    "page": "views, book, checks, table, money, diagnostic",
    "render": "table, diagnostic, money, suggestion, plugins",
    "views": "book, query, table, money",
    "incremental": "checks, reading, book, cache, plugins",
    "checks": "book, query, hints, diagnostic, money, suggestion, plugins",
    "statements": "money, table, diagnostic, suggestion, plugins",
    "reconcile": "book, query, hints, statements, table, money",
    "diff": "book, query, hints, statements, table, money",
    "writing": "reading, book, statements, diagnostic, money, cache, atomic_write, suggestion",
    "store": "book, diagnostic, money, suggestion",
    "revisions": "reading, book, discovery, diagnostic",
    "reading": "book, query, discovery, diagnostic, money, cache, suggestion",
    "query": "book, diagnostic, money, suggestion",
    "hints": "money",
    "book": "money, diagnostic",
    "table": "money",
    "diagnostic": "nothing",
    "suggestion": "nothing",
    "money": "nothing",
    "discovery": "cache",
    "cache": "nothing",
    "atomic_write": "nothing",
    "plugins": "nothing",
}
WITHOUT_PYDANTIC = {"store", "book", "table", "diagnostic", "money", "cache", "atomic_write"}
"""The Book is stored and restored without it."""

FAULTS_OF_READING = [
    "syntax",
    "duplicate-key",
    "unknown-field",
    "missing-field",
    "bad-value",
    "bad-amount",
    "unsafe-yaml",
]
MODULE_LINES = 300
FUNCTION_LINES = 40


@dataclass(frozen=True)
class Module:
    """A module's text, and its file below the folder that Python imports from."""

    file: str
    source: str

    @property
    def name(self) -> str:
        return self.file.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    @property
    def package(self) -> str:
        return self.name if self.file.endswith("/__init__.py") else self.name.rpartition(".")[0]

    @property
    def room(self) -> str:
        return room_of(self.name)

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [n for n in ast.walk(self.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]

    @cached_property
    def imports(self) -> list[tuple[int, str]]:
        """The line and dotted name of every import, wherever it stands, also under TYPE_CHECKING."""
        return [found for node in ast.walk(self.tree) for found in self._imports(node)]

    @property
    def ours(self) -> list[tuple[int, str]]:
        return [(line, name) for line, name in self.imports if name.split(".")[0] == "ledger"]

    def _imports(self, node: ast.AST) -> Iterator[tuple[int, str]]:
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=base, names=names, level=level):
                above = self.package.split(".")[: -(level - 1) or None] if level else []
                start = [*above, *([base] if base else [])]
                yield from ((node.lineno, ".".join([*start, alias.name])) for alias in names)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield node.lineno, name


Rule = Callable[[Sequence[Module]], Iterator[str]]


def room_of(name: str) -> str:
    """`ledger.checks.parts_mismatch` is in `checks`; the package itself and its version are in no room."""
    first = [*name.split("."), ""][1]
    return "" if first == "__version__" else first


def import_table() -> dict[str, set[str]]:
    rooms = list(MAY_IMPORT)
    table = {room: set(words.split(", ")) - {"nothing"} for room, words in MAY_IMPORT.items()}
    for room, may in table.items():
        if "anything below" in may:
            table[room] = may - {"anything below"} | set(rooms[rooms.index(room) + 1 :])
    return table


def forbidden_imports(modules: Sequence[Module]) -> Iterator[str]:
    table = import_table()
    for module in modules:
        if module.room and module.room not in table:
            yield f"{module.file}: '{module.room}' is no room of the house"
        for line, name in module.ours:
            there = room_of(name)
            if there not in {"", module.room, *table.get(module.room, () if module.room else ("api",))}:
                yield f"{module.file}:{line}: {module.room or 'ledger'} may not import {there}"


def cycles(modules: Sequence[Module]) -> Iterator[str]:
    """The first ring of modules that import each other."""
    by_name = {module.name: module for module in modules}

    def target(name: str) -> str:
        while name and name not in by_name:
            name = name.rpartition(".")[0]
        return name

    def others(module: Module) -> set[str]:
        """The version stands in the package itself, above what it passes on."""
        return {target(other) for _, other in module.ours if other != "ledger.__version__"}

    graph = {name: others(module) for name, module in by_name.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield " < ".join(error.args[1])


def long_modules(modules: Sequence[Module]) -> Iterator[str]:
    for module in modules:
        if (lines := len(module.source.splitlines())) > MODULE_LINES:
            yield f"{module.file}: {lines} lines, {MODULE_LINES} at most"


def long_functions(modules: Sequence[Module]) -> Iterator[str]:
    """From `def` to the last line, decorators and docstring left out."""
    for module in modules:
        for function in module.functions:
            doc = extent(function.body[0]) if ast.get_docstring(function) is not None else 0
            if (lines := extent(function) - doc) > FUNCTION_LINES:
                where = f"{module.file}:{function.lineno}"
                yield f"{where}: {function.name} has {lines} lines, {FUNCTION_LINES} at most"


def extent(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def silent_modules(modules: Sequence[Module]) -> Iterator[str]:
    for module in modules:
        if not ast.get_docstring(module.tree):
            yield f"{module.file}: no docstring"


def bad_checks(modules: Sequence[Module]) -> Iterator[str]:
    """A check's id is its module's name with dashes, belongs to it alone, and does not stand in its code."""
    owners = dict.fromkeys(FAULTS_OF_READING, "the faults of reading")
    for module in modules:
        package, _, name = module.name.rpartition(".")
        if package != "ledger.checks" or name.startswith("_"):
            continue
        check = name.removesuffix("_").replace("_", "-")
        if not re.fullmatch(r"[a-z]+(-[a-z]+)*", check):
            yield f"{module.file}: '{check}' is not small words with dashes"
        if check in owners:
            yield f"{module.file}: '{check}' is taken by {owners[check]}"
        owners[check] = module.file
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and node.value == check:
                yield f"{module.file}:{node.lineno}: a check does not name itself; the runner adds '{check}'"


def type_ignores(modules: Sequence[Module]) -> Iterator[str]:
    """Under one in a thousand lines."""
    places = [place for module in modules for place in ignores_in(module)]
    lines = sum(len(module.source.splitlines()) for module in modules)
    if places and len(places) * 1000 >= lines:
        yield f"{len(places)} in {lines} lines: {', '.join(places)}"


def ignores_in(module: Module) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(module.source).readline):
        if token.type == tokenize.COMMENT and re.search(r"type:\s*ignore", token.string):
            yield f"{module.file}:{token.start[0]}"


def names_without_a_subject(modules: Sequence[Module]) -> Iterator[str]:
    for module in modules:
        if {"util", "utils"} & {part.strip("_") for part in module.name.split(".")}:
            yield f"{module.file}: a module is named for its subject"


def click_imports(modules: Sequence[Module]) -> Iterator[str]:
    """Typer carries a click of its own, so another one is not there, or is not the same."""
    for module in modules:
        for line, name in module.imports:
            if name.split(".")[0] == "click" or name.startswith("typer._click"):
                yield f"{module.file}:{line}: imports {name}"


def pydantic_imports(modules: Sequence[Module]) -> Iterator[str]:
    for module in modules:
        for line, name in module.imports:
            if module.room in WITHOUT_PYDANTIC and name.split(".")[0] == "pydantic":
                yield f"{module.file}:{line}: {module.room} does without pydantic"


def read(top: Path, folder: str) -> list[Module]:
    files = sorted((top / folder).rglob("*.py"))
    return [Module(file.relative_to(top).as_posix(), file.read_text(encoding="utf-8")) for file in files]


SOURCE = read(ROOT / "src", "ledger")
TESTS = read(ROOT, "tests")


@pytest.mark.parametrize(
    "rule",
    [
        forbidden_imports,
        cycles,
        long_modules,
        long_functions,
        silent_modules,
        bad_checks,
        type_ignores,
        names_without_a_subject,
        click_imports,
        pydantic_imports,
    ],
)
def test_the_source_keeps_the_rule(rule: Rule) -> None:
    assert list(rule(SOURCE)) == []


@pytest.mark.parametrize("rule", [click_imports, names_without_a_subject])
def test_the_tests_keep_the_rule(rule: Rule) -> None:
    assert list(rule(TESTS)) == []


def test_the_modules_are_found() -> None:
    assert {"ledger", "ledger.__main__"} <= {module.name for module in SOURCE}
    assert Path(__file__).stem in {module.name.rpartition(".")[2] for module in TESTS}


def test_the_table_names_rooms_only_and_leads_downwards() -> None:
    table = import_table()
    assert set().union(*table.values()) <= set(table)
    TopologicalSorter(table).prepare()


def test_the_page_has_the_table_of_rooms() -> None:
    """`docs/architecture.md` tells the same as the table above, in its order, and what lives in each."""
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", PAGE.partition("## The rooms")[2], re.MULTILINE)
    assert {room: may for room, _, may in rows} == MAY_IMPORT
    assert [room for room, *_ in rows] == list(MAY_IMPORT)


def test_every_file_and_folder_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"(?<![\w./])((?:\w+/)*\w+\.(?:py|sql|md|toml)|(?:\w+/)+)(?![\w/])", PAGE))
    assert {"reading/yaml/plain_style.py", "money/"} <= named
    places = (ROOT / "src" / "ledger", ROOT, ROOT / "docs")
    assert [name for name in sorted(named) if not any((place / name).exists() for place in places)] == []


def test_the_page_names_the_rooms_that_do_without_pydantic() -> None:
    [said] = re.findall(r";\s((?:`\w+`(?:,|\sand)?\s)+)do\swithout\spydantic", PAGE)
    assert set(re.findall(r"`(\w+)`", said)) == WITHOUT_PYDANTIC


def violations(rule: Rule, sources: dict[str, str]) -> list[str]:
    """What the rule says of made-up modules, by their file below `ledger/`."""
    return list(rule([Module(f"ledger/{file}", source) for file, source in sources.items()]))


@pytest.mark.parametrize(
    ("statement", "room"),
    [
        ("import ledger.views.summary", "views"),
        ("import os, ledger.views", "views"),
        ("from ledger import views", "views"),
        ("from ledger import __version__, views", "views"),
        ("from ledger.views import summary", "views"),
        ("from ledger.views.summary import view", "views"),
        ("from ..views import summary", "views"),
        ("from .. import views", "views"),
        ("from ledger import *", "*"),
        ("from ledger.nowhere import thing", "nowhere"),
        ("def late() -> None:\n    from ledger import views", "views"),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ledger import views", "views"),
        ("import importlib\nviews = importlib.import_module('ledger.views')", "views"),
    ],
)
def test_every_way_of_importing_another_room_is_seen(statement: str, room: str) -> None:
    line = len(statement.splitlines())
    found = violations(forbidden_imports, {"checks/some.py": statement})
    assert found == [f"ledger/checks/some.py:{line}: checks may not import {room}"]


@pytest.mark.parametrize(
    ("file", "statement"),
    [
        ("checks/some.py", "import ledger"),
        ("checks/some.py", "from ledger import __version__"),
        ("checks/some.py", "from ledger.checks import _marks"),
        ("checks/some.py", "from . import _marks"),
        (
            "checks/__init__.py",
            "from ledger.book import Book\nfrom ledger.hints import causes\nimport pkgutil",
        ),
        (
            "commands/check.py",
            "from ledger.options import Data\nfrom ledger import checks, money, output, page, store",
        ),
        ("__main__.py", "from ledger.cli import main"),
        ("cli.py", "from ledger import commands, options"),
    ],
)
def test_what_the_table_grants_is_left_alone(file: str, statement: str) -> None:
    assert violations(forbidden_imports, {file: statement}) == []


@pytest.mark.parametrize(
    ("file", "other"),
    [
        ("__init__.py", "money"),
        ("__main__.py", "options"),
        ("cli.py", "reading"),
        ("options.py", "commands"),
        ("options.py", "output"),
        ("commands/check.py", "cli"),
        ("render/csv.py", "views"),
        ("views/summary.py", "checks"),
        ("reading/model.py", "writing"),
        ("diff.py", "reconcile"),
        ("hints.py", "book"),
        ("book/__init__.py", "reading"),
        ("table.py", "diagnostic"),
        ("money.py", "table"),
    ],
)
def test_what_the_table_does_not_grant_is_a_violation(file: str, other: str) -> None:
    assert len(violations(forbidden_imports, {file: f"import ledger.{other}"})) == 1


def test_a_module_at_the_top_needs_a_room() -> None:
    found = violations(forbidden_imports, {"attic.py": ""})
    assert found == ["ledger/attic.py: 'attic' is no room of the house"]


def test_a_ring_of_imports_is_found_also_inside_a_room_and_inside_functions() -> None:
    [found] = violations(
        cycles,
        {
            "reading/__init__.py": "",
            "reading/loading.py": "from ledger.reading import model",
            "reading/model.py": "from ledger.reading.validation_messages import Fault",
            "reading/validation_messages.py": "def late() -> None:\n    from ledger.reading.loading import load",
        },
    )
    assert set(found.split(" < ")) == {f"ledger.reading.{name}" for name in ("loading", "model", "validation_messages")}


def test_a_package_that_passes_on_the_names_of_its_modules_is_no_ring() -> None:
    passing_on = "from ledger.money.interval import Interval"
    interval = "from ledger import __version__"
    files = {"__init__.py": "", "money/__init__.py": passing_on, "money/interval.py": interval}
    assert violations(cycles, files) == []
    assert len(violations(cycles, files | {"money/interval.py": "from ledger.money import Amount"})) == 1


def test_a_module_may_have_300_lines() -> None:
    assert violations(long_modules, {"book.py": "x = 1\n" * 300}) == []
    assert violations(long_modules, {"book.py": "x = 1\n" * 301}) == ["ledger/book.py: 301 lines, 300 at most"]


def test_a_function_may_have_40_lines_besides_its_docstring() -> None:
    fits = '@cache\ndef f() -> None:\n    """First.\n\n    More.\n    """\n' + "    x = 1\n" * 39
    expected = ["ledger/book.py:2: f has 41 lines, 40 at most"]
    assert violations(long_functions, {"book.py": fits}) == []
    assert violations(long_functions, {"book.py": fits + "    x = 1\n"}) == expected
    method = "class C:\n    async def f(self) -> None:\n" + "        x = 1\n" * 40
    assert violations(long_functions, {"book.py": method}) == expected


def test_a_module_has_a_docstring() -> None:
    assert violations(silent_modules, {"book.py": '"""The book."""'}) == []
    assert violations(silent_modules, {"book.py": "# The book."}) == ["ledger/book.py: no docstring"]


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ({"parts_mismatch": "", "_order": "", "__init__": ""}, []),
        ({"Parts": ""}, ["Parts.py: 'Parts' is not small words with dashes"]),
        ({"parts_": "", "parts": ""}, ["parts.py: 'parts' is taken by ledger/checks/parts_.py"]),
        ({"bad_value": ""}, ["bad_value.py: 'bad-value' is taken by the faults of reading"]),
        (
            {"bad_sum": "\nID = 'bad-sum'"},
            ["bad_sum.py:2: a check does not name itself; the runner adds 'bad-sum'"],
        ),
    ],
)
def test_a_check_has_the_name_of_its_module_to_itself(checks: dict[str, str], expected: list[str]) -> None:
    found = violations(bad_checks, {f"checks/{name}.py": source for name, source in checks.items()})
    assert found == [f"ledger/checks/{line}" for line in expected]


def test_a_thousand_lines_have_no_type_ignore_and_more_may_have_one() -> None:
    source = "x = 'type: ignore'\n" * 999 + "y = 1  # type: ignore[assignment]\n"
    assert violations(type_ignores, {"book.py": source}) == ["1 in 1000 lines: ledger/book.py:1000"]
    assert violations(type_ignores, {"book.py": source, "query.py": "x = 1"}) == []


@pytest.mark.parametrize("file", ["utils.py", "reading/utils.py", "views/_util.py", "utils/__init__.py"])
def test_a_drawer_for_everything_is_a_violation(file: str) -> None:
    assert len(violations(names_without_a_subject, {file: ""})) == 1


@pytest.mark.parametrize("statement", ["import click", "from click.testing import X", "from typer._click import X"])
def test_click_is_not_imported(statement: str) -> None:
    assert len(violations(click_imports, {"cli.py": statement})) == 1
    assert violations(click_imports, {"cli.py": "import typer"}) == []


def test_the_book_does_without_pydantic() -> None:
    statement = "from pydantic import BaseModel"
    assert violations(pydantic_imports, {"reading/model.py": statement}) == []
    found = violations(pydantic_imports, {"book/records.py": statement})
    assert found == ["ledger/book/records.py:1: book does without pydantic"]
