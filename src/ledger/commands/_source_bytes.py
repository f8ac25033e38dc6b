"""The bytes of a document: of a file, or of standard input."""

import sys
from pathlib import Path

from ledger.output import fail
from ledger.statements import LARGEST

STANDARD_INPUT = "-"


def is_input(path: Path) -> bool:
    """Whether standard input is meant."""
    return path == Path(STANDARD_INPUT)


def name_of(path: Path) -> str:
    """What messages call the document."""
    return "standard input" if is_input(path) else path.as_posix()


def read_bytes(path: Path) -> bytes:
    """The bytes of a document, to one more than are read; what cannot be read ends the command."""
    try:
        if is_input(path):
            if sys.stdin is None:
                fail("cannot read standard input: it is closed")
            return sys.stdin.buffer.read(LARGEST + 1)
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        fail(f"cannot read '{name_of(path)}': {(error.strerror or 'unknown reason').lower()}")
