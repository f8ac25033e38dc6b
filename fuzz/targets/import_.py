"""`import`: a document from a stranger becomes lines of a ledger, or none of them do."""

import shutil
from functools import cache
from pathlib import Path
from zlib import crc32

import typer

from fuzz.program import Said, context, ran, told
from fuzz.promises import Came, demand, fit_to_print, kinds
from fuzz.seeds import documents, exports, sentences, workbooks
from ledger.commands._document import Request
from ledger.commands._import import import_file
from ledger.commands._import_prose import import_prose
from ledger.reading import load

PATH = Path("document.txt")
_UNITS = (None, None, "tkr", "kr")
_LEDGER = """\
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: agency, org_number: 202100-5000}
sources:
  letter: {title: Regleringsbrev, kind: appropriation-letter, published: 2021-01-28, reference: A2021/00001}
allocations:
  uo13-3-1-2021:
    title: Särskilda jämställdhetsåtgärder
    kind: appropriation
    code: UO13 3:1
    year: 2021
    source: letter
    parts_are: partial
    total: 439 039 tkr
"""


def seeds() -> list[bytes]:
    """Documents of every kind, exports of our own, and some running text."""
    return [*documents(), *exports(), *workbooks(), *sentences()[::20]]


def attempt(data: bytes) -> Came:
    """A dry run into a small ledger, or into an empty one."""
    chance = crc32(data)
    PATH.write_bytes(data)
    into = _ledger(empty=chance % 2 == 0)
    if chance % 16 == 5:
        said = told(lambda: import_prose(_context(), Request(PATH, into=into, source="letter-x", dry_run=True)))
    else:
        request = Request(PATH, into=into, unit=_UNITS[chance // 2 % len(_UNITS)], dry_run=True, force=chance % 5 == 0)
        said = told(lambda: import_file(_context(), request))
    demand(kept=bool(said.err or said.out), promise="an import says what it did")
    return Came(fit_to_print(said.err) + said.out, kinds(said.err.splitlines()[:20]))


@cache
def _context() -> typer.Context:
    return context()


def _ledger(*, empty: bool) -> Path:
    """A ledger that dry runs leave as it is."""
    folder = Path("empty" if empty else "held")
    if not folder.exists():
        folder.mkdir()
        (folder / "ledger.yaml").write_text("ledger:\n  title: Example\n" if empty else _LEDGER, encoding="utf-8")
    return folder


def lines(data: bytes) -> list[list[str]]:
    """The document is written into a ledger, which stays one that can be read; then the same as a dry run."""
    PATH.write_bytes(data)
    shutil.rmtree("written", ignore_errors=True)
    shutil.copytree(_ledger(empty=crc32(data) % 2 == 0), "written")
    words = ["import", str(PATH), "--into", "written"]
    first = ran(words)
    before = _content(Path("written"))
    demand(kept=not load(Path("written")).faults, promise="a ledger that was written can be read")
    second = ran(words)
    demand(kept=_content(Path("written")) == before, promise="a second import adds nothing")
    demand(kept=_status_is_told(first) and _status_is_told(second), promise="an import that fails says why")
    return [[*words, "--dry-run", "--force"]]


def _content(folder: Path) -> dict[str, bytes]:
    return {file.as_posix(): file.read_bytes() for file in sorted(folder.rglob("*.yaml"))}


def _status_is_told(said: Said) -> bool:
    return said.status == 0 or bool(said.err)
