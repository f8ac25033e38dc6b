"""The flows of a year drawn: a Sankey diagram a level, wide and narrow, with the table behind it."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ledger.book import LEVEL_ORDER, Level
from ledger.money import add_up
from ledger.page.context import Edition, amount_of, behind, cites, grid, section
from ledger.page.figures import Scale, cell_markup, look_of, plain, scale_for
from ledger.page.flows import NO_APPROPRIATION, NO_RECIPIENT, NOT_DISTRIBUTED, Flow, Stop, flows_of, size, together
from ledger.page.markup import Markup, element, joined, jump
from ledger.page.sankey import Band, Node, sankey
from ledger.table import Money
from ledger.views._lines import recipient_name

_MOST = 14
"""So many nodes a column, the largest; the others become one."""

_OTHERS = "?others"
_OPEN = {NO_APPROPRIATION: "no-appropriation", NO_RECIPIENT: "no-recipient", NOT_DISTRIBUTED: "not-distributed"}
_WIDE, _NARROW = 1000, 330
"""Units of the two drawings: the narrow one has two columns, and is drawn once for each step of the way."""


class _Drawn(Struct, frozen=True):
    """What a diagram shows: its flows, and what its nodes are called."""

    level: Level
    flows: Sequence[Flow]
    names: Mapping[Stop, str]
    scale: Scale


def flow_pictures(edition: Edition) -> Markup:
    """A diagram a level."""
    found = flows_of(edition.book, edition.report.of_year)
    made = [_figure(edition, _drawn(edition, level, found[level])) for level in LEVEL_ORDER if level in found]
    lead = " ".join(edition.words[key] for key in ("flows-lead", *(["flows-two"] if len(made) > 1 else [])))
    return section(edition, "flows", *made, lead=lead) if made else Markup("")


def _drawn(edition: Edition, level: Level, flows: Sequence[Flow]) -> _Drawn:
    every = together(flows)
    kept, folded = _kept(every)
    shown = [
        replace(
            flow,
            source=flow.source if flow.source in kept else (flow.source[0], _OTHERS),
            target=flow.target if flow.target in kept else (flow.target[0], _OTHERS),
        )
        for flow in every
    ]
    shown = together(shown)
    stops = dict.fromkeys(stop for flow in shown for stop in (flow.source, flow.target))
    names = {stop: _name(edition, stop, folded.get(stop[0], 0)) for stop in stops}
    cells = [Money(flow.amount, "sum") for flow in shown]
    return _Drawn(level, shown, names, scale_for(cells, edition.report.unit, edition.book.currency))


def _kept(flows: Sequence[Flow]) -> tuple[set[Stop], dict[int, int]]:
    """The nodes that are drawn by themselves, and how many of each column are not."""
    sizes: dict[Stop, int] = {}
    for flow in flows:
        for stop in (flow.source, flow.target):
            sizes[stop] = sizes.get(stop, 0) + size(flow.amount)
    kept: set[Stop] = set()
    folded: dict[int, int] = {}
    for column in sorted({column for column, _ in sizes}):
        stops = sorted((one for one in sizes if one[0] == column), key=lambda one: (one[1] not in _OPEN, -sizes[one]))
        most = len(stops) if len(stops) <= _MOST + 1 else _MOST
        kept.update(stops[:most])
        folded[column] = len(stops) - most
    return kept, folded


def _name(edition: Edition, stop: Stop, folded: int) -> str:
    words, (column, what) = edition.words, stop
    if what == _OTHERS:
        return words("others" if column else "other-appropriations", folded)
    if what in _OPEN:
        return words[_OPEN[what]]
    if column:
        return recipient_name(edition.book, what)
    titles = (line.title for line in edition.report.of_year if line.full_code == what and line.kind == "appropriation")
    return f"{what} {next(titles, '')}".strip()


def _figure(edition: Edition, drawn: _Drawn) -> Markup:
    words = edition.words
    title = words[f"flow-{drawn.level}"]
    largest = max(drawn.flows, key=lambda flow: size(flow.amount))
    told = _arrow(edition, drawn, largest)
    description = words("flow-desc", words.counted(len(drawn.flows), "flow-count"), told)
    anchor = f"f{LEVEL_ORDER.index(drawn.level)}"
    wide = _diagram(edition, drawn, drawn.flows, (anchor, title, description), wide=True)
    columns = sorted({flow.source[0] for flow in drawn.flows})
    narrow = [
        _diagram(
            edition,
            drawn,
            [flow for flow in drawn.flows if flow.source[0] == column],
            (f"{anchor}-{column}", title, description),
            wide=False,
        )
        for column in columns
    ]
    less = any(flow.amount and size(flow.amount) == 0 for flow in drawn.flows)
    note = element("p", words["negative-flow"], class_="who") if less else None
    return element("figure", element("h3", title), wide, *narrow, note, behind(edition, _table(edition, drawn, anchor)))


def _diagram(
    edition: Edition, drawn: _Drawn, flows: Sequence[Flow], texts: tuple[str, str, str], *, wide: bool
) -> Markup:
    anchor, title, description = texts
    flows = [flow for flow in flows if flow.amount is None or size(flow.amount) > 0]
    nodes = _nodes(edition, drawn, flows)
    bands = [
        Band(
            _key(flow.source),
            _key(flow.target),
            size(flow.amount),
            look_of(flow.amount),
            _arrow(edition, drawn, flow),
        )
        for flow in flows
    ]
    if not bands:
        return Markup("")
    width, class_ = (_WIDE, "wide") if wide else (_NARROW, "narrow")
    return sankey(anchor, (title, description), nodes, bands, width=width, class_=class_)


def _key(stop: Stop) -> str:
    return f"{stop[0]} {stop[1]}"


def _nodes(edition: Edition, drawn: _Drawn, flows: Sequence[Flow]) -> list[Node]:
    """The nodes of some flows, the largest first and what is not known last, each with what goes through it."""
    come: dict[Stop, list[Flow]] = {}
    go: dict[Stop, list[Flow]] = {}
    for flow in drawn.flows:
        come.setdefault(flow.target, []).append(flow)
        go.setdefault(flow.source, []).append(flow)
    stops = list(dict.fromkeys(stop for flow in flows for stop in (flow.source, flow.target)))
    through = {stop: come.get(stop) or go[stop] for stop in stops}
    sizes = {stop: sum(size(flow.amount) for flow in some) for stop, some in through.items()}
    stops.sort(key=lambda stop: (stop[0], stop[1].startswith("?"), -sizes[stop]))
    place: dict[Stop, int] = {}
    for column in sorted({stop[0] for stop in stops}):
        there = [stop for stop in stops if stop[0] == column]
        if place:
            there.sort(key=lambda stop: _middle(come.get(stop, ()), place))
        place.update((stop, number) for number, stop in enumerate(there))
    stops.sort(key=lambda stop: (stop[0], place[stop]))
    return [
        Node(_key(stop), stop[0], drawn.names[stop], _through(edition, drawn, through[stop]), stop[1] in _OPEN)
        for stop in stops
    ]


def _middle(flows: Sequence[Flow], place: Mapping[Stop, int]) -> int:
    """Where the money of a node comes from, on the whole, in per mille of a place: bands then cross less."""
    weight = sum(max(size(flow.amount), 1) for flow in flows)
    return 1000 * sum(place[flow.source] * max(size(flow.amount), 1) for flow in flows) // max(weight, 1)


def _through(edition: Edition, drawn: _Drawn, flows: Sequence[Flow]) -> str:
    known = [flow.amount for flow in flows if flow.amount]
    amount = known[0] if len(known) == 1 else add_up(known) if known else None
    return plain(Money(amount, "sum"), drawn.scale, edition.words)


def _arrow(edition: Edition, drawn: _Drawn, flow: Flow) -> str:
    amount = plain(Money(flow.amount, "sum"), drawn.scale, edition.words)
    return edition.words("flow-arrow", drawn.names[flow.source], drawn.names[flow.target], amount)


def _table(edition: Edition, drawn: _Drawn, anchor: str) -> Markup:
    words = edition.words
    rows = []
    for flow in drawn.flows:
        cell = Money(flow.amount, "sum")
        alone = len(flow.lines) == 1
        amount = (
            amount_of(edition, flow.lines[0], cell, drawn.scale, unit=True)
            if alone
            else cell_markup(cell, drawn.scale, words, unit=True)
        )
        lines = [edition.book.lines[line] for line in flow.lines]
        named = joined(*(jump(f"l-{line.id}", line.title) for line in lines[:5]), by=", ") if not alone else None
        sources = cites(edition, dict.fromkeys(source for line in lines[:5] for source in line.sources))
        rows.append((drawn.names[flow.source], drawn.names[flow.target], amount, named, sources))
    head = [words["from"], words["to"], words["amount"], words["line"], words["sources-short"]]
    return grid(anchor, words("table-of", words[f"flow-{drawn.level}"]), head, rows, right=(2,))
