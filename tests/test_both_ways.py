"""Every command with each of its options says the same, to the byte, whichever way it is run.

The ways: with and without a cache, by the quick reader and the full one, in one process and in two, piece by piece and
at once.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from forked import environment
from letters import LETTER_2021
from repositories import commit, git, repository
from running import BROKEN, CLEAN, MISMATCH
from ways import WAYS

ROOT = Path(__file__).parent.parent

COMMANDS = [
    "",
    "--help",
    "--version",
    "no-such-command",
    "check",
    "check --strict",
    "check -f json",
    "check --format github --data wrong",
    "check --format gitlab --data wrong",
    "check --format sarif --data wrong",
    "check --format junit --data wrong",
    "check --data wrong --color always",
    "check --data wrong --select parts-mismatch -o found.txt",
    "check --data wrong --ignore parts-mismatch --output found.txt",
    "check --data broken",
    "check --data shipped --since HEAD",
    "check --data nowhere",
    "check --data empty",
    "--data shipped --color never --no-cache check",
    "summary --data shipped",
    "summary 2024 --data shipped --color always",
    "summary 2024 --data shipped --by recipient -f markdown",
    "summary 2024 --data shipped --as-of 2024-03-01 --unit mnkr --format csv",
    "summary 2023 goal:violence --data shipped -o out.json -f json --output out.json",
    "summary 2024 --data wrong",
    "summary 2024 --data broken",
    "query --data shipped kind:grant not:year:2024 -f json",
    "query --data shipped total:>=10mnkr --as-of 2024-06 --unit tkr --format table",
    "query --data shipped total:>=10mnkr --color always -o out.csv -f csv --output out.csv",
    "query recipient:nobody",
    "show --data shipped jamy-trafficking-2024 --color always",
    "show --data shipped uo13-3-1-2021/mucf --unit kr --as-of 2022 -f json",
    "show --data shipped jamy-trafficking-2024 --format markdown -o out.md --output out.md",
    "show nothing-of-this-name",
    "sql --data shipped SELECT~year,~count(*)~FROM~lines~GROUP~BY~year -f csv",
    "sql --data shipped SELECT~*~FROM~lines --limit 3 --timeout 9 --as-of 2024 --format json --color never",
    "sql --data shipped SELECT~title~FROM~lines --no-guard -f csv -o out.csv --output out.csv",
    "sql --schema",
    "initiatives --data shipped",
    "initiatives --data shipped --kind inquiry --agency jamy -f json --color never",
    "initiatives --data shipped --format csv -o out.csv --output out.csv",
    "export --data shipped -f csv-excel-sv",
    "export --data shipped 2024 --as-of 2024-04 --no-guard --format csv --color never",
    "export --data shipped -f xlsx -o out.xlsx",
    "export --data shipped -f datapackage --output out",
    "explain parts-mismatch",
    "explain bad-amount -o page.md --output page.md",
    "schema",
    "schema schema.json",
    "diff old shipped",
    "diff HEAD --data shipped --unit kr -f json --color never",
    "diff old shipped --format csv -o out.csv --output out.csv",
    "reconcile letter.txt --data shipped",
    "reconcile letter.txt 2021 --data shipped --as-of 2021-07 --unit kr -f json --color never",
    "reconcile letter.txt --data wrong --format csv -o out.csv --output out.csv",
    "reconcile table.csv --data shipped --columns amount=Belopp~2024 --header-row 2 --encoding utf-8 --save-columns c.yaml",
    "reconcile table.csv --data shipped --sheet Blad1",
    "scan release.md",
    "scan release.md --encoding utf-8",
    "scan release.md letter.txt -f json --unit tkr --color never",
    "scan release.md --check --source pr-2024-03-manniskohandel --data shipped",
    "scan release.md --format csv -o out.csv --output out.csv",
    "report 2024 --data shipped --lang sv --title T --as-of 2024-05 --today 2024-06-01 --color never -o page.html",
    "report --data shipped --unit mnkr --today 2024-06-01 --output page.html",
    "import letter.txt --into empty --dry-run --color always",
    "import letter.txt --into empty",
    "import letter.txt 2021 --into data --source letter --unit tkr --force --color never --data data",
    "import table.csv --into data --columns amount=Belopp~2024 --header-row 2 --encoding utf-8 --save-columns c.yaml",
    "import table.csv --into data --sheet Blad1",
    "import letter.txt --into data --amend",
    "import release.md --prose --source bill --into data --data data",
    "add top-up shelters-2024 1~mnkr --decided 2024-03 --source bill --note N --dry-run --force",
    "add top-up shelters-2024 1~mnkr --decided 2024-03-27 --source bill --data data --force",
    "add line x-2025 1~mnkr --title T --kind grant --year 2025 --recipient jamy --code K --source s --source-title S --source-kind article --publisher P --published 2025 --source-url https://a.se --again --data data",
    "init new --currency EUR --lang sv --title T",
    "init data",
]
"""Command lines; `~` stands for a space inside a word."""

UNTRIED = {
    "--open": "opens a browser",
    "--stats": "tells how long things took",
    "--install-completion": "writes into the home of the user",
    "--show-completion": "depends on the shell that the program is called from",
}

RELEASE = (
    "# Mer pengar\n\nRegeringen tillför 1,5 miljoner kronor. Totalt 23,5 miljoner kronor, av drygt 600 miljoner.\n"
)


TABLE = "Bidrag 2024, tkr\nMottagare;År;Belopp 2024\nJämställdhetsmyndigheten;2024;5 000\nSumma;2024;5 000\n"


def prepared(folder: Path) -> None:
    """A folder with ledgers of every kind, and documents; the shipped one has a history, and a change since."""
    repository(folder)
    texts = {"data": CLEAN, "wrong": MISMATCH, "broken": BROKEN}
    for name, text in texts.items():
        (folder / name).mkdir()
        (folder / name / "ledger.yaml").write_text(text, encoding="utf-8")
    (folder / "empty").mkdir()
    for name in ("old", "shipped"):
        shutil.copytree(ROOT / "data", folder / name)
    commit(folder)
    changed = folder / "shipped/allocations/2021.yaml"
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text.replace("184 439", "184 493", 1), encoding="utf-8")
    (folder / "letter.txt").write_text(LETTER_2021, encoding="utf-8")
    (folder / "release.md").write_text(RELEASE, encoding="utf-8")
    (folder / "table.csv").write_text(TABLE, encoding="utf-8")


def words(command: str) -> list[str]:
    return [word.replace("~", " ") for word in command.split()]


def writes(command: str) -> bool:
    """Whether a command changes its folder, so that each way needs one of its own."""
    return bool({"-o", "--output", "--save-columns", "import", "add", "init", "schema"} & set(command.split()))


def runs(folder: Path) -> Iterator[dict[str, Any]]:
    """Every command in every way. Those that change nothing share a folder, and a cache for each command."""
    for number, command in enumerate(COMMANDS):
        for at, way in enumerate(WAYS):
            place = folder / "shared" if not writes(command) else folder / f"{number}-{at}"
            if place.name != "shared":
                shutil.copytree(folder / "shared", place, ignore=shutil.ignore_patterns(".git"))
            cache = {"XDG_CACHE_HOME": str(folder / f"cache-{number}"), "COLUMNS": "100"}
            yield {"words": words(command), "way": way, "folder": str(place), "settings": cache}


def test_every_command_says_the_same_in_every_way(tmp_path: Path, tell: Callable[[str], None]) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "outputs").mkdir()
    prepared(tmp_path / "shared")
    asked = list(runs(tmp_path))
    done = subprocess.run(
        [sys.executable, Path(__file__).parent / "ways.py", tmp_path / "outputs"],
        input=json.dumps(asked),
        env=environment(PYTHONHASHSEED="0"),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    found = json.loads(done.stdout)
    differing = []
    for number in range(0, len(asked), len(WAYS)):
        first = found[number]
        assert "Traceback" not in first["printed"][1], asked[number]
        assert first["status"] in {0, 1, 2}, asked[number]
        differing += [
            (" ".join(asked[at]["words"]), asked[at]["way"], {name for name in first if first[name] != found[at][name]})
            for at in range(number + 1, number + len(WAYS))
            if found[at] != first
        ]
    tell(f"ways: {len(COMMANDS)} commands, each in {len(WAYS)} ways, different: {len(differing)}")
    assert differing == []
    assert sum(one["status"] == 0 for one in found) > len(found) / 2


def options() -> dict[str, set[str]]:
    """Every option of every command, by its name; those that come before a command under no name."""
    from typer.main import get_command

    from ledger.cli import build

    group: Any = get_command(build())
    found = {"": {name for one in group.params for name in one.opts}}
    for name, command in group.commands.items():
        found[name] = {option for one in command.params for option in one.opts if option.startswith("-")}
    return found


@pytest.mark.parametrize("name", [name for name in options() if name])
def test_every_option_of_a_command_is_tried(name: str) -> None:
    tried = {word for command in COMMANDS for word in command.split() if name in command.split()}
    short = {"-f", "-o"}
    assert options()[name] - tried - set(UNTRIED) - short - {"--no-cache"} == set()


def test_every_option_before_a_command_is_tried() -> None:
    tried = {word for command in COMMANDS for word in command.split()}
    assert options()[""] - tried - set(UNTRIED) == set()


def test_the_repository_has_a_change(tmp_path: Path) -> None:
    """So that the commands about a revision have something to say."""
    prepared(tmp_path)
    assert "2021.yaml" in git(tmp_path, "status", "--short")
