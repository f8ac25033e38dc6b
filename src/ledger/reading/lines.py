"""Line records → lines: what they inherit filled in, amounts read, every figure with its place and sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ledger.book import Acceptance, Figure, Line, Mark, Origin, Stage, TopUp
from ledger.diagnostic import Diagnostic, Place
from ledger.money import Amount, AmountError, cut, read_amount, rounded
from ledger.reading.document import Map, Seq
from ledger.reading.model import AcceptRecord, FigureFields, FigureRecord, LineRecord, TopUpRecord


@dataclass(frozen=True, slots=True)
class Scope:
    """What a line inherits from the lines around it."""

    currency: str
    years: tuple[int, int] | None = None
    full_code: str = ""
    sources: tuple[str, ...] = ()
    unit: str | None = None
    rounded_to: str | None = None
    goals: tuple[str, ...] = ()
    stage: Stage = "decided"
    counted: bool = True
    decided: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One top-level entry on its way into the Book: what it becomes, and the faults met."""

    path: str
    lines: dict[str, Line] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)

    def fault(self, check: str, place: Place, message: str) -> None:
        """Note a fault; the whole entry is then left out of the Book."""
        self.faults.append(Diagnostic(check, "error", place, message))


def put_line(reading: Reading, name: str, record: LineRecord, at: Mark, scope: Scope) -> None:
    """Put a line and all its parts into the reading, outer lines first."""
    origin = Origin(reading.path, name, marks_of(record.node, at))
    scope = _scoped(reading, origin, record, scope)
    first_year, last_year = scope.years or (0, 0)
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
        top_ups=tuple(_top_up(reading, origin, number, one, scope) for number, one in enumerate(record.top_ups)),
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
        restated=restatements(reading, origin, record.restated, replace(scope, rounded_to=None)),
        accepted=acceptances(origin, record.accept),
        note=record.note or "",
    )
    places = record.node.get("parts")
    for part, (key, inner) in zip(nested, record.parts.items(), strict=True):
        part_at = places.keys_at[key] if isinstance(places, Map) else at
        put_line(reading, part, inner, part_at, scope)


def _scoped(reading: Reading, origin: Origin, record: LineRecord, scope: Scope) -> Scope:
    """The scope inside a line, with what keeps it from being one reported."""
    years = _years(record.year) if record.year else scope.years
    if years is None:
        reading.fault("missing-field", origin.at(), "'year' is missing here, and no line around it gives one")
    if record.of and "/" in origin.owner:
        reading.fault("bad-value", origin.at("of"), "`of` is for a top-level line: this one lies in its line already")
    scope = _narrowed(scope, record, years)
    if record.unit and not _reads(f"1 {record.unit}", scope.currency):
        message = f"'{record.unit}' is not a unit of money: use kr, tkr, mnkr or mdkr"
        reading.fault("bad-amount", origin.at("unit"), message)
        return replace(scope, unit="kr")
    return scope


def _narrowed(scope: Scope, record: LineRecord, years: tuple[int, int] | None) -> Scope:
    """The scope inside a line: what it states itself, else what it inherits."""
    return Scope(
        currency=scope.currency,
        years=years,
        full_code=_joined(scope.full_code, record.code or ""),
        sources=scope.sources if record.source is None else tuple(record.source),
        unit=record.unit or scope.unit,
        rounded_to=record.rounded_to or scope.rounded_to,
        goals=scope.goals if record.goals is None else tuple(record.goals),
        stage=record.stage or scope.stage,
        counted=scope.counted if record.counted is None else record.counted == "yes",
        decided=record.decided or scope.decided,
    )


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


def _years(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return int(first), int(last or first)


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
    reading: Reading, origin: Origin, route: tuple[str | int, ...], record: FigureFields | None, scope: Scope
) -> Figure | None:
    if record is None or not isinstance(record, FigureRecord | TopUpRecord) or record.amount is None:
        return None
    amount = _amount(reading, origin, route, record.amount, record, scope)
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
    reading: Reading, origin: Origin, route: tuple[str | int, ...], text: str, record: FigureFields, scope: Scope
) -> Amount | None:
    """The amount as read, with its rounding; nothing after a fault."""
    at: tuple[str | int, ...] = route
    try:
        amount = read_amount(text, scope.unit, scope.currency)
        for name, make in (("cut_to", cut), ("rounded_to", rounded)):
            step = getattr(record, name)
            if step is not None:
                at = (*route, name)
                return make(amount, read_amount(step, scope.unit, scope.currency))
        if scope.rounded_to and amount.exact:
            at = ("rounded_to",)
            return rounded(amount, read_amount(scope.rounded_to, scope.unit, scope.currency))
    except AmountError as error:
        reading.fault("bad-amount", origin.at(*at), str(error))
        return None
    return amount


def _reads(text: str, currency: str) -> bool:
    try:
        read_amount(text, None, currency)
    except AmountError:
        return False
    return True


def _top_up(reading: Reading, origin: Origin, number: int, record: TopUpRecord, scope: Scope) -> TopUp:
    if record.line and record.amount:
        place = origin.at("top_ups", number, "amount")
        reading.fault("bad-value", place, "a top-up has an `amount` or a `line`, whose total is the amount, not both")
    return TopUp(
        place=origin.at("top_ups", number),
        figure=read_figure(reading, origin, ("top_ups", number), record, scope),
        line=record.line or "",
        sources=scope.sources if record.source is None else tuple(record.source),
        decided=record.decided or "",
        note=record.note or "",
    )


def restatements(reading: Reading, origin: Origin, records: list[FigureRecord], scope: Scope) -> tuple[Figure, ...]:
    figures = (read_figure(reading, origin, ("restated", number), one, scope) for number, one in enumerate(records))
    return tuple(figure for figure in figures if figure)


def acceptances(origin: Origin, records: list[AcceptRecord]) -> tuple[Acceptance, ...]:
    return tuple(
        Acceptance(origin.at("accept", number), one.check, one.reason, one.source or "", one.until or "")
        for number, one in enumerate(records)
    )
