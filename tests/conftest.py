"""What a run tells at its end: the rates that tests compute."""

from collections.abc import Callable

import pytest

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
