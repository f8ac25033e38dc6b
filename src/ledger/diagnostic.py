"""Places in files, and what is found wrong there: one type for faults of reading and for every check."""

from typing import Literal, NamedTuple

from msgspec import Struct

Severity = Literal["error", "warning"]
Reach = Literal["lines", "registers", "ledger"]
"""What a check looks at besides a line and the lines in and around it.

`lines`: at most the goals. `registers`: agencies, sources, goals, claims, initiatives, and which of them lines name.
`ledger`: any line anywhere.
"""


class Place(NamedTuple):
    """Characters `column` to `end_column` (from 1, the end not included) of a line (from 1) of a file.

    `owner` is the id of the line, claim or other record that stands there; empty where there is none.
    """

    path: str
    line: int
    column: int
    end_column: int
    owner: str = ""

    def __str__(self) -> str:
        """`file:line:column`, as editors read it."""
        return f"{self.path}:{self.line}:{self.column}"


class Related(Struct, frozen=True, array_like=True):
    """Another place that the finding is about, and what stands there."""

    place: Place
    message: str
    text: str = ""


class Hint(Struct, frozen=True, array_like=True):
    """A likely cause: its kind (`missing-part`, `unit-slip` …), what to look at, and where when that is known."""

    kind: str
    message: str
    place: Place | None = None
    text: str = ""


class Finding(Struct, frozen=True, array_like=True):
    """What a check yields: it points at a thing, and names neither itself nor its severity."""

    place: Place
    message: str
    related: tuple[Related, ...] = ()
    hints: tuple[Hint, ...] = ()
    help: str = ""


class Diagnostic(Struct, frozen=True, array_like=True):
    """A finding with its check's id and severity, and the source line (`text`), so that showing it reads no file."""

    check: str
    severity: Severity
    place: Place
    message: str
    text: str = ""
    related: tuple[Related, ...] = ()
    hints: tuple[Hint, ...] = ()
    help: str = ""


def by_place(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    """The order in which findings are shown: file, line, column, then check and message."""
    place = diagnostic.place
    return place.path, place.line, place.column, diagnostic.check, diagnostic.message
