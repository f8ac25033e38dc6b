"""Units of money as headings, captions and columns name them: `TSEK`, `miljoner kronor`, `EUR thousand`."""

import re

from msgspec import Struct

UNIT_NAMES = {1: "kr", 10**3: "tkr", 10**6: "mnkr", 10**9: "mdkr"}
_SCALES = {1: "", 10**3: "thousand ", 10**6: "million ", 10**9: "billion "}


class Unit(Struct, frozen=True):
    """So many of the currency; without one it is that of the ledger."""

    factor: int
    currency: str = ""

    def name(self, currency: str) -> str:
        """As the grammar of ledger files writes it, in the ledger's currency where it has none of its own."""
        own = self.currency or currency
        return UNIT_NAMES[self.factor] if own == "SEK" else f"{_SCALES[self.factor]}{own}"


CURRENCIES = ("SEK", "EUR", "USD", "GBP", "NOK", "DKK", "CHF", "PLN", "ISK", "JPY", "CAD", "AUD", "CZK", "HUF")

_KRONOR = r"(?:kronor|kr|sek)\b\.?"
_THOUSAND, _MILLION = r"(?:tusental|tusentals|tusen|thousands?|tn|k)", r"(?:miljoner|miljon|milj\.?|millions?|mln|mn|m)"
_BILLION = r"(?:miljarder|miljard|mdr|billions?|bn)"
_SCALE = ((10**3, _THOUSAND), (10**6, _MILLION), (10**9, _BILLION))
_CODE = "|".join(CURRENCIES)

_WHOLE: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (10**3, "SEK", re.compile(rf"tkr|kkr|tsek|ksek|(?:1[ .]?000[- ]?(?:tal )?|{_THOUSAND} ?){_KRONOR}", re.IGNORECASE)),
    (10**6, "SEK", re.compile(rf"mnkr|mkr|msek|(?:1[ .]?000[ .]?000 ?|{_MILLION} ?){_KRONOR}", re.IGNORECASE)),
    (10**9, "SEK", re.compile(rf"mdkr|{_BILLION} ?{_KRONOR}", re.IGNORECASE)),
    (1, "SEK", re.compile(r"kr|kronor|sek|svenska kronor", re.IGNORECASE)),
)
_LATIN = {"t": 10**3, "k": 10**3, "m": 10**6, "": 1}
_FOREIGN = (
    re.compile(rf"([TKMtkm]?)({_CODE}|€|£)"),
    re.compile(rf"({_CODE}|€|£) ?(?i:{_THOUSAND}|{_MILLION}|{_BILLION}|['’]?000s?)"),
    re.compile(rf"(?i:{_THOUSAND}|{_MILLION}|{_BILLION}) ?(?:of )?({_CODE}|€|£|(?i:euros?|pounds?))"),
)
_SIGNS = {"€": "EUR", "£": "GBP", "EURO": "EUR", "EUROS": "EUR", "POUND": "GBP", "POUNDS": "GBP"}
_BARE = re.compile(r"(?:tusental|tusentals|tusen|thousands?|miljoner|millions?|miljarder|billions?)", re.IGNORECASE)

_PHRASES = re.compile(
    r"(?<![\w])(?:[TKMtkm](?:SEK|EUR|USD|GBP)|tkr|kkr|mnkr|mkr|mdkr"
    rf"|(?:{_CODE})(?: ?(?i:thousands?|tn|k|millions?|mln|mn|m|billions?|bn|['’]?000s?))?\b"
    r"|(?i:(?:1[ .]?000[ .]?000|1[ .]?000(?:-tal)?|tusentals?|tusen|miljoner|milj\.?|miljarder|mdr|mn)"
    r" (?:kronor|kr|sek))\b"
    rf"|(?i:thousands?|millions?|billions?) (?:of )?(?:{_CODE}|(?i:euros?|pounds?))\b"
    r"|(?i:tkr|kkr|tsek|ksek|mnkr|mkr|msek|mdkr)\b"
    r"|(?:€|£)(?: ?(?i:thousands?|k|millions?|mn|m|billions?|bn)\b)?"
    r"|(?:(?<=i )|(?<=in )|(?<=[(\[])|(?<=, ))"
    r"(?i:tusentals?|thousands?|miljoner|millions?|miljarder|billions?)(?=\s*[)\]]?\s*$)"
    r"|(?i:kronor|kr)\b\.?)(?![\w])"
)
_COUNTED = re.compile(r"\d\s*$")
_LOOSE = frozenset({"kr", "kr.", "kronor"})
_LEADS = re.compile(r"(?:^|\b(?:i|in)\s*|[(\[,:]\s*)$", re.IGNORECASE)


def unit_of(text: str) -> Unit | None:
    """The unit that a whole text is."""
    plain = " ".join(text.split()).strip(" .")
    for factor, currency, pattern in _WHOLE:
        if pattern.fullmatch(plain):
            return Unit(factor, currency)
    first = _FOREIGN[0].fullmatch(plain)
    if first:
        return Unit(_LATIN[first[1].lower()], _SIGNS.get(first[2], first[2]))
    for pattern in _FOREIGN[1:]:
        found = pattern.fullmatch(plain)
        if found:
            code = found[1].upper()
            scale = " ".join(plain.replace(found[1], " ", 1).split())
            return Unit(_factor_of(scale), _SIGNS.get(code, code))
    return Unit(_factor_of(plain)) if _BARE.fullmatch(plain) else None


def _factor_of(scale: str) -> int:
    plain = scale.removesuffix("of").strip().strip("'’")
    if plain.rstrip("s") == "000":
        return 10**3
    return next(factor for factor, words in _SCALE if re.fullmatch(words, plain, re.IGNORECASE))


def units_in(text: str, *, sentence: bool = True) -> list[tuple[Unit, int, int]]:
    """The units that a heading or caption names, each with its place in the text; not those of an amount.

    `kr` and `kronor` are also words of a `sentence`: there they count where nothing else could be meant.
    """
    found = []
    for match in _PHRASES.finditer(text):
        unit = unit_of(match[0])
        before = text[: match.start()]
        loose = sentence and match[0].lower() in _LOOSE and not _LEADS.search(before)
        if unit and not loose and not _COUNTED.search(before):
            found.append((unit, match.start(), match.end()))
    return found
