"""The checks of references, years, goals, sources and numbers: ledgers with their findings marked on the lines."""

import pytest
from checked import assert_worded, checked, marked
from msgspec.structs import replace

from ledger.book import Elsewhere
from ledger.checks import run
from ledger.reading import load_texts

LINE = "title: T, kind: assignment, year: 2024"

CASES = {
    "every place that names an agency is looked at": """
agencies:
  nsp: {name: N, kind: programme, run_by: nobody}     # <- unknown-recipient
  all: {name: A, kind: group, members: [nsp, none]}   # <- unknown-recipient
allocations:
  a: {title: T, kind: assignment, year: 2024, recipient: all, parts: {b: {title: T, kind: grant, recipient: noone}}}      # <- unknown-recipient
initiatives:
  i:
    title: T
    kind: inquiry
    lead: whoever           # <- unknown-recipient
    agencies: [nsp, who]    # <- unknown-recipient
""",
    "every place that names a source is looked at": """
sources:
  s: {title: T, kind: article}
allocations:
  a:
    title: T
    kind: assignment
    year: 2024
    source: [s, unknown-1]                              # <- unknown-source
    base: {amount: 1 mnkr, source: unknown-2}         # <- unknown-source
    total: {amount: 2 mnkr, source: [unknown-3, s]}   # <- unknown-source
    outcome:
      amount: 2 mnkr
      source: unknown-4                                 # <- unknown-source
    top_ups:
      - amount: 1 mnkr
        source: unknown-5                               # <- unknown-source
      - line: a/b
        source: unknown-6                               # <- unknown-source
    restated:
      - {amount: 2 mnkr, source: unknown-7}           # <- unknown-source
    accept:
      - {check: parts-mismatch, reason: R, source: unknown-8}     # <- unknown-source unused-acceptance
    parts_are: partial
    parts:
      b: {title: T, kind: grant, total: 0 kr, source: unknown-9}  # <- unknown-source
claims:
  c:
    title: T
    year: 2024
    amount: {amount: 1 mnkr, source: unknown-10}      # <- unknown-source
    source: unknown-11                                  # <- unknown-source
    restated:
      - {amount: 1 mnkr, source: unknown-12}          # <- unknown-source
initiatives:
  i:
    title: T
    kind: inquiry
    source: unknown-13                                  # <- unknown-source
    more_sources:
      - s
      - unknown-14                                      # <- unknown-source
    extensions:
      - {extended: 2024, runs_until: 2025, source: unknown-15}    # <- unknown-source
  j:
    title: T
    kind: inquiry
    source:
      - s
      - unknown-16                                      # <- unknown-source
    more_sources: [unknown-17]                          # <- unknown-source
""",
    "a source that parts inherit is reported once, where it is written": """
allocations:
  a:
    title: T
    kind: assignment
    year: 2024
    source: nowhere         # <- unknown-source
    parts:
      b: {title: T, kind: grant, total: 1 mnkr}
      c: {title: T, kind: grant, total: 1 mnkr}
""",
    "'calculated' is no source, so it is neither unknown nor missing": """
allocations:
  a: {title: T, kind: assignment, year: 2024, source: calculated, total: 1 mnkr}
""",
    "'calculated' is nothing special as an agency": """
allocations:
  a: {title: T, kind: assignment, year: 2024, recipient: calculated}      # <- unknown-recipient
""",
    "a goal that parts inherit is reported once, where it is written": """
allocations:
  a:
    title: T
    kind: assignment
    year: 2024
    goals: [nowhere]        # <- unknown-goal
    parts:
      b: {title: T, kind: grant}
""",
    "the id of a part is its whole path": """
allocations:
  a: {title: T, kind: assignment, year: 2024, parts: {b: {title: T, kind: grant}}}
  c: {title: T, kind: assignment, year: 2024, of: a/b}
  d: {title: T, kind: assignment, year: 2024, of: b}      # <- unknown-line
""",
    "a misspelt id is one fault: what it probably means is not reported as unused": """
agencies:
  jamy: {name: J, kind: government-agency}
  mucf: {name: M, kind: government-agency}        # <- unused-agency
sources:
  art-2024-04: {title: T, kind: article}
  rb-2024: {title: T, kind: appropriation-letter} # <- unused-source
allocations:
  a:
    title: T
    kind: assignment
    year: 2024
    recipient: jammy        # <- unknown-recipient
    source: art-2024-40     # <- unknown-source
    total: 1 mnkr
""",
    "acceptances and extensions use their sources": """
sources:
  s1: {title: T, kind: article}
  s2: {title: T, kind: article}
  s3: {title: T, kind: article}
allocations:
  a:
    title: T
    kind: assignment
    year: 2024
    total: 1 mnkr
    accept:
      - {check: missing-source, reason: R, source: s1}
initiatives:
  i:
    title: T
    kind: inquiry
    more_sources: [s2]
    extensions:
      - {extended: 2024, runs_until: 2025, source: s3}
""",
    "members and those who run a programme are used, and an idle group is not": """
agencies:
  idle: {name: G, kind: group, members: [member]}     # <- unused-agency
  member: {name: M, kind: government-agency}
  nsp: {name: N, kind: programme, run_by: runner}
  runner: {name: R, kind: civil-society}
  lead: {name: L, kind: government-agency}
allocations:
  a: {title: T, kind: assignment, year: 2024, recipient: nsp}
initiatives:
  i: {title: T, kind: inquiry, lead: lead}
""",
    "what the terms of a claim name is used": """
agencies:
  a: {name: A, kind: group}
  b: {name: Bro, kind: group, abbreviation: BR}
  c: {name: C, kind: group}       # <- unused-agency
sources:
  s: {title: S, kind: article}
  t: {title: T, kind: article}
claims:
  x: {title: T, year: 2024, amount: 1 mnkr, source: t, about: "recipient:a recipient:br not:source:s title:c"}
allocations:
  l: {title: T, kind: assignment, year: 2024}
""",
    "the key of a term may be written in any case": """
agencies:
  jamy: {name: J, kind: government-agency}
sources:
  s: {title: S, kind: article}
  t: {title: T, kind: article}
claims:
  x: {title: T, year: 2024, amount: 1 mnkr, source: t, about: "Recipient:jamy NOT:SOURCE:s"}
allocations:
  l: {title: T, kind: assignment, year: 2024}
""",
    "an agency that a term calls by another name hides no idle one": """
agencies:
  jamy: {name: J, kind: government-agency, abbreviation: QX}
  idle: {name: I, kind: government-agency}        # <- unused-agency
sources:
  t: {title: T, kind: article}
claims:
  x: {title: T, year: 2024, amount: 1 mnkr, source: t, about: recipient:qx}
allocations:
  l: {title: T, kind: assignment, year: 2024}
""",
    "a misspelt agency in the terms of a claim is one fault": """
agencies:
  mucf: {name: M, kind: government-agency}
sources:
  t: {title: T, kind: article}
claims:
  x:
    title: T
    year: 2024
    amount: 1 mnkr
    source: t
    about: recipient:mufc       # <- claim-contradicted
""",
    "a line that names itself is a ring of one": """
allocations:
  a: {title: T, kind: assignment, year: 2024, of: a}      # <- inclusion-cycle
""",
    "a top-up closes a ring with the line that it is added to": """
allocations:
  a:
    title: T
    kind: assignment
    year: 2024
    top_ups:
      - line: b             # <- inclusion-cycle
  b:
    title: T
    kind: assignment
    year: 2024
    top_ups:
      - line: a
""",
    "a line inside its own part closes a ring": """
allocations:
  a:
    title: T
    kind: assignment
    year: 2024
    of: a/b                 # <- inclusion-cycle
    parts:
      b: {title: T, kind: grant}
""",
    "two rings are two findings": """
allocations:
  a: {title: T, kind: assignment, year: 2024, of: b}      # <- inclusion-cycle
  b: {title: T, kind: assignment, year: 2024, of: a}
  c: {title: T, kind: assignment, year: 2024, of: d}      # <- inclusion-cycle
  d: {title: T, kind: assignment, year: 2024, of: c}
""",
    "a group may not be its own member, nor a programme be run by itself": """
agencies:
  g: {name: G, kind: group, members: [g, g]}          # <- inclusion-cycle
  p: {name: P, kind: programme, run_by: q}            # <- inclusion-cycle
  q: {name: Q, kind: programme, run_by: p}
allocations:
  a: {title: T, kind: assignment, year: 2024, recipient: g}
""",
    "a link that closes two rings is one finding": """
agencies:
  g: {name: G, kind: group, members: [a, b]}          # <- inclusion-cycle
  a: {name: A, kind: group, members: [c]}
  b: {name: B, kind: group, members: [c]}
  c: {name: C, kind: group, members: [g]}
allocations:
  l: {title: T, kind: assignment, year: 2024, recipient: g}
""",
    "a group may be run by one of its members, and share members with another": """
agencies:
  g: {name: G, kind: group, members: [m, n], run_by: m}
  h: {name: H, kind: group, members: [m, g]}
  m: {name: M, kind: government-agency}
  n: {name: N, kind: government-agency}
allocations:
  a: {title: T, kind: assignment, year: 2024, recipient: h}
""",
    "a part may lie anywhere in the period of its line, and not reach out of it": """
allocations:
  a:
    title: T
    kind: assignment
    year: 2022-2024
    parts:
      same: {title: T, kind: grant}
      inner: {title: T, kind: grant, year: 2023-2024}
      early: {title: T, kind: grant, year: 2021}      # <- year-mismatch
      late: {title: T, kind: grant, year: 2024-2025}  # <- year-mismatch
""",
    "a part's year is compared with its own line only": """
allocations:
  a:
    title: T
    kind: assignment
    year: 2024
    parts:
      b:
        title: T
        kind: grant
        year: 2023          # <- year-mismatch
        parts:
          c: {title: T, kind: grant}
          d: {title: T, kind: grant, year: 2023}
""",
    "a top-up of another year is reported at the top-up, once": """
sources:
  s: {title: T, kind: article}
allocations:
  a:
    title: T
    kind: assignment
    year: 2024
    top_ups:
      - line: b             # <- year-mismatch
      - line: c
  b: {title: T, kind: assignment, year: 2023, source: s, total: 1 mnkr}
  c: {title: T, kind: assignment, year: 2023, source: s, total: 1 mnkr, of: a}       # <- year-mismatch
""",
    "a top-up may be decided until the last day of its line's last year": """
allocations:
  a:
    title: T
    kind: assignment
    year: 2023-2024
    top_ups:
      - {decided: 2022-12-31}
      - {decided: 2024}
      - {decided: 2024-12-31}
      - {decided: 2025-01-01}         # <- decided-outside-year
      - {decided: 2025}               # <- decided-outside-year
""",
    "the line that is a top-up has a decision date too": """
allocations:
  a: {title: T, kind: assignment, year: 2024, top_ups: [{line: b}]}
  b: {title: T, kind: assignment, year: 2024, decided: 2025-01-15}    # <- decided-outside-year
  c: {title: T, kind: assignment, year: 2024, decided: 2025-01-15}
""",
    "a goal holds in the years in which its dates lie": """
goals:
  old: {name: G, valid_from: 2006-05, valid_until: 2016-10-31}
  new: {name: G, valid_from: 2016-11}
  ever: {name: E}
allocations:
  a: {title: T, kind: grant, year: 2016, goals: [old, new, ever]}
  b: {title: T, kind: grant, year: 2010-2020, goals: [old, new, ever]}
  c: {title: T, kind: grant, year: 2017, goals: [old, new, ever]}     # <- goal-not-valid
  d: {title: T, kind: grant, year: 2015, goals: [old, new, ever]}     # <- goal-not-valid
  e: {title: T, kind: grant, year: 2005, goals: [old]}                # <- goal-not-valid
""",
    "a goal that parts inherit is reported at the part only when the line's own years allow it": """
goals:
  new: {name: G, valid_from: 2016-11}
allocations:
  a:
    title: T
    kind: grant
    year: 2015-2017
    goals: [new]
    parts:
      b: {title: T, kind: grant, year: 2015}      # <- goal-not-valid
      c: {title: T, kind: grant, year: 2016}
  d:
    title: T
    kind: grant
    year: 2014-2015
    goals: [new]                                    # <- goal-not-valid
    parts:
      e: {title: T, kind: grant, year: 2015}
      f: {title: T, kind: grant, year: 2015, goals: [new]}        # <- goal-not-valid
""",
    "all figures of a line without a source are one finding, at the first": """
sources:
  s: {title: T, kind: article}
allocations:
  a:
    title: T
    kind: assignment
    year: 2024
    total: 2 mnkr           # <- missing-source
    base: {amount: 1 mnkr, source: s}
    top_ups:
      - amount: 1 mnkr
    restated:
      - amount: ca 2 mnkr
    outcome: 2 mnkr
claims:
  c:
    title: T
    year: 2024
    amount: {amount: 1 mnkr, source: s}
    restated:
      - amount: ca 1 mnkr   # <- missing-source
""",
    "an acceptance names a check, and what it takes away": """
sources:
  s: {title: T, kind: article}
allocations:
  a:
    title: T
    kind: assignment
    year: 2024
    source: s
    total: 2 mnkr
    accept:
      - {check: parts-mismatches, reason: R}        # <- unused-acceptance
      - {check: parts-mismatch, reason: R}          # <- unused-acceptance
""",
    "what states no figure needs no source": """
allocations:
  a: {title: T, kind: assignment, year: 2024, top_ups: [{decided: 2024-03}, {line: b}]}
  b: {title: T, kind: assignment, year: 2024}
""",
    "an organisation number has ten digits with a dash, and a check digit": """
agencies:
  a: {name: A, kind: government-agency, org_number: 202100-6693}
  b: {name: B, kind: government-agency, org_number: 202100-2114}
  c: {name: C, kind: government-agency, org_number: 202100-3989}
  d: {name: D, kind: government-agency, org_number: 2021006693}       # <- bad-org-number
  e: {name: E, kind: government-agency, org_number: 16202100-6693}    # <- bad-org-number
  f: {name: F, kind: government-agency, org_number: 202100-6692}      # <- bad-org-number
  g: {name: G, kind: government-agency, org_number: 20210-06693}      # <- bad-org-number
  h: {name: H, kind: government-agency, org_number: okänt}            # <- bad-org-number
  i: {name: I, kind: government-agency, org_number: 202100-669٣}      # <- bad-org-number
  j: {name: J, kind: company, org_number: 556000-0001}
  all: {name: All, kind: group, members: [a, b, c, d, e, f, g, h, i, j]}
allocations:
  l: {title: T, kind: assignment, year: 2024, recipient: all}
""",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_a_ledger_has_the_findings_marked_on_its_lines_and_no_other(text: str) -> None:
    assert checked(text).found == marked(text)


@pytest.mark.parametrize("text", [text for text in CASES.values() if marked(text)])
def test_every_finding_points_into_its_file_and_carries_that_line(text: str) -> None:
    result = checked(text)
    for one in result.outcome.diagnostics:
        for place, shown in [(one.place, one.text), *((more.place, more.text) for more in one.related)]:
            assert shown == result.texts[place.path][place.line - 1]
            assert 1 <= place.column < place.end_column <= len(shown) + 1


@pytest.mark.parametrize(
    ("text", "check", "pointed_at"),
    [
        (f"allocations:\n  a: {{{LINE}, recipient: x}}", "unknown-recipient", "x"),
        (f"allocations:\n  a: {{{LINE}, source: [calculated, x]}}", "unknown-source", "x"),
        (f"allocations:\n  a: {{{LINE}, goals: [x]}}", "unknown-goal", "x"),
        (f"allocations:\n  a: {{{LINE}, of: x}}", "unknown-line", "x"),
        (f"allocations:\n  a: {{{LINE}, top_ups: [{{line: x}}]}}", "unknown-line", "x"),
        (f"allocations:\n  a: {{{LINE}, of: a}}", "inclusion-cycle", "a"),
        (
            f"allocations:\n  a: {{{LINE}, top_ups: [{{decided: 2025-02}}]}}",
            "decided-outside-year",
            "2025-02",
        ),
        (f"allocations:\n  a: {{{LINE}, total: 1 mnkr}}", "missing-source", "1 mnkr"),
        ("agencies:\n  a: {name: A, kind: k, org_number: 202100-6692}", "bad-org-number", "202100-6692"),
        ("agencies:\n  abc: {name: A, kind: k}", "unused-agency", "abc"),
        ("sources:\n  abc: {title: A, kind: k}", "unused-source", "abc"),
    ],
)
def test_a_finding_points_at_the_thing(text: str, check: str, pointed_at: str) -> None:
    one = checked(text).only(check)
    assert one.text[one.place.column - 1 : one.place.end_column - 1] == pointed_at


@pytest.mark.parametrize(
    ("named", "text"),
    [
        ("jamy", f"agencies:\n  jamy: {{name: J, kind: k}}\nallocations:\n  a: {{{LINE}, recipient: jammy}}"),
        ("rb-1", f"sources:\n  rb-1: {{title: J, kind: k}}\nallocations:\n  a: {{{LINE}, source: rb-2}}"),
        ("violence", f"goals:\n  violence: {{name: V}}\nallocations:\n  a: {{{LINE}, goals: [violense]}}"),
        ("line-a", f"allocations:\n  line-a: {{{LINE}}}\n  b: {{{LINE}, of: line-b}}"),
    ],
)
def test_an_unknown_id_comes_with_the_one_that_is_probably_meant(named: str, text: str) -> None:
    [one] = checked(text).outcome.diagnostics
    assert f"(did you mean '{named}'?)" in one.message


@pytest.mark.parametrize("number", ["460101-1234", "4601011234", "19460101-1234", "460161-1234", "460101+1234"])
def test_a_personal_number_is_refused_without_repeating_it(number: str) -> None:
    one = checked(f"agencies:\n  a: {{name: A, kind: k, org_number: {number}}}").only("bad-org-number")
    assert one.message == "this is a personal number, not an organisation's"
    assert one.help == "leave it out of the ledger"
    assert not any(character.isdigit() for character in one.message + one.help)


def test_a_wrong_check_digit_comes_with_the_one_that_would_fit() -> None:
    one = checked("agencies:\n  a: {name: A, kind: k, org_number: 202100-6692}").only("bad-org-number")
    assert one.message == "the check digit of '202100-6692' does not fit: the other digits give 3"


def test_a_ring_is_placed_at_its_first_link_with_the_others_related() -> None:
    text = f"allocations:\n  a: {{{LINE}, of: b}}\n  b: {{{LINE}, of: c}}\n  c: {{{LINE}, of: a}}"
    one = checked(text).only("inclusion-cycle")
    assert (one.message, one.place.line) == ("'a' lies in 'b', and that leads back to it", 2)
    assert [(more.message, more.place.line) for more in one.related] == [
        ("'b' lies in 'c'", 3),
        ("'c' lies in 'a'", 4),
    ]


def test_a_goal_of_another_time_comes_with_the_one_of_the_same_name_that_holds() -> None:
    goals = "goals:\n  old: {name: G, valid_until: 2016}\n  new: {name: G, valid_from: 2016-11}\n"
    one = checked(f"{goals}allocations:\n  a: {{{LINE}, goals: [old]}}").only("goal-not-valid")
    assert one.message == "goal 'old' holds until 2016, and this line is of 2024"
    assert one.help == "name 'new', which holds then"
    goals += "  newer: {name: G, valid_from: 2020}\n"
    one = checked(f"{goals}allocations:\n  a: {{{LINE}, goals: [old]}}").only("goal-not-valid")
    assert one.help == "name 'new' or 'newer', which holds then"


def test_an_id_of_any_length_is_used_where_it_is_named() -> None:
    name = "a" * 101
    assert (
        checked(f"agencies:\n  {name}: {{name: A, kind: k}}\nallocations:\n  a: {{{LINE}, recipient: {name}}}").found
        == []
    )


def test_an_id_in_two_files_is_reported_at_the_second_with_the_first_related() -> None:
    text = f"allocations:\n  a: {{{LINE}}}"
    one = checked(text, text).only("duplicate-id")
    assert (one.place.path, one.related[0].place.path) == ("2.yaml", "1.yaml")
    assert one.message == "'a' stands a second time under 'allocations': only the first one counts"


def test_records_of_different_kinds_may_share_an_id() -> None:
    text = f"agencies:\n  a: {{name: A, kind: k}}\nallocations:\n  a: {{{LINE}, recipient: a}}"
    assert checked(text).found == []


def test_what_a_second_record_uses_is_not_reported_as_unused() -> None:
    second = "sources:\n  s: {title: T, kind: k}\nagencies:\n  x: {name: X, kind: k}\n"
    second += f"allocations:\n  a: {{{LINE}, recipient: x, source: s}}"
    assert checked(f"allocations:\n  a: {{{LINE}}}", second).found == [("2.yaml", 6, "duplicate-id")]


def test_the_order_of_the_records_does_not_change_what_is_found() -> None:
    one = f"allocations:\n  a: {{{LINE}, of: b}}\n  b: {{{LINE}, of: a, recipient: x}}"
    other = f"allocations:\n  b: {{{LINE}, of: a, recipient: x}}\n  a: {{{LINE}, of: b}}"
    ids = [[check for _, _, check in checked(text).found] for text in (one, other)]
    assert sorted(ids[0]) == sorted(ids[1]) == ["inclusion-cycle", "unknown-recipient"]


def test_a_ring_that_is_written_twice_is_one_finding() -> None:
    text = f"allocations:\n  a: {{{LINE}, of: b}}\n  b: {{{LINE}, of: a, top_ups: [{{line: a}}]}}"
    assert [check for _, _, check in checked(text).found] == ["inclusion-cycle"]


def test_an_empty_ledger_has_no_findings() -> None:
    loaded = load_texts({})
    outcome = run(loaded.book, loaded.faults, loaded.texts, today="2024-01-01")
    assert outcome.diagnostics == ()
    assert outcome.not_run == ()


def test_every_finding_is_worded_as_it_was_read() -> None:
    assert_worded("references.md", {name: [text] for name, text in CASES.items()})


def test_what_lines_that_are_left_out_name_is_used() -> None:
    """Only the lines that may be wrong are looked at again, with the registers whole."""
    text = "agencies:\n  a: {name: A, kind: group}\nsources:\n  s: {title: T, kind: article}\n"
    loaded = load_texts({"1.yaml": text.encode()})
    assert [one.check for one in run(loaded.book, (), {}, today="2024-01-01").diagnostics] == [
        "unused-agency",
        "unused-source",
    ]
    book = replace(loaded.book, elsewhere=Elsewhere(frozenset({"a"}), frozenset({"s"})))
    assert run(book, (), {}, today="2024-01-01").diagnostics == ()
