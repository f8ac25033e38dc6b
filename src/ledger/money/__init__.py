"""Money as sources state it: exact intervals with the words they came from, read, added and written."""

from ledger.money.interval import (
    LARGEST,
    ORE,
    ZERO,
    Amount,
    AmountError,
    How,
    Interval,
    Sense,
    add_up,
    cut,
    derived,
    exactly,
    rounded,
)
from ledger.money.reading import read_amount, unit_factor
from ledger.money.writing import (
    FACTORS,
    auto_unit,
    decimals_needed,
    exact_words,
    plain_kronor,
    range_words,
    swedish,
    unit_name,
)

__all__ = [
    "FACTORS",
    "LARGEST",
    "ORE",
    "ZERO",
    "Amount",
    "AmountError",
    "How",
    "Interval",
    "Sense",
    "add_up",
    "auto_unit",
    "cut",
    "decimals_needed",
    "derived",
    "exact_words",
    "exactly",
    "plain_kronor",
    "range_words",
    "read_amount",
    "rounded",
    "swedish",
    "unit_factor",
    "unit_name",
]
