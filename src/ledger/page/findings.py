"""What the checks found, on top of the page: one cannot read figures that do not add up as if they did."""

from ledger.diagnostic import Diagnostic
from ledger.page.context import Edition, section
from ledger.page.markup import Child, Markup, element, joined, jump

_MOST = 100
"""More findings than anybody reads on a page; `ledger check` shows them all."""


def findings(edition: Edition) -> Markup:
    """Errors before warnings, each with its place, its likely causes, and a link to the line it is about."""
    found = sorted(edition.report.findings, key=lambda one: one.severity != "error")
    if not found:
        return Markup("")
    words = edition.words
    errors = sum(one.severity == "error" for one in found)
    lead = words("findings-lead", words.counted(errors, "errors"), words.counted(len(found) - errors, "warnings"))
    more = len(found) - _MOST
    rest = element("p", words("findings-more", words.counted(more, "more-findings"))) if more > 0 else None
    listed = element("ul", *(_finding(edition, one) for one in found[:_MOST]))
    return section(edition, "findings", listed, rest, lead=lead)


def _finding(edition: Edition, one: Diagnostic) -> Markup:
    words = edition.words
    known = words.table.get(f"check-{one.check}", one.check)
    owner = one.place.owner
    there = jump(f"l-{owner}", words["see-line"]) if owner in edition.anchored else None
    parts: list[Child] = [
        element(
            "p", element("b", f"{words[f'severity-{one.severity}']}: {known}", class_=one.severity), Markup(" "), there
        ),
        _remark(one.message, edition.place(one.place)),
        *(_remark(related.message, edition.place(related.place)) for related in one.related),
        *(_remark(hint.message, edition.place(hint.place), words["hint"]) for hint in one.hints),
    ]
    return element("li", *parts)


def _remark(message: str, place: str, before: str = "") -> Markup:
    said = element("span", message, lang="en")
    return element(
        "p", joined(f"{before}:" if before else None, said, element("code", place) if place else None, by=" ")
    )
