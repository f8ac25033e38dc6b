"""A line's figures against a row's: role by role, whether they agree, and why they may not."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from ledger.book import Book, Figure, Line, Value, Values, last_day, top_up_from
from ledger.hints import Role as TermRole
from ledger.hints import Term, causes
from ledger.money import Amount, add_up
from ledger.statements import Role, Row

Status = Literal[
    "differs",
    "could not be read",
    "only in the ledger",
    "only in the statement",
    "not comparable",
    "equal within rounding",
    "equal",
]


class Comparison(Struct, frozen=True):
    """A figure of a line and that of a row, either of which may be missing, and what is to say of them.

    `hints` are likely causes of a difference, each with its place. `several` are the lines whose sum is compared.
    """

    status: Status
    role: Role
    line: Line | None = None
    row: Row | None = None
    ledger: Value | None = None
    stated: Amount | None = None
    hints: tuple[str, ...] = ()
    remark: str = ""
    several: tuple[Line, ...] = ()


def compared(book: Book, line: Line, row: Row, decided: str) -> list[Comparison]:
    """One comparison for each figure of the row that says something about the line; `decided` dates the statement."""
    values = book.value(line.id)
    if line.not_known_then:
        return [Comparison("not comparable", "total", line, row, remark="amount not known then")]
    found = [_judged(book, line, row, role, decided) for role in _roles(line, values, row)]
    if "outcome" in row.figures and (line.outcome or not found):
        found.append(_outcome(book, line, row, decided))
    found += unread(row, line, values)
    return found or [_nothing(line, row, values)]


def unread(row: Row, line: Line | None = None, values: Values | None = None) -> list[Comparison]:
    """One comparison for each figure of the row that could not be read, with the reason."""
    return [
        Comparison(
            "could not be read", role, line, row, value_of(values, role) if values else None, remark=fault.message
        )
        for role, fault in row.unread.items()
    ]


def _roles(line: Line, values: Values, row: Row) -> Iterator[Role]:
    """Base and top-ups where both sides tell them apart, else the total; top-ups that neither has are passed over."""
    base, top_ups = row.figures.get("base"), row.figures.get("top-ups")
    if "total" in row.figures:
        yield from (role for role in ("base", "top-ups", "total") if role in row.figures and _tells(line, role))
    elif base and top_ups:
        if values.total and _together(values, row):
            yield "total"
        else:
            yield "base"
            if values.top_ups is None or values.top_ups.way != "none" or _not_zero(top_ups):
                yield "top-ups"
    elif base:
        yield "base"
    elif top_ups:
        yield "top-ups"


def _tells(line: Line, role: Role) -> bool:
    """Whether a line tells its base from its total."""
    return role == "total" or bool(line.top_ups or (line.base and line.parts))


def _together(values: Values, row: Row) -> bool:
    """Whether only the total can be compared, or agrees though one side does not tell base and top-ups apart."""
    if values.base is None or values.top_ups is None:
        return True
    split = values.top_ups.way != "none"
    total = values.total
    apart = split != _not_zero(row.figures["top-ups"])
    return apart and total is not None and total.amount.interval.meets(_stated_total(row).interval)


def _not_zero(amount: Amount) -> bool:
    return amount.interval.low != 0 or amount.interval.high != 0


def _stated_total(row: Row) -> Amount:
    if "total" in row.figures:
        return row.figures["total"]
    return add_up(row.figures[role] for role in ("base", "top-ups") if role in row.figures)


def value_of(values: Values, role: Role) -> Value | None:
    """A line's figure in a role other than the outcome."""
    return {"base": values.base, "top-ups": values.top_ups, "total": values.total}.get(role)


def _judged(book: Book, line: Line, row: Row, role: Role, decided: str) -> Comparison:
    values = book.value(line.id)
    known = value_of(values, role)
    counting = values.counting if known is None and role == "total" and row.id else None
    stated = _stated_total(row) if role == "total" else row.figures[role]
    if counting is not None:
        status = agreement(counting.amount, stated)
        return Comparison(status, role, line, row, counting, stated, remark=values.partial)
    if known is None:
        remark = values.partial if role == "total" and values.partial else f"the ledger does not know the {role}"
        return Comparison("not comparable", role, line, row, None, stated, remark=remark)
    split = role == "total" and "total" not in row.figures
    remark = "base and top-ups are not told apart by both; together they agree" if split else ""
    status = agreement(known.amount, stated)
    if status != "differs":
        return Comparison(status, role, line, row, known, stated, remark=remark)
    hints = _hints(book, line, row, role, stated, decided=decided)
    return Comparison(status, role, line, row, known, stated, hints, "" if not split else "base and top-ups together")


def agreement(one: Amount, other: Amount) -> Status:
    """Exact figures are equal or not; others agree where some value fits both, and are equal with the same limits."""
    if (one.interval.low, one.interval.high) == (other.interval.low, other.interval.high):
        return "equal"
    if one.exact and other.exact:
        return "differs"
    return "equal within rounding" if one.interval.meets(other.interval) else "differs"


def _outcome(book: Book, line: Line, row: Row, decided: str) -> Comparison:
    stated = row.figures["outcome"]
    if line.outcome is None:
        remark = "; ".join(filter(None, ("the ledger states no outcome", row.partial)))
        return Comparison("not comparable", "outcome", line, row, None, stated, remark=remark)
    known = Value(line.outcome.amount, line.outcome.how)
    if row.partial:
        return Comparison("not comparable", "outcome", line, row, known, stated, remark=row.partial)
    status = agreement(known.amount, stated)
    hints = _hints(book, line, row, "outcome", stated, decided=decided) if status == "differs" else ()
    return Comparison(status, "outcome", line, row, known, stated, hints)


def _nothing(line: Line, row: Row, values: Values) -> Comparison:
    if values.total is None and not row.figures:
        return Comparison("not comparable", "total", line, row, remark="stated by neither")
    remark = row.partial or "the statement has no figure"
    return Comparison("not comparable", "total", line, row, values.total, remark=remark)


def _hints(book: Book, line: Line, row: Row, role: Role, stated: Amount, *, decided: str) -> tuple[str, ...]:
    """What would close the gap: slips on either side, a part left out, a top-up decided after the statement."""
    terms = list(_terms(book, line, role))
    words = stated.words or ""
    terms.append(Term(str(row.at(role)), words, stated, "total", -1, last_day(decided) if decided else ""))
    value = value_of(book.value(line.id), role)
    unstated = value is not None and value.way == "none"
    inside = list(_top_ups(book, line)) if line.total and role == "total" else []
    found = causes(terms, missing_at=str(line.at()), inside=inside, currency=book.currency)
    return tuple(f"{cause.place}: {cause.message}" for cause in found if not (unstated and cause.kind == "zero"))


def _terms(book: Book, line: Line, role: Role) -> Iterator[Term[str]]:
    """The figures that a line's figure consists of, each where it is written."""
    values = book.value(line.id)
    known = Value(line.outcome.amount) if role == "outcome" and line.outcome else value_of(values, role)
    if role == "outcome" and line.outcome:
        yield _term(line.outcome, "part")
    elif role == "top-ups" and line.top_ups:
        yield from _top_ups(book, line)
    elif role == "base" and line.base:
        yield _term(line.base, "base")
    elif line.total and (role == "total" or (known and known.way == "")):
        yield _term(line.total, "part")
    elif role == "total" and line.base and known and known.way in ("", "base + top-ups"):
        yield _term(line.base, "base")
        yield from _top_ups(book, line)
    elif role == "total" and known and known.way == "parts":
        for part in line.parts:
            yield from _terms(book, book.lines[part], "total")
    elif known:
        yield Term(str(line.at()), known.amount.words, known.amount, "top-up" if role == "top-ups" else "part")


def _term(figure: Figure, role: TermRole) -> Term[str]:
    return Term(str(figure.place), figure.amount.words, figure.amount, role)


def _top_ups(book: Book, line: Line) -> Iterator[Term[str]]:
    for top_up in line.top_ups:
        value = book.value(top_up.line).total if top_up.line else None
        amount = top_up.figure.amount if top_up.figure else value.amount if value else None
        date, basis = top_up_from(book, line, top_up)
        if amount:
            yield Term(str(top_up.place), amount.words, amount, "top-up", 1, "" if basis == "year" else date)
