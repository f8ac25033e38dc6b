"""The guard of texts in spreadsheets: none may run as a formula, or turn into a time, a date or another number.

It goes by type: only texts are guarded, for an apostrophe before a number makes a text of it. After OWASP's "CSV
Injection" (CWE-1236), and what LibreOffice and Excel make of cells such as `3:1`.
"""

import re
import unicodedata

SIGN = "'"
"""What is put before a text; a spreadsheet shows it, and a reader of our own files takes it away."""

_FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20\t\r\n"
"""What begins a formula: with its full-width forms, and the characters that may end a cell before one."""

_MONTH = (
    "jan(uari|uary)?|feb(ruari|ruary)?|mar(s|ch)?|apr(il)?|maj|may|june?|juni|july?|juli|aug(usti|ust)?|"
    "sept?(ember)?|okt(ober)?|oct(ober)?|nov(ember)?|dec(ember)?"
)
_MARKS = r"[\d\s.,:/%()+-]*+"
_MARKS_AND_A_DIGIT = rf"[\s.,:/%()+-]*+\d{_MARKS}"
_MISREAD = re.compile(
    rf"(?=\D*+\d){_MARKS}(?:{_MONTH})\b{_MARKS}|{_MARKS_AND_A_DIGIT}(?:(?:e|am|pm|fm|em)\b{_MARKS}|e[+-]?\d++)?",
    re.IGNORECASE | re.DOTALL,
)
"""Digits with the marks, and at most one of the words, that numbers, times and dates are written with.

None of it gives back what it took: a text of a thousand digits must not be tried in a million ways.
"""

_HARMLESS = re.compile(
    r"0|[1-9]\d{0,14}"  # the same number; of more digits a spreadsheet keeps only 15, and a leading zero it drops
    r"|[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3}){1,4}"  # the same number again, or a text
    r"|\d{4}-\d\d-\d\d"  # the same day; 2024-03 would be the first of March
    r"|\d{4,}-\d{4}",  # years from and to, organisation numbers: stay texts
    re.ASCII,
)


def guarded(text: str) -> str:
    """The text, with one apostrophe before it where a spreadsheet would make something else of it."""
    return SIGN + text if _needed(text) else text


def unguarded(text: str) -> str:
    """What was guarded: one apostrophe is taken from before a text that needs it."""
    return text[1:] if text.startswith(SIGN) and _needed(text[1:]) else text


def _needed(text: str) -> bool:
    """Whether the text is in danger; one that already has apostrophes gets another, so that one can be taken away."""
    bare = text.lstrip(SIGN)
    if bare and bare[0] in _FORMULA:
        return True
    bare = _without_lead(bare).rstrip()
    if not bare:
        return False
    return bare[0] in _FORMULA or bool(_MISREAD.fullmatch(bare) and not _HARMLESS.fullmatch(bare))


def _without_lead(text: str) -> str:
    """The text without the spaces and invisible characters before it, which a spreadsheet may pass over."""
    for at, character in enumerate(text):
        if not character.isspace() and unicodedata.category(character) not in ("Cc", "Cf"):
            return text[at:]
    return ""
