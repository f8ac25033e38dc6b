"""The tables and views, as `layout.sql` writes them, and what makes them fit for every SQLite."""

import re
import sqlite3
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ledger.money import ORE

LAYOUT = 1
"""Raised with every change of `layout.sql`: a database with another number is not ours."""

APPLICATION = int.from_bytes(b"ldgr")
"""Marks a database as one of ours, in its header."""

OLDEST = (3, 37, 0)
"""The first SQLite with STRICT tables."""

_KRONOR = re.compile(r"kronor\(([\w.]+)\)( AS (\w+))?")
_VIEW = re.compile(r"^CREATE VIEW (\w+) AS(.*?);$", re.MULTILINE | re.DOTALL)


class StoreError(Exception):
    """A database that cannot be made or is not ours; the message is one line for the user."""


@cache
def schema() -> str:
    """The text of the layout: every table and view, with a comment on each column; `kronor` is a function of ours."""
    return Path(__file__).with_name("layout.sql").read_text(encoding="utf-8")


def create(connection: sqlite3.Connection) -> None:
    """Make the empty tables, and views that need no function of ours. Raises StoreError where SQLite is too old."""
    if sqlite3.sqlite_version_info < OLDEST:
        raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old: 3.37 is the first with STRICT tables")
    connection.executescript(_KRONOR.sub(_in_plain_sql, schema()))
    connection.execute(f"PRAGMA user_version = {LAYOUT}")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the database says that it has this layout."""
    [version] = connection.execute("PRAGMA user_version").fetchone()
    [application] = connection.execute("PRAGMA application_id").fetchone()
    return (application, version) == (APPLICATION, LAYOUT)


def kronor_columns() -> Mapping[str, Mapping[str, str]]:
    """The columns of each view that are in kronor, and the column of öre behind each."""
    found: dict[str, dict[str, str]] = {}
    for view in _VIEW.finditer(schema()):
        found[view[1]] = {column[3]: column[1].rpartition(".")[2] for column in _KRONOR.finditer(view[2])}
    return found


def _in_plain_sql(call: re.Match[str]) -> str:
    """An amount in öre as kronor: whole ones as an integer, others as an exact text with two decimals."""
    ore, alias = call[1], call[2] or ""
    sign = f"CASE WHEN {ore} < 0 THEN '-' ELSE '' END"
    text = f"{sign} || (abs({ore}) / {ORE}) || '.' || substr('0' || (abs({ore}) % {ORE}), -2)"
    return f"CASE WHEN {ore} % {ORE} = 0 THEN {ore} / {ORE} ELSE {text} END{alias}"
