"""`ledger export`: the resolved lines, to take away."""

from typing import Annotated

import typer

from ledger.commands._completion import Terms
from ledger.options import AsOf, Color, Data, Format, Output

ANSWERS = True
"""What it prints depends on its words and the ledger alone, so that it can be kept for the next time."""


def run(
    ctx: typer.Context,
    terms: Terms = None,
    *,
    as_of: AsOf = None,
    no_guard: Annotated[
        bool, typer.Option("--no-guard", help="Leave every text as it is: for machines, never for a spreadsheet.")
    ] = False,
    form: Format = "csv",
    output: Output = None,
    data: Data = None,
    color: Color = None,
) -> None:
    """The lines with their figures, for other programs. One row a line, with its sources, file and line.

    \b
    csv              for machines: RFC 4180, UTF-8, decimal point
    csv-excel-sv     what Swedish Excel opens right: semicolons, decimal comma
    xlsx             a workbook: lines, sources, agencies, goals, the query with a checksum
    parquet          one file, money as decimals
    parquet-by-year  a folder that engines read in place: year=2024/…
    json             the lines; without terms the whole ledger too
    sqlite           one file: the whole ledger as 'ledger sql' sees it; with terms, the lines alone
    datapackage      a folder: CSV files and the datapackage.json about them; without terms the whole ledger too

    In CSV, a text that a spreadsheet would run as a formula or turn into a time or a date (3:1) gets one apostrophe
    before it; --no-guard leaves it out. What is not text needs --output. 'ledger import' brings an export back.

    \b
      ledger export 2024 --format csv-excel-sv -o 2024.csv
      ledger export goal:violence --format xlsx -o violence.xlsx
      ledger export --format parquet-by-year -o lines
    """
    from ledger.commands._export import query_of, table_of_lines, whole_ledger
    from ledger.commands._open_ledger import find, opened
    from ledger.commands._selection import choose
    from ledger.output import emit, say, show_table

    found = find(ctx, data, or_shipped=True)
    ledger = opened(found, as_of)
    if form == "sqlite" and not terms:
        from ledger.commands._sqlite import book_as_sqlite

        emit(book_as_sqlite(ledger.book, ledger.outcome), output)
        return
    chosen = choose(ledger, terms or [])
    for note in chosen.notes:
        say(f"ledger: {note}")
    query = query_of(found, ledger, len(chosen.lines), terms or [], as_of)
    whole = whole_ledger(ledger.book) if form in ("json", "datapackage") and not terms and as_of is None else None
    show_table(ctx, table_of_lines(ledger.book, chosen.lines, query, whole), form, output, color, guard=not no_guard)
