"""JSON Schema of ledger files: what an editor that reads YAML 1.2 makes of them is what the program makes of them."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from editors import Tree, faults, yaml_1_2
from jsonschema import Draft7Validator
from running import run
from transcript import ROOT

from ledger.money import AmountError, read_amount
from ledger.money.qualifiers import SENSES
from ledger.money.units import SCALES, UNITS
from ledger.reading.json_schema import schema, schema_text
from ledger.reading.json_schema_patterns import AMOUNT
from ledger.reading.model import RECORDS
from ledger.reading.yaml.document import parse

SHIPPED = ROOT / "docs" / "ledger.schema.json"
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.yaml"))
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "src/ledger/templates").glob("ledger-*.yaml"))
GUIDE = {
    f"{page.stem}-{number}": text
    for page in sorted((ROOT / "docs/format").glob("*.md"))
    for number, text in enumerate(
        re.findall(r"^```yaml[^\n]*\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL), 1
    )
}

_CORE = (
    (re.compile(r"null|Null|NULL|~"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
)
"""The core schema of YAML 1.2.2, section 10.3, but for octal and hexadecimal numbers, infinity and NaN."""


def core(text: str) -> Tree:
    """What a plain scalar is by the core schema."""
    return next((make(text) for pattern, make in _CORE if pattern.fullmatch(text)), text)


def differences(ours: Tree, theirs: Tree, route: str = "") -> Iterator[str]:
    """Where the two trees differ, when each of our texts is read by the core schema, or is a quoted text."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        if [core(key) for key in ours] != list(theirs) and list(ours) != list(theirs):
            yield f"{route}: {list(ours)} is not {list(theirs)}"
        for (key, value), other in zip(ours.items(), theirs.values(), strict=False):
            yield from differences(value, other, f"{route}/{key}")
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for number, (value, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from differences(value, other, f"{route}/{number}")
    elif not isinstance(ours, str) or (ours != theirs and (core(ours), type(core(ours))) != (theirs, type(theirs))):
        yield f"{route}: {ours!r} is not {theirs!r}"


def test_the_schema_in_the_repository_is_the_one_that_is_made() -> None:
    """`docs/ledger.schema.json` is what `ledger schema` prints now; UPDATE_DOCS=1 writes it anew."""
    if os.environ.get("UPDATE_DOCS"):
        SHIPPED.write_text(schema_text(), encoding="utf-8")
    assert SHIPPED.read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_one_of_draft_7() -> None:
    """It is a JSON Schema, says which, and has a name of its own."""
    made = schema()
    Draft7Validator.check_schema(made)
    assert (made["$schema"], made["$id"]) == (Draft7Validator.META_SCHEMA["$id"], "urn:gender-budget-ledger:schema:1")


def test_every_field_has_a_description_and_no_other_is_allowed() -> None:
    """An editor explains each field of each record, and flags a field that there is not."""
    made = schema()
    assert set(made["properties"]) == set(RECORDS)
    records = {name: one for name, one in made["definitions"].items() if one.get("type") == "object"}
    assert len(records) == len({*RECORDS.values()}) + 4  # figures, top-ups, acceptances, extensions
    for holder in (made, *records.values()):
        assert holder["description"]
        assert holder["additionalProperties"] is False
        assert [name for name, field in holder["properties"].items() if not field.get("description")] == []


@pytest.mark.parametrize("name", FILES + TEMPLATES)
def test_a_shipped_file_is_right_by_the_schema(name: str) -> None:
    """An editor flags nothing in any file that is shipped."""
    assert faults((ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", FILES + TEMPLATES)
def test_both_parsers_read_a_shipped_file_alike(name: str) -> None:
    """A parser of YAML 1.2 finds the same keys, and under each of them the text that is written."""
    text = (ROOT / name).read_text(encoding="utf-8")
    document = parse(text.encode(), name)
    assert document.faults == ()
    assert list(differences(document.root, yaml_1_2(text))) == []


@pytest.mark.parametrize("name", [name for name, text in GUIDE.items() if "# <-" not in text])
def test_an_example_of_the_guide_is_right_by_the_schema_and_read_alike(name: str) -> None:
    """An editor flags nothing in the examples that are free of faults."""
    text = GUIDE[name]
    assert faults(text) == []
    assert list(differences(parse(text.encode(), name).root, yaml_1_2(text))) == []


@pytest.mark.parametrize("name", FILES)
def test_a_data_file_says_where_its_schema_is(name: str) -> None:
    """The line for editors names the schema in docs/, relative to the file."""
    [found] = re.findall(r"^# yaml-language-server: \$schema=(\S+)$", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    assert (ROOT / name).parent.joinpath(found).resolve() == SHIPPED.resolve()


def test_two_parsers_that_differ_are_noticed() -> None:
    """What YAML 1.1 makes of a text would be seen."""
    ours = {"code": "3:1", "year": "2024", "county_code": "03", "quoted": "2024"}
    assert list(differences(ours, {"code": "3:1", "year": 2024, "county_code": 3, "quoted": "2024"})) == []
    assert list(differences(ours, {"code": 181, "year": 2024, "county_code": 3, "quoted": "2024"})) == [
        "/code: '3:1' is not 181"
    ]
    assert len(list(differences(ours, {"code": "3:1", "year": 2024.0, "county_code": False, "quoted": None}))) == 3
    assert len(list(differences(ours, {"code": "3:1"}))) == 1


LINE = "title: T, kind: grant, year: 2024"


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        (f"allocation: {{a: {{{LINE}}}}}", ""),
        (f"allocations: {{a: {{{LINE}, tottal: 5 mnkr}}}}", "allocations/a"),
        (f"allocations: {{a b: {{{LINE}}}}}", "allocations"),
        (f"allocations: {{a: {{{LINE}, parts: {{b/c: {{title: T, kind: grant}}}}}}}}", "allocations/a/parts"),
        (f"allocations: {{a: {{{LINE}, parts: {{b: {{title: T, kind: gift}}}}}}}}", "allocations/a/parts/b/kind"),
        ("allocations: {a: {kind: grant, year: 2024}}", "allocations/a"),
        ("allocations: {a: {title: T, kind: gift, year: 2024}}", "allocations/a/kind"),
        ("allocations: {a: {title: T, kind: grant, year: 2024/25}}", "allocations/a/year"),
        ("allocations: {a: {title: T, kind: grant, year: soon}}", "allocations/a/year"),
        ("allocations: {a: {title: T, kind: grant, year: 20244}}", "allocations/a/year"),
        (f"allocations: {{a: {{{LINE}, total: abc}}}}", "allocations/a/total"),
        (f"allocations: {{a: {{{LINE}, total: '1,500 mnkr'}}}}", "allocations/a/total"),
        (f"allocations: {{a: {{{LINE}, total: 5 mnnkr}}}}", "allocations/a/total"),
        (f"allocations: {{a: {{{LINE}, total: true}}}}", "allocations/a/total"),
        (f"allocations: {{a: {{{LINE}, total: [5 mnkr]}}}}", "allocations/a/total"),
        (f"allocations: {{a: {{{LINE}, total: {{amuont: 5 mnkr}}}}}}", "allocations/a/total"),
        (f"allocations: {{a: {{{LINE}, total: {{amount: some}}}}}}", "allocations/a/total/amount"),
        (f"allocations: {{a: {{{LINE}, top_ups: 5 mnkr}}}}", "allocations/a/top_ups"),
        (f"allocations: {{a: {{{LINE}, top_ups: [{{amount: more}}]}}}}", "allocations/a/top_ups/0/amount"),
        (f"allocations: {{a: {{{LINE}, unit: euro}}}}", "allocations/a/unit"),
        (f"allocations: {{a: {{{LINE}, decided: 2024-13}}}}", "allocations/a/decided"),
        (f"allocations: {{a: {{{LINE}, decided: 27 mars}}}}", "allocations/a/decided"),
        (f"allocations: {{a: {{{LINE}, parts_are: full}}}}", "allocations/a/parts_are"),
        (f"allocations: {{a: {{{LINE}, counted: nej}}}}", "allocations/a/counted"),
        (f"allocations: {{a: {{{LINE}, stage: planed}}}}", "allocations/a/stage"),
        (f"allocations: {{a: {{{LINE}, gender_marker: 3}}}}", "allocations/a/gender_marker"),
        (f"allocations: {{a: {{{LINE}, goals: violence}}}}", "allocations/a/goals"),
        (f"allocations: {{a: {{{LINE}, note: }}}}", "allocations/a/note"),
        (f"allocations: {{a: {{{LINE}, note: ''}}}}", "allocations/a/note"),
        (f"allocations: [{{{LINE}}}]", "allocations"),
        ("claims: {c: {title: T, year: 2024}}", "claims/c"),
        ("claims: {c: {title: T, year: 2022-2023, amount: 5 mnkr}}", "claims/c/year"),
        ("ledger: {currency: kronor}", "ledger/currency"),
        ("goals: {g: {name: G, number: six}}", "goals/g/number"),
        ("initiatives: {i: {title: T, kind: inquiry, due: later}}", "initiatives/i/due"),
    ],
)
def test_a_mistake_is_flagged_where_it_stands(text: str, flagged: str) -> None:
    """An editor flags each kind of mistake that can be seen without knowing the rest of the ledger."""
    assert faults(text) == [flagged]


@pytest.mark.parametrize(
    "fields",
    [
        "total: 439, unit: tkr",
        "total: -5, unit: tkr",
        "total: 23.5, unit: mnkr",
        "total: 439 039, unit: thousand EUR",
        "total: {amount: drygt 600 miljoner, words: 'drygt 600', rounded_to: 1 mnkr}",
        "code: 3:1",
        "code: 3.1",
        "title: 2024",
        "recipient: NO",
        "recipient: true",
        "source: [a, b]",
        "gender_marker: 0",
        "decided: 2024",
        "decided: 2024-03-27",
        "year: 2022-2023",
        "counted: no",
        "parts: {å-ä_ö.1: {title: T, kind: item}, 2024: {title: T, kind: item}}",
        "top_ups: [{note: More}, {line: b}, {amount: -5 mnkr}]",
    ],
)
def test_what_is_right_is_not_flagged(fields: str) -> None:
    """Whatever type YAML 1.2 gives a value that the reader takes, an editor takes it."""
    line = dict.fromkeys(("title: T", "kind: grant", "year: 2024"))
    kept = [one for one in line if not fields.startswith(one.split()[0])]
    assert faults(f"allocations: {{a: {{{', '.join([*kept, fields])}}}}}") == []


def test_a_key_may_wait_for_its_records() -> None:
    """`allocations:` alone is the beginning of a file."""
    assert faults("ledger:\nallocations:\n") == []


PATTERN = re.compile(str(AMOUNT["pattern"]))
NUMBERS = ("0", "5", "23,5", "1.5", "439 039", "1\u00a0500", "1\u202f500,50", "9_000", "0,125", "1500,125", "−5", "-5")
SHAPES = ("{}", "{}–6 000", "{} - 6 000", "mellan {} och 6 000", "Between {} AND 6 000", "{} ± 1", "{}±0,5")
MARKS = ("", " ", *(f"{word} " for word in SENSES), "DRYGT ", "Ca  ")
UNIT_WORDS = ("", " ", *(f" {word}" for word in (*UNITS, *SCALES)), "mnkr", " MNKR", " Miljoner Kronor", " EUR")


def amounts() -> Iterator[str]:
    """Every qualifier, number and shape with every unit, each once with each of another kind."""
    yield from (f"{mark}{number} mnkr" for mark in MARKS for number in NUMBERS)
    yield from (f"{shape.format(number)} mnkr" for shape in SHAPES for number in NUMBERS)
    yield from (f"{number}{unit}" for number in NUMBERS for unit in UNIT_WORDS)
    yield from (f"{mark}{shape.format('5')}{unit}" for mark in MARKS for shape in SHAPES for unit in ("", " MEUR"))
    yield from (f"5{unit} EUR" for unit in UNIT_WORDS)


def is_read(text: str) -> bool:
    """Whether the reader takes the amount, in a ledger of its currency and with a unit in scope."""
    for unit, currency in (("kr", "SEK"), ("EUR", "EUR")):
        try:
            read_amount(text, unit, currency)
        except AmountError:
            continue
        return True
    return False


def test_no_amount_that_is_read_is_flagged() -> None:
    """Of all ways to write an amount, the editor flags none that the reader takes, and most that it refuses."""
    written = sorted(set(amounts()))
    read = [text for text in written if is_read(text)]
    assert len(read) > 500
    assert [text for text in read if not PATTERN.search(text)] == []


NO_AMOUNTS = """
abc
mnkr
drygt
drygt mnkr
ett par miljoner
tiotals miljoner
1,500 mnkr
1.500 kr
12.500.000 kr
12 5 mnkr
5 6
007 kr
5 mnnkr
5 mnkr kr
5 miljoner människor
5 euro
5 %
=5
-
"""


@pytest.mark.parametrize("text", NO_AMOUNTS.split("\n")[1:-1])
def test_what_is_no_amount_is_flagged(text: str) -> None:
    """An editor flags what the reader refuses, also an amount that can be read two ways."""
    assert not is_read(text)
    assert not PATTERN.search(text)


def test_the_command_prints_the_schema_or_writes_it(tmp_path: Path) -> None:
    """Without a file it goes to standard output; with one it is written whole."""
    printed = run("schema", folder=tmp_path)
    assert (printed.returncode, printed.stderr) == (0, "")
    assert json.loads(printed.stdout) == schema()
    written = run("schema", "made.json", folder=tmp_path)
    assert (written.returncode, written.stdout, written.stderr) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["made.json"]
    assert (tmp_path / "made.json").read_text(encoding="utf-8") == printed.stdout


def test_a_schema_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    """No traceback, and status 2."""
    done = run("schema", "nowhere/made.json", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "ledger: cannot write 'nowhere/made.json': no such file or directory\n"
