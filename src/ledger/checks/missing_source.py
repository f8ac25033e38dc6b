"""A figure is stated, and no source stands behind it.

## Why it matters

A figure without a source cannot be looked up, and nobody can be asked about it. It may be right; it
may be a guess that looks like a fact once it has been exported.

## Wrong

```yaml
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    total: 23,5 mnkr            # <- missing-source
    outcome:
      amount: 23,1 mnkr
      source: rb-jamy-2024
claims:
  violence-2024:
    title: Jämställdhetspolitik mot våld
    year: 2024
    amount: drygt 600 mnkr      # <- missing-source
```

## Right

```yaml
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
  art-2024-01: {title: Över 600 miljoner till jämställdhet, kind: article}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    total: 23,5 mnkr
    outcome:
      amount: 23,1 mnkr
      source: rb-jamy-2024
claims:
  violence-2024:
    title: Jämställdhetspolitik mot våld
    year: 2024
    amount: drygt 600 mnkr
    source: art-2024-01
```

## What to do

Give the line, a line around it or the figure itself a `source`. A sum that you made yourself has
`source: calculated`. A figure that nobody states can be left out: what follows from others is
derived and shown as derived.
"""

from collections.abc import Iterator

from ledger.book import Book, Claim, Line
from ledger.diagnostic import Finding, Reach, Related, Severity

SEVERITY: Severity = "warning"
WHOLE_BOOK = True
REACH: Reach = "lines"


def check(book: Book) -> Iterator[Finding]:
    """One finding for each line or claim with figures that have no source, at the first of them."""
    records: list[Line | Claim] = [*book.lines.values(), *book.claims.values()]
    for record in records:
        figures = record.figures if isinstance(record, Line) else (record.amount, *record.restated)
        without = (one for one in figures if not (one.sources or record.sources))
        bare = sorted(without, key=lambda one: one.place)
        if bare:
            first, *others = bare
            more = f" and {len(others)} more of '{record.id}'" if others else ""
            message = f"no source stands behind '{first.stated_as}'{more}"
            related = tuple(Related(one.place, f"nor behind '{one.stated_as}'") for one in others)
            yield Finding(first.place, message, related, help=_remedy(record))


def _remedy(record: Line | Claim) -> str:
    what = "line" if isinstance(record, Line) else "claim"
    return f"give the figure or its {what} a 'source'; a sum of your own has 'source: calculated'"
