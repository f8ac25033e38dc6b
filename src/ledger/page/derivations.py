"""How every amount comes about: the trees of `ledger show`, each line once, where links from all figures lead."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from ledger.book import Line
from ledger.page.context import Edition, cites, columns, label, section
from ledger.page.figures import Scale, cell_markup, scale_for
from ledger.page.markup import Child, Markup, element, joined, jump
from ledger.table import Cell, Money, Row, Table
from ledger.views._lines import recipient_name

_HEADINGS = {"parts, complete": "parts-all", "parts, not all of it": "parts-some", "lines inside it": "parts-second"}
_ROLES = {"base": "base", "top-up": "top-up", "top-ups": "top-ups", "outcome": "outcome", "restated": "restated"}


class _Step(Struct, frozen=True):
    """A row of a derivation, and the rows under it."""

    row: Row
    inner: tuple["_Step", ...]


def derivations(edition: Edition) -> Markup:
    """The trees of claims, then of lines, the latest year first."""
    done: set[str] = set()
    claims = [_tree(edition, name, table, done) for name, table in edition.claims]
    trees: list[Markup] = []
    year = ""
    for line, table in edition.trees:
        if line.years != year:
            year = line.years
            trees.append(element("h3", year.replace("-", "–"), id=f"y-{year}"))
        trees.append(_tree(edition, line.id, table, done))
    lead = edition.words["derivations-lead"]
    return section(edition, "derivations", *claims, *trees, lead=lead) if trees or claims else Markup("")


def _tree(edition: Edition, _: str, table: Table, done: set[str]) -> Markup:
    at = columns(table)
    cells = [cell for row in table.rows if isinstance(cell := row.cells[at["amount"]], Money)]
    scale = scale_for(cells, edition.report.unit, edition.book.currency)
    steps = _nested(table.rows)
    return element("ul", *(_step(edition, step, at, scale, done) for step in steps), class_="tree")


def _nested(rows: Sequence[Row]) -> tuple[_Step, ...]:
    """Rows with a depth as a tree, without going deeper than one call for each of its levels."""
    found: list[_Step] = []
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and rows[end].depth > rows[start].depth:
            end += 1
        found.append(_Step(rows[start], _nested(rows[start + 1 : end])))
        start = end
    return tuple(found)


def _step(edition: Edition, step: _Step, at: dict[str, int], scale: Scale, done: set[str]) -> Markup:
    cells = step.row.cells
    role, name, money = str(cells[at["role"]]), str(cells[at["id"]]), cells[at["amount"]]
    amount = cell_markup(money, scale, edition.words, unit=True) if isinstance(money, Money) else None
    line = edition.book.lines.get(name)
    if role == "line" and line:
        return element("li", jump(f"l-{name}", label(line, edition.words)), Markup(" "), amount)
    account = _account(edition, cells, at)
    if role != "total" or line is None:
        heading = _heading(edition, role, str(cells[at["figure"]]), money)
        anchor = f"c-{name}" if role == "claim" else None
        inner = [_step(edition, one, at, scale, done) for one in step.inner]
        return element("li", heading, _said(amount, account), _list(inner), id=anchor)
    if name in done:
        title = jump(f"l-{name}", label(line, edition.words))
        return element("li", title, Markup(" "), amount, Markup(" "), element("small", edition.words["shown-at"]))
    done.add(name)
    inner = [_step(edition, one, at, scale, done) for one in step.inner]
    title = element("strong" if step.row.depth == 0 else "span", label(line, edition.words, full=step.row.depth == 0))
    about = joined(*_about(edition, line, outermost=step.row.depth == 0), by=" · ")
    notes = element("small", about, class_="about") if about else None
    return element("li", title, _said(amount, account), notes, _list(inner), id=f"l-{name}")


def _said(amount: Markup | None, account: Markup) -> Markup:
    return joined(Markup(" "), element("data", amount) if amount else None, Markup(" "), account)


def _list(inner: Sequence[Markup]) -> Markup | None:
    return element("ul", *inner) if inner else None


def _heading(edition: Edition, role: str, figure: str, money: Cell) -> Child:
    words = edition.words
    if role == "claim":
        return element("strong", figure)
    if role == "recorded":
        return words["recorded"]
    if role == "parts":
        return words[_HEADINGS[figure]]
    low = money.amount.interval.high if isinstance(money, Money) and money.amount else None
    return words["reduction" if role == "top-up" and low is not None and low < 0 else _ROLES[role]]


def _account(edition: Edition, cells: tuple[Cell, ...], at: dict[str, int]) -> Markup:
    """How a figure is known, by which sources, where it is written, and from when it counts."""
    how, dated = (edition.words.phrase(str(cells[at[name]] or "")) for name in ("how", "dated"))
    sources = cells[at["source"]]
    numbers = cites(edition, sources) if isinstance(sources, tuple) else Markup("")
    path, line = cells[at["file"]], cells[at["line"]]
    place = element("code", f"{edition.path(str(path))}:{line}") if path else None
    said = joined(how, element("sup", numbers) if numbers else None)
    text = joined(said, dated, place, by=", ")
    return element("small", text) if text else Markup("")


def _about(edition: Edition, line: Line, *, outermost: bool) -> Iterator[Child]:
    """What else is known of a line: of the outermost one also its kind, year, recipient and goals."""
    words, book = edition.words, edition.book
    outer = book.lines.get(line.of)
    if outermost:
        yield words[f"kind-{line.kind}"]
        yield line.years.replace("-", "–")
        yield recipient_name(book, line.recipient)
        if not line.counted:
            yield words["not-counted"]
        if line.goals:
            goals = "; ".join(book.goals[goal].name if goal in book.goals else goal for goal in line.goals)
            yield f"{words['goals']}: {goals}"
    if outer and outer.id in edition.anchored:
        yield joined(words["lies-in"], jump(f"l-{outer.id}", outer.title), by=" ")
    yield line.note
