"""An acceptance takes no finding away, has run out, or names a check that does not exist.

## Why it matters

An acceptance says that a known, published discrepancy stands. One that is not needed any more would
hide the next finding of that check at that line, which may be a slip and not the discrepancy that
was meant.

## Wrong

```yaml
sources:
  rb-2021: {title: Regleringsbrev 2021, kind: appropriation-letter}
allocations:
  uo13-3-1-2021:
    title: Särskilda jämställdhetsåtgärder
    kind: appropriation
    year: 2021
    source: rb-2021
    total: 439 039 tkr
    accept:
      - check: parts-mismatch           # <- unused-acceptance
        reason: Summan i regleringsbrevet avviker från posterna
    parts:
      mucf: {kind: item, title: Disponeras av MUCF, total: 39 039 tkr}
      jamy: {kind: item, title: Disponeras av Jämställdhetsmyndigheten, total: 400 000 tkr}
```

## Right

```yaml
sources:
  rb-2021: {title: Regleringsbrev 2021, kind: appropriation-letter}
allocations:
  uo13-3-1-2021:
    title: Särskilda jämställdhetsåtgärder
    kind: appropriation
    year: 2021
    source: rb-2021
    total: 439 039 tkr
    accept:
      - check: parts-mismatch
        reason: Summan i regleringsbrevet avviker från posterna
        source: rb-2021
    parts:
      mucf: {kind: item, title: Disponeras av MUCF, total: 32 039 tkr}
      jamy: {kind: item, title: Disponeras av Jämställdhetsmyndigheten, total: 400 000 tkr}
```

## What to do

Take the acceptance out. If it ran out (its `until` is past) and the finding still stands, correct
the figures, or find out why the discrepancy is still there and give it a new date. Only checks
whose finding is placed at the line or claim itself can be accepted there; faults of reading cannot.
"""

from collections.abc import Iterator

from ledger.book import Acceptance, Book
from ledger.checks._course import Course, acceptances, has_run_out
from ledger.diagnostic import Finding, Reach, Severity
from ledger.suggestion import did_you_mean

SEVERITY: Severity = "warning"
WHOLE_BOOK = True
REACH: Reach = "registers"


def review(book: Book, course: Course) -> Iterator[Finding]:
    """A finding for each acceptance that is of no use; none for those of a check that did not run."""
    for one in acceptances(book):
        wrong = _wrong(one.acceptance, one.record.owner, course)
        if wrong:
            field, message, remedy = wrong
            yield Finding(one.record.at("accept", one.position, field), message, help=remedy)


def _wrong(acceptance: Acceptance, owner: str, course: Course) -> tuple[str, str, str] | None:
    """The field that the finding points at, what is wrong, and what to do."""
    check = acceptance.check
    if check not in course.known:
        remedy = "correct the id of the check, or take the acceptance out"
        return "check", f"no check is called '{check}'{did_you_mean(check, set(course.known))}", remedy
    if check not in course.ran:
        return None
    if acceptance not in course.needed:
        message = f"this acceptance takes nothing away: '{owner}' has no finding of '{check}'"
        return "check", message, "take it out"
    if has_run_out(acceptance, course.today):
        message = f"this acceptance ran out, '{acceptance.until}' is past, and the finding stands again"
        return "until", message, "correct the figures, or find out why they still differ and give a new date"
    return None
