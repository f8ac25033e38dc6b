"""Findings as SARIF 2.1.0 (OASIS), which code scanning of GitHub and many editors read."""

import json
import os
from collections.abc import Sequence
from urllib.parse import quote

from ledger import __version__
from ledger.diagnostic import Diagnostic, Place
from ledger.render._finding_text import fingerprints, message, more

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

Object = dict[str, object]


def findings(findings: Sequence[Diagnostic]) -> str:
    """One log with one run; a clean ledger is a run without results."""
    rules = sorted({one.check for one in findings})
    named = zip(findings, fingerprints(findings), strict=True)
    driver = {"name": "ledger", "version": __version__, "rules": [_rule(rule) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, rules.index(one.check), fingerprint) for one, fingerprint in named],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(check: str) -> Object:
    words = {"text": check.replace("-", " ").capitalize()}
    about = {"text": f"'ledger explain {check}' tells what it finds, why it matters and what to do."}
    return {"id": check, "shortDescription": words, "fullDescription": words, "help": about}


def _result(one: Diagnostic, rule: int, fingerprint: str) -> Object:
    return {
        "ruleId": one.check,
        "ruleIndex": rule,
        "level": one.severity,
        "message": {"text": "\n".join((message(one), *more(one)))},
        "locations": [_location(one.place)],
        "relatedLocations": [
            {"id": number, **_location(other.place), "message": {"text": other.message}}
            for number, other in enumerate(one.related, 1)
        ],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    }


def _location(place: Place) -> Object:
    """A place; a path below the root of the sources is relative to it."""
    beyond = place.path.startswith(("/", "../"))
    artifact = {"uri": quote(os.fsencode(place.path))} | ({} if beyond else {"uriBaseId": "%SRCROOT%"})
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.end_column}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}
