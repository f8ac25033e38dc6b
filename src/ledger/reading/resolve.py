"""Records as written → the Book: one entry at a time; an entry with a fault is left out whole."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ledger.book import (
    Agency,
    Book,
    Claim,
    Duplicate,
    Extension,
    Goal,
    Initiative,
    Line,
    Mark,
    Origin,
    Source,
    solved,
)
from ledger.diagnostic import Diagnostic, Place
from ledger.reading.lines import (
    MOST_AROUND,
    Reading,
    Scope,
    acceptances,
    marks_of,
    put_line,
    read_figure,
    restatements,
    too_deep,
    with_outer_codes,
)
from ledger.reading.yaml.nodes import Map

if TYPE_CHECKING:  # the models take longer to import than most ledgers to read
    from ledger.reading.model import AgencyRecord, ClaimRecord, GoalRecord, InitiativeRecord, LedgerRecord, SourceRecord


class Entry(Struct, frozen=True):
    """A record under its top-level key (`what`), with its id, as it is written (`node`), its file, and its key's place.

    The record has the attributes of its model. One that is not `sound` had faults, and is read only for further ones.
    """

    what: str
    id: str
    record: Any
    node: Map
    path: str
    at: Mark
    sound: bool


def resolve(entries: list[Entry], currency: str = "SEK") -> tuple[Book, tuple[Diagnostic, ...]]:
    """The Book of all entries, and the faults met. An entry with a fault is left out whole, so that no sum is torn.

    `currency` is that of a ledger that states none.
    """
    first: dict[tuple[str, str], Entry] = {}
    duplicates = []
    for entry in entries:
        known = first.setdefault((entry.what, entry.id), entry) if entry.sound else entry
        if known is not entry:
            duplicates.append(Duplicate(entry.what, entry.id, _key(entry), _key(known)))
    kept = list(first.values())
    title, currency = _ledger(kept, currency)
    lines: dict[str, Line] = {}
    claims: dict[str, Claim] = {}
    faults: list[Diagnostic] = []
    for entry in entries:
        reading = _read(entry, currency)
        faults.extend(reading.faults)
        if first.get((entry.what, entry.id)) is entry and not reading.faults:
            lines |= reading.lines
            claims |= reading.claims
    deep = too_deep(lines)
    faults.extend(_deep(lines[name]) for name, around in deep.items() if around == MOST_AROUND + 1)
    lines = {name: line for name, line in lines.items() if name not in deep}
    book = Book(
        title=title,
        currency=currency,
        lines=with_outer_codes(lines),
        claims=claims,
        agencies={e.id: _agency(e, e.record) for e in kept if e.what == "agencies"},
        sources={e.id: _source(e, e.record) for e in kept if e.what == "sources"},
        goals={e.id: _goal(e, e.record) for e in kept if e.what == "goals"},
        initiatives={e.id: _initiative(e, e.record) for e in kept if e.what == "initiatives"},
        duplicates=tuple(duplicates),
    )
    return solved(book), tuple(faults)


def _read(entry: Entry, currency: str) -> Reading:
    """What a line with its parts, or a claim, becomes; of other records there is nothing to read."""
    reading = Reading(entry.path)
    if entry.what == "allocations":
        put_line(reading, entry.id, entry.record, (entry.node, entry.at), Scope(currency))
    elif entry.what == "claims":
        _put_claim(reading, entry, entry.record, currency)
    return reading


def _deep(line: Line) -> Diagnostic:
    """The fault of the first line of a chain that is too deep; those deeper in it need no fault of their own."""
    message = f"the line lies in more than {MOST_AROUND} others, one around the other"
    return Diagnostic("bad-value", "error", line.at("of" if line.of else ""), message)


def _key(entry: Entry) -> Place:
    return Place(entry.path, *entry.at, entry.id)


def _ledger(entries: list[Entry], currency: str) -> tuple[str, str]:
    record: LedgerRecord | None = next((entry.record for entry in entries if entry.what == "ledger"), None)
    return (record.title or "", record.currency or currency) if record else ("", currency)


def _origin(entry: Entry) -> Origin:
    return Origin(entry.path, entry.id, marks_of(entry.node, entry.at))


def _put_claim(reading: Reading, entry: Entry, record: "ClaimRecord", currency: str) -> None:
    origin = _origin(entry)
    sources = tuple(record.source or ())
    scope = Scope(currency, sources=sources)
    amount = read_figure(reading, origin, ("amount",), record.amount, scope)
    restated = restatements(reading, origin, record.restated, scope)
    if amount is None:
        return
    reading.claims[entry.id] = Claim(
        id=entry.id,
        title=record.title,
        year=int(record.year),
        amount=amount,
        origin=origin,
        about=record.about or "",
        complete=record.coverage == "complete",
        sources=sources,
        restated=restated,
        accepted=acceptances(origin, record.accept),
        note=record.note or "",
    )


def _agency(entry: Entry, record: "AgencyRecord") -> Agency:
    texts = {name: value for name, value in vars(record).items() if value and name != "members"}
    return Agency(id=entry.id, origin=_origin(entry), members=tuple(record.members), **texts)


def _source(entry: Entry, record: "SourceRecord") -> Source:
    return Source(id=entry.id, origin=_origin(entry), **{k: v for k, v in vars(record).items() if v})


def _goal(entry: Entry, record: "GoalRecord") -> Goal:
    number = int(record.number) if record.number else None
    return Goal(entry.id, record.name, _origin(entry), number, record.valid_from or "", record.valid_until or "")


_OWN = {"title", "kind", "agencies", "source", "more_sources", "extensions"}


def _initiative(entry: Entry, record: "InitiativeRecord") -> Initiative:
    details = dict(_details(record))
    return Initiative(
        id=entry.id,
        title=record.title,
        kind=record.kind,
        origin=_origin(entry),
        agencies=tuple(record.agencies),
        sources=(*(record.source or ()), *(record.more_sources or ())),
        extensions=tuple(Extension(one.extended, one.runs_until, one.source) for one in record.extensions),
        details=details,
    )


def _details(record: "InitiativeRecord") -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for name, value in vars(record).items():
        if value and name not in _OWN:
            yield name, tuple(value) if isinstance(value, list) else str(value)
