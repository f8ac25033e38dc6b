"""Appropriation letters (regleringsbrev) of statsliggaren, as text or HTML → a tree and a statement.

`read_letter` gives the tree: appropriation → agency → item → sub-item, each with its figure and place.
"""

from ledger.statements._statement import Refused, Statement, refused
from ledger.statements.letter.reading import read_letter
from ledger.statements.letter.rows import DISPOSED, ITEM
from ledger.statements.letter.stating import statement_of
from ledger.statements.letter.tree import SOURCE_KINDS, Appropriation, Condition, Item, Letter, Share

__all__ = [
    "SOURCE_KINDS",
    "Appropriation",
    "Condition",
    "Item",
    "Letter",
    "Share",
    "read",
    "read_letter",
    "recognises",
    "statement_of",
]

SURE, PERHAPS = 3, 2
_LONGEST = 8_000_000
"""Characters of a letter: the longest that is known of has a tenth, its HTML included."""

_LOOKED_AT = 2_000_000
"""Characters in which a letter shows what it is: an outcome file may have a hundred times as many."""


def recognises(text: str) -> int:
    """A text with rows of a letter's table, or that calls itself a letter."""
    text = text[:_LOOKED_AT]
    rows = DISPOSED.search(text) or ITEM.search(text)
    named = "regleringsbrev" in text.casefold()
    return (SURE if named else PERHAPS) if rows else (PERHAPS if named else 0)


def read(text: str, path: str, unit: str | None) -> Statement | Refused:
    """The letter as rows; `unit` is that of figures without one, else tkr."""
    if len(text) > _LONGEST:
        return (refused(path, f"a letter of more than {_LONGEST} characters"),)
    letter = read_letter(text, path, unit)
    return statement_of(letter) if isinstance(letter, Letter) else letter
