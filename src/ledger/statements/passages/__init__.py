"""Running text, whatever its format: Markdown, HTML or plain text → the amounts of money it names, each with its place.

Documents are read in chunks, a block at a time, so that memory does not grow with them.
"""

from ledger.statements.passages.about import HEAD, About, about
from ledger.statements.passages.decoding import UnreadableError
from ledger.statements.passages.listing import listed, record
from ledger.statements.passages.mentions import Mention, mentions, passages
from ledger.statements.passages.passage import Passage

__all__ = [
    "HEAD",
    "About",
    "Mention",
    "Passage",
    "UnreadableError",
    "about",
    "listed",
    "mentions",
    "passages",
    "record",
]
