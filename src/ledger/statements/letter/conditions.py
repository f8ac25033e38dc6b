"""Amounts in the conditions of a letter: candidates for parts of its items."""

import re
from collections.abc import Sequence

from ledger.diagnostic import Finding
from ledger.money import AmountError, read_amount
from ledger.statements.letter.amounts import GAP
from ledger.statements.letter.rows import Said
from ledger.statements.letter.tree import Condition

_AMOUNT = re.compile(
    rf"(?<![\w,.])(?:(?:högst|minst|lägst|cirka|ca|drygt|knappt|upp till|maximalt|mer än)[{GAP}]+)?"
    rf"\d[\d.,{GAP}]{{0,40}}(?:kronor|kr|tkr|mnkr|miljon(?:er)?[{GAP}]kronor|tusen[{GAP}]kronor)(?!\w)",
    re.IGNORECASE,
)


def conditions_of(said: Sequence[Said], codes: Sequence[str]) -> tuple[tuple[Condition, ...], tuple[Finding, ...]]:
    """Every amount in the conditions with its sentence's line, and those that cannot be read."""
    full = {code.split(" ", 1)[-1]: code for code in codes if code}
    only = codes[0] if len(codes) == 1 else ""
    found, unread = [], []
    for line in said:
        for match in _AMOUNT.finditer(line.text):
            place = line.place._replace(column=match.start() + 1, end_column=match.end() + 1)
            words = " ".join(match[0].split())
            try:
                amount = read_amount(words)
            except AmountError as error:
                unread.append(Finding(place, f"in the conditions: {error}"))
                continue
            code = full.get(line.appropriation, only)
            found.append(Condition(code, line.item, amount, line.text.strip(), place))
    return tuple(found), tuple(unread)
