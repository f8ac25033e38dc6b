"""How a finding about an equation is worded: both sides, the gap, every figure with its source, the causes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ledger.book import Book, Figure
from ledger.checks._equation import Stated
from ledger.diagnostic import Finding, Hint, Place, Related
from ledger.money import Amount, Interval, range_words, swedish, unit_name

if TYPE_CHECKING:  # the causes are looked for only where something is wrong
    from ledger.hints import Term

_NAMES = {"base": "base of ", "top-up": "top-up of ", "part": "", "total": ""}


def _terms(figures: Sequence[Stated]) -> "list[Term[Place]]":
    """The figures as `hints` takes them."""
    from ledger.hints import Term

    return [
        Term(one.figure.place, one.figure.amount.words, one.figure.amount, one.role, one.sign, one.date)
        for one in figures
    ]


def unit_for(book: Book, figures: Sequence[Stated]) -> str:
    """The unit that a finding about these figures is worded in."""
    from ledger.hints import common_unit

    return common_unit(_terms(figures), book.currency)


def said(book: Book, amount: Amount, unit: str) -> str:
    """An amount as it is written, with its unit also where that is only in scope; a computed one in `unit`."""
    if not amount.words:
        return limits(book, amount.interval, unit)
    from ledger.hints import unit_of

    own = unit_of(amount.words, amount.number, book.currency)
    bare = not amount.words.rstrip()[-1].isalpha()
    return f"{amount.words} {unit_name(own or unit, book.currency)}" if bare else amount.words


def limits(book: Book, interval: Interval, unit: str) -> str:
    """An interval by its limits, with the unit."""
    return f"{range_words(interval, unit)} {unit_name(unit, book.currency)}"


def gap(book: Book, added: Interval, total: Interval, unit: str, apart: str = "") -> str:
    """How far what is added up lies from a total that it does not meet: `7 000 tkr short`, or `apart`."""
    one, other, word = (added, total, "too much") if added.above(total) else (total, added, "short")
    distance = (one.low or 0) - (other.high or 0)
    if not distance:
        return "they only touch"
    least = "" if added.exact and total.exact else "at least "
    return f"{least}{swedish(distance, unit)} {unit_name(unit, book.currency)} {apart or word}"


def _related(book: Book, figures: Sequence[Stated], unit: str) -> tuple[Related, ...]:
    """Every figure with what it says and who says so; those of the total first."""
    ordered = sorted(figures, key=lambda one: one.sign)
    return tuple(Related(one.figure.place, _statement(book, one, unit)) for one in ordered)


def _statement(book: Book, one: Stated, unit: str) -> str:
    from ledger.hints import unit_of

    amount = one.figure.amount
    own = unit_of(amount.words, amount.number, book.currency) or unit
    words = said(book, amount, own)
    if amount.words and not amount.exact:
        words += f" ({limits(book, amount.interval, own)})"
    return f"{_NAMES[one.role]}{one.record.id}: {words}, {_source(book, one.figure, one.record.sources)}"


def _source(book: Book, figure: Figure, inherited: Sequence[str] = ()) -> str:
    """Who says a figure: `stated by rb-21844 (2021-06-03)`."""
    if figure.how != "stated":
        return figure.how
    names = figure.sources or inherited
    if not names:
        return "without a source"
    published = {name: book.sources[name].published for name in names if name in book.sources}
    return "stated by " + ", ".join(f"{name} ({published[name]})" if published.get(name) else name for name in names)


def mismatch(
    book: Book,
    place: Place,
    message: str,
    figures: Sequence[Stated],
    *,
    missing_at: Place | None = None,
    inside: Sequence[Stated] = (),
    fits: bool = False,
    also: str = "",
) -> Finding:
    """A finding about figures that do not come to zero, with the likely causes; `also` is more that can be done."""
    from ledger.hints import causes

    unit = unit_for(book, figures)
    found = causes(
        _terms(figures),
        missing_at=missing_at,
        inside=_terms(inside),
        fits=fits,
        currency=book.currency,
    )
    hints = tuple(Hint(cause.kind, cause.message, cause.place) for cause in found)
    known = "begin with the hints" if hints else "no single slip explains the gap"
    remedy = f"check each figure against its source ({known}){also}"
    return Finding(place, message, _related(book, figures, unit), hints, remedy)
