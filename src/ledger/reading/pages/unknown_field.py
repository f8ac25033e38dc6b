"""A record has a field that its kind of record does not have, or a file a top-level key that is none.

## Why it matters

A misspelt field that were passed over would be a figure, a source or a year that is written down
and never read.

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
    total: 23,5 mnkr
    topups:                     # <- unknown-field
      - amount: 1,5 mnkr
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
```

## What to do

Correct the name (a close one is suggested). What has no field of its own goes into `note`. `ledger
schema` writes a JSON Schema with every field, from which many editors complete and check while you
type.
"""
