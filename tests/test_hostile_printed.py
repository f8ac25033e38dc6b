"""A stranger's controls and bidi marks in every text that is printed: none steers a terminal or turns the text around.

What is tried is found, not listed: every field of the models, every command, and every parameter of each.
"""

import csv
import io
import json
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import pytest
import strange
from conftest import Tell
from forked import Asked, Came, many
from repositories import SETTINGS, commit, git, repository
from typer.main import get_command

from ledger.cli import build
from ledger.table import steering

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks, and needs a pseudo-terminal")

STEERING = (
    (
        "\x1b[31m\x1b]0;t\x07\x1b]8;;http://e.se\x1b\\\x1b]52;c;YQ==\x07\x1bP1$r\x1b\\\x1b[2J"
        + "".join(chr(code) for code in range(1, 32) if chr(code) not in "\t\n\x1b")
    ),
    "".join(map(chr, range(0x7F, 0xA0))),
    (
        "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        "\u00ad\u200b\u200c\u200d\u2028\u2029\u2060\u2061\ufeff\ufff9\U000e0001"
    ),
)
"""Sequences of terminals with all other controls; those of the upper half; bidi marks and what is not seen."""

TEXTS = dict(
    zip(
        ("terminal", "C1", "bidi"),
        (f"a{'b'.join(each)}c" if at else f"a{each}c" for at, each in enumerate(STEERING)),
        strict=True,
    )
)
MIXED = "a\x1b[31m\x07\x9b2J\u202e\u2066\u200b\u2028c"
SGR = re.compile(r"\x1b\[[0-9;]*m")


def harm(came: Came) -> str:
    """What a terminal or a reader would stumble over: steering characters but line ends, and our own colours there."""
    text = came.printed.decode()
    if came.asked.terminal or "always" in came.asked.words:
        text = SGR.sub("", text).replace("\r\n", "\n")
    found = sorted({one for one in text if steering(one) and one != "\n"})
    broken = [words for words in ("fault of the program", "Traceback") if words in text]
    return " ".join([*(f"U+{ord(one):04X}" for one in found), *broken])


def harmless(came: Sequence[Came]) -> None:
    assert [(one.asked.words, one.asked.terminal, what) for one in came if (what := harm(one))] == []


@pytest.fixture(scope="module")
def records() -> tuple[strange.Filled, strange.Records]:
    """Records with the first text in every field that takes it; and the same with references that lead somewhere."""
    filled = strange.filled(TEXTS["terminal"])
    return filled, strange.linked(filled.records, TEXTS["terminal"])


def put(folder: Path, records: tuple[strange.Filled, strange.Records], text: str) -> None:
    """A ledger of both, in a folder and a file that are called by the text too."""
    both = {
        **{(top, name if top != "claims" else f"c{name}"): values for (top, name), values in records[1].items()},
        **{(top, f"u{name}"): values for (top, name), values in records[0].records.items() if top != "ledger"},
    }
    inner = folder / "data" / text.replace("/", "|")
    inner.mkdir(parents=True)
    content = strange.file_of(strange.with_text(both, TEXTS["terminal"], text))
    (inner / f"{text.replace('/', '|')}.yaml").write_text(content, encoding="utf-8")
    (folder / "old").mkdir()
    (folder / "old" / "old.yaml").write_text("ledger: {title: Old}\n", encoding="utf-8")


TABLES = ("lines", "top_ups", "claims", "figures", "agencies", "sources", "goals", "initiatives", "findings")
SHOWING: tuple[tuple[str, ...], ...] = (
    ("summary", "2024"),
    ("summary",),
    *(("summary", "2024", "--by", by) for by in ("recipient", "goal", "source", "kind")),
    ("query", "2024"),
    ("show", "x"),
    ("show", "ux"),
    ("show", "cx"),
    ("initiatives",),
    ("diff", "old", "data"),
    ("export", "-f", "table"),
)
RUNS: tuple[tuple[tuple[str, ...], bool], ...] = (
    *((words, terminal) for words in SHOWING for terminal in (False, True)),
    *(((*words, "-f", form), False) for words in (("summary", "2024"), ("show", "x"), ("initiatives",)) for form in ("markdown", "json")),
    *((("check", "-f", form), False) for form in ("text", "json", "github", "gitlab", "sarif", "junit")),
    *((("sql", f"SELECT * FROM {table}"), False) for table in TABLES),  # noqa: S608 - our own names
    (("check",), True),
    (("check", "--color", "always"), False),
    (("export", "-f", "csv"), True),
    (("export", "-f", "csv-excel-sv"), True),
    (("export", "-f", "json"), True),
    (("report", "2024", "--today", "2024-06-01", "--lang", "en"), False),
    (("add", "top-up", "ux", "7 kr", "--decided", "2024", "--source", "x", "--dry-run"), True),
    (("import", "rows.csv", "--dry-run"), True),
)  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_no_field_steers_a_terminal_whatever_prints_it(
    name: str, records: tuple[strange.Filled, strange.Records], tmp_path: Path, tell: Tell
) -> None:
    r"""Every text is shown with what is in it written out: `\x1b`, `\u202e`."""
    text = TEXTS[name]
    put(tmp_path, records, text)
    (tmp_path / "rows.csv").write_text(
        "id,title,kind,year,recipient,total_tkr\nn,New,grant,2024,x,5\n", encoding="utf-8"
    )
    came = many(Asked(words, str(tmp_path), terminal=terminal) for words, terminal in RUNS)
    harmless(came)
    unshown = [one.asked.words for one in came if b"c" not in one.printed or one.status == 2]
    assert unshown == []
    printed = b"".join(one.printed for one in came).decode()
    lost = [one for one in text if steering(one) and one.encode("unicode_escape").decode() not in printed]
    assert [one for one in lost if not one.isspace()] == []
    number = len(records[0].taking)
    tell(f"hostile: {number} fields × text '{name}' × {len(came)} outputs, harmful outputs: 0")


def test_every_command_is_among_those_that_are_tried() -> None:
    """Those that print nothing of a ledger's are tried with hostile parameters, below."""
    tried = {words[0] for words, _ in RUNS}
    assert {*tried, "scan", "reconcile", "init", "schema", "explain"} == set(commands())


def test_the_fields_that_take_no_such_text_say_so_without_it(
    records: tuple[strange.Filled, strange.Records], tmp_path: Path, tell: Tell
) -> None:
    """In dates, amounts, ids and keys the text is a fault, which shows it."""
    refusing = records[0].refusing
    wrong = {
        (one.top, f"r{number}"): dict.fromkeys(one.needed, "2024") | {one.steps: MIXED}
        for number, one in enumerate(refusing)
        if one.top != "ledger"
    }
    (tmp_path / "data").mkdir()
    content = strange.file_of(wrong) + f"ledger: {{currency: {strange.written(MIXED)}}}\n"
    keys = f"{strange.written(MIXED)}: 1\n" + f"claims: {{{strange.written(MIXED)}: {{{strange.written(MIXED)}: 1}}}}\n"
    for file, text in (("wrong", content), ("keys", keys), ("text", MIXED), ("broken", f"a: [{MIXED[-3:-1]}\n")):
        (tmp_path / "data" / f"{file}.yaml").write_text(text, encoding="utf-8")
    runs = [(("check", "-f", form), False) for form in ("text", "json", "github", "gitlab", "sarif", "junit")]
    came = many(
        Asked(words, str(tmp_path), terminal=on) for words, on in [*runs, (("check",), True), (("summary",), False)]
    )
    harmless(came)
    faults = json.loads(came[1].output)["diagnostics"]
    assert len({one["line"] for one in faults if "wrong.yaml" in one["path"]}) >= len(wrong)
    tell(f"hostile: {len(refusing)} fields that take no text, and keys × {len(came)} outputs, harmful outputs: 0")


# what comes from the command line


def commands() -> dict[str, list[list[str]]]:
    """Every command, with each of its parameters as words that give it the text, the required ones beside it."""
    found = {}
    program = get_command(build())
    for name, command in program.commands.items():  # type: ignore[attr-defined]
        arguments = [one for one in command.params if one.param_type_name == "argument"]
        needed = [_likely(one.name) for one in arguments if one.required]
        options = [one for one in command.params if one.param_type_name == "option" and not one.is_flag]
        must = [word for one in options if one.required for word in (one.opts[0], _likely(one.name))]
        tries = [[*needed[:at], MIXED, *needed[at + 1 :], *must] for at in range(len(arguments))]
        tries += [[*needed, *must, one.opts[0], MIXED] for one in options]
        tries += [[*needed, *must, f"--{MIXED}"], [*needed, *must, *[MIXED] * 9]]
        found[name] = [[name, *words] for words in tries]
    return found


def _likely(name: str) -> str:
    """A value that a required parameter takes."""
    known = {"what": "top-up", "line": "x", "id_": "x", "id": "x", "amount": "7 kr", "decided": "2024", "source": "x"}
    return {**known, "directory": "new", "old": "old", "file": "rows.csv", "files": "rows.csv"}.get(name, "x")


def test_no_word_of_the_command_line_steers_a_terminal(tmp_path: Path, tell: Tell) -> None:
    """Whichever parameter it stands in, terms in a text, and settings of the environment too."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.yaml").write_text("allocations: {x: {title: T, kind: grant, year: 2024, total: 1 kr}}\n")
    (tmp_path / "old").mkdir()
    (tmp_path / "rows.csv").write_text("id,year,total\nx,2024,5\n")
    lines = [words for tries in commands().values() for words in tries]
    lines += [
        ["query", f"{key}{MIXED}"]
        for key in (
            "",
            "year:",
            "recipient:",
            "goal:",
            "code:",
            "total:",
            "decided:",
            "source:",
            "id:",
            "kind:",
            f"{MIXED}:",
            "not:",
            "total:>=",
        )
    ]
    lines += [["sql", query] for query in (f'SELECT 1 AS "{MIXED}"', f"SELECT '{MIXED}'", f"SELECT * FROM [{MIXED}]")]  # noqa: S608
    lines += [[MIXED], ["--data", MIXED, "query"], ["--color", MIXED, "query"], [f"--{MIXED}"]]
    runs = [Asked(words, str(tmp_path)) for words in lines]
    runs += [
        Asked(["query"], str(tmp_path), settings={"LEDGER_DATA": MIXED}),
        Asked(["check"], str(tmp_path), settings={"LEDGER_DATA": MIXED}),
    ]
    came = many(runs)
    harmless(came)
    tell(f"hostile: {len(runs)} command lines with controls in a parameter, harmful outputs: 0")


# what comes from documents and from git

CSV = 'id;recipient;year;total;{0}\nx;"{0}";2024;5;"{0}"\n"{0}";x;2024;7;\n'
PROSE = (
    "# {0}\n\nStöd {0} 5 miljoner kronor {0} till {0} år 2024.\n\n| {0} | Belopp (tkr) |\n|---|---|\n| {0} | 5 000 |\n"
)
HTML = "<h1>{0}</h1><table><tr><th>{0}</th><th>tkr</th></tr><tr><td>{0}</td><td>5 000</td></tr></table><p>5 miljoner {0} kronor 2024"
LEDGER = "sources: {x: {title: S, kind: letter}}\nallocations: {x: {title: T, kind: grant, year: 2024, source: x, total: 1 kr}}\n"


@pytest.mark.parametrize("name", TEXTS)
def test_no_document_steers_a_terminal(name: str, tmp_path: Path, tell: Tell) -> None:
    """Neither by its cells and headings, nor by its name; and what is drafted from it can be read again."""
    text = TEXTS[name]
    called = text.replace("/", "|")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.yaml").write_text(LEDGER)
    for ending, content in ((".csv", CSV), (".md", PROSE), (".html", HTML)):
        for file in (called, "plain"):
            (tmp_path / f"{file}{ending}").write_text(content.format(text), encoding="utf-8")
    lines: list[tuple[str, ...]] = []
    for file in (called, "plain"):
        lines += [
            ("scan", f"./{file}{ending}", *more)
            for ending in (".md", ".html")
            for more in ((), ("-f", "json"), ("--check", "--source", "x"))
        ]
        lines += [("reconcile", f"./{file}.csv", *more) for more in ((), ("-f", "json"), ("-f", "markdown"))]
        lines += [
            ("import", f"./{file}.csv", "--dry-run"),
            ("import", f"./{file}.md", "--prose", "--source", f"d-{file[:1]}"),
        ]
    runs = [Asked(words, str(tmp_path)) for words in lines]
    runs += [Asked(words, str(tmp_path), terminal=True) for words in lines if "json" not in words]
    came = many([*runs, Asked(["check"], str(tmp_path))])
    harmless(came)
    drafts = sorted(file.name for file in (tmp_path / "data").iterdir())
    assert drafts == ["d-p.yaml", "x.yaml"], "no title of a source can hold such a name"
    assert came[-1].status == 0
    for draft in drafts[:1]:
        assert not any(steering(one) and one != "\n" for one in (tmp_path / "data" / draft).read_text(encoding="utf-8"))
    tell(f"hostile: documents with text '{name}' × {len(came)} outputs, harmful outputs: 0")


def test_no_branch_author_or_path_of_git_steers_a_terminal(tmp_path: Path) -> None:
    """Names that git allows: no controls, but all that turns text around."""
    turned = "a\u202eb\u2066c\u200bd"
    folder = repository(tmp_path)
    (folder / "data").mkdir()
    (folder / "data" / f"{MIXED}.yaml").write_text(LEDGER)
    (folder / "data" / f"{MIXED}l.yaml").symlink_to("elsewhere")
    commit(folder, MIXED)
    (folder / "data" / f"{MIXED}l.yaml").unlink()
    git(folder, "branch", turned)
    (folder / "data" / f"{MIXED}.yaml").write_text(LEDGER.replace("1 kr", "2 kr").replace("title: T", "titel: T"))
    broken = commit(folder)
    (folder / "data" / f"{MIXED}.yaml").write_text(LEDGER.replace("1 kr", "2 kr"))
    lines = [["diff", turned], ["check", "--since", turned], ["diff", turned, "-f", "markdown"], ["diff", broken]]
    lines += [[*words, MIXED] for words in (["diff"], ["check", "--since"], ["diff", "HEAD"])]
    came = many((Asked(words, str(folder), terminal=on) for words in lines for on in (False, True)), **SETTINGS)
    harmless(came)
    assert [one.status for one in came] == [1, 1, 0, 0, 1, 1, *[2] * 8]


# what machines read


def test_machine_formats_keep_the_texts_and_hold_no_steering_character_but_csv_in_a_file(
    records: tuple[strange.Filled, strange.Records], tmp_path: Path
) -> None:
    """JSON and XML escape; CSV has no escapes, so it keeps the bytes where a program reads them."""
    text = TEXTS["bidi"]
    put(tmp_path, records, text)
    title = "SELECT title FROM sources WHERE id = 'x'"
    came = many(
        Asked(words, str(tmp_path))
        for words in (
            ["sql", title, "-f", "json"],
            ["sql", title, "-f", "csv"],
            ["check", "-f", "junit"],
            ["check", "-f", "gitlab"],
        )
    )
    assert json.loads(came[0].output)["rows"] == [{"title": text}]
    assert [*csv.reader(io.StringIO(came[1].output.decode(), newline=""))] == [["title"], [text]]
    harmless([came[0], *came[2:]])
    ET.fromstring(came[2].output)  # noqa: S314 - our own
    assert json.loads(came[3].output)
