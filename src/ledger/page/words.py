"""The page's own words in one language, and what the views say in English put into that language."""

import re
from collections.abc import Mapping

from msgspec import Struct

from ledger.page import words_en, words_sv

LANGUAGES = ("sv", "en")


class Words(Struct, frozen=True):
    """One language: `words["key"]` is a text, `words("key", …)` one with its blanks filled in."""

    lang: str
    table: Mapping[str, str]
    phrases: Mapping[str, str]
    patterns: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """A text as it stands."""
        return self.table[key]

    def __call__(self, key: str, *values: object) -> str:
        """A text with its blanks filled in."""
        return self.table[key].format(*values)

    def counted(self, number: int, thing: str) -> str:
        """`1 line`, `2 lines`: the words of a thing are `one|many`."""
        one, many = self.table[thing].split("|")
        return f"{number}\u00a0{one if number == 1 else many}"

    def phrase(self, said: str) -> str:
        """What a view says, in this language; a phrase that is not known stays as it is."""
        if not said or said in self.phrases:
            return self.phrases.get(said, "")
        for pattern, words in self.patterns.items():
            if found := re.fullmatch(pattern, said):
                return words.format(*found.groups())
        return said


def words_in(lang: str) -> Words:
    """The words of one of LANGUAGES."""
    if lang == "sv":
        return Words(lang, words_sv.WORDS, words_sv.PHRASES, words_sv.PATTERNS)
    return Words(lang, words_en.WORDS, {}, {})


def sentence(words: str) -> str:
    """With a capital letter."""
    return words[:1].upper() + words[1:]
