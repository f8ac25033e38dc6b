"""Sums and verdicts on exact figures, against those of beancount on the same ledger, which shares no code with ours.

A line becomes accounts: one that its base and top-ups go to, one that its parts go to, each with a balance assertion
without tolerance, and one that what is left over stays on, which must not be below zero. Beancount has no words for
the rest: neither for levels, nor for lines inside lines. Which lines enter a sum is therefore written down here anew.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from beancount import loader
from beancount.core.data import Balance, Transaction
from conftest import Tell

from ledger.book import add_level, by_level
from ledger.checks import run
from ledger.reading import load_text

CHECKS = ("total-mismatch", "parts-mismatch", "parts-exceed-total")
KINDS = {"appropriation": "Grants", "item": "Grants", "assignment": "Tasks", "grant": "Tasks"}
LEVELS = {"appropriations": "Grants", "assignments and grants": "Tasks"}
"""The account that the lines of a kind, and of a level, are summed on."""


@dataclass
class Drawn:
    """A line with exact figures in öre; `None` is not stated. `number` makes it unique in its ledger."""

    number: int
    id: str
    kind: str
    counted: bool
    base: int | None = None
    top_ups: list[int] = field(default_factory=list)
    total: int | None = None
    complete: bool = True
    parts: list["Drawn"] = field(default_factory=list)

    def each(self) -> Iterator["Drawn"]:
        """The line and all that lies in it."""
        yield self
        for part in self.parts:
            yield from part.each()


class Drawing:
    """Draws ledgers that add up, and then puts one figure wrong in half of them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.number = 0

    def ledger(self) -> list[Drawn]:
        """Some lines with what lies in them."""
        lines = [self._line(f"l{n}", self._amount(), 0, counted=self._often(0.85)) for n in range(self._some(1, 4))]
        if self._often(0.5):
            self._slip([one for line in lines for one in line.each()])
        return lines

    def _line(self, name: str, total: int, depth: int, *, counted: bool) -> Drawn:
        self.number += 1
        line = Drawn(self.number, name, self.chance.choice(list(KINDS)), counted)
        self._break_down(line, total, depth)
        added = [self.chance.randint(0, total // 8) for _ in range(self.chance.choice((0, 0, 1, 2)))]
        way = self.chance.choice(("total", "base", "both", "parts" if line.parts and line.complete else "total"))
        if way == "total" or (way == "base" and line.parts and not added):
            line.total = total
            line.top_ups = added if self._often(0.5) else []
        elif way != "parts":
            line.base, line.top_ups = total - sum(added), added
            line.total = total if way == "both" else None
        return line

    def _break_down(self, line: Drawn, total: int, depth: int) -> None:
        if depth == 3 or self._often(0.4):
            return
        line.complete = self._often(0.6)
        left = total if line.complete else total - self.chance.randint(0, total // 2)
        amounts = []
        for _ in range(self._some(0, 3)):
            amounts.append(self.chance.randint(0, left))
            left -= amounts[-1]
        for n, amount in enumerate([*amounts, left]):
            counted = line.counted or self._often(0.5)
            line.parts.append(self._line(f"{line.id}/p{n}", amount, depth + 1, counted=counted))

    def _slip(self, lines: Sequence[Drawn]) -> None:
        line = self.chance.choice([one for one in lines if one.base is not None or one.total is not None])
        change = self.chance.choice((1, -1, 100, 10**6, self._amount()))
        if line.total is not None:
            line.total = abs(line.total + change)
        elif line.base is not None:
            line.base = abs(line.base + change)

    def _amount(self) -> int:
        return self.chance.choice((self.chance.randint(0, 500), self.chance.randint(0, 10**12)))

    def _often(self, share: float) -> bool:
        return self.chance.random() < share

    def _some(self, least: int, most: int) -> int:
        return self.chance.randint(least, most)


def kronor(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02}"


def ours(line: Drawn, indent: int = 2) -> str:
    """The line as our ledger states it."""
    pad = " " * indent
    fields = ["title: T", f"kind: {line.kind}", f"counted: {'yes' if line.counted else 'no'}"]
    fields += ["year: 2024", "unit: kr"] if indent == 2 else []
    fields += [f"base: {kronor(line.base)}"] if line.base is not None else []
    fields += [f"total: {kronor(line.total)}"] if line.total is not None else []
    fields += [f"top_ups: [{', '.join(f'{{amount: {kronor(one)}}}' for one in line.top_ups)}]"] if line.top_ups else []
    text = f"{pad}{line.id.rpartition('/')[2]}:\n" + "".join(f"{pad}  {one}\n" for one in fields)
    if line.parts:
        text += f"{pad}  parts_are: {'complete' if line.complete else 'partial'}\n{pad}  parts:\n"
        text += "".join(ours(part, indent + 4) for part in line.parts)
    return text


def worth(line: Drawn) -> str:
    """What says the line's total, as beancount is asked to work it out."""
    if line.total is not None:
        return kronor(line.total)
    if line.base is not None:
        return "(" + " + ".join(map(kronor, [line.base, *line.top_ups])) + ")"
    return "(" + " + ".join(worth(part) for part in line.parts) + ")"


def entry(account: str, amounts: Sequence[str]) -> str:
    postings = "".join(f"  {account}  {one} SEK\n" for one in amounts)
    return f'2024-01-01 * "{account}"\n{postings}  Equity:All\n' if amounts else ""


def theirs(line: Drawn, entered: frozenset[str] = frozenset()) -> str:
    """The line as beancount is told: what must balance, what must not be below zero, and the sums it enters."""
    level = KINDS[line.kind]
    enters = line.counted and level not in entered
    text = entry(f"Income:{level}", [worth(line)]) if enters else ""
    if line.total is not None and line.base is not None:
        text += entry(f"Assets:N{line.number}:Base", [kronor(one) for one in (line.base, *line.top_ups)])
        text += f"2024-01-02 balance Assets:N{line.number}:Base  {kronor(line.total)} ~ 0.00 SEK\n"
    elif line.total is not None:
        text += entry(f"Assets:N{line.number}:Rest", [kronor(line.total), *(f"-{kronor(one)}" for one in line.top_ups)])
    elif line.base is None:
        known = [kronor(one) for one in line.top_ups]
        text += entry(f"Assets:N{line.number}:Rest", [worth(line), *(f"-{one}" for one in known)])
    stated = line.total is not None or line.base is not None
    if line.parts and line.complete and stated:
        text += entry(f"Assets:N{line.number}:Parts", [worth(part) for part in line.parts])
        text += f"2024-01-02 balance Assets:N{line.number}:Parts  {worth(line)} ~ 0.00 SEK\n"
    elif line.parts and not line.complete:
        text += entry(f"Assets:N{line.number}:Left", [worth(line), *(f"-{worth(part)}" for part in line.parts)])
    inside = entered | {level} if enters else entered
    return text + "".join(theirs(part, inside) for part in line.parts)


@dataclass(frozen=True)
class Judged:
    """The numbers of the lines that do not add up, and the sum of each level, in kronor."""

    wrong: frozenset[int]
    sums: dict[str, Decimal]


def by_beancount(lines: Sequence[Drawn]) -> Judged:
    options = 'option "operating_currency" "SEK"\nplugin "beancount.plugins.auto_accounts"\n'
    entries, errors, _ = loader.load_string(options + "".join(map(theirs, lines)))
    unbalanced = [error.entry.account for error in errors if isinstance(error.entry, Balance)]
    assert len(unbalanced) == len(errors), errors
    held: dict[str, Decimal] = {}
    for transaction in entries:
        if isinstance(transaction, Transaction):
            for posting in transaction.postings:
                assert posting.units is not None
                assert posting.units.number is not None
                held[posting.account] = held.get(posting.account, Decimal(0)) + posting.units.number
    below = [name for name, amount in held.items() if name.endswith((":Rest", ":Left")) and amount < 0]
    wrong = frozenset(int(name.split(":")[1][1:]) for name in (*unbalanced, *below))
    sums = {name: held.get(f"Income:{name}", Decimal(0)) for name in LEVELS.values()}
    return Judged(wrong, sums)


def by_us(lines: Sequence[Drawn]) -> Judged:
    loaded = load_text("allocations:\n" + "".join(map(ours, lines)))
    assert not loaded.faults, loaded.faults
    numbers = {one.id: one.number for line in lines for one in line.each()}
    outcome = run(loaded.book, (), loaded.texts, CHECKS, today="2026-01-01")
    wrong = frozenset(numbers[found.place.owner] for found in outcome.diagnostics)
    sums = dict.fromkeys(LEVELS.values(), Decimal(0))
    for level, members in by_level(loaded.book.lines.values()).items():
        amount = add_level(loaded.book, members).amount
        assert amount.exact
        assert amount.number is not None
        sums[LEVELS[level]] = Decimal(amount.number).scaleb(-2)
    return Judged(wrong, sums)


def compared(count: int, tell: Tell) -> None:
    drawing = Drawing(count)
    different, wrong, lines = [], 0, 0
    for _ in range(count):
        ledger = drawing.ledger()
        us, them = by_us(ledger), by_beancount(ledger)
        wrong += bool(them.wrong)
        lines += sum(1 for line in ledger for _ in line.each())
        if us != them:
            different.append(f"{us}\n{them}\n" + "".join(map(ours, ledger)))
    tell(
        f"against beancount: {count} ledgers of {lines} lines, {wrong} of them wrong, {len(different)} judged otherwise"
    )
    assert 0.2 < wrong / count < 0.8
    assert not different, "\n".join(different[:3])


def test_sums_and_verdicts_are_those_of_beancount(tell: Tell) -> None:
    compared(150, tell)


@pytest.mark.campaign
def test_ten_thousand_ledgers_have_the_sums_and_verdicts_of_beancount(tell: Tell) -> None:
    compared(10_000, tell)
