"""Where the money stands in each book, every krona once, and what each line's own change is."""

from collections.abc import Collection, Mapping

from msgspec import Struct
from msgspec.structs import replace

from ledger.book import LEVEL_ORDER, Book, Line, Sum, add_level, apportion
from ledger.diff.change import Group, Moved, between
from ledger.money import ZERO, Interval, exactly


class Placed(Struct, frozen=True):
    """The money of each line beyond that of the lines in it.

    `groups` names the sum that a line enters: those of one year that are counted. The others are placed as if they
    were counted, and enter no sum. What no difference reaches is not placed.
    """

    groups: Mapping[str, Group]
    money: Mapping[str, Interval]
    sums: Mapping[Group, Sum]


def placed(old: Book, new: Book, told: Collection[str]) -> tuple[Placed, Placed]:
    """Both books placed, as far as a difference reaches; `told` are lines of which something differs in any case."""
    reached = _reached(old, new, told)
    groups = _groups(old), _groups(new)
    wanted = {side[line] for side in groups for line in reached if line in side}
    alone = any(line not in side for side in groups for line in reached)
    return _placed(old, groups[0], wanted, alone=alone), _placed(new, groups[1], wanted, alone=alone)


def _reached(old: Book, new: Book, told: Collection[str]) -> set[str]:
    """The lines that differ in what sums are made of, and all that lies in or around them, at any distance."""
    names = {*old.lines, *new.lines}
    waiting = [*told, *(name for name in names if _enters(old, name) != _enters(new, name))]
    reached = set(waiting)
    while waiting:
        name = waiting.pop()
        for links in (side for book in (old, new) for side in (book.inclusion.within, book.inclusion.around)):
            fresh = [one for one in links.get(name, ()) if one not in reached]
            reached.update(fresh)
            waiting.extend(fresh)
    return reached


def _enters(book: Book, name: str) -> object:
    """All that a sum takes of a line: its place, its group, and what it counts with."""
    line, values = book.lines.get(name), book.value(name)
    if line is None:
        return None
    counting = values.counting and values.counting.amount.interval
    span = line.first_year, line.last_year, line.level, line.counted
    return span, line.parent, line.of, book.inclusion.within.get(name), counting, values.partial, values.total is None


def _groups(book: Book) -> dict[str, Group]:
    counted = (line for line in book.lines.values() if line.counted and line.first_year == line.last_year)
    return {line.id: (line.first_year, line.level) for line in counted}


def _placed(book: Book, groups: Mapping[str, Group], wanted: Collection[Group], *, alone: bool) -> Placed:
    """Place the wanted groups, and with `alone` what is in none."""
    members: dict[Group, list[Line]] = {}
    for name, group in groups.items():
        if group in wanted:
            members.setdefault(group, []).append(book.lines[name])
    money = dict.fromkeys(book.lines, ZERO)
    if alone:
        money |= _as_counted(book, groups)
    for lines in members.values():
        money |= {line.id: amount.interval for line, amount in apportion(book, lines)}
    return Placed(groups, money, {group: add_level(book, lines) for group, lines in members.items()})


def _as_counted(book: Book, without: Collection[str]) -> dict[str, Interval]:
    """The money of the other lines, placed among all of their level."""
    every = replace(book, lines={line.id: replace(line, counted=True) for line in book.lines.values()})
    money: dict[str, Interval] = {}
    for level in LEVEL_ORDER:
        lines = [line for line in every.lines.values() if line.level == level]
        if any(line.id not in without for line in lines):
            found = {line.id: amount.interval for line, amount in apportion(every, lines)}
            money |= {line.id: found.get(line.id, ZERO) for line in lines if line.id not in without}
    return money


class Own(Struct, frozen=True):
    """What each line's money changed by beyond that of the lines in it, and how much of that a sum changes by."""

    changes: Mapping[str, Interval]
    in_sums: Mapping[str, Interval]


def own_changes(old: Book, new: Book, before: Placed, after: Placed) -> Own:
    """By line, of the lines whose placed money is not the same in both books; the others changed by nothing."""
    names = [name for name in new.lines if _differs(name, before, after)]
    names += [name for name in old.lines if name not in new.lines and _differs(name, before, after)]
    inexact = [name for name in names if _inexact(name, old, new, before, after)]
    changes = {
        name: after.money.get(name, ZERO) - before.money.get(name, ZERO) for name in names if name not in inexact
    }
    inside = {name: old.inclusion.inner(name) | new.inclusion.inner(name) for name in inexact}
    for name in sorted(inexact, key=lambda one: len(inside[one])):
        change = between(_counting(old, name), _counting(new, name)) or ZERO
        group = after.groups.get(name)
        for inner in inside[name]:
            if inner in changes and group in (after.groups.get(inner), before.groups.get(inner)):
                change -= changes[inner]
        changes[name] = change
    return Own(changes, {name: _in_sums(name, changes[name], before, after) for name in changes})


def _differs(name: str, before: Placed, after: Placed) -> bool:
    if before.money.get(name, ZERO) != after.money.get(name, ZERO):
        return True
    both = name in before.money and name in after.money
    return both and before.groups.get(name) != after.groups.get(name)


def _inexact(name: str, old: Book, new: Book, before: Placed, after: Placed) -> bool:
    """Whether the difference of what is placed would say less than the statements do.

    `ca 100` that stays, with 10 more of it placed further in, holds 10 less itself, and not 0 to 20.
    """
    if before.groups.get(name) != after.groups.get(name) or not _counting(old, name) or not _counting(new, name):
        return False
    return not (before.money[name].exact and after.money[name].exact)


def _counting(book: Book, name: str) -> Interval | None:
    value = book.value(name).counting
    return value.amount.interval if value else None


def _in_sums(name: str, change: Interval, before: Placed, after: Placed) -> Interval:
    if before.groups.get(name) == after.groups.get(name):
        return change if name in after.groups else ZERO
    return _entered(name, after) - _entered(name, before)


def _entered(name: str, side: Placed) -> Interval:
    return side.money[name] if name in side.groups else ZERO


def moved_sums(before: Placed, after: Placed, own: Own, touched: Collection[Group]) -> tuple[Moved, ...]:
    """The sums that changed, and those of the groups that were touched."""
    changes = dict.fromkeys(sorted({*before.sums, *after.sums}, key=_by_year), ZERO)
    for name, change in own.changes.items():
        left, right = before.groups.get(name), after.groups.get(name)
        if left == right and right:
            changes[right] += change
        elif left != right:
            changes |= {left: changes[left] - before.money[name]} if left else {}
            changes |= {right: changes[right] + after.money[name]} if right else {}
    found = []
    for group, change in changes.items():
        sums = before.sums.get(group, _NONE), after.sums.get(group, _NONE)
        if sums[0] != sums[1] or group in touched:
            found.append(Moved(group, *sums, _change(*sums, change)))
    return tuple(found)


def _by_year(group: Group) -> tuple[int, int]:
    return group[0], LEVEL_ORDER.index(group[1])


def _change(before: Sum, after: Sum, placed_change: Interval) -> Interval:
    """Of exact sums the difference; else what the lines changed by, as figures that stay leave nothing open."""
    if before.amount.exact and after.amount.exact:
        return after.amount.interval - before.amount.interval
    return placed_change


_NONE = Sum(exactly(0), 0, 0, 0, 0)
