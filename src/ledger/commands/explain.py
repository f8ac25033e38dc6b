"""`ledger explain`: a check's page."""

from typing import Annotated

import typer

from ledger.commands._completion import pages as completed
from ledger.options import Output


def run(
    name: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="A check or a fault of reading; none lists all.", autocompletion=completed),
    ] = None,
    output: Output = None,
) -> None:
    """What a check finds, and what to do about it. Also why it matters, with a wrong and a right example.

    \b
      ledger explain
      ledger explain parts-mismatch
    """
    from ledger.checks import load_checks
    from ledger.commands._fill_text import columns_for, filled, hanging
    from ledger.output import emit, fail
    from ledger.reading.pages import pages
    from ledger.suggestion import did_you_mean

    columns = columns_for(output)
    known = {check.id: check.page for check in load_checks()} | pages()
    if name is None:
        indent = max(len(one) for one in known) + 2
        lines = [(f"{one:{indent}}", page.partition("\n")[0]) for one, page in sorted(known.items())]
        told = [hanging(*line, columns, " " * indent) if columns else "".join(line) for line in lines]
        emit("".join(f"{one}\n" for one in told), output)
    elif name in known:
        page = f"# {name}\n\n{known[name].strip()}\n"
        emit(filled(page, columns) if columns else page, output)
    else:
        fail(f"no check is called '{name}'{did_you_mean(name, set(known))}: 'ledger explain' lists them")
