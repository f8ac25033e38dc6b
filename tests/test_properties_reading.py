"""What holds for every amount, every text and every file: amounts, YAML and reading, tried at random."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from unicodedata import normalize

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st
from msgspec import Struct, structs
from msgspec.structs import asdict

from ledger.book import Origin
from ledger.checks import run
from ledger.diagnostic import Place
from ledger.money import (
    FACTORS,
    LARGEST,
    ORE,
    Amount,
    AmountError,
    Interval,
    add_up,
    auto_unit,
    cut,
    decimals_needed,
    exact_words,
    plain_kronor,
    range_words,
    read_amount,
    rounded,
    swedish,
)
from ledger.reading import Loaded, load_texts
from ledger.reading.yaml.document import parse
from ledger.reading.yaml.nodes import Map, Node, Seq

ORES = st.integers(-LARGEST, LARGEST)


@given(ORES, st.sampled_from(["SEK", "EUR"]))
def test_what_is_written_exactly_is_read_back_exactly(ore: int, currency: str) -> None:
    """Öre → words → öre, in every ledger."""
    amount = read_amount(exact_words(ore, currency), currency=currency)
    assert amount.interval == Interval(ore, ore)
    assert amount.number == ore


@given(ORES, st.sampled_from(list(FACTORS)), st.integers(0, 4))
def test_every_unit_and_every_width_is_read_back_exactly(ore: int, unit: str, decimals: int) -> None:
    """Whatever the display chooses: also where three decimals would read as thousands."""
    text = swedish(ore, unit, decimals)
    assert read_amount(f"{text} {unit}").number == ore
    assert len(text.partition(",")[2]) != 3


@given(st.lists(ORES, max_size=5))
def test_the_automatic_unit_writes_every_figure_with_two_decimals(figures: list[int]) -> None:
    """And is the largest that does, without every figure below 1."""
    unit = auto_unit(figures)
    units = list(FACTORS)
    assert unit == "kr" or all(decimals_needed(ore, unit) <= 2 for ore in figures)
    for larger in units[: units.index(unit)]:
        too_fine = any(decimals_needed(ore, larger) > 2 for ore in figures)
        assert too_fine or all(abs(ore) < FACTORS[larger] * ORE for ore in figures)


@given(ORES)
def test_a_plain_decimal_is_the_number_itself(ore: int) -> None:
    """For machines, nothing is lost."""
    assert Fraction(plain_kronor(ore)) * ORE == ore


INTERVALS = st.builds(
    Interval,
    st.none() | st.integers(-5, 5),
    st.none() | st.integers(5, 9),
    st.booleans(),
    st.booleans(),
).filter(lambda one: one.low != one.high or one.low is None)


@given(INTERVALS, INTERVALS)
def test_meeting_is_the_same_from_both_sides(one: Interval, other: Interval) -> None:
    """And is what is left when neither is above the other."""
    assert one.meets(other) == other.meets(one)
    assert one.meets(other) == (not one.above(other) and not other.above(one))
    assert one.meets(one)


@given(st.lists(ORES, max_size=5))
def test_exact_amounts_add_up_exactly(figures: list[int]) -> None:
    """As integers do."""
    total = add_up(read_amount(exact_words(ore)) for ore in figures)
    assert total.interval == Interval(sum(figures), sum(figures))
    assert (total.number, total.exact) == (sum(figures), True)


@st.composite
def numbers(draw: st.DrawFn, smallest: int = 0) -> tuple[str, Fraction]:
    """A number as people write it, and its value."""
    whole = draw(st.integers(smallest, 999_999))
    decimals = draw(st.text("0123456789", max_size=6).filter(lambda text: len(text) != 3))
    space = draw(st.sampled_from([" ", "\u00a0", "\u2009", "\u202f", "_", ""]))
    mark = draw(st.sampled_from([",", "."]))
    text = f"{whole:,}".replace(",", space) + (mark + decimals if decimals else "")
    value = Fraction(f"{whole}.{decimals}") if decimals else Fraction(whole)
    return text, value


UNITS = {"kr": 1, "SEK": 1, "tkr": 10**3, "tusen kronor": 10**3, "mnkr": 10**6, "miljoner": 10**6, "mdkr": 10**9}
QUALIFIERS = ("ca ", "~", "≈ ", "drygt ", "knappt ", "minst ", "högst ", "just over ", "nearly ", "at least ", "up to ")


@given(st.sampled_from(QUALIFIERS), numbers(), st.sampled_from(list(UNITS)), st.sampled_from([str.lower, str.upper]))
def test_a_qualified_amount_holds_the_printed_number(
    qualifier: str, number: tuple[str, Fraction], unit: str, case: Callable[[str], str]
) -> None:
    """Whatever is left open, the printed number is in it or at its end."""
    text, value = number
    ore = value * UNITS[unit] * ORE
    assume(0 < ore <= LARGEST // 2)
    interval = read_amount(case(f"{qualifier}{text} {unit}")).interval
    assert interval.low is not None
    assert interval.low <= ore
    assert interval.high is None or ore <= interval.high


@given(numbers(), st.sampled_from(list(UNITS)), st.sampled_from(["", "-", "−"]))
def test_an_unqualified_amount_is_the_number_or_refused(number: tuple[str, Fraction], unit: str, sign: str) -> None:
    """It is refused only when it is finer than one öre or too large."""
    text, value = number
    ore = value * UNITS[unit] * ORE * (-1 if sign else 1)
    if ore.denominator == 1 and abs(ore) <= LARGEST:
        assert read_amount(f"{sign}{text} {unit}").interval == Interval(int(ore), int(ore))
    else:
        with pytest.raises(AmountError):
            read_amount(f"{sign}{text} {unit}")


@given(numbers(), numbers(), st.sampled_from(["{}–{} {}", "{} - {} {}", "mellan {} och {} {}", "ca {}–{} {}"]))
def test_a_range_holds_both_its_numbers(one: tuple[str, Fraction], other: tuple[str, Fraction], form: str) -> None:
    """In order; a range that runs backwards is refused."""
    (first, low), (second, high) = one, other
    text = form.format(first, second, "tkr")
    if low > high or (low == 0 and text.startswith("ca")):
        with pytest.raises(AmountError):
            read_amount(text)
    else:
        interval = read_amount(text).interval
        assert interval.low is not None
        assert interval.high is not None
        assert interval.low <= low * 1_000 * ORE <= high * 1_000 * ORE <= interval.high


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_rounding_holds_every_value_that_would_be_printed_so(ore: int, step: int) -> None:
    """Half a step to each side; a cut figure holds all that begins with its digits."""
    amount, width = read_amount(exact_words(ore)), read_amount(exact_words(step))
    near = rounded(amount, width).interval
    assert near.low is not None
    assert near.high is not None
    assert near.low <= ore - Fraction(step, 2)
    assert near.high >= ore + Fraction(step, 2)
    assert near.high - near.low <= step + 1
    within = cut(amount, width).interval
    assert within.meets(Interval(ore, ore))
    assert not within.meets(Interval(ore + step, ore + step))


@given(st.text(max_size=150), st.none() | st.text(max_size=12), st.sampled_from(["SEK", "EUR"]))
@example("9" * 5_000, None, "SEK")
@example("0," + "0" * 100 + "1 kr", None, "SEK")
def test_every_text_is_an_amount_or_refused_as_one(text: str, unit: str | None, currency: str) -> None:
    """Nothing else comes out of it, and what is read keeps its words."""
    try:
        amount = read_amount(text, unit, currency)
    except AmountError:
        return
    assert amount.words == text
    assert amount.number is None or amount.interval.meets(Interval(amount.number, amount.number))


AMOUNT_PARTS = ("ca", "drygt", "högst", "mellan", "och", "5", "1 500", "1,500", "0,5", "–", "-", "±", "mnkr", "kr", "~")


@given(st.lists(st.sampled_from(AMOUNT_PARTS), max_size=7).map(" ".join))
def test_words_of_amounts_in_any_order_are_an_amount_or_refused_as_one(text: str) -> None:
    """The interval is never empty, and its words can be written."""
    try:
        amount = read_amount(text)
    except AmountError:
        return
    low, high = amount.interval.low, amount.interval.high
    assert low is None or high is None or low <= high
    assert range_words(amount.interval, "kr")


# --- YAML

SCALARS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029\ufeff"), max_size=12)
COMPOSED = SCALARS.map(lambda text: normalize("NFC", text))
KEYS = COMPOSED.filter(lambda key: bool(key.strip()) and key != "<<")
TREES = st.recursive(
    COMPOSED, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(KEYS, TREES, max_size=4), st.sampled_from([None, True, False]), st.booleans(), st.booleans())
def test_the_tree_of_a_file_is_what_pyyaml_reads(
    tree: dict[str, object],
    flow: bool | None,  # noqa: FBT001 - hypothesis gives arguments by place
    unicode: bool,  # noqa: FBT001
    marked: bool,  # noqa: FBT001
) -> None:
    """However PyYAML writes it, its own reader of plain texts and ours find the same, ours without a fault."""
    text = yaml.dump(tree, default_flow_style=flow, allow_unicode=unicode, explicit_start=marked, sort_keys=False)
    document = parse(text.encode(), "ledger.yaml")
    if not document.faults or not any("tab" in fault.message for fault in document.faults):
        assert document.faults == ()
        assert _plain(document.root) == yaml.load(text, yaml.BaseLoader) == tree  # noqa: S506 - texts only


def _plain(node: Node) -> object:
    if isinstance(node, Map):
        return {key: _plain(value) for key, value in node.items()}
    return [_plain(member) for member in node] if isinstance(node, Seq) else str(node)


WORDS = st.text("abcåäö 0123456789:.-'", min_size=1, max_size=8).map(str.strip).filter(bool)
PLAIN_TREES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=10
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(st.dictionaries(WORDS, PLAIN_TREES, max_size=3), st.sampled_from([None, True, False]), ENDS, st.booleans())
def test_the_place_of_a_scalar_holds_its_first_character(
    tree: dict[str, object],
    flow: bool | None,  # noqa: FBT001 - hypothesis gives arguments by place
    end: str,
    marked: bool,  # noqa: FBT001
) -> None:
    """Of keys and values, in every style and with every end of line, quoted or not."""
    text = yaml.dump(tree, default_flow_style=flow, allow_unicode=True, width=30).replace("\n", end)
    document = parse((("\ufeff" if marked else "") + text).encode(), "ledger.yaml")
    assert document.faults == ()
    for (line, column, end_column), scalar in _placed(document.root):
        row = document.lines[line - 1]
        quoted = row[column - 1] in {"'", '"'}
        assert row[column if quoted else column - 1] == scalar[0]
        assert column < end_column <= len(row) + 1


def _placed(node: Node) -> list[tuple[tuple[int, int, int], str]]:
    """Every key and every scalar below a node, with its place."""
    if isinstance(node, Map):
        own = [(node.keys_at[key], key) for key in node]
        own += [(node.values_at[key], value) for key, value in node.items() if isinstance(value, str)]
        return own + [one for value in node.values() for one in _placed(value)]
    if isinstance(node, Seq):
        own = [(at, one) for at, one in zip(node.values_at, node, strict=True) if isinstance(one, str)]
        return own + [one for member in node for one in _placed(member)]
    return []


# --- Whole ledgers

PIECES = st.sampled_from(
    [
        *("allocations:", "claims:", "sources:", "ledger:", "a:", "title: T", "kind: grant", "year: 2024", "parts:"),
        *("total: 5 mnkr", "total: 1,500 kr", "base: ca 5 kr", "unit: tkr", "top_ups:", "- amount: 5 kr", "- line: a"),
        *("{", "}", "[", "]", ",", ": ", "? ", "- ", "|", ">", "'", '"', "#", "&x", "*x", "!t", "<<: *x", "---", "..."),
        *(
            "\n",
            "\n  ",
            "\n    ",
            "\n      ",
            "\t",
            "\r",
            "\r\n",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\x00",
            "å",
            "\U0001d7d3",
            "%",
        ),
    ]
)
FILES = st.lists(PIECES, max_size=30).map("".join).map(str.encode) | st.binary(max_size=60)


def _is_inside(place: Place, loaded: Loaded) -> bool:
    lines = loaded.texts[place.path]
    return (
        1 <= place.line <= len(lines)
        and 1 <= place.column <= len(lines[place.line - 1]) + 1
        and place.column < place.end_column
    )


@given(st.dictionaries(st.sampled_from(["a.yaml", "b/c.yaml", "d.yml"]), FILES, max_size=3))
@example({"a.yaml": b"\xef\xbb\xbf\xff"})
@example({"a.yaml": b"allocations:\n  a: {title: T, kind: grant, year: 2024, parts: {b: *x}}"})
def test_any_bytes_are_a_ledger_or_faults_inside_their_files(files: Mapping[str, bytes]) -> None:
    """Reading raises nothing; each fault can be shown with its line; the book can be worked with."""
    loaded = load_texts(files)
    assert set(loaded.texts) == set(files)
    for fault in loaded.faults:
        assert _is_inside(fault.place, loaded)
        assert fault.message
    for line in loaded.book.lines.values():
        assert _is_inside(line.at(), loaded)
        assert all(_is_inside(figure.place, loaded) for figure in line.figures)
    assert loaded.faults == load_texts(files).faults


AMOUNTS = st.sampled_from(["5 kr", "ca 5 mnkr", "9 000", "1,5 mnkr", "1,500 mnkr", "fem", "013 kr", ""])
FIGURES = AMOUNTS | st.fixed_dictionaries(
    {}, optional={"amount": AMOUNTS, "source": st.sampled_from(["s", ["s", "t"]]), "rounded_to": AMOUNTS, "x": AMOUNTS}
)


def _lines(inner: st.SearchStrategy[dict[str, object]]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {"title": st.just("T")},
        optional={
            "kind": st.sampled_from(["grant", "item", "gift"]),
            "year": st.sampled_from(["2024", "2022-2023", "24"]),
            "code": st.sampled_from(["UO13 3:1", "ap.1"]),
            "unit": st.sampled_from(["tkr", "bananer"]),
            "base": FIGURES,
            "total": FIGURES,
            "top_ups": st.lists(FIGURES, max_size=2),
            "of": st.sampled_from(["a", "b", "nowhere"]),
            "goals": st.lists(st.just("g"), max_size=2),
            "topups": AMOUNTS,
            "parts": st.dictionaries(st.sampled_from(["a", "b", "c d"]), inner, max_size=2),
        },
    )


LINES = st.recursive(_lines(st.nothing()), _lines, max_leaves=4)
LEDGERS = st.fixed_dictionaries(
    {"allocations": st.dictionaries(st.sampled_from(["a", "b", "c"]), LINES, max_size=3)},
    optional={
        "claims": st.dictionaries(
            st.sampled_from(["a", "b"]),
            st.fixed_dictionaries({"title": st.just("T"), "year": st.just("2024")}, optional={"amount": FIGURES}),
            max_size=2,
        ),
        "sources": st.just({"s": {"title": "T", "kind": "k"}}),
        "ledger": st.just({"currency": "SEK"}),
    },
)


def _data(value: object) -> object:
    """A book's data without places: the order of mappings does not count."""
    if isinstance(value, Place | Origin):
        return None
    if isinstance(value, Struct):
        return {name: _data(inner) for name, inner in asdict(value).items()}
    if isinstance(value, Mapping):
        return {key: _data(inner) for key, inner in value.items()}
    return [_data(inner) for inner in value] if isinstance(value, tuple) else value


def _of_a_line(name: str, value: object) -> object:
    """Parts are a set: the order in which they are written says nothing."""
    return sorted(value) if name == "parts" and isinstance(value, list) else value


def _lines_of(loaded: Loaded) -> object:
    lines = _data(loaded.book.lines)
    assert isinstance(lines, dict)
    return {key: {name: _of_a_line(name, value) for name, value in line.items()} for key, line in lines.items()}


def _shuffled(value: object, draw: st.DrawFn) -> object:
    """The same data with the keys of every mapping in another order."""
    if isinstance(value, dict):
        return {key: _shuffled(value[key], draw) for key in draw(st.permutations(list(value)))}
    return [_shuffled(member, draw) for member in value] if isinstance(value, list) else value


@st.composite
def in_two_orders(draw: st.DrawFn) -> tuple[object, object]:
    ledger = draw(LEDGERS)
    return ledger, _shuffled(ledger, draw)


class _Dumper(yaml.SafeDumper):
    """Writes out what stands in several places: a ledger has no aliases."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML asks about each value
        return True


def _dumped(ledger: object, *, flow: bool = False) -> bytes:
    text = yaml.dump(ledger, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=flow, width=9_999)
    assert isinstance(text, str)
    return text.encode()


def _read(ledger: object) -> Loaded:
    return load_texts({"a.yaml": _dumped(ledger)})


def _faults(loaded: Loaded) -> list[tuple[str, str]]:
    return sorted((fault.check, fault.message) for fault in loaded.faults)


def _findings(loaded: Loaded) -> list[tuple[str, str]]:
    """What is found where; a message may name the first of several figures, which another order changes."""
    outcome = run(loaded.book, loaded.faults, loaded.texts, today="2026-06-01")
    return sorted((one.check, one.place.owner) for one in outcome.diagnostics)


@given(in_two_orders())
def test_the_order_of_keys_changes_nothing(pair: tuple[object, object]) -> None:
    """Neither the book, as data, nor what is found wrong with it."""
    one, other = (_read(ledger) for ledger in pair)
    assert _lines_of(one) == _lines_of(other)
    assert _data(one.book.claims) == _data(other.book.claims)
    assert _data(one.book.sources) == _data(other.book.sources)
    assert _faults(one) == _faults(other)
    if not one.book.inclusion.cycles:  # where a cycle is cut open depends on where it is entered
        assert _data(one.book.values) == _data(other.book.values)
        assert _findings(one) == _findings(other)


@given(st.lists(LEDGERS, min_size=2, max_size=3).flatmap(lambda some: st.permutations(list(enumerate(some)))))
def test_the_order_in_which_files_are_given_changes_nothing(some: list[tuple[int, object]]) -> None:
    """They are read in the order of their paths."""
    texts = {f"{number}.yaml": _dumped(ledger) for number, ledger in some}
    assert load_texts(texts) == load_texts(dict(sorted(texts.items())))


@given(LEDGERS)
def test_a_ledger_may_be_split_into_files(ledger: dict[str, dict[str, object]]) -> None:
    """Each entry in a file of its own gives the same book and the same faults."""
    split = [{what: {name: entry}} for what, some in ledger.items() for name, entry in some.items() if what != "ledger"]
    files = [*split, {"ledger": ledger.get("ledger", {})}]
    texts = {f"{number:03}.yaml": _dumped(one) for number, one in enumerate(files)}
    one, other = _read(ledger), load_texts(texts)
    assert _lines_of(one) == _lines_of(other)
    assert _faults(one) == _faults(other)


@given(LEDGERS)
def test_style_changes_nothing(ledger: object) -> None:
    """Block or flow, JSON too, gives the same book and the same faults."""
    one, other = (load_texts({"a.yaml": _dumped(ledger, flow=flow)}) for flow in (False, True))
    assert _lines_of(one) == _lines_of(other)
    assert _faults(one) == _faults(other)


@given(
    numbers(),
    st.sampled_from(["", " kr", " tkr", " mnkr", " mdkr"]),
    st.sampled_from([None, "kr", "tkr", "miljoner", "MNKR"]),
)
def test_usual_amounts_are_read_as_all_others_are(number: tuple[str, Fraction], word: str, unit: str | None) -> None:
    """A space before it keeps an amount from the quick way, and says nothing."""
    text = f"{number[0]}{word}"
    came: list[Amount | str] = []
    for one in (text, f" {text}"):
        try:
            came.append(structs.replace(read_amount(one, unit), words=""))
        except AmountError as error:
            came.append(str(error).replace(one, text))
    assert came[0] == came[1]
