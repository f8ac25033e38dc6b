"""Text from files made fit to be shown: nothing in it can steer a terminal, turn its direction or break a line."""

import re
import unicodedata

_STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Controls, formats (bidi, zero-width), halves of surrogate pairs, line and paragraph separators."""

_UNCOMMON = re.compile(r"[^ -~]")

_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_BREAK = re.compile(r" (?!\d)|(?<!\d) ")
"""A space that is not inside a number: `45 000` stays whole."""

_ASCII = str.maketrans("–−‑‘’“”×≈†±Σ─░▒█\u00a0\u2009\u202f", "---''\"\"x~+~S-.-#   ")


def steering(character: str) -> bool:
    """Whether a character does something to a terminal instead of standing there."""
    return unicodedata.category(character) in _STEERING


def safe(text: str) -> str:
    r"""The text with every steering character written out, as Python writes it: `\x1b`, `\u202e`."""
    return _UNCOMMON.sub(lambda found: _visible(found[0]), text)


def one_line(text: str) -> str:
    """Safe text on one line: line breaks and tabs are spaces, of which one is enough."""
    return safe(_SPACES.sub(" ", text).strip(" \u00a0\u2009\u202f"))


def in_ascii(text: str) -> str:
    """The text with our own signs, and the dashes and quotes of others, as the nearest ASCII character."""
    return text.translate(_ASCII)


def width(text: str) -> int:
    """The columns that a safe text fills on a terminal."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def left(text: str, columns: int) -> str:
    """The text with spaces after it, up to so many columns."""
    return text + " " * (columns - width(text))


def right(text: str, columns: int) -> str:
    """The text with spaces before it, up to so many columns."""
    return " " * (columns - width(text)) + text


def wrap(text: str, columns: int) -> list[str]:
    """The text on lines of at most so many columns, broken at spaces, and inside a word only where it is longer."""
    lines: list[str] = []
    for word in _BREAK.split(text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer) <= columns:
            lines[-1] = longer
        else:
            lines += _chunks(word, columns)
    return lines


def _chunks(word: str, columns: int) -> list[str]:
    chunks = [""]
    for character in word:
        if chunks[-1] and width(chunks[-1]) + width(character) > columns:
            chunks.append("")
        chunks[-1] += character
    return chunks


def _visible(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii") if steering(character) else character


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
