"""The shipped data against the collection of verified facts it was made from, where that lies beside the project.

`facts/figures.csv` says where each fact stands: `line#field`, or the line alone where no amount is stated.
"""

import csv
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from ledger.book import Book, Claim, Figure, Line, TopUp
from ledger.money import Sense
from ledger.reading import load

HERE = Path(__file__).parent
FACTS = HERE.parent.parent / "shared" / "facts" / "lines.yaml"

pytestmark = pytest.mark.skipif(
    not FACTS.exists(), reason="the collection of verified facts is not beside the project (../shared/facts)"
)

QUALIFIERS: dict[str, Sense] = {
    "drygt": "above",
    "mer än": "least",
    "över ": "least",
    "högst": "most",
    "knappt": "below",
    "nära": "below",
    "ca ": "about",
    "cirka": "about",
}

ONLY_IN_A_NOTE = {
    ("2024-jamy-trafficking-topup", "rb-24515"): "RBID 24515",
    ("2024-lst-utvecklingsmedel-topup", "rb-24493"): "24493",
    ("2023-jamy-trafficking", "rb-23791"): "RBID 23791",
    ("2025-jamy-forvaltning-topup", "prop-2023-24-1-uo13"): "92 941 tkr",
    ("2025-jamy-forvaltning-topup", "prop-2024-25-1-uo13"): "92 941 tkr",
}
"""Sources that do not state the figure: letters that agree in their date, and tables that show another amount."""

ONE_LINE_A_YEAR = {
    "tillvaxtverket-2025#base": "2024-tillvaxtverket",
    "tillvaxtverket-2026#base": "2024-tillvaxtverket",
    "heder-treaarig-2025#top_ups[0]": "2024-heder-treaarig",
    "heder-treaarig-2026#top_ups[0]": "2024-heder-treaarig",
    "nck-stodlinjer-2026#top_ups[0]": "2025-nck-stodlinjer-bp",
    "nck-stodlinjer-2027#top_ups[0]": "2025-nck-stodlinjer-bp",
}
"""Figures of later years, from facts that hold for every year of a period."""

ELSEWHERE = {"2021-ap12-assignments-sum", "2021-ap12-rest", "2021-socialstyrelsen-105-rest"}
"""Facts that are sums or rests of others, and no figure of a line."""


@cache
def facts() -> dict[str, dict[str, Any]]:
    """Every fact by its id, all its values as text."""
    read = yaml.load(FACTS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only
    return {fact["id"]: fact for fact in read["lines"]}


@cache
def places() -> dict[str, str]:
    with (HERE / "facts" / "figures.csv").open(encoding="utf-8", newline="") as file:
        return {row["fact"]: row["figure"] for row in csv.DictReader(file)}


@cache
def book() -> Book:
    return load(HERE.parent / "data").book


def record_of(place: str) -> Line | Claim:
    name = place.partition("#")[0]
    return book().lines.get(name) or book().claims[name]


def figure_of(place: str) -> Figure | TopUp | None:
    """The figure at a place; a top-up without an amount is there, but has none."""
    field = re.fullmatch(r"(\w+)(?:\[(\d+)\])?", place.partition("#")[2])
    if field is None:
        return None
    found = getattr(record_of(place), field[1])
    if field[2] is not None:
        found = found[int(field[2])]
        found = (found.figure or found) if isinstance(found, TopUp) else found
    assert isinstance(found, Figure | TopUp), place
    return found


def kronor(fact: dict[str, Any]) -> int | None:
    return None if fact["kronor"] == "null" else int(fact["kronor"])


def ids(status: str) -> list[str]:
    return [name for name, fact in facts().items() if fact["status"] == status] if FACTS.exists() else []


def test_every_verified_fact_has_one_place() -> None:
    """No fact is left out, none stands twice, and no place is made up."""
    assert set(ids("verified")) <= set(places())
    assert set(facts()) - set(places()) == ELSEWHERE
    assert set(places()) <= set(facts())
    assert len(set(places().values())) == len(places())


@pytest.mark.parametrize("name", ids("verified"))
def test_a_fact_is_entered_as_it_is(name: str) -> None:
    """Its kronor, its qualifier, its sources, its year, its recipient and its decision."""
    fact, place = facts()[name], places()[name]
    record, figure = record_of(place), figure_of(place)
    amount = figure.amount if isinstance(figure, Figure) else None
    assert (amount and amount.number) == (None if kronor(fact) is None else (kronor(fact) or 0) * 100)
    if amount and amount.sense != "rounded":
        said = fact["stated"].casefold()
        assert amount.sense == next((sense for word, sense in QUALIFIERS.items() if word in said), "exact")
    sources = figure.sources if figure else record.sources
    cited = {fact["source"], *fact.get("more_sources", [])}
    missing = {source for source in cited if source not in sources}
    assert missing == {source for one, source in ONLY_IN_A_NOTE if one == name}
    if isinstance(record, Line):
        assert str(record.first_year) == fact["year"]
        assert (record.recipient or "null") == fact["recipient"]
        assert record.decided == fact.get("decided", "") or "restated" in place
    else:
        assert str(record.year) == fact["year"]


@pytest.mark.parametrize(("name", "source"), ONLY_IN_A_NOTE)
def test_a_source_that_does_not_state_the_figure_stands_in_a_note(name: str, source: str) -> None:
    place = places()[name]
    record = record_of(place)
    assert isinstance(record, Line)
    notes = [record.note, *(top_up.note for top_up in record.top_ups)]
    assert any(ONLY_IN_A_NOTE[name, source] in note for note in notes)


@pytest.mark.parametrize("name", [one for one in ids("derived") if one not in ELSEWHERE])
def test_a_derived_fact_is_not_entered_but_derived(name: str) -> None:
    """Nobody states it: the program comes to the same kronor."""
    fact, place = facts()[name], places()[name]
    line, _, field = place.partition("#")
    values = book().value(line)
    value = {"base": values.base, "total": values.total, "top_ups[0]": values.top_ups}[field]
    assert value
    assert value.how == "derived"
    low, high = value.amount.interval.low, value.amount.interval.high
    assert low is not None
    assert high is not None
    assert (low + high) // 2 == (kronor(fact) or 0) * 100


def test_every_figure_of_the_data_is_a_fact() -> None:
    """Nothing is entered that no verified fact says, save what one says of several years."""
    known = set(places().values())
    records: list[Line | Claim] = [*book().lines.values(), *book().claims.values()]
    found = [place for record in records for place in stated(record)]
    assert {place for place in found if place not in known} == set(ONE_LINE_A_YEAR)
    for place, name in ONE_LINE_A_YEAR.items():
        figure, fact = figure_of(place), facts()[name]
        assert isinstance(figure, Figure)
        assert figure.amount.number == (kronor(fact) or 0) * 100
        assert fact["source"] in figure.sources


def stated(record: Line | Claim) -> list[str]:
    """The places of all figures of a record."""
    restated = [f"{record.id}#restated[{number}]" for number in range(len(record.restated))]
    if isinstance(record, Claim):
        return [f"{record.id}#amount", *restated]
    single = [f"{record.id}#{name}" for name in ("base", "total", "outcome") if getattr(record, name)]
    top_ups = [f"{record.id}#top_ups[{number}]" for number, one in enumerate(record.top_ups) if one.figure]
    return [*single, *top_ups, *restated]
