"""A top-up was decided after the last day of its line's year.

## Why it matters

A budget can be raised or cut only until its year has ended. A later decision date is a slip, or the
money belongs to another year. `--as-of` goes by this date, so a wrong one shows figures that nobody
had at the time.

## Wrong

```yaml
sources:
  pr-2024-03: {title: Regeringen stärker arbetet mot människohandel, kind: press-release}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: pr-2024-03
    total: 23,5 mnkr
    top_ups:
      - amount: 1,5 mnkr
        decided: 2025-03-27             # <- decided-outside-year
```

## Right

```yaml
sources:
  pr-2024-03: {title: Regeringen stärker arbetet mot människohandel, kind: press-release}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: pr-2024-03
    total: 23,5 mnkr
    top_ups:
      - amount: 1,5 mnkr
        decided: 2024-03-27
```

## What to do

Correct the date, or enter the money in the year that it was decided for. A partial date stands for
its last day: `2024` is 2024-12-31, and still inside 2024.
"""

from collections.abc import Iterator

from ledger.book import Book, Line, last_day
from ledger.diagnostic import Finding, Place, Reach, Related, Severity

SEVERITY: Severity = "error"
WHOLE_BOOK = False
REACH: Reach = "lines"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each top-up, or line that is one, that was decided after the year of its line."""
    for line in book.lines.values():
        for position, top_up in enumerate(line.top_ups):
            other = book.lines.get(top_up.line)
            if top_up.decided:
                yield from _findings(line, top_up.decided, line.at("top_ups", position, "decided"))
            elif other and other.decided:
                yield from _findings(line, other.decided, other.at("decided"))


def _findings(line: Line, decided: str, place: Place) -> Iterator[Finding]:
    if last_day(decided) > f"{line.last_year}-12-31":
        message = f"a top-up of '{line.id}' is decided '{decided}', after the end of {line.last_year}"
        year = Related(line.at("year"), f"{line.years} here")
        yield Finding(place, message, (year,), help="correct the date, or enter the money in its own year")
