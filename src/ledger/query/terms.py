"""Terms as people write them → a query, or everything that is wrong with them."""

import re
from collections.abc import Sequence

from msgspec import Struct

from ledger.book import Book
from ledger.query.criteria import Criterion, Test
from ledger.query.keys import ALL, Key
from ledger.suggestion import did_you_mean

NOT = "not:"
_KEYS = {key.name: key for key in ALL}
_PIECES = re.compile(r'(?:"[^"]*"|"[^"]*$|[^\s"])+')
_QUOTED = re.compile(r'"([^"]*)"')
_KEYED = re.compile(r"([^\W\d][\w-]*):(.*)", re.DOTALL)
_YEARS = re.compile(r"[0-9]{4}(\.\.([0-9]{4})?)?|\.\.[0-9]{4}")


class Term(Struct, frozen=True):
    """One term that was read; `years` are those it names, as far as the ledger goes."""

    key: str
    value: str
    negated: bool = False
    years: tuple[int, ...] = ()
    test: Test = lambda *_: True


class Query(Struct, frozen=True):
    """Terms of one key are alternatives, different keys must all hold, and so must every negated term."""

    terms: tuple[Term, ...] = ()


class TermError(Struct, frozen=True):
    """What is wrong with the term at `index`, counted from 0."""

    index: int
    message: str


def split_terms(text: str) -> list[str]:
    """Split an `about` text at its spaces, save inside double quotes, which are taken off.

    A quote that is not closed stays, for `parse` to report.
    """
    return [_QUOTED.sub(r"\1", piece) for piece in _PIECES.findall(text)]


def parse(terms: Sequence[str], book: Book) -> Query | tuple[TermError, ...]:
    """Read terms against the names that the book knows; all faults at once. No terms select every line."""
    read = [_term(term, book) for term in terms]
    errors = tuple(TermError(index, one) for index, one in enumerate(read) if isinstance(one, str))
    return errors or Query(tuple(one for one in read if isinstance(one, Term)))


def years_of(query: Query) -> tuple[int, ...]:
    """The years that terms which are not negated name, in order; none, when no year was chosen."""
    return tuple(sorted({year for term in query.terms if not term.negated for year in term.years}))


def _term(written: str, book: Book) -> Term | str:
    plain = _QUOTED.sub(r"\1", written).strip()
    if '"' in plain:
        return f"a quote in '{written}' is not closed"
    negated = False
    while plain[: len(NOT)].casefold() == NOT:
        negated, plain = not negated, plain[len(NOT) :].lstrip()
    found = _keyed(plain)
    if isinstance(found, str):
        return found
    key, value = found
    if not value:
        return f"""'{written}' has no value: quote one that holds spaces, < or >, as in code:"UO13 3:1\""""
    criterion = key.read(value, book)
    if not isinstance(criterion, Criterion):
        return criterion
    return Term(key.name, value, negated, criterion.years, criterion.test)


def _keyed(plain: str) -> tuple[Key, str] | str:
    """A term's key and value, or what is wrong: a bare year is a `year`, any other bare word a `text`."""
    found = _KEYED.fullmatch(plain)
    if not found:
        return _KEYS["year" if _YEARS.fullmatch(plain) else "text"], plain
    name, value = found[1].casefold(), found[2].strip()
    if name not in _KEYS:
        hint = did_you_mean(name, list(_KEYS))
        return f"unknown key '{found[1]}'{hint}; to look for the words themselves write text:\"{plain}\""
    return _KEYS[name], value


def complete(prefix: str, book: Book) -> list[str]:
    """Every term that can follow from what is typed: keys with their colon, years, then the values of a key.

    The terms come without quotes, also around a space: quoting is the shell's business.
    """
    start = re.match(f"(?:{NOT})*", prefix)
    negations = start[0] if start else ""
    key, colon, value = prefix[len(negations) :].partition(":")
    if colon:
        known = _KEYS[key].values(book) if key in _KEYS else ()
        typed = value.removeprefix('"').casefold()
        return [f"{negations}{key}:{one}" for one in sorted(known) if one.casefold().startswith(typed)]
    words = (*(f"{name}:" for name in _KEYS), NOT, *_KEYS["year"].values(book))
    return [f"{negations}{word}" for word in words if word.startswith(key)]
