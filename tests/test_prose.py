"""Money in Swedish and English prose: what is found, how it is read, what is left alone, what is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.money import QUALIFIERS, AmountError, Interval, plain_kronor, read_amount
from ledger.statements.prose import Found, find_amounts, unit_of_heading

THIN, NARROW, HARD = "\u2009", "\u202f", "\u00a0"


def limits(found: Found) -> str:
    """An amount in short: `1500000`, `600000000..700000000`, `5000000..`, `?` when unreadable; another currency after."""
    if found.interval is None:
        return "?"
    low, high = ("" if end is None else plain_kronor(end) for end in (found.interval.low, found.interval.high))
    value = low if low == high else f"{low}..{high}"
    return value if found.currency == "SEK" else f"{value} {found.currency}"


def readings(text: str) -> list[str]:
    return [f"{found.text} = {limits(found)}" for found in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # numbers and units
        ("1,5 miljoner kronor", "1500000"),
        ("23,5 mnkr", "23500000"),
        ("46 Mkr", "46000000"),
        ("46 MSEK", "46000000"),
        ("SEK 46 million", "46000000"),
        ("2,3 mdkr", "2300000000"),
        ("2,3 miljarder", "2300000000"),
        ("184 439 tkr", "184439000"),
        ("12 000 tusen kronor", "12000000"),
        ("1 500 kronor", "1500"),
        ("84 öre", "0.84"),
        ("1 500 000,50 kr", "1500000.50"),
        ("1500000:-", "1500000"),
        ("1.500.000 kr", "1500000"),
        ("1.500.000,50 kr", "1500000.50"),
        ("2.5 miljoner kronor", "2500000"),
        ("1,472 miljarder kronor", "1472000000"),
        ("20, 2 miljoner kronor", "20200000"),
        ("1½ miljon kronor", "1500000"),
        ("−5 000 tkr", "-5000000"),
        ("-5 000 tkr", "-5000000"),
        ("185 miljonerna", "185000000"),
        ("46 milj. kr", "46000000"),
        (f"800{HARD}000 kr", "800000"),
        (f"800{THIN}000 kr", "800000"),
        (f"10{NARROW}800 000 kr", "10800000"),
        ("46 mil\u00adjoner kro\u00adnor", "46000000"),
        ("46 mil-\njoner kronor", "46000000"),
        ("46 miljoner kro-nor", "46000000"),
        ("100 000\n  kronor", "100000"),
        # words
        ("en miljon kronor", "1000000"),
        ("tolv miljoner kronor", "12000000"),
        ("en halv miljon kronor", "500000"),
        ("en och en halv miljon kronor", "1500000"),
        ("två och en halv miljard", "2500000000"),
        ("en kvarts miljard", "250000000"),
        ("hundra miljoner kronor", "100000000"),
        ("tvåhundrafemtio tusen kronor", "250000"),
        ("femtusen kronor", "5000"),
        ("tre kvarts miljard kronor", "750000000"),
        ("trekvarts miljon kronor", "750000"),
        ("fem hundra miljoner kronor", "500000000"),
        ("ettusen kronor", "1000"),
        ("2½ miljoner kronor", "2500000"),
        ("½ miljon kronor", "500000"),
        ("¾ miljard", "750000000"),
        ("half a million euros", "500000 EUR"),
        ("one and a half million euros", "1500000 EUR"),
        ("a quarter of a million euros", "250000 EUR"),
        ("three quarters of a billion euros", "750000000 EUR"),
        ("a hundred million euros", "100000000 EUR"),
        ("a million euros", "1000000 EUR"),
        # qualifiers
        ("drygt 600 miljoner kronor", "600000000..700000000"),
        ("knappt 2 miljarder kronor", "1000000000..2000000000"),
        ("dryga tre miljarder kronor", "3000000000..4000000000"),
        ("en dryg miljon kronor", "1000000..2000000"),
        ("strax under 200 miljoner", "100000000..200000000"),
        ("ca 12,25 mnkr", "12245000..12255000"),
        ("c:a 5 mkr", "4500000..5500000"),
        ("Högst 320 000 kronor", "0..320000"),
        ("max. 10 tkr", "0..10000"),
        ("inte överstiga 300 000 kronor", "0..300000"),
        ("inte mer än 5 mnkr", "0..5000000"),
        ("översteg 500 miljarder kronor", "500000000000.."),
        ("inte mindre än 5 mnkr", "5000000.."),
        ("över en kvarts miljard", "250000000.."),
        ("upp till cirka 50 miljoner kronor", "0..55000000"),
        ("10 miljoner kronor eller mer", "10000000.."),
        # ranges
        ("24–28 miljoner kronor", "24000000..28000000"),
        ("24-28 miljoner", "24000000..28000000"),
        ("24 till 28 miljoner kronor", "24000000..28000000"),
        ("mellan 1,5 och 2 miljoner kronor", "1500000..2000000"),
        ("mellan 15–20 miljarder kronor", "15000000000..20000000000"),
        ("mellan 300 000 kronor och 1,2 miljoner kronor", "300000..1200000"),
        ("3 000 000–4 500 000 kronor", "3000000..4500000"),
        ("75 050–80 000 kr", "75050..80000"),
        ("2000–2500 kr", "2000..2500"),
        ("ca 5–10 miljoner kronor", "4500000..15000000"),
        ("600 ± 25 miljoner kronor", "575000000..625000000"),
        ("SEK 10–20 million", "10000000..20000000"),
        # other currencies
        ("10 miljoner euro", "10000000 EUR"),
        ("1.5 million EUR", "1500000 EUR"),
        ("€5bn", "5000000000 EUR"),
        ("US$ 2.5 million", "2500000 USD"),
        ("300 miljoner danska kronor", "300000000 DKK"),
        ("20,9 miljoner svenska kronor", "20900000"),
        # refused, never guessed
        ("375 00 kronor", "?"),
        ("12 5 miljoner", "?"),
        ("25.000 kr", "?"),
        ("500,000 kronor", "?"),
        ("tiotals miljoner kronor", "?"),
        ("ett par miljoner kronor", "?"),
        ("100 000-tals kronor", "?"),
        ("tusentals kronor", "?"),
        ("ett tusental kronor", "?"),
        ("minst 5–10 miljoner kronor", "?"),
        ("46–28 miljoner kronor", "?"),
        ("exempel12 345 kr", "?"),
        ("012 345 kronor", "?"),
        ("1.234.56 kr", "?"),
        ("1234 567 kronor", "?"),
        ("20, 30 miljoner kronor", "?"),
        ("0,001 kr", "?"),
        ("12 000 000 000 000 000 kronor", "?"),
    ],
)
def test_a_phrase_is_one_amount_and_read_whole(text: str, expected: str) -> None:
    """The phrase alone, and the same phrase within a sentence of words that are no money."""
    assert readings(text) == [f"{text} = {expected}"]
    sentence = f"Myndigheten fick 2024 till sist {text}, sade den."
    [found] = find_amounts(sentence)
    assert sentence[found.start : found.end] == found.text == text
    assert limits(found) == expected
    assert bool(found.unreadable) is (expected == "?")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20, 30 respektive 40 miljoner kronor", ["20 = 20000000", "30 = 30000000", "40 miljoner kronor = 40000000"]),
        ("från 16 till 20 miljoner kronor", ["16 = 16000000", "20 miljoner kronor = 20000000"]),
        ("höjs med 30 mnkr till 74 mnkr", ["30 mnkr = 30000000", "74 mnkr = 74000000"]),
        ("10–15 respektive 20–25 tkr", ["10–15 = 10000..15000", "20–25 tkr = 20000..25000"]),
        ("10 miljoner respektive 20 miljoner euro", ["10 miljoner = 10000000 EUR", "20 miljoner euro = 20000000 EUR"]),
        ("1 500 kr och 2 tkr", ["1 500 kr = 1500", "2 tkr = 2000"]),
        ("2019, 3 miljoner", ["3 miljoner = 3000000"]),
        ("2024 till 46 miljoner", ["46 miljoner = 46000000"]),
        ("2024 års 46 miljoner kronor", ["46 miljoner kronor = 46000000"]),
        ("punkt 20, 30 miljoner kronor", ["30 miljoner kronor = 30000000"]),
        ("0,8 procent av 900 miljoner kronor", ["900 miljoner kronor = 900000000"]),
        ("5–10 procent, 46 miljoner", ["46 miljoner = 46000000"]),
        ("17 miljoner – 4 miljoner bättre än i fjol", ["17 miljoner = 17000000", "4 miljoner = 4000000"]),
        ("SEK 10, 20 and 30 million", ["SEK 10 = 10000000", "20 = 20000000", "30 million = 30000000"]),
        (
            "50 miljoner euro, varav 20 miljoner till Sida",
            ["50 miljoner euro = 50000000 EUR", "20 miljoner = 20000000 EUR"],
        ),
        ("50 miljoner euro och 20 miljoner till Sida", ["50 miljoner euro = 50000000 EUR", "20 miljoner = ? None"]),
    ],
)
def test_amounts_that_stand_together_are_told_apart(text: str, expected: list[str]) -> None:
    assert [one.removesuffix(" None") for one in expected] == readings(text)


@pytest.mark.parametrize(
    "text",
    [
        "Under 2023 och 2024 genomfördes arbetet.",
        "Den 24 maj 2018 kl. 13.30 och 2018-05-24.",
        "Andelen var 85 % och sedan 41 procent.",
        "Enligt 5 kap. 11 § och SOU 2018:16.",
        "Dnr A2021/01234, prop. 2020/21:100, anslag 1:15, ap. 6.",
        "Ring 08-123 45 67 eller +46 8 123 45 67.",
        "Org.nr 202100-6602.",
        "300 miljoner människor behöver stöd.",
        "Tre miljoner doser har levererats.",
        "Jorden har 8 miljarder invånare.",
        "De hade 3 miljoner extra doser.",
        "16 miljoner i behov av stöd.",
        "En framtida digital euro.",
        "Miljardsatsning på vården, miljontals kvinnor, många miljarder kronor.",
        "Se [sidan](/artiklar/2024/03/18-miljoner-mer) och https://exempel.se/46-miljoner-kronor",
        "3 000 000",
        "Agenda 2030 har 17 mål.",
        "Some 300 million people need support.",
        "",
        " \n\t ",
    ],
)
def test_what_is_no_money_is_left_alone(text: str) -> None:
    assert readings(text) == []


def test_english_prose_has_english_separators() -> None:
    """A comma that would be refused in Swedish parts thousands where the words around are English."""
    assert readings("The grant of 500,000 kronor is for the shelters") == ["500,000 kronor = 500000"]
    assert readings("The programme is worth SEK 1,250,000") == ["SEK 1,250,000 = 1250000"]
    assert readings("It was worth 1.250 million to the agency, and SEK 1.250 million to the state")[-1].endswith(
        "= 1250000"
    )


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("ett tillskott till myndigheten på 1,5 mnkr", ["top-up"]),
        ("med tillskottet får den 46 mnkr", [""]),
        ("ytterligare 40 mnkr per år", ["top-up"]),
        ("ytterligare medel till länsstyrelserna om 40 mnkr", ["top-up"]),
        ("anslaget ökas med 5 mnkr till 74 mnkr", ["top-up", ""]),
        ("förstärks med 10 mnkr 2026 och med 15 mnkr 2027", ["top-up", "top-up"]),
        ("minskas med 5 mnkr", ["cut"]),
        ("fyra miljoner kronor extra", ["top-up"]),
        ("18 miljoner mer till arbetet", ["top-up"]),
        ("18 miljoner mer än i fjol", [""]),
        ("an additional SEK 3 million, SEK 9 million in total", ["top-up", "total"]),
        ("totalt 23,5 mnkr", ["total"]),
        ("den sammanlagda kostnaden blir 1 200 000 kronor", ["total"]),
        ("ett tillskott på totalt 3 mnkr", ["top-up"]),
        ("3 mnkr vardera till kommunerna och 2 mnkr till staten", ["per recipient", ""]),
        ("Arbetet med att minska hedersvåld med 3 miljoner kronor i stöd", [""]),
        ("Anslaget minskas inte med 3 miljoner kronor", [""]),
        ("Regeringen minskar anslaget med 3 miljoner kronor", ["cut"]),
        ("SEK 5 million each", ["per recipient"]),
        ("vardera 3 mnkr", ["per recipient"]),
        ("50 mnkr per år", ["per year"]),
        ("avsätts årligen 50 mnkr", ["per year"]),
        ("100 kr/år", ["per year"]),
        ("20, 30 respektive 40 mnkr per år", ["per year"] * 3),
        ("50 mnkr för arbetet, som varje år växer", [""]),
        ("totalt 6 mnkr. Därav 2 mnkr", ["total", ""]),
    ],
)
def test_the_words_around_an_amount_say_its_role(text: str, roles: list[str]) -> None:
    assert [found.role for found in find_amounts(text)] == roles


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("46 mnkr för 2024", ["2024"]),
        ("60 mnkr 2024 och 70 mnkr 2025", ["2024", "2025"]),
        ("2024 års 46 mnkr", ["2024"]),
        ("Under 2024 beräknas 731 mnkr", ["2024"]),
        ("2025: 100 mnkr", ["2025"]),
        ("50 mnkr per år för perioden 2023–2025", ["2023-2025"]),
        ("7 mnkr per år för åren 2025 till 2027", ["2025-2027"]),
        ("3 mnkr för arbetet under 2024 och 2025", ["2024-2025"]),
        ("20, 30 respektive 40 mnkr 2024–2026", ["2024", "2025", "2026"]),
        ("30 mnkr till och med 2026", [""]),
        ("30 mnkr, jämfört med 2023", [""]),
        ("30 mnkr baserat på boksluten för 2023", [""]),
        ("den 1 maj 2024 betalades 3 mnkr", [""]),
        ("46 mnkr", [""]),
    ],
)
def test_a_year_is_told_when_the_phrase_names_one(text: str, years: list[str]) -> None:
    assert [found.year for found in find_amounts(text)] == years


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("12 045", "tkr", ["12 045 = 12045000"]),
        ("2024", "tkr", ["2024 = 2024000"]),
        ("1,5", "mnkr", ["1,5 = 1500000"]),
        ("–500", "tkr", ["–500 = -500000"]),
        ("ca 20", "tusen kronor", ["ca 20 = 15000..25000"]),
        ("15–20*", "mnkr", ["15–20 = 15000000..20000000"]),
        ("±0", "tkr", ["0 = 0"]),
        ("7", "million EUR", ["7 = 7000000 EUR"]),
        ("12 045 kr", "tkr", ["12 045 kr = 12045"]),
        ("1.234", "tkr", ["1.234 = ?"]),
        ("3 %", "tkr", []),
        ("Inget", "tkr", []),
        ("ap.3", "tkr", []),
    ],
)
def test_a_bare_number_in_a_cell_is_in_the_unit_of_its_heading(text: str, unit: str, expected: list[str]) -> None:
    assert [f"{found.text} = {limits(found)}" for found in find_amounts(text, unit=unit, cell=True)] == expected


def test_a_grouped_number_ends_a_flattened_row() -> None:
    """Outside cells a bare number has the heading's unit only when it is grouped and stands last."""
    [found] = find_amounts("ap.12 Exempelåtgärder (ram)12 045", unit="tkr")
    assert (found.text, limits(found)) == ("12 045", "12045000")
    assert find_amounts("Budgetåret 2024", unit="tkr") == ()
    assert find_amounts("ap.12 Exempelåtgärder (ram)12 045") == ()


def test_a_unit_must_be_one_of_money() -> None:
    with pytest.raises(AmountError, match="'kg' is not a unit of money"):
        find_amounts("5", unit="kg", cell=True)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Belopp (tkr)", "tkr"),
        ("Tusental kronor", "tkr"),
        ("1000-tal kronor", "tkr"),
        ("1 000-tal kronor", "tkr"),
        ("mnkr", "mnkr"),
        ("Miljoner kr", "mnkr"),
        ("Utfall 2024, miljarder kronor", "mdkr"),
        ("Tilldelade medel (belopp angivna i tkr)", "tkr"),
        ("Kronor", "kr"),
        ("SEK million", "million SEK"),
        ("SEK thousands", "thousand SEK"),
        ("EUR million", "million EUR"),
        ("År", None),
        ("Antal", None),
        ("5 mnkr", None),
        ("1 000 kr", None),
        ("SEK '000", None),
        ("tkr och mnkr", None),
        ("", None),
    ],
)
def test_a_heading_gives_its_numbers_a_unit(heading: str, unit: str | None) -> None:
    assert unit_of_heading(heading) == unit
    if unit:
        assert find_amounts("5", unit=unit, cell=True)[0].interval


UNITS = [
    "kr",
    "kronor",
    "tkr",
    "tusen kronor",
    "mnkr",
    "miljoner kronor",
    "miljoner",
    "mdkr",
    "miljarder kronor",
    "MSEK",
]
WORDS = sorted(word for words in QUALIFIERS.values() for word in words if word not in ("~", "≈"))


def grouped(number: Decimal, space: str) -> str:
    """A number as Swedish prints it; a third decimal that is no zero would be refused in ledger files."""
    return f"{number:,f}".replace(",", space).replace(".", ",")


@given(
    st.sampled_from(["", *WORDS]),
    st.decimals(min_value=1, max_value=999_999, places=2).filter(lambda number: number > 0),
    st.sampled_from(UNITS),
    st.sampled_from([" ", HARD, THIN, NARROW]),
    st.sampled_from(["Den fick {} till arbetet.", "## {}", "Summan ({}) är ny.", "År 2024 {} 2025", "{}"]),
)
def test_an_amount_is_read_alike_in_a_ledger_file_and_in_prose(
    qualifier: str, number: Decimal, unit: str, space: str, sentence: str
) -> None:
    """Every qualifier with every unit: the same interval, the same number, and exactly these words."""
    words = f"{qualifier} {grouped(number, space)} {unit}".strip()
    text = sentence.format(words)
    amount = read_amount(words)
    [found] = find_amounts(text)
    assert (found.text, found.interval, found.number) == (words, amount.interval, amount.number)
    assert text[found.start : found.end] == words
    assert not found.unreadable


@given(st.text(alphabet="0123456789 ,.-–:;/%()\u00ad\nkrtmiljonerhalvdygtSEKsek€$åäö", max_size=60))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    """Every amount found is a slice of the text, in order, and either read or refused with a reason."""
    end = 0
    for found in find_amounts(text):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text
        assert (found.interval is None) == bool(found.unreadable)
        end = found.end


def test_an_unreadable_amount_says_why_in_its_own_words() -> None:
    [found] = find_amounts("Det kostade 375 00 kronor.")
    assert found.interval is None
    assert found.unreadable == "'375 00 kronor' has a number whose digits are not in groups of three"


def test_limits_are_open_where_the_qualifier_leaves_them_out() -> None:
    [found] = find_amounts("drygt 2 kr")
    assert found.interval == Interval(200, 300, high_open=True)


def test_a_star_between_spaces_parts_two_numbers() -> None:
    """It says "times", or begins a list; stars of emphasis are read over."""
    [product] = find_amounts("4 * 300 000 kronor")
    assert product.unreadable == "'300 000 kronor' is added to another number, or multiplied by it"
    assert readings("*46* miljoner kronor") == ["46* miljoner kronor = 46000000"]


@pytest.mark.parametrize("caption", ["Belopp i tusental kronor", "Tusental kronor", "(1000-tal kronor)"])
def test_what_a_table_is_in_is_no_amount(caption: str) -> None:
    """The words that head a table in thousands of kronor are its unit."""
    assert readings(caption) == []
