"""What `ledger add` brings along: records put into the files of the ledger where their like stand, and a new source."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from pydantic import ValidationError

from ledger.book import CALCULATED, Book
from ledger.commands._apply_changes import text_there
from ledger.output import fail
from ledger.reading.field_formats import check_id
from ledger.reading.model import Record as AsWritten
from ledger.reading.model import SourceRecord
from ledger.suggestion import did_you_mean
from ledger.writing import CannotWriteError, Change, Record, insert, new_file
from ledger.writing.target_file import home_of


class SourceAsked(Struct, frozen=True):
    """Who says so: the ids, and of the one that the ledger does not have yet what it is."""

    ids: tuple[str, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    """`title`, `kind`, `publisher`, `published` and `url`, those that are given."""


def faults_of(model: type[AsWritten], fields: Mapping[str, object], options: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the fields of a record, by the options that they come from."""
    try:
        model.model_validate(dict(fields))
    except ValidationError as error:
        for one in error.errors(include_url=False):
            option = options.get(str(one["loc"][0]), f"--{one['loc'][0]}")
            reason = one.get("ctx", {}).get("error")
            yield (
                f"{option}: {reason}" if reason else f"{option} is {'missing' if one['type'] == 'missing' else 'empty'}"
            )


def faults_of_sources(book: Book, asked: SourceAsked) -> Iterator[str]:
    """What is wrong with the sources: unknown ones, a new one that is not told in full, one that is there otherwise."""
    unknown = [one for one in asked.ids if one and one != CALCULATED and one not in book.sources]
    if asked.fields and len(unknown) <= 1:
        yield from _faults_of_new(book, asked, unknown[0] if unknown else asked.ids[-1])
        return
    for source in unknown:
        near = did_you_mean(source, set(book.sources))
        bring = "bring it along with --source-title, --source-kind, --published, --source-url"
        yield f"--source: no source is called '{source}'{near}; {bring}"


def _faults_of_new(book: Book, asked: SourceAsked, name: str) -> Iterator[str]:
    if name in book.sources:
        for key, value in asked.fields.items():
            there = getattr(book.sources[name], key)
            if there != value:
                yield f"--source: '{name}' is there with another {key}: '{there}'"
        return
    try:
        check_id(name)
    except ValueError as error:
        yield f"--source: {error}"
    options = {"title": "--source-title", "kind": "--source-kind", "url": "--source-url"}
    yield from faults_of(SourceRecord, asked.fields, options)


def new_source(book: Book, asked: SourceAsked) -> list[Record]:
    """The record of the source that the ledger does not have; none when it has all."""
    new = [one for one in asked.ids if one != CALCULATED and one not in book.sources]
    return [Record("sources", one, dict(asked.fields)) for one in new]


def put_records(records: Sequence[Record], book: Book, directory: Path, begun: Mapping[Path, str]) -> list[Change]:
    """The changes that put records where their like stand; `begun` are files that are changed already."""
    files = dict(begun)
    new: dict[Path, list[Record]] = {}
    for record in records:
        home = home_of(record, book, directory)
        if home in files or home.exists():
            files[home] = _inserted(files.get(home) or text_there(home), record, home)
        else:
            new.setdefault(home, []).append(record)
    changed = [Change(path, text_there(path), text) for path, text in files.items()]
    return changed + [Change(path, None, new_file(made)) for path, made in new.items()]


def _inserted(text: str, record: Record, path: Path) -> str:
    try:
        put = insert(text, [record], path.as_posix())
    except CannotWriteError as error:
        fail(str(error))
    if not isinstance(put, str):
        fail(f"{put.place}: {put.message}")
    return put
