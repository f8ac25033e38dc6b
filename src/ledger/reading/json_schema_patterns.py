r"""What scalars look like, for JSON Schema: patterns that let through all that the reader takes, and little else.

Written for ECMA 262 without flags, which is what editors run: no `\w` for letters beyond ASCII, no `(?i)`. Files reach
an editor as YAML 1.2 reads them, so `2024` and `439` come as numbers, where the ledger's own reader has only texts.
"""

from collections.abc import Iterable

from ledger.money.qualifiers import SENSES
from ledger.money.units import KRONOR, SCALES, UNITS
from ledger.reading.field_formats import LONGEST_ID

Schema = dict[str, object]

_YEAR = "(?!0000)[0-9]{4}"
_DAY = "(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?"
_PUNCTUATION = r"\s!-,/:-@\[-\^`{-~"


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words in small or large letters; the longer first, so that `ca.` is before `ca`."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return f"({'|'.join(''.join(map(_either_case, word)) for word in ordered)})"


def _either_case(character: str) -> str:
    small, large = character.lower(), character.upper()
    return f"[{small}{large}]" if small != large else {" ": r"\s+", ".": r"\."}[character]


_LONG = r"([1-9][0-9]{3,}|[1-9][0-9]{0,2}((\s+|_)[0-9]{3})+)([.,][0-9]+)?"
_SHORT = "[1-9][0-9]{0,2}([.,]([0-9]{1,2}|[0-9]{4,}))?"
_NUMBER = f"[-−]?(0([.,][0-9]+)?|{_LONG}|{_SHORT})"
"""Not `1,500`, which can be read two ways."""

_CURRENCY = "[A-Z]{3}"
_PLAIN = _any_of(word for word in UNITS if " " not in word)
_UNIT = rf"({_any_of(SCALES)}(\s+({_any_of(KRONOR)}|{_CURRENCY}))?|{_PLAIN}|{_CURRENCY})"
_QUALIFIER = rf"([~≈]\s*|{_any_of(word for word in SENSES if word not in '~≈')}\s+)"
_BETWEEN = rf"{_any_of(['mellan', 'between'])}\s+{_NUMBER}\s+{_any_of(['och', 'and'])}\s+{_NUMBER}"
_SHAPE = rf"({_BETWEEN}|{_NUMBER}(\s*[-−–±]\s*{_NUMBER})?)"

TEXT: Schema = {"type": ["string", "number", "boolean"], "minLength": 1}
"""Any scalar but an empty one."""

AMOUNT: Schema = {
    "type": ["string", "number"],
    "pattern": rf"^\s*{_QUALIFIER}?{_SHAPE}(\s*{_UNIT})?\s*$",
    "patternErrorMessage": "Not an amount: write for example 23,5 mnkr, drygt 600 miljoner or 1.5 million EUR",
}
UNIT: Schema = {
    "type": "string",
    "pattern": f"^{_UNIT}$",
    "patternErrorMessage": "Not a unit of money: write kr, tkr, mnkr or mdkr, or for example thousand EUR",
}
DATE: Schema = {
    "type": ["string", "integer"],
    "pattern": f"^{_YEAR}(-{_DAY})?$",
    "minimum": 1,
    "maximum": 9999,
    "patternErrorMessage": "Not a date: write 2024, 2024-03 or 2024-03-27",
}
YEAR: Schema = {
    "type": ["string", "integer"],
    "pattern": f"^{_YEAR}$",
    "minimum": 1,
    "maximum": 9999,
    "patternErrorMessage": "Not a year: write for example 2024",
}
YEARS: Schema = YEAR | {
    "pattern": f"^{_YEAR}(-{_YEAR})?$",
    "patternErrorMessage": "Not a year: write 2024, or 2022-2023 for a sum over years",
}
NUMBER: Schema = {"type": ["string", "integer"], "pattern": "^[0-9]{1,9}$", "minimum": 0, "maximum": 999_999_999}
ID: Schema = {
    "type": "string",
    "pattern": f"^[^.{_PUNCTUATION}-][^{_PUNCTUATION}]*$",
    "maxLength": LONGEST_ID,
    "patternErrorMessage": "Not an id: use letters, digits, '-', '_' and '.', without spaces",
}
CURRENCY: Schema = {
    "type": "string",
    "pattern": f"^{_CURRENCY}$",
    "patternErrorMessage": "Write for example SEK or EUR",
}
MARKER: Schema = {"enum": [0, 1, 2, "0", "1", "2"]}
"""The gender marker."""
