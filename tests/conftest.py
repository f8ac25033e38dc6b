"""What a run tells at its end: the rates that tests compute. And how random cases are drawn."""

import os
from collections.abc import Callable

import pytest
from hypothesis import settings

# A slow machine is no fault of the example; and before a change lands the same cases are drawn every time.
settings.register_profile("ledger", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("ledger")

Tell = Callable[[str], None]


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Have a sentence printed at the end of the run, also when tests run in several processes."""
    return lambda sentence: record_property("told", sentence)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print every sentence that a test told."""
    reports = [report for group in terminalreporter.stats.values() for report in group]
    told = [
        str(value)
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
        if name == "told"
    ]
    if told:
        terminalreporter.write_sep("=", "rates")
        for sentence in sorted(told):
            terminalreporter.write_line(sentence)
