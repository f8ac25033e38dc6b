"""Lines from one of our own exports into the ledger that is meant: the same money in the same words, or nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import chain

import typer
from msgspec.structs import replace

from ledger.book import CALCULATED, Book, Line
from ledger.commands._document import Request, find_ledger_to_write, read_ledger
from ledger.commands._export import table_of_lines
from ledger.commands._import_whole import import_whole, refuse
from ledger.commands._own_exports import TABLE, Whole, read_json, sources_beside
from ledger.money import plain_kronor
from ledger.options import FAILED, fail, say
from ledger.query import Query, parse, select
from ledger.reading import load_text
from ledger.render._fields import Value, fields, values
from ledger.statements import Row, Statement
from ledger.writing import CannotWriteError, Record, new_file
from ledger.writing.agencies import kind_of
from ledger.writing.from_book import records_of_book
from ledger.writing.line_cells import missing_columns, records_of_rows

_ELSEWHERE = frozenset(("file", "line", "depth", "recipient_name", "org_number", "source_url"))
"""Columns that say where a line stood and what others are called, nothing of the line itself."""

_MONEY = ("base", "top_ups", "total", "outcome")
_SOURCE = ("title", "kind", "publisher", "published", "reference", "url", "note")


def import_lines(ctx: typer.Context, request: Request, statement: Statement, data: bytes) -> None:
    """Write the lines of an export, with the sources and recipients that it tells of; what is not told is refused."""
    if request.source or request.unit:
        fail(f"'{request.file}' is an export, whose lines have their sources and units: leave --source and --unit out")
    missing = missing_columns(statement.rows)
    if missing:
        names = ", ".join(missing)
        fail(
            f"'{request.file}' does not tell its lines in full, it has no column {names}: use 'ledger export' of today"
        )
    found = find_ledger_to_write(ctx, request)
    there = read_ledger(found).book
    rows = _chosen(statement.rows, request, there)
    registers = [*_sources(rows, there, data, request), *_agencies(rows, there)]
    book = _book_of(rows, request, there, registers)
    refuse(list(_unknown(rows, book, there)), request)
    for one in registers:
        if one.key == "agencies":
            say(f"ledger: new: {one.id}: {one.fields['name']}, {one.fields['kind']}, which the export does not tell")
    import_whole(ctx, replace(request, terms=()), Whole(request.file.as_posix(), book, records_of_book(book)))


def _chosen(rows: Sequence[Row], request: Request, there: Book) -> Sequence[Row]:
    """The rows whose lines the terms choose."""
    if not request.terms:
        return rows
    book = _read(rows, request, there.currency, [])
    known = replace(book, agencies={**there.agencies}, goals={**there.goals}, sources={**there.sources})
    query = parse(request.terms, known)
    if not isinstance(query, Query):
        for error in query:
            say(f"ledger: {error.message}")
        raise typer.Exit(FAILED)
    chosen = {line.id for line in select(query, known).lines}
    if not chosen:
        fail(f"no line of '{request.file}' is chosen")
    return [row for row in rows if row.id in chosen]


def _book_of(rows: Sequence[Row], request: Request, there: Book, registers: Sequence[Record]) -> Book:
    """The book of the rows, which comes to what every cell of them says."""
    book = _read(rows, request, there.currency, registers)
    refuse(list(_changed(rows, book)), request)
    return book


def _read(rows: Sequence[Row], request: Request, currency: str, registers: Sequence[Record]) -> Book:
    records, faults = records_of_rows(rows)
    refuse(faults, request)
    header = [Record("ledger", "", {"currency": currency})] if currency != "SEK" else []
    try:
        loaded = load_text(new_file([*header, *registers, *records]), request.file.as_posix())
    except CannotWriteError as error:
        fail(f"'{request.file}': {error}")
    refuse([f"line '{one.place.owner}': {one.message}" for one in loaded.faults], request)
    return loaded.book


def _changed(rows: Sequence[Row], book: Book) -> Iterator[str]:
    """The cells that say something else than what the lines come to: changed by hand, or by lines that are not here."""
    table = table_of_lines(book, [book.lines[row.id] for row in rows], {})
    header = fields(table)
    for row, exported in zip(rows, table.rows, strict=True):
        for field, value in zip(header, values(table, exported), strict=True):
            said = row.cells.get(field.name)
            if said is None or field.name in _ELSEWHERE:
                continue
            meant = _as_text(value, money=field.type == "money")
            if not _same(said, meant, field.type):
                what = f"'{field.name}' says {said or 'nothing'}, the line comes to {meant or 'nothing'}"
                why = "this cell or another was changed, or the lines that it was worked out from are not here"
                yield f"{row.place}: line '{row.id}': {what}: {why}"


def _as_text(value: Value, *, money: bool) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case tuple():
            return ";".join(value)
        case int() if money:
            return plain_kronor(value)
        case _:
            return str(value)


def _same(said: str, meant: str, type_: str) -> bool:
    if type_ in ("money", "integer") and said and meant:
        try:
            return Decimal(said.strip().replace(",", ".")) == Decimal(meant)
        except InvalidOperation:
            return False
    return said.casefold() == meant if type_ == "boolean" else said == meant


def _agencies(rows: Iterable[Row], there: Book) -> list[Record]:
    """The recipients that the ledger lacks, as far as rows tell of them: the kind is told by the name."""
    found: dict[str, Record] = {}
    for row in rows:
        name = row.cells.get("recipient_name", "")
        if not row.recipient or row.recipient in there.agencies or name in ("", row.recipient):
            continue
        stated = {"name": name, "kind": kind_of(name), "org_number": row.cells.get("org_number", "")}
        found[row.recipient] = Record("agencies", row.recipient, {key: text for key, text in stated.items() if text})
    return list(found.values())


def _named_by(line: Line) -> Iterator[tuple[str, str]]:
    """The sources that a line names, each with the field."""
    yield from (("source", source) for source in line.sources)
    for name, figure in (("base", line.base), ("total", line.total), ("outcome", line.outcome)):
        yield from ((name, source) for source in (figure.sources if figure else ()))
    yield from (("top_ups", source) for top_up in line.top_ups for source in top_up.sources)
    yield from (("restated", source) for figure in line.restated for source in figure.sources)
    yield from (("accept", one.source) for one in line.accepted if one.source)


def _sources(rows: Iterable[Row], there: Book, data: bytes, request: Request) -> list[Record]:
    """The sources that the rows name and the ledger lacks, where the export has them beside its lines."""
    named = set(chain.from_iterable(row.cells.get("source", "").split(";") for row in rows))
    made = []
    for cells in _told_of(data, request):
        if cells.get("id") in named and cells["id"] not in there.sources:
            stated = {name: cells[name] for name in _SOURCE if cells.get(name)}
            made.append(Record("sources", cells["id"], stated))
    return made


def _told_of(data: bytes, request: Request) -> Iterator[Mapping[str, str]]:
    """The rows of the table of sources: of a document of JSON, or beside the lines of a package."""
    if request.file.name == TABLE:
        yield from sources_beside(request.file)
    if data[:1] != b"{":
        return
    below = read_json(data, request.file).get("below")
    for table in below if isinstance(below, list) else ():
        for row in table.get("rows", ()) if isinstance(table, Mapping) else ():
            if isinstance(row, Mapping) and {"id", "title", "kind", "publisher"} <= row.keys():
                yield {name: text for name, text in row.items() if isinstance(text, str)}


def _unknown(rows: Sequence[Row], book: Book, there: Book) -> Iterator[str]:
    """What the lines name that neither the export nor the ledger has: the reader could not tell what it is."""
    known = book.sources.keys() | there.sources.keys() | {CALCULATED}
    said: set[tuple[str, str]] = set()
    for row in rows:
        line = book.lines[row.id]
        lacking = [(field, source, "sources") for field, source in _named_by(line) if source not in known]
        lacking += [("goals", goal, "goals") for goal in line.goals if goal not in there.goals]
        for field, name, register in lacking:
            if (register, name) not in said:
                said.add((register, name))
                what = f"'{field}' names '{name}', which is not among the {register} of the ledger"
                yield f"{row.place}: line '{row.id}': {what}: add it there first, or export the whole ledger"
