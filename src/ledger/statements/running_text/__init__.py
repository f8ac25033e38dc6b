"""Running text, whatever its format: Markdown, HTML or plain text → the amounts of money it names, each with its place.

Documents are read in chunks, a block at a time, so that memory does not grow with them.
"""

from ledger.statements.running_text.decoding import UnreadableError
from ledger.statements.running_text.mentions import Mention, mentions, passages
from ledger.statements.running_text.mentions_table import listed, record
from ledger.statements.running_text.metadata import HEAD, About, about
from ledger.statements.running_text.passage import Passage

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
