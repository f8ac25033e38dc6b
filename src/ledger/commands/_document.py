"""The document that is imported, as it is read, and the ledger that it goes into."""

from pathlib import Path

import typer
from msgspec import Struct, field

from ledger.commands._columns_asked import Shape, say_taken
from ledger.commands._open_ledger import find, read, show_faults
from ledger.commands._source_bytes import name_of
from ledger.discovery import Found
from ledger.output import FAILED, fail, say
from ledger.reading import Loaded
from ledger.reading.field_formats import check_id
from ledger.statements import Refused, Statement, read_composed, read_statement
from ledger.statements._document_text import text_of
from ledger.statements._encoding import Decoded
from ledger.statements.letter import Letter, read_letter
from ledger.writing import Record
from ledger.writing.from_document import letter_source, table_source

OF_ANY_CURRENCY = ("export", "ledger", "table")
"""Kinds of statements whose figures are in the currency that they name; those of the others are in kronor."""


class Request(Struct, frozen=True):
    """What the command line asks for. `into` is the ledger, when it is named; `unit` that of bare figures.

    With `amend` a letter's figures go over those of an earlier one.
    """

    file: Path
    terms: tuple[str, ...] = ()
    into: Path | None = None
    source: str | None = None
    unit: str | None = None
    color: str | None = None
    dry_run: bool = False
    force: bool = False
    shape: Shape = field(default_factory=Shape)
    amend: bool = False


class Document(Struct, frozen=True):
    """A document as read, as a letter where it is one. `source` is its record, under the id that its content tells."""

    statement: Statement
    source: Record
    text: str
    letter: Letter | None = None
    data: bytes = b""


def open_document(request: Request, data: bytes, currency: str = "SEK") -> Document:
    """Read the document of these bytes by its content, for a ledger in `currency`; a fault ends the command."""
    name = name_of(request.file)
    found = read_statement(data, name, request.shape.asked(request.unit, currency))
    if not isinstance(found, Statement):
        for fault in found:
            say(f"ledger: {fault.place}: {' '.join(fault.message.split())}")
        if found[0].message.startswith("not a document that is known"):
            say("ledger: the amounts in running text are drafted by 'ledger import --prose FILE --source ID'")
        raise typer.Exit(FAILED)
    say_taken(found)
    if request.amend and found.kind != "letter":
        fail(f"--amend is for an appropriation letter, and '{name}' is none")
    text = text_of(data, name, request.shape.encoding) if found.kind == "letter" else None
    if isinstance(text, Decoded):
        letter = _letter(text.text, name, request.unit)
        if isinstance(letter, Letter):
            return Document(found, letter_source(letter, text.text), text.text, letter)
    return Document(found, table_source(found, data), "", data=data)


def _letter(text: str, name: str, unit: str | None) -> Letter | Refused:
    return read_composed(text, lambda composed: read_letter(composed, name, unit))


def find_ledger_to_write(ctx: typer.Context, request: Request) -> Found:
    """The ledger that is meant, never the copy that comes with the program."""
    into = request.into
    if into is not None and not into.is_dir():
        reason = "is not a directory" if into.exists() else f"is not there: 'ledger init {into}' makes a ledger"
        fail(f"'{into}' {reason}")
    return find(ctx, into, or_shipped=False)


def read_ledger(found: Found) -> Loaded:
    """The ledger; faults of reading end the command."""
    loaded = read(found)
    if loaded.faults:
        show_faults(loaded)
    return loaded


def own_source_id(request: Request) -> str | None:
    """The id that the command line gives the document; one that cannot be an id ends the command."""
    if request.source is not None:
        try:
            check_id(request.source)
        except ValueError as error:
            fail(f"--source: {error}")
    return request.source
