"""What a check is, and the search that finds every module of this package that is one."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

from msgspec import Struct

from ledger.book import Book
from ledger.checks._course import Course
from ledger.diagnostic import Finding, Reach, Severity

Run = Callable[[Book], Iterator[Finding]]
Review = Callable[[Book, Course], Iterator[Finding]]


class Check(Struct, frozen=True):
    """A check module, read once; it has either `run` or, to come after all others, `review`.

    `whole_book` says that it may run only on a ledger that was read without faults: anything left out would
    make it report what is not wrong. `page` is the Markdown that explains it. `reach` says how much of a ledger
    it looks at, so that what cannot concern it is left out.
    """

    id: str
    severity: Severity
    whole_book: bool
    page: str
    run: Run | None = None
    review: Review | None = None
    reach: Reach = "ledger"


def load_checks() -> tuple[Check, ...]:
    """Every check, sorted by id. A module that lacks something raises TypeError, whichever is wanted."""
    names = sorted(module.stem for module in Path(__file__).parent.glob("[!_]*.py"))
    return tuple(_check(import_module(f"{__package__}.{name}")) for name in names)


def page_ids() -> tuple[str, ...]:
    """The ids that `explain` knows."""
    return tuple(check.id for check in load_checks())


def explain(check: str) -> str | None:
    """The page of the check with this id, or nothing."""
    return next((found.page for found in load_checks() if found.id == check), None)


def _check(module: ModuleType) -> Check:
    """The check in a module: its dashed name (a `_` at its end dropped) is the id, its docstring the page."""
    name = module.__name__.rpartition(".")[2].removesuffix("_").replace("_", "-")
    page = module.__doc__
    severity: Any = getattr(module, "SEVERITY", None)
    whole_book: Any = getattr(module, "WHOLE_BOOK", None)
    reach: Any = getattr(module, "REACH", "ledger")
    run: Any = getattr(module, "check", None)
    review: Any = getattr(module, "review", None)
    if not page:
        raise TypeError(f"{module.__name__}: a check's docstring is its page, and there is none")
    if severity not in get_args(Severity):
        raise TypeError(f"{module.__name__}: SEVERITY must be 'error' or 'warning', not {severity!r}")
    if not isinstance(whole_book, bool):
        raise TypeError(f"{module.__name__}: WHOLE_BOOK must be True or False, not {whole_book!r}")
    if reach not in get_args(Reach):
        raise TypeError(f"{module.__name__}: REACH must be 'lines', 'registers' or 'ledger', not {reach!r}")
    if callable(run) == callable(review):
        raise TypeError(f"{module.__name__}: a check has either check(book) or review(book, course)")
    return Check(name, severity, whole_book, page.strip() + "\n", run, review, reach)
