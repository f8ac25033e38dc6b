"""Ledger files → the Book: every field of every record, what is inherited, and every fault in its place."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from pointed import faults_of, pointed

from ledger.book import Acceptance, Agency, Book, Claim, Extension, Figure, Goal, Initiative, Line, Source, TopUp
from ledger.diagnostic import Place
from ledger.money import Amount, Interval, read_amount
from ledger.reading import ledger_files, load, load_text, load_texts

KR = 100
TKR = 1_000 * KR
MNKR = 1_000_000 * KR


def book(text: str) -> Book:
    """The book of a ledger without faults."""
    loaded = load_text(text)
    assert loaded.faults == ()
    return loaded.book


def line(fields: str) -> Line:
    """The one line of a ledger, given the fields beside title, kind and year."""
    [read] = book(f"allocations:\n  a: {{title: T, kind: grant, year: 2024, {fields}}}\n").lines.values()
    return read


EVERY_FIELD = """
ledger:
  title: Jämställdhet
  currency: SEK
goals:
  violence: {name: Mäns våld mot kvinnor ska upphöra, number: 6, valid_from: 2016-11, valid_until: 2025}
  power: {name: Makt}
agencies:
  jamy:
    name: Jämställdhetsmyndigheten
    kind: government-agency
    name_en: Swedish Gender Equality Agency
    abbreviation: Jämy
    org_number: 202100-6859
    county_code: 14
    run_by: staten
    members: [one, two]
    note: En not
  none: {name: N, kind: programme}
sources:
  rb:
    title: Regleringsbrev
    kind: appropriation-letter
    publisher: Regeringen
    published: 2021-06-03
    reference: A2021/01
    url: https://example.org/rb?id=21844#p1
    note: En not
  none: {title: N, kind: article}
allocations:
  uo13-3-1-2021:
    title: Särskilda jämställdhetsåtgärder
    kind: appropriation
    year: 2021
    code: UO13 3:1
    recipient: jamy
    base: 22 mnkr
    total: {amount: 23 500 tkr, source: calculated, decided: 2021-12, words: över 23 miljoner, note: Summan}
    outcome: {amount: "23,4 mnkr", rounded_to: "0,1 mnkr", source: [utfall, rb]}
    top_ups:
      - {amount: "1,5 mnkr", source: pr, decided: 2021-03-27, words: en och en halv, note: Tillskott}
      - {line: other}
      - {decided: 2021-05, source: [a, b], note: Inte angivet}
    parts_are: partial
    parts:
      mucf:
        title: Disponeras av MUCF
        kind: item
        recipient: mucf
        total: 9 000
    of: area-2021
    unit: tkr
    counted: yes
    stage: proposed
    goals: [violence, power]
    gender_marker: 2
    decided: 2020-12
    source: [rb, prop]
    restated:
      - {amount: ca 23 mnkr, source: art}
      - amount: drygt 20 mnkr
    accept:
      - {check: parts-mismatch, reason: Utskriftsfel, source: rb, until: 2025-06}
      - {check: missing-source, reason: Gammalt}
    note: En rad
claims:
  violence-2021:
    title: Mot våld
    amount: drygt 600 mnkr
    year: 2021
    about: goal:violence kind:grant
    coverage: complete
    source: art
    restated: [{amount: 620 mnkr}]
    accept: [{check: claim-contradicted, reason: R}]
    note: Ett påstående
initiatives:
  sou:
    title: Ut ur utsatthet
    kind: inquiry
    reference: SOU 2023:97
    body: Exitutredningen
    lead: jamy
    agencies: [jamy, mucf]
    directive: dir. 2022:7
    directive_decided: 2022-07-07
    announced: 2022
    decided: 2022-02
    presented: 2023-12
    published: 2023-12-13
    due_interim: 2023-01
    due: 2023-11
    consultation_reference: [A2023/01688, A2023/01703]
    consultation_until: 2024-05-24
    cooperation_since: 2009
    runs_from: 2022
    runs_until: 2024
    extensions:
      - {extended: 2023-05, runs_until: 2024-12, source: rb}
    reports_due: [2023, 2024-03]
    measures: 99
    goal_count: 7
    priority_areas: 4
    centres: 3
    source: rb
    more_sources: [pr, art]
    note: En not
"""


def place(text: str, needle: str, owner: str = "", *, skip: int = 0) -> Place:
    """Where a piece of the text stands, for the `skip`th time after the first."""
    rows = [
        (number, row.index(needle)) for number, row in enumerate(text.split("\n"), 1) for _ in range(row.count(needle))
    ]
    number, column = rows[skip]
    return Place("ledger.yaml", number, column + 1, column + 1 + len(needle), owner)


def test_every_field_of_a_line_is_read() -> None:
    """Each one reaches the Book as what it means, with its place."""
    name = "uo13-3-1-2021"
    read = book(EVERY_FIELD).lines[name]
    expected = Line(
        id=name,
        title="Särskilda jämställdhetsåtgärder",
        kind="appropriation",
        first_year=2021,
        last_year=2021,
        origin=read.origin,
        code="UO13 3:1",
        full_code="UO13 3:1",
        recipient="jamy",
        base=Figure(read_amount("22 mnkr"), place(EVERY_FIELD, "22 mnkr", name), ("rb", "prop")),
        total=Figure(
            read_amount("23 500 tkr"),
            place(EVERY_FIELD, "23 500 tkr", name),
            ("calculated",),
            decided="2021-12",
            words="över 23 miljoner",
            note="Summan",
        ),
        outcome=Figure(
            Amount(Interval(2_335_000_000, 2_345_000_000), 2_340_000_000, "23,4 mnkr", "rounded"),
            place(EVERY_FIELD, '"23,4 mnkr"', name),
            ("utfall", "rb"),
        ),
        top_ups=(
            TopUp(
                place(EVERY_FIELD, '"1,5 mnkr"', name),
                Figure(
                    read_amount("1,5 mnkr"),
                    place(EVERY_FIELD, '"1,5 mnkr"', name),
                    ("pr",),
                    decided="2021-03-27",
                    words="en och en halv",
                    note="Tillskott",
                ),
                sources=("pr",),
                decided="2021-03-27",
                note="Tillskott",
            ),
            TopUp(place(EVERY_FIELD, "other", name), line="other", sources=("rb", "prop")),
            TopUp(
                Place("ledger.yaml", 43, 9, 10, name),  # nothing to point at but the mapping
                sources=("a", "b"),
                decided="2021-05",
                note="Inte angivet",
            ),
        ),
        of="area-2021",
        parts=(f"{name}/mucf",),
        complete=False,
        complete_stated=False,
        counted=True,
        stage="proposed",
        goals=("violence", "power"),
        gender_marker=2,
        decided="2020-12",
        sources=("rb", "prop"),
        restated=(
            Figure(read_amount("ca 23 mnkr"), place(EVERY_FIELD, "ca 23 mnkr", name), ("art",)),
            Figure(read_amount("drygt 20 mnkr"), place(EVERY_FIELD, "drygt 20 mnkr", name), ("rb", "prop")),
        ),
        accepted=(
            Acceptance(Place("ledger.yaml", 63, 9, 10, name), "parts-mismatch", "Utskriftsfel", "rb", "2025-06"),
            Acceptance(Place("ledger.yaml", 64, 9, 10, name), "missing-source", "Gammalt"),
        ),
        note="En rad",
    )
    assert read == expected


def test_every_field_of_a_claim_is_read() -> None:
    """A claim is complete when its coverage says so."""
    read = book(EVERY_FIELD).claims["violence-2021"]
    name = "violence-2021"
    assert read == Claim(
        id=name,
        title="Mot våld",
        year=2021,
        amount=Figure(read_amount("drygt 600 mnkr"), place(EVERY_FIELD, "drygt 600 mnkr", name), ("art",)),
        origin=read.origin,
        about="goal:violence kind:grant",
        complete=True,
        sources=("art",),
        restated=(Figure(read_amount("620 mnkr"), place(EVERY_FIELD, "620 mnkr", name), ("art",)),),
        accepted=(Acceptance(Place("ledger.yaml", 75, 14, 15, name), "claim-contradicted", "R"),),
        note="Ett påstående",
    )


def test_every_field_of_agencies_sources_and_goals_is_read() -> None:
    """What is not stated is empty, and a number that is not stated is none."""
    read = book(EVERY_FIELD)
    agency, source, goal = read.agencies["jamy"], read.sources["rb"], read.goals["violence"]
    assert agency == Agency(
        "jamy",
        "Jämställdhetsmyndigheten",
        "government-agency",
        agency.origin,
        name_en="Swedish Gender Equality Agency",
        abbreviation="Jämy",
        org_number="202100-6859",
        county_code="14",
        run_by="staten",
        members=("one", "two"),
        note="En not",
    )
    assert source == Source(
        "rb",
        "Regleringsbrev",
        "appropriation-letter",
        source.origin,
        publisher="Regeringen",
        published="2021-06-03",
        reference="A2021/01",
        url="https://example.org/rb?id=21844#p1",
        note="En not",
    )
    assert goal == Goal("violence", "Mäns våld mot kvinnor ska upphöra", goal.origin, 6, "2016-11", "2025")
    assert read.agencies["none"] == Agency("none", "N", "programme", read.agencies["none"].origin)
    assert read.sources["none"] == Source("none", "N", "article", read.sources["none"].origin)
    assert read.goals["power"] == Goal("power", "Makt", read.goals["power"].origin)


def test_every_field_of_an_initiative_is_read() -> None:
    """What has no field of its own in the Book is kept as written."""
    read = book(EVERY_FIELD).initiatives["sou"]
    assert read == Initiative(
        "sou",
        "Ut ur utsatthet",
        "inquiry",
        read.origin,
        agencies=("jamy", "mucf"),
        sources=("rb", "pr", "art"),
        extensions=(Extension("2023-05", "2024-12", "rb"),),
        details={
            "reference": "SOU 2023:97",
            "body": "Exitutredningen",
            "lead": "jamy",
            "directive": "dir. 2022:7",
            "directive_decided": "2022-07-07",
            "announced": "2022",
            "decided": "2022-02",
            "presented": "2023-12",
            "published": "2023-12-13",
            "due_interim": "2023-01",
            "due": "2023-11",
            "consultation_reference": ("A2023/01688", "A2023/01703"),
            "consultation_until": "2024-05-24",
            "cooperation_since": "2009",
            "runs_from": "2022",
            "runs_until": "2024",
            "reports_due": ("2023", "2024-03"),
            "measures": "99",
            "goal_count": "7",
            "priority_areas": "4",
            "centres": "3",
            "note": "En not",
        },
    )


def test_the_ledger_has_a_title_and_a_currency() -> None:
    """Kronor, unless it says otherwise."""
    assert (book(EVERY_FIELD).title, book(EVERY_FIELD).currency) == ("Jämställdhet", "SEK")
    assert (book("").title, book("").currency) == ("", "SEK")


def test_a_line_with_nothing_but_what_is_required() -> None:
    """Everything else has its default: decided, counted, complete."""
    read = line("")
    assert read == Line("a", "T", "grant", 2024, 2024, read.origin)


def test_numbers_of_codes_arrive_as_written() -> None:
    """YAML would make 181 of `3:1`, 11 of `013`, 1.1 of `1.10`, and false of `NO`."""
    text = "allocations:\n"
    for number, code in enumerate(("3:1", "013", "1.10", "NO", "0x1F", "1e3", "~", "2024-03-27")):
        text += f"  a{number}: {{title: {code}, kind: grant, year: 2024, code: {code}, recipient: {code}}}\n"
    read = book(text).lines.values()
    codes = ["3:1", "013", "1.10", "NO", "0x1F", "1e3", "~", "2024-03-27"]
    assert [(one.title, one.code, one.recipient) for one in read] == [(code, code, code) for code in codes]


@pytest.mark.parametrize(
    ("year", "first", "last"), [("2024", 2024, 2024), ("2022-2023", 2022, 2023), ("2022-2022", 2022, 2022)]
)
def test_a_year_may_be_a_period(year: str, first: int, last: int) -> None:
    """A sum over years counts in each through its parts."""
    [read] = book(f"allocations:\n  a: {{title: T, kind: grant, year: {year}}}\n").lines.values()
    assert (read.first_year, read.last_year) == (first, last)


INHERITED = """
allocations:
  a:
    title: A
    kind: appropriation
    code: UO13 3:1
    year: 2024
    unit: tkr
    rounded_to: 1 mnkr
    source: [s, t]
    goals: [violence]
    stage: planned
    counted: no
    decided: 2023-12
    recipient: jamy
    gender_marker: 2
    note: N
    parts_are: partial
    total: 10 000
    parts:
      b:
        title: B
        kind: item
        code: ap.1
        total: 9 000
        parts:
          c: {title: C, kind: grant, total: 8 000}
      d:
        title: D
        kind: item
        code: UO9 4:4
        year: 2022-2023
        unit: mnkr
        rounded_to: 1 kr
        source: u
        goals: []
        stage: decided
        counted: yes
        decided: 2024-01-01
        total: 7
        parts:
          e: {title: E, kind: item, code: ap.2, source: [], total: 6}
"""


def test_parts_inherit_from_the_line_around_them() -> None:
    """Year, unit, rounding, source, goals, stage, counting, and when it was decided: at every depth, until restated."""
    lines = book(INHERITED).lines
    for name in ("a", "a/b", "a/b/c"):
        read = lines[name]
        assert (read.first_year, read.last_year, read.sources, read.goals) == (2024, 2024, ("s", "t"), ("violence",))
        assert (read.stage, read.counted, read.decided) == ("planned", False, "2023-12")
    for name, sources in (("a/d", ("u",)), ("a/d/e", ())):
        read = lines[name]
        assert (read.first_year, read.last_year, read.sources, read.goals) == (2022, 2023, sources, ())
        assert (read.stage, read.counted, read.decided) == ("decided", True, "2024-01-01")


def test_a_figure_inherits_unit_rounding_and_source() -> None:
    """8 000 is thousands below the line that says tkr, and rounded as its line is."""
    totals = {name: read.total for name, read in book(INHERITED).lines.items()}
    assert {name: (total.amount.interval, total.sources) for name, total in totals.items() if total} == {
        "a": (Interval(950_000_000, 1_050_000_000), ("s", "t")),
        "a/b": (Interval(850_000_000, 950_000_000), ("s", "t")),
        "a/b/c": (Interval(750_000_000, 850_000_000), ("s", "t")),
        "a/d": (Interval(699_999_950, 700_000_050), ("u",)),
        "a/d/e": (Interval(599_999_950, 600_000_050), ()),
    }


def test_what_a_line_is_called_and_for_whom_is_not_inherited() -> None:
    """Recipient, code, marker, note and `parts_are` belong to the line itself."""
    lines = book(INHERITED).lines
    part = lines["a/b/c"]
    assert (part.recipient, part.code, part.gender_marker, part.note, part.complete) == ("", "", None, "", True)
    assert (lines["a"].parts, lines["a/b"].parts) == (("a/b", "a/d"), ("a/b/c",))
    assert (part.parent, lines["a/b"].parent, lines["a"].parent) == ("a/b", "a", "")


@pytest.mark.parametrize(
    ("stated", "complete", "complete_stated"),
    [("", True, False), ("parts_are: complete", True, True), ("parts_are: partial", False, False)],
)
def test_parts_are_complete_unless_called_partial(stated: str, *, complete: bool, complete_stated: bool) -> None:
    """Only written-out completeness lets a missing part be derived."""
    read = line(stated)
    assert (read.complete, read.complete_stated) == (complete, complete_stated)


CODES = """
allocations:
  area: {title: T, kind: area, year: 2024, code: UO13}
  second: {title: T, kind: item, year: 2024, code: ap.5, of: outer/b}
  outer:
    title: T
    kind: appropriation
    year: 2024
    code: "3:1"
    of: area
    parts:
      b:
        title: T
        kind: item
        code: ap.1
        parts:
          c: {title: T, kind: grant}
          d: {title: T, kind: item, code: UO9 4:4}
  loop: {title: T, kind: grant, year: 2024, code: x, of: pool}
  pool: {title: T, kind: grant, year: 2024, code: y, of: loop}
  lost: {title: T, kind: grant, year: 2024, code: z, of: nowhere}
"""


def test_a_full_code_joins_those_of_the_lines_around() -> None:
    """Through parts and through `of`, wherever those stand in the files; a code with its area stands alone."""
    assert {name: read.full_code for name, read in book(CODES).lines.items()} == {
        "area": "UO13",
        "second": "UO13 3:1 ap.1 ap.5",
        "outer": "UO13 3:1",
        "outer/b": "UO13 3:1 ap.1",
        "outer/b/c": "UO13 3:1 ap.1",
        "outer/b/d": "UO9 4:4",
        "loop": "y x",
        "pool": "x y",
        "lost": "z",
    }


ROUNDED = [
    ("total: 5 mnkr, rounded_to: 1 mnkr", Interval(450_000_000, 550_000_000), "rounded"),
    ("unit: mnkr, total: 5, rounded_to: 1", Interval(450_000_000, 550_000_000), "rounded"),
    ("total: ca 5 mnkr, rounded_to: 2 mnkr", Interval(450_000_000, 550_000_000), "about"),  # says it itself
    ("total: 5–6 mnkr, rounded_to: 2 mnkr", Interval(500_000_000, 600_000_000), "range"),
    ("total: {amount: 5 mnkr, rounded_to: 2 mnkr}", Interval(400_000_000, 600_000_000), "rounded"),
    ("total: {amount: 5 mnkr, rounded_to: 2 mnkr}, rounded_to: 9 mnkr", Interval(4 * MNKR, 6 * MNKR), "rounded"),
    ("total: {amount: 5 mnkr, cut_to: 1 mnkr}", Interval(5 * MNKR, 6 * MNKR, high_open=True), "rounded"),
    (
        "total: {amount: 5 mnkr, cut_to: 1 mnkr}, rounded_to: 9 mnkr",
        Interval(5 * MNKR, 6 * MNKR, high_open=True),
        "rounded",
    ),
    ("unit: mnkr, total: {amount: 5, cut_to: 1}", Interval(5 * MNKR, 6 * MNKR, high_open=True), "rounded"),
]


@pytest.mark.parametrize(("fields", "interval", "sense"), ROUNDED)
def test_rounding_of_a_line_or_of_one_figure(fields: str, interval: Interval, sense: str) -> None:
    """A line's rounding is for figures that are exact and say nothing themselves."""
    total = line(fields).total
    assert total is not None
    assert (total.amount.interval, total.amount.sense) == (interval, sense)
    assert total.amount.number in (5 * MNKR, None)


def test_the_rounding_of_a_line_is_read_in_its_own_unit() -> None:
    """A part in kronor inherits a step of one million, not of one krona."""
    parts = "parts: {b: {title: T, kind: grant, unit: kr, total: 5 000 000}}"
    [_, part] = book(
        f"allocations:\n  a: {{title: T, kind: grant, year: 2024, unit: mnkr, rounded_to: 1, {parts}}}\n"
    ).lines.values()
    assert part.total is not None
    assert part.total.amount.interval == Interval(450_000_000, 550_000_000)


def test_a_restatement_is_not_rounded_as_its_line_is() -> None:
    """It is printed elsewhere."""
    read = line("total: 5 mnkr, rounded_to: 1 mnkr, restated: [{amount: 5 mnkr}]")
    assert read.restated[0].amount.exact


PLACES = {
    "block": "allocations:\n  å:\n    title: T\n    kind: grant\n    year: 2024\n    total: 5 kr\n",
    "flow": "allocations:\n  å: {title: ÅÄÖ, kind: grant, year: 2024, total: 5 kr}\n",
    "flow over lines": "allocations: {å: {title: T,\n kind: grant, year: 2024,\n   total:\n     5 kr}}\n",
    "quoted": "allocations:\n  å: {title: T, kind: grant, year: 2024, 'total': \"5 kr\"}\n",
    "mapping": "allocations:\n  å: {title: T, kind: grant, year: 2024, total: {source: s, amount: 5 kr}}\n",
    "mapping in block style": (
        "allocations:\n  å:\n    title: T\n    kind: grant\n    year: 2024\n    total:\n"
        "      source: s\n      amount: 5 kr\n"
    ),
}
ENDS: dict[str, Callable[[str], str]] = {
    "LF": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "BOM": lambda text: "\ufeff" + text,
    "BOM and CRLF": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("ending", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_the_place_of_a_figure_is_that_of_its_amount(text: str, ending: Callable[[str], str]) -> None:
    """In every style, behind letters of two bytes, with every end of line; and nothing is said about those."""
    loaded = load_text(ending(text))
    total = loaded.book.lines["å"].total
    needle = '"5 kr"' if '"' in text else "5 kr"
    assert loaded.faults == ()
    assert total is not None
    assert total.place == place(text, needle, "å")


def test_a_line_knows_the_places_of_its_fields_and_of_their_members() -> None:
    """What is not written points at the nearest thing around it."""
    text = """
allocations:
  a:
    title: T
    kind: grant
    year: 2024
    goals: [violence, power]
    total:
      amount: 5 kr
      source: [s, t]
    top_ups:
      - amount: 6 kr
        source: s
      - line: b
      - note: N
"""
    read = book(text).lines["a"]
    assert read.at() == place(text, "a", "a", skip=2)
    assert read.at("title") == place(text, "T", "a")
    assert read.at("goals") == place(text, "goals", "a")
    assert read.at("goals", 1) == place(text, "power", "a")
    assert read.at("goals", 7) == read.at("goals")
    assert read.at("total") == read.at("total", "amount") == place(text, "5 kr", "a")
    assert read.at("total", "source") == place(text, "source", "a")
    assert read.at("total", "rounded_to") == read.at("total")
    assert read.at("top_ups") == place(text, "top_ups", "a")
    assert read.at("top_ups", 0) == place(text, "6 kr", "a")
    assert read.at("top_ups", 0, "source") == Place("ledger.yaml", 13, 17, 18, "a")
    assert read.at("top_ups", 1) == Place("ledger.yaml", 14, 15, 16, "a")
    assert read.at("top_ups", 2) == Place("ledger.yaml", 15, 9, 10, "a")
    assert read.at("recipient") == read.at()


def test_parts_are_placed_at_their_keys() -> None:
    """In block and in flow style."""
    text = "allocations:\n  a: {title: T, kind: grant, year: 2024, parts: {bb: {title: T, kind: grant}}}\n"
    assert book(text).lines["a/bb"].at() == place(text, "bb", "a/bb")


EUROS = """
ledger: {currency: EUR}
allocations:
  a: {title: T, kind: grant, year: 2024, total: 1.5 million EUR}
  b: {title: T, kind: grant, year: 2024, total: 40 000 EUR}
  c: {title: T, kind: grant, year: 2024, unit: thousand EUR, total: 40}
  d: {title: T, kind: grant, year: 2024, unit: tkr, total: 40}
                                               ^^^ bad-amount: 'tkr' is in SEK, and this ledger is in EUR: one ledger, one currency
  e: {title: T, kind: grant, year: 2024, total: 40 kr}
                                                ^^^^^ bad-amount: '40 kr' is in SEK, and this ledger is in EUR: one ledger, one currency
"""


def test_a_ledger_may_be_in_another_currency() -> None:
    """Then kronor are refused, once where the unit is stated."""
    ledger, expected = pointed(EUROS)
    loaded = load_text(ledger)
    read = loaded.book
    assert faults_of(loaded) == expected
    totals = {name: one.total.amount.number for name, one in read.lines.items() if one.total}
    assert read.currency == "EUR"
    assert totals == {"a": 150_000_000, "b": 4_000_000, "c": 4_000_000}


def test_the_currency_holds_for_files_read_before_it_is_stated() -> None:
    """Files are one ledger."""
    loaded = load_texts(
        {
            "a.yaml": b"allocations:\n  a: {title: T, kind: grant, year: 2024, total: 5 EUR}\n",
            "z.yaml": b"ledger: {currency: EUR}\n",
        }
    )
    assert loaded.faults == ()
    assert loaded.book.lines["a"].total is not None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("decided", "2024"),
        ("decided", "2024-02"),
        ("decided", "2024-02-29"),
        ("decided", "'2024-12-31'"),
        ("gender_marker", "0"),
        ("note", "'null'"),
        ("source", "s"),
        ("source", "[s]"),
        ("counted", "'no'"),
        ("stage", "decided"),
    ],
)
def test_values_that_a_line_takes(name: str, value: str) -> None:
    """Partial dates, zero as a marker, one source or a list of them."""
    line(f"{name}: {value}")


FAULTS = {
    "unknown fields, with what was meant": """
legder: {title: T}
^^^^^^ unknown-field: unknown top-level key 'legder' (did you mean 'ledger'?)
allocation:
^^^^^^^^^^ unknown-field: unknown top-level key 'allocation' (did you mean 'allocations'?)
quite-other: {}
^^^^^^^^^^^ unknown-field: unknown top-level key 'quite-other'
ledger: {titel: T}
         ^^^^^ unknown-field: unknown field 'titel' (did you mean 'title'?)
agencies:
  a: {name: N, kind: k, orgnumber: 1}
                        ^^^^^^^^^ unknown-field: unknown field 'orgnumber' (did you mean 'org_number'?)
sources:
  s: {title: T, kind: k, adress: x}
                         ^^^^^^ unknown-field: unknown field 'adress'
allocations:
  a:
    title: T
    kind: grant
    year: 2024
    topups: []
    ^^^^^^ unknown-field: unknown field 'topups' (did you mean 'top_ups'?)
    restated: [{amount: 5 kr, sources: s}]
                              ^^^^^^^ unknown-field: unknown field 'sources' (did you mean 'source'?)
    parts:
      b:
        title: T
        kind: grant
        totl: 5 kr
        ^^^^ unknown-field: unknown field 'totl' (did you mean 'total'?)
        accept: [{check: c, reason: r, untill: 2024}]
                                       ^^^^^^ unknown-field: unknown field 'untill' (did you mean 'until'?)
""",
    "a misspelt required field is one fault": """
agencies:
  a: {nmae: N, kind: k}
      ^^^^ unknown-field: unknown field 'nmae' (did you mean 'name'?)
allocations:
  a: {titel: T, kind: grant, year: 2024}
      ^^^^^ unknown-field: unknown field 'titel' (did you mean 'title'?)
  b:
    title: T
    kind: grant
    year: 2024
    total: {amout: 5 kr}
            ^^^^^ unknown-field: unknown field 'amout' (did you mean 'amount'?)
    restated:
      - amuont: 5 kr
        ^^^^^^ unknown-field: unknown field 'amuont' (did you mean 'amount'?)
    accept: [{chek: c, reason: r}]
              ^^^^ unknown-field: unknown field 'chek' (did you mean 'check'?)
""",
    "a field that is there already is not what was meant": """
allocations:
  a: {title: T, titel: U, kind: grant, year: 2024}
                ^^^^^ unknown-field: unknown field 'titel'
""",
    "a misspelling here hides nothing missing there": """
allocations:
  a:
    titel: T
    ^^^^^ unknown-field: unknown field 'titel' (did you mean 'title'?)
    kind: grant
    year: 2024
    parts:
      b: {kind: grant}
      ^ missing-field: 'title' is missing here, and it is required
""",
    "missing fields, at the record's own key": """
goals:
  g: {number: 1}
  ^ missing-field: 'name' is missing here, and it is required
agencies:
  a: {kind: k}
  ^ missing-field: 'name' is missing here, and it is required
sources:
  s: {title: T}
  ^ missing-field: 'kind' is missing here, and it is required
claims:
  c: {title: T, year: 2024}
  ^ missing-field: 'amount' is missing here, and it is required
initiatives:
  i: {kind: k, extensions: [{extended: 2024, source: s}]}
  ^ missing-field: 'title' is missing here, and it is required
                            ^ missing-field: 'runs_until' is missing here, and it is required
allocations:
  a: {title: T, year: 2024, total: {source: s}}
  ^ missing-field: 'kind' is missing here, and it is required
                            ^^^^^ missing-field: 'amount' is missing here, and it is required
""",
    "a missing year is one fault for a line and all its parts": """
allocations:
  a:
  ^ missing-field: 'year' is missing here, and no line around it gives one
    title: T
    kind: grant
    parts:
      b: {title: T, kind: grant, parts: {c: {title: T, kind: grant}}}
      d: {title: T, kind: grant, year: 2024}
""",
    "years and dates that are none": """
allocations:
  a: {title: T, kind: grant, year: 24}
                                   ^^ bad-value: '24' is not a year: write 2024, or 2022-2023 for a sum over years
  b: {title: T, kind: grant, year: 2023-2022}
                                   ^^^^^^^^^ bad-value: '2023-2022' is not a year: write 2024, or 2022-2023 for a sum over years
  c: {title: T, kind: grant, year: 0000}
                                   ^^^^ bad-value: '0000' is not a year: write 2024, or 2022-2023 for a sum over years
  d: {title: T, kind: grant, year: \u0662\u0660\u0662\u0664}
                                   ^^^^ bad-value: '\u0662\u0660\u0662\u0664' is not a year: write 2024, or 2022-2023 for a sum over years
  e: {title: T, kind: grant, year: 2024, decided: 2024-13}
                                                  ^^^^^^^ bad-value: '2024-13' is not a day of the calendar
  f: {title: T, kind: grant, year: 2024, decided: 2023-02-29}
                                                  ^^^^^^^^^^ bad-value: '2023-02-29' is not a day of the calendar
  g: {title: T, kind: grant, year: 2024, decided: 27 mars}
                                                  ^^^^^^^ bad-value: '27 mars' is not a date: write 2024, 2024-03 or 2024-03-27
  h: {title: T, kind: grant, year: 2024, decided: 2024-3-27}
                                                  ^^^^^^^^^ bad-value: '2024-3-27' is not a date: write 2024, 2024-03 or 2024-03-27
  i: {title: T, kind: grant, year: 2024, decided: \u0662\u0660\u0662\u0664}
                                                  ^^^^ bad-value: '\u0662\u0660\u0662\u0664' is not a date: write 2024, 2024-03 or 2024-03-27
claims:
  c: {title: T, year: 2022-2023, amount: 5 kr}
                      ^^^^^^^^^ bad-value: '2022-2023' is not a year: write for example 2024
  d: {title: T, year: 0000, amount: 5 kr}
                      ^^^^ bad-value: '0000' is not a year: write for example 2024
""",
    "values that are not among those known": """
ledger: {currency: kr}
                   ^^ bad-value: currency: 'kr' is not a currency: write for example SEK or EUR
goals:
  g: {name: N, number: six}
                       ^^^ bad-value: number: 'six' is not a whole number
  h: {name: N, number: \u0666}
                       ^ bad-value: number: '\u0666' is not a whole number
allocations:
  a:
    title: T
    year: 2024
    kind: grants
          ^^^^^^ bad-value: kind: 'grants' is not one of area, appropriation, item, assignment, grant or commitment (did you mean 'grant'?)
    counted: false
             ^^^^^ bad-value: counted: 'false' is not one of yes or no
    stage: done
           ^^^^ bad-value: stage: 'done' is not one of planned, proposed or decided
    gender_marker: 3
                   ^ bad-value: gender_marker: '3' is not one of 0, 1 or 2
    parts_are: partly
               ^^^^^^ bad-value: parts_are: 'partly' is not one of complete or partial (did you mean 'partial'?)
claims:
  c: {title: T, year: 2024, amount: 5 kr, coverage: all}
                                                    ^^^ bad-value: coverage: 'all' is not one of complete or partial
""",
    "texts, lists and mappings in each other's place": """
ledger: hej
^^^^^^ bad-value: a mapping was expected here, not a text
sources: [a]
^^^^^^^ bad-value: 'sources' is a mapping from ids to records
goals: hej
       ^^^ bad-value: 'goals' is a mapping from ids to records
agencies:
  a: hej
  ^ bad-value: a mapping was expected here, not a text
  b: [hej]
  ^ bad-value: a mapping was expected here, not a list
allocations:
  a:
    title: [T]
    ^^^^^ bad-value: title: a text was expected here, not a list
    kind: {a: b}
    ^^^^ bad-value: kind: a text was expected here, not a mapping
    year: [2024]
    ^^^^ bad-value: year: a text was expected here, not a list
    goals: violence
           ^^^^^^^^ bad-value: goals: a list was expected here: write '[violence]'
    source: {a: b}
    ^^^^^^ bad-value: source: a list was expected here, not a mapping
    total: [1, 2]
    ^^^^^ bad-value: total: a mapping was expected here, not a list
    top_ups: 5 mnkr
             ^^^^^^ bad-value: top_ups: a list was expected here: write each member on lines of its own, behind '- '
    restated: [5 mnkr]
               ^^^^^^ bad-value: restated: a mapping was expected here, not a text
    parts: [b]
    ^^^^^ bad-value: parts: a mapping was expected here, not a list
    accept: {check: c}
    ^^^^^^ bad-value: accept: a list was expected here, not a mapping
    note: {a: b}
    ^^^^ bad-value: note: a text was expected here, not a mapping
""",
    "nothing where something should stand": """
agencies:
  a:
  ^ bad-value: no value: write one, or leave the key out when nothing is stated
allocations:
  a: {title: '', kind: grant, year: 2024}
             ^^ bad-value: title: no value: write one, or leave the key out when nothing is stated
  b:
    title: T
    kind: grant
    year: 2024
    total:
    ^^^^^ bad-value: total: no value: write one, or leave the key out when nothing is stated
    source: [s, '']
                ^^ bad-value: source: no value: write one, or leave the key out when nothing is stated
""",
    "ids": """
allocations:
  a b: {title: T, kind: grant, year: 2024}
  ^^^ bad-value: 'a b' cannot be an id: use letters, digits, '-', '_' and '.', without spaces
  a/b: {title: T, kind: grant, year: 2024}
  ^^^ bad-value: 'a/b' cannot be an id: use letters, digits, '-', '_' and '.', without spaces
  -a: {title: T, kind: grant, year: 2024}
  ^^ bad-value: '-a' cannot be an id: use letters, digits, '-', '_' and '.', without spaces
  c: {title: T, kind: grant, year: 2024, parts: {d e: {title: T, kind: grant}}}
                                                 ^^^ bad-value: 'd e' cannot be an id: use letters, digits, '-', '_' and '.', without spaces
  é_Å.1-2: {title: T, kind: grant, year: 2024}
sources:
  s 1: {titel: T, kind: k}
  ^^^ bad-value: 's 1' cannot be an id: use letters, digits, '-', '_' and '.', without spaces
        ^^^^^ unknown-field: unknown field 'titel' (did you mean 'title'?)
""",
    "amounts, each at its own text": """
allocations:
  a:
    title: T
    kind: grant
    year: 2024
    base: 1,500 mnkr
          ^^^^^^^^^^ bad-amount: '1,500 mnkr' can be read two ways, with ',' as decimal mark or between thousands: write '1,5' or '1 500'
    total: 9 000
           ^^^^^ bad-amount: '9 000' has no unit: write for example '9 000 tkr', or give the line a `unit`
    outcome: {source: s, amount: fem}
                                 ^^^ bad-amount: 'fem' is not an amount: write for example '23,5 mnkr' or '9 000 tkr'
    top_ups:
      - amount: 5 bananer
                ^^^^^^^^^ bad-amount: 'bananer' in '5 bananer' is not a unit of money: use kr, tkr, mnkr, mdkr or their words
    restated: [{amount: 40 000 EUR}]
                        ^^^^^^^^^^ bad-amount: '40 000 EUR' is in EUR, and this ledger is in SEK: one ledger, one currency
    parts:
      b: {title: T, kind: grant, total: 013 kr}
                                        ^^^^^^ bad-amount: '013 kr' has a number that begins with 0: write it without
claims:
  c: {title: T, year: 2024, amount: x, restated: [{amount: y}]}
                                    ^ bad-amount: 'x' is not an amount: write for example '23,5 mnkr' or '9 000 tkr'
                                                           ^ bad-amount: 'y' is not an amount: write for example '23,5 mnkr' or '9 000 tkr'
""",
    "a unit that is none is one fault": """
allocations:
  a: {title: T, kind: grant, year: 2024, unit: 000 tkr, base: 1, total: 2, parts: {b: {title: T, kind: grant, total: 3}}}
                                               ^^^^^^^ bad-amount: '000 tkr' is not a unit of money: use kr, tkr, mnkr, mdkr or their words
  b: {title: T, kind: grant, year: 2024, unit: EUR, total: 2}
                                               ^^^ bad-amount: 'EUR' is in EUR, and this ledger is in SEK: one ledger, one currency
""",
    "a rounding that is none is one fault": """
allocations:
  a:
    title: T
    kind: grant
    year: 2024
    rounded_to: en miljon
                ^^^^^^^^^ bad-amount: 'en miljon' is not an amount: write for example '23,5 mnkr' or '9 000 tkr'
    base: 1 kr
    total: 1 kr
    parts: {b: {title: T, kind: grant, total: 1 kr}}
  b: {title: T, kind: grant, year: 2024, rounded_to: -1 kr}
                                                     ^^^^^ bad-amount: '-1 kr' is no step of rounding: write an exact amount above zero, for example '1 mnkr'
  c:
    title: T
    kind: grant
    year: 2024
    total: {amount: 5 kr, rounded_to: 0 kr}
                                      ^^^^ bad-amount: '0 kr' is no step of rounding: write an exact amount above zero, for example '1 mnkr'
    base: {amount: 5 kr, cut_to: ca 1 kr}
                                 ^^^^^^^ bad-amount: 'ca 1 kr' is no step of rounding: write an exact amount above zero, for example '1 mnkr'
    outcome: {amount: ca 5 kr, rounded_to: 1 kr}
                                           ^^^^ bad-amount: 'ca 5 kr' is not exact: only an exact figure can be called rounded or cut
    restated: [{amount: 5 kr, rounded_to: 1 kr, cut_to: 1 kr}]
                                          ^^^^ bad-value: a figure is printed rounded or cut, not both: `rounded_to` or `cut_to`
""",
    "top-ups that contradict themselves": """
allocations:
  a:
    title: T
    kind: grant
    year: 2024
    top_ups:
      - {amount: 5 kr, line: b}
                 ^^^^ bad-value: a top-up has an `amount` or a `line`, whose total is the amount, not both
      - {line: b, rounded_to: 1 kr}
                              ^^^^ bad-value: `rounded_to` says how an amount is printed, and no amount is stated here
      - {words: mycket}
                ^^^^^^ bad-value: `words` says how an amount is printed, and no amount is stated here
""",
    "what is wrong with a record hides nothing wrong with its amounts": """
allocations:
  a:
    titel: T
    ^^^^^ unknown-field: unknown field 'titel' (did you mean 'title'?)
    kind: grnt
          ^^^^ bad-value: kind: 'grnt' is not one of area, appropriation, item, assignment, grant or commitment (did you mean 'grant'?)
    year: 24
          ^^ bad-value: '24' is not a year: write 2024, or 2022-2023 for a sum over years
    units: tkr
    ^^^^^ unknown-field: unknown field 'units' (did you mean 'unit'?)
    colour: red
    ^^^^^^ unknown-field: unknown field 'colour'
    base: 5
    total: {amout: 1,500 mnkr, source: s}
            ^^^^^ unknown-field: unknown field 'amout' (did you mean 'amount'?)
                    ^ syntax: a comma split this value: quote it
    outcome: fem
             ^^^ bad-amount: 'fem' is not an amount: write for example '23,5 mnkr' or '9 000 tkr'
    top_ups:
      - {amount: [1], words: W}
         ^^^^^^ bad-value: amount: a text was expected here, not a list
      - {amount: 013 kr, x: y}
                 ^^^^^^ bad-amount: '013 kr' has a number that begins with 0: write it without
                         ^ unknown-field: unknown field 'x'
    restated:
      - {source: s}
        ^ missing-field: 'amount' is missing here, and it is required
      - {amount: 7 bananer, source: {}}
                 ^^^^^^^^^ bad-amount: 'bananer' in '7 bananer' is not a unit of money: use kr, tkr, mnkr, mdkr or their words
                            ^^^^^^ bad-value: source: a list was expected here, not a mapping
    accept: [{reason: r}, {check: c, reason: ''}]
             ^ missing-field: 'check' is missing here, and it is required
                                             ^^ bad-value: reason: no value: write one, or leave the key out when nothing is stated
    parts:
      b: {title: T, unit: [tkr], total: 9 000, base: ca 0 kr}
                    ^^^^ bad-value: unit: a text was expected here, not a list
                                                     ^^^^^^^ bad-amount: 'ca 0 kr' puts a qualifier before zero or a negative number: what it leaves open is not clear
      ^ missing-field: 'kind' is missing here, and it is required
      c d: {title: T, kind: grant}
      ^^^ bad-value: 'c d' cannot be an id: use letters, digits, '-', '_' and '.', without spaces
      base: {title: T, kind: grant, total: x, tilte: y}
                                           ^ bad-amount: 'x' is not an amount: write for example '23,5 mnkr' or '9 000 tkr'
                                              ^^^^^ unknown-field: unknown field 'tilte'
  no-year: {title: T, kind: grant, x: y, total: 5}
  ^^^^^^^ missing-field: 'year' is missing here, and no line around it gives one
                                   ^ unknown-field: unknown field 'x'
                                                ^ bad-amount: '5' has no unit: write for example '5 tkr', or give the line a `unit`
  i d: {title: T, kind: grant, year: 2024, total: 5}
  ^^^ bad-value: 'i d' cannot be an id: use letters, digits, '-', '_' and '.', without spaces
                                                  ^ bad-amount: '5' has no unit: write for example '5 tkr', or give the line a `unit`
  anchor: {title: &t T, kind: grant, year: 2024, total: 5}
                  ^^^^ unsafe-yaml: anchor '&t': write the value out where it is used
                                                        ^ bad-amount: '5' has no unit: write for example '5 tkr', or give the line a `unit`
  merge: {title: T, kind: grant, year: 2024, total: 5, <<: *t}
                                                       ^^ unsafe-yaml: a merge key: write the fields out, so that every figure stands in its place
  same: {title: T, kind: grant, year: 2024, total: 5, note: N, note: N}
                                                   ^ bad-amount: '5' has no unit: write for example '5 tkr', or give the line a `unit`
                                                               ^^^^ duplicate-key: 'note' stands twice here, first on line 27: only one can hold
claims:
  c: {year: 2024, amount: 5, x: y}
  ^ missing-field: 'title' is missing here, and it is required
                          ^ bad-amount: '5' has no unit: write for example '5 tkr', or give the line a `unit`
                             ^ unknown-field: unknown field 'x'
  d: {title: T, year: 2024, amount: [5], restated: [{amount: 6}]}
                            ^^^^^^ bad-value: amount: a mapping was expected here, not a list
""",
    "parts named like fields": """
allocations:
  a:
    title: T
    kind: grant
    year: 2024
    parts:
      title: hej
             ^^^ bad-value: title: a mapping was expected here, not a text
      unit: {title: T, kind: grant, total: x}
  b:
    title: T
    kind: grant
    year: 2024
    parts:
      total: {title: T, kind: grant, total: {amout: x}}
                                             ^^^^^ unknown-field: unknown field 'amout' (did you mean 'amount'?)
                                                    ^ bad-amount: 'x' is not an amount: write for example '23,5 mnkr' or '9 000 tkr'
      base: {title: T, knd: grant}
                       ^^^ unknown-field: unknown field 'knd' (did you mean 'kind'?)
""",
    "`of` is for top-level lines": """
allocations:
  a: {title: T, kind: grant, year: 2024, parts: {b: {title: T, kind: grant, of: c}}}
                                                                                ^ bad-value: `of` is for a top-level line: this one lies in its line already
""",
    "YAML's own faults hide no others, and are not told twice": """
allocations:
  a:
    title: &t T
           ^^^^ unsafe-yaml: anchor '&t': write the value out where it is used
    kind: grant
    year: 2024
    total: {amount: *t, source: [*s]}
                    ^^ unsafe-yaml: alias '*t': write the value out, so that every figure stands in its place
                                 ^^ unsafe-yaml: alias '*s': write the value out, so that every figure stands in its place
    titel: U
    ^^^^^ unknown-field: unknown field 'titel'
  b:
    <<: *a
    ^^ unsafe-yaml: a merge key: write the fields out, so that every figure stands in its place
    total: x kr
  c: {title: T, kind: grant, year: 2024, total: 23,5 mnkr, base: ett}
                                                  ^ syntax: a comma split this value: quote it
                                                                 ^^^ bad-amount: 'ett' is not an amount: write for example '23,5 mnkr' or '9 000 tkr'
  d: *a
     ^^ unsafe-yaml: alias '*a': write the value out, so that every figure stands in its place
  e: {title: T, title: U, kind: grnt, year: 2024}
                ^^^^^ duplicate-key: 'title' stands twice here, first on line 14: only one can hold
                                ^^^^ bad-value: kind: 'grnt' is not one of area, appropriation, item, assignment, grant or commitment (did you mean 'grant'?)
  f: !t {title: T, kind: grant, year: 2024}
     ^^^^ unsafe-yaml: tag '!t': a ledger is plain text, write the value without a tag
claims: *c
        ^^ unsafe-yaml: alias '*c': write the value out, so that every figure stands in its place
ledger: !!map {title: T}
        ^^^^^^^ unsafe-yaml: tag '!!map': a ledger is plain text, write the value without a tag
""",
}


@pytest.mark.parametrize("text", FAULTS.values(), ids=FAULTS)
def test_faults_stand_in_their_places(text: str) -> None:
    """One fault is one message, at the key or value that it is about; all of a file are told in one run."""
    ledger, expected = pointed(text)
    assert faults_of(load_text(ledger)) == expected


def test_an_entry_with_a_fault_is_left_out_whole() -> None:
    """With all its parts, so that no sum is torn; the others stay."""
    text = """
goals: {g: {name: N}, h: {name: N, number: x}}
agencies: {a: {name: N, kind: k}, b: {name: N}}
sources: {s: {title: T, kind: k}, t: {title: T, kind: k, x: y}}
claims: {c: {title: T, year: 2024, amount: 5 kr}, d: {title: T, year: 2024, amount: x}}
initiatives: {i: {title: T, kind: k}, j: {title: T, kind: k, due: x}}
allocations:
  sound: {title: T, kind: grant, year: 2024, parts: {p: {title: T, kind: grant}}}
  amount: {title: T, kind: grant, year: 2024, parts: {p: {title: T, kind: grant, total: x}}}
  field: {title: T, kind: grant, year: 2024, parts: {p: {title: T, kind: grant, x: y}}}
  year: {title: T, kind: grant, parts: {p: {title: T, kind: grant, year: 2024}}}
  anchor: &x {title: T, kind: grant, year: 2024}
  inner: {title: T, kind: grant, year: 2024, parts: &y {}}
  note: {title: T, kind: grant, year: 2024, note: !t N}
  twice: {title: T, kind: grant, year: 2024, note: N, note: M}
  comma: {title: T, kind: grant, year: 2024, note: N, M}
  i d: {title: T, kind: grant, year: 2024}
"""
    read = load_text(text).book
    assert list(read.lines) == ["sound", "sound/p"]
    assert [list(some) for some in (read.goals, read.agencies, read.sources, read.claims, read.initiatives)] == [
        ["g"],
        ["a"],
        ["s"],
        ["c"],
        ["i"],
    ]


def test_the_first_of_two_ids_in_one_file_holds() -> None:
    """A key that stands twice is a fault of its file."""
    loaded = load_text("sources:\n  s: {title: T, kind: k}\n  s: {title: U, kind: k}\n")
    assert [(fault.check, fault.place.line) for fault in loaded.faults] == [("duplicate-key", 3)]
    assert loaded.book.sources["s"].title == "T"


def test_the_first_of_two_ids_in_two_files_holds() -> None:
    """It is no fault of reading: a check reports it."""
    loaded = load_texts(
        {
            "b.yaml": b"sources:\n  s: {title: U, kind: k}\nledger: {title: U}\n",
            "a.yaml": b"ledger: {title: T}\nsources:\n  s: {title: T, kind: k}\n",
        }
    )
    assert loaded.faults == ()
    assert (loaded.book.title, loaded.book.sources["s"].title) == ("T", "T")
    assert [(one.what, one.id, one.place, one.first) for one in loaded.book.duplicates] == [
        ("sources", "s", Place("b.yaml", 2, 3, 4, "s"), Place("a.yaml", 3, 3, 4, "s")),
        ("ledger", "ledger", Place("b.yaml", 3, 1, 7, "ledger"), Place("a.yaml", 1, 1, 7, "ledger")),
    ]


def test_a_second_record_with_a_taken_id_is_read_for_its_faults() -> None:
    """They are told in the same run as the id."""
    text = "allocations: {{a: {{title: T, kind: grant, year: 2024, total: {}}}}}\n"
    loaded = load_texts({"a.yaml": text.format("5 kr").encode(), "b.yaml": text.format("x").encode()})
    assert [(fault.place.path, fault.check) for fault in loaded.faults] == [("b.yaml", "bad-amount")]
    assert loaded.book.lines["a"].total is not None
    assert len(loaded.book.duplicates) == 1


def test_a_record_with_a_fault_takes_no_id() -> None:
    """The next sound one with the same id is in the Book, and no duplicate."""
    text = "sources: {{s: {{title: {}, kind: k{}}}}}\n"
    loaded = load_texts({"a.yaml": text.format("T", ", x: y").encode(), "b.yaml": text.format("U", "").encode()})
    assert loaded.book.sources["s"].title == "U"
    assert loaded.book.duplicates == ()


def test_an_id_is_short_enough_for_a_key_and_a_reader() -> None:
    """Two hundred characters; YAML itself has no key of more than a thousand."""
    fields = "{title: T, kind: k}"
    loaded = load_text(f"sources:\n  {'a' * 200}: {fields}\n  {'b' * 201}: {fields}\n")
    assert [*loaded.book.sources] == ["a" * 200]
    assert [fault.message.rpartition("...")[2] for fault in loaded.faults] == [
        "' cannot be an id: an id has at most 200 characters"
    ]


def test_one_id_may_name_records_of_different_kinds() -> None:
    """An agency and a source may both be called scb."""
    read = book("agencies: {scb: {name: N, kind: k}}\nsources: {scb: {title: T, kind: k}}\n")
    assert read.duplicates == ()
    assert (read.agencies["scb"].name, read.sources["scb"].title) == ("N", "T")


def test_all_faults_of_all_files_are_told_in_one_run() -> None:
    """Of a file whose YAML breaks the first break; the others are read as if it were whole."""
    loaded = load_texts(
        {
            "c/broken.yaml": b"allocations:\n  a: {title: 'T\n",
            "a.yaml": b"sources:\n  s: {titel: T, kind: k}\n  t: {title: T}\n",
            "b.yaml": b"allocations:\n  b: {title: T, kind: grant, year: 2024, base: x, total: y}\n",
            "d.yaml": b"a: \xff",
        }
    )
    assert [(fault.place.path, fault.place.line, fault.check) for fault in loaded.faults] == [
        ("a.yaml", 2, "unknown-field"),
        ("a.yaml", 3, "missing-field"),
        ("b.yaml", 2, "bad-amount"),
        ("b.yaml", 2, "bad-amount"),
        ("c/broken.yaml", 2, "syntax"),
        ("d.yaml", 1, "syntax"),
    ]
    assert list(loaded.texts) == ["a.yaml", "b.yaml", "c/broken.yaml", "d.yaml"]


def test_every_fault_of_reading_is_an_error_with_a_place_that_can_be_shown() -> None:
    """Its line is among the texts, and its columns inside that line."""
    for text in FAULTS.values():
        ledger, _ = pointed(text)
        loaded = load_text(ledger)
        for fault in loaded.faults:
            row = loaded.texts["ledger.yaml"][fault.place.line - 1]
            assert fault.severity == "error"
            assert 1 <= fault.place.column < fault.place.end_column
            assert fault.place.column <= len(row) + 1


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "allocations:\n", "allocations: {}\nledger:\n", "ledger: {}\nclaims: []\n"]
)
def test_a_ledger_that_one_has_just_begun_is_empty(text: str) -> None:
    """A key with nothing under it is no fault."""
    loaded = load_text(text)
    assert loaded.faults == ()
    assert (loaded.book.lines, loaded.book.claims, loaded.book.years) == ({}, {}, ())


def test_lines_that_lie_in_one_another_without_an_end_are_one_fault() -> None:
    """101 others around a line are one too many; the line is named where it says `of`, those deeper in it are not."""
    words = "title: T, kind: grant, year: 2024, total: 1 kr"
    chain = [f"  a{number}: {{{words}, of: a{number + 1}}}" for number in range(103)]
    loaded = load_text("\n".join(["allocations:", *chain, f"  a103: {{{words}}}", ""]))
    [fault] = loaded.faults
    assert (fault.place.owner, fault.message) == ("a2", "the line lies in more than 100 others, one around the other")
    assert (
        sorted(set(chain) - {f"  {one}: {{{words}, of: a{int(one[1:]) + 1}}}" for one in loaded.book.lines})
        == chain[:3]
    )


@pytest.mark.parametrize("length", [10_000, 200_000])
def test_a_message_quotes_no_more_than_can_be_read(length: int) -> None:
    """However long what was written is."""
    long = "x" * length
    text = f"""
? {long}
: 1
allocations:
  ? {long}!
  : {{title: T, kind: {long}, year: {long}, decided: {long}, total: {long}, ? {long} : 1}}
"""
    faults = load_text(text).faults
    assert len(faults) == 7
    assert max(len(fault.message) for fault in faults) < 200


def test_a_text_that_is_no_unicode_is_a_fault() -> None:
    """Half of a surrogate pair can stand in a Python text, not in a file."""
    [fault] = load_text("ledger: {title: '\ud800'}\n").faults
    assert (fault.check, fault.place) == ("syntax", Place("ledger.yaml", 1, 18, 19))


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


FILES = {
    "b.yaml": "sources: {b: {title: T, kind: k}}\n",
    "a.yml": "sources: {a: {title: T, kind: k}}\n",
    "allocations/2021.yaml": "sources: {d: {title: T, kind: k}}\n",
    "allocations/deep/er/2022.yaml": "sources: {e: {title: T, kind: k}}\n",
    "allocations-old.yaml": "sources: {c: {title: T, kind: k}}\n",
    ".hidden.yaml": "broken: [\n",
    ".git/x.yaml": "broken: [\n",
    "notes.txt": "broken: [\n",
    "README": "broken: [\n",
    "allocations/.#2021.yaml": "broken: [\n",
    "yaml": "broken: [\n",
    "x.yaml.bak": "broken: [\n",
}


def test_every_yaml_file_below_the_directory_is_read(tmp_path: Path) -> None:
    """At any depth, in the order of their paths, a folder's together; not what begins with a dot."""
    write(tmp_path, FILES)
    names = [Path(shown).relative_to(tmp_path).as_posix() for _, shown in ledger_files(tmp_path)]
    assert names == [
        "a.yml",
        "allocations/2021.yaml",
        "allocations/deep/er/2022.yaml",
        "allocations-old.yaml",
        "b.yaml",
    ]
    loaded = load(tmp_path)
    assert loaded.faults == ()
    assert list(loaded.book.sources) == ["a", "d", "e", "c", "b"]


def test_a_directory_and_its_texts_are_the_same_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever way a revision is read, the same file comes first."""
    write(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    texts = {Path(shown).as_posix(): path.read_bytes() for path, shown in ledger_files(Path())}
    assert load_texts(texts) == replace(load(Path()), digests={})


def test_paths_are_shown_as_they_are_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative where the directory is given so."""
    write(tmp_path, {"data/a.yaml": "x: 1\n"})
    monkeypatch.chdir(tmp_path)
    (tmp_path / "below").mkdir()
    assert [fault.place.path for fault in load(Path("data")).faults] == ["data/a.yaml"]
    monkeypatch.chdir(tmp_path / "below")
    assert [fault.place.path for fault in load(Path("../data")).faults] == ["../data/a.yaml"]


def test_an_empty_directory_is_an_empty_ledger(tmp_path: Path) -> None:
    """It is there, so it can be read."""
    assert load(tmp_path) == load_texts({})
    assert load(tmp_path).faults == ()


def test_a_directory_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    """Nothing is not an empty ledger; nor is a file one."""
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none")
    write(tmp_path, {"a.yaml": ""})
    with pytest.raises(NotADirectoryError):
        load(tmp_path / "a.yaml")


def test_a_folder_that_cannot_be_listed_stops_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sum over some of the files would be wrong in silence."""
    write(tmp_path, FILES)
    listed = os.scandir

    def refuse(folder: str) -> object:
        if os.fspath(folder).endswith("deep"):
            raise PermissionError(13, "Permission denied", folder)
        return listed(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(PermissionError):
        load(tmp_path)


def test_a_file_that_cannot_be_read_is_a_fault_among_the_others(tmp_path: Path) -> None:
    """For example a link to nowhere."""
    write(tmp_path, {"a.yaml": "x: 1\n"})
    (tmp_path / "b.yaml").symlink_to(tmp_path / "nowhere")
    faults = [(Path(fault.place.path).name, fault.check, fault.message) for fault in load(tmp_path).faults]
    assert faults == [
        ("a.yaml", "unknown-field", "unknown top-level key 'x'"),
        ("b.yaml", "syntax", "cannot be read: no such file or directory"),
    ]


def test_a_file_over_64_mib_is_not_read_into_memory(tmp_path: Path) -> None:
    """A file of four gigabytes (of nothing, on disk) is refused like any other that is too large."""
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(4 * 2**30)
    [fault] = load(tmp_path).faults
    assert (fault.check, fault.message) == ("unsafe-yaml", "the file is over 64 MiB: split it")
