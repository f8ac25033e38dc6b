"""A field has a value that it cannot have.

## Why it matters

A kind that does not exist has no level, and a date that is none cannot be compared with another.
What would have to be guessed is refused.

## Wrong

```yaml
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: asignment             # <- bad-value
    year: 2024
    source: rb-jamy-2024
    total: 23,5 mnkr
    top_ups:
      - amount: 1,5 mnkr
        decided: 2024-02-30     # <- bad-value
```

## Right

```yaml
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    total: 23,5 mnkr
    top_ups:
      - amount: 1,5 mnkr
        decided: 2024-03-27
```

## What to do

Write what the message says can stand there. Some rules that are easily missed:

- a date is `2024`, `2024-03` or `2024-03-27`, as precise as the source gives it
- a year is `2024`, or `2022-2023` for a sum over years
- `counted` is `yes` or `no`, `parts_are` is `complete` or `partial`
- a field without a value is left out, not written empty
"""
