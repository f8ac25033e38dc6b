"""The check of a whole ledger, file by file: what is quiet by itself is looked at alone, and only once."""

from ledger.incremental.timing import Clock
from ledger.incremental.whole_ledger import Asked, Checked, check

__all__ = ["Asked", "Checked", "Clock", "check"]
