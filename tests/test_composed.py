"""One letter has one spelling: what PDFs and macOS write as `o` and two dots behind it is `ö` at every door."""

from collections.abc import Iterator
from pathlib import Path
from unicodedata import is_normalized, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters import LETTER_2021
from running import ledger, run

from ledger.diagnostic import Place
from ledger.reading import load
from ledger.reading.yaml.document import parse
from ledger.statements import Statement, read_statement
from ledger.statements._nfc import letters, read_composed
from ledger.statements.running_text import mentions
from ledger.writing.yaml_scalars import scalar

VARD = """\
sources:
  källa: {title: Budgetpropositionen för 2024, kind: budget-bill}
agencies:
  åre: {name: Åre kommun, kind: municipality}
allocations:
  vård-2024:
    title: Vård på lika villkor
    kind: grant
    year: 2024
    source: källa
    recipient: åre
    total: högst 5 mnkr
"""


def apart(text: str) -> str:
    """The text with every accent behind its letter."""
    return normalize("NFD", text)


@pytest.mark.parametrize("style", [VARD, VARD.replace("Vård på lika villkor", '"Vård på lika villkor"')])
def test_a_ledger_file_reads_the_same_in_either_spelling(tmp_path: Path, style: str) -> None:
    one, other = load(ledger(tmp_path, style, "one")), load(ledger(tmp_path, apart(style), "other"))
    assert not one.faults
    assert not other.faults
    assert one.book.lines.keys() == other.book.lines.keys() == {"vård-2024"}
    for ours, theirs in zip(one.book.lines.values(), other.book.lines.values(), strict=True):
        assert (ours.title, ours.recipient, ours.total and ours.total.amount) == (
            theirs.title,
            theirs.recipient,
            theirs.total and theirs.total.amount,
        )


def test_places_point_into_the_file_as_it_is() -> None:
    text = apart("agencies: {åre: {name: Åre, kind: municipality}, öra: {namn: Öra, kind: municipality}}\n")
    read = parse(text.encode(), "a.yaml").root["agencies"]
    assert not isinstance(read, str | list)
    line, column, end = read.keys_at["öra"]
    assert text.split("\n")[line - 1][column - 1 : end - 1] == apart("öra")


TWICE = """\
sources: {k: {title: K, kind: budget-bill}}
allocations:
  vård: {title: Vård, kind: grant, year: 2024, source: k, total: 5 mnkr}
"""


def test_two_ids_that_differ_in_spelling_only_are_one_id_twice(tmp_path: Path) -> None:
    second = "  vård: {title: Annat, kind: grant, year: 2024, source: k, total: 6 mnkr}\n"
    one_file = run("check", "--data", str(ledger(tmp_path, TWICE + apart(second), "one")), folder=tmp_path)
    assert one_file.returncode == 1
    assert "4:3: error[duplicate-id] 'vård' stands twice here, first on line 3" in one_file.stdout
    assert "letters are the same whether an accent is stored in its letter or behind it" in one_file.stdout
    files = ledger(tmp_path, TWICE, "two")
    (files / "z.yaml").write_text("allocations:\n" + apart(second), encoding="utf-8")
    two_files = run("check", "--data", str(files), folder=tmp_path)
    assert two_files.returncode == 1
    assert "error[duplicate-id] 'vård' stands a second time under 'allocations'" in two_files.stdout
    assert "letters are the same whether an accent is stored in its letter or behind it" in two_files.stdout


def test_the_same_spelling_twice_is_a_duplicate_key_as_before(tmp_path: Path) -> None:
    second = "  'vård': {title: Annat, kind: grant, year: 2024, source: k, total: 6 mnkr}\n"
    for text in (TWICE + second, apart(TWICE + second)):
        found = run("check", "--data", str(ledger(tmp_path, text, f"d{len(text)}")), folder=tmp_path)
        assert "error[duplicate-key] 'vård' stands twice here, first on line 3: only one can hold\n" in found.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("query", "recipient:åre"),
        ("query", "text:vård"),
        ("query", "vård"),
        ("show", "vård-2024"),
        ("sql", "SELECT id FROM lines WHERE recipient = 'åre'"),
        ("summary", "2024", "id:vård-2024"),
    ],
)
def test_what_is_asked_for_is_found_in_either_spelling(tmp_path: Path, words: tuple[str, ...]) -> None:
    data = str(ledger(tmp_path, apart(VARD)))
    one, other = (run(*asked, "--data", data, folder=tmp_path) for asked in (words, tuple(map(apart, words))))
    assert one.returncode == 0
    assert "vård" in one.stdout.casefold()
    assert one.stdout == other.stdout.replace(apart(words[-1]), words[-1])


def test_a_file_whose_name_has_the_other_spelling_is_opened(tmp_path: Path) -> None:
    name = apart("småskrift.md")
    (tmp_path / name).write_text(apart("Stödet är högst 5 miljoner kronor."), encoding="utf-8")
    found = run("scan", name, "-f", "csv", folder=tmp_path)
    assert found.returncode == 0
    assert "högst 5 miljoner kronor" in found.stdout
    data = ledger(tmp_path, VARD, apart("pengar för vård"))
    assert run("check", "--data", data.name, folder=tmp_path).returncode == 0
    assert run("diff", data.name, data.name, folder=tmp_path).returncode == 0


QUALIFIED = ("högst", "nästan", "över", "lägst", "ungefär", "närmare", "nära", "åtminstone")


@pytest.mark.parametrize("qualifier", QUALIFIED)
@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("t.md", "Länsstyrelsen på Åland får {} 5 miljoner kronor för **våld**, sedan {} 6 tkr."),
        ("t.html", "<html><p>Länsstyrelsen får {} 5 miljoner&nbsp;kronor,<b> därtill</b> {} 6 tkr."),
        ("t.txt", "Å\nÄ\nLänsstyrelsen får\n{} 5\nmiljoner kronor och\n\n{} 6 tkr."),
    ],
)
def test_an_amount_keeps_its_words_limits_and_place(qualifier: str, name: str, document: str) -> None:
    text = document.replace("{}", qualifier)
    composed, decomposed = ([*mentions([one.encode()], name)] for one in (text, apart(text)))
    assert [one.found for one in decomposed] == [one.found for one in composed]
    assert all(one.found.text.startswith(qualifier) for one in decomposed)
    lines = apart(text).split("\n")
    for one in decomposed:
        assert lines[one.place.line - 1][one.place.column - 1 :].startswith(apart(qualifier))


def test_a_letter_reads_the_same_and_points_into_the_text_as_it_is() -> None:
    one, other = (read_statement(text.encode(), "brev.txt") for text in (LETTER_2021, apart(LETTER_2021)))
    assert isinstance(one, Statement)
    assert isinstance(other, Statement)
    assert [(row.code, row.name, row.recipient, row.figures) for row in other.rows] == [
        (row.code, row.name, row.recipient, row.figures) for row in one.rows
    ]
    lines = apart(LETTER_2021).split("\n")
    for ours, theirs in zip(one.rows, other.rows, strict=True):
        assert ours.place.line == theirs.place.line
        whole = LETTER_2021.split("\n")[ours.place.line - 1]
        if ours.place.end_column == len(whole) + 1:
            assert theirs.place.end_column == len(lines[theirs.place.line - 1]) + 1


def test_a_table_reads_the_same_and_points_into_the_text_as_it_is() -> None:
    table = "Myndighet;År;Belopp (tkr)\nMyndigheten för vård- och omsorgsanalys;2024;5 000\nÅ;2024;x\n"
    good, bad = table.rsplit("Å;", 1)[0], table
    one, other = (read_statement(text.encode(), "t.csv") for text in (good, apart(good)))
    assert isinstance(one, Statement)
    assert isinstance(other, Statement)
    assert [(row.recipient, row.figures) for row in one.rows] == [(row.recipient, row.figures) for row in other.rows]
    unread = read_statement(apart(bad).encode(), "t.csv")
    assert isinstance(unread, Statement)
    place = unread.rows[-1].unread["total"].place
    assert apart(bad).split("\n")[place.line - 1][place.column - 1 : place.end_column - 1] == "x"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r")))
def test_a_text_in_pieces_is_the_text_in_nfc(text: str) -> None:
    def pieces() -> Iterator[str]:
        end = 0
        for begin, after, letter in letters(text):
            assert begin == end
            end = after
            yield letter
        assert end == len(text)

    assert "".join(pieces()) == normalize("NFC", text)


def test_what_is_composed_already_is_not_touched() -> None:
    text = "högst 5"
    assert is_normalized("NFC", text)
    assert read_composed(text, lambda given: given is text)
    assert read_composed(apart("ö 5"), lambda given: Place("p", 1, given.index("5") + 1, 4)) == Place("p", 1, 4, 5)


def test_what_is_added_to_a_file_in_the_other_spelling_finds_its_line(tmp_path: Path) -> None:
    data = ledger(tmp_path, apart(VARD.replace("    total: högst 5 mnkr\n", "    base: 5 mnkr\n")))
    words = ("add", "top-up", "vård-2024", "2", "mnkr", "--decided", "2024-03-01", "--source", "källa")
    added = run(*words, "--note", apart("Även år 2024"), "--data", str(data), folder=tmp_path)
    assert added.returncode == 0, added.stderr
    [file] = data.glob("*.yaml")
    text = file.read_text(encoding="utf-8")
    assert apart("vård-2024:") in text
    assert "Även år 2024" in text
    assert "7" in run("show", "vård-2024", "--data", str(data), folder=tmp_path).stdout


def test_a_text_is_written_in_the_composed_form() -> None:
    assert scalar(apart("Vård: på lika villkor")) == '"Vård: på lika villkor"'
