"""`did you mean`: the known name that a misspelt one is most like."""

_LONGEST_WORD = 100
"""Characters; a longer one is no misspelt name, and the comparison's time grows with the square of it."""


def did_you_mean(word: str, known: "list[str] | tuple[str, ...] | set[str]") -> str:
    """` (did you mean 'x'?)` for the known word most like `word`, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake pays for the import

    close = get_close_matches(word, sorted(known), n=1) if len(word) <= _LONGEST_WORD else []
    return f" (did you mean '{close[0]}'?)" if close else ""
