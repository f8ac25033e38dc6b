"""Which file of a ledger a new record goes to: where its like stands already, else where a new ledger has it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from ledger.book import Agency, Book, Claim, Goal, Initiative, Source
from ledger.writing.yaml_records import Record


def home_of(record: Record, book: Book, directory: Path) -> Path:
    """The file that holds the line around it, most lines of its year, or most records of its kind."""
    if record.key == "allocations":
        year, outer = str(record.fields["year"]), book.lines.get(str(record.fields.get("of", "")))
        if outer:
            return Path(outer.origin.path)
        alike = (line.origin.path for line in book.lines.values() if line.years == year and not line.parent)
        return _most(alike) or directory / "allocations" / f"{year}.yaml"
    held: Mapping[str, Goal | Agency | Source | Claim | Initiative] = getattr(book, record.key, {})
    return _most(one.origin.path for one in held.values()) or directory / f"{record.key}.yaml"


def _most(paths: Iterable[str]) -> Path | None:
    """The path that comes most often, of several the first."""
    common = Counter(paths).most_common(1)
    return Path(common[0][0]) if common else None
