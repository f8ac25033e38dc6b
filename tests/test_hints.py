"""A gap and the figures around it → likely causes: each kind of slip, how they are ranked, and what they never say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ledger.hints import Cause, Role, Term, causes, common_unit, excess, unit_of
from ledger.money import Amount, Interval, exactly, read_amount, rounded, swedish

MISSING = "where it is missing"


def figure(text: str, unit: str = "tkr") -> Amount:
    """An amount as written; behind `|` what it is rounded to."""
    words, _, step = text.partition(" | ")
    amount = read_amount(words, unit)
    return rounded(amount, read_amount(step, unit)) if step else amount


def equation(text: str, unit: str = "tkr") -> list[Term[str]]:
    """`9 000 + 0 = 16 000`: parts placed at `1`, `2` …, and the total at `total`."""
    left, _, right = text.partition(" = ")
    amounts = [figure(part, unit) for part in left.split(" + ")]
    parts = [Term(str(at), one.words, one, "part") for at, one in enumerate(amounts, 1)]
    total = figure(right, unit)
    return [*parts, Term("total", total.words, total, "total", sign=-1)]


def found(text: str, unit: str = "tkr", *, fits: bool = False) -> list[tuple[str, str]]:
    """Kind and place of each cause, in their order."""
    return [(one.kind, one.place) for one in causes(equation(text, unit), missing_at=MISSING, fits=fits)]


def first(text: str, unit: str = "tkr", *, fits: bool = False) -> Cause[str]:
    return causes(equation(text, unit), missing_at=MISSING, fits=fits)[0]


@pytest.mark.parametrize(
    ("text", "kind", "place", "message"),
    [
        ("9 000 + 0 = 16 000", "zero", "2", "7 000 here closes the gap"),
        ("9 000 + 7 000 = 0", "zero", "total", "16 000 here closes the gap"),
        ("9 000 + 0 tkr = 16 000", "zero", "2", "7 000 tkr here closes the gap"),
        ("nära 32 mnkr + 0 mnkr = 60 mnkr", "zero", "2", "28–29 mnkr here closes the gap"),
        ("9 000 + -7 000 = 16 000", "sign", "2", "7 000 here closes the gap: the sign is turned"),
        ("9 000 + −7 000 = 16 000", "sign", "2", "7 000 here closes the gap: the sign is turned"),
        ("9 000 + 7 000 = 2 000", "sign", "2", "-7 000 here closes the gap: the sign is turned"),
        ("9 000 + 7 000 = -16 000", "sign", "total", "16 000 here closes the gap: the sign is turned"),
        ("184 493 + 8 000 = 192 439", "digits-swapped", "1", "184 439 here closes the gap: two digits are swapped"),
        ("148 439 + 8 000 = 192 439", "digits-swapped", "1", "184 439 here closes the gap: two digits are swapped"),
        ("984 431 + 8 000 = 192 439", "digits-swapped", "1", "184 439 here closes the gap: two digits are swapped"),
        ("32,5 mnkr + 1 mnkr = 24,5 mnkr", "digits-swapped", "1", "23,5 mnkr here closes the gap"),
        ("9 000 000 + 7 000 = 16 000", "unit-slip", "1", "9 000 here closes the gap: this is 1 000 times that"),
        ("9 + 7 000 = 16 000", "unit-slip", "1", "9 000 here closes the gap: that is 1 000 times this"),
        ("90 000 + 7 000 = 16 000", "unit-slip", "1", "9 000 here closes the gap: this is 10 times that"),
        ("90 + 7 000 = 16 000", "unit-slip", "1", "9 000 here closes the gap: that is 100 times this"),
        ("9 mdkr + 7 tkr = 16 000 kr", "unit-slip", "1", "0,000009 mdkr here closes the gap"),
        ("9 000 + 7 000 = 16 000 mnkr", "unit-slip", "total", "16 mnkr here closes the gap: this is 1 000 times that"),
        ("18 000 + 7 000 = 16 000", "counted-twice", "1", "9 000 here closes the gap: this is twice that"),
        ("9 000 + 7 000 = 32 000", "counted-twice", "total", "16 000 here closes the gap: this is twice that"),
        ("9 000 + 7 000 + 2 500 = 16 000", "counted-twice", "3", "equals the gap: counted twice, or not in the total"),
        ("9 000 = 16 000", "missing-part", MISSING, "a part of 7 000 tkr that is not entered would close the gap"),
        ("ca 9 mnkr = 16 mnkr", "missing-part", MISSING, "a part of 6,5–7,5 mnkr that is not entered"),
    ],
)
def test_each_slip_of_one_figure_is_the_first_cause(text: str, kind: str, place: str, message: str) -> None:
    """A message says the number that would close the gap, as the figure is written."""
    cause = first(text)
    assert (cause.kind, cause.place) == (kind, place)
    assert message in cause.message


@pytest.mark.parametrize(
    ("text", "place", "step"),
    [
        ("12 + 45 = 58", "total", "1 mnkr"),
        ("12,1 + 45,2 = 57,4", "total", "0,1 mnkr"),
        ("228 + 391 + 41 = 661", "total", "1 mnkr"),
    ],
)
def test_the_rounding_of_all_figures_of_a_table_is_a_cause(text: str, place: str, step: str) -> None:
    """Each may be half a step off, so three figures explain a gap of a step and a half."""
    message = f"'rounded_to: {step}' closes the gap, if all figures are printed rounded"
    assert Cause("rounding", message, place) in causes(equation(text, "mnkr"))


def test_a_gap_wider_than_the_rounding_of_all_figures_is_no_rounding() -> None:
    """Two parts and a total in whole millions can be 1,5 mnkr apart, not 2."""
    assert "rounding" not in [kind for kind, _ in found("12 + 45 = 59", "mnkr")]


def test_the_rounding_of_one_figure_is_a_cause() -> None:
    """The last digit that is not 0 says how finely a figure is written."""
    [cause] = causes(equation("571 mnkr = 571 039 tkr"))
    assert cause == Cause("rounding", "'rounded_to: 1 mnkr' closes the gap, if this is printed rounded", "1")


def test_a_part_that_may_be_missing_comes_before_the_rounding_of_one_figure() -> None:
    """`100` may stand for anything near it, so it explains little."""
    kinds = [kind for kind, _ in found("100 + 17 + 15 + 20 = 166", "mnkr")]
    assert kinds == ["missing-part", "rounding"]


@pytest.mark.parametrize("text", ["9 000 + 7 000 = 16 000", "drygt 28 mnkr + mer än 3 mnkr = nära 32 mnkr"])
def test_without_a_gap_there_is_no_cause(text: str) -> None:
    assert found(text) == []


def test_when_nothing_fits_there_is_no_cause() -> None:
    assert found("41 357 + 8 222 = 29 006") == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("0 + 7 000 = 16 000", ["zero", "missing-part"]),
        ("2 000 + 4 000 + 2 000 = 6 000", ["counted-twice", "counted-twice", "counted-twice"]),
        ("21 + 9 = 21", ["digits-swapped", "counted-twice"]),
    ],
)
def test_specific_causes_come_before_what_often_fits(text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in found(text)] == kinds


def test_the_figure_that_is_twice_what_it_should_be_comes_before_those_that_equal_the_gap() -> None:
    assert found("2 000 + 4 000 + 2 000 = 6 000")[0] == ("counted-twice", "2")


def test_at_most_five_causes_are_named() -> None:
    """Ten parts equal the gap; nobody reads ten hints."""
    assert len(found(" + ".join(["2 000"] * 10) + " = 18 000")) == 5


def top_up_case(date: str, stated: str, role: Role = "top-up") -> list[Term[str]]:
    base, top_up, total = (figure(text, "mnkr") for text in ("28", "18", "28"))
    return [
        Term("base", "28", base, "base"),
        Term("top-up", "18", top_up, role, date=date),
        Term("total", "28", total, "total", sign=-1, date=stated),
    ]


def test_a_top_up_that_came_after_the_total_was_stated_is_the_first_cause() -> None:
    [cause, *_] = causes(top_up_case("2024-05-02", "2024-03-27"))
    message = "equals the gap, and is of 2024-05-02, after the total was stated (2024-03-27)"
    assert cause == Cause("late-top-up", message, "top-up")


def test_a_late_top_up_is_not_said_to_be_counted_twice_too() -> None:
    kinds = [(one.kind, one.place) for one in causes(top_up_case("2024-05-02", "2024-03-27"))]
    assert ("counted-twice", "top-up") not in kinds


@pytest.mark.parametrize(("date", "stated"), [("2024-03-27", "2024-05-02"), ("", "2024-05-02"), ("2024-05-02", "")])
def test_a_top_up_that_came_before_or_without_dates_is_not_late(date: str, stated: str) -> None:
    assert "late-top-up" not in [one.kind for one in causes(top_up_case(date, stated))]


def test_a_late_top_up_inside_the_total_of_a_part_is_a_cause() -> None:
    """The part's own total was raised by it, the line's was not."""
    terms = equation("23 + 20 = 40", "mnkr")
    terms[-1] = replace(terms[-1], date="2024-03-27")
    inside = Term("its top-up", "3", figure("3", "mnkr"), "top-up", date="2024-06-01")
    assert causes(terms, inside=[inside])[0].place == "its top-up"


def test_what_is_missing_between_base_and_total_is_a_top_up() -> None:
    terms = [replace(one, role="base") if one.role == "part" else one for one in equation("28 = 46", "mnkr")]
    messages = [one.message for one in causes(terms, missing_at=MISSING)]
    assert "a top-up of 18 mnkr that is not entered would close the gap" in messages


def test_nothing_is_missing_where_there_is_too_much() -> None:
    assert "missing-part" not in [kind for kind, _ in found("9 000 + 7 011 = 16 000")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("70 000 + högst 25 = 105", [("unit-slip", "1"), ("unit-slip", "total")]),
        ("52 + 1 = 30", [("digits-swapped", "1")]),
        ("80 + 40 = 105", []),
        ("30 = 25", [("digits-swapped", "total")]),
        ("99 = -105", [("sign", "total")]),
        ("20 + 30 + 5 = 50", [("counted-twice", "3")]),
        ("20 + 30 = 60", []),
    ],
)
def test_of_parts_that_only_need_to_fit_a_slip_is_seen_in_one_that_does_not_fit_alone(
    text: str, expected: list[tuple[str, str]]
) -> None:
    """Nothing that is merely smaller is offered; a part that equals the gap is."""
    assert found(text, "mnkr", fits=True) == expected


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("9 000 tkr", "tkr"),
        ("9 000", "tkr"),
        ("23,5 mnkr", "mnkr"),
        ("drygt 600 miljoner kronor", "mnkr"),
        ("1 200 000 kr", "kr"),
        ("20–25 mdkr", "mdkr"),
        ("0", ""),
        ("20–25", ""),
    ],
)
def test_the_unit_of_a_text_is_its_word_or_what_its_number_comes_to(text: str, unit: str) -> None:
    assert unit_of(text, read_amount(text, "tkr").number) == unit


def test_the_unit_of_another_currency_is_known_by_its_scale() -> None:
    assert unit_of("1.5 million EUR", read_amount("1.5 million EUR", None, "EUR").number, "EUR") == "mnkr"


@pytest.mark.parametrize(
    ("text", "unit"), [("9 000 + 0 = 16 000 tkr", "tkr"), ("8 mnkr + 0 = 8 000 tkr", "mnkr"), ("1 kr + 2 = 3", "kr")]
)
def test_the_common_unit_is_the_one_that_all_share_or_else_the_one_that_suits(text: str, unit: str) -> None:
    assert common_unit(equation(text)) == unit


def test_figures_without_words_are_no_suspects_of_their_digits() -> None:
    """What the program worked out is not written anywhere."""
    terms = [Term("1", "", exactly(12), "part"), Term("total", "", exactly(21), "total", sign=-1)]
    assert "digits-swapped" not in [one.kind for one in causes(terms)]


TABLES = st.lists(st.integers(1, 10**7), min_size=2, max_size=9)


def table(parts: list[int], total: int) -> list[Term[str]]:
    """Parts and total in whole tkr."""
    return equation(f"{' + '.join(swedish(part, 'kr') for part in (one * 100 for one in parts))} = {total}")


@given(TABLES, st.data())
def test_the_hints_close_the_gap(parts: list[int], data: st.DataObject) -> None:
    """Every number that a hint wants to see at a place makes the equation hold when it is put there."""
    total = data.draw(st.integers(1, 10**7))
    terms = table(parts, total)
    for cause in causes(terms):
        number, here, _ = cause.message.partition(" here closes")
        if here and not number.startswith("'"):
            mended = [
                replace(one, text=number, amount=figure(number)) if one.place == cause.place else one for one in terms
            ]
            assert excess(mended) == Interval(0, 0)


@given(TABLES, st.data())
def test_the_part_that_is_left_out_is_named(parts: list[int], data: st.DataObject) -> None:
    """Its exact amount is among the causes, whatever else fits."""
    gone = data.draw(st.sampled_from(range(len(parts))))
    terms = table([part for at, part in enumerate(parts) if at != gone], sum(parts))
    words = swedish(parts[gone] * 100, "kr")
    messages = [one.message for one in causes(terms, missing_at=MISSING)]
    if len(messages) < 5:
        assert f"a part of {words} tkr that is not entered would close the gap" in messages
