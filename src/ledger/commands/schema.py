"""`ledger schema`: what editors need to complete and check ledger files."""

from pathlib import Path
from typing import Annotated

import typer


def run(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Where to write it; without one, to standard output.")
    ] = None,
) -> None:
    """The JSON Schema of ledger files, for editors. From it (draft 7) they complete keys and flag mistakes.

    A file says where its schema is in its first line, relative to itself:
    # yaml-language-server: $schema=../ledger.schema.json

    \b
      ledger schema ledger.schema.json
    """
    from ledger.output import emit
    from ledger.reading.json_schema import schema_text

    emit(schema_text(), None if file == Path("-") else file)
