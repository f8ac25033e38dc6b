"""The runner: lets the checks loose on a book, stamps and sorts what they find, and applies acceptances."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ledger.book import Acceptance, Book
from ledger.checks._check import Check, all_checks
from ledger.checks._course import Accepting, Course, acceptances, has_run_out
from ledger.diagnostic import Diagnostic, Finding, Place, by_place
from ledger.plugins import PluginError
from ledger.suggestion import did_you_mean

Texts = Mapping[str, Sequence[str]]
"""The lines of each file, by its path."""


class Accepted(Struct, frozen=True, array_like=True):
    """A finding that stands by a valid acceptance, and is not among the diagnostics."""

    diagnostic: Diagnostic
    acceptance: Acceptance


class Outcome(Struct, frozen=True, array_like=True):
    """What a run of the checks came to.

    `not_run` are the checks that need a whole book and did not run because of faults of reading. `refused`
    are messages about ids that were selected or ignored and belong to no check: then nothing was run. `failed` are
    messages about plugins that failed: all other checks ran.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    not_run: tuple[str, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    refused: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        """How many of the diagnostics are errors."""
        return sum(diagnostic.severity == "error" for diagnostic in self.diagnostics)

    @property
    def warnings(self) -> int:
        """How many of the diagnostics are warnings."""
        return sum(diagnostic.severity == "warning" for diagnostic in self.diagnostics)


def run(
    book: Book,
    faults: Iterable[Diagnostic],
    texts: Texts,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    *,
    today: str,
) -> Outcome:
    """Run all checks, or those selected, without those ignored; faults of reading are reported in any case.

    `today` (ISO text) decides which acceptances have run out.
    """
    checks, added = all_checks()
    refused = _unknown((*select, *ignore), {check.id for check in checks})
    if refused:
        return Outcome(refused=refused)
    faults = tuple(faults)
    chosen = [check for check in checks if (not select or check.id in select) and check.id not in ignore]
    running = [check for check in chosen if not (faults and check.whole_book)]
    failed = list(added)
    found = [one for check in running if check.run for one in _found(check, failed, book)]
    accepting = _by_finding(acceptances(book))
    matched = [(one, accepting.get((one.check, one.place.path, one.place.owner), [])) for one in found]
    course = Course(
        known=frozenset(check.id for check in checks),
        ran=frozenset(check.id for check in running),
        needed=frozenset(acceptance for _, matching in matched for acceptance in matching),
        today=today,
    )
    accepted, standing = _settled(matched, today)
    late = [one for check in running if check.review for one in _found(check, failed, book, course)]
    return Outcome(
        tuple(sorted((with_text(one, texts) for one in (*faults, *standing, *late)), key=by_place)),
        tuple(check.id for check in chosen if check not in running),
        tuple(replace(one, diagnostic=with_text(one.diagnostic, texts)) for one in accepted),
        failed=tuple(failed),
    )


def with_text(diagnostic: Diagnostic, texts: Texts) -> Diagnostic:
    """The same with the text of the line at every place, so that showing it reads no file."""
    related = tuple(replace(one, text=_line(one.place, texts)) for one in diagnostic.related)
    hints = tuple(replace(one, text=_line(one.place, texts)) for one in diagnostic.hints)
    return replace(diagnostic, text=_line(diagnostic.place, texts), related=related, hints=hints)


def _line(place: Place | None, texts: Texts) -> str:
    if place is None:
        return ""
    lines = texts.get(place.path, ())
    return lines[place.line - 1] if 1 <= place.line <= len(lines) else ""


def _unknown(ids: Iterable[str], known: set[str]) -> tuple[str, ...]:
    unknown = sorted({one for one in ids if one not in known})
    return tuple(f"no check is called '{one}'{did_you_mean(one, known)}" for one in unknown)


def _found(check: Check, failed: list[str], *given: Any) -> list[Diagnostic]:
    """The findings of a check; of a plugin that fails none, and what is said of it is put with the others."""
    try:
        return [_stamped(check, finding) for finding in check.found(*given)]
    except PluginError as error:
        failed.append(str(error))
        return []


def _stamped(check: Check, finding: Finding) -> Diagnostic:
    return Diagnostic(
        check.id,
        check.severity,
        finding.place,
        finding.message,
        related=finding.related,
        hints=finding.hints,
        help=finding.help,
    )


def _by_finding(accepting: Iterable[Accepting]) -> dict[tuple[str, str, str], list[Acceptance]]:
    """The acceptances, valid or run out, by check, and by the file and id of the record that holds them."""
    found: dict[tuple[str, str, str], list[Acceptance]] = {}
    for one in accepting:
        key = one.acceptance.check, one.record.path, one.record.owner
        found.setdefault(key, []).append(one.acceptance)
    return found


def _settled(
    matched: Iterable[tuple[Diagnostic, list[Acceptance]]], today: str
) -> tuple[list[Accepted], list[Diagnostic]]:
    """The findings that a valid acceptance takes away, and those that stand."""
    accepted, standing = [], []
    for diagnostic, matching in matched:
        valid = [acceptance for acceptance in matching if not has_run_out(acceptance, today)]
        if valid:
            accepted.append(Accepted(diagnostic, valid[0]))
        else:
            standing.append(diagnostic)
    return accepted, standing
