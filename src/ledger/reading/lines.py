"""Line records → lines: what they inherit filled in, amounts read, every figure with its place and sources."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.book import Acceptance, Claim, Figure, Line, Mark, Origin, Stage, TopUp
from ledger.diagnostic import Diagnostic, Place
from ledger.money import Amount, AmountError, cut, read_amount, read_step, rounded, unit_factor
from ledger.reading.yaml.nodes import Map, Seq

if TYPE_CHECKING:  # the models take longer to import than most ledgers to read
    from ledger.reading.model import AcceptRecord, FigureRecord, LineRecord, TopUpRecord

Route = tuple[str | int, ...]
"""The way from a record to a thing in it: `("top_ups", 0, "amount")`."""

Written = tuple[Map, Mark]
"""A record as it is written, and where its key stands."""

_NO_YEARS = (0, 0)
"""Stands for a missing year once that is reported, so that the parts do not report it again."""

MOST_AROUND = 100
"""Lines that a line may lie in, one around the other."""


class Scope(Struct, frozen=True):
    """What a line inherits from the lines around it."""

    currency: str
    years: tuple[int, int] | None = None
    full_code: str = ""
    sources: tuple[str, ...] = ()
    unit: str | None = None
    rounded_to: Amount | None = None
    goals: tuple[str, ...] = ()
    stage: Stage = "decided"
    counted: bool = True
    decided: str = ""


class Reading(Struct, frozen=True):
    """One top-level entry on its way into the Book: what it becomes, and the faults met."""

    path: str
    lines: dict[str, Line] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)

    def fault(self, check: str, place: Place, message: str) -> None:
        """Note a fault; the whole entry is then left out of the Book."""
        self.faults.append(Diagnostic(check, "error", place, message))


def put_line(reading: Reading, name: str, record: "LineRecord", written: Written, scope: Scope) -> None:
    """Put a line and all its parts into the reading, outer lines first."""
    node, at = written
    origin = Origin(reading.path, name, marks_of(node, at))
    scope = _scoped(reading, origin, record, scope)
    first_year, last_year = scope.years or _NO_YEARS
    nested = {f"{name}/{key}": part for key, part in record.parts.items()}
    reading.lines[name] = Line(
        id=name,
        title=record.title,
        kind=record.kind,
        first_year=first_year,
        last_year=last_year,
        origin=origin,
        code=record.code or "",
        full_code=scope.full_code,
        recipient=record.recipient or "",
        base=read_figure(reading, origin, ("base",), record.base, scope),
        total=read_figure(reading, origin, ("total",), record.total, scope),
        outcome=read_figure(reading, origin, ("outcome",), record.outcome, scope),
        top_ups=_top_ups(reading, origin, record.top_ups, scope),
        parent=name.rpartition("/")[0],
        of=record.of or "",
        parts=tuple(nested),
        complete=record.parts_are != "partial",
        complete_stated=record.parts_are == "complete",
        counted=scope.counted,
        stage=scope.stage,
        goals=scope.goals,
        gender_marker=int(record.gender_marker) if record.gender_marker else None,
        decided=scope.decided,
        sources=scope.sources,
        restated=restatements(reading, origin, record.restated, scope),
        accepted=acceptances(origin, record.accept),
        note=record.note or "",
    )
    parts = node.get("parts")
    if isinstance(parts, Map):
        for part, (key, inner) in zip(nested, parts.items(), strict=True):
            if isinstance(inner, Map):
                put_line(reading, part, record.parts[key], (inner, parts.keys_at[key]), scope)


def _scoped(reading: Reading, origin: Origin, record: "LineRecord", scope: Scope) -> Scope:
    """The scope inside a line: what it states itself, else what it inherits; what cannot be one is reported once."""
    if record.of and "/" in origin.owner:
        reading.fault("bad-value", origin.at("of"), "`of` is for a top-level line: this one lies in its line already")
    unit = _unit(reading, origin, record.unit, scope)
    step = scope.rounded_to
    if record.rounded_to is not None:
        step = _step(reading, origin, record.rounded_to, unit, scope.currency)
    return Scope(
        currency=scope.currency,
        years=_years_of(reading, origin, record.year, scope),
        full_code=_joined(scope.full_code, record.code or ""),
        sources=scope.sources if record.source is None else tuple(record.source),
        unit=unit,
        rounded_to=step,
        goals=scope.goals if record.goals is None else tuple(record.goals),
        stage=record.stage or scope.stage,
        counted=scope.counted if record.counted is None else record.counted == "yes",
        decided=record.decided or scope.decided,
    )


def _years_of(reading: Reading, origin: Origin, text: str | None, scope: Scope) -> tuple[int, int]:
    if text is not None:
        first, _, last = text.partition("-")
        return int(first), int(last or first)
    if scope.years is None:
        reading.fault("missing-field", origin.at(), "'year' is missing here, and no line around it gives one")
    return scope.years or _NO_YEARS


def _unit(reading: Reading, origin: Origin, unit: str | None, scope: Scope) -> str | None:
    if unit is None:
        return scope.unit
    try:
        unit_factor(unit, scope.currency)
    except AmountError as error:
        reading.fault("bad-amount", origin.at("unit"), str(error))
        return scope.currency
    return unit


def _step(reading: Reading, origin: Origin, text: str, unit: str | None, currency: str) -> Amount | None:
    try:
        return read_step(text, unit, currency)
    except AmountError as error:
        reading.fault("bad-amount", origin.at("rounded_to"), str(error))
        return None


def _joined(around: str, own: str) -> str:
    """A line's full code: its own behind those around it, unless it begins with a budget area itself."""
    return own if _is_absolute(own) else f"{around} {own}".strip()


def with_outer_codes(lines: Mapping[str, Line]) -> dict[str, Line]:
    """The lines, where one that lies in another by `of` continues the code of that line."""
    inner = {line.id for line in lines.values() if line.of in lines}
    return {
        name: replace(line, full_code=_outer_code(lines, line)) if name.partition("/")[0] in inner else line
        for name, line in lines.items()
    }


def too_deep(lines: Mapping[str, Line]) -> dict[str, int]:
    """How many others lie around each line, one around the other, where that is more than a ledger may have.

    Each continues the code of the one around it, so that the codes of a chain would grow with its square.
    """
    around: dict[str, int] = {}
    for start in lines:
        path: dict[str, None] = {}
        here = start
        while here in lines and here not in around and here not in path:
            path[here] = None
            here = lines[here].of or lines[here].parent
        number = around.get(here, -1)
        for one in reversed(path):
            number += 1
            around[one] = number
    return {name: number for name, number in around.items() if number > MOST_AROUND}


def _outer_code(lines: Mapping[str, Line], line: Line) -> str:
    full, seen = line.code, {line.id}
    while (outer := line.of or line.parent) in lines and outer not in seen and not _is_absolute(full):
        seen.add(outer)
        line = lines[outer]
        full = f"{line.code} {full}".strip()
    return full


def _is_absolute(code: str) -> bool:
    """Whether a code begins with its budget area: UO13 3:1."""
    return code.upper().startswith("UO")


def marks_of(node: Map, at: Mark) -> dict[str, Mark]:
    """Where a record and its fields stand; a figure's place is that of its amount."""
    marks = {"": at, **node.values_at}
    for name, value in node.items():
        if isinstance(value, Map) and name != "parts":
            marks |= {f"{name}/{inner}": place for inner, place in value.values_at.items()}
            marks[name] = value.values_at.get("amount", marks[name])
        elif isinstance(value, Seq):
            for number, (member, place) in enumerate(zip(value, value.values_at, strict=True)):
                inside = member.values_at if isinstance(member, Map) else {}
                marks |= {f"{name}/{number}/{inner}": inner_place for inner, inner_place in inside.items()}
                marks[f"{name}/{number}"] = inside.get("amount", inside.get("line", place))
    return marks


def read_figure(
    reading: Reading, origin: Origin, route: Route, record: "FigureRecord | TopUpRecord | None", scope: Scope
) -> Figure | None:
    """The figure that stands at `route` in its record; none when no amount is stated, or after a fault."""
    if record is None or record.amount is None:
        return None
    amount = _amount(reading, origin, route, record, scope)
    if amount is None:
        return None
    return Figure(
        amount=amount,
        place=origin.at(*route),
        sources=scope.sources if record.source is None else tuple(record.source),
        decided=record.decided or "",
        words=record.words or "",
        note=record.note or "",
    )


def _amount(
    reading: Reading, origin: Origin, route: Route, record: "FigureRecord | TopUpRecord", scope: Scope
) -> Amount | None:
    """The amount as read, with its own rounding, or, when it is exact, with that of its line."""
    if record.cut_to is not None and record.rounded_to is not None:
        place = origin.at(*route, "rounded_to")
        reading.fault("bad-value", place, "a figure is printed rounded or cut, not both: `rounded_to` or `cut_to`")
        return None
    at = route
    try:
        amount = read_amount(record.amount or "", scope.unit, scope.currency)
        if record.cut_to is not None:
            at = (*route, "cut_to")
            return cut(amount, read_step(record.cut_to, scope.unit, scope.currency))
        if record.rounded_to is not None:
            at = (*route, "rounded_to")
            return rounded(amount, read_step(record.rounded_to, scope.unit, scope.currency))
    except AmountError as error:
        reading.fault("bad-amount", origin.at(*at), str(error))
        return None
    return rounded(amount, scope.rounded_to) if scope.rounded_to and amount.exact else amount


def _top_ups(reading: Reading, origin: Origin, records: "list[TopUpRecord]", scope: Scope) -> tuple[TopUp, ...]:
    if not records:
        return ()
    return tuple(_top_up(reading, origin, number, one, scope) for number, one in enumerate(records))


def _top_up(reading: Reading, origin: Origin, number: int, record: "TopUpRecord", scope: Scope) -> TopUp:
    if record.line and record.amount:
        place = origin.at("top_ups", number, "amount")
        reading.fault("bad-value", place, "a top-up has an `amount` or a `line`, whose total is the amount, not both")
    for name in ("rounded_to", "cut_to", "words"):
        if record.amount is None and getattr(record, name) is not None:
            place = origin.at("top_ups", number, name)
            reading.fault("bad-value", place, f"`{name}` says how an amount is printed, and no amount is stated here")
    return TopUp(
        place=origin.at("top_ups", number),
        figure=read_figure(reading, origin, ("top_ups", number), record, scope),
        line=record.line or "",
        sources=scope.sources if record.source is None else tuple(record.source),
        decided=record.decided or "",
        note=record.note or "",
    )


def restatements(reading: Reading, origin: Origin, records: "list[FigureRecord]", scope: Scope) -> tuple[Figure, ...]:
    """The same amount in other words. They are printed elsewhere: the rounding of the line is not theirs."""
    if not records:
        return ()
    scope = replace(scope, rounded_to=None)
    figures = (read_figure(reading, origin, ("restated", number), one, scope) for number, one in enumerate(records))
    return tuple(figure for figure in figures if figure)


def acceptances(origin: Origin, records: "list[AcceptRecord]") -> tuple[Acceptance, ...]:
    """The known discrepancies that a record lets stand."""
    if not records:
        return ()
    return tuple(
        Acceptance(origin.at("accept", number), one.check, one.reason, one.source or "", one.until or "")
        for number, one in enumerate(records)
    )
