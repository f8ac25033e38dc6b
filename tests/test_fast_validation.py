"""What is taken without pydantic is what the models would have made of it; they judge everything else."""

import random
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticUndefined

from ledger.reading.fast_validation import SHAPES, Shape, taken
from ledger.reading.model import RECORDS
from ledger.reading.yaml.document import parse
from ledger.reading.yaml.nodes import Map, Node, Refused, Seq

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "data").rglob("*.yaml"))

ODD: tuple[Node, ...] = (
    *("", " ", "x", "0", "1", "2024", "2024-02-30", "2024-03", "2024-1", "2022-2023", "2023-2022", "0000", "yes", "no"),
    *("grant", "Grant", "complete", "partial", "planned", "SEK"),
    *("sek", "SEKK", "SEK\n", "123456789", "1234567890", "1\n"),
    *("٣", "²", "\uff12", "a/b", "a b", "-a", "å.ä-ö", "x" * 5000, "\x00", "2024-03-27\n", "NO", "null", "~"),
)


def plain(value: Any) -> Any:
    """A record of either kind as plain data, with its fields in order."""
    if isinstance(value, BaseModel | SimpleNamespace):
        return [(name, plain(inner)) for name, inner in vars(value).items()]
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def in_order(what: str, value: Any) -> Any:
    """The same for comparison: only of initiatives the order of fields matters, and only of those that may be missing."""
    if what == "initiatives":
        return [(name, inner) for name, inner in plain(value) if name not in ("title", "kind")]
    return sorted_fields(plain(value))


def sorted_fields(value: Any) -> Any:
    if isinstance(value, list) and value and all(isinstance(one, tuple) for one in value):
        return sorted(((name, sorted_fields(inner)) for name, inner in value), key=lambda one: one[0])
    if isinstance(value, dict):
        return {key: sorted_fields(inner) for key, inner in value.items()}
    return [sorted_fields(inner) for inner in value] if isinstance(value, list) else value


def agree(what: str, node: Node) -> bool:
    """Whether the node is taken without its model; if so, the model must make the same of it."""
    try:
        record = taken(SHAPES[what], node)
    except ValueError:
        return False
    assert in_order(what, record) == in_order(what, RECORDS[what].model_validate(node))
    return True


def entries(files: list[Path]) -> Iterator[tuple[str, Node]]:
    for file in files:
        root = parse(file.read_bytes(), file.name).root
        for what, content in root.items():
            assert isinstance(content, Map)
            yield from ((what, one) for one in ([content] if what == "ledger" else content.values()))


def test_the_tables_have_the_keys_of_the_models() -> None:
    assert list(SHAPES) == list(RECORDS)


@pytest.mark.parametrize("what", RECORDS)
def test_each_table_has_the_fields_of_its_model(what: str) -> None:
    fields, shape = RECORDS[what].model_fields, SHAPES[what]
    assert set(shape.takes) == set(fields)
    assert shape.required == {name for name, field in fields.items() if field.is_required()}
    optional = {name: field.get_default(call_default_factory=True) for name, field in fields.items()}
    assert {name: plain(value) for name, value in shape.otherwise.items()} == {
        name: plain(value) for name, value in optional.items() if value is not PydanticUndefined
    }


def test_all_of_the_shipped_data_is_taken_without_pydantic() -> None:
    found = [(what, node) for what, node in entries(FILES) if not agree(what, node)]
    assert found == []


def odd(chance: random.Random, node: Node) -> Node:
    """Something else than what stands there."""
    one = chance.choice(
        (*ODD, *ODD, Refused(), mapping({}), mapping({"amount": "1 kr"}), sequence(["a"]), sequence([]), node)
    )
    return mapping({"title": "T", "kind": "grant", "parts": one}) if chance.random() < 0.05 else one


def mapping(values: dict[str, Node]) -> Map:
    found = Map()
    found.update(values)
    return found


def sequence(values: list[Node]) -> Seq:
    found = Seq()
    found.extend(values)
    return found


def mutated(chance: random.Random, node: Node, fields: list[str]) -> Node:
    """The node with something in it another, more, fewer, or misspelt."""
    if isinstance(node, Map):
        copy = mapping(dict(node))
        name = chance.choice([*copy, chance.choice(fields)])
        match chance.randrange(5):
            case 0:
                copy.pop(name, None)
            case 1:
                copy[chance.choice([*fields, name + "s", "", "a b"])] = odd(chance, "x")
            case 2:
                copy[name] = odd(chance, "x")
            case _:
                copy[name] = mutated(chance, copy.get(name, "x"), fields)
        return copy
    if isinstance(node, Seq) and node:
        copied = sequence(list(node))
        at = chance.randrange(len(copied))
        copied[at] = mutated(chance, copied[at], fields)
        return copied
    return odd(chance, node)


@pytest.mark.parametrize("what", RECORDS)
def test_of_many_odd_records_none_is_taken_as_its_model_would_not(what: str) -> None:
    chance = random.Random(what)
    fields = sorted({*RECORDS[what].model_fields, "amount", "words", "line", "check", "reason", "until", "extended"})
    nodes = [node for kind, node in entries(FILES) if kind == what] + [mapping({}), full(SHAPES[what])]
    taken_at_all = 0
    for _ in range(3000):
        node = chance.choice(nodes)
        for _ in range(chance.randrange(1, 4)):
            node = mutated(chance, node, fields)
        taken_at_all += agree(what, node)
    assert 50 < taken_at_all < 2950


def full(shape: Shape) -> Map:
    """A record with some text in every field."""
    return mapping(dict.fromkeys(shape.takes, "2024"))


@pytest.mark.parametrize("what", RECORDS)
@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_no_odd_text_is_taken_in_any_field_as_the_model_would_not(what: str, text: Node) -> None:
    least = dict.fromkeys(SHAPES[what].required, "2024") | ({"kind": "grant"} if what == "allocations" else {})
    for name in SHAPES[what].takes:
        agree(what, mapping({**least, name: text}))
        agree(what, mapping({**least, name: sequence([text])}))
        agree(what, mapping({**least, name: mapping({"amount": text})}))
        agree(what, mapping({**least, name: sequence([mapping({"amount": text, "decided": text})])}))


def test_half_a_character_never_comes_out_of_a_file() -> None:
    """The models refuse one, the tables do not look for it."""
    for data in (b'a: "\\ud800"', b"a: \xed\xa0\x80"):
        assert parse(data, "f").faults


def test_what_the_parser_refused_is_never_taken() -> None:
    assert not agree("sources", mapping({"title": Refused("T"), "kind": "k"}))
    with pytest.raises(ValidationError):
        RECORDS["sources"].model_validate(mapping({"title": Refused(""), "kind": "k"}))
