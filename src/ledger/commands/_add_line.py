"""What `ledger add line` does: hold a new line against the ledger, put it where the lines of its year stand."""

from collections.abc import Iterator, Mapping
from typing import get_args

import typer
from msgspec import Struct

from ledger.book import CALCULATED, Book, Kind
from ledger.commands._adding import SourceAsked, faults_of, faults_of_sources, new_source, put_records
from ledger.commands._apply_changes import apply
from ledger.commands._open_ledger import read, show_faults
from ledger.discovery import Found
from ledger.money import AmountError, read_amount
from ledger.output import FAILED, emit, fail, say, visible
from ledger.reading.field_formats import check_id
from ledger.reading.model import LineRecord
from ledger.suggestion import did_you_mean
from ledger.writing import Record, Value


class LineAsked(Struct, frozen=True):
    """A line as the command line states it; `fields` are those that are given, by the names of ledger files."""

    id: str
    amount: str
    fields: Mapping[str, str]
    source: SourceAsked


def add_line(found: Found, asked: LineAsked, *, dry_run: bool, force: bool) -> None:
    """Put a line into the ledger, or say everything that keeps it out."""
    loaded = read(found)
    if loaded.faults:
        show_faults(loaded)
    book = loaded.book
    faults = list(_faults(book, asked))
    for message in faults:
        say(f"ledger: {message}")
    if faults:
        raise typer.Exit(FAILED)
    record = Record("allocations", asked.id, _fields(asked))
    changes = put_records([*new_source(book, asked.source), record], book, found.directory, {})
    then = apply(found.directory, changes, loaded, dry_run=dry_run, force=force).book
    place = then.lines[asked.id].origin.path
    told = f"{place}: {asked.id} added, {asked.amount or 'its amount not stated'}"
    say(f"ledger: dry run: {told}") if dry_run else emit(f"{visible(told)}\n", None)


def _fields(asked: LineAsked) -> dict[str, Value]:
    """The fields of the line in the order of ledger files."""
    ids = asked.source.ids
    fields: dict[str, Value] = {key: value for key, value in asked.fields.items() if key != "note"}
    fields["source"] = ids if len(ids) > 1 else ids[0]
    if asked.amount:
        fields["total"] = asked.amount
    if "note" in asked.fields:
        fields["note"] = asked.fields["note"]
    return fields


def _faults(book: Book, asked: LineAsked) -> Iterator[str]:
    """What is wrong with the id, the fields, the amount and the sources."""
    yield from _faults_of_id(book, asked.id)
    yield from _faults_of_fields(book, asked)
    if asked.amount:
        try:
            read_amount(asked.amount, None, book.currency)
        except AmountError as error:
            yield f"AMOUNT: {error}"
    if not asked.source.ids:
        yield f"--source is missing: who says so? What is worked out has the source '{CALCULATED}'"
    yield from faults_of_sources(book, asked.source)


def _faults_of_id(book: Book, name: str) -> Iterator[str]:
    if "/" in name:
        fail(f"'{name}' would be a part: write it below 'parts' of its line; 'add line' makes lines of their own")
    if name in book.lines or name in book.claims:
        known = book.lines.get(name) or book.claims[name]
        yield f"ID: '{name}' is there already, in {known.origin.path}"
    try:
        check_id(name)
    except ValueError as error:
        yield f"ID: {error}"


def _faults_of_fields(book: Book, asked: LineAsked) -> Iterator[str]:
    kind, recipient = asked.fields.get("kind", ""), asked.fields.get("recipient", "")
    if kind and kind not in get_args(Kind):
        yield f"--kind: '{kind}' is none of {', '.join(get_args(Kind))}{did_you_mean(kind, set(get_args(Kind)))}"
    elif asked.source.ids:
        yield from faults_of(LineRecord, {**asked.fields, "source": list(asked.source.ids)}, {})
    if "year" not in asked.fields:
        yield "--year is missing"
    if recipient and recipient not in book.agencies:
        yield f"--recipient: no agency is called '{recipient}'{did_you_mean(recipient, set(book.agencies))}"
