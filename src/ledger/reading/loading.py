"""The one reader of ledger files: a directory → the Book, the faults of reading, and the lines that were read."""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from errno import EXDEV
from itertools import chain
from pathlib import Path, PurePosixPath

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.book import Book, Mark
from ledger.cache.folder import content_of, digest
from ledger.diagnostic import Diagnostic, Place, by_place
from ledger.discovery import LARGEST_FILE, yaml_files
from ledger.reading.fast_validation import SHAPES, taken
from ledger.reading.field_formats import check_id
from ledger.reading.resolve import Entry, resolve
from ledger.reading.yaml.decoding import MOST_FAULTS, quoted
from ledger.reading.yaml.document import Document, parse
from ledger.reading.yaml.nodes import Map, Node, Refused, takes_fields
from ledger.suggestion import did_you_mean


class Loaded(Struct, frozen=True):
    """A ledger as read: the Book of all entries without fault, every fault, and each file's lines by its path.

    `digests` are those of the files' bytes, by path, of the files of a directory that could be read. `tops` are the ids
    of all top-level lines, also of those with faults.
    """

    book: Book
    faults: tuple[Diagnostic, ...]
    texts: Mapping[str, tuple[str, ...]]
    digests: Mapping[str, str] = field(default_factory=dict)
    tops: frozenset[str] = frozenset()


Watch = Callable[[int, str], AbstractContextManager[Callable[[int], None]]]
"""Told of work in hand, by how much it is and what it is called: gives what is told how much more of it is done."""


@contextmanager
def unwatched(_total: int, _label: str) -> Iterator[Callable[[int], None]]:
    """Work that nobody waits for."""
    yield lambda _: None


def load(directory: Path, watch: Watch = unwatched) -> Loaded:
    """Read every ledger file below a directory. Raises OSError when it, or a folder in it, cannot be read."""
    digests: dict[str, str] = {}
    files = ledger_files(directory)
    with watch(len(files), "reading files") as tell:

        def documents() -> Iterator[Document]:
            for path, shown in files:
                yield _read(path, shown, directory, digests)
                tell(1)

        loaded = _loaded(documents())
    return replace(loaded, digests=digests)


def load_text(text: str, path: str = "ledger.yaml") -> Loaded:
    """Read one text as if it were the only file of a ledger."""
    return load_texts({path: text.encode("utf-8", "surrogatepass")})


def load_texts(texts: Mapping[str, bytes]) -> Loaded:
    """Read the bytes of several files, by path, as one ledger: for a git revision, or a change not yet written."""
    return _loaded(parse(texts[path], path) for path in sorted(texts, key=_by_folder))


def load_lines(data: bytes, path: str, currency: str) -> Book | None:
    """The book of one file that holds nothing but lines, all of them without fault; nothing for another file."""
    document = parse(data, path)
    if document.faults or document.root.keys() - {"allocations"}:
        return None
    loaded = _loaded([document], currency)
    return None if loaded.faults or loaded.book.duplicates else loaded.book


def ledger_files(directory: Path) -> list[tuple[Path, str]]:
    """Every ledger file below the directory, and how each is shown.

    Sorted by path, so that the order of the file system changes nothing. Raises OSError at a folder that cannot be
    listed: a sum over some of the files would be wrong in silence.
    """
    found = [(path, path.as_posix()) for path in yaml_files(directory, _raise)]
    return sorted(found, key=lambda pair: _by_folder(pair[1]))


def bytes_of(path: Path, directory: Path) -> bytes:
    """The bytes of a ledger file; of one that is too large, its first ones. Raises OSError.

    Also at a link that leads out of the directory: a stranger's ledger could show what else the user may read.
    """
    data = content_of(path, LARGEST_FILE + 1)
    if os.path.islink(path):  # noqa: PTH114 - of ten thousand files, none of which is one
        target = Path(os.path.realpath(path))
        if not target.is_relative_to(os.path.realpath(directory)):
            raise OSError(EXDEV, "a link that leads out of the ledger", str(path))
    return data


def _raise(error: OSError) -> None:
    raise error


def _by_folder(path: str) -> tuple[str, ...]:
    """The order of files: a folder's stand together, on every system and in every way of reading."""
    return PurePosixPath(path).parts


def _read(path: Path, shown: str, directory: Path, digests: dict[str, str]) -> Document:
    """The document in a file, whose digest is noted."""
    try:
        data = bytes_of(path, directory)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        fault = Diagnostic("syntax", "error", Place(shown, 1, 1, 2), f"cannot be read: {reason.lower()}")
        return Document(shown, lines=("",), faults=(fault,))
    digests[shown] = digest(data)
    return parse(data, shown)


def _loaded(documents: Iterable[Document], currency: str = "SEK") -> Loaded:
    # The collector walks every record again and again while they only grow: reading is twice as fast without it.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _read_all(documents, currency)
    finally:
        if collecting:
            gc.enable()


def _read_all(documents: Iterable[Document], currency: str) -> Loaded:
    faults: list[Diagnostic] = []
    entries: list[Entry] = []
    texts = {}
    for document in documents:
        texts[document.path] = document.lines
        number = 0
        for found in chain(document.faults, _entries(document)):
            if isinstance(found, Entry):
                entries.append(found)
                continue
            faults.append(found)
            number += 1
            if number > MOST_FAULTS:
                break
    book, more = resolve(entries, currency)
    tops = frozenset(entry.id for entry in entries if entry.what == "allocations")
    return Loaded(book, tuple(_few(sorted((*faults, *more), key=by_place))), texts, tops=tops)


def _few(faults: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The faults, of one file no more than anybody reads; then that there are more."""
    number: Counter[str] = Counter()
    for one in faults:
        number[one.place.path] += 1
        if number[one.place.path] <= MOST_FAULTS:
            yield one
        elif number[one.place.path] == MOST_FAULTS + 1:
            message = f"more than {MOST_FAULTS} faults in this file: mend those before first"
            yield Diagnostic(one.check, "error", one.place, message)


def _entries(document: Document) -> Iterator[Entry | Diagnostic]:
    """The records of a file under its top-level keys, and what is wrong with them."""
    root, path = document.root, document.path
    for what, content in root.items():
        at = root.keys_at[what]
        if what not in SHAPES:
            message = f"unknown top-level key {quoted(what)}{did_you_mean(what, list(SHAPES))}"
            yield Diagnostic("unknown-field", "error", Place(path, *at), message)
        elif not content:
            continue  # a key with nothing under it yet, or what was refused and reported
        elif what == "ledger":
            yield from _record(what, "ledger", content, path, at, sound=what not in root.faulty)
        elif isinstance(content, Map):
            for name, node in content.items():
                yield from _record(what, name, node, path, content.keys_at[name], sound=name not in content.faulty)
        else:
            message = f"'{what}' is a mapping from ids to records"
            yield Diagnostic("bad-value", "error", Place(path, *root.values_at[what]), message)


def _record(what: str, name: str, node: Node, path: str, at: Mark, *, sound: bool) -> Iterator[Entry | Diagnostic]:
    """The record of an entry, and what is wrong with it; `sound` says that nothing was wrong with its YAML."""
    if isinstance(node, Refused):
        return
    try:
        check_id(name)
    except ValueError as error:
        sound = False
        yield Diagnostic("bad-value", "error", Place(path, *at), str(error))
    right = True
    try:
        record = taken(SHAPES[what], node)
    except ValueError:
        from ledger.reading.validation import judged

        record, right, faults = judged(what, node, at, path)
        yield from faults
    if record is not None and isinstance(node, Map) and ((sound and right) or not takes_fields(node)):
        yield Entry(what, name, record, node, path, at, sound=sound and right)
