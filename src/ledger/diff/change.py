"""What a comparison comes to, as plain data."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from ledger.book import Book, Claim, Level, Line, Sum
from ledger.money import ZERO, Interval
from ledger.table import Money

Difference = Literal["added", "removed", "changed", "follows"]
"""`follows`: the line itself is as it was, and its money changed with that of others."""

What = Literal["top-up", "base", "total", "outcome", "amount", "restated", "source", "field", "id", "rest"]
"""What of a line a reason is about; `rest` is what the line holds beyond the lines in it."""

Group = tuple[int, Level]
"""A year and a level: what one sum is made of."""


class Reason(Struct, frozen=True):
    """One thing that differs, in words, with its money where it has any; `sources` are those behind the new state.

    `corrected` marks a figure that changed while its sources stayed.
    """

    what: What
    text: str
    before: Money | None = None
    after: Money | None = None
    change: Interval | None = None
    sources: tuple[str, ...] = ()
    corrected: bool = False


class Change(Struct, frozen=True):
    """A line or a claim that differs, as it is in each book (`None` where it is not).

    `old_id` is its id in the old book; `before` has all ids of the new one. `own` is what its money changed by beyond
    that of the lines in it, and `in_sums` how much of that the sums of its level change by.
    """

    difference: Difference
    id: str
    old_id: str
    before: Line | Claim | None
    after: Line | Claim | None
    money: tuple[Money | None, Money | None] = (None, None)
    change: Interval | None = None
    own: Interval | None = None
    in_sums: Interval | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def record(self) -> Line | Claim:
        """The line or claim as it is now, or as it was last."""
        record = self.after or self.before
        if record is None:
            raise ValueError("a change is of a record")
        return record


class Moved(Struct, frozen=True):
    """The sum of one level in one year, in each book."""

    group: Group
    before: Sum
    after: Sum
    change: Interval


class Differences(Struct, frozen=True):
    """Everything that differs. `old` has the ids of `new` wherever a record was only renamed.

    `consequences` are lines whose stated figures changed only as the lines in them did; `others` says of other records
    what was added, removed, renamed or changed; `wording` counts lines and claims that only say the same otherwise.
    """

    old: Book
    new: Book
    lines: tuple[Change, ...] = ()
    claims: tuple[Change, ...] = ()
    sums: tuple[Moved, ...] = ()
    consequences: tuple[str, ...] = ()
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wording: int = 0

    def __bool__(self) -> bool:
        """Whether anything differs but wording."""
        return bool(self.lines or self.claims or self.sums or self.others)


def between(before: Interval | None, after: Interval | None) -> Interval | None:
    """By how much an amount changed: nothing where the same is said of it, unknown where one side is."""
    if before is None or after is None:
        return None
    return ZERO if before == after else after - before
