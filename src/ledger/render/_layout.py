"""How a section is laid out on a terminal of some width: as a table, with bars where there is room, or as cards."""

from collections.abc import Iterator

from ledger.render._bar_column import pictured, pictures
from ledger.render._cards import cards, too_long
from ledger.render._cell_text import Block
from ledger.render._column_widths import GAP, Fitted, Line, fitted, lines, natural_width
from ledger.render._narrow_columns import folded
from ledger.render._tree import Branches

_ROOMY = 100
"""The columns of a terminal from which texts give way to bars."""

_SHORTEST, _LONGEST = 12, 40
"""The columns of a bar that still says something, and those from which a longer one says no more."""


def laid_out(block: Block, room: int, branches: Branches) -> Iterator[Line]:
    """The section with its figures drawn, if it can be; else as the table, or the cards, that break fewest words."""
    drawn = _drawn(block, room, branches)
    if drawn and drawn.whole:
        return lines(drawn)
    tables = [fitted(one, room, branches) for one in (block, folded(block)) if one]
    best = min(tables, key=lambda table: (table.beyond, table.broken))
    if best.beyond or best.broken > too_long(block, room):
        return cards(block, room, branches)
    return lines(best)


def _drawn(block: Block, room: int, branches: Branches) -> Fitted | None:
    count = pictures(block)
    if not count:
        return None
    left = room - natural_width(block, branches)
    longest = min(left // count - len(GAP), _LONGEST)
    if longest < _SHORTEST:
        longest = room // 8 if room >= _ROOMY else 0
    return fitted(pictured(block, longest), room, branches) if longest else None
