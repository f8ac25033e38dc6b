"""The bytes of a text → its characters: UTF-8, UTF-16 by its mark, Windows-1252; each strictly, and a guess is told."""

import codecs
import re

from msgspec import Struct

from ledger.diagnostic import Finding
from ledger.statements._statement import refused

ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1252")
"""What `--encoding` may name. Windows-1252 holds all that ISO 8859-1 shows."""

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SIGNS = "\xa0§«°²³·¹»½–—‘’“”„…€†•"
_LETTER = r"A-Za-zåäöÅÄÖéÉüÜøØæÆ"
_PLAUSIBLE = re.compile(rf"[{_LETTER}\x00-\x7f{_SIGNS}]*")
_AMID = re.compile(r"[A-Za-z][åäöÅÄÖéü]|[åäöÅÄÖ][a-z]")
_AMID_BYTES = re.compile(rb"[A-Za-z][\xe5\xe4\xf6\xc5\xc4\xd6\xe9\xfc]|[\xe5\xe4\xf6\xc5\xc4\xd6][a-z]")


class Decoded(Struct, frozen=True):
    """A text, and what is to be told of how it was read."""

    text: str
    note: str = ""


def decode(data: bytes, path: str, encoding: str = "") -> Decoded | Finding:
    """The text in the encoding asked for, else in that of its mark, UTF-8, or Windows-1252 if it looks so."""
    if encoding:
        return _strictly(data, path, encoding)
    if data.startswith(UTF_16_MARKS):
        return _strictly(data, path, "utf-16")
    try:
        return Decoded(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        guessed = _guessed(data)
        if guessed is None:
            return not_utf8(data, error.start, path)
    return Decoded(guessed, "the text is no UTF-8 and is read as Windows-1252: --encoding windows-1252 says that it is")


def _guessed(data: bytes) -> str | None:
    """The text in Windows-1252, if all of it is what Swedish and English are written with."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text if _PLAUSIBLE.fullmatch(text) and _AMID.search(text) else None


def _strictly(data: bytes, path: str, encoding: str) -> Decoded | Finding:
    codec = {"windows-1252": "cp1252", "utf-8": "utf-8-sig"}.get(encoding, encoding)
    if encoding == "utf-16" and not data.startswith(UTF_16_MARKS):
        return refused(path, "not UTF-16 with a mark: say --encoding utf-16-le or utf-16-be")
    try:
        return Decoded(data.decode(codec).removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(codec, "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        byte = f"byte 0x{data[error.start]:02X}"
        return refused(path, f"not {codecs.lookup(codec).name}: {byte}", line, (column, column + 1))


def not_utf8(data: bytes, at: int, path: str) -> Finding:
    """Where the first byte stands that is not UTF-8, and what the file probably is."""
    before = data[:at]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    which = ", it looks like Windows-1252: say --encoding windows-1252, or" if _AMID_BYTES.search(data) else ";"
    return refused(path, f"not UTF-8: byte 0x{data[at]:02X}{which} save it as UTF-8", line, (column, column + 1))
