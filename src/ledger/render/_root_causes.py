"""Findings in the order of cause and consequence: what is mended first may take the rest away."""

from collections.abc import Sequence

from ledger.diagnostic import Diagnostic, by_place

_RANKS = (
    ("syntax", "unsafe-yaml", "duplicate-key", "unknown-field", "missing-field", "bad-value", "bad-amount"),
    ("duplicate-id", "inclusion-cycle", "unknown-line", "unknown-recipient", "unknown-source", "unknown-goal"),
    ("year-mismatch", "goal-not-valid", "decided-outside-year", "bad-org-number"),
    ("total-mismatch",),
    ("parts-mismatch", "parts-exceed-total"),
    ("restatement-conflict",),
    ("claim-contradicted",),
    ("missing-source",),
    ("unused-source", "unused-agency", "unused-acceptance"),
)
"""What cannot be read; what points nowhere; what is wrong by itself; then the arithmetic, from a line outwards; last
what is unused, often because what would have used it is misspelt."""

_RANK = {check: rank for rank, checks in enumerate(_RANKS) for check in checks}
_OTHER = _RANK["total-mismatch"]
"""The rank of a check that is not named here."""


def causes_first(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Errors before warnings; then by kind, and of one kind those that no other finding is behind before the rest.

    One is behind another when it is about a record whose figures the other adds up.
    """
    depths = _depths(findings)

    def order(number: int) -> tuple[bool, int, int, tuple[str, int, int, str, str]]:
        one = findings[number]
        return one.severity != "error", _RANK.get(one.check, _OTHER), depths[number], by_place(one)

    return [findings[number] for number in sorted(range(len(findings)), key=order)]


def _depths(findings: Sequence[Diagnostic]) -> list[int]:
    """How many findings, each behind the next, are behind each; those in a ring come after all others."""
    about: dict[str, list[int]] = {}
    for number, one in enumerate(findings):
        about.setdefault(one.place.owner, []).append(number)
    waiting = [0] * len(findings)
    ahead: dict[int, list[int]] = {}
    for number, one in enumerate(findings):
        others = {other.place.owner for other in one.related} - {"", one.place.owner}
        for cause in (cause for owner in others for cause in about.get(owner, ())):
            ahead.setdefault(cause, []).append(number)
            waiting[number] += 1
    depths, depth = [len(findings)] * len(findings), 0
    layer = [number for number, causes in enumerate(waiting) if not causes]
    while layer:
        following = []
        for number in layer:
            depths[number] = depth
            for other in ahead.get(number, ()):
                waiting[other] -= 1
                if not waiting[other]:
                    following.append(other)
        layer, depth = following, depth + 1
    return depths
