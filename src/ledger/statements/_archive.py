"""A workbook's zip, unpacked within bounds and packed anew: what a reader gets is what was measured, whatever it said.

Sizes in a zip may lie, and a few kilobytes may unpack to gigabytes.
"""

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from xml.parsers import expat

MOST = 256 * 2**20
"""Bytes that the parts of a workbook may come to."""

_MOST_PARTS = 10_000
_LISTED = b"PK\x01\x02"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NO_TABLE = ("xl/media/", "Pictures/", "Thumbnails/", "xl/embeddings/", "Object ")
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError),
    IndexError,
)
Start = Callable[[str, Mapping[str, str]], None]


class WorkbookError(Exception):
    """A workbook that cannot be read; the message is for the user."""


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook that may hold cells, by name, in their order. Raises WorkbookError."""
    if data.count(_LISTED) > _MOST_PARTS:
        raise WorkbookError(f"a workbook of more than {_MOST_PARTS} parts")
    parts: dict[str, bytes] = {}
    left = MOST
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            members = [one for one in members if not one.filename.startswith(_NO_TABLE)]
            if sum(one.file_size for one in members) > MOST:
                raise WorkbookError(_too_large())
            for one in members:
                if one.flag_bits & 1:
                    raise WorkbookError("a workbook with a password: save it without one")
                if one.compress_type not in _PACKED or one.filename in parts:
                    raise WorkbookError("a workbook that is packed in a way that is not read here: save it anew")
                with archive.open(one) as file:
                    part = file.read(left + 1)
                left -= len(part)
                if left < 0:
                    raise WorkbookError(_too_large())
                if b"<!DOCTYPE" in part and one.filename.endswith((".xml", ".rels")):
                    raise WorkbookError(_DOCTYPE)
                parts[one.filename] = part
    except _BROKEN as error:
        raise WorkbookError(f"a workbook that is broken or cut off: {error}") from None
    return parts


_DOCTYPE = "a workbook with a DOCTYPE, which no spreadsheet program writes"


def _too_large() -> str:
    return f"a workbook that unpacks to more than {MOST // 2**20} MiB"


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip that is not compressed."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return made.getvalue()


def walk(part: bytes, start: Start, end: Callable[[str], None], text: Callable[[str], None] | None = None) -> None:
    """Go through the elements of a part, named without their prefix. Raises WorkbookError."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise WorkbookError(_DOCTYPE)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)  # noqa: FBT003 - takes no names
    except expat.ExpatError as error:
        raise WorkbookError(f"a workbook with a broken part: {error}") from None
