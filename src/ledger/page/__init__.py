"""The report as one HTML page: pictures, tables that sort and filter, and how every figure comes about."""

from ledger.page.context import Made, Report
from ledger.page.page import page
from ledger.page.words import LANGUAGES

__all__ = ["LANGUAGES", "Made", "Report", "page"]
