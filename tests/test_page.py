"""The report's page: what is on it, that data stays data, and that every link on it leads somewhere."""

import re
import subprocess
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from books import wild_ledgers
from hypothesis import given, settings
from msgspec.structs import replace
from running import MISMATCH, ledger, run

from ledger.book import Book
from ledger.checks import load_checks
from ledger.checks import run as run_checks
from ledger.page import LANGUAGES, Made, Report, page
from ledger.page.over_years import all_series
from ledger.page.words import words_in
from ledger.page.words_en import WORDS as ENGLISH
from ledger.page.words_sv import PATTERNS, PHRASES
from ledger.page.words_sv import WORDS as SWEDISH
from ledger.reading import load, load_text
from ledger.reading.checksum import checksum
from ledger.views.derivation import show_claim, show_line

ROOT = Path(__file__).parent.parent
MADE = Made("0" * 64, "2026-11-24", "gender-budget-ledger")
VOID = {"meta", "input", "br", "link"}


class Read(HTMLParser):
    """A page as a parser sees it: its elements with their attributes, its words, and whether all is closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.stack: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1] not in ("script", "style"):
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join(self.words)


def report_of(book: Book, year: int, **more: Any) -> Report:
    """A whole year of a book."""
    given: dict[str, Any] = {
        "lines": [line for line in book.lines.values() if line.first_year == line.last_year == year],
        "of_any_year": list(book.lines.values()),
        "years": (year,),
        "made": MADE,
        "periods": [line for line in book.lines.values() if line.first_year < line.last_year],
        "title": book.title,
    }
    return Report(book=book, year=year, **(given | more))


def page_of(text: str, year: int = 2024, lang: str = "en", **more: Any) -> str:
    loaded = load_text(text)
    assert not loaded.faults, loaded.faults
    return page(report_of(loaded.book, year, **more), lang)


def read_of(text: str, year: int = 2024, lang: str = "en", **more: Any) -> Read:
    return Read(page_of(text, year, lang, **more))


@pytest.fixture(scope="module")
def shipped() -> Book:
    return load(ROOT / "data").book


@pytest.fixture(scope="module", params=["sv", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pages(shipped: Book, lang: str) -> dict[int, str]:
    """The page of each year of the shipped data."""
    return {year: page(report_of(shipped, year), lang) for year in shipped.years}


def test_every_page_is_well_formed_and_every_link_on_it_leads_somewhere(pages: dict[int, str]) -> None:
    """Elements are closed in order, ids are unlike, and each `#…`, `aria-labelledby` and `aria-describedby` exists."""
    for year, html in pages.items():
        found = Read(html)
        ids = Counter(str(attributes["id"]) for _, attributes in found.elements if "id" in attributes)
        names = ("aria-labelledby", "aria-describedby")
        needed = {str(attributes[name]) for _, attributes in found.elements for name in names if name in attributes}
        jumps = {str(one["href"])[1:] for one in found.all("a") if str(one["href"]).startswith("#")}
        assert (found.wrong, found.stack) == ([], [])
        assert [name for name, number in ids.items() if number > 1] == []
        assert (needed | jumps) - ids.keys() == set(), year


def test_nothing_on_the_page_comes_from_outside(pages: dict[int, str]) -> None:
    """No element fetches anything, no style stands in an attribute, and no attribute holds a script."""
    for html in pages.values():
        found = Read(html)
        assert {tag for tag, _ in found.elements} & {
            "img",
            "link",
            "iframe",
            "object",
            "embed",
            "form",
            "base",
        } == set()
        names = {name for _, attributes in found.elements for name in attributes}
        assert [name for name in names if name in ("style", "src", "srcset") or name.startswith("on")] == []


def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else(pages: dict[int, str]) -> None:
    """Everything is forbidden but the two pieces with these digests."""
    html = pages[2024]
    [policy] = [one["content"] for one in Read(html).all("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    pieces = [re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL) for tag in ("style", "script")]
    digests = [b64encode(sha256(piece.encode()).digest()).decode() for [piece] in pieces]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_headings_are_in_order(pages: dict[int, str]) -> None:
    """One h1, and no level is left out on the way down."""
    for html in pages.values():
        levels = [int(tag[1]) for tag, _ in Read(html).elements if re.fullmatch("h[1-6]", tag)]
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_picture_is_one_image_with_a_title_and_what_it_shows(pages: dict[int, str]) -> None:
    """An SVG is an image with both, or hidden; and nothing in one is a link."""
    for html in pages.values():
        for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
            if 'aria-hidden="true"' not in svg:
                assert 'role="img"' in svg
                assert re.search(r"<title id=[^>]+>[^<]+</title><desc id=[^>]+>[^<]+</desc>", svg)
            assert "<a " not in svg


def test_a_picture_has_the_table_behind_it(pages: dict[int, str]) -> None:
    """Every figure holds a picture, and a table in a region that the keyboard reaches."""
    figures = re.findall(r"<figure>.*?</figure>", pages[2024], re.DOTALL)
    assert len(figures) > 10
    for figure in figures:
        assert "<svg" in figure
        assert re.search(r'<details>.*<div class="scroll" role="region"[^>]*tabindex="0"><table>', figure, re.DOTALL)


def test_the_same_book_gives_the_same_bytes(shipped: Book, pages: dict[int, str], lang: str) -> None:
    assert page(report_of(load(ROOT / "data").book, 2024), lang) == pages[2024]
    del shipped


def test_the_year_in_figures_stands_on_top(shipped: Book) -> None:
    """796 611 tkr, 88,3 mnkr, and 10,8 to 12,9 % of what the sources say."""
    swedish = Read(page(report_of(shipped, 2024), "sv")).text.replace("\u00a0", " ")
    english = Read(page(report_of(shipped, 2024), "en")).text.replace("\u00a0", " ")
    assert "796 611 tkr" in re.sub(" +", " ", swedish)
    assert "796,611 tkr" in re.sub(" +", " ", english)
    assert "I liggaren finns 77,3 mnkr (75,3–77,3), det vill säga 10,8–12,9 %." in swedish
    assert "The ledger has 77.3 mnkr (75.3–77.3), which is 10.8–12.9%." in english


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("</style><img src=x onerror=alert(1)>", "</style><img src=x onerror=alert(1)>"),
        ('" onmouseover="alert(1)', '" onmouseover="alert(1)'),
        ("[red]money[/red]", "[red]money[/red]"),
        ("&lt;b&gt;", "&lt;b&gt;"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("left\u202eright", r"left\u202eright"),
        ("\u200bzero\u2066width", r"\u200bzero\u2066width"),
    ],
    ids=["script", "style", "attribute", "markup", "entity", "ansi", "bidi", "zero-width"],
)
def test_data_shows_as_text_wherever_it_stands(hostile: str, shown: str) -> None:
    """Titles, names, notes, publishers and claims bring no element, and nothing that turns the text around."""
    escaped = hostile.replace("\\", "\\\\").replace('"', '\\"').replace("\x1b", "\\x1b")
    text = f"""
ledger: {{title: "{escaped}"}}
agencies:
  a: {{name: "{escaped}", kind: agency}}
sources:
  s: {{title: "{escaped}", kind: letter, publisher: "{escaped}", reference: "{escaped}", published: 2024-01-01}}
goals:
  g: {{name: "{escaped}", number: 1}}
allocations:
  x:
    {{title: "{escaped}", kind: grant, year: 2024, recipient: a, source: s, goals: [g], note: "{escaped}", base: 3 kr,
     top_ups: [{{amount: 2 kr, note: "{escaped}"}}], parts: {{p: {{title: "{escaped}", kind: grant, total: 5 kr}}}}}}
claims:
  c: {{title: "{escaped}", year: 2024, amount: 9 kr, about: "kind:grant", source: s, note: "{escaped}"}}
"""
    found = read_of(text, title=hostile, chosen=hostile)
    assert found.wrong == []
    assert {tag for tag, _ in found.elements} & {"img", "b2"} == set()
    assert len(found.all("script")) == len(found.all("style")) == 1
    assert not any(name.startswith("on") for _, attributes in found.elements for name in attributes)
    assert found.text.count(shown) > 10


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://www.regeringen.se/", True),
        ("http://example.org/a?b=1&c=2", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//example.org", False),
    ],
    ids=["https", "http", "javascript", "capitals", "data", "no-scheme"],
)
def test_only_addresses_of_the_web_become_links(address: str, leads: bool) -> None:  # noqa: FBT001
    """All others are shown as text."""
    text = """
sources: {s: {title: Bill, kind: letter}}
allocations: {x: {title: X, kind: grant, year: 2024, source: s, total: 3 kr}}
"""
    book = load_text(text).book
    book = replace(book, sources={"s": replace(book.sources["s"], url=address)})
    found = Read(page(report_of(book, 2024), "en"))
    out = [one for one in found.all("a") if not str(one["href"]).startswith("#")]
    expected = [{"href": address, "rel": "noopener noreferrer"}] if leads else []
    assert out == expected
    assert leads or address in found.text


def test_a_finding_stands_on_top_with_its_place_and_a_link_to_its_line() -> None:
    """12 + 45 is not 58."""
    loaded = load_text(MISMATCH, "/somewhere/data/ledger.yaml")
    found = run_checks(loaded.book, loaded.faults, loaded.texts, today="2026-11-24").diagnostics
    report = report_of(loaded.book, 2024, findings=found, folder="/somewhere/data")
    html = page(report, "sv")
    section = html[html.index('<section id="findings"') : html.index('<section id="glance"')]
    assert html.index("<main") < html.index('id="findings"') < html.index('id="glance"')
    assert "fel: Delarna ger inte totalen" in section
    assert 'href="#l-shelters-2024"' in section
    assert "<code>ledger.yaml:" in section
    assert "/somewhere" not in html


def test_a_warning_is_told_from_an_error(lang: str) -> None:
    """Words say which it is, and errors come first."""
    loaded = load_text(MISMATCH + "  extra: {title: Extra, kind: grant, year: 2024, total: 3 kr}\n")
    found = run_checks(loaded.book, loaded.faults, loaded.texts, today="2026-11-24").diagnostics
    words = Read(page(report_of(loaded.book, 2024, findings=found), lang)).text
    error, warning = (
        ("fel: Delarna", "varning: Belopp utan") if lang == "sv" else ("error: The parts", "warning: An amount")
    )
    assert 0 < words.index(error) < words.index(warning)


def test_without_findings_there_is_no_such_section() -> None:
    assert 'id="findings"' not in page_of("allocations: {x: {title: X, kind: grant, year: 2024, total: 3 kr}}")


def test_a_year_without_lines_is_said() -> None:
    assert "holds no lines for 1999" in read_of("allocations: {}", year=1999).text


def test_both_languages_have_the_same_words_with_the_same_blanks() -> None:
    """And every check has a name in both."""
    assert tuple(sorted(LANGUAGES)) == ("en", "sv")
    blanks = re.compile(r"\{\w*\}")
    for key in SWEDISH.keys() | ENGLISH.keys():
        assert sorted(blanks.findall(SWEDISH[key])) == sorted(blanks.findall(ENGLISH[key])), key
    assert {f"check-{check.id}" for check in load_checks()} <= SWEDISH.keys()


def test_every_word_is_used_and_every_word_used_is_there() -> None:
    """What the modules of the page ask for by name, as far as the name is written out."""
    files = [*(ROOT / "src/ledger/page").glob("*.py")]
    source = "\n".join(file.read_text("utf-8") for file in files if not file.name.startswith("words"))
    asked = set(re.findall(r'words[\[(]"([a-z -]+)"', source))
    assert asked <= SWEDISH.keys()
    composed = ("check-", "level-", "what-", "how-", "kind-", "stage-", "severity-", "flow-", "claimed-")
    used = set(re.findall(r"""["']([a-z -]+)["']""", source))
    unused = [key for key in SWEDISH.keys() - used if not key.startswith(composed)]
    assert unused == []


def test_what_the_views_say_is_known_in_swedish(shipped: Book) -> None:
    """How every figure of the shipped data is known, and from when on, is put into Swedish."""
    words = words_in("sv")
    tables = [show_line(shipped, line) for line in shipped.lines.values()]
    tables += [show_claim(shipped, claim) for claim in shipped.claims.values()]
    left = set()
    for table in tables:
        names = [column.name for column in table.columns]
        for row in table.rows:
            for name in ("how", "dated"):
                said = row.cells[names.index(name)]
                if isinstance(said, str) and words.phrase(said) == said:
                    left.add(said)
    assert left == set()
    assert PHRASES
    assert PATTERNS


def test_every_line_of_the_year_has_its_derivation_once(shipped: Book, pages: dict[int, str]) -> None:
    for year, html in pages.items():
        ids = set(re.findall(r'id="l-([^"]+)"', html))
        assert {line.id for line in shipped.lines.values() if line.years == str(year)} <= ids


SERIES = """
sources: {s: {title: Bill, kind: letter}}
allocations:
  a-2020: {title: Measures, code: UO1 1:1, kind: appropriation, year: 2020, total: 1 kr}
  a-2021: {title: Measures, code: UO1 1:1, kind: appropriation, year: 2021, total: 2 kr}
  a-2023: {title: Other measures, code: UO1 1:1, kind: appropriation, year: 2023, total: 3 kr}
  rise-2023: {title: Rise, code: UO1 1:1, kind: appropriation, year: 2023, counted: no, total: 1 kr}
  once: {title: Once, kind: grant, year: 2021, total: 1 kr}
  b-2020: {title: Study, kind: assignment, year: 2020, recipient: x, total: 1 kr}
  b-2021: {title: Study, kind: assignment, year: 2021, recipient: y, total: 1 kr}
  twice-1: {title: Twice, kind: grant, year: 2020, total: 1 kr}
  twice-2: {title: Twice, kind: grant, year: 2020, total: 2 kr}
  twice-3: {title: Twice, kind: grant, year: 2021, total: 2 kr}
"""


def test_a_series_goes_on_with_another_title_but_does_not_compare_there() -> None:
    """The same code is one series; a rise in a year that it holds already, and another recipient, are not in it."""
    book = load_text(SERIES).book
    found = {
        one.latest.title: [(p.year, p.line and p.line.id, p.remark) for p in one.points]
        for one in all_series(book, book.lines.values(), None)
    }
    assert found == {
        "Other measures": [(2020, "a-2020", ""), (2021, "a-2021", ""), (2023, "a-2023", "Other measures")],
        "Twice": [(2020, None, ""), (2021, "twice-3", "")],
    }


def test_an_area_that_holds_other_appropriations_does_not_compare() -> None:
    """Only where both years say what they hold."""
    part = "{{kind: appropriation, code: UO1 {0}, title: T, total: 1 kr}}"
    line = "  u-{0}: {{title: Area, kind: area, code: UO1, year: {0}, total: 9 kr, parts_are: partial, parts: {{{1}}}}}"
    years = {2020: ["1:1"], 2021: ["1:1"], 2022: ["1:1", "1:2"], 2023: []}
    lines = [
        line.format(year, ", ".join(f"p{at}: {part.format(code)}" for at, code in enumerate(codes)))
        for year, codes in years.items()
    ]
    book = load_text("allocations:\n" + "\n".join(lines).replace(", parts_are: partial, parts: {}", "")).book
    [area] = [one for one in all_series(book, book.lines.values(), None) if one.latest.kind == "area"]
    assert [point.remark for point in area.points] == ["", "", "parts", ""]


def test_a_gap_in_a_series_is_said_in_its_picture() -> None:
    words = read_of(SERIES, year=2023).text
    assert "2022: no line in the ledger" in words
    assert "other scope: Other measures" in words


@given(wild_ledgers())
@settings(max_examples=40)
def test_a_page_is_made_of_any_ledger(text: str) -> None:
    """Lines in rings, without amounts, below zero, inside lines of another level: the page is whole all the same."""
    book = load_text(f"allocations:\n{text}").book
    for year in (2023, 2024):
        found = Read(page(report_of(book, year), "sv"))
        ids = [str(attributes["id"]) for _, attributes in found.elements if "id" in attributes]
        jumps = {str(one["href"])[1:] for one in found.all("a")}
        assert (found.wrong, found.stack) == ([], [])
        assert len(set(ids)) == len(ids)
        assert jumps <= set(ids)


def large(lines: int) -> str:
    """A ledger of that many lines: appropriations with items, assignments with top-ups and parts."""
    text = [
        "agencies:",
        *(f"  a{n}: {{name: Agency for question number {n}, kind: agency}}" for n in range(60)),
        "sources:",
    ]
    address = "https://www.example.org/letters/"
    text += [
        f"  s{n}: {{title: Letter number {n} of the year, kind: letter, published: 2024-03-0{n % 9 + 1}, url: '{address}{n}'}}"
        for n in range(400)
    ]
    text.append("allocations:")
    for n in range(lines // 5):
        kind, inner = (("appropriation", "item"), ("assignment", "grant"))[n % 2]
        money = "total: 10 mnkr" if n % 2 == 0 else "base: 8 mnkr, top_ups: [{amount: 2 mnkr, decided: 2024-05-01}]"
        text.append(f"  line-{n}-2024: {{title: Measures number {n}, kind: {kind}, year: 2024, recipient: a{n % 60},")
        text.append(f"    source: [s{n % 400}, s{n * 7 % 400}], {money}, parts_are: partial, parts: {{")
        for part, amount in enumerate(("1 mnkr", "högst 2 mnkr", "drygt 1 mnkr", "3 mnkr")):
            title = f"Part {part} for municipalities and regions"
            text.append(
                f"    p{part}: {{title: {title}, kind: {inner}, recipient: a{(n + part) % 60}, total: {amount}}},"
            )
        text.append("    }}")
    return "\n".join(text) + "\n"


def test_five_thousand_lines_are_under_five_megabytes(tell: Any) -> None:
    html = page_of(large(5000), lang="sv")
    size = len(html.encode())
    tell(f"report: a page of 5 000 lines has {size // 1000} kB")
    assert size < 5_000_000
    assert html.count('id="l-line-') == 5000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2024", "--lang", "de"], "'de' is not one of sv, en"),
        (["2024", "--today", "2024-02-30"], "'2024-02-30' is not a day: write for example 2024-03-27"),
        (["2024", "--today", "2024-03"], "'2024-03' is not a day"),
        (["2024", "--as-of", "March"], "'March' is not a date"),
        (["recipent:jamy"], "unknown key 'recipent' (did you mean 'recipient'?)"),
    ],
    ids=["language", "no-such-day", "month", "as-of", "term"],
)
def test_what_cannot_be_read_ends_with_2_and_writes_nothing(arguments: list[str], said: str, tmp_path: Path) -> None:
    ledger(tmp_path)
    done = run("report", *arguments, "--data", "data", "-o", "page.html", folder=tmp_path, TERMINAL_WIDTH="200")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (tmp_path / "page.html").exists()


def test_the_page_does_not_depend_on_where_the_ledger_lies(tmp_path: Path) -> None:
    """The same files elsewhere, reached by another path, give the same bytes; also in a pipe."""
    pages = []
    for name in ("one", "two/deeper"):
        data = ledger(tmp_path / name, MISMATCH)
        done = run("report", "2024", "--data", str(data), "--today", "2026-01-01", folder=tmp_path)
        assert done.returncode == 0
        pages.append(done.stdout)
    assert pages[0] == pages[1]
    assert pages[0].startswith("<!DOCTYPE html>")
    assert str(tmp_path) not in pages[0]


def test_the_footer_says_what_the_page_was_made_from(tmp_path: Path) -> None:
    """The checksum that `export` gives as well, the commit, whether it is all of it, the date and the counts."""
    data = ledger(tmp_path)
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
    for command in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "first")):
        subprocess.run([*git, *command], cwd=tmp_path, check=True, capture_output=True)
    commit = subprocess.run(
        [*git, "rev-parse", "HEAD"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    arguments = ("report", "2024", "--data", "data", "--today", "2026-01-01", "--lang", "en")
    clean = Read(run(*arguments, folder=tmp_path).stdout).text
    (data / "note.txt").write_text("not a part of it")
    (data / "ledger.yaml").write_text(MISMATCH, encoding="utf-8")
    changed = Read(run(*arguments, folder=tmp_path).stdout).text
    assert commit.strip() in clean
    assert "with changes not committed" not in clean
    assert "with changes not committed" in changed
    assert "2026-01-01" in clean
    assert "3 lines" in clean.replace("\u00a0", " ")
    assert f"sha256:{checksum(data)}" in changed


def test_open_without_a_file_shows_one_that_stays(tmp_path: Path) -> None:
    """The browser gets the address of a temporary file, whose name is said."""
    ledger(tmp_path)
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\necho "$1" > opened\n')
    browser.chmod(0o755)
    done = run(
        "report", "2024", "--data", "data", "--open", folder=tmp_path, BROWSER=f"{browser} %s", TMPDIR=str(tmp_path)
    )
    [made] = tmp_path.glob("ledger-*.html")
    assert (done.returncode, done.stdout) == (0, "")
    assert str(made) in done.stderr
    assert (tmp_path / "opened").read_text().strip() == made.as_uri()
