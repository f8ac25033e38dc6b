"""What a page or text says of itself at its head: its title, its address, and when it was published."""

import html
import re

from msgspec import Struct

HEAD = 262_144
"""Bytes of a document in which that is looked for."""

_ADDRESS = r"https?://[^\s<>\"')]+"
_META = re.compile(r"<(?:meta|link)\b[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_HEADING = re.compile(r"<h1\b[^<>]*>(.*?)</h1>", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title\b[^<>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_TIME = re.compile(r"<time\b[^<>]*\bdatetime\s*=\s*[\"'](\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_FIRST_HEADING = re.compile(r"^#[ \t]+(\S.*?)[ \t#]*$|^(\S.*)\n=+[ \t]*$", re.MULTILINE)
_ALONE = re.compile(rf"\s*(?:<!--\s*)?<?({_ADDRESS})>?\s*(?:-->)?\s*")
_FIELD = re.compile(r"^(title|url|link|date|published):[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE | re.IGNORECASE)
_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_PUBLISHED = re.compile(
    rf"\bPublicerad(?:es)?:?\s+(?:den\s+)?(?:(\d{{4}}-\d{{2}}-\d{{2}})|(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}}))",
    re.IGNORECASE,
)
_MONTH_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(?:/|$)")
_FIRST_LINES = 5
"""Non-empty lines in which an address that stands alone is that of the text itself."""


class About(Struct, frozen=True):
    """What a document says of itself; what it does not say is empty. `published` may be a month or a day."""

    title: str = ""
    url: str = ""
    published: str = ""


def about(head: str) -> About:
    """Read the head of a page, of Markdown or of plain text."""
    meta = _metadata(head)
    url = meta.get("canonical") or meta.get("og:url") or _own_address(head)
    heading = _HEADING.search(head) or _TITLE.search(head)
    title = _plain(heading[1]) if heading else meta.get("title") or _first_heading(head) or meta.get("og:title", "")
    month = _MONTH_IN_ADDRESS.search(url)
    published = _published(head, meta) or (f"{month[1]}-{month[2]}" if month else "")
    return About(title, url if re.fullmatch(_ADDRESS, url) else "", published)


def _metadata(head: str) -> dict[str, str]:
    """The fields that a page's head or a text's front matter gives."""
    found: dict[str, str] = {}
    for tag in _META.findall(head):
        given = {name.lower(): html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(tag)}
        name = given.get("property") or given.get("name") or given.get("rel") or ""
        found.setdefault(name.lower(), given.get("content") or given.get("href") or "")
    if head.startswith("---\n"):
        front = {name.lower(): value for name, value in _FIELD.findall(head.partition("\n---")[0])}
        found |= {"title": front.get("title", ""), "og:url": front.get("url") or front.get("link") or ""}
        found["date"] = front.get("published") or front.get("date") or ""
    return found


def _own_address(head: str) -> str:
    lines = [line for line in head.splitlines() if line.strip()][:_FIRST_LINES]
    return next((found[1] for line in lines if (found := _ALONE.fullmatch(line))), "")


def _first_heading(head: str) -> str:
    found = _FIRST_HEADING.search(head)
    return _plain(found[1] or found[2]) if found else ""


def _published(head: str, meta: dict[str, str]) -> str:
    given = meta.get("article:published_time") or meta.get("date") or meta.get("dcterms.issued") or ""
    day = re.match(r"\d{4}-\d{2}-\d{2}", given) or _TIME.search(head)
    if day:
        return day[day.lastindex or 0]
    said = _PUBLISHED.search(head)
    if said is None:
        return ""
    return said[1] or f"{said[4]}-{_MONTHS.index(said[3].lower()) + 1:02}-{int(said[2]):02}"


def _plain(text: str) -> str:
    """A title without tags and emphasis, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^<>]*>|\*\*|__", "", text)).split())
