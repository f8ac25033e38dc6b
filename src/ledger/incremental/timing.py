"""Where the time of a run goes."""

from time import perf_counter


class Clock:
    """Notes what was done since the note before, and how many seconds it took."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, float]] = []
        self._last = perf_counter()

    def note(self, what: str) -> None:
        """Something is done."""
        now = perf_counter()
        self.notes.append((what, now - self._last))
        self._last = now
