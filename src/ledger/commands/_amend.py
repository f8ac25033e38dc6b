"""`ledger import --amend`: a later letter over the lines of an earlier one, or why that cannot be done."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import typer
from msgspec import Struct
from msgspec.structs import replace

from ledger.book import CALCULATED, Book, Line, as_of, last_day
from ledger.commands._apply_changes import apply, text_there
from ledger.commands._document import Document, Request
from ledger.commands._existing_lines import Held, held_by
from ledger.commands._import_report import Additions
from ledger.diagnostic import Finding
from ledger.discovery import Found
from ledger.money import Amount, exact_words, exactly
from ledger.output import FOUND, counted, fail, say
from ledger.reading import Loaded
from ledger.reading.yaml.document import parse
from ledger.reconcile import Comparison
from ledger.statements.letter import SOURCE_KINDS, Letter
from ledger.writing import CannotWriteError, Change, unit_in_scope
from ledger.writing.agencies import Named
from ledger.writing.amending import GONE, Amendment, Later, Restated, amendment_of
from ledger.writing.editing import edited
from ledger.writing.from_rows import Told

Written = Callable[[Additions, Mapping[Path, str]], list[Change]]
"""Records, and texts of files that are changed already → the changes of all files."""


class Earlier(Struct, frozen=True):
    """A letter that the ledger's lines rest on, and its date."""

    source: str
    date: str


class Asked(Struct, frozen=True):
    """A letter, what the ledger has of it, and what the ledger lacks."""

    document: Document
    letter: Letter
    told: Sequence[Told]
    held: Held
    additions: Additions


def last_letter(book: Book, held: Held) -> Earlier | None:
    """The last letter that the lines of a document rest on."""
    names = {*held.lines.values(), *(one.line.id for one in held.differing if one.line)}
    found = [one for name in names for one in _letters(book, book.lines[name])]
    return max(found, key=lambda one: (one.date, one.source), default=None)


def _letters(book: Book, line: Line) -> Iterator[Earlier]:
    """The letters behind a line's figures that have a date."""
    named = [source for figure in (line.base, line.total) if figure for source in figure.sources]
    named += [source for top_up in line.top_ups for source in top_up.sources]
    for name in named or line.sources:
        source = book.sources.get(name)
        if source and source.kind in SOURCE_KINDS and source.published:
            yield Earlier(name, last_day(source.published))


def said_then(book: Book, document: Document, told: Sequence[Told], earlier: Earlier | None) -> bool:
    """Whether the ledger, as of the day of a letter that a later one amends, says just what it says; this is told."""
    decided = document.statement.decided
    if earlier is None or not decided or earlier.date <= decided:
        return False
    then = held_by(as_of(book, decided), document.statement, told)
    if then.differing or not then.lines:
        return False
    lines = counted(len(set(then.lines.values())), "line")
    say(
        f"ledger: nothing to add: as of {decided} the ledger says the same, {lines}; {earlier.source} of {earlier.date}"
    )
    say("ledger: is a later letter over it")
    return True


def with_moved_items(held: Held, book: Book, agencies: Mapping[tuple[str, str], Named]) -> Held:
    """An item that another agency has now: the ledger's line is no longer in the letter, and the letter's is new."""
    ids = {name: one.id for (name, _), one in agencies.items()}
    moved = {
        (one.row.place, one.row.code, one.row.name): one.line
        for one in held.found.comparisons
        if one.row and one.line and "ap." in one.row.code and one.line.recipient
        if ids.get(one.row.recipient, "") not in ("", one.line.recipient)
    }
    lines = {mark: name for mark, name in held.lines.items() if mark not in moved}
    gone = {line.id: line for line in moved.values()}
    kept = [one for one in held.differing if not (one.line and one.line.id in gone)]
    lost = [Comparison("only in the ledger", "total", one, None, book.value(one.id).total) for one in gone.values()]
    return replace(held, lines=lines, differing=(*kept, *lost))


def amend_letter(asked: Asked, request: Request, found: Found, loaded: Loaded, written: Written) -> None:
    """Bring the letter in and say what that changed; what stands in the way ends the command before it writes."""
    book, letter, held = loaded.book, asked.letter, asked.held
    earlier = last_letter(book, held)
    _stop_at_order(letter, asked.additions.source, earlier)
    restated, left_alone, faults = _restated(book, held)
    made, texts = _edited(book, restated, asked, faults)
    kept = [at for at, one in enumerate(asked.additions.records) if one.key != "allocations" or one in made.records]
    rest = Additions(
        [asked.additions.records[at] for at in kept],
        [asked.additions.homes[at] for at in kept],
        asked.additions.source,
    )

    def doubts(after: Book) -> Iterator[str]:
        yield from _not_as_meant(book, after, asked, left_alone)

    changes = written(rest, texts)
    after = apply(found.directory, changes, loaded, dry_run=request.dry_run, force=request.force, doubts=doubts).book
    over = f", over {earlier.source} of {earlier.date}" if earlier else ""
    files = ", ".join(change.path.as_posix() for change in changes)
    say(f"ledger: {rest.source} of {letter.decided}{over}: {files}")
    _tell(book, after, asked, made, restated)
    directory = found.directory.as_posix()
    check = f"ledger check --data {directory}" if found.given else "ledger check"
    say("ledger: a dry run: nothing is written" if request.dry_run else f"ledger: next: {check}")


def _stop_at_order(letter: Letter, source: str, earlier: Earlier | None) -> None:
    """End the command where a letter is not later than those that the ledger has of the same lines."""
    if not letter.decided:
        fail(f"'{letter.path}': no day of decision stands at its head, so that its figures have no first day")
    if earlier is None or earlier.date < letter.decided:
        return
    if earlier.source == source:
        say(f"ledger: the ledger has this letter, as {source}, with other figures: mend them where they stand")
    else:
        when = "the same day" if earlier.date == letter.decided else f"{earlier.date}, which is later"
        say(f"ledger: this letter is of {letter.decided}; the ledger has {earlier.source}, of {when}, over these lines")
        say("ledger: letters are brought in by the order of their decisions: begin with the first one")
    say("ledger: nothing is written")
    raise typer.Exit(FOUND)


def _restated(book: Book, held: Held) -> tuple[list[Restated], set[str], list[Finding]]:
    """The lines that the letter says otherwise, those whose total it does not tell, and what is not clear."""
    found: list[Restated] = []
    left_alone: set[str] = set()
    for one in held.differing:
        if one.line is None:
            continue
        if one.row is None or one.stated is None:
            found.append(Restated(one.line, exactly(0)))
        elif one.row.derived and _granted_elsewhere(book, one.line, one.stated):
            left_alone.add(one.line.id)
        else:
            found.append(Restated(one.line, one.stated, one.row))
    found += [Restated(line, exactly(0)) for line in _shares_gone(book, held, {one.line.id for one in found})]
    faults = [
        Finding(one.line.at(), f"{one.line.id}: {one.role} is not known, so no difference can be told")
        for one in held.lacking
        if one.line and one.row and one.role == "total" and not one.row.derived
    ]
    for message in held.unclear:
        say(f"ledger: {message}")
    return found, left_alone, faults


def _granted_elsewhere(book: Book, line: Line, came_to: Amount) -> bool:
    """Whether another document than a letter grants the total, which is no sum of the letter's items, and they fit."""
    if line.total is None or CALCULATED in line.total.sources or line.complete_stated or (line.parts and line.complete):
        return False
    letters = [name for name in line.total.sources if name in book.sources and book.sources[name].kind in SOURCE_KINDS]
    return not letters and not came_to.interval.above(line.total.amount.interval)


def _shares_gone(book: Book, held: Held, gone: set[str]) -> Iterator[Line]:
    """The agencies' lines of which the letter names neither the agency nor an item."""
    met = set(held.lines.values())
    for name in list(dict.fromkeys(book.lines[one].parent for one in gone if book.lines[one].parent)):
        line = book.lines[name]
        value = book.value(name).total
        is_share = line.kind == "item" and not line.code and name not in met and name not in gone
        if is_share and line.total and value and value.amount.interval.low:
            coded = [part for part in line.parts if book.lines[part].code]
            if all(part in gone for part in coded):
                yield line


def _edited(
    book: Book, restated: Sequence[Restated], asked: Asked, faults: Sequence[Finding]
) -> tuple[Amendment, dict[Path, str]]:
    """The changes of lines, and the texts of the files that they are made in."""
    new = asked.additions.of("allocations")
    names = {*(one.line.id for one in restated), *(str(one.fields["of"]) for one in new if "of" in one.fields)}
    mine = {name: book.lines[name].origin.path for name in sorted(names) if name in book.lines}
    texts = {path: text_there(Path(path)) for path in dict.fromkeys(mine.values())}
    parsed = {path: parse(text.lstrip("\ufeff").encode(), path) for path, text in texts.items()}
    units = {name: unit_in_scope(parsed[path], name) for name, path in mine.items()}
    made = amendment_of(book, restated, new, Later(asked.additions.source, asked.letter.decided, units))
    _stop([*faults, *made.faults])
    after: dict[Path, str] = {}
    for path, text in texts.items():
        edits = [edit for edit in made.edits if mine[edit.line] == path]
        try:
            put = edited(text, path, edits)
        except CannotWriteError as error:
            fail(str(error))
        if isinstance(put, Finding):
            _stop([put])
        elif edits:
            after[Path(path)] = put
    return made, after


def _stop(faults: Sequence[Finding]) -> None:
    """Say why a letter cannot be brought in, all at once."""
    for fault in faults:
        say(f"ledger: {fault.place}: {fault.message}")
    if faults:
        say("ledger: nothing is written, because the letter cannot be brought in exactly: change these lines first")
        raise typer.Exit(FOUND)


def _not_as_meant(before: Book, after: Book, asked: Asked, left_alone: set[str]) -> Iterator[str]:
    """Where the ledger would not say what the letter says, or on the day before not what it said."""
    now = held_by(after, asked.document.statement, asked.told)
    for one in now.differing:
        if one.line and one.line.id not in left_alone:
            says = _words(one.stated) if one.stated else "nothing"
            would = _words(one.ledger.amount) if one.ledger else "not known"
            yield f"{one.line.at()}: {one.line.id} would be {would}, and the letter says {says}"
    day = str(date.fromisoformat(asked.letter.decided) - timedelta(days=1))
    was, kept = as_of(before, day), as_of(after, day)
    for name, line in was.lines.items():
        old = was.value(name).total
        new = kept.value(name).total if name in kept.lines else None
        if old and (new is None or new.amount.interval != old.amount.interval):
            yield f"{line.at()}: as of {day} {name} would no longer be {_words(old.amount)}"


def _tell(before: Book, after: Book, asked: Asked, made: Amendment, restated: Sequence[Restated]) -> None:
    """What was changed: each item, what is new, and what the appropriations come to."""
    by_line = {one.line.id: one for one in restated}
    for edit in made.edits:
        one = by_line.get(edit.line)
        if edit.top_ups and one:
            old = before.value(edit.line).total
            how = f" ({GONE})" if one.row is None else ""
            was = _words(old.amount) if old else "not known"
            say(f"ledger:   {edit.line}: {_words(one.amount)}{how} (was {was})")
        for name in edit.parts:
            total = after.value(f"{edit.line}/{name}").total
            say(f"ledger:   {edit.line}/{name}: new{f', {_words(total.amount)}' if total else ''}")
    for record in made.records:
        say(f"ledger:   {record.id}: new")
    for name in dict.fromkeys(asked.held.lines.values()):
        line, now, old = after.lines[name], after.value(name).total, before.value(name).total
        if line.kind == "appropriation" and now and old:
            how = "stays" if now.amount.interval == old.amount.interval else "is now"
            was = "" if how == "stays" else f" (was {_words(old.amount)})"
            say(f"ledger: {name} {how} {_words(now.amount)}{was}")


def _words(amount: Amount) -> str:
    low = amount.interval.low
    return exact_words(low) if amount.exact and low is not None else f"'{amount.words}'"
