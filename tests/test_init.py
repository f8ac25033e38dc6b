"""A new ledger: it passes its own check, teaches its form, and is written whole or not at all."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from editors import faults, yaml_1_2
from forked import environment
from running import UNMEASURED, run

from ledger.reading import load

MADE = [
    ".github/workflows/ledger.yml",
    ".pre-commit-config.yaml",
    "README.md",
    "data/ledger.yaml",
    "ledger.schema.json",
]


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def made(folder: Path, *options: str, name: str = "new") -> Path:
    """A new ledger below the folder."""
    done = run("init", name, *options, folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder / name


def data(directory: Path) -> str:
    return (directory / "data/ledger.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "million"),
    [
        ([], "4 mnkr"),
        (["--lang", "en"], "4 million SEK"),
        (["--currency", "EUR"], "4 million EUR"),
        (["--currency", "EUR", "--lang", "en"], "4 million EUR"),
        (["--currency", "NOK", "--lang", "sv"], "4 miljoner NOK"),
    ],
    ids=" ".join,
)
def test_a_new_ledger_is_clean_in_every_language_and_currency(options: list[str], million: str, tmp_path: Path) -> None:
    """`ledger check --strict` finds nothing; the amounts are in the ledger's currency, in the language's words."""
    new = made(tmp_path, *options)
    assert files(new) == MADE
    assert f"base: {million}" in data(new)
    done = run("check", "--strict", folder=new)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.endswith("1 file, 4 lines, 7 figures, 2 sources: clean\n")


def test_the_commands_that_it_names_work(tmp_path: Path) -> None:
    """What `init` prints as the next commands can be pasted into a shell."""
    done = run("init", "a new one", folder=tmp_path)
    commands = [line.strip() for line in done.stdout.partition("next:\n")[2].splitlines()]
    assert commands == ["cd 'a new one'", "ledger check", "ledger summary 2025"]
    shell = subprocess.run(
        ["sh", "-ec", "\n".join(commands)],
        cwd=tmp_path,
        env=environment(PATH=f"{Path(sys.executable).parent}:{os.environ['PATH']}"),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert shell.returncode == 0, shell.stderr
    assert "Jämställdhetsmedel (påhittat exempel), 2025" in shell.stdout


def test_what_is_made_up_says_so(tmp_path: Path) -> None:
    """Nobody takes the example for facts: the head of the file, its title and its documents say that it is none."""
    for lang, words in (("sv", "påhitta"), ("en", "made.up")):
        text = data(made(tmp_path, "--lang", lang, name=lang))
        assert "MADE UP" in text.partition("ledger:")[0]
        assert len(re.findall(words, text)) == 3


def test_the_file_teaches_the_form_in_a_screenful(tmp_path: Path) -> None:
    """Sixty lines at most, none over 120 columns; the comments of both languages are the same, examples aside."""
    texts = [data(made(tmp_path, "--lang", lang, name=lang)) for lang in ("sv", "en")]
    for text in texts:
        lines = text.splitlines()
        assert len(lines) <= 60
        assert max(map(len, lines)) <= 120
    comments = [[line.partition("#")[2] for line in text.splitlines() if "also" not in line] for text in texts]
    assert comments[0] == comments[1]


@pytest.mark.parametrize(
    "title", ["Pengar", "A: b # c", 'He said "no"', "- list", "013", "{x}", "TITLE XXX MILLION", "’å–"]
)
def test_any_title_reaches_the_ledger_as_written(title: str, tmp_path: Path) -> None:
    """The title is quoted where YAML needs it, and is the ledger's title."""
    new = made(tmp_path, "--title", title)
    assert load(new / "data").book.title == title
    assert (new / "README.md").read_text(encoding="utf-8").startswith(f"# {title}\n")


def test_the_schema_beside_it_is_the_one_of_the_program(tmp_path: Path) -> None:
    """The line for editors leads to the schema, by which the file is right."""
    new = made(tmp_path)
    [target] = re.findall(r"^# yaml-language-server: \$schema=(.*)$", data(new), re.MULTILINE)
    schema = (new / "data" / target).resolve().read_text(encoding="utf-8")
    assert schema == run("schema", folder=tmp_path).stdout
    assert faults(data(new)) == []


def test_ci_and_pre_commit_run_the_check(tmp_path: Path) -> None:
    """The workflow installs the program and runs it; the hook runs it once, whatever files have changed."""
    new = made(tmp_path)
    workflow = yaml_1_2((new / ".github/workflows/ledger.yml").read_text(encoding="utf-8"))
    steps = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert steps == ["pip install gender-budget-ledger", "ledger check --strict"]
    assert workflow["permissions"] == {"contents": "read"}
    [repository] = yaml_1_2((new / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    [hook] = repository["hooks"]
    assert (repository["repo"], hook["entry"], hook["pass_filenames"]) == ("local", "ledger check --strict", False)
    assert re.search(hook["files"], "data/allocations/2024.yaml")
    assert not re.search(hook["files"], ".github/workflows/ledger.yml")


def test_an_empty_directory_is_filled_where_it_is(tmp_path: Path) -> None:
    """It may be somebody's current one: it stays the same directory. A new git repository counts as empty."""
    (tmp_path / ".git").mkdir()
    before = tmp_path.stat().st_ino
    done = run("init", ".", folder=tmp_path)
    assert (done.returncode, tmp_path.stat().st_ino) == (0, before)
    assert files(tmp_path) == MADE
    assert "cd " not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["full"], "'full' is not empty: it holds .hidden, a.yaml, b and 1 more; name a new directory"),
        (["file"], "cannot make 'file': a file of that name is there"),
        (["file/new"], "cannot make 'file/new': 'file' is not there"),
        (["no/new"], "cannot make 'no/new': 'no' is not there"),
        (["new", "--currency", "eur"], "'eur' is not a currency: write three letters, for example SEK or EUR"),
        (["new", "--currency", "KRONOR"], "'KRONOR' is not a currency: write three letters, for example SEK or EUR"),
        (["new", "--title", " "], "--title: write it on one line"),
        (["new", "--title", "a\nb"], "--title: write it on one line"),
        (["new", "--title", "a\x1bb"], "--title: character U+001B cannot stand in a ledger file: 'a\\x1bb'"),
    ],
    ids=lambda value: " ".join(value).replace("\n", " ").replace("\x1b", " ") if isinstance(value, list) else "",
)
def test_it_refuses_in_one_line_and_writes_nothing(arguments: list[str], message: str, tmp_path: Path) -> None:
    """A directory with anything in it is left alone, and status 2 says so."""
    for name in ("full/.hidden", "full/a.yaml", "full/b", "full/c", "file"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mine", encoding="utf-8")
    before = files(tmp_path)
    done = run("init", *arguments, folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"ledger: {message}\n")
    assert files(tmp_path) == before
    assert {path.name for path in tmp_path.iterdir()} == {"full", "file"}


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    """A file that cannot be written whole takes the others with it: the limit stands for a full disk."""
    limit = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); sys.argv[0] = 'ledger'; "
    limit += "from ledger.__main__ import main; main()"
    pytest.importorskip("resource")
    for name in ("new", "."):
        done = subprocess.run(
            [sys.executable, "-c", limit, "init", name],
            cwd=tmp_path,
            env=environment(PYTHONDONTWRITEBYTECODE="1", **UNMEASURED),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (
            2,
            "",
            f"ledger: cannot write '{name}': file too large\n",
        )
        assert list(tmp_path.iterdir()) == []
