"""Ledgers in tests: files with the findings they must have marked on their lines, and what a run finds in them."""

import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger.checks import Outcome, run
from ledger.diagnostic import Diagnostic
from ledger.reading import load_texts
from ledger.render.text import findings

TODAY = "2026-06-01"
WORDS = Path(__file__).parent / "findings"

Found = list[tuple[str, int, str]]
"""File, line and id of each finding, sorted."""


@dataclass(frozen=True)
class Checked:
    """What a run came to, and the lines of the files it was about."""

    outcome: Outcome
    texts: Mapping[str, Sequence[str]]

    @property
    def found(self) -> Found:
        return sorted((one.place.path, one.place.line, one.check) for one in self.outcome.diagnostics)

    def only(self, check: str) -> Diagnostic:
        """The one diagnostic of a check."""
        [found] = [one for one in self.outcome.diagnostics if one.check == check]
        return found


def checked(*files: str, select: Collection[str] = (), ignore: Collection[str] = (), today: str = TODAY) -> Checked:
    """Read the files as one ledger, the first as `1.yaml`, and run the checks."""
    loaded = load_texts({f"{number}.yaml": text.encode() for number, text in enumerate(files, 1)})
    outcome = run(loaded.book, loaded.faults, loaded.texts, select, ignore, today=today)
    return Checked(outcome, loaded.texts)


def marked(*files: str) -> Found:
    """The findings that comments `# <- the-id` demand; several ids are separated by spaces."""
    return sorted(
        (f"{number}.yaml", line, check)
        for number, text in enumerate(files, 1)
        for line, words in enumerate(text.split("\n"), 1)
        for mark in re.findall(r"# <- (.*)$", words)
        for check in mark.split()
    )


def assert_worded(page: str, ledgers: Mapping[str, Sequence[str]], select: Collection[str] = ()) -> None:
    """Every finding of the ledgers, in full, is what stands on the page; `UPDATE_TRANSCRIPTS=1` rewrites it."""
    found = {name: checked(*files, select=select).outcome.diagnostics for name, files in ledgers.items()}
    made = "\n".join(f"## {name}\n\n```text\n{findings(some)}```\n" for name, some in found.items() if some)
    file = WORDS / page
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        file.write_text(made, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == made
