"""The checks, one module each: found by searching this package, run together, explained by their pages."""

from ledger.checks._check import Check, explain, load_checks, page_ids
from ledger.checks._run import Accepted, Outcome, run, with_text

__all__ = ["Accepted", "Check", "Outcome", "explain", "load_checks", "page_ids", "run", "with_text"]
