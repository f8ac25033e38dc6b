"""A later letter over the lines of an earlier one → changes of those lines: what was given first, and what came on top.

An item keeps its figure as the base and gets the difference as a top-up of the letter's date; a line that is the sum of
its items gets the new total.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from ledger.book import CALCULATED, Book, Figure, Line
from ledger.diagnostic import Finding
from ledger.money import Amount, exact_words, exactly, read_amount
from ledger.statements import Row
from ledger.statements.letter import SOURCE_KINDS
from ledger.writing.agencies import free, slug
from ledger.writing.editing import Edit, Fields
from ledger.writing.from_amount import amount_text
from ledger.writing.yaml_records import Record
from ledger.writing.yaml_scalars import Value

GONE = "no longer in the letter"


class Restated(Struct, frozen=True):
    """A line of the ledger and what a later letter says of it: a figure of 0, without a row, where it says nothing."""

    line: Line
    amount: Amount
    row: Row | None = None

    @property
    def derived(self) -> bool:
        """Whether the letter does not print the figure."""
        return self.row is not None and self.row.derived


class Later(Struct, frozen=True):
    """The letter that is brought in: the id of its source, the day of its decision, and units by the ids of lines."""

    source: str
    decided: str
    units: Mapping[str, str | None]


class Amendment(Struct, frozen=True):
    """Edits of lines, the records that stand for themselves, and what cannot be expressed, with its place."""

    edits: tuple[Edit, ...] = ()
    records: tuple[Record, ...] = ()
    faults: tuple[Finding, ...] = ()


class _Sums(Struct, frozen=True):
    """By how much, in öre, the total of each line changes; `inside` is what its parts change together."""

    of: dict[str, int] = field(default_factory=dict)
    inside: dict[str, int] = field(default_factory=dict)


def amendment_of(book: Book, restated: Sequence[Restated], added: Sequence[Record], later: Later) -> Amendment:
    """The changes that make the ledger say what the letter says. `added` are the lines that the ledger lacks.

    What is new in a line that has parts becomes a part of it, from the day of the letter; all else stays a record.
    """
    faults: list[Finding] = []
    parts: dict[str, dict[str, Fields]] = {}
    records: list[Record] = []
    for record in added:
        outer = book.lines.get(str(record.fields.get("of", "")))
        if outer is None or not outer.parts:
            records.append(record)
        else:
            faults += _put_inside(outer, record, parts, later)
    sums, unknown = _sums(book, restated, parts, later)
    faults += unknown
    edits = {name: Edit(name, parts=new) for name, new in parts.items()}
    for one in restated:
        if one.line.id in sums.of:
            made = _edit(book, one, sums, later, parts.get(one.line.id, {}))
            if isinstance(made, Finding):
                faults.append(made)
            elif made:
                edits[made.line] = made
    return Amendment(tuple(edits.values()), tuple(records), tuple(faults))


def _sums(
    book: Book, restated: Iterable[Restated], parts: Mapping[str, Mapping[str, Fields]], later: Later
) -> tuple[_Sums, list[Finding]]:
    """What each line changes by, and the lines of which that cannot be told."""
    sums, faults = _Sums(), []
    for one in restated:
        old = book.value(one.line.id).total
        if old is None or not old.amount.exact or not one.amount.exact:
            words = "is not known" if old is None else f"is '{old.amount.words}', which is not exact"
            faults.append(Finding(one.line.at("total"), f"{one.line.id}: its total {words}: no difference can be told"))
            continue
        change = sums.of[one.line.id] = _ore(one.amount) - _ore(old.amount)
        if one.line.parent:
            sums.inside[one.line.parent] = sums.inside.get(one.line.parent, 0) + change
    for outer, new in parts.items():
        came = sum(_stated(book, outer, fields, later) for fields in new.values())
        sums.inside[outer] = sums.inside.get(outer, 0) + came
    return sums, faults


def _edit(book: Book, one: Restated, sums: _Sums, later: Later, parts: Mapping[str, Fields]) -> Edit | Finding | None:
    """The change of one line; nothing where its figures are worked out from those of its parts."""
    line = one.line
    change = sums.of[line.id]
    of_parts = bool(line.parts or parts) and sums.inside.get(line.id, 0) == change and not line.top_ups
    if of_parts and not (line.base and line.total):
        if line.total is None:
            return Edit(line.id, parts=parts) if parts else None
        source = _source_of_sum(book, one, line.total, later)
        if isinstance(source, Finding):
            return source
        return Edit(line.id, total=_figure(one.amount, source, line, later), parts=parts)
    if one.derived:
        message = f"{line.id}: the letter prints no total of it, and its items do not tell what came on top"
        return Finding(line.at("total"), message)
    fault = _not_a_letters(book, line)
    if fault:
        return fault
    note = {"note": GONE} if one.row is None else {}
    top_up = {"amount": _text(change, later.units.get(line.id)), "decided": later.decided, "source": later.source}
    becomes_base = line.base is None and not line.top_ups
    says_it = line.total is not None and not (becomes_base and one.row is None)
    total = _figure(one.amount, later.source, line, later) if says_it else None
    return Edit(line.id, (top_up | note,), total_becomes_base=becomes_base, total=total, parts=parts)


def _source_of_sum(book: Book, one: Restated, total: Figure, later: Later) -> str | Finding:
    """Who says a total that its parts come to: the letter where it prints it, else the file itself."""
    if set(total.sources) == {CALCULATED} or one.derived:
        return CALCULATED
    return _not_a_letters(book, one.line) or later.source


def _not_a_letters(book: Book, line: Line) -> Finding | None:
    """Why a letter cannot amend a figure: no letter states it, or nothing states it."""
    figure = line.total or line.base
    if figure is None:
        return Finding(line.at(), f"{line.id}: no figure is stated, and its parts do not come to what the letter says")
    if any(book.sources[name].kind in SOURCE_KINDS for name in figure.sources if name in book.sources):
        return None
    who = ", ".join(figure.sources) or "no source"
    return Finding(figure.place, f"{line.id}: stated by {who}, which is no appropriation letter that another can amend")


def _put_inside(outer: Line, record: Record, parts: dict[str, dict[str, Fields]], later: Later) -> list[Finding]:
    """A record inside a line as a part of it, under a short id: `ap13`, or the agency."""
    if record.fields.get("counted") == "no":
        title = record.fields["title"]
        return [
            Finding(outer.at(), f"'{title}' is new in {outer.id}, and what lies in it stands elsewhere in the ledger")
        ]
    fields = {key: value for key, value in record.fields.items() if key != "of"}
    inherited = {"year": outer.years, "unit": later.units.get(outer.id)}
    fields = {key: value for key, value in fields.items() if key not in inherited or inherited[key] != value}
    there = parts.setdefault(outer.id, {})
    code, recipient = (str(fields.get(key, "")) for key in ("code", "recipient"))
    taken = {part.rpartition("/")[2] for part in outer.parts} | there.keys()
    order = ("kind", "code", "title", "recipient", "unit", "decided", "source")
    name = free(slug(code.replace("ap.", "ap")) or recipient or record.id, taken)
    there[name] = {key: fields[key] for key in dict.fromkeys((*order, *fields)) if key in fields}
    return []


def _stated(book: Book, outer: str, fields: Fields, later: Later) -> int:
    """What a new part states, in öre; what its own parts come to where it states nothing."""
    unit = str(fields.get("unit", "") or later.units.get(outer) or "") or None
    total, parts = fields.get("total"), fields.get("parts")
    if isinstance(total, str):
        return _ore(read_amount(total, unit, book.currency))
    inner: Iterable[Value] = parts.values() if isinstance(parts, Mapping) else ()
    return sum(_stated(book, outer, {"unit": unit or "", **one}, later) for one in inner if isinstance(one, Mapping))


def _figure(amount: Amount, source: str, line: Line, later: Later) -> Value:
    return {"amount": amount_text(amount, later.units.get(line.id) or ""), "source": source}


def _text(ore: int, unit: str | None) -> str:
    return amount_text(exactly(ore), unit) if unit else exact_words(ore)


def _ore(amount: Amount) -> int:
    return amount.interval.low or 0
