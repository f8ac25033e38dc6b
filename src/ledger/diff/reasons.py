"""Everything that differs between a line or claim in the old book and the same one in the new."""

from collections.abc import Callable, Iterator

from ledger.book import Book, Claim, Line
from ledger.diff.change import Reason, What
from ledger.diff.content import figure_key
from ledger.diff.figures import Side, figure_reason, restatement_reasons, top_up_reasons, without_consequence
from ledger.diff.wording import instead, named
from ledger.query import split_terms

_INHERITED: dict[str, Callable[[Line], str]] = {
    "year": lambda line: line.years,
    "goals": lambda line: ", ".join(sorted(line.goals)),
    "stage": lambda line: line.stage,
    "counted": lambda line: "yes" if line.counted else "no",
    "decided": lambda line: line.decided,
}
_OWN: dict[str, Callable[[Line], str]] = {
    "title": lambda line: line.title,
    "kind": lambda line: line.kind,
    "code": lambda line: line.code,
    "recipient": lambda line: line.recipient,
    "gender marker": lambda line: "" if line.gender_marker is None else str(line.gender_marker),
    "inside (of)": lambda line: line.of,
}
_FIGURES: tuple[What, ...] = ("base", "total", "outcome")


def line_reasons(before: Line, after: Line, old: Book, new: Book, old_id: str) -> tuple[Reason, ...]:
    """What differs in a line itself; what it only inherits is told of the line that it inherits it from."""
    here, there = Side(old, before.sources, before), Side(new, after.sources, after)
    figures = {what: figure_reason(what, getattr(before, what), getattr(after, what), here, there) for what in _FIGURES}
    money = [figures["base"], *top_up_reasons(before, after, here, there), figures["total"], figures["outcome"]]
    return (
        *without_consequence([one for one in money if one]),
        *restatement_reasons(before.restated, after.restated, here, there),
        *_place(before, after, old_id),
        *_sources(before, after, old, new),
        *_fields(before, after, old, new),
    )


def _place(before: Line, after: Line, old_id: str) -> Iterator[Reason]:
    """A new id, unless it only follows from that of the line around it, and a new place."""
    own = [one.id.removeprefix(one.parent) for one in (before, after)]
    last = old_id.rpartition("/")[2] != after.id.rpartition("/")[2]
    if before.parent != after.parent:
        yield Reason("field", instead("lies in", before.parent or "no line", after.parent or "no line"))
    if old_id != after.id and (last or before.parent != after.parent or len(set(own)) > 1):
        yield Reason("id", f"renamed, was {old_id}")


def _outer(before: Line, after: Line, old: Book, new: Book) -> tuple[Line, Line] | None:
    """The line around, where it is the same one in both books."""
    if before.parent != after.parent or not after.parent:
        return None
    around = old.lines.get(before.parent), new.lines.get(after.parent)
    return (around[0], around[1]) if around[0] and around[1] else None


def _sources(before: Line, after: Line, old: Book, new: Book) -> Iterator[Reason]:
    if set(before.sources) == set(after.sources):
        return
    outer = _outer(before, after, old, new)
    if outer and (before.sources, after.sources) == (outer[0].sources, outer[1].sources):
        return
    came = [one for one in after.sources if one not in before.sources]
    gone = [one for one in before.sources if one not in after.sources]
    if came:
        instead_of = f", before {named(old, gone)}" if gone else ""
        yield Reason("source", f"new source {named(new, came)}{instead_of}", sources=tuple(came))
    elif gone:
        yield Reason("source", f"no longer by {named(old, gone)}", sources=after.sources)


def _fields(before: Line, after: Line, old: Book, new: Book) -> Iterator[Reason]:
    outer = _outer(before, after, old, new)
    for name, of in _INHERITED.items():
        inherited = outer and (of(before), of(after)) == (of(outer[0]), of(outer[1]))
        if of(before) != of(after) and not inherited:
            yield Reason("field", instead(name, of(before), of(after)))
    for name, of in _OWN.items():
        if of(before) != of(after):
            yield Reason("field", instead(name, of(before), of(after)))
    if before.parts and after.parts and before.complete != after.complete:
        words = ["complete" if line.complete else "partial" for line in (before, after)]
        yield Reason("field", instead("parts are", *words))


def claim_reasons(before: Claim, after: Claim, old: Book, new: Book, old_id: str) -> tuple[Reason, ...]:
    """What differs in a claim."""
    here, there = Side(old, before.sources), Side(new, after.sources)
    amount = figure_reason("amount", before.amount, after.amount, here, there)
    reasons = [amount] if amount else []
    if not amount and figure_key(before.amount) != figure_key(after.amount):
        reasons.append(Reason("source", f"new source {named(new, after.sources)}", sources=after.sources))
    reasons += restatement_reasons(before.restated, after.restated, here, there)
    if old_id != after.id:
        reasons.append(Reason("id", f"renamed, was {old_id}"))
    about = [" ".join(split_terms(claim.about)) for claim in (before, after)]
    coverage = ["complete" if claim.complete else "partial" for claim in (before, after)]
    pairs = {
        "title": (before.title, after.title),
        "year": (str(before.year), str(after.year)),
        "about": (about[0], about[1]),
        "coverage": (coverage[0], coverage[1]),
    }
    reasons += [Reason("field", instead(name, *pair)) for name, pair in pairs.items() if pair[0] != pair[1]]
    return tuple(reasons)
