"""`ledger explain`: a check's page."""

from typing import Annotated

import typer

from ledger.commands._complete import pages as completed
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
    from ledger.diagnostic import nearest
    from ledger.options import emit, fail
    from ledger.reading.pages import pages

    known = {check.id: check.page for check in load_checks()} | pages()
    if name is None:
        width = max(len(one) for one in known)
        emit("".join(f"{one:{width}}  {page.partition(chr(10))[0]}\n" for one, page in sorted(known.items())), output)
    elif name in known:
        emit(f"# {name}\n\n{known[name].strip()}\n", output)
    else:
        fail(f"no check is called '{name}'{nearest(name, set(known))}: 'ledger explain' lists them")
