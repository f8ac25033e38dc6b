"""HTML: its tags by what they do to the text between them, and how a page is read on."""

from html.parser import HTMLParser

ENDLESS = "a tag, comment or script without an end"

_MOST_WORK = 2 * 10**8
"""Characters to look at where a page ends inside a tag: all that follow, for every tag that may begin there."""

ROWS = frozenset({"tr", "table", "thead", "tbody", "tfoot", "caption"})
CELLS = frozenset({"td", "th"})
BLOCKS = frozenset(
    (
        *("p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section"),
        *("header", "footer", "main", "nav", "form", "hr", "pre", "blockquote", "title", "body", "html", "head"),
        *("article", "aside", "address", "details", "summary", "figure", "figcaption", "fieldset", "legend"),
        *("option", "select", "button", "label", "textarea", "iframe", "object"),
    )
)
"""What ends a line, a paragraph or a heading."""

UNSEEN = frozenset({"script", "style", "noscript", "template"})
"""What holds no text that a reader sees."""


def read_on(parser: HTMLParser, text: str, *, last: bool) -> None:
    """Read on in a page, to its end where this is the `last` of it. Raises ValueError where that cannot be done."""
    try:
        HTMLParser.feed(parser, text)
        if last:
            if parser.cdata_elem is None and parser.rawdata.count("<") * len(parser.rawdata) > _MOST_WORK:
                raise ValueError(ENDLESS)
            parser.close()
    except AssertionError as error:  # the standard library's answer to some declarations, such as `<![x`
        raise ValueError(str(error)) from None
