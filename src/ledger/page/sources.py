"""The sources that the page names, numbered by their date; only addresses of the web become links."""

from ledger.page.context import Edition, section
from ledger.page.markup import Markup, element, joined, link_out


def sources(edition: Edition) -> Markup:
    """The list of sources; the numbers are those that figures lead to."""
    if not edition.numbers:
        return Markup("")
    listed = [_source(edition, source, number) for source, number in edition.numbers.items()]
    lead = edition.words["sources-lead"]
    return section(edition, "sources", element("ol", *listed, class_="sources"), lead=lead)


def _source(edition: Edition, source: str, number: int) -> Markup:
    known = edition.book.sources.get(source)
    if known is None:
        return element("li", element("code", source), id=f"s{number}")
    title = link_out(known.url, known.title) if known.url else joined(known.title)
    about = joined(known.publisher, known.published or edition.words["no-date"], known.reference, by=", ")
    return element("li", title, Markup(" "), element("small", about), id=f"s{number}")
