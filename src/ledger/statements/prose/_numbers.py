"""Numbers as prose writes them, in digits or in words → exact decimals. What could be two numbers is a fault."""

import re
from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from ledger.statements.prose._tokens import Token
from ledger.statements.prose._vocabulary import NUMBERS, VAGUE

_LONGEST = 40
"""Digits; a number of more is no amount."""

_ONE = re.compile(r"(\d+)(?:([.,])(\d+))?")
_GROUPED = re.compile(r"([1-9]\d{0,2})((?:\.\d{3}){2,})(?:,(\d+))?|([1-9]\d{0,2})((?:,\d{3}){2,})(?:\.(\d+))?")
_MIXED = re.compile(r"([1-9]\d{0,2})(?:(\.)\d{3},\d+|(,)\d{3}\.\d+)")
_BEGINNINGS = frozenset(NUMBERS) | {
    *("a", "half", "halv", "halva", "kvarts", "quarter", "trekvarts", "three", "tre"),
    *("halvannan", "halvannat", "three-quarters"),
}
_PART_WORDS = ("fjärdedels", "tredjedels", "femtedels", "tiondels", "fjärdedel", "tredjedel", "fjärdedelar")
_SECONDS = frozenset(
    (
        *("och", "and", "halv", "halvt", "half", "kvarts", "quarter", "quarters", "of", "a", "an", "hundra", "hundred"),
        *_PART_WORDS,
    )
)
_SPLIT = re.compile(r"\d{3}(?!\d)")
_FRACTIONS = {"½": (5, 1), "¼": (25, 2), "¾": (75, 2)}


class Number(Struct, frozen=True):
    """`digits` · 10^-`scale`; `marked` is the mark before three last digits, which may part thousands instead."""

    digits: int
    scale: int = 0
    marked: str = ""
    fault: str = ""

    def plain(self, power: int) -> str:
        """This times 10^`power`, in the number form of ledger files, never with three decimals."""
        digits, scale = self.digits, self.scale - power
        if scale <= 0:
            return str(digits * 10**-scale)
        written = f"{abs(digits):0{scale + 1}}"
        zero = "0" if scale == 3 else ""
        return f"{'-' if digits < 0 else ''}{written[:-scale]},{written[-scale:]}{zero}"

    def above(self, other: "Number", power: int = 0, theirs: int = 0) -> bool:
        """Whether this times 10^`power` is more than the other times 10^`theirs`."""
        places = max(self.scale, other.scale)
        ours: int = self.digits * 10 ** (places - self.scale + power)
        more: int = other.digits * 10 ** (places - other.scale + theirs)
        return ours > more


def digits_at(tokens: Sequence[Token], at: int) -> tuple[int, int, Number]:
    """The number in digits that ends the row of digits at `at`: where it begins, where it ends, and itself.

    Groups of three belong together. What stands in the row before them is a year, or makes the number a fault.
    """
    end = at + 1
    while end < len(tokens) and tokens[end].kind == "number" and tokens[end].gap in (" ", "\n"):
        if tokens[end].gap == "\n" and not tokens[end].text.startswith("0"):
            return _over_the_line(tokens, at, end)
        end += 1
    first = end - 1
    while first > at and _joins(tokens[first - 1].text, tokens[first].text, last=first == end - 1):
        first -= 1
        if len(tokens[first].text) < 3:
            break
    written = [token.text for token in tokens[first:end]]
    if first > at and not tokens[first - 1].year:
        return at, end, Number(0, fault="has a number whose digits are not in groups of three")
    if first == at and at and _runs_on(tokens[at - 1], tokens[at]):
        return at - 1, end, Number(0, fault="has a number whose beginning is not clear")
    if sum(map(len, written)) > _LONGEST:
        return first, end, Number(0, fault="has a number that is too long for an amount")
    return first, end, _number(written)


def _over_the_line(tokens: Sequence[Token], at: int, end: int) -> tuple[int, int, Number]:
    """A number that ends its line, or a fault where the next line may go on with it: `kapitel 12⏎345 kronor`."""
    if tokens[end - 1].year or not _joins(tokens[end - 1].text, tokens[end].text, last=True):
        return digits_at(tokens[:end], at)
    return at, end + 1, Number(0, fault="has a number that may have begun on the line before")


def _joins(before: str, group: str, *, last: bool) -> bool:
    whole = group.partition("," if "," in group else ".")[0] if last else group
    return len(before) <= 3 and len(whole) == 3 and before.isdigit() and whole.isdigit()


def _runs_on(before: Token, first: Token) -> bool:
    """Whether the digits may go on from a name that ends in digits: `exempel12 345`."""
    glued = before.kind == "code" and before.text[:1].isalpha() and "-" not in before.text
    return glued and first.gap == " " and _SPLIT.match(first.text) is not None


def _number(written: list[str]) -> Number:
    *groups, last = written
    last = re.sub("['’]", "", last)
    if not groups and (grouped := _GROUPED.fullmatch(last)):
        whole, rest, decimals = grouped[1] or grouped[4], grouped[2] or grouped[5], grouped[3] or grouped[6] or ""
        return Number(int(re.sub("[.,]", "", whole + rest) + decimals), len(decimals))
    if not groups and _MIXED.fullmatch(last):
        whole, decimals = re.split("[.,](?=[0-9]*$)", last)
        return Number(int(re.sub("[.,]", "", whole) + decimals), len(decimals))
    match = _ONE.fullmatch(last)
    if match is None:
        return Number(0, fault="has a number whose marks do not part groups of three")
    whole, mark, decimals = "".join(groups) + match[1], match[2], match[3] or ""
    if len(whole) > 1 and whole.startswith("0"):
        return Number(0, fault="has a number that begins with 0")
    marked = mark if len(decimals) == 3 and not groups and len(whole) <= 3 and whole != "0" else ""
    return Number(int(whole + decimals), len(decimals), marked or "")


def words_at(tokens: Sequence[Token], at: int) -> tuple[int, Number] | None:
    """The number in words at `at`, with halves and quarters, and where it ends."""
    first = tokens[at].low if at < len(tokens) else ""
    if first not in _BEGINNINGS and not first.endswith("tusen"):
        return None
    words = tuple(token.low if token.gap != "|" or not n else "" for n, token in enumerate(tokens[at : at + 5]))
    longest = len(words) if words[1:2] and words[1] in _SECONDS else 1
    for length in range(longest, 0, -1):
        number = _said(words[:length])
        if number:
            vague = at > 0 and tokens[at - 1].low in VAGUE
            return at + length, Number(0, fault="leaves open how many") if vague else number
    return None


def _said(words: tuple[str, ...]) -> Number | None:
    match words:
        case (whole, "och", "en" | "ett", "halv" | "halvt") | (whole, "and", "a", "half") if whole in NUMBERS:
            return Number(10 * NUMBERS[whole] + 5, 1)
        case ("en" | "ett", "halv" | "halvt") | ("half", "a" | "an") | ("halva",) | ("halv",) | ("a", "half"):
            return Number(5, 1)
        case ("en", "kvarts") | ("a", "quarter", "of", "a") | ("quarter", "of", "a") | ("kvarts",):
            return Number(25, 2)
        case (ones, part) if part in _PARTS and ones in NUMBERS and len(words) == 2:
            return _PARTS[part](NUMBERS[ones])
        case ("tre", "kvarts") | ("trekvarts",) | ("three", "quarters", "of", "a") | ("three-quarters", "of", "a"):
            return Number(75, 2)
        case (ones, "hundra" | "hundred") if NUMBERS.get(ones, 10) < 10:
            return Number(100 * NUMBERS[ones])
        case ("a", "hundred"):
            return Number(100)
        case ("a",):
            return Number(1)
        case (word,):
            return _one_word(word)
    return None


def written_fraction(text: str) -> Number | None:
    """The number that `1/2` is; a fault where it is no exact decimal."""
    match = re.fullmatch(r"([1-9])/([1-9]\d?)", text)
    return _part(int(match[1]), int(match[2])) if match else None


def _part(ones: int, parts: int) -> Number:
    scale = next((one for one in (0, 1, 2, 3) if ones * 10**one % parts == 0), None)
    return Number(0, fault="is no exact decimal") if scale is None else Number(ones * 10**scale // parts, scale)


_PARTS = {
    word: partial(_part, parts=parts)
    for begins, parts in (("fjärde", 4), ("tredje", 3), ("femte", 5), ("tion", 10))
    for word in _PART_WORDS
    if word.startswith(begins)
}
"""`tre fjärdedels miljon`: the words for parts of one."""


def _one_word(word: str) -> Number | None:
    if word in ("halvannan", "halvannat"):
        return Number(15, 1)
    if word in NUMBERS:
        return Number(NUMBERS[word])
    thousands = word.removesuffix("tusen")
    if thousands != word and thousands in NUMBERS:
        return Number(1000 * NUMBERS[thousands])
    return Number(1000) if word == "ettusen" else None


def fraction(mark: str) -> Number | None:
    """The half, the quarter or the three quarters that one character is."""
    return Number(*_FRACTIONS[mark]) if mark in _FRACTIONS else None
