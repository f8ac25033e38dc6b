"""A line's base and top-ups do not come to its total, or a figure that follows from them is below zero.

## Why it matters

Base, top-ups and total are three statements of which any two give the third. When all three are
stated and do not agree, at least one of them is not what its source says. When a top-up is larger
than the total, the base that follows is below zero, which no appropriation can be.

Exact figures must agree to the öre. Figures with a qualifier ("drygt 28 mnkr"), a range or a
`rounded_to` agree when some value fits all of them.

## Wrong

```yaml
sources:
  art-2024-04: {title: Arbetet mot prostitution intensifieras, kind: article}
allocations:
  utvecklingsmedel-2024:
    title: Utvecklingsmedel till länsstyrelserna
    kind: assignment
    year: 2024
    source: art-2024-04
    base: 28 mnkr
    top_ups:
      - {amount: 81 mnkr}
    total: 46 mnkr              # <- total-mismatch
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: art-2024-04
    top_ups:
      - {amount: "23,5 mnkr"}
    total: 1,5 mnkr             # <- total-mismatch
```

## Right

```yaml
sources:
  art-2024-04: {title: Arbetet mot prostitution intensifieras, kind: article}
allocations:
  utvecklingsmedel-2024:
    title: Utvecklingsmedel till länsstyrelserna
    kind: assignment
    year: 2024
    source: art-2024-04
    base: 28 mnkr
    top_ups:
      - {amount: 18 mnkr}
    total: 46 mnkr
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: art-2024-04
    top_ups:
      - {amount: "1,5 mnkr"}
    total: 23,5 mnkr
```

## What to do

Look up each of the figures in its source; the hints name the slips that would explain the gap. A
reduction is a negative top-up. A figure that the source prints rounded gets `rounded_to`, and a
figure that no source states is left out: it is then derived. A difference that the sources
themselves have can stand with `accept`.
"""

from collections.abc import Iterator

from ledger.book import Book, Figure, Line, Value, top_up_amounts
from ledger.checks._equation import (
    Statement,
    base_of,
    negative,
    parts_statement,
    rest_below_zero,
    restatements,
    stated_top_ups,
    top_ups_of,
    total_of,
)
from ledger.checks._wording import gap, limits, mismatch, said, unit_for
from ledger.diagnostic import Finding, Reach, Severity
from ledger.money import ZERO, Interval, add_up

SEVERITY: Severity = "error"
WHOLE_BOOK = False
REACH: Reach = "lines"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each line of which base, top-ups and total disagree."""
    for line in book.lines.values():
        if line.base and line.total and None not in top_up_amounts(line, book.values):
            yield from _disagreeing(book, line, line.base, line.total)
        else:
            yield from _below_zero(book, line)


def _disagreeing(book: Book, line: Line, base: Figure, total: Figure) -> Iterator[Finding]:
    added = base.amount.interval + _known_top_ups(book, line)
    if added.meets(total.amount.interval):
        return
    figures = [*base_of(book, line), *top_ups_of(book, line), *negative(total_of(book, line))]
    unit = unit_for(book, figures)
    first = f"base + top-ups come to {limits(book, added, unit)}"
    if not line.top_ups:
        first = f"base says {said(book, base.amount, unit)} and there is no top-up"
    far = gap(book, added, total.amount.interval, unit)
    message = f"{first}, total says {said(book, total.amount, unit)} ({far})"
    missing = line.at("top_ups") if line.top_ups else base.place
    yield mismatch(book, total.place, message, figures, missing_at=missing)


def _below_zero(book: Book, line: Line) -> Iterator[Finding]:
    """A finding at the total, or at the top-ups where none is stated, when what follows is below zero."""
    follows = _following(book, line)
    if follows is None or not ZERO.above(follows[1]):
        return
    what, derived, total = follows
    figures = [
        *([] if what == "base" else base_of(book, line)),
        *stated_top_ups(book, line),
        *negative(total.figures() if total else ()),
    ]
    unit = unit_for(book, figures)
    words = ", ".join(f"{one.role} {said(book, one.figure.amount, unit)}" for one in figures)
    message = f"the {what} would be {limits(book, derived, unit)}, below zero: {words}"
    place = line.total.place if line.total else line.at("top_ups")
    yield mismatch(book, place, message, figures, fits=True)


def _following(book: Book, line: Line) -> tuple[str, Interval, Statement | None] | None:
    """The figure that follows from the others, by name, what it comes to, and what says the total that it follows from.

    A total that is the rest of the line around it is left to the check of that line's parts.
    """
    values = book.value(line.id)
    base, top_ups, total = values.base, values.top_ups, values.total
    if total is None or rest_below_zero(total):
        return None
    if base and base.way == "total - top-ups":
        whole = _smallest_total(book, line, total)
        return "base", whole.amount.interval - _known_top_ups(book, line), whole
    if line.base and top_ups and top_ups.way == "total - base":
        whole = _smallest_total(book, line, total)
        known = line.base.amount.interval + _known_top_ups(book, line)
        return "top-up that is not stated", whole.amount.interval - known, whole
    if line.base and total.way == "base + top-ups" and not ZERO.above(line.base.amount.interval):
        return "total", total.amount.interval, None
    return None


def _smallest_total(book: Book, line: Line, total: Value) -> Statement:
    """Of all that says the line's total besides its base and top-ups, what leaves least room."""
    parts = parts_statement(book, line)
    known = Statement("total comes to", total.amount, line.at("total"), lambda: total_of(book, line))
    totals = [known, *restatements(line), *([parts] if parts else [])]
    bounded = [one for one in totals if one.amount.interval.high is not None]
    return min(
        bounded, key=lambda one: (one.amount.interval.high or 0, not one.amount.interval.high_open), default=known
    )


def _known_top_ups(book: Book, line: Line) -> Interval:
    return add_up(one for one in top_up_amounts(line, book.values) if one).interval
