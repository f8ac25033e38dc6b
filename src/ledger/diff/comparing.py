"""Book × Book → what differs."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from ledger.book import Book, Claim, Line
from ledger.diff.change import Change, Difference, Differences, Reason, between
from ledger.diff.content import Record, record_key, wording
from ledger.diff.matching import Names, Renamed, aligned
from ledger.diff.placing import Own, Placed, moved_sums, own_changes, placed
from ledger.diff.reasons import claim_reasons, line_reasons
from ledger.diff.wording import known, rest, stated
from ledger.money import ZERO, Interval
from ledger.table import Money


def compare(old: Book, new: Book) -> Differences:
    """What changed from one book to the other; both are in one currency."""
    old, renamed = aligned(old, new)
    old_ids = {name: one for one, name in renamed.lines.items()}
    reasons = dict(_reasons(old, new, old_ids))
    sides = placed(old, new, reasons)
    own = own_changes(old, new, *sides)
    found = list(_lines(old, new, old_ids, reasons, sides=sides, own=own))
    told = {one.id for one in found if one.reasons or one.difference != "follows"}
    consequences = [one.id for one in found if _is_consequence(one, old, new, told)]
    lines = tuple(_with_rest(one, sides) for one in found if one.id not in consequences)
    claims = tuple(_claims(old, new, renamed.claims))
    touched = {group for one in lines for side in sides if (group := side.groups.get(one.id))}
    return Differences(
        old=old,
        new=new,
        lines=lines,
        claims=claims,
        sums=moved_sums(*sides, own, touched),
        consequences=tuple(consequences),
        others=dict(_others(old, new, renamed)),
        wording=_reworded(old, new, {*told, *(one.id for one in claims)}),
    )


def _reasons(old: Book, new: Book, old_ids: Names) -> Iterator[tuple[str, tuple[Reason, ...]]]:
    """What differs in each line that is in both books, of those in which something does."""
    for name, after in new.lines.items():
        before = old.lines.get(name)
        if before and (reasons := line_reasons(before, after, old, new, old_ids.get(name, name))):
            yield name, reasons


def _lines(
    old: Book,
    new: Book,
    old_ids: Names,
    reasons: Mapping[str, tuple[Reason, ...]],
    *,
    sides: tuple[Placed, Placed],
    own: Own,
) -> Iterator[Change]:
    """The lines that differ, or whose own money does, in the order of the files; removed ones where they stood."""
    for name in _in_order(old.lines, new.lines):
        before, after = old.lines.get(name), new.lines.get(name)
        if before and after and name not in reasons and name not in own.changes:
            continue
        money = _money(old, before), _money(new, after)
        yield Change(
            difference=_difference(before, after, told=name in reasons),
            id=name,
            old_id=old_ids.get(name, name) if before else "",
            before=before,
            after=after,
            money=money,
            change=_change(*money),
            own=own.changes.get(name, ZERO),
            in_sums=own.in_sums.get(name, ZERO) if any(name in side.groups for side in sides) else None,
            reasons=reasons.get(name, ()),
        )


def _difference(before: object, after: object, *, told: bool) -> Difference:
    if before is None or after is None:
        return "added" if before is None else "removed"
    return "changed" if told else "follows"


def _money(book: Book, line: Line | None) -> Money | None:
    """What a line comes to: its total, else what it counts with, marked."""
    if line is None:
        return None
    values = book.value(line.id)
    if values.total is None and values.counting is not None:
        return known(values.counting, values.partial)
    figure = line.total or line.base
    if figure and values.total and values.total.amount == figure.amount:
        return stated(figure)
    return known(values.total)


def _change(before: Money | None, after: Money | None) -> Interval | None:
    """By how much; what a line that is not there comes to is 0."""
    return between(_interval(before), _interval(after))


def _interval(money: Money | None) -> Interval | None:
    if money is None:
        return ZERO
    return money.amount.interval if money.amount else None


def _in_order(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    """The new ids in their order, and those that are gone behind the one that they stood behind."""
    gone: dict[str, list[str]] = {}
    last = ""
    for name in old:
        if name in new:
            last = name
        else:
            gone.setdefault(last, []).append(name)
    yield from gone.get("", ())
    for name in new:
        yield name
        yield from gone.get(name, ())


def _is_consequence(change: Change, old: Book, new: Book, told: Collection[str]) -> bool:
    """Whether a line says no more than that its stated figures changed with the lines in it, which are told of."""
    moved = {change.own, change.in_sums} - {None} != {ZERO}
    if change.difference != "changed" or moved or not all(one.corrected for one in change.reasons):
        return False
    inside = old.inclusion.inner(change.id) | new.inclusion.inner(change.id)
    return any(one in told for one in inside)


def _with_rest(change: Change, sides: tuple[Placed, Placed]) -> Change:
    """The change with what the line holds beyond the lines in it, where that changed by something else."""
    if change.difference in ("added", "removed") or change.change is None or change.own in (ZERO, change.change):
        return change
    before, after = (side.money.get(change.id, ZERO) for side in sides)
    return replace(change, reasons=(*change.reasons, rest(before, after, change.own)))


def _claims(old: Book, new: Book, names: Names) -> Iterator[Change]:
    old_ids = {name: one for one, name in names.items()}
    for name in _in_order(old.claims, new.claims):
        before, after = old.claims.get(name), new.claims.get(name)
        old_id = old_ids.get(name, name) if before else ""
        reasons = claim_reasons(before, after, old, new, old_id) if before and after else ()
        if before and after and not reasons:
            continue
        money = stated(before.amount) if before else None, stated(after.amount) if after else None
        difference = _difference(before, after, told=True)
        yield Change(difference, name, old_id, before, after, money, _change(*money), reasons=reasons)


def _others(old: Book, new: Book, renamed: Renamed) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What happened to the records that hold no money, by their kind; kinds without a difference are left out."""
    groups: tuple[tuple[str, Mapping[str, Record], Mapping[str, Record], Names], ...] = (
        ("sources", old.sources, new.sources, renamed.sources),
        ("agencies", old.agencies, new.agencies, renamed.agencies),
        ("goals", old.goals, new.goals, renamed.goals),
        ("initiatives", old.initiatives, new.initiatives, renamed.initiatives),
    )
    for what, before, after, names in groups:
        if said := tuple(_happened(before, after, names)):
            yield what, said
    if old.title != new.title:
        yield "title", (f"{new.title or 'none'} (was {old.title or 'none'})",)


def _happened(before: Mapping[str, Record], after: Mapping[str, Record], names: Names) -> Iterator[str]:
    same = [name for name in after if name in before]
    yield from _listed("added", [name for name in after if name not in before])
    yield from _listed("removed", [name for name in before if name not in after])
    yield from _listed("renamed", [f"{one} to {other}" for one, other in names.items()])
    yield from _listed("changed", [name for name in same if record_key(before[name]) != record_key(after[name])])


_NAMED = 5
"""As many ids are named, before the rest is only counted."""


def _listed(what: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"{len(names)} {what} ({', '.join(names[:_NAMED])}{more})"


def _reworded(old: Book, new: Book, told: Collection[str]) -> int:
    """How many lines and claims of which nothing is told say the same in other words."""
    pairs: Iterable[tuple[Line | Claim, Line | Claim]] = (
        *((line, new.lines[line.id]) for line in old.lines.values() if line.id in new.lines),
        *((claim, new.claims[claim.id]) for claim in old.claims.values() if claim.id in new.claims),
    )
    return sum(1 for one, other in pairs if one.id not in told and wording(one) != wording(other))
