"""A key stands twice in one mapping.

## Why it matters

Only one of the two can hold. YAML readers usually keep the last one and say nothing: a figure
entered twice is then a figure that somebody entered in vain, and a record whose id is taken takes
the place of another.

## Wrong

```yaml
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    total: 22 mnkr
    total: 23,5 mnkr            # <- duplicate-key
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
    base: 22 mnkr
    total: 23,5 mnkr
    top_ups:
      - amount: 1,5 mnkr
```

## What to do

Keep one. Two records need two ids, for example with the year at the end; a raised sum is a base,
its top-ups and a total; and the same total in other words is a member of `restated`.
"""
