"""The shipped data set: what its sources say adds up, and comes to the sums that are known.

Amounts are in tkr unless a name says otherwise.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
from books import equation, limits

from ledger.book import Book, Level, Sum, add_level, as_of, by_level
from ledger.checks import run
from ledger.money import ZERO, Interval
from ledger.reading import Loaded, load

DATA = Path(__file__).parent.parent / "data"
TKR = 1000 * 100


@cache
def shipped() -> Loaded:
    return load(DATA)


@cache
def book() -> Book:
    return shipped().book


def exactly(tkr: int) -> Interval:
    return Interval(tkr * TKR, tkr * TKR)


def total(name: str) -> Interval:
    value = book().value(name).total
    assert value, name
    return value.amount.interval


def together(names: Sequence[str]) -> Interval:
    return sum((total(name) for name in names), ZERO)


def test_it_reads_and_checks_without_a_finding() -> None:
    """No fault, no error, no warning, and nothing that had to be accepted."""
    loaded = shipped()
    outcome = run(loaded.book, loaded.faults, loaded.texts, today="2026-06-01")
    assert not loaded.faults
    assert not outcome.diagnostics
    assert not outcome.accepted
    assert not outcome.not_run


def test_it_is_as_large_as_it_should_be() -> None:
    """Nothing went missing: years, lines, claims, and the figures that are stated."""
    years = {line.first_year for line in book().lines.values()}
    assert years == {2008, 2009, 2010, *range(2015, 2029)}
    assert len(book().lines) == 225
    assert len(book().claims) == 16
    assert sum(len(line.figures) for line in book().lines.values()) == 241


def identities(cases: Sequence[tuple[object, ...]]) -> list[str]:
    """The identity that each case is part of, and the line it is about."""
    return [f"identity {number}: {name}" for number, name, *_ in cases]


EQUATIONS = [
    (1, "jamy-trafficking-2024", "22000000* + 1500000 = 23500000"),
    (2, "lst-utvecklingsmedel-2024", "28000000 + 18000000 = 46000000"),
    (3, "jamy-trafficking-2022", "16000000 + 4000000 = 20000000"),
    (3, "lst-utvecklingsmedel-2023", "20000000* + 15000000 = 35000000"),
    (3, "lst-vald-2018", "60000000* + 30000000 = 90000000"),
    (3, "uo13-2018/3-1", "[333500000, 334500000] + [54000000, 56000000]* = [388500000, 389500000]"),
    (13, "jamstalldhet-2020", "290000000 + 155000000 = 445000000*"),
    (16, "scb-uppfoljning-2021", "250000 + 60000 = 310000*"),
]


@pytest.mark.parametrize(("name", "expected"), [one[1:] for one in EQUATIONS], ids=identities(EQUATIONS))
def test_base_and_top_ups_come_to_the_total(name: str, expected: str) -> None:
    """Identities 1, 2, 3, 13 and 16: what is stated, and what follows from it (`*`)."""
    assert equation(book().value(name)) == expected


def test_the_parts_of_the_trafficking_assignment_are_not_stated() -> None:
    """Identity 1: two programmes get an unknown share of the 23,5 mnkr, and that is no error."""
    assert book().lines["jamy-trafficking-2024"].parts == ("jamy-trafficking-2024/nsp", "jamy-trafficking-2024/amp")
    assert all(book().value(part).counting is None for part in book().lines["jamy-trafficking-2024"].parts)
    assert not book().lines["jamy-trafficking-2024"].complete


UO13_2023 = (112_030, 4_132_083, 134_607, 100_919, 705_039, 72_365, 48_163, 260_000)
UO13_2024 = (103_125, 2_776_226, 138_507, 110_919, 675_039, 73_409, 48_163, 93_000)
UO13_2025 = (98_925, 4_964_625, 142_746, 105_919, 571_039, 166_350, 48_163, 168_000)
UO13_2026 = (101_825, 4_389_646, 170_437, 110_919, 682_039, 188_197, 48_163, 175_000)

PARTS = [
    (4, "uo13-2023", UO13_2023, 5_565_206),
    (4, "uo13-2024", UO13_2024, 4_018_388),
    (4, "uo13-2025", UO13_2025, 6_265_767),
    (4, "uo13-2026", UO13_2026, 5_866_226),
    (6, "uo13-bemyndiganden-2024", (39_300, 150_000, 48_163), 237_463),
    (6, "uo13-bemyndiganden-2025", (39_300, 40_000), 79_300),
    (6, "uo13-bemyndiganden-2026", (58_300, 285_000, 48_163), 391_463),
    (7, "uo13-3-1-2021", (184_439, 8_000, 9_000, 186_600, 44_000, 7_000), 439_039),
    (8, "uo13-2-2-2021", (59_868, 600, 30_451, 2_000), 92_919),
    (8, "uo13-2-2-2021/mucf", (14_320, 11_298, 29_000, 5_250), 59_868),
    (8, "uo13-2-2-2021/kammarkollegiet", (14_750, 15_701), 30_451),
    (12, "lst-stockholm-samordning-2017", (300, 300, 300, 300), 1_200),
    (13, "upptackt-2020", (2_000, 2_000, 2_000, 2_000, 2_000), 10_000),
    (13, "jamstalldhet-tillskott-2020", (45_000, 10_000, 100_000), 155_000),
    (
        14,
        "av-arbetslivskriminalitet-2023/utbetalningar",
        (6_500, 6_000, 3_000, 3_000, 2_000, 2_000, 2_000, 1_000),
        25_500,
    ),
    (15, "nya-satsningar-2026", (100_000, 17_000, 15_000, 20_000, 14_000), 166_000),
    (16, "bra-ptu-2022-2023", (450, 950), 1_400),
]


@pytest.mark.parametrize(("name", "parts", "expected"), [one[1:] for one in PARTS], ids=identities(PARTS))
def test_the_parts_are_the_whole(name: str, parts: Sequence[int], expected: int) -> None:
    """Identities 4, 6 to 8 and 12 to 16: every part, and their sum, which is the line's total to the krona."""
    line = book().lines[name]
    assert line.complete
    assert [total(part) for part in line.parts] == [exactly(part) for part in parts]
    assert together(line.parts) == total(name) == exactly(expected)


def test_rounded_parts_agree_with_the_rounded_whole() -> None:
    """Identity 5: the rows of 2019, in whole millions, have the printed sum; rounding leaves four millions either way."""
    line = book().lines["uo13-2019"]
    numbers = [figure.amount.number for part in line.parts if (figure := book().lines[part].total)]
    assert [(number or 0) // (1000 * TKR) for number in numbers] == [228, 13_096, 3_708, 166, 391, 41, 28, 309]
    assert sum(number or 0 for number in numbers) == 17_967 * 1000 * TKR
    assert limits(total("uo13-2019")) == "[17966500000, 17967500000]"
    assert limits(together(line.parts)) == "[17963000000, 17971000000]"


AP12 = "uo13-3-1-2021/kammarkollegiet/ap12"

FITS = [
    (9, AP12, (4_500, 3_000, 500, 1_500, 1_500, 60, 1_500, 3_000), (184_439, 168_879)),
    (10, "uo13-3-1-2021/lst-orebro/ap4", (8_000,), (8_000, 0)),
    (10, "uo13-3-1-2021/mucf/ap11", (5_000,), (9_000, 4_000)),
    (10, "uo13-3-1-2021/lst-ostergotland/ap1", (30_000,), (44_000, 14_000)),
    (10, "uo13-2-2-2021/mucf/ap1", (320,), (14_320, 14_000)),
    (11, "socialstyrelsen-vald-2021", (70_000, 25_000, 4_000), (105_000, 6_000)),
    (14, "av-arbetslivskriminalitet-2023", (25_500,), (40_000, 14_500)),
]


@pytest.mark.parametrize(("name", "amounts", "whole_and_rest"), [one[1:] for one in FITS], ids=identities(FITS))
def test_what_is_known_fits_in_the_whole(name: str, amounts: Sequence[int], whole_and_rest: tuple[int, int]) -> None:
    """Identities 9 to 11 and 14: the most that the known lines can be ("högst"), and what they leave."""
    inside = book().lines[name].parts or book().inclusion.second[name]
    assert [total(one).high for one in inside] == [exactly(amount).high for amount in amounts]
    whole, rest = whole_and_rest
    assert total(name) == exactly(whole)
    assert whole - sum(amounts) == rest


def test_thirty_millions_fit_in_a_quarter_of_a_milliard() -> None:
    """Identity 17: "över en kvarts miljard" is more than 250 mnkr, and the same sum is told as 250 mnkr."""
    line = book().lines["vab-kriminell-ekonomi-2024"]
    assert limits(total(line.id)) == "[250000000, ∞)"
    assert [limits(figure.amount.interval) for figure in line.restated] == ["250000000"]
    assert total(line.parts[0]) == exactly(30_000)


RESTATED = [
    ("uo13-2023", "ca 5,6 mdkr"),
    ("uo13-2024", "ca 4 mdkr"),
    ("uo13-2025", "ca 6,3 mdkr"),
    ("uo13-2025", "drygt 6,2 mdkr"),
    ("uo13-2025", "6,2 mdkr"),
    ("uo13-2026", "ca 5,9 mdkr"),
    ("uo13-2025/1-2", "knappt 5 mdkr"),
    ("uo13-2025/3-1", "571 mnkr"),
    ("uo13-2025/3-3", "48 mnkr"),
    ("uo13-2025/3-3", "drygt 48 mnkr"),
    ("uo13-2025/4-1", "168 mnkr"),
    ("uo13-2019/3-2", "cirka 41 mnkr"),
    ("uo13-2018/3-2", "80,3 mnkr"),
    ("nck-stodlinjer-2025", "7 mnkr"),
    ("nya-satsningar-2026/kommuner-regioner", "100 mnkr"),
    ("vab-kriminell-ekonomi-2024", "250 mnkr"),
    ("violence-2024", "600 mnkr"),
    ("violence-2024", "mer än 600 mnkr"),
    ("violence-2024", "drygt 600 mnkr"),
]


def test_every_other_wording_agrees_with_its_figure() -> None:
    """Identity 18: "drygt" is at most the exact figure, "knappt" at least, "ca" rounds to its printed digits."""
    lines, claims = book().lines.values(), book().claims.values()
    said = [(total(one.id), one.id, figure) for one in lines for figure in one.restated]
    said += [(one.amount.amount.interval, one.id, figure) for one in claims for figure in one.restated]
    assert sorted((name, figure.amount.words) for _, name, figure in said) == sorted(RESTATED)
    assert all(figure.amount.interval.meets(exact) for exact, _, figure in said)


def test_twenty_eight_and_three_may_be_nearly_thirty_two() -> None:
    """Identity 19: drygt 28 and mer än 3 agree with nära 32, though 28 + 3 is 31."""
    line = book().lines["lst-heder-2008"]
    assert line.complete
    assert limits(together(line.parts)) == "[31000000, ∞)"
    assert limits(total(line.id)) == "(31000000, 32000000]"
    assert together(line.parts).meets(total(line.id))


# Sums by year and level

Sums = Mapping[int, int | tuple[int, int, int]]
"""What the years come to; where that is not exact, the printed number and the two limits."""


def level_sum(year: int, level: Level, cut: Book | None = None) -> Sum | None:
    lines = [line for line in (cut or book()).lines.values() if line.first_year == line.last_year == year]
    of_level = by_level(lines).get(level)
    return add_level(cut or book(), of_level) if of_level else None


APPROPRIATIONS: Sums = {
    2018: (389_000 + 80_000 + 28_000, 495_500, 498_500),
    2019: (391_000 + 41_000 + 28_000, 458_500, 461_500),
    2021: 439_039,
    2023: 705_039 + 72_365 + 48_163,
    2024: 675_039 + 73_409 + 48_163,
    2025: 571_039 + 166_350 + 48_163,
    2026: 682_039 + 188_197 + 48_163,
    2027: 100_000 + 10_000 + 15_000 + 20_000,
    2028: 100_000 + 10_000 + 15_000 + 20_000,
}
"""What was granted for gender equality: the sum, and its limits where the table is rounded to millions."""

ASSIGNMENTS: Sums = {
    2008: (32_000, 31_000, 32_000),
    2009: 5_000 + 2_000,
    2010: 5_000,
    2016: 500,
    2017: 0 + 1_200,
    2018: 800 + 90_000 + 14_000,
    2019: 800,
    2020: 110_000 + 20_000 + 10_000 + 3_500 + 10_000 + 1_900 + 1_800 + 450,
    2021: (15_560 + 8_000 + 5_000 + 30_000 + 105_000 + 250, 154_810, 163_810),
    2022: (20_000 + 1_000 + 5_000 + 450, 25_450, 26_450),
    2023: (35_000 + 15_000 + 30_000 + 240_000 + 30_000 + 25_000 + 2_000 + 300 + 1_000 + 950, 376_950, 489_250),
    2024: (23_500 + 2_800 + 46_000 + 2_000 + 2 * 1_500 + 3_000 + 8_000, 86_300, 88_300),
    2025: 4_000 + 880 + 3 * 2_000 + 2_500 + 3_000 + 7_000 + 15_000 + 2 * 1_000 + 2_000 + 1_500 + 8_000,
    2026: 8_000 + 7_000,
    2027: 7_000,
}
"""What assignments and grants of a year come to: the eight of ap.12 once, the Baltic Sea region of 2018 not stated."""

SUMS: list[tuple[Level, Sums]] = [
    ("appropriations", APPROPRIATIONS),
    ("assignments and grants", ASSIGNMENTS),
    ("commitments", {}),
]


@pytest.mark.parametrize(("level", "sums"), SUMS, ids=[level for level, _ in SUMS])
def test_every_year_has_its_sums(level: Level, sums: Sums) -> None:
    """Each level by itself, each krona once; leave to order is no spending and has no sum; other years have none."""
    found = {}
    for year in range(2008, 2029):
        whole = level_sum(year, level)
        if whole:
            ends = whole.amount.interval.low, whole.amount.interval.high
            found[year] = (whole.amount.number, *ends)
    expected = {year: one if isinstance(one, tuple) else (one, one, one) for year, one in sums.items()}
    assert found == {year: tuple(number * TKR for number in one) for year, one in expected.items()}


def test_the_appropriations_of_2024() -> None:
    """796 611 tkr in three rows of a table whose other rows are not about gender equality."""
    whole = level_sum(2024, "appropriations")
    assert whole
    assert whole.amount.number == 796_611 * TKR
    assert (whole.lines, whole.not_stated, whole.partial) == (3, 0, 0)


NOT_STATED = {2018: (1, 0, 0), 2023: (1, 0, 0), 2024: (2, 2, 1), 2025: (2, 2, 0), 2026: (0, 0, 1), 2027: (0, 0, 1)}
"""Amounts that are not stated, those inside stated lines, and lines with a top-up whose base is not stated."""


def test_what_the_sums_miss_is_counted() -> None:
    found = {}
    for year in range(2008, 2029):
        whole = level_sum(year, "assignments and grants")
        if whole and (whole.not_stated or whole.partial):
            found[year] = whole.not_stated, whole.not_stated_inside, whole.partial
    assert found == NOT_STATED


# As of a day


def test_as_of_the_first_of_march_2024_there_were_no_top_ups() -> None:
    """The trafficking assignment had 22,0 mnkr and the county boards 28, whichever day their articles were printed."""
    cut = as_of(book(), "2024-03-01")
    assert equation(cut.value("jamy-trafficking-2024")) == "22000000* + 0* = 22000000*"
    assert equation(cut.value("lst-utvecklingsmedel-2024")) == "28000000 + 0* = 28000000"
    topped_up = {line.id for line in cut.lines.values() if line.top_ups and line.first_year == 2024}
    assert topped_up == {"heder-treaarig-2024"}, "which was stated in 2023"
    whole = level_sum(2024, "assignments and grants", cut)
    assert whole
    assert limits(whole.amount.interval) == "[63800000, 65800000]"
    assert level_sum(2024, "appropriations", cut) == level_sum(2024, "appropriations")


def test_as_of_the_end_of_2024_the_top_ups_are_there() -> None:
    """A press release of which only the month is known counts from the last day of that month."""
    before, after = as_of(book(), "2024-03-30"), as_of(book(), "2024-03")
    assert equation(after.value("jamy-trafficking-2024")) == "22000000* + 1500000 = 23500000"
    assert not before.lines["jamy-trafficking-2024"].top_ups
    assert equation(after.value("lst-utvecklingsmedel-2024")) == "28000000 + 18000000 = 46000000"


def test_a_letter_counts_from_its_decision() -> None:
    """Before the letter of 3 June 2021 its amounts were not known; the assignments that lie in it were."""
    cut = as_of(book(), "2021-05-31")
    item = cut.lines[AP12]
    assert item.not_known_then
    assert cut.value(AP12).total is None
    assert equation(cut.value("jamy-skyddade-2021")) == "3000000 + 0* = 3000000"
    assert not as_of(book(), "2021-06-03").lines[AP12].not_known_then


@pytest.mark.parametrize(
    "day", ["2007-12-31", "2018", "2021-03", "2021-06-03", "2024-03-01", "2024-03-27", "2024-12-17"]
)
def test_cutting_twice_is_cutting_once(day: str) -> None:
    cut = as_of(book(), day)
    assert as_of(cut, day) == cut
    assert all(
        line.first_year <= int(day[:4]) for line in cut.lines.values() if not line.not_known_then and not line.decided
    )


def test_a_day_after_everything_is_the_whole_book() -> None:
    assert as_of(book(), "2028-12-31").values == book().values
