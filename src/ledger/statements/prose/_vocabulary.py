"""The words of money in Swedish and English prose: numbers, scales, currencies, qualifiers."""

from ledger.money import QUALIFIERS


def words(text: str) -> frozenset[str]:
    """A list of words as it reads best."""
    return frozenset(text.split())


_ONES = ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
_TEENS = (
    *("tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton"),
    *("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"),
)


def _below_hundred() -> dict[str, int]:
    numbers = {word: value for value, word in enumerate(_ONES, 1)} | {"ett": 1, "aderton": 18}
    numbers |= {word: value for value, word in enumerate(_TEENS[:10], 10)}
    for tens, word in enumerate(_TEENS[10:], 2):
        ones = {word + one: 10 * tens + value for one, value in numbers.items() if value < 10}
        numbers |= {word: 10 * tens} | ones
    return numbers


def _below_thousand() -> dict[str, int]:
    small = _below_hundred()
    hundreds = {"hundra": 100} | {f"{one}hundra": 100 * value for one, value in small.items() if value < 10}
    joined = {hundred + word: more + value for hundred, more in hundreds.items() for word, value in small.items()}
    return small | hundreds | joined


_ENGLISH = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)

SWEDISH_NUMBERS = _below_thousand()
"""`en` to `niohundranittionio`, as one word."""

_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH_TENS = {tens: 10 * value for value, tens in enumerate(_TENS, 2)}
_JOINED = {
    f"{tens}-{one}": 10 * at + more for at, tens in enumerate(_TENS, 2) for more, one in enumerate(_ENGLISH[:9], 1)
}

NUMBERS = (
    SWEDISH_NUMBERS
    | {word: value for value, word in enumerate(_ENGLISH, 1)}
    | _ENGLISH_TENS
    | _JOINED
    | {"hundred": 100}
)
"""Numbers written as words, in both languages."""

MULTIPLES = {
    "tusen": 3,
    "thousand": 3,
    **dict.fromkeys(("miljon", "miljoner", "miljonen", "miljonerna", "miljoners", "milj", "mn", "mln", "mljn"), 6),
    **dict.fromkeys(("million", "millions", "mio", "mill"), 6),
    **dict.fromkeys(("miljard", "miljarder", "miljarden", "miljarderna", "miljarders", "mdr", "mrd", "md", "mld"), 9),
    **dict.fromkeys(("billion", "billions", "bn"), 9),
    **dict.fromkeys(("biljon", "biljoner", "biljonen", "biljonerna", "trillion", "trillions"), 12),
}
"""Words for a power of ten. The Swedish `biljon` is the English trillion."""

ENGLISH_MULTIPLES = frozenset(("thousand", "million", "millions", "billion", "billions", "trillion", "trillions", "bn"))

ALONE = frozenset(
    word for word in MULTIPLES if word[:4] in ("milj", "bilj", "mdr", "mrd") or word in ENGLISH_MULTIPLES - {"bn"}
) - {"thousand"}
"""Powers of ten that are said of money without a currency: `46 miljoner till kvinnojourerna`."""

DEFINITE = frozenset(word for word in MULTIPLES if word.endswith(("erna", "onen", "arden")))
"""`de 700 miljonerna` counts nothing else: it points back at a sum."""

LETTERS = {"k": 3, "m": 6, "mn": 6, "mm": 6, "bn": 9, "b": 9, "tn": 12}
"""Powers of ten after a number that has its currency before it: `€5bn`."""

CODES = words("""
    AUD BRL CAD CHF CNY CZK DKK EUR GBP HUF ILS INR ISK JPY KES KRW MDL MXN NOK NZD PLN RON RUB SEK SGD THB TRY TZS
    UAH UGX USD ZAR
    """)
DOLLARS = {
    **dict.fromkeys(("us", "usa"), "USD"),
    **dict.fromkeys(("a", "au", "aus"), "AUD"),
    **dict.fromkeys(("c", "ca", "can", "cad"), "CAD"),
    "nz": "NZD",
    "s": "SGD",
    "sg": "SGD",
    "hk": "HKD",
    "r": "BRL",
    "mx": "MXN",
    "nt": "TWD",
}
"""What letters right before `$` make of it."""

SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}

CURRENCIES = {code.casefold(): code for code in CODES - {"ALL", "TRY"}} | {
    **dict.fromkeys(("kr", "krona", "kronor", "kronorna", "kronors", "kronan", "kronas"), "SEK"),
    **dict.fromkeys(("euro", "euros", "euron"), "EUR"),
    **dict.fromkeys(("dollar", "dollars", "us-dollar", "us-dollars", "usdollar"), "USD"),
    **dict.fromkeys(("pund", "pounds"), "GBP"),
    **dict.fromkeys(("franc", "francs"), "CHF"),
    **dict.fromkeys(("rubel", "rubles", "roubles"), "RUB"),
    **dict.fromkeys(("hryvnia", "hryvnja"), "UAH"),
    "yen": "JPY",
    "yuan": "CNY",
    "zloty": "PLN",
}
"""Words for a currency, in lower case. `dollar` without a country is that of the United States."""

NATIONS = {
    "svenska": {"krona": "SEK"},
    "swedish": {"krona": "SEK"},
    "norska": {"krona": "NOK"},
    "norwegian": {"krona": "NOK"},
    "danska": {"krona": "DKK"},
    "danish": {"krona": "DKK"},
    "isländska": {"krona": "ISK"},
    "icelandic": {"krona": "ISK"},
    "tjeckiska": {"krona": "CZK"},
    "czech": {"krona": "CZK"},
    "amerikanska": {"dollar": "USD"},
    "american": {"dollar": "USD"},
    "us": {"dollar": "USD"},
    "kanadensiska": {"dollar": "CAD"},
    "canadian": {"dollar": "CAD"},
    "australiska": {"dollar": "AUD"},
    "australian": {"dollar": "AUD"},
    "brittiska": {"pund": "GBP"},
    "british": {"pund": "GBP"},
    "schweiziska": {"franc": "CHF"},
    "swiss": {"franc": "CHF"},
}
"""Whose currency `kronor` and the like are, after these words."""

_KINDS = {"SEK": "krona", "USD": "dollar", "GBP": "pund", "CHF": "franc"}

COMPACT = {
    "tkr": (3, "SEK"),
    "kkr": (3, "SEK"),
    "tsek": (3, "SEK"),
    "ksek": (3, "SEK"),
    "mkr": (6, "SEK"),
    "mnkr": (6, "SEK"),
    "msek": (6, "SEK"),
    "mnsek": (6, "SEK"),
    "mdkr": (9, "SEK"),
    "mdrkr": (9, "SEK"),
    "mdsek": (9, "SEK"),
    "öre": (-2, "SEK"),
    "teur": (3, "EUR"),
    "keur": (3, "EUR"),
    "meur": (6, "EUR"),
    "meuro": (6, "EUR"),
    "musd": (6, "USD"),
    "mnok": (6, "NOK"),
    "mdkk": (6, "DKK"),
    "mgbp": (6, "GBP"),
    **{
        f"{code}{letters}": (power, code.upper())
        for code in ("sek", "eur", "usd", "gbp", "nok", "dkk", "chf")
        for letters, power in (("k", 3), ("m", 6), ("mn", 6), ("bn", 9))
    },
}
"""Power of ten and currency in one word."""

_ALIKE = {
    "ca": (
        "c:a",
        "kring",
        "omkr",
        "uppskattningsvis",
        "ungefärligen",
        "i storleksordningen",
        "grovt räknat",
        "circa",
        "i runda tal",
    ),
    "drygt": ("gott och väl", "dryga", "dryg", "strax över", "något över", "lite över", "lite drygt", "slightly over"),
    "knappt": ("knappa", "knapp", "strax under", "inemot", "upp emot", "bortåt", "nästintill", "almost", "close to"),
    "minst": ("åtminstone", "som minst", "som lägst", "lägst", "minimum", "min", "≥", "a minimum of", "minimum of"),
    "över": (
        *("mera än", "överstiger", "överstigande", "överstiga", "översteg", "överstigit", "överskrider", "överskred"),
        *("överskrida", ">", "upwards of", "exceeding", "exceeds", "exceed", "in excess of", "well over", "fler än"),
        *("inte mindre än", "inte understiga", "ej understiga", "inte understiger", "no less than", "not less than"),
    ),
    "högst": (
        *(
            "som högst",
            "max.",
            "maximum",
            "maximal",
            "≤",
            "a maximum of",
            "maximum of",
            "inte över",
            "ej över",
            "ej mer än",
            "upp till och med",
        ),
        *("inte mer än", "inte överstiger", "ej överstiga", "ej överstiger", "inte överskrida", "inte överskrider"),
        *("no more than", "not more than", "not exceeding", "not exceed", "not to exceed", "som mest"),
    ),
    "under": ("understiger", "understiga", "understeg", "understigande", "lägre än", "less than", "below", "<"),
}
"""What prose says for a qualifier of ledger files."""

QUALIFIER_WORDS = (
    {word: word for words in QUALIFIERS.values() for word in words}
    | {said: word for word, others in _ALIKE.items() for said in others}
    | dict.fromkeys(("around", "roughly", "approx", "some"), "about")
)
"""Qualifiers as prose has them, in lower case → the word of ledger files that leaves the same interval."""

QUALIFIER_ENDS = frozenset(said.split()[-1] for said in QUALIFIER_WORDS)
LONGEST_QUALIFIER = max(len(words.split()) for words in QUALIFIER_WORDS)


def national(nation: str, currency: str) -> str | None:
    """The currency of `danska kronor`; nothing where the two do not belong together."""
    return NATIONS.get(nation, {}).get(_KINDS.get(currency, ""))


SWEDISH = words("och att för som till av på med är den det ett en från har ska inom i om får vid hos eller inte")
ENGLISH = words("""
    the of and to for is are was were will with by from on has have that this as at be over up million
    billion year thousand about it its which their not or but than between each been
    """)
"""Words that tell the two languages apart: `per`, `in` and `an` stand in both."""

MONEY_NOUNS = (
    *("satsning", "anslag", "budget", "stöd", "bidrag", "paket", "program", "projekt", "reform", "ram", "pott", "fond"),
    *("tillskott", "investering", "finansiering", "lån", "kredit", "garanti", "kontrakt", "avtal", "affär", "order"),
    *("nota", "böter", "vinst", "förlust", "skuld", "underskott", "överskott", "besparing", "nedskärning", "kostnad"),
    *("gåva", "donation", "upphandling", "belopp", "sedel", "summa", "ersättning", "avgift", "intäkt", "utgift"),
)
"""What is of money when so many `miljoners` are said of it; else it may be people."""

VAGUE = words("par några flera många åtskilliga otaliga several couple few")
"""Before a number in words they leave it open: `flera hundra miljoner`."""

FOLLOWS = words("""
    till i för på av från om mot under över per med vid hos inom utan utöver mellan genom via efter före sedan
    enligt trots kring åt ur bland jämfört respektive resp samt och eller men som att när där då så än vilket vilken
    vilka varav därav det de detta dessa den denna ska skall kan kommer har hade är var blev blir får fick går gick
    ges gav ger gavs bör måste skulle kunde vill behövs behövdes årligen årliga årligt varje vardera extra mer
    mindre ytterligare totalt sammanlagt sammantaget netto brutto permanent löpande också även redan fram senast ned
    upp ner in ut kvar nu idag inte bara dock ju året åren månaden veckan nästa förra sista innevarande kommande
    innan efteråt hittills ännu igen tillbaka därefter alltså samma hela kom tog tas lades gått både dels runt
    dyrare billigare lägre högre direkt tidigare därtill dessutom därutöver inklusive exklusive inkl exkl plus minus
    fördelat fördelade riktade riktat avsatta avsatt öronmärkta öronmärkt satsar avsätter lägger fördelar använder
    föreslår beräknar kostar kostade räcker motsvarar finns fanns saknas fr.o.m. t.o.m. ett en två tre to for of
    from on each by with will is are was were has have be been and or as at this next annually more additional than
    through until between that which during a an the over up skapar visar betyder innebär gör gjorde behöver täcker
    ökar ökade minskar minskade växer växte försvinner försvann försvunnit hamnar hamnade landar landade delar
    delade betalar betalade tar ligger låg står stod utgör utgjorde avser avsåg gäller gällde återstår investerar
    sparar lånar söker väntar innehåller hjälper bidrar omfattar omfattade ingår beviljade anser menar säger sade
    ifjol imorgon igår åtminstone ungefär knappt drygt helt hittat bättre sämre framöver framåt snart aldrig alltid
    ofta först fortfarande oavsett ifall medan eftersom vars varpå varefter varken såväl liksom samtidigt
    tillsammans inför omkring bortom bakom framför ifrån igenom gentemot såsom angående avseende gällande
    beträffande beroende förutom alltsedan längs tack utav exempelvis dit hit därför skedde sker drog drar
    """)
"""What stands after `46 miljoner` where it is money; another word is what is counted."""

COUNTED = words("""
    människor personer barn år ton liter kubikmeter träd doser dagar timmar djur celler hushåll jobb par kilo
    kilowattimmar invånare användare människors euros kwh kvadratmeter meter kilometer gånger stycken
    """)
"""What there are `miljarder` of, besides money and the plurals that show by their ending."""
