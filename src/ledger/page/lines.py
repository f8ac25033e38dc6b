"""The lines of the year as tables, one a level, which sort and filter with the page's script and are whole without."""

from collections.abc import Iterator, Sequence

from ledger.book import LEVEL_ORDER, Level, Line, add_level, by_level
from ledger.page.context import Edition, amount_of, cites, grid, label, money_cells, region, section
from ledger.page.figures import Scale, cell_markup, scale_for, unit_words
from ledger.page.markup import Child, Markup, element
from ledger.table import Cell, Money, Row
from ledger.views._lines import LINE_COLUMNS, sum_cell, total_cell

_AT = {column.name: at for at, column in enumerate(LINE_COLUMNS)}
_MONEY = ("base", "top_ups", "total")
_DEEPEST = 6
"""Lines further in than this are indented no more."""


def lines(edition: Edition) -> Markup:
    """A table a level, then the sums over several years that the year lies in."""
    report, words = edition.report, edition.words
    rows = edition.rows
    summed = by_level(report.of_year)
    levels = [level for level in LEVEL_ORDER if level in summed or _of(rows, level)]
    tables = [_level(edition, level, _of(rows, level)) for level in levels]
    spanning = [line for line in report.periods if line.first_year <= report.year <= line.last_year]
    several = _several(edition, spanning) if spanning else None
    empty = element("p", words("nothing", report.year)) if not tables else None
    return section(edition, "lines", empty, *tables, several, heading=words("lines", report.year))


def _of(rows: Sequence[Row], level: Level) -> list[Row]:
    return [row for row in rows if row.section == level]


def _level(edition: Edition, level: Level, rows: Sequence[Row]) -> Markup:
    words, report = edition.words, edition.report
    scale = scale_for(money_cells(rows), report.unit, edition.book.currency)
    kept = [name for name in _MONEY if any(row.cells[_AT[name]] is not None for row in rows)]
    head = [words["line"], words["recipient"], *(words[name.replace("_", "-")] for name in kept)]
    head += [words["in-sum"], words["sources-short"]]
    figures = tuple(range(2, 2 + len(kept)))
    named = words[f"level-{level}"]
    body = [_row(edition, row, kept, scale) for row in rows]
    table = region(
        f"t{LEVEL_ORDER.index(level)}",
        f"{named}, {report.year}, {unit_words(scale)}",
        head,
        body,
        right=figures,
        class_="data",
        data_filter=words["filter"],
        data_count=words["filter-count"],
        data_sort=words["sort"],
    )
    total = _sum(edition, level, scale)
    title = element("h3", named, id=f"level-{LEVEL_ORDER.index(level)}")
    return element("div", title, table if rows else None, total)


def _row(edition: Edition, row: Row, kept: Sequence[str], scale: Scale) -> Markup:
    cells = row.cells
    line = edition.book.lines[str(cells[_AT["id"]])]
    depth = min(row.depth, _DEEPEST)
    title = element(
        "th", label(line, edition.words, full=depth == 0), scope="row", class_=f"d{depth}" if depth else None
    )
    sources = cells[_AT["source"]]
    return element(
        "tr",
        title,
        element("td", _text(cells[_AT["recipient_shown"]])),
        *(_amount(edition, line, name, cells[_AT[name]], scale) for name in kept),
        element("td", _text(cells[_AT["sign"]])),
        element("td", cites(edition, sources if isinstance(sources, tuple) else ())),
        class_="out" if row.muted else None,
    )


def _text(cell: Cell) -> Child:
    return cell if isinstance(cell, str) else None


def _amount(edition: Edition, line: Line, column: str, cell: Cell, scale: Scale) -> Markup:
    """A cell with an amount, in öre what it is sorted by, and what it is called where columns have no room."""
    if not isinstance(cell, Money):
        return element("td", class_="n")
    amount = cell.amount
    key = None
    if amount:
        ends = (amount.number, amount.interval.low, amount.interval.high)
        key = next((end for end in ends if end is not None), None)
    called = None if column == "total" else edition.words[column.replace("_", "-")]
    return element("td", amount_of(edition, line.id, cell, scale), class_="n", data_v=key, data_l=called)


def _sum(edition: Edition, level: Level, scale: Scale) -> Markup:
    """The sum of a level in words below its table, which may be filtered and sorted without it."""
    words = edition.words
    group = by_level(edition.report.of_year).get(level, [])
    if not group:
        return element("p", f"{words['sum']}: {words['no-counted']}. {words['no-counted-why']}", class_="sum")
    total = add_level(edition.book, group)
    amount = cell_markup(sum_cell(total), scale, words, unit=True)
    return element(
        "p",
        f"{words['sum']}:",
        Markup(" "),
        element("strong", amount),
        Markup(" "),
        *missing(edition, level),
        class_="sum",
    )


def missing(edition: Edition, level: Level) -> Iterator[Markup]:
    """What a reader of a sum should know about the amounts that are not stated."""
    words = edition.words
    total = add_level(edition.book, by_level(edition.report.of_year).get(level, []))
    counts = {
        "missing": total.not_stated - total.not_stated_inside,
        "missing-inside": total.not_stated_inside,
        "partial": total.partial,
    }
    for key, number in counts.items():
        if number:
            yield element("small", f"{words(key, words.counted(number, 'lines-summed'))}.")
            yield Markup(" ")


def _several(edition: Edition, spanning: Sequence[Line]) -> Markup:
    """The sums over several years."""
    words, book = edition.words, edition.book
    cells = {line.id: total_cell(book, line) for line in spanning}
    scale = scale_for(cells.values(), edition.report.unit, book.currency)
    rows = [
        (
            label(line, words),
            amount_of(edition, line.id, cells[line.id], scale, unit=True),
            cites(edition, line.sources),
        )
        for line in spanning
    ]
    head = [words["line"], words["total"], words["sources-short"]]
    table = grid("several", words["several-years"], head, rows, right=(1,))
    return element("div", element("h3", words["several-years"]), element("p", words["several-years-lead"]), table)
