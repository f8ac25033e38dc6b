"""A workbook read on trial, in a process of its own: broken bytes can make the reader end the process that it is in.

It asks for any amount of memory that a broken workbook names, and the language that it is written in ends a process
that does not get it; what it prints on the way is for its makers.
"""

import subprocess
import sys

from ledger.statements._archive import WorkbookError
from ledger.statements._cell_facts import MOST_CELLS

_SECONDS, _MEMORY = 120, 3 * 2**29
_TOO_LARGE, _LOCKED = 3, 4
_TRIAL = f"""
import sys, io
from python_calamine import CalamineWorkbook, PasswordError
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({_MEMORY}, {_MEMORY}))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError, OSError):
    pass
try:
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
except PasswordError:
    sys.exit({_LOCKED})
for told in book.sheets_metadata:
    if str(told.typ).endswith("WorkSheet"):
        sheet = book.get_sheet_by_name(told.name)
        end = sheet.end
        if end and (end[0] + 1) * (end[1] + 1) > {MOST_CELLS}:
            sys.exit({_TOO_LARGE})
"""


def stop_unless_readable(data: bytes) -> None:
    """Raise WorkbookError for a workbook that the reader does not come through, and for sheets of too many cells."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", _TRIAL], input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise WorkbookError(f"a workbook that takes longer than {_SECONDS} seconds to read") from None
    if done.returncode == _LOCKED:
        raise WorkbookError("a workbook with a password: save it without one")
    if done.returncode == _TOO_LARGE:
        raise WorkbookError(f"a sheet of more than {MOST_CELLS} cells between its first and its last")
    if done.returncode:
        raise WorkbookError(
            "a workbook that cannot be read, as it is broken: open it, save it anew as XLSX, and try again"
        )
