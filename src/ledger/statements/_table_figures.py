"""A cell of a column of money → an amount, nothing, or why it is not read: signs, marks and notations of tables."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from ledger.money import LARGEST, ORE, Amount, AmountError, Interval, read_amount
from ledger.statements._money_units import Unit
from ledger.statements._sheet import Cell

NOT_STATED = frozenset({"", "-", "–", "—", "−", "\u2010", "\u2011", "..", "...", "…", "."})
"""What stands for a figure that is not stated."""

SPACES = "\u0020\u00a0\u2007\u2009\u202f"
_MINUS = "-−–—\u2010\u2011\u2012\ufe63\uff0d"
_EDGES = f"{SPACES}\t\n"
_KINDS = {
    "truth": "a truth value, not an amount",
    "date": "a date, not an amount: a figure under a date format is read as one",
    "time": "a time, not an amount",
    "percent": "a percentage, not an amount",
    "error": "an error of the spreadsheet, not an amount",
    "uncalculated": "a formula that was never worked out: open the workbook in a spreadsheet program and save it",
}
_GROUPS = rf"\d{{1,3}}(?:[{SPACES}]\d{{3}})+|\d{{1,3}}(?:['’]\d{{3}})+|\d{{1,3}}(?:_\d{{3}})+|\d+"
_NUMBER = re.compile(rf"({_GROUPS}|\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}(?:,\d{{3}})+)(?:([.,])(\d+))?", re.ASCII)
_SURE_MARK = re.compile(
    rf"(?:[{SPACES}]*[¹²³⁰⁴-⁹]+\)?|[{SPACES}]*[*†‡]+\)?|[{SPACES}]+\^?\d{{1,2}}\)|[{SPACES}]*\^\d{{1,2}}"
    rf"|[{SPACES}]*(?:[pPrR]|\([pPrR]\)|\(?(?:prel|rev|preliminär|reviderad)\.?\)?))"
)
_KRONOR_MARK = re.compile(r"[,:][-–−]")
_SEVERAL_SPACES = re.compile(rf"\d[{SPACES}\t]{{2,}}\d")
_IN_PARENTHESES = re.compile(r"\(([^()]*)\)")
_FEW_DIGITS = re.compile(r"\d{1,2}", re.ASCII)
_EXPONENT = re.compile(r"\d[eE][+-]?\d")


class Marks(Struct, frozen=True):
    """Which mark a column uses before decimals and which between thousands; empty where no cell of it decides."""

    decimal: str = ""
    group: str = ""


class Figure(Struct, frozen=True):
    """What a cell came to. `mark` is what stood behind the figure and was taken for a footnote or a flag."""

    amount: Amount | None = None
    mark: str = ""


def marks_of(cells: Iterable[Cell]) -> Marks:
    """What the cells of a column that can be read in one way only tell of its notation."""
    decimals: set[str] = set()
    groups: set[str] = set()
    spaced = False
    for cell in cells:
        if cell.kind != "text":
            continue
        text = _without_signs(cell.text)
        match = _NUMBER.fullmatch(text)
        if match is None or _DOUBLE.fullmatch(text):
            continue
        spaced = spaced or any(space in match[1] for space in SPACES)
        used = next((mark for mark in ".," if mark in match[1]), "")
        if match[2]:
            decimals.add(match[2])
        if used:
            groups.add(used)
    decimal = decimals.pop() if len(decimals) == 1 else ""
    group = groups.pop() if len(groups) == 1 else ""
    if decimals or groups or (decimal and decimal == group):
        return Marks()
    if spaced:  # spaces group here, so a mark before three digits need not
        return Marks(decimal)
    return Marks(decimal or {",": ".", ".": ","}.get(group, ""), group or {",": ".", ".": ","}.get(decimal, ""))


def read_figure(cell: Cell, unit: Unit | None, currency: str, marks: Marks) -> Figure:
    """The amount of a cell in `unit`; nothing where none is stated. Raises AmountError with the reason."""
    if cell.doubt:
        raise AmountError(f"'{cell.text}': {cell.doubt}")
    if cell.kind == "number":
        if unit is not None and cell.unit not in ("", unit.name(currency)):
            raise AmountError(f"'{cell.text}' is shown in {cell.unit}, and read in {unit.name(currency)}: which is it?")
        return Figure(_of_number(cell.text, unit, currency))
    if cell.kind != "text":
        raise AmountError(f"'{cell.text}' is {_KINDS[cell.kind]}" if cell.text else _KINDS[cell.kind])
    text = cell.text.strip(_EDGES)
    if text in NOT_STATED:
        return Figure()
    _stop_at_strange(text)
    plain, negative, mark = _taken_apart(text, unit)
    number = _NUMBER.fullmatch(plain)
    if number is None:
        if negative or mark:
            raise AmountError(f"'{text}' is not an amount")
        return Figure(read_amount(text, unit.name(currency) if unit else None, currency))
    digits, scale = _digits(number, plain, marks)
    if unit is None:
        raise AmountError(f"'{text}' has no unit")
    words = f"-{plain}" if negative else plain
    return Figure(_exact(-digits if negative else digits, scale, unit, currency, words), mark)


def _of_number(text: str, unit: Unit | None, currency: str) -> Amount:
    """A number of a workbook: whole öre, and of a size that its digits are sure of."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise AmountError(f"'{text}' is not a number") from None
    if unit is None:
        raise AmountError(f"'{text}' has no unit")
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise AmountError(f"'{text}' is not a number")
    fraction = value != value.to_integral_value()
    if abs(value) >= 10**15 or (fraction and abs(value) >= 10**12):
        raise AmountError(f"'{text}' has more digits than a spreadsheet keeps")
    whole = int("".join(map(str, digits))) * (-1 if sign else 1)
    return _exact(whole * 10 ** max(exponent, 0), max(-exponent, 0), unit, currency, text)


def _exact(digits: int, scale: int, unit: Unit, currency: str, text: str) -> Amount:
    """`digits` · 10^-`scale` of the unit, where that is whole öre."""
    if unit.currency not in ("", currency):
        said = f"'{text}' is in {unit.currency}, and this ledger is in {currency}: one ledger, one currency"
        raise AmountError(said)
    ore, finer = divmod(digits * unit.factor * ORE, 10**scale)
    if finer:
        raise AmountError(f"'{text}' {unit.name(currency)} is finer than a hundredth of the currency")
    if abs(ore) > LARGEST:
        raise AmountError(f"'{text}' {unit.name(currency)} is more than any budget holds: the unit is probably wrong")
    return Amount(Interval(ore, ore), ore, text)


def _stop_at_strange(text: str) -> None:
    """Raise AmountError for what is no figure of a table, or a figure that says less than it seems."""
    if len(text) > 120:
        raise AmountError(f"{len(text)} characters are no amount")
    if "?" in text:
        raise AmountError(f"'{text}' holds a '?', which stands for a minus or a space that was lost in Windows-1252")
    if "%" in text or "‰" in text:
        raise AmountError(f"'{text}' is a percentage, not an amount")
    if text.startswith("#"):
        raise AmountError(f"'{text}' is an error of the spreadsheet, or a column that was too narrow")
    if text.startswith("="):
        raise AmountError(f"'{text}' is a formula, not a figure")
    if text[0] in "[<>≤≥" or "[" in text:
        raise AmountError(f"'{text}' is marked as an estimate, a limit or a note: it is not clear which")
    if _SEVERAL_SPACES.search(text):
        raise AmountError(f"'{text}' has several spaces inside: one space groups digits, more are a border of columns")
    if _EXPONENT.search(text):
        raise AmountError(f"'{text}' is a power of ten, which has lost its digits: format the column as a number")


def _taken_apart(text: str, unit: Unit | None) -> tuple[str, bool, str]:
    """The bare figure, whether it is negative, and the mark behind it."""
    plain, mark = text, ""
    inside = _IN_PARENTHESES.fullmatch(text)
    if inside:
        plain = inside[1].strip(_EDGES)
        if _FEW_DIGITS.fullmatch(plain):
            raise AmountError(f"'{text}' may be -{plain} or the number of a footnote")
        if plain[:1] in _MINUS or not plain:
            raise AmountError(f"'{text}' has two signs")
        return plain, True, ""
    match = re.search(rf"(?<=\d)(?:{_SURE_MARK.pattern})$", plain)
    if match and match[0]:
        plain, mark = plain[: match.start()], match[0].strip(_EDGES)
    kronor = re.search(rf"(?<=\d){_KRONOR_MARK.pattern}$", plain)
    if kronor:
        if unit is None or unit.factor != 1:
            raise AmountError(f"'{text}' says kronor by '{kronor[0]}', and nothing else does")
        plain = plain[: kronor.start()]
    before = bool(plain) and plain[0] in _MINUS
    behind = len(plain) > 1 and plain[-1] in _MINUS and plain[-2].isdigit() | (plain[-2] in SPACES)
    if before and behind:
        raise AmountError(f"'{text}' has two signs")
    bare = _without_signs(plain)
    if bare and bare[0] in f"{_MINUS}+":
        raise AmountError(f"'{text}' has two signs")
    return (bare, before or behind, mark) if _NUMBER.fullmatch(bare) else _left(text, plain, mark=mark, behind=behind)


def _left(text: str, plain: str, *, mark: str, behind: bool) -> tuple[str, bool, str]:
    """What is no bare number is left to the grammar of ledger files, as it stands."""
    if mark or behind:
        raise AmountError(f"'{text}' is not an amount")
    return plain, False, ""


def _without_signs(text: str) -> str:
    """A figure without its sign, before or behind it, and without the apostrophe that marks a text."""
    plain = text.strip(_EDGES).removeprefix("'")
    if plain[:1] and plain[0] in f"{_MINUS}+":
        return plain[1:].lstrip(_EDGES)
    if len(plain) > 1 and plain[-1] in _MINUS:
        return plain[:-1].rstrip(_EDGES)
    inside = _IN_PARENTHESES.fullmatch(plain)
    return inside[1].strip(_EDGES) if inside else plain


_DOUBLE = re.compile(r"([1-9]\d{0,2})([.,])(\d{3})", re.ASCII)
"""One mark before three digits, so that it may be between thousands or before decimals."""


def _digits(match: re.Match[str], text: str, marks: Marks) -> tuple[int, int]:
    """The digits of a number and how many of them are decimals, by what its column decides. Raises AmountError."""
    whole, mark, decimals = match.groups(default="")
    double = _DOUBLE.fullmatch(text)
    if double:
        first, used, last = double.groups()
        if used not in (marks.decimal, marks.group):
            other = "." if used == "," else ","
            said = f"'{text}' can be read two ways, with '{used}' as decimal mark or between thousands"
            written = f"{last.rstrip('0') or '0'}" if last.endswith("0") else f"{last}0"
            raise AmountError(f"{said}: write '{first}{used if used == ',' else other}{written}' or '{first} {last}'")
        return (int(first + last), 3) if used == marks.decimal else (int(first + last), 0)
    used = next((one for one in ".," if one in whole), "")
    if used and used == mark:
        raise AmountError(f"'{text}' has a number whose digits are not in groups of three")
    if len(whole) > 1 and whole[0] == "0":
        raise AmountError(f"'{text}' has a number that begins with 0: write it without")
    digits = re.sub(r"\D", "", whole)
    return int(digits + decimals), len(decimals)
