"""The amounts that a text names → a draft in comments, one candidate line for each, in which nothing is guessed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap

from msgspec import Struct
from msgspec.structs import replace

from ledger.book import Agency
from ledger.money import Amount, AmountError, exact_words, read_amount
from ledger.statements.prose import Found
from ledger.statements.running_text import Mention, Passage
from ledger.writing.agencies import names_in_texts
from ledger.writing.from_amount import amount_text
from ledger.writing.page_source import KINDS
from ledger.writing.yaml_records import entry
from ledger.writing.yaml_scalars import Value, printable

_QUALIFIERS = ("", "ca", "drygt", "knappt", "minst", "högst")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])[ \n](?=[A-ZÅÄÖ–•])")
_WIDTH = 104
_LONGEST = 400
"""Characters of a sentence that are shown."""

_YEARLY = "per år|årligen|om året|varje år|per year|annually|a year|each year"
"""What is said of an amount that comes once a year."""

_ROLES = {
    "top-up": "said to come on top",
    "cut": "said to be taken away: a negative top-up",
    "total": "said to be a total",
    "per recipient": "said to be for each recipient, so the total is several times this",
    "per year": "said to be for each year: one line a year",
}


class Said(Struct, frozen=True):
    """An amount and the sentence that it stands in."""

    mention: Mention
    sentence: str


def said_in(passages: Iterable[Passage], mentions: Sequence[Mention]) -> list[Said]:
    """Each amount with its sentence; both come in the order of the document."""
    found: list[Said] = []
    waiting = iter(mentions)
    one = next(waiting, None)
    for passage in passages:
        while one and _is_in(one, passage):
            found.append(Said(one, _sentence(passage.text, one.found)))
            one = next(waiting, None)
    return found


def draft(
    said: Sequence[Said], name: str, source: str, agencies: Iterable[Agency], about: Mapping[str, str] | None
) -> str:
    """A file of comments only; without their marks its lines are a ledger file, but for what is to be filled in.

    `about` are the fields of the source, where the ledger does not have it.
    """
    said = _each_once(said)
    called = names_in_texts(agencies)
    number = f"{len(said)} amounts" if len(said) != 1 else "1 amount"
    head = (
        f"## Draft from {' '.join(printable(name).split())}: {number}, none of them in the ledger yet.",
        "##",
        "## Take '# ' away before the lines that are wanted, fill in what is left open, and throw away the rest. What",
        "## is said of a sum over many lines is a claim, and goes below 'claims:'. Then run 'ledger check'.",
        "",
    )
    lines: list[str] = []
    if about is not None:
        fields = [line for key, value in about.items() for line in entry(key, value, 4, 2)]
        lines += ["sources:", f"  {source}:", *fields, *([] if "kind" in about else [f"    kind:  # {KINDS}"]), ""]
    lines.append("allocations:")
    for at, one in enumerate(said, 1):
        years = _each_year(one)
        for year in years:
            name_of_year = f"{source}-{at}-{year}" if len(years) > 1 else f"{source}-{at}"
            lines += _candidate(one, name_of_year, source, year, called(one.sentence))
    return "".join(f"{line}\n" for line in (*head, *(f"# {line}".rstrip() for line in lines)))


def amount_in_grammar(found: Found) -> str:
    """The amount as ledger files write it, `drygt 600 mnkr`; its limits where they have no shorter words."""
    if found.interval is None:
        return ""
    if found.number is not None:
        first = found.text.split()
        for qualifier in (*(" ".join(first[:many]) for many in (1, 2)), *_QUALIFIERS):
            words = f"{qualifier} {exact_words(found.number)}".strip()
            if _says(words, found):
                return words
    return amount_text(Amount(found.interval, found.number, found.text, "range"))


def _says(words: str, found: Found) -> bool:
    try:
        return read_amount(words).interval == found.interval
    except AmountError:
        return False


def _taken_away(found: Found) -> Found:
    """The amount as a top-up has it: what is taken away is below zero."""
    if found.role != "cut" or found.interval is None:
        return found
    return replace(found, interval=-found.interval, number=None if found.number is None else -found.number)


def _is_in(one: Mention, passage: Passage) -> bool:
    found = one.found
    same = passage.text[found.start : found.end].replace("\n", " ") == found.text
    return same and passage.place(found.start) == (one.place.line, one.place.column)


def _sentence(text: str, found: Found) -> str:
    """The sentence around an amount; of a very long one, what is nearest."""
    starts = [0, *(end.end() for end in _SENTENCE_ENDS.finditer(text))]
    start = max(at for at in starts if at <= found.start)
    end = min((at for at in starts if at >= found.end), default=len(text))
    shown = text[start:end].strip()
    if len(shown) <= _LONGEST:
        return shown
    around = text[max(start, found.start - _LONGEST // 2) : min(end, found.end + _LONGEST // 2)]
    return f"… {around.strip()} …"


def _each_once(said: Sequence[Said]) -> list[Said]:
    """One candidate for a figure and a sentence, however often the page has them."""
    found: dict[object, Said] = {}
    for one in said:
        amount = one.mention.found
        known = amount.interval or (amount.text, one.mention.place)
        found.setdefault((known, amount.currency, " ".join(one.sentence.split())), one)
    return list(found.values())


def _each_year(one: Said) -> tuple[str, ...]:
    """The years of an amount that is said to be for each of them; else its year or period."""
    found = one.mention.found
    first, dash, last = found.year.partition("-")
    words = re.escape(found.text)
    yearly = re.search(rf"{words} (?:\w+ )?(?:{_YEARLY})\b|\b(?:{_YEARLY}) (?:\w+ ){{0,3}}{words}", one.sentence)
    if not dash or (found.role != "per year" and yearly is None):
        return (found.year,)
    return tuple(str(year) for year in range(int(first), int(last) + 1))


def _candidate(one: Said, name: str, source: str, year: str, recipients: Sequence[str]) -> Iterator[str]:
    found, place = one.mention.found, one.mention.place
    signed = _taken_away(found)
    notes = [f"line {place.line}: '{found.text}'"]
    if found.role:
        notes.append(_ROLES[found.role])
    if found.unreadable:
        notes.append(f"cannot be read: {found.unreadable}")
    elif found.currency not in ("SEK", None):
        notes.append(f"in {found.currency}: one ledger, one currency")
    elif found.currency is None:
        notes.append("no currency is named")
    yield ""
    for text in (", ".join(notes), one.sentence):
        yield from (f"  # {line}" for line in wrap(printable(text), _WIDTH, break_long_words=False))
    yield f"  {name}:"
    yield "    title:  # what the money is for"
    yield "    kind:  # assignment, grant, appropriation …"
    yield f"    year: {year}" if year else "    year:  # 2024, or 2024-2026 for a sum over years"
    if len(recipients) == 1:
        yield f"    recipient: {recipients[0]}"
    elif recipients:
        yield f"    recipient:  # {', '.join(recipients)}: which of them?"
    yield f"    source: {source}"
    if found.currency in ("SEK", None):
        yield from _figure(found, signed)


def _figure(found: Found, signed: Found) -> Iterator[str]:
    """The amount as a field of the candidate; of one for each recipient only what is stated."""
    amount = amount_in_grammar(signed)
    if amount and found.role == "per recipient":
        yield f"    total:  # {amount} for each recipient"
    elif amount:
        figure: Value = amount if _says(found.text, signed) else {"amount": amount, "words": found.text}
        key: str = "top_ups" if found.role in ("top-up", "cut") else "total"
        if key == "top_ups":
            figure = [{"amount": amount} if isinstance(figure, str) else figure]
        yield from entry(key, figure, 4, 2)
