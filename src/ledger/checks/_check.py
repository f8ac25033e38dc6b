"""What a check is, and the search that finds them: every module of this package that is one, and those of plugins."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import replace

from ledger.book import Book
from ledger.checks._course import Course
from ledger.diagnostic import Finding, Reach, Severity
from ledger.plugins import Plugin, PluginError, plugins

TAKEN = frozenset(
    ("syntax", "duplicate-key", "unknown-field", "missing-field", "bad-value", "bad-amount", "unsafe-yaml")
)
"""The ids of the faults of reading."""

Run = Callable[[Book], Iterator[Finding]]
Review = Callable[[Book, Course], Iterator[Finding]]


class Check(Struct, frozen=True):
    """A check module, read once; it has either `run` or, to come after all others, `review`.

    `whole_book` says that it may run only on a ledger that was read without faults: anything left out would
    make it report what is not wrong. `page` is the Markdown that explains it. `reach` says how much of a ledger
    it looks at, so that what cannot concern it is left out. `plugin` is the one that it comes from, if any.
    """

    id: str
    severity: Severity
    whole_book: bool
    page: str
    run: Run | None = None
    review: Review | None = None
    reach: Reach = "ledger"
    plugin: Plugin | None = None

    def found(self, *given: Any) -> list[Finding]:
        """What it finds in a book, or, of the findings of others, in a book and their course. Raises PluginError."""
        look: Any = self.run or self.review
        return self.plugin.call(lambda: list(look(*given))) if self.plugin else list(look(*given))


def load_checks() -> tuple[Check, ...]:
    """Every check, sorted by id. A module of ours that lacks something raises TypeError, whichever is wanted."""
    return all_checks()[0]


def all_checks() -> tuple[tuple[Check, ...], tuple[str, ...]]:
    """Every check, and what is said of plugins that cannot be used as one."""
    names = sorted(module.stem for module in Path(__file__).parent.glob("[!_]*.py"))
    found = {_id_of(name): _check(import_module(f"{__package__}.{name}"), _id_of(name)) for name in names}
    failed = []
    for plugin in plugins("checks"):
        try:
            if plugin.name in found or plugin.name in TAKEN:
                raise PluginError(f"{plugin} fails: a check of this name comes with the program")  # noqa: TRY301
            found[plugin.name] = replace(plugin.call(_check, plugin.load(), plugin.name), plugin=plugin)
        except PluginError as error:
            failed.append(str(error))
    return tuple(found[name] for name in sorted(found)), tuple(failed)


def _id_of(name: str) -> str:
    """The id of the check in a module of this package: its dashed name, a `_` at its end dropped."""
    return name.removesuffix("_").replace("_", "-")


def _check(module: Any, name: str) -> Check:
    """The check in a module, whose docstring is the page."""
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
