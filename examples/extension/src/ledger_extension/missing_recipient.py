"""A grant has an amount, and nobody who gets it.

## Why it matters

Money without a recipient is in the year's sum, but in no row of `ledger summary --by recipient` that has a name.

## Wrong

```yaml
allocations:
  jourer-2024: {title: Stöd till jourer, kind: grant, year: 2024, total: 58 mnkr}     # <- missing-recipient
```

## Right

```yaml
agencies:
  roks: {name: Roks, kind: organisation}
allocations:
  jourer-2024: {title: Stöd till jourer, kind: grant, year: 2024, recipient: roks, total: 58 mnkr}
```

## What to do

Give the line a `recipient`, or parts with a recipient each.
"""

from collections.abc import Iterator

from ledger.book import Book
from ledger.diagnostic import Finding, Severity

SEVERITY: Severity = "warning"
WHOLE_BOOK = True


def check(book: Book) -> Iterator[Finding]:
    """One finding for each grant with a total and without a recipient, its own or that of its parts."""
    for line in book.lines.values():
        told = line.recipient or any(book.lines[part].recipient for part in line.parts)
        if line.kind == "grant" and line.total and not told:
            message = f"'{line.id}' is {line.total.stated_as}, and nobody gets it"
            yield Finding(line.at("total"), message, help="give the line a 'recipient'")
