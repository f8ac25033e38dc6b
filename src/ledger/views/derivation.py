"""How a figure comes about: the tree from a line or claim down to source, file and line."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from ledger.book import (
    Book,
    Claim,
    Figure,
    Line,
    TopUp,
    Value,
    add_level,
    last_day,
    top_up_amounts,
    top_up_from,
)
from ledger.money import Amount
from ledger.query import claimed
from ledger.table import Cell, Column, Money, Row, Table, share_words
from ledger.views._lines import line_label, money, recipient_name, sum_cell, units_for
from ledger.views.claims import recorded, share_of

COLUMNS = (
    Column("figure", "text", "Figure", only="people"),
    Column("role", only="machine"),
    Column("id", only="machine"),
    Column("depth", "integer", only="machine"),
    Column("amount", "money", "Amount"),
    Column("account", "text", "How it is known", only="people"),
    Column("how", only="machine"),
    Column("dated", only="machine"),
    Column("source", "list", only="machine"),
    Column("file", only="machine"),
    Column("line", "integer", only="machine"),
)


class _Step(Struct, frozen=True):
    """One row of the tree: what it is, what it comes to, how that is known, who says so, where, and from when on."""

    depth: int
    figure: str
    role: str
    id: str
    money: Money | None
    how: str = ""
    sources: tuple[str, ...] = ()
    file: str = ""
    line: int = 0
    dated: str = ""


_Said = tuple[str, tuple[str, ...], str, int, str]
"""The fields of a step from `how` on."""


def show_line(book: Book, line: Line, *, unit: str = "auto") -> Table:
    """The derivation of a line's total, base and top-ups, of its parts, and of what lies in it by `of`."""
    steps = list(_line(book, line, 0))
    recipient = recipient_name(book, line.recipient)
    about = ", ".join(part for part in (line.id, line.kind, line.years, recipient) if part)
    return _table(book, about, steps, unit, _line_notes(book, line))


def show_claim(book: Book, claim: Claim, *, unit: str = "auto") -> Table:
    """What a claim says, and the lines it is about with what they come to."""
    figure = claim.amount
    steps = [_Step(0, claim.title, "claim", claim.id, money(_value(figure)), *_said(figure, claim.sources))]
    steps += list(_restated(claim.restated, claim.id, 1))
    found = recorded(book, claim)
    if found:
        cell = sum_cell(found)
        share = share_of(cell.amount, figure.amount)
        percent = f" ({share_words(share)} of the claim)" if share else ""
        steps.append(_Step(0, "recorded", "recorded", claim.id, cell, f"sum of lines{percent}"))
        for line in claimed(book, claim).lines:
            value = book.value(line.id).counting
            steps.append(_Step(1, line_label(line), "line", line.id, money(value), *_of_total(book, line)))
    notes = [claim.note] if claim.note else []
    if not claim.about:
        notes.insert(0, "The claim does not say which lines it is about, so nothing is compared with it.")
    return _table(book, f"{claim.id}, claim, {claim.year}", steps, unit, notes)


def _line(book: Book, line: Line, depth: int) -> Iterator[_Step]:
    values = book.value(line.id)
    remark = values.partial if values.total is None else ""
    name = line_label(line, full=depth == 0)
    amount = money(values.total or values.counting, remark)
    yield _Step(depth, name, "total", line.id, amount, *_of_total(book, line))
    if line.top_ups or (line.base and line.parts):
        yield from _equation(book, line, depth + 1)
    yield from _restated(line.restated, line.id, depth + 1)
    if line.outcome:
        yield _Step(depth + 1, "outcome", "outcome", line.id, money(_value(line.outcome)), *_said(line.outcome, ()))
    yield from _inside(book, line, depth + 1)


def _of_total(book: Book, line: Line) -> _Said:
    """How a line's total is known; what no source states is written where the line is."""
    values = book.value(line.id)
    figure = line.total or (line.base if values.total == values.base else None)
    if figure:
        return _said(figure, line.sources)
    place = line.at()
    return _way(values.counting), line.sources, place.path, place.line, ""


def _equation(book: Book, line: Line, depth: int) -> Iterator[_Step]:
    values = book.value(line.id)
    base = _said(line.base, line.sources) if line.base else (_way(values.base),)
    yield _Step(depth, "base", "base", line.id, money(values.base), *base)
    amounts = top_up_amounts(line, book.values)
    for top_up, amount in zip(line.top_ups, amounts, strict=True):
        yield _top_up(book, line, top_up, amount, depth)
    if not line.top_ups and values.top_ups:
        yield _Step(depth, "top-ups", "top-ups", line.id, money(values.top_ups), _way(values.top_ups))


def _top_up(book: Book, line: Line, top_up: TopUp, amount: Amount | None, depth: int) -> _Step:
    day, basis = top_up_from(book, line, top_up)
    dated = {
        "decided": f"decided {day}",
        "source": f"counts from {day}, the date of its earliest source",
        "year": f"counts from {day}, the end of its year: no source has a date",
    }[basis]
    value = Value(amount, "stated") if amount else None
    how = f"the total of {top_up.line}" if top_up.line else "stated" if amount else ""
    if amount is None and len(line.top_ups) == 1:
        value = book.value(line.id).top_ups
        how = _way(value)
    place = top_up.place
    return _Step(depth, "top-up", "top-up", line.id, money(value), how, top_up.sources, place.path, place.line, dated)


def _inside(book: Book, line: Line, depth: int) -> Iterator[_Step]:
    second = book.inclusion.second.get(line.id, ())
    for names, heading in ((line.parts, _parts_heading(line)), (second, "lines inside it")):
        within = book.inclusion.within.get(line.id, ())  # without the link that would close a ring
        inner = [book.lines[name] for name in names if name in within]
        if inner:
            together = add_level(book, [replace(one, counted=True) for one in inner])
            summable = names is line.parts or len({one.level for one in inner}) == 1
            known = summable and together.lines > together.not_stated
            shown = Money(together.amount, "sum") if known else None
            yield _Step(depth, heading, "parts", line.id, shown, "sum of what is stated" if shown else "")
            for one in inner:
                yield from _line(book, one, depth + 1)


def _parts_heading(line: Line) -> str:
    return "parts, complete" if line.complete else "parts, not all of it"


def _restated(figures: Iterable[Figure], owner: str, depth: int) -> Iterator[_Step]:
    for figure in figures:
        yield _Step(depth, "restated", "restated", owner, money(_value(figure)), *_said(figure, ()))


def _value(figure: Figure) -> Value:
    return Value(figure.amount, figure.how)


def _said(figure: Figure, sources: tuple[str, ...]) -> _Said:
    """How a stated figure is known, who says so, where it is written, and when it was decided."""
    words = f" as “{figure.words}”" if figure.words else ""
    rounding = ", rounded," if figure.amount.sense == "rounded" else ""
    how = {"calculated": "calculated: asserted in this ledger", "derived": "derived for this date"}.get(figure.how)
    dated = f"decided {figure.decided}" if figure.decided else ""
    place = figure.place
    return how or f"stated{words}{rounding}", figure.sources or sources, place.path, place.line, dated


def _way(value: Value | None) -> str:
    return "" if value is None else f"derived: {value.way}" if value.way else "derived"


def _line_notes(book: Book, line: Line) -> list[str]:
    notes = [line.note] if line.note else []
    outer = [name for name in (line.parent, line.of) if name]
    notes.extend(f"Lies in {name}: {book.lines[name].title}" for name in outer if name in book.lines)
    if not line.counted:
        notes.append("Not counted: it is shown and checked, and enters no sum.")
    if line.goals:
        names = [book.goals[goal].name if goal in book.goals else goal for goal in line.goals]
        notes.append(f"Goals (this ledger's own classification): {'; '.join(names)}")
    return notes


def _table(book: Book, title: str, steps: list[_Step], unit: str, notes: Iterable[str]) -> Table:
    rows = tuple(_row(step) for step in steps)
    below = _sources(book, dict.fromkeys(source for step in steps for source in step.sources))
    return Table(
        title, COLUMNS, rows, units=units_for(rows, unit), notes=tuple(notes), below=below, currency=book.currency
    )


def _row(step: _Step) -> Row:
    cells: tuple[Cell, ...] = (
        step.figure,
        step.role,
        step.id,
        step.depth,
        step.money,
        _account(step) or None,
        step.how.rstrip(",") or None,
        step.dated or None,
        step.sources,
        step.file or None,
        step.line or None,
    )
    return Row(cells, step.depth)


def _account(step: _Step) -> str:
    """How a figure is known, by whom, in which file and line, and when it was decided: what people read."""
    names = ", ".join(step.sources)
    place = f"{step.file}:{step.line}" if step.file else ""
    if step.how.startswith("stated"):
        said = [f"{step.how} by {names}" if names else step.how.rstrip(",")]
    else:
        said = [step.how, f"named in {names}" if names else ""]
    return "; ".join(filter(None, (*said, place, step.dated)))


def _sources(book: Book, cited: Iterable[str]) -> tuple[Table, ...]:
    columns = (
        Column("source", "text", "Source"),
        Column("published", "text", "Published"),
        Column("document", "text", "Title and address", only="people"),
        Column("title", only="machine"),
        Column("address", only="machine"),
    )
    known = [book.sources[source] for source in cited if source in book.sources]
    known.sort(key=lambda source: last_day(source.published) if source.published else "9999")
    rows = tuple(
        Row((one.id, one.published or None, f"{one.title} {one.url}".strip(), one.title, one.url or None))
        for one in known
    )
    return (Table("Sources", columns, rows),) if rows else ()
