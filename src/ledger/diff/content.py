"""What records say, without their ids, places and words: equal keys mean the same content."""

from collections.abc import Hashable, Iterable, Mapping

from msgspec.structs import fields

from ledger.book import Agency, Book, Claim, Figure, Goal, Initiative, Line, Source, TopUp

Record = Agency | Goal | Initiative | Source


def figure_key(figure: Figure | None) -> Hashable:
    """The amount, who says so, and when it was decided; the words it is said in do not matter."""
    return figure and (figure.amount.interval, frozenset(figure.sources), figure.decided)


def top_up_key(top_up: TopUp) -> Hashable:
    """As of a figure; the amount may be that of another line."""
    amount = top_up.figure and top_up.figure.amount.interval
    return amount, top_up.line, frozenset(top_up.sources), top_up.decided


def claim_key(claim: Claim) -> Hashable:
    """Everything a claim says."""
    about = " ".join(claim.about.split())
    restated = frozenset(map(figure_key, claim.restated))
    return claim.title, claim.year, figure_key(claim.amount), about, claim.complete, restated


def record_key(record: Record) -> Hashable:
    """Every field of a record but its id and its place; lists by their members."""
    names = [field.name for field in fields(record) if field.name not in ("id", "origin")]
    return tuple(_frozen(getattr(record, name)) for name in names)


def _frozen(value: object) -> Hashable:
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), _frozen(one)) for key, one in value.items()))
    return value if isinstance(value, Hashable) else str(value)


def line_keys(book: Book, known: dict[Hashable, int]) -> dict[str, int]:
    """A number for what each line says, with all its parts: the same one for the same content.

    `known` holds the numbers given so far, for both books.
    """
    numbers: dict[str, int] = {}
    for name in book.inclusion.order:
        line = book.lines[name]
        parts = sorted(numbers.get(part, -1) for part in line.parts)
        numbers[name] = known.setdefault((_own(line), tuple(parts)), len(known))
    return numbers


def _own(line: Line) -> Hashable:
    return (
        identity(line),
        *map(figure_key, (line.base, line.total, line.outcome)),
        _counts(map(top_up_key, (one for one in line.top_ups if not one.line))),
        sum(1 for one in line.top_ups if one.line),
        _counts(map(figure_key, line.restated)),
        line.complete or not line.parts,
        line.counted,
        line.stage,
        frozenset(line.goals),
        line.gender_marker,
        line.decided,
        frozenset(line.sources),
    )


def identity(line: Line) -> Hashable:
    """What a line is of, whatever its money."""
    return line.title, line.kind, line.first_year, line.last_year, line.code, line.recipient


def _counts(keys: Iterable[Hashable]) -> Hashable:
    """The keys and how often each is there, in any order."""
    counts: dict[Hashable, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return frozenset(counts.items())


def wording(record: Line | Claim) -> Hashable:
    """The words in which a line or claim says what it says, with its notes and what it accepts."""
    figures = record.figures if isinstance(record, Line) else (record.amount, *record.restated)
    top_ups = record.top_ups if isinstance(record, Line) else ()
    return (
        record.note,
        tuple((one.check, one.reason, one.source, one.until) for one in record.accepted),
        _counts((one.stated_as, one.note) for one in figures),
        _counts(one.note for one in top_ups),
    )
