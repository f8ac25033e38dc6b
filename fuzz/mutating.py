"""One input made of others: something put in, taken out, moved, repeated or spliced."""

import re
from collections.abc import Callable, Sequence
from random import Random

from fuzz.words import WORDS

LARGEST = 20_000
"""Bytes; a longer mutant is cut. A long input tells little more than a short one, and takes long."""

_TOKEN = re.compile(rb"[0-9]+(?:[.,:-][0-9]+)*|[A-Za-z_\x80-\xff]+|[^\s]")
_NUMBERS = (b"0", b"1", b"-1", b"00", b"999999999999999999999", b"1,5", b"1,500", b"2024", b"0,001", b"1e5", b"1 000")

Change = Callable[[Random, bytes, bytes], bytes]
"""Changes the first input, perhaps with pieces of the second."""


def mutated(chance: Random, one: bytes, other: bytes) -> bytes:
    """The input with one change or a few."""
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        one = chance.choice(_CHANGES)(chance, one, other)
    return one[:LARGEST]


def _cut(chance: Random, size: int, longest: int) -> tuple[int, int]:
    """The ends of a span of at least one byte, where there is one."""
    start = chance.randrange(size + 1)
    return start, min(size, start + chance.randrange(1, longest + 1))


def _put_in(chance: Random, one: bytes, _: bytes) -> bytes:
    at = chance.randrange(len(one) + 1)
    return one[:at] + chance.choice(WORDS) + one[at:]


def _put_over(chance: Random, one: bytes, _: bytes) -> bytes:
    start, end = _cut(chance, len(one), 8)
    return one[:start] + chance.choice(WORDS) + one[end:]


def _take_out(chance: Random, one: bytes, _: bytes) -> bytes:
    start, end = _cut(chance, len(one), chance.choice((1, 4, 40)))
    return one[:start] + one[end:]


def _repeat(chance: Random, one: bytes, _: bytes) -> bytes:
    start, end = _cut(chance, len(one), chance.choice((2, 12, 60)))
    return one[:start] + one[start:end] * chance.choice((2, 2, 3, 60)) + one[end:]


def _swell(chance: Random, one: bytes, _: bytes) -> bytes:
    """So many of one word that whatever takes the square of their number takes long."""
    at = chance.randrange(len(one) + 1)
    return one[:at] + chance.choice(WORDS) * chance.choice((20, 300, 3000)) + one[at:]


def _change_a_byte(chance: Random, one: bytes, _: bytes) -> bytes:
    at = chance.randrange(len(one) + 1)
    byte = chance.randrange(256) if chance.random() < 0.3 or at == len(one) else one[at] ^ (1 << chance.randrange(8))
    return one[:at] + bytes((byte,)) + one[at + 1 :]


def _change_a_token(chance: Random, one: bytes, other: bytes) -> bytes:
    """A token becomes a known word, or one of the other input."""
    tokens = list(_TOKEN.finditer(one))
    if not tokens:
        return chance.choice(WORDS)
    token = chance.choice(tokens)
    new = chance.choice(_TOKEN.findall(other) or WORDS) if chance.random() < 0.5 else chance.choice(WORDS)
    return one[: token.start()] + new + one[token.end() :]


def _change_a_number(chance: Random, one: bytes, _: bytes) -> bytes:
    numbers = list(re.finditer(rb"[0-9]+", one))
    if not numbers:
        return one + chance.choice(_NUMBERS)
    number = chance.choice(numbers)
    new = chance.choice(_NUMBERS) if chance.random() < 0.5 else b"%d" % chance.randrange(10 ** chance.randrange(1, 12))
    return one[: number.start()] + new + one[number.end() :]


def _change_lines(chance: Random, one: bytes, other: bytes) -> bytes:
    """A line is taken out, written twice, moved, indented otherwise, or taken from the other input."""
    lines = one.split(b"\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case 2:
            lines[at], lines[to] = lines[to], lines[at]
        case 3:
            lines[at] = b" " * chance.randrange(9) + lines[at].lstrip(b" ")
        case 4:
            lines[at : at + 2] = [b"".join(lines[at : at + 2])]
        case _:
            lines.insert(at, chance.choice(other.split(b"\n")))
    return b"\n".join(lines)


def _splice(chance: Random, one: bytes, other: bytes) -> bytes:
    """The head of one and the tail of the other, cut anywhere or between lines."""
    first, last = chance.randrange(len(one) + 1), chance.randrange(len(other) + 1)
    if chance.random() < 0.7:
        first, last = one.find(b"\n", first) + 1, other.find(b"\n", last) + 1
    return one[:first] + other[last:]


def _join(chance: Random, one: bytes, other: bytes) -> bytes:
    return one + chance.choice((b"", b"\n", b"\n\n", b" ", b";")) + other


def _write_otherwise(chance: Random, one: bytes, _: bytes) -> bytes:
    """Other ends of lines, another encoding, a mark at the start, or spaces of another kind."""
    match chance.randrange(6):
        case 0:
            return one.replace(b"\n", b"\r\n")
        case 1:
            return one.replace(b"\n", b"\r")
        case 2:
            return b"\xef\xbb\xbf" + one
        case 3:
            return one.decode("utf-8", "replace").encode("latin-1", "replace")
        case 4:
            return one.replace(b" ", chance.choice((b"\t", b"  ", b"\xc2\xa0", b"\xe2\x80\x89")), 3)
        case _:
            return one.upper() if chance.random() < 0.5 else one.decode("utf-8", "replace").encode("utf-16")


_CHANGES: Sequence[Change] = (
    *(_put_in, _put_over, _take_out, _take_out, _repeat, _change_a_byte, _change_a_token, _change_a_token),
    *(_change_a_token, _change_a_number, _change_a_number, _change_lines, _change_lines, _splice, _join),
    *(_write_otherwise, _put_in, _put_over, _take_out, _change_a_byte, _change_a_token, _change_lines, _splice, _swell),
)
"""Each as often as it stands here: those that keep the shape of an input reach deepest."""
