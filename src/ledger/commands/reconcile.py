"""`ledger reconcile`: the ledger against somebody else's figures."""

from pathlib import Path
from typing import Annotated

import typer

from ledger.commands._columns import Columns, Encoding, HeaderRow, SaveColumns, SheetName
from ledger.commands._completion import Terms
from ledger.options import AsOf, Color, Data, Format, Output, Unit


def run(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="An outcome file, a letter, a table (CSV, XLSX, XLS, ODS), a ledger; - is standard input.",
        ),
    ],
    terms: Terms = None,
    *,
    as_of: AsOf = None,
    unit: Unit = "auto",
    columns: Columns = None,
    header_row: HeaderRow = None,
    save_columns: SaveColumns = None,
    sheet: SheetName = None,
    encoding: Encoding = None,
    form: Format = "table",
    output: Output = None,
    data: Data = None,
    color: Color = None,
) -> None:
    """The ledger against somebody else's figures. What differs and why, what one side lacks, what agrees.

    FILE is told by its content: Statskontoret's yearly or monthly expenditure file, an appropriation letter as text or
    HTML, one of our own exports, any table with a code, id or recipient, a year and an amount, or another ledger.
    Bare amounts of such a table are in --unit. Ends with 1 when anything differs or could not be read.

    \b
      ledger reconcile arsutfall.zip 2025
      ledger reconcile regleringsbrev.txt --as-of 2021-06-03
      ledger reconcile figures.csv --unit tkr
      ledger reconcile utfall.xlsx --sheet "Anslag 2024"
    """
    from ledger.commands._columns_asked import shape_of
    from ledger.commands._open_ledger import open_book
    from ledger.commands._reconcile import hold_against

    shape = shape_of(columns, header_row, save_columns, sheet, encoding)
    ledger = open_book(ctx, data, as_of)
    hold_against(ctx, ledger, file, terms or [], shape, unit=unit, form=form, output=output, color=color)
