"""What readers are known to stumble over: pieces that are put into inputs."""

_YAML = (
    *(": ", ":", "- ", "? ", "-", "?", "|", ">", "|-", ">+2", "&a ", "*a", "!t ", "!!int ", "<<: ", "<<: *a", "{", "}"),
    *("[", "]", ", ", "{a: b}", "[a, b]", "'", '"', "#", " # ", "---\n", "...\n", "%YAML 1.2\n", "@", "`", "~", "null"),
    *("\n  ", "\n    ", "\n- ", "\n\n", '"\\x1b"', '"\\ud800"', '"\\0"', "yes", "no", "0x1f", "1e9", ".inf", "3:1"),
)
_FIELDS = (
    *(
        "allocations:\n",
        "claims:\n",
        "agencies:\n",
        "sources:\n",
        "goals:\n",
        "ledger:\n",
        "initiatives:\n",
        "title: x",
    ),
    *(
        "title: x",
        "kind: grant",
        "kind: item",
        "kind: area",
        "year: 2024",
        "year: 2022-2023",
        "unit: tkr",
        "recipient: jamy",
    ),
    *("source: bill", "source: calculated", "total: 58 mnkr", "base: 1 tkr", "outcome: 0 kr", "top_ups:", "parts:"),
    *("parts_are: partial", "parts_are: complete", "of: shelters-2024", "counted: no", "stage: planned", "goals: [a]"),
    *("restated:", "accept:", "decided: 2024-02-30", "decided: 2024", "rounded_to: 1 mnkr", "cut_to: 0,1 mdkr"),
    *("words: en kvarts miljard", "coverage: complete", "about: kind:grant", "members: [jamy]", "run_by: jamy"),
    *("org_number: 202100-5000", "currency: EUR", "line: shelters-2024", "amount: ", "check: parts-mismatch"),
    *("reason: known", "until: 2020", "code: UO13 3:1", "gender_marker: 2", "valid_from: 2016", "number: 6"),
)
_MONEY = (
    *("kr", "tkr", "mnkr", "mdkr", "kronor", "SEK", "EUR", "USD", "öre", "miljoner", "miljarder", "miljon kronor"),
    *("tusen kronor", "million EUR", "ca ", "cirka ", "drygt ", "knappt ", "högst ", "minst ", "mellan ", " och "),
    *("upp till ", "mer än ", "över ", "±", "–", "-", "−", "~", "≈", "½", "hälften av ", "två ", "hundra ", "%"),
    *("1,500", "1.500", "1 500", "23,5 mnkr", "0", "-1", "9" * 30, "1" + "0" * 15, "0," + "0" * 40 + "1", "1 2 3"),
    *("2024", "0000", "9999", "2024-03-27", "2021-2024", "٣٣", "²", "\uff11\uff12", "1\u00a0000\u202f000", "1_000"),
    *("per år", "årligen", "varav ", "därav ", "totalt ", "tillskott", "ytterligare ", "respektive", "vardera"),
)
_TEXTS = (
    *("Utgiftsområde 13 ", "3:1", "ap.12", "Disponeras av ", "(Ramanslag)", "(ram)", "Regleringsbrev för budgetåret "),
    *("belopp angivna i tkr", "Villkor för anslag 3:1", "4.1 Tilldelade anslag", "utfallsår", "Organisationsnummer"),
    *("2021-06-03\n", "A2021/01302\n", "år;kod;belopp\n", "code,year,total\n", "id,year,base,top_ups,total,outcome\n"),
    *(";", ";;;;;;;;", "\t", ",", '"', '""', "=1+1", "@SUM(A1)", "| a | b |\n|---|---|\n", "# ", "> ", "* ", "```\n"),
)
_MARKUP = (
    *(
        "<p>",
        "</p>",
        "<br>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "<th>",
        "</table>",
        "<td colspan=99>",
        "<td rowspan=0>",
    ),
    *(
        "<td colspan=99999999 rowspan=99999999>",
        "<script>",
        "</script>",
        "<style>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<!doctype html>",
    ),
    *("<html>", "<body>", "<h1>", "<li>", "<ul>", "<div hidden>", "<span", "<a href='", "&nbsp;", "&#0;", "&#x110000;"),
    *("&amp;", "&#xD800;", "&", "&#x202e;", "&thinsp;", "<", ">", "</", "<?xml ?>", "<svg>", "<template>", "<pre>"),
)
_TERMS = (
    *("year:", "recipient:", "kind:", "goal:", "source:", "code:", "id:", "total:", "decided:", "base:", "outcome:"),
    *(
        "top-ups:",
        "level:",
        "stage:",
        "title:",
        "text:",
        "not:",
        "not:not:",
        "..",
        ">=",
        "<",
        "=",
        "≥",
        '"',
        "year:2024",
    ),
    *(
        "year:2024",
        "total:10mnkr..",
        "total:..1,5tkr",
        "decided:..2024-02",
        "year:2021..2024",
        'code:"UO13 3:1"',
        "goal:6",
        "\n",
    ),
    *("decided:>9999", "decided:<1000", "decided:>9999-12-31", "year:<0000", "year:>9999", "level:commitments"),
)
_CHARACTERS = (
    *("\ufeff", "\u2028", "\u2029", "\x85", "\u202e", "\u200b", "\u00ad", "\u0301", "\x1b[31m", "\x1b]0;x\x07", "\x00"),
    *(
        "\x7f",
        "\x08",
        "\r",
        "\r\n",
        "\v",
        "\f",
        "\t",
        "😀",
        "🇸🇪",
        "\U000e0001",
        "\U0010ffff",
        "\uffff",
        "\ufdd0",
        "å",
        "ß",
        "İ",
        "ﬁ",
    ),
    *("å", "ß", "İ", "ﬁ", "\U0001d7d9", "Ⅷ", "\u3000", "\u2007", "\u00a0", "\u202f", "漢", "\u0627", "\u0345" * 20),
)
_BYTES = (
    *(
        b"\xff",
        b"\xc3",
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xe5\xe4\xf6",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
    ),
    *(
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"%PDF-1.7",
        b"\x1f\x8b\x08",
        b"\xd0\xcf\x11\xe0",
        b"SQLite format 3\x00",
        b"{\\rtf1",
    ),
    *(b"\xff\xfe", b"{\\rtf1", b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x01\x00", b"\x80"),
)

WORDS: tuple[bytes, ...] = (
    *(word.encode() for group in (_YAML, _FIELDS, _MONEY, _TEXTS, _MARKUP, _TERMS, _CHARACTERS) for word in group),
    *_BYTES,
)
"""Every piece, as bytes."""
