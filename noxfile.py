"""The tests elsewhere: on every Python that is there, and with the oldest versions of what the program imports.

`nox` runs all of it in environments of its own, `nox -s tests-3.13` or `nox -s oldest` a part; what comes after `--` is
given to pytest. A Python that is not there is left out, and named.
"""

import re
import tomllib
from pathlib import Path

import nox

PROJECT = tomllib.loads(Path(__file__).with_name("pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = [name.rpartition(" ")[2] for name in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", name)]

NOT_OF_THE_PROGRAM = [f"--ignore=tests/test_{name}.py" for name in ("benchmarks", "browser", "ci_files")]
"""Tests of what is not run by users, or in a browser: one Python is enough for them."""

BY_WHAT_IS_IMPORTED = [
    f"tests/test_{name}.py"
    for name in ("completion", "docs", "export", "formats", "reading", "render", "schema", "terminal", "transcripts")
]
"""Tests that see what typer, pydantic, PyYAML, rich, tabulate, xlsxwriter and duckdb do."""

THEY_IMPORT = ("frictionless", "hypothesis", "jsonschema", "openpyxl", "pytest", "pytest-xdist", "ruamel.yaml")


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
