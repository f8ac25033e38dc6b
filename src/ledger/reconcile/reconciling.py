"""The whole of a statement against the chosen lines: what is compared, and what only one side has."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ledger.book import Book, Line, Value, add_level, by_level
from ledger.reconcile.comparing import Comparison, agreement, compared, unread
from ledger.reconcile.later import with_later_letters
from ledger.reconcile.matching import candidates, index_of
from ledger.reconcile.reach import holdings_of, reach_of
from ledger.statements import Role, Row, Statement


class Reconciliation(Struct, frozen=True):
    """Every comparison, in the order of the statement, then of the ledger.

    `outside` are rows that are not compared: of other years or areas than the ledger's lines, without money, or about
    lines that terms did not choose. `uncoded` counts lines that no code ties to a row.
    """

    statement: Statement
    comparisons: tuple[Comparison, ...]
    outside: tuple[Row, ...]
    uncoded: int = 0

    @property
    def differs(self) -> bool:
        """Whether a figure differs or could not be read, or one side has a line that the other lacks."""
        return any(one.status in DIFFERENCES for one in self.comparisons)


_DECIDED = ("letter", "yearly expenditure", "monthly expenditure")
"""Kinds of statements that tell what was decided: a line that is only proposed is another thing than their rows."""

DIFFERENCES = ("differs", "could not be read", "only in the ledger", "only in the statement")


def reconcile(book: Book, lines: Sequence[Line], statement: Statement) -> Reconciliation:
    """Hold lines against a statement. What only one side has counts within the years and areas of both."""
    index, chosen = index_of(book), {line.id for line in lines}
    holdings, reach = holdings_of(lines), reach_of(statement)
    found: list[Comparison] = []
    outside: list[Row] = []
    for row in statement.rows:
        possible = candidates(index, row)
        mine = [line for line in possible if line.id in chosen]
        if mine and row.code and statement.kind in _DECIDED and all(line.stage != "decided" for line in mine):
            found.append(_beside(row, mine))
        elif mine:
            found += _of_row(book, mine, row, statement.decided)
        elif row.kind == "item" and not row.code and not row.id:
            found.append(Comparison("not comparable", "total", None, row, remark="the number of the item is not clear"))
        elif possible or not holdings.expects(index, row, statement.scope):
            outside.append(row)
        else:
            found += [_only_stated(row)] if row.figures or not row.unread else []
            found += unread(row)
    met = {line.id for one in found for line in (*([one.line] if one.line else []), *one.several)}
    left = [line for line in lines if line.id not in met and reach.covers(line)]
    uncoded = [line for line in left if statement.scope == "areas" and not line.code]
    for line in left:
        if line not in uncoded:
            found.append(_only_held(book, line))
    explained = with_later_letters(book, statement, found)
    return Reconciliation(statement, tuple(explained), tuple(outside), len(uncoded))


def _of_row(book: Book, lines: Sequence[Line], row: Row, decided: str) -> Iterator[Comparison]:
    """The comparisons of a row with the line it is about, among several with its code the one that is decided."""
    if not row.id and not row.code:
        yield from _sums(book, lines, row)
        return
    known = [line for line in lines if book.value(line.id).total]
    sure = [line for line in known if line.stage == "decided"]
    best = sure or known or list(lines)
    if len(best) > 1:
        names = ", ".join(line.id for line in best)
        for line in best:
            yield Comparison("not comparable", "total", line, row, remark=f"several lines have this code: {names}")
    else:
        yield from compared(book, best[0], row, decided)
    for line in lines:
        if line not in best:
            value = book.value(line.id)
            why = f"{line.stage}, not decided" if line.stage != "decided" else value.partial or "amount not stated"
            yield Comparison(
                "not comparable", "total", line, None, value.counting, remark=f"beside {best[0].id}: {why}"
            )


def _sums(book: Book, lines: Sequence[Line], row: Row) -> Iterator[Comparison]:
    """A row that tells only a recipient, against the sum of its counted lines when these are of one level."""
    levels = by_level(lines)
    role: Role = next((role for role in ("total", "base", "outcome") if role in row.figures), "total")
    stated = row.figures.get(role)
    yield from unread(row)
    if stated is None and row.unread:
        return
    if len(levels) != 1 or stated is None or role != "total":
        why = "lines of several levels: choose one with kind: or level:" if len(levels) > 1 else "no counted line"
        remark = why if role == "total" and stated else "only a total is compared with a sum over lines"
        yield Comparison("not comparable", role, None, row, None, stated, remark=remark, several=tuple(lines))
        return
    [group] = levels.values()
    made = add_level(book, group)
    value = Value(made.amount, "sum")
    if len(group) == 1 and book.value(group[0].id).total:
        known = book.value(group[0].id).total
        value = known or value
    status = agreement(value.amount, stated)
    missing = made.not_stated - made.not_stated_inside
    remark = f"sum of {made.lines} lines" if made.lines > 1 else ""
    if missing or made.partial:
        remark = "; ".join(filter(None, (remark, f"{missing + made.partial} not stated in full")))
    line = group[0] if len(group) == 1 else None
    yield Comparison(status, role, line, row, value, stated, remark=remark, several=tuple(lines))


def _beside(row: Row, lines: Sequence[Line]) -> Comparison:
    """A decided row whose code the ledger has on lines that are not."""
    names = ", ".join(f"{line.id} is {line.stage}" for line in lines)
    return replace(_only_stated(row), remark=f"{names}, not decided", several=tuple(lines))


def _only_stated(row: Row) -> Comparison:
    role: Role = next((role for role in ("total", "base", "top-ups", "outcome") if role in row.figures), "total")
    unknown = row.recipient and not row.code and not row.id
    remark = "the ledger does not know this recipient" if unknown else ""
    return Comparison("only in the statement", role, None, row, None, row.figures.get(role), remark=remark)


def _only_held(book: Book, line: Line) -> Comparison:
    """A line that the statement lacks. What is only planned or proposed, it need not name."""
    values = book.value(line.id)
    value = values.total or values.counting
    if line.stage != "decided":
        return Comparison("not comparable", "total", line, None, value, remark=f"{line.stage}, not decided")
    return Comparison("only in the ledger", "total", line, None, value)
