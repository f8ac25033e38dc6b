"""The bytes of a document, a chunk at a time → its text in UTF-8 with LF for every end of line."""

import codecs
import re
from collections.abc import Iterable, Iterator
from io import IncrementalNewlineDecoder
from itertools import chain

from ledger.diagnostic import Finding, Place
from ledger.statements._encoding import UTF_16_MARKS
from ledger.statements.running_text.passage import moved

_MAGIC = {
    b"%PDF": "a PDF: convert it to text first, for example with 'pdftotext FILE'",
    b"PK\x03\x04": "a zip, or a document of Office: save it as text or HTML",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file: save it as text or HTML",
    b"{\\rtf": "rich text (RTF): save it as text or HTML",
    b"\x1f\x8b": "a gzip file: unpack it first",
}
_CODECS = {"utf-8": "utf-8-sig", "windows-1252": "cp1252"}
_LONGEST_MAGIC = max(map(len, _MAGIC))
_WINDOWS = re.compile(rb"[A-Za-z][\xe5\xe4\xf6\xc5\xc4\xd6]|[\xe5\xe4\xf6\xc5\xc4\xd6][A-Za-z]")


class UnreadableError(Exception):
    """A document that cannot be read whole; `finding` says where and why."""

    def __init__(self, path: str, line: int, column: int, message: str) -> None:
        super().__init__(message)
        self.finding = Finding(Place(path, line, column, column + 1), message)


def decoded(chunks: Iterable[bytes], path: str, encoding: str = "") -> Iterator[str]:
    """The text of a document, in pieces; raises UnreadableError at the first byte that is no text.

    In the encoding asked for, else UTF-16 by its mark, else UTF-8: nothing is guessed, as what is printed first would
    be of another guess than the rest.
    """
    pieces = _recognised(chunks, path)
    begun = next(pieces)
    codec = _CODECS.get(encoding, encoding) or ("utf-16" if begun.startswith(UTF_16_MARKS) else "utf-8-sig")
    if codec == "utf-16" and not begun.startswith(UTF_16_MARKS):
        raise UnreadableError(path, 1, 1, "not UTF-16 with a mark: say --encoding utf-16-le or utf-16-be")
    decoder = codecs.getincrementaldecoder(codec)()
    newlines = IncrementalNewlineDecoder(None, translate=True)
    line, column = 1, 1
    for data in chain((begun,), pieces):
        try:
            text = newlines.decode(decoder.decode(data, final=not data), final=not data)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(codec, "replace")
            words = _not_utf8(error) if codec == "utf-8-sig" else _not_so(error, encoding or codec)
            raise UnreadableError(path, *moved(before, line, column), words) from None
        if "\x00" in text:
            raise UnreadableError(path, *moved(text[: text.index("\x00")], line, column), _ZERO)
        line, column = moved(text, line, column)
        yield text
    if (
        codec == "utf-8-sig" and decoder.getstate()[0]
    ):  # Python's decoder forgets the beginning of a byte order mark that is all there is
        raise UnreadableError(path, 1, 1, "not UTF-8: a byte order mark that is cut off; save it as UTF-8")


_ZERO = "not a text: it holds a zero byte"


def _recognised(chunks: Iterable[bytes], path: str) -> Iterator[bytes]:
    """The chunks, the first of them long enough to tell what it is; an empty one ends them."""
    begun = b""
    pieces = iter(chunks)
    for piece in pieces:
        begun += piece
        if len(begun) >= _LONGEST_MAGIC:
            break
    for magic, words in _MAGIC.items():
        if begun.startswith(magic):
            raise UnreadableError(path, 1, 1, words)
    yield begun
    yield from filter(None, pieces)
    yield b""


def _not_so(error: UnicodeDecodeError, encoding: str) -> str:
    return f"not {encoding}: byte 0x{error.object[error.start]:02X}"


def _not_utf8(error: UnicodeDecodeError) -> str:
    """What the byte is, and what the file probably is."""
    byte = f"not UTF-8: byte 0x{error.object[error.start]:02X}"
    if _WINDOWS.search(error.object[max(error.start - 1, 0) :]):
        return f"{byte}, it looks like Windows-1252: say --encoding windows-1252, or save it as UTF-8"
    return f"{byte}; save it as UTF-8"
