"""A line, agency or initiative names an agency that is not declared.

## Why it matters

Money is found by who gets it: a misspelt recipient is missing from every sum for the agency that
was meant, and the sums for that agency look complete. The same goes for the members of a group and
for who runs a programme.

## Wrong

```yaml
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: government-agency}
  nsp:
    name: Nationella stödprogrammet
    kind: programme
    run_by: plattformen                 # <- unknown-recipient
  stod-till-utsatta:
    name: Stöd till utsatta för människohandel
    kind: group
    members: [jamy, nsp, iom]           # <- unknown-recipient
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    recipient: stod-till-utsata         # <- unknown-recipient
    total: 23,5 mnkr
    source: rb-jamy-2024
```

## Right

```yaml
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: government-agency}
  plattformen: {name: Plattformen Civila Sverige mot människohandel, kind: civil-society}
  iom: {name: International Organization for Migration, kind: intergovernmental}
  nsp:
    name: Nationella stödprogrammet
    kind: programme
    run_by: plattformen
  stod-till-utsatta:
    name: Stöd till utsatta för människohandel
    kind: group
    members: [jamy, nsp, iom]
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    recipient: stod-till-utsatta
    total: 23,5 mnkr
    source: rb-jamy-2024
```

## What to do

Correct the id (a close one is suggested), or declare the agency, programme or group under
`agencies`.
"""

from collections.abc import Iterator

from ledger.book import Book
from ledger.checks._references import agencies_named, unknown
from ledger.diagnostic import Finding, Reach, Severity

SEVERITY: Severity = "error"
WHOLE_BOOK = True
REACH: Reach = "registers"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each agency named that is not declared."""
    remedy = "correct the id, or declare it under 'agencies'"
    yield from unknown(agencies_named(book), book.agencies, "no agency", remedy)
