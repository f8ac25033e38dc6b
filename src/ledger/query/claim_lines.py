"""The lines that a claim is about."""

from msgspec import Struct

from ledger.book import Book, Claim, Line
from ledger.query.selection import select
from ledger.query.terms import Query, TermError, parse, split_terms, years_of


class Claimed(Struct, frozen=True):
    """The counted lines that a claim's terms select, or what is wrong with the terms."""

    lines: tuple[Line, ...] = ()
    errors: tuple[TermError, ...] = ()


def claimed(book: Book, claim: Claim) -> Claimed:
    """What a claim is about: lines of its own year, unless its terms name one; nothing when it has no terms."""
    if not claim.about:
        return Claimed()
    query = parse(split_terms(claim.about), book)
    if not isinstance(query, Query):
        return Claimed(errors=query)
    counted = tuple(line for line in select(query, book).lines if line.counted)
    if years_of(query):
        return Claimed(counted)
    return Claimed(tuple(line for line in counted if line.first_year == line.last_year == claim.year))
