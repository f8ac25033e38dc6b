"""A letter against a ledger that has an earlier or a later one: that comes first among the causes of what differs."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ledger.book import Book, Figure, Line, Source, as_of
from ledger.reconcile.comparing import Comparison, agreement
from ledger.statements import Statement

LETTERS = ("appropriation-letter", "amendment-letter")
"""Kinds of sources that say what an agency disposes of."""


def with_later_letters(book: Book, statement: Statement, found: Sequence[Comparison]) -> list[Comparison]:
    """The comparisons, those that differ with the later letter of the two as their first cause, where there is one."""
    if statement.kind != "letter" or not statement.decided or all(one.status != "differs" for one in found):
        return list(found)
    then = as_of(book, statement.decided)
    return [_explained(book, then, statement, one) if one.status == "differs" else one for one in found]


def _explained(book: Book, then: Book, statement: Statement, one: Comparison) -> Comparison:
    if one.line is None or one.stated is None:
        return one
    letters = list(_letters_of(book, one.line))
    later = [source for source in letters if source.published > statement.decided]
    if letters and not later and all(source.published < statement.decided for source in letters):
        last = max(letters, key=lambda source: source.published)
        told = f"the statement is a later letter, of {statement.decided}; the ledger has {last.id} of {last.published}"
        amend = f"'ledger import {statement.path} --amend' enters what came on top"
        return replace(one, hints=(f"{told}: {amend}", *one.hints))
    value = then.value(one.line.id).total if later and one.line.id in then.lines else None
    if value is None or agreement(value.amount, one.stated) == "differs":
        return one
    first = min(later, key=lambda source: source.published)
    told = f"a later letter, {first.id} of {first.published}: as of {statement.decided} the ledger says the same"
    return replace(one, hints=(told, *one.hints))


def _letters_of(book: Book, line: Line) -> Iterator[Source]:
    """The dated letters that state a figure of a line, or of one inside it."""
    named = dict.fromkeys(source for figure in _figures_in(book, line) for source in figure.sources)
    for name in named:
        source = book.sources.get(name)
        if source and source.kind in LETTERS and source.published:
            yield source


def _figures_in(book: Book, line: Line) -> Iterator[Figure]:
    inside = (one for name, one in book.lines.items() if name == line.id or name.startswith(f"{line.id}/"))
    for one in inside:
        top_ups = (top_up.figure for top_up in one.top_ups)
        yield from (figure for figure in (one.base, one.total, *top_ups) if figure)
