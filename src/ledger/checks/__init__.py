"""The checks, one module each: found by searching this package, run together, explained by their pages."""

from ledger.checks._check import Check, load_checks
from ledger.checks._run import Accepted, Outcome, run, with_text

__all__ = ["Accepted", "Check", "Outcome", "load_checks", "run", "with_text"]
