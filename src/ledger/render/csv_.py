"""Comma-separated values after RFC 4180, in UTF-8 with LF: the rows for machines, money in plain kronor.

Texts are guarded all the same, because such files are opened in spreadsheets.
"""

import re
from collections.abc import Callable, Iterable

from ledger.money import plain_kronor
from ledger.render._machine_fields import Field, Value, fields, plain_share, values
from ledger.table import Table, guarded

_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')


def table(table: Table) -> str:
    """A line of names and one for each row; lists are joined with `;`. Sums and the tables below are left out."""
    return _lines(table, guarded)


def unguarded(table: Table) -> str:
    """The same with every text as it is."""
    return _lines(table, str)


def header_and_rows(table: Table) -> tuple[str, str]:
    """The same in two pieces, for tables that are written row by row."""
    names = _line(field.name for field in fields(table))
    return names, _lines(table, guarded)[len(names) :]


def _lines(table: Table, text: Callable[[str], str]) -> str:
    header = fields(table)
    lines = [[field.name for field in header]]
    lines += [[_cell(*pair, text) for pair in zip(header, values(table, row), strict=True)] for row in table.rows]
    return "".join(map(_line, lines))


def _line(texts: Iterable[str]) -> str:
    # Python's own writer leaves a lone CR unquoted, and its reader then breaks the line there.
    line = ",".join(f'"{text.replace(chr(34), chr(34) * 2)}"' if _QUOTED.search(text) else text for text in texts)
    return f"{line or chr(34) * 2}\n"


def _cell(field: Field, value: Value, text: Callable[[str], str]) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case tuple():
            return text(";".join(value))
        case int() if field.type == "money":
            return plain_kronor(value)
        case int() if field.type == "share":
            return plain_share(value)
        case int():
            return str(value)
        case _:
            return text(value)
