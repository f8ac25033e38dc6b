"""One text → one YAML scalar: plain where every YAML reads the same text, else between double quotes."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

import yaml

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""What is written under a key; every scalar is the text that is meant."""

WIDTH = 110
"""Columns of a line, where the text lets it be broken."""

_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What a ledger file may not hold, and no source prints: control characters, NEL, LS, PS, a byte order mark."""

_BEGINS = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`.=~]|[-.](?=\w)")
"""How a plain text may begin."""

_ENDS_IT = re.compile(r":(?:\s|$)|\s#|[\t\n]")
_FLOW = re.compile(r"[,\[\]{}?]|[:-]$")
_NUMBER = re.compile(r"[-+]?(?:0[xo][0-9a-fA-F]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)")
"""A number in YAML 1.2."""
_AS_MEANT = re.compile(r"-?(?:0|[1-9][0-9]*)|[0-9]{4}-[0-9]{2}-[0-9]{2}|yes|no")
"""Numbers, dates and the words of `counted` are plain in ledger files, though other programs give them a type."""

ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})
"""What is written otherwise between double quotes."""


class CannotWriteError(ValueError):
    """A text that no ledger file can hold."""


def scalar(text: str, *, flow: bool = False) -> str:
    """The text in NFC, as YAML on one line; `flow` is for inside `{ }` and `[ ]`. Raises CannotWriteError.

    What is not seen, or turns text around, is written as an escape, which YAML has as Python does.
    """
    check_characters(text)
    text = unicodedata.normalize("NFC", text)
    if _is_plain(text, flow=flow) and printable(text) == text:
        return text
    return f'"{printable(text.translate(ESCAPES))}"'


def check_characters(text: str) -> None:
    """Raise CannotWriteError at a character that a ledger file may not hold."""
    found = _FORBIDDEN.search(text)
    if found:
        around = text[max(0, found.start() - 20) : found.end() + 20]
        raise CannotWriteError(f"character U+{ord(found[0]):04X} cannot stand in a ledger file: {around!r}")


def printable(text: str) -> str:
    r"""A text in which what is not seen, or turns text around, is written out, as `\x1b` and `\u202e`."""
    return "".join(map(_printable, text))


def _printable(character: str) -> str:
    if character.isprintable() or character in "\t\n" or unicodedata.category(character) == "Zs":
        return character
    return character.encode("unicode_escape").decode("ascii")


def _is_plain(text: str, *, flow: bool) -> bool:
    if not _BEGINS.match(text) or text != text.strip() or _ENDS_IT.search(text) or (flow and _FLOW.search(text)):
        return False
    return _AS_MEANT.fullmatch(text) is not None or not _has_a_type(text)


def _has_a_type(text: str) -> bool:
    """Whether YAML 1.1 or 1.2 reads something else than a text: `3:1` as 181, `013` as 11, `NO` as false."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], [])
    return _NUMBER.fullmatch(text) is not None or any(pattern.match(text) for _, pattern in resolvers)


def folded(text: str, first: int, indent: int) -> list[str]:
    """The scalar broken at single spaces: `first` columns are taken on its first line, the others get an indentation.

    YAML reads such a line break as one space. Nothing is broken before a sign, which might begin something else.
    """
    lines, line, used = [], "", first
    for word in re.split(r"(?<=[^ ]) (?=[\w(])", scalar(text)):
        if line and used + len(line) + 1 + len(word) > WIDTH:
            lines.append(line)
            line, used = " " * indent + word, 0
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]
