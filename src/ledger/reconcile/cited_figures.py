"""The ledger against a document that it cites: whether the document still carries the figures cited from it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from ledger.book import Book, Claim, Figure, Line
from ledger.money import Interval
from ledger.statements.running_text import Mention

Role = Literal["base", "top-up", "total", "outcome", "restated", "claim"]
Status = Literal["missing", "found otherwise", "found", "not in the ledger"]


class Cited(Struct, frozen=True):
    """A figure of the ledger that a source is said to state, and the line or claim that it belongs to."""

    record: Line | Claim
    role: Role
    figure: Figure

    @property
    def name(self) -> str:
        """`jamy-trafficking-2024 total`."""
        return f"{self.record.id} {self.role}"


class Carried(Struct, frozen=True):
    """A figure of the ledger with its mentions in the document, or mentions of one amount that the ledger lacks there.

    "Found otherwise" is the same number with another qualifier; `besides` are such mentions of a figure that is found
    as it is cited. `elsewhere` are the ledger's figures of that amount that cite other sources.
    """

    status: Status
    cited: Cited | None = None
    mentions: tuple[Mention, ...] = ()
    besides: tuple[Mention, ...] = ()
    elsewhere: tuple[Cited, ...] = ()


class Document(Struct, frozen=True):
    """What came of a document: every figure cited from it, then what else it names in the ledger's currency."""

    path: str
    source: str
    carried: tuple[Carried, ...]
    foreign: int = 0
    unreadable: int = 0

    def number(self, status: Status) -> int:
        """How many figures came to this."""
        return sum(one.status == status for one in self.carried)

    @property
    def lacks(self) -> bool:
        """Whether a figure that is cited from the document is not in it as it is cited."""
        return bool(self.number("missing") or self.number("found otherwise"))


def numbers_of(book: Book, source: str) -> frozenset[int]:
    """The numbers, in öre, of the figures that cite a source."""
    cited = (one.figure.amount.number for one in figures_of(book) if source in one.figure.sources)
    return frozenset(number for number in cited if number is not None)


def figures_of(book: Book) -> Iterator[Cited]:
    """Every figure that the ledger states, with its role."""
    for line in book.lines.values():
        single: tuple[tuple[Role, Figure | None], ...] = (
            ("base", line.base),
            *(("top-up", top_up.figure) for top_up in line.top_ups),
            ("total", line.total),
            ("outcome", line.outcome),
            *(("restated", figure) for figure in line.restated),
        )
        yield from (Cited(line, role, figure) for role, figure in single if figure is not None)
    for claim in book.claims.values():
        yield Cited(claim, "claim", claim.amount)
        yield from (Cited(claim, "restated", figure) for figure in claim.restated)


def carried(book: Book, source: str, mentions: Iterable[Mention], path: str) -> Document:
    """Hold every figure that cites a source against the amounts of its document, and its bare numbers."""
    found = list(mentions)
    bare = [one for one in found if one.found.unreadable and one.found.number is not None]
    ours = [one for one in found if one.found.interval is not None and one.found.currency == book.currency]
    figures = list(figures_of(book))
    cited = [one for one in figures if source in one.figure.sources]
    others = [one for one in figures if source not in one.figure.sources]
    unreadable = sum(bool(one.found.unreadable) for one in found) - len(bare)
    return Document(
        path,
        source,
        (*(_sought(one, [*ours, *bare]) for one in cited), *_further(cited, others, ours)),
        len(found) - len(ours) - len(bare) - unreadable,
        unreadable,
    )


def _sought(cited: Cited, mentions: Sequence[Mention]) -> Carried:
    """A figure as it is cited, else its number with another qualifier, else nothing."""
    same = tuple(one for one in mentions if _is(cited, one))
    near = tuple(one for one in mentions if _near(cited, one) and one not in same)
    if same:
        return Carried("found", cited, same, near)
    return Carried("found otherwise" if near else "missing", cited, near)


def _is(cited: Cited, mention: Mention) -> bool:
    """Whether both say the same: the same limits; of a figure that is known to be rounded, the number as printed."""
    amount, said = cited.figure.amount, mention.found.interval
    if said is not None and mention.found.role == "cut" and cited.role == "top-up":
        said = -said
    if amount.sense == "rounded" and amount.number is not None:
        return said == Interval(amount.number, amount.number)
    return said == amount.interval


def _near(cited: Cited, mention: Mention) -> bool:
    number = cited.figure.amount.number
    return number is not None and mention.found.number == number


def _further(cited: Sequence[Cited], others: Sequence[Cited], mentions: Sequence[Mention]) -> Iterator[Carried]:
    """The amounts that no figure cites from this document, each once with all its places."""
    groups: dict[Interval | None, list[Mention]] = {}
    for mention in mentions:
        if not any(_is(one, mention) or _near(one, mention) for one in cited):
            groups.setdefault(mention.found.interval, []).append(mention)
    for group in groups.values():
        elsewhere = tuple(one for one in others if _is(one, group[0]))
        yield Carried("not in the ledger", None, tuple(group), elsewhere=elsewhere)
