"""What a page says of itself → the fields of its source; kind and publisher as those of the sources beside it."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from ledger.book import Source
from ledger.statements.running_text import About
from ledger.writing.yaml_scalars import CannotWriteError, check_characters

KINDS = "press-release, article, assignment, budget-bill, committee-report …"
"""What a kind may be, where none can be told."""


def source_fields(told: About, name: str, known: Iterable[Source]) -> dict[str, str]:
    """Title, kind, publisher, day and address; what is not told is left out.

    Kind and publisher are those of all known sources of the same site and the same part of it, where these agree.
    """
    fields = {"title": told.title if told.title and _can_be_written(told.title) else name}
    alike = [source for source in known if told.url and _part(source.url) == _part(told.url)]
    for key in ("kind", "publisher"):
        values = {getattr(source, key) for source in alike}
        if len(values) == 1 and (value := values.pop()):
            fields[key] = value
    more = {"published": told.published, "url": told.url}
    return fields | {key: value for key, value in more.items() if value and _can_be_written(value)}


def _can_be_written(text: str) -> bool:
    """Whether a ledger file can hold a text; a control character in a page's title is no reason to refuse the page."""
    try:
        check_characters(text)
    except CannotWriteError:
        return False
    return True


def _part(url: str) -> tuple[str, str]:
    """The site of an address and the first step of its path; an address that is none is like no other."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url
    steps = parts.path.split("/")
    return parts.netloc.removeprefix("www."), steps[1] if len(steps) > 2 else parts.path
