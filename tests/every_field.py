"""Ledgers that use every field there is, for tests of what comes back from an export."""

from hypothesis import strategies as st

EVERY_FIELD = """\
ledger: {title: "A = B: 3:1", currency: SEK}
goals:
  violence: {name: Mäns våld mot kvinnor ska upphöra, number: 6, valid_from: 2016-11, valid_until: 2030}
  health: {name: Jämställd hälsa}
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: government-agency, abbreviation: Jämy, org_number: 202100-6693}
  nsp: {name: Nationella stödprogrammet, kind: programme, run_by: jamy, note: "=1+1"}
  both: {name: Båda, kind: group, members: [jamy, nsp]}
sources:
  pr: {title: "'Mer pengar', säger regeringen", kind: press-release, published: 2024-03, url: "https://example.org/a?b=c;d"}
  bp: {title: Budgetproposition, kind: budget-bill, published: 2023-09-20, publisher: Regeringen, reference: prop. 1}
allocations:
  two-top-ups-2024:
    title: Två tillskott
    kind: assignment
    year: 2024
    recipient: jamy
    source: pr
    goals: [violence, health]
    gender_marker: 2
    base: 20 mnkr
    top_ups:
      - amount: 8 mnkr
        decided: 2024-03-01
        source: [pr, bp]
        note: "Vårändring; se s. 3"
      - {amount: 20 mnkr, words: tjugo miljoner}
    total: {amount: 48 mnkr, source: bp, decided: 2024-06}
    accept:
      - {check: total-mismatch, reason: Tryckfel, source: pr, until: 2031}
    note: |
      Two lines
      "of" text, with: marks
  uncounted-2024: {title: =Utan, kind: grant, year: 2024, source: calculated, counted: no, stage: planned, total: 7 mnkr}
  inside-2024: {title: Inne, kind: grant, year: 2024, source: pr, of: two-top-ups-2024, decided: 2024-05, total: 5 mnkr}
  by-line-2024:
    {title: Ur annan, kind: assignment, year: 2024, source: pr, base: 1 mnkr, top_ups: [{line: inside-2024}, {note: x}]}
  uo13-2024:
    title: Anslag
    kind: appropriation
    code: UO13 3:1
    year: 2024
    unit: tkr
    source: bp
    decided: 2023-12-20
    stage: proposed
    rounded_to: 1
    total: 9 000
    outcome: {amount: "8,9 mnkr", cut_to: "0,1 mnkr"}
    restated: [{amount: "ca 9 mnkr", source: pr}, {amount: drygt 8 mnkr, words: drygt åtta}]
    parts_are: partial
    parts:
      ap1:
        title: Del
        kind: item
        code: ap.1
        goals: []
        counted: no
        stage: decided
        source: []
        base: 3 000
        parts_are: complete
        parts:
          a: {title: A, kind: item, code: ap.1, counted: yes, total: {amount: 1 000, rounded_to: 10}}
          b: {title: B, kind: item, total: {amount: -5, source: pr}}
  period: {title: Period, kind: assignment, year: 2022-2024, source: pr, total: 3–9 mnkr}
claims:
  sum-2024: {title: Summa, year: 2024, amount: drygt 600 mnkr, about: "goal:violence kind:assignment", source: pr}
  whole-2024:
    title: Allt
    year: 2024
    amount: {amount: 50 mnkr, words: femtio, decided: 2024}
    coverage: complete
    source: [pr, bp]
    restated: [{amount: ca 50 mnkr}]
    note: n
initiatives:
  sou:
    title: Utredning
    kind: inquiry
    reference: SOU 2023:97
    agencies: [jamy, nsp]
    consultation_reference: [A, B]
    source: pr
    more_sources: bp
    reports_due: [2024-05]
    extensions: [{extended: 2024-01-02, runs_until: 2025, source: bp}]
    goal_count: 3
    note: Något
"""
"""Every field of every record, and what spreadsheets make something else of."""

_AMOUNTS = [
    "0 kr",
    "5 mnkr",
    "-3 kr",
    "drygt 7 kr",
    "knappt 4 kr",
    "minst 2 kr",
    "högst 6 kr",
    "3–9 kr",
    "1,50 kr",
    "12",
]
_STEPS = ["", ", rounded_to: 3 kr", ", cut_to: 2 kr"]
_EXACT = ["5 mnkr", "-3 kr", "1,50 kr", "12"]
_TITLES = ["T", "'=x", "=x", "'quoted'", "3:1", "a;b", "mars 3", '"', "x\\ny", "Å, ö"]


@st.composite
def ledgers(draw: st.DrawFn) -> str:
    """Lines with any of their fields, nested and beside each other; their sums need not hold."""
    lines = "\n".join(f"  {name}: {{{_line(draw, 0)}}}" for name in ("a", "b", "c"))
    currency = draw(st.sampled_from(["", "ledger: {title: =L}\n"]))
    return f"{currency}sources:\n  s: {{title: S, kind: x}}\n  t: {{title: T, kind: y}}\nallocations:\n{lines}\n"


def _line(draw: st.DrawFn, depth: int) -> str:
    maybe = st.booleans()
    title = draw(st.sampled_from(_TITLES)).replace('"', '\\"')
    fields = [f'title: "{title}"', f"kind: {draw(st.sampled_from(['assignment', 'grant', 'item']))}", "unit: tkr"]
    if depth == 0 or draw(maybe):
        fields.append(f"year: {draw(st.sampled_from(['2023', '2024', '2023-2024']))}")
    if depth == 0 and draw(maybe):
        fields.append(f"of: {draw(st.sampled_from(['a', 'b/p', 'c', 'nowhere']))}")
    choices = {
        "code": ["UO13 3:1", "3:1", "ap.1"],
        "recipient": ["jamy", "x"],
        "stage": ["planned", "proposed", "decided"],
        "counted": ["yes", "no"],
        "decided": ["2023-05", "2024-03-01", "2024"],
        "gender_marker": ["0", "1", "2"],
        "goals": ["[]", "[g]", "[g, h]"],
        "source": ["s", "[s, t]", "[]", "calculated"],
        "rounded_to": ["2 kr"],
        "parts_are": ["partial", "complete"],
        "note": ["n", '"=1"', '"a\\nb"'],
    }
    for name, values in choices.items():
        if draw(st.integers(0, 2)) == 0:
            fields.append(f"{name}: {draw(st.sampled_from(values))}")
    fields += [f"{name}: {draw(_figures())}" for name in ("base", "total", "outcome") if draw(maybe)]
    for name, figures in (("top_ups", _top_ups()), ("restated", _figures(whole=True))):
        found = draw(st.lists(figures, max_size=3 if name == "top_ups" else 1))
        fields += [f"{name}: [{', '.join(found)}]"] if found else []
    inner = [part for part in ("p", "q") if depth < 2 and draw(st.integers(0, 2)) == 0]
    parts = ", ".join(f"{part}: {{{_line(draw, depth + 1)}}}" for part in inner)
    return ", ".join([*fields, *([f"parts: {{{parts}}}"] if parts else [])])


@st.composite
def _figures(draw: st.DrawFn, *, whole: bool = False) -> str:
    step = draw(st.sampled_from(_STEPS))
    amount = draw(st.sampled_from(_EXACT if step else _AMOUNTS))
    if not whole and not step and draw(st.booleans()):
        return f'"{amount}"'
    return f'{{amount: "{amount}"{step}{draw(_about())}}}'


@st.composite
def _top_ups(draw: st.DrawFn) -> str:
    what = draw(st.sampled_from(["amount", "amount", "line", "note"]))
    if what == "amount":
        return str(draw(_figures(whole=True)))
    said = f"line: {draw(st.sampled_from(['a', 'b', 'c/p', 'nowhere']))}" if what == "line" else "note: later"
    return f"{{{said}{draw(st.sampled_from(['', ', decided: 2024-02', ', source: t']))}}}"


@st.composite
def _about(draw: st.DrawFn) -> str:
    return "".join(
        draw(st.sampled_from(["", said]))
        for said in (", source: [t, s]", ", decided: 2024-04", ', words: "=w"', ', note: "a; b"')
    )
