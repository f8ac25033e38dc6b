"""The public part in Python: what is listed is there with its signature, the page's examples run, faults are one error."""

import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from forked import environment
from running import BROKEN, CLEAN, MISMATCH, ledger, run

import ledger as package
from ledger import Ledger, LedgerError, format_table, open_ledger
from ledger.money import plain_kronor

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")

SIGNATURES = {
    "open_ledger": "(directory: str | os.PathLike[str] | None = None, *, date: str | None = None) -> ledger.api.Ledger",
    "format_table": "(table: ledger.table.Table, form: str = 'table') -> str | bytes | collections.abc.Mapping[str, bytes]",
    "Ledger.lines": "(self, *terms: str) -> tuple[ledger.book.records.Line, ...]",
    "Ledger.sums": "(self, *terms: str) -> dict[typing.Literal['appropriations', 'assignments and grants', "
    "'commitments'], ledger.book.sums.Sum]",
    "Ledger.query": "(self, *terms: str) -> ledger.table.Table",
    "Ledger.summary": "(self, year: int, *terms: str) -> ledger.table.Table",
}


def test_the_public_names_have_their_signatures_and_stand_on_the_page() -> None:
    found: dict[str, Callable[..., object]] = {"open_ledger": open_ledger, "format_table": format_table}
    methods = {name: one for name, one in vars(Ledger).items() if inspect.isfunction(one) and not name.startswith("_")}
    signed: dict[str, Callable[..., object]] = found | {f"Ledger.{name}": one for name, one in methods.items()}
    assert {name: str(inspect.signature(one)) for name, one in signed.items()} == SIGNATURES
    assert set(package.__all__) == {"Ledger", "LedgerError", *found}
    listed = re.findall(r"`(?:Ledger\.|\.)?(\w+)", PAGE.partition("## What is public")[2].partition("\n\nOf what")[0])
    assert {*package.__all__, *methods, *Ledger.__struct_fields__} <= set(listed)


def test_an_unknown_name_of_the_package_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'open'"):
        package.open  # noqa: B018 - that it cannot be had is what is tried


@pytest.mark.parametrize("example", re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
def test_an_example_of_the_page_runs_from_the_project(example: str) -> None:
    words = [sys.executable, "-c", example]
    done = subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) >= 2


def test_it_says_what_the_command_line_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger(tmp_path, MISMATCH)
    monkeypatch.chdir(tmp_path)
    opened = open_ledger("data")
    assert [one.check for one in opened.findings] == ["parts-mismatch"]
    [total] = opened.sums("2024").values()
    assert plain_kronor(total.amount.interval.low or 0) == "58000000"
    for form in ("csv", "json", "table"):
        shown = run("query", "kind:grant", "--data", "data", "--format", form, folder=tmp_path)
        made = format_table(opened.query("kind:grant"), form)
        assert str(made).replace(opened.query().title, "") == shown.stdout.replace("Money for shelters, kind:grant", "")
    assert [line.id for line in opened.lines("recipient:jamy")] == ["shelters-2024"]
    assert opened.summary(2024).rows


def test_a_day_leaves_out_what_came_later(tmp_path: Path) -> None:
    folder = ledger(tmp_path, CLEAN)
    assert open_ledger(folder, date="2023-01").sums("2024") == {}
    assert len(open_ledger(str(folder), date="2024-12-31").lines()) == 3


@pytest.mark.parametrize(
    ("text", "date", "says"),
    [
        (CLEAN, "2024-13", "is not a day of the calendar"),
        (BROKEN, None, "can be read two ways"),
        (None, None, "is not there"),
    ],
)
def test_what_cannot_be_opened_is_one_error(tmp_path: Path, text: str | None, date: str | None, says: str) -> None:
    folder = ledger(tmp_path, text) if text else tmp_path / "nowhere"
    with pytest.raises(LedgerError, match=says) as raised:
        open_ledger(folder, date=date)
    assert bool(raised.value.diagnostics) == (text == BROKEN)


def test_terms_and_formats_that_mean_nothing_are_errors(tmp_path: Path) -> None:
    opened = open_ledger(ledger(tmp_path))
    with pytest.raises(LedgerError, match="did you mean 'recipient"):
        opened.lines("recipent:jamy")
    with pytest.raises(LedgerError, match="there is no format 'cvs'"):
        format_table(opened.query(), "cvs")
    with pytest.raises(LedgerError, match="a table cannot be written as sarif"):
        format_table(opened.query(), "sarif")
