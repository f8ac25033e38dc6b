"""JSON Lines: a JSON object a row, as many programs for logs and data read it. Money is a text of plain kronor."""

import json

from ledger import format_table
from ledger.table import Table


def table(table: Table) -> str:
    """The rows of a table, with the columns and values of the format `json`."""
    document = json.loads(str(format_table(table, "json")))
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in document["rows"])
