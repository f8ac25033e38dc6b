"""Small ledgers in tests: their text in short form, and figures in a form that can be compared at a glance."""

import re
from collections.abc import Mapping

from ledger.book import Book, Value, Values
from ledger.money import Interval, plain_kronor
from ledger.reading import load_text

SHORT = {
    "LINE": "title: T, kind: assignment, year: 2024, unit: kr",
    "ITEM": "title: T, kind: item, year: 2024, unit: kr",
    "PART": "title: T, kind: assignment",
    "GRANT": "title: T, kind: grant",
}
"""What a word in capitals stands for, so that a test shows only what it is about."""

_WORDS = re.compile(r"\b(" + "|".join(SHORT) + r")\b")
_MARK = re.compile(r"#: (.*)$")


def book_of(text: str) -> Book:
    """The book of a text in short form, which must be free of faults; without a top-level key, its allocations."""
    if not re.search(r"^allocations:", text, re.MULTILINE):
        text = f"allocations:\n{text}"
    loaded = load_text(_WORDS.sub(lambda word: SHORT[word[0]], text))
    assert not loaded.faults, loaded.faults
    return loaded.book


def marks(text: str, book: Book) -> dict[str, str]:
    """What stands behind `#:` in each line of the text, by the id of the first ledger line that begins there."""
    offset = 1 if re.search(r"^allocations:", text, re.MULTILINE) else 2
    found = {number: mark[1] for number, words in enumerate(text.split("\n"), offset) if (mark := _MARK.search(words))}
    placed: dict[int, str] = {}
    for line in book.lines.values():
        placed.setdefault(line.at().line, line.id)
    return {placed[number]: mark for number, mark in found.items()}


def limits(interval: Interval) -> str:
    """`5`, `[5, 6)`, `[0, ∞)`: in kronor, a round bracket where the limit is not included."""
    if interval.exact and interval.low is not None:
        return plain_kronor(interval.low)
    low = "(-∞" if interval.low is None else f"{'(' if interval.low_open else '['}{plain_kronor(interval.low)}"
    high = "∞)" if interval.high is None else f"{plain_kronor(interval.high)}{')' if interval.high_open else ']'}"
    return f"{low}, {high}"


def shown(value: Value | None) -> str:
    """`5` as stated, `5*` when worked out, `?` when not known."""
    if value is None:
        return "?"
    return limits(value.amount.interval) + ("*" if value.how == "derived" else "")


def equation(values: Values) -> str:
    """`22* + 1.50 = 23.50`; what a line counts with instead of a total follows in brackets."""
    counting = f" ({shown(values.counting)}, {values.partial})" if values.partial and values.counting else ""
    return f"{shown(values.base)} + {shown(values.top_ups)} = {shown(values.total)}{counting}"


def equations(book: Book, of: Mapping[str, object]) -> dict[str, str]:
    """The equations of those lines; `gone` of one that is not in the book."""
    return {line: equation(book.value(line)) if line in book.lines else "gone" for line in of}
