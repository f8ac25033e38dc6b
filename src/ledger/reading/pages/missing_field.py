"""A record lacks a field that it must have.

## Why it matters

A line without a year is in no year's sum, and one without a kind is on no level: it would be there
and never count.

## Wrong

```yaml
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:             # <- missing-field
    title: Förstärkt arbete mot människohandel
    year: 2024
    source: rb-jamy-2024
    total: 23,5 mnkr
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
```

## What to do

Add the field. Required are:

- of a line `title` and `kind`, and a `year`, which parts inherit
- of a claim `title`, `amount` and `year`
- of an agency and a goal `name`, of an agency `kind` too
- of a source and an initiative `title` and `kind`
- of an acceptance `check` and `reason`
"""
