"""Markdown inside a block: emphasis, links, code, escapes, entities and tags → the words that a reader sees."""

import html
import re
from collections.abc import Iterator

from msgspec.structs import replace

from ledger.statements.running_text.passage import Mark, Passage

BREAK = "\ufffc"
"""Stands for what is not text, such as a bare address: no word and no number goes on across it."""

TEN = re.compile(r"(?<![\d.,])10$")
"""What is raised behind this may be its power, and no footnote's mark."""

_MARKED = re.compile(r"[\\`*_~\[\]<&]|://|\bwww\.")
_MARKUP = re.compile(
    r"""
    \\(?P<escaped>[!-/:-@\[-`{-~])                              # a backslash before punctuation
    | <(?P<address>[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>
    | <sup(?:\s[^<>]*)?>(?P<raised>(?:<[^<>]*>|\[|\](?:\([^()]*\))?|[\s\d,*†‡()a-z]){1,80}?)</sup>
    | (?<=[\w%)])<a(?:\s[^<>]*)?>\s*\(?[\d*†‡]{1,3}\)?\s*</a>     # the mark of a footnote, as a link
    | (?<=[\w%])\*{1,3}\)
    | (?P<line><(?:br|hr|/?p|/?div|/?li|/?t[dhr])(?:\s[^<>]*)?/?>)  # a tag that begins another line
    | (?<=[\w%)])<sub(?:\s[^<>]*)?>\s*\(?[\d*†‡]{1,3}\)?\s*</sub>
    | (?<=[\w%)])\[\[(?:\d{1,3}|[*†‡]{1,3})\]\](?:\([^()]*\))?
    | </?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>                  # a tag of HTML
    | \[\^[^\[\]\s]*\]                                          # the mark of a footnote
    | (?<=[\w%)])\[(?:\d{1,3}|[*†‡]{1,3})\](?:\([^()]*\)|\[[^\[\]]*\])?  # and as a link, or in brackets
    | !?\[(?=[^\]])                                             # a link or picture begins
    | \](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])?              # and ends with its address
    | (?P<bare>(?:[a-zA-Z][a-zA-Z0-9+.-]*://|\bwww\.)[^\s<>|]*)
    | &(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});
    | `+ | ~~+
    | (?<![*_])(?P<run>[*_]++)                                  # emphasis, perhaps
    """,
    re.VERBOSE | re.DOTALL,
)


def plain(passage: Passage) -> Passage:
    """The passage without its markup, each character still at its place in the file."""
    if not _MARKED.search(passage.text):
        return passage
    pieces: list[str] = []
    marks: list[Mark] = []
    size = 0
    for text, mark in _pieces(passage):
        marks.append((size, *mark[1:]))
        pieces.append(text)
        size += len(text)
    return replace(passage, text="".join(pieces), marks=tuple(marks) or passage.marks)


def _pieces(passage: Passage) -> Iterator[tuple[str, Mark]]:
    """The texts that are left, each with its offset and place."""
    at = 0
    for found in _MARKUP.finditer(passage.text):
        yield from _kept(passage, at, found.start())
        if shown := _shown(found):
            yield shown, (found.start(), *passage.place(found.start()))
        at = found.end()
    yield from _kept(passage, at, len(passage.text))


def _kept(passage: Passage, start: int, end: int) -> Iterator[tuple[str, Mark]]:
    """A stretch without markup, in pieces that each stand together in the file."""
    if start < end:
        part = passage.part(start, end)
        ends = [at for at, _, _ in part.marks[1:]] + [len(part.text)]
        for mark, until in zip(part.marks, ends, strict=True):
            yield part.text[mark[0] : until], mark


def _shown(found: re.Match[str]) -> str:
    if found["line"]:
        return "\n"
    if found["escaped"]:
        return found["escaped"]
    if found["address"] or found["bare"] or (found["raised"] and TEN.search(found.string[: found.start()][-4:])):
        return BREAK
    if found[0].startswith("~~"):
        return BREAK
    if found["run"]:
        return "" if _is_emphasis(found) else found["run"]
    return html.unescape(found[0]) if found[0].startswith("&") else ""


def _is_emphasis(found: re.Match[str]) -> bool:
    """Stars and underscores beside a word are emphasis; those between letters or digits, as in `2*3`, are not."""
    before, after = found.string[max(found.start() - 2, 0) : found.start()], found.string[found.end() : found.end() + 1]
    if "**" in found["run"]:
        return True
    between = before[-1:].isalnum() and after.isalnum()
    factor = before.endswith(" ") and before[0].isdigit() and after.isdigit()
    return not (between or factor) and not (before[-1:] in ("", " ") and after in ("", " "))
