"""Files in the plainest of styles, read without a YAML parser: a key and a text to a line, nested by indentation.

`ledger import` writes so, and most long files are so. A file is taken only when every line of it is of that kind, so
that YAML reads nothing else in it. Any other file, and every fault, is for the one full reader; a test compares them.
"""

import re
from unicodedata import is_normalized

from ledger.reading.yaml.nodes import Map, Seq

_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
_LINE = re.compile(
    rf"^(?:( *)(- )?([^\W_][\w.-]{{0,99}}):(?: ([\w(][^{_CONTROL}#\"'?|>\[\]{{}}`]*))?|(?: *#[^{_CONTROL}]*)?)$",
    re.MULTILINE,
)
"""A line: its indentation, the dash of a list, a key, and a text that begins with a letter or digit; or a comment."""

Opened = list[tuple[int, Map | Seq]]
"""The mappings and lists that a line may go on with, each with its column, outermost first."""

_DEEPEST = 20
"""Mappings and lists inside one another; a file with more is left to the full reader."""


def plain(text: str) -> Map | None:
    """The top mapping of a file in plain style; nothing, of any other file."""
    if not is_normalized("NFC", text):
        return None
    rows: list[tuple[str, str, str, str]] = _LINE.findall(text)
    if len(rows) != text.count("\n") + 1:
        return None
    holder = root = Map()
    opened: Opened = [(0, root)]
    waiting = ""
    for number, (indent, dash, key, value) in enumerate(rows, 1):
        if not key:
            continue
        column = len(indent)
        if waiting or dash or column != opened[-1][0]:
            found = _place(opened, waiting, number, column, dash)
            if found is None:
                return None
            column, holder = found
        if key in holder or ": " in value or value[-1:] in (" ", ":"):
            return None
        start = column + len(key)
        holder.keys_at[key] = (number, column + 1, start + 1)
        if value:
            holder[key] = value
            holder.values_at[key] = (number, start + 3, start + 3 + len(value))
        waiting = "" if value else key
    return None if waiting or not root else root


def _place(opened: Opened, waiting: str, number: int, column: int, dash: str) -> tuple[int, Map] | None:
    """The mapping that the key of a line stands in, and its column; nothing when the line has no clear place.

    `waiting` is the key without a text on the line before, which this line must then stand under.
    """
    if waiting:
        outer, holder = opened[-1]
        if column <= outer or len(opened) >= _DEEPEST or not isinstance(holder, Map):
            return None
        holder[waiting] = inner = Seq() if dash else Map()
        holder.values_at[waiting] = holder.keys_at[waiting]
        opened.append((column, inner))
    while opened[-1][0] > column:
        opened.pop()
    at, place = opened[-1]
    if dash and at == column and isinstance(place, Seq):
        column += 2
        member = Map()
        place.append(member)
        place.values_at.append((number, column + 1, column + 2))
        opened.append((column, member))
        return column, member
    return None if dash or at != column or not isinstance(place, Map) else (column, place)
