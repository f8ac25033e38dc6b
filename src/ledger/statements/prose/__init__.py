"""Amounts of money in Swedish and English prose: `20, 30 respektive 40 miljoner kronor`, `over SEK 3 billion`.

Swedish prose is read by Swedish rules and English by English ones (`1,472 miljarder` is 1 472 miljoner, `SEK 1,472` is
1 472 kronor); what could be two things is reported as unreadable, with the reason, and never guessed.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from ledger.money import AmountError, Interval
from ledger.statements.prose._cells import bare_numbers, heading_unit
from ledger.statements.prose._figures import Figure, figure_of, no_figure_alone, whole
from ledger.statements.prose._intervals import read_phrase
from ledger.statements.prose._people_or_money import Block
from ledger.statements.prose._phrases import Phrase, phrases_of
from ledger.statements.prose._quantities import quantities_of
from ledger.statements.prose._role_and_year import Role, contexts_of
from ledger.statements.prose._tokens import SPECIAL, Token, tokens_of
from ledger.statements.prose._units import Unit, names_money, unit_at
from ledger.statements.prose._vocabulary import ENGLISH, SWEDISH

__all__ = ["Found", "Role", "find_amounts", "unit_of_heading"]

_STOPS = frozenset(".!?;")
_SWEDISH_LETTERS = frozenset("åäö")


class Found(Struct, frozen=True):
    """An amount of money as a text states it."""

    text: str
    """The words as they stand in the text; of a number that shares its unit with the next, the number alone."""
    start: int
    end: int
    """Code points into the text."""
    interval: Interval | None
    """Hundredths of the currency; `None` when it cannot be read."""
    number: int | None
    """The printed number in hundredths, where one is printed."""
    currency: str | None
    """`SEK`, `EUR`, …; `None` where it is not said."""
    role: Role
    year: str
    """`2024`, `2022-2023`, or empty where the phrase names none."""
    unreadable: str
    """Why it cannot be read; empty when it was."""


def find_amounts(text: str, *, unit: str | None = None, cell: bool = False) -> tuple[Found, ...]:
    """Every amount in one block: a paragraph, an item of a list, a heading, a cell.

    `unit` is what bare numbers are in, where a heading says so: of a `cell`, its number; of other text, a number in
    groups at its end (`… (ram) 184 439`). Raises AmountError for a unit that is none.
    """
    if unit is None and not names_money(text) and not SPECIAL.search(text):
        return ()
    figure = figure_of(text) if cell and unit is not None else None
    if figure is not None:
        return _figure(text, figure, _unit(unit or "").currency, unit)
    tokens = tokens_of(text)
    block = Block(tokens, _sentences(tokens), *_language(tokens))
    quantities = quantities_of(tokens)
    if (
        cell
        and unit is not None
        and _unit(unit).power
        and any(one.prefixed and not one.unit_power for one in quantities)
    ):
        return _figure(
            text, whole(text, "names a currency, and its column a unit: which holds is not clear"), None, unit
        )
    if unit is not None:
        quantities = bare_numbers(tokens, quantities, _unit(unit), cell=cell)
    phrases = phrases_of(block, quantities)
    contexts = contexts_of(block, phrases)
    if cell and unit is not None and not phrases and (doubt := no_figure_alone(text)):
        return _figure(text, doubt, _unit(unit).currency, unit)
    return tuple(
        _found(text, block, phrase, context.role, context.year)
        for phrase, context in zip(phrases, contexts, strict=True)
    )


def _figure(text: str, figure: Figure, currency: str | None, unit: str | None) -> tuple[Found, ...]:
    """The one figure of a cell with its sign, or why it is not read."""
    whole = text.strip()
    start = text.index(whole)
    if figure.doubt:
        reason = f"'{whole}' {figure.doubt}"
        return (Found(whole, start, start + len(whole), None, None, currency, "", "", reason),)
    inner = find_amounts(text[figure.start : figure.end], unit=unit, cell=True)
    return tuple(_signed(one, whole, start) for one in inner)


def _signed(found: Found, words: str, start: int) -> Found:
    """The figure below zero, with the words of its whole cell."""
    interval = None if found.interval is None else -found.interval
    number = None if found.number is None else -found.number
    return replace(found, text=words, start=start, end=start + len(words), interval=interval, number=number)


def unit_of_heading(text: str) -> str | None:
    """The unit that a heading of a column or a table gives its numbers, as `unit` takes it: `Belopp (tkr)` → `tkr`."""
    return heading_unit(text)


def _unit(unit: str) -> Unit:
    tokens = tokens_of(unit)
    read = unit_at(tokens, 0)
    if read is None or read[0] != len(tokens):
        raise AmountError(f"'{unit}' is not a unit of money: use kr, tkr, mnkr, mdkr or their words")
    return Unit(read[1].power or 0, read[1].currency or "SEK", english=read[1].english)


def _found(text: str, block: Block, phrase: Phrase, role: Role, year: str) -> Found:
    tokens = block.tokens
    start, end = tokens[phrase.begin].start, tokens[phrase.end - 1].end
    reading = read_phrase(phrase, text[start:end], english=block.english, swedish=block.swedish)
    unit = phrase.quantities[-1].unit
    currency = (unit and unit.currency) or None
    return Found(
        text[start:end], start, end, reading.interval, reading.number, currency, role, year, reading.unreadable
    )


def _sentences(tokens: Sequence[Token]) -> list[int]:
    """The number of the sentence of each token."""
    found: list[int] = []
    number = 0
    before = ""
    for token in tokens:
        opens = token.text[:1].isupper() or token.kind != "word" or before == ";"
        number += before in _STOPS and token.gap != "" and opens
        found.append(number)
        before = token.text
    return found


def _language(tokens: Sequence[Token]) -> tuple[bool, bool]:
    """Whether the words of the block are plainly English ones, and whether they are rather Swedish."""
    words = [token.low for token in tokens if token.kind == "word"]
    english = sum(word in ENGLISH for word in words)
    swedish = sum(word in SWEDISH or not _SWEDISH_LETTERS.isdisjoint(word) for word in words)
    return english > 2 * swedish, swedish >= english and swedish > 0
