"""`scan`: any text or page with amounts of money in it."""

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from fuzz.promises import Came, demand, fit_to_print, kinds
from fuzz.seeds import sentences as seeds
from ledger.render.csv_ import table as as_csv
from ledger.render.json_ import one_line
from ledger.render.table import table as as_table
from ledger.statements._encoding import UTF_16_MARKS
from ledger.statements.running_text import Mention, UnreadableError, listed, mentions, record

__all__ = ["attempt", "lines", "seeds"]

_NAMES = ("a.md", "a.html", "a.txt", "-")


def attempt(data: bytes) -> Came:
    """Find the amounts, whole and in small pieces, and write them as a table, as CSV and as JSON."""
    chance = crc32(data)
    path = _NAMES[chance % len(_NAMES)]
    found = _read([data], path)
    if chance % 8 < 2:
        again = _read(list(_pieces(data, 1 + chance // 8 % 97)), path)
        same = again == found or (isinstance(again, str) and isinstance(found, str))
        demand(kept=same, promise="what is found does not depend on how the text comes in")
    if isinstance(found, str):
        return Came(fit_to_print(found), kinds([found]))
    _inside(found, data)
    table = listed(found, [path])
    as_csv(table)
    printed = [as_table(table), *(one_line(record(one, path=False)) for one in found)]
    told = {f"{one.found.role} {one.found.currency} {one.found.unreadable}" for one in found}
    return Came(fit_to_print(*printed), kinds(told))


def _read(chunks: list[bytes], path: str) -> list[Mention] | str:
    try:
        return list(mentions(chunks, path))
    except UnreadableError as error:
        return f"{error.finding.place}: {error.finding.message}\n"


def _pieces(data: bytes, size: int) -> Iterator[bytes]:
    yield from (data[at : at + size] for at in range(0, len(data), size))


def _inside(found: list[Mention], data: bytes) -> None:
    """Every amount begins inside the text, and its limits are in order."""
    text = (
        data.decode("utf-16" if data.startswith(UTF_16_MARKS) else "utf-8-sig")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .split("\n")
    )
    for place, one in ((mention.place, mention.found) for mention in found):
        right = 1 <= place.line <= len(text) and 1 <= place.column <= len(text[place.line - 1])
        demand(kept=right, promise=f"{place} is inside the text")
        limits = one.interval
        ordered = limits is None or limits.low is None or limits.high is None or limits.low <= limits.high
        demand(kept=ordered, promise="the limits of an amount are in order")
        demand(kept=bool(limits) != bool(one.unreadable), promise="an amount is read, or there is a reason why not")


def lines(data: bytes) -> list[list[str]]:
    """The command on a file whose name says what it is, or does not."""
    chance = crc32(data)
    name = _NAMES[chance % 3]
    Path(name).write_bytes(data)
    return [["scan", name, "--format", ("table", "json", "csv", "markdown")[chance // 3 % 4]]]
