"""A section with fewer columns: a text under the one before it, a sign beside the figure before it."""

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from ledger.render._cell_text import Block, Shown, right_aligned
from ledger.render._escape import left, width

_SIGN = 1
"""How wide a column of signs is, with its heading: it needs no line of its own, and is no text to fold."""


def folded(block: Block) -> Block | None:
    """The section with its last column of text under the one before it; `None` where there are not two."""
    texts = [at for at, one in enumerate(block.columns) if not right_aligned(one) and not _is_sign(block, at)]
    if len(texts) < 2:
        return None
    upper, lower = texts[-2:]
    names = [block.columns[at].heading or block.columns[at].name for at in (upper, lower)]
    joined = _joined(block, upper, lower, _over)
    columns = list(joined.columns)
    columns[upper] = replace(columns[upper], heading=" / ".join(names))
    return replace(joined, columns=tuple(columns))


def _over(upper: Shown, lower: Shown) -> Shown:
    return replace(upper, after=lower.text)


def signed(block: Block) -> Block:
    """The section with every sign that stands in a column of its own as a mark of the figure before it."""
    for at in reversed(range(1, len(block.columns))):
        if _is_sign(block, at) and right_aligned(block.columns[at - 1]):
            marks = max(width(cells[at - 1].mark) for _, cells in (*block.rows, *block.totals))
            block = _joined(block, at - 1, at, partial(_marked, marks))
    return block


def _marked(marks: int, figure: Shown, sign: Shown) -> Shown:
    return replace(figure, mark=f"{left(figure.mark, marks)} {sign.text}") if sign.text else figure


def _is_sign(block: Block, at: int) -> bool:
    texts = (block.columns[at].heading or block.columns[at].name, *(cells[at].text for _, cells in block.rows))
    return at > 0 and not right_aligned(block.columns[at]) and max(map(width, texts)) <= _SIGN


def _joined(block: Block, at: int, other: int, join: Callable[[Shown, Shown], Shown]) -> Block:
    """The section without its column `other`, whose cells are joined to those of a column before it."""

    def cells(old: tuple[Shown, ...]) -> tuple[Shown, ...]:
        return (*old[:at], join(old[at], old[other]), *old[at + 1 : other], *old[other + 1 :])

    return replace(
        block,
        columns=(*block.columns[:other], *block.columns[other + 1 :]),
        rows=tuple((row, cells(old)) for row, old in block.rows),
        totals=tuple((row, cells(old)) for row, old in block.totals),
    )
