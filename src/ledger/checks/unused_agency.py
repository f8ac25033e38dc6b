"""An agency is declared, and nothing names it.

## Why it matters

An agency without any line, initiative, group or programme was probably meant as somebody's
recipient: its money is missing, or stands under another name.

## Wrong

```yaml
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: government-agency}
  mucf: {name: Myndigheten för ungdoms- och civilsamhällesfrågor, kind: government-agency}  # <- unused-agency
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    recipient: jamy
    source: rb-jamy-2024
    total: 23,5 mnkr
```

## Right

```yaml
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: government-agency}
  mucf: {name: Myndigheten för ungdoms- och civilsamhällesfrågor, kind: government-agency}
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    recipient: jamy
    source: rb-jamy-2024
    total: 23,5 mnkr
    parts_are: partial
    parts:
      mucf: {kind: assignment, title: Utbildning för yrkesverksamma, recipient: mucf}
```

## What to do

Name it where it receives money or takes part, or take it out. Recipients, members of groups,
`run_by` of programmes, the agencies of initiatives and the terms of claims are uses.
"""

from collections.abc import Iterator

from ledger.book import Agency, Book
from ledger.checks._references import agencies_named, in_terms, not_named
from ledger.diagnostic import Finding, Reach, Severity

SEVERITY: Severity = "warning"
WHOLE_BOOK = True
REACH: Reach = "registers"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each idle agency; none while ids stand twice: a second record is not read."""
    if book.duplicates:
        return
    terms = tuple(in_terms(book, "recipient"))
    words = {term.id.casefold() for term in terms}
    for agency in not_named((*agencies_named(book), *terms), book.agencies):
        if not words.isdisjoint(_names(book.agencies[agency])):
            continue
        message = f"nothing names the agency '{agency}'"
        remedy = "name it where it receives money or takes part, or take it out"
        yield Finding(book.agencies[agency].origin.at(), message, help=remedy)


def _names(agency: Agency) -> set[str]:
    """What a term may call it."""
    return {name.casefold() for name in (agency.id, agency.name, agency.name_en, agency.abbreviation) if name}
