"""Differences → a table: a row a line or claim, under it a row for each reason, and the sums below."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from ledger.book import LEVEL_ORDER, Claim, Line, Sum
from ledger.diff.change import Change, Differences, Moved, Reason
from ledger.diff.wording import changed, named
from ledger.money import ZERO, auto_unit
from ledger.table import Cell, Column, Money, Row, Table

COLUMNS = (
    Column("label", "text", "Line", only="people"),
    Column("row", only="machine"),
    Column("difference", only="machine"),
    Column("what", only="machine"),
    Column("text", only="machine"),
    Column("id", only="machine"),
    Column("old_id", only="machine"),
    Column("level", only="machine"),
    Column("year", only="machine"),
    Column("kind", only="machine"),
    Column("code", only="machine"),
    Column("title", only="machine"),
    Column("recipient", only="machine"),
    Column("before", "money", "Before"),
    Column("after", "money", "After"),
    Column("change", "money", "Change"),
    Column("in_sums", "money", only="machine"),
    Column("source", "list", only="machine"),
    Column("file", only="machine"),
    Column("line", "integer", only="machine"),
)
"""`row` is `line` or `claim`, and under it `reason`: money of reasons is part of that of their line.

`in_sums` is what the line adds to the change of the sum of its year and level, every krona once.
"""

_SUMS = (
    Column("year", "integer", "Year"),
    Column("level", "text", "Level"),
    Column("before", "money", "Before"),
    Column("after", "money", "After"),
    Column("change", "money", "Change"),
)
CLAIMS = "claims"


def table(found: Differences, old: str, new: str, *, unit: str = "auto") -> Table:
    """The table of what changed from `old` to `new`, which are names for the title."""
    name = found.new.title or found.old.title or "Ledger"
    rows = (*_level_rows(found), *(row for one in found.claims for row in _rows(found, one, CLAIMS, 0, None)))
    title = f"what changed from {old} to {new}" if found else f"no difference between {old} and {new}"
    return Table(
        title=f"{name}: {title}",
        columns=COLUMNS,
        rows=rows,
        units=_units(rows, unit),
        notes=tuple(_notes(found)),
        below=(_sums(found, unit),) if found.sums else (),
        currency=found.new.currency,
    )


def _units(rows: Iterable[Row], unit: str) -> dict[str, str]:
    """The unit of each section: the largest that keeps short its exact figures, else printed numbers, else limits."""
    if unit != "auto":
        return {row.section: unit for row in rows}
    found: dict[str, tuple[list[int], list[int], list[int]]] = {}
    for row in rows:
        exact, printed, limits = found.setdefault(row.section, ([], [], []))
        for amount in (cell.amount for cell in row.cells if isinstance(cell, Money) and cell.amount):
            ends = [end for end in (amount.interval.low, amount.interval.high) if end]
            exact += ends[:1] if amount.exact else []
            printed += [amount.number] if amount.number else []
            limits += ends
    return {section: auto_unit(next(filter(None, numbers), [])) for section, numbers in found.items()}


def _level_rows(found: Differences) -> Iterator[Row]:
    """Level by level; a line stands under the nearest line around it that is told of too."""
    for level in LEVEL_ORDER:
        told = {one.id: one for one in found.lines if isinstance(one.record, Line) and one.record.level == level}
        under: dict[str, list[str]] = {}
        for name in told:
            under.setdefault(_nearest(found, name, told), []).append(name)
        waiting = [(name, 0, "") for name in reversed(under.get("", ()))]
        while waiting:
            name, depth, outer = waiting.pop()
            yield from _rows(found, told[name], level, depth, told.get(outer))
            waiting.extend((inner, depth + 1, name) for inner in reversed(under.get(name, ())))


def _nearest(found: Differences, name: str, told: Mapping[str, Change]) -> str:
    book = found.new if name in found.new.lines else found.old
    outer = book.lines[name].parent
    while outer and outer not in told:
        outer = book.lines[outer].parent
    return outer


def _rows(found: Differences, change: Change, section: str, depth: int, outer: Change | None) -> Iterator[Row]:
    """A line or claim, and under it each thing that differs."""
    record = change.record
    muted = isinstance(record, Line) and (not record.counted or change.difference == "follows")
    of_it: dict[str, Cell] = {
        "id": change.id,
        "old_id": change.old_id or None,
        "level": section,
        "year": str(record.year) if isinstance(record, Claim) else record.years,
        "title": record.title,
        "file": record.at().path,
        "line": record.at().line,
    }
    if isinstance(record, Line):
        of_it |= {"kind": record.kind, "code": record.code or None, "recipient": record.recipient or None}
    own: dict[str, Cell] = {
        "label": _label(found, change, outer),
        "row": "line" if isinstance(record, Line) else "claim",
        "difference": change.difference,
        "before": change.money[0],
        "after": change.money[1],
        "change": _changed(change),
        "in_sums": changed(change.in_sums),
        "source": _sources(record),
    }
    yield Row(tuple((of_it | own).get(column.name) for column in COLUMNS), depth, muted, section)
    for reason in change.reasons:
        yield Row(_reason(of_it, change, reason), depth + 1, muted, section)


def _reason(of_it: dict[str, Cell], change: Change, reason: Reason) -> tuple[Cell, ...]:
    cells: dict[str, Cell] = {
        "label": reason.text,
        "row": "reason",
        "difference": change.difference,
        "what": reason.what,
        "text": reason.text,
        "before": reason.before,
        "after": reason.after,
        "change": changed(reason.change),
        "source": reason.sources,
    }
    return tuple((of_it | cells).get(column.name) for column in COLUMNS)


def _label(found: Differences, change: Change, outer: Change | None) -> str:
    """Whether it is new or removed, its id (below the line that it stands under), what it is of, and who says so."""
    record = change.record
    name = change.id.removeprefix(f"{outer.id}/") if outer else change.id
    years = str(record.year) if isinstance(record, Claim) else record.years
    marks = [] if years in change.id else [years]
    code = ""
    if isinstance(record, Line):
        code = f"{record.code} " if record.code else ""
        marks += [] if record.stage == "decided" else [record.stage]
        marks += [] if record.counted else ["in no sum"]
    words = {"added": "new ", "removed": "removed "}.get(change.difference, "")
    text = f"{words}{name}: {code}{record.title}"
    repeated = outer and outer.difference == change.difference and _sources(outer.record) == _sources(record)
    if words and not repeated:
        marks.append(named(found.new if change.after else found.old, _sources(record)))
    return f"{text} ({'; '.join(marks)})" if marks else text


def _sources(record: Line | Claim) -> tuple[str, ...]:
    """Every source that states something of it, its own first."""
    figures = record.figures if isinstance(record, Line) else (record.amount, *record.restated)
    top_ups = record.top_ups if isinstance(record, Line) else ()
    inner = [*(one.sources for one in figures), *(one.sources for one in top_ups)]
    return tuple(dict.fromkeys((*record.sources, *(source for sources in inner for source in sources))))


def _changed(change: Change) -> Money | None:
    """The change; where an amount came or went that was not known before, only that."""
    if change.change is not None:
        cell = changed(change.change)
        moved = [
            one.change for one in change.reasons if one.what in ("base", "top-up") and one.change not in (None, ZERO)
        ]
        return replace(cell, remark="the total stays") if cell and moved and change.change == ZERO else cell
    before, after = (one and one.amount for one in change.money)
    if after and not before:
        return Money(None, "derived", "not known before")
    return Money(None, "derived", "no longer known") if before and not after else None


def _sums(found: Differences, unit: str) -> Table:
    """Before and after, of every year and level that something was told of."""
    rows = tuple(_sum_row(one) for one in found.sums)
    return Table(
        title="The sums, every krona once",
        columns=_SUMS,
        rows=rows,
        units=_units(rows, unit),
        notes=("The same krona may stand on each level: they cannot be added to one another.",)
        if len({one.group[1] for one in found.sums}) > 1
        else (),
        currency=found.new.currency,
    )


def _sum_row(moved: Moved) -> Row:
    year, level = moved.group
    return Row((year, level, _sum(moved.before), _sum(moved.after), changed(moved.change)))


def _sum(total: Sum) -> Money:
    missing = total.not_stated - total.not_stated_inside
    return Money(total.amount, "sum", f"{missing} not stated" if missing else "")


def _notes(found: Differences) -> Iterator[str]:
    """What is left out of the rows."""
    if found.consequences:
        yield f"Totals that changed only as the lines in them did, left out: {', '.join(found.consequences)}."
    for what, said in found.others.items():
        yield f"{what.capitalize()}: {', '.join(said)}."
    if found.wording:
        lines = "1 line or claim says" if found.wording == 1 else f"{found.wording} lines or claims say"
        yield f"{lines} the same in other words, or with another note: no difference."
