"""The report as people meet it: opened from a file in a real Chromium that has no network."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from browser import NARROW, PAPER, WIDE, Scheme, axe_findings, cut_texts, launched, opened
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader
from running import ledger, run
from transcript import ROOT

LEDGER = """\
ledger:
  title: Money for shelters
goals:
  violence: {name: Mäns våld mot kvinnor ska upphöra}
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: agency}
  mucf: {name: Myndigheten för ungdoms- och civilsamhällesfrågor, kind: agency}
sources:
  bill: {title: Budget bill, kind: budget-bill, published: 2023-09-20, url: "https://example.org/bill"}
  letter: {title: Appropriation letter, kind: appropriation-letter, published: 2023-12-20}
  news: {title: Press release, kind: press-release, published: 2024-03-27, url: "https://example.org/news"}
allocations:
  measures-2024:
    title: Särskilda jämställdhetsåtgärder
    kind: appropriation
    code: UO13 3:1
    year: 2024
    source: bill
    unit: tkr
    total: 90 000
    parts_are: partial
    parts:
      jamy: {kind: item, title: Disponeras av Jämställdhetsmyndigheten, recipient: jamy, source: letter, total: 58 000}
      mucf: {kind: item, title: Disponeras av MUCF, recipient: mucf, source: letter, total: 13 250}
  measures-2023:
    {title: Särskilda jämställdhetsåtgärder, kind: appropriation, code: "UO13 3:1", year: 2023, source: bill,
     total: 80 mnkr, rounded_to: 1 mnkr}
  measures-2025:
    {title: Särskilda jämställdhetsåtgärder, kind: appropriation, code: "UO13 3:1", year: 2025, source: bill,
     total: 70 500 tkr, stage: planned}
  shelters-2024:
    title: Stöd till jourer
    kind: assignment
    year: 2024
    recipient: jamy
    goals: [violence]
    source: news
    base: 22 mnkr
    top_ups:
      - {amount: "1,5 mnkr", source: news, decided: 2024-03-27}
      - {amount: "-0,5 mnkr", source: letter, decided: 2024-06-12}
    parts_are: partial
    parts:
      north: {kind: grant, title: Norr, total: 4 mnkr}
      south: {kind: grant, title: Söder}
  helpline-2024:
    {title: Nationell stödtelefon, kind: grant, year: 2024, recipient: mucf, goals: [violence], source: news,
     top_ups: [{amount: 3 mnkr, source: news}]}
  study-2024: {title: Kartläggning, kind: assignment, year: 2024, recipient: mucf, source: news, total: högst 2 mnkr}
  wrong-2024:
    title: Projekt i tre län
    kind: assignment
    year: 2024
    recipient: mucf
    source: news
    total: 9 mnkr
    parts:
      one: {kind: grant, title: Första projektet, total: 3 mnkr}
      two: {kind: grant, title: Andra projektet, total: 5 mnkr}
claims:
  violence-2024:
    {title: Mot våld, year: 2024, amount: drygt 40 mnkr, about: "goal:violence kind:assignment", source: news}
  all-2024: {title: Till jämställdhet, year: 2024, amount: cirka 600 mnkr, source: news}
"""
"""Every part of the page in little: flows, top-ups, a reduction, claims, a series, what is not known, and a finding."""

HOSTILE = {
    "script": "<script>document.title='taken'</script>",
    "picture": "<img src=x onerror=document.title='taken'>",
    "markup": "[red]sist[/red] &lt;b&gt;",
    "quotes": "\"' onmouseover='document.title=1",
    "style": "</style></title><h1>taken",
}
"""Titles that would be more than text in a page that did not take care."""

STEERING = {"ansi": ("\\e[31mröd", r"\x1b[31mröd"), "bidi": ("\\u202e0001", r"\u202e0001")}
"""What a YAML file in double quotes says, and how a page shows it."""


def hostile_ledger() -> str:
    """A ledger whose titles, notes and address are attacks."""
    lines = [
        "sources:",
        "  bad: {title: Harmless, kind: press-release, published: 2024-01-01, url: 'javascript:document.title=1'}",
        "allocations:",
    ]
    quoted = {name: title.replace("'", "''") for name, title in HOSTILE.items()}
    titles = {name: f"'{title}'" for name, title in quoted.items()} | {
        name: f'"{written}"' for name, (written, _) in STEERING.items()
    }
    for at, (name, title) in enumerate(titles.items(), 1):
        lines += [f"  {name}:", f"    title: {title}", "    kind: grant", "    year: 2024", "    source: bad"]
        lines += [f"    total: {at} mnkr", f"    note: {title}"]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of this file."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages: the small ledger in both languages, the hostile one, and a year of the shipped data."""
    folder = tmp_path_factory.mktemp("pages")
    small, hostile = ledger(folder, LEDGER, "small"), ledger(folder, hostile_ledger(), "hostile")
    made = {"sv": (small, "sv"), "en": (small, "en"), "hostile": (hostile, "en"), "shipped": (ROOT / "data", "sv")}
    for name, (data, lang) in made.items():
        options = ("--data", str(data), "--lang", lang, "--today", "2024-12-31", "-o", f"{name}.html")
        done = run("report", "2024", *options, folder=folder)
        assert done.returncode == 0, done.stderr
    return {name: folder / f"{name}.html" for name in made}


@pytest.mark.parametrize("name", ["sv", "en", "shipped"])
def test_the_page_needs_nothing_but_itself(chromium: Browser, pages: dict[str, Path], name: str) -> None:
    """Offline, it asks for its own file and nothing else, and has nothing to complain of."""
    with opened(chromium, pages[name]) as seen:
        assert seen.page.locator("h1").is_visible()
        assert seen.page.evaluate("document.documentElement.lang") == {"en": "en"}.get(name, "sv")
        use_everything(seen.page)
        assert seen.requests == [pages[name].as_uri()]
        assert seen.complaints == []


def use_everything(page: Page) -> None:
    """Open what can be opened, press every button, and write into every field."""
    page.evaluate("""() => {
        for (const one of document.querySelectorAll("details")) one.open = true;
        for (const button of document.querySelectorAll("button")) button.click();
        for (const field of document.querySelectorAll("input")) {
            field.value = "a";
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }
    }""")


def test_what_is_smuggled_into_the_page_does_not_run(chromium: Browser, pages: dict[str, Path], tmp_path: Path) -> None:
    """The page's own policy stops a script, a handler, a style, a frame and a request that are not of the page."""
    smuggled = (
        "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">"
        "<style>h1 { color: rgb(1, 2, 3) }</style><h2 style='color: rgb(1, 2, 3)'>smuggled</h2>"
        "<iframe src='data:text/html,taken'></iframe><img src='https://example.org/counter.png'>"
    )
    file = tmp_path / "page.html"
    file.write_text(pages["en"].read_text(encoding="utf-8").replace("</main>", f"{smuggled}</main>"), encoding="utf-8")
    with opened(chromium, file) as seen:
        assert seen.page.get_by_role("heading", name="smuggled").is_visible()
        assert "Money for shelters" in seen.page.title()
        colours = "[...document.querySelectorAll('h1, h2')].map((one) => getComputedStyle(one).color)"
        assert "rgb(1, 2, 3)" not in seen.page.evaluate(colours)
        assert seen.requests == [file.as_uri(), *seen.refused]
        assert "https://example.org/counter.png" in seen.refused
        refused = "\n".join(seen.complaints)
        for what in ("script-src", "style-src", "default-src"):
            assert re.search(rf"violates the following Content Security Policy directive:? ['\"]{what}", refused), what


def test_without_javascript_everything_is_there(chromium: Browser, pages: dict[str, Path]) -> None:
    """Every row of every table, every picture and every derivation; only what sorts and filters is missing."""
    counts = "[...document.querySelectorAll('svg[role=img], li')].length"
    with opened(chromium, pages["en"]) as alive:
        rows, pieces = all_rows(alive.page), alive.page.evaluate(counts)
        assert alive.page.locator("th button").count() > 0
        assert alive.page.get_by_role("searchbox").count() > 0
    with opened(chromium, pages["en"], javascript=False) as dead:
        assert all_rows(dead.page) == rows
        assert dead.page.evaluate(counts) == pieces
        assert dead.page.locator("button, input, [hidden], noscript").count() == 0
        assert dead.page.get_by_role("row", name=re.compile("Kartläggning")).is_visible()
    assert len(rows) > 20


def all_rows(page: Page) -> list[list[str]]:
    """The text of every cell, row by row."""
    found: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('tr')].map((row) => [...row.cells].map((cell) => cell.textContent.trim()))"
    )
    return found


def of_lines(page: Page, level: str) -> Locator:
    """The table of a level's lines, by its caption."""
    return page.locator("table.data").filter(has=page.locator("caption", has_text=level))


def names(table: Locator) -> list[str]:
    """What the rows in sight are called, downwards."""
    found: list[str] = table.evaluate(
        "(table) => [...table.tBodies[0].rows].filter((row) => row.checkVisibility()).map((row) => row.cells[0].textContent)"
    )
    return found


AS_WRITTEN = [
    "Stöd till jourer",
    "Norr",
    "Söder",
    "Nationell stödtelefon",
    "Kartläggning",
    "Projekt i tre län",
    "Första projektet",
    "Andra projektet",
]
BY_TOTAL = [
    "Kartläggning",
    "Nationell stödtelefon",
    "Första projektet",
    "Norr",
    "Andra projektet",
    "Projekt i tre län",
    "Stöd till jourer",
]
"""At most 2, 3, 3, 4, 5, 9 and 23 million; Söder has no stated amount."""

ASSIGNMENTS = "Assignments and grants"


@pytest.mark.parametrize("key", ["", "Enter", " "], ids=["click", "enter", "space"])
def test_a_heading_sorts_its_table(chromium: Browser, pages: dict[str, Path], key: str) -> None:
    """Largest first, then smallest first, then as it was; what is not stated comes last; the state is told."""
    with opened(chromium, pages["en"]) as seen:
        table = of_lines(seen.page, ASSIGNMENTS)
        heading = table.get_by_role("columnheader", name="Total")
        button = heading.get_by_role("button")
        found = []
        for _ in range(3):
            if key:
                button.press(key)
            else:
                button.click()
            found.append((heading.get_attribute("aria-sort"), names(table)))
        assert found == [
            (
                "descending",
                [
                    "Stöd till jourer",
                    "Projekt i tre län",
                    "Andra projektet",
                    "Norr",
                    *BY_TOTAL[1:3],
                    "Kartläggning",
                    "Söder",
                ],
            ),
            ("ascending", [*BY_TOTAL, "Söder"]),
            ("none", AS_WRITTEN),
        ]


def test_texts_are_sorted_as_the_language_sorts_them(chromium: Browser, pages: dict[str, Path]) -> None:
    """In Swedish å, ä and ö come after z: Söder after Stöd, which a plain order of letters would turn."""
    with opened(chromium, pages["sv"]) as seen:
        table = of_lines(seen.page, "Uppdrag och bidrag")
        table.get_by_role("columnheader").first.get_by_role("button").click()
        found = names(table)
    assert found == sorted(AS_WRITTEN, key=lambda name: name.replace("ö", "~").replace("ä", "}").lower())
    assert found.index("Stöd till jourer") < found.index("Söder")


def test_a_field_filters_its_table(chromium: Browser, pages: dict[str, Path]) -> None:
    """Rows that lack a word of what is written are gone, the count is told, and an empty field brings all back."""
    with opened(chromium, pages["en"]) as seen:
        table = of_lines(seen.page, ASSIGNMENTS)
        field = seen.page.get_by_role("searchbox").nth(1)
        field.fill("PROJEKT")
        assert names(table) == ["Projekt i tre län", "Första projektet", "Andra projektet"]
        assert seen.page.get_by_role("status").nth(1).inner_text() == "Showing 3 of 8"
        table.get_by_role("columnheader", name="Total").get_by_role("button").click()
        assert names(table) == ["Projekt i tre län", "Andra projektet", "Första projektet"]
        field.fill("projekt tre")
        assert names(table) == ["Projekt i tre län"]
        field.fill("finns inte")
        assert names(table) == []
        field.fill("")
        assert len(names(table)) == 8
        assert len(names(of_lines(seen.page, "Appropriations"))) == 3


def test_from_a_figure_one_comes_to_how_it_came_about_and_to_its_source(
    chromium: Browser, pages: dict[str, Path]
) -> None:
    """The figure leads to its derivation, with file and line; that leads to the source; both are then in sight."""
    with opened(chromium, pages["en"]) as seen:
        row = of_lines(seen.page, ASSIGNMENTS).get_by_role("row", name=re.compile("Stöd till jourer"))
        row.get_by_role("link", name="23*").click()
        derived = seen.page.locator(":target")
        expect(derived).to_be_in_viewport()
        text = derived.inner_text()
        for said in (
            "Stöd till jourer",
            "22.0 mnkr",
            "1.5 mnkr",
            "0.5 mnkr",
            "2024-03-27",
            f"ledger.yaml:{written_at('base: 22')}",
        ):
            assert said in text.replace("\u00a0", " ")
        derived.get_by_role("link").first.click()
        source = seen.page.locator(":target")
        expect(source).to_be_in_viewport()
        assert "Press release" in source.inner_text()
        assert source.get_by_role("link").get_attribute("href") == "https://example.org/news"


def written_at(text: str) -> int:
    """The line of the small ledger where this is written."""
    return LEDGER[: LEDGER.index(text)].count("\n") + 1


@pytest.mark.parametrize("name", ["sv", "en", "shipped", "hostile"])
def test_no_way_on_the_page_leads_nowhere(chromium: Browser, pages: dict[str, Path], name: str) -> None:
    """Every link inside the page has a target, no id stands twice, and other addresses are http or https."""
    with opened(chromium, pages[name]) as seen:
        hrefs = seen.page.evaluate("[...document.links].map((link) => link.getAttribute('href'))")
        ids = seen.page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))
    assert {unquote(href[1:]) for href in hrefs if href.startswith("#")} <= set(ids)
    assert [href for href in hrefs if not href.startswith(("#", "https://", "http://"))] == []


def test_data_is_shown_as_text(chromium: Browser, pages: dict[str, Path]) -> None:
    """Titles that are scripts, markup, ANSI codes or bidi controls stand there as written, and do nothing."""
    with opened(chromium, pages["hostile"]) as seen:
        use_everything(seen.page)
        shown = names(of_lines(seen.page, ASSIGNMENTS)) or all_rows(seen.page)
        assert seen.page.title() == "Ledger, 2024"
        assert seen.complaints == []
        assert seen.page.locator("h1").count() == 1
        assert seen.page.locator("img, iframe, [onmouseover], [onerror], [style]").count() == 0
        assert seen.page.locator("script, style").count() == 2
        everything = seen.page.locator("body").text_content() or ""
    assert shown
    for title in (*HOSTILE.values(), *(said for _, said in STEERING.values())):
        assert title in everything
    assert not set("\u202e\x1b") & set(everything)
    assert "javascript:document.title=1" in everything


@pytest.mark.parametrize(
    ("name", "scheme", "width"),
    [
        ("sv", "light", WIDE),
        ("en", "dark", WIDE),
        ("en", "light", NARROW),
        ("sv", "dark", NARROW),
        ("hostile", "light", WIDE),
    ],
    ids=["light", "dark", "narrow", "narrow-dark", "hostile"],
)
def test_axe_finds_nothing(chromium: Browser, pages: dict[str, Path], name: str, scheme: Scheme, width: int) -> None:
    """No finding of any gravity, with everything open: contrast, names, order, roles, languages."""
    with opened(chromium, pages[name], scheme=scheme, width=width) as seen:
        seen.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert axe_findings(seen.page) == []


def test_axe_finds_nothing_in_the_pictures_and_tables_of_real_data(chromium: Browser, pages: dict[str, Path]) -> None:
    """The shipped year, but for its thousands of derivations, which are like those of the small page."""
    with opened(chromium, pages["shipped"]) as seen:
        assert axe_findings(seen.page, leaving_out=["#derivations", "#sources"]) == []


@pytest.mark.parametrize("name", ["sv", "en", "hostile", "shipped"])
def test_on_a_telephone_nothing_is_cut(chromium: Browser, pages: dict[str, Path], name: str) -> None:
    """At 360 px nothing reaches beyond the window, is clipped, or has to be scrolled to the side."""
    with opened(chromium, pages[name], width=NARROW) as seen:
        seen.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= NARROW
        assert cut_texts(seen.page) == []


@pytest.mark.parametrize("name", ["sv", "en", "shipped"])
def test_on_a_desk_no_text_of_a_picture_is_cut(chromium: Browser, pages: dict[str, Path], name: str) -> None:
    """Nor does one stand over another."""
    with opened(chromium, pages[name]) as seen:
        assert cut_texts(seen.page) == []


@pytest.mark.parametrize("name", ["sv", "en", "shipped"])
def test_on_paper_no_text_is_cut(chromium: Browser, pages: dict[str, Path], name: str) -> None:
    """Laid out as wide as an A4 page between its margins, nothing reaches beyond it."""
    with opened(chromium, pages[name], width=PAPER, scheme="dark") as seen:
        seen.page.emulate_media(media="print")
        assert cut_texts(seen.page) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= PAPER


def test_the_printed_page_is_whole(chromium: Browser, pages: dict[str, Path]) -> None:
    """On A4 every name and figure of the tables of lines is there, on as many pages as that takes."""
    with opened(chromium, pages["en"]) as seen:
        rows = of_lines(seen.page, "").locator("tbody tr").all()
        wanted = [cell for row in rows for cell in row.locator("th, td").all_inner_texts()]
        printed = PdfReader(BytesIO(seen.page.pdf(prefer_css_page_size=True, print_background=True)))
    sizes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in printed.pages}
    assert sizes == {(595, 842)}
    assert 3 <= len(printed.pages) <= 8
    text = squeezed("".join(page.extract_text() for page in printed.pages))
    assert [cell for cell in wanted if squeezed(cell) not in text] == []
    assert len(rows) == 11


def test_on_paper_headings_stand_over_their_rows(chromium: Browser, pages: dict[str, Path]) -> None:
    """Where a table of lines goes on to another page, its headings do too; none is left without rows."""
    with opened(chromium, pages["shipped"]) as seen:
        tables = [squeezed_rows(table) for table in seen.page.locator("#lines table.data").all()]
        printed = PdfReader(BytesIO(seen.page.pdf(prefer_css_page_size=True)))
    texts = [squeezed(page.extract_text()) for page in printed.pages]
    assert len(tables) > 1
    for headings, *rows in tables:
        over = [at for at, text in enumerate(texts) if headings in text]
        assert over == [at for at, text in enumerate(texts) if any(row in text for row in rows)]


def squeezed_rows(table: Locator) -> list[str]:
    """The rows of a table, its headings first, each as one text without spaces."""
    rows: list[str] = table.evaluate("(table) => [...table.rows].map((row) => row.textContent)")
    return [squeezed(row) for row in rows]


def squeezed(text: str) -> str:
    """A text without its spaces and line breaks, which a PDF does not keep."""
    return re.sub(r"\s+", "", text)


def test_the_tab_key_comes_to_everything_and_shows_where_it_is(chromium: Browser, pages: dict[str, Path]) -> None:
    """Every link, button, field and table that scrolls is reached in its order, and is seen to have the focus."""
    with opened(chromium, pages["en"]) as seen:
        wanted = seen.page.evaluate(
            """() => {
                const all = [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")];
                const seen = all.filter((one) => one.checkVisibility());
                seen.forEach((one, at) => { one.dataset.at = at; });
                return seen.length;
            }"""
        )
        found = []
        for _ in range(wanted):
            seen.page.keyboard.press("Tab")
            found.append(seen.page.evaluate(_FOCUS))
    assert [at for at, _ in found] == [str(at) for at in range(wanted)]
    assert [what for _, what in found if what] == []


_FOCUS = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const there = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return [one.dataset.at, ring && there ? "" : one.outerHTML.slice(0, 120)];
}"""
"""The number of what has the focus, and what it is when that is not to be seen."""


@pytest.mark.parametrize("name", ["sv", "en", "shipped"])
def test_every_picture_has_a_name_a_description_and_its_table(
    chromium: Browser, pages: dict[str, Path], name: str
) -> None:
    """To a screen reader: no picture without words, and the figures of each stand in a table too."""
    with opened(chromium, pages[name]) as seen:
        drawn = seen.page.evaluate(
            "[...document.querySelectorAll('svg[role=img]')].filter((one) => one.checkVisibility()).length"
        )
        session = seen.page.context.new_cdp_session(seen.page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        pictures = [node for node in nodes if node["role"]["value"] == "image" and not node["ignored"]]
        assert len(pictures) == drawn > 0
        assert [node for node in pictures if not node["name"]["value"] or not node["description"]["value"]] == []
        without = "[...document.querySelectorAll('figure:has(svg[role=img]):not(:has(table tbody tr))')].map((one) => one.textContent)"
        assert seen.page.evaluate(without) == []
        tables = [node for node in nodes if node["role"]["value"] == "table" and not node["ignored"]]
        assert tables
        assert [node for node in tables if not node["name"]["value"]] == []
