"""The money of a selection grouped by one of its sides: every krona stands in one row, at its innermost line."""

from collections.abc import Callable, Sequence

from ledger.book import Book, Line, add_level, apportion, by_level
from ledger.money import Amount, add_up
from ledger.table import Cell, Column, Money, Row, Table
from ledger.views._lines import all_sources, recipient_name, sum_cell, units_for
from ledger.views.summary import sum_note

Key = tuple[str, str]
"""What a row is identified by, and what people read."""


def _recipient(book: Book, line: Line) -> Key:
    return line.recipient, recipient_name(book, line.recipient) or "no single recipient"


def _appropriation(_: Book, line: Line) -> Key:
    code = " ".join(line.full_code.split()[:2])
    return code, code or "no appropriation stated"


def _goal(book: Book, line: Line) -> Key:
    names = [book.goals[goal].name if goal in book.goals else goal for goal in line.goals]
    return " + ".join(line.goals), " + ".join(names) or "no goal tagged"


def _kind(_: Book, line: Line) -> Key:
    return line.kind, line.kind


def _source(book: Book, line: Line) -> Key:
    sources = all_sources(line)
    titles = [book.sources[source].title if source in book.sources else source for source in sources]
    return " + ".join(sources), " + ".join(titles) or "no source"


def _year(_: Book, line: Line) -> Key:
    return line.years, line.years


GROUPS: dict[str, Callable[[Book, Line], Key]] = {
    "recipient": _recipient,
    "appropriation": _appropriation,
    "goal": _goal,
    "kind": _kind,
    "source": _source,
    "year": _year,
}
"""What `--by` takes. A line with several goals or sources makes a row of their own."""


def grouped(book: Book, lines: Sequence[Line], by: str, *, unit: str = "auto", title: str = "") -> Table:
    """The sums of `lines` by one of GROUPS, level by level, largest first (years in their order)."""
    columns = (
        Column(by, only="machine"),
        Column("name", "text", by.capitalize()),
        Column("level", only="machine"),
        Column("lines", "integer", "Lines"),
        Column("total", "money", "Total"),
    )
    rows: list[Row] = []
    totals: list[Row] = []
    notes: list[str] = []
    for level, group in by_level(lines).items():
        rows.extend(_rows(book, group, by, level))
        total = add_level(book, group)
        cells: tuple[Cell, ...] = ("Sum", "Sum", level, len(group), sum_cell(total))
        totals.append(Row(cells, section=level))
        notes.append(sum_note(level, total))
    return Table(
        title=title or f"{book.title or 'Ledger'}, by {by}",
        columns=columns,
        rows=tuple(rows),
        totals=tuple(totals),
        units=units_for((*rows, *totals), unit),
        notes=tuple(note for note in notes if note),
        currency=book.currency,
        drawn=("total",),
    )


def _rows(book: Book, lines: Sequence[Line], by: str, level: str) -> list[Row]:
    key = GROUPS[by]
    members: dict[Key, list[Line]] = {}
    for line in lines:
        members.setdefault(key(book, line), []).append(line)
    amounts: dict[Key, list[Amount]] = {}
    for line, amount in apportion(book, lines):
        amounts.setdefault(key(book, line), []).append(amount)
    sums = {group: _sum(book, members[group], amounts.get(group, [])) for group in members}
    ordered = sorted(members) if by == "year" else sorted(members, key=lambda group: (-_size(sums[group]), group[1]))
    return [Row((*group, level, len(members[group]), sums[group]), section=level) for group in ordered]


def _sum(book: Book, group: Sequence[Line], amounts: Sequence[Amount]) -> Money:
    """What is placed in a group; nothing when its amounts are not stated, or all placed at lines further in."""
    missing = sum(1 for line in group if book.value(line.id).counting is None)
    if amounts:
        return Money(add_up(amounts), "sum", f"{missing} not stated" if missing else "")
    return Money(None, "sum", "not stated" if missing == len(group) else "in its parts")


def _size(money: Money) -> int:
    if money.amount is None:
        return -1
    return money.amount.number or money.amount.interval.low or 0
