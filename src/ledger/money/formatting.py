"""Amounts → text: the Swedish form that people read, and the plain decimals that machines read. Never rounds."""

from collections.abc import Iterable

from ledger.money.interval import ORE, Interval

FACTORS = {"mdkr": 10**9, "mnkr": 10**6, "tkr": 10**3, "kr": 1}
"""The units figures are shown in, largest first, in kronor."""

_FOREIGN = {"mdkr": "billion {}", "mnkr": "million {}", "tkr": "thousand {}", "kr": "{}"}


def unit_name(unit: str, currency: str = "SEK") -> str:
    """How `unit` is called in `currency`: its own name in kronor, `million EUR` elsewhere."""
    return unit if currency == "SEK" else _FOREIGN[unit].format(currency)


def decimals_needed(ore: int, unit: str) -> int:
    """The decimals that write so many öre exactly in `unit`."""
    return _point(ore, unit)[1]


def auto_unit(figures: Iterable[int]) -> str:
    """The largest unit in which every figure needs at most two decimals: 796,611 mnkr would be ambiguous.

    A unit that would write every figure below 1 is passed over.
    """
    figures = [ore for ore in figures if ore]
    for unit, factor in FACTORS.items():
        short = all(decimals_needed(ore, unit) <= 2 for ore in figures)
        if short and any(abs(ore) >= factor * ORE for ore in figures):
            return unit
    return "kr"


def swedish(ore: int, unit: str, decimals: int = 0) -> str:
    """So many öre in `unit`, groups of three split by a space, decimal comma, at least `decimals` of them.

    Three decimals are written as four, because `1,500` can be read two ways.
    """
    digits, needed = _point(ore, unit)
    places = max(decimals, needed)
    places = 4 if places == 3 else places
    digits *= 10 ** (places - needed)
    whole, rest = divmod(abs(digits), 10**places)
    sign = "-" if ore < 0 else ""
    grouped = f"{whole:,}".replace(",", " ")
    return f"{sign}{grouped},{rest:0{places}}" if places else f"{sign}{grouped}"


def exact_words(ore: int, currency: str = "SEK") -> str:
    """So many öre with the unit that suits them, in the grammar of ledger files: `23,5 mnkr`."""
    unit = auto_unit([ore])
    return f"{swedish(ore, unit)} {unit_name(unit, currency)}"


def range_words(interval: Interval, unit: str, decimals: int = 0) -> str:
    """An interval by its limits, without the unit: `6,0–35,0`, `at least 31,0`, `at most 2,0`; öre in `unit`."""
    if interval.low is None and interval.high is None:
        return "any amount"
    if interval.high is None and interval.low is not None:
        return f"at least {swedish(interval.low, unit, decimals)}"
    if interval.low is None and interval.high is not None:
        return f"at most {swedish(interval.high, unit, decimals)}"
    low, high = (swedish(end or 0, unit, decimals) for end in (interval.low, interval.high))
    return low if interval.exact else f"{low}–{high}"


def plain_kronor(ore: int) -> str:
    """So many öre as a plain decimal in kronor, for machines: `23500000`, `1500000.50`."""
    sign, ore = ("-", -ore) if ore < 0 else ("", ore)
    whole, rest = divmod(ore, ORE)
    return f"{sign}{whole}.{rest:02}" if rest else f"{sign}{whole}"


def _point(ore: int, unit: str) -> tuple[int, int]:
    """The digits and the number of decimals that write so many öre in `unit`, without zeros at the end."""
    decimals = len(str(FACTORS[unit] * ORE)) - 1
    while decimals and ore % 10 == 0:
        ore, decimals = ore // 10, decimals - 1
    return ore, decimals
