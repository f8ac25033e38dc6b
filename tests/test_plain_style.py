"""A file in plain style is what YAML says it is: the quick way takes nothing that the full reader reads otherwise."""

import random
from pathlib import Path
from textwrap import dedent

import pytest

from benchmarks.ledgers import Size, as_yaml, group
from ledger.reading.yaml.document import Document, parse_with_yaml
from ledger.reading.yaml.nodes import Map, Node, Seq
from ledger.reading.yaml.plain_style import plain

ROOT = Path(__file__).parent.parent
SHIPPED = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "data").rglob("*.yaml"))]

PLAIN = """\
# Money for shelters

sources:
  bill:
    title: Budgetpropositionen för 2024, utgiftsområde 13
    kind: budget-bill
allocations:
  shelters-2024:
    title: Stöd till jourer (kvinnojourer, 3:1) – 25 % mer
    kind: grant
    year: 2024
    source: bill
    total: 23,5 mnkr
    top_ups:
      - amount: 1,5 mnkr
        decided: 2024-03

      - amount: 2 mnkr
    parts:
        # further in, as long as all of it is
        north:
            title: Norr
            kind: grant
    note: 3:1 and http://example.org/x?
"""
FLAT = "\n".join(line for line in PLAIN.split("\n") if not line.endswith("?"))


def tree(node: Node) -> object:
    """All that a tree knows, for comparison."""
    if isinstance(node, Map):
        inner = [(key, tree(value)) for key, value in node.items()]
        return ("map", inner, list(node.keys_at.items()), sorted(node.values_at.items()), node.faulty)
    if isinstance(node, Seq):
        return ("seq", [tree(member) for member in node], node.values_at)
    return (type(node), node)


def agree(text: str) -> bool:
    """Whether the quick way takes a text; if so, the full reader must read the same, and find nothing wrong."""
    found = plain(text)
    if found is None:
        return False
    document = parse_with_yaml(text, "f", tuple(text.split("\n")))
    assert document == Document("f", found, tuple(text.split("\n")), ())
    assert tree(document.root) == tree(found)
    return True


def test_a_plain_file_is_taken() -> None:
    assert agree(FLAT)
    assert agree(as_yaml([group(number, Size(1000)) for number in range(10)]))
    assert agree("a: b")
    assert agree("\n\na:\n  b: c\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "# nothing\n",
        "a\n",
        "a:\n",
        "a:\nb: c\n",
        " a: b\n",
        "a: b\n c: d\n",
        "a: b\n  more\n",
        "a: b\na: c\n",
        "a: b: c\n",
        "a: b:\n",
        "a: b # c\n",
        "a: b \n",
        "a:  b\n",
        "a: {b: c}\n",
        "a: [b]\n",
        "a: 'b'\n",
        'a: "b"\n',
        "a: |\n  b\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !b c\n",
        "<<: a\n",
        "? a\n: b\n",
        "---\na: b\n",
        "a: b\n---\nc: d\n",
        "a: b\n...\n",
        "%YAML 1.2\n",
        "a: -\n",
        "a: - b\n",
        "- a: b\n",
        "a:\n- b: c\n",
        "a:\n  - b\n",
        "a:\n  - b: c\n  d: e\n",
        "a:\n  b: c\n  - d: e\n",
        "a:\n  - b: c\n   - d: e\n",
        "a:\n    b: c\n  d: e\n",
        "a:\n\tb: c\n",
        "a: b\tc\n",
        "a: b\x85c\n",
        "a: b\u2028c\n",
        "a: b\ufeffc\n",
        "a: b\x7fc\n",
        "a: b\uffffc\n",
        "a: b\r\n",
        "a: b\rc: d\n",
        "a: ~\n",
        "a: @b\n",
        "a: `b\n",
        f"{'a' * 101}: b\n",
        "".join(f"{' ' * number}a:\n" for number in range(25)) + " " * 25 + "b: c\n",
    ],
    ids=lambda text: ascii(text)[:40],
)
def test_what_is_not_plain_is_left_to_the_full_reader(text: str) -> None:
    assert plain(text) is None


def test_every_character_is_the_same_in_a_text_and_in_a_key_or_is_not_plain() -> None:
    odd = [*range(0x250), 0x2028, 0x2029, 0x3000, 0xA0, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0xD7FF, 0xE000, 0xFDD0, 0x1F600]
    shapes = ("a: {}\n", "a: x{}\n", "a: x{}y\n", "a: x {}y\n", "a: x{} y\n", "{}: x\n", "x{}: y\n", "a:\n  {}b: c\n")
    taken = [shape for code in odd for shape in shapes if agree(shape.format(chr(code)))]
    assert len(taken) > 1000


_PIECES = (
    *("  ", " ", "\n", ":", ": ", "- ", "-", "#", " #", "'", '"', "[", "]", "{", "}", ",", "|", ">", "&a"),
    *("*a", "!", "%", "?", "? ", "@", "`", "~", "<<", "<<: ", "---\n", "...\n", "\t", "\r", "\r\n", "\x85"),
    *("\u2028", "\ufeff", "\x00", "\x7f", "a: b\n", "  a: b\n", "a:\n", "- a: b\n", "  - a: b\n", "null"),
    *("3:1", "0x1", "é", "\U0001f600", "\u0301", ": :", "::"),
)


def mutated(chance: random.Random, text: str) -> str:
    """The text with something put in, taken out, moved, or written twice."""
    at, other = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
    lines = text.split("\n")
    row = chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            return text[:at] + chance.choice(_PIECES) + text[at:]
        case 1:
            return text[:at] + text[min(at + chance.randrange(1, 4), len(text)) :]
        case 2:
            return text[:at] + chance.choice(_PIECES) + text[min(at + 1, len(text)) :]
        case 3:
            lines[row] = chance.choice(("", " ", "  ", "    ")) + lines[row].lstrip(" ")
        case 4:
            lines.insert(chance.randrange(len(lines)), lines[row])
        case _:
            return text[:at] + text[other:] if other - at < 60 else text
    return "\n".join(lines)


def differ(seed: int, count: int) -> int:
    """How many of so many mutants of plain files the quick way takes; each must be what the full reader reads."""
    chance = random.Random(seed)
    originals = [PLAIN, FLAT, as_yaml([group(3, Size(1000))]), *(text[:2000] for text in SHIPPED)]
    taken = 0
    for _ in range(count):
        text = chance.choice(originals)
        if chance.random() < 0.7:
            start = chance.randrange(len(text))
            text = dedent("\n".join(text[start : start + 300].split("\n")[1:-1]))
        for _ in range(chance.randrange(1, 4)):
            text = mutated(chance, text)
        taken += agree(text)
    return taken


@pytest.mark.parametrize("seed", range(4))
def test_no_mutant_is_taken_that_the_full_reader_reads_otherwise(seed: int) -> None:
    assert differ(seed, 1500) > 50


@pytest.mark.campaign
def test_nor_any_of_very_many() -> None:
    assert differ(1000, 300_000) > 10_000
