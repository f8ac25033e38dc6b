"""A decision as some agencies print it, `BESLUT` and then a field a line → a statement of one row.

BESLUT
År: 2024
Anslag: UO13 3:1 ap.2
Belopp: 5 000 tkr
"""

import re

from ledger.diagnostic import Finding, Place
from ledger.money import AmountError, read_amount
from ledger.statements import Refused, Row, Statement, refused

_FIELD = re.compile(r"(År|Anslag|Belopp):\s*(.+)")


def recognises(text: str) -> int:
    """How sure it is that this is such a decision: 0, or more than for any other document."""
    return 1_000 if text.startswith("BESLUT\n") else 0


def read(text: str, path: str, unit: str | None) -> Statement | Refused:
    """The decision; what is missing or unclear is refused at its line, never guessed."""
    found: dict[str, tuple[Place, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if match := _FIELD.fullmatch(line.strip()):
            found[match[1]] = Place(path, number, 1, len(line) + 1), match[2].strip()
    missing = [name for name in ("År", "Anslag", "Belopp") if name not in found]
    if missing:
        return (refused(path, f"the decision has no {', '.join(missing)}"),)
    (place, stated), (year_at, year) = found["Belopp"], found["År"]
    if not re.fullmatch("[0-9]{4}", year):
        return (Finding(year_at, f"'{year}' is not a year"),)
    try:
        amount = read_amount(stated, unit)
    except AmountError as error:
        return (Finding(place, str(error)),)
    row = Row(place, int(year), int(year), code=found["Anslag"][1], figures={"total": amount})
    return Statement("Beslut", "decision", path, (row,))
