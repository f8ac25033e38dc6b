"""Findings for GitLab, as a code quality report: which of them a merge request brings in, and which it takes away.

Format: "Code Quality report format" in GitLab's documentation.
"""

import json
from collections.abc import Sequence

from ledger.diagnostic import Diagnostic, Severity
from ledger.render._escape import one_line
from ledger.render._finding_text import fingerprints, message

_SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor"}


def findings(findings: Sequence[Diagnostic]) -> str:
    """One JSON array; a clean ledger is an empty one."""
    named = zip(findings, fingerprints(findings), strict=True)
    return json.dumps([_issue(one, fingerprint) for one, fingerprint in named], indent=2) + "\n"


def _issue(one: Diagnostic, fingerprint: str) -> dict[str, object]:
    hints = [one_line(f"; hint: {hint.message}") for hint in one.hints[:1]]
    return {
        "description": message(one) + "".join(hints),
        "check_name": one.check,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[one.severity],
        "location": {"path": _path(one.place.path), "lines": {"begin": one.place.line}},
    }


def _path(path: str) -> str:
    """The path, in which bytes that are no UTF-8 are written out: they would be no JSON."""
    return path.encode("utf-8", "backslashreplace").decode()
