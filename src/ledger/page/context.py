"""What a page is made of, and what its parts share: the words, the derivations, and the numbers of the sources."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from ledger.book import Book, Line, last_day
from ledger.diagnostic import Diagnostic, Place
from ledger.page.figures import Scale, cell_markup
from ledger.page.markup import Child, Markup, element, joined, jump
from ledger.page.over_years import MOST, all_series
from ledger.page.words import Words
from ledger.table import Cell, Money, Row, Table
from ledger.views.derivation import show_claim, show_line
from ledger.views.summary import tree_rows


class Made(Struct, frozen=True):
    """What the page was made from and with, for its footer; `commit` is empty where there is none."""

    checksum: str
    date: str
    program: str
    commit: str = ""
    uncommitted: bool = False


class Report(Struct, frozen=True):
    """What a page shows: the lines selected, of which `year` is drawn, and those of any year that make the series.

    `periods` are the sums over several years that are selected, `chosen` is the words of the selection, and `folder`
    the ledger's own, which places are shown without. `claims` says that the selection is a whole year.
    """

    book: Book
    lines: Sequence[Line]
    of_any_year: Sequence[Line]
    year: int
    years: tuple[int, ...]
    made: Made
    periods: Sequence[Line] = ()
    findings: Sequence[Diagnostic] = ()
    chosen: str = ""
    as_of: str = ""
    unit: str = "auto"
    title: str = ""
    folder: str = ""
    claims: bool = True

    @property
    def of_year(self) -> list[Line]:
        """The lines of the year that is drawn."""
        return [line for line in self.lines if line.first_year == line.last_year == self.year]


class Edition(Struct, frozen=True):
    """A report in one language: the rows of its year, its derivations, and the number of each source they name."""

    report: Report
    words: Words
    trees: tuple[tuple[Line, Table], ...]
    claims: tuple[tuple[str, Table], ...]
    numbers: Mapping[str, int]
    anchored: frozenset[str]
    rows: tuple[Row, ...]

    @property
    def book(self) -> Book:
        """The ledger."""
        return self.report.book

    def place(self, place: Place | None) -> str:
        """A place as `file:line`, from the ledger's own folder."""
        return f"{self.path(place.path)}:{place.line}" if place else ""

    def path(self, path: str) -> str:
        """A file from the ledger's own folder, so that a page does not depend on where that lies."""
        return path.removeprefix(f"{self.report.folder}/") if self.report.folder not in ("", ".") else path


def edition(report: Report, words: Words) -> Edition:
    """The report with what its parts share; every line that the page shows has a derivation on it."""
    book = report.book
    named = set(_named(report))
    claims = tuple(
        (claim.id, show_claim(book, claim))
        for claim in book.claims.values()
        if report.claims and claim.year == report.year
    )
    for _, table in claims:
        named.update(str(cell) for role, cell in _cells(table, "role", "id") if role == "line")
    trees = _trees(report, named)
    anchored = frozenset(
        str(name) for _, table in trees for role, name in _cells(table, "role", "id") if role == "total"
    )
    cited = {source for table in (*(one for _, one in trees), *(one for _, one in claims)) for source in _cited(table)}
    ordered = sorted(cited, key=lambda source: (_published(book, source), source))
    numbers = {source: number for number, source in enumerate(ordered, 1)}
    rows = tuple(tree_rows(book, report.of_year))
    return Edition(report, words, trees, claims, numbers, anchored, rows)


def _trees(report: Report, named: set[str]) -> tuple[tuple[Line, Table], ...]:
    """The derivations in which each of the lines stands: of what is around them, the latest year first."""
    book = report.book
    outermost = _outermost(book, named)
    roots = [line for line in book.lines.values() if line.id in outermost]
    in_a_ring = [line for line in book.lines.values() if line.id in named]  # what its own root may not lead to
    trees: list[tuple[Line, Table]] = []
    reached: set[str] = set()
    for line in (*sorted(roots, key=lambda one: one.of in book.lines), *in_a_ring):
        if line.id not in reached:
            table = show_line(book, line, unit=report.unit)
            reached.update(str(name) for role, name in _cells(table, "role", "id") if role == "total")
            trees.append((line, table))
    place = {line: number for number, line in enumerate(book.lines)}
    return tuple(sorted(trees, key=lambda tree: (-tree[0].last_year, -tree[0].first_year, place[tree[0].id])))


def _named(report: Report) -> Iterator[str]:
    """The lines that the page shows: all of the ledger's that are selected, or what is shown of one year."""
    within = [line for line in report.periods if line.first_year <= report.year <= line.last_year]
    yield from (line.id for line in (*report.lines, *within))
    asked = report.year if report.years else None
    for series in all_series(report.book, report.of_any_year, asked)[:MOST]:
        yield from (point.line.id for point in series.points if point.line)


def _outermost(book: Book, lines: Iterable[str]) -> set[str]:
    """The lines around these in which nothing else holds them: by nesting, and by `of`."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(lines)
    while waiting:
        line = book.lines[waiting.pop()]
        if line.id in seen:
            continue
        seen.add(line.id)
        outer = [one for one in (line.parent, line.of) if one in book.lines]
        waiting.extend(outer)
        if not line.parent:
            found.add(line.id)
    return found


def _published(book: Book, source: str) -> str:
    known = book.sources.get(source)
    return last_day(known.published) if known and known.published else "9999"


def _cells(table: Table, *names: str) -> Iterator[tuple[Cell, ...]]:
    at = columns(table)
    for row in table.rows:
        yield tuple(row.cells[at[name]] for name in names)


def columns(table: Table) -> dict[str, int]:
    """Where each column of a table stands."""
    return {column.name: at for at, column in enumerate(table.columns)}


def _cited(table: Table) -> Iterator[str]:
    for (cell,) in _cells(table, "source"):
        if isinstance(cell, tuple):
            yield from cell


def money_cells(rows: Iterable[Row]) -> Iterator[Money]:
    """Every cell of money in some rows."""
    return (cell for row in rows for cell in row.cells if isinstance(cell, Money))


def cites(edition: Edition, sources: Iterable[str]) -> Markup:
    """The numbers of sources, each a link to it."""
    known = [edition.numbers[source] for source in sources if source in edition.numbers]
    return joined(*(jump(f"s{number}", number) for number in known), by=" ")


def amount_of(edition: Edition, line: str, cell: Money | None, scale: Scale, *, unit: bool = False) -> Markup:
    """An amount that leads to its derivation."""
    if cell is None:
        return Markup("")
    words = cell_markup(cell, scale, edition.words, unit=unit)
    return jump(f"l-{line}", words) if line in edition.anchored else words


def is_partial(book: Book, line: Line) -> bool:
    """Whether a line counts with only what is stated of its total."""
    values = book.value(line.id)
    return values.total is None and values.counting is not None


def label(line: Line, words: Words, *, full: bool = True) -> Markup:
    """What people read a line by: its code, its title, its stage where it is not decided, its years if several."""
    code = line.full_code if full else line.code
    marks: list[Child] = []
    if line.stage != "decided":
        marks.append(words[f"stage-{line.stage}"])
    if line.first_year < line.last_year:
        marks.append(f"{line.first_year}–{line.last_year}")
    tail = element("small", ", ".join(map(str, marks)), class_="tag") if marks else None
    return joined(element("b", code) if code else None, line.title, tail, by=" ")


def name(line: Line) -> str:
    """A line's code and title as text."""
    return f"{line.full_code} {line.title}".strip()


def section(edition: Edition, anchor: str, *content: Child, lead: Child = None, heading: str = "") -> Markup:
    """A part of the page under its heading."""
    words = heading or edition.words[anchor]
    return element(
        "section",
        element("h2", words, id=f"h-{anchor}"),
        element("p", lead, class_="lead") if lead else None,
        *content,
        id=anchor,
        aria_labelledby=f"h-{anchor}",
    )


def grid(
    anchor: str, caption: str, head: Sequence[str], rows: Iterable[Sequence[Child]], *, right: Sequence[int] = ()
) -> Markup:
    """A table of cells, the first of each row its heading; where columns have no room, a cell says whose it is."""
    body = []
    for first, *others in rows:
        cells = [element("th", first, scope="row")]
        for at, cell in enumerate(others, 1):
            said = head[at] if cell else None
            cells.append(element("td", cell, class_="n" if at in right else None, data_l=said))
        body.append(element("tr", *cells))
    return region(anchor, caption, head, body, right=right)


def region(
    anchor: str, caption: str, head: Sequence[str], rows: Iterable[Markup], *, right: Sequence[int], **attributes: str
) -> Markup:
    """A table of finished rows, in a region that can be scrolled; the columns numbered in `right` hold figures."""
    cells = [element("th", words, scope="col", class_="n" if at in right else None) for at, words in enumerate(head)]
    table = element(
        "table",
        element("caption", caption, id=f"{anchor}-c"),
        element("thead", element("tr", *cells)),
        element("tbody", *rows),
        **attributes,
    )
    return element("div", table, class_="scroll", role="region", aria_labelledby=f"{anchor}-c", tabindex=0)


def behind(edition: Edition, table: Markup) -> Markup:
    """The table behind a picture, folded away."""
    return element("details", element("summary", edition.words["show-table"]), table)
