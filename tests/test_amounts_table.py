"""Amounts as sources write them: every row of the grammar, in Swedish and English, and all that is refused."""

import re
from fractions import Fraction

import pytest

from ledger.money import Amount, AmountError, Interval, Sense, read_amount, read_step, unit_factor

KR = 100
TKR = 1_000 * KR
MNKR = 1_000_000 * KR
MDKR = 1_000_000_000 * KR


def point(ore: int) -> Interval:
    return Interval(ore, ore)


def mnkr(number: str) -> int:
    """Millions of kronor, written with a decimal comma, in öre."""
    return int(Fraction(number.replace(",", ".")) * MNKR)


Row = tuple[tuple[str, ...], Sense, list[tuple[str, str]]]

# Every word of each sense, and the interval that it makes of a number of millions. The step u is the place value of
# the last digit that is not zero: of 600 it is 100, of 6,3 it is 0,1, of 25 it is 1.
TABLE: list[Row] = [
    (
        ("ca", "ca.", "cirka", "omkring", "ungefär", "runt", "about", "approximately", "~", "≈"),
        "about",
        [("600", "[550; 650]"), ("6,3", "[6,25; 6,35]"), ("25", "[24,5; 25,5]")],
    ),
    (("drygt", "just over"), "above", [("600", "[600; 700)"), ("6,3", "[6,3; 6,4)"), ("25", "[25; 26)")]),
    (
        ("knappt", "nära", "närmare", "nästan", "uppemot", "just under", "nearly"),
        "below",
        [("600", "(500; 600]"), ("6,3", "(6,2; 6,3]"), ("25", "(24; 25]")],
    ),
    (
        ("minst", "lägst", "över", "mer än", "at least", "over", "more than"),
        "least",
        [("600", "[600; ∞)"), ("6,3", "[6,3; ∞)"), ("25", "[25; ∞)")],
    ),
    (
        (
            "högst",
            "upp till",
            "max",
            "maximalt",
            "som mest",
            "under",
            "mindre än",
            "inte överstiga",
            "at most",
            "up to",
        ),
        "most",
        [("600", "[0; 600]"), ("6,3", "[0; 6,3]"), ("25", "[0; 25]")],
    ),
]
QUALIFIED = [
    (word, sense, number, interval) for words, sense, made in TABLE for word in words for number, interval in made
]


def interval_of(text: str) -> Interval:
    """`[6; 7)` in millions of kronor; an end at infinity has no value and is not open."""
    low, high = text[1:-1].split("; ")
    unbounded = high == "∞"
    return Interval(
        mnkr(low), None if unbounded else mnkr(high), text[0] == "(", high_open=text[-1] == ")" and not unbounded
    )


@pytest.mark.parametrize(("word", "sense", "number", "interval"), QUALIFIED)
def test_every_qualifier_has_its_interval(word: str, sense: Sense, number: str, interval: str) -> None:
    """A qualifier leaves open what the table says; the printed number and the words are kept."""
    text = f"{word} {number} mnkr"
    assert read_amount(text) == Amount(interval_of(interval), mnkr(number), text, sense)


@pytest.mark.parametrize("sign", ["~", "≈"])
def test_a_sign_needs_no_space_behind_it(sign: str) -> None:
    """`~600` is what people write."""
    assert read_amount(f"{sign}600 mnkr").interval == interval_of("[550; 650]")


@pytest.mark.parametrize("word", ["ca", "drygt", "lägst", "över", "mer än", "inte överstiga", "at least"])
def test_case_does_not_matter(word: str) -> None:
    """Qualifiers and units are the same in capitals."""
    assert read_amount(f"{word.upper()} 5 MNKR").interval == read_amount(f"{word} 5 mnkr").interval
    assert read_amount(f"{word.capitalize()} 5 Mnkr").interval == read_amount(f"{word} 5 mnkr").interval


@pytest.mark.parametrize(
    ("number", "step"),
    [
        ("600", 100 * MNKR),
        ("610", 10 * MNKR),
        ("1", MNKR),
        ("1 000", 1_000 * MNKR),
        ("1_000_000", 1_000_000 * MNKR),
        ("6,3", MNKR // 10),
        ("6,30", MNKR // 10),  # a zero at the end says nothing more
        ("600,0", 100 * MNKR),
        ("0,05", MNKR // 100),
        ("12,0500", MNKR // 100),
    ],
)
def test_the_step_is_the_place_of_the_last_digit_that_is_not_zero(number: str, step: int) -> None:
    """`drygt` reaches one step up from the printed number."""
    amount = read_amount(f"drygt {number} mnkr")
    assert amount.number is not None
    assert amount.interval == Interval(amount.number, amount.number + step, high_open=True)


EXACT = [
    ("0 kr", 0),
    ("1 kr", KR),
    ("1 krona", KR),
    ("25 kronor", 25 * KR),
    ("25 SEK", 25 * KR),
    ("25 sek", 25 * KR),
    ("1,50 kr", 150),
    ("1.50 kr", 150),
    ("0,01 kr", 1),
    ("0.5 kr", 50),
    ("-1,5 mnkr", -15 * MNKR // 10),
    ("−1,5 mnkr", -15 * MNKR // 10),
    ("-0,5 kr", -50),
    ("9 000 tkr", 9_000 * TKR),
    ("9 000 kkr", 9_000 * TKR),
    ("9 000 TSEK", 9_000 * TKR),
    ("45 tusen kronor", 45 * TKR),
    ("45 tusen", 45 * TKR),
    ("45 thousand SEK", 45 * TKR),
    ("23,5 mnkr", 235 * MNKR // 10),
    ("23,5mnkr", 235 * MNKR // 10),
    ("23,5 mkr", 235 * MNKR // 10),
    ("23.5 MSEK", 235 * MNKR // 10),
    ("1 miljon", MNKR),
    ("1 miljon kronor", MNKR),
    ("23,5 miljoner", 235 * MNKR // 10),
    ("23,5 miljoner kronor", 235 * MNKR // 10),
    ("23,5 Miljoner Kr", 235 * MNKR // 10),
    ("23.5 million SEK", 235 * MNKR // 10),
    ("6,3 mdkr", 63 * MDKR // 10),
    ("1 miljard", MDKR),
    ("1 miljard kronor", MDKR),
    ("6,3 miljarder", 63 * MDKR // 10),
    ("6,3 miljarder kronor", 63 * MDKR // 10),
    ("6.3 billion SEK", 63 * MDKR // 10),
    ("1_500_000 kr", 1_500_000 * KR),
    ("1 500 000 kr", 1_500_000 * KR),
    ("1\u00a0500\u00a0000 kr", 1_500_000 * KR),
    ("1\u2009500\u2009000\u00a0kr", 1_500_000 * KR),
    ("1\u202f500\u202f000\u202fkr", 1_500_000 * KR),
    ("12 345,678 mnkr", 12_345_678 * TKR),  # the space groups, so the comma cannot
    ("1234,567 mnkr", 1_234_567 * TKR),
    ("0,500 mnkr", 500 * TKR),
    ("-0,500 mnkr", -500 * TKR),
    ("1,5000 mnkr", 1_500 * TKR),
    ("796,6110 mnkr", 796_611 * TKR),
    ("796,61194263 mnkr", 79_661_194_263),  # outcome files have eight decimals of a million: whole öre
    ("1 000 000 000 000 000 kr", 10**15 * KR),
    (" 5 kr ", 5 * KR),
]


@pytest.mark.parametrize(("text", "ore"), EXACT)
def test_a_number_and_its_unit_are_one_exact_value(text: str, ore: int) -> None:
    """Without a qualifier an amount is one point, printed as that number."""
    assert read_amount(text) == Amount(point(ore), ore, text, "exact")


RANGES = [
    ("6–35 mnkr", 6 * MNKR, 35 * MNKR),
    ("6-35 mnkr", 6 * MNKR, 35 * MNKR),
    ("6 – 35 mnkr", 6 * MNKR, 35 * MNKR),
    ("6 - 35 mnkr", 6 * MNKR, 35 * MNKR),
    ("1 000–2 000 tkr", MNKR, 2 * MNKR),
    ("1,5–2,25 mnkr", 15 * MNKR // 10, 225 * MNKR // 100),
    ("-5–-3 mnkr", -5 * MNKR, -3 * MNKR),
    ("-5–5 mnkr", -5 * MNKR, 5 * MNKR),
    ("0–5 kr", 0, 5 * KR),
    ("5–5 kr", 5 * KR, 5 * KR),
    ("mellan 6 och 35 mnkr", 6 * MNKR, 35 * MNKR),
    ("Mellan 6 och 35 miljoner kronor", 6 * MNKR, 35 * MNKR),
    ("between 6 and 35 million SEK", 6 * MNKR, 35 * MNKR),
    ("10 ± 2 mnkr", 8 * MNKR, 12 * MNKR),
    ("10±2 mnkr", 8 * MNKR, 12 * MNKR),
    ("10,5 ± 0,25 mnkr", 1025 * MNKR // 100, 1075 * MNKR // 100),
    ("1 ± 2 mnkr", -MNKR, 3 * MNKR),
    ("ca 600–700 mnkr", 550 * MNKR, 750 * MNKR),  # each end widens by half of its own step
    ("ca 6,5–10 mnkr", 645 * MNKR // 100, 15 * MNKR),
    ("ca 1–2 mnkr", 5 * MNKR // 10, 25 * MNKR // 10),
    ("cirka mellan 600 och 650 mnkr", 550 * MNKR, 655 * MNKR),
]


@pytest.mark.parametrize(("text", "low", "high"), RANGES)
def test_a_range_holds_both_its_ends(text: str, low: int, high: int) -> None:
    """A range, a spread and a `mellan` are closed intervals."""
    assert read_amount(text).interval == Interval(low, high)


def test_a_range_has_no_printed_number_but_a_spread_has() -> None:
    """Nothing says which value of a range is meant; `10 ± 2` prints 10."""
    assert read_amount("6–35 mnkr") == Amount(Interval(6 * MNKR, 35 * MNKR), None, "6–35 mnkr", "range")
    assert read_amount("10 ± 2 mnkr") == Amount(Interval(8 * MNKR, 12 * MNKR), 10 * MNKR, "10 ± 2 mnkr", "range")


@pytest.mark.parametrize(
    ("text", "interval", "number"),
    [
        ("ca 0,01 kr", Interval(0, 2), 1),  # half an öre up and down
        ("ca 0,03 kr", Interval(2, 4), 3),
        ("drygt 0,001 kr", Interval(0, 1, high_open=True), None),
        ("knappt 0,005 kr", Interval(0, 1, low_open=True), None),
        ("minst 0,005 kr", Interval(0, None), None),
        ("högst 0,005 kr", Interval(0, 1), None),
        ("0,005–0,015 kr", Interval(0, 2), None),
        ("1 ± 0,005 kr", Interval(99, 101), 100),
        ("0,005 ± 0,001 kr", Interval(0, 1), None),
        ("-0,015–-0,005 kr", Interval(-2, 0), None),
    ],
)
def test_ends_round_outward_to_whole_ore(text: str, interval: Interval, number: int | None) -> None:
    """No value that the words allow is lost; a printed number between two öre is not kept."""
    amount = read_amount(text)
    assert (amount.interval, amount.number) == (interval, number)


@pytest.mark.parametrize(
    ("text", "unit", "ore"),
    [
        ("9 000", "tkr", 9_000 * TKR),
        ("9 000", "TKR", 9_000 * TKR),
        ("23,5", "mnkr", 235 * MNKR // 10),
        ("23,5", "miljoner kronor", 235 * MNKR // 10),
        ("5 kr", "tkr", 5 * KR),  # a written unit goes before the one in scope
        ("-7", "kr", -7 * KR),
    ],
)
def test_a_bare_number_takes_the_unit_in_scope(text: str, unit: str, ore: int) -> None:
    """The unit of the line serves figures that state none."""
    assert read_amount(text, unit).interval == point(ore)


def test_a_qualified_or_ranged_number_takes_the_unit_in_scope_too() -> None:
    """Only the unit is missing, so only the unit is taken."""
    assert read_amount("ca 600", "mnkr").interval == read_amount("ca 600 mnkr").interval
    assert read_amount("6–35", "mnkr").interval == read_amount("6–35 mnkr").interval


EUROS = [
    ("40 000 EUR", None, 40_000 * 100),
    ("1.5 million EUR", None, 1_500_000 * 100),
    ("1,5 miljoner EUR", None, 1_500_000 * 100),
    ("2 billion EUR", None, 2_000_000_000 * 100),
    ("2 thousand EUR", None, 2_000 * 100),
    ("1.5 million", None, 1_500_000 * 100),
    ("1.5", "million EUR", 1_500_000 * 100),
    ("40 000", "EUR", 40_000 * 100),
]


@pytest.mark.parametrize(("text", "unit", "cents"), EUROS)
def test_another_currency_is_read_in_its_own_ledger(text: str, unit: str | None, cents: int) -> None:
    """A ledger in euros holds hundredths of a euro."""
    assert read_amount(text, unit, "EUR").interval == point(cents)


TWO_WAYS = "'{}' can be read two ways, with '{}' as decimal mark or between thousands: write '{}' or '{}'"
NOT_AN_AMOUNT = "'{}' is not an amount: write for example '23,5 mnkr' or '9 000 tkr'"
NO_UNIT = "'{}' is not a unit of money: use kr, tkr, mnkr, mdkr or their words"
NO_UNIT_IN = "'{}' in '{}' is not a unit of money: use kr, tkr, mnkr, mdkr or their words"
UNCLEAR = "'{}' puts a qualifier before zero or a negative number: what it leaves open is not clear"
RANGE_QUALIFIED = "'{}' puts a qualifier before a range: only 'ca' can widen one"
BACKWARDS = "'{}' is a range that ends below its start"
UNGROUPED = "'{}' has a number whose digits are not in groups of three: '{}'"
LEADING_ZERO = "'{}' has a number that begins with 0: write it without"
TOO_FINE = "'{}' is finer than one öre"
TOO_LARGE = "'{}' is more than 10¹⁵ kr: the unit is probably wrong"
BARE = "'{0}' has no unit: write for example '{0} tkr', or give the line a `unit`"
FOREIGN = "'{}' is in {}, and this ledger is in {}: one ledger, one currency"
MARKED_GROUPS = "'{}' groups its digits with a decimal mark: write '{}'"
TOO_LONG = "an amount of {} characters is not read: write for example '23,5 mnkr'"

REFUSED = [
    # One mark before three digits: both readings are named, neither is taken.
    ("1,500 mnkr", TWO_WAYS.format("1,500 mnkr", ",", "1,5", "1 500")),
    ("1.500 mnkr", TWO_WAYS.format("1.500 mnkr", ".", "1,5", "1 500")),
    ("25.000 kr", TWO_WAYS.format("25.000 kr", ".", "25,0", "25 000")),
    ("796,611 mnkr", TWO_WAYS.format("796,611 mnkr", ",", "796,6110", "796 611")),
    ("-1,500 mnkr", TWO_WAYS.format("-1,500 mnkr", ",", "-1,5", "-1 500")),
    ("ca 1,500 mnkr", TWO_WAYS.format("ca 1,500 mnkr", ",", "1,5", "1 500")),
    ("1,500–2,500 mnkr", TWO_WAYS.format("1,500–2,500 mnkr", ",", "1,5", "1 500")),
    ("1–2.500 mnkr", TWO_WAYS.format("1–2.500 mnkr", ".", "2,5", "2 500")),
    ("5 ± 1.250 mnkr", TWO_WAYS.format("5 ± 1.250 mnkr", ".", "1,25", "1 250")),
    ("2.000 kr", TWO_WAYS.format("2.000 kr", ".", "2,0", "2 000")),
    # Marks that only group.
    ("1.500.000 kr", MARKED_GROUPS.format("1.500.000 kr", "1 500 000")),
    ("1,500,000 kr", MARKED_GROUPS.format("1,500,000 kr", "1 500 000")),
    ("1.500,50 kr", MARKED_GROUPS.format("1.500,50 kr", "1 500,50")),
    ("-1,234,567.89 kr", MARKED_GROUPS.format("-1,234,567.89 kr", "-1 234 567,89")),
    # Digits that are in no groups of three.
    ("15 00 kr", UNGROUPED.format("15 00 kr", "15 00")),
    ("1500 000 kr", UNGROUPED.format("1500 000 kr", "1500 000")),
    ("1,5,0 kr", UNGROUPED.format("1,5,0 kr", "1,5,0")),
    ("0 500 kr", UNGROUPED.format("0 500 kr", "0 500")),
    ("1 000,5 000 kr", UNGROUPED.format("1 000,5 000 kr", "1 000,5 000")),
    ("013 kr", LEADING_ZERO.format("013 kr")),
    ("-007,5 kr", LEADING_ZERO.format("-007,5 kr")),
    # Qualifiers where they say nothing clear.
    ("ca 0 kr", UNCLEAR.format("ca 0 kr")),
    ("drygt -5 mnkr", UNCLEAR.format("drygt -5 mnkr")),
    ("högst -5 mnkr", UNCLEAR.format("högst -5 mnkr")),
    ("minst 0 kr", UNCLEAR.format("minst 0 kr")),
    ("ca 0–5 mnkr", UNCLEAR.format("ca 0–5 mnkr")),
    ("ca -5–5 mnkr", UNCLEAR.format("ca -5–5 mnkr")),
    ("drygt 6–35 mnkr", RANGE_QUALIFIED.format("drygt 6–35 mnkr")),
    ("högst 6–35 mnkr", RANGE_QUALIFIED.format("högst 6–35 mnkr")),
    ("ca 10 ± 2 mnkr", RANGE_QUALIFIED.format("ca 10 ± 2 mnkr")),
    ("minst mellan 6 och 35 mnkr", RANGE_QUALIFIED.format("minst mellan 6 och 35 mnkr")),
    # Ranges that are none.
    ("35–6 mnkr", BACKWARDS.format("35–6 mnkr")),
    ("10 ± -2 mnkr", BACKWARDS.format("10 ± -2 mnkr")),
    # Units.
    ("9 000", BARE.format("9 000")),
    ("ca 600", BARE.format("ca 600")),
    ("5 bananer", NO_UNIT_IN.format("bananer", "5 bananer")),
    ("5 m", NO_UNIT_IN.format("m", "5 m")),
    ("5 %", NO_UNIT_IN.format("%", "5 %")),
    ("5 mnkr 2024", NO_UNIT_IN.format("mnkr 2024", "5 mnkr 2024")),
    ("5 mnkr–6 mnkr", NO_UNIT_IN.format("mnkr–6 mnkr", "5 mnkr–6 mnkr")),
    ("5 tusen miljoner kronor", NO_UNIT_IN.format("tusen miljoner kronor", "5 tusen miljoner kronor")),
    ("X 5 mnkr", NOT_AN_AMOUNT.format("X 5 mnkr")),
    ("5 dussin EUR", NO_UNIT_IN.format("dussin eur", "5 dussin EUR")),
    ("5 kr per år", NO_UNIT_IN.format("kr per år", "5 kr per år")),
    ("1e6 kr", NO_UNIT_IN.format("e6 kr", "1e6 kr")),
    ("0x10 kr", NO_UNIT_IN.format("x10 kr", "0x10 kr")),
    ("5² kr", NO_UNIT_IN.format("² kr", "5² kr")),
    ("5, kr", NO_UNIT_IN.format(", kr", "5, kr")),
    ("5–", NO_UNIT_IN.format("–", "5–")),
    ("5 eur", NO_UNIT_IN.format("eur", "5 eur")),
    ("40 000 EUR", FOREIGN.format("40 000 EUR", "EUR", "SEK")),
    ("1.5 million EUR", FOREIGN.format("1.5 million EUR", "EUR", "SEK")),
    # Sizes.
    ("0,005 kr", TOO_FINE.format("0,005 kr")),
    ("0,0000000001 mnkr", TOO_FINE.format("0,0000000001 mnkr")),
    ("1 000 001 mdkr", TOO_LARGE.format("1 000 001 mdkr")),
    ("-1 000 001 mdkr", TOO_LARGE.format("-1 000 001 mdkr")),
    ("drygt 1 000 000 mdkr", TOO_LARGE.format("drygt 1 000 000 mdkr")),
    ("1–1 000 001 mdkr", TOO_LARGE.format("1–1 000 001 mdkr")),
    ("minst 1 000 001 mdkr", TOO_LARGE.format("minst 1 000 001 mdkr")),
    ("9" * 117 + " kr", TOO_LARGE.format("9" * 117 + " kr")),
    ("9" * 118 + " kr", TOO_LONG.format(121)),
    ("9" * 100_000 + " kr", TOO_LONG.format(100_003)),
    # Not amounts at all.
    *(
        (text, NOT_AN_AMOUNT.format(text))
        for text in (
            "",
            " ",
            "kr",
            "mnkr",
            "ca",
            "ca mnkr",
            "ca600 mnkr",
            "fem miljoner",
            "SEK 5 million",
            "- 5 mnkr",
            "+5 mnkr",
            "--5 mnkr",
            ",5 kr",
            "±5 mnkr",
            "mellan 5 mnkr",
            "ca ca 5 mnkr",
            "5 mnkr\n",
            "5\tkr",
            "5\u3000kr",
            "\u0665 kr",
            "5\u0665 kr",
            "\uff15 kr",
            "½ mnkr",
            "nan",
            "inf kr",
            "över en kvarts miljard",
        )
    ),
]


@pytest.mark.parametrize(
    ("text", "message"), [pytest.param(text, message, id=repr(text[:40])) for text, message in REFUSED]
)
def test_what_is_not_clear_is_refused_with_what_to_write(text: str, message: str) -> None:
    """A refusal quotes what was written, names every reading, and says what to write."""
    with pytest.raises(AmountError, match=f"^{re.escape(message)}$"):
        read_amount(text)


def test_each_reading_that_a_refusal_offers_can_be_read_itself() -> None:
    """What the message of an ambiguous amount says to write is not ambiguous."""
    for text in ("1,500", "25.000", "796,611", "-1,050", "999,999"):
        with pytest.raises(AmountError) as refusal:
            read_amount(f"{text} mnkr")
        decimal, grouped = re.findall(r"'([-0-9, ]+)'(?: or|$)", str(refusal.value))
        plain = text.replace(",", "").replace(".", "")
        assert read_amount(f"{decimal} mnkr").interval == point(int(plain) * TKR)
        assert read_amount(f"{grouped} mnkr").interval == point(int(plain) * MNKR)


@pytest.mark.parametrize(
    ("unit", "currency", "message"),
    [
        ("bananer", "SEK", NO_UNIT.format("bananer")),
        ("000 tkr", "SEK", NO_UNIT.format("000 tkr")),
        ("", "SEK", NO_UNIT.format("")),
        ("EUR", "SEK", FOREIGN.format("EUR", "EUR", "SEK")),
        ("tkr", "EUR", FOREIGN.format("tkr", "SEK", "EUR")),
        ("MSEK", "EUR", FOREIGN.format("MSEK", "SEK", "EUR")),
        ("million USD", "EUR", FOREIGN.format("million USD", "USD", "EUR")),
    ],
)
def test_a_unit_that_is_none_is_refused(unit: str, currency: str, message: str) -> None:
    """A unit on its own is judged without a number beside it."""
    with pytest.raises(AmountError, match=f"^{re.escape(message)}$"):
        unit_factor(unit, currency)


@pytest.mark.parametrize(
    ("unit", "factor"), [("kr", 1), ("tkr", 10**3), ("Mnkr", 10**6), ("MDKR", 10**9), ("miljarder kronor", 10**9)]
)
def test_a_unit_is_so_many_kronor(unit: str, factor: int) -> None:
    """Case does not matter here either."""
    assert unit_factor(unit) == factor


@pytest.mark.parametrize("text", ["0 kr", "-1 mnkr", "ca 1 mnkr", "1–2 mnkr", "högst 1 mnkr"])
def test_a_step_of_rounding_is_exact_and_above_zero(text: str) -> None:
    """What a figure is rounded to is a size, and known."""
    with pytest.raises(AmountError, match="is no step of rounding: write an exact amount above zero"):
        read_step(text)


def test_a_step_of_rounding_is_an_amount() -> None:
    """It is read as any amount, with the unit in scope."""
    assert read_step("0,1 mdkr").interval == point(MDKR // 10)
    assert read_step("1", "mnkr").interval == point(MNKR)
    assert read_step("0,01 kr").interval == point(1)
    assert read_step("1 million EUR", currency="EUR").interval == point(MNKR)


@pytest.mark.parametrize("text", [text for text, *_ in (*EXACT, *RANGES)] + ["ca 600 mnkr", "drygt 0,001 kr"])
def test_no_number_of_an_amount_is_a_float(text: str) -> None:
    """A float that happens to be whole would pass for the number until it is too large to be exact."""
    amount = read_amount(text)
    numbers = (amount.interval.low, amount.interval.high, amount.number)
    assert {type(number) for number in numbers} <= {int, type(None)}
