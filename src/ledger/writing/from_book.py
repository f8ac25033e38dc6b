"""A book → its records as a ledger file says them: what the lines inherit is left out, what is stated is kept.

A book keeps how a figure reads, not every way in which it was put into a file (a `unit` or `rounded_to` of a line
around it): the records say the same in one way. Whether they say all of it is for who reads them again: `same.py`.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from ledger.book import Acceptance, Agency, Book, Claim, Figure, Goal, Initiative, Line, Source, Stage, TopUp
from ledger.money import FACTORS, Amount, AmountError, Interval, exact_words, read_amount, unit_name
from ledger.writing.from_amount import amount_text
from ledger.writing.yaml_records import Record
from ledger.writing.yaml_scalars import Value

Fields = dict[str, Value]

FIGURES = ("base", "total", "outcome")
"""The fields of a line that are one figure."""

_AGENCY = ("name", "kind", "name_en", "abbreviation", "org_number", "county_code", "run_by", "members", "note")
_SOURCE = ("title", "kind", "publisher", "published", "reference", "url", "note")


class _Around(Struct, frozen=True):
    """What a line inherits: of a top-level line nothing, and what holds where nothing is said."""

    years: str = ""
    sources: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    stage: Stage = "decided"
    counted: bool = True
    decided: str = ""
    unit: str = ""


class _Written(Struct, frozen=True):
    """What figures are written with: the currency, the unit of bare numbers, and the sources of what is around them."""

    currency: str
    unit: str = ""
    sources: tuple[str, ...] = ()


def records_of_book(book: Book) -> list[Record]:
    """Every record of a book, in its order; parts inside their lines, and what the ledger as a whole is called."""
    header = {"title": book.title, "currency": book.currency if book.currency != "SEK" else ""}
    stated: Fields = {name: text for name, text in header.items() if text}
    return [
        *([Record("ledger", "", stated)] if stated else []),
        *(Record("goals", one.id, _goal(one)) for one in book.goals.values()),
        *(Record("agencies", one.id, _plain(one, _AGENCY)) for one in book.agencies.values()),
        *(Record("sources", one.id, _plain(one, _SOURCE)) for one in book.sources.values()),
        *(Record("allocations", one.id, line_fields(book, one)) for one in book.lines.values() if not one.parent),
        *(Record("claims", one.id, _claim(one, book.currency)) for one in book.claims.values()),
        *(Record("initiatives", one.id, _initiative(one)) for one in book.initiatives.values()),
    ]


def line_fields(book: Book, line: Line) -> Fields:
    """The fields of a top-level line with its parts; all of it, however deep, without a call inside a call."""
    top: Fields = {}
    waiting: list[tuple[Line, _Around, Fields]] = [(line, _Around(), top)]
    while waiting:
        one, around, fields = waiting.pop()
        fields.update(own_fields(one, book.currency, around))
        parts: dict[str, Value] = {}
        inside = _Around(
            one.years, one.sources, one.goals, one.stage, one.counted, one.decided, str(fields.get("unit", around.unit))
        )
        for name in one.parts:
            if name in book.lines:
                part: Fields = {}
                parts[name.rpartition("/")[2]] = part
                waiting.append((book.lines[name], inside, part))
        if parts:
            fields["parts"] = parts
    return top


def own_fields(line: Line, currency: str, around: _Around | None = None) -> Fields:
    """The fields of a line by itself, without its parts; all that it does not inherit from what is around it."""
    outer = around or _Around()
    unit = _unit_of(line, currency, outer.unit)
    to_write = _Written(currency, unit, line.sources)
    figures = {name: figure for name in FIGURES if (figure := getattr(line, name))}
    found: Fields = {
        "title": line.title,
        "kind": line.kind,
        "code": line.code,
        "year": line.years if line.years != outer.years else "",
        "recipient": line.recipient,
        "of": line.of,
        "stage": line.stage if line.stage != outer.stage else "",
        "counted": ("yes" if line.counted else "no") if line.counted != outer.counted else "",
        "gender_marker": "" if line.gender_marker is None else str(line.gender_marker),
        "decided": line.decided if line.decided != outer.decided else "",
        "unit": unit if unit != outer.unit else "",
    }
    found = {name: text for name, text in found.items() if text}
    if line.goals != outer.goals:
        found["goals"] = list(line.goals)
    if line.sources != outer.sources:
        found["source"] = _one_or_list(line.sources)
    for name in ("base", "top_ups", "total", "outcome"):
        if name == "top_ups" and line.top_ups:
            found[name] = [_top_up(one, to_write) for one in line.top_ups]
        elif name in figures:
            found[name] = _figure(figures[name], to_write)
    if line.restated:
        found["restated"] = [_fields_of(one, to_write) for one in line.restated]
    if line.complete_stated or not line.complete:
        found["parts_are"] = "complete" if line.complete else "partial"
    return found | _ends(line.accepted, line.note)


def _ends(accepted: Sequence[Acceptance], note: str) -> Fields:
    listed: list[Value] = [
        _stated({"check": one.check, "reason": one.reason, "source": one.source, "until": one.until})
        for one in accepted
    ]
    return {**({"accept": listed} if listed else {}), **({"note": note} if note else {})}


def _claim(claim: Claim, currency: str) -> Fields:
    to_write = _Written(currency, sources=claim.sources)
    found: Fields = {
        "title": claim.title,
        "year": str(claim.year),
        "amount": _figure(claim.amount, to_write),
        **_stated({"about": claim.about, "coverage": "complete" if claim.complete else ""}),
    }
    if claim.sources:
        found["source"] = _one_or_list(claim.sources)
    if claim.restated:
        found["restated"] = [_fields_of(one, to_write) for one in claim.restated]
    return found | _ends(claim.accepted, claim.note)


def _goal(goal: Goal) -> Fields:
    number = "" if goal.number is None else str(goal.number)
    return _stated(
        {"name": goal.name, "number": number, "valid_from": goal.valid_from, "valid_until": goal.valid_until}
    )


def _plain(record: Agency | Source, names: Iterable[str]) -> Fields:
    """The fields of a record whose fields are texts and lists of them."""
    values = {name: getattr(record, name) for name in names}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items() if value}


def _initiative(initiative: Initiative) -> Fields:
    details = {name: value if isinstance(value, str) else list(value) for name, value in initiative.details.items()}
    found: Fields = {"title": initiative.title, "kind": initiative.kind, **details}
    if initiative.agencies:
        found["agencies"] = list(initiative.agencies)
    if initiative.sources:
        found["source"] = _one_or_list(initiative.sources)
    if initiative.extensions:
        found["extensions"] = [
            {"extended": one.extended, "runs_until": one.runs_until, "source": one.source}
            for one in initiative.extensions
        ]
    return found


def _figure(figure: Figure, to_write: _Written) -> Value:
    """A figure as its amount alone, where that is all that it says."""
    fields = _fields_of(figure, to_write)
    return fields["amount"] if fields.keys() == {"amount"} else fields


def _fields_of(figure: Figure, to_write: _Written) -> Fields:
    fields: Fields = {"amount": _amount_text(figure.amount, to_write)}
    fields |= _sources(figure.sources, to_write)
    return fields | _step(figure.amount, to_write.currency) | _details(figure.words, figure.decided, figure.note)


def _top_up(top_up: TopUp, to_write: _Written) -> Fields:
    fields: Fields = {}
    if top_up.line:
        fields["line"] = top_up.line
    if top_up.figure:
        fields["amount"] = _amount_text(top_up.figure.amount, to_write)
    fields |= _sources(top_up.sources, to_write)
    if top_up.figure:
        fields |= _step(top_up.figure.amount, to_write.currency)
    return fields | _details(top_up.figure.words if top_up.figure else "", top_up.decided, top_up.note)


def _sources(sources: tuple[str, ...], to_write: _Written) -> Fields:
    return {} if sources == to_write.sources else {"source": _one_or_list(sources)}


def _details(words: str, decided: str, note: str) -> Fields:
    return _stated({"decided": decided, "words": words, "note": note})


def _amount_text(amount: Amount, to_write: _Written) -> str:
    """The words of an amount, where they say it again; else words that do."""
    for unit in (None, to_write.unit):
        if _reads_as(amount, unit, to_write.currency):
            return amount.words
    return amount_text(_unrounded(amount), currency=to_write.currency)


def _step(amount: Amount, currency: str) -> Fields:
    """What a figure is rounded or cut to: the width of what it leaves possible."""
    low, high = amount.interval.low, amount.interval.high
    if amount.sense != "rounded" or low is None or high is None:
        return {}
    is_cut = amount.interval.low_open or amount.interval.high_open
    return {"cut_to" if is_cut else "rounded_to": exact_words(high - low, currency)}


def _unrounded(amount: Amount) -> Amount:
    """The number as printed, without what its rounding leaves open."""
    if amount.sense != "rounded" or amount.number is None:
        return amount
    return Amount(Interval(amount.number, amount.number), amount.number, amount.words)


def _reads_as(amount: Amount, unit: str | None, currency: str) -> bool:
    """Whether the words are read as the amount, with bare numbers in that unit."""
    try:
        return read_amount(amount.words, unit or None, currency) == _unrounded(amount)
    except AmountError:
        return False


def _unit_of(line: Line, currency: str, around: str) -> str:
    """The unit that the line's bare numbers are in, where it has any; else that of the line around it."""
    bare = [one.amount for one in line.figures if one.amount.words and not _reads_as(one.amount, None, currency)]
    units = [around, *(unit_name(unit, currency) for unit in reversed(FACTORS))] if bare else []
    fitting = (unit for unit in units if unit and all(_reads_as(amount, unit, currency) for amount in bare))
    return next(fitting, around)


def _one_or_list(texts: Sequence[str]) -> Value:
    return texts[0] if len(texts) == 1 else list(texts)


def _stated(fields: Mapping[str, str]) -> Fields:
    return {name: text for name, text in fields.items() if text}
