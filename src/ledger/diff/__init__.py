"""What changed between two books, as money: lines and claims that differ, why, and what that does to the sums."""

from ledger.diff.change import Change, Differences, Moved, Reason
from ledger.diff.comparing import compare
from ledger.diff.differences_table import table

__all__ = ["Change", "Differences", "Moved", "Reason", "compare", "table"]
