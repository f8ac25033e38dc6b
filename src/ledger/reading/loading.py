"""The one reader of ledger files: a directory → the Book, the faults of reading, and the lines that were read."""

import gc
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from ledger.book import Book
from ledger.diagnostic import Diagnostic, Place, by_place, nearest
from ledger.reading.document import Document, Map, Refused, parse
from ledger.reading.faults import record_faults
from ledger.reading.model import RECORDS, Record, check_id
from ledger.reading.resolve import Entry, resolve


@dataclass(frozen=True, slots=True)
class Loaded:
    """A ledger as read: the Book of all entries without fault, every fault, and each file's lines by its path."""

    book: Book
    faults: tuple[Diagnostic, ...]
    texts: Mapping[str, tuple[str, ...]]


def load(directory: Path) -> Loaded:
    """Read every ledger file below a directory. Raises OSError when the directory itself cannot be read."""
    documents = [_read(path, shown) for path, shown in ledger_files(directory)]
    return _loaded(documents)


def load_text(text: str, path: str = "ledger.yaml") -> Loaded:
    """Read one text as if it were the only file of a ledger."""
    return _loaded([parse(text.encode(), path)])


def load_texts(texts: Mapping[str, bytes]) -> Loaded:
    """Read the bytes of several files, by path, as one ledger: for a git revision, or a change not yet written."""
    return _loaded([parse(texts[path], path) for path in sorted(texts)])


def ledger_files(directory: Path) -> list[tuple[Path, str]]:
    """Every `*.yaml` and `*.yml` below the directory, without names that begin with a dot, and how each is shown.

    Sorted by path, so that the order of the file system changes nothing.
    """
    next(os.scandir(directory), None)
    found = []
    for folder, folders, files in os.walk(directory):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                path = Path(folder) / name
                found.append((path, path.as_posix()))
    return sorted(found, key=lambda pair: Path(pair[1]).parts)


def _read(path: Path, shown: str) -> Document:
    try:
        return parse(path.read_bytes(), shown)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        fault = Diagnostic("syntax", "error", Place(shown, 1, 1, 2), f"cannot be read: {reason.lower()}")
        return Document(shown, lines=("",), faults=(fault,), broken=True)


def _loaded(documents: list[Document]) -> Loaded:
    # The collector walks every record again and again while they only grow: reading is twice as fast without it.
    collecting = gc.isenabled()
    gc.disable()
    try:
        faults = [fault for document in documents for fault in document.faults]
        entries: list[Entry] = []
        for document in documents:
            for entry in _entries(document):
                if isinstance(entry, Entry):
                    entries.append(entry)
                else:
                    faults.append(entry)
        book, more = resolve(entries)
        faults.extend(more)
    finally:
        if collecting:
            gc.enable()
    return Loaded(book, tuple(sorted(faults, key=by_place)), {one.path: one.lines for one in documents})


def _entries(document: Document) -> Iterator[Entry | Diagnostic]:
    """The records of a file under its top-level keys, and what is wrong with them."""
    root, path = document.root, document.path
    for what, content in root.items():
        at = root.keys_at[what]
        if what not in RECORDS:
            message = f"unknown top-level key '{what}'{nearest(what, list(RECORDS))}"
            yield Diagnostic("unknown-field", "error", Place(path, *at), message)
        elif what == "ledger":
            yield from _record(what, "ledger", content, path, at)
        elif isinstance(content, Map):
            for name, node in content.items():
                yield from _record(what, name, node, path, content.keys_at[name])
        elif content and not isinstance(content, Refused):
            message = f"'{what}' is a mapping from ids to records"
            yield Diagnostic("bad-value", "error", Place(path, *root.values_at[what]), message)


def _record(what: str, name: str, node: object, path: str, at: tuple[int, int, int]) -> Iterator[Entry | Diagnostic]:
    if isinstance(node, Refused):
        return
    try:
        check_id(name)
    except ValueError as error:
        yield Diagnostic("bad-value", "error", Place(path, *at), str(error))
    model: type[Record] = RECORDS[what]
    try:
        yield Entry(what, name, model.model_validate(node), path, at)
    except ValidationError as error:
        yield from record_faults(error, model, node, at, path)
