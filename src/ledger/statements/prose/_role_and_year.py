"""What the words around an amount say of it: its role and its year.

They must be of the same phrase: between the amount before and the amount after, inside the sentence, and for a role
inside the clause. An amount can be several things at once (`ytterligare 40 miljoner kronor per år`), and the first of
these holds: per recipient, because its sum is another; top-up, because it is added to a base; total; per year.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from ledger.statements.prose._people_or_money import Block
from ledger.statements.prose._phrases import Phrase
from ledger.statements.prose._tokens import Token
from ledger.statements.prose._vocabulary import words

Role = Literal["", "top-up", "cut", "total", "per recipient", "per year"]

_REACH = 18
"""Tokens; what stands further off is about something else. It also bounds the work."""

_YEAR = r"(?:19|20)\d\d"
_YEARS = (
    rf"({_YEAR}(?: [-–] {_YEAR}| [-–] \d\d(?!\d)| (?:till|to) {_YEAR}"
    rf"|(?: ,)? (?:och|samt|respektive|and) {_YEAR}| , {_YEAR})*)"
)
_FOR = r"(?:för|under|i|avseende|från och med|från|fr\.o\.m\.|fr o m|in|for|from|during|over)"
_PERIOD = r"(?:år|åren|perioden|budgetåret|budgetåren|redan|the|period|years?|fiscal)"
_SAID = (
    r"(?:per år|årligen|om året|varje år|/ år|per year|annually|a year|vardera|each|totalt|in total|extra|mer(?! än)"
    r"|permanent)"
)
_ELSEWHERE = (
    r"(?:att|som|vilk|där|när|basera|jämför|enligt|sedan|det\b|den\b|regeringen|har\b|ska\b|är\b|beslut|bokslut|regleringsbrev|samma\b"
    r"|beräkna|föreslå|that|which|where|when|based|compared|since)"
)
"""After these words a year belongs to something else."""

_NEAR_YEAR = re.compile(rf"(?:{_SAID} )?(?:, )?(?:\( )?(?:(?:{_FOR}|{_PERIOD}) ){{0,4}}{_YEARS}(?! års)")
_FAR_YEAR = re.compile(rf"((?:(?!{_ELSEWHERE})[^\W\d]\S* ){{1,9}}?)(?:{_FOR}|{_PERIOD}) (?:{_PERIOD} ){{0,2}}{_YEARS}")
_YEAR_BEFORE = re.compile(rf"(?:^| )(?:(\S+) )?{_YEARS}(?: års)?(?: [:,])?(?: [^\W\d]\S*){{0,9}}$")
_YEAR_RIGHT_BEFORE = re.compile(rf"(?:^| )(?:(\S+) )?({_YEAR})$")
_NOT_A_LEAD = words("""
    med sedan än senast till agenda since than by until mellan between
    januari februari mars april maj juni juli augusti september oktober november december
    january february march may june july august october
    """)
"""`jämfört med 2023`, `den 1 maj 2024`: years that say nothing of the amount."""

_PAIR = re.compile(rf"({_YEAR})[-–‑](\d\d)")
"""A budget year over two calendar years."""

_EACH = r"(?:vardera|apiece|each(?! year))"
_RECIPIENT = (
    r"(?:kommun|region|län|länsstyrelse|myndighet|organisation|mottagare|sökande|skola|lärosäte|person|elev|barn"
    r"|invånare)"
)
_EACH_AFTER = re.compile(
    rf"(?:\S+ ){{0,3}}?{_EACH}\b|var(?:$| (?:till|för|under|per)\b)|per (?:{_RECIPIENT}|recipient|county|agency)\b"
)
_EACH_BEFORE = re.compile(rf"\b(?:{_EACH}|var och en|varje {_RECIPIENT})\b")

_TOTAL = r"(?: (?:totalt|sammanlagt|a total of))?$"
_MORE_BEFORE = re.compile(
    r"\b(?:ytterligare|extra|additional|another|further)(?! (?:en|ett|två|tre) )"
    rf"(?:(?: [^\W\d]\S*){{0,5}}? (?:om|på|med|of)|(?: [^\W\d]\S*)?){_TOTAL}"
)
_INCREASE_BEFORE = re.compile(
    r"\b(?:tillskott|förstärkning|ökning|höjning|utökning|påslag|increase|top-up|boost)\S*(?: \S+){0,9}?"
    rf" (?:med|på|om|av|of|by|uppgår till|uppgick till){_TOTAL}"
)
_INCREASED_BEFORE = re.compile(
    r"\b(?:(?:för)?stärk\S*|ök(?:a|ar|as|ade|ades|at|ats)|höj(?:a|er|s|as|de|des|t|ts)|utök\S*|increas\S+|rais\S+|topped)"
    rf"(?: \S+){{0,9}}? (?:med|by){_TOTAL}"
)
_CUT_BEFORE = re.compile(
    r"\b(?:minsk(?:a|ar|as|ade|ades|at|ats)|sänk(?:a|er|s|as|te|tes|t|ts)|skär(?:a|s|as)?|skars?|dra(?:r|s|gits)?|drogs?"
    r"|reducer\S+|cuts?|reduc(?:es?|ed|ing)|decreas\S+|lower\S*|slash\S*)"
    rf"(?: \S+){{0,9}}? (?:med|by){_TOTAL}"
    r"|\b\S*(?:neddragning|minskning|sänkning|besparing|nedskärning|indragning|reducering|reduction|cutback)\S*"
    rf"(?: \S+){{0,5}}? (?:med|på|om|av|of|by|uppgår till|uppgick till){_TOTAL}"
)
_CUTS_WHAT = re.compile(r"(?:minska|minskar|sänka|sänker|reducera|reducerar|cut|cuts|reduce|reduces|lower|lowers)$")
_MONEY_CUT = re.compile(
    r"anslag|budget|bidrag|ram(?:en|ar)?$|medel|medlen|stöd|belopp|utgift|kostnad|ersättning|pott|finansiering|\d:\d"
    r"|appropriation|grant|funding|budget|cost|spending|support|allocation|^(?:det|den|detta|denna|it|this)$"
)
_MORE_AFTER = re.compile(
    r"(?:(?:extra|ytterligare|additional)\b|mer\b(?! än)|more\b(?! than)"
    r"|(?:i|som|in|as)(?: an?| ett)? (?:tillskott|extra|ökade?t?|ytterligare|förstärkning|additional)\b)"
)
_TOTAL_BEFORE = re.compile(
    r"\b(?:total(?:t|a|en|l?ing)?|sammanlag(?:t|da)|sammantaget|sammantagna|tillsammans(?! med)|altogether)\b"
)
_TOTAL_AFTER = re.compile(r"(?:totalt|sammanlagt|sammantaget|in total|in all|altogether)\b")
_YEARLY_AFTER = re.compile(
    r"(?:(?!som |att |där |vilk|och |that |which )\S+ ){0,4}?"
    r"(?:per år|årligen|om året|varje år|/ år|per year|per annum|a year|annually|yearly|(?:each|every) year)\b"
)
_YEARLY_BEFORE = re.compile(r"\b(?:årlig(?:en|a|t)?|varje år|annual|annually|yearly)\b")
_SAID_OF_THE_LAST = re.compile(rf"(?:{_YEARS} )?{_SAID}\b")
_GOES_ON = words("och samt respektive , and med på om för under år åren fr.o.m. från by in")
_CLAUSES = re.compile(r" ?(?<!\S)[.;:()!?,–—](?!\S) ?")


class Context(Struct, frozen=True):
    """What is said of an amount; `year` is `2024`, `2022-2023` or empty."""

    role: Role = ""
    year: str = ""


def contexts_of(block: Block, phrases: Sequence[Phrase]) -> list[Context]:
    """What is said of each amount, in order. Amounts that share a unit share what stands around them."""
    found: list[Context] = []
    done = at = 0
    while at < len(phrases):
        last = at
        while last + 1 < len(phrases) and phrases[last + 1].chain == phrases[at].chain:
            last += 1
        begin, end = phrases[at].begin, phrases[last].end
        until = phrases[last + 1].begin if last + 1 < len(phrases) else len(block.tokens)
        before, after = _before(block, done, begin), _after(block, end, until)
        role = _role(before, after)
        if not role and at and found[-1].role in ("top-up", "cut") and _goes_on(block, phrases[at - 1].end, begin):
            role = found[-1].role
        years, used = _years(before, after, last=until == len(block.tokens))
        found += [Context(role, year) for year in _shared_out(years, last - at + 1)]
        at, done = last + 1, end + _many(used, block.tokens[end:until])
    return found


def _before(block: Block, done: int, begin: int) -> str:
    """The words before an amount, without what is said of the amount before it, which ends at `done`."""
    start = begin
    while start > max(done, begin - _REACH) and block.sentences[start - 1] == block.sentences[begin]:
        start -= 1
    text = " ".join(map(_said, block.tokens[start:begin]))
    said = _SAID_OF_THE_LAST.match(text) if done and start == done else None
    return text[said.end() :] if said else text


def _after(block: Block, end: int, until: int) -> str:
    last = end
    while last < min(until, end + _REACH) and block.sentences[last] == block.sentences[end - 1]:
        last += 1
    return " ".join(map(_said, block.tokens[end:last]))


def _said(token: Token) -> str:
    """A token in lower case; the two years of `2022–23` apart."""
    pair = _PAIR.fullmatch(token.low) if token.kind == "code" else None
    return f"{pair[1]} – {pair[2]}" if pair else token.low


def _many(said: str, tokens: Sequence[Token]) -> int:
    """How many tokens come to what is said by the first of them."""
    words, many = len(said.split()), 0
    while words > 0 and many < len(tokens):
        words -= len(_said(tokens[many]).split())
        many += 1
    return many


def _role(before: str, after: str) -> Role:
    clause, rest = _CLAUSES.split(before)[-1].strip(), _CLAUSES.split(after)[0]
    year = _NEAR_YEAR.match(rest)
    behind = rest[year.end() :].strip() if year else rest
    if _EACH_AFTER.match(rest) or _EACH_BEFORE.search(clause):
        return "per recipient"
    if (cut := _CUT_BEFORE.search(clause)) and _is_of_money(cut[0]):
        return "cut"
    if any(said.search(clause) for said in (_MORE_BEFORE, _INCREASE_BEFORE, _INCREASED_BEFORE)):
        return "top-up"
    if _MORE_AFTER.match(rest) or _MORE_AFTER.match(behind):
        return "top-up"
    if _TOTAL_BEFORE.search(clause) or _TOTAL_AFTER.match(rest) or _TOTAL_AFTER.match(behind):
        return "total"
    return "per year" if _YEARLY_AFTER.match(rest) or _YEARLY_BEFORE.search(clause) else ""


def _is_of_money(cut: str) -> bool:
    """Whether what is cut is money: not the violence in `minska våldet med 3 miljoner`, and not what is not cut."""
    first, *between = cut.split()
    active = _CUTS_WHAT.match(first) is not None and len(between) > 1
    return "inte" not in between and (not active or any(_MONEY_CUT.search(word) for word in between))


def _goes_on(block: Block, end: int, begin: int) -> bool:
    """Whether only years and `och med` stand between two amounts: `med 10 miljoner 2026 och med 15 miljoner 2027`."""
    between = block.tokens[end:begin]
    return 0 < len(between) <= 8 and all(token.low in _GOES_ON or token.year for token in between)


def _years(before: str, after: str, *, last: bool) -> tuple[list[int], str]:
    """The years that the phrase names, and what is said of them behind it."""
    near, right_before = _NEAR_YEAR.match(after), _YEAR_RIGHT_BEFORE.search(before)
    if right_before and right_before[1] not in _NOT_A_LEAD and (not near or near[0].startswith(",")):
        return _listed(right_before[2]), ""  # `2023 5 miljoner, 2024 6 miljoner`
    if near:
        return _listed(near[1]), near[0]
    far = _FAR_YEAR.match(after)
    if far and (last or not re.search(r"\b(?:och|samt|and)\b", far[1])):
        return _listed(far[2]), far[0]
    said = _YEAR_BEFORE.search(before)
    return (_listed(said[2]), "") if said and said[1] not in _NOT_A_LEAD else ([], "")


def _listed(years: str) -> list[int]:
    """Every year of `2023–2025`, `2023-25`, `2024, 2025 och 2026`."""
    found: list[int] = []
    for joint, digits in re.findall(r"(?:([-–]|till|to) )?(\d+)", years):
        year = int(digits) + (found[-1] // 100 * 100 if found and len(digits) == 2 else 0)
        found += range(found[-1] + 1, min(year, found[-1] + 50)) if joint and found else ()
        found.append(year)
    return found


def _shared_out(years: list[int], amounts: int) -> list[str]:
    """One year to each amount where there are as many; else the period, which has no gap, to all."""
    if len(years) == amounts:
        return [str(year) for year in years]
    if len(years) > 1 and all(after == year + 1 for year, after in pairwise(years)):
        return [f"{years[0]}-{years[-1]}"] * amounts
    return [str(years[0]) if len(years) == 1 else ""] * amounts
