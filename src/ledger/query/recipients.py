"""Who counts as a recipient: an agency with its members and what is run by them, never a group around it."""

from collections.abc import Callable, Iterable

from ledger.book import Agency, Book
from ledger.suggestion import did_you_mean


def recipients_of(name: str, book: Book) -> frozenset[str] | str:
    """The ids that `recipient:name` selects, or what is wrong with the name.

    The name is an id, or an abbreviation or whole name in any case. An id that only lines use is known too,
    so that a line with an undeclared recipient can be found.
    """
    asked = _named(name, book)
    if not asked:
        known = {word for agency in book.agencies.values() for word in (*_names(agency), agency.id) if word}
        return f"unknown recipient '{name}'{did_you_mean(name, known)}"
    agencies = book.agencies
    around = _reached(asked, lambda one: [group.id for group in agencies.values() if one in group.members])
    inside = _reached(asked, lambda one: agencies[one].members if one in agencies else ())
    return frozenset(_reached(inside, _run_by(book)) - (around - asked))


def _named(name: str, book: Book) -> set[str]:
    if name in book.agencies:
        return {name}
    wanted = name.casefold()
    found = {agency.id for agency in book.agencies.values() if wanted in map(str.casefold, _names(agency))}
    if not found and any(line.recipient == name for line in book.lines.values()):
        return {name}
    return found


def _names(agency: Agency) -> tuple[str, str, str]:
    return agency.name, agency.name_en, agency.abbreviation


def _run_by(book: Book) -> Callable[[str], Iterable[str]]:
    """What each runs: its centres and programmes, but not the members that a programme may have."""
    run: dict[str, list[str]] = {}
    for agency in book.agencies.values():
        run.setdefault(agency.run_by, []).append(agency.id)
    return lambda one: run.get(one, ())


def _reached(start: Iterable[str], step: Callable[[str], Iterable[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(step(one))
    return found
