"""How well money in prose is read: recall and precision on labelled sentences, told at the end of the run.

One sample is of real sentences and lies beside the project. The other, `facts/prose-unseen.jsonl`, is of made-up ones in
the manner of Swedish government prose, newspapers and English pages, labelled before they were first read.
`facts/prose-notations.jsonl` has notations that are easily misread, labelled by somebody who had not read the reader.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Tell

from ledger.money import plain_kronor
from ledger.statements.prose import Found, find_amounts
from ledger.statements.running_text import mentions

HERE = Path(__file__).parent
REAL = HERE.parent.parent / "shared" / "facts" / "prose-examples.jsonl"
MADE_UP = HERE / "facts" / "prose-unseen.jsonl"
NOTATIONS = HERE / "facts" / "prose-notations.jsonl"
LEAST = 98
"""Per cent, of both rates."""

Reading = tuple[str, str | None, str | None, str | None, bool]
"""Text, limits in plain decimals, currency, whether it is unreadable."""


def examples(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def labelled(label: dict[str, Any]) -> Reading:
    low, high = (None if end is None else plain_kronor(hundredths(end)) for end in (label["low"], label["high"]))
    return label["text"], low, high, label["currency"], label.get("unreadable", False)


def hundredths(plain: str) -> int:
    whole, _, decimals = plain.partition(".")
    return int(whole + f"{decimals:0<2}")


def read(found: Found) -> Reading:
    limits = (found.interval.low, found.interval.high) if found.interval else (None, None)
    low, high = (None if end is None else plain_kronor(end) for end in limits)
    return found.text, low, high, found.currency, bool(found.unreadable)


@pytest.mark.parametrize("sample", [REAL, MADE_UP], ids=["real", "made up"])
def test_amounts_are_read_exactly_right(sample: Path, tell: Tell) -> None:
    """What is labelled is found, in the very words and with the limits; and what is found is labelled."""
    if not sample.exists():
        pytest.skip("the labelled sample is not beside the project (../shared/facts)")
    wanted = reported = right = 0
    for example in examples(sample):
        expected = [labelled(label) for label in example["expected"]]
        found = [read(one) for one in find_amounts(example["context"])]
        agreed = [one for one in found if one in expected]
        wanted, reported, right = wanted + len(expected), reported + len(found), right + len(agreed)
        if found != expected:
            missed, wrong = [one for one in expected if one not in found], [one for one in found if one not in expected]
            tell(f"  {example['id']}: missed {missed}, reported {wrong}: {example['context']}")
    tell(f"money in prose, {sample.stem}: recall {right} of {wanted}, precision {right} of {reported}")
    assert right * 100 >= LEAST * wanted
    assert right * 100 >= LEAST * reported


def test_notations_are_read_right_or_listed_as_not_read(tell: Tell) -> None:
    """An amount has the very limits of its label, or is named with the reason; hardly anything is read otherwise."""
    wanted = named = reported = right = 0
    for example in examples(NOTATIONS):
        labels = [(one, labelled(one)[1:4]) for one in example["expected"]]
        left = [one.found for one in mentions([example["context"].encode()], "x.md")]
        reported += sum(one.interval is not None for one in left)
        rest = []
        for label, limits in labels:
            same = [one for one in left if one.interval is not None and read(one)[1:4] == limits]
            if same and not label.get("unread_only"):
                left.remove(same[0])
                right, named = right + 1, named + 1
            else:
                rest.append(label)
        for label in rest:
            unread = [one for one in left if one.interval is None]
            left = [one for one in left if one not in unread[:1]]
            named += bool(unread)
            wanted -= not unread and label.get("may_be_absent", False)
        wanted += len(labels)
        if any(one.interval is not None for one in left):
            tell(f"  {example['id']}: read otherwise {[one.text for one in left]}: {example['context']}")
    tell(f"notations of money: right {right} of {reported} that are read, found or named {named} of {wanted}")
    assert right * 100 >= LEAST * reported
    assert named * 100 >= LEAST * wanted


def test_no_made_up_sentence_stands_twice() -> None:
    """A sentence that counts twice would lend its score."""
    contexts = [example["context"] for sample in (MADE_UP, NOTATIONS) for example in examples(sample)]
    assert len(set(contexts)) == len(contexts)


@pytest.mark.parametrize("kind", ["government", "newspaper", "english", "none"])
def test_the_made_up_sample_has_every_kind(kind: str) -> None:
    assert sum(example["kind"] == kind for example in examples(MADE_UP)) >= 30
