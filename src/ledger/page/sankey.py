"""A Sankey diagram as inline SVG: nodes in columns, bands as wide as their amounts. Lengths are whole pixels."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from ledger.page.figures import Look
from ledger.page.markup import Child, Markup, element
from ledger.page.pictures import picture, wrapped

_NODE = 10
"""The width of a node."""

_LINE, _BETWEEN = 16, 14
"""The height of a line of words, and the room between nodes."""

_LEAST, _EACH, _MOST = 100, 26, 340
"""The height of the fullest column's amounts: at the least, with each of its nodes, and at the most."""


class Node(Struct, frozen=True):
    """A node by its key, its column, its words, and what is said of its amount."""

    key: str
    column: int
    words: str
    amount: str
    open: bool = False
    """Whether it stands for what is not known: no appropriation, no recipient, not distributed."""


class Band(Struct, frozen=True):
    """Money from a node to one in the next column: its size in öre, none when it is not stated."""

    source: str
    target: str
    size: int
    look: Look
    words: str


class _Placed(Struct, frozen=True):
    node: Node
    x: int
    top: int
    height: int
    lines: tuple[str, ...]


def sankey(
    name: str, texts: tuple[str, str], nodes: Sequence[Node], bands: Sequence[Band], *, width: int, class_: str
) -> Markup:
    """The diagram of nodes and the bands between them; `texts` are its title and what it shows."""
    columns = sorted({node.column for node in nodes})
    room = width * 3 // 10 if len(columns) > 2 or width > 500 else width // 2
    step = (width - room) // (len(columns) - 1)
    sizes = _sizes(nodes, bands)
    tallest = min(_LEAST + _EACH * max(Counter(node.column for node in nodes).values()), _MOST)
    fullest = max(sum(sizes[node.key] for node in nodes if node.column == column) for column in columns)
    placed: dict[str, _Placed] = {}
    bottom = 0
    for index, column in enumerate(columns):
        top = 2
        for node in nodes:
            if node.column == column:
                height = max(tallest * sizes[node.key] // max(fullest, 1), 2)
                lines = wrapped(node.words, (min(step, width - index * step) - _NODE - 14) // 7)
                placed[node.key] = _Placed(node, index * step, top, height, lines)
                top += max(height, _LINE * (len(lines) + 1)) + _BETWEEN
        bottom = max(bottom, top)
    drawn = [*_bands(bands, placed, sizes), *(_node(one) for one in placed.values())]
    return picture(name, *texts, drawn, viewBox=f"0 0 {width} {bottom}", class_=f"sankey {class_}")


def _sizes(nodes: Sequence[Node], bands: Sequence[Band]) -> dict[str, int]:
    """What goes into a node or out of it, whichever is more."""
    come = dict.fromkeys((node.key for node in nodes), 0)
    go = dict(come)
    for band in bands:
        go[band.source] += band.size
        come[band.target] += band.size
    return {key: max(come[key], go[key]) for key in come}


def _bands(bands: Sequence[Band], placed: Mapping[str, _Placed], sizes: Mapping[str, int]) -> list[Markup]:
    """Each band from where the one before it left its source to where the one before it met its target."""
    left: dict[str, int] = {}
    met: dict[str, int] = {}
    drawn = []
    order = {key: number for number, key in enumerate(placed)}
    for band in sorted(bands, key=lambda one: (order[one.source], order[one.target])):
        source, target = placed[band.source], placed[band.target]
        starts, ends = (
            (one.top + one.height * before.get(one.node.key, 0) // max(sizes[one.node.key], 1))
            for one, before in ((source, left), (target, met))
        )
        left[band.source] = left.get(band.source, 0) + band.size
        met[band.target] = met.get(band.target, 0) + band.size
        drawn.append(_band(band, (source.x + _NODE, starts), (target.x, ends), _thick(band, source, sizes)))
    return drawn


def _thick(band: Band, source: _Placed, sizes: Mapping[str, int]) -> int:
    return max(source.height * band.size // max(sizes[source.node.key], 1), 1)


def _band(band: Band, start: tuple[int, int], end: tuple[int, int], thick: int) -> Markup:
    (x, y), (to_x, to_y) = start, end
    middle = (x + to_x) // 2
    title = element("title", band.words)
    if band.look == "unknown":
        curve = f"M{x} {y + 1}C{middle} {y + 1} {middle} {to_y + 1} {to_x} {to_y + 1}"
        return element("path", title, d=curve, class_="unstated")
    there = f"M{x} {y}C{middle} {y} {middle} {to_y} {to_x} {to_y}"
    back = f"V{to_y + thick}C{middle} {to_y + thick} {middle} {y + thick} {x} {y + thick}Z"
    return element("path", title, d=there + back, class_="band" if band.look == "exact" else "band may")


def _node(placed: _Placed) -> Markup:
    node = placed.node
    box = element(
        "rect", x=placed.x, y=placed.top, width=_NODE, height=placed.height, class_="open" if node.open else "node"
    )
    at = placed.x + _NODE + 6
    lines: list[Child] = [
        element("tspan", line, x=at, dy=_LINE if index else 0) for index, line in enumerate(placed.lines)
    ]
    amount = element("tspan", node.amount, x=at, dy=_LINE, class_="quiet")
    return element("g", box, element("text", *lines, amount, x=at, y=placed.top + 12))
