"""What a shell offers for ids, checks and terms; it imports nothing that a command needs to read a ledger."""

import os
from pathlib import Path
from pkgutil import iter_modules
from typing import Annotated

import typer

import ledger
from ledger.options import TERM_HELP
from ledger.plugins import plugins

_NAMED = {"recipient": "agencies", "source": "sources", "goal": "goals", "id": "allocations"}
"""The top-level key whose ids are the values of a term's key."""

_NOT = "not:"


def ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Lines, parts and claims."""
    known = _known(ctx, "allocations") + _known(ctx, "claims")
    return [name for name in known if name.startswith(incomplete)]


def lines(ctx: typer.Context, incomplete: str) -> list[str]:
    """Lines and parts."""
    return [name for name in _known(ctx, "allocations") if name.startswith(incomplete)]


def sources(ctx: typer.Context, incomplete: str) -> list[str]:
    """Sources."""
    return [name for name in _known(ctx, "sources") if name.startswith(incomplete)]


def agencies(ctx: typer.Context, incomplete: str) -> list[str]:
    """Agencies."""
    return [name for name in _known(ctx, "agencies") if name.startswith(incomplete)]


def pages(incomplete: str) -> list[str]:
    """Checks and faults of reading, which all have a page."""
    return [name for name in (*_checks(), *_modules("reading", "pages")) if name.startswith(incomplete)]


def checks(incomplete: str) -> list[str]:
    """Checks for a list of them: the last one of what is typed is completed."""
    before, comma, last = incomplete.rpartition(",")
    return [before + comma + name for name in _checks() if name.startswith(last)]


def terms(ctx: typer.Context, incomplete: str) -> list[str]:
    """Years, keys with their colon, and the values of a key.

    bash takes `kind:gr` for three words and completes the last one, so that the key is among the words before.
    """
    typed = [str(word) for word in ctx.params.get("terms") or ()]
    key = ""
    while len(typed) > 1 and typed[-1] == ":":
        key = f"{typed[-2]}:{key}"
        typed = typed[:-2]
    return [term.removeprefix(key) for term in _terms(ctx, key + incomplete)]


Terms = Annotated[list[str] | None, typer.Argument(metavar="[TERMS]...", help=TERM_HELP, autocompletion=terms)]


def _terms(ctx: typer.Context, typed: str) -> list[str]:
    from ledger.book import Book
    from ledger.query import complete

    plain = typed
    while plain.startswith(_NOT):
        plain = plain.removeprefix(_NOT)
    negations = typed.removesuffix(plain)
    key, colon, value = plain.partition(":")
    if colon and key in _NAMED:
        return [f"{negations}{key}:{name}" for name in _known(ctx, _NAMED[key]) if name.startswith(value)]
    lead = negations + (f"{key}:" if colon and key == "year" else "")
    years = [f"{lead}{year}" for year in _years(ctx)] if not colon or key == "year" else []
    return [*complete(typed, Book()), *(year for year in years if year.startswith(typed))]


def _known(ctx: typer.Context, what: str) -> list[str]:
    from ledger.commands._completion_names import names

    return names(_data(ctx), os.environ, Path.cwd()).ids.get(what, [])


def _years(ctx: typer.Context) -> list[int]:
    from ledger.commands._completion_names import names

    return sorted(names(_data(ctx), os.environ, Path.cwd()).years)


def _data(ctx: typer.Context) -> Path | None:
    """`--data` as it stands after the command, or before it."""
    for one in (ctx, ctx.parent):
        if one is not None and one.params.get("data"):
            return Path(one.params["data"])
    return None


def _checks() -> list[str]:
    return sorted((*_modules("checks"), *(plugin.name for plugin in plugins("checks"))))


def _modules(*folders: str) -> list[str]:
    """The public modules of a package of ours, as ids; the package itself is not imported."""
    found = iter_modules([str(Path(ledger.__file__).parent.joinpath(*folders))])
    return sorted(module.name.replace("_", "-") for module in found if not module.name.startswith("_"))
