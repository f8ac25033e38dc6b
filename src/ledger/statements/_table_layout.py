"""Where the headings of a table stand, and what each of its columns holds."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.diagnostic import Finding
from ledger.statements._column_headings import FIGURES, KEYS, Heading, heading_of, same
from ledger.statements._header_row import Headed, header_of
from ledger.statements._money_units import Unit
from ledger.statements._sheet import Sheet
from ledger.statements._statement import Asked, Refused, Role
from ledger.statements._table_captions import Captions, captions_of
from ledger.suggestion import did_you_mean

TELLING = ("id", "code", "area", "recipient", "org_number")
"""What a line is told by."""

Years = tuple[int, int]


class Money(Struct, frozen=True):
    """A column of amounts: its role, the years that its heading names, the unit of bare figures and what told it."""

    at: int
    role: Role
    heading: str
    years: Years | None = None
    unit: Unit | None = None
    told_by: str = ""


class Layout(Struct, frozen=True):
    """What was made of a table. `last` is the index of the last line of its headings among those of the sheet.

    `row_sums` are columns that hold the sum of the years beside them. `years` is that of every row, where no column
    tells it, and `kind` theirs, where the user says so; `captions` are what the texts around the table say.
    """

    last: int
    headings: tuple[str, ...]
    keys: Mapping[str, int] = field(default_factory=dict)
    money: tuple[Money, ...] = ()
    row_sums: tuple[Money, ...] = ()
    years: Years | None = None
    kind: str = ""
    captions: Captions = field(default_factory=Captions)

    @property
    def used(self) -> frozenset[int]:
        """The columns that something is taken from."""
        columns = (column.at for column in (*self.money, *self.row_sums))
        return frozenset((*self.keys.values(), *columns))

    @property
    def unused(self) -> tuple[str, ...]:
        """The headings of the others."""
        return tuple(name for at, name in enumerate(self.headings) if name and at not in self.used)

    @property
    def taken(self) -> dict[str, str]:
        """What was taken from which column, as `--columns` says it; columns of years are found again by themselves."""
        names = [same(name) for name in self.headings]
        found: dict[str, str] = {}
        pairs = (*self.keys.items(), *((one.role, one.at) for one in self.money if one.years is None))
        for meaning, at in pairs:
            name = self.headings[at]
            found[meaning.replace("-", "_")] = name if names.count(same(name)) == 1 else str(at + 1)
        return found


def layout_of(sheet: Sheet, asked: Asked) -> Layout | Refused:
    """The layout of a sheet; every reason why it has none."""
    headed = header_of(sheet, asked)
    if not isinstance(headed, Headed):
        return headed
    place = sheet.place(sheet.lines[headed.last])
    chosen, faults = _chosen(headed, asked)
    meanings = {
        at: heading
        for at, heading in enumerate(headed.headings)
        if all(at not in columns for columns in chosen.values())
    }
    keys, wrong = _keys(headed, meanings, chosen, asked)
    captions = captions_of(sheet, headed.last)
    money, more = _money(headed, meanings, chosen, captions)
    sums = [one for one in money if one.years is None and headed.headings[one.at].of_all and _has_years(money)]
    sums += [one for one in money if _spans_others(one, money)]
    money = [one for one in money if one not in sums]
    years, unclear = _years(asked, captions, keys, money)
    found = [*faults, *headed.faults, *wrong, *more, *unclear] or list(_lacking(headed, keys, money, years))
    if found:
        return tuple(Finding(place, message) for message in found)
    return Layout(
        headed.last, headed.texts, keys, tuple(money), tuple(sums), years, _kind(asked, headed.texts), captions
    )


def _spans_others(period: Money, money: Sequence[Money]) -> bool:
    """Whether a column is of a period whose own years have columns too: then it holds their sum."""
    first, last = period.years or (0, 0)
    inside = [one.years for one in money if one.years and one.years != period.years and one.role == period.role]
    return first < last and any(first <= years[0] and years[1] <= last for years in inside)


def _has_years(money: Sequence[Money]) -> bool:
    return any(one.years is not None for one in money)


def _chosen(headed: Headed, asked: Asked) -> tuple[dict[str, tuple[int, ...]], list[str]]:
    """The columns that the user names, by their heading, letter or number; several of years by `2023+2024`."""
    found: dict[str, tuple[int, ...]] = {}
    wrong: list[str] = []
    names = [same(text) for text in headed.texts]
    for meaning, wanted in asked.columns.items():
        key = _meaning(meaning)
        if key is None:
            known = [*KEYS, *(role.replace("-", "_") for role in FIGURES), "amount"]
            wrong.append(f"--columns: '{meaning}' is not what a column can hold{did_you_mean(meaning, known)}")
            continue
        constant = key == "year" and re.fullmatch(r"\d{4}", wanted) and same(wanted) not in names
        if not wanted or constant or (key == "kind" and _kind(asked, headed.texts)):
            continue
        whole = column_of(wanted, headed.texts)
        several = [column_of(one.strip(), headed.texts) for one in wanted.split("+")] if whole is None else [whole]
        known_ones = tuple(at for at in several if at is not None)
        if len(known_ones) < len(several):
            there = ", ".join(filter(None, headed.texts))
            wrong.append(
                f"--columns: no column '{wanted}'{did_you_mean(wanted, list(headed.texts))} (there are {there})"
            )
        else:
            found[key] = known_ones
    return found, wrong


def _kind(asked: Asked, headings: Sequence[str]) -> str:
    """The kind of all rows, where the user names one instead of a column: `kind=grant`."""
    wanted = asked.columns.get("kind", "")
    return wanted if re.fullmatch("[a-z]+", wanted) and column_of(wanted, headings) is None else ""


def _meaning(word: str) -> str | None:
    plain = {"amount": "total", "title": "name"}.get(word, word.replace("_", "-") if word == "top_ups" else word)
    return plain if plain in KEYS or plain in FIGURES else None


def column_of(wanted: str, headings: Sequence[str]) -> int | None:
    """The index of a column by its heading, else its letter (`C`) or number from 1."""
    names = [same(text) for text in headings]
    if names.count(same(wanted)) == 1:
        return names.index(same(wanted))
    if re.fullmatch(r"[A-Za-z]{1,3}", wanted):
        at = 0
        for letter in wanted.upper():
            at = at * 26 + ord(letter) - 64
        return at - 1 if at <= len(headings) else None
    if re.fullmatch(r"[0-9]{1,5}", wanted) and 1 <= int(wanted) <= len(headings):
        return int(wanted) - 1
    return None


def _keys(
    headed: Headed, meanings: Mapping[int, Heading], chosen: Mapping[str, tuple[int, ...]], asked: Asked
) -> tuple[dict[str, int], list[str]]:
    keys = {key: columns[0] for key, columns in chosen.items() if key in KEYS}
    left_out = {_meaning(word) for word, wanted in asked.columns.items() if not wanted or word in ("year", "kind")}
    wrong = []
    for at, heading in meanings.items():
        key = heading.meaning
        if key not in KEYS or key in chosen or key in left_out:
            continue
        if key in keys and key == "name":
            continue
        if key in keys:
            wrong.append(f"two columns of one meaning: '{headed.texts[keys[key]]}' and '{headed.texts[at]}'")
        else:
            keys[key] = at
    return keys, wrong


def _money(
    headed: Headed, meanings: Mapping[int, Heading], chosen: Mapping[str, tuple[int, ...]], captions: Captions
) -> tuple[list[Money], list[str]]:
    """The columns of amounts; two of one role and year are refused."""
    money = [_column(headed, at, role, captions) for role in FIGURES for at in chosen.get(role, ())]
    wrong = []
    for at, heading in meanings.items():
        role = heading.role
        if role is None or (role in chosen and not heading.years):
            continue
        if heading.fault:
            wrong.append(heading.fault)
            continue
        told = captions.role if heading.generic else None
        if told == "unclear":
            words = " and ".join(captions.role_words)
            said = f"the titles name {words}: which figure '{headed.texts[at]}' is, is not clear"
            wrong.append(f"{said}; name it with --columns")
            continue
        money.append(_column(headed, at, told or role, captions))
    seen: dict[tuple[Role, Years | None], Money] = {}
    for one in money:
        first = seen.setdefault((one.role, one.years), one)
        if first is not one:
            wrong.append(f"two columns of one meaning: '{first.heading}' and '{one.heading}'")
    wrong += [heading.fault for heading in meanings.values() if heading.fault and heading.role is None]
    return money, wrong


def _column(headed: Headed, at: int, role: Role, captions: Captions) -> Money:
    heading = headed.headings[at]
    own = heading.unit or heading_of(headed.texts[at]).unit
    unit = own or captions.unit
    told = "" if own or unit is None else "the titles"
    return Money(at, role, headed.texts[at], heading.years, unit, told)


def _years(
    asked: Asked, captions: Captions, keys: Mapping[str, int], money: Sequence[Money]
) -> tuple[Years | None, list[str]]:
    """The year of all rows: the one that is asked for, else the one that the titles name."""
    wanted = asked.columns.get("year", "")
    if re.fullmatch(r"\d{4}", wanted) and "year" not in keys:
        return (int(wanted), int(wanted)), []
    if "year" in keys or not money or all(one.years for one in money):
        both = "year" in keys and _has_years(money)
        return None, ["a column of years and years as columns: say which with --columns"] if both else []
    if "id" in keys or len(captions.years) != 1:
        if len(captions.years) > 1 and "id" not in keys:
            there = ", ".join(f"{year} (line {line})" for year, line in captions.years)
            return None, [f"the titles name several years: {there}; say which with --columns year=YEAR"]
        return None, []
    [(year, _)] = captions.years
    return (year, year), []


def _lacking(headed: Headed, keys: Mapping[str, int], money: Sequence[Money], years: Years | None) -> Iterator[str]:
    there = ", ".join(filter(None, headed.texts))
    if not any(key in keys for key in TELLING):
        yield f"no column tells the lines: name one id, code or recipient (there are {there})"
    dated = "year" in keys or "id" in keys or years
    if not dated and (not money or not all(one.years for one in money)):
        yield f"no column 'year' (there are {there})"
    if not money:
        yield f"no column of amounts: name one amount, total or base (there are {there})"


def with_unit(layout: Layout, unit: Unit | None) -> Layout:
    """The layout with the unit that the user gives for columns that have none."""
    if unit is None:
        return layout
    return replace(
        layout,
        money=tuple(one if one.unit else replace(one, unit=unit, told_by="--unit") for one in layout.money),
        row_sums=tuple(one if one.unit else replace(one, unit=unit, told_by="--unit") for one in layout.row_sums),
    )
