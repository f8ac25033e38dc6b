"""The lines that a document states, one inside another → records: those that the ledger lacks, in their places."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.money import Amount, add_up, unit_name
from ledger.statements import Role, Row
from ledger.writing.agencies import free
from ledger.writing.from_amount import amount_text, unit_of_all
from ledger.writing.yaml_records import Record
from ledger.writing.yaml_scalars import Value

_ORDER = ("title", "kind", "code", "year", "unit", "recipient", "counted", "of", "decided", "source")
_PART_ORDER = ("kind", "code", "title", "recipient", "counted")
_FIGURES: dict[Role, str] = {"base": "base", "top-ups": "top_ups", "total": "total", "outcome": "outcome"}

Held = Callable[["Planned"], str]
"""The id of the ledger's line for one that is planned; empty where it has none."""


class Planned(Struct, frozen=True):
    """A line of a document, as the ledger would have it. `id` is its own below the line it lies in.

    `row` is the statement's row that says it; an agency of 2003 has none. `partial`: its parts are not all of it.
    """

    id: str
    fields: Mapping[str, str]
    figures: Mapping[Role, Amount] = field(default_factory=dict)
    row: Row | None = None
    parts: tuple["Planned", ...] = ()
    partial: bool = False
    comment: str = ""

    def all(self) -> Iterator["Planned"]:
        """The line and every one in it."""
        yield self
        for part in self.parts:
            yield from part.all()


class Placing(Struct, frozen=True):
    """What records are made with: the source behind them, which lines the ledger has, and the ids that it has.

    `unprinted` gives the ledger's line, inside another, for one without a row.
    """

    source: str
    held: Held
    unprinted: Callable[["Planned", str], str]
    taken: set[str]
    decided: str = ""
    currency: str = "SEK"


def records_of(planned: Iterable[Planned], placing: Placing) -> list[Record]:
    """A record for each line that the ledger lacks. One inside a line that it has names that line by `of`."""
    made: list[Record] = []
    for one in planned:
        figures = [amount for line in one.all() for amount in line.figures.values()]
        unit = unit_of_all(figures, placing.currency)
        mine = list(_inside(one, placing, unit, "", ""))
        if mine and one.comment:
            mine[0] = replace(mine[0], comment="\n".join(filter(None, (one.comment, mine[0].comment))))
        made += mine
    return made


def lines_in(records: Iterable[Record]) -> int:
    """How many lines the records hold, parts included."""
    return sum(1 for _ in _lines(records))


def recipients_in(records: Iterable[Record]) -> list[str]:
    """Every recipient of the lines that the records hold."""
    return [str(fields["recipient"]) for fields in _lines(records) if "recipient" in fields]


def fits_loosely(total: Amount | None, parts: Sequence[Amount | None]) -> bool:
    """Whether parts leave something of their line over, so that they cannot be all of it."""
    if total is None or not parts:
        return False
    came_to = add_up(amount for amount in parts if amount)
    return None not in parts and total.interval.above(came_to.interval)


def _lines(records: Iterable[Record]) -> Iterator[Mapping[str, Value]]:
    """The fields of each line, parts included."""
    waiting: list[Value] = [record.fields for record in records if record.key == "allocations"]
    while waiting:
        fields = waiting.pop()
        if isinstance(fields, Mapping):
            yield fields
            parts = fields.get("parts", {})
            waiting += parts.values() if isinstance(parts, Mapping) else ()


def _inside(one: Planned, placing: Placing, unit: str, outer: str, before: str) -> Iterator[Record]:
    """The records for a line and what lies in it; `outer` is the ledger's line around it, `before` its id so far."""
    name = f"{before}-{one.id}" if before else one.id
    line = placing.held(one)
    if not line and one.row is None and outer:
        line = placing.unprinted(one, outer)
    unprinted = one.row is None and _is_elsewhere(one, placing)
    if line or unprinted:
        for part in one.parts:
            yield from _inside(part, placing, unit, line or outer, name)
        return
    shared: dict[str, str] = {"year": one.fields["year"], "source": placing.source}
    if unit:
        shared["unit"] = unit_name(unit, placing.currency)
    if outer:
        shared["of"] = outer
    if placing.decided:
        shared["decided"] = placing.decided
    wanted = free(name, placing.taken)
    placing.taken.add(wanted)
    elsewhere = [line for part in one.all() if (line := placing.held(part))]
    note = ""
    if elsewhere:
        shared["counted"] = "no"  # what is inside it and stands in the ledger already counts there
        note = f"These lie in it, and stand elsewhere in the ledger without 'of': {', '.join(elsewhere)}"
    yield Record("allocations", wanted, _fields(one, placing, unit, shared), note)
    for part in one.parts:
        if _is_elsewhere(part, placing):
            yield from _inside(part, placing, unit, wanted, name)


def _fields(one: Planned, placing: Placing, unit: str, shared: Mapping[str, str]) -> dict[str, Value]:
    own = {key: text for key, text in one.fields.items() if text and key != "year"} | dict(shared)
    fields: dict[str, Value] = {key: own[key] for key in (_ORDER if "year" in shared else _PART_ORDER) if key in own}
    for role, key in _FIGURES.items():
        amount = one.figures.get(role)
        if amount is not None:
            text = amount_text(amount, unit, placing.currency)
            fields[key] = [{"amount": text}] if key == "top_ups" else text
    mine = [part for part in one.parts if not _is_elsewhere(part, placing)]
    if one.partial or len(mine) < len(one.parts):
        fields["parts_are"] = "partial"
    if mine:
        counted = {"counted": "yes"} if shared.get("counted") else {}
        fields["parts"] = {part.id: _fields(part, placing, unit, counted) for part in mine}
    return fields


def _is_elsewhere(part: Planned, placing: Placing) -> bool:
    """Whether the ledger has a part, or something in it, so that it cannot be written inside its line."""
    return any(placing.held(inner) for inner in part.all())
