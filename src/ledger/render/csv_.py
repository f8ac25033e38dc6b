"""Comma-separated values after RFC 4180, in UTF-8 with LF: the rows for machines, money in plain kronor."""

import re
from collections.abc import Iterable

from ledger.money import plain_kronor
from ledger.render._fields import Field, Value, fields, values
from ledger.table import Table

_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')


def table(table: Table) -> str:
    """A line of names and one for each row; lists are joined with `;`. Sums and the tables below are left out."""
    header = fields(table)
    lines = [[field.name for field in header]]
    lines += [list(map(_text, header, values(table, row))) for row in table.rows]
    return "".join(map(_line, lines))


def _line(texts: Iterable[str]) -> str:
    # Python's own writer leaves a lone CR unquoted, and its reader then breaks the line there.
    line = ",".join(f'"{text.replace(chr(34), chr(34) * 2)}"' if _QUOTED.search(text) else text for text in texts)
    return f"{line or chr(34) * 2}\n"


def _text(field: Field, value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case tuple():
            return ";".join(value)
        case int() if field.type == "money":
            return plain_kronor(value)
        case int() if field.type == "share":
            return f"{value // 1000}.{value % 1000:03}"
        case _:
            return str(value)
