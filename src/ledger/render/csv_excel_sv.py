"""The separated values that Swedish Excel opens right on a double click, and LibreOffice in Swedish.

`;` between cells, decimal comma, UTF-8 with a BOM, CRLF, no grouping of digits, ASCII minus, and no `sep=` line, with
which Excel would overlook the BOM. Texts are in quotation marks and numbers are bare: a reader that is told to take
what is quoted for text then keeps `3:1`, and the others see it behind an apostrophe.
"""

from collections.abc import Callable, Iterable

from ledger.money import plain_kronor
from ledger.render._machine_fields import Field, Value, fields, plain_share, values
from ledger.table import Table, guarded

BOM = "\ufeff"


def table(table: Table) -> str:
    """A line of names and one for each row; lists are joined with `;`. Sums and the tables below are left out."""
    return _lines(table, guarded)


def unguarded(table: Table) -> str:
    """The same with every text as it is."""
    return _lines(table, str)


def _lines(table: Table, text: Callable[[str], str]) -> str:
    header = fields(table)
    lines = [[_quoted(field.name) for field in header]]
    lines += [[_cell(*pair, text) for pair in zip(header, values(table, row), strict=True)] for row in table.rows]
    return BOM + "".join(map(_line, lines))


def _line(cells: Iterable[str]) -> str:
    return f"{';'.join(cells)}\r\n"


def _cell(field: Field, value: Value, text: Callable[[str], str]) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case tuple():
            return _quoted(text(";".join(value)))
        case int() if field.type == "money":
            return plain_kronor(value).replace(".", ",")
        case int() if field.type == "share":
            return plain_share(value).replace(".", ",")
        case int():
            return str(value)
        case _:
            return _quoted(text(value))


def _quoted(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"'
