"""What every table of lines shares: its columns, and a line as a row of them."""

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from ledger.book import Book, Figure, Line, Sum, Value
from ledger.money import Amount, auto_unit
from ledger.table import Cell, Column, Money, Row

LINE_COLUMNS = (
    Column("label", "text", "Line", only="people"),
    Column("recipient_shown", "text", "Recipient", only="people"),
    Column("id", only="machine"),
    Column("parent", only="machine"),
    Column("depth", "integer", only="machine"),
    Column("level", only="machine"),
    Column("year", only="machine"),
    Column("kind", only="machine"),
    Column("code", only="machine"),
    Column("full_code", only="machine"),
    Column("title", only="machine"),
    Column("recipient", only="machine"),
    Column("recipient_name", only="machine"),
    Column("goals", "list", only="machine"),
    Column("stage", only="machine"),
    Column("counted", "boolean", only="machine"),
    Column("in_sum", "boolean", only="machine"),
    Column("base", "money", "Base"),
    Column("top_ups", "money", "Top-ups"),
    Column("total", "money", "Total"),
    Column("sign", "text", "Σ", only="people"),
    Column("outcome", "money", "Outcome", only="machine"),
    Column("source", "list", only="machine"),
    Column("decided", "date", only="machine"),
    Column("file", only="machine"),
    Column("line", "integer", only="machine"),
)
"""`file` and `line` say where the line is written. `parent` is the line it lies in, nested or by `of`."""


IN_SUM = "+"
"""Stands at the lines whose totals make up the sum."""


def line_row(
    book: Book, line: Line, *, section: str, depth: int = 0, full: bool = True, entering: Collection[str] = ()
) -> Row:
    """A line as a row of LINE_COLUMNS; `full` writes its full code, else its own; `entering` are the lines summed."""
    values = book.value(line.id)
    place = line.at()
    cells: tuple[Cell, ...] = (
        line_label(line, full=full),
        recipient_name(book, line.recipient) or None,
        line.id,
        line.parent or line.of or None,
        depth,
        line.level,
        line.years,
        line.kind,
        line.code or None,
        line.full_code or None,
        line.title,
        line.recipient or None,
        recipient_name(book, line.recipient) or None,
        line.goals,
        line.stage,
        line.counted,
        line.id in entering,
        base_cell(line, values.base),
        top_ups_cell(line, values.top_ups),
        total_cell(book, line),
        IN_SUM if line.id in entering else None,
        _stated(line.outcome),
        all_sources(line),
        line.decided or None,
        place.path,
        place.line,
    )
    return Row(cells, depth, not line.counted or line.stage != "decided", section)


def line_label(line: Line, *, full: bool = True) -> str:
    """What people read a line by: code, title, and whether it is not decided or a sum over years."""
    code = line.full_code if full else line.code
    marks = [mark for mark in (_stage(line), _span(line)) if mark]
    text = f"{code} {line.title}" if code else line.title
    return f"{text} ({', '.join(marks)})" if marks else text


def _stage(line: Line) -> str:
    return "" if line.stage == "decided" else line.stage


def _span(line: Line) -> str:
    return "" if line.first_year == line.last_year else f"{line.first_year}–{line.last_year}"


def recipient_name(book: Book, recipient: str) -> str:
    """The agency's name; its id when the ledger does not know it."""
    agency = book.agencies.get(recipient)
    return agency.name if agency else recipient


def all_sources(line: Line) -> tuple[str, ...]:
    """Every source that states something about the line, its own first."""
    figures = [source for figure in line.figures for source in figure.sources]
    top_ups = [source for top_up in line.top_ups for source in top_up.sources]
    return tuple(dict.fromkeys((*line.sources, *figures, *top_ups)))


def money(value: Value | None, remark: str = "") -> Money:
    """A value as a cell. A derived range has no printed number."""
    if value is None:
        return Money(None, "stated", remark)
    amount = value.amount
    if value.how == "derived" and not amount.exact and not amount.words:
        amount = Amount(amount.interval, None, "", amount.sense)
    return Money(amount, value.how, remark)


def in_own_words(value: Value | None, figure: Figure | None) -> Value | None:
    """A stated value in its source's own wording, where the file keeps it."""
    if value is None or figure is None or not figure.words or value.amount != figure.amount:
        return value
    return replace(value, amount=replace(value.amount, words=figure.words))


def base_cell(line: Line, base: Value | None) -> Cell:
    """The base, where the line has top-ups or parts to tell it from; else only the total says something."""
    shown = base and (line.top_ups or (line.base and line.parts))
    return money(in_own_words(base, line.base)) if shown else None


def top_ups_cell(line: Line, top_ups: Value | None) -> Cell:
    """The top-ups together, where there are any."""
    if top_ups is None:
        return money(None)
    only = line.top_ups[0].figure if len(line.top_ups) == 1 else None
    return None if top_ups.way == "none" else money(in_own_words(top_ups, only))


def total_cell(book: Book, line: Line) -> Money:
    """The total, or what the line counts with instead, marked."""
    values = book.value(line.id)
    if line.not_known_then:
        return Money(None, "stated", "amount not known then")
    if values.total is None and values.counting is not None:
        return money(values.counting, values.partial)
    return money(in_own_words(values.total, line.total or line.base))


def _stated(figure: Figure | None) -> Money | None:
    return Money(replace(figure.amount, words=figure.stated_as), figure.how) if figure else None


def sum_cell(total: Sum) -> Money:
    """A sum as a cell, with how many amounts it misses because they are not stated; empty when that is all of them."""
    missing = total.not_stated - total.not_stated_inside
    known = total.lines > total.not_stated
    return Money(total.amount if known else None, "sum", f"{missing} not stated" if missing else "")


def units_for(rows: Iterable[Row], unit: str) -> dict[str, str]:
    """The display unit of each section: the one asked for, or the largest that keeps its exact figures short.

    A section without exact figures takes the unit that suits its other printed numbers.
    """
    exact: dict[str, list[int]] = {}
    others: dict[str, list[int]] = {}
    for row in rows:
        amounts = [cell.amount for cell in row.cells if isinstance(cell, Money) and cell.amount]
        for found, wanted in ((exact, True), (others, False)):
            numbers = [one.number for one in amounts if one.number is not None and one.exact is wanted]
            found.setdefault(row.section, []).extend(numbers)
    if unit != "auto":
        return dict.fromkeys(exact, unit)
    return {section: auto_unit(numbers or others[section]) for section, numbers in exact.items()}
