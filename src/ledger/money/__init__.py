"""Money as sources state it: exact intervals with the words they came from, read, added and written."""

from ledger.money.formatting import (
    FACTORS,
    auto_unit,
    decimals_needed,
    exact_words,
    plain_kronor,
    range_words,
    swedish,
    unit_name,
)
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
from ledger.money.parsing import read_amount, read_step
from ledger.money.qualifiers import QUALIFIERS
from ledger.money.units import unit_factor

__all__ = [
    "FACTORS",
    "LARGEST",
    "ORE",
    "QUALIFIERS",
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
    "read_step",
    "rounded",
    "swedish",
    "unit_factor",
    "unit_name",
]
