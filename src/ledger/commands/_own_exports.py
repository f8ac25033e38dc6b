"""Our own exports of a whole ledger, told by their content: an SQLite file, a JSON document, a package's folder."""

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from ledger.book import Book
from ledger.output import fail
from ledger.reading import Loaded, load_text
from ledger.statements import LARGEST
from ledger.writing import CannotWriteError, Record, new_file
from ledger.writing.from_book import records_of_book
from ledger.writing.inserting import reads_as
from ledger.writing.yaml_records import SECTIONS, unwritable
from ledger.writing.yaml_scalars import Value

PACKAGE, LEDGER, TABLE = "datapackage.json", "ledger.json", "lines.csv"
_SQLITE = b"SQLite format 3\x00"
_KEY = re.compile(r" {0,2}([^ #][^:]*):")
"""The key of a section or record, as `new_file` writes it."""

_SCHEMA = 1
_MOST_SAID = 20
"""Faults of a document that are said; of more, the number."""


class Whole(Struct, frozen=True):
    """A ledger as an export of all of it holds it: the book, and the records that say it."""

    path: str
    book: Book
    records: list[Record]


def whole_ledger_in(path: Path, data: bytes) -> Whole | None:
    """The ledger in the bytes of a file that is an export of all of it; nothing, in other files.

    One that was changed, is damaged, or says what no ledger file can say ends the command.
    """
    if data.startswith(_SQLITE):
        return _of_database(path, data)
    if data[:1] != b"{" or b'"ledger"' not in data:
        return None
    document = read_json(data, path)
    if "ledger" not in document or "schema" not in document:
        return None
    return _of_document(document, path)


def package_in(folder: Path) -> Whole | Path:
    """The ledger in the folder of a package that holds all of it; of another package of ours its table of lines.

    A file that is not as the package says ends the command.
    """
    package = read_json(bytes_beside(folder / PACKAGE), folder / PACKAGE)
    resources = package.get("resources")
    files: dict[str, bytes] = {}
    for resource in resources if isinstance(resources, list) else ():
        named = resource.get("path") if isinstance(resource, Mapping) else None
        if not isinstance(named, str) or len(PurePosixPath(named).parts) != 1 or named in (".", ".."):
            fail(f"'{folder / PACKAGE}' names a file that does not stand beside it: {named!r:.100}")
        files[named] = bytes_beside(folder / named)
        if resource.get("hash") != f"sha256:{sha256(files[named]).hexdigest()}":
            fail(f"'{folder / named}' is not as it was exported: it has another checksum than '{PACKAGE}' says")
    if LEDGER in files:
        whole = whole_ledger_in(folder / LEDGER, files[LEDGER])
        return whole or fail(f"'{folder / LEDGER}' does not hold a ledger")
    if TABLE in files:
        return folder / TABLE
    return fail(f"'{folder}' is a package of other tables than ours: import one of them by itself")


def read_json(data: bytes, path: Path) -> dict[str, Any]:
    """The object in a JSON file; what is none ends the command, as does one with a name that stands twice."""
    try:
        found = json.loads(data, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        fail(f"'{path}' cannot be read as JSON: {str(error)[:200]}")
    return found if isinstance(found, dict) else fail(f"'{path}' is not the JSON of a table or a ledger of ours")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r:.100} stands twice")
    return found


def bytes_beside(path: Path) -> bytes:
    """The bytes of a file in the folder of a package; a link, or what cannot be read, ends the command."""
    try:
        if path.is_symlink():
            fail(f"'{path}' is a link, which is not followed")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        fail(f"cannot read '{path}': {(error.strerror or 'unknown reason').lower()}")
    return data if len(data) <= LARGEST else fail(f"'{path}' is larger than {LARGEST // 2**20} MiB")


def _of_database(path: Path, data: bytes) -> Whole:
    from ledger.store import StoreError
    from ledger.store.untrusted_files import book_in

    try:
        book = book_in(data)
        return Whole(path.as_posix(), book, records_of_book(book))
    except StoreError as error:
        fail(f"'{path}': {error}")


def _of_document(document: Mapping[str, Any], path: Path) -> Whole:
    """The ledger of a document, which must be one that its program could have read from files."""
    if document["schema"] != _SCHEMA:
        fail(f"'{path}' has form {document['schema']!r:.40}, and this program reads form {_SCHEMA}")
    records = _records(document["ledger"], path)
    try:
        text = new_file(records)
    except (CannotWriteError, RecursionError) as error:
        fail(f"'{path}': {unwritable(records) or error}")
    loaded = load_text(text, path.as_posix())
    faults = list(faults_of(loaded))
    faults += [f"{one.id}: stands twice" for one in loaded.book.duplicates]
    if faults:
        more = f"; and {len(faults) - _MOST_SAID} more" if len(faults) > _MOST_SAID else ""
        fail(f"'{path}' holds what no ledger file may say: {'; '.join(faults[:_MOST_SAID])}{more}")
    meant: dict[str, object] = {key: document["ledger"][key] for key in SECTIONS if document["ledger"].get(key)}
    if reads_as(text, meant, path.as_posix()):
        fail(f"'{path}' holds records that cannot be written so that they are read again")
    whole = Whole(path.as_posix(), loaded.book, records)
    _refuse_other_rows(document, whole)
    return whole


def faults_of(loaded: Loaded) -> Iterator[str]:
    """What cannot be read of records that `new_file` wrote, each by the id of its record."""
    for fault in loaded.faults:
        above = reversed(loaded.texts[fault.place.path][: fault.place.line])
        found = next((key for line in above if (key := _KEY.match(line))), None)
        yield f"'{fault.place.owner or (found[1] if found else 'ledger')}': {fault.message}"


def _records(ledger: object, path: Path) -> list[Record]:
    """The records of every section, as they stand; a value that is no text, list or object ends the command."""
    if not isinstance(ledger, Mapping) or not ledger.keys() <= set(SECTIONS):
        known = ledger.keys() if isinstance(ledger, Mapping) else ()
        others = ", ".join(f"{name!r:.40}" for name in known if name not in SECTIONS) or "no sections"
        fail(f"'{path}': 'ledger' holds {others}; the sections are {', '.join(SECTIONS)}")
    found: list[Record] = []
    for key in SECTIONS:
        section = ledger.get(key) or {}
        if not isinstance(section, Mapping):
            fail(f"'{path}': '{key}' is an object from ids to records")
        if key == "ledger" and section:
            found.append(Record(key, "", _fields(section, key, path)))
        elif key != "ledger":
            found += [Record(key, name, _fields(one, f"{key}: {name}", path)) for name, one in section.items()]
    return found


def _fields(value: object, what: str, path: Path) -> Mapping[str, Value]:
    checked = _value(value, what, path)
    return checked if isinstance(checked, Mapping) else fail(f"'{path}': {what}: a record is an object")


def _value(value: object, what: str, path: Path) -> Value:
    if isinstance(value, Mapping):
        return {name: _value(one, f"{what}: {name}", path) for name, one in value.items()}
    if isinstance(value, list):
        return [_value(one, what, path) for one in value]
    if not isinstance(value, str):
        fail(f"'{path}': {what}: {value!r:.40} is not a text, and every value of a ledger file is one")
    return value


def _refuse_other_rows(document: Mapping[str, Any], whole: Whole) -> None:
    """End the command where the rows of a document say something else than the ledger beside them: one was changed."""
    from ledger.commands._export import rows_as_exported

    rows = document.get("rows")
    if rows is None:
        return
    meant = rows_as_exported(whole.book, list(whole.book.lines.values()))
    there = {row.get("id"): row for row in rows if isinstance(row, Mapping)} if isinstance(rows, list) else {}
    for name, cells in meant.items():
        row = there.pop(name, None)
        if row is None:
            fail(f"'{whole.path}': line '{name}' stands in 'ledger' and in no row: one of them was changed")
        for field, cell in cells.items():
            if field in row and row[field] != cell:
                said = f"{row[field]!r:.80} in its row, and {cell!r:.80} by what 'ledger' says"
                fail(f"'{whole.path}': line '{name}': '{field}' is {said}: one of them was changed")
    if there:
        fail(f"'{whole.path}': line {next(iter(there))!r:.100} stands in a row and not in 'ledger'")
