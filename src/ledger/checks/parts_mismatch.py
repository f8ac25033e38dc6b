"""The parts of a line, said to be complete, do not add up to it.

## Why it matters

A table whose rows do not give its sum has a wrong row, a missing row or a wrong sum, and every
figure that is taken from it inherits the fault. Parts are complete unless the line says
`parts_are: partial`; they must then come to its total, or to its base + top-ups where no total is
stated. A line that states only its base is compared with the bases of its parts.

Exact figures must agree to the öre. Figures with a qualifier ("drygt 28 mnkr"), a range or a
`rounded_to` agree when some value fits all of them.

## Wrong

```yaml
agencies:
  mucf: {name: Myndigheten för ungdoms- och civilsamhällesfrågor, kind: government-agency}
  jamy: {name: Jämställdhetsmyndigheten, kind: government-agency}
sources:
  rb-21844: {title: Regleringsbrev 2021, kind: appropriation-letter, published: 2021-06-03}
allocations:
  uo13-3-1-2021:
    title: Särskilda jämställdhetsåtgärder
    kind: appropriation
    year: 2021
    unit: tkr
    source: rb-21844
    total: 16 000               # <- parts-mismatch
    parts:
      mucf: {kind: item, title: Disponeras av MUCF, recipient: mucf, total: 9 000}
      jamy: {kind: item, title: Disponeras av Jämställdhetsmyndigheten, recipient: jamy, total: 0}
```

## Right

```yaml
agencies:
  mucf: {name: Myndigheten för ungdoms- och civilsamhällesfrågor, kind: government-agency}
  jamy: {name: Jämställdhetsmyndigheten, kind: government-agency}
sources:
  rb-21844: {title: Regleringsbrev 2021, kind: appropriation-letter, published: 2021-06-03}
allocations:
  uo13-3-1-2021:
    title: Särskilda jämställdhetsåtgärder
    kind: appropriation
    year: 2021
    unit: tkr
    source: rb-21844
    total: 16 000
    parts:
      mucf: {kind: item, title: Disponeras av MUCF, recipient: mucf, total: 9 000}
      jamy: {kind: item, title: Disponeras av Jämställdhetsmyndigheten, recipient: jamy, total: 7 000}
```

## What to do

Look up the total and the parts in their sources; the hints name the slips that would explain the
gap. If the source names only some of the parts, write `parts_are: partial`. If it prints rounded
figures, write `rounded_to: 1 mnkr` on the line. A difference that the source itself has can stand
with `accept`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.book import Book, Line, bases_only, top_up_amounts
from ledger.checks._equation import (
    Stated,
    base_of,
    late_in,
    negative,
    part_amount,
    part_figures,
    parts_of,
    top_ups_of,
    total_of,
)
from ledger.checks._wording import gap, limits, mismatch, said, unit_for
from ledger.diagnostic import Finding, Place, Severity
from ledger.money import Amount, add_up

SEVERITY: Severity = "error"
WHOLE_BOOK = False


@dataclass(frozen=True, slots=True)
class Said:
    """One of the ways in which a line says what its parts must come to."""

    words: str
    amount: Amount
    place: Place
    figures: list[Stated]


def check(book: Book) -> Iterator[Finding]:
    """A finding for each line whose parts are complete, all known, and do not come to it."""
    for line in book.lines.values():
        bases = bases_only(line)
        parts = parts_of(book, line) if line.complete else []
        amounts = [part_amount(book, part, bases=bases) for part in parts]
        if parts and None not in amounts:
            known = add_up(amount for amount in amounts if amount)
            wrong = [one for one in _said(book, line) if not one.amount.interval.meets(known.interval)]
            if wrong:
                yield _finding(book, line, known, wrong[0])


def _said(book: Book, line: Line) -> list[Said]:
    """The stated total, then base + top-ups; or the base alone where the bases are compared.

    Where the two disagree that is another check's finding, and only the total is compared.
    """
    said = []
    if line.total:
        said.append(Said("total says", line.total.amount, line.total.place, total_of(book, line)))
    if line.base and bases_only(line):
        said.append(Said("base says", line.base.amount, line.base.place, base_of(book, line)))
    elif line.base:
        top_ups = top_up_amounts(line, book.values)
        added = add_up((line.base.amount, *(one for one in top_ups if one)))
        agrees = line.total is None or line.total.amount.interval.meets(added.interval)
        if None not in top_ups and agrees:
            figures = [*base_of(book, line), *top_ups_of(book, line)]
            said.append(Said("base + top-ups come to", added, line.base.place, figures))
    return said


def _finding(book: Book, line: Line, known: Amount, total: Said) -> Finding:
    bases = bases_only(line)
    parts = parts_of(book, line)
    added = [one for part in parts for one in part_figures(book, part, bases=bases)]
    figures = [*added, *negative(total.figures)]
    unit = unit_for(book, figures)
    far = gap(book, known.interval, total.amount.interval, unit)
    first = "bases of the parts" if bases else "parts"
    message = (
        f"{first} sum to {limits(book, known.interval, unit)}, "
        f"{total.words} {said(book, total.amount, unit)} ({far})"
    )
    return mismatch(
        book,
        total.place,
        message,
        figures,
        missing_at=line.at("parts"),
        inside=[] if bases else late_in(book, parts),
        also=", or write 'parts_are: partial' if parts are left out",
    )
