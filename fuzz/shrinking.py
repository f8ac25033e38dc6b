"""A failing input made small, as long as it fails in the same way."""

import time
from collections.abc import Callable, Iterator

LONGEST = 20.0
"""Seconds that are spent on one input."""


def shrunk(data: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """The smallest input that taking out spans of it leads to, in the time there is."""
    end = time.monotonic() + LONGEST
    size = max(len(data) // 2, 1)
    while size:
        smaller = next((one for one in _without(data, size) if time.monotonic() < end and fails(one)), None)
        if smaller is not None:
            data = smaller
        elif time.monotonic() > end:
            break
        else:
            size //= 2
    return data


def _without(data: bytes, size: int) -> Iterator[bytes]:
    yield from (data[:at] + data[at + size :] for at in range(0, len(data), size))
