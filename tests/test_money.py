"""Intervals and their arithmetic, sums, rounding, and how money is written."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest

from ledger.money import (
    FACTORS,
    LARGEST,
    ORE,
    ZERO,
    Amount,
    AmountError,
    Interval,
    add_up,
    auto_unit,
    cut,
    decimals_needed,
    derived,
    exact_words,
    exactly,
    plain_kronor,
    range_words,
    read_amount,
    rounded,
    swedish,
    unit_name,
)

MNKR = 10**6 * ORE


def interval(text: str) -> Interval:
    """`[2; 3)` → an interval of so many öre; `∞` is no limit."""
    low, high = text[1:-1].split("; ")
    return Interval(
        None if low == "-∞" else int(low),
        None if high == "∞" else int(high),
        low_open=text[0] == "(" and low != "-∞",
        high_open=text[-1] == ")" and high != "∞",
    )


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("[1; 2]", "[2; 3]", True),  # in one point, included on both sides
        ("[1; 2)", "[2; 3]", False),
        ("[1; 2]", "(2; 3]", False),
        ("[1; 2)", "(2; 3]", False),
        ("[1; 2]", "[3; 4]", False),
        ("[1; 4]", "[2; 3]", True),
        ("(1; 4)", "(1; 4)", True),
        ("[1; 3)", "(2; 4]", True),
        ("[2; 2]", "[2; 2]", True),
        ("[2; 2]", "[2; 3]", True),
        ("[2; 2]", "(2; 3]", False),
        ("[1; 2)", "[2; 2]", False),
        ("[5; ∞)", "[0; 5]", True),
        ("[5; ∞)", "[0; 5)", False),
        ("[5; ∞)", "[0; 4]", False),
        ("[5; ∞)", "[9; ∞)", True),
        ("(-∞; 3]", "[3; 4]", True),
        ("(-∞; 3)", "[3; 4]", False),
        ("(-∞; ∞)", "[7; 7]", True),
    ],
)
def test_intervals_meet_when_some_value_is_in_both(one: str, other: str, *, meet: bool) -> None:
    """One common end counts only when both sides include it; the order of the two does not matter."""
    assert interval(one).meets(interval(other)) is meet
    assert interval(other).meets(interval(one)) is meet


@pytest.mark.parametrize(
    ("one", "other", "above"),
    [
        ("[3; 4]", "[1; 2]", True),
        ("[2; 4]", "[1; 2]", False),
        ("(2; 4]", "[1; 2]", True),
        ("[2; 4]", "[1; 2)", True),
        ("[1; 2]", "[3; 4]", False),
        ("[3; ∞)", "[1; 2]", True),
        ("[3; 4]", "[1; ∞)", False),
        ("(-∞; 9]", "[1; 2]", False),
        ("[2; 2]", "[2; 2]", False),
    ],
)
def test_an_interval_is_above_another_when_all_its_values_are(one: str, other: str, *, above: bool) -> None:
    """What has no lower limit is above nothing, and nothing is above what has no upper one."""
    assert interval(one).above(interval(other)) is above


@pytest.mark.parametrize(
    ("one", "other", "total", "difference"),
    [
        ("[1; 2]", "[10; 20]", "[11; 22]", "[-19; -8]"),
        ("[1; 2)", "[10; 20]", "[11; 22)", "[-19; -8)"),
        ("[1; 2]", "(10; 20]", "(11; 22]", "[-19; -8)"),
        ("[1; 2]", "[10; 20)", "[11; 22)", "(-19; -8]"),
        ("[5; ∞)", "[1; 2]", "[6; ∞)", "[3; ∞)"),
        ("[1; 2]", "[5; ∞)", "[6; ∞)", "(-∞; -3]"),
        ("[1; 2]", "(5; ∞)", "(6; ∞)", "(-∞; -3)"),
        ("[5; ∞)", "[5; ∞)", "[10; ∞)", "(-∞; ∞)"),
        ("(-∞; 3)", "[1; 1]", "(-∞; 4)", "(-∞; 2)"),
    ],
)
def test_sums_and_differences_of_intervals(one: str, other: str, total: str, difference: str) -> None:
    """An end of a sum is included only when both ends that make it are; without a limit it is not called open."""
    assert interval(one) + interval(other) == interval(total)
    assert interval(one) - interval(other) == interval(difference)


def test_sums_hold_every_sum_of_their_members() -> None:
    """Tried with every small interval: a value is in a sum exactly when it is the sum of two values."""
    small = [interval(text) for text in ("[0; 2]", "[0; 2)", "(0; 2]", "(0; 2)", "[1; 1]", "[0; ∞)", "(-∞; 1)")]
    halves = [Fraction(number, 2) for number in range(-12, 13)]
    for one, other in product(small, small):
        total, difference = one + other, one - other
        for a, b in product(halves, halves):
            if _holds(one, a) and _holds(other, b):
                assert _holds(total, a + b)
                assert _holds(difference, a - b)


def _holds(interval: Interval, value: Fraction) -> bool:
    low = interval.low is None or (value > interval.low if interval.low_open else value >= interval.low)
    high = interval.high is None or (value < interval.high if interval.high_open else value <= interval.high)
    return low and high


@pytest.mark.parametrize(
    ("text", "exact"), [("[5; 5]", True), ("[5; 6]", False), ("[5; ∞)", False), ("(-∞; ∞)", False)]
)
def test_an_interval_is_exact_when_one_value_is_left(text: str, *, exact: bool) -> None:
    """Two missing ends are not the same value."""
    assert interval(text).exact is exact
    assert Amount(interval(text), None).exact is exact


def test_computed_amounts_have_no_words() -> None:
    """An amount that the program works out is shown as a number, which it has only when one value is left."""
    assert exactly(5) == Amount(Interval(5, 5), 5, "", "exact")
    assert derived(Interval(5, 5)) == exactly(5)
    assert derived(Interval(5, 9)) == Amount(Interval(5, 9), None, "", "range")
    assert derived(Interval(5, None)) == Amount(Interval(5, None), None, "", "range")


def test_a_sum_adds_printed_numbers_and_intervals() -> None:
    """`drygt 600` counts as 600 in the number and as [600, 700) in the interval."""
    total = add_up([read_amount("drygt 600 mnkr"), read_amount("23,5 mnkr")])
    assert total.number == 623_500_000 * ORE
    assert total.interval == Interval(623_500_000 * ORE, 723_500_000 * ORE, high_open=True)
    assert (total.words, total.sense) == ("", "range")


def test_a_sum_with_a_member_that_prints_no_number_has_none() -> None:
    """A range has no number that could be added."""
    total = add_up([read_amount("6–35 mnkr"), read_amount("1 mnkr")])
    assert total == Amount(Interval(7 * MNKR, 36 * MNKR), None, "", "range")


def test_a_sum_with_an_unbounded_member_is_unbounded() -> None:
    """`minst 31` plus 1 is at least 32."""
    total = add_up([read_amount("minst 31 mnkr"), read_amount("1 mnkr")])
    assert total == Amount(Interval(32 * MNKR, None), 32 * MNKR, "", "range")


def test_a_sum_of_nothing_is_zero() -> None:
    """No figures add up to nothing, exactly."""
    assert add_up([]) == exactly(0) == Amount(ZERO, 0)


@pytest.mark.parametrize(
    ("text", "step", "low", "high"),
    [
        ("439 mnkr", "1 mnkr", 438_500_000_00, 439_500_000_00),
        ("-5 mnkr", "1 mnkr", -5_500_000_00, -4_500_000_00),
        ("0 kr", "1 mnkr", -500_000_00, 500_000_00),
        ("1 kr", "0,01 kr", 99, 101),  # half an öre, outward
        ("1 kr", "0,03 kr", 98, 102),
    ],
)
def test_a_rounded_figure_is_half_a_step_to_each_side(text: str, step: str, low: int, high: int) -> None:
    """The number and the words stay as printed."""
    amount = read_amount(text)
    assert rounded(amount, read_amount(step)) == Amount(Interval(low, high), amount.number, text, "rounded")


@pytest.mark.parametrize(
    ("text", "step", "expected"),
    [
        ("6,3 mdkr", "0,1 mdkr", "[630000000000; 640000000000)"),
        ("-6,3 mdkr", "0,1 mdkr", "(-640000000000; -630000000000]"),  # cut away from zero, too
        ("0 kr", "1 kr", "[0; 100)"),
    ],
)
def test_a_cut_figure_is_up_to_one_step_larger(text: str, step: str, expected: str) -> None:
    """Printed without its last digits, the true value is the printed one or more of the same sign."""
    amount = read_amount(text)
    assert cut(amount, read_amount(step)) == Amount(interval(expected), amount.number, text, "rounded")


@pytest.mark.parametrize("make", [rounded, cut])
@pytest.mark.parametrize("text", ["ca 6 mnkr", "6–7 mnkr", "minst 6 mnkr"])
def test_only_an_exact_figure_can_be_rounded_or_cut(make: Callable[[Amount, Amount], Amount], text: str) -> None:
    """A qualifier says already how exact a figure is."""
    message = f"^'{text}' is not exact: only an exact figure can be called rounded or cut$"
    with pytest.raises(AmountError, match=message):
        make(read_amount(text), read_amount("1 mnkr"))


WRITTEN = [
    (0, "kr", 0, "0"),
    (0, "mnkr", 1, "0,0"),
    (1, "kr", 0, "0,01"),
    (50, "kr", 0, "0,5"),
    (-50, "kr", 0, "-0,5"),
    (100, "kr", 0, "1"),
    (100, "kr", 2, "1,00"),
    (99_999, "kr", 0, "999,99"),
    (100_000, "kr", 0, "1 000"),
    (123_456_789_00, "kr", 0, "123 456 789"),
    (-123_456_789_00, "tkr", 0, "-123 456,7890"),
    (2_350_000_000, "mnkr", 0, "23,5"),
    (2_350_000_000, "mnkr", 2, "23,50"),
    (2_350_000_000, "tkr", 0, "23 500"),
    (79_661_100_000, "mnkr", 0, "796,6110"),  # three decimals would read as thousands
    (79_661_100_000, "mnkr", 1, "796,6110"),
    (79_661_100_000, "mnkr", 3, "796,6110"),
    (2_350_000_000, "mnkr", 3, "23,5000"),
    (79_661_194_263, "mnkr", 0, "796,61194263"),
    (1, "mdkr", 0, "0,00000000001"),
]


@pytest.mark.parametrize(("ore", "unit", "decimals", "text"), WRITTEN)
def test_money_is_written_in_swedish_without_rounding(ore: int, unit: str, decimals: int, text: str) -> None:
    """Groups of three by a space, a decimal comma, every decimal that is needed, and never three of them."""
    assert swedish(ore, unit, decimals) == text


@pytest.mark.parametrize(
    ("ore", "unit", "decimals"),
    [(0, "kr", 0), (100, "kr", 0), (1, "kr", 2), (10, "kr", 1), (2_350_000_000, "mnkr", 1), (1, "mdkr", 11)],
)
def test_the_decimals_that_a_figure_needs(ore: int, unit: str, decimals: int) -> None:
    """Zeros at the end need none."""
    assert decimals_needed(ore, unit) == decimals


@pytest.mark.parametrize(
    ("kronor", "unit"),
    [
        ([], "kr"),
        (["0"], "kr"),
        (["0.5"], "kr"),
        (["1"], "kr"),
        (["999"], "kr"),
        (["1000"], "tkr"),
        (["1010"], "tkr"),
        (["1001"], "kr"),
        (["23500000"], "mnkr"),
        (["796611000"], "tkr"),
        (["796610000"], "mnkr"),
        (["6300000000"], "mdkr"),
        (["6300000000", "796611000"], "tkr"),
        (["6300000000", "1"], "kr"),
        (["-23500000"], "mnkr"),
        (["0", "23500000"], "mnkr"),  # nothing is nothing in every unit
        (["10000"], "tkr"),  # 0,01 mnkr would do, but is no figure to read
        (["10000", "1000000"], "mnkr"),
    ],
)
def test_the_largest_unit_in_which_every_figure_needs_two_decimals(kronor: list[str], unit: str) -> None:
    """Never one that would write every figure below 1."""
    assert auto_unit(int(Fraction(one) * ORE) for one in kronor) == unit


@pytest.mark.parametrize(
    ("ore", "currency", "words"),
    [
        (0, "SEK", "0 kr"),
        (2_350_000_000, "SEK", "23,5 mnkr"),
        (-2_350_000_000, "SEK", "-23,5 mnkr"),
        (79_661_100_000, "SEK", "796 611 tkr"),
        (79_661_194_263, "SEK", "796 611 942,63 kr"),
        (150_000_000, "EUR", "1,5 million EUR"),
        (250_000, "EUR", "2,5 thousand EUR"),
        (4_000_050, "EUR", "40 000,5 EUR"),
        (2 * 10**11, "EUR", "2 billion EUR"),
    ],
)
def test_exact_words_choose_the_unit_themselves(ore: int, currency: str, words: str) -> None:
    """What is written can be read in a ledger of that currency."""
    assert exact_words(ore, currency) == words
    assert read_amount(words, currency=currency).interval == Interval(ore, ore)


def test_words_are_in_kronor_where_no_currency_is_named() -> None:
    assert exact_words(2_350_000_000) == "23,5 mnkr"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[600; 3500]", "6–35"),
        ("[0; 3500]", "0–35"),
        ("[600; 3550)", "6–35,5"),
        ("[600; 600]", "6"),
        ("[600; ∞)", "at least 6"),
        ("(-∞; 600]", "at most 6"),
        ("(-∞; ∞)", "any amount"),
        ("[-600; -300]", "-6–-3"),
    ],
)
def test_an_interval_is_written_by_its_limits(text: str, words: str) -> None:
    """Whether an end is included is not shown."""
    assert range_words(interval(text), "kr") == words


def test_an_interval_is_written_with_at_least_so_many_decimals() -> None:
    """So that a column of intervals is even."""
    assert range_words(Interval(600 * MNKR, 3_550 * MNKR), "mnkr", 1) == "600,0–3 550,0"
    assert range_words(Interval(600 * MNKR, None), "mnkr", 1) == "at least 600,0"
    assert range_words(Interval(None, 600 * MNKR), "mnkr", 1) == "at most 600,0"


@pytest.mark.parametrize(
    ("ore", "text"),
    [
        (0, "0"),
        (1, "0.01"),
        (-1, "-0.01"),
        (150, "1.50"),
        (100, "1"),
        (-150, "-1.50"),
        (2_350_000_000, "23500000"),
        (150_000_050, "1500000.50"),
        (LARGEST, "1000000000000000"),
    ],
)
def test_machines_get_plain_decimals(ore: int, text: str) -> None:
    """A point, no groups, both decimals or none."""
    assert plain_kronor(ore) == text


def test_units_have_their_own_names_in_other_currencies() -> None:
    """A million euros is no mnkr."""
    assert [unit_name(unit) for unit in FACTORS] == ["mdkr", "mnkr", "tkr", "kr"]
    assert [unit_name(unit, "EUR") for unit in FACTORS] == ["billion EUR", "million EUR", "thousand EUR", "EUR"]


@pytest.mark.parametrize("text", ["12  345 kr", "1  234 tkr", "12\u00a0 345 kr"])
def test_two_spaces_part_columns_and_group_no_digits(text: str) -> None:
    with pytest.raises(AmountError, match="two spaces between digits"):
        read_amount(text)
