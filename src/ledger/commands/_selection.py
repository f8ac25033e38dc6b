"""The lines that the terms of a command select, with what else the command needs to know of the terms."""

from collections.abc import Sequence

import typer
from msgspec import Struct

from ledger.book import Line
from ledger.commands._open_ledger import Opened
from ledger.output import FAILED, say
from ledger.query import Query, parse, select, years_of


class Chosen(Struct, frozen=True):
    """The lines that terms select, the years that the terms name, and what the selection could not decide.

    `periods` are the sums over several years that the terms select but for the year.
    """

    lines: tuple[Line, ...]
    years: tuple[int, ...]
    notes: tuple[str, ...]
    periods: tuple[Line, ...] = ()


def choose(ledger: Opened, terms: Sequence[str]) -> Chosen:
    """The lines that the terms select; terms that cannot be read end the command, all of them named."""
    book = ledger.book
    query = parse(terms, ledger.whole)
    if not isinstance(query, Query):
        for error in query:
            say(f"ledger: {error.message}")
        raise typer.Exit(FAILED)
    selection = select(query, book)
    of_any_year = Query(tuple(term for term in query.terms if term.key != "year"))
    spanning = [line for line in book.lines.values() if line.first_year < line.last_year]
    periods = select(of_any_year, book, spanning).lines
    return Chosen(selection.lines, tuple(years_of(query)), tuple(selection.notes()), periods)
