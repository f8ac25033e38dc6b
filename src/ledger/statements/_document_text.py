"""The bytes of a document → its text: out of its zip, decoded, of a size that can be held."""

import struct
import zipfile
import zlib
from io import BytesIO

from ledger.diagnostic import Finding
from ledger.statements._encoding import UTF_16_MARKS, Decoded, decode
from ledger.statements._statement import refused

LARGEST = 256 * 2**20
"""Bytes of a document, packed or not: twice the largest outcome file that is known of."""

_MiB = 2**20
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How files in a zip are packed by every program that makes one; the other ways may ask for any amount of memory."""

_LISTED, _MOST_LISTED = b"PK\x01\x02", 1_000
"""What each file is listed by in a zip, and how many there may be: a list may be longer than what is listed."""

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError),
    IndexError,
)
"""What `zipfile` raises, as it comes, for a zip with broken bytes."""

_MAGIC = {
    b"%PDF": "a PDF: save it as text, or copy its text into a file",
    b"\x1f\x8b": "a gzip file: unpack it first",
    b"SQLite format 3\x00": "an SQLite file: export it as CSV",
    b"PAR1": "a Parquet file: export it as CSV",
}


def text_of(data: bytes, path: str, encoding: str = "") -> Decoded | Finding:
    """The text of a document in the encoding asked for or its own, or what is wrong with it; lines end with LF."""
    if data.startswith(b"PK\x03\x04"):
        unpacked = _unpacked(data, path)
        if isinstance(unpacked, Finding):
            return unpacked
        data = unpacked
    if len(data) > LARGEST:
        return refused(path, f"larger than {LARGEST // _MiB} MiB")
    for magic, words in _MAGIC.items():
        if data.startswith(magic):
            return refused(path, words)
    found = _decoded(data, path, encoding)
    if isinstance(found, Decoded) and (not found.text or found.text.isspace()):
        return refused(path, "empty")
    return found


def _decoded(data: bytes, path: str, encoding: str) -> Decoded | Finding:
    zero = refused(path, "not a text: it holds a zero byte")
    if not encoding.startswith("utf-16") and not data.startswith(UTF_16_MARKS):
        if b"\x00" in data:
            return zero
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    found = decode(data, path, encoding)
    if isinstance(found, Finding):
        return found
    if "\x00" in found.text:
        return zero
    return Decoded(found.text.replace("\r\n", "\n").replace("\r", "\n"), found.note)


def _unpacked(data: bytes, path: str) -> bytes | Finding:
    """The bytes of the one CSV file in a zip. Names are only asked for their ending; nothing is written."""
    if data.count(_LISTED) > _MOST_LISTED:
        return refused(path, f"a zip of more than {_MOST_LISTED} files: one is expected")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            tables = [member for member in members if member.filename.lower().endswith(".csv")]
            if len(tables) != 1:
                return refused(path, f"a zip with {len(tables) or 'no'} CSV files: one is expected")
            [table] = tables
            if table.file_size > LARGEST:
                return refused(path, f"a zip of a file of {table.file_size // _MiB} MiB, {LARGEST // _MiB} at most")
            if table.compress_type not in _PACKED:
                return refused(path, "a zip packed in a way that is not read here: pack it as zip files mostly are")
            with archive.open(table) as file:
                unpacked = file.read(LARGEST + 1)
    except _BROKEN as error:
        return refused(path, f"a zip that cannot be unpacked: {error}")
    return unpacked
