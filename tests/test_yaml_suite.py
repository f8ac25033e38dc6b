"""The public YAML test suite: each case is read as YAML 1.2 says, or refused at a place; never read in another way.

Each case is read as a file of its own and, where it can be, as the value of a key, since a ledger is a mapping.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from conftest import Tell
from transcript import ROOT

from ledger.reading.yaml.document import Document, parse
from ledger.reading.yaml.nodes import Map, Node
from ledger.reading.yaml.strictness import _found, loose

Tree = str | list[Any] | tuple[Any, ...]
"""A text, a list, or the keys and values of a mapping, in order."""


@dataclass(frozen=True)
class Case:
    """A text, what it must be read as, and whether it is no YAML at all. `tree` is nothing where that is not one tree."""

    id: str
    text: str
    tree: Tree | None
    fail: bool


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "\\": "\\"}
_VALUE = re.compile(r"=VAL (?:&\S+ |<[^>]*> )*[:'\"|>](?P<text>.*)", re.DOTALL)


def tree_of(events: str) -> Tree | None:
    """The tree of the one document in the events; an empty mapping when there is nothing in it."""
    if events.count("+DOC") > 1 or "=ALI" in events:
        return None
    document: list[Tree] = []
    around: list[list[Any]] = [document]
    for event in (line.lstrip(" ") for line in events.split("\n")):
        if event.startswith(("+MAP", "+SEQ")):
            around.append([])
        elif event.startswith(("-MAP", "-SEQ")):
            members = around.pop()
            around[-1].append(tuple(members) if event.startswith("-MAP") else members)
        elif value := _VALUE.fullmatch(event):
            around[-1].append(re.sub(r"\\(.)", lambda found: _ESCAPES[found[1]], value["text"]))
    return document[0] if document else ""


def cases() -> list[Case]:
    rows = (ROOT / "tests" / "facts" / "yaml-test-suite.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(row) for row in rows]
    return [Case(one["id"], one["yaml"], tree_of(one.get("tree", "")), one["fail"]) for one in read]


def under_a_key(case: Case) -> Case | None:
    """The same as the value of a key; nothing for what only a whole file can hold."""
    lines = case.text.splitlines(keepends=True)
    if any(line.startswith(("---", "...", "%", "\ufeff")) for line in lines):
        return None
    text = "key:\n" + "".join(f"  {line}" if line.rstrip("\r\n") else line for line in lines)
    return Case(case.id, text, None if case.tree is None else ("key", case.tree), case.fail)


CASES = cases()
UNDER_A_KEY = [one for one in map(under_a_key, CASES) if one]


def shape(node: Node) -> Tree:
    if isinstance(node, str):
        return str(node)
    if isinstance(node, Map):
        return tuple(part for key, value in node.items() for part in (key, shape(value)))
    return [shape(one) for one in node]


def said(document: Document) -> str:
    """`refused` when each fault has a place inside the file and a message, else `read`."""
    for fault in document.faults:
        assert 1 <= fault.place.line <= len(document.lines)
        assert 1 <= fault.place.column <= len(document.lines[fault.place.line - 1]) + 1
        assert fault.message
    return "refused" if document.faults else "read"


def judge(case: Case) -> str:
    document = parse(case.text.encode(), "case.yaml")
    if said(document) == "refused":
        return "refused, and no YAML" if case.fail else "refused"
    assert not case.fail, f"this is no YAML, and was read as {shape(document.root)}"
    assert shape(document.root) == (case.tree or ())
    return "read as YAML 1.2 says"


def test_the_suite_is_whole() -> None:
    assert (len(CASES), sum(one.fail for one in CASES), len(UNDER_A_KEY)) == (402, 94, 254)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_is_read_as_yaml_says_or_refused(case: Case) -> None:
    judge(case)


@pytest.mark.parametrize("case", UNDER_A_KEY, ids=lambda case: case.id)
def test_a_case_under_a_key_is_read_as_yaml_says_or_refused(case: Case) -> None:
    judge(case)


@pytest.mark.parametrize(("where", "of"), [("as files", CASES), ("under a key", UNDER_A_KEY)])
def test_what_came_of_the_suite(where: str, of: list[Case], tell: Tell) -> None:
    """Not everything is refused: mappings, lists and texts of every style are read."""
    came = Counter(judge(case) for case in of)
    tell(f"YAML test suite, {len(of)} cases {where}: {dict(sorted(came.items()))}; read in another way: 0")
    assert came["read as YAML 1.2 says"] > 60


LOOSE = {
    "a: {b: 1,\nc: 2}\n": (
        2,
        1,
        "this goes on with the bracket that begins on line {}: indent it further, or end that",
    ),
    "a: [b, \t# c]\nd]\n": (
        2,
        1,
        "this goes on with the bracket that begins on line {}: indent it further, or end that",
    ),
    "a: [[b]\n# c\n\n, d]\n": (
        4,
        1,
        "this goes on with the bracket that begins on line {}: indent it further, or end that",
    ),
    "a: [b\n, c]\n": (2, 1, "this goes on with the bracket that begins on line {}: indent it further, or end that"),
    "a: {\n  b: 1\n}\n": (3, 1, "this goes on with the bracket that begins on line {}: indent it further, or end that"),
    "a:\n  b: [[c], d\n  , e]\n": (
        3,
        3,
        "this goes on with the bracket that begins on line {}: indent it further, or end that",
    ),
    "a: 'b\nc'\n": (2, 1, "this goes on with the quote that begins on line {}: indent it further, or end that"),
    'a: [x, "b\nc"]\n': (2, 1, "this goes on with the bracket that begins on line {}: indent it further, or end that"),
    "a: {?b: 1}\n": (1, 5, "a question mark begins a key here: quote the text"),
    "a: [-]\n": (1, 5, "a dash alone between brackets: quote it"),
    'a: "b"#c\n': (1, 7, "a comment needs a space before it"),
    "a: [b]#c\n": (1, 7, "a comment needs a space before it"),
    "a: |2-#c\n  b\n": (1, 7, "a comment needs a space before it"),
    "a: |\n \n  \n # b\n": (3, 2, "an empty line with more spaces than the text below it: take them away"),
    "a: |\n  b\n   ": (3, 1, "spaces after a block text: take them away"),
    "%YAML 1.2\n---\na: b\n": (1, 1, "a directive: a ledger file begins without one"),
}
"""Texts that the parser takes, with the place and the message of what is wrong with them."""


@pytest.mark.parametrize("text", LOOSE)
@pytest.mark.parametrize("before", ["", "# a comment\n"], ids=["alone", "later"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_what_the_parser_lets_pass_is_refused_where_it_stands(text: str, before: str, end: str) -> None:
    line, column, message = LOOSE[text]
    first = 1 + before.count("\n") + text.startswith("a:\n")
    document = parse((before + text).replace("\n", end).encode(), "case.yaml")
    assert [(fault.place.line, fault.place.column, fault.message) for fault in document.faults] == [
        (line + before.count("\n"), column, message.format(first))
    ]
    assert document.root == {}


FINE = (
    "a: {b: 1,\n  c: 2,\n  d: [1,\n    2]}\n",
    "a: {b: 1, # a comment\n# another\n  c: 2}\n",
    "- a: [b,\n    c]\n",
    "- {a: b,\n   c: d}\n",
    "a: \"b\n  c\n\n  d\"\ne: 'f\n  g'\n",
    "a: women's [shelters\nb: {c: women's}\n",
    "a: ?b\nc: https://example.org/?d=1#e\n",
    "a: 'b' # c\nd: [e] # f\ng: | # h\n  i#\n  j,\n",
    "a: |\n\n  b\n   \n  c\nd: e   \n",
    "a: b\n   ",
    "a: tand-, mun-\nb: [c-, -d]\n",
    "a: 50 %\nb: |\n  %c\n",
    "a: c,\n  d,\nb: e\n",
    "# a,\n# b,\nc: d # e,\nf: g\n",
)
"""Texts in which something is a little like what is refused, and is not."""


@pytest.mark.parametrize("text", [one for one in FINE if not one.startswith("-")])
def test_what_is_only_like_it_is_read(text: str) -> None:
    assert parse(text.encode(), "case.yaml").faults == ()


@pytest.mark.parametrize("text", FINE)
def test_what_is_only_like_it_is_not_called_loose(text: str) -> None:
    assert loose(text, text.split("\n"), "case.yaml") == ()


PIECES = (
    *("a: ", "b: ", "c", "d e", "[", "]", "{", "}", ",", ", ", "\n", "\n  ", "\n    ", "\n- ", "- ", "'", '"', "# x"),
    *(" #", "#", "|", "> ", "?", "? ", "-", "- -", ": ", " ", "\n\n", "%", "''", '\\"', '"f"', "'g'", "|-", "|2"),
)


def test_the_patterns_overlook_nothing_that_the_tokens_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random texts that the parser takes: what is wrong with one, token by token, is found behind the patterns too."""
    monkeypatch.setattr("ledger.reading.yaml.document.loose", lambda *_: ())
    random, wrong = Random(7), 0
    for _ in range(20_000):
        text = "a: " + "".join(random.choices(PIECES, k=random.randint(2, 14)))
        document = parse(text.encode(), "case.yaml")
        if not document.faults and any(_found(text, document.lines)):
            wrong += 1
            assert loose(text, document.lines, "case.yaml"), text
    assert wrong > 50
