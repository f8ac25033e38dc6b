"""From a document to changes of the ledger's files: what it states, what the ledger has, what is to be added."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import typer
from msgspec.structs import replace

from ledger.book import Agency, Book
from ledger.commands._amend import Asked as Amending
from ledger.commands._amend import amend_letter, last_letter, said_then, with_moved_items
from ledger.commands._apply_changes import apply
from ledger.commands._columns_asked import keep_columns
from ledger.commands._document import (
    OF_ANY_CURRENCY,
    Document,
    Request,
    find_ledger_to_write,
    open_document,
    own_source_id,
    read_ledger,
)
from ledger.commands._existing_lines import Held, held_by, unprinted_in
from ledger.commands._import_changes import changes_of
from ledger.commands._import_own import import_own
from ledger.commands._import_report import (
    Additions,
    already_there,
    report,
    say_amending,
    say_faults,
    say_lacking,
    show_differences,
    show_faults_of_letter,
)
from ledger.discovery import Found, shipped_data
from ledger.output import FAILED, FOUND, counted, fail, say
from ledger.query import Query, parse, select
from ledger.reading import Loaded, load
from ledger.statements import Row, Statement
from ledger.writing import Record
from ledger.writing.agencies import Named, ambiguous, named, new_agencies
from ledger.writing.from_document import known_source, with_free_id
from ledger.writing.from_letter import agencies_in, planned_letter
from ledger.writing.from_rows import Told, book_of, planned_rows, told_by
from ledger.writing.from_tree import Placing, Planned, recipients_in, records_of
from ledger.writing.target_file import home_of


def import_file(ctx: typer.Context, asked: Request) -> None:
    """Add what a document states to the ledger that is meant, and say what was done; a fault ends the command."""
    left = import_own(ctx, asked)
    if left is None:
        return
    request, data = left
    found = find_ledger_to_write(ctx, request)
    loaded = read_ledger(found)
    document = open_document(request, data, loaded.book.currency)
    if document.statement.kind == "export":
        from ledger.commands._import_lines import import_lines

        import_lines(ctx, request, document.statement, document.data)
    else:
        _import_statement(ctx, request, document, found=found, loaded=loaded)


def _import_statement(
    ctx: typer.Context, request: Request, document: Document, *, found: Found, loaded: Loaded
) -> None:
    """Add what a stranger's document states."""
    book = loaded.book
    if book.currency != "SEK" and document.statement.kind not in OF_ANY_CURRENCY:
        fail(f"'{request.file}' is in kronor, and this ledger is in {book.currency}: one ledger, one currency")
    agencies = named(_recipients(document), book.agencies, _register())
    told, planned = _chosen(document, request, book, agencies)
    _stop_at_unclear(told, agencies)
    _stop_at_faults(document, planned, request)
    held = held_by(book, document.statement, told)
    if document.letter and said_then(book, document, told, last_letter(book, held)):
        return
    if request.amend:
        held = with_moved_items(held, book, agencies)
    _stop_at_undecided(held, request)
    _stop_at_unread(document.statement, _rows_to_write(planned, held), request)
    where = found.directory
    additions = _additions(document, request, book, planned=planned, held=held, agencies=agencies, directory=where)
    if document.letter and request.amend and held.lines and (held.differing or additions.of("allocations")):
        asked = Amending(document, document.letter, told, held, additions)
        amend_letter(asked, request, found, loaded, partial(changes_of, document))
        return
    _say_held(ctx, document, request, book, held)
    say_lacking(held, additions.source, book.currency)
    new = additions.of("allocations")
    if not new:
        already_there(document.statement, held)
    elif held.differing and not request.force:
        what = "the 1 new record is" if len(new) == 1 else f"the {len(new)} new records are"
        say(f"ledger: nothing is written, as figures differ: with --force {what} written all the same")
    else:
        changes, dry = changes_of(document, additions, {}), request.dry_run
        apply(found.directory, changes, loaded, dry_run=dry, force=request.force)
        codes = [one.fields["code"] for one in planned]
        report(document.statement, document.letter, additions, agencies, found=found, codes=codes, dry_run=dry)
    if not request.dry_run:
        keep_columns(request.shape, document.statement, request.unit)
    if held.differing:
        raise typer.Exit(FOUND)


def _stop_at_undecided(held: Held, request: Request) -> None:
    """End the command where a line of the same code was only proposed: the money would count twice."""
    if not held.undecided or request.force:
        return
    for line in {line.id: line for line in held.undecided}.values():
        say(f"ledger: {line.origin.path}: {line.id} has a code of the document, and is {line.stage}, not decided")
    say("ledger: nothing is written: give such a line 'counted: no', to keep it beside what was decided, or the stage")
    say("ledger: 'decided' if the document decides it; with --force the lines are written beside it")
    raise typer.Exit(FOUND)


def _rows_to_write(planned: Iterable[Planned], held: Held) -> list[Row]:
    """The rows of which the ledger has no line."""
    lines = (line for one in planned for line in one.all())
    return [line.row for line in lines if line.row and not held.line_of(line)]


def _say_held(ctx: typer.Context, document: Document, request: Request, book: Book, held: Held) -> None:
    """Say what differs, and which letter a letter amends."""
    if held.differing:
        show_differences(ctx, book, held, request.color, aside=request.dry_run)
    if document.letter and held.lines:
        say_amending(document.letter, held, book)


def _stop_at_faults(document: Document, planned: Sequence[Planned], request: Request) -> None:
    """Say what is wrong in the document; a letter with a fault ends the command, unless it is to be written so."""
    if document.letter is None:
        say_faults(fault for one in planned for line in one.all() if line.row for fault in line.row.faults)
        sums = document.statement.faults
        say_faults(sums)
        if sums and not request.force:
            say("ledger: nothing is written: mend the document, or write its lines as they are with --force")
            raise typer.Exit(FOUND)
        return
    codes = {one.fields["code"] for one in planned}
    if show_faults_of_letter(document.letter, codes, document.text) and not request.force:
        say("ledger: nothing is written: mend the text, or write it as it is with --force")
        raise typer.Exit(FOUND)


def _stop_at_unread(statement: Statement, written: Sequence[Row], request: Request) -> None:
    """Say which figures of rows to be written could not be read, and end the command unless they are to be left out.

    How many could not be read elsewhere is said.
    """
    unread = [one for row in written for one in row.unread.values()]
    all_of_them = len(statement.unread) + sum(len(row.unread) for row in statement.rows)
    if all_of_them > len(unread):
        what = counted(all_of_them - len(unread), "figure")
        say(f"ledger: {what} that could not be read in rows that are not written, or in sums")
    if not unread:
        return
    what = f"{counted(len(unread), 'figure')} of these rows could not be read"
    say(f"ledger: {what}:")
    for fault in unread:
        say(f"ledger:   {fault.place}: {fault.message}")
    if not request.force:
        say("ledger: nothing is written: mend the document, or write the rows without these figures with --force")
        raise typer.Exit(FOUND)
    say("ledger: the rows are written without them")


def _register() -> list[Agency]:
    """The agencies of the data set that comes with the program, by whose ids people know them."""
    shipped = shipped_data()
    return list(load(shipped).book.agencies.values()) if shipped else []


def _recipients(document: Document) -> Iterator[tuple[str, str]]:
    """Everybody whom the document names as a recipient, by name and number."""
    yield from ((row.recipient, row.org_number) for row in document.statement.rows)
    yield from ((name, "") for name in (agencies_in(document.letter) if document.letter else ()))


def _stop_at_unclear(told: Iterable[Told], agencies: Mapping[tuple[str, str], Named]) -> None:
    """End the command at a name that several agencies have."""
    unclear = ambiguous(agencies[recipient] for recipient in dict.fromkeys(one.recipient for one in told))
    for message in unclear:
        say(f"ledger: {message}")
    if unclear:
        raise typer.Exit(FAILED)


def _chosen(
    document: Document, request: Request, book: Book, agencies: dict[tuple[str, str], Named]
) -> tuple[list[Told], list[Planned]]:
    """The rows that terms choose, and the lines that they are; of a letter whole appropriations are chosen."""
    ids = {recipient: one.id for recipient, one in agencies.items()}
    rows = document.statement.rows
    whole = [row for row in rows if not row.partial or row.figures.keys() - {"outcome"}]
    if len(whole) < len(rows):
        say(f"ledger: outcomes of a part of a year, which are left out: {len(rows) - len(whole)}")
    told, faults = told_by(whole, ids)
    if document.letter is None and faults:
        say_faults(faults)
        if not request.terms:
            fail(f"not every row of '{request.file}' can be a line: mend it, or choose others with terms")
    if not told:
        fail(f"'{request.file}' states no line that can be imported")
    new = {one.id: one.agency for one in agencies.values() if one.agency}
    picked = _select(request, told, {**book.agencies, **new})
    if document.letter is None:
        return picked, planned_rows(picked)
    codes = {one.row.code for one in picked if one.kind == "appropriation"}
    planned = planned_letter(document.letter, {name: one.id for (name, _), one in agencies.items()})
    kept = [one for one in planned if one.fields["code"] in codes]
    if not kept:
        show_faults_of_letter(document.letter, (), document.text)
        there = ", ".join(one.fields["code"] for one in planned) or "none whose code is known"
        fail(f"no appropriation of '{request.file}' is chosen; a letter is imported by whole ones, here {there}")
    within = tuple(f"{code} " for code in codes)
    return [one for one in told if one.row.code in codes or one.row.code.startswith(within)], kept


def _select(request: Request, told: Sequence[Told], agencies: Mapping[str, Agency]) -> list[Told]:
    """The rows that terms choose; none is an error that says what there is."""
    there = book_of(told, agencies)
    query = parse(request.terms, there)
    if not isinstance(query, Query):
        for error in query:
            say(f"ledger: {error.message}")
        raise typer.Exit(FAILED)
    by_line = dict(zip(there.lines, told, strict=True))
    chosen = [by_line[line.id] for line in select(query, there).lines]
    if not chosen:
        fail(f"no line of '{request.file}' is chosen; there are {_what_there_is(told)}")
    return chosen


def _what_there_is(told: Iterable[Told]) -> str:
    rows = [one.row for one in told]
    years = sorted({row.years for row in rows})
    codes = list(dict.fromkeys(row.code for row in rows if row.code))
    shown = ", ".join(codes[:8]) + (f" and {len(codes) - 8} more" if len(codes) > 8 else "")
    when = f"{years[0]} to {years[-1]}" if len(years) > 1 else "".join(years)
    return f"{counted(len(rows), 'line')} of {when}: {shown}" if codes else f"{counted(len(rows), 'line')} of {when}"


def _additions(
    document: Document,
    request: Request,
    book: Book,
    *,
    planned: Sequence[Planned],
    held: Held,
    agencies: dict[tuple[str, str], Named],
    directory: Path,
) -> Additions:
    """The records that the ledger lacks: lines, the agencies that they name, and the source."""
    known, made = _source(document, request, book)
    unprinted = partial(unprinted_in, book)
    placing = Placing(
        known or made.id, held.line_of, unprinted, set(book.lines), document.statement.decided, book.currency
    )
    lines = records_of(planned, placing)
    used = set(recipients_in(lines))
    records = [
        *(one for one in new_agencies(agencies.values()) if one.id in used),
        *([made] if (lines or request.amend) and not known else []),
        *lines,
    ]
    return Additions(records, [home_of(record, book, directory) for record in records], known or made.id)


def _source(document: Document, request: Request, book: Book) -> tuple[str, Record]:
    """The id of the document in the ledger, empty where it has none, and its record."""
    own = own_source_id(request)
    if own is None:
        known = known_source(document.source, book.sources)
        return known, document.source if known else with_free_id(document.source, book.sources)
    return own if own in book.sources else "", replace(document.source, id=own)
