"""A plain-text, source-cited budget ledger for gender-equality appropriations."""

TYPE_CHECKING = False  # not from typing, whose import takes longer than telling a kept answer
if TYPE_CHECKING:
    from ledger.api import Ledger, LedgerError, format_table, open_ledger

__all__ = ["Ledger", "LedgerError", "format_table", "open_ledger"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """The public names, from `ledger.api`; the command line begins with this module, and needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module 'ledger' has no attribute '{name}'")
    from ledger import api  # noqa: PLC0415 - as above

    found: object = getattr(api, name)
    return found
