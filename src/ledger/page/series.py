"""The same line over the years as pictures, with a gap where the years do not compare."""

from collections.abc import Iterator

from msgspec.structs import replace

from ledger.page.context import Edition, amount_of, behind, cites, grid, is_partial, section
from ledger.page.figures import Scale, cell_markup, plain_parts, scale_for, unit_words
from ledger.page.markup import Markup, element, joined, jump
from ledger.page.over_years import MOST, Point, Series, all_series
from ledger.page.pictures import SLIM, Bar, bar_of, bars
from ledger.page.words import sentence
from ledger.table import Money
from ledger.views._lines import recipient_name, total_cell
from ledger.views.years import years


def series(edition: Edition) -> Markup:
    """A picture a series, its table behind it, and the sums of every year."""
    report, words = edition.report, edition.words
    asked = report.year if report.years else None
    found = all_series(edition.book, report.of_any_year, asked)
    cards = [_card(edition, one, number) for number, one in enumerate(found[:MOST], 1)]
    more = (
        words("pictures-more", MOST, len(found)) if len(found) > MOST else words["series-none"] if not found else None
    )
    every_year = None if report.years else _years(edition)
    if not (cards or every_year):
        return Markup("")
    drawn = element("div", *cards, class_="cards three")
    return section(
        edition, "series", drawn, element("p", more) if more else None, every_year, lead=words["series-lead"]
    )


def _card(edition: Edition, one: Series, number: int) -> Markup:
    words, line = edition.words, one.latest
    cells = {point.year: total_cell(edition.book, point.line) if point.line else None for point in one.points}
    scale = scale_for(filter(None, cells.values()), edition.report.unit, edition.book.currency)
    rows = list(_rows(edition, one, cells, scale))
    told = ", ".join(" ".join(filter(None, (row.words, row.value, row.remark))) for row in rows)
    caption = f"{line.full_code} {line.title}".strip()
    picture = bars(f"y{number}", caption, words("series-desc", told), rows, SLIM)
    table = _table(edition, one, cells, scale, f"y{number}")
    who = recipient_name(edition.book, line.recipient)
    named = None if who == line.title else who
    title = element("h3", joined(element("b", line.full_code) if line.full_code else None, line.title, by=" "))
    stage = None if line.counted else words["not-counted"]
    about = joined(words[f"kind-{line.kind}"], named, stage, by=" · ")
    return element("figure", title, element("p", about, class_="who"), picture, behind(edition, table))


def _rows(edition: Edition, one: Series, cells: dict[int, Money | None], scale: Scale) -> Iterator[Bar]:
    """A bar a year, and a row of words where years are missing or do not compare."""
    words = edition.words
    last = one.points[0].year - 1
    for point in one.points:
        if point.year > last + 1:
            span = str(last + 1) if point.year == last + 2 else f"{last + 1}–{point.year - 1}"
            yield Bar(words("series-gap", span), gap=True)
        if point.remark:
            yield Bar(remark_words(edition, point), gap=True)
        cell = cells[point.year]
        if cell is None:
            yield Bar(str(point.year), words["series-several"], look="unknown")
        else:
            said = plain_parts(cell, scale, words)
            bar = bar_of(_year(edition, point), said, cell.amount, strong=point.year == edition.report.year)
            yield replace(bar, partial=point.line is not None and is_partial(edition.book, point.line))
        last = point.year


def _year(edition: Edition, point: Point) -> str:
    stage = point.line.stage if point.line else "decided"
    return str(point.year) if stage == "decided" else f"{point.year} ({edition.words[f'stage-{stage}']})"


def remark_words(edition: Edition, point: Point) -> str:
    """Why a year does not compare with the one before it."""
    what = edition.words["series-other-parts"] if point.remark == "parts" else point.remark
    return edition.words("series-break", what) if what else ""


def _table(edition: Edition, one: Series, cells: dict[int, Money | None], scale: Scale, name: str) -> Markup:
    words = edition.words
    rows = []
    for point in one.points:
        line, cell = point.line, cells[point.year]
        amount = amount_of(edition, line.id, cell, scale, unit=True) if line and cell else words["series-several"]
        sources = cites(edition, line.sources) if line else None
        rows.append((_year(edition, point), amount, sources, remark_words(edition, point)))
    head = [words["year"], words["amount"], words["sources-short"], words["remark"]]
    return grid(name, words("table-of", one.latest.title), head, rows, right=(1,))


def _years(edition: Edition) -> Markup | None:
    """The sums of every year, level by level."""
    words = edition.words
    table = years(edition.book, edition.report.of_any_year, unit=edition.report.unit)
    if len(table.rows) < 2:
        return None
    levels = [column for column in table.columns if column.type == "money"]
    cells = [cell for row in table.rows for cell in row.cells if isinstance(cell, Money)]
    scale = scale_for(cells, edition.report.unit, edition.book.currency)
    rows = []
    for row in table.rows:
        year, lines, *amounts = row.cells
        figures = [
            jump(f"y-{year}", cell_markup(cell, scale, words)) if isinstance(cell, Money) else None for cell in amounts
        ]
        rows.append((str(year), str(lines), *figures))
    names = [words[f"level-{column.name.replace('_', ' ')}"] for column in levels]
    head = [
        words["year"],
        sentence(words["made-lines"].split("|")[1]),
        *(f"{one}, {unit_words(scale)}" for one in names),
    ]
    made = grid("years", words["years-table"], head, rows, right=tuple(range(1, len(head))))
    return joined(element("h3", words["years-table"]), element("p", f"{words['apart']} {words['years-note']}"), made)
