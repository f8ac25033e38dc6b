"""Text from files made fit to be shown: nothing in it can steer a terminal, turn its direction or break a line."""

import re
import unicodedata

from ledger.table import one_line, safe, steering

__all__ = ["in_ascii", "left", "one_line", "right", "safe", "steering", "width", "words", "wrap"]

_BREAK = re.compile(r" (?!\d)|(?<!\d) ")
"""A space that is not inside a number: `45 000` stays whole."""

_SINGLE = re.compile(r"[\0-\u02ff\u2010-\u2027\u2500-\u259f]*")
"""What surely fills a column a character: Latin, dashes and quotes, strokes and blocks."""

_ASCII = str.maketrans("–−‑‘’“”×≈†±Σ─│←→░▒█▉▊▋▌▍▎▏\u00a0\u2009\u202f", "---''\"\"x~+~S-|<>.-#####|||   ")


def in_ascii(text: str) -> str:
    """The text with our own signs, and the dashes and quotes of others, as the nearest ASCII character."""
    return text.translate(_ASCII)


def width(text: str) -> int:
    """The columns that a safe text fills on a terminal."""
    return len(text) if _SINGLE.fullmatch(text) else sum(map(_columns, text))


def left(text: str, columns: int) -> str:
    """The text with spaces after it, up to so many columns."""
    return text + " " * (columns - width(text))


def right(text: str, columns: int) -> str:
    """The text with spaces before it, up to so many columns."""
    return " " * (columns - width(text)) + text


def words(text: str) -> list[str]:
    """What a text may be broken between: its words, and its numbers with the spaces in them."""
    return _BREAK.split(text)


def wrap(text: str, columns: int) -> list[str]:
    """The text on lines of at most so many columns, broken at spaces, and inside a word only where it is longer."""
    lines: list[str] = []
    filled = 0
    for word in words(text):
        more = width(word)
        if lines and filled + 1 + more <= columns:
            lines[-1] += f" {word}"
            filled += 1 + more
        else:
            lines += [word] if more <= columns else _chunks(word, columns)
            filled = width(lines[-1])
    return lines


def _chunks(word: str, columns: int) -> list[str]:
    chunks = [""]
    for character in word:
        if chunks[-1] and width(chunks[-1]) + width(character) > columns:
            chunks.append("")
        chunks[-1] += character
    return chunks


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
