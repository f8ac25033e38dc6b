"""A document's bytes → every amount of money in it, with its place."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import PurePath

from msgspec import Struct
from msgspec.structs import replace

from ledger.diagnostic import Place
from ledger.money import ORE
from ledger.statements.prose import Found, Role, find_amounts
from ledger.statements.running_text.decoding import decoded
from ledger.statements.running_text.html import html_passages
from ledger.statements.running_text.markdown import markdown_passages
from ledger.statements.running_text.passage import Passage

_HEAD = 4_000
"""Characters in which a document shows what it is."""

NO_UNIT = "no unit stands with it"
_GROUPED = re.compile(r"(?<![\d,.:])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d,.:]*\d)")
_COMMENTS = re.compile(r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FRAGMENT = re.compile(r"<(?:table|tbody|tr|td|p|div|section|article|main|span|h[1-6]|ul|ol)\b", re.IGNORECASE)
_MARKDOWN, _HTML = {".md", ".markdown"}, {".html", ".htm", ".xhtml"}


class Mention(Struct, frozen=True):
    """An amount of money that a document names, or words that are one and cannot be read, and where they begin."""

    place: Place
    found: Found


def mentions(chunks: Iterable[bytes], path: str, bare: Collection[int] = (), encoding: str = "") -> Iterator[Mention]:
    """Every amount of a document that comes in chunks; raises UnreadableError where it is no text or page.

    Numbers in `bare`, in öre, are found without a unit too, as amounts that cannot be read.
    """
    for passage in passages(chunks, path, encoding):
        amounts = _found(passage)
        for found in sorted((*amounts, *_bare(passage, bare, amounts)), key=lambda one: one.start) if bare else amounts:
            line, column = passage.place(found.start)
            last_line, last = passage.place(found.end - 1)
            end = last + 1 if last_line == line else column + found.end - found.start
            yield Mention(Place(path, line, column, end), found)


def passages(chunks: Iterable[bytes], path: str, encoding: str = "") -> Iterator[Passage]:
    """The blocks of text of a document, which is HTML, or else Markdown or plain text."""
    texts = decoded(chunks, path, encoding)
    head: list[str] = []
    for text in texts:
        head.append(text)
        if sum(map(len, head)) >= _HEAD:
            break
    whole = chain(head, texts)
    if is_page("".join(head)[:_HEAD], path):
        return html_passages(whole, path)
    return markdown_passages(whole, path)


def is_page(head: str, path: str) -> bool:
    """Whether a document is HTML: it says so, or has tags and a name that says so, or else begins with one."""
    begins = _COMMENTS.match(head)
    text = head[begins.end() :] if begins else head
    suffix = PurePath(path).suffix.lower()
    if _PAGE.match(text) or (suffix in _HTML and _FRAGMENT.search(text)):
        return True
    return bool(_FRAGMENT.match(text)) and suffix not in _MARKDOWN


def _found(passage: Passage) -> tuple[Found, ...]:
    """The amounts of a passage; in a cell with the unit, year and total that its headings name."""
    scope = passage.scope
    if scope.doubt:
        reason = f"'{passage.text}' {scope.doubt}"
        return (Found(passage.text, 0, len(passage.text), None, None, None, "", scope.year, reason),)
    found = find_amounts(passage.text, unit=scope.units[0] if scope.units else None, cell=passage.cell)
    if len(scope.units) > 1:
        alone = {(one.start, one.end) for one in find_amounts(passage.text, cell=True)}
        reason = f"the headings of its column and row name two units: {' and '.join(scope.units)}"
        found = tuple(one if (one.start, one.end) in alone else _unread(one, reason) for one in found)
    total: Role = "total" if scope.total else ""
    return tuple(_on_one_line(replace(one, role=one.role or total, year=one.year or scope.year)) for one in found)


def _bare(passage: Passage, numbers: Collection[int], amounts: Sequence[Found]) -> Iterator[Found]:
    """Numbers of kronor that stand there in groups of three, and are no amount for want of a unit."""
    for written in _GROUPED.finditer(passage.text):
        number = int(re.sub(r"\D", "", written[0])) * ORE
        inside = any(one.start < written.end() and written.start() < one.end for one in amounts)
        if number in numbers and not inside:
            yield Found(written[0], *written.span(), None, number, None, "", "", NO_UNIT)


def _on_one_line(found: Found) -> Found:
    """The words of an amount without the ends of lines in them."""
    return replace(found, text=found.text.replace("\n", " "), unreadable=found.unreadable.replace("\n", " "))


def _unread(found: Found, reason: str) -> Found:
    return replace(found, interval=None, number=None, unreadable=reason)
