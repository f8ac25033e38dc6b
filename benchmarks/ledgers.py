"""The same made-up budget for every program: one set of facts, written as our YAML, as a journal and for beancount."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

PER_GROUP = 10
"""Lines: an appropriation and the nine items that it consists of; one of these has a base and a top-up."""

LAST_YEAR, YEARS = 2024, 10
AGENCIES, SOURCES = 200, 400
"""At most; a small ledger has no more than its lines name."""

WRONG = 7_000
"""Thousands of kronor by which the planted total is wrong."""

_WORDS = (
    *("Stöd", "till", "kvinnojourer", "och", "arbete", "mot", "våld", "i", "nära", "relationer", "jämställd", "skola"),
    *("hälsa", "ekonomi", "länsstyrelsernas", "insatser", "förebyggande", "utbildning", "kunskap", "uppföljning"),
)


@dataclass(frozen=True)
class Item:
    """What one agency disposes of, in thousands of kronor; `top_up` of it came on top later."""

    title: str
    agency: int
    source: int
    amount: int
    top_up: int = 0


@dataclass(frozen=True)
class Group:
    """An appropriation of one year: its total, in thousands of kronor, is stated beside its items."""

    number: int
    year: int
    title: str
    items: tuple[Item, ...]
    total: int

    @property
    def name(self) -> str:
        """The id in every one of the ledgers."""
        return f"g{self.number:06}"


@dataclass(frozen=True)
class Size:
    """How many lines a ledger has, and how many files they lie in."""

    lines: int

    @property
    def groups(self) -> int:
        """Appropriations."""
        return self.lines // PER_GROUP

    @property
    def per_file(self) -> int:
        """Appropriations in each file: a hundred lines to a file, but a small ledger has several files too."""
        return min(10, max(1, self.groups // 10))

    @property
    def files(self) -> int:
        """Files with appropriations; agencies and sources have one each besides."""
        return -(-self.groups // self.per_file)

    @property
    def agencies(self) -> int:
        """Every one of them is named."""
        return min(AGENCIES, self.lines // 2)

    @property
    def sources(self) -> int:
        """Every one of them is named."""
        return min(SOURCES, self.lines // 2)


def group(number: int, size: Size) -> Group:
    """The same group every time; all groups of a file are of one year."""
    chance = random.Random(number)  # noqa: S311 - a made-up budget, no secret
    year = LAST_YEAR - number // size.per_file % YEARS
    items = []
    for place in range(PER_GROUP - 1):
        amount = chance.randrange(100, 90_000)
        amount = amount // 100 * 100 if chance.random() < 0.5 else amount
        top_up = amount // 3 if place == PER_GROUP - 2 else 0
        turn = number * (PER_GROUP - 1) + place
        items.append(Item(_title(chance), turn % size.agencies, turn % size.sources, amount, top_up))
    return Group(number, year, _title(chance), tuple(items), sum(item.amount for item in items))


def _title(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=6))


def groups(size: Size, *, wrong: bool = False) -> Iterator[tuple[int, list[Group]]]:
    """The groups of each file; with `wrong`, the total of the one in the middle is."""
    for file in range(size.files):
        first = file * size.per_file
        some = [group(number, size) for number in range(first, min(first + size.per_file, size.groups))]
        if wrong:
            some = [replace(one, total=one.total + WRONG) if one.number == planted(size) else one for one in some]
        yield file, some


def planted(size: Size) -> int:
    """The number of the group whose total is wrong in the faulty ledger."""
    return size.groups // 2


def totals(size: Size) -> dict[int, int]:
    """What each year comes to, in kronor."""
    found: dict[int, int] = {}
    for _, some in groups(size):
        for one in some:
            found[one.year] = found.get(one.year, 0) + 1000 * one.total
    return found


def write(folder: Path, size: Size, *, wrong: bool = False) -> None:
    """Every ledger, each in a folder or file of its own: `data/`, `main.journal` and `main.beancount`."""
    for name in ("data", "journal", "beancount"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "data/registers.yaml").write_text(_registers(size), encoding="utf-8")
    opened, files = [], []
    for file, some in groups(size, wrong=wrong):
        name = f"{file:05}"
        files.append(name)
        opened += [f"2000-01-01 open Expenses:Y{one.year}:{one.name.upper()}\n" for one in some]
        (folder / f"data/{name}.yaml").write_text(as_yaml(some), encoding="utf-8")
        (folder / f"journal/{name}.journal").write_text("".join(map(_as_journal, some)), encoding="utf-8")
        (folder / f"beancount/{name}.beancount").write_text("".join(map(_as_beancount, some)), encoding="utf-8")
    includes = "".join(f"include journal/{name}.journal\n" for name in files)
    (folder / "main.journal").write_text(includes, encoding="utf-8")
    head = ['option "operating_currency" "SEK"\n2000-01-01 open Equity:Riksdag\n', *opened]
    head += [f'include "beancount/{name}.beancount"\n' for name in files]
    (folder / "main.beancount").write_text("".join(head), encoding="utf-8")


def _registers(size: Size) -> str:
    agencies = "".join(
        f"  agency-{number}: {{name: Myndighet {number}, kind: agency}}\n" for number in range(size.agencies)
    )
    published = [f"2014-12-{number % 28 + 1:02}" for number in range(size.sources)]
    sources = "".join(
        f"  source-{number}: {{title: Regleringsbrev {number}, kind: letter, published: {date}}}\n"
        for number, date in enumerate(published)
    )
    return f"ledger:\n  title: A made-up budget\nagencies:\n{agencies}sources:\n{sources}"


def as_yaml(some: list[Group]) -> str:
    """A file of our own, in the plain style of `ledger import` and the documentation."""
    return "allocations:\n" + "".join(map(_as_yaml, some))


def _as_yaml(one: Group) -> str:
    head = (
        f"  {one.name}:\n    title: {one.title}\n    kind: appropriation\n    code: UO13 3:{one.number}\n"
        f"    year: {one.year}\n    source: source-{one.items[0].source}\n    total: {_words(one.total)}\n    parts:\n"
    )
    return head + "".join(_item_as_yaml(place, item) for place, item in enumerate(one.items, 1))


def _item_as_yaml(place: int, item: Item) -> str:
    text = (
        f"      ap{place}:\n        title: {item.title}\n        kind: item\n        code: ap.{place}\n"
        f"        recipient: agency-{item.agency}\n        source: source-{item.source}\n"
    )
    if not item.top_up:
        return f"{text}        total: {_words(item.amount)}\n"
    return (
        f"{text}        base: {_words(item.amount - item.top_up)}\n        total: {_words(item.amount)}\n"
        f"        top_ups:\n          - amount: {_words(item.top_up)}\n"
    )


def _words(thousands: int) -> str:
    if thousands % 100 == 0 and thousands >= 1000:
        return f"{thousands // 1000},{thousands // 100 % 10} mnkr"
    return f"{thousands:,} tkr".replace(",", " ")


def _as_journal(one: Group) -> str:
    account = f"budget:{one.year}:{one.name}"
    text = ""
    for place, item in enumerate(one.items, 1):
        for date, amount in (("01-01", item.amount - item.top_up), ("06-01", item.top_up)):
            if amount:
                text += (
                    f"{one.year}-{date} * (ap.{place}) {item.title}\n"
                    f"    ; recipient: agency-{item.agency}, source: source-{item.source}\n"
                    f"    {account}  {amount}000.00 SEK\n    riksdag\n\n"
                )
    return f"{text}{one.year}-12-31 * {one.title}\n    {account}  0 SEK = {one.total}000.00 SEK\n\n"


def _as_beancount(one: Group) -> str:
    account = f"Expenses:Y{one.year}:{one.name.upper()}"
    text = ""
    for place, item in enumerate(one.items, 1):
        for date, amount in (("01-01", item.amount - item.top_up), ("06-01", item.top_up)):
            if amount:
                text += (
                    f'{one.year}-{date} * "ap.{place}" "{item.title}"\n'
                    f'  recipient: "agency-{item.agency}"\n  source: "source-{item.source}"\n'
                    f"  {account}  {amount}000.00 SEK\n  Equity:Riksdag\n\n"
                )
    return f"{text}{one.year + 1}-01-01 balance {account}  {one.total}000.00 SEK\n\n"
