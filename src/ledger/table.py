"""The one table that views make and every format writes, and how a text from a file is made fit to be shown.

Of a spreadsheet, which may run a text as a formula or make a time, a date or another number of it, the guard goes by
type: only texts are guarded, for an apostrophe before a number makes a text of it. After OWASP's "CSV Injection"
(CWE-1236), and what LibreOffice and Excel make of cells such as `3:1`.
"""

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

SIGN = "'"
"""What is put before a text; a spreadsheet shows it, and a reader of our own files takes it away."""

_FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20\t\r\n"
"""What begins a formula: with its full-width forms, and the characters that may end a cell before one."""

_MONTH = (
    "jan(uari|uary)?|feb(ruari|ruary)?|mar(s|ch)?|apr(il)?|maj|may|june?|juni|july?|juli|aug(usti|ust)?|"
    "sept?(ember)?|okt(ober)?|oct(ober)?|nov(ember)?|dec(ember)?"
)
_MARKS = r"[\d\s.,:/%()+-]*+"
_MARKS_AND_A_DIGIT = rf"[\s.,:/%()+-]*+\d{_MARKS}"
_MISREAD = re.compile(
    rf"(?=\D*+\d){_MARKS}(?:{_MONTH})\b{_MARKS}|{_MARKS_AND_A_DIGIT}(?:(?:e|am|pm|fm|em)\b{_MARKS}|e[+-]?\d++)?",
    re.IGNORECASE | re.DOTALL,
)
"""Digits with the marks, and at most one of the words, that numbers, times and dates are written with.

None of it gives back what it took: a text of a thousand digits must not be tried in a million ways.
"""

_HARMLESS = re.compile(
    r"0|[1-9]\d{0,14}"  # the same number; of more digits a spreadsheet keeps only 15, and a leading zero it drops
    r"|[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3}){1,4}"  # the same number again, or a text
    r"|\d{4}-\d\d-\d\d"  # the same day; 2024-03 would be the first of March
    r"|\d{4,}-\d{4}",  # years from and to, organisation numbers: stay texts
    re.ASCII,
)

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


def guarded(text: str) -> str:
    """The text, with one apostrophe before it where a spreadsheet would make something else of it."""
    return SIGN + text if needs_guard(text) else text


def unguarded(text: str) -> str:
    """What was guarded: one apostrophe is taken from before a text that needs it."""
    return text[1:] if text.startswith(SIGN) and needs_guard(text[1:]) else text


def needs_guard(text: str) -> bool:
    """Whether the text is in danger; one that already has apostrophes gets another, so that one can be taken away."""
    bare = text.lstrip(SIGN)
    if bare and bare[0] in _FORMULA:
        return True
    bare = _without_lead(bare).rstrip()
    if not bare:
        return False
    return bare[0] in _FORMULA or bool(_MISREAD.fullmatch(bare) and not _HARMLESS.fullmatch(bare))


def _without_lead(text: str) -> str:
    """The text without the spaces and invisible characters before it, which a spreadsheet may pass over."""
    for at, character in enumerate(text):
        if not character.isspace() and unicodedata.category(character) not in ("Cc", "Cf"):
            return text[at:]
    return ""
