"""Which of the documents to be imported are exports of ours: they come back as they were, not as a stranger's table."""

from pathlib import Path

import typer
from msgspec.structs import replace

from ledger.commands._document import Request
from ledger.commands._source_bytes import is_input, read_bytes
from ledger.output import fail


def import_own(ctx: typer.Context, request: Request) -> tuple[Request, bytes] | None:
    """Import the document, where it is an export of a whole ledger: nothing is left to do then.

    Else what is asked for, which in a folder with a package of lines is its table of lines, and its bytes.
    """
    from ledger.commands._own_exports import PACKAGE, Whole, package_in, whole_ledger_in

    path, data = request.file, b""
    whole: Whole | Path | None
    if not is_input(path) and path.is_dir():
        if not (path / PACKAGE).is_file():
            fail(f"'{path}' is a directory: of these only a Data Package of ours is read, and it has a '{PACKAGE}'")
        whole = package_in(path)
    else:
        data = read_bytes(path)
        whole = whole_ledger_in(path, data)
    if isinstance(whole, Whole):
        from ledger.commands._import_whole import import_whole

        import_whole(ctx, request, whole)
        return None
    return (request, data) if whole is None else (replace(request, file=whole), read_bytes(whole))
