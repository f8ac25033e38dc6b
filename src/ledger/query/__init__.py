"""Terms, the same everywhere a selection is taken: text → query → the lines it selects."""

from ledger.query.claim_lines import Claimed, claimed
from ledger.query.keys import TERMS, TermHelp
from ledger.query.selection import Selection, select
from ledger.query.terms import Query, Term, TermError, complete, parse, split_terms, years_of

__all__ = [
    "TERMS",
    "Claimed",
    "Query",
    "Selection",
    "Term",
    "TermError",
    "TermHelp",
    "claimed",
    "complete",
    "parse",
    "select",
    "split_terms",
    "years_of",
]
