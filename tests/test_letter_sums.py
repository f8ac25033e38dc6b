"""How rows that can be read in several ways are settled by their sum: what trying all ways comes to, and at once."""

from itertools import product
from random import Random

from ledger.statements.letter.amounts import MOST_TRIED, Reading, readings, settled


def by_trying_all(total: list[Reading], parts: list[list[Reading]]) -> set[tuple[Reading, tuple[Reading, ...]]]:
    ways = product(total, product(*parts))
    return {(one, way) for one, way in ways if sum(part.number for part in way) == one.number}


def drawn(chance: Random, *, most: int) -> list[Reading]:
    numbers = chance.sample(range(-2, 5), chance.randrange(most + 1))
    return [Reading("", number, str(number)) for number in numbers]


def test_two_ways_are_found_where_there_are_two_and_the_one_where_there_is_one() -> None:
    chance = Random(4)
    came = [0, 0, 0]
    for _ in range(3000):
        total, parts = drawn(chance, most=3), [drawn(chance, most=3) for _ in range(chance.randrange(5))]
        (found, _), known = settled(total, parts, MOST_TRIED), by_trying_all(total, parts)
        assert set(found) <= known
        assert len(found) == len(set(found)) == min(2, len(known))
        came[len(found)] += 1
    assert min(came) > 100


def test_a_letter_with_too_many_ways_is_left_open_at_once() -> None:
    """Sums that double with every item: of sixty there would be more than can be counted. Impossible ones are few."""
    parts = [[Reading("", 2**at, ""), Reading("", 0, "")] for at in range(60)]
    found, tried = settled([Reading("", 2**59 + 1, "")], parts, 10_000)
    assert found == []
    assert 5_000 < tried <= 10_000
    assert settled([Reading("", 2**60, "")], parts, 10_000) == ([], 2)


def test_equal_items_are_settled_however_many_there_are() -> None:
    """Two hundred times 30 451 or 451: the sums are few."""
    parts = [[Reading("", 30_451, ""), Reading("", 451, "")]] * 200
    [(total, way)], _ = settled([Reading("", 200 * 30_451, "")], parts, MOST_TRIED)
    assert [one.number for one in way] == [30_451] * 200
    assert total.number == 6_090_200


def test_a_row_of_very_many_digits_has_no_figure() -> None:
    """No budget has a figure of more than sixty characters, and Python reads none of more than 4 300 digits."""
    assert readings("Till MUCF" + "9" * 5000) == ()
    assert readings("Till MUCF\t" + "9" * 5000) == ()
    assert readings("Till MUCF (ram)" + "9" * 5000) == ()
