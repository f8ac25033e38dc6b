"""A line lies in another line, but its year does not lie in that line's year.

## Why it matters

A line is a sum for its year, or for its period. A part from another year does not belong in that
sum: either its year is a slip, or it is part of another line.

## Wrong

```yaml
sources:
  rb-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  uo13-3-1-2022-2023:
    title: Särskilda jämställdhetsåtgärder 2022 och 2023
    kind: appropriation
    year: 2022-2023
    source: rb-2024
    parts_are: partial
    parts:
      a2023: {kind: item, title: Disponeras av MUCF, year: 2023, total: 9 mnkr}
      a2024: {kind: item, title: Disponeras av MUCF, year: 2024, total: 9 mnkr}   # <- year-mismatch
  kvinnojourer-2024:
    title: Kvinnojourer
    kind: item
    year: 2024                                          # <- year-mismatch
    source: rb-2024
    of: uo13-3-1-2022-2023
    total: 100 mnkr
```

## Right

```yaml
sources:
  rb-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  uo13-3-1-2022-2024:
    title: Särskilda jämställdhetsåtgärder 2022, 2023 och 2024
    kind: appropriation
    year: 2022-2024
    source: rb-2024
    parts_are: partial
    parts:
      a2023: {kind: item, title: Disponeras av MUCF, year: 2023, total: 9 mnkr}
      a2024: {kind: item, title: Disponeras av MUCF, year: 2024, total: 9 mnkr}
  kvinnojourer-2024:
    title: Kvinnojourer
    kind: item
    year: 2024
    source: rb-2024
    of: uo13-3-1-2022-2024
    total: 100 mnkr
```

## What to do

Correct the year, or move the line to where it belongs. A sum over several years is a line with a
period (`2022-2024`), and each of its parts has a year of its own in it.
"""

from collections.abc import Iterator

from ledger.book import Book, Line
from ledger.diagnostic import Finding, Place, Reach, Related, Severity

SEVERITY: Severity = "error"
WHOLE_BOOK = False
REACH: Reach = "lines"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each part, second breakdown and top-up that reaches outside the years of its line."""
    for line in book.lines.values():
        for outer in dict.fromkeys((line.parent, line.of)):
            if outer in book.lines and _outside(line, book.lines[outer]):
                yield _finding(line, book.lines[outer], line.at("year"))
        for position, top_up in enumerate(line.top_ups):
            other = book.lines.get(top_up.line)
            if other and line.id not in {other.parent, other.of} and _outside(other, line):
                yield _finding(other, line, line.at("top_ups", position, "line"), other.at("year"))


def _outside(inner: Line, outer: Line) -> bool:
    return inner.first_year < outer.first_year or inner.last_year > outer.last_year


def _finding(inner: Line, outer: Line, place: Place, *more: Place) -> Finding:
    message = f"'{inner.id}' is of {inner.years}, and '{outer.id}', which it lies in, of {outer.years}"
    here = Related(outer.at("year"), f"{outer.years} here")
    related = (here, *(Related(one, f"{inner.years} here") for one in more))
    return Finding(place, message, related, help="correct the year, or move the line to where it belongs")
