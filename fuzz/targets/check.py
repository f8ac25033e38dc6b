"""`check`: a ledger file from a stranger."""

from pathlib import Path
from zlib import crc32

from fuzz.promises import TODAY, Came, demand, fit_to_print, inside, kinds, places_of
from fuzz.readers import same_by_every_reader
from fuzz.seeds import ledgers as seeds
from ledger.checks import run
from ledger.incremental import Asked, check
from ledger.incremental.whole_ledger import at_once
from ledger.reading import load_texts
from ledger.render import json_, text
from ledger.render import load as load_format

__all__ = ["attempt", "lines", "seeds"]

PATH = "data/ledger.yaml"
_WRITE = [write for form in ("github", "gitlab", "sarif", "junit") if (write := load_format(form).findings)]
_CHECKS = (["check"], ["check", "--format", "json"], ["check", "--format", "sarif"])
_SHOWS = (
    *(["summary"], ["summary", "2024"], ["query", "--format", "csv"], ["export", "--format", "json"]),
    *(["summary", "--by", "recipient"], ["initiatives"], ["report"]),
)
_REGISTERS = """\
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: agency}
sources:
  bill: {title: Budget bill, kind: budget-bill, published: 2023-09-20}
"""


def attempt(data: bytes) -> Came:
    """Read and check a file, and write what is found in two formats, and in one of the others."""
    loaded = load_texts({PATH: data})
    same_by_every_reader(data, PATH)
    found = run(loaded.book, loaded.faults, loaded.texts, today=TODAY).diagnostics
    for one in found:
        for place in places_of(one):
            inside(place, loaded.texts)
    printed = [text.findings(found), json_.findings(found)]
    if crc32(data) % 8 < len(_WRITE):
        printed.append(_WRITE[crc32(data) % 8](found))
    return Came(fit_to_print(*printed), kinds(f"{one.check} {one.message}" for one in found))


def lines(data: bytes) -> list[list[str]]:
    """`check` and a command that shows, on the file beside registers.

    What `check` finds file by file is what it finds in all files at once.
    """
    folder = Path("data")
    folder.mkdir(exist_ok=True)
    (folder / "ledger.yaml").write_bytes(data)
    (folder / "registers.yaml").write_text(_REGISTERS, encoding="utf-8")
    asked = Asked(today=TODAY)
    apart, together = check(folder, asked), at_once(folder, asked)
    demand(kept=apart == together, promise="what is found file by file is what is found in all files at once")
    chosen = _CHECKS[crc32(data) % len(_CHECKS)], _SHOWS[crc32(data) % len(_SHOWS)]
    return [[*words, "--data", "data"] for words in chosen]
