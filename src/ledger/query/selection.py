"""A query applied to lines: those it selects, and those of which the figures do not decide it."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from ledger.book import Book, Line
from ledger.query.criteria import Test, amount_of
from ledger.query.keys import MONEY
from ledger.query.terms import Query


class Selection(Struct, frozen=True):
    """The lines that a query selects, and `undecided` those it may or may not.

    `not_known` are those of the undecided without any amount to compare; `compared` names what was compared.
    """

    lines: tuple[Line, ...]
    undecided: tuple[Line, ...] = ()
    not_known: tuple[Line, ...] = ()
    compared: tuple[str, ...] = ()

    def notes(self) -> tuple[str, ...]:
        """A sentence for each reason why lines were left out undecided, with their number."""
        what = " or ".join(key.replace("_", "-") for key in self.compared)
        crossing = len(self.undecided) - len(self.not_known)
        notes = []
        if crossing:
            notes.append(f"{_lines(crossing)} undecided: the {what} may lie on either side of the bound")
        if self.not_known:
            notes.append(f"{_lines(len(self.not_known))} undecided: no {what} is stated or derived")
        return tuple(notes)


def _lines(number: int) -> str:
    return f"{number} line" if number == 1 else f"{number} lines"


def select(query: Query, book: Book, lines: Iterable[Line] | None = None) -> Selection:
    """Apply a query to all lines of the book, or to some of them, whose order is kept."""
    test = _test_of(query)
    selected: list[Line] = []
    undecided: list[Line] = []
    for line in book.lines.values() if lines is None else lines:
        answer = test(line, book)
        if answer:
            selected.append(line)
        elif answer is None:
            undecided.append(line)
    compared = tuple(dict.fromkeys(term.key for term in query.terms if term.key in MONEY))
    not_known = [line for line in undecided if any(amount_of(key, line, book) is None for key in compared)]
    return Selection(tuple(selected), tuple(undecided), tuple(not_known), compared)


def _test_of(query: Query) -> Test:
    """The whole query as one test."""
    alternatives: dict[str, list[Test]] = {}
    for term in query.terms:
        if not term.negated:
            alternatives.setdefault(term.key, []).append(term.test)
    demands = [_any(tests) for tests in alternatives.values()]
    return _all([*demands, *(_not(term.test) for term in query.terms if term.negated)])


def _any(tests: Sequence[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]

    def test(line: Line, book: Book) -> bool | None:
        open_ = False
        for one in tests:
            answer = one(line, book)
            if answer:
                return True
            open_ = open_ or answer is None
        return None if open_ else False

    return test


def _all(tests: Sequence[Test]) -> Test:
    def test(line: Line, book: Book) -> bool | None:
        open_ = False
        for one in tests:
            answer = one(line, book)
            if answer is None:
                open_ = True
            elif not answer:
                return False
        return None if open_ else True

    return test


def _not(inner: Test) -> Test:
    def test(line: Line, book: Book) -> bool | None:
        answer = inner(line, book)
        return None if answer is None else not answer

    return test
