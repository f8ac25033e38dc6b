"""A ledger's checksum: it says of which files, to the byte, an export was made."""

from hashlib import sha256
from pathlib import Path

from ledger.reading.loading import ledger_files


def checksum(directory: Path) -> str:
    """The sha256, as hexadecimal digits, over the relative path and the bytes of every file of the ledger.

    It is that of the lines that `sha256sum` prints for the files, by their paths from the directory, sorted as bytes.
    So it is found without this program too: `sha256sum $(find * -name '*.yaml' | LC_ALL=C sort) | sha256sum`.
    Raises OSError when a file or folder cannot be read.
    """
    files = {path.relative_to(directory).as_posix().encode(): path for path, _ in ledger_files(directory)}
    lines = [b"%s  %s\n" % (sha256(files[name].read_bytes()).hexdigest().encode(), name) for name in sorted(files)]
    return sha256(b"".join(lines)).hexdigest()
