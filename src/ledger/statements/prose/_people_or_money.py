"""What a number of millions is of: the currency it names or its sentence does, people, or nothing that is said."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from ledger.statements.prose._numbers import Number
from ledger.statements.prose._quantities import Quantity
from ledger.statements.prose._tokens import Token
from ledger.statements.prose._units import tokens_are
from ledger.statements.prose._vocabulary import COUNTED, FOLLOWS, MONEY_NOUNS

_PEOPLE = ("befolkning", "invånar", "population")
_OF_THEM = (("i", "behov"), ("på", "flykt"))
_OF_WHOM = (("av", "dem"), ("av", "dessa"), ("of", "them"), ("of", "these"))
_HAS = frozenset(("har", "hade", "passerat", "passerade", "has", "have", "had", "passed"))
_OF_PEOPLE = ("stad", "publik", "befolkning", "kommun", "folk", "nation", "människor", "ort")
_ENDINGS = re.compile("(?:erna|arna|orna|ens|ets|en|et|n|er|ar|s)$")


class Block(Struct, frozen=True):
    """A block's tokens, the sentence of each, and its language; neither where its words do not tell."""

    tokens: Sequence[Token]
    sentences: Sequence[int]
    english: bool
    swedish: bool = False


def currencies_said(block: Block, quantities: Sequence[Quantity]) -> dict[int, set[str]]:
    """The currencies that each sentence names; `counted` where it counts other things by the million."""
    said: dict[int, set[str]] = {}
    for one in quantities:
        if one.unit:
            here = said.setdefault(block.sentences[one.begin], set())
            if one.unit.currency:
                here.add(one.unit.currency)
            elif _counts(block.tokens, one):
                here.add("counted")
    return said


def in_currency(block: Block, one: Quantity, said: dict[int, set[str]]) -> Quantity:
    """`46 miljoner` without a currency: kronor, the currency its sentence names, a fault, or no money at all."""
    if one.unit is None:
        return one
    nothing = replace(one, unit=None)
    here = said.get(block.sentences[one.begin], set())
    named = here - {"counted"}
    joined = _of_what(block.tokens, one)
    if joined == "people":
        return nothing
    if joined:
        return replace(one, unit=replace(one.unit, currency="SEK"), number=_joined_number(one.number, joined))
    if _counts(block.tokens, one) or ("counted" in here and not named):
        return nothing
    before = [token.low for token in block.tokens[max(0, one.begin - 5) : one.begin]]
    after = [token.low for token in block.tokens[one.end : one.end + 4]]
    if not named and any(
        word.startswith(_PEOPLE) for word in (*before, *(after if after[:1] in (["av"], ["of"]) else ()))
    ):
        return nothing
    if one.unit.english and not named:
        return nothing
    currency = "SEK" if not one.unit.english and (not named or "SEK" in named) else None
    if currency is None and len(named) == 1 and (one.unit.english or "varav" in before):
        currency = next(iter(named))
    number = one.number if currency else Number(0, fault="does not say which currency is meant")
    people = "counted" in said.get(block.sentences[one.begin] - 1, ()) and _of_them(block.tokens, one)
    if currency and not named and (people or _left_open(block.tokens, one)):
        number = Number(0, fault="does not say what there is so many of")
    return replace(one, unit=replace(one.unit, currency=currency or ""), number=number)


def _counts(tokens: Sequence[Token], one: Quantity) -> bool:
    """Whether `miljoner` is followed by what there are so many of; a verb in the passive is no such thing."""
    if one.unit is None or one.unit.definite or one.end >= len(tokens):
        return False
    after = tokens[one.end]
    if after.kind != "word" or after.gap == "|":
        return after.text in "%°"
    if after.low in ("extra", "ytterligare", "mer", "fler") and one.end + 1 < len(tokens):
        after = tokens[one.end + 1]
    if any(tokens_are(tokens, one.end, words) for words in _OF_THEM):
        return True
    if after.kind != "word" or after.low in FOLLOWS:
        return False
    if one.unit.power == 9 and not one.unit.english:
        return after.low in COUNTED or after.low.endswith(("or", "ar", "er"))
    return not (after.low.endswith("s") and len(after.low) > 4 and not after.low.endswith(("ors", "ars", "ers", "ns")))


def _of_what(tokens: Sequence[Token], one: Quantity) -> str:
    """What a compound with `miljoners` is of: `money`, `people`, or its noun, which does not say; empty of none."""
    if not tokens[one.end - 1].low.endswith("ers") or one.end >= len(tokens) or tokens[one.end].kind != "word":
        return ""
    noun = tokens[one.end].low
    words = (noun, _ENDINGS.sub("", noun))
    if any(word.endswith(MONEY_NOUNS) for word in words) or noun in FOLLOWS:
        return "money"
    return "people" if any(word.endswith(_OF_PEOPLE) for word in words) else noun


def _joined_number(number: Number, what: str) -> Number:
    """The number, or a fault where what it is joined to is no money for sure."""
    said = f"is joined to '{what}', which does not say whether it is money"
    return number if what == "money" else Number(0, fault=said)


def _of_them(tokens: Sequence[Token], one: Quantity) -> bool:
    return any(tokens_are(tokens, one.end, words) for words in _OF_WHOM)


def _left_open(tokens: Sequence[Token], one: Quantity) -> bool:
    """`Sverige har tio miljoner.`: people are counted so too."""
    ends = one.end >= len(tokens) or tokens[one.end].text in ".,;!?"
    before = one.begin - 1 if one.begin > 1 and tokens[one.begin - 1].low in ("nu", "idag", "now") else one.begin
    return ends and before > 0 and tokens[before - 1].low in _HAS
