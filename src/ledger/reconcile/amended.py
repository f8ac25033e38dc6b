"""Differences that a later appropriation letter explains: the ledger's, or the statement where it is one."""

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from ledger.book import Book, Line, as_of, last_day
from ledger.reconcile.comparing import Comparison, agreement
from ledger.statements import Statement
from ledger.statements.letter import SOURCE_KINDS

EQUAL = ("equal", "equal within rounding")


def with_later_letters(book: Book, found: Sequence[Comparison], statement: Statement) -> list[Comparison]:
    """The comparisons; where a later letter explains a difference, that is its first cause."""
    if not statement.decided or all(one.status != "differs" for one in found):
        return list(found)
    then = as_of(book, statement.decided)
    return [_explained(book, then, one, statement) if one.status == "differs" else one for one in found]


def _explained(book: Book, then: Book, one: Comparison, statement: Statement) -> Comparison:
    if one.line is None or one.stated is None or one.role != "total":
        return one
    letters = sorted(set(_letters(book, one.line)))
    hint = ""
    later = [(date, name) for date, name in letters if date > statement.decided]
    if later and one.line.id in then.lines:
        known = then.value(one.line.id).total
        if known and agreement(known.amount, one.stated) in EQUAL:
            names = " and ".join(f"{name} of {date}" for date, name in later)
            hint = f"a later letter, {names}: as of {statement.decided} the ledger says the same"
    elif letters and not later and statement.kind == "letter":
        date, name = letters[-1]
        if date < statement.decided:
            how = f"'ledger import {statement.path} --amend' enters what it changes"
            hint = f"a later letter: this one, of {statement.decided}, amends {name} of {date}; {how}"
    return replace(one, hints=(f"{one.line.at('total')}: {hint}", *one.hints)) if hint else one


def _letters(book: Book, line: Line) -> Iterator[tuple[str, str]]:
    """The letters, by their dates, that the figures of a line and of its parts rest on."""
    waiting = [line]
    while waiting:
        one = waiting.pop()
        waiting += [book.lines[part] for part in one.parts]
        named = chain.from_iterable(figure.sources for figure in (one.base, one.total) if figure)
        for name in (*named, *(source for top_up in one.top_ups for source in top_up.sources)):
            source = book.sources.get(name)
            if source and source.kind in SOURCE_KINDS and source.published:
                yield last_day(source.published), name
