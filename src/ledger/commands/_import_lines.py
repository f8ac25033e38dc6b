"""Lines from one of our own exports into the ledger that is meant: the same money in the same words, or nothing."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal, InvalidOperation
from itertools import chain

import typer
from msgspec.structs import replace

from ledger.book import CALCULATED, Book, Line
from ledger.commands._document import Request, find_ledger_to_write, read_ledger
from ledger.commands._export import table_of_lines
from ledger.commands._import_registers import registers_in
from ledger.commands._import_whole import import_whole, refuse
from ledger.commands._own_exports import Whole, faults_of
from ledger.money import plain_kronor
from ledger.output import FAILED, fail, say
from ledger.query import Query, parse, select
from ledger.reading import load_text
from ledger.render import _machine_fields
from ledger.statements import Row, Statement
from ledger.writing import CannotWriteError, Record, new_file
from ledger.writing.agencies import kind_of
from ledger.writing.from_book import records_of_book
from ledger.writing.line_cells import missing_columns, records_of_rows
from ledger.writing.yaml_records import unwritable
from ledger.writing.yaml_scalars import Value

_ELSEWHERE = frozenset(("file", "line", "depth", "recipient_name", "org_number", "source_url"))
"""Columns that say where a line stood and what others are called, nothing of the line itself."""

_MONEY = ("base", "top_ups", "total", "outcome")


def import_lines(ctx: typer.Context, request: Request, statement: Statement, data: bytes) -> None:
    """Write the lines of an export, with the sources and recipients that it tells of; what is not told is refused."""
    if request.source or request.unit:
        fail(f"'{request.file}' is an export, whose lines have their sources and units: leave --source and --unit out")
    missing = missing_columns(statement.rows)
    if missing:
        fail(f"'{request.file}' does not tell its lines in full, without {', '.join(missing)}: export it anew")
    found = find_ledger_to_write(ctx, request)
    there = read_ledger(found).book
    rows = _chosen(statement.rows, request, there)
    told = registers_in(data, request.file)
    registers = _registers(rows, there, told)
    book = _book_of(rows, request, registers)
    refuse(list(_unknown(rows, book, there)), request)
    _say_unused(statement.rows)
    for one in (one for one in registers if one not in told):
        who = f"{one.id}: {one.fields['name']}, {one.fields['kind']}"
        say(f"ledger: new: {who}, a kind that the name tells and the export does not")
    import_whole(ctx, replace(request, terms=()), Whole(request.file.as_posix(), book, records_of_book(book)))


def _say_unused(rows: Sequence[Row]) -> None:
    """Say which columns are none of ours, and are left out."""
    ours = {field.name for field in _machine_fields.fields(table_of_lines(Book(), [], {}))}
    others = [name for name in next((row.cells for row in rows), {}) if name.removesuffix("_stated") not in ours]
    if others:
        say(f"ledger: columns that no export has, and that are left out: {', '.join(others)}")


def _chosen(rows: Sequence[Row], request: Request, there: Book) -> Sequence[Row]:
    """The rows whose lines the terms choose."""
    if not request.terms:
        return rows
    book = _read(rows, request, [])
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


def _book_of(rows: Sequence[Row], request: Request, registers: Sequence[Record]) -> Book:
    """The book of the rows, which comes to what every cell of them says."""
    book = _read(rows, request, registers)
    refuse(list(_changed(rows, book)), request)
    return book


def _read(rows: Sequence[Row], request: Request, registers: Sequence[Record]) -> Book:
    records, faults = records_of_rows(rows)
    currencies = list(dict.fromkeys(row.cells["currency"] for row in rows))
    if len(currencies) > 1:
        faults.append(f"'currency' is {' and '.join(currencies)}: one ledger, one currency")
    refuse(faults, request)
    header = [Record("ledger", "", {"currency": one}) for one in currencies if one != "SEK"]
    try:
        loaded = load_text(new_file([*header, *registers, *records]), request.file.as_posix())
    except CannotWriteError as error:
        fail(f"'{request.file}': {unwritable(records) or error}")
    refuse([f"line {fault}" for fault in faults_of(loaded)], request)
    return loaded.book


def _changed(rows: Sequence[Row], book: Book) -> Iterator[str]:
    """The cells that say something else than what the lines come to: changed by hand, or by lines that are not here."""
    table = table_of_lines(book, [book.lines[row.id] for row in rows], {})
    header = _machine_fields.fields(table)
    for row, exported in zip(rows, table.rows, strict=True):
        for field, value in zip(header, _machine_fields.values(table, exported), strict=True):
            said = row.cells.get(field.name)
            if said is None or field.name in _ELSEWHERE:
                continue
            meant = _as_text(value, money=field.type == "money")
            if not _same(said, meant, field.type):
                what = f"'{field.name}' says {said or 'nothing'}, the line comes to {meant or 'nothing'}"
                why = "this cell or another was changed, or the lines that it was worked out from are not here"
                yield f"{row.place}: line '{row.id}': {what}: {why}"


def _as_text(value: _machine_fields.Value, *, money: bool) -> str:
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


def _registers(rows: Sequence[Row], there: Book, told: Sequence[Record]) -> list[Record]:
    """What the rows name and the ledger lacks: as the export has it beside its lines, else recipients by their names.

    What records of the ledger say is left to be compared with what the export has.
    """
    named = {
        "sources": set(chain.from_iterable(row.cells.get("source", "").split(";") for row in rows)),
        "goals": set(chain.from_iterable(row.cells["goals"].split(";") for row in rows)),
        "agencies": {row.recipient for row in rows},
    }
    found = {(one.key, one.id): one for one in told}
    waiting = [one for one in named["agencies"] if ("agencies", one) in found]
    while waiting:
        fields = found["agencies", waiting.pop()].fields
        beside = {str(fields.get("run_by", "")), *map(str, fields.get("members", ()))} - named["agencies"]
        named["agencies"] |= beside
        waiting += [one for one in beside if ("agencies", one) in found]
    kept = [one for one in told if one.id in named[one.key]]
    return [*kept, *_told_by_name(rows, there, {one.id for one in kept if one.key == "agencies"})]


def _told_by_name(rows: Iterable[Row], there: Book, known: AbstractSet[str]) -> Iterator[Record]:
    """The recipients of which rows tell the name and number alone: their kind is told by the name."""
    first = {row.recipient: row for row in reversed(list(rows)) if row.recipient}
    for one, row in first.items():
        name = row.cells.get("recipient_name", "")
        if one not in there.agencies and one not in known and name not in ("", one):
            fields: dict[str, Value] = {"name": name, "kind": kind_of(name)}
            number = row.cells.get("org_number", "")
            yield Record("agencies", one, fields | ({"org_number": number} if number else {}))


def _named_by(line: Line) -> Iterator[tuple[str, str]]:
    """The sources that a line names, each with the field."""
    yield from (("source", source) for source in line.sources)
    for name, figure in (("base", line.base), ("total", line.total), ("outcome", line.outcome)):
        yield from ((name, source) for source in (figure.sources if figure else ()))
    yield from (("top_ups", source) for top_up in line.top_ups for source in top_up.sources)
    yield from (("restated", source) for figure in line.restated for source in figure.sources)
    yield from (("accept", one.source) for one in line.accepted if one.source)


def _unknown(rows: Sequence[Row], book: Book, there: Book) -> Iterator[str]:
    """What the lines name that neither the export nor the ledger has: the reader could not tell what it is."""
    known = book.sources.keys() | there.sources.keys() | {CALCULATED}
    goals = book.goals.keys() | there.goals.keys()
    said: set[tuple[str, str]] = set()
    for row in rows:
        line = book.lines[row.id]
        lacking = [(field, source, "sources") for field, source in _named_by(line) if source not in known]
        lacking += [("goals", goal, "goals") for goal in line.goals if goal not in goals]
        for field, name, register in lacking:
            if (register, name) not in said:
                said.add((register, name))
                what = f"'{field}' names '{name}', which is not among the {register} of the ledger"
                yield f"{row.place}: line '{row.id}': {what}: add it there first, or export the whole ledger"
