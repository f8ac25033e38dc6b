"""Made-up ledgers in tests, in which every krona is an element of sets: a line is the set of its kronor."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from books import book_of
from hypothesis import strategies as st

from ledger.book import Book


@dataclass
class Model:
    """A line as the kronor in it; `known` says whether its amount is stated."""

    id: str
    kronor: set[int]
    parts: list["Model"] = field(default_factory=list)
    of: str = ""
    top_ups: list["Model"] = field(default_factory=list)
    known: bool = True
    counted: bool = True
    topped: set[int] = field(default_factory=set)
    """The kronor that came by top-ups."""

    def inside(self) -> Iterator["Model"]:
        yield self
        for part in self.parts:
            yield from part.inside()

    def fields(self, amount: str, depth: int) -> list[str]:
        """What is written of the line, save its parts; its other sides are taken from its name."""
        number = sum(map(ord, self.id))
        fields = ["title: T", f"kind: {'grant' if number % 2 else 'assignment'}"]
        fields += ["year: 2024", "unit: kr"] if depth == 1 else []
        fields += [f"recipient: r{number % 3}", f"goals: [{', '.join(['g0', 'g1'][: number % 5 % 3])}]"]
        fields += [f"of: {self.of}"] if self.of else []
        fields += [f"counted: {'yes' if self.counted else 'no'}"]
        fields += [f"total: {written(len(self.kronor), amount)}"] if self.known else []
        fields += [f"top_ups: [{', '.join(f'{{line: {one.id}}}' for one in self.top_ups)}]"] if self.top_ups else []
        return [*fields, *(["parts_are: partial", "parts:"] if self.parts else [])]

    def text(self, amount: str, depth: int = 1) -> str:
        """The line in block style; `amount` is what its number of kronor is written with."""
        name = self.id.rpartition("/")[2]
        indent = "  " * depth
        lines = [f"{indent}{name}:", *(f"{indent}  {one}" for one in self.fields(amount, depth))]
        return "\n".join([*lines, *(part.text(amount, depth + 2) for part in self.parts)])


def written(number: int, words: str) -> str:
    """Words that leave the number possible: itself, or a figure that is not exact."""
    if words == "exact" or number == 0:
        return f"{number} kr"
    return {
        "range": f"{number - 1}–{number + 2} kr",
        "least": f"minst {max(1, number - 1)} kr",
        "most": f"högst {number + 1} kr",
        "about": f"ca {number} kr",
    }[words]


class Kronor:
    """Kronor that no line has yet."""

    def __init__(self) -> None:
        self.next = 0

    def some(self, number: int) -> set[int]:
        self.next += number
        return set(range(self.next - number, self.next))


@st.composite
def models(draw: st.DrawFn, *, crossing: bool) -> list[Model]:
    """Consistent lines: trees, lines by `of`, and lines topped up by others.

    With `crossing` a line may be broken down in several ways, and what several lines share may be unknown.
    """
    supply = Kronor()
    lines: list[Model] = []
    for number in range(draw(st.integers(1, 4))):
        inner = [one for line in lines for one in line.inside()]
        outer = [one for one in inner if one.kronor - one.topped - _second(lines, one.id)]
        free = [one for one in outer if crossing or not (one.parts or one.top_ups)]
        form = draw(st.sampled_from(["tree", *(["of"] if free else []), *(["top-up"] if inner else [])]))
        name = f"l{number}"
        if form == "of":
            around = draw(st.sampled_from(free))
            pool = sorted(around.kronor - around.topped - _second(lines, around.id))
            line = _tree(draw, name, set(pool[: draw(st.integers(1, len(pool)))]), crossing=crossing)
            line.of = around.id
        elif form == "top-up":
            line = _topped_up(draw, name, inner, supply, crossing=crossing)
        else:
            line = _tree(draw, name, supply.some(draw(st.integers(0, 6))), crossing=crossing)
        lines.append(line)
    return lines


def _second(lines: Iterable[Model], name: str) -> set[int]:
    """The kronor that lines by `of` have of a line already."""
    return {krona for line in lines if line.of == name for krona in line.kronor}


def _tree(draw: st.DrawFn, name: str, kronor: set[int], *, crossing: bool, depth: int = 0) -> Model:
    line = Model(name, kronor, known=draw(st.booleans()), counted=draw(st.sampled_from([True, True, False])))
    left = sorted(kronor)
    for number in range(draw(st.integers(0, 2)) if depth < 2 else 0):
        size = draw(st.integers(0, len(left)))
        part, left = set(left[:size]), left[size:]
        line.parts.append(_tree(draw, f"{name}/p{number}", part, crossing=crossing, depth=depth + 1))
    return line


def _topped_up(draw: st.DrawFn, name: str, inner: Sequence[Model], supply: Kronor, *, crossing: bool) -> Model:
    own = supply.some(draw(st.integers(0, 4)))
    line = Model(name, set(own))
    for one in draw(st.lists(st.sampled_from(inner), min_size=1, max_size=2, unique_by=lambda one: one.id)):
        if not one.kronor & line.kronor and (crossing or one.known):
            line.top_ups.append(one)
            line.kronor |= one.kronor
            line.topped |= one.kronor
    if not line.top_ups or (crossing and draw(st.booleans())):
        line.parts = [_tree(draw, f"{name}/p0", own, crossing=crossing, depth=1)]
    return line


def model_book(lines: Iterable[Model], amount: str = "exact") -> Book:
    return book_of("\n".join(line.text(amount) for line in lines))


@st.composite
def selections(draw: st.DrawFn, *, crossing: bool) -> tuple[list[Model], set[str]]:
    lines = draw(models(crossing=crossing))
    names = [one.id for line in lines for one in line.inside()]
    return lines, set(draw(st.lists(st.sampled_from(names), unique=True)) if draw(st.booleans()) else names)
