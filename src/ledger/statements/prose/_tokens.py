"""A block of prose → tokens that know where they stand in it.

Soft hyphens, characters without width, marks of emphasis and of footnotes, and hyphens of a line break or before a word
for millions are read over. A star between spaces or between digits is no emphasis: it may say "times".
"""

import re
from bisect import bisect_right
from typing import Literal, NamedTuple

Kind = Literal["number", "word", "code", "mark"]
Gap = Literal["", " ", "\n", "|"]
"""What stands before a token: nothing, a space of some kind, the end of a line, or room that parts columns."""

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"

_READ_OVER = re.compile(
    r"\u00ad(?:[ \t]{0,9}\r?\n[ \t]*)?"
    r"|[\u200b\u2060\ufeff]"
    r"|(?<=[a-zåäö])-[ \t]{0,9}\r?\n[ \t]*(?=[a-zåäö])"
    r"|(?<=[\w%])\*{1,3}\)"
    r"|(?<!\*)(?:(?<=[^\d\s])\*++|(?<!\S)\*++(?=\S)|(?<=\d)\*++(?!\d))"
    rf"|(?<=[\w%])(?<!\b10)(?<!\bm)(?<!\b[ckm]m)[{RAISED}†‡]++[)⁾]?"
    r"|(?<=[\w%])\[(?:\d{1,3}|[a-z*])\]"
    r"|(?<=\d)[-‑](?=(?i:mil(?:jon|jard|lion)|billion|tusen|kron|[tm]n?kr(?!\w)))"
    r"|\\(?=[^\w\s])"
)
SPECIAL = re.compile(rf"[\[\u00ad\u200b\u2060\ufeff*\\{RAISED}†‡]|-[ \t]{{0,9}}\r?\n|\d[-‑][^\W\d]")
"""Without one of these there is nothing to read over."""

_TOKEN = re.compile(
    r"(?=\S)(?:(?P<code>"
    r"https?://\S+|www\.\S+|\]\([^()\s]*\)|(?:/[\w%.~-]+){3,}"
    r"|\d{4}-\d{2}-\d{2}(?!\d)|\d{6}-\d{4}(?!\d)|\d+(?::\d+)+|\d+/\d+(?::\d+)?(?:[/-]\d+)*"
    r"|\+\d{1,3}[ ()\d-]{7,20}\d|(?<!\d[ \u00a0\u2009\u202f])0[1-9]\d{0,2} ?[-–] ?\d{2,3}(?: \d{2,3}){1,4}"
    r"|(?!(?i:sek|eur|usd|gbp|nok|dkk|kr)\d)(?!(?i:kronor|kr|[tm]n?kr|mdkr|msek|miljoner|miljarder|bn|[mk])[-–]\d)"
    r"[^\W\d_]+[-–]?\d+(?:[-/:.]\d+)*"
    r"|(?i:ap)\.\d+(?:\.\d+)*(?=\s)"
    r"|(?<![\d-])(?:19|20)\d\d[-–‑]\d\d(?![\d,.]*\d)"
    r")"
    r"|(?P<number>\d{1,3}(?:['’]\d{3})++(?:[.,]\d+)?(?![\d'’])|\d+(?:[.,]\d+)*)"
    r"|(?P<word>c:a|(?:[^\W\d_]{1,3}\.){2,9}+(?!\w)|[^\W\d_]+(?:[-‑][^\W\d_]+)*)"
    r"|(?P<mark>\S))",
)
_COMPOUND = re.compile(
    r"((?:miljoner|miljarder|million|billion|kronor|euro|dollar|[tm]n?kr|kr|bn|m)s?)[-‑](?=[^\W\d_])"
    r"|(miljoners|miljarders|kronors)(?=[^\W\d_]{3})",
    re.IGNORECASE,
)
"""The unit that begins a compound behind a number: `million-dollar`, `miljonerssatsning`."""

_ABBREVIATIONS = frozenset(
    (
        *("ca", "max", "min", "resp", "omkr", "approx", "kap", "nr", "kl", "ap", "inkl"),
        *("milj", "mio", "mill", "mrd", "mdr", "mld", "mljn", "mn"),
    )
)


class Token(NamedTuple):
    """`text` as written but for what is read over; `low` in lower case; offsets are into the block."""

    kind: Kind
    text: str
    low: str
    start: int
    end: int
    gap: Gap

    @property
    def year(self) -> bool:
        """Whether this is a number that would be a year."""
        return self.kind == "number" and len(self.text) == 4 and "1900" <= self.text <= "2099"


def tokens_of(text: str) -> list[Token]:
    """Every token, in order. The full stop of an abbreviation belongs to it."""
    plain, cuts = _squeezed(text)
    places, shifts = [place for place, _ in cuts], [shift for _, shift in cuts]
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(plain):
        kind: Kind = match.lastgroup  # type: ignore[assignment] # one of the names of its groups
        written = match[0]
        begin = match.start()
        gap: Gap = ""
        if begin > end:
            gap = _gap(plain[end:begin])
        elif written == "." and found and found[-1].low in _ABBREVIATIONS:
            end = match.end()
            continue
        end = match.end()
        for at, part in _parts(written, begin, behind=found[-1].kind if found else "mark"):
            start = at + shifts[bisect_right(places, at) - 1]
            last = at + len(part) + shifts[bisect_right(places, at + len(part) - 1) - 1]
            found.append(Token(kind, part, part.casefold(), start, last, gap if at == begin else ""))
    return found


def _parts(written: str, begin: int, *, behind: Kind) -> list[tuple[int, str]]:
    """A token in one piece, or, of a compound behind a number, its unit and the rest."""
    unit = _COMPOUND.match(written) if behind == "number" else None
    return [(begin, unit[1] or unit[2]), (begin + unit.end(), written[unit.end() :])] if unit else [(begin, written)]


def _squeezed(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without what is read over, and from which place on how much was left out before it."""
    kept: list[str] = []
    cuts = [(0, 0)]
    if not SPECIAL.search(text):
        return text, cuts
    done = length = 0
    for match in _READ_OVER.finditer(text):
        kept.append(text[done : match.start()])
        length += match.start() - done
        done = match.end()
        cuts.append((length, done - length))
    kept.append(text[done:])
    return "".join(kept), cuts


def _gap(between: str) -> Gap:
    """One space groups digits, two part columns."""
    if len(between) == 1 and between not in "\t\n":
        return " "
    if "\n" not in between or between.count("\n") > 1:
        return "|"
    return "\n"
