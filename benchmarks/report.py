"""The times of one size as tables of ratios, for people, and as data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.commands import Aim
from benchmarks.timing import Timed


def tables(size: int, timed: Sequence[Timed], aims: Sequence[Aim]) -> str:
    """The medians of every command, then each ratio beside what is aimed at."""
    by_name = {one.name: one for one in timed}
    rows: list[tuple[str, ...]] = [("", "wall, ms", "fastest", "slowest", "cpu, ms", "peak, MB")]
    rows += [
        (
            one.name,
            *(f"{1000 * seconds:.1f}" for seconds in (one.wall, one.fastest, one.slowest, one.cpu)),
            f"{one.memory / 2**20:.0f}",
        )
        for one in timed
    ]
    ratios: list[tuple[str, ...]] = [("", "against", "wall", "cpu", "peak", "aim", "moonshot")]
    ratios += [tuple(_shown(row)) for row in _ratios(size, by_name, aims)]
    runs = timed[0].runs if timed else 0
    return f"{size} lines, medians of {runs} runs each\n\n{_aligned(rows)}\n\n{_aligned(ratios)}\n"


def as_data(size: int, timed: Sequence[Timed], aims: Sequence[Aim]) -> dict[str, Any]:
    """The same, with seconds and bytes."""
    by_name = {one.name: one for one in timed}
    return {"lines": size, "commands": [asdict(one) for one in timed], "ratios": list(_ratios(size, by_name, aims))}


def _ratios(size: int, by_name: Mapping[str, Timed], aims: Sequence[Aim]) -> Iterator[dict[str, Any]]:
    seen = set()
    for aim in sorted(aims, key=lambda one: one.lines != size):
        names = (aim.name, aim.against)
        if names in seen or not set(names) <= by_name.keys():
            continue
        seen.add(names)
        one, base = by_name[aim.name], by_name[aim.against]
        yield {
            "what": aim.name,
            "against": aim.against,
            "wall": one.wall / base.wall,
            "cpu": one.cpu / base.cpu if base.cpu else None,
            "memory": one.memory / base.memory,
            "aim": aim.reach if aim.lines == size else None,
            "moonshot": aim.dream if aim.lines == size else None,
        }


def growth(smaller: Mapping[str, Timed], larger: Mapping[str, Timed]) -> dict[str, tuple[float, float]]:
    """How many times the wall time and memory of each command grow from one size to the next."""
    both = [name for name in smaller if name in larger]
    return {name: (larger[name].wall / smaller[name].wall, larger[name].memory / smaller[name].memory) for name in both}


def _shown(row: Mapping[str, Any]) -> Iterator[str]:
    for name in ("what", "against", "wall", "cpu", "memory", "aim", "moonshot"):
        value = row[name]
        yield value if isinstance(value, str) else "–" if value is None else f"{value:.3g}"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if cell[:1].isalpha() or not cell else cell.rjust(width)
            for cell, width in zip(row, widths, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
