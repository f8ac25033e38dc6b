"""A plain-text, source-cited budget ledger for gender-equality appropriations."""

__version__ = "0.1.0"
