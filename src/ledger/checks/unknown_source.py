"""A figure, line, claim, acceptance or initiative names a source that is not declared.

## Why it matters

Every figure answers the question "who says so?". With a source that cannot be looked up, the figure
is as good as unsourced, though it looks sourced.

## Wrong

```yaml
sources:
  pr-2024-03: {title: Regeringen stärker arbetet mot människohandel, kind: press-release}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: [pr-2024-03, art-2024-04]   # <- unknown-source
    total: 23,5 mnkr
    top_ups:
      - amount: 1,5 mnkr
        source: pr-2023-03              # <- unknown-source
```

## Right

```yaml
sources:
  pr-2024-03: {title: Regeringen stärker arbetet mot människohandel, kind: press-release}
  art-2024-04: {title: Regeringens arbete mot prostitution och människohandel, kind: article}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: [pr-2024-03, art-2024-04]
    total: 23,5 mnkr
    top_ups:
      - amount: 1,5 mnkr
        source: pr-2024-03
```

## What to do

Correct the id (a close one is suggested), or declare the document under `sources`. The word
`calculated` is no document: it marks a sum that the ledger itself asserts.
"""

from collections.abc import Iterator

from ledger.book import Book
from ledger.checks._references import sources_named, unknown
from ledger.diagnostic import Finding, Reach, Severity

SEVERITY: Severity = "error"
WHOLE_BOOK = True
REACH: Reach = "registers"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each source named that is not declared."""
    remedy = "correct the id, or declare it under 'sources'"
    yield from unknown(sources_named(book), book.sources, "no source", remedy)
