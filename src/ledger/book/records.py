"""The resolved ledger as plain frozen data: what each line states, who says so, and where it is written."""

from calendar import monthrange
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from ledger.diagnostic import Place
from ledger.money import Amount, How

Kind = Literal["area", "appropriation", "item", "assignment", "grant", "commitment"]
Stage = Literal["planned", "proposed", "decided"]
Level = Literal["appropriations", "assignments and grants", "commitments"]
Mark = tuple[int, int, int]
"""Line, column and end column of a piece of a file."""

CALCULATED = "calculated"
"""The `source` of a sum that the file itself asserts."""

LEVELS: dict[Kind, Level] = {
    "area": "appropriations",
    "appropriation": "appropriations",
    "item": "appropriations",
    "assignment": "assignments and grants",
    "grant": "assignments and grants",
    "commitment": "commitments",
}
"""The same krona may stand once on each level, so no sum adds across them."""


def last_day(date: str) -> str:
    """The day that a partial date stands for, as ISO text: `2024-03` → `2024-03-31`; ISO texts sort by time."""
    if len(date) == len("2024"):
        return f"{date}-12-31"
    if len(date) == len("2024-03"):
        year, month = date.split("-")
        return f"{date}-{monthrange(int(year), int(month))[1]:02}"
    return date


class Origin(Struct, frozen=True, array_like=True):
    """Where a record is written: `marks` gives each field's place, `""` the record's own key."""

    path: str
    owner: str
    marks: Mapping[str, Mark]

    def at(self, *route: str | int) -> Place:
        """The place of a field (`"total"`), of a member (`"top_ups", 0`), or of the nearest thing around it."""
        name = "/".join(map(str, route))
        while name and name not in self.marks:
            name = name.rpartition("/")[0]
        return Place(self.path, *self.marks[name], self.owner)


class Figure(Struct, frozen=True, array_like=True):
    """An amount that is stated, with the sources behind it; `words` is the source's own wording where given.

    `derived` marks what a book cut to a date had to work out from figures stated later.
    """

    amount: Amount
    place: Place
    sources: tuple[str, ...] = ()
    decided: str = ""
    words: str = ""
    note: str = ""
    derived: bool = False

    @property
    def how(self) -> How:
        """Whether a source states it, the file itself asserts it, or the program worked it out."""
        if self.derived:
            return "derived"
        return "calculated" if CALCULATED in self.sources else "stated"

    @property
    def stated_as(self) -> str:
        """The words it is shown in: the source's own, else as written in the file."""
        return self.words or self.amount.words


class TopUp(Struct, frozen=True, array_like=True):
    """Money added (or, negative, taken away) after the base; the figure is missing where no source states it.

    `line` names another line whose total is the amount.
    """

    place: Place
    figure: Figure | None = None
    line: str = ""
    sources: tuple[str, ...] = ()
    decided: str = ""
    note: str = ""


class Acceptance(Struct, frozen=True, array_like=True):
    """A known, published discrepancy that is left to stand."""

    place: Place
    check: str
    reason: str
    source: str = ""
    until: str = ""


class Line(Struct, frozen=True, array_like=True):
    """Any amount of money in the ledger, with what it inherits from the lines around it already filled in.

    `first_year` and `last_year` differ for a period. `parent` is the line it is nested in, `of` the one it names.
    `decided` is its own or that of the lines around it. `complete_stated` says that `parts_are: complete` is written.
    """

    id: str
    title: str
    kind: Kind
    first_year: int
    last_year: int
    origin: Origin
    code: str = ""
    full_code: str = ""
    recipient: str = ""
    base: Figure | None = None
    total: Figure | None = None
    outcome: Figure | None = None
    top_ups: tuple[TopUp, ...] = ()
    parent: str = ""
    of: str = ""
    parts: tuple[str, ...] = ()
    complete: bool = True
    complete_stated: bool = False
    counted: bool = True
    stage: Stage = "decided"
    goals: tuple[str, ...] = ()
    gender_marker: int | None = None
    decided: str = ""
    sources: tuple[str, ...] = ()
    restated: tuple[Figure, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    note: str = ""
    not_known_then: bool = False

    def at(self, *route: str | int) -> Place:
        """The place of a field of this line."""
        return self.origin.at(*route)

    @property
    def level(self) -> Level:
        """The level whose sums this line may enter."""
        return LEVELS[self.kind]

    @property
    def years(self) -> str:
        """`2024`, or `2022-2023` for a period."""
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}-{self.last_year}"

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure the line states: base, top-ups, total, outcome, restatements."""
        own = (self.base, *(top_up.figure for top_up in self.top_ups), self.total, self.outcome, *self.restated)
        return tuple(figure for figure in own if figure)


class Claim(Struct, frozen=True, array_like=True):
    """A source's statement about a sum over many lines; `about` holds the terms that select them, when stated."""

    id: str
    title: str
    year: int
    amount: Figure
    origin: Origin
    about: str = ""
    complete: bool = False
    sources: tuple[str, ...] = ()
    restated: tuple[Figure, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    note: str = ""

    def at(self, *route: str | int) -> Place:
        """The place of a field of this claim."""
        return self.origin.at(*route)


class Agency(Struct, frozen=True, array_like=True):
    """An agency, programme, organisation or group that receives money."""

    id: str
    name: str
    kind: str
    origin: Origin
    name_en: str = ""
    abbreviation: str = ""
    org_number: str = ""
    county_code: str = ""
    run_by: str = ""
    members: tuple[str, ...] = ()
    note: str = ""


class Source(Struct, frozen=True, array_like=True):
    """A document that states figures; `published` may be a partial date, or empty when not known."""

    id: str
    title: str
    kind: str
    origin: Origin
    publisher: str = ""
    published: str = ""
    reference: str = ""
    url: str = ""
    note: str = ""


class Goal(Struct, frozen=True, array_like=True):
    """A sub-goal of gender-equality policy; its number holds between its dates."""

    id: str
    name: str
    origin: Origin
    number: int | None = None
    valid_from: str = ""
    valid_until: str = ""

    def valid_in(self, first_year: int, last_year: int) -> bool:
        """Whether the goal holds at some time of those years."""
        begins = int(self.valid_from[:4]) if self.valid_from else first_year
        ends = int(self.valid_until[:4]) if self.valid_until else last_year
        return begins <= last_year and first_year <= ends


class Extension(Struct, frozen=True, array_like=True):
    """A later decision that lets an initiative run longer."""

    extended: str
    runs_until: str
    source: str


class Initiative(Struct, frozen=True, array_like=True):
    """An inquiry, directive, programme, strategy or co-operation; `details` holds its other fields as written."""

    id: str
    title: str
    kind: str
    origin: Origin
    agencies: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    extensions: tuple[Extension, ...] = ()
    details: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
