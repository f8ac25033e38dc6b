"""Letters in one spelling: documents are read in NFC, and places point into the text as it was given.

PDFs and macOS store an accent behind its letter (NFD): `högst` then has six characters.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar
from unicodedata import category, is_normalized, normalize

from msgspec import Struct
from msgspec.structs import replace

from ledger.diagnostic import Place

T = TypeVar("T")
_JAMO = "\u1160", "\u11ff"
"""Vowels and final consonants of Hangul, which join the consonant before them."""


def letters(text: str) -> Iterator[tuple[int, int, str]]:
    """Each character of the text with the marks behind it: where it begins and ends as it is, and itself in NFC."""
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not (category(text[at])[0] == "M" or _JAMO[0] <= text[at] <= _JAMO[1]):
            yield begin, at, normalize("NFC", text[begin:at])
            begin = at


def read_composed(text: str, read: Callable[[str], T]) -> T:
    """What `read` makes of the text in NFC, every place in it turned to the text as it was given."""
    if is_normalized("NFC", text):
        return read(text)
    lines = text.split("\n")

    def as_given(place: Place) -> Place:
        line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
        return place._replace(column=_given(line, place.column), end_column=_given(line, place.end_column))

    moved: T = _moved(read(normalize("NFC", text)), as_given)
    return moved


def _given(line: str, column: int) -> int:
    """The column, from 1, in a line as it is, of one in that line in NFC."""
    if line.isascii():
        return column
    composed = 1
    for begin, _, letter in letters(line):
        if column <= composed:
            return begin + 1
        composed += len(letter)
    return len(line) + 1 + column - composed


def _moved(value: Any, change: Callable[[Place], Place]) -> Any:
    """A value with every place in it changed."""
    if isinstance(value, Place):
        return change(value)
    if isinstance(value, Struct):
        return replace(value, **{name: _moved(getattr(value, name), change) for name in value.__struct_fields__})
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_moved(one, change) for one in value)
    if isinstance(value, Mapping):
        return {key: _moved(one, change) for key, one in value.items()}
    return value
