"""The ledger held against somebody else's figures: Book × statement → differences → Table."""

from ledger.reconcile.between import statement_of
from ledger.reconcile.comparing import Comparison, Status
from ledger.reconcile.differences_table import listed
from ledger.reconcile.reconciling import Reconciliation, reconcile

__all__ = ["Comparison", "Reconciliation", "Status", "listed", "reconcile", "statement_of"]
