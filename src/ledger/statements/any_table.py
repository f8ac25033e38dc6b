"""Any table with a code, an id or a recipient, a year and amounts: columns by their usual names."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.diagnostic import Finding, Place
from ledger.money import Amount, AmountError, add_up, range_words, unit_factor, unit_name
from ledger.statements._column_headings import YEARS
from ledger.statements._header_row import candidates
from ledger.statements._money_units import Unit
from ledger.statements._sheet import Line, Sheet
from ledger.statements._statement import Asked, Refused, Row, Statement, refused
from ledger.statements._sum_rows import Counted, held_sums
from ledger.statements._table_faults import NO_UNIT, faults_of_table
from ledger.statements._table_layout import Layout, Money, Years, layout_of, with_unit
from ledger.statements._table_parts import parents_of
from ledger.statements._table_rows import Entry, Reading, entries_of, line_places, reading_of

PERHAPS, LIKELY = 1, 2
"""A workbook whatever its headings, or one asked for so; a line of headings that are known."""
_SEARCHED = 200
"""Lines that are looked at for headings, to tell a table from running text."""

_RULE = re.compile(r"(?::?-{3,}:?)?")
_DEEPEST = 8
"""Words of a code that may have codes around it."""

_NAMED = 5
_MOST_FAULTS = 50
"""Faults that are said; of more, the number."""


def recognises_sheet(sheet: Sheet, asked: Asked) -> int:
    """A workbook, or a line of headings that are known; one is enough where it is the first, or the user says which."""
    if asked.columns or asked.header_row is not None:
        return PERHAPS
    if not sheet.workbook and any(_is_rule(line) for line in sheet.lines[:_SEARCHED]):
        return 0
    found = candidates(sheet, _SEARCHED)
    first = next((at for at, line in enumerate(sheet.lines) if len(line.cells) > 1), 0)
    known = any(one.known > 1 or one.at == first for one in found)
    return LIKELY if known else PERHAPS if sheet.workbook else 0


def _is_rule(line: Line) -> bool:
    """Whether a line is the rule below the headings of a table in Markdown, which is part of a text."""
    return len(line.cells) > 1 and all(_RULE.fullmatch(cell.text.strip()) for cell in line.cells)


def read_sheet(sheet: Sheet, asked: Asked) -> Statement | Refused:
    """The rows of a table, each with its figures; sums are checked and left out. All that is wrong is told at once."""
    layout = layout_of(sheet, asked)
    if not isinstance(layout, Layout):
        return layout
    unit = _unit_asked(asked, sheet.path)
    if isinstance(unit, Finding):
        return (unit,)
    titled = [one for one in layout.captions.units if unit and one[0].currency in ("", asked.currency)]
    other = next((one for one, _ in titled if unit and one.factor != unit.factor), None)
    if other and any(one.told_by for one in layout.money):
        said = f"the titles say {other.name(asked.currency)}, and --unit says {asked.unit}"
        return (refused(sheet.path, f"{said}: which unit holds is not clear"),)
    reading = reading_of(sheet, with_unit(layout, unit), asked.currency)
    entries = list(entries_of(reading))
    made = _made(reading, entries)
    found = [*faults_of_table(reading, entries, made.inside), *made.faults]
    if found:
        unread = [one for row in made.rows for one in row.unread.values() if NO_UNIT not in one.message]
        return _shortened([*found, *unread], sheet.path)
    faults, unchecked = held_sums(_counted(reading, entries, made.inside), asked.currency)
    return Statement(
        f"table of amounts, {sheet.path}",
        "table",
        sheet.path,
        tuple(made.rows),
        faults=(*faults, *_row_sums(reading, entries)),
        unread=tuple(_unread_sums(entries)),
        taken=(*sheet.notes, *_taken(reading, entries, made), *_unchecked(unchecked)),
        columns=layout.taken,
    )


class _Made(Struct, frozen=True):
    """The rows that entries come to, which lines lie in another, and what stands in the way of the table."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    inside: set[int] = field(default_factory=set)
    beside: list[Entry] = field(default_factory=list)


def _unit_asked(asked: Asked, path: str) -> Unit | Finding | None:
    if asked.unit is None:
        return None
    try:
        return Unit(unit_factor(unit_name(asked.unit, asked.currency), asked.currency))
    except (AmountError, KeyError) as error:
        return refused(path, str(error))


def _made(reading: Reading, entries: Sequence[Entry]) -> _Made:
    made = _Made()
    parents, unclear = parents_of(reading, entries)
    made.faults.extend(unclear)
    for at, entry in enumerate(entries):
        made.faults.extend(entry.faults)
        parent = parents.get(at)
        if parent is not None:
            made.inside.add(at)
        if entry.kind != "line" or entry.faults:
            continue
        if parent is not None and entries[parent].kind != "line":
            made.beside.append(entry)
            continue
        outer = reading.sheet.place(entries[parent].line) if parent is not None else None
        if parent is not None and entry.years is None:
            entry = replace(entry, years=entries[parent].years)  # noqa: PLW2901 - the year of its row is that of a part
        made.rows.extend(_rows(reading, entry, outer))
    return made


def _rows(reading: Reading, entry: Entry, outer: Place | None) -> Iterator[Row]:
    """One row for each year that has a figure; of a line without any figure one for all of them."""
    groups: dict[Years | None, list[Money]] = {}
    for column in reading.layout.money:
        groups.setdefault(column.years or entry.years, []).append(column)
    stated = {years: columns for years, columns in groups.items() if any(one.at in entry.figures for one in columns)}
    if not stated and len(groups) > 1:
        stated = dict(list(groups.items())[:1])
    places = line_places(reading, entry)
    for years, columns in (stated or groups).items():
        first, last = years or (0, 0)
        found = {one.role: entry.figures[one.at] for one in columns if one.at in entry.figures}
        yield Row(
            reading.sheet.place(entry.line),
            first,
            last,
            entry.keys.get("code", ""),
            entry.name,
            entry.keys.get("kind", reading.layout.kind),
            entry.keys.get("recipient", ""),
            entry.keys.get("org_number", ""),
            entry.keys.get("id", ""),
            {role: one for role, one in found.items() if isinstance(one, Amount)},
            notes=entry.notes,
            places={one.role: places[one.at] for one in columns},
            unread={role: one for role, one in found.items() if isinstance(one, Finding)},
            part_of=outer,
        )


def _shortened(found: Sequence[Finding], path: str) -> Refused:
    by_place = {(one.place, one.message): one for one in found}
    ordered = sorted(by_place.values(), key=lambda one: (one.place.line, one.place.column))
    if len(ordered) <= _MOST_FAULTS:
        return tuple(ordered)
    more = refused(path, f"and {len(ordered) - _MOST_FAULTS} more", ordered[_MOST_FAULTS].place.line)
    return (*ordered[:_MOST_FAULTS], more)


def _counted(reading: Reading, entries: Sequence[Entry], inside: set[int]) -> list[Counted]:
    """The rows as sums see them: a code inside that of another row is not counted beside it."""
    codes = {(one.keys["code"], one.years) for one in entries if one.kind == "line" and one.keys.get("code")}
    found = []
    for at, entry in enumerate(entries):
        if entry.kind not in ("line", "sum"):
            continue
        code = entry.keys.get("code", "") if entry.kind == "line" else ""
        words = code.split(" ")
        within = any((" ".join(words[:end]), entry.years) in codes for end in range(1, min(len(words), _DEEPEST)))
        named = YEARS.findall(entry.name) if entry.kind == "sum" and not entry.years else []
        year = entry.years[0] if entry.years else int(named[0][0]) if len(named) == 1 else 0
        place = reading.sheet.place(entry.line)
        found.append(
            Counted(
                place,
                entry.name,
                year,
                entry.known,
                line_places(reading, entry),
                is_sum=entry.kind == "sum",
                inside=at in inside or within,
            )
        )
    return found


def _row_sums(reading: Reading, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Rows whose years do not come to the sum beside them."""
    for entry in entries:
        for column in reading.layout.row_sums:
            said = entry.figures.get(column.at)
            figures = [entry.figures[one.at] for one in reading.layout.money if one.years and one.at in entry.figures]
            known = [one for one in figures if isinstance(one, Amount)]
            if not isinstance(said, Amount) or len(known) < len(figures) or not known:
                continue
            came_to = add_up(known)
            if not said.interval.meets(came_to.interval):
                amounts = [range_words(one.interval, "kr") for one in (said, came_to)]
                name = unit_name("kr", reading.currency)
                message = f"'{column.heading}' says {amounts[0]} {name}, its years come to {amounts[1]} {name}"
                yield reading.said(entry.line, column.at, message)


def _unread_sums(entries: Iterable[Entry]) -> Iterator[Finding]:
    """The figures of sums that could not be read."""
    for entry in entries:
        if entry.kind == "sum":
            yield from (one for one in entry.figures.values() if isinstance(one, Finding))


def _taken(reading: Reading, entries: Sequence[Entry], made: _Made) -> Iterator[str]:
    """What was taken for what, and which lines were passed over."""
    layout = reading.layout
    words = [f"{key} from '{layout.headings[at]}'" for key, at in layout.keys.items()]
    words += [_money_words(column, reading.currency) for column in layout.money]
    if layout.years:
        words.append(f"the year {layout.years[0]}")
    if layout.kind:
        words.append(f"the kind {layout.kind}")
    unused = f"; not used: {', '.join(layout.unused)}" if layout.unused else ""
    yield f"columns: {', '.join(' '.join(one.split()) for one in words)}{unused}"
    changed = list(dict.fromkeys(note for entry in entries for note in entry.notes))
    if changed:
        yield f"codes: {_few(changed)}"
    sums = [f"'{entry.name}' (line {entry.line.number})" for entry in entries if entry.kind == "sum"]
    if sums:
        yield f"sums, which are no lines: {_few(sums)}"
    marked = list(_marked(reading, entries))
    if marked:
        yield f"marks behind figures, taken for notes: {_few(marked)}"
    passed = [entry for entry in entries if entry.kind == "text"]
    texts = [f"'{entry.name[:60]}' (line {entry.line.number})" for entry in passed]
    texts += [f"'{entry.name[:60]}' (line {entry.line.number}, a part of a sum)" for entry in made.beside]
    if texts:
        yield f"passed over, without a figure of a line: {_few(texts)}"


def _unchecked(sums: Sequence[Counted]) -> Iterator[str]:
    if sums:
        names = [f"'{one.name}' (line {one.place.line})" for one in sums]
        yield f"sums that are not checked, as a figure above them could not be read or is not stated: {_few(names)}"


def _money_words(column: Money, currency: str) -> str:
    in_unit = f" in {column.unit.name(currency)}" if column.unit else ""
    told = f" (by {column.told_by})" if column.told_by else ""
    year = "" if column.years is None else f" of {'-'.join(map(str, dict.fromkeys(column.years)))}"
    return f"{column.role}{year}{in_unit}{told} from '{column.heading}'"


def _marked(reading: Reading, entries: Iterable[Entry]) -> Iterator[str]:
    sheet = reading.sheet
    for entry in entries:
        for at, mark in entry.marks.items():
            where = sheet.cell_name(entry.line, at) if sheet.workbook else f"line {entry.line.number}"
            yield f"'{mark}' ({where})"


def _few(words: Sequence[str]) -> str:
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return f"{', '.join(words[:_NAMED])}{more}"
