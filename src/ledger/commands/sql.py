"""`ledger sql`: read-only SQL over the same lines."""

from typing import Annotated

import typer

from ledger.options import AsOf, Color, Data, Format, Output

ANSWERS = True
"""What it prints depends on its words and the ledger alone, so that it can be kept for the next time."""

EXAMPLES = """\
Read-only SQL (SQLite's) over the ledger: lines, top_ups, claims, figures, sums, agencies, sources, goals, initiatives,
findings, and tables that link them. 'ledger sql --schema' says what each column is.

Money is in kronor, a whole number where it is whole, else an exact text such as '1500000.50'; the same column with
_ore is in whole öre, always a number. kronor(öre) and swedish(öre) write a sum of öre. 'summed' is what a line adds to
the sum of its year and level: it counts no krona twice.

  ledger sql "SELECT year, level, total FROM sums"
  ledger sql "SELECT year, level, sum(summed) FROM lines GROUP BY year, level"
  ledger sql "SELECT title, recipient_name, total_stated FROM lines WHERE year = 2024 AND kind = 'assignment'"
  ledger sql "SELECT counts_from, title, amount_stated, source FROM top_ups ORDER BY 1" -f csv -o top-ups.csv
  ledger sql "SELECT s.publisher, count(*) FROM line_sources AS l JOIN sources AS s ON s.id = l.source_id GROUP BY 1"
  ledger sql "SELECT swedish(sum(summed_ore)) FROM lines WHERE level = 'appropriations' AND year = 2024"
"""


def run(
    ctx: typer.Context,
    query: Annotated[
        str | None, typer.Argument(metavar="[QUERY]", help="One SELECT, quoted; none shows examples.")
    ] = None,
    *,
    schema: Annotated[bool, typer.Option("--schema", help="The tables, with a comment on each column.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000_000, metavar="ROWS", help="How many rows at most.")] = 10_000,
    timeout: Annotated[int, typer.Option(min=1, max=3600, metavar="SECONDS", help="How long it may take.")] = 5,
    as_of: AsOf = None,
    no_guard: Annotated[
        bool, typer.Option("--no-guard", help="Leave every text as it is: for machines, never for a spreadsheet.")
    ] = False,
    form: Format = "table",
    output: Output = None,
    data: Data = None,
    color: Color = None,
) -> None:
    """Read-only SQL over the ledger. Over lines, top-ups, claims, sources, agencies, initiatives and findings.

    \b
      ledger sql --schema
      ledger sql "SELECT year, level, total FROM sums"
      ledger sql "SELECT title, total FROM lines WHERE year = 2024 AND in_sum"
    """
    if schema:
        from ledger.output import emit
        from ledger.store import schema as text

        emit(text(), output)
    elif query is None:
        from ledger.output import emit

        emit(EXAMPLES, output)
    else:
        from ledger.commands._sql import answered
        from ledger.output import show_table
        from ledger.store import Limits

        show_table(
            ctx, answered(ctx, query, Limits(limit, timeout), data, as_of), form, output, color, guard=not no_guard
        )
