"""A line says that it lies in a line that does not exist, or has one as a top-up.

## Why it matters

`of` and a top-up's `line` tie together what stands in different places of the ledger, so that money
is counted once. A tie that leads nowhere leaves it out of its line, or counts it twice.

## Wrong

```yaml
sources:
  rb-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  uo13-3-1-2024:
    title: Särskilda jämställdhetsåtgärder
    kind: appropriation
    year: 2024
    source: rb-2024
    base: 432 mnkr
    top_ups:
      - line: uo13-3-1-2024-andring         # <- unknown-line
  atgarder-mot-vald-2024:
    title: Åtgärder mot våld, enligt en annan tabell
    kind: item
    year: 2024
    source: rb-2024
    of: uo13-3-2-2024                       # <- unknown-line
    total: 200 mnkr
```

## Right

```yaml
sources:
  rb-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  uo13-3-1-2024:
    title: Särskilda jämställdhetsåtgärder
    kind: appropriation
    year: 2024
    source: rb-2024
    base: 432 mnkr
    top_ups:
      - line: uo13-3-1-2024-hostandring
  uo13-3-1-2024-hostandring:
    title: Höständringsbudget
    kind: item
    year: 2024
    source: rb-2024
    total: 7 mnkr
  atgarder-mot-vald-2024:
    title: Åtgärder mot våld, enligt en annan tabell
    kind: item
    year: 2024
    source: rb-2024
    of: uo13-3-1-2024
    total: 200 mnkr
```

## What to do

Correct the id. A part's id is its whole path, with the ids of the lines around it:
`uo13-3-1-2021/mucf/ap11`.
"""

from collections.abc import Iterator

from ledger.book import Book
from ledger.checks._references import lines_named, unknown
from ledger.diagnostic import Finding, Reach, Severity

SEVERITY: Severity = "error"
WHOLE_BOOK = True
REACH: Reach = "ledger"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each line named that is not there."""
    remedy = "correct the id; that of a part is its whole path, as in 'uo13-3-1-2021/mucf'"
    yield from unknown(lines_named(book), book.lines, "no line", remedy)
