"""HTML that cannot be broken out of: what is not markup of ours is text, and is escaped and made fit to be shown."""

from html import escape

from ledger.table import one_line

_VOID = {"meta", "link", "br", "input", "rect", "line", "path"}
"""Elements without content; in SVG, shapes that carry no title."""

_OPENERS = ("http://", "https://")
"""The only addresses that become links: `javascript:` and all others are shown as text."""


class Markup(str):
    """A piece of finished HTML; any other text is data."""

    __slots__ = ()


Child = str | int | None
"""What may stand inside an element: markup as it is, a text or number to be escaped, or nothing."""


def shown(child: Child) -> str:
    """A child as it stands in the page."""
    if isinstance(child, Markup):
        return child
    if child is None:
        return ""
    return escape(one_line(child)) if isinstance(child, str) else str(child)


def joined(*children: Child, by: str = "") -> Markup:
    """Children one after another, those that are empty left out; `by` is a text between them."""
    return Markup(escape(by).join(filter(None, map(shown, children))))


def element(tag: str, /, *children: Child, **attributes: Child | bool) -> Markup:
    """An element. Of an attribute's name `_` is `-`, and one at its end is dropped: `class_`, `aria_label`.

    An attribute that is `None` or false is left out; one that is true has no value.
    """
    written = [tag]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        label = key.rstrip("_").replace("_", "-")
        written.append(label if value is True else f'{label}="{shown(value)}"')
    opening = f"<{' '.join(written)}>"
    if tag in _VOID and not children:
        return Markup(opening if tag in ("meta", "link", "br", "input") else f"{opening[:-1]}/>")
    return Markup(f"{opening}{''.join(map(shown, children))}</{tag}>")


def link_out(address: str, words: str) -> Markup:
    """A link that leaves the page, when the address is one of the web; else the words, and the address as text."""
    if address.casefold().startswith(_OPENERS):
        return element("a", words, href=address, rel="noopener noreferrer")
    return joined(words, address if address != words else None, by=" ")


def jump(target: str, words: Child, **attributes: Child | bool) -> Markup:
    """A link to a place on the page."""
    return element("a", words, href=f"#{target}", **attributes)
