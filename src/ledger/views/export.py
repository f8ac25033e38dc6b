"""The resolved lines to take away: one row a line with everything that is known of it, its sources, and the query."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from ledger.book import Book, Line, Source, Value, entering_sums
from ledger.money import Amount
from ledger.table import Cell, Column, Money, Row, Table, Type, Written
from ledger.views._lines import LINE_COLUMNS, all_sources, in_own_words, line_row, money

DERIVED = ("base", "top_ups", "total", "outcome")
"""The money columns, each of which has a flag that says whether the program worked the amount out."""

_AFTER: dict[str, tuple[tuple[str, Type], ...]] = {
    "year": (("first_year", "integer"), ("last_year", "integer")),
    "recipient_name": (("org_number", "text"),),
    "goals": (("gender_marker", "integer"),),
    "outcome": (*((f"{name}_derived", "boolean") for name in DERIVED), ("remark", "text")),
    "source": (("source_url", "list"),),
}
"""What stands after a column of LINE_COLUMNS. `remark` says what a total lacks: `base not stated`."""


def _columns() -> Iterator[Column]:
    for column in LINE_COLUMNS:
        yield column
        yield from (Column(name, type_, only="machine") for name, type_ in _AFTER.get(column.name, ()))


COLUMNS = tuple(_columns())

WRITTEN_COLUMNS = (
    *(Column(name, only="machine") for name in ("of", "unit", "parts_are")),
    *(Column(name, only="machine") for name in ("base_written", "top_ups_each", "total_written", "outcome_written")),
    Column("line_source", "list", only="machine"),
    *(Column(name, only="machine") for name in ("restated", "accept", "note", "currency")),
)
"""What a line says as its file says it: each top-up by itself, and all that its other columns do not tell."""

SOURCE_COLUMNS = tuple(
    Column(name, "date" if name == "published" else "text")
    for name in ("id", "title", "kind", "publisher", "published", "reference", "url", "note")
)
AGENCY_COLUMNS = (
    *(
        Column(name)
        for name in ("id", "name", "kind", "name_en", "abbreviation", "org_number", "county_code", "run_by")
    ),
    Column("members", "list"),
    Column("note"),
)
GOAL_COLUMNS = (
    *(Column("id"), Column("name"), Column("number", "integer")),
    *(Column("valid_from", "date"), Column("valid_until", "date")),
)
QUERY_COLUMNS = (Column("name"), Column("value"))


def export(
    book: Book,
    lines: Sequence[Line],
    query: Mapping[str, str],
    written: Mapping[str, Mapping[str, Cell]] | None = None,
    whole: Mapping[str, Written] | None = None,
) -> Table:
    """One row a line; below it the sources, agencies and goals that the rows name, and what was asked of which ledger.

    `written` are the cells of WRITTEN_COLUMNS by the line's id, which follow all others. `whole` is the ledger as its
    files would say it, where all of it is exported.

    Where nothing is added to a line, its base is its total and its top-ups are 0, both derived: base + top-ups = total
    holds in every row. `in_sum` marks the lines whose totals make up the sum of their level and year; a sum over
    several years is in none.
    """
    entering = frozenset(one for group in _by_year(lines) for one in entering_sums(book, group))
    rows = tuple(_row(book, line, line.id in entering) for line in lines)
    columns = COLUMNS
    if written is not None:
        columns = (*COLUMNS, *WRITTEN_COLUMNS)
        rows = tuple(_with(row, written[line.id]) for row, line in zip(rows, lines, strict=True))
    named = {source for line in lines for source in all_sources(line)}
    return Table(
        title=f"{book.title or 'Ledger'}: lines",
        columns=columns,
        rows=rows,
        notes=() if rows else ("no line matches",),
        below=(_source_table(book, named), _query_table(query), _agency_table(book, lines), _goal_table(book, lines)),
        currency=book.currency,
        name="lines",
        ledger=whole or {},
    )


def _by_year(lines: Iterable[Line]) -> Iterable[list[Line]]:
    years: dict[int, list[Line]] = {}
    for line in lines:
        if line.first_year == line.last_year:
            years.setdefault(line.first_year, []).append(line)
    return years.values()


def _row(book: Book, line: Line, in_sum: bool) -> Row:  # noqa: FBT001 - a cell of the row
    depth = _depth(book, line)
    shared = line_row(book, line, section="", depth=depth, entering=(line.id,) if in_sum else ())
    cells: dict[str, Cell] = dict(zip((column.name for column in LINE_COLUMNS), shared.cells, strict=True))
    values = book.value(line.id)
    total = cells["total"]
    agency = book.agencies.get(line.recipient)
    cells |= {
        "first_year": line.first_year,
        "last_year": line.last_year,
        "org_number": (agency.org_number if agency else "") or None,
        "gender_marker": line.gender_marker,
        "base": _base(line, values.base),
        "top_ups": cells["top_ups"] or money(values.top_ups),
        "remark": (total.remark if isinstance(total, Money) else "") or None,
        "source_url": tuple(_url(book, source) for source in all_sources(line)),
    }
    cells |= {f"{name}_derived": _derived(cells[name]) for name in DERIVED}
    return Row(tuple(cells[column.name] for column in COLUMNS), depth, shared.muted)


def _with(row: Row, written: Mapping[str, Cell]) -> Row:
    """A row with what its line says as its file says it; an empty text is an empty cell."""
    return replace(row, cells=(*row.cells, *(written[column.name] or None for column in WRITTEN_COLUMNS)))


def _base(line: Line, base: Value | None) -> Money:
    """The base as stated; where only a total is stated and nothing was added to it, derived from that."""
    if base is None or line.base is not None or base.how == "derived":
        return money(in_own_words(base, line.base))
    interval = base.amount.interval
    return Money(Amount(interval, interval.low if interval.exact else None), "derived")


def _derived(cell: Cell) -> bool | None:
    """Whether an amount was worked out or added up; nothing where there is none."""
    return cell.how in ("derived", "sum") if isinstance(cell, Money) and cell.amount else None


def _depth(book: Book, line: Line) -> int:
    """How many lines lie around this one, counted from `parent` to `parent`."""
    above: list[str] = []
    outer = line.parent or line.of
    while outer in book.lines and outer not in above:
        above.append(outer)
        outer = book.lines[outer].parent or book.lines[outer].of
    return len(above)


def _url(book: Book, source: str) -> str:
    return book.sources[source].url if source in book.sources else ""


def _source_table(book: Book, named: Collection[str]) -> Table:
    rows = tuple(_source_row(source) for source in book.sources.values() if source.id in named)
    return Table("Sources", SOURCE_COLUMNS, rows, name="sources")


def _source_row(one: Source) -> Row:
    texts = (one.id, one.title, one.kind, one.publisher, one.published, one.reference, one.url, one.note)
    return Row(tuple(text or None for text in texts))


def _agency_table(book: Book, lines: Iterable[Line]) -> Table:
    """The recipients of the lines, and the agencies that those name."""
    waiting = [line.recipient for line in lines]
    named: set[str] = set()
    while waiting:
        one = book.agencies.get(waiting.pop())
        if one and one.id not in named:
            named.add(one.id)
            waiting += [one.run_by, *one.members]
    found = [
        [getattr(one, column.name) or None for column in AGENCY_COLUMNS]
        for one in book.agencies.values()
        if one.id in named
    ]
    return Table("Agencies", AGENCY_COLUMNS, tuple(Row(tuple(cells)) for cells in found), name="agencies")


def _goal_table(book: Book, lines: Iterable[Line]) -> Table:
    named = {goal for line in lines for goal in line.goals}
    found = [
        (one.id, one.name, one.number, one.valid_from or None, one.valid_until or None)
        for one in book.goals.values()
        if one.id in named
    ]
    return Table("Goals", GOAL_COLUMNS, tuple(map(Row, found)), name="goals")


def _query_table(query: Mapping[str, str]) -> Table:
    return Table("Query", QUERY_COLUMNS, tuple(Row(pair) for pair in query.items()), name="query")
