"""What `ledger report` puts on the page, and where the page goes."""

import os
import sys
import tempfile
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import typer

from ledger import __version__
from ledger.book import Line
from ledger.commands._open_ledger import Opened, checksum_of, find, opened, today
from ledger.commands._selection import Chosen, choose
from ledger.discovery import Found
from ledger.output import counted, emit, fail, say
from ledger.page import Made, Report, page
from ledger.query import Query, parse, select
from ledger.revisions import commit_of


def publish(
    ctx: typer.Context,
    terms: Sequence[str],
    *,
    lang: str,
    title: str | None,
    date: str | None,
    unit: str,
    date_of_page: str | None,
    show: bool,
    output: Path | None,
    data: Path | None,
) -> None:
    """Make the page, and print it, write it or show it."""
    if output is None and not show and sys.stdout.isatty():
        fail("a page is not for the terminal: name a file with --output, or show it with --open")
    day = _day(date_of_page) if date_of_page else today()
    found = find(ctx, data, or_shipped=True)
    ledger = opened(found, date, day=day)
    chosen = choose(ledger, terms)
    for note in chosen.notes:
        say(f"ledger: {note}")
    report = _report(ledger, chosen, terms, found, day, title=title, date=date, unit=unit)
    written = _put(page(report, lang), output, show=show)
    if written is not None:
        say(f"ledger: wrote {written}: {counted(len(report.of_year), 'line')} of {report.year}")
        if show and not webbrowser.open(written.resolve().as_uri()):
            say("ledger: no browser could be opened: open the file yourself")


def _day(text: str) -> str:
    """A whole date: acceptances run out on a day."""
    from datetime import date

    try:
        known = date.fromisoformat(text).isoformat() == text
    except ValueError:
        known = False
    return text if known else fail(f"'{text}' is not a day: write for example 2024-03-27")


def _put(html: str, output: Path | None, *, show: bool) -> Path | None:
    """Print a page or write it, to be shown into a temporary file where none is named; the file it is in."""
    if show and output is None:
        handle, name = tempfile.mkstemp(prefix="ledger-", suffix=".html")
        os.close(handle)
        output = Path(name)
        try:
            emit(html, output)
        except BaseException:
            output.unlink()
            raise
    else:
        emit(html, output)
    return output


def _report(
    ledger: Opened,
    chosen: Chosen,
    terms: Sequence[str],
    found: Found,
    day: str,
    *,
    title: str | None,
    date: str | None,
    unit: str,
) -> Report:
    book = ledger.book
    commit = commit_of(found.directory)
    made = Made(
        checksum_of(found, ledger),
        day,
        f"gender-budget-ledger {__version__}",
        commit.name if commit else "",
        uncommitted=commit.changed if commit else False,
    )
    years = tuple(str(year) for year in chosen.years)
    return Report(
        book=book,
        lines=chosen.lines,
        of_any_year=_of_any_year(ledger, terms),
        year=_year(chosen),
        years=chosen.years,
        made=made,
        periods=chosen.periods,
        findings=ledger.outcome.diagnostics,
        chosen=" ".join(term for term in terms if term.removeprefix("year:") not in years),
        as_of=date or "",
        unit=unit,
        title=title or book.title or "Ledger",
        folder=found.directory.as_posix(),
        claims=all(term.removeprefix("year:") in years for term in terms),
    )


def _of_any_year(ledger: Opened, terms: Sequence[str]) -> Sequence[Line]:
    """The lines that the terms select but for the year."""
    query = parse(terms, ledger.whole)
    if not isinstance(query, Query):
        return ()
    return select(Query(tuple(term for term in query.terms if term.key != "year")), ledger.book).lines


def _year(chosen: Chosen) -> int:
    """The year that is drawn: the only one asked for, else the latest that a decided line of the selection is of."""
    if len(chosen.years) == 1:
        return chosen.years[0]
    single = [line for line in chosen.lines if line.first_year == line.last_year]
    decided = [line.first_year for line in single if line.stage == "decided"]
    years = decided or [line.first_year for line in single] or chosen.years
    return max(years, default=0)
