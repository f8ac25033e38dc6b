"""A line ↔ the cells that say it as a ledger file does: what an export has beside what a line comes to.

A cell that is more than one text is written as in a ledger file, between braces and brackets on one line:
`[{amount: "1,5 mnkr", source: pr-2024}, {amount: "3 mnkr"}]`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ledger.book import Book, Line
from ledger.reading.yaml.document import parse
from ledger.statements import Row
from ledger.writing.from_book import own_fields
from ledger.writing.yaml_records import Record
from ledger.writing.yaml_scalars import ESCAPES, CannotWriteError, Value, printable, scalar

WRITTEN = {
    "of": "of",
    "unit": "unit",
    "parts_are": "parts_are",
    "base_written": "base",
    "top_ups_each": "top_ups",
    "total_written": "total",
    "outcome_written": "outcome",
    "line_source": "source",
    "restated": "restated",
    "accept": "accept",
    "note": "note",
}
"""The columns, and the field of a line that each holds as it is written."""

_PLAIN = ("title", "kind", "code", "year", "recipient", "stage", "gender_marker", "decided")
"""The fields that a column of the same name holds as they are."""

_AS_THEY_ARE = frozenset(("of", "unit", "parts_are", "note"))
_LISTED = frozenset(("goals", "line_source"))
NEEDED = ("id", "parent", *_PLAIN, "counted", "goals", *WRITTEN, "currency")
"""The columns without which a line cannot be told in full."""

Cells = Mapping[str, str | tuple[str, ...]]


def written_cells(book: Book, line: Line) -> Cells:
    """The cells of a line in the columns of WRITTEN, empty where nothing is said, and the ledger's currency."""
    fields = own_fields(line, book.currency)
    found: dict[str, str | tuple[str, ...]] = {"currency": book.currency}
    for column, name in WRITTEN.items():
        value = fields.get(name, "")
        if column == "line_source":
            found[column] = line.sources
        else:
            found[column] = str(value) if column in _AS_THEY_ARE else _text(value)
    return found


def records_of_rows(rows: Sequence[Row]) -> tuple[list[Record], list[str]]:
    """The lines that rows of an export say, parts inside their lines, and what is wrong with them by id and column."""
    faults: list[str] = []
    tops: dict[str, dict[str, Value]] = {}
    made: dict[str, dict[str, Value]] = {}
    for row in rows:
        if row.id in made:
            faults.append(f"{row.place}: line '{row.id}': 'id' stands twice")
        made[row.id] = dict(_fields(row.cells, f"{row.place}: line '{row.id}'", faults))
    for row in rows:
        outer, _, name = row.id.rpartition("/")
        parts = made.get(outer, {}).setdefault("parts", {}) if outer else tops
        if outer and outer not in made:
            what = f"'parent' is '{outer}', which is not among these lines"
            faults.append(f"{row.place}: line '{row.id}': {what}: export it, or choose it, too")
        elif isinstance(parts, dict):
            parts[name] = made[row.id]
    return [Record("allocations", name, fields) for name, fields in tops.items()], faults


def missing_columns(rows: Iterable[Row]) -> list[str]:
    """The columns that a table lacks to tell its lines in full."""
    there = next((row.cells.keys() for row in rows), NEEDED)
    return [name for name in NEEDED if name not in there]


def _fields(cells: Mapping[str, str], who: str, faults: list[str]) -> Iterator[tuple[str, Value]]:
    """The fields of a line: all that parts would inherit is said, so that none does."""
    yield from ((name, cells[name]) for name in _PLAIN if cells[name])
    yield "goals", _listed(cells["goals"])
    yield "source", _listed(cells["line_source"])
    counted = {"true": "yes", "false": "no"}.get(cells["counted"].casefold())
    if counted is None:
        faults.append(f"{who}: 'counted' is '{cells['counted']}': true or false")
    yield "counted", counted or "yes"
    for column, name in WRITTEN.items():
        text = cells[column]
        if not text or column in _LISTED:
            continue
        value = text if column in _AS_THEY_ARE else _value(text)
        if value is None:
            faults.append(f"{who}: '{column}' cannot be read: {text[:80]}")
        else:
            yield name, value


def _listed(text: str) -> list[str]:
    return text.split(";") if text else []


def _text(value: Value) -> str:
    """A value on one line; a text alone as it is, unless it would be read as more than one."""
    if isinstance(value, str):
        return _scalar(value) if value[:1] in ("{", "[", '"') else value
    return _flow(value)


def _flow(value: Value) -> str:
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(one)}' for key, one in value.items())}}}"
    return f"[{', '.join(map(_flow, value))}]"


def _scalar(text: str) -> str:
    """A text as YAML; with what no file of ours may hold as escapes, for an export shows whatever a ledger says."""
    try:
        return scalar(text, flow=True)
    except CannotWriteError:
        return f'"{printable(text.translate(ESCAPES))}"'


def _value(text: str) -> Value | None:
    """What a cell says; nothing where it is no text and cannot be read as a ledger file is."""
    if text[0] not in '{["':
        return text
    read = parse(f"x: {text}\n".encode("utf-8", "replace"), "cell")
    return None if read.faults or list(read.root) != ["x"] else _plain(read.root["x"])


def _plain(value: object) -> Value:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, Sequence) and not isinstance(value, str) else str(value)
