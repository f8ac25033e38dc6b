"""What `ledger add top-up` does: hold the top-up against the ledger, put it into its line, tell what that made."""

from collections.abc import Iterator
from pathlib import Path

import typer
from msgspec import Struct

from ledger.book import Book, Line, TopUp
from ledger.commands._adding import SourceAsked, faults_of, faults_of_sources, new_source, put_records
from ledger.commands._apply_changes import apply, text_there
from ledger.commands._open_ledger import read, show_faults
from ledger.diagnostic import Finding
from ledger.discovery import Found
from ledger.money import Amount, AmountError, auto_unit, exact_words, range_words, read_amount, unit_name
from ledger.output import FAILED, emit, fail, say, visible
from ledger.reading.model import TopUpRecord
from ledger.reading.yaml.document import parse
from ledger.suggestion import did_you_mean
from ledger.writing import CannotWriteError, Value, unit_in_scope
from ledger.writing import add_top_up as with_top_up


class TopUpAsked(Struct, frozen=True):
    """A top-up as the command line states it."""

    line: str
    amount: str
    decided: str
    source: SourceAsked
    note: str = ""
    again: bool = False

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says so."""
        return self.source.ids


def add_top_up(found: Found, asked: TopUpAsked, *, dry_run: bool, force: bool) -> None:
    """Put a top-up into its line, or say why not; one that is there already is not put there again."""
    loaded = read(found)
    if loaded.faults:
        show_faults(loaded)
    book = loaded.book
    line = _line(book, asked.line)
    path = Path(line.origin.path)
    text = text_there(path)
    amount = _amount(book, asked, unit_in_scope(parse(text.encode(), line.origin.path), line.id))
    for message in (faults := [*_faults(book, asked), *([amount] if isinstance(amount, str) else [])]):
        say(f"ledger: {message}")
    if isinstance(amount, str) or faults:
        raise typer.Exit(FAILED)
    if _stands(book, line, asked, amount):
        return
    changes = put_records(new_source(book, asked.source), book, found.directory, {path: _put(text, asked, line)})
    then = apply(found.directory, changes, loaded, dry_run=dry_run, force=force).book
    _say_if_inside(book, then, line)
    told = _told(book, then, line.id, amount)
    say(f"ledger: dry run: {told}") if dry_run else emit(f"{visible(told)}\n", None)


def _line(book: Book, name: str) -> Line:
    """The line that is meant; the command ends when there is none, or two."""
    twice = [one for one in book.duplicates if one.what == "allocations" and one.id == name.partition("/")[0]]
    if twice:
        fail(f"'{twice[0].id}' stands twice, at {twice[0].first} and {twice[0].place}: which is meant is not clear")
    if name in book.claims and name not in book.lines:
        fail(f"'{name}' is a claim, and a top-up belongs to a line")
    if name not in book.lines:
        fail(f"no line is called '{name}'{did_you_mean(name, set(book.lines))}")
    return book.lines[name]


def _amount(book: Book, asked: TopUpAsked, unit: str | None) -> Amount | str:
    try:
        return read_amount(asked.amount, unit, book.currency)
    except AmountError as error:
        return f"AMOUNT: {error}"


def _faults(book: Book, asked: TopUpAsked) -> Iterator[str]:
    """What is wrong with the date and the sources."""
    yield from faults_of(TopUpRecord, {"decided": asked.decided, "source": list(asked.sources)}, {})
    yield from faults_of_sources(book, asked.source)


def _stands(book: Book, line: Line, asked: TopUpAsked, amount: Amount) -> bool:
    """Whether the line has this top-up already, which is then said; one of the same amount only is pointed at."""
    for top_up in line.top_ups:
        stated, decided, sources = _as_stated(book, top_up)
        if stated is None or stated.interval != amount.interval:
            continue
        where = f"{top_up.place.path}:{top_up.place.line}"
        if decided == asked.decided and sources == set(asked.sources) and not asked.again:
            emit(visible(f"{where}: {line.id} has this top-up already; nothing is added\n"), None)
            say("ledger: a second one of the same amount, day and source is added with --again")
            return True
        if asked.again:
            continue
        known = ", ".join((f"decided {decided}" if decided else "without a date", *sorted(sources)))
        say(f"ledger: {line.id} has a top-up of the same amount at {where} ({known}): is this other money?")
    return False


def _as_stated(book: Book, top_up: TopUp) -> tuple[Amount | None, str, set[str]]:
    """Amount, date and sources of a top-up; of one that is another line, those of that line where it has none."""
    if not top_up.line:
        return top_up.figure.amount if top_up.figure else None, top_up.decided, set(top_up.sources)
    other, total = book.lines.get(top_up.line), book.value(top_up.line).total
    figure = other.total or other.base if other else None
    decided = top_up.decided or (figure.decided if figure else "") or (other.decided if other else "")
    return total.amount if total else None, decided, set(figure.sources if figure else top_up.sources)


def _put(text: str, asked: TopUpAsked, line: Line) -> str:
    source: Value = asked.sources if len(asked.sources) > 1 else asked.sources[0]
    top_up = {"amount": asked.amount, "decided": asked.decided, "source": source}
    try:
        put = with_top_up(text, line.origin.path, line.id, top_up | ({"note": asked.note} if asked.note else {}))
    except CannotWriteError as error:
        fail(str(error))
    if isinstance(put, Finding):
        fail(f"{put.place}: {put.message}")
    return put


def _say_if_inside(before: Book, after: Book, line: Line) -> None:
    """Say so when a stated total, by the ledger's arithmetic, holds the top-up: it may be older than that."""
    was, now = before.value(line.id).base, after.value(line.id).base
    if line.total and was and now and now.way == "total - top-ups":
        place = after.lines[line.id].at("total")
        bases = f"{_words(after, now.amount)} instead of {_words(before, was.amount)}"
        say(f"ledger: the total stated at {place.path}:{place.line} now holds the top-up; the base is then {bases}")
        say("ledger: if the top-up came on top of that total, write the total as `base`")


def _told(before: Book, after: Book, name: str, amount: Amount) -> str:
    """What was added and where, and what the line then comes to."""
    was, now, place = before.value(name).total, after.value(name), after.lines[name].top_ups[-1].place
    did = f"{place.path}:{place.line}: top-up of {_words(after, amount)} added"
    if now.total is None:
        return f"{did}; the total of {name} is not known, as no {'total' if now.base else 'base'} is stated"
    total = _words(after, now.total.amount)
    if was and was.amount.interval == now.total.amount.interval:
        return f"{did}; the total of {name} stays {total}, as stated"
    return f"{did}; the total of {name} is now {total}" + (f" (was {_words(before, was.amount)})" if was else "")


def _words(book: Book, amount: Amount) -> str:
    """An amount with its unit; one that is not exact by its limits."""
    interval = amount.interval
    ends = [end for end in (interval.low, interval.high) if end is not None]
    if interval.exact:
        return exact_words(ends[0], book.currency)
    unit = auto_unit(ends)
    return f"{range_words(interval, unit)} {unit_name(unit, book.currency)}"
