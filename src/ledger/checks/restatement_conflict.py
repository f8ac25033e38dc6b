"""Two statements of the same figure cannot both be true.

## Why it matters

`restated` records that a source says the same total in other words: rounded in a headline, as "drygt"
or "ca" in a report. Such words still leave only some values possible. Where two statements leave no
value in common, they are not about the same money, or one of them is wrong.

## Wrong

```yaml
sources:
  prop-2025: {title: Budgetpropositionen för 2025, kind: bill}
  bet-2025: {title: Utgiftsområde 13, kind: committee-report}
allocations:
  uo13-2025:
    title: Utgiftsområde 13, summa
    kind: area
    year: 2025
    source: prop-2025
    total: 6 265 767 tkr
    restated:
      - {amount: ca 6 mdkr, source: bet-2025}
      - {amount: "ca 6,3 mnkr", source: bet-2025}     # <- restatement-conflict restatement-conflict
claims:
  violence-2025:
    title: Jämställdhetspolitik mot våld
    year: 2025
    amount: drygt 600 mnkr
    source: prop-2025
    restated:
      - {amount: 580 mnkr, source: bet-2025}          # <- restatement-conflict
```

## Right

```yaml
sources:
  prop-2025: {title: Budgetpropositionen för 2025, kind: bill}
  bet-2025: {title: Utgiftsområde 13, kind: committee-report}
allocations:
  uo13-2025:
    title: Utgiftsområde 13, summa
    kind: area
    year: 2025
    source: prop-2025
    total: 6 265 767 tkr
    restated:
      - {amount: ca 6 mdkr, source: bet-2025}
      - {amount: "ca 6,3 mdkr", source: bet-2025}
claims:
  violence-2025:
    title: Jämställdhetspolitik mot våld
    year: 2025
    amount: drygt 600 mnkr
    source: prop-2025
    restated:
      - {amount: 620 mnkr, source: bet-2025}
```

## What to do

Look up both statements. A figure that is printed rounded without saying so gets `rounded_to`, one
that is cut off gets `cut_to`. Statements about different sums, or from before and after an amending
budget, are lines or claims of their own.
"""

from collections.abc import Iterator
from functools import partial

from ledger.book import Book, Claim, Figure, Line, bases_only
from ledger.checks._equation import (
    Stated,
    Statement,
    alone,
    negative,
    parts_statement,
    restatements,
    statements,
    total_of,
)
from ledger.checks._wording import gap, mismatch, said, unit_for
from ledger.diagnostic import Finding, Reach, Severity

SEVERITY: Severity = "error"
WHOLE_BOOK = False
REACH: Reach = "lines"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each restatement that conflicts with the figure, and for each two that conflict."""
    for line in book.lines.values():
        if line.restated:
            yield from _conflicts(book, line, _totals(book, line))
    for claim in book.claims.values():
        amount = claim.amount
        figures = partial(alone, claim, amount)
        yield from _conflicts(book, claim, [Statement("the claim says", amount.amount, amount.place, figures)])


def _totals(book: Book, line: Line) -> list[Statement]:
    """Everything that says the line's total and agrees with the rest: stated, derived, complete parts."""
    value = book.value(line.id).total
    if value is None:
        return []
    known = Statement("total comes to", value.amount, line.at("total"), lambda: total_of(book, line))
    found = [known] if bases_only(line) else statements(book, line) or [known]
    parts = parts_statement(book, line)
    if parts and all(one.amount.interval.meets(parts.amount.interval) for one in found):
        found.append(parts)
    return found


def _conflicts(book: Book, record: Line | Claim, own: list[Statement]) -> Iterator[Finding]:
    others = restatements(record)
    for position, figure in enumerate(record.restated):
        against = [one for one in own if not one.amount.interval.meets(figure.amount.interval)]
        earlier = [one for one in others[:position] if not one.amount.interval.meets(figure.amount.interval)]
        against = against[:1] + earlier
        for other in against:
            yield _finding(book, record, figure, other)


def _finding(book: Book, record: Line | Claim, figure: Figure, other: Statement) -> Finding:
    figures = [Stated(record, figure, "total"), *negative(other.figures())]
    unit = unit_for(book, figures)
    far = gap(book, figure.amount.interval, other.amount.interval, unit, "apart")
    message = f"restated as {said(book, figure.amount, unit)}, {other.words} {said(book, other.amount, unit)} ({far})"
    return mismatch(book, figure.place, message, figures)
