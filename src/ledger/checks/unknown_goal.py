"""A line names a goal that is not declared.

## Why it matters

Lines name the sub-goals of gender-equality policy by id, because their numbers moved in 2016. A
misspelt id keeps the line out of everything that is asked about the goal.

## Wrong

```yaml
goals:
  violence: {number: 6, name: Mäns våld mot kvinnor ska upphöra, valid_from: 2016-11}
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    goals:
      - violense        # <- unknown-goal
      - 6               # <- unknown-goal
    total: 23,5 mnkr
```

## Right

```yaml
goals:
  violence: {number: 6, name: Mäns våld mot kvinnor ska upphöra, valid_from: 2016-11}
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    goals: [violence]
    total: 23,5 mnkr
```

## What to do

Correct the id (a close one is suggested), or declare the goal under `goals`. A number is no id:
write the id of the goal that has it in the line's year.
"""

from collections.abc import Iterator

from ledger.book import Book
from ledger.checks._references import goals_named, unknown
from ledger.diagnostic import Finding, Reach, Severity

SEVERITY: Severity = "error"
WHOLE_BOOK = True
REACH: Reach = "registers"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each goal named that is not declared."""
    remedy = "correct the id, or declare it under 'goals'"
    yield from unknown(goals_named(book), book.goals, "no goal", remedy)
