"""The hunt for one target in a process of its own, which may hang or die: asked and told with JSON."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # nothing of the program is imported before an engine has prepared for it
    from fuzz.trying import Tried


def main() -> None:
    """Hunt for what the argument says, and print what came of it."""
    words = json.loads(sys.argv[1])
    if words["engine"] == "atheris":
        from fuzz.guided import hunt_guided  # noqa: PLC0415 - an option
    from fuzz.hunting import Hunt, Wanted, hunt  # noqa: PLC0415 - as above
    from fuzz.targets import load  # noqa: PLC0415

    wanted = Wanted(**{**words, "failures": Path(words["failures"])})
    begun = time.perf_counter()

    def report(going: Hunt) -> None:
        took = time.perf_counter() - begun
        print(json.dumps(going.report() | {"took": took}), flush=True)

    with _in_a_folder():
        if wanted.engine == "atheris":
            hunt_guided(load(wanted.target), wanted, report)
        report(hunt(load(wanted.target), wanted))


def replayed(target: str, data: bytes) -> "Iterator[tuple[str, Tried]]":
    """One input tried alone, twice, and then by command line."""
    from fuzz.targets import load  # noqa: PLC0415
    from fuzz.trying import by_command_line, tried, twice  # noqa: PLC0415

    with _in_a_folder():
        found = load(target)
        yield "by what the command calls, twice", tried(twice(found.attempt), data)
        yield "by command line", tried(by_command_line(found), data)


@contextmanager
def _in_a_folder() -> Iterator[None]:
    """What is inside runs in an empty folder, without anything of the caller's settings, and confined."""
    from fuzz.program import settle  # noqa: PLC0415
    from fuzz.trying import confine  # noqa: PLC0415

    settle()
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        os.chdir(folder)
        confine()
        try:
            yield
        finally:
            os.chdir(before)


if __name__ == "__main__":
    main()
