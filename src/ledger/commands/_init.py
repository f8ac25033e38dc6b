"""What `ledger init` writes, and how: all of it or nothing."""

import os
import re
import shlex
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import typer

from ledger.atomic_write import PREFIX, beside, put, undisturbed
from ledger.output import FAILED, emit, fail, say, unwritable, visible
from ledger.reading.json_schema import schema_text
from ledger.writing.yaml_scalars import CannotWriteError, scalar

_TITLES = {"sv": "Jämställdhetsmedel (påhittat exempel)", "en": "Money for gender equality (made-up example)"}
_SCALES = {"sv": ("tusen", "miljoner"), "en": ("thousand", "million")}

_MADE = {
    "data/ledger.yaml": "the ledger; its figures are made up, to be replaced",
    "ledger.schema.json": "for editors, which complete and check from it",
    ".pre-commit-config.yaml": "git checks before every commit: pre-commit install",
    ".github/workflows/ledger.yml": "GitHub checks every push",
    "README.md": "what all this is",
}
"""Each file, and what it is for."""


def begin(directory: Path, currency: str, lang: str, title: str | None) -> None:
    """Write a new ledger into the directory, and say what to do next."""
    if not re.fullmatch("[A-Z]{3}", currency):
        fail(f"'{currency}' is not a currency: write three letters, for example SEK or EUR")
    made = _files(currency, lang, _TITLES[lang] if title is None else title)
    target = Path(os.path.realpath(directory))
    try:
        _refuse_unless_empty(directory, target, made)
        _put(target, made)
    except OSError as error:
        say(unwritable(error, f"'{directory}'"))
        raise typer.Exit(FAILED) from None
    emit(visible(_told(directory, target)), None)


def _files(currency: str, lang: str, title: str) -> dict[str, bytes]:
    """Every file by its path in the new directory."""
    if not title.strip() or len(title.splitlines()) > 1:
        fail("--title: write it on one line")
    try:
        written = scalar(title)
    except CannotWriteError as error:
        fail(f"--title: {error}")
    kronor = ("tkr", "mnkr")
    scales = kronor if (currency, lang) == ("SEK", "sv") else [f"{word} {currency}" for word in _SCALES[lang]]
    words = {"THOUSAND": scales[0], "MILLION": scales[1], "XXX": currency}
    return {
        "data/ledger.yaml": _filled(f"ledger-{lang}.yaml", words | {"TITLE": written}),
        "ledger.schema.json": schema_text().encode(),
        ".pre-commit-config.yaml": _filled("pre-commit-config.yaml", {}),
        ".github/workflows/ledger.yml": _filled("workflow.yml", {}),
        "README.md": _filled("README.md", {"TITLE": title}),
    }


def _filled(template: str, words: Mapping[str, str]) -> bytes:
    """A template with its words in capitals replaced; what a title brings in last is not looked at again."""
    text = files("ledger").joinpath("templates", template).read_text(encoding="utf-8")
    for name, word in words.items():
        text = text.replace(name, word)
    return text.encode()


def _refuse_unless_empty(directory: Path, target: Path, made: Mapping[str, bytes]) -> None:
    """End the command where anything else is than what a run that was killed has left."""
    if not target.parent.is_dir():
        fail(f"cannot make '{directory}': '{directory.parent}' is not there")
    if not target.exists():
        return
    if not target.is_dir():
        fail(f"cannot make '{directory}': a file of that name is there")
    there = sorted(path for path in target.iterdir() if path.name != ".git")
    held = [path.name for path in there if not path.name.startswith(PREFIX)]
    if len(held) < len(there):
        held = [name for name in held if not _is_as_made(target, name, made)]
    if held:
        more = f" and {len(held) - 3} more" if len(held) > 3 else ""
        fail(f"'{directory}' is not empty: it holds {', '.join(held[:3])}{more}; name a new directory")


def _is_as_made(target: Path, name: str, made: Mapping[str, bytes]) -> bool:
    """Whether a thing in the directory holds what is to be made under that name, and nothing else."""
    files = [path for path in (target / name, *(target / name).rglob("*")) if path.is_symlink() or not path.is_dir()]
    there = {path.relative_to(target).as_posix(): path.read_bytes() for path in files}
    return there == {one: content for one, content in made.items() if one.partition("/")[0] == name}


def _put(target: Path, made: Mapping[str, bytes]) -> None:
    """Write everything beside its place, then move it there.

    A directory that is there already may be somebody's current one, so it is filled, not replaced.
    """
    with beside(target / "made" if target.exists() else target) as new:
        new.mkdir()
        for name, content in made.items():
            file = new / name
            file.parent.mkdir(parents=True, exist_ok=True)
            put(file, [content])
        if target.exists():
            with undisturbed():
                _move_into(target, new)
        else:
            new.rename(target)


def _move_into(target: Path, new: Path) -> None:
    """Move each thing into the directory, unless it is there; when one cannot be, take the others out again."""
    moved: list[Path] = []
    try:
        for path in sorted(new.iterdir()):
            if not (target / path.name).exists():
                path.rename(target / path.name)
                moved.append(path)
    except OSError:
        for path in moved:
            (target / path.name).rename(path)
        raise


def _told(directory: Path, target: Path) -> str:
    """What was made, and the next commands."""
    width = max(map(len, _MADE))
    made = "".join(f"  {name:{width}}  {what}\n" for name, what in _MADE.items())
    there = [] if target == Path.cwd() else [f"cd {shlex.quote(str(directory))}"]
    commands = [*there, "ledger check", "ledger summary 2025", "ledger show shelters-2025"][:3]
    return f"made in {directory}:\n{made}next:\n" + "".join(f"  {command}\n" for command in commands)
