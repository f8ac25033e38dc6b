"""Which column of a table holds what: as `--columns` says it, read from a file, and kept for the next delivery."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer
from msgspec import Struct, field

from ledger.output import FAILED, emit, fail, say
from ledger.statements import Asked, Statement

_MEANING = re.compile(r"([a-z_-]+)=(.*)", re.DOTALL)
_BETWEEN = re.compile(r",\s*(?=[a-z_-]+=)")
_LARGEST = 2**16
_FIELDS = ("columns", "header_row", "unit")


class Shape(Struct, frozen=True):
    """What the command line says of a table, and the file that it is kept in."""

    columns: Mapping[str, str] = field(default_factory=dict)
    header_row: int | None = None
    unit: str | None = None
    save: Path | None = None
    sheet: str = ""
    encoding: str = ""

    def asked(self, unit: str | None, currency: str) -> Asked:
        """With the unit of the command line before that of a file, and the ledger's currency."""
        return Asked(unit or self.unit, currency, self.sheet, self.encoding, self.header_row, self.columns)


def shape_of(
    columns: Sequence[str] | None,
    header_row: int | None,
    save: Path | None,
    sheet: str | None = None,
    encoding: str | None = None,
) -> Shape:
    """What the options say together: those on the command line overrule a file's. A fault ends the command."""
    found: dict[str, str] = {}
    kept = Shape()
    for text in columns or ():
        if _MEANING.fullmatch(text):
            for pair in _BETWEEN.split(text):
                match = _MEANING.fullmatch(pair)
                if match is None:
                    fail(f"--columns: '{pair}' is not MEANING=COLUMN, such as code=Anslag")
                found["total" if match[1] == "amount" else match[1]] = match[2].strip()
        else:
            kept = _from_file(Path(text))
    row = header_row if header_row is not None else kept.header_row
    return Shape({**kept.columns, **found}, row, kept.unit, save, sheet or "", encoding or "")


def _from_file(path: Path) -> Shape:
    from ledger.reading.yaml.document import parse
    from ledger.reading.yaml.nodes import Map

    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        fail(f"--columns: cannot read '{path}': {(error.strerror or 'unknown reason').lower()}")
    if len(data) > _LARGEST:
        fail(f"--columns: '{path}' is larger than a file of columns")
    read = parse(data, path.as_posix())
    wrong = [f"{fault.place}: {fault.message}" for fault in read.faults]
    wrong += [f"{path.as_posix()}: unknown field '{key}'" for key in read.root if key not in _FIELDS]
    columns = read.root.get("columns", Map())
    if not isinstance(columns, Map) or not all(isinstance(value, str) for value in columns.values()):
        wrong.append(f"{path.as_posix()}: 'columns' holds texts: what is held, and the heading of its column")
    row, unit = read.root.get("header_row", ""), read.root.get("unit", "")
    if not isinstance(row, str) or not re.fullmatch(r"[1-9]\d{0,6}|", row, re.ASCII) or not isinstance(unit, str):
        wrong.append(f"{path.as_posix()}: 'header_row' is a number, and 'unit' a text")
    for message in wrong:
        say(f"ledger: --columns: {message}")
    if wrong or not isinstance(columns, Map):
        raise typer.Exit(FAILED)
    texts = {key: value for key, value in columns.items() if isinstance(value, str)}
    return Shape(texts, int(str(row)) if row else None, str(unit) or None)


def keep_columns(shape: Shape, statement: Statement, unit: str | None) -> None:
    """Write what was taken from which column into the file that is asked for."""
    from ledger.writing.yaml_scalars import scalar

    if shape.save is None:
        return
    if not statement.columns:
        fail(f"--save-columns: '{statement.path}' is not read by its columns: nothing is to be kept")
    lines = [
        f"# How the columns of {Path(statement.path).name} were read: for --columns with the next one.",
        "columns:",
    ]
    lines += [f"  {meaning}: {scalar(heading)}" for meaning, heading in statement.columns.items()]
    for meaning, constant in (("year", r"\d{4}"), ("kind", "[a-z]+")):
        if re.fullmatch(constant, shape.columns.get(meaning, "")) and meaning not in statement.columns:
            lines.append(f"  {meaning}: {shape.columns[meaning]}")
    if unit or shape.unit:
        lines.append(f"unit: {unit or shape.unit}")
    try:
        shape.save.parent.mkdir(exist_ok=True)
    except OSError as error:
        fail(f"--save-columns: cannot make '{shape.save.parent}': {(error.strerror or 'unknown reason').lower()}")
    emit("\n".join(lines) + "\n", shape.save)
    say(f"ledger: columns kept: {shape.save.as_posix()}")


def say_taken(statement: Statement) -> None:
    """Say how a table was read."""
    for words in statement.taken:
        say(f"ledger: {words}")
