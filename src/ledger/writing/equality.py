"""Two books held together: whether one says all that the other says, wherever it is written; else which fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from ledger.book import Book
from ledger.diagnostic import Place
from ledger.money import plain_kronor

REGISTERS = {
    "goals": "goal",
    "agencies": "agency",
    "sources": "source",
    "lines": "line",
    "claims": "claim",
    "initiatives": "initiative",
}
"""The registers of a book, and what each record of them is called."""

_WRITTEN = {
    "first_year": "year",
    "last_year": "year",
    "sources": "source",
    "accepted": "accept",
    "complete": "parts_are",
    "complete_stated": "parts_are",
    "full_code": "code",
}
"""The fields of a book that ledger files call something else."""

_ELSEWHERE = frozenset(("place", "origin"))
"""Fields that say where something is written."""


class Lost(Struct, frozen=True):
    """What would be read as something else: the record, its field, and what it says before and after."""

    what: str
    id: str
    field: str
    meant: str
    read: str

    def __str__(self) -> str:
        """One line for the user."""
        who = f"{self.what} '{self.id}'" if self.id else f"the {self.what}"
        return f"{who}: '{self.field}' would be {self.read}, not {self.meant}"


def lost(meant: Book, read: Book) -> Iterator[Lost]:
    """What the records of `meant` say and those of the same ids in `read` do not, whatever `read` has besides."""
    for field in ("title", "currency"):
        one, other = getattr(meant, field), getattr(read, field)
        if one != other and (one or field == "currency"):
            yield Lost("ledger", "", field, _shown(one), _shown(other))
    for register, what in REGISTERS.items():
        there = getattr(read, register)
        for name, record in getattr(meant, register).items():
            other = there.get(name)
            if other is None:
                yield Lost(what, name, "id", "there", "missing")
                continue
            yield from (Lost(what, name, *found) for found in _fields(record, other))
    for duplicate in meant.duplicates:
        yield Lost(REGISTERS.get(duplicate.what, "line"), duplicate.id, "id", "there twice", "there once")


def _fields(meant: Struct, read: Struct) -> Iterator[tuple[str, str, str]]:
    """The fields in which two records differ, by their names in ledger files, with what each says."""
    for name in meant.__struct_fields__:
        one, other = _bare(getattr(meant, name)), _bare(getattr(read, name))
        if name not in _ELSEWHERE and one != other:
            yield _WRITTEN.get(name, name), _shown(one), _shown(other)


def _bare(value: Any) -> Any:
    """A value without where anything of it is written."""
    if isinstance(value, Place):
        return None
    if isinstance(value, Struct):
        return {name: _bare(getattr(value, name)) for name in value.__struct_fields__ if name not in _ELSEWHERE}
    if isinstance(value, tuple):
        return tuple(map(_bare, value))
    if isinstance(value, Mapping):
        return {key: _bare(one) for key, one in value.items()}
    return value


def _shown(value: Any) -> str:
    """A value in a message, with a figure by its words."""
    if isinstance(value, Mapping) and "amount" in value:
        number = value["amount"]["number"]
        value = value["amount"]["words"] or (value["amount"] if number is None else f"{plain_kronor(number)}, derived")
    text = "empty" if value in (None, "", ()) else repr(value)
    return text if len(text) <= 120 else f"{text[:120]}…"
