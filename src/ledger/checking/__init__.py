"""The check of a whole ledger, file by file: what is quiet by itself is looked at alone, and only once."""

from ledger.checking.clock import Clock
from ledger.checking.whole import Asked, Checked, check

__all__ = ["Asked", "Checked", "Clock", "check"]
