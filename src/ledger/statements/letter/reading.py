"""An appropriation letter's text → its tree.

Today's layout prints, in tkr, a total for each agency and then its items. The layout of 2003 prints a unit after each
figure, a total for the appropriation and then its items, each with its agency under it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ledger.diagnostic import Finding, Place
from ledger.money import AmountError, unit_factor
from ledger.statements._money_units import unit_of
from ledger.statements._statement import Refused, refused
from ledger.statements.letter.amounts import with_minus
from ledger.statements.letter.conditions import conditions_of
from ledger.statements.letter.page import Line, lines_of
from ledger.statements.letter.rows import Parted, Written, parted
from ledger.statements.letter.settling import Drafted, Settling
from ledger.statements.letter.tree import Appropriation, Item, Letter, Share

_YEAR = re.compile(r"budgetåret\s+(\d{4})", re.IGNORECASE)
_TITLE = re.compile(r"^.*Regleringsbrev\b.*\bbudgetåret\s+\d{4}.*$", re.IGNORECASE)
_AMENDING = re.compile(r"^.*Ändring av regleringsbrev.*\bbudgetåret\s+\d{4}.*$", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_REFERENCE = re.compile(r"(?<![\w/])[A-ZÅÄÖ][a-zåäöA-Z]{0,2}\d{4}/\d{3,6}(?:/[A-ZÅÄÖ][A-Za-zÅÄÖåäö]*)*")
_IN_UNITS = re.compile(r"belopp(?:en)? (?:är )?(?:angivna |angivet )?i ([^\W\d][^()\n.;:]{1,30})", re.IGNORECASE)
_NO_FIGURE_ALONE = re.compile(
    r"(?:\d[.,]\d+|\d ?(?:<sup>.{1,9}</sup>|\[\w{1,3}\]|[a-z]\)|[:,][-–]|%)"
    r"|(?:(?<![^\W\d])(?:högst|minst|max|maximalt|cirka|ca\.?|drygt|knappt)|[~≈<>≤≥+]|(?<!\d)\d\))[^\S\t]*\d[\d\s]*)$",
    re.IGNORECASE,
)
"""A row whose end is no whole figure by itself: decimals, the mark of a note, a limit."""

_AREA = re.compile(r"(?:utgiftsområde|utg\. ?(?:omr\.|område)|utg\.omr\.)\s*(\d{1,2})(?!\d)", re.IGNORECASE)
_END = 60
"""Characters at the end of a row that are looked at."""

_HEAD = 60
"""Lines in which the head of a letter without a heading over its table is looked for."""


def read_letter(text: str, path: str, unit: str | None = None) -> Letter | Refused:
    """The tree of a letter, or why there is none. `unit` is that of figures without one, else the table's, else tkr."""
    try:
        lines = [Line(number, with_minus(text.strip("\u00a0 "))) for number, text in lines_of(text)]
    except ValueError as error:
        return (refused(path, f"not readable as HTML: {error}"),)
    found = parted(lines, path)
    year = _YEAR.search("\n".join(line.text for line in lines))
    wrong = []
    if not any(row.kind in ("agency", "item") for row in found.rows):
        wrong.append(refused(path, "no table of a letter: no row begins with 'Disponeras av' or 'ap.1'"))
    if year is None:
        wrong.append(refused(path, "no budget year: a letter's title says 'Regleringsbrev för budgetåret 2021'"))
    try:
        default, said = _unit(lines, unit)
        unit_factor(default)
    except AmountError as error:
        default, said = "tkr", True
        wrong.append(refused(path, str(error)))
    if wrong or year is None:
        return tuple(wrong)
    head = [line.text for line in lines[: min(found.first, _HEAD)]]
    settling = Settling(default, _mentions(lines, found))
    made = _appropriations(settling, found, _only_area(lines[:_HEAD]), _title(lines))
    notes = []
    if settling.without_unit and not said:
        notes.append("Figures of the letter without a unit are read as tkr, as letters are printed.")
    if found.older:
        notes.append("The statement's table of appropriations of earlier years is not read.")
    conditions, unread = conditions_of(found.said, [one.code for one in made])
    return Letter(
        _title(lines) or f"Regleringsbrev för budgetåret {year[1]}",
        path,
        int(year[1]),
        _decided(head),
        tuple(dict.fromkeys(_REFERENCE.findall("\n".join(head).replace("Dnr", " ")))) or _glued(head),
        made,
        conditions,
        tuple(notes),
        (*settling.faults, *_twice(made), *_unclear(found.rows), *unread),
    )


def _unclear(rows: Sequence[Written]) -> Iterator[Finding]:
    """The rows that end in more or less than a whole figure."""
    for row in rows:
        end = _NO_FIGURE_ALONE.search(row.rest.rstrip()[-_END:]) if row.kind in ("agency", "item") else None
        if end:
            yield Finding(row.place, f"'{end[0].strip()}' is not a figure alone: what this row states is not clear")


def _twice(made: Sequence[Appropriation]) -> Iterator[Finding]:
    """The appropriations that stand a second time: which of the two holds is not to be told."""
    seen: dict[str, Place] = {}
    for one in made:
        if one.code in seen:
            yield Finding(
                one.place, f"{one.code} stands in line {seen[one.code].line} already: leave one of the two out"
            )
        elif one.code:
            seen[one.code] = one.place


def _unit(lines: Sequence[Line], unit: str | None) -> tuple[str, bool]:
    """The unit of figures that have none, and whether the user or the heading of the table says it.

    Raises AmountError for one that is none of a letter.
    """
    for line in lines:
        said = _IN_UNITS.search(line.text)
        if said and "tilldelade" in line.text.casefold():
            named = unit_of(said[1])
            if named is None or named.currency not in ("", "SEK"):
                raise AmountError(f"the letter's amounts are in '{said[1].strip()}', and a letter's are in kronor")
            return named.name("SEK"), True
    return unit or "tkr", unit is not None


def _title(lines: Sequence[Line]) -> str:
    for line in lines:
        if _TITLE.match(line.text) or _AMENDING.match(line.text):
            return " ".join(line.text.split())
    return ""


def _decided(head: Sequence[str]) -> str:
    dates = [date for text in head for date in _DATE.findall(re.sub(r"(\d{4}-\d{2}-\d{2})(?=[A-ZÅÄÖ])", r"\1 ", text))]
    return dates[0] if dates else ""


def _glued(head: Sequence[str]) -> tuple[str, ...]:
    """References that stand right behind the date: `2004-12-16Fi2004/5504`."""
    loose = re.sub(r"(\d{4}-\d{2}-\d{2})(?=[A-ZÅÄÖ])", r"\1 ", "\n".join(head))
    return tuple(dict.fromkeys(_REFERENCE.findall(loose)))


def _only_area(head: Sequence[Line]) -> str:
    """The one area that the head names."""
    areas = {found for line in head for found in _AREA.findall(line.text)}
    return areas.pop() if len(areas) == 1 else ""


def _appropriations(settling: Settling, found: Parted, area: str, title: str) -> tuple[Appropriation, ...]:
    """The rows as a tree. An appropriation that no row names is the one of the title, when it names one."""
    groups: list[tuple[str, Written | None, list[Written]]] = []
    for row in found.rows:
        if row.kind == "area":
            area = row.run
        elif row.kind == "appropriation":
            groups.append((area, row, []))
        else:
            if not groups:
                groups.append((area, None, []))
            groups[-1][2].append(row)
    named = re.search(r"\banslage?t?\s+(\d{1,2}:\d{1,3})\s*(.*?)(?:\s+inom\b.*)?$", title)
    made = []
    for number, head, inside in groups:
        run, name = (head.run, head.rest) if head else (named[1], f"{named[2]}\t") if named else ("", "\t")
        code = f"UO{number} {run}" if number and run else ""
        place = head.place if head else inside[0].place
        if not code:
            settling.faults.append(Finding(place, f"the appropriation's area or number is not known: '{run or '?'}'"))
        made.append(_appropriation(settling, code, name, place, inside))
    return tuple(made)


def _mentions(lines: Sequence[Line], found: Parted) -> frozenset[str]:
    """The items that are named outside the tables, where a space follows the number."""
    tables = {row.place.line for row in found.rows}
    said = (line.text for line in lines if line.number not in tables)
    return frozenset(code for text in said for code in re.findall(r"\bap\.?\s?(\d+(?:\.\d+)*)(?=[\s(,;]|$)", text))


def _appropriation(settling: Settling, code: str, rest: str, place: Place, inside: Sequence[Written]) -> Appropriation:
    drafts = [settling.draft(row) for row in inside]
    own = settling.draft(Written("appropriation", "", rest, place))
    below = own.readings and not any(draft.row.kind == "agency" and draft.readings for draft in drafts)
    if below:
        return _as_in_2003(settling, code, own, drafts)
    shares = []
    for group in _shares(drafts):
        head, items = (group[0], group[1:]) if group[0].row.kind == "agency" else (None, group)
        settling.settle(head, [draft for draft in items if "." not in draft.code])
        if head is None:
            settling.faults.append(Finding(items[0].row.place, "an item before any 'Disponeras av'"))
        agency = head.name if head else ""
        amount = head.amount if head else None
        shares.append(Share(agency, amount, group[0].row.place, _items(items)))
    return Appropriation(code, own.name, None, place, tuple(shares))


def _as_in_2003(settling: Settling, code: str, own: Drafted, drafts: Sequence[Drafted]) -> Appropriation:
    """The appropriation has the total, and each item its agency under it."""
    items = [draft for draft in drafts if draft.row.kind == "item"]
    settling.settle(own, [draft for draft in items if "." not in draft.code])
    pairs: list[tuple[str, Drafted]] = []
    waiting: list[Drafted] = []
    named = ""
    for draft in drafts:
        if draft.row.kind == "item":
            waiting.append(draft)
        else:
            named = draft.row.rest.strip()
            pairs += [(named, one) for one in waiting]
            waiting = []
    pairs += [("", one) for one in waiting]
    shares = []
    for agency, group in groupby(pairs, lambda pair: pair[0]):
        inside = [one for _, one in group]
        shares.append(Share(agency, None, inside[0].row.place, _items(inside)))
    if not items and named:
        shares.append(Share(named, None, own.row.place))
    return Appropriation(code, own.name, own.amount, own.row.place, tuple(shares))


def _shares(drafts: Sequence[Drafted]) -> list[list[Drafted]]:
    """The rows in groups that each begin with an agency."""
    groups: list[list[Drafted]] = []
    for draft in drafts:
        if draft.row.kind == "agency" or not groups:
            groups.append([])
        groups[-1].append(draft)
    return groups


def _items(drafts: Sequence[Drafted]) -> tuple[Item, ...]:
    """Items, each with the sub-items that follow it."""
    made: list[Item] = []
    for draft in drafts:
        code = f"ap.{draft.code}" if draft.code else ""
        item = Item(code, draft.name, draft.amount, draft.row.place)
        if made and code.count(".") > 1 and code.startswith(f"{made[-1].code}."):
            made[-1] = Item(made[-1].code, made[-1].name, made[-1].amount, made[-1].place, (*made[-1].parts, item))
        else:
            made.append(item)
    return tuple(made)
