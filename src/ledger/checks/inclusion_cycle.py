"""Lines lie inside each other in a ring, or groups do.

## Why it matters

Nothing can be inside itself. Of a ring no line is the whole, so it cannot be said what counts and
what is counted already; sums leave out the link that closes the ring. A group that is among its own
members is a ring too, and so is a programme that is run by itself through others.

## Wrong

```yaml
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: government-agency}
  alla:
    name: Alla som samverkar
    kind: group
    members: [jamy, karngruppen]        # <- inclusion-cycle
  karngruppen:
    name: Kärngruppen
    kind: group
    members: [jamy, alla]
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    of: samverkan-2024                  # <- inclusion-cycle
  samverkan-2024:
    title: Samverkan mot våld
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    of: trafficking-2024
```

## Right

```yaml
agencies:
  jamy: {name: Jämställdhetsmyndigheten, kind: government-agency}
  alla:
    name: Alla som samverkar
    kind: group
    members: [jamy, karngruppen]
  karngruppen:
    name: Kärngruppen
    kind: group
    members: [jamy]
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    recipient: alla
    of: samverkan-2024
  samverkan-2024:
    title: Samverkan mot våld
    kind: assignment
    year: 2024
    source: rb-jamy-2024
```

## What to do

Take out one of the links that are shown: the line or group that is the whole names nothing around
it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from ledger.book import Agency, Book, Line
from ledger.diagnostic import Finding, Place, Reach, Related, Severity

SEVERITY: Severity = "error"
WHOLE_BOOK = False
REACH: Reach = "registers"

Link = tuple[Place, str]
"""Where it is written that one thing lies in another, and that in words."""


def check(book: Book) -> Iterator[Finding]:
    """A finding for each ring of lines, of members, and of those who run something."""
    for ring in dict.fromkeys(book.inclusion.cycles):
        yield _finding([_inside(book.lines[outer], book.lines[inner]) for outer, inner in _pairs(ring)])
    yield from _among_agencies(book, lambda agency: agency.members, _member)
    yield from _among_agencies(book, lambda agency: (agency.run_by,), _run_by)


def _among_agencies(
    book: Book, others: Callable[[Agency], Sequence[str]], link: Callable[[Agency, str], Link]
) -> Iterator[Finding]:
    links = {agency.id: others(agency) for agency in book.agencies.values()}
    for ring in dict.fromkeys(_rings(links)):
        yield _finding([link(book.agencies[one], other) for one, other in _pairs(ring)])


def _inside(outer: Line, inner: Line) -> Link:
    """A line in another: written at `of`, at a top-up, or where it is nested."""
    words = f"'{inner.id}' lies in '{outer.id}'"
    if inner.of == outer.id:
        return inner.at("of"), words
    for position, top_up in enumerate(outer.top_ups):
        if top_up.line == inner.id:
            return outer.at("top_ups", position, "line"), words
    return inner.at(), words


def _member(group: Agency, member: str) -> Link:
    place = group.origin.at("members", group.members.index(member))
    return place, f"'{group.id}' has the member '{member}'"


def _run_by(agency: Agency, other: str) -> Link:
    return agency.origin.at("run_by"), f"'{agency.id}' is run by '{other}'"


def _pairs(ring: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each member of a ring with the next one, the last with the first."""
    return zip(ring, (*ring[1:], ring[0]), strict=True)


def _finding(links: Sequence[Link]) -> Finding:
    """A ring, placed at its first link in the order of the files."""
    (place, words), *others = sorted(links)
    message = f"{words}, and that leads back to it" if others else words
    related = tuple(Related(where, what) for where, what in others)
    return Finding(place, message, related, help="take out the wrong link: nothing can be inside itself")


def _rings(links: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Every ring that following the links closes, once; links to what is not there are passed over."""
    finished: set[str] = set()
    for start in links:
        path = {start: iter(links[start])} if start not in finished else {}
        while path:
            here = next(reversed(path))
            other = next(path[here], None)
            if other is None:
                finished.add(here)
                del path[here]
            elif other in path:
                yield tuple(path)[tuple(path).index(other) :]
            elif other in links and other not in finished:
                path[other] = iter(links[other])
