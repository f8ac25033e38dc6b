"""Every routine of the project: `nox -l` lists them, `nox -s quick` runs one.

Most run in the environment that nox itself is in, so they begin at once. `tests` and `oldest`, which `nox` alone runs,
make environments of their own; a Python that is not there is left out, and named. What comes after `--` is given on.
"""

import os
import re
import sys
import tomllib
from pathlib import Path

import nox

nox.options.sessions = ["tests", "oldest"]

PROJECT = tomllib.loads(Path(__file__).with_name("pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = [name.rpartition(" ")[2] for name in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", name)]

NOT_OF_THE_PROGRAM = [f"--ignore=tests/test_{name}.py" for name in ("benchmarks", "browser", "ci_files")]
"""Tests of what is not run by users, or in a browser: one Python is enough for them."""

BY_WHAT_IS_IMPORTED = [
    f"tests/test_{name}.py"
    for name in ("completion", "docs", "export", "formats", "reading", "render", "schema", "terminal", "transcripts")
]
"""Tests that see what typer, pydantic, PyYAML, rich, tabulate, xlsxwriter and duckdb do."""

QUICK = [
    f"tests/test_{name}.py"
    for name in (
        *("amounts_table", "money", "sums", "totals", "as_of", "hints"),
        *("checks", "checks_arithmetic", "running_checks", "pages", "verdicts"),
        *("reading", "document", "plain_style", "fast_validation", "schema", "discovery", "query"),
        *("views", "reconcile", "diff", "statements", "letter_sums", "prose", "writing"),
        *("architecture", "docs", "output_docs", "guide", "explain"),
    )
]
"""Tests of every room that run in the process itself: what they do not see, the whole suite sees."""

REFRESHED = ("docs", "schema", "guide", "transcripts", "checks", "checks_arithmetic", "pages")
"""Tests that write anew what they compare, when UPDATE_DOCS or UPDATE_TRANSCRIPTS is set."""

THEY_IMPORT = ("frictionless", "hypothesis", "jsonschema", "nox", "openpyxl", "pytest", "pytest-xdist", "ruamel.yaml")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The program's tests, with the newest versions of everything; the transcripts are the same to the byte."""
    session.install("-e", ".[dev]")
    session.run("pytest", "-n", "auto", *NOT_OF_THE_PROGRAM, *session.posargs)


@nox.session(python=PYTHONS[0])
def oldest(session: nox.Session) -> None:
    """The tests of what is imported, with the oldest versions that are allowed, on the oldest Python."""
    extras = PROJECT["optional-dependencies"]
    bounds = [*PROJECT["dependencies"], *extras["xlsx"], *extras["parquet"], *extras["sheets"]]
    tools = [one for one in extras["dev"] if one.startswith(THEY_IMPORT)]
    session.install("-e", ".", *(re.sub(r">=([^,]+).*", r"==\1", one) for one in bounds), *tools)
    # The picture in docs/ is drawn by rich's newest version, which is no part of the program.
    session.run("pytest", "-n", "auto", "-k", "not picture", *(session.posargs or BY_WHAT_IS_IMPORTED))


def _python(session: nox.Session, *words: str, ends: tuple[int, ...] = (0,), **settings: str) -> None:
    """Run a module of the environment that nox is in."""
    session.run(sys.executable, "-m", *words, external=True, success_codes=ends, env=os.environ | settings)


@nox.session(python=False)
def lint(session: nox.Session) -> None:
    """Rules and formatting, by ruff; `nox -s lint -- --fix` mends what can be mended."""
    _python(session, "ruff", "check", ".", *session.posargs)
    _python(session, "ruff", "format", ".", *([] if session.posargs else ["--check"]))


@nox.session(python=False)
def types(session: nox.Session) -> None:
    """All types, by mypy."""
    _python(session, "mypy", *session.posargs)


@nox.session(python=False)
def quick(session: nox.Session) -> None:
    """The tests to run after every change, in under 30 seconds."""
    _python(session, "pytest", "-q", "-n", "auto", *QUICK, *session.posargs)


@nox.session(python=False)
def whole(session: nox.Session) -> None:
    """All tests but the campaigns, as CI runs them."""
    _python(session, "pytest", "-n", "auto", *session.posargs)


@nox.session(python=False)
def refresh(session: nox.Session) -> None:
    """What the program says put into pages, schema and transcripts; then what changed, to be read."""
    made = [f"tests/test_{name}.py" for name in REFRESHED] + session.posargs
    # A test that writes its page anew compares it all the same, so the first run may fail. The second must not.
    _python(session, "pytest", "-q", "-n", "auto", *made, ends=(0, 1), UPDATE_DOCS="1", UPDATE_TRANSCRIPTS="1")
    session.run("git", "--no-pager", "diff", "--stat", external=True)
    session.run("git", "status", "--short", "--untracked-files", "docs", "tests", external=True)
    _python(session, "pytest", "-q", "-n", "auto", *made)


@nox.session(python=False)
def campaign(session: nox.Session) -> None:
    """The long runs of random cases: an hour or more, for a quiet machine."""
    _python(session, "pytest", "-m", "campaign", "-n", "auto", *session.posargs)
    if not session.posargs:
        drawn = sorted(str(file) for file in Path("tests").glob("test_*.py") if "@given" in file.read_text("utf-8"))
        _python(session, "pytest", "--hypothesis-profile=campaign", "-n", "auto", *drawn)


@nox.session(python=False)
def benchmark(session: nox.Session) -> None:
    """How fast it is beside hledger, Ledger and beancount; `-- --sizes 1000` makes it shorter."""
    _python(session, "benchmarks", *session.posargs)


@nox.session(python=False)
def fuzz(session: nox.Session) -> None:
    """Inputs that nobody would write, for five minutes a target; `-- scan --seconds 60` tries one."""
    _python(session, "fuzz", *(session.posargs or ["all", "--seconds", "300"]))


@nox.session(python=False)
def coverage(session: nox.Session) -> None:
    """Which lines and branches the tests run."""
    _python(session, "pytest", "-n", "auto", "--cov", *session.posargs)


@nox.session(python=False)
def mutants(session: nox.Session) -> None:
    """Do tests notice a changed program? `-- 'ledger.money.*'` tries one package; docs/mutants.md says how."""
    _python(session, "mutmut", "run", "--max-children", "1", *session.posargs)
