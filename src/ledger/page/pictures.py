"""Pictures as inline SVG: bars under their words, which keep their size of text at every width of the page.

Positions are per mille of the picture's width and whole pixels of its height: no float is needed. What is exact is
filled, what may or may not be there is hatched, what is not stated is an empty dashed box.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from ledger.money import Amount
from ledger.page.figures import Look
from ledger.page.markup import Child, Markup, element, joined

FULL = 1000
"""The whole width, in per mille."""

_LINE, _BAR, _BELOW = 16, 10, 13
"""Heights in pixels: a line of words, a bar, the room below it."""

SLIM, WIDE = 31, 44
"""So many characters are sure to have room beside one another in the narrowest picture of each kind."""


class Bar(Struct, frozen=True):
    """A row: its words left and right, a remark below them, and what is drawn, in öre.

    From `start` to `low` is filled, from `low` to `high` hatched; `open` says that there is no upper limit, `partial`
    that it is only what is stated of a total that is not. An amount that is not stated has the look `unknown`. `joins`
    draws a thread down to the next row, from the end of this one; a `gap` has words and no bar.
    """

    words: str
    value: str = ""
    remark: str = ""
    start: int = 0
    low: int = 0
    high: int = 0
    open: bool = False
    partial: bool = False
    look: Look = "exact"
    joins: bool = False
    strong: bool = False
    gap: bool = False


def bar_of(words: str, said: tuple[str, str], amount: Amount | None, *, strong: bool = False) -> Bar:
    """The bar of an amount from zero on; `said` is the amount in words, and what is said after it."""
    if amount is None:
        return Bar(words, *said, look="unknown", strong=strong)
    low, high = amount.interval.low, amount.interval.high
    least = low if low is not None else min(high or 0, 0)
    most = high if high is not None else least
    look: Look = "exact" if amount.exact else "about"
    return Bar(words, *said, 0, least, most, high is None, look=look, strong=strong)


def bars(name: str, title: str, description: str, rows: Sequence[Bar], columns: int = WIDE) -> Markup:
    """A picture of bars one under another, on one scale; `name` makes its ids unlike those of other pictures."""
    least = min((min(row.start, row.low, 0) for row in rows), default=0)
    most = max((max(row.start, row.low, row.high) for row in rows), default=0)
    if any(row.open for row in rows):
        most += (most - least) // 8  # what has no upper limit goes on to the edge
    span = max(most - least, 1)
    drawn: list[Markup] = []
    top = 0
    for at, row in enumerate(rows):
        words = _words(row, columns)
        bar = top + _LINE * len(words) + 3
        drawn.append(_told(row, words, top))
        if row.gap:
            top = bar + _BELOW // 2
            continue
        drawn.extend(_drawn(row, bar, least, span))
        top = bar + _BAR + _BELOW
        if row.joins:
            end = _percent(min(_at(row.low, least, span), FULL))
            below = top + _LINE * len(_words(rows[at + 1], columns)) + 3 + _BAR
            drawn.append(element("line", x1=end, x2=end, y1=bar, y2=below, class_="thread"))
    return picture(name, title, description, drawn, width="100%", height=max(top, 1))


def picture(name: str, title: str, description: str, drawn: Iterable[Child], **attributes: Child) -> Markup:
    """An SVG that is one image to a screen reader, with its title and what it shows."""
    return element(
        "svg",
        element("title", title, id=f"{name}-t"),
        element("desc", description, id=f"{name}-d"),
        *drawn,
        role="img",
        aria_labelledby=f"{name}-t",
        aria_describedby=f"{name}-d",
        **attributes,
    )


def _words(row: Bar, columns: int) -> list[tuple[str, str, str]]:
    """The words of a row line by line: what stands left, what stands right, and how they look."""
    if row.gap:
        return [(line, "", "quiet") for line in wrapped(row.words, columns)]
    look = "strong" if row.strong else ""
    beside = len(row.words) + len(row.value) <= columns
    value = () if beside else wrapped(row.value, columns)
    remark = wrapped(row.remark, columns) if row.remark else ()
    return [
        (row.words, row.value if beside else "", look),
        *(("", line, look) for line in value),
        *(("", line, "quiet") for line in remark),
    ]


def _told(row: Bar, words: Sequence[tuple[str, str, str]], top: int) -> Markup:
    """The words of a row; of a gap, with the stroke that makes it one."""
    parts: list[Child] = []
    if row.gap:
        parts.append(element("line", x1="0", x2="100%", y1=top, y2=top, class_="gap"))
    for at, (left, right, look) in enumerate(words):
        y = top + _LINE * at + 13
        if left:
            parts.append(element("text", left, x=0, y=y, class_=look or None))
        if right:
            parts.append(element("text", right, x="100%", y=y, class_=f"end {look}".strip()))
    return joined(*parts)


def wrapped(words: str, columns: int) -> tuple[str, ...]:
    """The words on lines of about so many characters; a longer word is broken."""
    lines = [""]
    for word in words.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > columns:
            lines.append("")
        rest = f"{lines[-1]} {word}".strip(" ")
        while len(rest) > columns:
            lines[-1] = rest[: columns - 1] + "-"
            lines.append("")
            rest = rest[columns - 1 :]
        lines[-1] = rest
    return tuple(lines)


def _drawn(row: Bar, y: int, least: int, span: int) -> Iterable[Markup]:
    zero = _at(0, least, span)
    if row.look == "unknown":
        yield _box(y, _at(row.start, least, span), FULL // 4, "none")
    elif row.partial:
        yield _box(y, zero, max(_at(row.low, least, span) - zero, 2), "none")
    else:
        yield from _filled(row, y, least, span)


def _filled(row: Bar, y: int, least: int, span: int) -> Iterable[Markup]:
    start, low, high = (_at(value, least, span) for value in (row.start, row.low, row.high))
    if low != start or row.look == "exact":
        falls = row.low < row.start
        yield _box(y, min(start, low), max(abs(low - start), 2), "less" if falls else "full")
    if row.open:
        yield _box(y, low, FULL - low, "open")
    elif high > low:
        yield _box(y, low, max(high - low, 4), "may")


def _box(y: int, start: int, width: int, class_: str) -> Markup:
    return element("rect", x=_percent(start), y=y, width=_percent(width), height=_BAR, class_=class_)


def _at(value: int, least: int, span: int) -> int:
    return (2 * FULL * (value - least) + span) // (2 * span)


def _percent(per_mille: int) -> str:
    whole, rest = divmod(per_mille, 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"


def patterns() -> Markup:
    """The hatching that all pictures share, in an SVG of no size."""
    ground = element("rect", width=6, height=6, class_="ground")
    stripe = element("rect", width=3, height=6, class_="stripe")
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    hatch = element("pattern", ground, stripe, id="hatch", width=6, height=6, **turned)
    return element("svg", element("defs", hatch), width=0, height=0, aria_hidden="true", class_="defs")


def key(class_: str) -> Markup:
    """A small sample of a look, for the legend."""
    return element("svg", _box(2, 0, FULL, class_), width=36, height=14, aria_hidden="true", class_="key")
