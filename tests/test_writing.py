"""Records put into YAML files: every reader reads the same text, every other byte stays, a change is whole or not."""

import io
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from ledger.diagnostic import Finding
from ledger.reading import load_text
from ledger.reading.yaml.document import parse
from ledger.reading.yaml.nodes import Node
from ledger.writing import (
    CannotWriteError,
    Change,
    ChangedMeanwhileError,
    Record,
    Value,
    add_top_up,
    as_diff,
    insert,
    new_file,
    text_of,
    unit_in_scope,
    write,
)

DATA = Path(__file__).parents[1] / "data"
SHIPPED = sorted(DATA.rglob("*.yaml"), key=str)
RECORDS = [path for path in SHIPPED if path.name != "initiatives.yaml"]
"""What holds records of the kinds that are written."""
LINE = Record("allocations", "new-2024", {"title": "Ny", "kind": "grant", "year": "2024", "total": "5 mnkr"})


def plain(value: object) -> object:
    """The same data in Python's own types, all scalars as texts in NFC, in which they are written."""
    if isinstance(value, Mapping):
        return {normalize("NFC", key): plain(one) for key, one in value.items()}
    if isinstance(value, str):
        return normalize("NFC", value)
    return [plain(one) for one in value] if isinstance(value, Sequence) else str(value)


def strictly(text: str) -> object:
    """What our own reader reads, without fault."""
    document = parse(text.encode(), "it.yaml")
    assert document.faults == ()
    return plain(document.root)


def by_pyyaml(text: str) -> object:
    """What PyYAML's own scanner reads, all scalars as texts."""
    return plain(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - it makes nothing but texts


def by_yaml_1_2(text: str) -> object:
    """What an independent parser of YAML 1.2 reads, all scalars as texts."""
    return plain(YAML(typ="base", pure=True).load(io.StringIO(text)))


# --- Texts

TRICKY = [
    *("a: b", "a #b", "a:", ": a", "#", "# a", "-", "- a", "-1,5 mnkr", "--- a", "...", "?", "? a", "!a", "&a", "*a"),
    *("3:1", "UO13 3:1", "NO", "no", "yes", "true", "null", "~", "0601003", "09", "10", "1.10", "1e3", "0x1F", "2024"),
    *(
        "2024-03-27",
        "1_000",
        "=",
        "<<",
        "@a",
        "`a`",
        "%a",
        "|",
        ">",
        "| a",
        "'a'",
        '"a"',
        'say "a"',
        "it's",
        "\\",
        "a\\",
    ),
    *("a, b", "[a]", "{a}", "a]", "a}", "a{b", "1,5 mnkr", "https://a.se/b?c=d#e", "å ä ö", "människohandel 🏳️‍🌈"),
    *(
        " a",
        "a ",
        "  ",
        "",
        "\u00a0a",
        "a\u00a0b",
        "a  b",
        "a\nb",
        "a\n",
        "\n",
        "a\tb",
        "\ta",
        "a\n  b\n\nc",
        "−5",
        "„a”",
    ),
    *("soft\u00adhyphen", "zero\u200bwidth", "a -b", "a - b " * 30, "# " * 80, ": " * 80, '" ' * 80, "a  " * 60),
]
WRITABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\uffff\ufffe")
    | st.sampled_from(" \n\t:#-,[]{}'\"\\")
)
TEXTS = st.sampled_from(TRICKY) | WRITABLE | st.lists(WRITABLE, min_size=5).map(" ".join)


def test_each_tricky_text_is_read_back_by_every_reader() -> None:
    """In block style, in a list, in braces and as a key."""
    fields: dict[str, Value] = {f"f{number}": text for number, text in enumerate(TRICKY)}
    short: dict[str, Value] = {f"s{number}": {"a": text, "b": [text]} for number, text in enumerate(TRICKY)}
    text = new_file(
        [Record("allocations", "x", {**fields, **short, "list": TRICKY, "maps": [{"a": t} for t in TRICKY]})]
    )
    meant = {"allocations": {"x": {**fields, **short, "list": TRICKY, "maps": [{"a": t} for t in TRICKY]}}}
    assert strictly(text) == by_pyyaml(text) == by_yaml_1_2(text) == meant


@given(TEXTS, TEXTS, st.integers(0, 120))
def test_every_text_is_read_back_by_every_reader(one: str, other: str, padding: int) -> None:
    """Wherever it stands, and wherever its lines are broken."""
    fields: dict[str, Value] = {
        "a": "x" * padding + one,
        "b": {"amount": one, "words": other},
        "c": [one, other],
        "d": [{"amount": other}, {"note": one + " " + other, "source": [one]}],
        "e": {"part": {"title": one, "parts": {"inner": {"title": other}}}},
    }
    text = new_file([Record("allocations", "x", fields)])
    assert strictly(text) == by_pyyaml(text) == by_yaml_1_2(text) == {"allocations": {"x": plain(fields)}}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Stöd till jourer", "Stöd till jourer"),
        ("UO13 3:1", "UO13 3:1"),
        ("2024", "2024"),
        ("2024-03-27", "2024-03-27"),
        ("no", "no"),
        ("9 000", "9 000"),
        ("-1 500 tkr", "-1 500 tkr"),
        ("1,5 mnkr", "1,5 mnkr"),
        ("https://a.se/b?c=d#e", "https://a.se/b?c=d#e"),
        ("Beslut: bidrag", '"Beslut: bidrag"'),
        ("3:1", '"3:1"'),
        ("NO", '"NO"'),
        ("0601003", '"0601003"'),
        ("1.10", '"1.10"'),
        ('say "yes"', 'say "yes"'),
        ('"yes"', '"\\"yes\\""'),
        ("a\nb", '"a\\nb"'),
    ],
)
def test_only_what_a_reader_could_take_for_something_else_is_quoted(text: str, written: str) -> None:
    """As in the shipped files: years, dates, codes and amounts stand plain."""
    assert new_file([Record("sources", "x", {"title": text})]) == f"sources:\n  x:\n    title: {written}\n"


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ud800", "\uffff"]
)
@pytest.mark.parametrize("where", ["value", "key", "comment", "header"])
def test_a_character_that_no_file_can_hold_is_named(character: str, where: str) -> None:
    """Control characters are no text of a source; which one it is, is said with what stands around it."""
    texts = dict.fromkeys(("value", "key", "comment", "header"), "a") | {where: f"before{character}after"}
    record = Record("sources", "x", {texts["key"]: texts["value"]}, texts["comment"])
    with pytest.raises(CannotWriteError, match=rf"U\+{ord(character):04X} .*before.*after"):
        new_file([record], texts["header"])


# --- Records into a file that is there

NEW = Record("allocations", "new", {"title": "Ny"})
INSERTIONS = {
    # What is put in stands between « and ».
    "a section with records": "allocations:\n  old: {title: A}\n«\n  new:\n    title: Ny\n»",
    "a file without a final line end": "allocations:\n  old: {title: A}«\n\n  new:\n    title: Ny\n»",
    "a section before another": "allocations:\n  old: {title: A}   # a\n«\n  new:\n    title: Ny\n»\n\nclaims:\n  c: {title: C}\n",
    "comments of the section above, of the next one below": (
        "allocations:\n  old:\n    title: A\n    # of old\n\n  # --- more to come\n«\n  new:\n    title: Ny\n\n»# of claims\nclaims:\n"
    ),
    "a section indented by four": "allocations:\n    old:\n        title: A\n«\n    new:\n        title: Ny\n»",
    "a section with nothing in it": "allocations:  # none\n  # soon\n«  new:\n    title: Ny\n\n»claims:\n",
    "a section that is missing": "claims:\n  c: {title: C}\n# the end\n«\nallocations:\n  new:\n    title: Ny\n»",
    "a file of comments": "# a new ledger\n«\nallocations:\n  new:\n    title: Ny\n»",
    "an empty file": "«allocations:\n  new:\n    title: Ny\n»",
    "marks of the document": "---\nclaims:\n  c: {title: C}\n«\nallocations:\n  new:\n    title: Ny\n»...\n",
    "a text in a block of its own": "allocations:\n  old:\n    note: |\n      one\n      two\n\n«  new:\n    title: Ny\n\n»claims:\n",
    "top-level keys that are indented": "  claims:\n    c: {title: C}\n«\n  allocations:\n    new:\n      title: Ny\n»",
    "records without an empty line between": "allocations:\n  a: {title: A}\n  b: {title: B}\n«\n  new:\n    title: Ny\n»\n",
    "wide characters": "# 🏳️‍🌈 å 漢\nallocations:\n  å-2024: {title: 🏳️‍🌈}\n«\n  new:\n    title: Ny\n»",
}


def pieces(marked: str, line_end: str = "\n") -> tuple[str, str]:
    """A text without, and with, what is put in between « and »."""
    before, rest = marked.replace("\n", line_end).split("«")
    new, after = rest.split("»")
    return before + after, before + new + after


@pytest.mark.parametrize("marked", INSERTIONS.values(), ids=list(INSERTIONS))
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
def test_a_record_stands_at_the_end_of_its_section(marked: str, line_end: str, mark: str) -> None:
    """In the file's own indentation and with its own line ends; what was there stays, byte by byte."""
    before, after = pieces(marked, line_end)
    known = line_end if line_end in before else "\n"
    assert insert(mark + before, [NEW], "it.yaml") == mark + after.replace(line_end, known)


@given(TEXTS)
@example("word\u00a0 " * 40)
def test_every_text_goes_into_every_indentation(text: str) -> None:
    """Also where its lines end in a space that is none to YAML: the file reads as meant, or nothing comes back."""
    put = insert("  claims:\n     c: {title: C}\n", [Record("allocations", "new", {"title": text})], "it.yaml")
    assert isinstance(put, str)
    again = insert(put, [Record("claims", "new", {"amount": {"words": text, "note": text}})], "it.yaml")
    assert isinstance(again, str)
    assert by_yaml_1_2(again) == strictly(again)


def test_empty_braces_give_way_to_a_record() -> None:
    """The one case in which something is taken away, for nothing can be put behind them."""
    put = insert("allocations: {}   # none yet\nclaims: {}\n", [NEW], "it.yaml")
    assert put == "allocations:   # none yet\n  new:\n    title: Ny\n\nclaims: {}\n"


REFUSALS = {
    "a section in braces": ("allocations: {old: {title: A}}\n", "1:14: 'allocations' is written in braces"),
    "empty braces around a comment": (
        "allocations: {\n  # none yet\n  }\n",
        "1:14: 'allocations' is written in braces",
    ),
    "a file in braces": ("{claims: {c: {title: C}}}\n", "1:1: the file is written in braces"),
    "a section that is a text": ("allocations: none\n", "1:14: 'allocations' is a mapping from ids to records"),
    "a section that is a list": ("allocations:\n- a\n", "2:1: 'allocations' is a mapping from ids to records"),
    "an id that is there": ("allocations:\n  new: {title: A}\n", "2:3: 'new' stands there already"),
    "a file that breaks": ("allocations: {\n", "2:1: not YAML"),
    "an anchor": ("allocations: &a\n  old: {title: A}\n", "1:14: anchor '&a'"),
    "a text that takes what follows": (
        "allocations:\n  old:\n    note: |+\n      one",
        "1:1: this file is written in a way that cannot be added to safely",
    ),
}


@pytest.mark.parametrize(("before", "said"), REFUSALS.values(), ids=list(REFUSALS))
def test_what_cannot_be_added_to_is_refused_at_its_place(before: str, said: str) -> None:
    """A finding, and no text."""
    found = insert(before, [NEW], "it.yaml")
    assert isinstance(found, Finding)
    assert f"{found.place}: {found.message}".startswith(f"it.yaml:{said}")


@pytest.mark.parametrize("path", SHIPPED, ids=[one.relative_to(DATA).as_posix() for one in SHIPPED])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_each_shipped_file_keeps_every_byte(path: Path, line_end: str) -> None:
    """A line goes in; what is read is what was read, and the line."""
    before = text_of(path).replace("\n", line_end)
    after = insert(before, [LINE], path.name)
    assert isinstance(after, str)
    assert is_added_to(before, after)
    old, new = load_text(before), load_text(after)
    assert plain(parse(before.encode(), "").root.get("allocations", {})) == {
        key: one for key, one in _lines(after).items() if key != "new-2024"
    }
    assert set(new.book.lines) == {*old.book.lines, "new-2024"}
    assert not new.faults


def _lines(text: str) -> dict[str, object]:
    lines = plain(parse(text.encode(), "").root["allocations"])
    assert isinstance(lines, dict)
    return lines


def is_added_to(before: str, after: str) -> bool:
    """Whether the one is the other with one piece put in."""
    same = _same(before, after)
    return before[same:] == after[len(after) - len(before) + same :]


def _same(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def test_records_of_several_sections_go_in_together() -> None:
    """Agencies and sources before the lines that name them; a missing section is begun."""
    records = [LINE, Record("agencies", "a", {"name": "A", "kind": "other"}, "as printed\nin the letter")]
    put = insert("allocations:\n  old: {title: A}\n", records, "it.yaml")
    assert isinstance(put, str)
    assert put.endswith("\nagencies:\n  # as printed\n  # in the letter\n  a:\n    name: A\n    kind: other\n")
    assert list(parse(put.encode(), "").root["allocations"]) == ["old", "new-2024"]


def test_short_records_stand_in_one_line_and_long_ones_in_several() -> None:
    """As in the shipped files: figures and parts in braces where they fit, notes broken between words."""
    note = "Paid out under the same decision as the year before, by the county boards, to the municipalities."
    parts: Value = {
        "north": {"kind": "grant", "title": "Norr", "total": "13 mnkr"},
        "south": {"kind": "grant", "title": "Söder", "note": note},
        "west": {"kind": "grant", "title": "Väster", "parts": {"in": {"kind": "grant", "title": "Inre"}}},
    }
    fields: dict[str, Value] = {
        "title": "Stöd",
        "base": {"amount": "1,5 mnkr", "words": "en och en halv"},
        "goals": ["violence"],
        "top_ups": [{"amount": "3 mnkr"}, {"amount": "4 mnkr", "note": note}],
        "parts": parts,
        "note": note,
    }
    assert new_file([Record("allocations", "x", fields, "one comment")], "Made from letter.txt\n\nby hand") == (
        """\
# Made from letter.txt
#
# by hand

allocations:
  # one comment
  x:
    title: Stöd
    base: {amount: "1,5 mnkr", words: en och en halv}
    goals: [violence]
    top_ups:
      - {amount: 3 mnkr}
      - amount: 4 mnkr
        note: Paid out under the same decision as the year before, by the county boards, to the
          municipalities.
    parts:
      north: {kind: grant, title: Norr, total: 13 mnkr}
      south:
        kind: grant
        title: Söder
        note: Paid out under the same decision as the year before, by the county boards, to the
          municipalities.
      west:
        kind: grant
        title: Väster
        parts:
          in: {kind: grant, title: Inre}
    note: Paid out under the same decision as the year before, by the county boards, to the municipalities.
"""
    )


@pytest.mark.parametrize("path", RECORDS, ids=[one.relative_to(DATA).as_posix() for one in RECORDS])
def test_the_shipped_records_written_anew_read_as_they_did(path: Path) -> None:
    """All sections that can be written, with every field of every record."""
    root = parse(path.read_bytes(), path.name).root
    keys = ("agencies", "sources", "allocations", "claims")
    kept = {key: section for key in keys if isinstance(section := root.get(key), Mapping)}
    records = [Record(key, name, _fields(one)) for key, section in kept.items() for name, one in section.items()]  # type: ignore[arg-type]
    text = new_file(records)
    assert strictly(text) == by_pyyaml(text) == by_yaml_1_2(text) == plain(kept)


def _fields(node: Node) -> Mapping[str, Value]:
    assert isinstance(node, Mapping)
    return node


# --- A top-up into its line

TOP_UP = {"amount": "1,5 mnkr", "decided": "2024-06", "source": "pr"}
ITEM = '- {amount: "1,5 mnkr", decided: 2024-06, source: pr}'
TOP_UPS = {
    "none yet, behind the last figure": (
        f"allocations:\n  a:\n    base: 5 mnkr  # said\n                  # twice\n«    top_ups:\n      {ITEM}\n»    # N\n    note: N\n"
    ),
    "none yet, behind a figure of two lines": (
        f"allocations:\n  a:\n    total: {{amount: 5 mnkr,\n      source: x}}\n«    top_ups:\n      {ITEM}\n»    parts: {{}}\n"
    ),
    "none yet, and no figure": (
        f"allocations:\n  a:\n    title: A\n    kind: grant\n«    top_ups:\n      {ITEM}\n»    parts_are: partial\n    note: N\n"
    ),
    "none yet, at the end of the file": f"allocations:\n  a:\n    base: 5 mnkr«\n    top_ups:\n      {ITEM}\n»",
    "a list": (
        f"allocations:\n  a:\n    top_ups:\n      - {{amount: 5 mnkr}}  # first\n        # of it\n«      {ITEM}\n»    total: 6 mnkr\n"
    ),
    "a list as deep as its key": (
        f"allocations:\n  a:\n    top_ups:\n    - amount: 5 mnkr\n      note: N\n«    {ITEM}\n»    total: 6 mnkr\n"
    ),
    "a list in brackets": f"allocations:\n  a:\n    top_ups: [{{amount: 5 mnkr}}«, {ITEM[2:]}»]  # one\n",
    "empty brackets": f"allocations:\n  a:\n    top_ups: [«{ITEM[2:]}»]  # none\n",
    "a line in braces": f"allocations:\n  a: {{title: A, total: 5 mnkr«, top_ups: [{ITEM[2:]}]», recipient: x}}\n",
    "a long line in braces": (
        f"allocations:\n  a: {{title: {'A' * 70}, total: 5 mnkr«,\n      top_ups: [{ITEM[2:]}]»}}\n"
    ),
    "a line in braces with a comment": f"allocations:\n  a: {{title: A,\n    total: 5 mnkr«, top_ups: [{ITEM[2:]}]»  # 5\n    }}\n",
    "four columns deep": f"allocations:\n    a:\n        base: 5 mnkr\n«        top_ups:\n            {ITEM}\n»",
    "an id in quotes": f'allocations:\n  "a": {{total: 5 mnkr«, top_ups: [{ITEM[2:]}]»}}\n',
    "a figure in a block of its own": (
        f"allocations:\n  a:\n    base:\n      amount: |-\n        5 mnkr\n«    top_ups:\n      {ITEM}\n»    note: N\n"
    ),
}


@pytest.mark.parametrize("marked", TOP_UPS.values(), ids=list(TOP_UPS))
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
def test_a_top_up_stands_where_one_would_look_for_it(marked: str, line_end: str, mark: str) -> None:
    """At the end of the line's list, else behind its figures; what was there stays, byte by byte."""
    before, after = pieces(marked, line_end)
    assert add_top_up(mark + before, "it.yaml", "a", TOP_UP) == mark + after


def test_a_top_up_that_is_too_long_for_a_line_stands_in_several() -> None:
    """And so that each of them fits."""
    note = "A note that says what else is to be known of it, and that goes on for longer than one line can hold it."
    put = add_top_up("allocations:\n  a:\n    base: 5 mnkr\n", "it.yaml", "a", TOP_UP | {"note": note})
    assert isinstance(put, str)
    assert "\n      - amount: 1,5 mnkr\n        decided: 2024-06\n        source: pr\n        note: A note" in put
    assert max(map(len, put.splitlines())) <= 110


NESTED = """\
allocations:
  a:
    title: A
    unit: tkr
    parts:
      b:
        base: 5
        parts: {c: {title: C, unit: mnkr, total: 3}, d: {title: D}}
  b: {title: B}
"""


@pytest.mark.parametrize(
    ("line", "where", "unit"),
    [("a/b", 8, "tkr"), ("a/b/c", 8, "mnkr"), ("a/b/d", 8, "tkr"), ("b", 9, None), ("a", 4, "tkr")],
)
def test_a_part_is_found_by_its_path(line: str, where: int, unit: str | None) -> None:
    """Also where the same name stands elsewhere; and it has the unit that the lines around it give."""
    put = add_top_up(NESTED, "it.yaml", line, TOP_UP)
    assert isinstance(put, str)
    changed = [
        number
        for number, (one, other) in enumerate(zip(NESTED.splitlines(), put.splitlines(), strict=False), 1)
        if one != other
    ]
    assert changed[0] == where + (line == "a")
    assert unit_in_scope(parse(NESTED.encode(), ""), line) == unit


@pytest.mark.parametrize("path", SHIPPED, ids=[one.relative_to(DATA).as_posix() for one in SHIPPED])
def test_every_shipped_line_takes_a_top_up(path: Path) -> None:
    """Every line and part of every file: one piece goes in, and that line has one top-up more."""
    before = text_of(path)
    book = load_text(before).book
    for line in book.lines.values():
        after = add_top_up(before, path.name, line.id, TOP_UP)
        assert isinstance(after, str), (line.id, after)
        assert is_added_to(before, after), line.id
    if book.lines:
        assert isinstance(after, str)
        assert len(load_text(after).book.lines[line.id].top_ups) == len(line.top_ups) + 1


@pytest.mark.parametrize("line", ["nothing", "a/nothing", "a/b/c/d"])
def test_a_line_that_is_not_there_is_said(line: str) -> None:
    """Never guessed."""
    found = add_top_up(NESTED, "it.yaml", line, TOP_UP)
    assert isinstance(found, Finding)
    assert found.message == f"no line '{line}' stands in this file"


# --- Changes: shown, or written


def test_a_diff_is_one_that_git_applies(tmp_path: Path) -> None:
    """Also of a file without a final line end, of one with CRLF, and of a new one."""
    old = {"data/a.yaml": "one\ntwo", "data/b.yaml": "one\r\ntwo\r\n"}
    new = {"data/a.yaml": "one\nåäö\ntwo\n", "data/b.yaml": "one\r\ntwo\r\nthree\r\n", "data/c.yaml": "new\n"}
    (tmp_path / "data").mkdir()
    for name, text in old.items():
        (tmp_path / name).write_bytes(text.encode())
    diff = as_diff([Change(Path(name), old.get(name), text) for name, text in new.items()])
    (tmp_path / "it.diff").write_bytes(diff.encode())
    subprocess.run(["git", "apply", "it.diff"], cwd=tmp_path, check=True)
    assert {name: (tmp_path / name).read_bytes().decode() for name in new} == new
    assert as_diff([Change(Path("a"), "same\n", "same\n")]) == ""


def test_all_files_are_written_with_their_modes_and_folders(tmp_path: Path) -> None:
    """A new file gets the usual mode; nothing else is left behind."""
    old, new = tmp_path / "old.yaml", tmp_path / "deep" / "er" / "new.yaml"
    old.write_text("a: 1\n", encoding="utf-8")
    old.chmod(0o640)
    write([Change(old, "a: 1\n", "a: 2\r\n"), Change(new, None, b"b: 1\n")])
    assert (old.read_bytes(), new.read_bytes()) == (b"a: 2\r\n", b"b: 1\n")
    assert old.stat().st_mode & 0o777 == 0o640
    assert files(tmp_path) == ["deep/er/new.yaml", "old.yaml"]


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def test_through_a_link_the_file_it_leads_to_is_written(tmp_path: Path) -> None:
    """The link stays one."""
    (tmp_path / "real.yaml").write_text("a\n", encoding="utf-8")
    link = tmp_path / "link.yaml"
    link.symlink_to("real.yaml")
    write([Change(link, "a\n", "b\n")])
    assert link.is_symlink()
    assert (tmp_path / "real.yaml").read_text(encoding="utf-8") == "b\n"


@pytest.mark.parametrize(
    ("before", "said"),
    [("what it was\n", "somebody else changed it meanwhile"), (None, "it is there already")],
    ids=["changed", "made"],
)
def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(tmp_path: Path, before: str | None, said: str) -> None:
    """And no other file of the change is written."""
    mine, theirs = tmp_path / "mine.yaml", tmp_path / "theirs.yaml"
    theirs.write_text("theirs\n", encoding="utf-8")
    with pytest.raises(ChangedMeanwhileError, match=said):
        write([Change(mine, None, "new\n"), Change(theirs, before, "new\n")])
    assert files(tmp_path) == ["theirs.yaml"]
    assert theirs.read_text(encoding="utf-8") == "theirs\n"


def test_what_was_renamed_before_a_failure_is_put_back(tmp_path: Path) -> None:
    """A second change of the same file finds it changed, by the first: then all is as before."""
    old, new = tmp_path / "old.yaml", tmp_path / "deep" / "new.yaml"
    old.write_text("a\n", encoding="utf-8")
    changes = [Change(old, "a\n", "b\n"), Change(new, None, "n\n"), Change(old, "a\n", "c\n")]
    with pytest.raises(ChangedMeanwhileError):
        write(changes)
    assert old.read_text(encoding="utf-8") == "a\n"
    assert list(tmp_path.iterdir()) == [old]


KILLED = """\
import sys
from pathlib import Path
from ledger.writing import Change, write
first, second = Path("first.yaml"), Path("second.yaml")
texts = ["old\\n" * 40_000, "newer\\n" * 60_000]
for turn in range(10_000):
    before, after = texts[turn % 2], texts[1 - turn % 2]
    write([Change(first, before, after), Change(second, before, after)])
    print(turn, flush=True)
"""


@pytest.mark.parametrize("delay", [0, 1, 3, 5, 8, 13])
def test_a_killed_process_leaves_each_file_old_or_new_and_whole(tmp_path: Path, delay: int) -> None:
    """At any moment; what it leaves beside them begins with a dot, and is no file of the ledger."""
    texts = ["old\n" * 40_000, "newer\n" * 60_000]
    for name in ("first.yaml", "second.yaml"):
        (tmp_path / name).write_text(texts[0], encoding="utf-8")
    with subprocess.Popen([sys.executable, "-c", KILLED], cwd=tmp_path, stdout=subprocess.PIPE) as child:
        assert child.stdout
        assert child.stdout.readline() == b"0\n"
        time.sleep(delay / 1000)
        child.send_signal(signal.SIGKILL)
    for name in ("first.yaml", "second.yaml"):
        assert (tmp_path / name).read_text(encoding="utf-8") in texts
    left = [name for name in files(tmp_path) if name not in ("first.yaml", "second.yaml")]
    assert all(name.startswith(".ledger-") for name in left)
