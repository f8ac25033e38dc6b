"""Which line lies inside which: by nesting, by `of`, or as a top-up that is a line of its own."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from ledger.book.records import Line


class Inclusion(Struct, frozen=True, array_like=True):
    """The lines as a graph without cycles.

    `order` has every line after all that lie in it; `within` and `around` are its direct contents and containers;
    `second` holds what names it in `of`. `cycles` are the loops found; the link that closes one is left out.
    `shared` holds the lines inside a line, at any distance, that may lie in another line beside it too: those with
    several containers, and all that lies in these.
    """

    order: tuple[str, ...]
    within: Mapping[str, tuple[str, ...]]
    around: Mapping[str, tuple[str, ...]]
    second: Mapping[str, tuple[str, ...]]
    cycles: tuple[tuple[str, ...], ...]
    shared: Mapping[str, tuple[str, ...]]

    def outer(self, line: str) -> set[str]:
        """Every line around this one, at any distance."""
        return _reached(line, self.around)

    def inner(self, line: str) -> set[str]:
        """Every line inside this one, at any distance."""
        return _reached(line, self.within)


def arrange(lines: Mapping[str, Line]) -> Inclusion:
    """Find what lies in what, innermost first, and every cycle. Links to unknown lines are passed over."""
    second: dict[str, list[str]] = {}
    for line in lines.values():
        if line.of in lines:
            second.setdefault(line.of, []).append(line.id)
    order: list[str] = []
    cycles: list[tuple[str, ...]] = []
    within: dict[str, dict[str, None]] = {line: {} for line in lines}
    around: dict[str, list[str]] = {}
    finished: set[str] = set()
    for start in lines:
        path: dict[str, None] = {start: None}
        waiting = [_contents(lines[start], lines, second)] if start not in finished else []
        while waiting:
            here = next(reversed(path))
            inner = next(waiting[-1], None)
            if inner is None:
                waiting.pop()
                del path[here]
                order.append(here)
                finished.add(here)
            elif inner in path:
                cycles.append(tuple(path)[tuple(path).index(inner) :])
            elif inner not in within[here]:
                within[here][inner] = None
                around.setdefault(inner, []).append(here)
                if inner not in finished:
                    path[inner] = None
                    waiting.append(_contents(lines[inner], lines, second))
    shared = _shared(order, within, around)
    return Inclusion(tuple(order), _frozen(within), _frozen(around), _frozen(second), tuple(cycles), shared)


def _contents(line: Line, lines: Mapping[str, Line], second: Mapping[str, list[str]]) -> Iterator[str]:
    yield from (part for part in line.parts if part in lines)
    yield from (top_up.line for top_up in line.top_ups if top_up.line in lines)
    yield from second.get(line.id, ())


def _shared(
    order: list[str], within: Mapping[str, Iterable[str]], around: Mapping[str, list[str]]
) -> dict[str, tuple[str, ...]]:
    several = {line for line, outer in around.items() if len(outer) > 1}
    found: dict[str, list[str]] = {}
    for line in reversed(order):
        if line in several:
            several.update(within[line])
            for outer in _reached(line, around):
                found.setdefault(outer, []).append(line)
    return _frozen(found)


def _reached(line: str, links: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(links.get(line, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(links.get(one, ()))
    return found


def _frozen(links: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {line: tuple(others) for line, others in links.items() if others}
