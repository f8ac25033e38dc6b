"""What mutation begins with: the files of the project, as a whole and in pieces, and the documents that tests build."""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from benchmarks.ledgers import Size, as_yaml, group
from ledger.commands._export import table_of_lines, whole_ledger
from ledger.reading import load_text
from ledger.render import csv_, csv_excel_sv, json_, parquet
from ledger.store import export_file

ROOT = Path(__file__).parents[1]
PAGES = ROOT.parent / "shared" / "pages"
"""Pages of the government, which may lie beside the project; without them there are fewer seeds."""

_BLOCK = re.compile(r"^`{3,}(yaml|csv|text) \S+\n(.*?)^`{3,}$", re.MULTILINE | re.DOTALL)
_TOP = re.compile(r"^(\w+:)\n(.*?)(?=^\w|\Z)", re.MULTILINE | re.DOTALL)
_ENTRY = re.compile(r"^ {2}\S.*\n(?:^(?: {3,}.*)?\n)*", re.MULTILINE)


def shipped() -> list[str]:
    """The files of the shipped data."""
    return [file.read_text(encoding="utf-8") for file in sorted((ROOT / "data").rglob("*.yaml"))]


@cache
def blocks(kind: str) -> tuple[str, ...]:
    """The files of one kind that the transcripts of the command line begin with."""
    pages = sorted((ROOT / "tests" / "transcripts").glob("*.md"))
    found = [block for page in pages for block in _BLOCK.findall(page.read_text(encoding="utf-8"))]
    return tuple(text for of, text in found if of == kind)


def ledgers() -> list[bytes]:
    """Ledger files: small ones whole, large ones entry by entry, and cases of the public YAML test suite."""
    texts = [*blocks("yaml"), *shipped(), as_yaml([group(3, Size(1000))])]
    running = import_module("running")
    pieces = [running.CLEAN, running.MISMATCH, running.BROKEN, *(piece for text in texts for piece in _entries(text))]
    rows = (ROOT / "tests" / "facts" / "yaml-test-suite.jsonl").read_text(encoding="utf-8").splitlines()
    suite = [json.loads(row)["yaml"] for row in rows]
    return [text.encode() for text in (*texts, *pieces, *pieces, *suite)]


def _entries(text: str) -> Iterator[str]:
    """Each entry of a file under its top-level key, as a file of its own."""
    for top in _TOP.finditer(text):
        for entry in _ENTRY.findall(top[2]):
            yield f"{top[1]}\n{entry}"


def sentences() -> list[bytes]:
    """Passages with amounts, as plain text, Markdown and HTML."""
    rows = (ROOT / "tests" / "facts" / "prose-unseen.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(row)["context"] for row in rows]
    tables = [
        "| Anslag | 2024 | 2025 |\n|---|---:|---:|\n| 3:1 (tkr) | 439 039 | 1,5 |\n| Summa | 2 000 | – |\n",
        "Belopp i mnkr\n\n| | 2024 |\n|:--|--|\n| A | 23,5 |\n| **Totalt** | 25 |\n",
    ]
    html = [f"<p>{text}</p>" for text in texts[::9]]
    html += [
        "<!doctype html><html><body><table><caption>tkr</caption><tr><th>År<th>Belopp, mnkr</tr><tr><td>2024<td>5</tr>",
        "<html><table><tr><td rowspan=2>2025<td>1&nbsp;500 tkr</tr><tr><td colspan=2>2&#160;000 kr</table></html>",
        "<html><head><title>5 mnkr</title><style>a{}</style></head><body><h1>600 miljoner</h1><ul><li>10 tkr<li></ul>",
        "<p><b>1</b>,<i>5</i> miljoner kronor<script>7 kr</script><!-- 8 kr --></p><p>Totalt<br>9 kr</p></body></html>",
    ]
    pages = [page.read_text(encoding="utf-8") for page in sorted(PAGES.glob("*.md"))]
    found = [*texts, *tables, *html, *html, *blocks("text"), *(piece for page in pages for piece in page.split("\n\n"))]
    return [text.encode() for text in found if text.strip()]


def documents() -> list[bytes]:
    """Letters, outcome files and tables; each also as HTML, or in a zip, where it comes so."""
    letters, outcomes = import_module("letters"), import_module("outcomes")
    head = letters.LETTER_2021.split("Disponeras av Läns")[0]
    rows = ("Disponeras av MUCF9 000", "ap.11Särskilda åtgärder (ram)9 000", "ap.11.1Del1 000")
    small = letters.letter(*rows)
    html = "".join(f"<tr><td>{row[:-5]}</td><td>{row[-5:]}</td></tr>" for row in rows)
    page = f"<html><body><p>Regleringsbrev för budgetåret 2021</p><table>{html}</table></body></html>"
    yearly = outcomes.yearly({2025: {"3:1": 571_039}}, outcomes.yearly_row(2024, "3:1", 5, top_ups=2, outcome=1))
    months = ["1,00000000"] * 3 + [""] * 9
    row = outcomes.monthly_row(2025, "1303001", "1", ("Jämställdhetsmyndigheten", "202100-5000"), months)
    monthly = outcomes.file(outcomes.MONTHLY, [row])
    tables = [
        "code;year;total\nUO13 3:1;2025;571 039\n",
        "id,year,base,top_ups,total,outcome\njamy-trafficking-2024,2024,22000000,1500000,23500000,\n",
        "recipient\tyear\tamount\njamy\t2024\t23,5 mnkr\nnsp\t2024\tca 5 tkr\n",
        "code,year,recipient,title,kind,total\nUO13 3:1 ap.12,2021,Kammarkollegiet,Rest,item,184439000\n",
    ]
    texts = [letters.LETTER_2021, head, small, small, page, *tables, *tables, *tables, *blocks("csv"), *blocks("text")]
    packed = [_zipped(data) for data in (yearly, monthly)]
    return [*(text.encode() for text in texts), yearly, yearly, yearly, monthly, monthly, *packed]


@cache
def workbooks() -> tuple[bytes, ...]:
    """Workbooks of all kinds, each small; and tables in other encodings than UTF-8."""
    files = sorted((ROOT / "tests" / "facts" / "tables").iterdir())
    return tuple(file.read_bytes() for file in files if file.suffix in (".xlsx", ".xls", ".ods", ".csv"))


@cache
def exports() -> tuple[bytes, ...]:
    """What `ledger export` writes of a small ledger: all of it, and its lines."""
    book = load_text(import_module("every_field").EVERY_FIELD).book
    lines = table_of_lines(book, list(book.lines.values()), {})
    whole = table_of_lines(book, list(book.lines.values()), {}, whole_ledger(book))
    made = [json_.table(whole), json_.table(lines), csv_.table(lines), csv_excel_sv.table(lines)]
    return (*(text.encode() for text in made), export_file(book), parquet.table(lines))


def _zipped(data: bytes) -> bytes:
    """A zip of one file, without the time at which it was made."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("utfall.csv"), data, ZIP_DEFLATED)
    return packed.getvalue()


def terms() -> list[bytes]:
    """Terms, one a line."""
    one = (
        *(
            "year:2024",
            "2024",
            "recipient:jamy",
            "kind:grant",
            "goal:violence",
            "goal:6",
            "code:UO13 3:1",
            "id:jamy-trafficking-2024",
        ),
        *(
            "total:10mnkr..",
            "total:>=10mnkr",
            "total:1,5mnkr..20mnkr",
            "base:..5tkr",
            "outcome:>0kr",
            "top-ups:<2 mdkr",
        ),
        *(
            "decided:2024-03..",
            "decided:2024-02-29",
            "level:grants",
            "stage:planned",
            "text:våld",
            "not:kind:item",
            "not:2023",
        ),
        *(
            'code:"UO13 3:1 ap.12"',
            "source:art-2024-04-prostitution",
            "title:stöd",
            "våld",
            "year:2021..2024",
            "year:..2020",
        ),
    )
    return [*(term.encode() for term in one), "\n".join(one[:3]).encode(), "\n".join(one[8:12]).encode()]
