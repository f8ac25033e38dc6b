"""`ledger import`: letters, outcome files and tables → YAML in the ledger."""

from pathlib import Path
from typing import Annotated

import typer

from ledger.commands._columns import Columns, Encoding, HeaderRow, SaveColumns, SheetName
from ledger.commands._completion import Terms, sources
from ledger.options import UNITS, Color, Data, completing, one_of

_BARE = tuple(unit for unit in UNITS if unit != "auto")


Document = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="A letter, an outcome file, a table (CSV, XLSX, XLS, ODS); - is standard input."
    ),
]
Into = Annotated[
    Path | None, typer.Option("--into", metavar="DIR", help="The ledger to write into (else as with --data).")
]
SourceId = Annotated[
    str | None,
    typer.Option("--source", metavar="ID", help="The id of the document among the sources.", autocompletion=sources),
]
Prose = Annotated[bool, typer.Option("--prose", help="A draft of each amount in a text, in comments; needs --source.")]
Amend = Annotated[bool, typer.Option("--amend", help="A later letter over an earlier one: differences are top-ups.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the changes as a diff, and write nothing.")]
Force = Annotated[bool, typer.Option("--force", help="Write also what does not add up, and beside lines that differ.")]
Bare = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="|".join(_BARE),
        help="What figures of the document without a unit are in.",
        callback=one_of(*_BARE),
        autocompletion=completing(*_BARE),
    ),
]


def run(
    ctx: typer.Context,
    file: Document,
    terms: Terms = None,
    *,
    into: Into = None,
    source: SourceId = None,
    prose: Prose = False,
    amend: Amend = False,
    dry_run: DryRun = False,
    force: Force = False,
    unit: Bare = None,
    columns: Columns = None,
    header_row: HeaderRow = None,
    save_columns: SaveColumns = None,
    sheet: SheetName = None,
    encoding: Encoding = None,
    data: Data = None,
    color: Color = None,
) -> None:
    """Put what a document states into the ledger. New lines, their agencies, and the source.

    FILE is told by its content: an appropriation letter as text or HTML, Statskontoret's expenditure files, any table
    with a code, id or recipient, a year and an amount, a workbook's too; how it was read is said. Terms choose among
    its lines. What the ledger has is compared and left as it is, so a second import adds nothing. What is written
    passes 'ledger check', or nothing is written. Ends with 1 when a figure does not add up, cannot be read, or differs
    from the ledger's. With --amend a later letter's figures are entered as what came on top of the earlier ones, from
    the day of its decision.

    What 'ledger export' wrote comes back as it was, a whole ledger from sqlite, json and the folder of a datapackage,
    lines from csv, xlsx and parquet; what such a file does not tell is refused with id and field.

    \b
      ledger import regleringsbrev.txt --dry-run
      ledger import andring.txt --amend --dry-run
      ledger import arsutfall.zip 2025 code:"UO13 3:1" --into data
      ledger import figures.csv --unit tkr --source prop-2025-26-1-uo13
      ledger import figures.csv --columns code=Anslag,amount="Belopp 2024",year=2024
      ledger import utfall.xlsx --sheet "Anslag 2024"
      curl -s https://example.org/utfall.csv | ledger import - --encoding windows-1252
      ledger import --prose press.md --source pr-2024-03-18
      ledger import ledger.sqlite --into copy
    """
    from ledger.commands._columns_asked import shape_of
    from ledger.commands._document import Request

    shape = shape_of(columns, header_row, save_columns, sheet, encoding)
    asked = tuple(terms or ())
    where = into or data
    request = Request(file, asked, where, source, unit, color, dry_run=dry_run, force=force, amend=amend, shape=shape)
    if prose and amend:
        from ledger.output import fail

        fail("--amend is for letters, and --prose for running text: leave one of them out")
    if prose:
        from ledger.commands._import_prose import import_prose

        import_prose(ctx, request)
    else:
        from ledger.commands._import import import_file

        import_file(ctx, request)
