"""Readers of other people's documents, one module each, found by searching this package.

A reader has `recognises(text) -> int`: 0 for a text that is not its kind of document, else how sure it is; and
`read(text, path, unit) -> Statement | Refused`, where `unit` is what bare amounts are in, when the user says so. One
of tables has `recognises_sheet(sheet, asked)` and `read_sheet(sheet, asked)` instead.
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from ledger.diagnostic import Finding, Place
from ledger.statements._composed import read_composed
from ledger.statements._delimited import sheet_of
from ledger.statements._input import LARGEST, text_of
from ledger.statements._own_tables import sheet_of_own
from ledger.statements._sheet import Sheet
from ledger.statements._statement import Asked, Refused, Role, Row, Scope, Statement, refused

__all__ = [
    "LARGEST",
    "Asked",
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


def read_statement(data: bytes, path: str, asked: Asked | None = None) -> Statement | Refused:
    """Read a document, by the reader that is surest of its content; what is wrong, where none can read it."""
    own = sheet_of_own(data, path) if len(data) <= LARGEST else None
    if own is not None:
        return (own,) if isinstance(own, Finding) else _of_sheet(own, asked or Asked())
    text = text_of(data, path)
    if isinstance(text, Finding):
        return (text,)
    return read_composed(text, lambda composed: _of_text(composed, path, asked or Asked()))


def _of_text(text: str, path: str, asked: Asked) -> Statement | Refused:
    """A document of text, as what it looks most like; a table when it looks like nothing else."""
    found = [(one.recognises(text), name, one) for name, one in readers() if hasattr(one, "recognises")]
    sure, _, reader = max(found, key=lambda one: one[:2])
    if sure:
        made: Statement | Refused = reader.read(text, path, asked.unit)
        return made
    sheet = sheet_of(text, path)
    if isinstance(sheet, Finding):
        return (sheet,)
    return _of_sheet(sheet, asked)


def _of_sheet(sheet: Sheet, asked: Asked) -> Statement | Refused:
    """A table, by the reader of tables that is surest of it."""
    tables = [(one.recognises_sheet(sheet, asked), name, one) for name, one in readers() if hasattr(one, "read_sheet")]
    sure, _, reader = max(tables, key=lambda one: one[:2])
    if not sure:
        message = "not a document that is known here: an outcome file, an appropriation letter or a table in CSV"
        return (Finding(Place(sheet.path, 1, 1, 2), message),)
    table: Statement | Refused = reader.read_sheet(sheet, asked)
    return table


def readers() -> Iterator[tuple[str, ModuleType]]:
    """The modules of this package that recognise and read statements, by name."""
    for found in pkgutil.iter_modules(__path__):
        if not found.name.startswith("_"):
            module = import_module(f"{__name__}.{found.name}")
            if hasattr(module, "recognises") or hasattr(module, "recognises_sheet"):
                yield found.name, module
