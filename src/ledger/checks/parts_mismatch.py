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

from ledger.book import Book, Line, bases_only
from ledger.checks._equation import (
    Statement,
    late_in,
    negative,
    part_amount,
    part_figures,
    parts_of,
    statements,
)
from ledger.checks._wording import gap, limits, mismatch, said, unit_for
from ledger.diagnostic import Finding, Reach, Severity
from ledger.money import Interval, add_up

SEVERITY: Severity = "error"
WHOLE_BOOK = False
REACH: Reach = "lines"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each line whose parts are complete, all known, and do not come to it."""
    for line in book.lines.values():
        bases = bases_only(line)
        amounts = [part_amount(book, part, bases=bases) for part in parts_of(book, line)]
        if line.complete and amounts and None not in amounts:
            known = add_up(amount for amount in amounts if amount).interval
            wrong = [one for one in statements(book, line) if not one.amount.interval.meets(known)]
            if wrong:
                yield _finding(book, line, known, wrong[0])


def _finding(book: Book, line: Line, known: Interval, whole: Statement) -> Finding:
    bases, parts = bases_only(line), parts_of(book, line)
    added = [one for part in parts for one in part_figures(book, part, bases=bases)]
    figures = [*added, *negative(whole.figures())]
    unit = unit_for(book, figures)
    first = "bases of the parts" if bases else "parts"
    message = (
        f"{first} sum to {limits(book, known, unit)}, {whole.words} {said(book, whole.amount, unit)} "
        f"({gap(book, known, whole.amount.interval, unit)})"
    )
    return mismatch(
        book,
        whole.place,
        message,
        figures,
        missing_at=line.at("parts"),
        inside=[] if bases else late_in(book, parts),
        also=", or write 'parts_are: partial' if parts are left out",
    )
