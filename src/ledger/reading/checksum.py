"""A ledger's checksum: it says of which files, to the byte, an export was made."""

from collections.abc import Mapping
from errno import EAGAIN
from hashlib import sha256
from pathlib import Path

from ledger.cache.folder import digest
from ledger.reading.loading import bytes_of, ledger_files

_CHANGED = "it changed while it was read: try again"


def checksum(directory: Path, read: Mapping[str, str] | None = None) -> str:
    """The sha256, as hexadecimal digits, over the relative path and the bytes of every file of the ledger.

    It is that of the lines that `sha256sum` prints for the files, by their paths from the directory, sorted as bytes.
    So it is found without this program too: `sha256sum $(find * -name '*.yaml' | LC_ALL=C sort) | sha256sum`.
    Raises OSError when a file or folder cannot be read, or is not what was `read`: the digest of each file by its path.
    """
    files = {path.relative_to(directory).as_posix().encode(): (path, shown) for path, shown in ledger_files(directory)}
    if read is not None and {shown for _, shown in files.values()} != read.keys():
        raise OSError(EAGAIN, _CHANGED, str(directory))
    lines = []
    for name, (path, shown) in sorted(files.items()):
        data = bytes_of(path, directory)
        if read is not None and digest(data) != read[shown]:
            raise OSError(EAGAIN, _CHANGED, str(path))
        lines.append(b"%s  %s\n" % (sha256(data).hexdigest().encode(), name))
    return sha256(b"".join(lines)).hexdigest()
