"""Readers of other people's documents, one module each, found by searching this package.

A reader has `recognises(text) -> int`: 0 for a text that is not its kind of document, else how sure it is; and
`read(text, path, unit) -> Statement | Refused`, where `unit` is what bare amounts are in, when the user says so.
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from unicodedata import normalize

from ledger.diagnostic import Finding, Place
from ledger.statements._composed import read_composed
from ledger.statements._input import LARGEST, text_of
from ledger.statements._statement import Refused, Role, Row, Scope, Statement, refused

__all__ = [
    "LARGEST",
    "Refused",
    "Role",
    "Row",
    "Scope",
    "Statement",
    "read_composed",
    "read_statement",
    "readers",
    "refused",
]


def read_statement(data: bytes, path: str, unit: str | None = None) -> Statement | Refused:
    """Read a document, by the reader that is surest of its content; what is wrong, where none can read it."""
    text = text_of(data, path)
    if isinstance(text, Finding):
        return (text,)
    plain = normalize("NFC", text)
    sure, _, reader = max(((one.recognises(plain), name, one) for name, one in readers()), key=lambda found: found[:2])
    if not sure:
        message = "not a document that is known here: an outcome file, an appropriation letter or a table in CSV"
        return (Finding(Place(path, 1, 1, 2), message),)
    found: Statement | Refused = read_composed(text, lambda composed: reader.read(composed, path, unit))
    return found


def readers() -> Iterator[tuple[str, ModuleType]]:
    """The modules of this package that recognise and read statements, by name."""
    for found in pkgutil.iter_modules(__path__):
        if not found.name.startswith("_"):
            module = import_module(f"{__name__}.{found.name}")
            if hasattr(module, "recognises"):
                yield found.name, module
