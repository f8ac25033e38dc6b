"""Acceptances, and how a run of the checks went: what a check that comes after the others may look at."""

from collections.abc import Iterator

from msgspec import Struct

from ledger.book import Acceptance, Book, Claim, Line, Origin, last_day


class Accepting(Struct, frozen=True):
    """An acceptance, the record that holds it, and its position there."""

    acceptance: Acceptance
    record: Origin
    position: int


class Course(Struct, frozen=True):
    """How the other checks went.

    `known` are the ids of all checks, `ran` of those that ran, `needed` the acceptances that met a finding,
    whether or not they had run out by `today` (ISO text).
    """

    known: frozenset[str]
    ran: frozenset[str]
    needed: frozenset[Acceptance]
    today: str


def acceptances(book: Book) -> Iterator[Accepting]:
    """Every acceptance of the ledger, line by line, then claim by claim."""
    records: list[Line | Claim] = [*book.lines.values(), *book.claims.values()]
    for record in records:
        for position, acceptance in enumerate(record.accepted):
            yield Accepting(acceptance, record.origin, position)


def has_run_out(acceptance: Acceptance, today: str) -> bool:
    """Whether the last day of the acceptance is past; a partial date stands for its last day."""
    return bool(acceptance.until) and last_day(acceptance.until) < today
