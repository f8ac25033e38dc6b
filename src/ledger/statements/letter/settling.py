"""Rows that can be read in several ways, settled by the sums that a letter prints, or reported with their readings."""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from ledger.diagnostic import Finding
from ledger.money import ORE, Amount, exactly, unit_factor
from ledger.statements.letter.amounts import MOST_TRIED, Reading, readings, settled, unit_at_end
from ledger.statements.letter.rows import Written

_LONGEST_NUMBER = 3
"""Digits in the number of an item; glued to a name that begins with a digit it would have more."""


class Drafted(Struct):
    """A row with its readings until they are settled. `code` is the item's number."""

    row: Written
    unit: str
    readings: tuple[Reading, ...]
    code: str = ""
    settled: Reading | None = None

    @property
    def name(self) -> str:
        """The name as settled, else all that stands before the shortest figure."""
        one = self.settled or (self.readings[-1] if self.readings else None)
        return " ".join((one.name if one else self.row.rest).split())

    @property
    def amount(self) -> Amount | None:
        """The settled figure."""
        if self.settled is None:
            return None
        ore = self.settled.number * unit_factor(self.unit) * ORE
        return Amount(exactly(ore).interval, ore, f"{self.settled.words} {self.unit}")


class Settling(Struct):
    """The unit of figures without one, the items that are named elsewhere in the letter, and what went wrong.

    `without_unit` says that some figure has none of its own. `left` is how many sums may still be tried.
    """

    unit: str
    mentions: frozenset[str]
    without_unit: bool = False
    faults: list[Finding] = field(default_factory=list)
    left: int = MOST_TRIED

    def draft(self, row: Written) -> Drafted:
        """The row with every way to read it, a single one being settled."""
        text, unit = unit_at_end(row.rest)
        code = ""
        if row.kind == "item":
            code, text = self._numbered(row, text)
        if row.kind == "agency" and not unit and not any(map(str.isdigit, text[-1:])):
            found: tuple[Reading, ...] = ()
        else:
            found = readings(text, whole=row.kind == "agency")
        draft = Drafted(row, unit or self.unit, found, code)
        self.without_unit = self.without_unit or bool(found and not unit)
        if len(found) == 1:
            draft.settled = found[0]
        elif not found and row.kind != "appropriation" and re.search(r"\d$", text):
            self.faults.append(Finding(row.place, f"'{text.strip()[-20:]}' does not end in a well-formed figure"))
        return draft

    def settle(self, total: Drafted | None, items: Sequence[Drafted]) -> None:
        """Choose the readings with which the items come to the total; report what is left open or does not fit."""
        open_ = [one for one in (*([total] if total else []), *items) if len(one.readings) > 1]
        whole = total is not None and total.readings and items and all(one.readings for one in items)
        readings_of_total = total.readings if total and whole else ()
        ways, tried = settled(readings_of_total, [one.readings for one in items], self.left)
        self.left -= tried
        if len(ways) == 1 and total:
            total.settled = ways[0][0]
            for one, reading in zip(items, ways[0][1], strict=True):
                one.settled = reading
            return
        for one in open_:
            says = ", or ".join(f"'{way.words}' after '{way.name[-12:]}'" for way in one.readings)
            why = " and more than one reading makes the sum" if ways else ""
            self.faults.append(Finding(one.row.place, f"the figure can be read as {says}{why}"))
        if whole and not open_ and total and total.settled:
            came_to = sum(one.settled.number for one in items if one.settled)
            grouped = f"{came_to:,}".replace(",", " ")
            message = f"the items come to {grouped}, the total over them says {total.settled.words}"
            self.faults.append(Finding(total.row.place, message))

    def _numbered(self, row: Written, text: str) -> tuple[str, str]:
        """The number of an item and what follows it; no number where a digit may belong to the name."""
        run = row.run
        front, dot, last = run.rpartition(".")
        begins = text.lstrip()[:1]
        clear = begins.isupper() or text[:1] == "\t" or not begins
        if len(last) == 1 or (clear and len(last) <= _LONGEST_NUMBER):
            return run, text
        ways = [f"{front}{dot}{last[:at]}" for at in range(1, len(last) + 1)]
        named = [way for way in ways if way in self.mentions]
        if len(named) == 1:
            return named[0], f"{run[len(named[0]) :]}{text}"
        says = ", or ".join(f"ap.{way} '{run[len(way) :]}{text.strip()[:12]}…'" for way in ways)
        self.faults.append(Finding(row.place, f"the number of the item can be read as {says}"))
        return "", f"{run}{text}"
