"""Every id that a record names, with its place: what the checks for unknown and for unused ids look at."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from ledger.book import CALCULATED, Book, Claim, Initiative, Line, Origin
from ledger.diagnostic import Finding, Place
from ledger.query import split_terms
from ledger.suggestion import did_you_mean

Route = tuple[str | int, ...]
"""The way from a record to a field in it, or to a member of a list there."""

_ELSEWHERE = Origin("", "", {"": (1, 1, 2)})
"""Where lines stand that are left out of a book."""


class Reference(Struct, frozen=True):
    """An id as it is named in a record."""

    id: str
    origin: Origin
    route: Route = ()

    @property
    def place(self) -> Place:
        """Where it is named; worked out only when asked for, as nearly all are right."""
        return self.origin.at(*self.route)


def agencies_named(book: Book) -> Iterator[Reference]:
    """Recipients, members, those who run something, and the agencies and leads of initiatives."""
    for line in book.lines.values():
        yield from _named(line.origin, ("recipient",), (line.recipient,))
    for agency in book.agencies.values():
        yield from _named(agency.origin, ("run_by",), (agency.run_by,))
        yield from _named(agency.origin, ("members",), agency.members)
    for initiative in book.initiatives.values():
        yield from _named(initiative.origin, ("agencies",), initiative.agencies)
        lead = initiative.details.get("lead", "")
        yield from _named(initiative.origin, ("lead",), (lead,) if isinstance(lead, str) else lead)
    yield from (Reference(one, _ELSEWHERE) for one in book.elsewhere.agencies)


def sources_named(book: Book) -> Iterator[Reference]:
    """The sources behind lines, figures, top-ups, restatements, claims, acceptances and initiatives."""
    for line in book.lines.values():
        yield from _line_sources(line)
    for claim in book.claims.values():
        yield from _sources(claim.origin, (), claim.sources)
        yield from _sources(claim.origin, ("amount",), claim.amount.sources)
        yield from _restated_and_accepted(claim)
    for initiative in book.initiatives.values():
        yield from _initiative_sources(initiative)
    yield from (Reference(one, _ELSEWHERE) for one in book.elsewhere.sources)


def goals_named(book: Book) -> Iterator[Reference]:
    """The goals of lines, where they are written; parts that inherit them name none."""
    for line in book.lines.values():
        yield from _named(line.origin, ("goals",), line.goals)


def lines_named(book: Book) -> Iterator[Reference]:
    """The lines that others lie in, and the lines that are top-ups of others."""
    for line in book.lines.values():
        yield from _named(line.origin, ("of",), (line.of,))
        for position, top_up in enumerate(line.top_ups):
            yield from _named(line.origin, ("top_ups", position, "line"), (top_up.line,))


def in_terms(book: Book, key: str) -> Iterator[Reference]:
    """What the terms of claims say after `key:`, also where it is misspelt; it need not be an id."""
    for claim in book.claims.values():
        for term in split_terms(claim.about):
            found = re.fullmatch(f"(?:not:)*{key}:(.+)", term, re.IGNORECASE)
            if found:
                yield Reference(found[1], claim.origin, ("about",))


def unknown(references: Iterable[Reference], known: Collection[str], what: str, remedy: str) -> Iterator[Finding]:
    """A finding for each reference that names nothing known; `what` says what it is not: `no agency`."""
    meant: dict[str, str] = {}
    for reference in references:
        if reference.id not in known:
            if reference.id not in meant:
                meant[reference.id] = did_you_mean(reference.id, set(known))
            yield Finding(reference.place, f"{what} has the id '{reference.id}'{meant[reference.id]}", help=remedy)


def not_named(references: Iterable[Reference], known: Collection[str]) -> list[str]:
    """The known ids that nothing names, without those that a misspelt reference probably means."""
    named: set[str] = set()
    misspelt: set[str] = set()
    for reference in references:
        (named if reference.id in known else misspelt).add(reference.id)
    meant = "".join(did_you_mean(word, set(known)) for word in misspelt)
    return [one for one in known if one not in named and f"'{one}'" not in meant]


def _line_sources(line: Line) -> Iterator[Reference]:
    yield from _sources(line.origin, (), line.sources)
    for field, figure in (("base", line.base), ("total", line.total), ("outcome", line.outcome)):
        if figure:
            yield from _sources(line.origin, (field,), figure.sources)
    for position, top_up in enumerate(line.top_ups):
        yield from _sources(line.origin, ("top_ups", position), top_up.sources)
    yield from _restated_and_accepted(line)


def _restated_and_accepted(record: Line | Claim) -> Iterator[Reference]:
    for position, figure in enumerate(record.restated):
        yield from _sources(record.origin, ("restated", position), figure.sources)
    for position, acceptance in enumerate(record.accepted):
        yield from _sources(record.origin, ("accept", position), (acceptance.source,))


def _initiative_sources(initiative: Initiative) -> Iterator[Reference]:
    """`sources` holds what stands in `source`, then what stands in `more_sources`."""
    origin = initiative.origin
    members = sum(1 for mark in origin.marks if mark.startswith("source/"))
    first = members or int("source" in origin.marks)
    yield from _sources(origin, (), initiative.sources[:first])
    yield from _named(origin, ("more_sources",), initiative.sources[first:])
    for position, extension in enumerate(initiative.extensions):
        yield from _sources(origin, ("extensions", position), (extension.source,))


def _sources(origin: Origin, route: Route, ids: Sequence[str]) -> Iterator[Reference]:
    named = _named(origin, (*route, "source"), ids)
    yield from (reference for reference in named if reference.id != CALCULATED)


def _named(origin: Origin, route: Route, ids: Sequence[str]) -> Iterator[Reference]:
    """The ids of one field, each at its own place; none where the field is not written but inherited."""
    if any(ids) and "/".join(map(str, route)) in origin.marks:
        yield from (Reference(one, origin, (*route, position)) for position, one in enumerate(ids) if one)
