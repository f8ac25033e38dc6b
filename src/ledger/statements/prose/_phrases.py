"""Quantities → phrases: what a list or a range shares is given to each number, and what is not money is left out."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from ledger.statements.prose._compound_amounts import short_beginning, sums
from ledger.statements.prose._numbers import Number
from ledger.statements.prose._people_or_money import Block, currencies_said, in_currency
from ledger.statements.prose._pieces import piece_of_more
from ledger.statements.prose._quantities import Quantity
from ledger.statements.prose._tokens import Token
from ledger.statements.prose._units import DASHES
from ledger.statements.prose._vocabulary import (
    LONGEST_QUALIFIER,
    QUALIFIER_ENDS,
    QUALIFIER_WORDS,
    words,
)

_JOINED = frozenset(
    comma + word
    for comma in ("", ", ")
    for word in ("och", "samt", "eller", "men", "respektive", "resp", "and", "or", "but")
)
_JOINT = 3
"""Tokens; `, respektive` and `+/-` are the longest."""

_JOINTS = {
    ",": "comma",
    "till": "till",
    "to": "till",
    "±": "±",
    "+ / -": "±",
    "+ -": "±",
    **dict.fromkeys(("à", "á", "a"), "à"),
}

_AFTER: dict[tuple[str, ...], str] = {
    ("eller", "mer"): "minst",
    ("eller", "mera"): "minst",
    ("or", "more"): "minst",
    ("och", "uppåt"): "minst",
    ("eller", "mindre"): "högst",
    ("or", "less"): "högst",
    ("som", "mest"): "högst",
    ("som", "högst"): "högst",
    ("at", "most"): "högst",
}
"""Qualifiers that stand after the amount."""

_NAMES = words("""
    punkt punkten punkterna artikel artiklarna kapitel kap avsnitt nr nummer sida sidan sidor sidorna sid s
    åldrarna ålder budgetåret läsåret målen etapper årskurserna klasserna anslag anslaget anslagen ap
    anslagspost anslagsposten post uo utgiftsområde delmål mål agenda paragraf § fas åk årskurs klass bilaga tabell
    figur diagram den kl klockan vecka kvartal steg nivå rad kolumn spår etapp del figure table chapter article
    section page phase goal number no annex step version
    """)
"""A number after these is a name: it takes no unit from its neighbour."""


class Phrase(Struct, frozen=True):
    """One amount: its tokens, its quantities (two of a range), its qualifiers, the outer first."""

    begin: int
    end: int
    quantities: tuple[Quantity, ...]
    qualifiers: tuple[str, ...] = ()
    spread: str = ""
    fault: str = ""
    chain: int = 0
    """Phrases with one number share a unit, and what is said behind it."""


def qualifier_before(tokens: Sequence[Token], at: int) -> tuple[int, tuple[str, ...]]:
    """The qualifiers that end at `at`, the outer first, and where they begin."""
    found: tuple[str, ...] = ()
    while len(found) < 2 and 0 < at < len(tokens) and tokens[at - 1].low in QUALIFIER_ENDS and tokens[at].gap != "|":
        for length in range(min(LONGEST_QUALIFIER, at), 0, -1):
            word = QUALIFIER_WORDS.get(" ".join(token.low for token in tokens[at - length : at]))
            if word and not (tokens[0].text in "<>" and length == at):
                at, found = at - length, (word, *found)
                break
        else:
            break
    return at, found


def phrases_of(block: Block, quantities: Sequence[Quantity]) -> list[Phrase]:
    """Every amount of money, in order."""
    quantities = sums(block.tokens, _spaced_decimals(block, quantities))
    links = [_link(block.tokens, one, other) for one, other in pairwise(quantities)]
    money = _with_units(block, quantities, [*links, ""])
    found: list[Phrase] = []
    at = chain = 0
    while at < len(money):
        if money[at].unit is None:
            at, chain = at + 1, chain + 1
            continue
        spread = _spread(block.tokens, money, links, at) if at < len(links) else ""
        found.append(_phrase(block.tokens, money[at : at + 2 if spread else at + 1], spread, chain))
        at += 2 if spread else 1
        chain += not money[at - 1].lent
    return found


def _link(tokens: Sequence[Token], left: Quantity, right: Quantity) -> str:
    """How two quantities are joined: `comma`, `list`, `dash`, `till`, `±`; empty where something else stands there."""
    if right.bracketed and right.begin == left.end:
        return "bracket"
    if not 0 < right.begin - left.end <= _JOINT + 2 * LONGEST_QUALIFIER:
        return ""
    between = tokens[left.end : qualifier_before(tokens, right.begin)[0]]
    if not 0 < len(between) <= _JOINT or any(token.gap == "|" for token in tokens[left.end : right.begin + 1]):
        return ""
    joint = " ".join(token.low for token in between)
    if joint in _JOINED:
        torn = right.in_words and right.number.scale and joint in ("och", "and")  # `två och en fjärdedels`
        return "" if torn else "list"
    if joint in DASHES:
        return "dash"
    return _JOINTS.get(joint, "")


def _spaced_decimals(block: Block, quantities: Sequence[Quantity]) -> list[Quantity]:
    """`20, 2 miljoner` is 20,2; with two digits or more after the comma it is a fault. `2019, 3 miljoner` is a year."""
    found: list[Quantity] = []
    for quantity in quantities:
        left = found[-1] if found else None
        joined = _one_decimal(block, left, quantity) if left and not block.english else None
        if joined and not (len(found) > 1 and not found[-2].unit and _link(block.tokens, *found[-2:])):
            found[-1] = joined
        else:
            found.append(quantity)
    return found


def _one_decimal(block: Block, left: Quantity, right: Quantity) -> Quantity | None:
    tokens = block.tokens
    whole = left.unit is None and not (left.year or left.in_words or left.number.scale or left.number.fault)
    fits = right.unit is not None and not (right.in_words or right.prefixed or right.number.scale)
    if not whole or not fits or _link(tokens, left, right) != "comma" or _named(tokens, left):
        return None
    if qualifier_before(tokens, right.begin)[1] or right.begin != left.end + 1:
        return None
    if right.unit and not right.unit.power:
        return None
    one = len(tokens[right.begin].text) == 1 and right.number_end == right.begin + 1
    fault = "" if one else "has a comma that may be a decimal mark or part two numbers"
    number = Number(left.number.digits * 10 + right.number.digits, 1, fault=fault)
    return replace(right, begin=left.begin, number=number, negative=left.negative)


def _named(tokens: Sequence[Token], quantity: Quantity) -> bool:
    before = tokens[quantity.begin - 1] if quantity.begin else None
    return before is not None and (before.low in _NAMES or before.kind in ("number", "code"))


def _with_units(block: Block, quantities: Sequence[Quantity], links: Sequence[str]) -> list[Quantity]:
    """Each quantity with its currency, or without a unit where it is no money. Units are lent from the right."""
    said = currencies_said(block, quantities)
    found = list(quantities)
    listed = False
    names = _names(block.tokens, quantities, links)
    for at in reversed(range(len(found))):
        one, link = found[at], links[at]
        right = found[at + 1].unit if link else None
        left = found[at - 1].unit if at and links[at - 1] else None
        listed = link == "list" or (listed and link in ("comma", "dash", "till") and quantities[at + 1].unit is None)
        joined = link in ("dash", "till", "à", "±", "list", "bracket") or (link == "comma" and listed)
        if one.unit is None:
            lends = right is not None and joined and not names[at] and _borrows(block.tokens, one, found[at + 1], link)
            found[at] = replace(one, unit=right, end=one.number_end, lent=True) if lends else one
        elif one.unit.currency is None:
            ours = right.currency if right and joined else None
            ours = ours or (left.currency if left and found[at - 1].prefixed else None)
            found[at] = replace(one, unit=replace(one.unit, currency=ours)) if ours else in_currency(block, one, said)
        elif one.prefixed and one.unit.power is None:
            raised = right is not None and joined and not one.number.above(found[at + 1].number)
            power = right.power if right and raised else 0
            found[at] = replace(one, unit=replace(one.unit, power=power))
    return found


def _names(tokens: Sequence[Token], quantities: Sequence[Quantity], links: Sequence[str]) -> list[bool]:
    """Which numbers without a unit are names, or go on with a list of names: `mål 5, 10 och 16, 20 miljoner`."""
    found: list[bool] = []
    for at, one in enumerate(quantities):
        goes_on = at > 0 and found[-1] and links[at - 1] in ("comma", "list", "dash", "till")
        found.append(one.unit is None and (_named(tokens, one) or goes_on))
    return found


def _borrows(tokens: Sequence[Token], one: Quantity, right: Quantity, link: str) -> bool:
    if one.number.fault or _named(tokens, one):
        return False
    if link == "bracket":
        return not one.year
    if one.year:
        plain = right.unit is not None and not right.unit.power and not right.year
        return link == "dash" and plain and not tokens[one.end].gap and right.number.above(one.number)
    article = one.in_words and tokens[one.begin].low in ("en", "ett", "one")
    return not article or link in ("dash", "till", "à") or tokens[one.end].low in ("eller", "or")


def _spread(tokens: Sequence[Token], money: Sequence[Quantity], links: Sequence[str], at: int) -> str:
    """`range`, `±`, or empty: whether two neighbours are one amount. `från … till` are two: it is often a change."""
    one, other, link = money[at], money[at + 1], links[at]
    if one.unit is None or other.unit is None or one.unit.currency != other.unit.currency or not link:
        return ""
    if link == "±":
        return "±"
    begin = qualifier_before(tokens, one.begin)[0]
    before = tokens[begin - 1].low if begin else ""
    between = before in ("mellan", "between")
    if between and (link in ("dash", "till") or tokens[one.end].low in ("och", "and")):
        return "range"
    if before in ("från", "from"):
        return ""
    if link in ("dash", "à") and not one.lent and _larger(one, other):
        return ""
    return "range" if link in ("dash", "à") or (link == "till" and one.lent) else ""


def _larger(one: Quantity, other: Quantity) -> bool:
    powers = [(quantity.unit and quantity.unit.power) or 0 for quantity in (one, other)]
    return one.number.above(other.number, *(power + 2 for power in powers))


def _phrase(tokens: Sequence[Token], quantities: Sequence[Quantity], spread: str, chain: int) -> Phrase:
    first, last = quantities[0], quantities[-1]
    begin, qualifiers = qualifier_before(tokens, first.begin)
    qualifiers = (*qualifiers, first.inner) if first.inner else qualifiers
    end = last.end
    if spread == "range" and begin and tokens[begin - 1].low in ("mellan", "between"):
        begin, outer = qualifier_before(tokens, begin - 1)
        qualifiers = (*outer, *qualifiers)
    after = _AFTER.get(tuple(token.low for token in tokens[end : end + 2]))
    if after and not qualifiers and not last.lent:
        qualifiers, end = (after,), end + 2
    fault = next((one.number.fault for one in quantities if one.number.fault), "")
    if spread and qualifier_before(tokens, last.begin)[1]:
        fault = fault or "has a qualifier inside a range"
    if spread == "range" and not fault:
        fault = short_beginning(tokens, first, last)
    said = begin < first.begin and bool(qualifiers)
    fault = fault or piece_of_more(tokens, begin, quantities, qualified=said)
    return Phrase(begin, end, tuple(quantities), qualifiers, spread, fault, chain)
