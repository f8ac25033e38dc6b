"""A line names a goal that does not hold in the line's year.

## Why it matters

The sub-goals of gender-equality policy got new numbers in 2016: old 3 became 4, old 4 became 6.
Each numbering has ids of its own, with the dates between which it holds. A line with a goal of
another time is found under the wrong number.

## Wrong

```yaml
goals:
  violence-2006: {number: 4, name: Mäns våld mot kvinnor ska upphöra, valid_from: 2006, valid_until: 2016}
  violence: {number: 6, name: Mäns våld mot kvinnor ska upphöra, valid_from: 2016-11}
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    goals: [violence-2006]              # <- goal-not-valid
    total: 23,5 mnkr
```

## Right

```yaml
goals:
  violence-2006: {number: 4, name: Mäns våld mot kvinnor ska upphöra, valid_from: 2006, valid_until: 2016}
  violence: {number: 6, name: Mäns våld mot kvinnor ska upphöra, valid_from: 2016-11}
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    goals: [violence]
    total: 23,5 mnkr
```

## What to do

Name the goal of the numbering that holds in the line's year: one of the same name is suggested
where there is one. A line of the year in which the numbers moved may name either.
"""

from collections.abc import Iterator

from ledger.book import Book, Goal, Line
from ledger.diagnostic import Finding, Place, Reach, Related, Severity

SEVERITY: Severity = "error"
WHOLE_BOOK = False
REACH: Reach = "lines"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each goal that a line names outside its years; parts that inherit the fault add none."""
    for line in book.lines.values():
        for position, name in enumerate(line.goals):
            goal = book.goals.get(name)
            if goal and not _valid(goal, line) and not _reported_above(book, line, goal):
                yield _finding(book, line, goal, line.at("goals", position))


def _valid(goal: Goal, line: Line) -> bool:
    return goal.valid_in(line.first_year, line.last_year)


def _reported_above(book: Book, line: Line, goal: Goal) -> bool:
    parent = book.lines.get(line.parent)
    inherited = parent is not None and "goals" not in line.origin.marks
    return parent is not None and inherited and goal.id in parent.goals and not _valid(goal, parent)


def _finding(book: Book, line: Line, goal: Goal, place: Place) -> Finding:
    starts = f" from {goal.valid_from}" if goal.valid_from else ""
    ends = f" until {goal.valid_until}" if goal.valid_until else ""
    message = f"goal '{goal.id}' holds{starts}{ends}, and this line is of {line.years}"
    same = [f"'{one.id}'" for one in book.goals.values() if one.name == goal.name and _valid(one, line)]
    remedy = f"name {' or '.join(same)}, which holds then" if same else "name a goal of that time"
    return Finding(place, message, (Related(goal.origin.at(), "declared here"),), help=remedy)
