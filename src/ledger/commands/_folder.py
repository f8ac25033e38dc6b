"""A result that is a folder of files: written whole or not at all, and over nothing but its own files."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import typer

from ledger.beside import beside, exchange, put
from ledger.options import FAILED, fail, say, unwritable

_PACKAGE, _AT_TIMES = "datapackage.json", ("ledger.json",)
"""What tells a data package of ours, and the file that one of the whole ledger has and one of chosen lines lacks."""


def emit_folder(files: Mapping[str, bytes], output: Path) -> None:
    """Write a folder beside the target, then rename it. One that is there gives way if all its files are rewritten."""
    try:
        target = Path(os.path.realpath(output))
        if target.exists() and not target.is_dir():
            fail(f"cannot write '{output}': it is no folder, and this format makes one")
        ours = {*files, *(_AT_TIMES if _PACKAGE in files else ())}
        kept = [name for name in _files(target) if name not in ours]
        if kept:
            fail(f"cannot write '{output}': it holds '{kept[0]}', which would be lost; name another folder")
        _replace(target, files)
    except OSError as error:
        say(unwritable(error, f"'{output}'"))
        raise typer.Exit(FAILED) from None


def _files(folder: Path) -> list[str]:
    """What is in a folder, at any depth, except folders that hold something themselves."""
    found = sorted(folder.rglob("*"))
    return [path.relative_to(folder).as_posix() for path in found if path.is_symlink() or not path.is_dir()]


def _replace(target: Path, files: Mapping[str, bytes]) -> None:
    with beside(target) as made:
        made.mkdir()
        for name, content in files.items():
            file = made / name
            file.parent.mkdir(parents=True, exist_ok=True)
            put(file, [content])
        if target.exists():
            shutil.copymode(target, made)
            exchange(made, target)
        else:
            made.rename(target)
