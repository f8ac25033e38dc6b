"""Why an equation does not hold: its gap and its figures → likely causes, ranked."""

from ledger.hints.causes import Cause, causes
from ledger.hints.equation import Role, Term, common_unit, excess
from ledger.hints.figure_text import unit_of

__all__ = ["Cause", "Role", "Term", "causes", "common_unit", "excess", "unit_of"]
