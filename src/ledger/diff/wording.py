"""How a difference is told: amounts, sources with their dates, and what stands instead of what."""

from collections.abc import Sequence

from ledger.book import CALCULATED, Book, Figure, Value
from ledger.diff.change import Reason
from ledger.money import Amount, Interval, derived
from ledger.table import Money


def named(book: Book, sources: Sequence[str]) -> str:
    """The ids of sources, each with its date: `pr-2024-03-18-miljoner 2024-03-13, rb-21844`."""
    return ", ".join(_named(book, source) for source in sources) or "no source"


def _named(book: Book, source: str) -> str:
    if source == CALCULATED:
        return "calculated in the ledger"
    published = book.sources[source].published if source in book.sources else ""
    return f"{source} {published}" if published else source


def sourced(book: Book, sources: Sequence[str], decided: str = "") -> str:
    """In brackets: who says so, and when it was decided."""
    return f"({named(book, sources)}{f'; decided {decided}' if decided else ''})"


def instead(name: str, before: str, after: str) -> str:
    """What stands now, and what stood there before."""
    return f"{name}: {after or 'none'} (was {before or 'none'})"


def stated(figure: Figure) -> Money:
    """A stated figure as a cell, in its source's own wording where the file keeps it."""
    amount = figure.amount
    words = figure.words or amount.words
    return Money(Amount(amount.interval, amount.number, words, amount.sense), figure.how)


def known(value: Value | None, remark: str = "") -> Money:
    """What is known of an amount, as a cell; a derived range has no printed number."""
    if value is None:
        return Money(None, "stated", remark)
    if value.how == "derived" and not value.amount.exact and not value.amount.words:
        return Money(derived(value.amount.interval), value.how, remark)
    return Money(value.amount, value.how, remark)


def changed(change: Interval | None) -> Money | None:
    """A change as a cell: a number where it is exact, its limits where not, nothing where it is not known."""
    return None if change is None else Money(Amount(change, change.low if change.exact else None, "", "range"), "sum")


def rest(before: Interval, after: Interval, change: Interval | None) -> Reason:
    """What a line holds beyond the lines in it, told where that changed by something else than the line did."""
    left, right = (Money(derived(interval), "derived") for interval in (before, after))
    return Reason("rest", "beyond the lines in it", left, right, change)
