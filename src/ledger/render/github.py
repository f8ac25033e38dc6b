"""Findings for GitHub: workflow commands, which it shows beside the lines, and a table for the summary of the job.

Format: "Workflow commands for GitHub Actions" in GitHub's documentation. Of each level it shows ten a step; the rest is
in the log and in the summary only, so what others follow from comes first.
"""

from collections import Counter
from collections.abc import Sequence

from ledger.diagnostic import Diagnostic
from ledger.render._escape import one_line
from ledger.render._finding_text import counts, message, more
from ledger.render._root_causes import causes_first
from ledger.render.markdown import escaped

SHOWN = 10
"""Annotations of a level that GitHub shows for a step."""

LARGEST_SUMMARY = 2**20 - 2**10
"""Bytes; GitHub refuses a step's summary of more than 1 MiB."""


def findings(findings: Sequence[Diagnostic]) -> str:
    """A command for each finding, causes before consequences; and a notice when GitHub will not show all."""
    lines = [_command(one) for one in causes_first(findings)]
    if any(number > SHOWN for number in Counter(one.severity for one in findings).values()):
        text = f"{counts(findings)}: GitHub shows {SHOWN} of each, the summary of the job has all"
        lines.insert(0, f"::notice title=ledger check::{_data(text)}")
    return "".join(f"{line}\n" for line in lines)


def summary(findings: Sequence[Diagnostic]) -> str:
    """All findings as Markdown, in the same order, as far as GitHub takes them."""
    head = f"### ledger check: {counts(findings)}\n\n"
    if not findings:
        return head
    head += "| Level | Place | Check | What is wrong |\n| --- | --- | --- | --- |\n"
    rows: list[str] = []
    room = LARGEST_SUMMARY - len(head.encode())
    for one in causes_first(findings):
        row = _row(one)
        room -= len(row.encode("utf-8", "replace"))
        if room < 0:
            return f"{head}{''.join(rows)}\n{len(findings) - len(rows)} more: run `ledger check` to see them\n\n"
        rows.append(row)
    return f"{head}{''.join(rows)}\n"


def _command(one: Diagnostic) -> str:
    place = one.place
    properties = {
        "file": one_line(place.path),
        "line": str(place.line),
        "col": str(place.column),
        "endColumn": str(place.end_column),
        "title": one_line(one.check),
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{one.severity} {written}::{_data(chr(10).join((message(one), *more(one))))}"


def _row(one: Diagnostic) -> str:
    cells = (one.severity, one_line(f"{one.place.path}:{one.place.line}"), one_line(one.check), message(one))
    hints = [one_line(f"hint: {hint.message}") for hint in one.hints]
    told = "<br>".join(escaped(text) for text in (cells[-1], *hints))
    return f"| {' | '.join((*map(escaped, cells[:-1]), told))} |\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
