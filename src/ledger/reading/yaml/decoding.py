"""The bytes of a file → text: what is refused before YAML is even looked at."""

import re
from bisect import bisect_right
from codecs import BOM_UTF8
from collections.abc import Iterator

from ledger.diagnostic import Diagnostic, Place
from ledger.discovery import LARGEST_FILE

MOST_LINES = 2_000_000
"""Lines of a file."""

MOST_FAULTS = 1_000
"""Faults of one file that are told: a file of keys that mean nothing has millions."""

_LONGEST_QUOTE = 60
"""Characters of a file's text in a message."""

_LINE_END = re.compile("\r\n|\n|\r")
_FORBIDDEN = re.compile("[\u0085\u2028\u2029]|(?:^|(?<=\r)) *\t[ \t]*(?=\\S)", re.MULTILINE)
_FORBIDDEN_NAMES = {"\u0085": "U+0085 (NEL)", "\u2028": "U+2028 (LS)", "\u2029": "U+2029 (PS)"}


def decode(data: bytes, path: str) -> tuple[str, tuple[str, ...], tuple[Diagnostic, ...]]:
    """The text, its lines as YAML counts them, and the faults that keep it from being read further."""
    if not _is_text(path):
        message = "the name of this file, or of a folder that it lies in, is not UTF-8: rename it"
        return "", ("",), (text_fault("syntax", Place(path, 1, 1, 2), message),)
    if len(data) > LARGEST_FILE:
        message = f"the file is over {LARGEST_FILE // 2**20} MiB: split it"
        return "", ("",), (text_fault("unsafe-yaml", Place(path, 1, 1, 2), message),)
    data = _without_marks(data)
    if data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n") >= MOST_LINES:
        message = f"the file has over {MOST_LINES} lines: split it"
        return "", ("",), (text_fault("unsafe-yaml", Place(path, 1, 1, 2), message),)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(data, path, error)
    lines = tuple(_LINE_END.split(text) if "\r" in text else text.split("\n"))
    if not _suspect(data):
        return text, lines, ()
    return text, lines, tuple(_forbidden(text, path))


def _is_text(path: str) -> bool:
    """Whether all of a path is characters; bytes that are none come as halves of surrogate pairs."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _without_marks(data: bytes) -> bytes:
    """The bytes without byte order marks at their start: programs that join files leave several."""
    start = 0
    while data.startswith(BOM_UTF8, start):
        start += len(BOM_UTF8)
    return data[start:]


def _suspect(data: bytes) -> bool:
    """Whether the file may hold a forbidden character at all: a search of bytes costs nothing."""
    return any(mark in data for mark in (b"\t", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9"))


def _not_utf8(data: bytes, path: str, error: UnicodeDecodeError) -> tuple[str, tuple[str, ...], tuple[Diagnostic, ...]]:
    rows = _LINE_END.split(data[: error.start].decode())
    place = Place(path, len(rows), len(rows[-1]) + 1, len(rows[-1]) + 2)
    message = f"byte 0x{data[error.start]:02x} is not UTF-8: save the file as UTF-8"
    lines = tuple(_LINE_END.split(data.decode("utf-8", "replace")))
    return "", lines, (text_fault("syntax", place, message),)


def _forbidden(text: str, path: str) -> Iterator[Diagnostic]:
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
    told = set()
    for match in _FORBIDDEN.finditer(text):
        tab = match[0].find("\t")
        at = match.start() + max(tab, 0)
        line = bisect_right(starts, at)
        if (line, text[at]) in told:
            continue  # a whole file may stand on one line, with these for its ends of lines
        told.add((line, text[at]))
        column = at - starts[line - 1] + 1
        place = Place(path, line, column, column + 1)
        if tab >= 0:
            yield text_fault("syntax", place, "a tab in the indentation: YAML indents with spaces")
        else:
            name = _FORBIDDEN_NAMES[match[0]]
            yield text_fault("unsafe-yaml", place, f"{name}: editors and YAML disagree whether it ends a line")


def text_fault(check: str, place: Place, message: str) -> Diagnostic:
    """A fault of reading: always an error."""
    return Diagnostic(check, "error", place, message)


def quoted(text: str) -> str:
    """A file's text between quotes, for a message; a long one is cut."""
    return f"'{text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 3] + '...'}'"
