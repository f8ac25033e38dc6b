"""The terms of every selection, one a line of the input, as they come from a shell or from a claim."""

import os
from functools import cache
from zlib import crc32

from fuzz.promises import Came, demand, fit_to_print, kinds
from fuzz.seeds import ROOT
from fuzz.seeds import terms as seeds
from ledger.book import Book
from ledger.query import Query, complete, parse, select, split_terms, years_of
from ledger.reading import load
from ledger.render.table import table as as_table
from ledger.views.matches import matches

__all__ = ["attempt", "lines", "seeds"]

_MOST = 6
"""Terms of one input."""


@cache
def _book() -> Book:
    return load(ROOT / "data").book


def _terms(data: bytes) -> list[str]:
    """As a shell hands them over: no zero byte, and what is no UTF-8 as halves of characters."""
    return [os.fsdecode(term) for term in data.replace(b"\x00", b"").split(b"\n")[:_MOST]]


def attempt(data: bytes) -> Came:
    """Read the terms, select by them, and show what was selected, or say what is wrong with them."""
    book, terms = _book(), _terms(data)
    query = parse(terms, book)
    offered = complete(terms[0], book)
    if crc32(data) % 4 == 0:
        parse(split_terms(" ".join(terms)), book)
    if not isinstance(query, Query):
        demand(kept=all(0 <= error.index < len(terms) for error in query), promise="an error is about a term")
        return Came("\n".join(error.message for error in query), kinds(error.message for error in query))
    selection = select(query, book)
    years_of(query)
    selected, open_ = ({line.id for line in some} for some in (selection.lines, selection.undecided))
    demand(kept=not selected & open_, promise="a line is selected, or undecided")
    notes, printed = selection.notes(), ""
    if crc32(data) % 8 == 0 or len(selection.lines) < 4:  # a long table takes a hundred times as long as the query
        printed = as_table(matches(book, selection.lines[:20], title=" ".join(terms), notes=notes))
    told = {*notes, *(term.key for term in query.terms), f"{min(len(selection.lines), 9)} lines"}
    return Came(fit_to_print(printed, "\n".join(notes)) + "\n".join(offered), kinds(told))


def lines(data: bytes) -> list[list[str]]:
    """The command that shows what terms select."""
    form = ("table", "json", "csv")[crc32(data) % 3]
    return [["query", "--data", str(ROOT / "data"), "--format", form, "--", *_terms(data)]]
