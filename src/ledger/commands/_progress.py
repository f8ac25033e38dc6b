"""How far a long run has come: a bar on the terminal, after half a second, for people only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

_PATIENCE = 0.5
"""Seconds that nobody needs to be told about."""

_STEP = 0.1
"""Seconds between two pictures of the bar."""


@contextmanager
def progress(total: int | None, label: str) -> Iterator[Callable[[int], None]]:
    """A function that is told how much more is done, of `total` where that is known; without a terminal, it is mute."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    begun = shown = monotonic()
    done = 0
    advance: Callable[[int], None] | None = None
    stop: Callable[[], None] | None = None

    def tell(more: int) -> None:
        nonlocal done, shown, advance, stop
        done += more
        now = monotonic()
        if now - begun < _PATIENCE or now - shown < _STEP:
            return
        shown = now
        if advance is None:
            advance, stop = _bar(total, label)
        advance(done)

    try:
        yield tell
    finally:
        if stop is not None:
            stop()


def _bar(total: int | None, label: str) -> tuple[Callable[[int], None], Callable[[], None]]:
    """What sets the bar, and what takes it away without a trace."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console = Console(file=sys.__stderr__, highlight=False)
    columns = TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task(label, total=total)
    bar.start()
    return lambda done: bar.update(task, completed=done), bar.stop
