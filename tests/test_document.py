"""YAML as ledgers use it: every scalar the text that was written, where it stands, and all that is refused."""

from time import perf_counter

import pytest
from pointed import Fault

from ledger.discovery import LARGEST_FILE
from ledger.reading.yaml.decoding import decode
from ledger.reading.yaml.document import Document, parse
from ledger.reading.yaml.forbidden import DEEPEST
from ledger.reading.yaml.nodes import Map, Node, Seq


def read(text: str | bytes) -> Document:
    return parse(text.encode() if isinstance(text, str) else text, "ledger.yaml")


def plain(node: Node) -> object:
    """The data alone, without places."""
    if isinstance(node, Map):
        return {key: plain(value) for key, value in node.items()}
    return [plain(member) for member in node] if isinstance(node, Seq) else str(node)


def faults(text: str | bytes) -> list[Fault]:
    return [
        (one.place.line, one.place.column, one.place.end_column, f"{one.check}: {one.message}")
        for one in read(text).faults
    ]


TEXTS = {
    "what YAML would read as numbers": ("[3:1, 013, 1.10, 1e3, 0x1F, 1_000, .inf]",),
    "what YAML would read as truth or nothing": ("[NO, yes, on, true, 'null', ~, null]",),
    "what YAML would read as dates": ("[2024-03-27, 2024-03, 2001-12-14 21:59:43]",),
}


@pytest.mark.parametrize("listed", [listed for (listed,) in TEXTS.values()], ids=TEXTS)
def test_every_scalar_is_the_text_that_was_written(listed: str) -> None:
    """YAML's guesses are never used: `3:1` is not 181, nor `NO` false."""
    [seq] = read(f"texts: {listed}").root.values()
    assert plain(seq) == [member.strip().strip("'") for member in listed[1:-1].split(",")]


def test_quotes_and_blocks_are_yaml() -> None:
    """What a quoted or block scalar means, it means here too."""
    text = """
double: "a \\"b\\" \\u00e5"
single: 'it''s'
literal: |
  one
  two
folded: >-
  one
  two
plain: one
  two
"""
    assert plain(read(text).root) == {
        "double": 'a "b" å',
        "single": "it's",
        "literal": "one\ntwo\n",
        "folded": "one two",
        "plain": "one two",
    }


SAME = {
    "block": "a:\n  b: [c, d]\n  e: f\n",
    "flow": "{a: {b: [c, d], e: f}}",
    "flow over lines": "{a:\n  {b: [c,\n d],\n e: f}}",
    "flow with commas at the end": "{a: {b: [c, d,], e: f,},}",
    "quoted keys": '"a":\n  \'b\': [c, d]\n  "e": f\n',
    "JSON": '{"a":{"b":["c","d"],"e":"f"}}',
    "list in block style": "a:\n  b:\n  - c\n  - d\n  e: f\n",
    "complex key style": "? a\n: ? b\n  : [c, d]\n  ? e\n  : f\n",
    "document markers": "---\na:\n  b: [c, d]\n  e: f\n...\n",
    "comments": "# one\na: # two\n  # three\n  b: [c, # four, five: six\n    d]\n  e: f # seven\n# eight",
    "a byte order mark": "\ufeffa:\n  b: [c, d]\n  e: f\n",
    "CRLF": "a:\r\n  b: [c, d]\r\n  e: f\r\n",
    "CR alone": "a:\r  b: [c, d]\r  e: f\r",
    "two byte order marks": "\ufeff\ufeffa:\n  b: [c, d]\n  e: f\n",
    "byte order mark and CRLF": "\ufeffa:\r\n  b: [c, d]\r\n  e: f\r\n",
    "no line end at the end": "a:\n  b: [c, d]\n  e: f",
    "blank lines with spaces": "a:\n  \n\n  b: [c, d]\n    \n  e: f\n",
    "tabs after a value": "a:\t\n  b:\t[c,\td]\t\n  e:\tf\t\n",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_one_tree_in_many_spellings(text: str) -> None:
    """Style, comments, line ends and a byte order mark change nothing, and nothing is said about them."""
    document = read(text)
    assert plain(document.root) == {"a": {"b": ["c", "d"], "e": "f"}}
    assert document.faults == ()


@pytest.mark.parametrize("text", ["", "\n", "   \n", "# only words\n", "\ufeff", "---\n", "---\n...\n", "\r\n", "{}"])
def test_a_file_with_nothing_in_it_is_an_empty_mapping(text: str) -> None:
    """An empty file is a file that one has just begun."""
    document = read(text)
    assert (document.root, document.faults) == ({}, ())


def test_lines_are_kept_without_their_ends() -> None:
    """They are shown under a finding, and counted as the places count them."""
    assert read("\ufeffa: 1\r\nb: 2\nc: 3\rd: 4").lines == ("a: 1", "b: 2", "c: 3", "d: 4")
    assert read("a: 1\n").lines == ("a: 1", "")
    assert read("").lines == ("",)


def test_keys_and_values_know_their_places() -> None:
    """A place is line, column and end column; a mapping, a list or no value at all stands where its key does."""
    root = read("år:\n  söka: [ett, två]\n  'x y':   värde\n  tom:\n").root
    inner = root["år"]
    assert isinstance(inner, Map)
    assert (root.keys_at, root.values_at) == ({"år": (1, 1, 3)}, {"år": (1, 1, 3)})
    assert inner.keys_at == {"söka": (2, 3, 7), "x y": (3, 3, 8), "tom": (4, 3, 6)}
    assert inner.values_at == {"söka": (2, 3, 7), "x y": (3, 12, 17), "tom": (4, 3, 6)}
    listed = inner["söka"]
    assert isinstance(listed, Seq)
    assert listed.values_at == [(2, 10, 13), (2, 15, 18)]


def test_columns_count_characters_not_bytes() -> None:
    """Letters of two, three and four bytes are one column each."""
    assert read("{å: ä, ‑: –, 🂡: 🂢}").root.values_at == {"å": (1, 5, 6), "‑": (1, 11, 12), "🂡": (1, 17, 18)}


def test_places_behind_a_byte_order_mark_and_crlf() -> None:
    """Neither takes a column or a line."""
    for marks in ("\ufeff", "\ufeff\ufeff\ufeff"):
        root = read(f"{marks}a: b\r\nc: d\r\n").root
        assert root.values_at == {"a": (1, 4, 5), "c": (2, 4, 5)}


@pytest.mark.parametrize("text", ["a: b\nc:", "a: b\nc: # d\n", "a: b\n? c", "a: b\n? c\n:", "{a: b,\n c: }"])
def test_a_value_that_is_not_written_stands_at_its_key(text: str) -> None:
    """Also at the very end of a file, where the parser counts a line more than there is."""
    root = read(text).root
    assert root.keys_at["c"][0] == 2
    assert root.values_at["c"] == root.keys_at["c"]


@pytest.mark.parametrize("text", ["{a", "{a: b, c", "[{a", "a: {b", "{", "[", "{a: b,", "{? ", "- {a: 1,5"])
def test_a_file_may_end_anywhere(text: str) -> None:
    """With or without an end of line, the break is inside the file."""
    for end in ("", "\n", "\r\n", "\n\n"):
        document = read(text + end)
        assert document.root == {}
        assert document.faults
        assert all(fault.place.line <= len(document.lines) for fault in document.faults)


def test_a_value_over_several_lines_stands_at_its_first_character() -> None:
    """Or at the sign that begins a block."""
    root = read("a: one\n  two\nb: |\n  three\nc: 'four\n  five'\n").root
    assert root.values_at == {"a": (1, 4, 5), "b": (3, 4, 5), "c": (5, 4, 5)}


COMMA = "syntax: a comma split this value: quote it"
TAB = "syntax: a tab in the indentation: YAML indents with spaces"
MERGE = "unsafe-yaml: a merge key: write the fields out, so that every figure stands in its place"
SECOND = "unsafe-yaml: a second document: a ledger file holds one; split it into two files"
NO_MAPPING = "bad-value: a ledger file is a mapping, for example of `allocations:`"
TOO_DEEP = "unsafe-yaml: nested more than 50 deep: nothing of this file is read"
EMPTY_KEY = "unsafe-yaml: an empty key"
COLON = "syntax: a colon that does not fit here: quote the text that holds it, or mend the indentation"
NOT_ON = "syntax: this does not go on with what begins on line {}: mend its indentation or a quote"
NO_TEXT_KEY = "unsafe-yaml: a key that is not a text"


def twice(key: str, first: int) -> str:
    return f"duplicate-key: '{key}' stands twice here, first on line {first}: only one can hold"


def anchor(name: str) -> str:
    return f"unsafe-yaml: anchor '&{name}': write the value out where it is used"


def alias(name: str) -> str:
    return f"unsafe-yaml: alias '*{name}': write the value out, so that every figure stands in its place"


def tag(name: str) -> str:
    return f"unsafe-yaml: tag '{name}': a ledger is plain text, write the value without a tag"


def no_value(key: str) -> str:
    return f"syntax: '{key}' has no value: write 'key: value', or quote what belongs together"


def line_end(name: str) -> str:
    return f"unsafe-yaml: {name}: editors and YAML disagree whether it ends a line"


REFUSED: dict[str, tuple[str, list[Fault]]] = {
    "duplicate key": ("a: 1\nb: 2\na: 3\n", [(3, 1, 2, twice("a", 1))]),
    "duplicate key, quoted": ("{a: 1, 'a': 2}", [(1, 8, 11, twice("a", 1))]),
    "a key three times": ("a: 1\na: 2\na: 3\n", [(2, 1, 2, twice("a", 1)), (3, 1, 2, twice("a", 1))]),
    "anchor of a text": ("a: &x 1\n", [(1, 4, 8, anchor("x"))]),
    "anchor of a list": ("a: &x [1]\n", [(1, 4, 8, anchor("x"))]),
    "anchor of a key": ("&x a: 1\n", [(1, 1, 5, anchor("x"))]),
    "anchor of the file": ("&x\n", [(1, 1, 3, anchor("x"))]),
    "alias": ("a: *x\n", [(1, 4, 6, alias("x"))]),
    "alias as a key": ("*x : 1\n", [(1, 1, 3, alias("x"))]),
    "alias as the file": ("*x\n", [(1, 1, 3, alias("x"))]),
    "alias of itself": ("a: &x [*x]\n", [(1, 4, 8, anchor("x")), (1, 8, 10, alias("x"))]),
    "merge key": ("a:\n  <<: *x\n  b: 1\n", [(2, 3, 5, MERGE)]),
    "merge key of several": ("a: {<<: [*x, *y]}\n", [(1, 5, 7, MERGE)]),
    "merge key of a mapping": ("<<: {a: 1}\n", [(1, 1, 3, MERGE)]),
    "tag": ("a: !!str 1\n", [(1, 4, 11, tag("!!str"))]),
    "local tag": ("a: !mine 1\n", [(1, 4, 11, tag("!mine"))]),
    "tag that loads code": (
        "a: !!python/name:os.system x\n",
        [(1, 4, 29, tag("!!python/name:os.system"))],
    ),
    "tag of a key": ("!!str a: 1\n", [(1, 1, 8, tag("!!str"))]),
    "tag and anchor are one fault": ("a: &x !!str 1\n", [(1, 4, 14, anchor("x"))]),
    "empty key": ("? \n: 1\n", [(1, 2, 3, EMPTY_KEY)]),
    "quoted empty key": ("'': 1\n", [(1, 1, 3, EMPTY_KEY)]),
    "key of a space": ("{' ': 1}\n", [(1, 2, 5, EMPTY_KEY)]),
    "list as a key": ("? [a, b]\n: 1\n", [(1, 3, 4, NO_TEXT_KEY)]),
    "mapping as a key": ("{{a: b}: 1}\n", [(1, 2, 3, NO_TEXT_KEY)]),
    "faults behind a key that is not a text": (
        "? [a]\n: {b: 1, b: 2}\n",
        [(1, 3, 4, NO_TEXT_KEY), (2, 10, 11, twice("b", 2))],
    ),
    "second document": ("a: 1\n---\nb: 2\n", [(2, 1, 4, SECOND)]),
    "second document without content": ("a: 1\n---\n", [(2, 1, 4, SECOND)]),
    "third document": ("a: 1\n---\nb: 2\n---\nc: [\n", [(2, 1, 4, SECOND)]),
    "a text": ("# words\n\nhej\n", [(3, 1, 4, NO_MAPPING)]),
    "a list": ("\n- a\n", [(2, 1, 2, NO_MAPPING)]),
    "comma in a figure": ("{a: 23,5 mnkr}", [(1, 7, 8, COMMA)]),
    "comma in a title": ("{a: Stöd, råd och hjälp, b: c}", [(1, 9, 10, COMMA)]),
    "two commas are one fault": ("{a: 1,500,000 kr, b: c}", [(1, 6, 7, COMMA)]),
    "two values split": ("{a: 1,5, b: 2,5}", [(1, 6, 7, COMMA), (1, 14, 15, COMMA)]),
    "comma at the end of a line": ("{a: Stöd,\n råd, b: c}", [(1, 9, 10, COMMA)]),
    "comma at the start of a line": ("{a: Stöd\n , råd, b: c}", [(2, 2, 3, COMMA)]),
    "comma before a comment": ("{a: Stöd, # b: c, d\n råd}", [(1, 9, 10, COMMA)]),
    "comment with a colon after a key": ("{a: Stöd, råd # b: c\n }", [(1, 9, 10, COMMA)]),
    "comma after an empty value": ("{a: , b}", [(1, 5, 6, COMMA)]),
    "comma in an inner mapping": ("a:\n  b: {c: d, e: {f: 1,5}}\n", [(2, 21, 22, COMMA)]),
    "no value after a quoted one": ("{a: '1', 5}", [(1, 10, 11, no_value("5"))]),
    "no value after a mapping": ("{a: {}, b}", [(1, 9, 10, no_value("b"))]),
    "no value after an alias": ("{a: *x, b}", [(1, 5, 7, alias("x")), (1, 9, 10, no_value("b"))]),
    "comma behind an entry that was refused": ("{'': 1,5}", [(1, 2, 4, EMPTY_KEY), (1, 7, 8, COMMA)]),
    "no value at the start": ("{a, b, c: d}", [(1, 2, 3, no_value("a"))]),
    "no space after the colon": ("{a:b}", [(1, 2, 5, no_value("a:b"))]),
    "tab in the indentation": ("a:\n\tb: 1\n", [(2, 1, 2, TAB)]),
    "tab after spaces": ("a:\n  \tb: 1\n", [(2, 3, 4, TAB)]),
    "tab before a comment": ("\t# words\n", [(1, 1, 2, TAB)]),
    "tab on a line that CR ends": ("a:\r\tb: 1\r", [(2, 1, 2, TAB)]),
    "tab on a line that CRLF ends": ("a:\r\n\tb: 1\r\n", [(2, 1, 2, TAB)]),
    "every line with a tab": ("a:\n\tb: 1\n\tc: 2\n", [(2, 1, 2, TAB), (3, 1, 2, TAB)]),
    "NEL": ("a: å\u0085b\n", [(1, 5, 6, line_end("U+0085 (NEL)"))]),
    "LS": ("\ufeffa: 1\r\nb: å\u2028c\r\n", [(2, 5, 6, line_end("U+2028 (LS)"))]),
    "PS in a quoted text": ("a: 'b\u2029'\n", [(1, 6, 7, line_end("U+2029 (PS)"))]),
    "too deep": ("a:\n  " + "[" * 50 + "]" * 50, [(2, 52, 53, TOO_DEEP)]),
    "quote that is not closed": ("a: 1\nb: 'x\nc: 2\n", [(2, 4, 5, "syntax: a quote that is not closed")]),
    "colon in a title": ("a: b: c\n", [(1, 5, 6, COLON)]),
    "indented too far": ("a: 1\n  b: 2\n", [(2, 4, 5, COLON)]),
    "indented too little": ("m:\n    a: 1\n  b: 2\n", [(3, 3, 4, NOT_ON.format(1))]),
    "list inside a mapping": ("a: 1\n- b\n", [(2, 1, 2, NOT_ON.format(1))]),
    "words after a quote": ("a: 'b' c\n", [(1, 8, 9, NOT_ON.format(1))]),
    "list on the line of its key": ("a: - b\n", [(1, 4, 5, "syntax: a list begins on the line below its key")]),
    "list that a key breaks off": (
        "a:\n  - b\n  c: d\n",
        [(3, 3, 4, "syntax: this does not go on with the list that begins on line 2")],
    ),
    "bracket that is not closed": ("a:\n  [1\n", [(3, 1, 2, "syntax: the '[' on line 2 is not closed before this")]),
    "brace that is not closed": (
        "a: {b: c\nd: e\n",
        [(2, 2, 3, "syntax: the '{' on line 1 is not closed before this")],
    ),
    "sign that begins no value": ("a: @b\n", [(1, 4, 5, "syntax: '@' cannot begin a value: quote the value")]),
    "tab on a blank line": ("a:\n\t\n  b: c\n", [(2, 1, 2, "syntax: a tab where YAML wants spaces")]),
    "tab on a blank line after a value": ("a: b\n\t\nc: d\n", [(2, 1, 2, "syntax: a tab where YAML wants spaces")]),
    "block with a wrong sign": (
        "a: |x\n",
        [(1, 5, 6, "syntax: not YAML: did not find expected comment or line break (while scanning a block scalar)")],
    ),
    "half of a surrogate pair": (
        'a: "\\ud800"\n',
        [(1, 7, 8, "syntax: not YAML: found invalid Unicode character escape code (while parsing a quoted scalar)")],
    ),
    "control character": ("a: 1\nb: å\x07\n", [(2, 5, 6, "syntax: not YAML: control characters are not allowed")]),
    "zero byte": ("a: \x00\n", [(1, 4, 5, "syntax: not YAML: control characters are not allowed")]),
    "directive of another YAML": (
        "%YAML 3.0\n---\n",
        [(1, 1, 2, "syntax: not YAML: found incompatible YAML document")],
    ),
    "words after the end": (
        "a: 1\n...\nb: 2\n",
        [(3, 1, 2, "syntax: not YAML: did not find expected <document start>")],
    ),
    "faults before a break stay": (
        "a: 1\na: 2\nb: [\n",
        [
            (2, 1, 2, twice("a", 1)),
            (4, 1, 2, "syntax: not YAML: did not find expected node content (while parsing a flow node)"),
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_a_ledger_does_without_is_refused_in_its_place(text: str, expected: list[Fault]) -> None:
    """One fault is one message, at the thing itself: a comma that split a value at the comma."""
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        *((0x00, False), (0x08, False), (0x09, True), (0x0B, False), (0x0C, False), (0x1F, False), (0x7E, True)),
        *((0x7F, False), (0x84, False), (0x86, False), (0x9F, False), (0xA0, True), (0xD7FF, True), (0xE000, True)),
        *((0xFFFD, True), (0xFFFE, False), (0xFFFF, False), (0x10000, True), (0x10FFFF, True)),
    ],
)
def test_the_characters_that_a_file_may_hold(code: int, *, allowed: bool) -> None:
    """One that it may not is pointed at itself."""
    assert faults(f"# å\n# ä{chr(code)}\n") == (
        [] if allowed else [(2, 4, 5, "syntax: not YAML: control characters are not allowed")]
    )


BYTES: dict[str, tuple[bytes, list[Fault]]] = {
    "Latin-1": (b"a: b\nc: \xe5\n", [(2, 4, 5, "syntax: byte 0xe5 is not UTF-8: save the file as UTF-8")]),
    "behind a byte order mark": (
        b"\xef\xbb\xbfa: \xff\n",
        [(1, 4, 5, "syntax: byte 0xff is not UTF-8: save the file as UTF-8")],
    ),
    "behind letters of two bytes": (
        "å: ä".encode() + b"\xff",
        [(1, 5, 6, "syntax: byte 0xff is not UTF-8: save the file as UTF-8")],
    ),
    "UTF-16": (
        "a: 1".encode("utf-16"),
        [(1, 1, 2, "syntax: byte 0xff is not UTF-8: save the file as UTF-8")],
    ),
    "a character cut off": (
        "a: å".encode()[:-1],
        [(1, 4, 5, "syntax: byte 0xc3 is not UTF-8: save the file as UTF-8")],
    ),
    "half of a surrogate pair": (
        b"a: \xed\xa0\x80\n",
        [(1, 4, 5, "syntax: byte 0xed is not UTF-8: save the file as UTF-8")],
    ),
}


@pytest.mark.parametrize(("data", "expected"), BYTES.values(), ids=BYTES)
def test_a_byte_that_is_not_utf_8_is_refused_in_its_place(data: bytes, expected: list[Fault]) -> None:
    """The first one is reported, and its line can still be shown."""
    assert faults(data) == expected
    [fault] = read(data).faults
    assert fault.place.end_column <= len(read(data).lines[fault.place.line - 1]) + 1


def test_a_file_over_64_mib_is_refused_unread() -> None:
    """One byte less is read."""
    data = b"#" * (LARGEST_FILE + 1)
    assert faults(data) == [(1, 1, 2, "unsafe-yaml: the file is over 64 MiB: split it")]
    assert decode(data[:-1], "ledger.yaml")[2] == ()


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_50_deep_is_not_too_deep(opening: str) -> None:
    """The file's own mapping is the first of them."""
    closing = {"[": "]"}.get(opening, "}")
    inner = DEEPEST - 1
    assert faults(f"a: {opening * inner}{closing * inner}") == []
    assert faults(f"a: {opening * (inner + 1)}{closing * (inner + 1)}")[0][3] == TOO_DEEP


def test_what_is_refused_marks_the_entry_around_it_as_faulty() -> None:
    """So that the entry can be left out whole, while those beside it stay."""
    root = read("m:\n  a: {b: &x 1}\n  c: {d: 1, d: 2}\n  e: {f: 1,5}\n  g: {h: 1}\n  i: !t {j: 1}\n").root
    entries = root["m"]
    assert isinstance(entries, Map)
    assert entries.faulty == {"a", "c", "e", "i"}


def test_the_first_of_two_keys_holds() -> None:
    """A fault of the second does not touch the first."""
    root = read("a: {b: 1}\na: &x 2\n").root
    assert plain(root) == {"a": {"b": "1"}}
    assert root.faulty == set()


def test_a_quoted_merge_sign_is_a_text() -> None:
    """Only the plain `<<` merges."""
    assert plain(read("'<<': 1\n").root) == {"<<": "1"}


HOSTILE = {
    "brackets that never close": "a: " + "[" * 300_000,
    "braces that never close": "a: " + "{" * 300_000,
    "keys in keys": "? " * 200_000,
    "lists in lists": "- " * 200_000,
    "a bomb of aliases": "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 2_000)),
    "tabs on every line": "a:\n" + "\tb: 1\n" * 50_000,
    "line separators on every line": "a: \u2028\n" * 50_000,
    "commas on one line": "{a: 1" + ",5" * 50_000 + "}",
    "commas on one line, each split a value": "{" + "".join(f"k{n}: 1,5, " for n in range(20_000)) + "}",
    "a comma far from its value": "{a: 1," + "\n" * 200_000 + "5}",
    "a value of a million characters": "a: " + "x" * 1_000_000,
    "a quoted value of a million lines": 'a: "' + "x\n\n" * 300_000 + '"',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_read_in_time(text: str) -> None:
    """Nothing grows with the square of a file's size: these took minutes where it did."""
    data = text.encode()
    started = perf_counter()
    parse(data, "ledger.yaml")
    assert perf_counter() - started < 10
