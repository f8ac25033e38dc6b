"""Sums over several years: they count in a year through their parts, and what is not split is named in a note."""

from collections.abc import Iterable, Iterator

from ledger.book import Book, Line, add_level
from ledger.money import exact_words


def not_split(book: Book, lines: Iterable[Line], year: int | None = None) -> Iterator[str]:
    """A sentence for each period of `lines` (in which `year` lies) that its parts do not share out among the years."""
    for line in lines:
        within = year is None or line.first_year <= year <= line.last_year
        if line.counted and line.first_year < line.last_year and within:
            rest = _rest(book, line)
            if rest:
                yield f"{line.title}: {rest}."


def _rest(book: Book, line: Line) -> str:
    """What is not split; empty when all of it is."""
    span = f"for {line.first_year}–{line.last_year} together"
    total = book.value(line.id).total
    parts = [book.lines[part] for part in line.parts if part in book.lines]
    inner = add_level(book, parts).amount if any(book.value(part.id).counting for part in parts) else None
    if total is None:
        return "" if line.complete and inner else f"an amount that is not stated, {span}"
    amount, low, high = total.amount, total.amount.interval.low, total.amount.interval.high
    said = exact_words(low, book.currency) if amount.exact and low is not None else amount.words or "an amount"
    if inner is None:
        return f"{said} {span}, not split between the years"
    if low is not None and low == high and inner.exact and inner.interval.low is not None:
        left = low - inner.interval.low
        return f"{said} {span}, {exact_words(left, book.currency)} of it not split between the years" if left else ""
    return "" if line.complete else f"{said} {span}, not all of it split between the years"
