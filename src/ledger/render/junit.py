"""Findings as JUnit XML, which nearly every CI server shows: an error is a test that failed, a warning one skipped."""

import re
from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from ledger.diagnostic import Diagnostic
from ledger.render._escape import one_line
from ledger.render._finding_text import message, more

_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""

_AS = {"error": "failure", "warning": "skipped"}


def findings(findings: Sequence[Diagnostic]) -> str:
    """One suite with a test for each finding; a clean ledger is a test that passed."""
    number = Counter(one.severity for one in findings)
    counts = {"tests": str(len(findings) or 1), "failures": str(number["error"]), "errors": "0"}
    counts["skipped"] = str(number["warning"])
    suites = ET.Element("testsuites", counts)
    suite = ET.SubElement(suites, "testsuite", {"name": "ledger check"} | counts)
    if not findings:
        ET.SubElement(suite, "testcase", {"classname": "ledger", "name": "check"})
    seen: Counter[str] = Counter()
    for one in findings:
        _case(suite, one, seen)
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _case(suite: ET.Element, one: Diagnostic, seen: Counter[str]) -> None:
    """The test, named by check and record, so that a server sees its history; the same again is numbered."""
    name = f"{one.check} {one.place.owner}".strip()
    seen[f"{one.place.path} {name}"] += 1
    again = seen[f"{one.place.path} {name}"]
    case = ET.SubElement(
        suite,
        "testcase",
        {
            "classname": _legal(one.place.path),
            "name": _legal(f"{name} ({again})" if again > 1 else name),
            "file": _legal(one.place.path),
            "line": str(one.place.line),
        },
    )
    result = ET.SubElement(case, _AS[one.severity], {"type": one.check, "message": _legal(message(one))})
    result.text = _legal("\n".join((f"{one.place}: {message(one)}", *more(one))))


def _legal(text: str) -> str:
    """Text that XML can hold: steering characters are written out already, and these are the rest."""
    return _ILLEGAL.sub("�", "\n".join(one_line(line) for line in text.split("\n")))
