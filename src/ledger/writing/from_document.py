"""A document that lines are taken from → its source record, and what a file says of where its lines come from."""

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePath

from msgspec.structs import replace

from ledger.book import Source
from ledger.statements import Statement
from ledger.statements.letter import SOURCE_KINDS, Letter
from ledger.writing.agencies import free, slug
from ledger.writing.yaml_records import Record
from ledger.writing.yaml_scalars import Value

_RBID = re.compile(r"\bRB-?ID\s*[=: ]\s*(\d{4,6})\b", re.IGNORECASE)
_NAMED = re.compile(r"(?:^|[^a-z])rb(?:id)?[-_=]?(\d{4,6})(?!\d)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s\"'<>]*[?&]rbid=(\d{4,6})\b(?![^\s\"'<>]*version=)[^\s\"'<>]*", re.IGNORECASE)
_OUTCOMES = ("yearly expenditure", "monthly expenditure")


def is_amending(letter: Letter) -> bool:
    """Whether the letter says that it amends another; many that do only repeat its title."""
    return letter.title.casefold().startswith("ändring")


def letter_source(letter: Letter, text: str) -> Record:
    """The record of a letter, whose id is its number in statsliggaren, else its reference, else the file's name."""
    number = _number(letter, text)
    wanted = f"rb-{number}" if number else slug(" ".join(letter.references[:1])) or slug(PurePath(letter.path).stem)
    address = _ADDRESS.search(text)
    reference = "; ".join(((f"RBID {number}",) if number else ()) + letter.references)
    fields: dict[str, Value] = {
        "title": letter.title,
        "kind": SOURCE_KINDS[is_amending(letter)],
        "publisher": "Regeringskansliet",
        "published": letter.decided,
        "reference": reference,
        "url": address[0].replace("&amp;", "&") if address and address[1] == number else "",
    }
    return Record("sources", wanted or "letter", {key: value for key, value in fields.items() if value})


def table_source(statement: Statement, data: bytes) -> Record:
    """The record of a table, told by its file's name and the sum of its bytes."""
    name = PurePath(statement.path).name
    outcome = statement.kind in _OUTCOMES
    fields: dict[str, Value] = {
        "title": f"{statement.kind.capitalize()}, {name}" if outcome else name,
        "kind": "outcome" if outcome else "table",
        **({"publisher": "Statskontoret"} if outcome else {}),
        "reference": f"{name}; sha256 {sha256(data).hexdigest()}",
    }
    return Record("sources", slug(PurePath(name).stem) or "table", fields)


def known_source(made: Record, sources: Mapping[str, Source]) -> str:
    """The id under which the ledger has the document already; empty where it has not."""
    same = [source.id for source in sources.values() if _same(made, source)]
    return made.id if made.id in same else next(iter(same), "")


def with_free_id(made: Record, sources: Mapping[str, Source]) -> Record:
    """The record under an id that no other document has."""
    return replace(made, id=free(made.id, sources))


def _same(made: Record, source: Source) -> bool:
    reference = str(made.fields.get("reference", ""))
    if made.fields["kind"] not in SOURCE_KINDS:
        return source.reference == reference or (source.id == made.id and "sha256" not in source.reference)
    if source.id == made.id:
        return True
    shared = set(reference.split("; ")) & set(source.reference.split("; "))
    published = str(made.fields.get("published", ""))
    return bool(shared) and source.kind in SOURCE_KINDS and source.published == published


def _number(letter: Letter, text: str) -> str:
    """The letter's number in statsliggaren: the file's name tells it, else the text where it holds one only."""
    named = _NAMED.search(PurePath(letter.path).stem)
    told = set(_RBID.findall(text))
    return named[1] if named else told.pop() if len(told) == 1 else ""
