"""Small ledgers in tests: their text in short form, and figures in a form that can be compared at a glance."""

import re
from collections.abc import Mapping

from hypothesis import strategies as st

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


_AMOUNTS = ["0 kr", "5 kr", "-3 kr", "drygt 7 kr", "knappt 4 kr", "minst 2 kr", "högst 6 kr", "3–9 kr"]
_DECIDED = ["2023-05", "2024-03-01", "2024-06", "2024-09-09"]
_IDS = ["a", "a/p", "a/q", "b", "b/p", "b/p/p", "c", "nowhere"]


@st.composite
def wild_ledgers(draw: st.DrawFn) -> str:
    """Lines that refer to one another in any way, consistent or not, in rings or to nothing."""
    return "\n".join(f"  {name}: {{{_wild_line(draw, name, 0)}}}" for name in ("a", "b", "c"))


def _wild_line(draw: st.DrawFn, name: str, depth: int) -> str:
    fields = ["title: T", f"kind: {draw(st.sampled_from(['assignment', 'grant', 'item']))}"]
    if depth == 0:
        fields += [f"year: {draw(st.sampled_from(['2023', '2024', '2023-2024']))}"]
        fields += [f"of: {one}" for one in draw(st.lists(st.sampled_from(_IDS), max_size=1))]
    for field, choices in (("decided", _DECIDED), ("base", _AMOUNTS), ("total", _AMOUNTS), ("outcome", _AMOUNTS)):
        fields += [f"{field}: {one}" for one in draw(st.lists(st.sampled_from(choices), max_size=1))]
    fields += draw(st.sampled_from([[], [], ["counted: no"], ["parts_are: partial"], ["parts_are: complete"]]))
    top_ups = draw(st.lists(_wild_top_ups(), max_size=2))
    fields += [f"top_ups: [{', '.join(top_ups)}]"] if top_ups else []
    inner = [part for part in ("p", "q") if depth < 2 and draw(st.booleans())]
    parts = ", ".join(f"{part}: {{{_wild_line(draw, f'{name}/{part}', depth + 1)}}}" for part in inner)
    return ", ".join([*fields, *([f"parts: {{{parts}}}"] if parts else [])])


@st.composite
def _wild_top_ups(draw: st.DrawFn) -> str:
    what = draw(
        st.sampled_from(["note: later", *(f"amount: {one}" for one in _AMOUNTS), *(f"line: {one}" for one in _IDS)])
    )
    return f"{{{what}{draw(st.sampled_from(['', *(f', decided: {one}' for one in _DECIDED)]))}}}"
