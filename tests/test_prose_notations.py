"""Notations of money that people really write: each is read as a careful reader would, or listed as not read.

Amounts are `low–high CURRENCY` in whole units, one number where both are the same, `?` where an amount is listed as not
read, and with `cut`, `top-up` or a year behind them where the words say so.
"""

from decimal import Decimal

import pytest

from ledger.statements.prose import Found
from ledger.statements.running_text import mentions


def shown(found: Found, *, more: bool) -> str:
    said = [found.role, found.year] if more else []
    if found.interval is None:
        return " ".join(filter(None, ("?", *said)))
    ends = [None if end is None else Decimal(end) / 100 for end in (found.interval.low, found.interval.high)]
    low, high = ("" if end is None else f"{end:,f}".replace(",", " ") for end in ends)
    amount = low if low == high else f"{low}–{high}"
    return " ".join(filter(None, (amount, found.currency, *said)))


def amounts(text: str, name: str = "t.md", *, more: bool = False) -> str:
    return " | ".join(shown(one.found, more=more) for one in mentions([text.encode()], name))


PIECES = [
    ("TRY 5 million", "5 000 000 TRY"),
    ("$-5 million", "-5 000 000 USD"),
    ("SEK -5 million", "-5 000 000 SEK"),
    ("EUR −5m", "-5 000 000 EUR"),
    ("Ändring, mnkr –5", "-5 000 000 SEK"),
    ("Belopp (tkr): 500", "500 000 SEK"),
    ("Belopp, mnkr: 23,5", "23 500 000 SEK"),
    ("SEK: 500", "500 SEK"),
    ("SEK 3-5 million", "3 000 000–5 000 000 SEK"),
    ("Budget i mnkr: 2024 var ett bra år", ""),
    ("twenty-five million kronor", "25 000 000 SEK"),
    ("ninety-nine million euros", "99 000 000 EUR"),
    ("10+5 miljoner kronor", "?"),
    ("10 + 5 miljoner kronor", "?"),
    ("10 miljoner + 5 miljoner kronor", "10 000 000 SEK | 5 000 000 SEK"),
    ("Totalt 3 × 5 miljoner kronor", "?"),
    ("tre gånger 5 miljoner kronor", "?"),
    ("5 hundra tusen kronor", "?"),
    ("tjugo fem miljoner kronor", "?"),
    ("trettiotre komma fem miljoner kronor", "?"),
    ("år 2024 fem miljoner kronor", "5 000 000 SEK"),
    ("5,0 miljoner kronor ± 0,5", "?"),
    ("5 miljoner kronor ± 10 procent", "?"),
    ("10 ± 2 miljoner kronor", "8 000 000–12 000 000 SEK"),
    ("minst 5 men högst 10 miljoner kronor", "5 000 000– SEK | 0–10 000 000 SEK"),
    ("upp emot 5 miljoner kronor", "4 000 000–5 000 000 SEK"),
    ("upp till och med 5 mnkr", "0–5 000 000 SEK"),
    ("gott och väl 5 mnkr", "5 000 000–6 000 000 SEK"),
    ("i runda tal 5 mnkr", "4 500 000–5 500 000 SEK"),
    ("EUR 5 mio", "5 000 000 EUR"),
    ("CHF 25 Mio.", "25 000 000 CHF"),
    ("25 mio. kr", "25 000 000 SEK"),
    ("5 M EUR", "5 000 000 EUR"),
    ("25 m€", "25 000 000 EUR"),
    ("EUR 5 k", "?"),
    ("SEK 5 m", "?"),
    ("I landet bor fem miljoner kvinnor; fyra miljoner av dem arbetar", "?"),
    ("123,5 miljoner av dessa går till regionerna", "123 500 000 SEK"),
    ("Regionen har passerat tre miljoner.", "?"),
    ("Tre kronor vann med 5–2 mot Finland.", "?"),
    ("SEK 5 mio", "5 000 000 SEK"),
    ("SEK 5 mill", "5 000 000 SEK"),
    ("SEK 5 bln", "?"),
    ("SEK 5 Mkr", "?"),
    ("SEK 5 tkr", "?"),
    ("SEK 5 M", "?"),
    ("SEK 5 hundred", "?"),
    ("€5 mio", "5 000 000 EUR"),
    ("€5 mld", "5 000 000 000 EUR"),
    ("€5 Mill.", "5 000 000 EUR"),
    ("€5+ million", "?"),
    ("CHF 5 Mio", "5 000 000 CHF"),
    ("NOK 5 mill.", "5 000 000 NOK"),
    ("$5 mil", "?"),
    ("$5T", "?"),
    ("SEK 5m-10m", "5 000 000–10 000 000 SEK"),
    ("EUR 1,200 M", "?"),
    ("tkr 5 miljoner", "?"),
    ("The total cost is 1,200 MSEK for the project and we will pay it.", "?"),
    ("Vi ger 300<br>400 miljoner kronor", "?"),
    ("hundra femtio miljoner kronor", "?"),
    ("ett hundra femtio miljoner kronor", "?"),
    ("tvåhundra femtio miljoner kronor", "?"),
    ("Det kostar hundra tjugo miljoner kronor", "?"),
    ("one hundred and twenty million kronor", "?"),
    ("noll komma fem miljoner kronor", "?"),
    ("fem komma fem miljoner kronor", "?"),
    ("5 komma 5 miljoner kronor", "?"),
    ("one point five million kronor", "?"),
    ("en och en kvarts miljon kronor", "?"),
    ("två och en fjärdedels miljon kronor", "?"),
    ("a million and a half kronor", "1 000 000 SEK | ?"),
    ("1 and a half million kronor", "?"),
    ("twenty five million kronor", "?"),
    ("3.5 hundred million kronor", "?"),
    ("tolv hundra kronor", "?"),
    ("en à två miljoner kronor", "1 000 000–2 000 000 SEK"),
    ("fem, sex miljoner kronor", "?"),
    ("$5 million AUD", "?"),
    ("$5m CAD", "?"),
    ("AUD $5 million", "?"),
    ("$5 million Canadian", "?"),
    ("$5 million (AUD)", "?"),
    ("5 Mrd. €", "5 000 000 000 EUR"),
    ("EU bidrar med 5 miljoner (EUR).", "?"),
    ("EU bidrar med 5 miljoner i euro.", "?"),
    ("Stödet är 5 miljoner i lokal valuta.", "?"),
    ('"−5 miljoner kronor"', "-5 000 000 SEK"),
    ("”–5 mnkr” sade hon.", "-5 000 000 SEK"),
    ("Ändring=-5 mnkr.", "-5 000 000 SEK"),
    ("Ändring/-5 mnkr.", "-5 000 000 SEK"),
    ("Ändring ‒5 mnkr.", "-5 000 000 SEK"),
    ("Ändring ―5 mnkr.", "-5 000 000 SEK"),
    ("Ändring －5 mnkr.", "-5 000 000 SEK"),
    ("±5 miljoner kronor", "?"),
    ("+/- 5 miljoner kronor", "?"),
    ("Ändring minus drygt 5 mnkr.", "?"),
    ("Change of negative $5 million.", "?"),
    ("Ändring negativt 5 mnkr.", "?"),
    ("fem (5) miljoner kronor", "5 000 000 SEK | ?"),
    ("-5–-6 mnkr", "?"),
    ("Ändring –5––3 mnkr.", "?"),
    ("5 miljoner kronor–10 miljoner kronor", "5 000 000–10 000 000 SEK"),
    ("5‐6 mnkr", "5 000 000–6 000 000 SEK"),
    ("5…6 mnkr", "?"),
    ("5 ... 6 mnkr", "?"),
    ("från 5 upp till 10 miljoner kronor", "?"),
    ("5-6-7 miljoner kronor", "5 000 000–6 000 000 SEK | ?"),
    ("5 ~ 6 mnkr", "?"),
    ("5+3 miljoner kronor", "?"),
    ("2 x 5 miljoner kronor", "?"),
    ("3*5 miljoner kronor", "?"),
    (",5 mnkr", "?"),
    (".5 mnkr", "?"),
    ("Det kostar ej över 5 miljoner kronor.", "0–5 000 000 SEK"),
    ("23,5[[1]](#fn) mnkr", "23 500 000 SEK"),
    ("23,5<sub>1</sub> mnkr", "23 500 000 SEK"),
    ("It costs €5.000.", "?"),
    (
        "År 2023 5 miljoner kronor, 2024 6 miljoner kronor och 2025 7 miljoner kronor.",
        "5 000 000 SEK | 6 000 000 SEK | 7 000 000 SEK",
    ),
    ("500 tkr–1 mnkr", "500 000–1 000 000 SEK"),
    ("5 mnkr-10 mnkr", "5 000 000–10 000 000 SEK"),
    ("1,5 miljoner av Sveriges befolkning.", ""),
    ("mellan 5 och 10 miljoner kronor", "5 000 000–10 000 000 SEK"),
    ("från 5 till 10 miljoner kronor", "5 000 000 SEK | 10 000 000 SEK"),
    ("höjs med 5 miljoner kronor, från 10 miljoner kronor", "5 000 000 SEK | 10 000 000 SEK"),
    ("SEK 5 million per year and SEK 5 000 fee", "5 000 000 SEK | 5 000 SEK"),
    ("Kostnaden: ca 5 miljoner kronor", "4 500 000–5 500 000 SEK"),
    ("anslag 3:1, ca 5 miljoner kronor", "4 500 000–5 500 000 SEK"),
    ("ökning från 20 till ca 25 miljoner kronor", "20 000 000 SEK | 24 500 000–25 500 000 SEK"),
]
"""What is said beside an amount that makes another one of it, or none."""

CURRENCY_FIRST = [
    ("a SEK 5 million grant", "5 000 000 SEK"),
    ("a €5 million grant", "5 000 000 EUR"),
    ("a £2.3bn programme", "2 300 000 000 GBP"),
    ("en SEK 5 miljoner stor satsning", "5 000 000 SEK"),
    ("a $5 million grant", "5 000 000 USD"),
    ("A $40 million settlement", "40 000 000 USD"),
    ("CA$5 million", "5 000 000 CAD"),
    ("C$1.5 million", "1 500 000 CAD"),
    ("A$7 million", "7 000 000 AUD"),
    ("AU$7 million", "7 000 000 AUD"),
    ("NZ$11 million", "11 000 000 NZD"),
    ("US$1.5m grant and a $2,500 fee were given to the office", "1 500 000 USD | 2 500 USD"),
    ("R$12 million", "12 000 000 BRL"),
    ("two $5 million grants", "5 000 000 USD"),
    ("Three SEK 500,000 stipends are announced every spring", "500 000 SEK"),
    ("a SEK 25,000 scholarship and a SEK 5,000 allowance for the travel", "25 000 SEK | 5 000 SEK"),
    ("ett MSEK 18 stort projekt", "18 000 000 SEK"),
    ("Ett £2m-lån från Storbritannien", "2 000 000 GBP"),
    ("en €600 000-finansiering från ESF", "600 000 EUR"),
    ("Net sales rose to SEKm 312", "312 000 000 SEK"),
    ("10 SEK miljoner", "10 000 000 SEK"),
    ("125 USD million", "125 000 000 USD"),
    ("The envelope is 250 EUR million.", "250 000 000 EUR"),
    ("$5-8,000", "?"),
    ("£6-9,000", "?"),
    ("SEK 40-50,000 for each of the participants", "?"),
    ("SEK 5,000-8,000 for the visit of the group", "5 000–8 000 SEK"),
    ("SEK 10,000–15,000 for a visit of the study group", "10 000–15 000 SEK"),
    ("$2–3bn", "2 000 000 000–3 000 000 000 USD"),
    ("a SEK 3–5 million range", "3 000 000–5 000 000 SEK"),
    ("DKK 30 million", "30 000 000 DKK"),
    ("en krona", "1 SEK"),
    ("två euro", "2 EUR"),
]

NAMED_NUMBERS = [
    (
        "5 miljoner kronor 2022–23, 6 miljoner kronor 2023–24 och 7 miljoner kronor 2024–25",
        "5 000 000 SEK 2022-2023 | 6 000 000 SEK 2023-2024 | 7 000 000 SEK 2024-2025",
    ),
    ("Budgetåret 2023–24, 5 miljoner", "5 000 000 SEK 2023-2024"),
    ("Bidraget var 2018–19 3,5 miljoner kronor", "3 500 000 SEK 2018-2019"),
    ("årskurs 7–9, 5 miljoner", "5 000 000 SEK"),
    ("Delmål 4–6, 3 miljoner", "3 000 000 SEK"),
    ("Åk 1–3, 2 miljoner kronor, åk 4–6, 3 miljoner kronor", "2 000 000 SEK | 3 000 000 SEK"),
    ("Etapp 2–3, 8 miljoner kronor", "8 000 000 SEK"),
    ("på sidorna 12–14, 3 miljoner kronor", "3 000 000 SEK"),
    ("13–16, 9 miljoner kronor, och 17–20, 4 miljoner kronor", "9 000 000 SEK | 4 000 000 SEK"),
    ("§ 4–6, 3 miljoner kronor", "3 000 000 SEK"),
    ("punkt 2, 5 miljoner kronor", "5 000 000 SEK"),
    ("Mål 5, 10 och 16, 20 miljoner kronor", "20 000 000 SEK"),
    ("SEK 5 million in 2022–23 and SEK 6 million in 2023–24", "5 000 000 SEK 2022-2023 | 6 000 000 SEK 2023-2024"),
    ("20, 2 miljoner kronor", "20 200 000 SEK"),
    ("10, 20 och 30 miljoner kronor", "10 000 000 SEK | 20 000 000 SEK | 30 000 000 SEK"),
]

GROUPS = [
    ("1'234'567 kronor", "1 234 567 SEK"),
    ("CHF 1'234'567", "1 234 567 CHF"),
    ("12’500 Swiss francs", "12 500 CHF"),
    ("10 à 12 miljoner", "10 000 000–12 000 000 SEK"),
    ("3 á 4 mnkr", "3 000 000–4 000 000 SEK"),
    ("15 a 20 tusen kronor", "15 000–20 000 SEK"),
    ("5 à 6 000 kronor", "?"),
    ("1 miljon 250 tusen kronor", "1 250 000 SEK"),
    ("2 miljoner 400 tusen kronor", "2 400 000 SEK"),
    ("1 miljard 350 miljoner kronor", "1 350 000 000 SEK"),
    ("1 miljon och 80 000 kronor", "?"),
    ("12  345 kronor", "345 SEK"),
    ("ap.1  234 tkr", "234 000 SEK"),
    ("Summa tkr      100  200  300", "100 000 SEK | 200 000 SEK | 300 000 SEK"),
]

FOOTNOTES = [
    ("250<sup>3</sup> miljoner", "250 000 000 SEK"),
    ("250<sup>[3](#f)</sup> miljoner", "250 000 000 SEK"),
    ("250[3] mnkr", "250 000 000 SEK"),
    ("23,5[1](#f1) mnkr", "23 500 000 SEK"),
    ('23,5<a href="#f1">1</a> mnkr', "23 500 000 SEK"),
    ("250³ miljoner", "250 000 000 SEK"),
    ("23,5² miljoner", "23 500 000 SEK"),
    ("250*) miljoner", "250 000 000 SEK"),
    ("250 mnkr³", "250 000 000 SEK"),
    ("250 mnkr<sup>3</sup>", "250 000 000 SEK"),
    ("95¹⁾ miljoner kronor", "95 000 000 SEK"),
    ("10⁶ kronor", "?"),
    ("10<sup>6</sup> kronor", ""),
    ("250^3 kronor", "?"),
    ("250 m³ för 5 mnkr", "5 000 000 SEK"),
]

COMPOUNDS = [
    ("600-miljonerssatsning", "600 000 000 SEK"),
    ("en 600 miljoners satsning", "600 000 000 SEK"),
    ("ett 40-miljonersprojekt", "40 000 000 SEK"),
    ("en 500-kronorssedel", "500 SEK"),
    ("en 2-miljonersstad", ""),
    ("ett 5-miljonersinslag", "?"),
    ("a 5-million-dollar grant", "5 000 000 USD"),
    ("1 1/2 miljon", "1 500 000 SEK"),
    ("1/2 miljon kronor", "500 000 SEK"),
    ("tre fjärdedels miljon", "750 000 SEK"),
    ("en fjärdedels miljon kronor", "250 000 SEK"),
    ("två tredjedels miljon kronor", "?"),
]

LANGUAGE = [
    ("Regeringen avsätter 1,125 miljarder kronor per år", "1 125 000 000 SEK"),
    ("1,500 mnkr per år", "1 500 000 SEK"),
    ("Högst 1,125 miljoner kronor per kommun", "0–1 125 000 SEK"),
    ("1,125 miljarder i år", "1 125 000 000 SEK"),
    ("1,125 kronor per kommun", "?"),
    ("25.000 kr", "?"),
    ("The government sets aside SEK 1,125 for each of the schools", "1 125 SEK"),
    ("SEK 1,125 till länsstyrelserna för arbetet", "?"),
    ("The budget was 1.250 billion kronor in the year", "1 250 000 000 SEK"),
    ("Länsstyrelsen får 1,250 million kronor för åtgärder", "?"),
]

SIGNS = [
    ("ändras med –23,5 mnkr", "-23 500 000 SEK"),
    ("ändras med −23,5 mnkr", "-23 500 000 SEK"),
    ("ändras med ‑23,5 mnkr", "-23 500 000 SEK"),
    ("ändras med -23,5 mnkr", "-23 500 000 SEK"),
    ("med minus 23,5 mnkr", "-23 500 000 SEK"),
    ("utfallet blev (23,5) mnkr", "-23 500 000 SEK"),
    ("250 (230) mnkr", "250 000 000 SEK | ?"),
    ("ändras med 23,5- mnkr", "-23 500 000 SEK"),
    ("–23,5 mnkr", "?"),
    ("(23,5 mnkr)", "23 500 000 SEK"),
    ("5–7 miljoner kronor", "5 000 000–7 000 000 SEK"),
    ("5 –7 miljoner kronor", "5 000 000–7 000 000 SEK"),
    ("stödet – 5 miljoner kronor – ökar", "5 000 000 SEK"),
    ("Belopp i mnkr\n2 Kapitel", ""),
    ("Summa (23,5) mnkr\n2024 var ett bra år", "-23 500 000 SEK"),
    ("Summa tkr\n250 personer", ""),
    ("beviljades SEK\n46 million", "46 000 000 SEK"),
    ("46\nmiljoner kronor", "46 000 000 SEK"),
    ("1 250\n000 kronor", "1 250 000 SEK"),
    ("kapitel 12\n345 kronor", "?"),
    ("500,- kr", "500 SEK"),
]

COUNTED = [
    ("Sverige har tio miljoner.", "?"),
    ("Sverige har tio miljoner invånare.", ""),
    ("Satsningen är på tio miljoner.", "10 000 000 SEK"),
    ("Jourerna har fem miljoner kronor.", "5 000 000 SEK"),
]

CUTS = [
    ("Anslaget minskas med 3 miljoner", "3 000 000 SEK cut"),
    ("Anslaget minskas med 3 miljoner kronor 2025", "3 000 000 SEK cut 2025"),
    ("Anslaget sänks med 3 miljoner kronor", "3 000 000 SEK cut"),
    ("Ramen skärs ned med 3 miljoner kronor", "3 000 000 SEK cut"),
    ("en neddragning på 3 miljoner kronor", "3 000 000 SEK cut"),
    ("en besparing om 3 miljoner kronor", "3 000 000 SEK cut"),
    ("Bidraget dras ned med 3 miljoner kronor", "3 000 000 SEK cut"),
    ("The grant is cut by SEK 3 million", "3 000 000 SEK cut"),
    ("Anslaget minskas till 3 miljoner kronor", "3 000 000 SEK"),
    ("Anslaget ökas med 3 miljoner kronor", "3 000 000 SEK top-up"),
    ("för att minska våldet satsas 3 miljoner kronor", "3 000 000 SEK"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [*PIECES, *CURRENCY_FIRST, *GROUPS, *FOOTNOTES, *COMPOUNDS, *LANGUAGE, *SIGNS, *COUNTED],
)
def test_a_notation_is_read_as_a_careful_reader_would_or_listed(text: str, expected: str) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize(("text", "expected"), [*NAMED_NUMBERS, *CUTS])
def test_years_and_roles_are_told(text: str, expected: str) -> None:
    assert amounts(text, more=True) == expected


@pytest.mark.parametrize("text", ["<p>250<sup>3</sup> miljoner", '<p>23,5<a href="#f1">1</a> mnkr', "<p>95¹ mnkr"])
def test_marks_of_footnotes_in_a_page_are_no_digits(text: str) -> None:
    assert amounts(f"<html>{text}", "t.html") in ("250 000 000 SEK", "23 500 000 SEK", "95 000 000 SEK")
