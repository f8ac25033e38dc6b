"""What changed in the year: base, each top-up with its date, and the total, of every line that has top-ups."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ledger.book import Line, TopUp, Value, last_day, top_up_amounts, top_up_from
from ledger.money import Amount
from ledger.page.context import Edition, amount_of, behind, cites, grid, is_partial, label, name, section
from ledger.page.figures import Scale, plain, plain_parts, scale_for
from ledger.page.markup import Markup, element, jump
from ledger.page.pictures import Bar, bar_of, bars
from ledger.table import Money
from ledger.views._lines import money, recipient_name

_MOST = 24
"""So many are drawn, the largest; more would be a wall of pictures."""

Step = tuple[str, Money, tuple[str, ...]]
"""What it is called, what it comes to, and the sources of its own."""


def topped_up(edition: Edition) -> list[Line]:
    """The lines of the year with top-ups, those with the largest ones first."""
    lines = [line for line in edition.report.of_year if line.top_ups]
    return sorted(lines, key=lambda line: -_size(edition, line))


def waterfalls(edition: Edition) -> Markup:
    """A picture a line, with its table behind it."""
    lines = topped_up(edition)
    if not lines:
        return Markup("")
    cards = [_card(edition, line, number) for number, line in enumerate(lines[:_MOST], 1)]
    more = edition.words("pictures-more", _MOST, len(lines)) if len(lines) > _MOST else None
    lead = edition.words["waterfalls-lead"]
    cards_grid = element("div", *cards, class_="cards")
    return section(edition, "waterfalls", cards_grid, element("p", more) if more else None, lead=lead)


def steps(edition: Edition, line: Line) -> tuple[Step, ...]:
    """Base, top-ups, total."""
    values = edition.book.value(line.id)
    amounts = top_up_amounts(line, edition.book.values)
    base: Step = (edition.words["base"], money(values.base), line.base.sources if line.base else ())
    ups = [_top_up(edition, line, *pair) for pair in zip(line.top_ups, amounts, strict=True)]
    partial = values.partial if values.total is None else ""
    total = money(values.total or values.counting, partial)
    return (base, *ups, (edition.words["total"], total, line.total.sources if line.total else ()))


def _top_up(edition: Edition, line: Line, top_up: TopUp, amount: Amount | None) -> Step:
    value = Value(amount, "stated") if amount else None
    if value is None and len(line.top_ups) == 1:
        value = edition.book.value(line.id).top_ups
    day, basis = top_up_from(edition.book, line, top_up)
    falls = value is not None and value.amount.interval.high is not None and value.amount.interval.high < 0
    what = edition.words["reduction" if falls else "top-up"]
    dated = {"decided": "top-up-on", "source": "top-up-source", "year": "top-up-undated"}[basis]
    return edition.words(dated, what, _as_written(edition, line, top_up, day)), money(value), top_up.sources


def _as_written(edition: Edition, line: Line, top_up: TopUp, day: str) -> str:
    """The date as it is written, which may be a month, where `day` is the last day of that."""
    book, other = edition.book, edition.book.lines.get(top_up.line)
    sources = (*top_up.sources, *(other.sources if other else ()), *line.sources)
    published = (book.sources[source].published for source in sources if source in book.sources)
    written = (top_up.decided, other.decided if other else "", *published)
    return next((date for date in written if date and last_day(date) == day), day)


def _card(edition: Edition, line: Line, number: int) -> Markup:
    words, made = edition.words, steps(edition, line)
    scale = scale_for([cell for _, cell, _ in made], edition.report.unit, edition.book.currency)
    told = ", ".join(f"{what} {plain(cell, scale, words)}" for what, cell, _ in made)
    picture = bars(f"w{number}", name(line), words("waterfall-desc", told), list(_bars(edition, line, made, scale)))
    rows = [
        (what, amount_of(edition, line.id, cell, scale, unit=True), cites(edition, sources or line.sources))
        for what, cell, sources in made
    ]
    head = [words["step"], words["amount"], words["sources-short"]]
    table = grid(f"w{number}", words("table-of", name(line)), head, rows, right=(1,))
    title = element("h3", jump(f"l-{line.id}", label(line, words)))
    who = recipient_name(edition.book, line.recipient)
    return element("figure", title, element("p", who, class_="who") if who else None, picture, behind(edition, table))


def _bars(edition: Edition, line: Line, made: Sequence[Step], scale: Scale) -> Iterator[Bar]:
    """Each top-up begins where the step before it ended; after an unknown one nothing is known but the total."""
    level: int | None = None
    for at, (what, cell, _) in enumerate(made):
        amount = cell.amount
        bar = bar_of(what, plain_parts(cell, scale, edition.words), amount, strong=at == len(made) - 1)
        if at == len(made) - 1:
            yield replace(bar, partial=is_partial(edition.book, line))
        elif at == 0 or amount is None:
            yield replace(bar, start=level or 0, joins=amount is not None)
            level = bar.low if amount else None
        else:
            start = level or 0
            joins = level is not None or at == 1
            yield replace(bar, start=start, low=start + bar.low, high=start + bar.high, joins=joins)
            level = start + bar.low


def _size(edition: Edition, line: Line) -> int:
    value = edition.book.value(line.id).top_ups
    ends = (value.amount.interval.low, value.amount.interval.high) if value else ()
    return max((abs(end) for end in ends if end is not None), default=0)


def top_up_words(edition: Edition, line: Line) -> Markup:
    """A line's top-ups together, as an amount that leads to its derivation."""
    value = edition.book.value(line.id).top_ups
    cell = money(value)
    scale = scale_for([cell], edition.report.unit, edition.book.currency)
    return amount_of(edition, line.id, cell, scale, unit=True)
