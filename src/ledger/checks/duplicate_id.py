"""Two files declare a record with the same id.

## Why it matters

An id names one thing. Of two records with one id only the first counts, and which is the first
depends on the names of the files. Inside one file the same slip is a `duplicate-key`, but for two
ids that look alike and differ in how an accent is stored (å as one character, or as an a with a ring
behind it, as macOS and PDFs write it): letters are compared in the composed form, so these are one id.

## Wrong

A file `2023.yaml`:

```yaml
sources:
  rb-jamy: {title: Regleringsbrev 2023, kind: appropriation-letter}
allocations:
  trafficking:
    title: Arbete mot människohandel
    kind: assignment
    year: 2023
    source: rb-jamy
    total: 22 mnkr
```

and a file `2024.yaml`:

```yaml
allocations:
  trafficking:                  # <- duplicate-id
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy
    total: 23,5 mnkr
```

## Right

A file `2023.yaml`:

```yaml
sources:
  rb-jamy: {title: Regleringsbrev 2023, kind: appropriation-letter}
allocations:
  trafficking-2023:
    title: Arbete mot människohandel
    kind: assignment
    year: 2023
    source: rb-jamy
    total: 22 mnkr
```

and a file `2024.yaml`:

```yaml
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy
    total: 23,5 mnkr
```

## What to do

Give one of them another id, for example with its year at the end, and follow what names it. If both
are the same thing, keep one.
"""

from collections.abc import Iterator

from ledger.book import SAME_LETTERS, Book
from ledger.diagnostic import Finding, Reach, Related, Severity

SEVERITY: Severity = "error"
WHOLE_BOOK = False
REACH: Reach = "registers"


def check(book: Book) -> Iterator[Finding]:
    """A finding at each record whose id is taken."""
    for duplicate in book.duplicates:
        message = f"'{duplicate.id}' stands a second time under '{duplicate.what}': only the first one counts"
        first = Related(duplicate.first, "the first one")
        advice = "give one of them another id, or keep one"
        respelt = "" if duplicate.id.isascii() else f"; {SAME_LETTERS}"
        yield Finding(duplicate.place, message, (first,), help=f"{advice}{respelt}")
