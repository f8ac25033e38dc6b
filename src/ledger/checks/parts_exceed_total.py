"""The parts of a line do not fit in it.

## Why it matters

What lies inside a line cannot be more than the line. Where `parts_are: partial`, where the amount of
a part is not known, and for the lines that name this one in `of`, the rest of the money is unknown
but not negative: the smallest sum that the known parts can have must not pass the largest total that
the line can have. The lines of `of` are a second breakdown with a sum of its own. A single part of
"högst 30 mnkr" does not fit in a line of 25 mnkr either, although it may turn out smaller.

## Wrong

```yaml
sources:
  ru-2021-03: {title: Uppdrag till Socialstyrelsen, kind: government-decision}
allocations:
  vald-2021:
    title: Arbete mot våld
    kind: assignment
    year: 2021
    source: ru-2021-03
    total: 105 mnkr             # <- parts-exceed-total
    parts_are: partial
    parts:
      kommuner: {kind: grant, title: Till kommuner, total: 70 000 mnkr}
      regioner: {kind: grant, title: Till regioner, total: högst 25 mnkr}
  stod-2021:
    title: Stöd till föreningar
    kind: assignment
    year: 2021
    source: ru-2021-03
    total: 25 mnkr
    parts_are: partial
    parts:
      jourer:
        kind: grant
        title: Till jourer
        total: högst 30 mnkr    # <- parts-exceed-total
```

## Right

```yaml
sources:
  ru-2021-03: {title: Uppdrag till Socialstyrelsen, kind: government-decision}
allocations:
  vald-2021:
    title: Arbete mot våld
    kind: assignment
    year: 2021
    source: ru-2021-03
    total: 105 mnkr
    parts_are: partial
    parts:
      kommuner: {kind: grant, title: Till kommuner, total: 70 mnkr}
      regioner: {kind: grant, title: Till regioner, total: högst 25 mnkr}
  stod-2021:
    title: Stöd till föreningar
    kind: assignment
    year: 2021
    source: ru-2021-03
    total: 25 mnkr
    parts_are: partial
    parts:
      jourer: {kind: grant, title: Till jourer, total: högst 20 mnkr}
```

## What to do

Look up the total and the parts in their sources. A part that is paid from somewhere else too does
not lie inside this line: make it a line of its own. Two lines that hold the same money must not both
be parts.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ledger.book import Book, Figure, Line, bases_only
from ledger.checks._equation import (
    Stated,
    Statement,
    negative,
    part_amount,
    part_figures,
    parts_of,
    rest_below_zero,
    restatements,
    statements,
    total_of,
)
from ledger.checks._wording import gap, limits, mismatch, said, unit_for
from ledger.diagnostic import Finding, Reach, Severity
from ledger.money import ZERO, Amount, Interval, add_up

SEVERITY: Severity = "error"
WHOLE_BOOK = False
REACH: Reach = "lines"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each breakdown that does not fit in its line, and for each single limit that does not."""
    for line in book.lines.values():
        parts, second = parts_of(book, line), _second(book, line)
        wholes = _wholes(book, line) if parts or second else []
        if wholes:
            if not line.complete or None in _amounts(book, line, parts):
                yield from _sum(book, line, wholes, parts, "the parts that are known")
            yield from _sum(book, line, wholes, second, "the lines of this line")
            for inside in (*parts, *second):
                yield from _limit(book, line, wholes, inside)


def _wholes(book: Book, line: Line) -> list[Statement]:
    """What must hold the parts: all that says the line's total or base, else what it is derived to be.

    A rest below zero is a finding of the line around it already.
    """
    value = book.value(line.id).total
    if value is None or rest_below_zero(value):
        return statements(book, line) if bases_only(line) else []
    derived = Statement("total comes to", value.amount, line.at("total"), lambda: total_of(book, line))
    found = [*statements(book, line), *restatements(line)]
    return found or [derived]


def _second(book: Book, line: Line) -> list[Line]:
    """The lines that name this one in `of`, without those that lie in another of them."""
    members = book.inclusion.second.get(line.id, ())
    if len(members) == 1:
        return [book.lines[members[0]]]
    return [book.lines[one] for one in members if book.inclusion.outer(one).isdisjoint(members)]


def _amounts(book: Book, line: Line, inside: Sequence[Line]) -> list[Amount | None]:
    return [part_amount(book, one, bases=bases_only(line)) for one in inside]


def _sum(book: Book, line: Line, wholes: Sequence[Statement], inside: Sequence[Line], words: str) -> Iterator[Finding]:
    known = add_up(amount for amount in _amounts(book, line, inside) if amount).interval
    passed = [whole for whole in wholes if _passes(known, whole.amount.interval)]
    if not passed:
        return
    whole, bases = passed[0], bases_only(line)
    summed = [part for part in inside if part_amount(book, part, bases=bases)]
    added = [one for part in summed for one in part_figures(book, part, bases=bases)]
    figures = [*added, *negative(whole.figures())]
    unit = unit_for(book, figures)
    first = f"{words} sum to {limits(book, known, unit)}"
    yield mismatch(book, whole.place, f"{first}, {_says(book, known, whole, unit)}", figures, fits=True)


def _passes(known: Interval, whole: Interval) -> bool:
    """Whether parts do not fit whatever the rest is; in a reduction, they lie between it and zero."""
    if ZERO.above(whole):
        return known.above(ZERO) or whole.above(known)
    return known.above(whole)


def _limit(book: Book, line: Line, wholes: Sequence[Statement], part: Line) -> Iterator[Finding]:
    """A part of at most more than the line can be."""
    figure = _own_figure(part, bases=bases_only(line))
    limit = figure.amount.interval.high if figure and figure.amount.sense == "most" else None
    if figure is None or limit is None:
        return
    bounds = [(whole.amount.interval.high, whole) for whole in wholes]
    passed = [whole for high, whole in bounds if high is not None and limit > high]
    if not passed:
        return
    at_limit = replace(figure, amount=replace(figure.amount, interval=Interval(limit, limit)))
    figures = [Stated(part, at_limit, "part"), *negative(passed[0].figures())]
    unit = unit_for(book, figures)
    says = _says(book, at_limit.amount.interval, passed[0], unit)
    message = f"{said(book, figure.amount, unit)} does not fit in the line: {says}"
    yield mismatch(book, figure.place, message, figures, fits=True)


def _own_figure(part: Line, *, bases: bool) -> Figure | None:
    """The one figure that states a part's amount, where one does."""
    alone = part.base if not part.top_ups else None
    return (part.base or (None if part.top_ups else part.total)) if bases else part.total or alone


def _says(book: Book, inside: Interval, whole: Statement, unit: str) -> str:
    far = gap(book, inside, whole.amount.interval, unit)
    return f"{whole.words} {said(book, whole.amount, unit)} ({far})"
