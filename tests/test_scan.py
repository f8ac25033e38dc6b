"""`ledger scan`: amounts of money in documents of every format, each where its words begin in the file."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from conftest import Tell
from hypothesis import given
from hypothesis import strategies as st
from running import ledger, run

from ledger.reading import load
from ledger.reconcile.cited_figures import carried, numbers_of
from ledger.statements.running_text import Mention, Passage, UnreadableError, mentions, passages

MARK = "⟦"
"""Stands in a document of these tests where an amount begins, and is taken out before it is read."""

PLACES = {
    "a paragraph": ("t.md", "Stödet är ⟦46 miljoner kronor i år."),
    "two in a line": ("t.md", "Först ⟦4 miljoner kronor, sedan ⟦5 miljoner kronor."),
    "over two lines": ("t.md", "Stödet är ⟦46\nmiljoner kronor, inte ⟦5 000\nkronor."),
    "lines that end with CR LF": ("t.txt", "ett\r\n\r\nStödet är ⟦46\r\nmiljoner kronor"),
    "a heading": ("t.md", "# ⟦600 miljoner mot våld\n\n## Mer: ⟦5 miljoner kronor"),
    "a heading and the text under it": ("t.md", "## Stöd 2024\n⟦46 miljoner kronor"),
    "an underlined heading": ("t.md", "Mer: ⟦5 miljoner kronor\n=====\n⟦46 miljoner kronor"),
    "list items": ("t.md", "* ⟦300 000 kronor\n* ⟦400 000 kronor\n  1. ⟦5 tkr\n  2. ⟦6 tkr"),
    "a list item over two lines": ("t.md", "- stödet är ⟦46\n  miljoner kronor"),
    "a quotation": ("t.md", "> Stödet är ⟦46\n> miljoner kronor"),
    "emphasis": ("t.md", "Stödet är **⟦46 miljoner** kronor, *⟦5* miljoner _kronor_."),
    "emphasis around all": ("t.md", "**⟦46 miljoner kronor**"),
    "the text of a link, not its address": ("t.md", "[⟦18 miljoner mer](/2024/5 miljoner kronor/) och ⟦2 mnkr"),
    "a link with a title": ("t.md", '[⟦18 miljoner mer](/a/ "5 miljoner kronor") och ⟦2 mnkr'),
    "an address in the text": ("t.md", "Se https://a.se/5-miljoner-kronor och <https://a.se/6mnkr> om ⟦2 mnkr"),
    "where links lead": ("t.md", "[⟦2 mnkr][1]\n\n[1]: /5-miljoner-kronor"),
    "escapes": ("t.md", "Stödet är ⟦2,5 miljoner kronor 2024\\. Sedan ⟦4\\-5 miljoner kronor."),
    "entities in Markdown": ("t.md", "Stödet är ⟦46&nbsp;miljoner&#160;kronor och ⟦2 mnkr"),
    "tags in Markdown": ("t.md", "Stödet är <b>⟦46</b> miljoner kronor och ⟦2 mnkr"),
    "soft hyphens": ("t.md", "sam\u00adman\u00adlagt ⟦46 miljo\u00adner kronor"),
    "comments": ("t.md", "<!-- 5 mnkr --> ⟦46 miljoner kronor <!-- 6 mnkr\n7 mnkr --> och ⟦2 mnkr"),
    "front matter": ("t.md", "---\ntitle: 5 miljoner kronor\n---\n⟦46 miljoner kronor"),
    "a rule and text": ("t.md", "---\nStödet är ⟦46 miljoner kronor"),
    "a fence": ("t.md", "```\n⟦5 mnkr\n```\n⟦6 mnkr"),
    "a year that ends the line before": ("t.md", "Detta gäller 2024\n⟦46 miljoner kronor"),
    "a number that begins a line is no list": ("t.md", "Stödet är till och med\n2024. Det är ⟦46\nmiljoner kronor"),
    "a table": ("t.md", "| Län | Stöd |\n|---|--:|\n| Hallands län | ⟦17 036 468 kr |\n| Gävleborg | 85 % |"),
    "a page": ("t.html", "<!DOCTYPE html>\n<html><body><p>Stödet är <b>⟦46</b>&nbsp;miljoner\n  <i>kronor</i></p>"),
    "a page without a name": ("t", "<!-- 5 mnkr -->\n<html><p>Stödet är ⟦46 miljoner kronor"),
    "a piece of a page": ("t.txt", "<div>\n<p>Stödet är ⟦46\n miljoner kronor</div>"),
    "blocks of a page": ("t.html", "<html><h1>⟦6 mnkr</h1><ul><li>⟦4 mnkr<li>2024</ul>⟦5 mnkr<br>⟦7 mnkr"),
    "what a page does not show": (
        "t.html",
        "<html><script>var a = '5 mnkr < 6 mnkr';</script><style>/* 7 mnkr */</style><!-- 8 mnkr --><p>⟦9 mnkr",
    ),
    "addresses in a page": ("t.html", '<html><a href="/5 mnkr" title="6 mnkr">till ⟦7 mnkr</a>'),
    "entities in a page": ("t.html", "<html><p>sam&shy;manlagt ⟦4&#54;&nbsp;000&#xA0;kronor &amp; ⟦2 mnkr"),
    "marks of footnotes": (
        "t.html",
        "<html><p>⟦46<sup>1</sup> miljoner kronor<sup><a href=#f2>2</a></sup> och ⟦2 mnkr",
    ),
    "powers of ten": ("t.html", "<html><p>10<sup>6</sup> kronor och ⟦2 mnkr"),
    "a table of HTML in Markdown": ("t.md", "# Stöd\n\n<table>\n<tr><td>Stöd<td>⟦46 mnkr\n</table>\n\nOch ⟦2 mnkr"),
    "characters beyond the first 65 536": ("t.md", "👍🏽 stödet är ⟦46 miljoner kronor"),
}


def found(document: str | bytes, name: str = "t.md", size: int = 65_536) -> list[Mention]:
    """The amounts of a document that is read in chunks of a size."""
    data = document.encode() if isinstance(document, str) else document
    return list(mentions((data[at : at + size] for at in range(0, len(data), size)), name))


def marked(document: str) -> list[tuple[int, int]]:
    """The lines and columns of the marks, as if they were not there."""
    lines = document.replace("\r\n", "\n").split("\n")
    pieces = [line.split(MARK)[:-1] for line in lines]
    return [(row, sum(map(len, line[: at + 1])) + 1) for row, line in enumerate(pieces, 1) for at in range(len(line))]


@pytest.mark.parametrize("case", PLACES)
def test_an_amount_is_placed_where_its_words_begin_in_the_file(case: str) -> None:
    name, document = PLACES[case]
    amounts = [one for one in found(document.replace(MARK, ""), name) if not one.found.unreadable]
    assert [(one.place.line, one.place.column) for one in amounts] == marked(document)


@pytest.mark.parametrize("case", PLACES)
def test_nothing_depends_on_the_chunks_a_file_is_read_in(case: str) -> None:
    name, document = PLACES[case]
    text = document.replace(MARK, "")
    assert found(text, name, 1) == found(text, name, 7) == found(text, name)


@pytest.mark.parametrize("text", ["4 * 300 000 kronor", "2*3 mnkr", "4 *300 kr", "1_000 kr", "46* mnkr", "a < 5 kr"])
def test_a_sign_that_is_no_markup_stays(text: str) -> None:
    """`2*3` is not 23; the star of a footnote parts no figure from its unit."""
    [passage] = passages([text.encode()], "t.md")
    assert passage.text == text.replace("46*", "46")


TABLE = """\
Belopp i tkr, om inget annat sägs

| Anslag | 2024 | 2025 | Antal | Kostnad (mnkr) |
|--------|-----:|-----:|------:|---------------:|
| 3:1    | 184 439 | 5 mnkr | 17 | 23,5 |
| Totalt | 200 000 | 9 000 | 18 | 30 |
"""
PAGE = """\
<html><table><caption>Utgifter, tkr</caption>
<tr><th rowspan=2>Namn</th><th colspan=2>2024</th><th>2025</th></tr>
<tr><th>Utfall</th><th>Andel, %</th><th>Budget (mnkr)</th></tr>
<tr><td>Stöd</td><td>1 000</td><td>5</td><td>12</td></tr>
<tr><td>Summa</td><td>2 000</td><td>7</td><td>14</td></tr></table>
"""
TABS = "Namn\tBelopp (tkr)\tÅr\nKammarkollegiet\t184 439\t2021\nSocialstyrelsen\t186 600\t2021\n"


@pytest.mark.parametrize(
    ("name", "document", "expected"),
    [
        (
            "t.md",
            TABLE,
            [
                (5, "184 439", 184_439_000, "", "2024"),
                (5, "5 mnkr", 5_000_000, "", "2025"),
                (5, "23,5", 23_500_000, "", ""),
                (6, "200 000", 200_000_000, "total", "2024"),
                (6, "9 000", 9_000_000, "total", "2025"),
                (6, "30", 30_000_000, "total", ""),
            ],
        ),
        (
            "t.html",
            PAGE,
            [
                (4, "1 000", 1_000_000, "", "2024"),
                (4, "12", 12_000_000, "", "2025"),
                (5, "2 000", 2_000_000, "total", "2024"),
                (5, "14", 14_000_000, "total", "2025"),
            ],
        ),
        ("t.txt", TABS, [(2, "184 439", 184_439_000, "", ""), (3, "186 600", 186_600_000, "", "")]),
    ],
    ids=["Markdown", "HTML", "tabs"],
)
def test_a_cell_has_the_unit_year_and_total_of_its_headings(
    name: str, document: str, expected: list[tuple[int, str, int, str, str]]
) -> None:
    """Nearest first: its own unit, its column's or row's, the table's; never in a column that counts something else."""
    amounts = [
        (one.place.line, one.found.text, (one.found.number or 0) // 100, one.found.role, one.found.year)
        for one in found(document, name)
    ]
    assert amounts == expected


def test_two_units_for_one_cell_are_never_chosen_between() -> None:
    [amount] = found("| Namn | Kostnad (mnkr) |\n|---|---|\n| Stöd, tkr | 23 |")
    assert amount.found.interval is None
    assert amount.found.unreadable == "the headings of its column and row name two units: mnkr and tkr"


FRAGMENTS = (
    *("46 miljoner kronor", "5 000 kr", "drygt", "2024", "tkr", "**", "_", "`", "[", "](/a)", "|", "|---|", "\t", "\n"),
    *(
        "\n\n",
        "# ",
        "- ",
        "1. ",
        "> ",
        "---\n",
        "```\n",
        "<b>",
        "</b>",
        "<table>",
        "<tr>",
        "<td rowspan=2>",
        "</table>",
    ),
    *("<sup>", "</sup>", "<script>", "</script>", "<!--", "-->", "<![", "<?", "&nbsp;", "&#", "&#x110000;", "\\", "\r"),
    *("\u00ad", "\u00a0", "\u202e", "\x1b", "é", "👍", "<", ">", '"', "<html>", "<a href='", "\f", "\v", "\u2028"),
)
documents = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)


@given(documents, st.sampled_from(["t.md", "t.html"]), st.integers(1, 9))
def test_any_text_is_read_alike_in_any_chunks_and_its_amounts_stand_in_the_file(
    text: str, name: str, size: int
) -> None:
    try:
        amounts = found(text, name)
    except UnreadableError:
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in amounts:
        assert lines[one.place.line - 1][one.place.column - 1 :]
    if name == "t.md":
        assert found(text, name, size) == amounts


@given(st.binary(max_size=300), st.sampled_from(["t.md", "t.html"]), st.sampled_from([b"", b"<html>", b"\xef\xbb\xbf"]))
def test_no_bytes_make_an_error_of_ours(data: bytes, name: str, before: bytes) -> None:
    """What is no text is refused."""
    with suppress(UnreadableError):
        found(before + data, name, 50)


def pieces(piece: bytes, number: int, taken: list[int]) -> Iterator[bytes]:
    """The same chunk many times; `taken` is told how many are out."""
    for at in range(number):
        taken.append(at)
        yield piece


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("t.md", b"Regeringen satsar 46 miljoner kronor.\n\n" * 200),
        ("t.md", b"Regeringen satsar 46 miljoner kronor. " * 1000),
        ("t.md", b"ord " * 10_000),
        ("t.md", b"| a | 46 mnkr |\n" * 400),
        ("t.html", b"<p>Regeringen satsar 46 miljoner kronor." * 1000),
        ("t.html", b"<table><tr><td>Regeringen satsar 46 miljoner kronor. " + b"Mer. " * 8000),
    ],
    ids=["paragraphs", "one line", "words", "a table", "a page", "one cell"],
)
def test_a_document_is_read_as_it_comes(name: str, piece: bytes) -> None:
    """Passages come out while most of the document is still to come, and none is long: memory stays flat."""
    taken: list[int] = []
    stream: Iterable[Passage] = passages(pieces(piece, 40, taken), name)
    for number, passage in enumerate(stream):
        assert len(passage.text) < 200_000
        if number == 0:
            assert len(taken) < 10
    assert len(taken) == 40


def test_no_amount_is_lost_where_a_long_text_is_cut() -> None:
    text = "Regeringen satsar 46 miljoner kronor till stödet. " * 5000
    assert len(found(text)) == 5000
    assert {one.found.number for one in found(text)} == {46_000_000_00}


def put(folder: Path, name: str, content: str | bytes) -> str:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return name


def scanned(folder: Path, *arguments: str) -> dict[str, Any]:
    done = run("scan", "--format", "json", *arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


def test_json_has_the_fields_that_are_promised(tmp_path: Path) -> None:
    """Money is plain kronor as text; an open end is given by its limit, an unbounded one is null."""
    put(tmp_path, "a.md", "Ett tillskott på drygt 600 miljoner kronor 2024. Minst 50 000,50 kr. Sedan 375 00 kronor.")
    answer = scanned(tmp_path, "a.md")
    assert set(answer) == {"schema", "amounts"}
    assert answer["schema"] == 1
    first, second, third = answer["amounts"]
    assert first == {
        "text": "drygt 600 miljoner kronor",
        "low": "600000000",
        "high": "700000000",
        "currency": "SEK",
        "line": 1,
        "column": 18,
        "role": "top-up",
        "year": "2024",
        "unreadable": None,
    }
    assert (second["low"], second["high"], second["role"]) == ("50000.50", None, None)
    assert (third["low"], third["high"]) == (None, None)
    assert third["unreadable"]


def test_json_of_several_files_names_the_file_of_each_amount(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "5 mnkr")
    put(tmp_path, "b.txt", "6 mnkr")
    amounts = scanned(tmp_path, "a.md", "b.txt")["amounts"]
    assert [(one["path"], one["low"]) for one in amounts] == [("a.md", "5000000"), ("b.txt", "6000000")]


@pytest.mark.parametrize("content", ["", "\n\n", "Inga pengar här, 2024.\n", "<html></html>"])
def test_a_text_without_amounts_is_no_fault(content: str, tmp_path: Path) -> None:
    put(tmp_path, "a.md", content)
    assert scanned(tmp_path, "a.md") == {"schema": 1, "amounts": []}
    done = run("scan", "a.md", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "ledger: no amount of money in 'a.md'\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"%PDF-1.7\n", "1:1: a PDF: convert it to text first"),
        (b"PK\x03\x04\x14\x00", "1:1: a zip, or a document of Office: save it as text or HTML"),
        ("5 kr åäö".encode("utf-16") + b"x", "1:9: not utf-16: byte 0x78"),
        (
            "5 kr\nHär är 6 kr".encode("cp1252"),
            "2:2: not UTF-8: byte 0xE4, it looks like Windows-1252: say --encoding windows-1252",
        ),
        (b"5 kr\n\xff\xff\xff", "2:1: not UTF-8: byte 0xFF; save it as UTF-8"),
        (b"5 kr\nab\x00", "2:3: not a text: it holds a zero byte"),
        ("5 kr å".encode()[:-1], "1:6: not UTF-8: byte 0xC3"),
        (b"<html><p>5 kr<![x 6 kr", "1:14: not readable as HTML"),
    ],
    ids=["PDF", "zip", "UTF-16", "Windows-1252", "bytes", "zero byte", "half a character", "declaration"],
)
def test_what_is_no_text_is_refused_with_its_place(content: bytes, message: str, tmp_path: Path) -> None:
    """Nothing of such a file is shown, also when it begins well."""
    put(tmp_path, "a", content)
    done = run("scan", "a", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"ledger: a:{message}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_all_faulty_files_are_named_and_the_others_shown(form: str, tmp_path: Path) -> None:
    put(tmp_path, "a.md", "5 mnkr")
    put(tmp_path, "bad.txt", b"6 mnkr \xff")
    put(tmp_path, "c.md", "7 mnkr")
    (tmp_path / "folder").mkdir()
    done = run("scan", "a.md", "bad.txt", "none.md", "folder", "c.md", "-f", form, folder=tmp_path)
    assert done.returncode == 2
    assert [text in done.stdout for text in ("5 mnkr", "6 mnkr", "7 mnkr")] == [True, False, True]
    assert done.stderr.splitlines() == [
        "ledger: bad.txt:1:8: not UTF-8: byte 0xFF; save it as UTF-8",
        "ledger: cannot read 'none.md': no such file or directory",
        "ledger: cannot read 'folder': is a directory",
    ]


def test_a_result_goes_to_a_file_whole(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "5 mnkr\n\n6 mnkr")
    printed = run("scan", "a.md", "-f", "json", folder=tmp_path).stdout
    done = run("scan", "a.md", "-f", "json", "-o", "a.json", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == printed


def test_words_cannot_steer_a_terminal(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "sam\u00admanlagt 5\u202f000 kro\u00adnor \x1b[31m\n")
    for form in ("table", "csv", "json", "markdown"):
        shown = run("scan", "a.md", "-f", form, folder=tmp_path).stdout
        assert "\x1b" not in shown
        assert "5" in shown


CITED = """\
sources:
  pr: {title: Press release, kind: press-release}
  other: {title: Another one, kind: press-release}
  unused: {title: Never cited, kind: press-release}
allocations:
  shelters-2024:
    title: Stöd till jourer
    kind: grant
    year: 2024
    source: pr
    base: 28 mnkr
    total: 46 mnkr
    top_ups: [{amount: 18 mnkr, source: other}]
    restated: [{amount: ca 50 mnkr, source: pr}]
    outcome: {amount: 44 500 tkr, source: pr}
claims:
  all-2024: {title: All, year: 2024, amount: drygt 600 mnkr, source: pr}
"""
WHOLE = """\
Stödet på 28 miljoner kronor blir 46 mnkr (46 miljoner kronor), alltså ca 50 miljoner kronor; 44 500 000 kronor gick åt.
Regeringen satsar drygt 600 miljoner kronor.
"""


def held(folder: Path, document: str, *arguments: str, source: str = "pr") -> tuple[int, dict[str, Any]]:
    """The status, and the figures by what came of them."""
    if not (folder / "data").exists():
        ledger(folder, CITED)
    put(folder, "a.md", document)
    done = run("scan", "--check", "a.md", "--source", source, "-f", "json", *arguments, folder=folder)
    rows = json.loads(done.stdout)["rows"]
    status: dict[str, Any] = {}
    for row in rows:
        name = f"{row['id']} {row['figure']}" if row["id"] else row["text"]
        status.setdefault(row["status"], {})[name] = (row["places"], row["remark"])
    return done.returncode, status


def test_a_document_that_carries_every_figure_ends_clean(tmp_path: Path) -> None:
    """Base, total, restatement, outcome and claim that cite the source; not the top-up that cites another."""
    code, status = held(tmp_path, WHOLE)
    assert code == 0
    assert status == {
        "found": {
            "shelters-2024 base": (["1:11"], None),
            "shelters-2024 total": (["1:35", "1:44"], None),
            "shelters-2024 restated": (["1:72"], None),
            "shelters-2024 outcome": (["1:95"], None),
            "all-2024 claim": (["2:19"], None),
        }
    }


def test_a_figure_that_is_gone_is_missing(tmp_path: Path) -> None:
    code, status = held(tmp_path, WHOLE.replace("28 miljoner", "29 miljoner"))
    assert code == 1
    assert status["missing"] == {"shelters-2024 base": ([], None)}
    assert status["not in the ledger"] == {"29 miljoner kronor": (["1:11"], None)}


def test_another_qualifier_is_another_figure(tmp_path: Path) -> None:
    code, status = held(tmp_path, WHOLE.replace("drygt 600", "600").replace("28 miljoner", "cirka 28 miljoner"))
    assert code == 1
    assert status["found otherwise"] == {
        "shelters-2024 base": (["1:11"], "found as 'cirka 28 miljoner kronor'"),
        "all-2024 claim": (["2:19"], "found as '600 miljoner kronor'"),
    }


def test_the_number_without_a_unit_is_not_the_figure(tmp_path: Path) -> None:
    code, status = held(tmp_path, WHOLE.replace("44 500 000 kronor", "44 500 000"))
    assert code == 1
    assert status["found otherwise"] == {
        "shelters-2024 outcome": (["1:95"], "found as '44 500 000' (no unit stands with it)")
    }


def test_the_same_number_in_other_words_is_said_beside_the_figure(tmp_path: Path) -> None:
    code, status = held(tmp_path, f"# 600 miljoner kronor\n\n{WHOLE}")
    assert code == 0
    assert status["found"]["all-2024 claim"] == (["4:19"], "also as '600 miljoner kronor', 1:3")


def test_what_the_ledger_has_from_elsewhere_is_told(tmp_path: Path) -> None:
    """An amount in the document that another source is cited for; other currencies are not compared."""
    code, status = held(tmp_path, f"{WHOLE}\nAv detta är 18 miljoner kronor nytt, och 5 miljoner euro.\n")
    assert code == 0
    assert status["not in the ledger"] == {"18 miljoner kronor": (["4:13"], "equals shelters-2024 top-up")}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.md", "--check"], "--check needs the source that the document is: add --source ID"),
        (["a.md", "--source", "pr"], "--source says what document --check is about: add --check"),
        (["a.md", "b.md", "--check", "--source", "pr"], "--check is about one document: name one FILE"),
        (["a.md", "--check", "--source", "prr"], "unknown source 'prr' (did you mean 'pr'?)"),
        (["none.md", "--check", "--source", "pr"], "cannot read 'none.md': no such file or directory"),
    ],
)
def test_what_cannot_be_checked_is_said(arguments: list[str], message: str, tmp_path: Path) -> None:
    ledger(tmp_path, CITED)
    put(tmp_path, "a.md", WHOLE)
    done = run("scan", *arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == f"ledger: {message}"


def test_a_source_that_nothing_cites_lacks_nothing(tmp_path: Path) -> None:
    ledger(tmp_path, CITED)
    put(tmp_path, "a.md", "5 mnkr")
    done = run("scan", "--check", "a.md", "--source", "unused", folder=tmp_path)
    assert done.returncode == 0
    assert "ledger: the ledger cites no figure from 'unused'\n" in done.stderr


def test_the_shell_is_offered_the_sources(tmp_path: Path) -> None:
    ledger(tmp_path, CITED)
    words = ["ledger", "scan", "a.md", "--check", "--source", "o"]
    asked = {"_LEDGER_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    assert run(folder=tmp_path, **asked).stdout.split() == ["other"]


PAGES = Path(__file__).parents[2] / "shared" / "pages"
"""Whole pages of regeringen.se, each with its address in its first line, where they lie beside the project."""

BARE = {("art-2025-01-exploatering", "fohm-skolverket-2025 base")}
"""The page prints this number without any unit."""


@pytest.mark.skipif(not PAGES.exists(), reason="the collection of pages is not beside the project (../shared/pages)")
def test_real_pages_carry_every_figure_that_the_ledger_cites_from_them(tell: Tell) -> None:
    book = load(Path(__file__).parents[1] / "data").book
    pages: dict[str, Path] = {}
    for text in PAGES.glob("*.md"):
        address = re.search(r"https?://[^ >]+", text.read_text(encoding="utf-8").split("\n", 1)[0])
        pages[address[0].rstrip("/") if address else ""] = text
    figures, gone = 0, set()
    for source in book.sources.values():
        page = pages.get(source.url.rstrip("/")) if source.url else None
        if page is not None:
            amounts = mentions([page.read_bytes()], page.name, numbers_of(book, source.id))
            for one in carried(book, source.id, amounts, page.name).carried:
                figures += one.cited is not None
                if one.cited and one.status != "found":
                    gone.add((source.id, one.cited.name))
    tell(f"scan --check: {figures - len(gone)} of {figures} figures found in the pages that they are cited from")
    assert figures > 50
    assert gone == BARE
