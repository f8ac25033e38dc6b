"""Which record of the old book is which of the new one: by id, else by what it says, else by its name and place."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.book import Book, Claim, Figure, Line, TopUp, solved
from ledger.diff.content import Record, claim_key, identity, line_keys, record_key

Names = Mapping[str, str]
"""Old ids to new ones, of the records whose id changed."""

T = TypeVar("T")


class Renamed(Struct, frozen=True):
    """The records whose id changed and nothing else, and the lines whose id changed."""

    lines: Names = field(default_factory=dict)
    claims: Names = field(default_factory=dict)
    agencies: Names = field(default_factory=dict)
    sources: Names = field(default_factory=dict)
    goals: Names = field(default_factory=dict)
    initiatives: Names = field(default_factory=dict)


class Of(Struct, frozen=True):
    """What the lines of each book are paired by, by their ids."""

    old: Mapping[str, Hashable]
    new: Mapping[str, Hashable]


def aligned(old: Book, new: Book) -> tuple[Book, Renamed]:
    """The old book in the new one's ids, and what was renamed."""
    names = Renamed(
        agencies=_records(old.agencies, new.agencies),
        sources=_records(old.sources, new.sources),
        goals=_records(old.goals, new.goals),
    )
    old = _in_new_names(old, names)
    more = Renamed(
        lines=_lines(old, new),
        claims=_same_content(old.claims, new.claims, claim_key),
        initiatives=_records(old.initiatives, new.initiatives),
    )
    names = replace(more, agencies=names.agencies, sources=names.sources, goals=names.goals)
    return _in_new_names(old, more), names


def _records(old: Mapping[str, Record], new: Mapping[str, Record]) -> dict[str, str]:
    return _same_content(old, new, record_key)


def _same_content(old: Mapping[str, T], new: Mapping[str, T], key: Callable[[T], Hashable]) -> dict[str, str]:
    """The records of either book alone that say the same, one to one."""
    candidates: dict[Hashable, list[str]] = {}
    for name, record in new.items():
        if name not in old:
            candidates.setdefault(key(record), []).append(name)
    names = {}
    for name, record in old.items():
        if name not in new and (found := candidates.get(key(record))):
            names[name] = found.pop(0)
    return names


def _lines(old: Book, new: Book) -> dict[str, str]:
    """The lines whose id changed: with the same content in the same place, or elsewhere, or the only one so named."""
    pairs = {name: name for name in old.lines if name in new.lines}
    free = dict.fromkeys(name for name in new.lines if name not in pairs)
    if free and len(pairs) < len(old.lines):
        known: dict[Hashable, int] = {}
        says = Of(line_keys(old, known), line_keys(new, known))
        named = Of(*({one.id: identity(one) for one in book.lines.values()} for book in (old, new)))
        for of, here, alone in ((says, True, False), (says, False, False), (named, True, True)):
            while _pair(old, new, pairs, free, of, here=here, alone=alone):
                pass
    return {one: other for one, other in pairs.items() if one != other}


def _pair(
    old: Book, new: Book, pairs: dict[str, str], free: dict[str, None], of: Of, *, here: bool, alone: bool
) -> bool:
    """Pair the lines that are equal, `here`: in the same line, `alone`: only where no others are; whether any were."""
    groups: dict[Hashable, tuple[list[str], list[str]]] = {}
    for name, line in old.lines.items():
        if name not in pairs:
            place = pairs.get(line.parent) if line.parent else ""
            groups.setdefault((of.old[name], here and place), ([], []))[0].append(name)
    for name in free:
        groups.setdefault((of.new[name], here and new.lines[name].parent), ([], []))[1].append(name)
    count = len(pairs)
    for before, after in groups.values():
        if not alone or len(before) == len(after) == 1:
            for pair in zip(before, after, strict=False):
                _join(old, pair, pairs, free)
    return len(pairs) > count


def _join(old: Book, pair: tuple[str, str], pairs: dict[str, str], free: dict[str, None]) -> None:
    """Take two lines for one, and so the parts of one key in them."""
    waiting = [pair]
    while waiting:
        one, other = waiting.pop()
        if one in pairs or other not in free:
            continue
        pairs[one] = other
        del free[other]
        waiting.extend((part, other + part.removeprefix(one)) for part in old.lines[one].parts if part in old.lines)


def _in_new_names(book: Book, names: Renamed) -> Book:
    """The book with the new ids everywhere, also where records name each other."""
    if names == Renamed():
        return book
    lines = [_line(line, names) for line in book.lines.values()]
    claims = [_claim(claim, names) for claim in book.claims.values()]
    agencies = [
        replace(
            one,
            id=names.agencies.get(one.id, one.id),
            run_by=names.agencies.get(one.run_by, one.run_by),
            members=_all(one.members, names.agencies),
        )
        for one in book.agencies.values()
    ]
    initiatives = [
        replace(
            one,
            id=names.initiatives.get(one.id, one.id),
            agencies=_all(one.agencies, names.agencies),
            sources=_all(one.sources, names.sources),
        )
        for one in book.initiatives.values()
    ]
    named = replace(
        book,
        lines={line.id: line for line in lines},
        claims={claim.id: claim for claim in claims},
        agencies={one.id: one for one in agencies},
        sources={names.sources.get(one, one): source for one, source in book.sources.items()},
        goals={names.goals.get(one, one): goal for one, goal in book.goals.items()},
        initiatives={one.id: one for one in initiatives},
    )
    return solved(named) if names.lines else named


def _claim(claim: Claim, names: Renamed) -> Claim:
    return replace(
        claim,
        id=names.claims.get(claim.id, claim.id),
        amount=_figure(claim.amount, names),
        sources=_all(claim.sources, names.sources),
        restated=tuple(_figure(one, names) for one in claim.restated),
    )


def _line(line: Line, names: Renamed) -> Line:
    to = names.lines
    return replace(
        line,
        id=to.get(line.id, line.id),
        parent=to.get(line.parent, line.parent),
        of=to.get(line.of, line.of),
        parts=_all(line.parts, to),
        recipient=names.agencies.get(line.recipient, line.recipient),
        goals=_all(line.goals, names.goals),
        sources=_all(line.sources, names.sources),
        base=line.base and _figure(line.base, names),
        total=line.total and _figure(line.total, names),
        outcome=line.outcome and _figure(line.outcome, names),
        top_ups=tuple(_top_up(one, names) for one in line.top_ups),
        restated=tuple(_figure(one, names) for one in line.restated),
    )


def _figure(figure: Figure, names: Renamed) -> Figure:
    return replace(figure, sources=_all(figure.sources, names.sources))


def _top_up(top_up: TopUp, names: Renamed) -> TopUp:
    return replace(
        top_up,
        figure=top_up.figure and _figure(top_up.figure, names),
        line=names.lines.get(top_up.line, top_up.line),
        sources=_all(top_up.sources, names.sources),
    )


def _all(ids: Iterable[str], names: Names) -> tuple[str, ...]:
    return tuple(names.get(one, one) for one in ids)
