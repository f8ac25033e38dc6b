"""Records as YAML in the ledger's own style: block style, and on one line what is short and holds no further lines."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from ledger.writing.yaml_scalars import WIDTH, CannotWriteError, Value, check_characters, folded, printable, scalar

Section = Literal["ledger", "goals", "agencies", "sources", "allocations", "claims", "initiatives"]
SECTIONS: tuple[Section, ...] = ("ledger", "goals", "agencies", "sources", "allocations", "claims", "initiatives")
"""The order in which sections are begun: who and what the lines name, then the lines."""


class Record(Struct, frozen=True):
    """A record to be written below a top-level key, its fields in the order of writing.

    `comment` is put above it, without its `#`. The record of the ledger as a whole has no id.
    """

    key: Section
    id: str
    fields: Mapping[str, Value]
    comment: str = ""


def new_file(records: Sequence[Record], header: str = "") -> str:
    """A whole new file, below a comment. Raises CannotWriteError at a text that no ledger file can hold."""
    sections = [
        "".join(f"{line}\n" for line in (f"{key}:", *section(of_key)))
        for key in SECTIONS
        if (of_key := [record for record in records if record.key == key])
    ]
    top = ["".join(f"{line}\n" for line in comment(header, 0))] if header else []
    return "\n".join((*top, *sections))


def unwritable(records: Sequence[Record]) -> str:
    """Which field of which record holds a text that no ledger file can hold, and which; empty where none does."""
    for record in records:
        for name, value in record.fields.items():
            try:
                entry(name, value, 4, 2)
            except CannotWriteError as error:
                return f"'{record.id or record.key}': {name}: {error}"
    return ""


def section(records: Sequence[Record], indent: int = 2, step: int = 2) -> list[str]:
    """The lines of records of one section, an empty one between two of them."""
    lines: list[str] = []
    for record in records:
        lines += [*([""] if lines else []), *comment(record.comment, indent)]
        if record.id:
            lines += entry(record.id, record.fields, indent, step, block=True)
        else:
            lines += _entries(record.fields, indent, step)
    return lines


def comment(text: str, indent: int) -> list[str]:
    """The lines of a comment."""
    check_characters(text)
    return [f"{' ' * indent}# {line}".rstrip() for line in printable(text).splitlines()]


def entry(key: str, value: Value, indent: int, step: int, *, block: bool = False) -> list[str]:
    """The lines of a key and its value; `block` keeps a short mapping from being written on one line."""
    lead = f"{' ' * indent}{scalar(key)}:"
    if isinstance(value, str):
        first, *rest = folded(value, len(lead) + 1, indent + step)
        return [f"{lead} {first}", *rest]
    short = None if block and value else flow(value)
    if short is not None and len(lead) + 1 + len(short) <= WIDTH:
        return [f"{lead} {short}"]
    if isinstance(value, Mapping):
        return [lead, *_entries(value, indent + step, step)]
    return [lead, *(line for member in value for line in item(member, indent + step, step))]


def item(value: Value, indent: int, step: int) -> list[str]:
    """The lines of a member of a list, behind its dash."""
    lead = f"{' ' * indent}- "
    if isinstance(value, str):
        first, *rest = folded(value, len(lead), indent + 2)
        return [lead + first, *rest]
    short = flow(value)
    if short is not None and len(lead) + len(short) <= WIDTH:
        return [lead + short]
    if isinstance(value, Mapping):
        first, *rest = _entries(value, indent + 2, step)
    else:
        first, *rest = [line for member in value for line in item(member, indent + 2, step)]
    return [lead + first.lstrip(" "), *rest]


def flow(value: Value, *, inside: bool = False) -> str | None:
    """The value on one line; nothing for what holds records of its own, which stand on lines of their own."""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, Mapping):
        members = [] if inside else [(scalar(key, flow=True), flow(one, inside=True)) for key, one in value.items()]
        if inside or any(text is None for _, text in members):
            return None
        return f"{{{', '.join(f'{key}: {text}' for key, text in members)}}}"
    texts = [scalar(one, flow=True) for one in value if isinstance(one, str)]
    return f"[{', '.join(texts)}]" if len(texts) == len(value) else None


def _entries(fields: Mapping[str, Value], indent: int, step: int) -> Iterator[str]:
    for key, value in fields.items():
        yield from entry(key, value, indent, step)
