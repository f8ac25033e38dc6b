"""The records as they are written: pydantic models that know their fields."""

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
)

from ledger.book import Kind, Stage
from ledger.reading.scalar_types import (
    AmountText,
    Currency,
    Date,
    Id,
    Ids,
    Marker,
    Number,
    Text,
    Unit,
    Year,
    Years,
)


def _amount_or_fields(value: Any) -> Any:
    """A bare text is the amount: one validator for both spellings, so that a misspelt key is one error."""
    return {"amount": value} if isinstance(value, str) else value


Note = Annotated[Text | None, Field(description="Anything else.")]


class Record(BaseModel):
    """A mapping of the file: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class FigureFields(Record):
    """What a figure may say besides its amount."""

    source: Ids | None = Field(None, description="Who says it, instead of the line's source: an id, or a list.")
    decided: Date | None = Field(None, description="When it was decided; as of a date, it counts from then.")
    rounded_to: AmountText | None = Field(None, description="The figure is printed rounded to this step: ± half of it.")
    cut_to: AmountText | None = Field(None, description="Printed without its last digits: it may be up to this more.")
    words: Text | None = Field(None, description="The source's own wording, which is then shown.")
    note: Note = None


class FigureRecord(FigureFields):
    """An amount as a source states it; a bare text is its amount."""

    amount: AmountText = Field(
        description="What is stated: 23,5 mnkr, drygt 600 miljoner, 24–28 mnkr, 1.5 million EUR."
    )


Stated = Annotated[FigureRecord, BeforeValidator(_amount_or_fields, json_schema_input_type=AmountText | FigureRecord)]


class TopUpRecord(FigureFields):
    """Money that came on top; without an amount it is not stated, with `line` it is another line's total."""

    amount: AmountText | None = Field(None, description="What came on top, or with a minus was taken away.")
    line: Text | None = Field(None, description="The id of another line that is this top-up, instead of an amount.")


class AcceptRecord(Record):
    """A known, published discrepancy that stands."""

    check: Text = Field(description="The check whose finding stands, such as parts-mismatch.")
    reason: Text = Field(description="Why it stands.")
    source: Text | None = Field(None, description="The id of a source that explains it.")
    until: Date | None = Field(None, description="The last day on which it holds.")


class LineRecord(Record):
    """Any amount of money, with the lines inside it as `parts`."""

    title: Text = Field(description="What the money is called.")
    kind: Kind = Field(description="What sort of money it is, from a budget area down to a grant.")
    year: Years | None = Field(None, description="The budget year, or a period such as 2022-2023. Parts inherit it.")
    code: Text | None = Field(
        None,
        description="UO13 3:1, ap.12; a part's code continues that of its line.",
    )
    recipient: Text | None = Field(None, description="Who gets the money: the id of an agency.")
    base: Stated | None = Field(None, description="What was given first.")
    total: Stated | None = Field(None, description="Base and top-ups together.")
    outcome: Stated | None = Field(None, description="What was spent.")
    top_ups: list[TopUpRecord] = Field(
        default_factory=list, description="What came on top, or with a minus was taken away."
    )
    parts: "dict[Id, LineRecord]" = Field(default_factory=dict, description="The lines inside this one, by their ids.")
    parts_are: Literal["complete", "partial"] | None = Field(
        None, description="Whether the parts are all, or some; without it, they are all."
    )
    of: Text | None = Field(
        None,
        description="The id of the line that this one lies in; for top-level lines.",
    )
    unit: Unit | None = Field(None, description="The unit of bare numbers: kr, tkr, mnkr. Parts inherit it.")
    rounded_to: AmountText | None = Field(
        None, description="The step to which exact amounts are rounded. Parts inherit it."
    )
    counted: Literal["yes", "no"] | None = Field(
        None, description="Whether the line enters sums; without it, it does. Parts inherit it."
    )
    stage: Stage | None = Field(None, description="Without it, decided. Parts inherit it.")
    goals: list[Text] | None = Field(None, description="The ids of its goals. Parts inherit them.")
    gender_marker: Marker | None = Field(None, description="The OECD's: 2 principal, 1 significant, 0 not targeted.")
    decided: Date | None = Field(None, description="From when the line counts as of a date. Parts inherit it.")
    source: Ids | None = Field(None, description="Who says the figures: an id, or a list. Parts inherit it.")
    restated: list[FigureRecord] = Field(default_factory=list, description="The same total in other words.")
    accept: list[AcceptRecord] = Field(default_factory=list, description="Known discrepancies that stand.")
    note: Note = None


class ClaimRecord(Record):
    """A source's statement about a sum over many lines."""

    title: Text = Field(description="What the claim is about, in words.")
    amount: Stated = Field(description="What the source says.")
    year: Year = Field(description="The budget year.")
    about: Text | None = Field(None, description="The lines it is compared with, as terms: goal:violence.")
    coverage: Literal["partial", "complete"] | None = Field(
        None,
        description="Whether the lines recorded are all, or need not be (partial, also when nothing is said).",
    )
    source: Ids | None = Field(None, description="Who says it: the id of a source, or a list.")
    restated: list[FigureRecord] = Field(default_factory=list, description="The same sum in other words.")
    accept: list[AcceptRecord] = Field(default_factory=list, description="Known discrepancies that stand.")
    note: Note = None


class AgencyRecord(Record):
    """Who receives money: an agency, a programme, an organisation, or a group with members."""

    name: Text = Field(description="The name, in its own language.")
    kind: Text = Field(description="In your own words: government-agency, county-board, programme, group.")
    name_en: Text | None = Field(None, description="The English name.")
    abbreviation: Text | None = Field(None, description="Shown instead of the name where room is short.")
    org_number: Text | None = Field(None, description="The organisation number, as 202100-6693.")
    county_code: Text | None = Field(None, description="The code of the county, as 03.")
    run_by: Text | None = Field(None, description="Who runs the programme or centre: the id of an agency.")
    members: list[Text] = Field(default_factory=list, description="The ids of those who belong to the group.")
    note: Note = None


class SourceRecord(Record):
    """A document that states figures."""

    title: Text = Field(description="The title of the document.")
    kind: Text = Field(description="In your own words: budget-bill, press-release.")
    publisher: Text | None = Field(None, description="Who published it.")
    published: Date | None = Field(None, description="When it was published.")
    reference: Text | None = Field(None, description="Its number: prop. 2023/24:1.")
    url: Text | None = Field(None, description="Where it can be read.")
    note: Note = None


class GoalRecord(Record):
    """A sub-goal of gender-equality policy, whose number holds between its dates."""

    name: Text = Field(description="The wording of the goal.")
    number: Number | None = Field(None, description="Its number while it holds.")
    valid_from: Date | None = Field(None, description="When that numbering began.")
    valid_until: Date | None = Field(None, description="When it ended.")


class ExtensionRecord(Record):
    """A later decision that lets an initiative run longer."""

    extended: Date = Field(description="When the extension was decided.")
    runs_until: Date = Field(description="The new last day.")
    source: Text = Field(description="The id of the source of the decision.")


class InitiativeRecord(Record):
    """An inquiry, directive, programme, strategy or co-operation without a sum of its own."""

    title: Text = Field(description="Its title.")
    kind: Text = Field(description="In your own words: inquiry, directive, strategy, cooperation.")
    reference: Text | None = Field(None, description="Its number: SOU 2023:97.")
    body: Text | None = Field(None, description="The inquiry or committee.")
    lead: Text | None = Field(None, description="Who leads it: the id of an agency.")
    agencies: list[Text] = Field(default_factory=list, description="The ids of the agencies that take part.")
    directive: Text | None = Field(None, description="Its directive: dir. 2023:117.")
    directive_decided: Date | None = Field(None, description="When the directive was decided.")
    announced: Date | None = Field(None, description="When it was announced.")
    decided: Date | None = Field(None, description="When it was decided.")
    presented: Date | None = Field(None, description="When it was handed over or presented.")
    published: Date | None = Field(None, description="When it was published.")
    due_interim: Date | None = Field(None, description="When its interim report is due.")
    due: Date | None = Field(None, description="When it is due.")
    consultation_reference: Ids | None = Field(
        None, description="The number of the consultation (remiss), or a list of them."
    )
    consultation_until: Date | None = Field(None, description="The last day for comments.")
    cooperation_since: Date | None = Field(None, description="When the co-operation began.")
    runs_from: Date | None = Field(None, description="Its first day.")
    runs_until: Date | None = Field(None, description="Its last day, before any extension.")
    extensions: list[ExtensionRecord] = Field(default_factory=list, description="Later decisions to let it run on.")
    reports_due: list[Date] = Field(default_factory=list, description="When reports are due.")
    measures: Number | None = Field(None, description="How many measures it has.")
    goal_count: Number | None = Field(None, description="How many goals it has.")
    priority_areas: Number | None = Field(None, description="How many priority areas.")
    centres: Number | None = Field(None, description="How many centres.")
    source: Ids | None = Field(None, description="The main document: the id of a source, or a list.")
    more_sources: Ids | None = Field(None, description="Other documents: the id of a source, or a list.")
    note: Note = None


class LedgerRecord(Record):
    """What the ledger as a whole is called, and the one currency that it is in."""

    title: Text | None = Field(None, description="The title of tables.")
    currency: Currency | None = Field(
        None, description="The one currency of the ledger, as SEK or EUR; SEK unless stated."
    )


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
