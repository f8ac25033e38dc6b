"""The records as they are written: pydantic models that know their fields, and where each record stands."""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    StringConstraints,
    model_validator,
)

from ledger.book import Kind, Stage
from ledger.reading.document import Map
from ledger.reading.text import quoted

_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_YEAR = re.compile(r"(?!0000)[0-9]{4}")
_YEARS = re.compile(rf"({_YEAR.pattern})(?:-({_YEAR.pattern}))?")
_ID = re.compile(r"\w[\w.-]*")


def _is_date(text: str) -> str:
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{quoted(text)} is not a date: write 2024, 2024-03 or 2024-03-27")
    year, month, day = match.groups("01")
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"'{text}' is not a day of the calendar") from None
    return text


def _is_years(text: str) -> str:
    match = _YEARS.fullmatch(text)
    if match is None or not int(match[1]) <= int(match[2] or match[1]):
        raise ValueError(f"{quoted(text)} is not a year: write 2024, or 2022-2023 for a sum over years")
    return text


def _is_year(text: str) -> str:
    if _YEAR.fullmatch(text) is None:
        raise ValueError(f"{quoted(text)} is not a year: write for example 2024")
    return text


def check_id(text: str) -> str:
    """The id itself; raises ValueError when it cannot be one. '/' is kept for the path to a part."""
    if _ID.fullmatch(text) is None:
        raise ValueError(f"{quoted(text)} cannot be an id: use letters, digits, '-', '_' and '.', without spaces")
    return text


def _one_or_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _amount_or_fields(value: Any) -> Any:
    """A bare text is the amount: one validator for both spellings, so that a misspelt key is one error."""
    return {"amount": value} if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(strict=True, min_length=1)]
Date = Annotated[Text, AfterValidator(_is_date)]
Years = Annotated[Text, AfterValidator(_is_years)]
Year = Annotated[Text, AfterValidator(_is_year)]
Id = Annotated[Text, AfterValidator(check_id)]
Number = Annotated[Text, StringConstraints(pattern=r"^[0-9]{1,9}$")]
Ids = Annotated[list[Text], BeforeValidator(_one_or_list)]


class Record(BaseModel):
    """A mapping of the file: unknown fields are refused, and `node` keeps where everything is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    _node: Map = PrivateAttr(default_factory=Map)

    @model_validator(mode="wrap")
    @classmethod
    def _keep(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        record = handler(data)
        if isinstance(data, Map):
            record._node = data  # noqa: SLF001 - its own
        return record

    @property
    def node(self) -> Map:
        """The mapping as written; empty for a figure written as a bare text."""
        return self._node


class FigureFields(Record):
    """What a figure may say besides its amount."""

    source: Ids | None = None
    decided: Date | None = None
    rounded_to: Text | None = None
    cut_to: Text | None = None
    words: Text | None = None
    note: Text | None = None


class FigureRecord(FigureFields):
    """An amount as a source states it; a bare text is its amount."""

    amount: Text


Stated = Annotated[FigureRecord, BeforeValidator(_amount_or_fields)]


class TopUpRecord(FigureFields):
    """Money that came on top; without an amount it is not stated, with `line` it is another line's total."""

    amount: Text | None = None
    line: Text | None = None


class AcceptRecord(Record):
    """A known, published discrepancy that stands."""

    check: Text
    reason: Text
    source: Text | None = None
    until: Date | None = None


class LineRecord(Record):
    """Any amount of money, with the lines inside it as `parts`."""

    title: Text
    kind: Kind
    year: Years | None = None
    code: Text | None = None
    recipient: Text | None = None
    base: Stated | None = None
    total: Stated | None = None
    outcome: Stated | None = None
    top_ups: list[TopUpRecord] = Field(default_factory=list)
    parts: "dict[Id, LineRecord]" = Field(default_factory=dict)
    parts_are: Literal["complete", "partial"] | None = None
    of: Text | None = None
    unit: Text | None = None
    rounded_to: Text | None = None
    counted: Literal["yes", "no"] | None = None
    stage: Stage | None = None
    goals: list[Text] | None = None
    gender_marker: Literal["0", "1", "2"] | None = None
    decided: Date | None = None
    source: Ids | None = None
    restated: list[FigureRecord] = Field(default_factory=list)
    accept: list[AcceptRecord] = Field(default_factory=list)
    note: Text | None = None


class ClaimRecord(Record):
    """A source's statement about a sum over many lines."""

    title: Text
    amount: Stated
    year: Year
    about: Text | None = None
    coverage: Literal["partial", "complete"] | None = None
    source: Ids | None = None
    restated: list[FigureRecord] = Field(default_factory=list)
    accept: list[AcceptRecord] = Field(default_factory=list)
    note: Text | None = None


class AgencyRecord(Record):
    """Who receives money: an agency, a programme, an organisation, or a group with members."""

    name: Text
    kind: Text
    name_en: Text | None = None
    abbreviation: Text | None = None
    org_number: Text | None = None
    county_code: Text | None = None
    run_by: Text | None = None
    members: list[Text] = Field(default_factory=list)
    note: Text | None = None


class SourceRecord(Record):
    """A document that states figures."""

    title: Text
    kind: Text
    publisher: Text | None = None
    published: Date | None = None
    reference: Text | None = None
    url: Text | None = None
    note: Text | None = None


class GoalRecord(Record):
    """A sub-goal of gender-equality policy, whose number holds between its dates."""

    name: Text
    number: Number | None = None
    valid_from: Date | None = None
    valid_until: Date | None = None


class ExtensionRecord(Record):
    """A later decision that lets an initiative run longer."""

    extended: Date
    runs_until: Date
    source: Text


class InitiativeRecord(Record):
    """An inquiry, directive, programme, strategy or co-operation without a sum of its own."""

    title: Text
    kind: Text
    reference: Text | None = None
    body: Text | None = None
    lead: Text | None = None
    agencies: list[Text] = Field(default_factory=list)
    directive: Text | None = None
    directive_decided: Date | None = None
    announced: Date | None = None
    decided: Date | None = None
    presented: Date | None = None
    published: Date | None = None
    due_interim: Date | None = None
    due: Date | None = None
    consultation_reference: Ids | None = None
    consultation_until: Date | None = None
    cooperation_since: Date | None = None
    runs_from: Date | None = None
    runs_until: Date | None = None
    extensions: list[ExtensionRecord] = Field(default_factory=list)
    reports_due: list[Date] = Field(default_factory=list)
    measures: Number | None = None
    goal_count: Number | None = None
    priority_areas: Number | None = None
    centres: Number | None = None
    source: Ids | None = None
    more_sources: Ids | None = None
    note: Text | None = None


class LedgerRecord(Record):
    """What the ledger as a whole is called, and the one currency that it is in."""

    title: Text | None = None
    currency: Annotated[Text, StringConstraints(pattern="^[A-Z]{3}$")] | None = None


RECORDS: dict[str, type[Record]] = {
    "ledger": LedgerRecord,
    "goals": GoalRecord,
    "agencies": AgencyRecord,
    "sources": SourceRecord,
    "allocations": LineRecord,
    "claims": ClaimRecord,
    "initiatives": InitiativeRecord,
}
"""The top-level keys of a file, and what each of their entries is."""
