"""An appropriation letter as a tree: appropriation → agency's share → item → sub-item, and the conditions."""

from msgspec import Struct

from ledger.diagnostic import Finding, Place
from ledger.money import Amount

SOURCE_KINDS = ("appropriation-letter", "amendment-letter")
"""The kinds of source that letters are, the second that of one that says it amends another."""


class Item(Struct, frozen=True):
    """An item (`ap.12`), or a sub-item in it (`ap.1.1`); the code is empty where it could be read in several ways."""

    code: str
    name: str
    amount: Amount | None
    place: Place
    parts: tuple["Item", ...] = ()


class Share(Struct, frozen=True):
    """What one agency disposes of. Its amount is printed in today's layout only; the name is empty where none is."""

    agency: str
    amount: Amount | None
    place: Place
    items: tuple[Item, ...] = ()


class Appropriation(Struct, frozen=True):
    """An appropriation of a letter, `UO13 3:1`. Its amount is printed in the layout of 2003 only."""

    code: str
    name: str
    amount: Amount | None
    place: Place
    shares: tuple[Share, ...] = ()


class Condition(Struct, frozen=True):
    """An amount in a letter's conditions, a candidate for a part of the item it stands under."""

    appropriation: str
    item: str
    amount: Amount
    text: str
    place: Place


class Letter(Struct, frozen=True):
    """A letter as read. `decided` is the day of the decision, empty where none stands at its head.

    `faults` are what could not be read in one way only, or does not add up.
    """

    title: str
    path: str
    year: int
    decided: str
    references: tuple[str, ...]
    appropriations: tuple[Appropriation, ...]
    conditions: tuple[Condition, ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[Finding, ...] = ()
