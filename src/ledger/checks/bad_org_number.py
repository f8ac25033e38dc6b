"""An organisation number is not one, or is a personal number.

## Why it matters

The number is what ties an agency to other registers, and exports carry it. A slip in it leads to
nobody or to somebody else. A sole trader's number is a personal number: a public ledger must not
hold it.

## Wrong

```yaml
agencies:
  jamy:
    name: Jämställdhetsmyndigheten
    kind: government-agency
    org_number: 202100-6639             # <- bad-org-number
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
  jamy:
    name: Jämställdhetsmyndigheten
    kind: government-agency
    org_number: 202100-6693
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

## What to do

Copy the number again from the register, as ten digits with a dash before the last four. The last
digit is worked out from the others (Luhn's sum). The third digit of an organisation number is 2 or
more; in a personal number it begins the month and is 0 or 1. Leave the number of a sole trader out,
also from the history of a public repository.
"""

import re
from collections.abc import Iterator

from ledger.book import Book
from ledger.diagnostic import Finding, Reach, Severity

SEVERITY: Severity = "error"
WHOLE_BOOK = False
REACH: Reach = "registers"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each organisation number with something wrong."""
    for agency in book.agencies.values():
        wrong = _wrong(agency.org_number) if agency.org_number else None
        if wrong:
            yield Finding(agency.origin.at("org_number"), wrong[0], help=wrong[1])


def _wrong(number: str) -> tuple[str, str] | None:
    """What is wrong with a number, and what to do; a personal number is not repeated."""
    digits = re.sub("[^0-9]", "", number)[-10:]
    if len(digits) == 10 and digits[2] in "01":
        return "this is a personal number, not an organisation's", "leave it out of the ledger"
    if not re.fullmatch(r"[0-9]{6}-[0-9]{4}", number):
        return f"'{number}' is not written as an organisation number", "write ten digits, as in 202100-6693"
    expected = _check_digit(digits[:9])
    if digits[9] != expected:
        message = f"the check digit of '{number}' does not fit: the other digits give {expected}"
        return message, "copy the number again from the register"
    return None


def _check_digit(digits: str) -> str:
    """Luhn's: every second digit doubled, the digits of the products summed, the rest up to the next ten."""
    products = (int(digit) * (2 - position % 2) for position, digit in enumerate(digits))
    return str(-sum(product // 10 + product % 10 for product in products) % 10)
