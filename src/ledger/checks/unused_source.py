"""A source is declared, and nothing names it.

## Why it matters

A document that nobody cites was either read and never entered, so that its figures are missing, or
it was meant to stand behind a figure that now stands without it.

## Wrong

```yaml
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
  pr-2024-03:                           # <- unused-source
    title: Regeringen stärker arbetet mot människohandel
    kind: press-release
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    total: 23,5 mnkr
    top_ups:
      - amount: 1,5 mnkr
```

## Right

```yaml
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
  pr-2024-03:
    title: Regeringen stärker arbetet mot människohandel
    kind: press-release
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    total: 23,5 mnkr
    top_ups:
      - amount: 1,5 mnkr
        source: pr-2024-03
```

## What to do

Name it where its figures stand, or take it out. Lines, single figures, top-ups, restatements, claims
and their terms, acceptances, and initiatives with their extensions can name sources.
"""

from collections.abc import Iterator

from ledger.book import Book
from ledger.checks._references import in_terms, not_named, sources_named
from ledger.diagnostic import Finding, Reach, Severity

SEVERITY: Severity = "warning"
WHOLE_BOOK = True
REACH: Reach = "registers"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each idle source; none while ids stand twice: a second record is not read."""
    if book.duplicates:
        return
    named = (*sources_named(book), *in_terms(book, "source"))
    for source in not_named(named, book.sources):
        message = f"nothing names the source '{source}'"
        remedy = "name it where its figures stand, or take it out"
        yield Finding(book.sources[source].origin.at(), message, help=remedy)
