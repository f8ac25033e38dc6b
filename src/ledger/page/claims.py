"""What sources say about the whole, and a bar of it beside what the ledger has on record."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from ledger.book import Claim
from ledger.page.context import Edition, behind, cites, grid, section
from ledger.page.figures import Scale, cell_markup, plain, plain_parts, scale_for, share
from ledger.page.markup import Child, Markup, element, jump
from ledger.page.pictures import Bar, bar_of, bars
from ledger.table import Money, Share
from ledger.views._lines import sum_cell
from ledger.views.claims import recorded, share_of


class Compared(Struct, frozen=True):
    """A claim, what it says, what is recorded (nothing when it is not compared), and which share that is."""

    claim: Claim
    said: Money
    found: Money | None
    share: Share | None


def compared(edition: Edition) -> list[Compared]:
    """The claims about the year."""
    if not edition.report.claims:
        return []
    return [_compared(edition, one) for one in edition.book.claims.values() if one.year == edition.report.year]


def _compared(edition: Edition, claim: Claim) -> Compared:
    figure = claim.amount
    said = Money(replace(figure.amount, words=figure.stated_as), figure.how)
    total = recorded(edition.book, claim)
    found = sum_cell(total) if total else None
    return Compared(claim, said, found, share_of(found.amount, figure.amount) if found else None)


def scale_of(edition: Edition, one: Compared) -> Scale:
    """The unit of both amounts of a claim."""
    return scale_for(filter(None, (one.said, one.found)), edition.report.unit, edition.book.currency)


def found_words(edition: Edition, one: Compared) -> str:
    """What is recorded, in words."""
    if one.found is None:
        return edition.words["nothing-recorded" if one.claim.about else "not-compared"]
    return plain(one.found, scale_of(edition, one), edition.words)


def claims(edition: Edition) -> Markup:
    """A picture a claim, with its table behind it."""
    found = compared(edition)
    if not found:
        return Markup("")
    cards = [_card(edition, one, number) for number, one in enumerate(found, 1)]
    return section(edition, "claims", element("div", *cards, class_="cards"), lead=edition.words["claims-lead"])


def _card(edition: Edition, one: Compared, number: int) -> Markup:
    words, claim, scale = edition.words, one.claim, scale_of(edition, one)
    said, found = plain(one.said, scale, words), found_words(edition, one)
    picture = bars(f"k{number}", claim.title, words("claim-desc", said, found), list(_bars(edition, one)))
    rows = [
        (
            words["claim-said"],
            _link(edition, claim, cell_markup(one.said, scale, words, unit=True)),
            _cited(edition, claim),
        ),
        (words["claim-recorded"], _link(edition, claim, _found(edition, one, scale)), None),
        (words["share"], share(one.share, words) if one.share else None, None),
    ]
    table = grid(
        f"k{number}",
        words("table-of", claim.title),
        [words["claim"], words["amount"], words["sources-short"]],
        rows,
        right=(1,),
    )
    told = (
        words("share-of", share(one.share, words)) if one.share else None if claim.about else words["not-compared-why"]
    )
    title = element("h3", _link(edition, claim, claim.title))
    return element("figure", title, picture, element("p", told, class_="who") if told else None, behind(edition, table))


def _found(edition: Edition, one: Compared, scale: Scale) -> Child:
    return cell_markup(one.found, scale, edition.words, unit=True) if one.found else found_words(edition, one)


def _cited(edition: Edition, claim: Claim) -> Markup:
    return cites(edition, claim.amount.sources or claim.sources)


def _link(edition: Edition, claim: Claim, words: Child) -> Markup:
    del edition
    return jump(f"c-{claim.id}", words)


def _bars(edition: Edition, one: Compared) -> Iterator[Bar]:
    words, scale = edition.words, scale_of(edition, one)
    yield bar_of(words["claim-said"], plain_parts(one.said, scale, words), one.said.amount)
    found = one.found
    if found is None and not one.claim.about:
        return
    amount = found.amount if found else None
    said = plain_parts(found, scale, words) if found else (found_words(edition, one), "")
    yield bar_of(words["claim-recorded"], said, amount, strong=True)
