"""The resolved ledger: plain frozen data, what its lines come to, sums, and how it stood on a day."""

from ledger.book.apportionment import apportion
from ledger.book.as_of import as_of, counts_from, top_up_from
from ledger.book.book import SAME_LETTERS, Book, Duplicate, Elsewhere, solved
from ledger.book.inclusion import Inclusion, arrange
from ledger.book.level_graph import LEVEL_ORDER, by_level
from ledger.book.names import Names, agencies_called, names_of
from ledger.book.records import (
    CALCULATED,
    LEVELS,
    Acceptance,
    Agency,
    Claim,
    Extension,
    Figure,
    Goal,
    Initiative,
    Kind,
    Level,
    Line,
    Mark,
    Origin,
    Source,
    Stage,
    TopUp,
    last_day,
)
from ledger.book.sums import Sum, add_level, entering_sums
from ledger.book.totals import Value, Values, bases_only, parts_sum, top_up_amounts

__all__ = [
    "CALCULATED",
    "LEVELS",
    "LEVEL_ORDER",
    "SAME_LETTERS",
    "Acceptance",
    "Agency",
    "Book",
    "Claim",
    "Duplicate",
    "Elsewhere",
    "Extension",
    "Figure",
    "Goal",
    "Inclusion",
    "Initiative",
    "Kind",
    "Level",
    "Line",
    "Mark",
    "Names",
    "Origin",
    "Source",
    "Stage",
    "Sum",
    "TopUp",
    "Value",
    "Values",
    "add_level",
    "agencies_called",
    "apportion",
    "arrange",
    "as_of",
    "bases_only",
    "by_level",
    "counts_from",
    "entering_sums",
    "last_day",
    "names_of",
    "parts_sum",
    "solved",
    "top_up_amounts",
    "top_up_from",
]
