"""A whole ledger checked: quiet files by themselves, and the others together with the registers."""

import gc
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.book import Book, Elsewhere
from ledger.cache.folder import digest
from ledger.checks import Outcome, load_checks, run
from ledger.incremental.kept_results import Memory
from ledger.incremental.single_file import Piece, piece_of
from ledger.incremental.timing import Clock
from ledger.incremental.workers import each
from ledger.plugins import plugins
from ledger.reading import Loaded, ledger_files, load, load_texts
from ledger.reading.loading import Watch, bytes_of, unwatched

_OTHER_KEY = re.compile(rb"\n(?!allocations:)[^\s#]")
_NAMES_A_YEAR = re.compile(r"year|[0-9]{4}", re.IGNORECASE)


class Checked(Struct, frozen=True):
    """What the checks came to, what they looked at, and the digest of every file that could be read, by its path."""

    outcome: Outcome
    files: int
    lines: int
    figures: int
    sources: int
    digests: Mapping[str, str]


class Asked(Struct, frozen=True):
    """Which checks are wanted, and the day of the run (ISO text), which decides what has run out.

    With `keep`, what quiet files came to is remembered from one run to the next. `watch` is told how far the work has
    come, and `clock` what takes how long.
    """

    select: Collection[str] = ()
    ignore: Collection[str] = ()
    today: str = ""
    keep: bool = False
    watch: Watch = unwatched
    clock: Clock = field(default_factory=Clock)


def check(directory: Path, asked: Asked) -> Checked:
    """Check the ledger in a directory: what is found is what all its files, read at once, would show.

    A file is quiet when no check of lines finds anything in it. It is then left out, unless something outside of it
    could make a difference. Raises OSError when the directory cannot be read.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        ledger = _first_look(directory, asked)
        piecewise = ledger and not plugins("checks")  # what a plugin looks at in other files is not known
        return (ledger and piecewise and _piecewise(ledger, asked)) or at_once(directory, asked)
    finally:
        if collecting:
            gc.enable()


class _Ledger(Struct, frozen=True):
    """The files of a ledger by how they are shown: all digests, and the bytes of those that may hold registers."""

    directory: Path
    files: dict[str, Path]
    digests: dict[str, str]
    open: dict[str, bytes]


def _first_look(directory: Path, asked: Asked) -> _Ledger | None:
    """Every file read once, and those kept that do not look as if they held lines alone; nothing when one cannot be."""
    files = {shown: path for path, shown in ledger_files(directory)}
    ledger = _Ledger(directory, files, {}, {})
    for shown in files:
        data = _data(ledger, shown)
        if data is None:
            return None
        if not _looks_like_lines(data):
            ledger.open[shown] = data
    asked.clock.note(f"first look at {len(files)} files")
    return ledger


def _looks_like_lines(data: bytes) -> bool:
    """Whether no line of a file looks as if another key than that of lines stood at its beginning."""
    text = b"\n" + data
    return b"\nallocations:" in text and not _OTHER_KEY.search(text)


def _data(ledger: _Ledger, shown: str) -> bytes | None:
    """The bytes of a file, whose digest is noted."""
    try:
        data = bytes_of(ledger.files[shown], ledger.directory)
    except OSError:
        return None
    ledger.digests[shown] = digest(data)
    return data


def at_once(directory: Path, asked: Asked) -> Checked:
    """The same, with all files read together."""
    loaded = load(directory, asked.watch)
    asked.clock.note(f"reading all {len(loaded.texts)} files together")
    outcome = _outcome(loaded, asked)
    asked.clock.note("the checks")
    return _checked(loaded, (), outcome, len(loaded.texts), loaded.digests)


def _outcome(loaded: Loaded, asked: Asked) -> Outcome:
    return run(loaded.book, loaded.faults, loaded.texts, asked.select, asked.ignore, today=asked.today)


def _checked(
    loaded: Loaded, quiet: Sequence[Piece], outcome: Outcome, files: int, digests: Mapping[str, str]
) -> Checked:
    book = loaded.book
    return Checked(
        outcome,
        files,
        lines=len(book.lines) + sum(piece.lines for piece in quiet),
        figures=sum(len(line.figures) for line in book.lines.values())
        + len(book.claims)
        + sum(piece.figures for piece in quiet),
        sources=len(book.sources),
        digests=digests,
    )


def _piecewise(ledger: _Ledger, asked: Asked) -> Checked | None:
    """Quiet files by themselves, the others together; nothing when that could show something else than the whole."""
    first = load_texts(ledger.open)
    registers = first.book
    asked.clock.note(f"reading {len(ledger.open)} files with registers")
    pieces = _pieces(ledger, registers, asked)
    loaded = _opened(ledger, pieces, first)
    asked.clock.note(f"reading {len(ledger.open)} files together")
    if loaded is None or (loaded.book.currency, loaded.book.goals) != (registers.currency, registers.goals):
        return None
    quiet = list(pieces.values())
    agencies = frozenset(name for piece in quiet for name in piece.agencies)
    sources = frozenset(name for piece in quiet for name in piece.sources)
    loaded = replace(loaded, book=replace(loaded.book, elsewhere=Elsewhere(agencies, sources)))
    outcome = _outcome(loaded, asked)
    asked.clock.note("the checks")
    anywhere = {one.id for one in load_checks() if one.reach == "ledger"}
    found = (*outcome.diagnostics, *(one.diagnostic for one in outcome.accepted))
    if any(one.check in anywhere for one in found):
        return None
    return _checked(loaded, quiet, outcome, len(ledger.files), ledger.digests)


def _pieces(ledger: _Ledger, registers: Book, asked: Asked) -> dict[str, Piece]:
    """What is to be known of each quiet file, by how it is shown; the others are put with those that are open."""
    memory = Memory(ledger.directory, registers, on=asked.keep)
    known = memory.recall()
    asked.clock.note(f"remembering {len(known)} files")
    checks = [one for one in load_checks() if one.reach == "lines"]

    def work(shown: str) -> Piece | None:
        before, data = ledger.digests[shown], _data(ledger, shown)
        return piece_of(data, shown, registers, checks) if data and ledger.digests[shown] == before else None

    new = [shown for shown in ledger.files if shown not in ledger.open and ledger.digests[shown] not in known]
    with asked.watch(len(new), "checking files") as tell:
        made = dict(zip(new, each(new, work, list[Piece | None], tell), strict=True))
    asked.clock.note(f"checking {len(new)} files, each by itself")
    found: dict[str, Piece] = {}
    for shown in ledger.files:
        if shown not in ledger.open:
            piece = made[shown] if shown in made else known[ledger.digests[shown]]
            if piece is not None:
                found[shown] = piece
    if made:
        memory.keep({ledger.digests[shown]: piece for shown, piece in found.items()})
        asked.clock.note("keeping what was found")
    return found


def _opened(ledger: _Ledger, pieces: dict[str, Piece], loaded: Loaded) -> Loaded | None:
    """The files that are not quiet, read together; those taken out of `pieces` that have to do with them.

    `loaded` are those that were open before.
    """
    while True:
        new = [shown for shown in ledger.files if shown not in pieces and shown not in ledger.open]
        for shown in new:
            data = _data(ledger, shown)
            if data is None:
                return None
            ledger.open[shown] = data
        if new:
            loaded = load_texts(ledger.open)
        concerned = set(_concerned(loaded, pieces))
        if not concerned:
            return loaded
        for shown in concerned:
            del pieces[shown]


def _concerned(loaded: Loaded, pieces: Mapping[str, Piece]) -> Iterator[str]:
    """The files that something outside of them could make a difference to, or that make one to others."""
    book = loaded.book
    owners: dict[str, str] = {}
    for shown, piece in pieces.items():
        for top in piece.tops:
            if top in loaded.tops or top in owners:
                yield from {shown, owners.get(top, shown)}
            owners[top] = shown
    named = {one for line in book.lines.values() for one in (line.of, *(top_up.line for top_up in line.top_ups))}
    named |= {one for piece in pieces.values() for one in piece.outer}
    for one in named:
        if one.partition("/")[0] in owners:
            yield owners[one.partition("/")[0]]
    years = _years_claimed(book)
    for shown, piece in pieces.items():
        unknown = not (
            book.agencies.keys() >= set(piece.agencies)
            and book.sources.keys() >= set(piece.sources)
            and book.goals.keys() >= set(piece.goals)
        )
        if piece.outer or unknown or years is None or not years.isdisjoint(piece.years):
            yield shown


def _years_claimed(book: Book) -> set[int] | None:
    """The years of whose lines a claim says something; nothing when these could be any."""
    about = [claim for claim in book.claims.values() if claim.about]
    if any(_NAMES_A_YEAR.search(claim.about) for claim in about):
        return None
    return {claim.year for claim in about}
