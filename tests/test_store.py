"""The Book ↔ SQLite: what is put in comes back equal, the sums are the summary's, and any SQLite reads the file."""

import re
import sqlite3
import string
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
from books import book_of
from checked import checked
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields, replace
from restored import restore, restore_findings
from transcript import ROOT

from ledger.book import (
    LEVELS,
    Acceptance,
    Agency,
    Book,
    Claim,
    Duplicate,
    Extension,
    Figure,
    Goal,
    Initiative,
    Line,
    Origin,
    Source,
    TopUp,
    add_level,
    as_of,
    by_level,
    solved,
)
from ledger.diagnostic import Diagnostic, Hint, Place, Related
from ledger.money import Amount, Interval
from ledger.reading import load, load_text
from ledger.render.table import table as shown
from ledger.store import StoreError, export_file, fill, schema
from ledger.views.summary import summary

SHIPPED = load(ROOT / "data").book


@pytest.fixture
def empty() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        yield connection


@pytest.fixture(scope="module")
def shipped() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        fill(connection, SHIPPED)
        yield connection


def there_and_back(book: Book) -> Book:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        fill(connection, book)
        return restore(connection)


def differences(one: Book, other: Book) -> list[str]:
    return [field.name for field in fields(Book) if getattr(one, field.name) != getattr(other, field.name)]


# there and back


def test_the_shipped_data_come_back_equal() -> None:
    back = there_and_back(SHIPPED)
    assert differences(back, SHIPPED) == []
    assert [*back.lines] == [*SHIPPED.lines]
    assert [[*line.origin.marks] for line in back.lines.values()] == [
        [*line.origin.marks] for line in SHIPPED.lines.values()
    ]


@pytest.mark.parametrize("date", ["2020", "2024-03-01", "2024-03-31"])
def test_a_book_as_of_a_day_comes_back_equal(date: str) -> None:
    book = as_of(SHIPPED, date)
    assert differences(there_and_back(book), book) == []


@pytest.mark.parametrize("year", SHIPPED.years)
def test_a_restored_book_is_shown_in_the_same_words(year: int) -> None:
    """Figures in their source's own words are told by being the very same amount, so equality is not enough."""
    back = there_and_back(SHIPPED)
    before, after = (shown(summary(book, [*book.lines.values()], year)) for book in (SHIPPED, back))
    assert after == before


def test_an_empty_book_comes_back_equal() -> None:
    assert there_and_back(solved(Book())) == solved(Book())


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
words = st.text(string.ascii_lowercase, min_size=1, max_size=3)
lists = st.lists(words, max_size=3).map(tuple)
dates = st.sampled_from(["", "2020", "2021-03", "2021-03-27"])
small = st.integers(1, 10**6)
ore = st.integers(-(10**17), 10**17)
places = st.builds(Place, texts, small, small, small, texts)
marks = st.dictionaries(texts, st.tuples(small, small, small), max_size=3)
origins = st.builds(
    Origin, texts, texts, st.tuples(marks, st.just((1, 2, 3))).map(lambda pair: {**pair[0], "": pair[1]})
)
ends = st.tuples(ore, ore).map(sorted)
intervals = st.one_of(
    st.builds(lambda pair, low, high: Interval(pair[0], pair[1], low, high), ends, st.booleans(), st.booleans()),
    st.builds(Interval, ore, st.none(), st.booleans()),
    st.builds(lambda value: Interval(value, value), ore),
)
senses = st.sampled_from(["exact", "about", "above", "below", "least", "most", "range", "rounded"])
amounts = st.builds(Amount, intervals, st.none() | ore, texts, senses)
sources = st.lists(st.just("calculated") | words, max_size=2).map(tuple)
figures = st.builds(Figure, amounts, places, sources, dates, texts, texts, st.booleans())
top_ups = st.builds(TopUp, places, st.none() | figures, st.just("") | words, lists, dates, texts)
acceptances = st.builds(Acceptance, places, texts, texts, texts, texts)
few_figures = st.lists(figures, max_size=2).map(tuple)
few_acceptances = st.lists(acceptances, max_size=2).map(tuple)
years = st.integers(2020, 2022)
kinds = st.sampled_from(sorted(LEVELS))
lines = st.builds(
    Line,
    id=words,
    title=texts,
    kind=kinds,
    first_year=years,
    last_year=years,
    origin=origins,
    code=texts,
    full_code=texts,
    recipient=texts,
    base=st.none() | figures,
    total=st.none() | figures,
    outcome=st.none() | figures,
    top_ups=st.lists(top_ups, max_size=2).map(tuple),
    of=st.just("") | words,
    parts=lists,
    complete=st.booleans(),
    complete_stated=st.booleans(),
    counted=st.booleans(),
    stage=st.sampled_from(["planned", "proposed", "decided"]),
    goals=lists,
    gender_marker=st.sampled_from([None, 0, 1, 2]),
    decided=dates,
    sources=lists,
    restated=few_figures,
    accepted=few_acceptances,
    note=texts,
    not_known_then=st.booleans(),
)
claims = st.builds(
    Claim, words, texts, years, figures, origins, texts, st.booleans(), lists, few_figures, few_acceptances, texts
)
agencies = st.builds(Agency, words, texts, texts, origins, *[texts] * 5, lists, texts)
documents = st.builds(Source, words, texts, texts, origins, texts, dates, texts, texts, texts)
goals = st.builds(Goal, words, texts, origins, st.none() | small, texts, texts)
details = st.dictionaries(words | st.just("due"), texts | lists.filter(bool), max_size=3)
extensions = st.lists(st.builds(Extension, texts, texts, texts), max_size=2).map(tuple)
initiatives = st.builds(Initiative, words, texts, texts, origins, lists, lists, extensions, details)
duplicates = st.lists(st.builds(Duplicate, texts, texts, places, places), max_size=2).map(tuple)


def nested(some: list[Line]) -> dict[str, Line]:
    """The lines by id; every other one is a part of the one before."""
    found: dict[str, Line] = {}
    for number, line in enumerate(some):
        outer = [*found][-1] if number % 2 else ""
        name = f"{outer}/{line.id}" if outer else line.id
        found.setdefault(name, replace(line, id=name, parent=outer))
        if outer:
            found[outer] = replace(found[outer], parts=(*found[outer].parts, name))
    return found


Record = TypeVar("Record", Claim, Agency, Source, Goal, Initiative)


def by_id(records: st.SearchStrategy[Record]) -> st.SearchStrategy[dict[str, Record]]:
    return st.lists(records, max_size=2).map(lambda some: {one.id: one for one in some})


books = st.builds(
    Book,
    texts,
    st.just("SEK"),
    st.lists(lines, max_size=5).map(nested),
    by_id(claims),
    by_id(agencies),
    by_id(documents),
    by_id(goals),
    by_id(initiatives),
    duplicates,
).map(solved)
notes = st.tuples(texts, st.none() | places, texts)
findings = st.builds(
    Diagnostic,
    check=texts,
    severity=st.sampled_from(["error", "warning"]),
    place=places,
    message=texts,
    text=texts,
    related=st.lists(st.builds(Related, places, texts, texts), max_size=2).map(tuple),
    hints=st.lists(st.builds(Hint, texts, texts, st.none() | places, texts), max_size=2).map(tuple),
    help=texts,
)


@given(books)
@settings(max_examples=60, deadline=None)
def test_any_book_comes_back_equal(book: Book) -> None:
    assert differences(there_and_back(book), book) == []


@given(st.lists(findings, max_size=3).map(tuple))
@settings(max_examples=40, deadline=None)
def test_findings_come_back_equal(some: tuple[Diagnostic, ...]) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        fill(connection, Book(), some)
        assert restore_findings(connection) == some


# what the tables say


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT level, sum(total) FROM lines WHERE in_sum AND year = 2024 GROUP BY level", {"appropriations": 796_611_000, "assignments and grants": 88_300_000}),
        ("SELECT level, total FROM sums WHERE year = 2024", {"appropriations": 796_611_000, "assignments and grants": 88_300_000}),
        ("SELECT level, total_low FROM sums WHERE year = 2024", {"appropriations": 796_611_000, "assignments and grants": 86_300_000}),
        ("SELECT id, total_ore FROM lines WHERE id = 'jamy-trafficking-2024'", {"jamy-trafficking-2024": 2_350_000_000}),
        ("SELECT base_how, base FROM lines WHERE id = 'jamy-trafficking-2024'", {"derived": 22_000_000}),
        ("SELECT counts_from, amount FROM top_ups WHERE year = 2024 AND amount > 1000000 AND counts_from >= '2024-03-09'", {"2024-03-27": 18_000_000, "2024-03-31": 1_500_000}),
        ("SELECT amount_stated, amount_high FROM claims WHERE id = 'violence-2024'", {"drygt 600 mnkr": 700_000_000}),
        ("SELECT code, total FROM lines WHERE year = 2021 AND id LIKE '%mucf%' AND kind = 'item' AND parent LIKE '%/%' AND code = 'ap.11'", {"ap.11": 9_000_000}),
    ],
)  # fmt: skip
def test_a_question_is_answered(shipped: sqlite3.Connection, query: str, expected: dict[str, int]) -> None:
    assert dict(shipped.execute(query).fetchall()) == expected


def test_the_sums_are_those_of_the_summary(shipped: sqlite3.Connection) -> None:
    """Of every year and level, as a table of sums and as the sum of what each line adds."""
    expected = {}
    for year in SHIPPED.years:
        of_year = [line for line in SHIPPED.lines.values() if line.first_year == line.last_year == year]
        for level, group in by_level(of_year).items():
            expected[year, level] = add_level(SHIPPED, group).amount.number
    assert len(expected) > 20
    for query in (
        "SELECT year, level, total_ore FROM sums",
        "SELECT year, level, coalesce(sum(summed_ore), 0) FROM lines WHERE counted AND year GROUP BY year, level",
    ):
        assert {(year, level): ore for year, level, ore in shipped.execute(query)} == expected, query


def test_an_amount_with_ore_is_an_exact_text_in_kronor(empty: sqlite3.Connection) -> None:
    book = book_of(
        "  a: {LINE, total: '1 500 000,50'}\n  b: {LINE, total: '0,05'}\n  c: {LINE, total: 7}\n"
        "  d: {LINE, total: 10, top_ups: [{amount: '-0,07'}, {amount: '-1,20'}, {amount: '-3'}]}\n"
    )
    fill(empty, book)
    assert empty.execute("SELECT id, total, total_ore FROM lines WHERE id < 'd'").fetchall() == [
        ("a", "1500000.50", 150_000_050),
        ("b", "0.05", 5),
        ("c", 7, 700),
    ]
    assert empty.execute("SELECT amount, amount_ore FROM top_ups").fetchall() == [
        ("-0.07", -7),
        ("-1.20", -120),
        (-3, -300),
    ]
    assert empty.execute("SELECT base, typeof(base) FROM lines WHERE id = 'd'").fetchone() == ("14.27", "text")


def test_no_column_of_any_table_is_a_binary_fraction(shipped: sqlite3.Connection) -> None:
    tables = [name for [name] in shipped.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
    for table in tables:
        for row in shipped.execute(f"SELECT * FROM {table}"):  # noqa: S608
            assert not any(isinstance(value, float) for value in row), table


def test_a_line_that_is_inside_another_adds_nothing(empty: sqlite3.Connection) -> None:
    fill(
        empty,
        book_of(
            "  a: {LINE, total: 10, parts: {x: {PART, total: 4}, y: {PART, total: 6}}}\n"
            "  b: {LINE, total: 3, of: a}\n  c: {LINE, total: 100, counted: no}\n"
        ),
    )
    assert empty.execute("SELECT id, in_sum, summed, parent, depth FROM lines ORDER BY id").fetchall() == [
        ("a", 1, 10, None, 0),
        ("a/x", 0, None, "a", 1),
        ("a/y", 0, None, "a", 1),
        ("b", 0, None, "a", 0),
        ("c", 0, None, None, 0),
    ]
    assert empty.execute("SELECT total, lines FROM sums").fetchall() == [(10, 4)]


def test_findings_are_a_table(empty: sqlite3.Connection) -> None:
    text = (
        "allocations:\n  a: {title: T, kind: grant, year: 2024, total: 5 kr, recipient: nobody, source: calculated}\n"
    )
    outcome = checked(text, select=["unknown-recipient"]).outcome
    fill(empty, load_text(text).book, outcome.diagnostics)
    assert empty.execute("SELECT check_id, severity, file, line, owner FROM findings").fetchall() == [
        ("unknown-recipient", "error", "1.yaml", 2, "a")
    ]
    assert restore_findings(empty) == outcome.diagnostics


# the layout


def columns_of(connection: sqlite3.Connection) -> dict[str, list[str]]:
    named = connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").fetchall()
    return {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})").fetchall()] for [name] in named}


def commented(text: str) -> dict[str, list[str]]:
    """The columns that have a comment, of each table and view."""
    found: dict[str, list[str]] = {}
    for line in text.split("\n"):
        if begun := re.match(r"CREATE (?:TABLE|VIEW) (\w+)", line):
            found[begun[1]] = []
        elif comment := re.fullmatch(r"  (\S.*?),? +-- \S.{4,}", line):
            column = re.split(r" AS ", comment[1])[-1] if " AS " in comment[1] else comment[1].split(" ")[0]
            [*found.values()][-1].append(column.strip('",').removeprefix("l.").removeprefix("a.").removeprefix("t."))
    return found


def test_every_column_has_a_comment(shipped: sqlite3.Connection) -> None:
    assert commented(schema()) == columns_of(shipped)
    assert {"lines", "top_ups", "agencies", "sources", "claims", "initiatives", "findings"} <= columns_of(
        shipped
    ).keys()


def test_the_comments_are_in_the_file_as_well(shipped: sqlite3.Connection) -> None:
    [lines] = shipped.execute("SELECT sql FROM sqlite_schema WHERE name = 'lines_ore'").fetchone()
    assert "-- what was spent" in lines


def test_every_table_is_strict(shipped: sqlite3.Connection) -> None:
    tables = shipped.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    assert {name for name, strict in tables if not strict} == {"sqlite_schema"}


def test_what_refers_to_a_record_finds_it(shipped: sqlite3.Connection) -> None:
    assert shipped.execute("PRAGMA foreign_key_check").fetchall() == []


# the file


def test_the_same_book_gives_the_same_bytes() -> None:
    assert export_file(SHIPPED) == export_file(load(ROOT / "data").book)


def test_the_file_opens_in_a_plain_sqlite(tmp_path: Path) -> None:
    file = tmp_path / "book.db"
    file.write_bytes(export_file(SHIPPED))
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = connection.execute("SELECT sum(total) FROM lines WHERE in_sum AND year = 2021 AND level LIKE 'app%'")
        assert found.fetchall() == [(439_039_000,)]
        for view in ("lines", "top_ups", "claims", "figures", "sums"):
            assert connection.execute(f"SELECT count(*) FROM {view}").fetchone() > (0,)  # noqa: S608
        assert restore(connection) == SHIPPED


def test_the_file_opens_in_the_shell_of_sqlite(tmp_path: Path) -> None:
    file = tmp_path / "book.db"
    file.write_bytes(export_file(SHIPPED))
    query = "SELECT level, total FROM sums WHERE year = 2024"
    try:
        done = subprocess.run(["sqlite3", file, query], capture_output=True, check=True, text=True)
    except FileNotFoundError:
        pytest.skip("the shell of SQLite is not installed")
    assert done.stdout == "appropriations|796611000\nassignments and grants|88300000\n"


# what cannot be held, and what is not ours


def test_an_amount_beyond_64_bits_is_refused_in_one_line(empty: sqlite3.Connection) -> None:
    parts = ", ".join(f"p{number}: {{PART, total: 1000000 mdkr}}" for number in range(93))
    with pytest.raises(StoreError, match="an amount of this ledger is beyond 92 233 720 368 547 758 kr"):
        fill(empty, book_of(f"  a: {{LINE, parts: {{{parts}}}}}\n"))


def test_a_file_name_that_is_not_utf_8_is_refused_in_one_line(empty: sqlite3.Connection) -> None:
    book = Book(goals={"g": Goal("g", "G", Origin("\udcff.yaml", "g", {"": (1, 1, 2)}))})
    with pytest.raises(StoreError, match=r"SQLite cannot hold '\\udcff.yaml', which is not UTF-8"):
        fill(empty, book)


def test_text_that_looks_like_sql_is_text() -> None:
    title = "Robert'); DROP TABLE lines_ore; --"
    book = book_of(f"  a: {{title: \"{title}\", kind: grant, year: 2024, total: 5 kr, recipient: \"x' OR '1'='1\"}}\n")
    assert there_and_back(book) == book
    assert there_and_back(book).lines["a"].title == title
