"""Terms: what they select, what they refuse, and the rules that hold for every query."""

from collections.abc import Sequence
from functools import cache
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.book import Book, Line, solved
from ledger.money import Interval
from ledger.query import (
    TERMS,
    Query,
    Selection,
    TermError,
    complete,
    parse,
    select,
    split_terms,
    years_of,
)
from ledger.query.comparisons import lies_in
from ledger.query.recipients import recipients_of
from ledger.reading import load_text

LEDGER = """
goals:
  economy: {number: 2, name: Ekonomisk jämställdhet, valid_from: 2016-11}
  unpaid-work: {number: 4, name: En jämn fördelning av det obetalda arbetet, valid_from: 2016-11}
  violence: {number: 6, name: Mäns våld mot kvinnor ska upphöra, valid_from: 2016-11}
  violence-2006: {number: 4, name: Mäns våld mot kvinnor ska upphöra, valid_from: 2006, valid_until: 2016}
agencies:
  bra: {name: Brottsförebyggande rådet, abbreviation: Brå, kind: government-agency}
  iom: {name: International Organization for Migration, abbreviation: IOM, kind: intergovernmental-org}
  jamy: {name: Jämställdhetsmyndigheten, name_en: Swedish Gender Equality Agency, kind: government-agency}
  lst-orebro: {name: Länsstyrelsen i Örebro län, kind: county-board}
  mucf: {name: Myndigheten för ungdoms- och civilsamhällesfrågor, abbreviation: MUCF, kind: government-agency}
  nck: {name: Nationellt centrum för kvinnofrid, abbreviation: NCK, kind: university, run_by: uu}
  nsp: {name: Nationella stödprogrammet, abbreviation: NSP, kind: programme, run_by: plattformen}
  plattformen: {name: Plattformen Civila Sverige mot människohandel, kind: ngo}
  amp: {name: Återvändandeprogrammet, abbreviation: ÅMP, kind: programme, run_by: iom}
  scb: {name: Statistiska centralbyrån, abbreviation: SCB, kind: government-agency}
  uu: {name: Uppsala universitet, kind: university}
  lansstyrelserna: {name: Länsstyrelserna, kind: group, members: [lst-orebro]}
  jamy-och-lansstyrelserna: {name: Båda, kind: group, members: [jamy, lansstyrelserna]}
sources:
  art-2024-04-prostitution: {title: Arbetet mot prostitution intensifieras, kind: article, published: 2024-04}
  pr-2024-03-manniskohandel: {title: Mer pengar mot människohandel, kind: press-release, published: 2024-03}
  rb-21844: {title: Regleringsbrev, kind: appropriation-letter, published: 2021-06-03}
  never-used: {title: Ingen rad, kind: article}
allocations:
  lst-heder-2008:
    title: County boards, honour-related violence
    kind: assignment
    year: 2008
    recipient: lansstyrelserna
    goals: [violence-2006]
    total: nära 32 mnkr
  uo13-3-1-2021:
    title: Särskilda jämställdhetsåtgärder
    kind: appropriation
    code: UO13 3:1
    year: 2021
    unit: tkr
    source: rb-21844
    decided: 2021-06-03
    parts_are: partial
    parts:
      mucf:
        {kind: item, title: Disponeras av MUCF, recipient: mucf, total: 9 000,
         parts: {ap11: {kind: item, code: ap.11, title: Del till MUCF, recipient: mucf, total: 9 000}}}
      lst-orebro:
        {kind: item, title: Disponeras av Länsstyrelsen i Örebro län, recipient: lst-orebro, total: 8 000,
         parts: {ap1: {kind: item, code: ap.1, title: Del till Örebro, recipient: lst-orebro, total: 8 000}}}
  scb-tid-2021:
    title: Time-use study
    kind: assignment
    year: 2021
    recipient: scb
    goals: [unpaid-work]
    total: högst 4 500 000 kr
  bra-ptu-2022-2023:
    title: Politicians' safety survey
    kind: assignment
    year: 2022-2023
    recipient: bra
    stage: planned
    total: 1 400 000 kr
    parts_are: partial
    parts:
      "2022": {kind: assignment, title: "Politicians' safety survey, 2022", year: 2022, recipient: bra, total: 700 000 kr}
  jamy-mainstreaming-2023:
    title: Gender mainstreaming
    kind: assignment
    year: 2023
    recipient: jamy-och-lansstyrelserna
    goals: [violence-2006]
    total: 10 mnkr
  jamy-trafficking-2024:
    title: Förstärkt arbete mot sexuell exploatering av barn, prostitution och människohandel
    kind: assignment
    year: 2024
    recipient: jamy
    source: art-2024-04-prostitution
    goals: [violence]
    total: 23,5 mnkr
    top_ups:
      - amount: 1,5 mnkr
        source: pr-2024-03-manniskohandel
        decided: 2024-03-27
    parts_are: partial
    parts:
      nsp: {kind: grant, title: Nationella stödprogrammet, recipient: nsp}
      amp: {kind: grant, title: Återvändandeprogrammet, recipient: amp}
  lst-vastra-gotaland-2024:
    title: Development money announced in one county
    kind: grant
    year: 2024
    recipient: lst-vastra-gotaland
    goals: [violence]
    counted: no
    base: drygt 4 mnkr
  nck-stodlinjer-2024:
    title: National helplines for victims of violence
    kind: grant
    year: 2024
    recipient: nck
    goals: [violence]
    gender_marker: 2
    top_ups: [{amount: 3 mnkr}]
  bestallning-2024:
    title: Leave to order
    kind: commitment
    code: UO13 3:1
    year: 2024
    total: 20 mnkr
    outcome: 18,25 mnkr
claims:
  heder-2012: {title: Honour-related violence, year: 2012, amount: drygt 350 mnkr}
"""

MUCF = ["uo13-3-1-2021/mucf", "uo13-3-1-2021/mucf/ap11"]
OREBRO = ["uo13-3-1-2021/lst-orebro", "uo13-3-1-2021/lst-orebro/ap1"]
LETTER = ["uo13-3-1-2021", *MUCF, *OREBRO]
TRAFFICKING = ["jamy-trafficking-2024", "jamy-trafficking-2024/nsp", "jamy-trafficking-2024/amp"]
PERIOD = ["bra-ptu-2022-2023", "bra-ptu-2022-2023/2022"]
GRANTS = [*TRAFFICKING[1:], "lst-vastra-gotaland-2024", "nck-stodlinjer-2024"]


@cache
def book() -> Book:
    loaded = load_text(LEDGER)
    assert loaded.faults == ()
    return loaded.book


def chosen(*terms: str) -> Selection:
    query = parse(terms, book())
    assert isinstance(query, Query), query
    return select(query, book())


def ids(lines: Sequence[Line]) -> list[str]:
    return [line.id for line in lines]


def faults(*terms: str) -> list[str]:
    errors = parse(terms, book())
    assert not isinstance(errors, Query)
    return [error.message for error in errors]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        # years
        ("2021", [*LETTER, "scb-tid-2021"]),
        ("year:2022", ["bra-ptu-2022-2023/2022"]),
        ("year:2022..2023", [*PERIOD, "jamy-mainstreaming-2023"]),
        ("..2021 kind:assignment", ["lst-heder-2008", "scb-tid-2021"]),
        ("year:>=2024 kind:commitment", ["bestallning-2024"]),
        ("year:<2021", ["lst-heder-2008"]),
        ("year:>2023 kind:assignment", TRAFFICKING[:1]),
        ("year:2008 year:2023", ["lst-heder-2008", "jamy-mainstreaming-2023"]),
        ("year:2012", []),
        # recipients
        ("recipient:mucf", MUCF),
        ("recipient:MUCF", MUCF),
        ("recipient:brå", PERIOD),
        ('recipient:"swedish gender equality agency"', TRAFFICKING[:1]),
        ("recipient:jamy", TRAFFICKING[:1]),
        ("recipient:lansstyrelserna", ["lst-heder-2008", *OREBRO]),
        (
            "recipient:jamy-och-lansstyrelserna",
            ["lst-heder-2008", *OREBRO, "jamy-mainstreaming-2023", TRAFFICKING[0]],
        ),
        ("recipient:lst-orebro", OREBRO),
        ("recipient:iom", ["jamy-trafficking-2024/amp"]),
        ("recipient:uu", ["nck-stodlinjer-2024"]),
        ("recipient:lst-vastra-gotaland", ["lst-vastra-gotaland-2024"]),
        # goals, sources, codes, ids
        ("goal:6", [*TRAFFICKING, "lst-vastra-gotaland-2024", "nck-stodlinjer-2024"]),
        ("goal:violence", [*TRAFFICKING, "lst-vastra-gotaland-2024", "nck-stodlinjer-2024"]),
        ("goal:4", ["lst-heder-2008", "scb-tid-2021"]),
        ("goal:4 2008", ["lst-heder-2008"]),
        ("goal:violence-2006", ["lst-heder-2008", "jamy-mainstreaming-2023"]),
        ("source:rb-21844", LETTER),
        ("source:pr-2024-03-manniskohandel", TRAFFICKING[:1]),
        ("source:art-2024-04-prostitution", TRAFFICKING),
        ("source:never-used", []),
        ('code:"UO13 3:1"', [*LETTER, "bestallning-2024"]),
        ('code:"uo13 3:1 ap.1"', OREBRO[1:]),
        ("id:uo13-3-1-2021/mucf", MUCF),
        ("id:bra-ptu-2022-2023/", PERIOD),
        # fixed values
        ("kind:grant", GRANTS),
        ("kind:grant kind:commitment", [*GRANTS, "bestallning-2024"]),
        ("kind:Item recipient:lst-orebro", OREBRO),
        ("stage:planned", PERIOD),
        ("counted:no", ["lst-vastra-gotaland-2024"]),
        ("level:commitments", ["bestallning-2024"]),
        ("level:grants 2021", ["scb-tid-2021"]),
        ('level:"assignments and grants" 2021', ["scb-tid-2021"]),
        ("marker:2", ["nck-stodlinjer-2024"]),
        ("marker:none 2008", ["lst-heder-2008"]),
        # dates
        ("decided:2024-03..", TRAFFICKING[:1]),
        ("decided:2024-03", TRAFFICKING[:1]),
        ("decided:2024-04..", []),
        ("decided:..2021-06", LETTER),
        ("decided:<2021-06-03", []),
        ("decided:<=2021-06-03", LETTER),
        ("decided:>2021-06", TRAFFICKING[:1]),
        ("decided:>2021-06-03", TRAFFICKING[:1]),
        ("decided:>2024", []),
        ("decided:2021..2023", LETTER),
        # words
        ("människohandel", TRAFFICKING[:1]),
        ("title:MUCF", MUCF),
        ("uppsala helplines", ["nck-stodlinjer-2024"]),
        ("text:kvinnofrid", ["nck-stodlinjer-2024"]),
        ("ap.11", MUCF[1:]),
        ('"3:1" kind:commitment', ["bestallning-2024"]),
        # negation
        ("2021 not:kind:item", ["uo13-3-1-2021", "scb-tid-2021"]),
        ("kind:grant not:recipient:nsp not:recipient:amp", GRANTS[2:]),
        ("2024 not:violence not:not:kind:grant", GRANTS[:3]),
    ],
)
def test_terms_select(terms: str, expected: list[str]) -> None:
    assert ids(chosen(*split_terms(terms)).lines) == expected


@pytest.mark.parametrize(
    ("terms", "expected", "undecided"),
    [
        # 23,5 mnkr, exactly; 31–32, 0–4,5 and 4–5 mnkr; the rest is exact or not known
        ("total:23,5mnkr", ["jamy-trafficking-2024"], []),
        ("total:=23,5mnkr", ["jamy-trafficking-2024"], []),
        ("total:>=23,5mnkr", ["lst-heder-2008", "jamy-trafficking-2024"], []),
        ("total:>23,5mnkr", ["lst-heder-2008"], []),
        ("total:..9mnkr 2021", [*MUCF, *OREBRO, "scb-tid-2021"], []),
        ("total:<9mnkr 2021", [*OREBRO, "scb-tid-2021"], []),
        ("total:9000tkr 2021", MUCF, []),
        ("total:4mnkr..20mnkr 2021", [*MUCF, *OREBRO], ["scb-tid-2021"]),
        ("total:8..9mnkr 2021", [*MUCF, *OREBRO], []),
        ("total:<32mnkr 2008", [], ["lst-heder-2008"]),
        ("total:>31mnkr 2008", ["lst-heder-2008"], []),
        ("total:..4mnkr 2024 counted:no", [], ["lst-vastra-gotaland-2024"]),
        ("total:<4mnkr 2024 counted:no", [], []),
        ("base:22mnkr", ["jamy-trafficking-2024"], []),
        ("top_ups:1mnkr..5mnkr", ["jamy-trafficking-2024", "nck-stodlinjer-2024"], []),
        ("outcome:..18,25mnkr kind:commitment", ["bestallning-2024"], []),
        ("total:≥20mnkr kind:commitment", ["bestallning-2024"], []),
    ],
)
def test_a_comparison_holds_when_the_whole_interval_satisfies_it(
    terms: str, expected: list[str], undecided: list[str]
) -> None:
    found = chosen(*split_terms(terms))
    not_stated = ids(found.not_known)
    assert ids(found.lines) == expected
    assert [line for line in ids(found.undecided) if line not in not_stated] == undecided


def test_a_note_counts_the_undecided_and_those_without_an_amount() -> None:
    """For 2024, drygt 4 mnkr may be 4,2; two parts have no amount, and one line a top-up without a base."""
    found = chosen("2024", "total:..4,2mnkr")
    assert ids(found.lines) == []
    assert ids(found.undecided) == GRANTS
    assert ids(found.not_known) == [*TRAFFICKING[1:], "nck-stodlinjer-2024"]
    assert found.notes() == (
        "1 line undecided: the total may lie on either side of the bound",
        "3 lines undecided: no total is stated or derived",
    )
    assert chosen("2024").notes() == ()


def test_what_another_key_excludes_is_not_undecided() -> None:
    """The line of 2008 is between 31 and 32 mnkr, but it is no grant."""
    assert chosen("total:..31,5mnkr", "2008", "kind:grant").undecided == ()
    assert ids(chosen("total:..31,5mnkr", "2008").undecided) == ["lst-heder-2008"]
    assert ids(chosen("total:..31,5mnkr", "total:..40mnkr", "2008").lines) == ["lst-heder-2008"]


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ("knd:grant", "unknown key 'knd' (did you mean 'kind'?); to look for the words themselves write text:\"knd:grant\""),
        ("kind:grants", "unknown kind 'grants' (did you mean 'grant'?): write area, appropriation, item, assignment, grant or commitment"),
        ("stage:paid", "unknown stage 'paid': write planned, proposed or decided"),
        ("counted:maybe", "unknown value of counted 'maybe': write yes or no"),
        ("marker:3", "unknown gender marker '3': write 0, 1, 2 or none"),
        ("level:assignment", "unknown level 'assignment' (did you mean 'assignments'?): write appropriations, assignments, grants or commitments"),
        ("recipient:jammy", "unknown recipient 'jammy' (did you mean 'jamy'?)"),
        ("goal:violense", "unknown goal 'violense' (did you mean 'violence'?)"),
        ("goal:9", "no goal has the number 9: the numbers are 2, 4, 6"),
        ("source:rb-21845", "unknown source 'rb-21845' (did you mean 'rb-21844'?)"),
        ("id:uo13-3-1-2021/mucff", "unknown line 'uo13-3-1-2021/mucff' (did you mean 'uo13-3-1-2021/mucf'?)"),
        ("id:uo13-3-1", "unknown line 'uo13-3-1' (did you mean 'uo13-3-1-2021'?)"),
        ("code:UO1", "no line's code begins with 'UO1'"),
        ("code:ap.11", "no line's code begins with 'ap.11' (did you mean 'UO13 3:1 ap.11'?)"),
        ("2031", "no line is of 2031: the ledger holds 2008–2024"),
        ("year:2025..", "no line is of 2025..: the ledger holds 2008–2024"),
        ("year:2022-2023", "a range of years is written year:2022..2023"),
        ("year:last", "'last' is not a year: write for example year:2024 or year:2021..2024"),
        ("year:2024..2021", "'2024..2021' ends before it begins"),
        ("year:..", "'..' has no bound: write a value before or after it"),
        ("decided:2024-13", "'2024-13' is not a date: write for example 2024, 2024-03 or 2024-03-27"),
        ("decided:2023-02-29", "'2023-02-29' is not a date: write for example 2024, 2024-03 or 2024-03-27"),
        ("total:10", "'10' has no unit: write for example '10mnkr' or '10tkr'"),
        ('total:"drygt 10 mnkr"', "'drygt 10 mnkr' is not one amount: compare with plain ones, as in 10mnkr.. or 10mnkr..20mnkr"),
        ("total:10–20mnkr", "'10–20mnkr' is not one amount: compare with plain ones, as in 10mnkr.. or 10mnkr..20mnkr"),
        ("total:20mnkr..10mnkr", "'20mnkr..10mnkr' ends before it begins"),
        ("total:>1mnkr..2mnkr", "'>1mnkr..2mnkr' is a comparison and a range: write one of them"),
        ("recipient:", "'recipient:' has no value: quote one that holds spaces, < or >, as in code:\"UO13 3:1\""),
        ("not:", "'not:' has no value: quote one that holds spaces, < or >, as in code:\"UO13 3:1\""),
        ('code:"UO13 3:1', "a quote in 'code:\"UO13 3:1' is not closed"),
    ],
)  # fmt: skip
def test_a_term_is_refused_with_what_to_write_instead(terms: str, message: str) -> None:
    assert faults(*split_terms(terms)) == [message]


AGENCIES = """
agencies:
  uu: {name: Uppsala universitet, kind: university}
  nck: {name: Nationellt centrum för kvinnofrid, kind: university, run_by: uu}
  helplines: {name: Stödlinjerna, kind: programme, run_by: nck, members: [roks]}
  roks: {name: Riksorganisationen, kind: ngo}
  coalition: {name: Koalitionen, kind: group, run_by: uu, members: [uu, roks]}
  alliance: {name: Alliansen, kind: group, members: [coalition, alliance]}
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("uu", {"uu", "nck", "helplines"}),
        ("nck", {"nck", "helplines"}),
        ("helplines", {"helplines", "roks"}),
        ("roks", {"roks"}),
        ("coalition", {"coalition", "uu", "nck", "helplines", "roks"}),
        ("alliance", {"alliance", "coalition", "uu", "nck", "helplines", "roks"}),
    ],
)
def test_a_recipient_is_its_members_and_what_they_run_but_no_group_around_it(name: str, expected: set[str]) -> None:
    """At any depth. Those who take part in a programme are not who runs it, and a group that X runs is not X."""
    assert recipients_of(name, load_text(AGENCIES).book) == frozenset(expected)


def test_a_year_that_only_a_period_covers_says_how_to_select_the_period() -> None:
    """The survey of 2022-2023 has no part of its own for 2023 here, and nothing else is of that year."""
    lines = {name: line for name, line in book().lines.items() if line.recipient == "bra"}
    errors = parse(["2023"], solved(Book(lines=lines)))
    assert errors == (TermError(0, "no line is of 2023 alone, only of a longer period: write year:2022..2023"),)


def test_an_id_is_matched_by_whole_segments_of_its_path() -> None:
    """`nck-2024` is not the beginning of `nck-2024-extra`."""
    fields = "{kind: grant, title: T, year: 2024}"
    nck = load_text(f"allocations:\n  nck-2024: {fields}\n  nck-2024-extra: {fields}\n").book
    query = parse(["id:nck-2024"], nck)
    assert isinstance(query, Query)
    assert ids(select(query, nck).lines) == ["nck-2024"]


def test_a_line_is_of_the_day_of_a_top_up_whose_amount_is_not_stated() -> None:
    nck = load_text("allocations:\n  nck-2024: {kind: grant, title: T, year: 2024, top_ups: [{decided: 2024-03}]}\n")
    query = parse(["decided:2024-03"], nck.book)
    assert isinstance(query, Query)
    assert ids(select(query, nck.book).lines) == ["nck-2024"]


def test_a_year_with_a_claim_only_is_no_fault() -> None:
    assert chosen("2012").lines == ()


def test_all_faults_come_at_once_with_the_index_of_their_term() -> None:
    errors = parse(["2024", "kind:grants", "recipient:mucf", "goal:"], book())
    assert not isinstance(errors, Query)
    assert [error.index for error in errors] == [1, 3]


def test_an_empty_ledger_knows_no_year() -> None:
    assert parse(["2024"], Book()) == (TermError(0, "no line is of 2024: the ledger holds none"),)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ('code:"UO13 3:1" kind:item', ["code:UO13 3:1", "kind:item"]),
        ("  goal:violence\n kind:grant ", ["goal:violence", "kind:grant"]),
        ('"code:UO13 3:1"', ["code:UO13 3:1"]),
        ('not:recipient:"Uppsala universitet"', ["not:recipient:Uppsala universitet"]),
        ('kind:item code:"UO13 3:1', ["kind:item", 'code:"UO13 3:1']),
        ("", []),
    ],
)
def test_an_about_text_is_split_at_spaces_outside_quotes(text: str, terms: list[str]) -> None:
    assert split_terms(text) == terms


def test_quotes_that_reach_the_program_are_taken_off() -> None:
    """A shell passes 'code:"UO13 3:1"' in single quotes on with its double ones."""
    assert chosen('code:"UO13 3:1"') == chosen("code:UO13 3:1")


@pytest.mark.parametrize(
    ("terms", "years"),
    [
        ("year:2024", (2024,)),
        ("2021 2024", (2021, 2024)),
        ("2021..2023", (2021, 2022, 2023)),
        ("..2009", (2008, 2009)),
        ("year:2023..", (2023, 2024)),
        ("year:2020..2999", (2020, 2021, 2022, 2023, 2024)),
        ("not:year:2024", ()),
        ("kind:grant", ()),
    ],
)
def test_the_years_that_terms_name(terms: str, years: tuple[int, ...]) -> None:
    query = parse(split_terms(terms), book())
    assert isinstance(query, Query)
    assert years_of(query) == years


@pytest.mark.parametrize("example", [term.example for term in TERMS])
def test_every_example_parses(example: str) -> None:
    """As typed in a shell or an `about`, and as one argument with its quotes."""
    assert isinstance(parse(split_terms(example), book()), Query)
    assert isinstance(parse([example], book()), Query)


def test_a_selection_of_some_lines_keeps_their_order() -> None:
    query = parse(["kind:grant"], book())
    assert isinstance(query, Query)
    some = [line for line in book().lines.values() if line.first_year == 2024 and line.counted]
    assert ids(select(query, book(), some).lines) == [line for line in GRANTS if line in ids(some)]


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("k", ["kind:"]),
        ("t", ["total:", "top_ups:", "title:", "text:"]),
        ("n", ["not:"]),
        ("202", ["2021", "2022", "2023", "2024"]),
        ("kind:a", ["kind:appropriation", "kind:area", "kind:assignment"]),
        ("not:kind:g", ["not:kind:grant"]),
        ("recipient:N", ["recipient:nck", "recipient:nsp"]),
        ('code:"uo13 3:1 ap.', ["code:UO13 3:1 ap.1", "code:UO13 3:1 ap.11"]),
        ("id:uo13-3-1-2021/m", [f"id:{line}" for line in MUCF]),
        ("source:c", ["source:calculated"]),
        ("marker:", ["marker:0", "marker:1", "marker:2", "marker:none"]),
        ("total:1", []),
        ("nothing:x", []),
    ],
)
def test_completion(prefix: str, expected: list[str]) -> None:
    assert complete(prefix, book()) == expected


@pytest.mark.parametrize("key", ["year", "recipient", "kind", "goal", "stage", "level", "counted", "code", "id"])
def test_every_completed_value_parses(key: str) -> None:
    """Values that no line has are left out only where the ledger could have them: `source:calculated` is one."""
    terms = complete(f"{key}:", book())
    assert terms
    assert isinstance(parse(terms, book()), Query)


POOL = (
    "2021", "year:2022..2023", "recipient:jamy", "recipient:lansstyrelserna", "kind:grant", "kind:item", "goal:4",
    "goal:violence", "source:rb-21844", "code:UO13", "id:jamy-trafficking-2024", "total:4,2mnkr..", "total:..31,5mnkr",
    "total:23,5mnkr", "base:>4mnkr", "top_ups:>0kr", "outcome:..20mnkr", "decided:2021", "stage:planned",
    "level:grants", "counted:no", "marker:none", "title:survey", "violence",
)  # fmt: skip
SOME_TERMS = st.lists(
    st.builds(lambda negation, term: negation + term, st.sampled_from(["", "not:"]), st.sampled_from(POOL)),
    max_size=5,
)


@pytest.mark.parametrize("term", POOL)
def test_a_term_and_its_negation_part_the_lines_with_the_undecided(term: str) -> None:
    """Each line is selected by one of the two, or undecided in both."""
    yes, no = chosen(term), chosen(f"not:{term}")
    assert yes.undecided == no.undecided
    assert sorted(ids([*yes.lines, *no.lines, *yes.undecided])) == sorted(book().lines)


@given(st.sampled_from(["kind", "total", "goal"]), st.data())
def test_alternatives_and_their_negations_part_the_lines(key: str, data: st.DataObject) -> None:
    terms = data.draw(st.lists(st.sampled_from([t for t in POOL if t.startswith(key)]), min_size=1))
    yes, no = chosen(*terms), chosen(*(f"not:{term}" for term in terms))
    assert yes.undecided == no.undecided
    assert sorted(ids([*yes.lines, *no.lines, *yes.undecided])) == sorted(book().lines)


@given(SOME_TERMS)
def test_the_order_of_terms_changes_nothing(terms: list[str]) -> None:
    found = [chosen(*order) for order in permutations(terms[:4])]
    assert all((one.lines, one.undecided) == (found[0].lines, found[0].undecided) for one in found)


@given(SOME_TERMS, st.sampled_from(POOL))
def test_a_term_of_a_new_key_never_adds_lines(terms: list[str], more: str) -> None:
    query, added = parse(terms, book()), parse([more], book())
    assert isinstance(query, Query)
    assert isinstance(added, Query)
    if added.terms[0].key not in {term.key for term in query.terms if not term.negated}:
        assert set(ids(chosen(*terms, more).lines)) <= set(ids(chosen(*terms).lines))


ENDS = st.one_of(st.none(), st.integers(-4, 4))


def _points(interval: Interval) -> set[int]:
    """Halves of whole numbers from -6 to 6, doubled: between two whole ends there is one point."""
    return {
        point
        for point in range(-12, 13)
        if (interval.low is None or point > 2 * interval.low - (not interval.low_open))
        and (interval.high is None or point < 2 * interval.high + (not interval.high_open))
    }


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = draw(ENDS), draw(ENDS)
    if low is not None and high is not None and low >= high:
        return Interval(high, high)
    return Interval(low, high, low is not None and draw(st.booleans()), high is not None and draw(st.booleans()))


@given(intervals(), intervals())
def test_an_interval_lies_in_another_when_all_its_points_do(value: Interval, wanted: Interval) -> None:
    inside, all_ = _points(value) & _points(wanted), _points(value)
    assert lies_in(value, wanted) is (True if inside == all_ else None if inside else False)
