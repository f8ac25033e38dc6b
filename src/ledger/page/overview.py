"""The top of the page: the year's sums, what changed, how much of what is claimed is recorded, and who says so."""

from collections import Counter
from collections.abc import Iterator

from ledger.book import LEVEL_ORDER, Level, add_level, by_level
from ledger.page.claims import Compared, compared, found_words, scale_of
from ledger.page.context import Edition, label, money_cells, section
from ledger.page.figures import figure, plain, scale_for, share, unit_words
from ledger.page.lines import missing
from ledger.page.markup import Child, Markup, element, joined, jump
from ledger.page.pictures import key
from ledger.page.waterfalls import top_up_words, topped_up
from ledger.table import Money
from ledger.views._lines import all_sources, sum_cell

_MOST = 8
"""So many are named; all are further down."""


def glance(edition: Edition) -> Markup:
    """The year in figures and sentences."""
    words, year = edition.words, edition.report.year
    found = {line.level for line in edition.report.of_year}
    cards = [_card(edition, level) for level in LEVEL_ORDER if level in found]
    blocks = [
        _block(words["changed"], *_changed(edition)),
        _block(words["claimed"], *_claimed(edition)) if edition.report.claims else None,
        _block(words["unstated"], *_unstated(edition)),
        _block(words["who"], *_who(edition)),
    ]
    if not found:
        return section(edition, "glance", element("p", words("nothing", year)), heading=words("glance", year))
    several = element("p", words["apart"], class_="note") if len(cards) > 1 else None
    content = (element("div", *cards, class_="sums"), several, element("div", *blocks, class_="blocks"))
    return section(edition, "glance", *content, heading=words("glance", year))


def _card(edition: Edition, level: Level) -> Markup:
    """The sum of a level, large, with what it is a sum of."""
    words = edition.words
    group = by_level(edition.report.of_year).get(level, [])
    title = element("h3", words[f"level-{level}"])
    about = element("p", words[f"what-{level}"], class_="who")
    if not group:
        return element(
            "div",
            title,
            element("p", words["no-counted"], class_="big none"),
            about,
            element("p", words["no-counted-why"], class_="who"),
            class_="card",
        )
    cell = sum_cell(add_level(edition.book, group))
    scale = scale_for(_cells(edition, level), edition.report.unit, edition.book.currency)
    one = figure(cell, scale, words)
    unit = element("span", unit_words(scale)) if one.bare else None
    big = element("p", jump(f"level-{LEVEL_ORDER.index(level)}", one.text), Markup(" "), unit, class_="big")
    after = element("p", f"({one.after} {unit_words(scale)})", class_="who") if one.after else None
    summed = words("from-lines", words.counted(len(group), "lines-summed"))
    return element("div", title, big, after, about, element("p", summed, class_="who"), class_="card")


def _cells(edition: Edition, level: Level) -> Iterator[Money]:
    rows = (row for row in edition.rows if row.section == level)
    return money_cells(rows)


def _block(title: str, *content: Child) -> Markup:
    return element("div", element("h3", title), *content)


def _changed(edition: Edition) -> Iterator[Markup]:
    words, lines = edition.words, topped_up(edition)
    if not lines:
        yield element("p", words["changed-none"])
        return
    number = words.counted(sum(len(line.top_ups) for line in lines), "top-ups-of")
    yield element("p", words("changed-some", number, words.counted(len(lines), "on-lines")))
    shown = [joined(label(line, words), top_up_words(edition, line), by=": ") for line in lines[:_MOST]]
    yield _list(edition, shown, len(lines), "waterfalls")


def _claimed(edition: Edition) -> Iterator[Markup]:
    found = compared(edition)
    if not found:
        yield element("p", edition.words["claimed-none"])
        return
    shown = [joined(_claim(edition, one)) for one in found[:_MOST]]
    yield _list(edition, shown, len(found), "claims")


def _claim(edition: Edition, one: Compared) -> Markup:
    words = edition.words
    title = jump(f"c-{one.claim.id}", one.claim.title)
    said = plain(one.said, scale_of(edition, one), words)
    kind = "not" if not one.claim.about else "nothing" if one.found is None else "item" if one.share else "open"
    part = share(one.share, words) if one.share else ""
    before, after = words(f"claimed-{kind}", "\n", said, found_words(edition, one), part).split("\n")
    return joined(before, title, after)


def _unstated(edition: Edition) -> Iterator[Markup]:
    words = edition.words
    lines = [line for line in edition.report.of_year if edition.book.value(line.id).counting is None]
    if not lines:
        yield element("p", words["unstated-none"])
        return
    yield element("p", words("unstated-some", words.counted(len(lines), "lines-summed")))
    yield _list(edition, [jump(f"l-{line.id}", label(line, words)) for line in lines[:_MOST]], len(lines), "lines")
    for level in LEVEL_ORDER:
        said = list(missing(edition, level))
        if said:
            yield element("p", element("small", words[f"level-{level}"] + ":"), Markup(" "), *said)


def _who(edition: Edition) -> Iterator[Markup]:
    words, book = edition.words, edition.book
    cited = {source for line in edition.report.of_year for source in all_sources(line)}
    known = Counter(
        book.sources[one].publisher or words["no-publisher"] for one in sorted(cited) if one in book.sources
    )
    said = words("who-says", words.counted(len(cited), "documents"), words.counted(len(known), "publishers"))
    yield element("p", said)
    ranked = sorted(known.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [joined(f"{publisher}: {number}") for publisher, number in ranked[:_MOST]]
    yield _list(edition, shown, len(ranked), "sources")


def _list(edition: Edition, shown: list[Markup], every: int, anchor: str) -> Markup:
    more = every - len(shown)
    rest = element("li", jump(anchor, edition.words("unstated-more", more))) if more > 0 else None
    return element("ul", *(element("li", one) for one in shown), rest)


def reading(edition: Edition) -> Markup:
    """What the signs and looks mean."""
    words = edition.words
    looks = [("full", "exact"), ("may", "about"), ("none", "unknown"), ("less", "minus")]
    rows = [element("li", key(class_), Markup(" "), words[f"how-{what}"]) for class_, what in looks]
    signs = [("*", "derived"), ("†", "calculated"), ("±", "rounded"), ("+", "sum")]
    rows += [element("li", element("b", sign), Markup(" "), words[f"how-{what}"]) for sign, what in signs]
    told = " ".join(words[f"how-{what}"] for what in ("links", "never", "mnkr"))
    return section(edition, "how-to", element("ul", *rows, class_="looks"), element("p", told))
