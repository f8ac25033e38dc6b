"""A whole ledger, from one of our own exports, into the ledger that is meant: all of it, as it is, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import typer
from msgspec.structs import replace

from ledger.book import Book
from ledger.commands._apply_changes import apply, text_there
from ledger.commands._document import Request, find_ledger_to_write, read_ledger
from ledger.commands._own_exports import Whole
from ledger.output import FAILED, counted, fail, say
from ledger.reading import Loaded, bytes_of, ledger_files, load_texts
from ledger.writing import CannotWriteError, Change, Record, insert, new_file
from ledger.writing.equality import REGISTERS, Lost, lost
from ledger.writing.from_tree import lines_in
from ledger.writing.target_file import home_of
from ledger.writing.yaml_records import Section, unwritable

_MOST_SAID = 20
"""Losses that are said; of more, the number."""

_LARGEST_FILE = 16 * 2**20
"""Characters of lines in one new file, about: a quarter of what is read."""


def import_whole(ctx: typer.Context, request: Request, whole: Whole) -> None:
    """Write every record that the ledger lacks; a record that it has in other words ends the command."""
    if request.terms or request.source or request.unit:
        fail(f"'{whole.path}' is a whole ledger, which is brought in as it is: leave terms, --source and --unit out")
    found = find_ledger_to_write(ctx, request)
    loaded = read_ledger(found)
    records = _lacking(whole, loaded.book)
    if not records:
        say(f"ledger: nothing to add: the ledger has all that '{whole.path}' says")
        return
    add_records(request, loaded, found.directory, records, meant=_meant(whole, loaded.book))
    lines = lines_in(records)
    others = sum(record.key not in ("allocations", "ledger") for record in records)
    say(f"ledger: {counted(lines, 'line')} and {counted(others, 'other record')} of '{whole.path}'")
    given = f" --data {found.directory.as_posix()}" if found.given else ""
    say("ledger: a dry run: nothing is written" if request.dry_run else f"ledger: next: ledger check{given}")


def add_records(request: Request, loaded: Loaded, directory: Path, records: Sequence[Record], *, meant: Book) -> None:
    """Write records, so that the ledger then says what is meant; anything that it would not say ends the command."""
    try:
        changes = list(_changes(records, loaded.book, directory, request.file.name))
    except CannotWriteError as error:
        fail(f"'{request.file}': {unwritable(records) or error}")
    texts = {shown: bytes_of(path, directory) for path, shown in ledger_files(directory)}
    after = load_texts(texts | {one.path.as_posix(): _bytes(one) for one in changes})
    refuse(
        [*(f"{one.place.owner}: {one.message}" for one in after.faults), *map(str, lost(meant, after.book))], request
    )
    apply(directory, changes, loaded, dry_run=request.dry_run, force=request.force)


def refuse(reasons: Sequence[str], request: Request) -> None:
    """Say why nothing is written, and end the command, where there is a reason."""
    for reason in reasons[:_MOST_SAID]:
        say(f"ledger: {reason}" if reason.startswith(request.file.as_posix()) else f"ledger: {request.file}: {reason}")
    if len(reasons) > _MOST_SAID:
        say(f"ledger: and {len(reasons) - _MOST_SAID} more")
    if reasons:
        say("ledger: nothing is written")
        raise typer.Exit(FAILED)


def _bytes(change: Change) -> bytes:
    return change.after.encode() if isinstance(change.after, str) else change.after


def _lacking(whole: Whole, book: Book) -> list[Record]:
    """The records that the ledger does not have; one that it has and says something else of ends the command."""
    if book.currency != whole.book.currency and not _is_empty(book):
        fail(f"'{whole.path}' is in {whole.book.currency}, this ledger in {book.currency}: one ledger, one currency")
    there = {register: getattr(whole.book, register).keys() & getattr(book, register).keys() for register in REGISTERS}
    tops = {name.partition("/")[0] for name in there["lines"]}
    for register in REGISTERS:
        mine = getattr(whole.book, register)
        known = {one: mine[one] for one in mine if one in there[register] or one.partition("/")[0] in tops}
        differing = list(lost(replace(Book(currency=book.currency), **{register: known}), book))
        if differing:
            _refuse_held(differing, whole)
    taken = {
        (("allocations" if register == "lines" else register), one) for register in there for one in there[register]
    }
    return [one for one in whole.records if (one.key, one.id) not in taken and (one.id or _takes_header(book, whole))]


def _takes_header(book: Book, whole: Whole) -> bool:
    """Whether the ledger takes over what the other one is called; not where it has a title or currency of its own."""
    own = book.title or book.currency != "SEK"
    if own and book.currency != whole.book.currency:
        fail(f"'{whole.path}' is in {whole.book.currency}, and this ledger says that it is in {book.currency}")
    if own and book.title != whole.book.title:
        say(f"ledger: the ledger keeps its own title; '{whole.path}' is called '{whole.book.title}'")
    return not own


def _meant(whole: Whole, book: Book) -> Book:
    title = book.title if book.title or book.currency != "SEK" else whole.book.title
    return replace(whole.book, title=title)


def _is_empty(book: Book) -> bool:
    return not any(getattr(book, register) for register in REGISTERS)


def _refuse_held(differing: Sequence[Lost], whole: Whole) -> None:
    for one in differing[:_MOST_SAID]:
        who = f"{one.what} '{one.id}'"
        say(f"ledger: {who} is in the ledger already: its '{one.field}' is {one.read}, '{whole.path}' says {one.meant}")
    say("ledger: nothing is written")
    raise typer.Exit(FAILED)


def _changes(records: Sequence[Record], book: Book, directory: Path, name: str) -> Iterator[Change]:
    """Each file with its new records; those with lines come last, when what they name is there."""
    for path, mine in sorted(_files(records, book, directory).items(), key=lambda one: _has_lines(one[1])):
        if not path.exists():
            yield Change(path, None, new_file(mine, f"From the export {name}"))
            continue
        before = text_there(path)
        after = insert(before, mine, path.as_posix())
        if not isinstance(after, str):
            fail(f"{after.place}: {after.message}")
        yield Change(path, before, after)


def _has_lines(records: Sequence[Record]) -> bool:
    return any(record.key == "allocations" for record in records)


def _files(records: Sequence[Record], book: Book, directory: Path) -> Mapping[Path, list[Record]]:
    """The records by the file that they go to: of a new ledger one a section, in their order."""
    files: dict[Path, list[Record]] = {}
    sizes: dict[Section, int] = {}
    whole = sum(len(str(record.fields)) for record in records if record.key == "allocations")
    for record in records:
        home = directory / f"{record.key}.yaml"
        if record.key != "ledger" and not _is_empty(book):
            home = home_of(record, book, directory)
        elif record.key == "allocations" and whole > _LARGEST_FILE:
            sizes[record.key] = sizes.get(record.key, 0) + len(str(record.fields))
            home = directory / record.key / f"{1 + sizes[record.key] // _LARGEST_FILE:04}.yaml"
        files.setdefault(home, []).append(record)
    return files
