"""The tags of HTML by what they do to the text between them."""

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
