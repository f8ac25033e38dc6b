"""What YAML has and a ledger file may not hold, and what is said of it: no figure may stand elsewhere than it is read.

Duplicate keys, anchors, aliases, merge keys, tags, keys that are no text, second documents, deep nesting. Characters
are refused in `decoding.py`, what YAML 1.2 reads otherwise than the parser in `strictness.py`.
"""

from ledger.book import SAME_LETTERS
from ledger.reading.yaml.decoding import quoted

DEEPEST = 50
"""Mappings and lists inside one another."""

TOO_DEEP = f"nested more than {DEEPEST} deep: nothing of this file is read"
SECOND_DOCUMENT = "a second document: a ledger file holds one; split it into two files"
MERGE_KEY = "a merge key: write the fields out, so that every figure stands in its place"
KEY_THAT_IS_NO_TEXT = "a key that is not a text"
EMPTY_KEY = "an empty key"


def alias(name: str | None) -> str:
    """What is said of an alias."""
    return f"alias {quoted(f'*{name}')}: write the value out, so that every figure stands in its place"


def anchor_or_tag(anchor: str | None, tag: str | None) -> str:
    """What is said of the anchor of a value, else of its tag."""
    if anchor is not None:
        return f"anchor {quoted(f'&{anchor}')}: write the value out where it is used"
    written = quoted((tag or "").replace("tag:yaml.org,2002:", "!!"))
    return f"tag {written}: a ledger is plain text, write the value without a tag"


def duplicate_key(key: str, first_line: int, *, same_spelling: bool) -> tuple[str, str]:
    """The check and message of a key that is there already; in two spellings it is an id, as no field has an accent."""
    message = f"{quoted(key)} stands twice here, first on line {first_line}: only one can hold"
    return ("duplicate-key", message) if same_spelling else ("duplicate-id", f"{message} ({SAME_LETTERS})")
