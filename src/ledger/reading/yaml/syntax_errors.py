"""Where the YAML of a file breaks off, and what the parser's words for it mean to the person who wrote it."""

import re
from collections.abc import Sequence

import yaml

_CONTROL = "[^\t\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What YAML does not allow in a file; compiled where it is needed, for that takes longer than reading a small file."""

_TAB = "a tab where YAML wants spaces"
_MEANT = {
    "mapping values are not allowed in this context": (
        "a colon that does not fit here: quote the text that holds it, or mend the indentation"
    ),
    "block sequence entries are not allowed in this context": "a list begins on the line below its key",
    "did not find expected key": "this does not go on with what begins on line {line}: mend its indentation or a quote",
    "did not find expected '-' indicator": "this does not go on with the list that begins on line {line}",
    "did not find expected ',' or '}'": "the '{{' on line {line} is not closed before this",
    "did not find expected ',' or ']'": "the '[' on line {line} is not closed before this",
    "found a tab character that violates indentation": _TAB,
}
"""The parser's words for the slips that people make; `line` is where the thing begins that it was reading."""


def broken(error: yaml.YAMLError, lines: Sequence[str]) -> tuple[int, int, str]:
    """Line and column, from 1 and inside the file, of the first break, and its message."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return _control_character(error, lines)
    mark, context, problem = error.problem_mark, error.context_mark, str(error.problem)
    if problem == "found unexpected end of stream" and context:
        return *_inside(context.line, context.column, lines), "a quote that is not closed"
    line, column = _inside(mark.line, mark.column, lines)
    if problem == "found character that cannot start any token":
        character = lines[line - 1][column - 1 : column]
        return line, column, _TAB if character == "\t" else f"'{character}' cannot begin a value: quote the value"
    if problem in _MEANT:
        return line, column, _MEANT[problem].format(line=context.line + 1 if context else line)
    return line, column, f"not YAML: {problem} ({error.context})" if error.context else f"not YAML: {problem}"


def _inside(row: int, place: int, lines: Sequence[str]) -> tuple[int, int]:
    line = min(row + 1, len(lines))
    return line, min(place, len(lines[line - 1])) + 1


def _control_character(error: yaml.YAMLError, lines: Sequence[str]) -> tuple[int, int, str]:
    """A character that YAML does not allow; the parser tells only how far it had come."""
    message = f"not YAML: {getattr(error, 'reason', error)}"
    control = re.compile(_CONTROL)
    for number, text in enumerate(lines, 1):
        found = control.search(text)
        if found:
            return number, found.start() + 1, message
    return 1, 1, message
