"""The records that a document brings → changes of the ledger's files, which say where their lines come from."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from ledger.commands._apply_changes import text_there
from ledger.commands._document import Document
from ledger.commands._import_report import Additions
from ledger.output import fail
from ledger.writing import CannotWriteError, Change, Record, insert, new_file

_HEADERS = {
    "agencies": "Who receives money, named as documents name them.",
    "sources": "The documents behind the figures.",
}
"""What new files begin with; those of lines with where they come from."""


def changes_of(document: Document, additions: Additions, begun: Mapping[Path, str]) -> list[Change]:
    """Each file with its new records, which say where they come from; `begun` are files that are changed already.

    Those with lines come last: what lines name is then there before them, also if the program is killed in between, and
    the same import, which looks for the lines that are missing, completes it.
    """
    files: dict[Path, list[Record]] = {}
    for home, record in zip(additions.homes, additions.records, strict=True):
        files.setdefault(home, []).append(record)
    ordered = sorted(files, key=lambda path: any(record.key == "allocations" for record in files[path]))
    try:
        made = [_change(path, files[path], document, begun.get(path)) for path in ordered]
        return made + [Change(path, text_there(path), text) for path, text in begun.items() if path not in files]
    except CannotWriteError as error:
        fail(f"'{document.statement.path}': {error}")


def _change(path: Path, records: Sequence[Record], document: Document, begun: str | None) -> Change:
    keys = {record.key for record in records}
    if not path.exists():
        header = _HEADERS[records[0].key] if len(keys) == 1 and "allocations" not in keys else _origin(document)
        return Change(path, None, new_file(records, header))
    said = {"allocations": _origin(document), "agencies": f"As named in {Path(document.statement.path).name}"}
    told = []
    for record in records:
        words = said.pop(record.key, "")
        told.append(replace(record, comment="\n".join(filter(None, (words, record.comment)))))
    before = text_there(path)
    after = insert(before if begun is None else begun, told, path.as_posix())
    if not isinstance(after, str):
        fail(f"{after.place}: {after.message}")
    return Change(path, before, after)


def _origin(document: Document) -> str:
    """Where the lines come from, for the reader of the file."""
    statement = document.statement
    dated = ", ".join(filter(None, (statement.reference, statement.decided and f"decided {statement.decided}")))
    title = statement.title if document.letter else statement.kind
    return "\n".join(filter(None, (f"Imported from {Path(statement.path).name}: {title}", dated)))
