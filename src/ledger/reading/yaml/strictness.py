"""What the C parser lets pass, or reads otherwise than YAML 1.2 says: refused, so that no file is read in two ways.

Patterns tell first whether a file could hold any of it. Nearly none does, and only such a file is looked at token by
token.
"""

import re
from collections.abc import Iterator, Sequence

import yaml
from yaml._yaml import CParser
from yaml.tokens import (
    BlockEndToken,
    BlockMappingStartToken,
    BlockSequenceStartToken,
    DirectiveToken,
    FlowEntryToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    KeyToken,
    ScalarToken,
    Token,
)

from ledger.diagnostic import Diagnostic, Place
from ledger.reading.yaml.decoding import text_fault

Fault = tuple[int, int, str]
"""Line and column, from 1, and what is wrong there."""

_RARE = {
    "%": r"%(?<=\n%)",  # a directive
    "?": r"\?(?<=[\s\[{,]\?)",  # a question mark that begins a word
    "#": r"""#(?<=["'\]},|>+\-0-9]#)""",  # a comment without a space before it
    "-": r"-[,\[\]{}](?<=[\s\[{,:]-[,\[\]{}])",  # a dash alone in brackets
    "|": r"\|[-+0-9]*[ ]*(?:#[^\n]*)?\n(?:[ ]*\n)*[ ]+(?:\n|\Z)",  # a block text that begins with a line of spaces
    ">": r">[-+0-9]*[ ]*(?:#[^\n]*)?\n(?:[ ]*\n)*[ ]+(?:\n|\Z)",
}
_OVER_LINES = {
    ",": r",(?:[ \t]*+(?:#[^\n]*)?\n|(?<=[\n ],))",  # a line ends with what calls for more, or begins with what goes on
    "{": r"\{(?:[^\[\]{}\n]*+\n|[ \t]+#)",  # or begins what it does not end
    "[": r"\[(?:[^\[\]{}\n]*+\n|[ \t]+#)",
    "}": r"\}(?:[^\[\]{}\n]++\n|(?<=[\n ]\}))",  # or has more after what it ends, or begins with an end
    "]": r"\](?:[^\[\]{}\n]++\n|(?<=[\n ]\]))",
    '"': r'"(?<=[\s\[{,]")(?:[^"\\\n]|\\.)*+\n',  # or has a quote that it does not end
    "'": r"'(?<=[\s\[{,]')(?:[^'\n]|'')*+\n",
}
"""Where a value in brackets or quotes may begin that goes on below its line, or may go on."""

_RARE_PATTERNS = tuple((sign, re.compile(pattern)) for sign, pattern in _RARE.items())
_OVER_LINES_PATTERNS = tuple((sign, re.compile(pattern)) for sign, pattern in _OVER_LINES.items())

_TEXT = r"""[^\[\]{}"'\n#]|(?<![\s\[{,])["'#]|"(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'"""
"""A character that begins nothing, a mark inside a word, or a whole quote."""

_INSIDE = rf"(?:{_TEXT}|\n)*+"
for _ in range(3):
    _INSIDE = rf"(?:{_TEXT}|\n|[\[{{]{_INSIDE}[\]}}])*+"
_WHOLE = re.compile(rf"(?:{_TEXT}|[\[{{]{_INSIDE}[\]}}])*+(?:#[^\n]*)?(?:\n|\Z)", re.DOTALL)
"""A line with all that its brackets and quotes hold; not when there is a comment in them."""

_HEADER = re.compile(r"[|>][-+0-9]*")


def loose(text: str, lines: Sequence[str], path: str) -> tuple[Diagnostic, ...]:
    """What is written in a way that YAML 1.2 does not allow, of a text that the parser took."""
    plain = "\n".join(lines) if "\r" in text else text
    if not (_is_suspect(plain) or _may_hang(plain)):
        return ()
    return tuple(
        text_fault("syntax", Place(path, line, column, column + 1), message)
        for line, column, message in _found(text, lines)
    )


def _is_suspect(text: str) -> bool:
    if text.startswith(("%", "?")) or text.endswith(" "):
        return True
    return any(sign in text and pattern.search(text) for sign, pattern in _RARE_PATTERNS)


def _may_hang(text: str) -> bool:
    """Whether a value in brackets or quotes may go on in a line that is not indented for it."""
    hits = [match.start() for sign, pattern in _OVER_LINES_PATTERNS if sign in text for match in pattern.finditer(text)]
    end = 0
    for hit in sorted(hits):
        start = _line_of(text, hit) if hit >= end else None
        if start is None or start < end:
            continue
        whole = _WHOLE.match(text, start)
        if whole is None:
            return True
        end = whole.end()
        first, *others = text[start:end].rstrip("\n").split("\n")
        depth = len(first) - len(first.lstrip(" -"))
        if any(line.strip() and _indent(line) <= depth for line in others):
            return True
    return False


def _line_of(text: str, hit: int) -> int | None:
    """Where the line begins that a hit is about: of one that begins with what goes on, the line with text above it.

    Nothing for a hit in a comment.
    """
    start = text.rfind("\n", 0, hit) + 1
    before = text[start:hit].lstrip(" ")
    if before.startswith("#"):
        return None
    while start and (not before or before.startswith("#")) and text[hit] in ",]}":
        end = start - 1
        start = text.rfind("\n", 0, end) + 1
        before = text[start:end].lstrip(" ")
    return start


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _tokens(text: str) -> Iterator[Token]:
    parser = CParser(text)
    token = parser.get_token()
    while token is not None:
        yield token
        token = parser.get_token()


def _found(text: str, lines: Sequence[str]) -> Iterator[Fault]:
    """Everything in the order of the file. `blocks` are the columns of the block mappings and lists around a token."""
    blocks, opened = [-1], list[Token]()
    for token in _tokens(text):
        match token:
            case BlockMappingStartToken() | BlockSequenceStartToken():
                blocks.append(token.start_mark.column)
            case BlockEndToken():
                blocks.pop()
            case FlowMappingStartToken() | FlowSequenceStartToken():
                opened.append(token)
            case FlowMappingEndToken() | FlowSequenceEndToken():
                start = opened.pop()
                if not opened:
                    yield from _hanging(lines, start.start_mark, token.end_mark, blocks[-1], quote=False)
            case DirectiveToken():
                yield *_at(token.start_mark), "a directive: a ledger file begins without one"
            case KeyToken() if re.fullmatch(r"\?\S", text[token.start_mark.index : token.end_mark.index + 1]):
                yield *_at(token.start_mark), "a question mark begins a key here: quote the text"
            case ScalarToken():
                yield from _scalar(token, text, lines, blocks[-1], in_flow=bool(opened))
        yield from _comment(token, text)


def _at(mark: yaml.Mark) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _scalar(token: ScalarToken, text: str, lines: Sequence[str], block: int, *, in_flow: bool) -> Iterator[Fault]:
    start, end = token.start_mark, token.end_mark
    if token.style in ("|", ">"):
        yield from _block_text(token, text, lines, block)
    elif token.plain:
        if in_flow and token.value == "-":
            yield *_at(start), "a dash alone between brackets: quote it"
    elif not in_flow:
        yield from _hanging(lines, start, end, block, quote=True)


def _hanging(lines: Sequence[str], start: yaml.Mark, end: yaml.Mark, block: int, *, quote: bool) -> Iterator[Fault]:
    """The first line of a value in brackets or quotes that is not indented further than what the value belongs to."""
    for row in range(start.line + 1, end.line + 1):
        line = lines[row]
        comment = not quote and line.lstrip(" ").startswith("#")
        if line.strip() and not comment and _indent(line) <= block:
            kind = "quote" if quote else "bracket"
            message = (
                f"this goes on with the {kind} that begins on line {start.line + 1}: indent it further, or end that"
            )
            yield row + 1, _indent(line) + 1, message
            return


def _block_text(token: ScalarToken, text: str, lines: Sequence[str], block: int) -> Iterator[Fault]:
    start = token.start_mark
    header = _HEADER.match(text, start.index)
    if header and text[header.end() : header.end() + 1] == "#":
        line, column = _at(start)
        yield line, column + len(header[0]), "a comment needs a space before it"
    below = range(start.line + 1, len(lines))
    first = next((row for row in below if lines[row].strip(" ")), len(lines))
    indent = _indent(lines[first]) if first < len(lines) else 0
    if header and not re.search("[0-9]", header[0]) and indent > block:
        for row in range(start.line + 1, first):
            if len(lines[row]) > indent:
                yield row + 1, indent + 1, "an empty line with more spaces than the text below it: take them away"
                return
    if token.end_mark.line >= len(lines) - 1 and lines[-1] and not lines[-1].strip(" "):
        yield len(lines), 1, "spaces after a block text: take them away"


def _comment(token: Token, text: str) -> Iterator[Fault]:
    """A comment right behind a value in quotes or brackets."""
    ends = isinstance(token, FlowMappingEndToken | FlowSequenceEndToken | FlowEntryToken)
    if isinstance(token, ScalarToken):
        ends = not token.plain and token.style in ("'", '"')
    if ends and text[token.end_mark.index : token.end_mark.index + 1] == "#":
        yield *_at(token.end_mark), "a comment needs a space before it"
