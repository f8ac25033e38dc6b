"""The pages for readers: their ledgers are checked, their commands run, their tables compared with the code.

After a wanted change, `UPDATE_TRANSCRIPTS=1 pytest tests/test_guide.py` rewrites its transcripts; read the diff.
"""

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Literal, get_args, get_origin, get_type_hints

import pytest
from checked import checked, marked
from transcript import ROOT, played

from ledger.book import LEVELS, Line
from ledger.checks import load_checks
from ledger.money import Interval, read_amount, swedish
from ledger.money.qualifiers import SENSES
from ledger.money.units import SCALES, UNITS
from ledger.query import TERMS, Query, parse
from ledger.reading import load, load_text
from ledger.reading.model import (
    RECORDS,
    AcceptRecord,
    ExtensionRecord,
    FigureRecord,
    Record,
    TopUpRecord,
)
from ledger.reading.pages import pages
from ledger.reading.scalar_types import Date, Number

DOCS = ROOT / "docs"
GUIDE = sorted(f"format/{path.name}" for path in (DOCS / "format").glob("*.md"))
FOR_READERS = ("journalist.md", "new-policy-area.md", "maintainer.md", "coming-from.md")
PAGES = ("format.md", *GUIDE, "terms.md", *FOR_READERS)
EVERY_PAGE = sorted(
    [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]
    + [f"../{path.name}" for path in ROOT.glob("*.md")]
)
MODELS: MappingProxyType[str, type[Record]] = MappingProxyType(
    {
        "a line": RECORDS["allocations"],
        "a figure": FigureRecord,
        "a top-up": TopUpRecord,
        "a claim": RECORDS["claims"],
        "an acceptance": AcceptRecord,
        "an agency": RECORDS["agencies"],
        "a source": RECORDS["sources"],
        "a goal": RECORDS["goals"],
        "an initiative": RECORDS["initiatives"],
        "an extension": ExtensionRecord,
        "`ledger`": RECORDS["ledger"],
    }
)
_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_YAML = re.compile(r"^```yaml(?: (?P<name>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)")

each_page = pytest.mark.parametrize("page", PAGES)
each_record = pytest.mark.parametrize("name", MODELS)


@cache
def read(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def sections(page: str) -> list[tuple[str, str]]:
    """Each heading of a page, of any level, with what stands between it and the next one."""
    text = read(page)
    without = _BLOCK.sub(lambda block: re.sub(r"[^\n]", "_", block[0]), text)
    heads = list(_HEADING.finditer(without))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [(head[1], text[head.end() : end]) for head, end in zip(heads, ends, strict=True)]


def table(heading: str) -> list[tuple[str, ...]]:
    """The rows of the one table of a section, without its head; no two sections with a table share a heading."""
    [section] = [text for page in (*GUIDE, "terms.md") for head, text in sections(page) if head == heading]
    rows = [line for line in section.split("\n") if line.startswith("|")]
    return [tuple(cell.strip() for cell in row.split("|")[1:-1]) for row in rows[2:]]


def code(cell: str) -> list[str]:
    """The words of a cell that are set as code."""
    return re.findall(r"`([^`]+)`", cell)


def ledgers(page: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every ledger of a page with its section: a block without a name, or the files put into one folder.

    A file that a section writes a second time begins the next ledger of that folder.
    """
    for heading, section in sections(page):
        folders: dict[str, dict[str, str]] = {}
        for block in _YAML.finditer(section):
            if block["name"] is None:
                yield heading, (block["text"],)
                continue
            files = folders.setdefault(PurePosixPath(block["name"]).parts[0], {})
            if block["name"] in files:
                yield heading, tuple(files.values())
                files.clear()
            files[block["name"]] = block["text"]
        yield from ((heading, tuple(files.values())) for files in folders.values())


LEDGERS = [
    pytest.param(files, id=f"{page} {number} {heading}")
    for page in PAGES
    for number, (heading, files) in enumerate(ledgers(page), 1)
]


@each_page
def test_every_console_block_is_what_its_commands_print(page: str, tmp_path: Path) -> None:
    """A yaml block with a file name is written into a new folder, and the commands below it are run there."""
    text = read(page)
    made = played(text, tmp_path)
    assert "a fault of the program" not in made
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        (DOCS / page).write_text(made, encoding="utf-8")
    assert made == text


@pytest.mark.parametrize("files", LEDGERS)
def test_every_yaml_block_is_a_whole_ledger_with_just_the_marked_findings(files: tuple[str, ...]) -> None:
    assert checked(*files).found == marked(*files)


@each_page
def test_no_yaml_block_is_passed_over(page: str) -> None:
    """A block with another head, say two words behind `yaml`, would otherwise be neither run nor checked."""
    assert read(page).count("```yaml") == sum(len(files) for _, files in ledgers(page))


@each_record
def test_the_table_of_a_record_has_its_fields_and_the_required_ones_in_bold(name: str) -> None:
    rows = table(f"Fields of {name}")
    fields = MODELS[name].model_fields
    assert sorted(code(row[0])[0] for row in rows) == sorted(fields)
    bold = {code(row[0])[0] for row in rows if row[0].startswith("**")}
    assert bold == {field for field, about in fields.items() if about.is_required()}


@each_record
def test_the_table_of_a_record_says_what_each_field_takes(name: str) -> None:
    """Fixed words are all named, and dates, whole numbers and figures are called so."""
    for row in table(f"Fields of {name}"):
        says, taken = row[1], taken_by(MODELS[name], code(row[0])[0])
        words = [word for one in taken if get_origin(one) is Literal for word in get_args(one)]
        assert sorted(code(says)) == sorted(words)
        assert bool(re.search(r"\bdates?\b", says)) == (Date in taken)
        assert ("whole number" in says) == (Number in taken)
        assert ("figure" in says) == (FigureRecord in taken)


def taken_by(model: type[Record], field: str) -> list[object]:
    """The type of a field, with those inside a list or an alternative."""
    waiting: list[object] = [get_type_hints(model, include_extras=True)[field]]
    found = []
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting.extend(get_args(one) if get_origin(one) is not Literal else ())
    return found


def test_the_table_of_top_level_keys_has_every_one() -> None:
    assert sorted(code(row[0])[0] for row in table("The top of a file")) == sorted(RECORDS)


def test_the_table_of_kinds_has_every_one_with_its_level() -> None:
    rows = table("Kinds of lines")
    assert {code(kind)[0]: level for kind, *_, level in rows} == LEVELS


OTHERWISE = MappingProxyType(
    {
        "title": ("one", "two"),
        "kind": ("grant", "item"),
        "year": ("2020", "2021"),
        "code": ("UO13", "UO14"),
        "recipient": ("one", "two"),
        "base": ("1 kr", "2 kr"),
        "total": ("1 kr", "2 kr"),
        "outcome": ("1 kr", "2 kr"),
        "top_ups": ("[{amount: 1 kr}]", "[{amount: 2 kr}]"),
        "parts_are": ("complete", "partial"),
        "of": ("one", "two"),
        "unit": ("tkr", "mnkr"),
        "rounded_to": ("1 kr", "2 kr"),
        "counted": ("yes", "no"),
        "stage": ("planned", "proposed"),
        "goals": ("[one]", "[two]"),
        "gender_marker": ("1", "2"),
        "decided": ("2020-01", "2020-02"),
        "source": ("one", "two"),
        "restated": ("[{amount: 1 kr}]", "[{amount: 2 kr}]"),
        "accept": ("[{check: one, reason: one}]", "[{check: two, reason: two}]"),
        "note": ("one", "two"),
    }
)
"""Two values of each field of a line, save `parts`."""


@pytest.mark.parametrize("field", [field for field in MODELS["a line"].model_fields if field != "parts"])
def test_a_part_changes_with_the_field_of_its_line_where_the_table_says_so(field: str) -> None:
    """A part of a line is read twice, with two values of the line's field."""
    [says] = [row[2] for row in table("Fields of a line") if code(row[0]) == [field]]
    one, two = (part_of_a_line(field, value) for value in OTHERWISE[field])
    assert (one != two) == ("inherited" in says or "continues" in says)


def part_of_a_line(field: str, value: str) -> Line:
    fields = {"title": "outer", "kind": "area", "year": "2020", "unit": "tkr"} | {field: value}
    rows = "".join(f"    {name}: {text}\n" for name, text in fields.items())
    text = f"allocations:\n  outer:\n{rows}    parts: {{inner: {{title: inner, kind: item, total: 5}}}}\n"
    return load_text(text).book.lines["outer/inner"]


def limits(interval: Interval, unit: str) -> str:
    """An interval in the words of the guide."""
    low, high = ("" if end is None else swedish(end, unit) for end in (interval.low, interval.high))
    if not high:
        return f"{low} or more"
    if interval.low_open:
        return f"above {low}, to {high}"
    return f"{low} to below {high}" if interval.high_open else f"{low} to {high}"


def test_the_table_of_words_before_an_amount_has_every_one_with_its_true_limits() -> None:
    rows = table("Words before an amount")
    assert sorted(word for row in rows for word in code(row[0])) == sorted(SENSES)
    for words, _, hundreds, tenths in rows:
        for word in code(words):
            assert limits(read_amount(f"{word} 600 mnkr").interval, "mnkr") == hundreds
            assert limits(read_amount(f"{word} 6,3 mdkr").interval, "mdkr") == tenths


def test_the_table_of_ranges_has_their_true_limits() -> None:
    for written, says in table("Ranges"):
        [text] = code(written)
        assert limits(read_amount(text).interval, "mnkr") == says


def test_the_table_of_units_has_every_unit_word_with_its_kronor() -> None:
    rows = {word.casefold(): kronor for kronor, words in table("Units") for word in code(words)}
    single = {word: factor for word, factor in (UNITS | SCALES).items() if " " not in word}
    assert rows == {word: swedish(100 * factor, "kr") for word, factor in single.items()}


def test_the_table_of_terms_is_that_of_the_program() -> None:
    rows = [(code(key)[0], meaning, code(last)[0]) for key, meaning, last in table("All keys")]
    assert rows == [tuple(term) for term in TERMS]


def test_every_example_in_the_table_of_terms_is_read_by_the_shipped_ledger() -> None:
    book = load(ROOT / "data").book
    for *_, example in table("All keys"):
        assert isinstance(parse(code(example), book), Query), example


def test_every_page_that_is_named_for_explain_exists() -> None:
    named = {name for page in PAGES for name in re.findall(r"ledger explain ([a-z-]+)", read(page))}
    assert named
    assert named <= {*(check.id for check in load_checks()), *pages()}


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_link_leads_to_a_file_and_a_heading(page: str) -> None:
    for target, anchor in _LINK.findall(_BLOCK.sub("", read(page))):
        other = (DOCS / page).parent / target if target else DOCS / page
        assert other.exists(), target
        heads = sections(os.path.relpath(other, DOCS)) if anchor else []
        assert not anchor or anchor in {anchor_of(heading) for heading, _ in heads}, f"{target}#{anchor}"


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_nobody_scrolls_through_more_than_900_lines(page: str) -> None:
    assert len(read(page).splitlines()) <= 900


def anchor_of(heading: str) -> str:
    """The anchor that GitHub and most others give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
