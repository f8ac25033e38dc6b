"""A finding in plain lines, for formats that show it away from the source lines that it is about."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256

from ledger.diagnostic import Diagnostic
from ledger.render._escape import one_line

_MOST = 10
"""Related places that are told; a sum may have a hundred parts."""

_QUOTED = re.compile("'[^']*'")


def message(one: Diagnostic) -> str:
    """What is wrong, on one line."""
    return one_line(one.message)


def more(one: Diagnostic) -> Iterator[str]:
    """The other places that it is about, the hints, and what to do: a line each."""
    for other in one.related[:_MOST]:
        yield one_line(f"{other.place}: {other.message}")
    if len(one.related) > _MOST:
        yield f"and {len(one.related) - _MOST} more places"
    for hint in one.hints:
        at = f"{hint.place}: " if hint.place else ""
        yield one_line(f"hint: {at}{hint.message}")
    if one.help:
        yield one_line(f"help: {one.help}")


def counts(findings: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning`; `clean` when there is nothing."""
    number = Counter(one.severity for one in findings)
    words = [f"{count} {severity}{'s' * (count != 1)}" for severity, count in sorted(number.items())]
    return ", ".join(words) or "clean"


def fingerprints(findings: Sequence[Diagnostic]) -> list[str]:
    """A name for each finding, which it keeps when lines above it move, or its figures change and are still wrong.

    It is made of the check, the file, the record (of a fault of reading, the text of the line) and what the message
    quotes; what is the same in all of these is counted.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    names = []
    for one in findings:
        quoted = _QUOTED.findall(one.message.partition(" (did you mean ")[0])
        identity = one.check, one.place.path, one.place.owner or one.text.strip(), *quoted
        seen[identity] += 1
        names.append(sha256("\0".join((*identity, str(seen[identity]))).encode("utf-8", "replace")).hexdigest())
    return names
