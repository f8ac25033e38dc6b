"""The one table that views make and every format writes, and how a text from a file is made fit to be shown."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct, field

from ledger.money import Amount, How

_STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Controls, formats (bidi, zero-width), halves of surrogate pairs, line and paragraph separators."""

_UNCOMMON = re.compile(r"[^ -~]")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")

Type = Literal["text", "integer", "money", "date", "boolean", "share", "list"]


class Money(Struct, frozen=True):
    """A cell of a money column: the amount (`None`: not stated), how it is known, and a remark shown beside it."""

    amount: Amount | None
    how: How = "stated"
    remark: str = ""


class Share(Struct, frozen=True):
    """A part of a whole in per mille, rounded to the nearest, as the two ends it may lie between."""

    low: int
    high: int


def share_words(share: Share) -> str:
    """A share as people read it: `12–14 %`, `10,8–12,9 %`."""
    whole = share.low % 10 == share.high % 10 == 0
    low, high = (f"{end // 10}" if whole else f"{end // 10},{end % 10}" for end in (share.low, share.high))
    return f"{low} %" if low == high else f"{low}–{high} %"


Cell = str | int | bool | Money | Share | tuple[str, ...] | None
"""A tuple of texts is the cell of a list column (goals, sources). `None` is empty."""


Written = str | Sequence["Written"] | Mapping[str, "Written"]
"""A record, or a value of one, as a ledger file says it: every scalar is a text."""


class Column(Struct, frozen=True):
    """`name` is the field's name for machines, `heading` what people read over it.

    `machine` columns appear in csv, json and exports only, `people` columns in tables only.
    """

    name: str
    type: Type = "text"
    heading: str = ""
    only: Literal["both", "machine", "people"] = "both"


class Row(Struct, frozen=True):
    """One row: `depth` places it in the tree of its section, `muted` shows it pale (not counted, not decided)."""

    cells: tuple[Cell, ...]
    depth: int = 0
    muted: bool = False
    section: str = ""


class Table(Struct, frozen=True):
    """Rows under one set of columns, in sections of one unit each; totals are rows too.

    `units` gives each section (the empty name for a table without sections) its display unit. `notes` are sentences
    that follow the table, `below` further tables shown under it and left out of csv. `name` is what a sheet, a file or
    a resource with this table is called, where a format has several. `drawn` names the money columns that a terminal
    with room for it draws as bars too. `ledger` is the whole ledger as its files would say it, by section, id and
    field, of an export that is all of it: for formats that hold more than tables.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...] = ()
    units: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    below: tuple["Table", ...] = ()
    currency: str = "SEK"
    name: str = ""
    drawn: tuple[str, ...] = ()
    ledger: Mapping[str, Written] = field(default_factory=dict)


def steering(character: str) -> bool:
    """Whether a character does something to a terminal or a page instead of standing there."""
    return unicodedata.category(character) in _STEERING


def safe(text: str) -> str:
    r"""The text with every steering character written out, as Python writes it: `\x1b`, `\u202e`."""
    return text if text.isprintable() else _UNCOMMON.sub(lambda found: _visible(found[0]), text)


def one_line(text: str) -> str:
    """Safe text on one line: line breaks and tabs are spaces, of which one is enough."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return safe(_SPACES.sub(" ", text).strip(" \u00a0\u2009\u202f"))


def _visible(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii") if steering(character) else character
