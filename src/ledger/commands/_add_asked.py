"""What `ledger add` is asked for: a top-up of a line, or a new line."""

from collections.abc import Mapping

from msgspec import Struct

from ledger.commands._add import TopUpAsked, add_top_up
from ledger.commands._add_line import LineAsked, add_line
from ledger.commands._adding import SourceAsked
from ledger.discovery import Found
from ledger.output import fail


class Asked(Struct, frozen=True):
    """The words of the command line; what is `None` was not said. `about` is of a new source."""

    id: str
    amount: str
    decided: str | None
    sources: tuple[str, ...]
    of_line: Mapping[str, str | None]
    about: Mapping[str, str | None]
    note: str | None
    again: bool


def add(found: Found, what: str, asked: Asked, *, dry_run: bool, force: bool) -> None:
    """Add the line, or the top-up; what does not go with the one or the other ends the command."""
    source = SourceAsked(tuple(dict.fromkeys(asked.sources)), _said(asked.about))
    if what == "line":
        fields = _said({**asked.of_line, "decided": asked.decided, "note": asked.note})
        add_line(found, LineAsked(asked.id, asked.amount, fields, source), dry_run=dry_run, force=force)
        return
    if unused := [f"--{key}" for key in _said(asked.of_line)]:
        fail(f"{', '.join(unused)}: a top-up has none; it belongs to its line")
    needed = {"AMOUNT": asked.amount or None, "--decided": asked.decided, "--source": asked.sources or None}
    if lacking := [option for option, value in needed.items() if value is None]:
        fail(f"a top-up needs {', '.join(lacking)}")
    top_up = TopUpAsked(asked.id, asked.amount, asked.decided or "", source, asked.note or "", asked.again)
    add_top_up(found, top_up, dry_run=dry_run, force=force)


def _said(words: Mapping[str, str | None]) -> dict[str, str]:
    return {key: value for key, value in words.items() if value is not None}
