"""Readers of other people's documents, one module each, found by searching this package, and those of plugins.

A reader has `recognises(text) -> int`: 0 for a text that is not its kind of document, else how sure it is; and
`read(text, path, unit) -> Statement | Refused`, where `unit` is what bare amounts are in, when the user says so. One
of tables has `recognises_sheet(sheet, asked)` and `read_sheet(sheet, asked)` instead.
"""

import pkgutil
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from msgspec.structs import replace

from ledger.diagnostic import Finding, Place
from ledger.plugins import Plugin, PluginError, plugins
from ledger.statements._delimited import sheet_of
from ledger.statements._document_text import LARGEST, text_of
from ledger.statements._encoding import ENCODINGS
from ledger.statements._nfc import read_composed
from ledger.statements._own_tables import sheet_of_own
from ledger.statements._sheet import Sheet
from ledger.statements._statement import Asked, Refused, Role, Row, Scope, Statement, refused
from ledger.statements._workbook import sheet_of_workbook
from ledger.statements._workbook_kind import is_workbook

__all__ = [
    "ENCODINGS",
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
    """Read a document, by the reader that is surest of its content; what is wrong, where none can read it.

    Where a reader of a plugin fails, that is said, and the document is read without plugins.
    """
    asked = asked or Asked()
    try:
        return _read(data, path, asked)
    except PluginError as error:
        found = _read(data, path, replace(asked, plugins=False))
        if isinstance(found, Statement):
            return replace(found, taken=(str(error), *found.taken))
        return (*found, refused(path, str(error)))


def _read(data: bytes, path: str, asked: Asked) -> Statement | Refused:
    own = sheet_of_own(data, path) if len(data) <= LARGEST else None
    if own is not None:
        return (own,) if isinstance(own, Finding) else _of_sheet(own, asked)
    if len(data) <= LARGEST and is_workbook(data):
        return _of_workbook(data, path, asked)
    decoded = text_of(data, path, asked.encoding)
    if isinstance(decoded, Finding):
        return (decoded,)
    if asked.sheet:
        return (refused(path, "not a workbook, so it has no sheets: leave --sheet out"),)
    found = read_composed(decoded.text, lambda composed: _of_text(composed, path, asked))
    if decoded.note and isinstance(found, Statement):
        return replace(found, taken=(decoded.note, *found.taken))
    return found


def _of_text(text: str, path: str, asked: Asked) -> Statement | Refused:
    """A document of text, as what it looks most like; a table when it looks like nothing else."""
    found = [(one.recognises(text), name, one) for name, one in readers(asked) if hasattr(one, "recognises")]
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
    sure, reader = _surest(sheet, asked)
    if not sure:
        known = "an outcome file, an appropriation letter or a table (CSV, XLSX, XLS, ODS)"
        message = f"not a document that is known here: {known}"
        return (Finding(Place(sheet.path, 1, 1, 2), message),)
    table: Statement | Refused = reader.read_sheet(sheet, asked)
    return table


def _of_workbook(data: bytes, path: str, asked: Asked) -> Statement | Refused:
    if asked.encoding:
        return (refused(path, "a workbook has no encoding to be told: leave --encoding out"),)
    sheet = sheet_of_workbook(data, path, asked.sheet, lambda one: _surest(one, asked)[0])
    if isinstance(sheet, Finding):
        return (sheet,)
    if not sheet.lines:
        return (refused(path, f"the sheet '{sheet.name}' is empty"),)
    table: Statement | Refused = _surest(sheet, asked)[1].read_sheet(sheet, asked)
    return table


def _surest(sheet: Sheet, asked: Asked) -> tuple[int, Any]:
    """The reader of tables that is surest of a sheet, and how sure it is."""
    tables = [
        (one.recognises_sheet(sheet, asked), name, one) for name, one in readers(asked) if hasattr(one, "read_sheet")
    ]
    sure, _, reader = max(tables, key=lambda one: one[:2])
    return sure, reader


def readers(asked: Asked) -> Iterator[tuple[str, Any]]:
    """The modules of this package that recognise and read statements, by name, and those of plugins."""
    for found in pkgutil.iter_modules(__path__):
        if not found.name.startswith("_"):
            module = import_module(f"{__name__}.{found.name}")
            if hasattr(module, "recognises") or hasattr(module, "recognises_sheet"):
                yield found.name, module
    for plugin in plugins("readers") if asked.plugins else ():
        module = plugin.load()
        known = [name for name in ("recognises", "read", "recognises_sheet", "read_sheet") if hasattr(module, name)]
        yield plugin.name, SimpleNamespace(**{name: partial(_called, plugin, getattr(module, name)) for name in known})


def _called(plugin: Plugin, function: Callable[..., Any], *given: Any) -> Any:
    """What a function of a plugin's reader gives: how sure it is, a statement, or why there is none."""
    made = plugin.call(function, *given)
    if not isinstance(made, int | Statement | tuple):
        raise PluginError(f"{plugin} fails: it gives neither a statement nor findings")
    return made
