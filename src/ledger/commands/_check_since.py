"""`ledger check --since REV`: of what the checks find, only what they did not find in a git revision."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ledger.checks import Outcome, run
from ledger.diagnostic import Diagnostic
from ledger.incremental import Asked
from ledger.output import counted, fail, say
from ledger.reading import Loaded
from ledger.render._escape import one_line
from ledger.render._finding_text import fingerprints
from ledger.revisions import is_from_before, load_revision


class _Then(Struct, frozen=True):
    """The ledger of the revision, the folder it lies in there as its files name it, and what its checks came to."""

    loaded: Loaded
    folder: str
    outcome: Outcome


def only_new(outcome: Outcome, revision: str, directory: Path, asked: Asked) -> tuple[Outcome, str]:
    """The outcome without what was found in the revision too, and a sentence that counts both.

    Says what could not be compared: that counts as new. A revision that cannot be read ends the command.
    """
    then = _then(revision, directory, asked)
    before = set(_names(then.outcome.diagnostics, then.folder)) if then else set()
    names = _names(outcome.diagnostics, f"{directory.as_posix()}/")
    new = tuple(one for one, name in zip(outcome.diagnostics, names, strict=True) if name not in before)
    if then:
        _tell_faults(revision, then, new)
    return replace(outcome, diagnostics=new), _sentence(revision, new, len(names) - len(new))


def _then(revision: str, directory: Path, asked: Asked) -> _Then | None:
    """What the same checks find in the revision on the same day; nothing where the ledger was not there yet."""
    read = load_revision(revision, directory)
    if isinstance(read, str):
        if not is_from_before(revision, directory):
            fail(one_line(read))
        say(one_line(f"ledger: '{directory}' was not there in {revision}: everything is new"))
        return None
    for path in read.passed_over:
        say(one_line(f"ledger: passed over '{path}': it is no plain file"))
    old = read.loaded
    return _Then(old, read.folder, run(old.book, old.faults, old.texts, asked.select, asked.ignore, today=asked.today))


def _names(findings: Sequence[Diagnostic], folder: str) -> list[str]:
    """The fingerprint of each finding that has nothing to do with where its ledger, or its record in there, lies."""
    return fingerprints([replace(one, place=one.place._replace(path=_within(one, folder))) for one in findings])


def _within(one: Diagnostic, folder: str) -> str:
    """The path of its file in the ledger; none for a record, which its id names wherever it is moved."""
    return "" if one.place.owner else one.place.path.removeprefix(folder)


def _tell_faults(revision: str, then: _Then, new: Sequence[Diagnostic]) -> None:
    """Say that the revision could not be read whole, and which of the findings' checks could not run on it."""
    faults = then.loaded.faults
    if not faults:
        return
    at = f"{counted(len(faults), 'fault')} of reading, the first at {faults[0].place}"
    say(one_line(f"ledger: {revision} could not be read whole ({at}): what hides there counts as new"))
    alone = sorted({one.check for one in new} & set(then.outcome.not_run))
    if alone:
        say(f"ledger: not compared, because the checks could not run there: {', '.join(alone)}")


def _sentence(revision: str, new: Sequence[Diagnostic], older: int) -> str:
    """`2 new errors since main (5 older not shown)`."""
    number = Counter(one.severity for one in new)
    parts = [counted(count, f"new {severity}") for severity, count in sorted(number.items())]
    hidden = f" ({older} older not shown)" if older else ""
    return one_line(f"{', '.join(parts) or 'nothing new'} since {revision}{hidden}")
