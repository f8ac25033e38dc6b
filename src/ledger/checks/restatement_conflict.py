"""Two statements of the same figure cannot both be true.

## Why it matters

`restated` records that a source says the same total in other words: rounded in a headline, as "drygt"
or "ca" in a report. Such words still leave only some values possible. Where two statements leave no
value in common, they are not about the same money, or one of them is wrong.

## Wrong

```yaml
sources:
  prop-2025: {title: Budgetpropositionen för 2025, kind: bill}
  bet-2025: {title: Utgiftsområde 13, kind: committee-report}
allocations:
  uo13-2025:
    title: Utgiftsområde 13, summa
    kind: area
    year: 2025
    source: prop-2025
    total: 6 265 767 tkr
    restated:
      - {amount: ca 6 mdkr, source: bet-2025}
      - {amount: "ca 6,3 mnkr", source: bet-2025}     # <- restatement-conflict restatement-conflict
claims:
  violence-2025:
    title: Jämställdhetspolitik mot våld
    year: 2025
    amount: drygt 600 mnkr
    source: prop-2025
    restated:
      - {amount: 580 mnkr, source: bet-2025}          # <- restatement-conflict
```

## Right

```yaml
sources:
  prop-2025: {title: Budgetpropositionen för 2025, kind: bill}
  bet-2025: {title: Utgiftsområde 13, kind: committee-report}
allocations:
  uo13-2025:
    title: Utgiftsområde 13, summa
    kind: area
    year: 2025
    source: prop-2025
    total: 6 265 767 tkr
    restated:
      - {amount: ca 6 mdkr, source: bet-2025}
      - {amount: "ca 6,3 mdkr", source: bet-2025}
claims:
  violence-2025:
    title: Jämställdhetspolitik mot våld
    year: 2025
    amount: drygt 600 mnkr
    source: prop-2025
    restated:
      - {amount: 620 mnkr, source: bet-2025}
```

## What to do

Look up both statements. A figure that is printed rounded without saying so gets `rounded_to`, one
that is cut off gets `cut_to`. Statements about different sums, or from before and after an amending
budget, are lines or claims of their own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ledger.book import Book, Claim, Figure, Line
from ledger.checks._equation import Stated, negative, total_of
from ledger.checks._wording import apart, mismatch, said, unit_for
from ledger.diagnostic import Finding, Severity
from ledger.money import Amount

SEVERITY: Severity = "error"
WHOLE_BOOK = False
