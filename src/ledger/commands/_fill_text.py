"""A page of plain text for a terminal: its sentences are filled to the width, its examples stay as they are."""

import re
import shutil
import sys
from pathlib import Path

from ledger.render._escape import wrap

_WIDEST = 100
"""Columns of a line that is read with ease."""

_EXAMPLE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_BEGINS = re.compile(r"\n(?=- |#)")
"""A new point of a list, or a heading, may follow a line without a blank one between them."""


def columns_for(output: Path | None) -> int | None:
    """How wide a page may be where it is read; nothing for a file or a pipe, which get it as it is."""
    if output is not None or not sys.stdout.isatty():
        return None
    return min(shutil.get_terminal_size().columns, _WIDEST)


def filled(page: str, columns: int) -> str:
    """The page with no line of its sentences longer than so many columns."""
    pieces = _EXAMPLE.split(page)
    return "".join(piece if at % 2 else _paragraphs(piece, columns) for at, piece in enumerate(pieces))


def hanging(first: str, text: str, columns: int, indent: str) -> str:
    """A text after what begins its first line; its further lines begin with an indent."""
    lines = wrap(" ".join(text.split()), max(columns - len(indent), 1))
    return first + f"\n{indent}".join(lines)


def _paragraphs(text: str, columns: int) -> str:
    parts = re.split(r"(\n\n+|^\n|\n$)", text)
    return "".join(part if at % 2 else _points(part, columns) for at, part in enumerate(parts))


def _points(paragraph: str, columns: int) -> str:
    return "\n".join(_point(point, columns) for point in _BEGINS.split(paragraph))


def _point(point: str, columns: int) -> str:
    lead = "- " if point.startswith("- ") else ""
    return hanging(lead, point.removeprefix(lead), columns, " " * len(lead))
