"""What a run tells at its end: the rates that tests compute. And how random cases are drawn."""

import os
import signal
from collections.abc import Callable

import pytest
from forked import end_parents
from hypothesis import Phase, settings

# A slow machine is no fault of the example; and before a change lands the same cases are drawn every time.
# To find a mutant out, any case that fails will do: it need not be made small.
# Where a test says nothing, fifty cases of each property are drawn; `nox -s campaign` draws five hundred.
settings.register_profile("ledger", deadline=None, derandomize=bool(os.environ.get("CI")), max_examples=50)
settings.register_profile("campaign", deadline=None, max_examples=500)
settings.register_profile("mutants", derandomize=True, deadline=None, phases=[Phase.explicit, Phase.generate])

Tell = Callable[[str], None]

for _number in (signal.SIGINT, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])):
    if signal.getsignal(_number) is signal.SIG_IGN:
        # What runs in the background ignores it, and so would every program that a test starts: one would wait for ever.
        signal.signal(_number, signal.default_int_handler)


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Have a sentence printed at the end of the run, also when tests run in several processes."""
    return lambda sentence: record_property("told", sentence)


def pytest_configure(config: pytest.Config) -> None:
    """Draw by our profile where no other is asked for; not at the import, which tests that need `Tell` do once more."""
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("ledger")


def pytest_unconfigure() -> None:
    end_parents()


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
